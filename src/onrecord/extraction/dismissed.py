"""Reports that a party calls untrue: "dismissed as baseless a report that it had agreed to send troops".

In: a scene and its claims. Out: the claims, those that only the dismissed report tells of as ``denied``. A verb of
denying is read where stances are (:mod:`.climbing`); here are the verbs and predicates that do the same to a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.grammar import form_of, marker_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.scene import Scene

_TOLD = word_set("report story claim rumour rumor allegation suggestion speculation account assertion news")
"""What may be untrue; whoever told it, it is not the holder."""
_DISMISSES = word_set(
    "dismiss reject deny refute rebut rubbish debunk dispute contradict scotch quash disavow discount brush laugh wave"
)
_CALLS = word_set("call brand label describe term declare pronounce")
_UNTRUE = word_set(
    """
    false untrue unfounded baseless groundless fabricated fake wrong incorrect inaccurate misleading nonsense
    fabrication fiction invention lie fantasy hoax rubbish disinformation misinformation foundation substance basis
    """
)
_BASES = word_set("foundation substance basis")
"""What a report that is untrue has not."""
_NOTHING = word_set("without no not devoid lacking")
_YES = frozenset({"deployed", "deploying", "agreed", "pledged", "offered", "considering", "interested", "in_talks"})
_NEAR = 12
"""Tokens between the word for a report and its "that" ("a report in a foreign newspaper that")."""


def dismissed(scene: Scene, claims: Sequence[Claim]) -> list[Claim]:
    """The claims in their order; what a dismissed report says of a party, that party (or its friend) denies."""
    told: dict[int, list[Token]] = {}
    for token in scene.tokens:
        if token.lemma_.lower() in _TOLD and token.pos_ == "NOUN" and (words := _called_untrue(scene, token)):
            told |= dict.fromkeys(_content(scene, token), words)
    if not told:
        return list(claims)
    return [_as_denied(c, told[c.deed.token.i]) if c.deed.token.i in told else c for c in claims]


def _as_denied(claim: Claim, words: list[Token]) -> Claim:
    # "Rejected" is read as a refusal where it governs a deed: here it governs a report of one.
    if claim.stance in _YES or (claim.stance == "refused" and {t.i for t in words} & {t.i for t in claim.words}):
        return replace(claim, stance="denied", words=[*words])
    return claim


def _called_untrue(scene: Scene, noun: Token) -> list[Token]:
    """The words by which a report is called untrue, or none."""
    verb = noun.head
    while verb.pos_ in {"ADP", "ADJ", "ADV"} and verb.head.i != verb.i:
        verb = verb.head  # "brushed aside claims", "rejected as false reports", "dismissed as baseless a report"
    aside = verb.i != noun.head.i
    if verb.pos_ not in {"VERB", "AUX"}:
        return []
    form, lemma = form_of(verb), verb.lemma_.lower()
    if noun.dep_ == "nsubj" and lemma in {"be", "have", "lack"}:
        return _untrue_within(scene, verb, _content(scene, noun))
    if not (aside or noun.dep_ in {"dobj", "nsubjpass"}) or form.negated:
        return []
    if lemma in _DISMISSES:
        return list(form.words)
    if lemma in _CALLS and (found := _untrue_within(scene, verb, set())):
        return [*form.words, *found[1:]]
    return []


def _untrue_within(scene: Scene, verb: Token, told: set[int]) -> list[Token]:
    """A verb and the word behind it that says a report is untrue, outside what the report tells."""
    for token in scene.tokens_of(verb.sent):
        if token.i <= verb.i or token.i in told or token.lemma_.lower() not in _UNTRUE:
            continue
        before = {t.lower_ for t in token.doc[max(verb.i, token.i - 3) : token.i]}
        if (token.lemma_.lower() in _BASES) == bool(before & _NOTHING):
            return [verb, token]
    return []


def _content(scene: Scene, noun: Token) -> set[int]:
    """Numbers of the tokens of what a report says: its "that" clause, or the clause that hangs on it."""
    for token in scene.tokens_of(noun.sent):
        if not noun.i < token.i <= noun.i + _NEAR:
            continue
        if token.lower_ == "that" and token.head.i > token.i and token.head.pos_ in {"VERB", "AUX"}:
            clause = token.head
            while clause.dep_ in {"xcomp", "ccomp"} and clause.head.i > token.i:
                clause = clause.head
            return {t.i for t in clause.subtree if t.i > token.i}
        if token.pos_ == "VERB" and token.dep_ not in {"acl", "relcl", "ccomp"}:
            break
    return {
        t.i
        for clause in noun.children
        if clause.dep_ in {"acl", "relcl", "ccomp"} and clause.i > noun.i and not marker_of(clause)
        for t in clause.subtree
    }

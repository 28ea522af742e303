"""Welcomes of what was just told: "the opposition leader welcomed the decision" -> support of that deed.

In: a scene, a sentence and the claims before it. Out: a claim on the deed that was decided, voted or announced last.
Only where the verb itself names the stance and its object points back (guidelines, rule 9).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.foreigners import FOREIGN
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.scene import Party, Scene

_WELCOMES = word_set("welcome applaud hail praise commend endorse back support")
_POINTS_BACK = word_set(
    "decision step move announcement vote pledge offer plan idea withdrawal deployment reinforcement"
)
_DECIDED = word_set("decision step move vote plan announcement idea")
_GOES_AHEAD = word_set("agreed pledged deployed deploying offered")
_ABROAD = word_set("contribute_troops contribute_police contribute_support contribute_observers")
_REACH = 4
"""Sentences back that "the decision" may point (our own reading of news)."""


def welcomed(scene: Scene, sentence: Passage, order: Sequence[Claim]) -> list[Claim]:
    """The claims by which a sentence welcomes what was told before.

    Args:
        scene: the report laid out.
        sentence: the sentence.
        order: the claims of the report, in order of the text.
    """
    found = []
    for token in scene.tokens_of(sentence):
        if token.pos_ != "VERB" or token.lemma_.lower() not in _WELCOMES:
            continue
        thing = next((c for c in token.children if c.dep_ == "dobj"), None)
        if thing is None or not _points_back(thing) or form_of(token).negated or form_of(token).modal:
            continue
        made = _claim(scene, token, thing, order)
        if made is not None:
            found.append(made)
    return found


def _points_back(thing: Token) -> bool:
    if thing.lemma_.lower() not in _POINTS_BACK or thing.tag_ not in {"NN", "NNS"}:
        return False
    # "the decision to send troops" names its own deed
    return not any(c.dep_ in {"acl", "relcl", "ccomp", "prep"} for c in thing.children) and any(
        c.dep_ in {"det", "poss"} for c in thing.children
    )


def _claim(scene: Scene, verb: Token, thing: Token, order: Sequence[Claim]) -> Claim | None:
    subject = subject_of(verb)
    holders = [p for p in (scene.all_parties(subject) if subject is not None else []) if p.entity]
    holders = [h for h in holders if h.kind not in {"outlet", "document"}]
    own = {h.entity for h in holders}
    start = _sentences_back(verb, _REACH)
    before = [c for c in order if start <= c.deed.token.i < verb.sent.start and c.stance in _GOES_AHEAD]
    if thing.lemma_.lower() in _DECIDED:
        before = [c for c in before if c.stance != "deployed"]
    whose = next((c for c in thing.children if c.dep_ == "poss"), None)
    named = {p.entity for p in scene.all_parties(whose) if p.entity} if whose is not None else set()
    before = [c for c in before if not named or named & {p.entity for p in c.performers}]
    if thing.lemma_.lower() == "vote":
        before = [c for c in before if c.deed.task == "authorise"]
    before = [c for c in before if c.deed.task != "other" and not own & {p.entity for p in c.performers}]
    if not holders or not before:
        return None
    topic = before[-1]
    performers = list(topic.performers)
    if topic.deed.task in _ABROAD and _on_ground_of(scene, start, verb.i, own):
        performers = [Party(FOREIGN, scene.text[slice(*scene.phrase(thing))], "unknown", *scene.phrase(thing), thing.i)]
    deed = replace(topic.deed, token=verb, resource=None, performers=(), noun=True)
    return Claim(deed, "supports", holders, performers, [verb], [verb], [], 0.6)


def _on_ground_of(scene: Scene, start: int, end: int, entities: Collection[str | None]) -> bool:
    """Whether the troops spoken of go to the ground of those who welcome them (guidelines, rule 9)."""
    return any(
        t.dep_ == "pobj"
        and t.head.lower_ in {"to", "in", "into"}
        and (m := scene.mention_at(t)) is not None
        and m.target in entities
        for t in scene.tokens[start:end]
    )


def _sentences_back(token: Token, many: int) -> int:
    starts = [s.start for s in token.doc.sents if s.start <= token.i]
    return starts[max(0, len(starts) - 1 - many)]

"""Clauses of saying over a passage: their verbs and their speakers.

In: a scene and a token. Out: :class:`Saying` s, innermost first. Found by the grammar, and by the order of words
where parsers go wrong, as with a clause at the end of a sentence (", the minister said on Friday").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.coreference import subject_of
from onrecord.extraction.grammar import form_of
from onrecord.extraction.lexicon import speech_verbs, word_set
from onrecord.extraction.relays import carried
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.speakers import outlets_of, speaking_parties

_COMPLEMENTS = frozenset({"ccomp", "parataxis", "dep", "advcl", "xcomp", "pcomp"})
_THOUGHTS = frozenset(
    {
        "believe",
        "think",
        "expect",
        "understand",
        "learn",
        "hold",
        "describe",
        "recall",
        "mention",
        "point",
        "estimate",
        "predict",
        "observe",
        "report",
    }
)
_SAID_THINGS = frozenset(
    {
        "message",
        "statement",
        "assurance",
        "announcement",
        "claim",
        "warning",
        "remark",
        "signal",
        "pledge",
        "promise",
        "comment",
        "letter",
        "note",
        "post",
        "reply",
        "answer",
    }
)
_DOERS = word_set(
    """
    people person team officer staffer planner figure staff army military navy kingdom republic capital bloc camp side
    party mission delegation
    """
)
"""Nouns of offices and of the unnamed that stand for those who act, not for those who speak."""
_DOWN = frozenset(
    {
        "xcomp",
        "ccomp",
        "dobj",
        "pobj",
        "prep",
        "acl",
        "attr",
        "acomp",
        "aux",
        "auxpass",
        "pcomp",
        "compound",
        "amod",
        "neg",
        "advmod",
        "conj",
    }
)
PERSONS = frozenset({"named_person", "office", "anonymous"})
"""Kinds of source that are people, or stand for people who speak."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause of saying.

    Attributes:
        verb: its verb, or the noun of what is said ("a message that").
        speakers: who says it; empty where nobody is named.
        relays: outlets that the clause itself makes relays ("was quoted by Anadolu as saying").
    """

    verb: Token
    speakers: tuple[Party, ...] = ()
    relays: tuple[Party, ...] = ()


def is_saying(token: Token) -> bool:
    """Whether a token is a verb of saying."""
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in speech_verbs()


def sayings_over(scene: Scene, token: Token, known: Sequence[Token] = ()) -> list[Saying]:
    """The clauses of saying that govern a token, innermost first; known verbs come before those found here."""
    words = [v for v in known if v.pos_ in {"VERB", "AUX"}]
    node, strayed = token, False
    for _ in range(16):
        head = node.head
        if head.i == node.i:
            break
        strayed = strayed or _no_relative(node)
        if head not in words and (
            (is_saying(head) and (node.dep_ in _COMPLEMENTS or _told_by(head, node) or strayed or _goes_on(head, node)))
            or (
                head.lemma_.lower() in _SAID_THINGS
                and head.pos_ == "NOUN"
                and node.dep_ in {"acl", "ccomp", "relcl"}
                and not is_saying(node)
            )
        ):
            words.append(head)
            strayed = False
        node = head
    return [saying_of(scene, word) for word in words]


def _no_relative(clause: Token) -> bool:
    """Whether a clause hung on a noun lacks nothing: "said in the hotel that Oslo trains them"."""
    return clause.dep_ == "relcl" and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _goes_on(verb: Token, clause: Token) -> bool:
    """Whether what was said goes on behind its clause of saying: "Oslo will not go, he said, but it will pay"."""
    subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return (
        clause.dep_ == "conj"
        and clause.i > verb.i
        and subject is not None
        and subject.lower_ in {"it", "they", "there", "we"}
        and any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
        and not is_saying(clause)
    )


def _told_by(verb: Token, node: Token) -> bool:
    """Whether a clause hung on an agent is what was said: "was told by an official that Baku had refused"."""
    return (
        node.dep_ == "agent"
        and any(r.dep_ == "relcl" and r.left_edge.lower_ == "that" for i in node.children for r in i.children)
        and form_of(verb).passive
    )


def saying_of(scene: Scene, word: Token) -> Saying:
    """A clause of saying with its speakers: the subject, the agent of a passive, the maker of a statement."""
    if word.pos_ == "NOUN":
        return Saying(word, tuple(_makers(scene, word)[:1]))
    if form_of(word).passive and not _as_complement(word):
        return _passive(scene, word)
    subject = subject_of(word)
    if subject is None:
        return Saying(word)
    if subject.lemma_.lower() in _SAID_THINGS and subject.pos_ == "NOUN":
        makers = _makers(scene, subject)
        if makers:
            return Saying(word, tuple(makers[:1]))
    quoted = _quoted_as(word)
    relays = tuple(carried(scene, quoted)) if quoted is not None else ()
    return Saying(word, tuple(speaking_parties(scene, subject)[:1]), relays)


def _passive(scene: Scene, verb: Token) -> Saying:
    """A passive clause: who is quoted speaks, else who stands behind "by"; "Channel 12 was told" has a relay."""
    agents = [i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"]
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if verb.lemma_.lower() in {"quote", "cite"}:
        speaker = subject_of(verb)
        return Saying(
            verb,
            tuple(speaking_parties(scene, speaker)[:1]) if speaker is not None else (),
            tuple(carried(scene, verb)),
        )
    told = tuple(outlets_of(scene, subject)) if subject is not None else ()
    return Saying(verb, tuple(p for a in agents for p in speaking_parties(scene, a)[:1]), told)


def _as_complement(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as"


def _quoted_as(verb: Token) -> Token | None:
    """The "quoted" over "as saying"."""
    if _as_complement(verb) and verb.head.head.lemma_.lower() in {"quote", "cite"}:
        return verb.head.head
    return None


def _makers(scene: Scene, noun: Token) -> list[Party]:
    """Who makes a statement: its possessor, who it is "by" or "from", or the subject of the verb that it is
    the object of.
    """
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod"} and (
            found := _persons_first(speaking_parties(scene, child))
        ):
            return found
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and (found := speaking_parties(scene, inner)):
                    return found
    verb = noun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    subject = subject_of(verb) if verb.pos_ in {"VERB", "AUX"} and verb.i != noun.i else None
    if subject is None or subject.i == noun.i:
        return []
    return [p for p in speaking_parties(scene, subject) if p.kind not in {"document"}]


def _persons_first(parties: Sequence[Party]) -> list[Party]:
    return [p for p in parties if p.kind not in {"document", "unknown"}]


def bare_speaker(scene: Scene, token: Token) -> tuple[Party, Token] | None:
    """A named person or office with a stance verb of its own, or anybody with a verb of promising: it speaks itself.

    Contract, guideline 13: a state as the subject of a bare stance verb is the narrator's voice; a verb of
    saying, or a named person or office, makes the holder the speaker.
    """
    node, declines = token, False
    for _ in range(12):
        party = _own_subject(scene, node)
        declines = declines or _declines_comment(node)
        if party is not None:
            lemma = node.lemma_.lower()
            if form_of(node).modal in {"will", "would", "must", "may", "could"} and lemma in speech_verbs():
                return None  # who will announce has said nothing yet
            if _acts_by_word(scene, party):
                return party, node
            says = lemma in speech_verbs() - _THOUGHTS or lemma == "deny" or declines or _says_beside(node)
            if says and party.kind in {"state", "organisation"}:
                return party, node
        if node.head.i == node.i or node.dep_ not in _DOWN or _clause_of_its_own(node):
            return None
        node = node.head
    return None


def _says_beside(verb: Token) -> bool:
    """Whether what somebody does is done in words: "rejected the plan, saying that ..."."""
    return any(
        c.dep_ in {"advcl", "xcomp"}
        and c.tag_ == "VBG"
        and c.lemma_.lower() in speech_verbs() - _THOUGHTS
        and not any(x.dep_ in {"nsubj", "mark"} for x in c.children)
        for c in verb.children
    )


def _declines_comment(verb: Token) -> bool:
    """Whether somebody declines to comment: a saying of his own, unlike a call that was not returned."""
    return verb.lemma_.lower() in {"decline", "refuse"} and any(
        c.dep_ == "xcomp" and c.lemma_.lower() in {"comment", "answer", "say"} for c in verb.children
    )


def _clause_of_its_own(verb: Token) -> bool:
    """Whether a verb is coordinated with another but has a subject of its own: whoever does the other is not it."""
    return verb.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON" for c in verb.children)


def _own_subject(scene: Scene, verb: Token) -> Party | None:
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    subject = (
        subject_of(verb)
        if verb.dep_ in {"conj", "xcomp"}
        else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    )
    if subject is None:
        subject = next(
            (i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None
        )
    if subject is None or subject.dep_ == "nsubjpass":
        return None
    return next(iter(speaking_parties(scene, subject)), None)


def _acts_by_word(scene: Scene, party: Party) -> bool:
    """Whether what a party does is done by saying so: a person's and an office's acts are, an army's are not."""
    if party.kind not in PERSONS:
        return False
    lemma = scene.doc[party.token].lemma_.lower() if 0 <= party.token < len(scene.doc) else ""
    return party.kind == "named_person" or lemma not in _DOERS

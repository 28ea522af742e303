"""Foreign troops on one's own ground: "rejects the presence of NATO soldiers" -> the group of all foreign forces.

In: a scene and a noun of troops. Out: who would send them: where a party takes or rejects troops of an alliance, of
"Western" states or of nobody named, the performer is ``group:foreign_force`` (annotation guidelines, rule 9).
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.resources import resource_of
from onrecord.extraction.scene import Party, Scene

_TAKES = word_set("reject oppose welcome accept tolerate resist")
_ANY = word_set("any all such international western european multinational foreign")
_SENT = word_set("troops police observers support trainers")
FOREIGN = "group:foreign_force"


def foreigners(scene: Scene, noun: Token, performers: Sequence[Party]) -> tuple[Party, ...]:
    """Who would send the troops of a noun phrase.

    Args:
        scene: the report laid out.
        noun: its head.
        performers: whom the phrase itself names.
    """
    known = tuple(performers)
    verb = _taking(noun)
    if verb is None or (resource_of(noun) not in _SENT and noun.lemma_.lower() != "presence"):
        return known
    if known and not all(_is_alliance(p) for p in known):
        return known
    subject = subject_of(verb)
    holders = {p.entity for p in scene.all_parties(subject)} if subject is not None else set()
    if known and holders & {p.entity for p in known}:
        return known
    if not known and not any(c.lower_ in _ANY for c in noun.children):
        return known
    start, end = scene.phrase(noun)
    return (Party(FOREIGN, scene.text[start:end], "unknown", start, end, noun.i),)


def _taking(noun: Token) -> Token | None:
    """The verb of taking or rejecting over a noun, through "the presence of" and "the deployment of"."""
    up = noun
    for _ in range(4):
        if up.dep_ in {"pobj", "conj"} or (up.dep_ == "prep" and up.lower_ in {"of", "to"}):
            up = up.head
        elif up.dep_ in {"dobj", "nsubjpass"}:
            return up.head if up.head.lemma_.lower() in _TAKES else None
        else:
            return None
    return None


def _is_alliance(party: Party) -> bool:
    return (party.entity or "").startswith("group:") or party.entity == "nato"

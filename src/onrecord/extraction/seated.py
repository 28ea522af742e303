"""Whose an institution is that the text places in a capital: "officials in Oslo", "in Lima the foreign ministry".

In: a scene and the token of an institution. Out: the state whose capital stands beside it. Embassies and
correspondents are left alone: they sit in capitals of others.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.scene import Scene

_INSTITUTIONS = word_set(
    """
    ministry government official officials spokesman spokeswoman spokesperson minister cabinet presidency parliament
    authorities administration source
    """
)
_GUESTS = word_set("embassy ambassador envoy mission delegation visiting foreign western european un us eu nato")


def capital_of(scene: Scene, token: Token) -> str | None:
    """The state of an institution by the capital that it is told to sit in, or None.

    Args:
        scene: the report laid out.
        token: the head of the institution's phrase, which names no country itself.
    """
    if token.lemma_.lower() not in _INSTITUTIONS:
        return None
    inside = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "in" and c.i == token.i + 1), None)
    if inside is not None:
        place = next((c for c in inside.children if c.dep_ == "pobj"), None)
        if any(c.lower_ in _GUESTS - {"foreign"} for c in token.lefts):
            return None
        return _state(scene, place)
    first = token.sent[0]
    if first.lower_ != "in" or token.left_edge.i - first.i > _BEHIND:
        return None
    place = next((c for c in first.children if c.dep_ == "pobj"), None)
    return _state(scene, place) if place is not None and place.i < token.i else None


_BEHIND = 4
"""Tokens from the beginning of a sentence within which "In Lima the ministry" has its institution."""


def _state(scene: Scene, place: Token | None) -> str | None:
    mention = scene.mention_at(place) if place is not None else None
    if mention is None or mention.role != "capital" or mention.kind not in {"state", "territory"}:
        return None
    return mention.target

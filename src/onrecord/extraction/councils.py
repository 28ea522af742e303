"""Whose text it is that others oppose or ask for: the council that would adopt it.

In: a scene and who takes a stance on a mandate or resolution. Out: the performer. Who backs or adopts a text is its own
performer (annotation guidelines, rule 10); who vetoes, opposes or asks for one speaks of another's doing (rule 9).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extraction.scene import Party, Scene

_COUNCIL = "un_security_council"
"""Who adopts the texts that reports speak of, where they name it."""


def authorising(
    scene: Scene, stance: str, holder: Party, holders: Sequence[Party], performers: Sequence[Party]
) -> list[Party]:
    """Who would adopt the text that a holder takes a stance on.

    Args:
        scene: the report laid out.
        stance: of the vocabulary, one on another's doing.
        holder: whose stance it is.
        holders: all whose stance it is: who votes alike does not adopt it.
        performers: who was read as the one who would adopt it.
    """
    if stance == "supports":
        return [holder]
    alike = {p.entity for p in holders}
    others = [p for p in performers if p.entity and p.entity not in alike]
    if others:
        return others
    if holder.entity != _COUNCIL:
        for mention in scene.mentions:
            if mention.target == _COUNCIL:
                return [Party(_COUNCIL, mention.name, "organisation", mention.start, mention.end)]
    return [holder] if stance == "opposes" else []

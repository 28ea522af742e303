"""Building sentences whose every claim carries its references.

Comes in: standings. Goes out: runs of text. The templates are ours and say only what the standings hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link, Piece, Ref, Text
from onrecord.briefing.text import figure, listed, one_line
from onrecord.briefing.words import STATE_WORDS
from onrecord.model import Standing

PARTY_REFS = 2
"""References to a party in a sentence; its standing in full has them all."""


def joined(items: Sequence[Text]) -> Text:
    """Texts as a list in a sentence.

    >>> from onrecord.briefing.pieces import plain
    >>> plain(joined([(Piece("a"),), (Piece("b"),), (Piece("c"),)]))
    'a, b and c'
    """
    out: list[Piece] = []
    for n, item in enumerate(items):
        if n:
            out.append(Piece(" and " if n == len(items) - 1 else ", "))
        out.extend(item)
    return tuple(out)


def capped(items: Sequence[Text], limit: int, more: str) -> Text:
    """The first ``limit`` of a list; the rest counted, never dropped in silence."""
    if len(items) <= limit:
        return joined(items)
    return joined([*items[:limit], (Piece(f"{len(items) - limit} {more}"),)])


def told(standing: Standing) -> tuple[str, ...]:
    """The positions that say what the standing says; all that support it where the history does not tell."""
    named = {x for entry in standing.history if entry.stance == standing.stance for x in entry.positions}
    return tuple(x for x in standing.supporting if x in named) or standing.supporting


def best_refs(
    material: Material, references: References, standing: Standing, place: Link, limit: int = PARTY_REFS
) -> tuple[Ref, ...]:
    """References to the most telling positions of a standing."""
    return references.refs(material.best_first(standing, told(standing)), place, limit)


def party(material: Material, references: References, standing: Standing, place: Link) -> Text:
    """A party with its stance, figure, conditions and whatever keeps it from being settled.

    For example "Indonesia (offered, up to 8,000 troops; condition: own approval)".
    """
    words = material.words
    number = figure(standing.low, standing.high, standing.unit)
    parts = [f"{words.stance(standing.stance)}, {number}" if number else words.stance(standing.stance)]
    kinds = list(dict.fromkeys(words.condition_told(c.kind, c.text) for c in standing.conditions))
    if kinds:
        parts.append(f"{'condition' if len(kinds) == 1 else 'conditions'}: {listed(kinds)}")
    if standing.state != "settled":
        parts.append(STATE_WORDS.get(standing.state, standing.state))
    refs = best_refs(material, references, standing, place)
    return (Piece(words.actor(standing.holder), strong=True), Piece(f" ({'; '.join(parts)})", refs))


def names(material: Material, standings: Iterable[Standing]) -> Text:
    """The parties alone."""
    held = dict.fromkeys(material.words.actor(x.holder) for x in standings)
    return joined([(Piece(name, strong=True),) for name in held])


def shared_condition(standings: Sequence[Standing]) -> str | None:
    """The kind of condition that most parties name, where at least two do."""
    holders = Counter(kind for x in standings for kind in {c.kind for c in x.conditions})
    if not holders:
        return None
    kind, count = min(holders.items(), key=lambda x: (-x[1], x[0]))
    return kind if count >= 2 else None


def shared_condition_text(
    material: Material, references: References, standings: Sequence[Standing], place: Link
) -> Text:
    """Who hangs it on the same condition, with the words of one of them; empty where no two do."""
    kind = shared_condition(standings)
    if kind is None:
        return ()
    naming = [x for x in standings if any(c.kind == kind for c in x.conditions)]
    everybody = len(naming) == len(standings)
    lead = (
        (Piece("Both" if len(naming) == 2 else f"All {len(naming)}"),)
        if everybody
        else names(material, naming)
    )
    conditions = [c for x in naming for c in x.conditions if c.kind == kind]
    words = [one_line(c.text, 110) for c in conditions]
    bearing = [next((p for p in c.positions if p in material.positions), "") for c in conditions]
    refs = references.refs((x for x in bearing if x), place, 4)
    return (
        Piece(" "),
        *lead,
        Piece(f" name the same condition, {material.words.condition(kind)}: "),
        Piece(words[0], refs, quoted=True),
        Piece("."),
    )

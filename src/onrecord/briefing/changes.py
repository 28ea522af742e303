"""What changed since a day: each standing's stance then against its stance now.

Comes in: standings with their histories. Goes out: shifts and the section that lists them. A history entry
whose days reach across the day in question is not counted as a change: it may have been so before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link
from onrecord.briefing.view_answer import Change, Changes
from onrecord.briefing.when import when
from onrecord.briefing.words import POLARITIES, Words
from onrecord.model import DateRange, HistoryEntry, Standing


@dataclass(frozen=True, slots=True)
class Shift:
    """From what to what; ``before`` is None for a standing that is new on record."""

    before: HistoryEntry | None
    after: HistoryEntry


def shift(standing: Standing, since: date | None) -> Shift | None:
    """How a standing differs from that of ``since``; None where it does not, or that cannot be said."""
    if since is None:
        return None
    dated = [entry for entry in standing.history if entry.date is not None]
    now = next((entry for entry in reversed(dated) if entry.stance == standing.stance), None)
    if now is None or now.date is None or now.date.earliest <= since:
        return None
    before = [entry for entry in dated if entry.date is not None and entry.date.latest <= since]
    if before:
        return None if before[-1].stance == standing.stance else Shift(before[-1], now)
    reaches_across = any(entry.date is not None and entry.date.earliest <= since for entry in dated)
    return None if reaches_across else Shift(None, now)


def direction(words: Words, before: str, after: str) -> int:
    """1 for a step in favour, -1 for one away, 0 where it is neither.

    Within one polarity the ladder decides for those in favour or leaning; refusals are not ranked against
    each other.
    """
    was, now = POLARITIES.index(words.polarity(before)), POLARITIES.index(words.polarity(after))
    if was == now and now < POLARITIES.index("open"):
        was, now = words.rung(before), words.rung(after)
    return (was > now) - (was < now)


def marker(material: Material, standing: Standing) -> tuple[str, int]:
    """The few words on the board for a change, and its direction; empty where there is none."""
    moved = shift(standing, material.since)
    if moved is None:
        return "", 0
    if moved.before is None:
        return "new", 0
    words = material.words
    return f"was {words.stance(moved.before.stance)}", direction(words, moved.before.stance, standing.stance)


def shifts(material: Material) -> list[tuple[Standing, Shift]]:
    """The standings that are not what they were: changed minds before new names, latest first."""
    moved = [(x, s) for x in material.standings if (s := shift(x, material.since)) is not None]
    words = material.words
    return sorted(
        moved,
        key=lambda m: (
            m[1].before is None,
            _latest_first(m[1].after.date),
            words.undertaking(m[0].holder, m[0].performer, m[0].task),
            m[0].id,
        ),
    )


def changes(material: Material, references: References) -> Changes:
    """The section."""
    if material.since is None:
        return Changes(None, (), (), 0)
    since = material.since
    moved = shifts(material)
    changed = {standing.id for standing, _ in moved}
    heard, silent = [], 0
    for standing in material.standings:
        if standing.id in changed or standing.last is None:
            continue
        if standing.last.earliest > since:
            said = material.words.undertaking(standing.holder, standing.performer, standing.task)
            heard.append(Link(said, material.s[standing.id]))
        elif standing.last.latest <= since:
            silent += 1
    items = tuple(_change(material, references, standing, s) for standing, s in moved)
    return Changes(when(DateRange.on(since)), items, tuple(heard), silent)


def _latest_first(value: DateRange | None) -> int:
    return -value.middle.toordinal() if value else 0


def _change(material: Material, references: References, standing: Standing, moved: Shift) -> Change:
    words = material.words
    before = moved.before
    place = Link("What changed", "changes")
    return Change(
        undertaking=words.undertaking(standing.holder, standing.performer, standing.task),
        matter=material.matter(standing.matter),
        anchor=material.s[standing.id],
        before=words.stance(before.stance) if before else "",
        before_polarity=words.polarity(before.stance) if before else None,
        after=words.stance_with_figure(standing.stance, standing.low, standing.high, standing.unit),
        after_polarity=standing.polarity,
        direction=direction(words, before.stance, standing.stance) if before else 0,
        date=when(moved.after.date),
        refs=references.refs(material.best_first(standing, moved.after.positions), place, 3),
        before_refs=references.refs(material.best_first(standing, before.positions), place, 2)
        if before
        else (),
    )

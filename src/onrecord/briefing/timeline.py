"""The timeline: what was said when, apart from when it was published.

Comes in: positions. Goes out: days, or stretches of days where no day is known, each with the stances told of
it; a stance that several reports carry is one event with several references.
"""

from __future__ import annotations

from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import counted
from onrecord.briefing.view_record import Day, Event
from onrecord.briefing.when import When, when
from onrecord.model import DateRange, Position, Quantity

_Key = tuple[DateRange | None, bool, tuple[str, str, str, str | None], str]


def timeline(material: Material, references: References) -> tuple[Day, ...]:
    """The section, oldest first; what has no date at all last."""
    events: dict[_Key, list[Position]] = {}
    for position in material.positions.values():
        said = position.said_on is not None
        key = (material.told_on(position), said, position.undertaking, position.stance)
        events.setdefault(key, []).append(position)
    days: dict[DateRange | None, list[Event]] = {}
    for (told, said, _, _), held in events.items():
        days.setdefault(told, []).append(_event(material, references, held, said))
    order = sorted(days, key=_order)
    return tuple(
        Day(when(day), tuple(sorted(days[day], key=lambda e: (not e.said, e.undertaking, e.stance))))
        for day in order
    )


def _order(day: DateRange | None) -> tuple[bool, int, int]:
    if day is None:
        return (True, 0, 0)
    return (False, day.middle.toordinal(), (day.latest - day.earliest).days)


def _event(material: Material, references: References, held: list[Position], said: bool) -> Event:
    words = material.words
    first = held[0]
    standing = material.standing_of.get(first.undertaking)
    return Event(
        undertaking=words.undertaking(first.holder, first.performer, first.task),
        stance=words.stance_with_figure(
            first.stance,
            *((q.low, q.high, q.unit) if (q := _figure(held)) else (None, None, None)),
        ),
        polarity=words.polarity(first.stance),
        anchor=material.s[standing.id] if standing else material.n[first.id],
        said=said,
        published=_published(material, held),
        refs=references.refs((x.id for x in held), Link("Timeline", "timeline")),
    )


def _figure(held: list[Position]) -> Quantity | None:
    return next((x.quantity for x in held if x.quantity is not None), None)


def _published(material: Material, held: list[Position]) -> str:
    """Where and when it was published first, and how many reports followed."""
    reports = list(dict.fromkeys(x.report for x in held))
    first = min(
        (material.reports[x] for x in reports),
        key=lambda r: (r.published is None, r.published.middle.toordinal() if r.published else 0, r.id),
    )
    day: When | None = when(first.published)
    lead = f"{day.text if day else 'on an unknown day'}, {material.outlet(first)}"
    rest = len(reports) - 1
    return f"{lead}, and in {counted(rest, 'more report')}" if rest else lead

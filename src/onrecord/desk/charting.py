"""The pictures that need more than one day: strength over time, and how stances moved between two days.

In: a desk, a story, days. Out: the brief's pictures with addresses of the desk. Nothing here knows HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.adding_up import add_up
from onrecord.briefing.board import is_group
from onrecord.briefing.flow_chart import FlowChart, Moved, flow_chart
from onrecord.briefing.strength_over_time import (
    StrengthLine,
    StrengthOn,
    days_between,
    required_by,
    strength_on,
    strength_over_time,
)
from onrecord.briefing.text import one_line
from onrecord.briefing.when import day_text
from onrecord.desk.addresses import address
from onrecord.desk.desk import Desk
from onrecord.desk.outlook import Outlook
from onrecord.errors import UnknownName
from onrecord.model import Polarity, Standing

POINTS, FEW_POINTS, MANY = 10, 5, 5_000
"""Days of strength over time; of fewer days where there are so many positions that each day takes seconds."""


@dataclass(frozen=True, slots=True)
class Move:
    """A party that stands elsewhere than before, or is new on record."""

    party: str
    task: str
    before: str
    before_polarity: Polarity | None
    after: str
    after_polarity: Polarity | None
    href: str


@dataclass(frozen=True, slots=True)
class FlowView:
    """The picture, and those that moved, as a table."""

    chart: FlowChart | None
    moves: tuple[Move, ...]
    stayed: int


def strength_line(desk: Desk, outlook: Outlook, scenario: str | None = None) -> StrengthLine | None:
    """The expected strength as the record stood on some days up to the outlook's; None where there is no force.

    Raises:
        UnknownName: there is no such scenario.
    """
    story = outlook.story
    if scenario and (story is None or scenario not in story.scenarios):
        known = ", ".join(story.scenarios) if story else ""
        hint = f"there are: {known or 'none'}"
        raise UnknownName(f"there is no scenario {scenario[:60]!r}", value=scenario, hint=hint)
    rows = desk.rows()
    most = POINTS if len(rows.position) < MANY else FEW_POINTS
    found: list[StrengthOn] = []
    need: float | None = None
    name = scenario or (next(iter(story.scenarios), None) if story else None)
    for day in days_between(rows.days, outlook.as_of, most):
        then = desk.outlook(story=story.id if story else None, as_of=day)
        # Under one scenario alone: the others would be drawn for nothing.
        told = then.story
        if told is not None and name is not None and name in told.scenarios:
            told = replace(told, scenarios={name: told.scenarios[name]})
        answer = then.answer
        record = add_up(
            answer.reconciliation, answer.reports, answer.positions, told, answer.matters, desk.vocabulary
        )
        link = address("/force", as_of=day.isoformat(), story=story.id if story else None, scenario=scenario)
        point = strength_on(day, record, link)
        if point is not None:
            need = required_by(record) or need
            found.append(point)
    label = f", {one_line(name.replace('_', ' '), 60)}" if name else ""
    return strength_over_time(found, need, f"Expected strength as the record stood{label}")


def flow_view(
    desk: Desk, outlook: Outlook, matter: str | None, *, since: date | None = None, task: str = ""
) -> FlowView:
    """How the parties' stances on their own doing moved from a day to the outlook's."""
    first = since or outlook.as_of - timedelta(days=30)
    before = desk.outlook(story=outlook.story.id if outlook.story else None, as_of=first)
    then, now = _own(before, matter, task), _own(outlook, matter, task)
    words = outlook.words
    moved, moves, stayed = [], [], 0
    for key in sorted({*then, *now}, key=lambda k: (words.actor(k[0]), words.task_place(k[2]), k[1])):
        old, new = then.get(key), now.get(key)
        told = new or old
        assert told is not None
        href = (outlook if new else before).material.s[told.id]
        moved.append(
            Moved(words.actor(key[0]), old.polarity if old else None, new.polarity if new else None, href)
        )
        if old is not None and new is not None and old.stance == new.stance:
            stayed += 1
            continue
        moves.append(
            Move(
                words.actor(key[0]),
                words.task(key[2]),
                words.stance(old.stance) if old else "",
                old.polarity if old else None,
                words.stance(new.stance) if new else "",
                new.polarity if new else None,
                href,
            )
        )
    days = (day_text(first), day_text(outlook.as_of))
    chart = flow_chart(moved, *days, f"Where parties stood on {days[0]}, and stand on {days[1]}")
    return FlowView(chart, tuple(moves), stayed)


def _own(outlook: Outlook, matter: str | None, task: str) -> dict[tuple[str, str, str], Standing]:
    return {
        (s.holder, s.performer, s.task): s
        for s in outlook.material.standings
        if s.matter == matter
        and (s.performer == s.holder or is_group(s.performer))
        and task in ("", s.task)
    }

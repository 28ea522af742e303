"""The brief's pictures of conditions, of moves between two days, and of origins, from what the page tells in words.

Comes in: the material, and sections of the brief. Goes out: pictures with links within the page; None where there is
nothing to draw. What a picture shows stands beside it in words or as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from onrecord.briefing.board import is_group, of_matter
from onrecord.briefing.changes import shift
from onrecord.briefing.condition_charts import Grid, Named, StateChange, StateLanes, Tie, course, grid, state_lanes
from onrecord.briefing.flow_chart import FlowChart, Moved, flow_chart
from onrecord.briefing.material import Material
from onrecord.briefing.origin_chart import OriginChart, origin_chart
from onrecord.briefing.text import one_line
from onrecord.briefing.view_answer import ConditionGroup
from onrecord.briefing.when import day_text
from onrecord.model import Polarity

MOST_CONDITIONS = 24
"""Rows of a picture of conditions: those that most parties name."""
_STATES = {"met": "met", "not met": "not-met", "disputed": "disputed"}


class Followed(Protocol):
    """A condition that is followed over time; reconciliation's states of conditions have this shape."""

    @property
    def id(self) -> str:
        """As the conditions of standings name it."""
        ...

    @property
    def label(self) -> str:
        """For people."""
        ...

    @property
    def history(self) -> Sequence[StateChange]:
        """Its states, oldest first."""
        ...


def flow_picture(material: Material, matter: str | None) -> FlowChart | None:
    """Where the parties of a matter stood on the day to tell changes from, and stand; None where nobody moved.

    The rule for what changed is that of the list of changes, so that picture and list tell the same.
    """
    if material.since is None:
        return None
    moved, changed = [], False
    for standing in of_matter(material, matter):
        if standing.performer != standing.holder and not is_group(standing.performer):
            continue
        step = shift(standing, material.since)
        before: Polarity | None = standing.polarity
        if step is not None:
            changed = True
            before = material.words.polarity(step.before.stance) if step.before else None
        party = material.words.actor(standing.holder)
        moved.append(Moved(party, before, standing.polarity, f"#{material.s[standing.id]}"))
    if not changed:
        return None
    days = day_text(material.since), day_text(material.as_of)
    return flow_chart(moved, *days, f"{material.matter(matter)}: stances on {days[0]}, and on {days[1]}")


def grid_picture(material: Material, groups: Iterable[ConditionGroup]) -> Grid | None:
    """Which party names which condition, of those that more than one could mean; None where nobody names any."""
    rows: dict[str, Named] = {}
    for g in groups:
        if not g.shared:
            continue
        ties = tuple(
            Tie(n.party, n.polarity, f"#{n.anchor}", f"{n.party}: {n.stance}, {n.undertaking}, hangs on it")
            for n in g.namings
        )
        label = one_line(g.label, 34)
        state, told = _STATES.get(g.state, "unknown"), g.state if g.state in _STATES else "not known"
        before = rows.get(label)
        # A condition of the story that was read as one of two kinds is one row.
        rows[label] = (
            Named(label, f"#{g.anchor}", state, told, ties)
            if before is None
            else replace(before, ties=before.ties + ties)
            if before.state != "unknown"
            else replace(before, state=state, status=told, ties=before.ties + ties)
        )
    shown = list(rows.values())[:MOST_CONDITIONS]
    return grid(shown, f"Conditions by party, as of {day_text(material.as_of)}")


def state_picture(
    material: Material, groups: Iterable[ConditionGroup], states: Iterable[Followed]
) -> StateLanes | None:
    """The states of the conditions over time; None where none has a dated state."""
    place = {name: g.anchor for g in groups for name in g.followed}
    courses = [course(s.label, f"#{place[s.id]}", s.history) for s in states if s.id in place]
    # One condition followed in two matters, or beside what names none, is one line: that which most parties name.
    dated = list({c.label: c for c in reversed(courses) if c.turns}.values())[::-1]
    return state_lanes(dated[:MOST_CONDITIONS], material.as_of, "The state of conditions over time")


def origin_picture(material: Material) -> OriginChart | None:
    """Which reports rest on one origin; None where no two do."""
    within = replace(
        material,
        o={name: f"#{fragment}" for name, fragment in material.o.items()},
        r={name: f"#{fragment}" for name, fragment in material.r.items()},
    )
    return origin_chart(within)

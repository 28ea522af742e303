"""The pictures of the brief: what each shows, where it leads, and what stands there when there is nothing to draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from onrecord.briefing import brief_of, render_html
from onrecord.briefing.strength_over_time import StrengthOn, strength_on
from onrecord.model import DateRange

DAYS = (StrengthOn(date(2026, 1, 5), 0, 1200, 3000, ""), StrengthOn(date(2026, 2, 20), 500, 5000, 9000, ""))


@dataclass(frozen=True)
class Change:
    date: DateRange | None
    status: str
    why: str


@dataclass(frozen=True)
class State:
    id: str
    label: str
    history: tuple[Change, ...]


@pytest.fixture
def pictured(story):
    """The story with a condition that is followed, and strength on two days."""
    first = next(s for s in story.STANDINGS if s.conditions)
    followed = replace(first.conditions[0], followed="isf_gaza.followed", state="met")
    standings = [replace(s, conditions=(followed, *s.conditions[1:])) if s is first else s for s in story.STANDINGS]
    state = State(
        "isf_gaza.followed",
        "A mandate",
        (
            Change(DateRange.on(date(2025, 11, 1)), "not_met", "Still to come."),
            Change(DateRange.on(date(2025, 12, 1)), "met", "Adopted <script>."),
        ),
    )
    elsewhere = State("other.condition", "Of another matter", state.history)
    arguments = {**story.STORY_ARGUMENTS, "standings": standings}
    return brief_of(**arguments, followed=(state, elsewhere), strength_days=DAYS)


def test_the_flow_tells_what_the_list_of_changes_tells(brief):
    (flow,) = [f for f in brief.changes.flows if "Gaza" in f.title]
    own = [c for c in brief.changes.items if " on " not in c.undertaking.partition(":")[0] and "Gaza" in c.matter]
    moved = [f for f in flow.flows if not f.same]
    new = sum(1 for c in own if not c.before)
    assert sum(b.count for b in flow.bars if b.css == "none" and not b.end) == new
    crossed = {(c.before_polarity, c.after_polarity) for c in own if c.before_polarity != c.after_polarity}
    assert len(moved) == len(crossed)


def test_every_tie_of_the_grid_is_named_below_it(brief):
    grid = brief.condition_pictures.grid
    shared = [g for g in brief.conditions if g.shared]
    assert {r.href for r in grid.rows} <= {f"#{g.anchor}" for g in shared}
    parties = {n.party for g in shared for n in g.namings}
    assert {c.label for c in grid.columns} == parties
    assert sum(1 + m.more for m in grid.marks) == sum(len(g.namings) for g in shared)
    assert len({r.label for r in grid.rows}) == len(grid.rows)


def test_states_over_time_are_those_of_what_the_page_shows(pictured):
    lanes = pictured.condition_pictures.states
    (lane,) = lanes.lanes
    assert lane.label == "A mandate"
    assert [b.css for b in lane.bands] == ["against", "for"]
    assert lane.href[1:] in {g.anchor for g in pictured.conditions}


def test_strength_over_time_stands_as_a_picture_and_as_a_table(pictured, page):
    line = pictured.strength.over_time
    assert line.need == "required: 20,000"
    assert line.rows == (("5 Jan 2026", "0", "1,200", "3,000"), ("20 Feb 2026", "500", "5,000", "9,000"))
    text = render_html(pictured)
    assert 'class="strength-line"' in text
    assert "<td class=\"num\">5,000</td>" in text
    found = page.read(text)
    assert found.faults == []
    assert len(found.ids) == len(set(found.ids))
    assert {x[1:] for x in found.links if x.startswith("#")} <= set(found.ids)
    assert "<script>." not in text


def test_pictures_are_on_the_page(pictured):
    text = render_html(pictured)
    for name in ("flow-chart", "fixed-chart", "strength-line", "origins-chart"):
        assert text.count(f'class="{name}"') >= 1, name
    assert text.count('class="lanes-chart"') > len([b for b in pictured.boards if b.lanes])


def test_a_shared_origin_is_drawn_with_its_reports(brief):
    chart = brief.sources.chart
    assert chart.origins
    anchors = {r.anchor for r in brief.reports}
    assert {r.href[1:] for o in chart.origins for r in o.reports} <= anchors


def test_where_there_is_nothing_there_is_no_picture(story):
    empty = brief_of(**story.EMPTY_ARGUMENTS)
    assert empty.changes.flows == ()
    assert (empty.condition_pictures.grid, empty.condition_pictures.states) == (None, None)
    assert empty.sources.chart is None
    assert empty.strength is None
    text = render_html(empty)
    for name in ("flow-chart", "fixed-chart", "strength-line", "origins-chart"):
        assert f'class="{name}"' not in text
    assert text.count('class="empty"') >= 3


def test_one_day_alone_is_no_line(story):
    made = brief_of(**story.STORY_ARGUMENTS, strength_days=DAYS[:1])
    assert made.strength.over_time is None


NO_STRENGTH = (None, {}, {"scenarios": []}, {"scenarios": [{"low": 1, "high": 2}]}, {"scenarios": 3})


@pytest.mark.parametrize("told", NO_STRENGTH)
def test_a_record_without_a_strength_gives_no_day(told):
    assert strength_on(date(2026, 1, 1), told) is None

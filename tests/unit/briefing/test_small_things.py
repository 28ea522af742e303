"""Text, days, anchors, addresses."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.briefing import charts
from onrecord.briefing.anchors import anchors, web_address
from onrecord.briefing.text import figure, one_line, visible
from onrecord.briefing.when import when
from onrecord.briefing.words import Words
from onrecord.model import DateRange

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


@given(ANY_TEXT)
def test_nothing_unseen_acts_on_the_page(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]", shown
    )


@given(ANY_TEXT, st.integers(2, 30))
def test_one_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    assert "\n" not in one_line(text, limit)
    assert len(one_line(text, limit)) <= limit


@given(st.lists(st.text(alphabet=st.characters(), max_size=8), max_size=12))
def test_fragments_are_unique_and_hold_no_active_character(names: list[str]) -> None:
    made = anchors("p", names)
    assert set(made) == set(names)
    assert len(set(made.values())) == len(set(names))
    assert all(re.fullmatch(r"p-[A-Za-z0-9._-]+", x) for x in made.values())


def test_a_name_made_to_look_like_the_fragment_of_another_gets_its_own() -> None:
    first = anchors("p", ["a b"])["a b"]
    made = anchors("p", ["a b", first.removeprefix("p-")])
    assert len(set(made.values())) == 2


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.b",
        "https://a.b\n",
        "data:text/html,x",
        "//a.b",
        "https:",
        "ftp://a.b",
        "",
        None,
        "https://[",
        "\u202ehttps://a.b",
        "vbscript:x",
        "JaVaScRiPt:alert(1)",
        "https://a\u202e.b",
    ],
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_kept_as_it_is() -> None:
    assert web_address("HTTPS://Example.org/a?b=c#d") == "HTTPS://Example.org/a?b=c#d"


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 500), st.booleans())
def test_a_day_is_told_no_more_precisely_than_it_is_known(first: date, days: int, inferred: bool) -> None:
    shown = when(DateRange(first, first + timedelta(days=days), inferred=inferred))
    assert shown is not None
    assert shown.text.startswith("about ") == inferred
    assert (shown.iso is None) == (days > 0)
    assert str(first.year) in shown.text


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, ""),
        (None, 8000, "up to 8,000 troops"),
        (300, None, "at least 300 troops"),
        (5, 5, "5 troops"),
        (1000, 8000, "1,000 to 8,000 troops"),
        (3e8, 3e8, "300 million troops"),
        (0, 0, "0 troops"),
    ],
)
def test_figures(low: float | None, high: float | None, said: str) -> None:
    assert figure(low, high, "troops") == said


def test_a_name_that_the_vocabulary_lacks_is_shown_as_written(story) -> None:
    words = Words(story.LABELS)
    assert words.actor("group:arab_states") == "arab states"
    assert words.task("never_heard_of") == "never heard of"
    assert words.polarity("never_heard_of") == "open"


def test_a_steps_chart_ends_at_the_day_of_the_brief() -> None:
    one = charts.Stretch(date(2025, 1, 1), date(2025, 1, 1), "for", "offered", "offered")
    two = charts.Stretch(date(2025, 7, 2), date(2025, 7, 2), "against", "refused", "refused")
    made = charts.steps([one, two], date(2026, 1, 1), "t")
    assert made is not None
    assert made.path == "M48 10H148.7V52H250"
    assert charts.steps([], date(2026, 1, 1), "t") is None


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_ticks_lie_on_the_axis_and_are_few(first: date, days: int) -> None:
    ticks = charts.time_ticks(first, first + timedelta(days=days), 10, 90)
    assert len(ticks) <= 9
    assert all(10 <= t.x <= 90 for t in ticks)

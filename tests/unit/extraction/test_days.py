"""Days of saying: every wording that is read, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extraction.days import month_number, said_on
from onrecord.model import DateRange

WEDNESDAY = DateRange.on(date(2026, 2, 18))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("said on Monday", date(2026, 2, 16), date(2026, 2, 16)),
        ("said on Wednesday", date(2026, 2, 18), date(2026, 2, 18)),
        ("said last Wednesday", date(2026, 2, 11), date(2026, 2, 11)),
        ("said two days ago", date(2026, 2, 16), date(2026, 2, 16)),
        ("said in early February", date(2026, 2, 1), date(2026, 2, 10)),
        ("said in December", date(2025, 12, 1), date(2025, 12, 31)),
        ("said on 31 December", date(2025, 12, 31), date(2025, 12, 31)),
        ("said on 2025-11-17", date(2025, 11, 17), date(2025, 11, 17)),
        ("said earlier this month", date(2026, 2, 1), date(2026, 2, 18)),
        ("said on Friday before the vote on 3 March", date(2026, 2, 13), date(2026, 2, 13)),
    ],
)
def test_resolved_against_the_day_of_publishing(words: str, first: date, last: date) -> None:
    found = said_on(words, WEDNESDAY)
    assert found is not None
    assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize(
    "words",
    ["will say next Tuesday", "said", "ready by Friday", "said on 30 February", "starting on 5 March"],
)
def test_future_and_impossible_days_are_none(words: str) -> None:
    assert said_on(words, WEDNESDAY) is None


def test_without_a_day_of_publishing_only_full_dates_are_read() -> None:
    assert said_on("said on Friday", None) is None
    assert said_on("said on 3 March", None) is None
    assert said_on("said on 3 March 2025", None) == DateRange.on(date(2025, 3, 3))


def test_a_stretch_of_publishing_anchors_no_weekday() -> None:
    weeks = DateRange(date(2026, 2, 1), date(2026, 2, 18))
    assert said_on("said on Friday", weeks) is None


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_never_fails_and_never_lies_ahead(words: str, day: date) -> None:
    found = said_on(words, DateRange.on(day))
    assert found is None or found.earliest <= day


def test_month_numbers() -> None:
    assert [month_number(m) for m in ("Jan", "sept", "December")] == [1, 9, 12]

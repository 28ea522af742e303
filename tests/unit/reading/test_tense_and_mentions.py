"""Dates in running text, and whether they are told as past."""

from datetime import date

import pytest

from onrecord.reading.mentions import date_mentions, next_weekday, phrase_mentions, weekday_mentions


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "precision"),
    [
        ("They met on 13 October 2025.", 2025, 10, 13, "day"),
        ("They met on October 13, 2025.", 2025, 10, 13, "day"),
        ("They met on Oct. 13.", None, 10, 13, "day"),
        ("They met on the 13th of October.", None, 10, 13, "day"),
        ("They met on 2025-10-13.", 2025, 10, 13, "day"),
        ("They met on 13-15 October 2025.", 2025, 10, 15, "day"),
        ("They met in October 2025.", 2025, 10, None, "month"),
        ("They met in October.", None, 10, None, "month"),
        ("They met in 2025.", 2025, None, None, "year"),
    ],
)
def test_a_date_is_found_as_printed(text, year, month, day, precision):
    (found,) = date_mentions(text)

    assert (found.year, found.month, found.day, found.precision) == (year, month, day, precision)
    assert text[found.start : found.end] in text


@pytest.mark.parametrize(
    "text",
    [
        "The country may send 20,000 troops and march on.",
        "Resolution 2803 asked for 2000 soldiers.",
        "It costs 31 May a piece of 12.50 to 13/14.",
        "He came on 31 February 2025.",
    ],
)
def test_no_date_is_read_into_other_figures(text):
    assert [m for m in date_mentions(text) if m.year is not None] == []


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The summit was held on 13 October.", "past"),
        ("On 13 October the council backed the plan.", "past"),
        ("Nothing has moved since 13 October.", "past"),
        ("The summit held in Egypt on 13 October drew many.", "past"),
        ("Troops will arrive on 13 October.", "future"),
        ("On 13 October ministers will meet.", "future"),
        ("Troops would begin to land on 13 October.", "future"),
        ("They are to be deployed on 13 October.", "future"),
        ("A unit could be ready by 13 October.", "future"),
        ("The vote is scheduled for 13 October.", "future"),
        ("They spoke before the 13 October summit.", None),
        ("They came ahead of 13 October.", None),
    ],
)
def test_the_verb_beside_a_date_tells_its_tense(text, tense):
    assert date_mentions(text)[0].tense == tense


def test_last_and_next_outweigh_the_verb():
    last, following = date_mentions("He will recall what was agreed last March and what comes next May.")

    assert (last.tense, last.last) == ("past", True)
    assert following.tense == "future"


def test_part_of_a_month_is_kept():
    (found,) = date_mentions("They met in early August in Washington.")

    assert found.range_in(2025).earliest == date(2025, 8, 1)
    assert found.range_in(2025).latest == date(2025, 8, 10)


def test_weekdays_and_phrases_are_found():
    text = "He said on Wednesday that it came Earlier this\nmonth, not last month."

    assert [x.weekday for x in weekday_mentions(text)] == [2]
    assert [x.phrase for x in phrase_mentions(text)] == ["earlier this month", "last month"]


def test_next_weekday_may_be_the_day_itself():
    assert next_weekday(date(2025, 10, 15), 2) == date(2025, 10, 15)
    assert next_weekday(date(2025, 10, 16), 2) == date(2025, 10, 22)

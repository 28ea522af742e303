"""The day of publication, from the text: bounds by past and future, years, events, datelines, hints."""

from datetime import date

import pytest

from onrecord.errors import VocabularyClash, VocabularyInvalid
from onrecord.model import DateRange
from onrecord.reading import infer_published, load_events
from onrecord.reading.events import parse_events

EVENTS = load_events()
FIRST = """Baku has put its name down for the planned stabilisation force in Gaza, a news site wrote on
Wednesday, citing American officials. The offer came up after the president had attended the Gaza peace summit
in Sharm El Sheikh on October 13. He had seen the American president in early August, and hosted talks in
April."""
SECOND = """Baku has told both governments that it will not send soldiers to Gaza while the fighting goes on.
A source in Baku told an agency earlier this month that nobody would go before the guns fell silent.
The force was first discussed in October 2025. It belongs to the 20-point plan. A delegation came on
Sunday."""


def published(text, **hints):
    return infer_published(text, events=EVENTS, **hints)


def test_two_undated_reports_come_out_in_order_and_neither_wide_nor_narrow():
    first, second = published(FIRST), published(SECOND)

    assert first == DateRange(date(2025, 10, 15), date(2025, 11, 3), inferred=True)
    assert second == DateRange(date(2025, 11, 8), date(2026, 1, 29), inferred=True)
    assert first.before(second)


def test_a_past_event_is_a_lower_bound_and_a_coming_one_an_upper():
    text = (
        "The council adopted resolution 2803. The first meeting of the Board of Peace will be held "
        "in Washington."
    )

    assert published(text) == DateRange(date(2025, 11, 17), date(2026, 2, 19), inferred=True)


def test_a_whole_month_told_as_past_lies_before_the_month_of_publication():
    text = "Under the 20-point plan the talks took place in November and were hard."

    assert published(text).earliest == date(2025, 12, 1)


def test_part_of_a_month_told_as_past_may_lie_in_the_month_of_publication():
    text = "Under the 20-point plan the talks took place in early November and were hard."

    assert published(text).earliest == date(2025, 11, 1)


def test_earlier_this_month_rules_out_the_first_week():
    text = (
        "The council adopted resolution 2803 earlier this month. The vote was on 17 November, the "
        "guns fell on 1 December."
    )

    assert published(text).earliest == date(2025, 12, 8)


def test_a_day_without_year_takes_the_year_of_the_event_it_is_printed_with():
    text = (
        "On 17 November the Security Council backed the Gaza plan, and on 23 November the paper "
        "reported a refusal."
    )

    assert published(text).earliest == date(2025, 11, 23)


def test_a_day_early_in_the_year_belongs_to_the_year_after_an_autumn_event():
    text = "The council adopted resolution 2803. The minister resigned on 12 January."

    assert published(text).earliest == date(2026, 1, 12)


def test_history_and_printed_years_alone_date_nothing():
    assert (
        published("Russia's full-scale invasion of Ukraine began. The treaty was signed in March 1979.")
        is None
    )
    assert published("The company was founded on 3 May 2012 and moved in June 2014. Its owner spoke.") is None
    assert published("Rome will send police, the minister said on Wednesday.") is None


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        (
            "CAIRO, Oct 15 (Agency North) - Egypt said it stood by the 20-point plan.",
            (2025, 10, 15),
            (2025, 10, 16),
        ),
        ("ASTANA. December 17. /Gazette/. The 20-point plan was discussed.", (2025, 12, 17), (2025, 12, 18)),
        ("The 20-point plan holds, he said today, 12 November.", (2025, 11, 12), (2025, 11, 12)),
    ],
)
def test_a_dateline_and_a_dated_today_name_the_day(line, first, last):
    assert published(line) == DateRange(date(*first), date(*last), inferred=True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "Athens will help, she said on Thursday, a week after the Board of Peace met for the first "
            "time in Washington.",
            (2026, 2, 26),
            (2026, 3, 4),
        ),
        (
            "No word since last month's summit in Sharm el-Sheikh, where Gaza was on the table.",
            (2025, 11, 1),
            (2025, 11, 30),
        ),
        (
            "Nothing has moved in Gaza since the leaders met in Sharm el-Sheikh two weeks ago.",
            (2025, 10, 24),
            (2025, 10, 30),
        ),
    ],
)
def test_distance_from_an_event_narrows(text, first, last):
    assert published(text) == DateRange(date(*first), date(*last), inferred=True)


def test_a_hint_settles_the_year_and_stands_against_the_text():
    year = DateRange(date(2021, 1, 1), date(2021, 6, 30))
    text = "The cabinet agreed on 3 May. Its members meet on Friday."

    assert published(text) is None
    assert published(text, hints=[year]).earliest == date(2021, 5, 3)
    day = DateRange.on(date(2026, 2, 3))
    assert published(FIRST, hints=[day]) == DateRange.on(date(2026, 2, 3), inferred=True)
    assert published("Nothing is dated here.", hints=[DateRange(date(2000, 1, 1), date(2030, 1, 1))]) is None


def test_every_event_of_the_table_has_a_day_and_a_name():
    assert len(EVENTS.events) >= 60
    assert all(2005 <= event.days.earliest.year <= 2026 for event in EVENTS.events)


def test_events_of_one_name_are_told_apart_by_what_the_text_is_about():
    climate = "Delegates recalled the summit in Sharm el-Sheikh, where the fund for losses was agreed."

    assert EVENTS.mentions(climate, ()) == ()
    assert [m.event.id for m in EVENTS.mentions(climate.replace("fund for losses", "plan for Gaza"), ())] == [
        "sharm_summit"
    ]


def test_a_broken_table_names_the_entry():
    with pytest.raises(VocabularyInvalid, match="entry 1"):
        parse_events("- {id: x, label: y, use: news, names: [z]}")
    with pytest.raises(VocabularyInvalid, match="list"):
        parse_events("id: x")
    row = "- {id: x, label: y, day: 2025-01-01, use: news, names: [z]}\n"
    with pytest.raises(VocabularyClash, match="'x'"):
        parse_events(row + row)

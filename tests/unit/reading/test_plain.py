"""What plain text states of itself: title, outlet, day, address; and what it does not state."""

from datetime import date

import pytest

from onrecord.reading.plain import stated
from onrecord.reading.printed import printed_date
from onrecord.reading.toplines import masthead, read_line
from onrecord.vocabulary.types import Outlet

BODY = (
    "Italy is ready to send police trainers once the fighting has ended, the minister told "
    "parliament in Rome."
)


def only_reuters(name):
    return Outlet("reuters", "Reuters", "agency") if name.casefold() in ("reuters", "reuters.com") else None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Harbour Daily, Tuesday, 9 December 2025", "Harbour Daily"),
        ("*The Daily Padma, Tuesday 9 December 2025*", "The Daily Padma"),
        ("Harbour Daily | 9 Dec 2025 | 14:05 GMT", "Harbour Daily"),
        ("Centre for Force Studies · Note 41 · 9 December 2025", "Centre for Force Studies"),
        ("La Voz del Istmo. Edition in English, 9 December 2025", "La Voz del Istmo"),
        ("ROME, 9 December 2025 (Harbour Wire) — The minister spoke.", "Harbour Wire"),
        ("MOSCOW, December 9, 2025. /Steppe Gazette/. The minister spoke.", "Steppe Gazette"),
        ("Astana, 9 December 2025", None),
        ("New York, 9 December 2025", None),
        ("Published: 9 December 2025", None),
        ("09.12.2025", None),
    ],
)
def test_a_line_at_the_top_states_outlet_and_day(line, outlet):
    found = read_line(line)

    assert found.outlet == outlet
    assert found.published.day == date(2025, 12, 9)


@pytest.mark.parametrize(
    "line",
    [
        "The summit took place on 13 October 2025",
        "Children wait for bread in Rafah, 13 October 2025",
        "What the vote of 13 October 2025 means",
        BODY,
    ],
)
def test_a_sentence_or_caption_states_nothing(line):
    assert (read_line(line).outlet, read_line(line).published) == (None, None)


@pytest.mark.parametrize("line", ["By Ann Lee for Harbour Wire", "From our correspondent, for Harbour Wire"])
def test_a_byline_names_its_outlet_only_where_it_says_for(line):
    assert read_line(line).outlet == "Harbour Wire"
    assert read_line("By Ann Lee").outlet is None


def test_a_known_agency_in_a_bare_dateline_is_taken_and_an_unknown_one_is_not():
    assert read_line("ROME (Reuters) - The minister spoke.", only_reuters).outlet == "Reuters"
    assert read_line("ROME (centre-left) - The minister spoke.", only_reuters).outlet is None


def test_a_masthead_is_an_outlet_and_no_title():
    found = stated(f"THE CASPIAN COURIER\n23.10.2025\n\nBaku closes the question\n\n{BODY}\n")

    assert found["outlet"] == "The Caspian Courier"
    assert found["title"] == "Baku closes the question"
    assert found["published"].day == date(2025, 10, 23)
    assert masthead("BAKU SAYS NO", "Nobody will go.") is None


def test_front_matter_and_header_lines_are_read_and_the_title_in_them_wins():
    front = stated(
        "---\ntitle: 'Rome offers police'\noutlet: Harbour Wire\ndate: 2025-11-12\nurl: https://x.org/a\n---\n"
        f"# Other\n\n{BODY}"
    )
    header = stated(
        f"Title: Rome offers police\r\nSource: Harbour Wire\r\nDate: 12 November 2025\r\n\r\n{BODY}"
    )

    assert front["title"] == header["title"] == "Rome offers police"
    assert front["outlet"] == header["outlet"] == "Harbour Wire"
    assert front["published"] == header["published"] == printed_date("2025-11-12")
    assert front["url"] == "https://x.org/a"


def test_a_date_that_cannot_be_read_is_handed_on():
    assert stated(f"---\ndate: soonish\n---\n{BODY}")["unread_date"] == "soonish"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Rome offers police\n\n{BODY}", "Rome offers police"),
        (f"Rome offers police\n{BODY}", "Rome offers police"),
        (f"# Rome offers police\nShort.\n{BODY}", "Rome offers police"),
        (f"Rome offers police\nHarbour Daily, 9 December 2025\n{BODY}", "Rome offers police"),
        (f"{BODY}\n\nHe gave no number.", None),
        (f"Rome offers police.\n\n{BODY}", None),
        ("Rome offers police", None),
        ("", None),
    ],
)
def test_the_first_line_is_a_title_only_where_it_looks_like_one(text, title):
    assert stated(text).get("title") == title


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-11-12T23:30:00-05:00", date(2025, 11, 12)),
        ("Wed, 12 Nov 2025 10:00:00 GMT", date(2025, 11, 12)),
        (1762939800, date(2025, 11, 12)),
        (1762939800000, date(2025, 11, 12)),
        ("12.11.2025", date(2025, 11, 12)),
        ("13/11/2025", date(2025, 11, 13)),
        ("11/13/2025", date(2025, 11, 13)),
        (
            {"date": None, "earliest": "2025-11-12", "latest": "2025-11-12", "inferred": True},
            date(2025, 11, 12),
        ),
    ],
)
def test_metadata_dates_are_read_in_their_usual_forms(value, day):
    assert printed_date(value).day == day


@pytest.mark.parametrize(
    "value", [None, True, "", "today", "2025-02-30", "0001-01-01", 12, float("nan"), [], {}]
)
def test_what_is_no_date_gives_none(value):
    assert printed_date(value) is None

"""Reading holds on any bytes: nothing crashes, offsets stay, order does not matter."""

import json
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError, NothingToRead
from onrecord.model import DateRange, Issue, Report, digest
from onrecord.reading import (
    find_repeats,
    infer_published,
    language_of,
    load_events,
    mark_repeats,
    printed_date,
    read_inputs,
)
from onrecord.reading.decoding import decode
from onrecord.reading.mentions import date_mentions
from onrecord.reading.page import read_page
from onrecord.reading.plain import stated

EVENTS = load_events()
VOCABULARY = """
on in since last October November 13 17, 2025 2803 resolution will was Wednesday earlier this month summit
Gaza Sharm el-Sheikh a week after . , ( Board of Peace 20-point plan <p> </p> <script> <!-- --- title: | By
"""
PIECES = st.sampled_from([*VOCABULARY.split(), "\n", ""])
WORDS = st.lists(PIECES, max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), WORDS)
SENTENCES = st.sampled_from(
    [
        f"The minister of state number {n} said that {w} would {v} troops to the force."
        for n in range(3)
        for w in ("Rome", "Baku")
        for v in ("send", "not send", "bring")
    ]
)


def read_file(name, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        found = []
        try:
            for item in read_inputs([path]):
                found.append(item)
        except NothingToRead:
            assert not any(isinstance(x, Report) for x in found)
        return found


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl", "a.jsonl.gz", "a.xyz"])
)
def test_any_bytes_give_a_report_or_an_issue(data, name):
    found = read_file(name, data)

    for item in found:
        if isinstance(item, Issue):
            assert item.code
            assert item.message
        else:
            assert item.text.strip()
            assert item.sha256 == digest(item.text)
            assert item.text.encode("utf-8")
            assert item.id.encode("utf-8")
    if name != "a.jsonl.gz" and data.strip():
        assert found or name == "a.jsonl"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300))
def test_the_text_of_a_file_is_the_file(text):
    reports = [x for x in read_file("a.txt", b"\xef\xbb\xbf" + text.encode()) if isinstance(x, Report)]

    if text.strip():
        assert [x.text for x in reports] == [text]
    else:
        assert reports == []


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "text", "published", "url", "outlet", "title", "upstream"]),
                x,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_line_gives_a_report_or_an_issue(row):
    found = read_file("a.jsonl", json.dumps(row).encode() + b"\n")

    assert len([x for x in found if isinstance(x, Report)]) <= 1
    assert found


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_dates_stand_where_they_say_and_never_overlap(text):
    found = date_mentions(text)

    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(
    TEXTS, st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 400)), max_size=2)
)
def test_an_inferred_day_is_marked_bounded_and_within_the_first_hint(text, raw):
    hints = [DateRange(day, date.fromordinal(day.toordinal() + more)) for day, more in raw]

    found = infer_published(text, hints=hints, events=EVENTS)

    if found is not None:
        assert found.inferred
        assert (found.latest - found.earliest).days <= 366
        if hints:
            assert hints[0].earliest <= found.earliest
            assert found.latest <= hints[0].latest


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nothing_that_reads_a_text_crashes(text):
    stated(text)
    language_of(text)
    printed_date(text)
    try:
        assert decode(text.encode("utf-8", "surrogatepass"), page=True)
        read_page(text, "a.html")
    except InputError:
        pass


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(SENTENCES, max_size=7).map(" ".join),
            st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 1)),
        ),
        max_size=9,
    ),
    st.randoms(),
)
def test_repeats_do_not_hang_on_the_order_and_lead_to_a_root(rows, random):
    reports = [
        Report(f"r{n}", text, digest(text), published=DateRange.on(day) if day else None)
        for n, (text, day) in enumerate(rows)
    ]
    shuffled = list(reports)
    random.shuffle(shuffled)

    found = find_repeats(reports)

    assert find_repeats(shuffled) == found
    assert {x.id: x for x in mark_repeats(shuffled)} == {x.id: x for x in mark_repeats(reports)}
    for name, repeat in found.items():
        assert repeat.of != name
        assert repeat.of not in found or found[repeat.of].kind != "same"
        assert 0 < repeat.similarity <= 1

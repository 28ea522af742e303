"""The same text under another name: same, near, contained; and what only looks alike."""

import random
import time
from datetime import date, timedelta

from onrecord.model import DateRange, Report, digest
from onrecord.reading import find_repeats, mark_repeats

LEAD = (
    "Italy is ready to send {n} police trainers once the fighting has ended, the defence "
    "minister said on Wednesday."
)
REST = (
    "The trainers would work outside the strip, at a place still to be found, and come home "
    "after a year. The minister "
    "told parliament that the cabinet would decide when the council had voted and the "
    "neighbours had given their word. "
    "An opposition lawmaker asked who would pay. The minister answered that the bill was "
    "shared among several states, "
    "and that the share of Rome stood in the budget. Officials of the alliance welcomed the "
    "offer but gave no date for it."
)


def report(name, text, *, outlet=None, day=None):
    published = DateRange.on(date(2025, 11, day)) if day else None
    return Report(name, text, digest(text), outlet=outlet, published=published)


TEXT = f"{LEAD.format(n=250)} {REST}"


def test_a_copy_under_another_outlet_is_the_same_text_and_the_earliest_is_kept():
    copy = f"ROME, Nov 13 (Harbour Wire) - {TEXT.replace('Wednesday', 'Wednesday')}\n\nSource: Mirror Post"
    reports = [
        report("late", copy, outlet="Mirror Post", day=13),
        report("early", TEXT, outlet="Wire", day=12),
        report("none", TEXT),
    ]

    found = find_repeats(reports)

    assert {k: (v.of, v.kind) for k, v in found.items()} == {
        "late": ("early", "same"),
        "none": ("early", "same"),
    }
    assert found["none"].similarity == 1.0
    assert [x.same_text_as for x in mark_repeats(reports)] == ["early", None, "early"]


def test_white_space_case_and_quotes_do_not_count():
    other = TEXT.upper().replace(" ", "\n  ")

    assert find_repeats([report("a", TEXT), report("b", other)])["b"].similarity == 1.0


def test_another_figure_or_a_not_makes_it_another_word():
    figure = report("b", TEXT.replace("250", "900"))
    negated = report("c", TEXT.replace("Italy is ready", "Italy is not ready"))

    found = find_repeats([report("a", TEXT), figure, negated])

    assert {k: v.kind for k, v in found.items()} == {"b": "near", "c": "near"}
    assert [x.same_text_as for x in mark_repeats([report("a", TEXT), figure, negated])] == [None, None, None]


def test_a_rewriting_is_near_and_a_quotation_is_not():
    rewritten = TEXT.replace("The minister told parliament", "She added").replace(
        "An opposition lawmaker asked", "The left wanted to know"
    )
    rewritten = rewritten.replace("come home after a year", "return twelve months later").replace(
        "gave no date for it", "set no day"
    )
    quoting = (
        f"Elsewhere, ministers argued about money. {LEAD.format(n=250)} In Paris the talk was of "
        f"ships, and of the weather."
    )

    found = find_repeats([report("a", TEXT), report("b", rewritten), report("c", quoting)])

    assert found["b"].kind == "near"
    assert 0.7 <= found["b"].similarity < 0.9
    assert "c" not in found


def test_a_text_inside_a_longer_one_is_contained():
    rng = random.Random(1)
    around = " ".join(rng.choice([f"filler{n}" for n in range(40)]) for _ in range(400))
    digest_page = f"{around} {TEXT} {around}"

    found = find_repeats([report("long", digest_page, day=14), report("short", TEXT, day=12)])

    assert (found["long"].of, found["long"].kind) == ("short", "contains")
    assert found["long"].similarity > 0.95


def test_short_and_empty_texts_are_no_repeats_by_chance():
    assert (
        find_repeats(
            [
                report("a", "Rome said no."),
                report("b", "Baku said no."),
                report("c", "..."),
                report("d", "!!!"),
            ]
        )
        == {}
    )


def test_thousands_of_reports_take_seconds():
    rng = random.Random(5)
    words = [f"w{n}" for n in range(5000)]
    texts = [" ".join(rng.choice(words) for _ in range(200)) for _ in range(900)]
    reports = [report(f"r{n}", text) for n, text in enumerate(texts)]
    reports += [
        Report(f"s{n}", text + " end", digest(text), published=DateRange.on(date(2025, 1, 1) + timedelta(n)))
        for n, text in enumerate(texts[:100])
    ]
    began = time.process_time()

    found = find_repeats(reports)

    assert {k: (v.of, v.kind) for k, v in found.items()} == {f"r{n}": (f"s{n}", "same") for n in range(100)}
    assert time.process_time() - began < 8

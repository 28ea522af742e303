"""The corner of background: by kind, each with its passage, none in any standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from onrecord.briefing import brief_of, render_html, render_markdown
from onrecord.model import ChainLink, DateRange, Fact, Report, Span, digest

TEXT = (
    "The council met on Monday. Gas made up 38 per cent of Iran's exports in 2024, the ministry said. "
    "Qatar hosted talks in April. " + "It went on for a long while and nobody knew why it did. " * 12
)


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words), words)


SHARE = Fact(
    "f1",
    "r9",
    "share",
    span("Iran's exports"),
    span("Gas made up 38 per cent of Iran's exports in 2024, the ministry said."),
    subject=span("Gas"),
    low=38,
    high=38,
    unit="per cent",
    figure=span("38 per cent"),
    period=DateRange(date(2024, 1, 1), date(2024, 12, 31)),
    period_words=span("in 2024"),
    chain=(ChainLink("the ministry", "office", "IRN"), ChainLink("The Courier", "outlet")),
)
TALKS = Fact("f2", "r9", "talks", span("hosted talks"), span("Qatar hosted talks in April."), subject=span("Qatar"))


@pytest.fixture
def arguments(story: ModuleType):
    report = Report("r9", TEXT, digest(TEXT), "The Courier", None, "A long sitting", DateRange.on(date(2026, 1, 30)))
    return {**story.STORY_ARGUMENTS, "reports": [*story.REPORTS, report], "facts": [TALKS, SHARE]}


def test_by_kind_in_a_fixed_order(arguments):
    groups = brief_of(**arguments).facts
    assert [(g.label, [x.what for x in g.lines]) for g in groups] == [
        ("shares", ["Iran's exports"]),
        ("talks held", ["hosted talks"]),
    ]
    line = groups[0].lines[0]
    assert (line.whose, line.figure, line.period, line.speaker) == ("Gas", "38 per cent", "in 2024", "the ministry")
    assert groups[1].lines[0].speaker == "the report itself"


def test_each_leads_to_its_place_in_the_report(arguments, page: ModuleType):
    found = page.read(render_html(brief_of(**arguments)))
    for name in ("f1", "f2"):
        assert f"f-{name}" in found.ids
        assert f"#f-{name}" in found.links
    assert "background" in found.ids
    assert "#background" in found.links


def test_the_same_in_text(arguments):
    text = " ".join(render_markdown(brief_of(**arguments)).split())
    assert "## Background that the reports give ### Shares" in text
    assert "**Gas: Iran's exports**, 38 per cent, in 2024" in text
    assert "“Qatar hosted talks in April.” (The Courier, 30 Jan 2026; the report itself)" in text


def test_no_corner_where_there_is_none(story: ModuleType):
    brief = brief_of(**story.STORY_ARGUMENTS)
    assert brief.facts == ()
    assert "Background that" not in render_html(brief) + render_markdown(brief)


def test_what_does_not_reproduce_is_set_aside_and_told(arguments):
    moved = replace(SHARE, id="f3", figure=Span(0, 3, "The"), evidence=Span(1, 4, "xyz"))
    brief = brief_of(**{**arguments, "facts": [moved, TALKS, replace(TALKS, id="f4", report="gone")]})
    assert [g.label for g in brief.facts] == ["talks held"]
    assert "r9, f3" in {x.where for x in brief.not_read}
    assert not any("f4" in x.where for x in brief.not_read)


def test_a_long_sentence_is_cut_around_what_it_tells(arguments):
    long = replace(TALKS, evidence=Span.of(TEXT, 0, len(TEXT)))
    (group,) = brief_of(**{**arguments, "facts": [long]}).facts
    (line,) = group.lines
    assert line.cut_after
    assert "hosted talks" in line.plain
    assert len(line.plain) <= 361


def test_standings_and_counts_are_the_same_with_it_and_without(arguments):
    with_it, without = brief_of(**arguments), brief_of(**{**arguments, "facts": []})
    assert with_it.cards == without.cards
    assert with_it.counts == without.counts
    assert with_it.passages == without.passages

"""Putting the brief together: every section, in the order that gives the references their numbers.

Comes in: the nouns. Goes out: a `Brief`. Pure: no clock, no file, no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord.briefing.board import board, matters_in_order
from onrecord.briefing.bottom_line import bottom_line, summary
from onrecord.briefing.changes import changes
from onrecord.briefing.conditions import conditions
from onrecord.briefing.disputes import disputes
from onrecord.briefing.facts import background
from onrecord.briefing.guide import guide
from onrecord.briefing.material import Material, References, gather
from onrecord.briefing.passages import passage
from onrecord.briefing.pictures import Followed, flow_picture, grid_picture, origin_picture, state_picture
from onrecord.briefing.pieces import Link
from onrecord.briefing.sources import distinct_origins, sources
from onrecord.briefing.sources import reports as report_views
from onrecord.briefing.standings import cards
from onrecord.briefing.strength import outline, strength
from onrecord.briefing.strength_over_time import StrengthOn
from onrecord.briefing.text import one_line
from onrecord.briefing.timeline import timeline
from onrecord.briefing.view import Brief
from onrecord.briefing.view_answer import Board, ConditionPictures, Count
from onrecord.briefing.view_record import NotRead
from onrecord.briefing.when import When, when
from onrecord.briefing.words import Labels, Words
from onrecord.model import Conflict, DateRange, Fact, Issue, Origin, Position, Report, Standing, Statement, Story


def brief_of(
    *,
    title: str,
    as_of: date,
    since: date | None,
    story: Story | None,
    reports: Iterable[Report],
    statements: Iterable[Statement],
    positions: Iterable[Position],
    standings: Iterable[Standing],
    conflicts: Iterable[Conflict],
    origins: Iterable[Origin],
    issues: Iterable[Issue],
    labels: Labels,
    matters: Mapping[str, str],
    force: Mapping[str, Any] | None,
    made_with: str,
    reliabilities: Mapping[str, str] | None = None,
    facts: Iterable[Fact] = (),
    followed: Iterable[Followed] = (),
    strength_days: Iterable[StrengthOn] = (),
) -> Brief:
    """The brief as a view: everything that a page shows, computed.

    Args:
        title: the headline; the story's title where it is empty.
        as_of: the day the standings are told for.
        since: the day to tell changes from, or None.
        story: the matter as the user sets it out, or None.
        reports: what was read.
        statements: the attribution relations found in it.
        positions: the stances found in it. One whose report is missing, or whose spans do not reproduce, is
            left out and named among the things not read.
        standings: what reconciliation made of the positions, as of ``as_of``.
        conflicts: what does not stand side by side.
        origins: which reports share an origin.
        issues: what could not be read.
        labels: the words to show (the vocabulary).
        matters: title by matter id.
        force: the force section, in the shape that `onrecord.briefing.strength` documents, or None.
        made_with: program, version and models, in a few words.
        reliabilities: Admiralty letter by outlet name; these go over the story's own.
        followed: the conditions with their states over time.
        strength_days: what was expected as the record stood on earlier days, where a force is described.
        facts: what the reports give as background. One whose spans do not reproduce is left out and named likewise.

    Returns:
        The brief, for `render_html` and `render_markdown`.
    """
    material = gather(
        as_of=as_of,
        since=since,
        story=story,
        words=Words(labels),
        matters=matters,
        reports=reports,
        statements=statements,
        positions=positions,
        standings=standings,
        conflicts=conflicts,
        origins=origins,
        reliabilities=reliabilities or {},
        facts=facts,
    )
    references = References(material)
    order = matters_in_order(material)
    first = order[0] if order else None
    told = outline(material, force, first)
    lines = bottom_line(material, references, first, told)
    boards = _boards(material, references, order)
    flows = [flow_picture(material, matter) for matter in order]
    moved = replace(changes(material, references), flows=tuple(x for x in flows if x is not None))
    disputed = disputes(material, references)
    named = conditions(material, references)
    pictured = ConditionPictures(grid_picture(material, named), state_picture(material, named, followed))
    adds_up = strength(material, references, force, first, told, tuple(strength_days))
    days = timeline(material, references)
    standings_in_full = cards(material, references)
    views = report_views(material, references)
    return Brief(
        title=one_line(title or (story.title if story else ""), 300) or "Who is on record for what",
        as_of=_day(as_of),
        since=when(DateRange.on(since)) if since else None,
        made_with=one_line(made_with, 300),
        counts=_counts(material),
        bottom_line=lines,
        boards=boards,
        changes=moved,
        disputes=disputed,
        conditions=named,
        condition_pictures=pictured,
        strength=adds_up,
        timeline=days,
        cards=standings_in_full,
        facts=background(material),
        sources=replace(sources(material), chart=origin_picture(material)),
        reports=views,
        passages=tuple(passage(material, references, name) for name in _by_number(references)),
        not_read=tuple(_not_read(x) for x in (*issues, *material.set_aside)),
        guide=guide(material.words),
    )


def _day(day: date) -> When:
    shown = when(DateRange.on(day))
    assert shown is not None
    return shown


def _by_number(references: References) -> list[str]:
    return sorted(references.numbers, key=lambda name: references.numbers[name])


def _boards(material: Material, references: References, order: list[str | None]) -> tuple[Board, ...]:
    out = []
    for n, matter in enumerate(order, start=1):
        place = Link(f"Board: {material.matter(matter)}", f"board-{n}")
        text = summary(material, references, matter, place) if n > 1 else ()
        out.append(board(material, references, matter, n, text))
    return tuple(out)


def _counts(material: Material) -> tuple[Count, ...]:
    parties = {x.holder for x in material.positions.values()} | {x.holder for x in material.standings}
    values = (
        (len(material.reports), "report", "texts that were read"),
        (distinct_origins(material), "distinct origin", "what the reports rest on, each counted once"),
        (len(parties), "party", "whose stances are on record"),
        (len(material.positions), "position", "stances, each with its passage"),
    )
    plural = {"party": "parties"}
    return tuple(Count(n, one if n == 1 else plural.get(one, f"{one}s"), gloss) for n, one, gloss in values)


def _not_read(issue: Issue) -> NotRead:
    return NotRead(
        one_line(issue.where, 200),
        one_line(issue.message, 400),
        one_line(issue.hint, 300),
        one_line(issue.code, 60),
    )

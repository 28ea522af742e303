"""The board: for each matter its parties by tasks, and what parties want of one another.

Comes in: standings. Goes out: boards. A stance on one's own doing, or on that of an unnamed group such as
foreign forces, stands in the holder's row; a stance on another party stands in that party's row and in a list
of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.briefing import charts
from onrecord.briefing.changes import marker
from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Chip, Link, Text
from onrecord.briefing.text import figure, one_line, visible
from onrecord.briefing.view_answer import Board, Cell, Column, Other, Row
from onrecord.briefing.when import day_text, when
from onrecord.briefing.words import POLARITIES, STATE_WORDS
from onrecord.model import DateRange, Position, Standing

CELL_REFS = 3
"""References in a cell; the standing in full has them all."""
RECENT = 330
"""Days before the day of the brief within which a day and a month name a day without doubt."""
FEWEST_LANES = 3
"""Parties below which a chart over time says less than the list does."""


def matters_in_order(material: Material) -> list[str | None]:
    """The matters with standings: the story's first, then the largest; what names no matter last."""
    sizes = Counter(x.matter for x in material.standings)
    own = material.story.matter if material.story else None
    return sorted(sizes, key=lambda m: (m is None, m != own, -sizes[m], m or ""))


def of_matter(material: Material, matter: str | None) -> list[Standing]:
    """The standings of one matter."""
    return [x for x in material.standings if x.matter == matter]


def is_group(actor: str) -> bool:
    """Whether it is a group without members that could be told one by one ("foreign forces")."""
    return actor.startswith("group:")


def tasks_in_order(material: Material, matter: str | None) -> list[str]:
    """The tasks of a matter's board: the story's own first, whether or not anybody speaks of them."""
    story = material.story
    asked: list[str] = []
    if story is not None and story.matter == matter:
        asked = [*story.undertakings, *(story.force.requirement.tasks if story.force else ())]
    found = {
        x.task for x in of_matter(material, matter) if x.holder == x.performer or is_group(x.performer)
    } or {x.task for x in of_matter(material, matter)}
    rest = sorted(found - set(asked), key=lambda t: (material.words.task_place(t), t))
    return [*dict.fromkeys(asked), *rest]


def first_task(material: Material, matter: str | None) -> str | None:
    """The task a matter is told by: the story's first that anybody stands on, else the most spoken of."""
    own = Counter(x.task for x in of_matter(material, matter) if x.holder == x.performer)
    order = tasks_in_order(material, matter)
    story = material.story
    if story is not None and story.matter == matter:
        asked = next((t for t in story.undertakings if own[t]), None)
        if asked:
            return asked
    return max(own, key=lambda t: (own[t], -order.index(t)), default=order[0] if order else None)


def cell(material: Material, references: References, standing: Standing) -> Cell:
    """A standing as it is shown on the board."""
    change, direction = marker(material, standing)
    words = material.words
    chips = tuple(
        Chip(
            one_line(c.kind),
            words.condition_told(c.kind, c.text),
            one_line(c.text, 160),
            references.refs(c.positions),
        )
        for c in standing.conditions
    )
    return Cell(
        anchor=material.s[standing.id],
        stance=words.stance(standing.stance),
        polarity=standing.polarity,
        figure=figure(standing.low, standing.high, standing.unit),
        chips=chips,
        last=when(standing.last),
        recent=standing.last is not None and 0 <= (material.as_of - standing.last.earliest).days < RECENT,
        origins=standing.independent_sources,
        state=STATE_WORDS.get(standing.state, standing.state),
        change=change,
        direction=direction,
        toward=words.actor(standing.performer) if standing.performer != standing.holder else "",
        refs=references.refs(material.best_first(standing, standing.supporting), None, CELL_REFS),
    )


def other(material: Material, references: References, standing: Standing) -> Other:
    """A stance on another's doing."""
    words = material.words
    return Other(
        words.actor(standing.holder),
        words.actor(standing.performer),
        words.task(standing.task),
        cell(material, references, standing),
    )


def board(material: Material, references: References, matter: str | None, place: int, summary: Text) -> Board:
    """The board of one matter; ``place`` counts from 1 and names its fragment."""
    standings = of_matter(material, matter)
    tasks = tasks_in_order(material, matter)
    between = [x for x in standings if x.holder != x.performer and not is_group(x.performer)]
    between.sort(key=lambda x: (material.words.actor(x.performer), POLARITIES.index(x.polarity), x.holder))
    first = first_task(material, matter)
    return Board(
        anchor=f"board-{place}",
        title=material.matter(matter),
        summary=summary,
        columns=tuple(_column(material, standings, matter, task) for task in tasks),
        rows=tuple(_rows(material, references, standings, tasks, first)),
        others=tuple(other(material, references, x) for x in between),
        lanes=_lanes(material, standings, first) if first else None,
    )


def _column(material: Material, standings: Sequence[Standing], matter: str | None, task: str) -> Column:
    story, words = material.story, material.words
    own = story.undertakings.get(task) if story is not None and story.matter == matter else None
    tally = Counter(x.polarity for x in standings if x.task == task and x.holder == x.performer)
    word = words.labels.tasks.get(task)
    label = one_line(own or words.task(task), 60)
    return Column(
        one_line(task),
        label[:1].upper() + label[1:],
        one_line(word.gloss) if word else "",
        {p: tally[p] for p in POLARITIES},
        not tally["for"],
    )


def _rows(
    material: Material,
    references: References,
    standings: Sequence[Standing],
    tasks: Sequence[str],
    first: str | None,
) -> list[Row]:
    held: dict[str, dict[str, list[Standing]]] = {}
    wanted: dict[str, list[Standing]] = {}
    for x in standings:
        if x.holder == x.performer or is_group(x.performer):
            held.setdefault(x.holder, {}).setdefault(x.task, []).append(x)
        else:
            wanted.setdefault(x.performer, []).append(x)

    def rank(party: str) -> tuple[int, float, int, str]:
        mine = held.get(party, {})
        lead = [x for x in mine.get(first or "", []) if x.holder == x.performer]
        rest = [POLARITIES.index(x.polarity) for entries in mine.values() for x in entries]
        size = max((x.high or x.low or 0.0 for x in lead), default=0.0)
        lead_rank = min((POLARITIES.index(x.polarity) for x in lead), default=len(POLARITIES))
        return (lead_rank, -size, min(rest, default=len(POLARITIES)), material.words.actor(party))

    rows = []
    for party in sorted({*held, *wanted}, key=rank):
        label = material.words.actor(party)
        mine = held.get(party, {})
        cells = tuple(
            tuple(
                cell(material, references, x)
                for x in sorted(mine.get(task, []), key=lambda x: (x.holder != x.performer, x.performer))
            )
            for task in tasks
        )
        others = tuple(other(material, references, x) for x in wanted.get(party, []))
        rows.append(Row(visible(party), label, cells, others, f"{label} {one_line(party)}".casefold()))
    return rows


def stretches(material: Material, standing: Standing) -> list[charts.Stretch]:
    """A standing's dated history, for a chart."""
    found = []
    for entry in standing.history:
        if entry.date is not None:
            told = when(entry.date)
            said = f"{material.words.stance(entry.stance)}, {told.text if told else ''}"
            found.append(
                charts.Stretch(
                    entry.date.earliest,
                    entry.date.latest,
                    material.words.polarity(entry.stance),
                    material.words.stance(entry.stance),
                    said,
                )
            )
    return sorted(found, key=lambda x: x.middle)


def _word(material: Material, position: Position, day: DateRange) -> charts.Stretch:
    told = when(day)
    outlet = material.outlet(material.reports[position.report])
    said = f"{material.words.stance(position.stance)}, {told.text if told else ''}, {outlet}"
    return charts.Stretch(day.earliest, day.latest, material.words.polarity(position.stance), "", said)


def _lanes(material: Material, standings: Sequence[Standing], task: str) -> charts.Lanes | None:
    drawn = []
    for x in standings:
        if x.task == task and x.holder == x.performer and (bands := stretches(material, x)):
            told = [
                (p, day)
                for name in (*x.supporting, *x.opposing)
                if (p := material.positions.get(name)) and (day := material.told_on(p))
            ]
            drawn.append((x, bands, [_word(material, p, day) for p, day in told]))
    if len(drawn) < FEWEST_LANES:
        return None
    first = min(b.earliest for _, bands, _ in drawn for b in bands)
    first = min([first, *(w.earliest for _, _, words in drawn for w in words)])
    last = max(material.as_of, first)
    drawn.sort(key=lambda x: (POLARITIES.index(x[0].polarity), x[1][0].middle, x[0].holder))
    links = [Link(one_line(material.words.actor(x.holder), 24), material.s[x.id]) for x, _, _ in drawn]
    lanes = tuple(
        charts.lane(link.label, link.anchor, n, bands, words, first, last)
        for n, (link, (_, bands, words)) in enumerate(zip(links, drawn, strict=True))
    )
    since = material.since
    since_x = charts.place_in_lane(since, first, last) if since and first <= since <= last else None
    return charts.Lanes(
        title=f"{material.words.task(task)}: each party from its first word to {day_text(material.as_of)}",
        height=charts.LANE_TOP + len(lanes) * charts.LANE_HEIGHT + 6,
        ticks=charts.time_ticks(first, last, charts.LANE_LEFT, charts.LANE_RIGHT),
        lanes=lanes,
        since_x=since_x,
        since=f"since {day_text(since)}" if since else "",
    )

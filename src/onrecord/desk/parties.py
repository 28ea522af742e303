"""A party, a task and a standing as the desk shows them.

In: an :class:`onrecord.desk.outlook.Outlook` and an id. Out: frozen views made of the brief's parts. Nothing here knows
HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord import asking
from onrecord.asking import Asked
from onrecord.briefing import charts
from onrecord.briefing.board import cell, is_group, stretches
from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import passage
from onrecord.briefing.pieces import Passage, Ref
from onrecord.briefing.standings import cards
from onrecord.briefing.text import figure, one_line
from onrecord.briefing.view_answer import Cell
from onrecord.briefing.view_record import Card
from onrecord.briefing.when import When, day_text, when
from onrecord.briefing.words import POLARITIES
from onrecord.desk.outlook import Outlook
from onrecord.errors import UnknownName
from onrecord.model import Polarity, Position, Standing
from onrecord.reconciliation import ConditionState

STATUS_WORDS = {"met": "met", "not_met": "not met", "unknown": "not known", "disputed": "disputed"}
"""The states of a condition as a reader sees them."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A condition and its state.

    Attributes:
        id: of the condition.
        label, kind: for people.
        status: in words.
        since: since when it is so.
        why: one sentence.
        parties: who names it: id and name.
        refs: the passages that name it.
    """

    id: str
    label: str
    kind: str
    status: str
    since: When | None
    why: str
    parties: tuple[tuple[str, str], ...]
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that a party has named."""

    figure: str
    task: str
    said: When | None
    stance: str
    polarity: Polarity
    passage: Passage


@dataclass(frozen=True, slots=True)
class Line:
    """A standing in a list: who, on whose doing, what, and the cell of the board."""

    holder: str
    holder_id: str
    performer: str
    task: str
    matter: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class PartyView:
    """All that the desk shows of a party.

    Attributes:
        id, label: the party.
        own: its standings on its own doing, in full.
        toward: what it wants of others.
        wanted: what others want of it.
        lanes: its stances over time, one lane a task; None where nothing is dated.
        conditions: those it names.
        figures: figures it has named, latest first.
    """

    id: str
    label: str
    own: tuple[Card, ...]
    toward: tuple[Line, ...]
    wanted: tuple[Line, ...]
    lanes: charts.Lanes | None
    conditions: tuple[Followed, ...]
    figures: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """Who would do a task, who would not, who has not said.

    Attributes:
        id, label, gloss: the task.
        groups: by polarity, the standings of the parties' own doing.
        silent: parties on record in the matter that have not said anything on this: id and name.
        toward: what parties say of others' doing it.
    """

    id: str
    label: str
    gloss: str
    groups: tuple[tuple[Polarity, tuple[Line, ...]], ...]
    silent: tuple[tuple[str, str], ...]
    toward: tuple[Line, ...]
    lanes: charts.Lanes | None


@dataclass(frozen=True, slots=True)
class StandingView:
    """A standing in full, with why it is so."""

    card: Card
    standing: Standing
    lines: tuple[str, ...]
    would_change: tuple[str, ...]
    missing: tuple[str, ...]
    conditions: tuple[Followed, ...]


def party_view(outlook: Outlook, party: str, *, since: date | None = None) -> PartyView:
    """What the desk shows of a party.

    Raises:
        UnknownName: it is not on record as of the day.
    """
    material = outlook.since(since)
    mine = [s for s in material.standings if s.holder == party]
    others = [s for s in material.standings if s.performer == party and s.holder != party]
    if not mine and not others:
        raise UnknownName(
            f"nothing is on record of {party!r} as of {outlook.as_of}",
            value=party,
            hint="the board shows who is; a later day may show more",
        )
    references = References(material)
    own = [s for s in mine if s.performer == party or is_group(s.performer)]
    toward = [s for s in mine if s not in own]
    return PartyView(
        id=party,
        label=material.words.actor(party),
        own=cards(replace(material, standings=tuple(own)), references),
        toward=_lines(material, references, toward),
        wanted=_lines(material, references, others),
        lanes=_lanes_by_task(material, own),
        conditions=followed(outlook, references, (c for c in outlook.conditions if party in c.named_by)),
        figures=_figures(material, references, mine),
    )


def task_view(outlook: Outlook, task: str, matter: str | None, *, since: date | None = None) -> TaskView:
    """Who stands where on a task of a matter.

    Raises:
        UnknownName: there is no such task.
    """
    material = outlook.since(since)
    words = material.words
    known = words.labels.tasks.get(task)
    here = [s for s in material.standings if s.matter == matter]
    on_it = [s for s in here if s.task == task]
    if known is None and not on_it:
        raise UnknownName(f"there is no task {task!r}", value=task, hint="the board's columns are the tasks")
    references = References(material)
    own = [s for s in on_it if s.performer == s.holder or is_group(s.performer)]
    toward = [s for s in on_it if s not in own]
    story = material.story
    label = (story.undertakings.get(task) if story and story.matter == matter else None) or words.task(task)
    silent = sorted(
        {s.holder for s in here if not is_group(s.holder)} - {s.holder for s in own}, key=words.actor
    )
    return TaskView(
        id=task,
        label=one_line(label[:1].upper() + label[1:], 90),
        gloss=one_line(known.gloss) if known else "",
        groups=tuple(
            (p, _lines(material, references, [s for s in own if s.polarity == p])) for p in POLARITIES
        ),
        silent=tuple((x, words.actor(x)) for x in silent),
        toward=_lines(material, references, toward),
        lanes=_lanes_by_party(material, own),
    )


def standing_view(outlook: Outlook, name: str, *, since: date | None = None) -> StandingView:
    """A standing by its id, in full.

    Raises:
        UnknownName: there is none of that id as of the day.
    """
    material = outlook.since(since)
    standing = next((s for s in material.standings if s.id == name), None)
    if standing is None:
        raise UnknownName(
            f"there is no standing {name!r} as of {outlook.as_of}",
            value=name,
            hint="the board shows those of the day; a later day may show more",
        )
    references = References(material)
    (card,) = cards(replace(material, standings=(standing,)), references)
    asked = Asked(holder=standing.holder, performer=standing.performer, task=standing.task)
    told = asking.explanation(outlook.answer, asked, matter=standing.matter)
    # Reconciliation knows the labels of the vocabulary alone; of a task that it lacks, it tells the id in words.
    plain, label = standing.task.replace("_", " "), material.words.task(standing.task)
    return StandingView(
        card=card,
        standing=standing,
        lines=tuple(x.replace(plain, label) for x in told.lines),
        would_change=tuple(x.replace(plain, label) for x in told.would_change),
        missing=tuple(x.replace(plain, label) for x in told.missing),
        conditions=followed(outlook, references, (c for c in outlook.conditions if name in c.standings)),
    )


def followed(
    outlook: Outlook, references: References, states: Iterable[ConditionState]
) -> tuple[Followed, ...]:
    """Conditions with their states, ready to be shown."""
    words = outlook.words
    return tuple(
        Followed(
            id=c.id,
            label=one_line(c.label, 90),
            kind=words.condition(c.kind),
            status=STATUS_WORDS[c.status],
            since=when(c.since),
            why=one_line(c.why, 300),
            parties=tuple((x, words.actor(x)) for x in c.named_by),
            refs=references.refs(c.positions, None, 6),
        )
        for c in states
    )


def _lines(material: Material, references: References, standings: Sequence[Standing]) -> tuple[Line, ...]:
    words = material.words
    order = sorted(
        standings,
        key=lambda s: (words.task_place(s.task), POLARITIES.index(s.polarity), words.actor(s.holder), s.id),
    )
    return tuple(
        Line(
            words.actor(s.holder),
            s.holder,
            words.actor(s.performer),
            words.task(s.task),
            material.matter(s.matter),
            cell(material, references, s),
        )
        for s in order
    )


def _known(material: Material, standings: Iterable[Standing]) -> list[Position]:
    """The positions that standings were weighed from: those known as of the day."""
    ids = dict.fromkeys(r.position for s in standings for r in s.reasons)
    return [material.positions[x] for x in ids if x in material.positions]


def _figures(
    material: Material, references: References, standings: Sequence[Standing]
) -> tuple[Named, ...]:
    words = material.words
    named = [p for p in _known(material, standings) if p.quantity is not None]

    def latest(position: Position) -> tuple[int, str]:
        told = material.told_on(position)
        return (-(told.latest.toordinal() if told else 0), position.id)

    return tuple(
        Named(
            figure(p.quantity.low, p.quantity.high, p.quantity.unit) or one_line(p.quantity.span.text, 60),
            words.task(p.task),
            when(material.told_on(p)),
            words.stance(p.stance),
            words.polarity(p.stance),
            passage(material, references, p.id),
        )
        for p in sorted(named, key=latest)
        if p.quantity is not None
    )


def _lanes_by_task(material: Material, own: Sequence[Standing]) -> charts.Lanes | None:
    labels = {s.id: one_line(material.words.task(s.task), 24) for s in own}
    return _lanes(material, own, labels, "Its stances over time, task by task")


def _lanes_by_party(material: Material, own: Sequence[Standing]) -> charts.Lanes | None:
    labels = {s.id: one_line(material.words.actor(s.holder), 24) for s in own}
    order = sorted(own, key=lambda s: (POLARITIES.index(s.polarity), labels[s.id]))
    return _lanes(material, order, labels, "Each party over time")


def _lanes(
    material: Material, standings: Sequence[Standing], labels: dict[str, str], title: str
) -> charts.Lanes | None:
    drawn = [(s, bands) for s in standings if (bands := stretches(material, s))]
    if not drawn:
        return None
    told = {s.id: [(p, day) for p in _known(material, [s]) if (day := material.told_on(p))] for s, _ in drawn}
    days = [b.earliest for _, bands in drawn for b in bands]
    days += [day.earliest for found in told.values() for _, day in found]
    first, last = min(days), max(material.as_of, *days)
    words = material.words
    lanes = tuple(
        charts.lane(
            labels[s.id],
            material.s[s.id],
            n,
            bands,
            [
                charts.Stretch(
                    day.earliest,
                    day.latest,
                    words.polarity(p.stance),
                    "",
                    f"{words.stance(p.stance)}, {material.outlet(material.reports[p.report])}",
                )
                for p, day in told[s.id]
            ],
            first,
            last,
        )
        for n, (s, bands) in enumerate(drawn)
    )
    since = material.since
    return charts.Lanes(
        title=f"{title}, to {day_text(material.as_of)}",
        height=charts.LANE_TOP + len(lanes) * charts.LANE_HEIGHT + 6,
        ticks=charts.time_ticks(first, last, charts.LANE_LEFT, charts.LANE_RIGHT),
        lanes=lanes,
        since_x=charts.place_in_lane(since, first, last) if since and first <= since <= last else None,
        since=f"since {day_text(since)}" if since else "",
    )

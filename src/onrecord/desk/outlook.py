"""What the desk shows: the ledger's rows and what they come to as of a day, made once for each state of the ledger.

Part of the services, between the ledger and the pages. In: settings, stories, days. Out: :class:`Outlook` (an answer
with the brief's material, every link in it an address of the desk). Nothing is reconciled per request: rows are kept
until the ledger has a new version and only touched reports are loaded again; answers are kept by version, story and
day, the ones used last. Nothing here prints or knows HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from onrecord import services
from onrecord.adding_up import Suppose
from onrecord.briefing import board as boards
from onrecord.briefing.anchors import anchors
from onrecord.briefing.material import Material, References, gather
from onrecord.briefing.view_answer import Board
from onrecord.briefing.words import Words
from onrecord.desk import addresses
from onrecord.desk.aside import Aside
from onrecord.desk.conditions import merged, merged_names
from onrecord.desk.decisions import Decisions, decisions
from onrecord.desk.keeping import Kept, made_once
from onrecord.desk.weighing import touched_undertakings, weighed_again
from onrecord.errors import LedgerError, OnrecordError, UnknownName
from onrecord.ledger import Ledger, Version
from onrecord.model import Position, Report, Standing, Statement, Story
from onrecord.reconciliation import ConditionState
from onrecord.services import CHANGED_WITHIN, Answer
from onrecord.settings import Settings
from onrecord.stories import story_of
from onrecord.undertakings import Labelled, known_tasks, labels_of, worth_going_by
from onrecord.vocabulary import Vocabulary, load

QUICK_FROM = 3000
"""Positions from which the whole takes so long (about a second for each 8,000) that a decision is shown first."""
QUICK_REPORTS = 50
"""Reports that may have changed for that; more are a reading, not a decision."""
MOST_DAYS = 48
"""Answers kept: a replay of some weeks by a few readers. Each holds its own standings and shares the rows."""


_looked: ContextVar[list[Version] | None] = ContextVar("looked", default=None)


def look_once() -> None:
    """From here on, in what goes on here (a request that only reads), the ledger is asked for its version once.

    So a page is told from one version, however many of its parts ask; and it does not ask a database ten times.
    """
    _looked.set([])


@dataclass(frozen=True, slots=True)
class Rows:
    """The ledger's rows at one version.

    Attributes:
        version: of the ledger.
        reports: by id, in the ledger's order.
        by_report: positions by report, judgements applied, in the order of the text.
        position: by id.
        days: the days on which reports were published (the latest they can be), in order.
        newest: the last of them; where there is none, the last on which anything was said, or None.
        parties, tasks, matters: what the positions are of, by id, in the order of the alphabet; the parties include
            those whose doing is spoken of.
    """

    version: Version
    reports: Mapping[str, Report]
    by_report: Mapping[str, tuple[Position, ...]]
    position: Mapping[str, Position]
    days: tuple[date, ...]
    newest: date | None
    parties: tuple[str, ...]
    tasks: tuple[str, ...]
    matters: tuple[str, ...]

    @property
    def positions(self) -> tuple[Position, ...]:
        """All of them."""
        return tuple(self.position.values())


class Outlook:
    """What is on the record as of a day, ready to be shown.

    Attributes:
        version: of the ledger it was made from.
        story: the story it is told by, or None.
        answer: standings, conflicts, origins, force. Its statements are left empty: they are loaded report by report.
        material: the brief's material, with addresses of the desk in the place of fragments.
        conditions: conditions with their states, those that a person found to be one merged.
        whole: False while only what a judgement touched has been weighed again and the rest follows.
        fragments: parts of pages that were made of it, the ones used last; queues the review queues.
        cells: standings as a board lays them out, by the day that changes are told from, then by address.
    """

    def __init__(
        self,
        version: Version,
        story: Story | None,
        answer: Answer,
        material: Material,
        *,
        rows: Rows | None = None,
        conditions: tuple[ConditionState, ...] = (),
        whole: bool = True,
    ) -> None:
        self.rows = rows
        self.conditions = conditions
        self.version = version
        self.story = story
        self.answer = answer
        self.material = material
        self.whole = whole
        self.fragments: Kept[str] = Kept(most=64)
        self.queues: Kept[Any] = Kept(most=16)
        self.cells: Kept[dict[str, str]] = Kept(most=4)
        self._weights: dict[str, Mapping[str, float]] = {}
        self._boards: Kept[Board] = Kept(most=16)

    @property
    def as_of(self) -> date:
        """The day."""
        return self.answer.as_of

    @property
    def words(self) -> Words:
        """Labels."""
        return self.material.words

    def since(self, day: date | None) -> Material:
        """The material with changes told from a day; thirty days before by default."""
        return replace(self.material, since=day or self.as_of - CHANGED_WITHIN)

    @made_once
    def force(self) -> Mapping[str, Any] | None:
        """What the standings add up to, in the form of ``force.json``; worked out when it is first asked for."""
        return services.supposed(self.answer, Suppose())

    @made_once
    def asked_for(self) -> frozenset[str]:
        """The tasks that the story asks for."""
        story = self.story
        if story is None:
            return frozenset()
        return frozenset([*story.undertakings, *(story.force.requirement.tasks if story.force else ())])

    def weights(self, standing: Standing) -> Mapping[str, float]:
        """The weight of each position in a standing, worked out once."""
        held = self._weights.get(standing.id)
        if held is None:
            held = self._weights[standing.id] = self.material.weight(standing)
        return held

    @made_once
    def matters(self) -> list[str | None]:
        """The matters with standings, the story's own first."""
        return boards.matters_in_order(self.material)

    def board(self, matter: str | None, since: date | None) -> Board:
        """The board of a matter, made once."""

        def make() -> Board:
            material = self.since(since)
            return boards.board(material, References(material), matter, 1, ())

        return self._boards.get((matter, since), make)

    def hold(self, boards: Mapping[str | None, Board]) -> None:
        """Keep boards that were made elsewhere, changes told from the usual day."""
        for matter, board in boards.items():
            self._boards.put((matter, None), board)


@dataclass(slots=True)
class Desk:
    """One ledger with the stories it is looked at by, for any number of readers at once.

    Attributes:
        settings: ledger, clock, grades; its story is ignored in favour of ``stories``.
        stories: the story files, the first the one that is shown unless another is asked for.
        ledger: the opened ledger.
        aside: another process that weighs large ledgers; without it this one does.

    Example:
        >>> with Desk.open(Settings(ledger=":memory:")) as desk:
        ...     desk.rows().positions, desk.outlook().answer.reconciliation.standings
        ((), ())
    """

    settings: Settings
    ledger: Ledger
    stories: Mapping[str, tuple[Story, Settings]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=load)
    aside: Aside | None = None
    _rows: Rows | None = None
    _lock: Lock = field(default_factory=Lock)
    _words: Kept[Words] = field(default_factory=lambda: Kept(most=8))
    _decisions: Kept[Decisions] = field(default_factory=lambda: Kept(most=2))
    _latest: dict[tuple[str | None, date], Outlook] = field(default_factory=dict)
    _waiting: dict[tuple[str | None, date], tuple[Rows, Story | None, Settings]] = field(default_factory=dict)
    _outlooks: Kept[Outlook] = field(default_factory=lambda: Kept(most=MOST_DAYS))

    @classmethod
    def open(
        cls, settings: Settings, stories: Sequence[Path] = (), *, create: bool = True, aside: bool = False
    ) -> Desk:
        """Open the ledger and read the stories.

        Args:
            settings: as the desk holds them.
            stories: the story files.
            create: whether to make a ledger where there is none.
            aside: whether another process may weigh, where the ledger is large and can be opened by one. A program
                that asks for it must be importable, with what it does under ``if __name__ == "__main__"``.

        Raises:
            LedgerError: or one below it, when the ledger cannot be opened.
            StoryInvalid: a story cannot be followed.
        """
        vocabulary = load()
        read: dict[str, tuple[Story, Settings]] = {}
        for path in stories:
            own = replace(settings, story=path)
            story = story_of(own, vocabulary)
            if story is not None:
                read[story.id] = (story, own)
        ledger = services.open_ledger(settings, create=create)
        beside = Aside(settings, stories) if aside and Aside.can_reach(settings) else None
        return cls(replace(settings, story=None), ledger, read, vocabulary, beside)

    def close(self) -> None:
        """Let go of the ledger."""
        if self.aside is not None:
            self.aside.close()
        self.ledger.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Rows

    def version(self) -> Version:
        """The ledger's version: now, or when it was first asked for in what only reads (:func:`look_once`)."""
        seen = _looked.get()
        if seen is None:
            return self.ledger.version()
        if not seen:
            seen.append(self.ledger.version())
        return seen[0]

    def rows(self) -> Rows:
        """The rows as the ledger has them now; only what was touched since the last time is loaded."""
        held = self._rows
        if held is not None and held.version == self.version():
            return held
        # Looked at anew: somebody else may have loaded what has come since this request began.
        now = self.ledger.version()
        seen = _looked.get()
        if seen is not None:
            seen[:] = [now]
        with self._lock:
            held = self._rows
            if held is None or held.version != now:
                held = self._rows = self._load(held, now)
            return held

    def _load(self, held: Rows | None, now: Version) -> Rows:
        touched = None if held is None else self.ledger.touched(held.version)
        if held is None or touched is None or len(touched) > max(20, len(held.reports) // 10):
            reports = {r.id: r for r in self.ledger.reports()}
            by_report: dict[str, list[Position]] = {}
            for p in self.ledger.positions():
                by_report.setdefault(p.report, []).append(p)
            return _rows_of(now, reports, {k: tuple(v) for k, v in by_report.items()})
        reports = dict(held.reports)
        again = dict(held.by_report)
        for name in touched:
            for report in self.ledger.reports(report=name):
                reports[name] = report
            again[name] = tuple(self.ledger.positions(report=name))
        return _rows_of(now, reports, again)

    def report(self, name: str) -> Report:
        """A report by its id.

        Raises:
            UnknownName: there is no such report.
        """
        found = self.rows().reports.get(name)
        if found is None:
            raise UnknownName(f"there is no report {name!r}", value=name, hint="the sources page lists them")
        return found

    def statements(self, report: str) -> list[Statement]:
        """The statements of one report."""
        return self.ledger.statements(report=report)

    def decisions(self) -> Decisions:
        """What people decided, told once for each version of the ledger."""
        return self._decisions.get(self.version(), self._told)

    def _told(self) -> Decisions:
        disputed = [d.target for d in self.ledger.disagreements()]
        return decisions(self.ledger.judgements(), disputed, self.words())

    def words(self, story: Story | None = None) -> Words:
        """Labels of everything on record: the vocabulary's, the story's, and those of tasks found in the reports.

        Args:
            story: by whose labels; by those of all stories, where none is named.
        """
        rows = self.rows()

        def make() -> Words:
            told = [story] if story is not None else [s for s, _ in self.stories.values()]
            own = {t: label for s in told for t, label in s.undertakings.items()}
            known = frozenset({*own, *known_tasks(self.vocabulary.tasks.keys(), None)})
            spoken_of = worth_going_by(rows.positions, known)
            return Words(Labelled(self.vocabulary, {**own, **labels_of(spoken_of, known)}))

        return self._words.get((rows.version, story.id if story is not None else None), make)

    # What it comes to

    def story(self, name: str | None) -> tuple[Story | None, Settings]:
        """A story by its name, with the settings that go with it; the first one where none is named.

        Raises:
            UnknownName: there is no such story.
        """
        if name:
            if name not in self.stories:
                known = ", ".join(self.stories) or "none"
                raise UnknownName(f"there is no story {name!r}", value=name, hint=f"known: {known}")
            return self.stories[name]
        return next(iter(self.stories.values()), (None, self.settings))

    def outlook(self, *, story: str | None = None, as_of: date | None = None) -> Outlook:
        """What is on the record as of a day (that of the newest report by default), by a story.

        Raises:
            UnknownName: there is no such story.
        """
        rows = self.rows()
        told_by, settings = self.story(story)
        day = as_of or self.day(rows, settings)
        place = (told_by.id if told_by else None, day)
        return self._outlooks.get((rows.version, *place), lambda: self._weigh(rows, told_by, settings, place))

    def day(self, rows: Rows, settings: Settings) -> date:
        """The day that is told for where none is asked for, as :func:`onrecord.services.newest_day` has it."""
        today = settings.clock().date()
        return min(rows.newest, today) if rows.newest else today

    def warm(self) -> None:
        """Have what is shown first at hand; what fails here is told to whoever asks for it."""
        with suppress(OnrecordError):
            self.outlook()

    def _weigh(
        self, rows: Rows, story: Story | None, settings: Settings, place: tuple[str | None, date]
    ) -> Outlook:
        """All of it, or at once what was touched and all of it soon, where there is so much that it takes seconds."""
        before = self._latest.get(place)
        if before is not None and before.rows is not None and len(rows.position) >= QUICK_FROM:
            touched = self.ledger.touched(before.version)
            if touched is not None and len(touched) <= QUICK_REPORTS:
                made = self._touch(before, before.rows, rows, touched, story, settings)
                self._latest[place] = made
                self._follow(rows, story, settings, place)
                return made
        whole = self._whole(rows, story, settings, place[1])
        if whole is None:
            # Somebody decided meanwhile: what is asked for is what stands now, not what stood a moment ago.
            seen = _looked.get()
            if seen is not None:
                seen.clear()
            return self.outlook(story=place[0], as_of=place[1])
        self._latest[place] = whole
        while len(self._latest) > MOST_DAYS:
            self._latest.pop(next(iter(self._latest)))
        return whole

    def weighed_at(self, version: Version, story: str | None, day: date) -> Outlook | None:
        """All of a day as a state of the ledger has it, made anew; None where the ledger has moved on from that.

        Raises:
            UnknownName: there is no such story.
        """
        held = self._rows
        rows = held if held is not None and held.version == version else self.rows()
        told_by, settings = self.story(story)
        return self._whole(rows, told_by, settings, day) if rows.version == version else None

    def _whole(self, rows: Rows, story: Story | None, settings: Settings, day: date) -> Outlook | None:
        """All of it, weighed aside where that is worth it; None where the ledger has moved on meanwhile."""
        weighed = None
        if self.aside is not None and len(rows.position) >= QUICK_FROM:
            weighed = self.aside.weigh(rows.version, story.id if story else None, day)
            if weighed is not None and weighed.version != rows.version:
                return None
        answer = services.answer_of(
            tuple(rows.reports.values()), (), rows.positions, settings, as_of=day, story=story, force=False,
            made=weighed.reconciliation if weighed else None,
        )  # fmt: skip
        made = Outlook(
            rows.version,
            story,
            answer,
            self._material(answer, story, settings),
            rows=rows,
            conditions=self._conditions(answer),
        )
        if weighed is not None:
            made.hold(weighed.boards)
        return made

    def _conditions(self, answer: Answer) -> tuple[ConditionState, ...]:
        return merged(answer.reconciliation.conditions_state, merged_names(self.ledger.judgements()))

    def _touch(
        self,
        before: Outlook,
        old: Rows,
        rows: Rows,
        touched: Collection[str],
        story: Story | None,
        settings: Settings,
    ) -> Outlook:
        undertakings = touched_undertakings(old.by_report, rows.by_report, touched)
        grades = {**(story.outlets if story else {}), **settings.outlet_grades}
        answer = weighed_again(
            before.answer, rows.position, rows.reports, undertakings, self.vocabulary, grades, story
        )
        standings = answer.reconciliation.standings
        conflicts = answer.reconciliation.conflicts
        # The spans of what is in the ledger were checked when it was added: only a whole outlook checks them again.
        material = replace(
            before.material,
            reports=rows.reports,
            positions=rows.position,
            standings=tuple(sorted(standings, key=lambda s: s.id)),
            standing_of={s.undertaking: s for s in standings},
            conflicts=conflicts,
            s=anchors("s", (s.id for s in standings)),
            c=anchors("c", (c.id for c in conflicts)),
        )
        return Outlook(
            rows.version,
            story,
            answer,
            linked(material, as_of=answer.as_of, story=story.id if story else None, origins=before.material.o),
            rows=rows,
            conditions=self._conditions(answer),
            whole=False,
        )

    def _follow(
        self, rows: Rows, story: Story | None, settings: Settings, place: tuple[str | None, date]
    ) -> None:
        """Have the whole weighed in the background; of several that wait only the last is."""
        with self._lock:
            running = bool(self._waiting)
            self._waiting[place] = (rows, story, settings)
        if not running:
            Thread(target=self._weigh_waiting, name="weighing", daemon=True).start()

    def _weigh_waiting(self) -> None:
        while True:
            with self._lock:
                found = next(iter(self._waiting.items()), None)
            if found is None:
                return
            place, (rows, story, settings) = found
            try:
                made = self._whole(rows, story, settings, place[1])
                # None where somebody decided meanwhile: who asks for that has it weighed.
                if made is not None:
                    self._outlooks.put((rows.version, *place), made)
                    if self._latest[place].version == made.version:
                        self._latest[place] = made
            except LedgerError:
                # The ledger was closed meanwhile, or cannot be read: what is shown stays marked as not whole.
                pass
            finally:
                with self._lock:
                    if self._waiting.get(place) is found[1]:
                        del self._waiting[place]

    def _material(self, answer: Answer, story: Story | None, settings: Settings) -> Material:
        made = answer.reconciliation
        material = gather(
            as_of=answer.as_of,
            since=None,
            story=story,
            words=self.words(story),
            matters=answer.matters,
            reports=answer.reports,
            statements=(),
            positions=answer.positions,
            standings=made.standings,
            conflicts=made.conflicts,
            origins=made.origins,
            reliabilities=settings.outlet_grades,
        )
        return linked(material, as_of=answer.as_of, story=story.id if story else None)


def linked(
    material: Material, *, as_of: date, story: str | None, origins: Mapping[str, str] | None = None
) -> Material:
    """The material with addresses of the desk in the place of the brief's fragments.

    Args:
        material: as the brief gathers it.
        as_of: the day that links keep.
        story: the story that links keep.
        origins: addresses of origins, where the material has them already.
    """
    day = as_of.isoformat()
    positions = material.positions

    def standing(name: str) -> str:
        return addresses.address("/standing", id=name, as_of=day, story=story)

    return replace(
        material,
        p=_map(positions, lambda x: addresses.passage_page(positions[x].report, x)),
        n=_map(positions, addresses.position_page),
        r=_map(material.reports, addresses.report_page),
        s=_map(material.s, standing),
        c=_map(material.c, lambda x: f"{addresses.address('/disputes', as_of=day, story=story)}#{material.c[x]}"),
        o=origins
        if origins is not None
        else _map(material.o, lambda x: f"{addresses.address('/sources', as_of=day, story=story)}#{material.o[x]}"),
    )


def _map(ids: Mapping[str, object], made: Callable[[str], str]) -> Mapping[str, str]:
    return addresses.Addresses(ids, made)


def _rows_of(
    version: Version, reports: Mapping[str, Report], by_report: Mapping[str, tuple[Position, ...]]
) -> Rows:
    days = sorted({r.published.latest for r in reports.values() if r.published})
    position = {p.id: p for held in by_report.values() for p in held}
    said = (p.said_on.latest for p in position.values() if p.said_on)
    return Rows(
        version,
        reports,
        by_report,
        position,
        tuple(days),
        newest=days[-1] if days else max(said, default=None),
        parties=tuple(sorted({x for p in position.values() for x in (p.holder, p.performer)})),
        tasks=tuple(sorted({p.task for p in position.values()})),
        matters=tuple(sorted({p.matter for p in position.values() if p.matter})),
    )

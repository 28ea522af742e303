"""The ledger: what comes in is added and stays; what goes out is what it shows now, or showed at a moment.

Comes in: nouns, and a clock. Goes out: nouns. It must not know how reports are read or extracted, nor what standings
are made of the positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import delete, insert, select

from onrecord import __version__
from onrecord.errors import InputError, LedgerDamaged, UnknownName
from onrecord.ledger import adding, checking, lookup
from onrecord.ledger.deciding import decide
from onrecord.ledger.judging import Disagreement, active
from onrecord.ledger.migrations import bring_up
from onrecord.ledger.rows import identity, issue_of, issue_row, storable
from onrecord.ledger.schema import current, extractions, in_utc, issues, matters, meta, repeats, reports, runs
from onrecord.ledger.shelves import POSITIONS, STATEMENTS, actor_disagreements
from onrecord.ledger.store import Store, open_store
from onrecord.ledger.views import all_reports, all_rulings
from onrecord.model import Issue, Judgement, Position, Report, Statement
from onrecord.model.records import Record

PATIENCE = 10.0
"""Seconds to wait for another process that writes. Adding one report takes milliseconds, so a wait that long means
that somebody holds the ledger."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A report found to repeat another's text.

    Attributes:
        report: id of the report.
        of: id of the report whose text it repeats.
        kind: how ("same", "near").
        similarity: 0 to 1.
    """

    report: str
    of: str
    kind: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that reports are about.

    Attributes:
        id: its name in positions.
        label: for people.
        names: words by which reports mean it.
    """

    id: str
    label: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command over the ledger.

    Attributes:
        id: its name.
        command: what was run.
        software: version of onrecord.
        started: when, in UTC.
        finished: when, or None where it goes on or was killed.
        detail: what it was given, and what it came to.
    """

    id: str
    command: str
    software: str
    started: datetime
    finished: datetime | None
    detail: Mapping[str, Any]


class Ledger:
    """An append-only ledger; open one with :meth:`open`, in a ``with`` block.

    Every method that asks takes ``known_at``: a moment with a time zone, and the answer is as the ledger was known
    then; None asks for now. Every method that adds keeps all of what it was given or nothing.

    All methods raise :class:`onrecord.errors.LedgerError` or one below it when the store fails.

    Example:
        >>> with Ledger.open(":memory:", clock=lambda: datetime(2025, 11, 3, tzinfo=UTC)) as ledger:
        ...     ledger.add_issue(Issue("report-empty", "a.txt", "there is no text in it"))
        ...     ledger.counts()["issues"]
        True
        1
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @classmethod
    def open(
        cls, where: str | Path, *, clock: Callable[[], datetime], create: bool = True, patience: float = PATIENCE
    ) -> Ledger:
        """Open a ledger, make it where there is none, lead it forward where it is of an older version.

        A file that cannot be written is opened to be read.

        Args:
            where: a path, ``":memory:"``, or an SQLAlchemy URL of SQLite or PostgreSQL.
            clock: tells the moment, with its time zone.
            create: whether to make one where there is none.
            patience: seconds to wait for another process that writes.

        Raises:
            LedgerTooNew: it was written by a later version.
            LedgerDamaged: it is not a ledger, or not a whole one.
            LedgerLocked: another process held it for longer than ``patience``.
            LedgerFull: there is no room to make it.
            LedgerError: it cannot be opened.
        """
        store = open_store(where, create=create, patience=patience)
        try:
            bring_up(store, in_utc(clock()), create=create)
        except BaseException:
            store.close()
            raise
        return cls(store, clock)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def where(self) -> str:
        """Where it is, without a password."""
        return self._store.where

    @property
    def read_only(self) -> bool:
        """Whether it can only be read."""
        return self._store.read_only

    # Adding

    def add(
        self, report: Report, statements: Sequence[Statement], positions: Sequence[Position], *, extractor: str
    ) -> bool:
        """Add a report with what one extractor found in it, all of it or nothing.

        The report is known by its text and outlet, not by its id: where the ledger has it under another id, or has
        another report under this id, it goes in under the id that :meth:`identify` tells.

        Args:
            report: the report.
            statements: the statements found.
            positions: the positions found.
            extractor: name and version ("rules 0.1"); it stands for the extractor of each position.

        Returns:
            False where this text of this outlet, read by this extractor, is there already: nothing is added.

        Raises:
            EvidenceMismatch: a span or digest that is not true of the text.
            InputError: records that do not belong together, or an extractor without a name.
        """
        if not extractor:
            raise InputError("an extraction without an extractor", value=extractor, hint="give its name and version")
        report, statements, positions = adding.clean(report, statements, positions)
        adding.check(report, statements, positions)
        # Asked without the writer's lock, so that reading again what is known waits for nobody and needs no right
        # to write.
        if self.has(report, extractor):
            return False
        with self._store.writing() as conn:
            now = adding.moment(conn, self._clock)
            return adding.add_extraction(conn, now, report, statements, positions, extractor)

    def identify(self, report: Report) -> Report:
        """The report under the id that it has, or would get, in the ledger.

        It is its own id, but where the ledger has the same text of the same outlet under another one, or another
        report under this one. Extract from what this returns, and the ids of what is found fit.
        """
        with self._store.reading() as conn:
            return replace(report, id=adding.name_for(conn, report))

    def has(self, report: Report | str, extractor: str) -> bool:
        """Whether a report has been read by an extractor.

        Args:
            report: the report (known by its text and outlet), or the id or digest of one.
            extractor: name and version.
        """
        asked = select(extractions.c.n).where(extractions.c.extractor == extractor).limit(1)
        if isinstance(report, str):
            asked = asked.join(reports, reports.c.id == extractions.c.report)
            asked = asked.where((reports.c.id == report) | (reports.c.sha256 == report))
        else:
            asked = asked.where(extractions.c.id == adding.extraction_row(report, extractor)["id"])
        with self._store.reading() as conn:
            return conn.execute(asked).first() is not None

    def add_issue(self, issue: Issue) -> bool:
        """Add an issue; False where the same is there already."""
        with self._store.writing() as conn:
            return adding.add_once(conn, issues, issue_row(issue), adding.moment(conn, self._clock), "id")

    def add_repeat(self, report_id: str, of: str, kind: str, similarity: float) -> bool:
        """Add that a report repeats the text of another; False where it is known.

        Raises:
            UnknownName: one of the two is not in the ledger.
            InputError: a report cannot repeat itself.
        """
        if report_id == of:
            raise InputError(f"report {of} cannot repeat itself", value=of)
        row = {"report": report_id, "of": of, "kind": kind, "similarity": similarity}
        with self._store.writing() as conn:
            for name in (report_id, of):
                if not adding.present(conn, reports, reports.c.id == name):
                    raise UnknownName(f"there is no report {name!r} in the ledger", value=name, hint="add it first")
            now = adding.moment(conn, self._clock)
            return adding.add_once(conn, repeats, row, now, "report", "of", "kind")

    def add_matter(self, matter: Matter) -> bool:
        """Add a matter, or what it is called from now on; False where nothing is new."""
        with self._store.writing() as conn:
            if _matters(conn, None).get(matter.id) == matter:
                return False
            row = {"id": matter.id, "label": matter.label, "names": list(matter.names)}
            conn.execute(insert(matters), row | {"learned_at": adding.moment(conn, self._clock)})
            return True

    def judge(self, judgement: Judgement) -> bool:
        """Keep a person's judgement; False where it is there already. ``docs/ledger.md`` tells which applies.

        Raises:
            UnknownName: there is no such record, or no such field.
            InputError: it cannot be followed (a value that does not fit, another person's judgement withdrawn).
            EvidenceMismatch: a corrected span does not reproduce its text.
        """
        with self._store.writing() as conn:
            return decide(conn, adding.moment(conn, self._clock), judgement)

    def set_meta(self, key: str, value: str | None) -> bool:
        """Note a fact about the ledger (the digest of its story file); False where it is the one noted last."""
        with self._store.writing() as conn:
            asked = select(meta.c.value).where(meta.c.key == key).order_by(meta.c.n.desc()).limit(1)
            old = conn.execute(asked).first()
            if old is not None and old.value == (value and storable(value)):
                return False
            row = {"key": key, "value": value, "learned_at": adding.moment(conn, self._clock)}
            conn.execute(insert(meta), row)
            return True

    def start_run(self, command: str, **detail: Any) -> str:
        """Note that a command begins; the id that comes back is for :meth:`finish_run`."""
        with self._store.writing() as conn:
            now = adding.moment(conn, self._clock)
            before = conn.execute(select(runs.c.n).order_by(runs.c.n.desc()).limit(1)).scalar() or 0
            name = identity(command, now.isoformat(), str(before))
            row = {"id": name, "event": "started", "command": command, "software": __version__, "detail": detail}
            conn.execute(insert(runs), row | {"learned_at": now})
            return name

    def finish_run(self, run: str, **detail: Any) -> bool:
        """Note that it has ended, and what it came to; False where that is noted already.

        Raises:
            UnknownName: no such run was started.
        """
        with self._store.writing() as conn:
            begun = conn.execute(select(runs.c.command).where(runs.c.id == run)).scalar()
            if begun is None:
                raise UnknownName(f"there is no run {run!r}", value=run)
            row = {"id": run, "event": "finished", "command": begun, "software": __version__, "detail": detail}
            return adding.add_once(conn, runs, row, adding.moment(conn, self._clock), "id", "event")

    # Asking

    def reports(self, known_at: datetime | None = None) -> list[Report]:
        """The reports, oldest first, undated ones last; heads as the newest extractor's run read them."""
        with self._store.reading() as conn:
            return all_reports(conn, _utc(known_at))

    def statements(
        self, known_at: datetime | None = None, *, report: str | None = None, raw: bool = False
    ) -> list[Statement]:
        """The statements of each report's newest extraction, with judgements applied unless ``raw``."""
        with self._store.reading() as conn:
            return STATEMENTS.shown(conn, _utc(known_at), report=report, raw=raw)

    def positions(
        self,
        known_at: datetime | None = None,
        *,
        report: str | None = None,
        holder: str | None = None,
        task: str | None = None,
        matter: str | None = None,
        raw: bool = False,
    ) -> list[Position]:
        """The positions of each report's newest extraction, with judgements applied unless ``raw``.

        Corrected fields are corrected and rejected positions left out. ``report``, ``holder``, ``task`` and ``matter``
        keep those that have this value after that. They come by report, in the order in which they stand there; what
        only a person still stands for comes after the report's others, its extractor ``person:NAME``.
        """
        asked = {"holder": holder, "task": task, "matter": matter}
        wanted = {k: v for k, v in asked.items() if v is not None}
        with self._store.reading() as conn:
            return POSITIONS.shown(conn, _utc(known_at), report=report, raw=raw, wanted=wanted)

    def judgements(self, known_at: datetime | None = None, *, target: str | None = None) -> list[Judgement]:
        """All judgements, in the order in which the ledger learned of them, superseded and withdrawn ones too."""
        with self._store.reading() as conn:
            told = [x.judgement for x in all_rulings(conn, _utc(known_at))]
        return told if target is None else [x for x in told if x.target == target]

    def disagreements(self, known_at: datetime | None = None) -> list[Disagreement]:
        """Where two or more persons decided differently, and which judgement applies."""
        moment = _utc(known_at)
        with self._store.reading() as conn:
            held = active(all_rulings(conn, moment))
            found = [x.disagreements(conn, moment, held) for x in (POSITIONS, STATEMENTS)]
        return [*found[0], *found[1], *actor_disagreements(held)]

    def issues(self, known_at: datetime | None = None) -> list[Issue]:
        """The issues, in the order in which the ledger learned of them."""
        asked = select(issues).order_by(issues.c.n)
        if known_at is not None:
            asked = asked.where(issues.c.learned_at <= in_utc(known_at))
        with self._store.reading() as conn:
            return [issue_of(x) for x in conn.execute(asked)]

    def repeats(self, known_at: datetime | None = None) -> list[Repeat]:
        """What was found to repeat what, in the order in which the ledger learned of it."""
        asked = select(repeats).order_by(repeats.c.n)
        if known_at is not None:
            asked = asked.where(repeats.c.learned_at <= in_utc(known_at))
        with self._store.reading() as conn:
            return [Repeat(x.report, x.of, x.kind, x.similarity) for x in conn.execute(asked)]

    def matters(self, known_at: datetime | None = None) -> list[Matter]:
        """The matters, each as last described, by id."""
        with self._store.reading() as conn:
            kept = _matters(conn, _utc(known_at))
        return [kept[x] for x in sorted(kept)]

    def runs(self) -> list[Run]:
        """The runs, in the order in which they began."""
        kept: dict[str, Run] = {}
        with self._store.reading() as conn:
            for x in conn.execute(select(runs).order_by(runs.c.n)):
                if x.event == "started":
                    kept[x.id] = Run(x.id, x.command, x.software, x.learned_at, None, x.detail)
                else:
                    begun = kept[x.id]
                    kept[x.id] = replace(begun, finished=x.learned_at, detail={**begun.detail, **x.detail})
        return list(kept.values())

    def meta(self, key: str, known_at: datetime | None = None) -> str | None:
        """What was last noted under a key, or None."""
        asked = select(meta.c.value).where(meta.c.key == key).order_by(meta.c.n.desc()).limit(1)
        if known_at is not None:
            asked = asked.where(meta.c.learned_at <= in_utc(known_at))
        with self._store.reading() as conn:
            return conn.execute(asked).scalar()

    def find(self, name: str) -> lookup.Noun | None:
        """The record with this id, or the only one whose id begins so; None where there is none.

        Raises:
            UnknownName: more than one could be meant.
        """
        with self._store.reading() as conn:
            return lookup.find(conn, storable(name))

    def counts(self) -> dict[str, int]:
        """How much the ledger holds: statements and positions as in the newest extractions, all else as ever added."""
        with self._store.reading() as conn:
            return checking.counts(conn)

    # Looking after it

    def verify(self) -> list[str]:
        """What is wrong with the ledger, one sentence each; empty where it is whole.

        Structure, digests of texts, every span against its text, the derived table, and the order of moments.
        """
        try:
            with self._store.reading() as conn:
                return checking.verify(conn, in_utc(self._clock()))
        except LedgerDamaged as damage:
            return [damage.message]

    def rebuild(self) -> None:
        """Drop what is derived and make it anew from the record."""
        with self._store.writing() as conn:
            rows = adding.derive(conn)
            conn.execute(delete(current))
            if rows:
                conn.execute(insert(current), rows)

    def dump(self, *, clock: bool = False) -> Iterator[Record]:
        """The content, row by row, in a canonical order: two ledgers that hold the same give the same.

        Args:
            clock: with the moments of learning, the runs and the migrations.
        """
        with self._store.reading() as conn:
            yield from checking.dump(conn, clock=clock)


def _utc(known_at: datetime | None) -> datetime | None:
    return None if known_at is None else in_utc(known_at)


def _matters(conn: Any, known_at: datetime | None) -> dict[str, Matter]:
    asked = select(matters).order_by(matters.c.n)
    if known_at is not None:
        asked = asked.where(matters.c.learned_at <= known_at)
    return {x.id: Matter(x.id, x.label, tuple(x.names)) for x in conn.execute(asked)}


def names(found: Iterable[Matter]) -> list[str]:
    """The ids of matters."""
    return [x.id for x in found]

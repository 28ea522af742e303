"""What a ledger can be asked.

Comes in: an opened store, and moments. Goes out: nouns, and what the ledger itself notes of reports, matters
and runs. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger import checking, lookup
from onrecord.ledger.adding import name_for
from onrecord.ledger.background import shown_facts
from onrecord.ledger.columns import in_utc
from onrecord.ledger.faults import whole
from onrecord.ledger.judging import Disagreement, active
from onrecord.ledger.rows import extraction_name, issue_of
from onrecord.ledger.schema import answers, extractions, issues, matters, meta, repeats, reports, runs
from onrecord.ledger.shelves import POSITIONS, STATEMENTS, actor_disagreements
from onrecord.ledger.store import Store
from onrecord.ledger.texts import storable
from onrecord.ledger.versions import Version, touched, version
from onrecord.ledger.views import all_reports, all_rulings
from onrecord.model import Fact, Issue, Judgement, Position, Report, Statement
from onrecord.model.records import Record


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


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model from outside answered to one question.

    Attributes:
        id: digest of the question: model, prompt and text, 64 hexadecimal digits.
        model: the model's name and where it runs.
        prompt: version of the prompt.
        report: id of the report that was asked about.
        answer: its words, unchanged.
        tokens_in, tokens_out: what it counted, or None where it does not tell.
        seconds: how long it took.
    """

    id: str
    model: str
    prompt: str
    report: str
    answer: str
    tokens_in: int | None
    tokens_out: int | None
    seconds: float


class Asking:
    """The side of a ledger that is asked.

    Every method that takes ``known_at``, a moment with a time zone, answers as the ledger was known then;
    None asks for now. All raise :class:`onrecord.errors.LedgerError` or one below it when the store fails.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def where(self) -> str:
        """Where it is, without a password."""
        return self._store.where

    @property
    def read_only(self) -> bool:
        """Whether it can only be read."""
        return self._store.read_only

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
            asked = asked.where(extractions.c.id == extraction_name(report, extractor))
        with self._store.reading() as conn:
            return conn.execute(asked).first() is not None

    def identify(self, report: Report) -> Report:
        """The report under the id that it has, or would get, in the ledger.

        It is its own id, but where the ledger has the same text of the same outlet under another one, or
        another report under this one. Extract from what this returns, and the ids of what is found fit.
        """
        with self._store.reading() as conn:
            return replace(report, id=name_for(conn, report))

    def reports(self, known_at: datetime | None = None, *, report: str | None = None) -> list[Report]:
        """The reports, oldest first, undated ones last; heads as the newest extractor's run read them.

        ``report`` keeps the one with that id.
        """
        with self._store.reading() as conn:
            return all_reports(conn, _utc(known_at), report)

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

        Corrected fields are corrected and rejected positions left out. ``report``, ``holder``, ``task`` and
        ``matter`` keep those that have this value after that. They come by report, in the order in which they
        stand there; what only a person still stands for comes after the report's others, its extractor
        ``person:NAME``.
        """
        asked = {"holder": holder, "task": task, "matter": matter}
        wanted = {k: v for k, v in asked.items() if v is not None}
        with self._store.reading() as conn:
            return POSITIONS.shown(conn, _utc(known_at), report=report, raw=raw, wanted=wanted)

    def facts(self, known_at: datetime | None = None, *, report: str | None = None) -> list[Fact]:
        """The facts of each report's newest extraction, by report, in the order in which they stand there."""
        with self._store.reading() as conn:
            return shown_facts(conn, _utc(known_at), report)

    def answered(self, question: str) -> Answered | None:
        """What a model from outside answered to a question, by the question's digest; None where it is not known."""
        asked = select(answers).where(answers.c.id == question)
        with self._store.reading() as conn, whole():
            row = conn.execute(asked).first()
        if row is None:
            return None
        return Answered(
            row.id, row.model, row.prompt, row.report, row.answer, row.tokens_in, row.tokens_out, row.seconds
        )

    def judgements(self, known_at: datetime | None = None, *, target: str | None = None) -> list[Judgement]:
        """All judgements, in the order in which the ledger learned of them, superseded and withdrawn ones
        too.
        """
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
        with self._store.reading() as conn, whole():
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
            kept = matters_known(conn, _utc(known_at))
        return [kept[x] for x in sorted(kept)]

    def runs(self) -> list[Run]:
        """The runs, in the order in which they began."""
        kept: dict[str, Run] = {}
        with self._store.reading() as conn, whole():
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

    def version(self) -> Version:
        """How far the ledger has come: equal for two moments between which nothing was added."""
        with self._store.reading() as conn:
            return version(conn)

    def touched(self, since: Version) -> frozenset[str] | None:
        """Ids of the reports of which views may show something else than at ``since``; None where it may be all."""
        with self._store.reading() as conn:
            return touched(conn, since)

    def counts(self) -> dict[str, int]:
        """How much the ledger holds: statements and positions as in the newest extractions, all else as ever
        added.
        """
        with self._store.reading() as conn:
            return checking.counts(conn)

    def dump(self, *, clock: bool = False) -> Iterator[Record]:
        """The content, row by row, in a canonical order: two ledgers that hold the same give the same.

        Args:
            clock: with the moments of learning, the runs and the migrations.
        """
        with self._store.reading() as conn:
            yield from checking.dump(conn, clock=clock)


def _utc(known_at: datetime | None) -> datetime | None:
    return None if known_at is None else in_utc(known_at)


def matters_known(conn: Connection, known_at: datetime | None) -> dict[str, Matter]:
    """The matters by id, each as last described."""
    asked = select(matters).order_by(matters.c.n)
    if known_at is not None:
        asked = asked.where(matters.c.learned_at <= known_at)
    with whole():
        return {x.id: Matter(x.id, x.label, tuple(x.names)) for x in conn.execute(asked)}

"""The ledger: what comes in is added and stays; what goes out is what it shows now, or showed at a moment.

Comes in: nouns, and a clock. Goes out: nouns. It must not know how reports are read or extracted, nor what
standings are made of the positions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import delete, insert, select

from onrecord import __version__
from onrecord.errors import InputError, LedgerDamaged, UnknownName
from onrecord.ledger import adding, checking
from onrecord.ledger.asking import Answered, Asking, Matter, matters_known
from onrecord.ledger.columns import in_utc
from onrecord.ledger.deciding import decide
from onrecord.ledger.migrations import bring_up
from onrecord.ledger.outbox import Outbox
from onrecord.ledger.rows import issue_row
from onrecord.ledger.schema import answers, current, issues, matters, meta, repeats, reports, runs
from onrecord.ledger.store import Store, open_store
from onrecord.ledger.texts import identity, storable
from onrecord.model import Fact, Issue, Judgement, Position, Report, Statement

PATIENCE = 10.0
"""Seconds to wait for another process that writes. Adding one report takes milliseconds, so a wait that long
means that somebody holds the ledger."""


class Ledger(Asking):
    """An append-only ledger; open one with :meth:`open`, in a ``with`` block.

    Every method that asks takes ``known_at``: a moment with a time zone, and the answer is as the ledger was
    known then; None asks for now. Every method that adds keeps all of what it was given or nothing.

    All methods raise :class:`onrecord.errors.LedgerError` or one below it when the store fails.

    Example:
        >>> from datetime import UTC, datetime
        >>> with Ledger.open(":memory:", clock=lambda: datetime(2025, 11, 3, tzinfo=UTC)) as ledger:
        ...     ledger.add_issue(Issue("report-empty", "a.txt", "there is no text in it"))
        ...     ledger.counts()["issues"]
        True
        1
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store)
        self._clock = clock

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        clock: Callable[[], datetime],
        create: bool = True,
        patience: float = PATIENCE,
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

    # Adding

    def add(
        self,
        report: Report,
        statements: Sequence[Statement],
        positions: Sequence[Position],
        *,
        extractor: str,
        facts: Sequence[Fact] = (),
    ) -> bool:
        """Add a report with what one extractor found in it, all of it or nothing.

        The report is known by its text and outlet, not by its id: where the ledger has it under another id,
        or has another report under this id, it goes in under the id that :meth:`identify` tells.

        Args:
            report: the report.
            statements: the statements found.
            positions: the positions found.
            extractor: name and version ("rules 0.1"); it stands for the extractor of each position and fact.
            facts: the background found.

        Returns:
            False where this text of this outlet, read by this extractor, is there already: nothing is added.

        Raises:
            EvidenceMismatch: a span or digest that is not true of the text.
            InputError: records that do not belong together, or an extractor without a name.
        """
        if not extractor:
            raise InputError(
                "an extraction without an extractor", value=extractor, hint="give its name and version"
            )
        adding.check(report, statements, positions, facts)
        # Asked without the writer's lock, so that reading again what is known waits for nobody and needs no
        # right to write.
        if self.has(report, extractor):
            return False
        with self._store.writing() as conn:
            now = adding.moment(conn, self._clock)
            return adding.add_extraction(conn, now, report, statements, positions, extractor, facts)

    def add_answer(self, answered: Answered) -> bool:
        """Keep what a model from outside answered; False where that question is answered already."""
        row = {
            "id": answered.id,
            "model": answered.model,
            "prompt": answered.prompt,
            "report": answered.report,
            "answer": answered.answer,
            "tokens_in": answered.tokens_in,
            "tokens_out": answered.tokens_out,
            "seconds": answered.seconds,
        }
        with self._store.writing() as conn:
            return adding.add_once(conn, answers, row, adding.moment(conn, self._clock), "id")

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
                    raise UnknownName(
                        f"there is no report {name!r} in the ledger", value=name, hint="add it first"
                    )
            now = adding.moment(conn, self._clock)
            return adding.add_once(conn, repeats, row, now, "report", "of", "kind")

    def add_matter(self, matter: Matter) -> bool:
        """Add a matter, or what it is called from now on; False where nothing is new."""
        with self._store.writing() as conn:
            if matters_known(conn, None).get(matter.id) == matter:
                return False
            row = {"id": matter.id, "label": matter.label, "names": list(matter.names)}
            conn.execute(insert(matters), row | {"learned_at": adding.moment(conn, self._clock)})
            return True

    def judge(self, judgement: Judgement) -> bool:
        """Keep a person's judgement; False where it is there already. ``docs/ledger.md`` tells which applies.

        Raises:
            UnknownName: there is no such record, or no such field.
            InputError: it cannot be followed (a value that does not fit, another person's judgement
            withdrawn). EvidenceMismatch: a corrected span does not reproduce its text.
        """
        with self._store.writing() as conn:
            return decide(conn, adding.moment(conn, self._clock), judgement)

    def set_meta(self, key: str, value: str | None) -> bool:
        """Note a fact about the ledger (its story's digest); False where it is the one noted last."""
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
            row = {
                "id": name,
                "event": "started",
                "command": command,
                "software": __version__,
                "detail": detail,
            }
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
            row = {
                "id": run,
                "event": "finished",
                "command": begun,
                "software": __version__,
                "detail": detail,
            }
            return adding.add_once(conn, runs, row, adding.moment(conn, self._clock), "id", "event")

    @property
    def outbox(self) -> Outbox:
        """What was told of changes, and what is still to be sent."""
        return Outbox(self._store, self._clock)

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

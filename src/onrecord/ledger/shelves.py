"""Positions and statements as views show them: the newest extraction, with what people decided.

Comes in: a connection and a moment. Goes out: nouns. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from sqlalchemy import Connection, Table, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.ledger.faults import whole
from onrecord.ledger.judging import (
    Disagreement,
    Ruling,
    active,
    actor_names,
    differ,
    findings,
    kept_id,
    newest_by_person,
    renamed,
    shown,
)
from onrecord.ledger.kinds import POSITION, STATEMENT, Kind, N
from onrecord.ledger.rows import position_of, statement_of
from onrecord.ledger.schema import current, extractions, judgements, positions, statements
from onrecord.ledger.texts import compact
from onrecord.ledger.views import Extraction, all_rulings, shown_extractions
from onrecord.model.records import Record


@dataclass(frozen=True, slots=True)
class Shelf(Generic[N]):
    """Where one kind of record stands.

    Attributes:
        kind: which of the two kinds.
        table: its table.
        noun: makes the noun of a row.
    """

    kind: Kind[N]
    table: Table
    noun: Callable[[Any, Extraction], N]

    def machine(
        self,
        conn: Connection,
        chosen: Mapping[int, Extraction],
        known_at: datetime | None,
        condition: ColumnElement[bool] | None = None,
    ) -> dict[int, list[N]]:
        """What the extractors found, by extraction, in the order in which they gave it."""
        asked = select(self.table).join(extractions, extractions.c.n == self.table.c.extraction)
        if len(chosen) == 1:
            asked = asked.where(self.table.c.extraction == next(iter(chosen)))
        elif known_at is None:
            asked = asked.join(current, current.c.extraction == self.table.c.extraction)
        else:
            asked = asked.where(extractions.c.learned_at <= known_at)
        if condition is not None:
            asked = asked.where(condition)
        kept: dict[int, list[N]] = {}
        with whole():
            for row in conn.execute(asked.order_by(self.table.c.extraction, self.table.c.ordinal)):
                extraction = chosen.get(row.extraction)
                if extraction is not None:
                    kept.setdefault(row.extraction, []).append(self.noun(row, extraction))
        return kept

    def shown(
        self,
        conn: Connection,
        known_at: datetime | None = None,
        *,
        report: str | None = None,
        raw: bool = False,
        wanted: Mapping[str, str] | None = None,
    ) -> list[N]:
        """What views show, by id of the report, then in the order in which it stands there.

        Args:
            conn: a connection in a transaction.
            known_at: as the ledger was known at that moment; None for now.
            report: of this report alone.
            raw: as the machine found it, without judgements.
            wanted: values that fields must have.
        """
        chosen = shown_extractions(conn, known_at, report)
        rulings = [] if raw else active(all_rulings(conn, known_at))
        names = actor_names(rulings)
        judged = _by_report(rulings, self.kind)
        found = self.machine(conn, chosen, known_at, self._condition(wanted or {}, names, judged))
        kept = []
        for one in sorted(chosen.values(), key=lambda x: x.report):
            nouns = found.get(one.n, [])
            if one.report in judged:
                nouns = self._settled(nouns, one, judged[one.report])
            kept += [renamed(x, names) for x in nouns] if names else nouns
        return [x for x in kept if all(getattr(x, k) == v for k, v in wanted.items())] if wanted else kept

    def _condition(
        self, wanted: Mapping[str, str], names: Mapping[str, str], judged: Mapping[str, object]
    ) -> ColumnElement[bool] | None:
        # What people decided can bring a record under a value, or away from it: reports that they judged are
        # taken whole, and filtered when the judgements have been applied.
        if not wanted:
            return None
        fits = []
        for field, sought in wanted.items():
            values = [sought]
            if field == "holder":
                values += [old for old, new in names.items() if new == sought]
            fits.append(self.table.c[field].in_(values))
        asked = and_(*fits)
        if judged:
            asked = or_(asked, extractions.c.report.in_(select(judgements.c.report)))
        return asked

    def _settled(self, machine: list[N], extraction: Extraction, rulings: list[Ruling]) -> list[N]:
        taken = {x.id for x in machine}
        settled = findings(machine, extraction.extractor, rulings, self.kind)
        return [x for f in settled for x in shown(f, self.kind, taken)]

    def in_view(self, conn: Connection, name: str) -> list[tuple[str, Record, N | None]]:
        """What views show under an id: (report, the machine's record with its extractor, the noun as shown).

        The noun is None where a person left it out of the views.
        """
        kept: list[tuple[str, Record, N | None]] = []
        rulings = active(all_rulings(conn))
        names, judged = actor_names(rulings), _by_report(rulings, self.kind)
        # A part of a split record is found by the record's own id.
        holding = {x.report for part in {name, name.rpartition("+")[0] or name} for x in self._holding(conn, part)}
        holding |= {
            r for r, ours in judged.items() if any(name.startswith((x.as_judged or {})["id"]) for x in ours)
        }
        for report in sorted(holding):
            for n, one in shown_extractions(conn, None, report).items():
                machine = self.machine(conn, {n: one}, None).get(n, [])
                taken = {x.id for x in machine}
                for finding in findings(machine, one.extractor, judged.get(report, []), self.kind):
                    own = finding.raw.id if finding.found else kept_id(finding, taken)
                    nouns = {x.id: x for x in shown(finding, self.kind, taken)}
                    if name == own or name in nouns:
                        record = self.kind.record(finding.raw) | {"extractor": one.extractor}
                        if not finding.found:
                            record = finding.rulings[0].as_judged or {}
                        noun = nouns.get(name)
                        kept.append((report, record, noun and renamed(noun, names)))
        return kept

    def in_past(self, conn: Connection, name: str) -> list[tuple[str, Record, N | None]]:
        """What any extractor ever found under an id, oldest first; the forms are those of :meth:`in_view`."""
        kept: list[tuple[str, Record, N | None]] = []
        for one in self._holding(conn, name):
            for noun in self.machine(conn, {one.n: one}, None)[one.n]:
                if noun.id == name:
                    kept.append((one.report, self.kind.record(noun) | {"extractor": one.extractor}, noun))
        return kept

    def _holding(self, conn: Connection, name: str) -> list[Extraction]:
        asked = (
            select(extractions.c.n, extractions.c.report, extractions.c.extractor)
            .join(self.table, self.table.c.extraction == extractions.c.n)
            .where(self.table.c.id == name)
            .order_by(extractions.c.n)
        )
        return [Extraction(*row) for row in conn.execute(asked)]

    def disagreements(
        self, conn: Connection, known_at: datetime | None, rulings: list[Ruling]
    ) -> list[Disagreement]:
        """Where persons decided differently on a record of this kind."""
        judged = _by_report(rulings, self.kind)
        if not judged:
            return []
        chosen = shown_extractions(conn, known_at)
        condition = extractions.c.report.in_(select(judgements.c.report))
        found = self.machine(conn, chosen, known_at, condition)
        kept = []
        for one in sorted(chosen.values(), key=lambda x: x.report):
            machine = found.get(one.n, [])
            taken = {x.id for x in machine}
            for finding in findings(machine, one.extractor, judged.get(one.report, []), self.kind):
                told = newest_by_person(finding.rulings)
                if len(told) > 1 and differ(finding, self.kind, told):
                    name = finding.raw.id if finding.found else kept_id(finding, taken)
                    kept.append(Disagreement(name, one.report, told[-1], tuple(told[:-1])))
        return kept


def _by_report(rulings: Iterable[Ruling], kind: Kind[N]) -> dict[str, list[Ruling]]:
    kept: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        if ruling.judgement.target_kind == kind.name and ruling.report is not None:
            kept.setdefault(ruling.report, []).append(ruling)
    return kept


def actor_disagreements(rulings: Iterable[Ruling]) -> list[Disagreement]:
    """Where persons decided differently on an actor or a condition."""
    by_target: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in rulings:
        if ruling.judgement.target_kind in ("actor", "condition"):
            by_target.setdefault((ruling.judgement.target_kind, ruling.judgement.target), []).append(ruling)
    kept = []
    for (_, target), ours in sorted(by_target.items()):
        told = newest_by_person(ours)
        if len({(x.decision, compact(dict(x.changes))) for x in told}) > 1:
            kept.append(Disagreement(target, None, told[-1], tuple(told[:-1])))
    return kept


POSITIONS = Shelf(POSITION, positions, lambda row, x: position_of(row, x.report, x.extractor))
STATEMENTS = Shelf(STATEMENT, statements, lambda row, x: statement_of(row, x.report))

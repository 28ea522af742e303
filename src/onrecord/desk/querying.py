"""What programs ask of the desk: rows of one kind, narrowed, in an order that stays, page by page.

Part of the services. In: a desk, :class:`Wanted`, a cursor. Out: :class:`Page`. A cursor holds the key of the last
row seen, what was asked for, and the day; so a page neither repeats nor skips a row when others are added meanwhile.
Nothing here knows HTTP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from onrecord import __version__
from onrecord.asking import Asked
from onrecord.desk.cursors import Key, first_after, read, written
from onrecord.desk.desk import Desk
from onrecord.desk.indexing import Found, Narrowed, question
from onrecord.desk.keeping import Kept
from onrecord.desk.outlook import Outlook
from onrecord.desk.searching import index_of
from onrecord.desk.wanted import FITS, Wanted
from onrecord.errors import UnknownName
from onrecord.model import DateRange, Fact, Position, Statement
from onrecord.model.records import (
    Record,
    conflict_record,
    fact_record,
    position_record,
    range_record,
    report_record,
    standing_record,
    statement_record,
)
from onrecord.reconciliation import ConditionState

KINDS = ("reports", "statements", "positions", "standings", "conflicts", "conditions", "facts")
ROWS = frozenset({"reports", "statements", "positions", "facts"})
"""Kinds that are rows of the ledger, told without weighing anything."""
TOLD_FOR_A_DAY = frozenset({"standings", "conflicts", "conditions"})
"""Kinds that are told as of a day."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of what was asked for.

    Attributes:
        items: the records.
        total: how many there are in all.
        next: the cursor of the next page, or None on the last one.
        as_of: the day that it is told for.
    """

    items: tuple[Record, ...]
    total: int
    next: str | None
    as_of: date


@dataclass
class Catalogue:
    """One desk, asked by programs.

    Attributes:
        desk: the desk.
        salt: stands for the stories and grades that answers are told by.
    """

    desk: Desk
    salt: str = ""
    _lists: Kept[list[tuple[Key, Any]]] = field(default_factory=lambda: Kept(most=16))
    _whole: Kept[Any] = field(default_factory=lambda: Kept(most=6))

    def __post_init__(self) -> None:
        told = repr((sorted((k, s) for k, (s, _) in self.desk.stories.items()), self.desk.settings.outlet_grades))
        self.salt = hashlib.sha256(f"{__version__}\n{told}".encode("utf-8", "replace")).hexdigest()[:16]

    def outlook(self, wanted: Wanted) -> Outlook:
        """What is on the record as of the day asked for.

        Raises:
            UnknownName: there is no such story.
        """
        return self.desk.outlook(story=wanted.story, as_of=wanted.as_of)

    def tag(self, kind: str, wanted: Wanted, *more: Hashable) -> str:
        """What changes when an answer can have changed: ledger, stories, program, day, and what else is named."""
        # While a judgement's consequences are still being weighed, the same version can tell more a moment later.
        whole = kind in ROWS or kind.startswith("search") or self.outlook(wanted).whole
        told = repr((self.salt, tuple(self.desk.version()), whole, self.day(wanted), kind, asdict(wanted), more))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

    def day(self, wanted: Wanted) -> date:
        """The day that an answer is told for.

        Raises:
            UnknownName: there is no such story.
        """
        _, settings = self.desk.story(wanted.story)
        return wanted.as_of or self.desk.day(self.desk.rows(), settings)

    def page(self, kind: str, wanted: Wanted, limit: int, cursor: str | None = None) -> Page:
        """A page of rows.

        Args:
            kind: one of :data:`KINDS`.
            wanted: what is asked for.
            limit: how many rows at most.
            cursor: of the page before, or None for the first one.

        Raises:
            UnknownName: there is no such actor, task, report or story.
            InputError: the cursor is none, or of another question.
        """
        after: Key = ()
        asked = _digest(kind, wanted)
        if cursor is not None:
            day, after = read(cursor, asked)
            wanted = replace(wanted, as_of=wanted.as_of or day)
        rows = self._rows(kind, wanted)
        start = first_after(rows, after) if after else 0
        shown = rows[start : start + limit]
        day = self.day(wanted)
        pinned = day if kind in TOLD_FOR_A_DAY or wanted.as_of else None
        more = written(asked, pinned, shown[-1][0]) if start + limit < len(rows) else None
        record = _RECORDS[kind]
        return Page(tuple(record(noun) for _, noun in shown), len(rows), more, day)

    def search(self, kind: Literal["reports", "positions"], text: str, limit: int, cursor: str | None = None) -> Page:
        """Reports or positions by their words, the best first; judgements are applied.

        Args:
            kind: what to look for.
            text: words; ``"a phrase"``, ``-word`` for what must not be there.
            limit: how many rows at most.
            cursor: of the page before, or None for the first one.

        Raises:
            InputError: the text says only what must not be there; or the cursor is none, or of another question.
        """
        asked, start = _digest(f"search {kind} {text}", Wanted()), 0
        if cursor is not None:
            _, (place, *_) = read(cursor, asked)
            start = int(place) if place.isdecimal() and len(place) < 10 else 0
        rows, words = self.desk.rows(), question(text)
        shelf: Literal["reports", "records"] = "reports" if kind == "reports" else "records"
        found = index_of(self.desk).find(shelf, words, Narrowed(), start=start, most=limit) if words else Found((), 0)
        held: Mapping[str, Any] = rows.reports if kind == "reports" else rows.position
        items = tuple(_RECORDS[kind](held[h.id]) for h in found.hits if h.id in held)
        end = start + limit
        more = written(asked, None, (str(end),)) if found.hits and end < found.total else None
        return Page(items, found.total, more, self.day(Wanted()))

    def one(self, kind: str, name: str, wanted: Wanted) -> Record:
        """One record by its id.

        Raises:
            UnknownName: there is none.
        """
        found = next((noun for key, noun in self._rows(kind, wanted) if key[-1] == name), None)
        if found is None:
            raise UnknownName(f"there is no {kind[:-1]} {name!r}", value=name, hint=f"/api/{kind} lists them")
        return _RECORDS[kind](found)

    # Rows

    def _rows(self, kind: str, wanted: Wanted) -> list[tuple[Key, Any]]:
        known = self._named(wanted)
        outlook = self.outlook(known) if kind in TOLD_FOR_A_DAY else None
        version = outlook.version if outlook is not None else self.desk.rows().version
        whole = outlook.whole if outlook is not None else True
        day = outlook.as_of if outlook is not None else None

        def make() -> list[tuple[Key, Any]]:
            fits = FITS[kind](self, known)
            found = [(_key(noun), noun) for noun in self._all(kind, outlook, known) if fits(noun)]
            return sorted(found, key=lambda x: x[0])

        return self._lists.get((kind, version, whole, day, known), make)

    def _all(self, kind: str, outlook: Outlook | None, wanted: Wanted) -> Iterable[Any]:
        rows = self.desk.rows()
        if outlook is not None:
            made = outlook.answer.reconciliation
            told: Mapping[str, Iterable[Any]] = {
                "standings": made.standings,
                "conflicts": made.conflicts,
                "conditions": outlook.conditions,
            }
            return told[kind]
        if kind == "reports":
            return rows.reports.values()
        if kind == "positions":
            if wanted.report:
                return rows.by_report.get(wanted.report, ())
            if wanted.holder:
                held: Mapping[str, list[Position]] = self._whole.get(("holders", rows.version), self._by_holder)
                return held.get(wanted.holder, ())
            return rows.position.values()
        ask: Callable[..., Iterable[Any]] = getattr(self.desk.ledger, kind)
        if wanted.report:
            return ask(report=wanted.report)
        found: Iterable[Any] = self._whole.get((kind, rows.version), ask)
        return found

    def _named(self, wanted: Wanted) -> Wanted:
        """The same by ids: names of actors as people write them are looked up."""
        holder, performer = (self._actor(x) for x in (wanted.holder, wanted.performer))
        task = wanted.task if wanted.task in self.desk.rows().tasks else Asked.of(task=wanted.task).task
        for noun, name, known in (
            ("stance", wanted.stance, self.desk.vocabulary.stances),
            ("report", wanted.report, self.desk.rows().reports),
        ):
            if name is not None and name not in known:
                hint = "/api/reports lists them" if noun == "report" else f"choose from: {', '.join(known)}"
                raise UnknownName(f"there is no {noun} {name!r}", value=name, hint=hint)
        return replace(wanted, holder=holder, performer=performer, task=task)

    def _actor(self, name: str | None) -> str | None:
        if name is None:
            return None
        return name if name in self.desk.rows().parties else Asked.of(holder=name).holder

    def _by_holder(self) -> Mapping[str, list[Position]]:
        found: dict[str, list[Position]] = {}
        for p in self.desk.rows().position.values():
            found.setdefault(p.holder, []).append(p)
        return found

    def polarity(self, stance: str) -> str:
        """The polarity of a stance; one that the vocabulary lacks counts as open."""
        known = self.desk.vocabulary.stances.get(stance)
        return known.polarity if known else "open"

    def published(self, report: str) -> DateRange | None:
        """When a report came out."""
        found = self.desk.rows().reports.get(report)
        return found.published if found else None


def condition_record(state: ConditionState) -> Record:
    """A condition with its state as a record."""
    return {
        "id": state.id,
        "kind": state.kind,
        "matter": state.matter,
        "label": state.label,
        "status": state.status,
        "since": range_record(state.since),
        "named_by": list(state.named_by),
        "standings": list(state.standings),
        "positions": list(state.positions),
        "why": state.why,
    }


_RECORDS: Mapping[str, Callable[[Any], Record]] = {
    "reports": report_record,
    "statements": statement_record,
    "positions": position_record,
    "standings": standing_record,
    "conflicts": conflict_record,
    "conditions": condition_record,
    "facts": fact_record,
}


def _key(noun: Any) -> Key:
    """What rows are ordered by: never what can change with a judgement, so that a cursor stays good."""
    return (noun.report, noun.id) if isinstance(noun, Statement | Position | Fact) else (noun.id,)


def _digest(kind: str, wanted: Wanted) -> str:
    return hashlib.sha256(repr((kind, asdict(wanted))).encode("utf-8", "replace")).hexdigest()[:12]

"""The index behind the search: full text of reports and records, kept in memory in step with the ledger.

In: the desk's rows. Out: hits, as ids with marked pieces of text. SQLite's FTS5 does the work, in a database of its
own: the ledger is never written to for a search. Only reports that were touched since are indexed again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Literal

from onrecord.errors import InputError
from onrecord.ledger import Version
from onrecord.model import Position, Report

OPEN, CLOSE = "\ue000", "\ue001"
"""Around what was found: from the private use area, and taken out of every text that goes in."""
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ue000\ue001\ud800-\udfff]")
_PARTS = re.compile(r'(-?)"([^"]*)"|(\S+)')
MOST_WORDS = 16
"""Words of a question that count."""
LONGEST = 200
SNIPPET = 26
"""Words of a piece of text around what was found."""
_TABLES = """
CREATE VIRTUAL TABLE reports USING fts5(title, outlet, text, id UNINDEXED, tokenize='porter unicode61');
CREATE VIRTUAL TABLE records USING fts5(who, what, words, marks, id UNINDEXED, tokenize='porter unicode61');
"""
_DROPS = "DROP TABLE IF EXISTS reports; DROP TABLE IF EXISTS records;"
_A_DAY = 1 << 32
"""Row numbers of one day: they grow with the day and then in the order of the ledger, so that the newest rows, and
those of some days, are found without looking at any other. What has no day comes before all that have one."""
_WEIGHTS = {"reports": "6.0, 2.0, 1.0", "records": "3.0, 2.0, 1.0, 0.0"}
"""How much a word counts in each column."""
MOST_RANKED = 1000
"""So many hits are put in order by how well they fit. Words that are nearly everywhere tell reports apart badly, and to
weigh all they stand in takes longer than anybody waits: of more, the newest come first."""

MOST_KEPT = 512
"""Results that are remembered until the ledger changes."""

Kind = Literal["reports", "records"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``hit`` where it is what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its id, and a piece of its text."""

    id: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some hits of all that there are; ``common`` where there were too many to put the best first."""

    hits: tuple[Hit, ...]
    total: int
    common: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What else a record must be; empty fields ask for nothing. Days as ISO 8601."""

    party: str = ""
    task: str = ""
    polarity: str = ""
    kind: str = ""
    matter: str = ""
    first: str = ""
    last: str = ""

    @property
    def of_records(self) -> bool:
        """Whether anything is asked for that only records have."""
        return bool(self.party or self.task or self.polarity or self.kind or self.matter)


@dataclass(frozen=True, slots=True)
class Words:
    """How a position is told in words: who, what, and its side."""

    who: str
    what: str
    polarity: str


def question(text: str) -> str:
    """What somebody typed as a question to FTS5: every word must be there, the last may go on, ``"a phrase"`` as it
    stands, ``-word`` must not be there. Nothing that is typed has another meaning.

    Raises:
        InputError: it only says what must not be there.

    Example:
        >>> question('troops "up to" gaz -police')
        '"troops" "up to" "gaz" * NOT "police"'
        >>> question("")
        ''
    """
    wanted, barred, last = [], [], False
    for minus, phrase, word in _PARTS.findall(text[:LONGEST])[:MOST_WORDS]:
        barred_word = word.startswith("-") and len(word) > 1
        said = (phrase if phrase else word[1:] if barred_word else word).replace('"', "")
        if not any(c.isalnum() for c in said):
            continue
        if minus or barred_word:
            barred.append(f'"{said}"')
        else:
            wanted.append(f'"{said}"')
            # A letter or two begin too many words.
            last = len(word) > 2
    if barred and not wanted:
        raise InputError(
            "a search needs a word that is to be found", value=text[:80], hint="name one beside what is left out"
        )
    if wanted and last and not text[:LONGEST].endswith((" ", '"')):
        wanted[-1] += " *"
    return " ".join(wanted) + "".join(f" NOT {x}" for x in barred)


def pieces(marked: str) -> tuple[Piece, ...]:
    """A marked text in runs.

    Example:
        >>> [(p.text, p.hit) for p in pieces("will \ue000send\ue001 soldiers")]
        [('will ', False), ('send', True), (' soldiers', False)]
    """
    found: list[Piece] = []
    for n, part in enumerate(marked.split(OPEN)):
        hit, _, rest = part.partition(CLOSE) if n else ("", "", part)
        found += [Piece(hit, True)] if hit else []
        found += [Piece(rest, False)] if rest else []
    return tuple(found)


class Index:
    """The index of one ledger; any number of threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(_TABLES)
        self._version: Version | None = None
        self._places: dict[str, tuple[int, list[int]]] = {}
        self._kept: dict[object, Found] = {}
        self._totals: dict[object, int] = {}
        self._rows = 0

    @property
    def version(self) -> Version | None:
        """That of the ledger it is in step with."""
        return self._version

    def bring_up(
        self,
        version: Version,
        reports: Mapping[str, Report],
        by_report: Mapping[str, Sequence[Position]],
        touched: Iterable[str] | None,
        told: Callable[[Position], Words],
    ) -> None:
        """Bring it in step with the ledger.

        Args:
            version: of the ledger.
            reports: by id.
            by_report: positions by report.
            touched: ids of the reports that are to be indexed again; all where None.
            told: tells a position in words.
        """
        with self._lock, self._base:
            if self._version == version:
                return
            if touched is None:
                # A table is emptied by deleting it: FTS5 keeps its words otherwise.
                self._base.executescript(_DROPS + _TABLES)
                self._places.clear()
                touched = reports
            # In the order of their numbers: FTS5 begins a new part of its index at each step back.
            for name in sorted(touched, key=lambda x: _day_of(reports.get(x))):
                self._drop(name)
                if name in reports:
                    self._take(reports[name], by_report.get(name, ()), told)
            self._kept.clear()
            self._totals.clear()
            self._version = version

    def _drop(self, name: str) -> None:
        place = self._places.pop(name, None)
        if place is not None:
            self._base.execute("DELETE FROM reports WHERE rowid = ?", (place[0],))
            self._base.executemany("DELETE FROM records WHERE rowid = ?", [(x,) for x in place[1]])

    def _take(
        self, report: Report, positions: Sequence[Position], told_in_words: Callable[[Position], Words]
    ) -> None:
        at = self._number(report)
        row = (_clean(report.title or ""), _clean(report.outlet or ""), _clean(report.text), report.id)
        self._base.execute(
            "INSERT INTO reports (rowid, title, outlet, text, id) VALUES (?, ?, ?, ?, ?)", (at, *map(_storable, row))
        )
        numbers = []
        for p in positions:
            told = told_in_words(p)
            said = (_clean(told.who), _clean(told.what), _clean(p.evidence.text), _marks_of(p, told.polarity), p.id)
            numbers.append(self._number(report))
            self._base.execute(
                "INSERT INTO records (rowid, who, what, words, marks, id) VALUES (?, ?, ?, ?, ?, ?)",
                (numbers[-1], *map(_storable, said)),
            )
        self._places[report.id] = (at, numbers)

    def _number(self, report: Report) -> int:
        """The number of the next row, among those of the report's day."""
        self._rows += 1
        return _day_of(report) * _A_DAY + self._rows

    def find(
        self, kind: Kind, asked: str, narrowed: Narrowed, *, start: int, most: int, newest: bool = False
    ) -> Found:
        """What fits, the best first, or the newest.

        Args:
            kind: reports or records.
            asked: a question as :func:`question` makes it; empty for all that fit ``narrowed``.
            narrowed: what else is asked for.
            start: how many to pass over.
            most: how many to give.
            newest: whether the newest come first.
        """
        match = _match(kind, asked, narrowed)
        if not match:
            return Found((), 0)
        key = (kind, asked, narrowed, start, most, newest)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._find(kind, asked, (match, *_between(narrowed)), start, most, newest)
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = kept
            return kept

    def _find(
        self, kind: Kind, asked: str, query: tuple[str, int, int], start: int, most: int, newest: bool
    ) -> Found:
        total = self._total(kind, query)
        common = bool(asked) and total > MOST_RANKED
        where = f"{kind} MATCH ? AND rowid BETWEEN ? AND ?"
        if newest or common or not asked:
            order = "rowid DESC"
        else:
            where, order = f"{where} AND rank MATCH 'bm25({_WEIGHTS[kind]})'", "rank"
        # One statement finds, orders and cuts out: FTS5 then makes pieces of what is shown alone, and looks for nothing
        # twice.
        shown = f"snippet({kind}, 2, '{OPEN}', '{CLOSE}', ' … ', {SNIPPET})" if asked else "words"
        with closing(self._base.cursor()) as cursor:
            found = cursor.execute(
                f"SELECT id, {shown} FROM {kind} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
                (*query, most, start),
            ).fetchall()
        return Found(tuple(Hit(name, pieces(told or "")) for name, told in found), total, common)

    def _total(self, kind: Kind, query: tuple[str, int, int]) -> int:
        """How many fit; the same for every page and order."""
        kept = self._totals.get((kind, query))
        if kept is None:
            with closing(self._base.cursor()) as cursor:
                asked = f"SELECT count(*) FROM {kind} WHERE {kind} MATCH ? AND rowid BETWEEN ? AND ?"
                kept = int(cursor.execute(asked, query).fetchone()[0])
            if len(self._totals) >= MOST_KEPT:
                self._totals.clear()
            self._totals[kind, query] = kept
        return kept


def _day_of(report: Report | None) -> int:
    """The day a report came out, as a number; 0 where it is not known."""
    return report.published.latest.toordinal() if report is not None and report.published else 0


def _between(narrowed: Narrowed) -> tuple[int, int]:
    """The first and the last number that rows of the days asked for can have."""
    first = date.fromisoformat(narrowed.first).toordinal() if narrowed.first else 1 if narrowed.last else 0
    last = date.fromisoformat(narrowed.last).toordinal() if narrowed.last else date.max.toordinal()
    return first * _A_DAY, last * _A_DAY + _A_DAY - 1


def _match(kind: Kind, asked: str, narrowed: Narrowed) -> str:
    """The question to FTS5; empty where nothing is asked for but days, of which the sources page has a list."""
    if kind == "reports":
        return asked
    # What a record is stands in the index as marks: to look each of very many hits up in a table takes longer.
    wanted = [f'"{_mark(name, value)}"' for name in _MARKED if (value := getattr(narrowed, name))]
    words = [f"{{who what words}} : ({asked})"] if asked else []
    return " AND ".join([*words, *([f"marks : ({' AND '.join(wanted)})"] if wanted else [])])


_MARKED = ("party", "task", "polarity", "kind", "matter")
"""Fields of a question that stand in the index as marks."""


@lru_cache(maxsize=4096)
def _mark(name: str, value: str) -> str:
    """A word that stands for a value of a field, and that nobody writes."""
    return f"zq{sha256(f'{name} {value}'.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _marks_of(position: Position, polarity: str) -> str:
    marks = [("party", position.holder), ("party", position.performer), ("task", position.task)]
    marks += [("polarity", polarity), ("matter", position.matter or "")]
    marks += [("kind", c.kind) for c in position.conditions]
    return " ".join(_mark(*x) for x in dict.fromkeys(marks))


def _clean(text: str) -> str:
    return _ACTING.sub(" ", text)


def _storable(value: str) -> str:
    # A lone surrogate of a hostile file cannot be written as UTF-8; ids with one are found by their record alone.
    return value.encode("utf-8", "replace").decode("utf-8")

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
CREATE VIRTUAL TABLE reports USING fts5(title, outlet, text, id UNINDEXED, day UNINDEXED, tokenize='porter unicode61');
CREATE VIRTUAL TABLE records USING fts5(
  who, what, words, marks, id UNINDEXED, day UNINDEXED, tokenize='porter unicode61');
CREATE TABLE facts (
  n INTEGER PRIMARY KEY, party TEXT, performer TEXT, task TEXT, polarity TEXT, matter TEXT, kinds TEXT, day TEXT);
CREATE INDEX by_party ON facts (party); CREATE INDEX by_performer ON facts (performer);
CREATE INDEX by_task ON facts (task);
"""
_DROPS = "DROP TABLE IF EXISTS reports; DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS facts;"
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
            for name in touched:
                self._drop(name)
                if name in reports:
                    self._take(reports[name], by_report.get(name, ()), told)
            self._kept.clear()
            self._version = version

    def _drop(self, name: str) -> None:
        place = self._places.pop(name, None)
        if place is not None:
            self._base.execute("DELETE FROM reports WHERE rowid = ?", (place[0],))
            self._base.executemany("DELETE FROM records WHERE rowid = ?", [(x,) for x in place[1]])
            self._base.executemany("DELETE FROM facts WHERE n = ?", [(x,) for x in place[1]])

    def _take(
        self, report: Report, positions: Sequence[Position], told_in_words: Callable[[Position], Words]
    ) -> None:
        day = report.published.latest.isoformat() if report.published else ""
        row = (_clean(report.title or ""), _clean(report.outlet or ""), _clean(report.text), report.id, day)
        at = self._base.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?)", tuple(map(_storable, row))).lastrowid
        records = []
        for p in positions:
            told = told_in_words(p)
            said = (_clean(told.who), _clean(told.what), _clean(p.evidence.text))
            told_row = (*said, _marks_of(p, told.polarity), p.id, day)
            made = self._base.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", tuple(map(_storable, told_row)))
            kinds = f" {' '.join(c.kind for c in p.conditions)} "
            facts = (p.holder, p.performer, p.task, told.polarity, p.matter or "", kinds, day)
            self._base.execute(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (made.lastrowid, *map(_storable, facts))
            )
            records.append(int(made.lastrowid or 0))
        self._places[report.id] = (int(at or 0), records)

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
        tests, values, source = _tests(kind, asked, narrowed)
        if not tests:
            return Found((), 0)
        key = (kind, asked, narrowed, start, most, newest)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._find(kind, asked, (tests, values, source), start, most, newest)
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = kept
            return kept

    def _find(
        self, kind: Kind, asked: str, query: tuple[list[str], list[str], str], start: int, most: int, newest: bool
    ) -> Found:
        tests, values, source = query
        where = " AND ".join(tests)
        number = "n" if source == "facts" else f"{kind}.rowid"
        weights = "6.0, 2.0, 1.0" if kind == "reports" else "3.0, 2.0, 1.0, 0.0"
        with closing(self._base.cursor()) as cursor:
            total = int(cursor.execute(f"SELECT count(*) FROM {source} WHERE {where}", values).fetchone()[0])
            common = bool(asked) and total > MOST_RANKED
            day = "facts.day" if kind == "records" and source != "records" else "day"
            if newest or not asked:
                order = f"{day} DESC, {number} DESC"
            elif common:
                # Reports go in by their day: the last rows are the newest, found without looking at the others.
                order = f"{number} DESC"
            else:
                order = f"bm25({kind}, {weights}), {number}"
            # Ordered first, cut out afterwards: a snippet is made for what is shown alone.
            ids = cursor.execute(
                f"SELECT {number} FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
                (*values, most, start),
            ).fetchall()
            shown = f"snippet({kind}, 2, '{OPEN}', '{CLOSE}', ' … ', {SNIPPET})" if asked else "words"
            match, asks = (f"{kind} MATCH ? AND ", (asked,)) if asked else ("", ())
            hits = []
            for (row,) in ids:
                told = cursor.execute(
                    f"SELECT id, {shown} FROM {kind} WHERE {match}rowid = ?", (*asks, row)
                ).fetchone()
                if told is not None:
                    hits.append(Hit(told[0], pieces(told[1] or "")))
        return Found(tuple(hits), total, common)


def _tests(kind: Kind, asked: str, narrowed: Narrowed) -> tuple[list[str], list[str], str]:
    """Tests, their values, and the tables they are of."""
    if asked and kind == "records":
        asked = f"{{who what words}} : ({asked})"
        wanted = [(name, value) for name in _MARKED if (value := getattr(narrowed, name))]
        if wanted:
            # What a record is stands in the index as marks: to look each of very many hits up in a table takes longer.
            asked += " AND marks : ({})".format(" AND ".join(f'"{_mark(*x)}"' for x in wanted))
            narrowed = Narrowed(first=narrowed.first, last=narrowed.last)
    tests, values = ([f"{kind} MATCH ?"], [asked]) if asked else ([], [])
    days = [("{}day >= ?", narrowed.first), ("{0}day <> '' AND {0}day <= ?", narrowed.last)]
    if kind == "reports" or not narrowed.of_records:
        given = [(test.format(""), value) for test, value in days if value]
        # Without a word there is nothing to look for but days, and a list by days is the sources page's.
        return ([*tests, *(t for t, _ in given)], [*values, *(v for _, v in given)], kind) if asked else ([], [], kind)
    facts = [("task = ?", narrowed.task), ("polarity = ?", narrowed.polarity), ("matter = ?", narrowed.matter)]
    facts += [("instr(kinds, ?) > 0", f" {narrowed.kind} " if narrowed.kind else "")]
    facts += [(test.format("facts."), value) for test, value in days]
    if narrowed.party:
        tests.append("(party = ? OR performer = ?)")
        values += [narrowed.party, narrowed.party]
    tests += [test for test, value in facts if value]
    values += [value for _, value in facts if value]
    return tests, values, "facts"


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

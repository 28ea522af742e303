"""Which reports are one text with an earlier one, for collections that do not fit in memory.

In: reports by age, each with the digest of its words and its sketch; a way to the texts. Out: for each that is one text
with an earlier one, that one's id: the same as :func:`onrecord.reading.mark_repeats` finds with all reports at hand.
What is looked up lies in a file: for each text that began a row of its own, the 42 bands of its sketch. Texts are
fetched only where two sketches meet.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Report
from onrecord.reading.repeats import BANDS, MOST, is_same, likest, triples_of, words_of

CACHE = 64_000
"""Kilobytes of the index that are kept in memory."""
AT_HAND = 500_000
"""Words of texts kept in memory, for those that meet many others: some forty megabytes."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """A report as far as it is needed to find what it may repeat.

    Attributes:
        n: its number in the run.
        id: its id in the run.
        words: digest of its words.
        sketch: its sketch, numbers of four bytes.
    """

    n: int
    id: str
    words: bytes
    sketch: bytes


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    words: tuple[str, ...]
    triples: NDArray[np.uint64]


def same_texts(
    by_age: Iterable[Sketched], fetch: Callable[[int], Report], index: Path
) -> Iterator[tuple[Sketched, str]]:
    """The reports that are one text with an earlier one, each with the id of that one.

    Args:
        by_age: the reports that have words, earliest first, as :func:`onrecord.reading.find_repeats` orders them.
        fetch: the report of a number.
        index: where the index is kept meanwhile.
    """
    text = _AtHand(fetch, AT_HAND)
    index.unlink(missing_ok=True)
    with closing(sqlite3.connect(index, isolation_level=None)) as conn:
        earlier = _Earlier(conn)
        for report in by_age:
            of = earlier.with_words(report.words)
            if of is None:
                near = earlier.meeting(report.sketch)
                own = text(report.n) if near else None
                of = next((x.id for x in map(text, near) if own and is_same(own, x)), None)
                earlier.note(report, of)
            if of is not None:
                yield report, of
    index.unlink(missing_ok=True)


class _AtHand:
    """Texts, those used last kept in memory as far as there is room for their words."""

    def __init__(self, fetch: Callable[[int], Report], room: int) -> None:
        self._fetch, self._room, self._kept = fetch, room, OrderedDict[int, _Text]()

    def __call__(self, n: int) -> _Text:
        if n in self._kept:
            self._kept.move_to_end(n)
            return self._kept[n]
        report = self._fetch(n)
        words = words_of(report)
        text = _Text(report.id, words, triples_of(words))
        self._kept[n] = text
        self._room -= len(words)
        while self._room < 0:
            self._room += len(self._kept.popitem(last=False)[1].words)
        return text


class _Earlier:
    """The texts that came before, on disk."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn, self._count = conn, 0
        # It is made anew by each run that needs it, so nothing is lost with it.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE}"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("BEGIN")
        conn.execute("CREATE TABLE exact (words BLOB PRIMARY KEY, of TEXT NOT NULL) WITHOUT ROWID")
        conn.execute("CREATE TABLE leaders (rank INTEGER PRIMARY KEY, n INTEGER NOT NULL, sketch BLOB NOT NULL)")
        conn.execute("CREATE TABLE bands (band BLOB, rank INTEGER, PRIMARY KEY (band, rank)) WITHOUT ROWID")

    def with_words(self, words: bytes) -> str | None:
        """The id of the earliest text of the same words."""
        found = self._conn.execute("SELECT of FROM exact WHERE words = ?", (words,)).fetchone()
        return None if found is None else str(found[0])

    def meeting(self, sketch: bytes) -> list[int]:
        """Numbers of the earlier texts worth comparing, earliest first."""
        marks = ",".join("?" * BANDS[0])
        ranks = f"SELECT DISTINCT rank FROM bands WHERE band IN ({marks})"
        asked = f"SELECT n, sketch FROM leaders WHERE rank IN ({ranks}) ORDER BY rank"
        rows = self._conn.execute(asked, _bands(sketch)).fetchall()
        if len(rows) > MOST:
            best = likest(np.frombuffer(sketch, "<u4"), [np.frombuffer(x, "<u4") for _, x in rows])
            rows = [rows[at] for at in best]
        return [n for n, _ in rows]

    def note(self, report: Sketched, of: str | None) -> None:
        """Keep a text: one that repeats no other can be repeated itself."""
        self._conn.execute("INSERT INTO exact VALUES (?, ?)", (report.words, of or report.id))
        if of is None:
            self._count += 1
            self._conn.execute("INSERT INTO leaders VALUES (?, ?, ?)", (self._count, report.n, report.sketch))
            rows = [(band, self._count) for band in _bands(report.sketch)]
            self._conn.executemany("INSERT INTO bands VALUES (?, ?)", rows)


def _bands(sketch: bytes) -> list[bytes]:
    """What two sketches must share one of to be compared: three numbers in the same place."""
    many, of = BANDS
    wide = 4 * of
    return [bytes([at]) + sketch[at * wide : (at + 1) * wide] for at in range(many)]

"""The formats in which the record is handed on, each with what it loses.

In: a :class:`Bundle`. Out: for each file of a format its name and its pieces, made one by one as they are asked for.
Writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.briefing.formats import cells, claims, frames, ftm, plover, prov
from onrecord.briefing.formats.bundle import TABLES_OUT, Bundle
from onrecord.briefing.formats.columns import TABLES, storable

Pieces = Iterator[bytes]
Files = Mapping[str, Callable[[], Pieces]]

__all__ = ["FORMATS", "TABLES", "TABLES_OUT", "Bundle", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: as it is asked for.
        what: what it is, in a few words.
        lost: what of the record it does not hold, in plain sentences; "" where nothing is lost.
        files: name of each file -> its pieces.
        ending: ending of a table's file, where it has one file for each table; else "".
    """

    name: str
    what: str
    lost: str
    files: Callable[[Bundle], Files]
    ending: str = ""


def json_lines(records: Iterable[Any]) -> Pieces:
    """Records as JSON Lines."""
    for record in records:
        yield (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _document(made: Callable[[Bundle], Any]) -> Callable[[Bundle], Pieces]:
    def pieces(bundle: Bundle) -> Pieces:
        yield storable(json.dumps(made(bundle), ensure_ascii=False, indent=1) + "\n").encode()

    return pieces


def _jsonl(table: str, bundle: Bundle) -> Pieces:
    return json_lines(bundle.records(table))


def _csv(table: str, bundle: Bundle) -> Pieces:
    return (line.encode() for line in cells.csv_lines(TABLES[table], bundle.records(table)))


def _parquet(table: str, bundle: Bundle) -> Pieces:
    yield frames.parquet(TABLES[table], bundle.records(table))


def _tables(ending: str, pieces: Callable[[str, Bundle], Pieces]) -> Callable[[Bundle], Files]:
    def files(bundle: Bundle) -> Files:
        return {f"{table}.{ending}": partial(pieces, table, bundle) for table in TABLES_OUT}

    return files


def _single(name: str, pieces: Callable[[Bundle], Pieces]) -> Callable[[Bundle], Files]:
    return lambda bundle: {name: partial(pieces, bundle)}


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("jsonl", "JSON Lines, a file for each table", "", _tables("jsonl", _jsonl), "jsonl"),
        Format("csv", "CSV, a file for each table, safe in spreadsheets", "", _tables("csv", _csv), "csv"),
        Format("parquet", "Parquet, a file for each table", "", _tables("parquet", _parquet), "parquet"),
        Format(
            "ftm",
            "FollowTheMoney statements",
            ftm.LOST,
            _single("statements.ftm.json", lambda b: json_lines(ftm.ftm_statements(b))),
        ),
        Format("prov", "PROV-O in JSON-LD", prov.LOST, _single("prov.jsonld", _document(prov.prov_document))),
        Format(
            "claimreview",
            "schema.org Claim and ClaimReview in JSON-LD",
            claims.LOST,
            _single("claims.jsonld", _document(claims.claim_document)),
        ),
        Format(
            "plover",
            "PLOVER events",
            plover.LOST,
            _single("events.plover.jsonl", lambda b: json_lines(plover.plover_events(b))),
        ),
    )
}
"""The formats by name."""

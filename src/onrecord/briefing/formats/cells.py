"""CSV that opens in a spreadsheet without running anything, and comes back without loss.

In: records and their table. Out: lines of CSV (RFC 4180, UTF-8). Lists are JSON in one cell; structs are columns.

A spreadsheet runs a cell that begins like a formula, and reports can hold such text (https://owasp.org/www-
community/attacks/CSV_Injection). Such a text gets an apostrophe before it, and so does a text that begins with one,
so that taking one apostrophe away always gives the text back. An empty text is written as an apostrophe alone, null
as an empty cell.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.briefing.formats.columns import ListOf, Struct, Type, flat, flat_columns, storable, unflat
from onrecord.model.records import Record

STARTS = frozenset("=+-@＝＋－＠")
"""What a formula begins with, in full width too (some spreadsheets take those for the same)."""
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")


def safe(text: str) -> str:
    r"""A text as a cell that no spreadsheet runs.

    Example:
        >>> safe("=1+1"), safe("plain"), safe("'tis"), safe(" \u200b@sum"), safe("")
        ("'=1+1", 'plain', "''tis", "' \u200b@sum", "'")
    """
    if not text or text[0] == "'":
        return f"'{text}"
    first = next((c for c in text if unicodedata.category(c) not in _UNSEEN), "")
    # A cell that begins with a tab or a line end can be taken apart by a spreadsheet that imports it.
    return f"'{text}" if first in STARTS or text[0] in "\t\r\n" else text


def unsafe(cell: str) -> str:
    """The inverse of :func:`safe`."""
    return cell.removeprefix("'")


def _cell(kind: Type, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(kind, ListOf):
        return storable(json.dumps(value, ensure_ascii=False))
    if kind == "truth":
        return "true" if value else "false"
    # Numbers are the program's own: a sign before one begins no formula.
    return repr(value) if kind in ("whole", "number") else safe(storable(value))


def _value(kind: Type, cell: str) -> Any:
    if cell == "":
        return None
    if isinstance(kind, ListOf):
        return json.loads(cell)
    if kind == "truth":
        return cell == "true"
    if kind == "whole":
        return int(cell)
    if kind == "number":
        return float(cell)
    return unsafe(cell)


def csv_lines(table: Struct, records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    r"""A head and a line for each record.

    Example:
        >>> list(csv_lines(Struct({"id": "text", "n": "whole"}), [{"id": "-2+3", "n": -2}]))
        ['id,n\r\n', "'-2+3,-2\r\n"]
    """
    columns = list(flat_columns(table))
    page = io.StringIO(newline="")
    writer = csv.writer(page)

    def line(cells: Iterable[str]) -> str:
        page.seek(0)
        page.truncate()
        writer.writerow(cells)
        return page.getvalue()

    yield line(name for name, _ in columns)
    for record in records:
        yield line(_cell(kind, v) for (_, kind), v in zip(columns, flat(table, record), strict=True))


def csv_records(table: Struct, text: str) -> Iterator[Record]:
    """The records of a CSV that :func:`csv_lines` made."""
    columns = list(flat_columns(table))
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows, None)
    for row in rows:
        values = iter([_value(kind, cell) for (_, kind), cell in zip(columns, row, strict=True)])
        yield unflat(table, values) or {}

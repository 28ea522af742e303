"""Parquet: one report a row, in the columns that JSON Lines have as fields.

What comes in: a file. What goes out: a draft or an issue for each row, in order. Only the columns of a report are read.
pyarrow is loaded within, and is not among the dependencies that every run needs: the extra ``archives`` brings it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, ReportTooLarge, ReportUnreadable
from onrecord.model import Issue
from onrecord.reading.draft import Draft
from onrecord.reading.jsonlines import of_row
from onrecord.reading.limits import Limits, OutletFinder

COLUMNS = ("id", "url", "outlet", "published", "title", "text", "upstream")
_ROWS = 64
"""Rows in memory at a time."""
_FOOTER = {"thrift_string_size_limit": 10_000_000, "thrift_container_size_limit": 100_000}
"""What the description at the end of a file may ask for: hundreds of columns and groups of rows fit many times over."""


def read_parquet(
    path: Path, where: str, stem: str, limits: Limits, outlets: OutletFinder | None
) -> Iterator[Draft | Issue]:
    """The reports of a Parquet file.

    Texts are counted as they unfold: a value that stands once in the file may stand in a million rows.

    Args:
        path: the file.
        where: the file, for messages; the row is added.
        stem: what a row without id is called, with its number.
        limits: how long a text may be, and all of them together.
        outlets: who knows the outlets.

    Yields:
        A draft for each good row, an issue for each bad one.

    Raises:
        ReportUnreadable: it is no Parquet file, has no column ``text``, or pyarrow is not installed.
        ReportTooLarge: its texts unfold to more than the limits let through.
    """
    most = limits.of_packed(path.stat().st_size, limits.unpacked)
    for number, row in enumerate(_rows(path, where), start=1):
        place = f"{where}, row {number}"
        try:
            text = _text(row["text"], place)
            size = len(text) if isinstance(text, str) else 0
            most -= size
            if most < 0:
                raise ReportTooLarge(
                    f"{where} unfolds to more than the limit", value=where, hint="split it into several files"
                )
            if size > limits.report:
                raise ReportTooLarge(
                    f"{place} is longer than {limits.report:,} characters", value=place, hint="split it"
                )
            yield of_row({**_plain(row), "text": text}, place, f"{stem}-{number}", outlets)
        except InputError as error:
            yield Issue(error.code, place, error.message, error.hint)
            if most < 0:
                return


def _rows(path: Path, where: str) -> Iterator[Mapping[str, Any]]:
    """The rows, each a value of pyarrow by the name of its column; a text is made only when it is asked for."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise ReportUnreadable(
            f"{where} is Parquet, which cannot be read here",
            value=where,
            hint="install it: pip install 'onrecord[archives]'",
        ) from error
    try:
        with parquet.ParquetFile(path, **_FOOTER) as file:
            there = [x for x in COLUMNS if x in file.schema_arrow.names]
        if "text" not in there:
            raise ReportUnreadable(f"{where} has no column text", value=where, hint='the column "text" is needed')
        # A text of which there are many copies stays one in memory.
        with parquet.ParquetFile(path, read_dictionary=["text"], **_FOOTER) as file:
            for batch in file.iter_batches(batch_size=_ROWS, columns=there, use_threads=False):
                # A damaged file may point beyond its own values, which nothing else looks at.
                batch.validate(full=True)
                columns = [batch.column(x) for x in there]
                for i in range(batch.num_rows):
                    yield {name: column[i] for name, column in zip(there, columns, strict=True)}
    except (pyarrow.ArrowException, KeyError, OSError, UnicodeDecodeError, OverflowError) as error:
        first = (str(error).splitlines() or [""])[0][:120]
        message = f"{where} cannot be read as Parquet ({first})"
        raise ReportUnreadable(message, value=where, hint="look whether it is whole") from error


def _text(value: Any, place: str) -> object:
    try:
        return value.as_py()
    except UnicodeDecodeError as error:
        message = f"{place}: its text is not UTF-8"
        raise ReportUnreadable(message, value=place, hint="look whether the file is whole") from error


def _plain(row: Mapping[str, Any]) -> dict[str, object]:
    """The values but the text; one that cannot be told is as good as none."""
    found: dict[str, object] = {}
    for name, value in row.items():
        if name != "text":
            try:
                found[name] = value.as_py()
            except (ValueError, OverflowError):
                found[name] = None
    return found

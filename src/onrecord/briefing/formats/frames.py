"""Data frames and Parquet, with polars; both keep structs, lists and days as what they are.

In: records and their table. Out: a frame, or the bytes of a Parquet file. polars is loaded within, and is not among the
dependencies that every run needs: the extra ``table`` brings it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.briefing.formats.columns import ListOf, Struct, Type, flat, flat_columns, typed, untyped
from onrecord.errors import OutputError
from onrecord.model.records import Record

if TYPE_CHECKING:
    import pandas
    import polars

INSTALL = "install it: pip install 'onrecord[table]'"


def _polars() -> Any:
    try:
        import polars
    except ModuleNotFoundError as error:
        raise OutputError("Parquet and data frames need polars, which is not here", hint=INSTALL) from error
    return polars


def _dtype(pl: Any, kind: Type) -> Any:
    if isinstance(kind, Struct):
        return pl.Struct({name: _dtype(pl, one) for name, one in kind.fields.items()})
    if isinstance(kind, ListOf):
        return pl.List(_dtype(pl, kind.of))
    return {"text": pl.String, "whole": pl.Int64, "number": pl.Float64, "truth": pl.Boolean, "day": pl.Date}[kind]


def frame(table: Struct, records: Iterable[Mapping[str, Any]]) -> polars.DataFrame:
    """A polars frame; the columns have their types where there is no row, too.

    Raises:
        OutputError: polars is not installed.
    """
    pl = _polars()
    schema = {name: _dtype(pl, kind) for name, kind in table.fields.items()}
    rows = [typed(table, record) for record in records]
    made: polars.DataFrame = pl.DataFrame(rows, schema=schema, orient="row")
    return made


def parquet(table: Struct, records: Iterable[Mapping[str, Any]]) -> bytes:
    """A Parquet file.

    Raises:
        OutputError: polars is not installed.
    """
    page = io.BytesIO()
    frame(table, records).write_parquet(page)
    return page.getvalue()


def records_of(table: Struct, made: polars.DataFrame) -> list[Record]:
    """The records of a frame or of a Parquet file that was read into one."""
    return [untyped(table, row) for row in made.to_dicts()]


def pandas_frame(table: Struct, records: Iterable[Mapping[str, Any]]) -> pandas.DataFrame:
    """A pandas frame with a column for each field of a struct (``evidence_text``): pandas has no structs.

    Raises:
        OutputError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise OutputError("this needs pandas, which is not here", hint="install pandas") from error
    columns = list(flat_columns(table))
    rows = [list(flat(table, typed(table, record))) for record in records]
    kinds = {"text": "object", "whole": "Int64", "number": "float64", "truth": "boolean", "day": "datetime64[s]"}
    made = pd.DataFrame(rows, columns=[name for name, _ in columns], dtype="object")
    for name, kind in columns:
        if isinstance(kind, str) and kind != "text":
            made[name] = made[name].astype(kinds[kind])
    return made

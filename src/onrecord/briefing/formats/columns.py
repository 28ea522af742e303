"""What the columns of each table hold: one description for CSV, Parquet, data frames and the API's own description.

In: nothing. Out: :data:`TABLES`, and records led through it. The fields are those of `onrecord.model.records`; a test
holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from onrecord.model.records import Record

Scalar = Literal["text", "whole", "number", "truth", "day"]


@dataclass(frozen=True, slots=True)
class Struct:
    """Named fields.

    Attributes:
        fields: type by name, in order.
        empty: whether the whole can be null.
    """

    fields: Mapping[str, Type]
    empty: bool = True


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, never null.

    Attributes:
        of: what stands in it.
    """

    of: Type


Type = Scalar | Struct | ListOf

_SPAN: dict[str, Type] = {"text": "text", "start": "whole", "end": "whole"}
SPAN = Struct(_SPAN)
RANGE = Struct({"date": "day", "earliest": "day", "latest": "day", "inferred": "truth"})
CHAIN = ListOf(Struct({"name": "text", "kind": "text", "entity": "text"}))
TEXTS = ListOf("text")

TABLES: Mapping[str, Struct] = {
    "reports": Struct(
        {
            "id": "text",
            "sha256": "text",
            "outlet": "text",
            "url": "text",
            "title": "text",
            "published": RANGE,
            "text": "text",
            "same_text_as": "text",
            "upstream": TEXTS,
        }
    ),
    "statements": Struct(
        {
            "id": "text",
            "report": "text",
            "source": Struct({**_SPAN, "entity": "text", "kind": "text", "name": "text"}, empty=False),
            "cue": SPAN,
            "content": ListOf(SPAN),
            "chain": CHAIN,
            "form": "text",
            "said_on": RANGE,
            "confidence": "number",
        }
    ),
    "positions": Struct(
        {
            "id": "text",
            "report": "text",
            "holder": "text",
            "performer": "text",
            "task": "text",
            "object": "text",
            "object_span": SPAN,
            "matter": "text",
            "stance": "text",
            "cue": SPAN,
            "conditions": ListOf(Struct({"kind": "text", **_SPAN})),
            "quantity": Struct({"low": "number", "high": "number", "unit": "text", **_SPAN}),
            "chain": CHAIN,
            "self_declared": "truth",
            "said_on": "day",
            "said_between": RANGE,
            "evidence": SPAN,
            "confidence": "number",
            "statement": "text",
            "extractor": "text",
        }
    ),
    "standings": Struct(
        {
            "id": "text",
            "holder": "text",
            "performer": "text",
            "task": "text",
            "matter": "text",
            "as_of": "day",
            "stance": "text",
            "polarity": "text",
            "probability": "number",
            "state": "text",
            "conditions": ListOf(
                Struct({"kind": "text", "text": "text", "positions": TEXTS, "followed": "text", "state": "text"})
            ),
            "quantity": Struct({"low": "number", "high": "number", "unit": "text"}),
            "since": RANGE,
            "last": RANGE,
            "independent_sources": "whole",
            "grade": "text",
            "likelihood": "text",
            "supporting": TEXTS,
            "opposing": TEXTS,
            "history": ListOf(Struct({"date": RANGE, "stance": "text", "positions": TEXTS})),
            "reasons": ListOf(Struct({"position": "text", "weight": "number", "rule": "text", "why": "text"})),
        }
    ),
    "conflicts": Struct(
        {
            "id": "text",
            "kind": "text",
            "positions": TEXTS,
            "reports": TEXTS,
            "why": "text",
            "holder": "text",
            "performer": "text",
            "task": "text",
            "matter": "text",
        }
    ),
    "facts": Struct(
        {
            "id": "text",
            "report": "text",
            "kind": "text",
            "subject": Struct({**_SPAN, "entity": "text"}),
            "measure": SPAN,
            "value": "number",
            "low": "number",
            "high": "number",
            "unit": "text",
            "figure": SPAN,
            "period": RANGE,
            "period_words": SPAN,
            "chain": CHAIN,
            "evidence": SPAN,
            "extractor": "text",
        }
    ),
    "tasks": Struct(
        {
            "task": "text",
            "label": "text",
            "from": "text",
            "words": TEXTS,
            "positions": TEXTS,
            "reports": TEXTS,
        }
    ),
    "conditions": Struct(
        {
            "id": "text",
            "kind": "text",
            "matter": "text",
            "label": "text",
            "status": "text",
            "since": RANGE,
            "named_by": TEXTS,
            "standings": TEXTS,
            "positions": TEXTS,
            "why": "text",
        }
    ),
}
"""The tables by name, the columns in the order of the records."""


def storable(text: str) -> str:
    r"""A text that UTF-8 can hold: a lone surrogate becomes a question mark, as in the ledger.

    Example:
        >>> storable("a\ud800b")
        'a?b'
    """
    return text.encode("utf-8", "replace").decode()


def typed(kind: Type, value: Any) -> Any:
    """A value of a record with days as days: what a data frame takes.

    Example:
        >>> typed(Struct({"a": "day", "b": ListOf("text")}), {"a": "2026-01-02", "b": ["x"]})
        {'a': datetime.date(2026, 1, 2), 'b': ['x']}
    """
    if value is None:
        return None
    if isinstance(kind, Struct):
        return {name: typed(one, value.get(name)) for name, one in kind.fields.items()}
    if isinstance(kind, ListOf):
        return [typed(kind.of, x) for x in value]
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "number":
        return float(value)
    return storable(value) if kind == "text" else value


def untyped(kind: Type, value: Any) -> Any:
    """The inverse of :func:`typed`: days as text again, and a struct of nothing but nulls as null."""
    if isinstance(kind, Struct):
        if value is None:
            return None
        told = {name: untyped(one, value[name]) for name, one in kind.fields.items()}
        return told if not kind.empty or any(v not in (None, []) for v in told.values()) else None
    if isinstance(kind, ListOf):
        return [untyped(kind.of, x) for x in value or ()]
    return value.isoformat() if isinstance(value, date) else value


def flat_columns(table: Struct, prefix: str = "") -> Iterator[tuple[str, Type]]:
    """The columns of a table without structs, each field of one as a column of its own; lists stay lists.

    Example:
        >>> [name for name, _ in flat_columns(Struct({"id": "text", "cue": SPAN}))]
        ['id', 'cue_text', 'cue_start', 'cue_end']
    """
    for name, kind in table.fields.items():
        if isinstance(kind, Struct):
            yield from flat_columns(kind, f"{prefix}{name}_")
        else:
            yield f"{prefix}{name}", kind


def flat(table: Struct, record: Mapping[str, Any] | None) -> Iterator[Any]:
    """The values of a record in the order of :func:`flat_columns`."""
    for name, kind in table.fields.items():
        value = None if record is None else record.get(name)
        if isinstance(kind, Struct):
            yield from flat(kind, value)
        else:
            yield value


def unflat(table: Struct, values: Iterator[Any]) -> Record | None:
    """The inverse of :func:`flat`; takes from ``values`` what it needs."""
    told: Record = {}
    for name, kind in table.fields.items():
        told[name] = unflat(kind, values) if isinstance(kind, Struct) else next(values)
    return told if not table.empty or any(v is not None for v in told.values()) else None

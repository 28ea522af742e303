"""The form of an answer, as a JSON schema, and whether an answer has it.

Comes in: the words that may be used. Goes out: the schema to send along, and what of an answer is not in it. The
schema is written in the part of JSON Schema that servers can hold a model to (types, ``enum``, ``required``, no other
fields), and :func:`faults` checks exactly that part: a server's promise is not relied on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from onrecord.model import SourceKind

Schema = dict[str, Any]
MOST = 60
"""Positions that one part of a text may have; the fullest report of the gold positions has 13."""

_WORDS: Schema = {"type": "string"}
_WORDS_OR_NULL: Schema = {"type": ["string", "null"]}


def answer_schema(
    *, stances: Iterable[str], tasks: Iterable[str], kinds: Iterable[str], matters: Iterable[str]
) -> Schema:
    """The schema of an answer.

    Args:
        stances: ids of the ladder.
        tasks: ids of the tasks that may be named, a story's own among them.
        kinds: ids of the condition kinds.
        matters: ids of the matters that the report speaks of.
    """
    condition = _object({"kind": {"type": "string", "enum": list(kinds)}, "words": _WORDS})
    speaker = _object(
        {
            "words": _WORDS,
            "kind": {"type": "string", "enum": list(get_args(SourceKind))},
            "speaks_for": _WORDS_OR_NULL,
        }
    )
    position = _object(
        {
            "passage": _WORDS,
            "holder": _WORDS,
            "holder_words": _WORDS,
            "performer": _WORDS,
            "performer_words": _WORDS_OR_NULL,
            "task": {"type": "string", "enum": list(tasks)},
            "stance": {"type": "string", "enum": list(stances)},
            "stance_words": _WORDS,
            "object_words": _WORDS_OR_NULL,
            "matter": {"type": ["string", "null"], "enum": [*matters, None]},
            "conditions": {"type": "array", "items": condition},
            "figure_words": _WORDS_OR_NULL,
            "speakers": {"type": "array", "items": speaker},
            "said_words": _WORDS_OR_NULL,
        }
    )
    return _object({"positions": {"type": "array", "items": position}})


def _object(fields: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "array": list,
    "object": dict,
    "null": type(None),
    "number": (int, float),
    "boolean": bool,
}


def faults(value: object, schema: Mapping[str, Any], where: str = "answer") -> Iterator[str]:
    """What of a value is not in the schema, one sentence each.

    Example:
        >>> list(faults({"a": 1}, _object({"b": {"type": "string"}})))
        ['answer.b is missing', 'answer.a is no field']
        >>> list(faults("maybe", {"type": "string", "enum": ["yes", "no"]}))
        ["answer is 'maybe', not one of yes, no"]
    """
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{where} is {type(value).__name__}, not {' or '.join(kinds)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        known = ", ".join(str(x) for x in schema["enum"][:8])
        yield f"{where} is {str(value)[:40]!r}, not one of {known}"
    if isinstance(value, dict):
        fields: Mapping[str, Any] = schema.get("properties", {})
        yield from (f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, held in value.items():
            if name in fields:
                yield from faults(held, fields[name], f"{where}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{where}.{str(name)[:40]} is no field"
    if isinstance(value, list) and "items" in schema:
        for n, held in enumerate(value):
            yield from faults(held, schema["items"], f"{where}[{n}]")


def _is(value: object, kind: str) -> bool:
    # JSON has no whole numbers that are true or false; Python does.
    return isinstance(value, _TYPES[kind]) and not (kind == "number" and isinstance(value, bool))

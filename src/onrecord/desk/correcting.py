"""What a person entered, as the changes of a judgement: names looked up, words found in the text.

In: fields as they come from a form, the machine's record and what is shown of it, the report's text. Out: the fields
that differ from the machine's, in the form of the export records. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.asking import actor_id
from onrecord.errors import EvidenceMismatch, InputError, UnknownName
from onrecord.model import Position, Span
from onrecord.model.records import Record, position_record, span_record
from onrecord.vocabulary import Vocabulary

_NAME = re.compile(r"[a-z][a-z0-9_:]{1,60}")
_SPANS = {"evidence": "evidence", "cue": "cue", "object": "object_span"}
_CHAIN_KINDS = (
    "named_person",
    "office",
    "anonymous",
    "organisation",
    "state",
    "outlet",
    "document",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """Fields of a form: single values, and lists where a field comes several times."""

    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str | None:
        """The value of a field, None where the form has no such field."""
        found = self.values.get(name)
        return found[0].strip() if found else None

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return [x.strip() for x in self.values.get(name, ())]

    def has(self, name: str) -> bool:
        """Whether the form has the field."""
        return name in self.values


def changes_of(
    entered: Entered,
    raw: Position,
    shown: Position,
    text: str,
    vocabulary: Vocabulary,
    tasks: Collection[str] | None = None,
) -> dict[str, Any]:
    """The changes that make of the machine's position what a person entered; empty where it is as the machine had it.

    Fields that the form lacks stay as they are shown. ``tasks`` are those that can be chosen, the vocabulary's where
    they are left out; what is shown can always stay.

    Raises:
        UnknownName: there is no such party, task, stance or kind of condition.
        EvidenceMismatch: words that the report does not have.
        InputError: a date or figure that is none.
    """
    wanted = position_record(shown)
    for field in ("holder", "performer"):
        if entered.one(field):
            wanted[field] = actor(entered.one(field) or "", vocabulary)
    for field, known in (
        ("task", vocabulary.tasks if tasks is None else tasks),
        ("stance", vocabulary.stances),
    ):
        if entered.one(field) and entered.one(field) != wanted[field]:
            wanted[field] = _among(field, entered.one(field) or "", known, vocabulary)
    if entered.has("matter"):
        wanted["matter"] = _matter(entered.one("matter") or "", vocabulary)
    if entered.has("said_on"):
        _set_day(wanted, shown, entered.one("said_on") or "")
    near = shown.evidence.start
    for field, name in _SPANS.items():
        if entered.has(field):
            _set_span(wanted, shown, field, name, entered.one(field) or "", text, near)
    if entered.has("condition_kind"):
        wanted["conditions"] = _conditions(entered, shown, text, near, vocabulary)
    if entered.has("figure"):
        wanted["quantity"] = _quantity(entered, shown, text, near)
    if entered.has("chain_name"):
        wanted["chain"] = _chain(entered, shown, vocabulary)
    if entered.has("voice"):
        wanted["self_declared"] = entered.one("voice") == "own"
    return _difference(position_record(raw), wanted)


def actor(name: str, vocabulary: Vocabulary) -> str:
    """The id of a party as entered: a known one by id or name, else a new lower-case id.

    Raises:
        UnknownName: it is neither; the hint names the nearest.
    """
    found = actor_id(name, vocabulary)
    if found is not None:
        return found
    if _NAME.fullmatch(name):
        return name
    near = [vocabulary.label(x) for x in vocabulary.suggest(name, "actors")]
    raise UnknownName(
        f"there is no party {name!r}",
        value=name,
        hint=f"did you mean {near[0]!r}?" if near else "write a new one in small letters with underscores",
    )


def locate(text: str, words: str, near: int) -> Span:
    r"""The words as they stand in a text, white space apart; where they stand several times, those nearest to a place.

    Raises:
        EvidenceMismatch: they do not stand there.

    Example:
        >>> locate("no, said Rome.\nIt said no", "said  no", 0)
        Span(start=18, end=25, text='said no')
    """
    parts = words.split()
    if not parts:
        raise EvidenceMismatch("no words are given", value=words, hint="mark the words in the report")
    found = list(re.finditer(r"\s+".join(map(re.escape, parts)), text))
    if not found:
        raise EvidenceMismatch(
            f"the report does not have the words {words[:60]!r}",
            value=words,
            hint="mark them in the report, or copy them as they stand there",
        )
    best = min(found, key=lambda m: abs(m.start() - near))
    return Span(best.start(), best.end(), best.group())


def _among(field: str, value: str, known: Collection[str], vocabulary: Vocabulary) -> str:
    if value in known:
        return value
    near = vocabulary.suggest(value, "tasks" if field == "task" else "stances")
    hint = f"did you mean {near[0]!r}?" if near else "choose one of the list"
    raise UnknownName(f"there is no {field} {value!r}", value=value, hint=hint)


def _matter(value: str, vocabulary: Vocabulary) -> str | None:
    if value in {"", "-"}:
        return None
    if value in vocabulary.matters or _NAME.fullmatch(value):
        return value
    raise UnknownName(f"there is no matter {value!r}", value=value, hint="small letters and underscores, as isf_gaza")


def _set_day(wanted: Record, shown: Position, value: str) -> None:
    if not value:
        wanted["said_on"] = wanted["said_between"] = None
        return
    if shown.said_on is not None and shown.said_on.day is not None and shown.said_on.day.isoformat() == value:
        return
    try:
        day = date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InputError(f"{value!r} is no day", value=value, hint="write it as 2026-03-31") from error
    wanted["said_on"] = day
    wanted["said_between"] = {"date": day, "earliest": day, "latest": day, "inferred": False}


def _set_span(
    wanted: Record, shown: Position, field: str, name: str, words: str, text: str, near: int
) -> None:
    old: Span | None = getattr(shown, field)
    if old is not None and old.text.split() == words.split():
        return
    span = None if not words and field != "evidence" else locate(text, words, old.start if old else near)
    wanted[name] = span_record(span)
    if field == "object":
        wanted["object"] = span.text if span else None


def _conditions(
    entered: Entered, shown: Position, text: str, near: int, vocabulary: Vocabulary
) -> list[Record]:
    made = []
    words = entered.many("condition_words")
    for n, kind in enumerate(entered.many("condition_kind")):
        said = words[n] if n < len(words) else ""
        if not kind:
            continue
        if kind not in vocabulary.condition_kinds:
            near_kind = vocabulary.suggest(kind, "condition_kinds")
            raise UnknownName(
                f"there is no kind of condition {kind!r}",
                value=kind,
                hint=f"did you mean {near_kind[0]!r}?" if near_kind else "choose one of the list",
            )
        old = next((c.span for c in shown.conditions if c.span.text.split() == said.split()), None)
        span = old or locate(text, said, near)
        made.append({"kind": kind, **(span_record(span) or {})})
    return made


def _quantity(entered: Entered, shown: Position, text: str, near: int) -> Record | None:
    words = entered.one("figure") or ""
    low, high = (_number(entered.one(x) or "") for x in ("figure_low", "figure_high"))
    if not words:
        if low is None and high is None:
            return None
        raise EvidenceMismatch("a figure needs the words that state it", hint="mark them in the report")
    old = shown.quantity
    span = old.span if old and old.span.text.split() == words.split() else locate(text, words, near)
    if low is not None and high is not None and low > high:
        raise InputError(f"a figure from {low:g} to {high:g} cannot be", value=(low, high), hint="the lower one first")
    return {"low": low, "high": high, "unit": entered.one("figure_unit") or None, **(span_record(span) or {})}


def _number(value: str) -> float | None:
    if not value:
        return None
    try:
        made = float(value.replace(",", "").replace(" ", ""))
    except ValueError as error:
        raise InputError(f"{value!r} is no number", value=value, hint="write it as 8000") from error
    if not 0 <= made < 1e15:
        raise InputError(f"{value!r} cannot be a figure", value=value, hint="a number from 0 up")
    return made


def _chain(entered: Entered, shown: Position, vocabulary: Vocabulary) -> list[Record]:
    kinds = entered.many("chain_kind")
    made = []
    for n, name in enumerate(entered.many("chain_name")):
        if not name:
            continue
        kind = kinds[n] if n < len(kinds) else "unknown"
        if kind not in _CHAIN_KINDS:
            raise UnknownName(f"there is no kind of source {kind!r}", value=kind, hint=", ".join(_CHAIN_KINDS))
        old = next((x for x in shown.chain if x.name == name and x.kind == kind), None)
        made.append({"name": name, "kind": kind, "entity": old.entity if old else actor_id(name, vocabulary)})
    return made


def _difference(raw: Record, wanted: Record) -> dict[str, Any]:
    left = ("id", "report", "confidence", "statement", "extractor")
    found = {k: v for k, v in wanted.items() if k not in left and v != raw[k]}
    if "said_between" in found:
        # The day and the stretch are one fact told twice: a correction says both, so that neither is stale.
        found["said_on"] = wanted["said_on"]
    return found

"""The two kinds of record that an extractor makes and a person judges, under one description.

Comes in: positions and statements. Goes out: for either, what it claims, where, and how a correction changes
it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from onrecord.errors import InputError, UnknownName
from onrecord.ledger.rows import spans_of
from onrecord.model import Position, Statement
from onrecord.model.records import (
    Record,
    position_from_record,
    position_record,
    statement_from_record,
    statement_record,
)

N = TypeVar("N", Position, Statement)


@dataclass(frozen=True, slots=True)
class Kind(Generic[N]):
    """One of the two kinds.

    Attributes:
        name: what judgements call it.
        record, read: to its record and back.
        claim: what it says, apart from where: equal for two that say the same.
        place: where it stands, as (start, end) in code points.
        rest: what tells two apart that make the same claim in the same place.
        fields: the fields of its record that a correction can change.
        words: those of them that are words and never empty.
    """

    name: str
    record: Callable[[N], Record]
    read: Callable[[Mapping[str, Any]], N]
    claim: Callable[[N], Hashable]
    place: Callable[[N], tuple[int, int]]
    rest: Callable[[N], Hashable]
    fields: frozenset[str]
    words: frozenset[str]

    def closeness(self, one: N, other: N) -> int:
        """How surely two records of one report are the same finding: 0 (not at all) to 4 (alike in
        everything).

        The same claim on the same passage is the same finding (3). The same claim on passages that share
        words is too (1), since a newer extractor that draws its passage a little wider has not found
        something else. One more where the rest (matter, object, figure, conditions) is alike, which tells
        twins apart.
        """
        if self.claim(one) != self.claim(other):
            return 0
        (a, b), (c, d) = self.place(one), self.place(other)
        if (a, b) == (c, d):
            return 3 + (self.rest(one) == self.rest(other))
        return 1 + (self.rest(one) == self.rest(other)) if a < d and c < b else 0

    def corrected(self, noun: N, changes: Mapping[str, Any]) -> N:
        """The record with a person's values in place of the machine's."""
        return self.read({**self.record(noun), **_spelled_out(changes, self.name)})

    def check(self, noun: N, changes: Mapping[str, Any], text: str) -> None:
        """Refuse a correction that cannot be applied to ``noun`` of a report that reads ``text``.

        Raises:
            UnknownName: a field that there is not, or that is not for a person to change.
            InputError: a value that does not fit its field.
            EvidenceMismatch: a span that does not reproduce its text.
        """
        for field in changes:
            if field not in self.fields:
                near = get_close_matches(field, self.fields, 1)
                raise UnknownName(
                    f"a {self.name} has no field {field!r} that can be corrected",
                    value=field,
                    hint=f"did you mean {near[0]!r}?"
                    if near
                    else f"choose from: {', '.join(sorted(self.fields))}",
                )
        for field in self.words & changes.keys():
            if not isinstance(changes[field], str) or not changes[field]:
                raise InputError(
                    f"{field} cannot be {changes[field]!r}", value=changes[field], hint="give a name"
                )
        sure = changes.get("confidence", 1.0)
        if not isinstance(sure, int | float) or not 0 <= sure <= 1:
            raise InputError(f"confidence cannot be {sure!r}", value=sure, hint="give a number from 0 to 1")
        try:
            changed = self.corrected(noun, changes)
        except (KeyError, TypeError, ValueError, AttributeError) as failure:
            raise InputError(
                f"the correction of {noun.id} cannot be read ({failure!r})",
                value=dict(changes),
                hint="give values in the form of the export records",
            ) from failure
        wanted = changes.get("object")
        if isinstance(changed, Position) and wanted and (not changed.object or changed.object.text != wanted):
            raise InputError(
                f"the object {wanted!r} has no passage",
                value=wanted,
                hint="give object_span: {text, start, end}",
            )
        for span in spans_of(changed):
            span.check(text)


def _spelled_out(changes: Mapping[str, Any], kind: str) -> Record:
    # A record says some things twice, short for readers and in full; a correction may use the short form
    # alone.
    full = dict(changes)
    where = "said_between" if kind == "position" else "said_on"
    day = changes.get("said_on")
    if (
        "said_on" in changes
        and (where not in changes or isinstance(day, str))
        and not isinstance(day, Mapping)
    ):
        full[where] = day and {"earliest": day, "latest": day, "inferred": False}
    if "object" in changes and not changes["object"]:
        full["object_span"] = None
    return full


def _statement_place(statement: Statement) -> tuple[int, int]:
    spans = statement.content or tuple(spans_of(statement))
    return min((x.start for x in spans), default=0), max((x.end for x in spans), default=0)


POSITION: Kind[Position] = Kind(
    name="position",
    record=position_record,
    read=position_from_record,
    claim=lambda p: (p.holder, p.performer, p.task, p.stance),
    place=lambda p: (p.evidence.start, p.evidence.end),
    rest=lambda p: (p.matter, p.object, p.quantity, frozenset(p.conditions)),
    fields=frozenset(
        [
            "holder",
            "performer",
            "task",
            "stance",
            "matter",
            "object",
            "object_span",
            "cue",
            "conditions",
            "quantity",
            "chain",
            "self_declared",
            "said_on",
            "said_between",
            "evidence",
            "confidence",
        ]
    ),
    words=frozenset({"holder", "performer", "task", "stance"}),
)

STATEMENT: Kind[Statement] = Kind(
    name="statement",
    record=statement_record,
    read=statement_from_record,
    claim=lambda s: (s.source.entity, s.source.name),
    place=_statement_place,
    rest=lambda s: (s.source.span, s.cue, s.content),
    fields=frozenset(["source", "cue", "content", "chain", "form", "said_on", "confidence"]),
    words=frozenset({"form"}),
)

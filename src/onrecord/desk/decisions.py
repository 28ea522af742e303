"""What people decided, told for people: who, when, what, whether it still holds, and who differs.

In: the ledger's judgements. Out: views, and the judgement that an undo would take back. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.briefing.text import figure, one_line
from onrecord.briefing.words import Words
from onrecord.desk import addresses
from onrecord.model import Judgement

DONE = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "merge": "merged",
    "split": "split",
    "withdraw": "taken back",
}
"""Decisions as a reader sees them."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One judgement.

    Attributes:
        id: its id.
        by: who decided.
        at: when, in UTC.
        done: what, in a word.
        told: what was changed, one line each.
        note: why, in the person's words.
        target: id of what it is on; kind what that is; address where it is shown, or empty.
        holds: False where it was withdrawn or a later one of the same person took its place.
        withdrawn: whether it was taken back.
    """

    id: str
    by: str
    at: datetime
    done: str
    told: tuple[str, ...]
    note: str
    target: str
    kind: str
    address: str
    holds: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """All judgements on a ledger.

    Attributes:
        all: newest first.
        on: those on one target, newest first.
        disputed: targets on which persons who hold to their decision differ, as the ledger tells them.
    """

    all: tuple[Decided, ...]
    on: Mapping[str, tuple[Decided, ...]]
    disputed: frozenset[str]

    def of(self, target: str) -> tuple[Decided, ...]:
        """Those on a target, newest first."""
        return self.on.get(target, ())

    def holding(self, target: str) -> tuple[Decided, ...]:
        """Those that hold, newest first: one a person."""
        return tuple(x for x in self.of(target) if x.holds)

    def last_of(self, person: str) -> Decided | None:
        """The person's newest decision that holds: what an undo takes back."""
        return next((x for x in self.all if x.by == person and x.holds), None)


def decisions(judgements: Sequence[Judgement], disputed: Iterable[str], words: Words) -> Decisions:
    """The judgements, told.

    Args:
        judgements: in the order in which the ledger learned of them.
        disputed: ids of records on which persons differ.
        words: labels.
    """
    gone: set[str] = set()
    for one in reversed(judgements):
        if one.decision == "withdraw" and one.id not in gone:
            gone.add(one.target)
    made = [j for j in judgements if j.decision != "withdraw" and j.id not in gone]
    newest = {(j.by, j.target_kind, j.target): j.id for j in made}
    told = [
        Decided(
            id=j.id,
            by=j.by,
            at=j.at,
            done=DONE[j.decision],
            told=tuple(_changes(j, words)),
            note=one_line(j.note, 500),
            target=j.target,
            kind=j.target_kind,
            address=_address(j),
            holds=newest.get((j.by, j.target_kind, j.target)) == j.id,
            withdrawn=j.id in gone,
        )
        for j in reversed(judgements)
    ]
    on: dict[str, list[Decided]] = {}
    for x in told:
        if x.kind != "judgement":
            on.setdefault(x.target, []).append(x)
    return Decisions(tuple(told), {k: tuple(v) for k, v in on.items()}, frozenset(disputed))


def _address(judgement: Judgement) -> str:
    if judgement.target_kind == "position":
        return addresses.position_page(judgement.target)
    if judgement.target_kind == "statement":
        return addresses.statement_page(judgement.target)
    if judgement.target_kind == "condition":
        return "/conditions"
    if judgement.target_kind == "actor":
        return addresses.address("/party", id=str(judgement.changes.get("into") or judgement.target))
    return ""


def _changes(judgement: Judgement, words: Words) -> Iterable[str]:
    if judgement.decision == "split":
        for n, part in enumerate(judgement.changes["parts"], 1):
            said = "; ".join(f"{field_label(k)}: {value_words(k, v, words)}" for k, v in part.items()) or "as it was"
            yield f"part {n}: {said}"
        return
    if judgement.decision == "merge":
        into = str(judgement.changes["into"])
        yield f"into {words.actor(into) if judgement.target_kind == 'actor' else into}"
        return
    for field, value in judgement.changes.items():
        yield f"{field_label(field)}: {value_words(field, value, words)}"


def field_label(field: str) -> str:
    """A field of a record, for people.

    Example:
        >>> field_label("said_on"), field_label("holder")
        ('said on', 'holder')
    """
    return {"object_span": "object", "self_declared": "own word"}.get(field, field.replace("_", " "))


def value_words(field: str, value: Any, words: Words) -> str:
    """A value of a record, for people."""
    if value is None:
        return "none"
    if field in {"holder", "performer"}:
        return words.actor(str(value))
    if field == "task":
        return words.task(str(value))
    if field == "stance":
        return words.stance(str(value))
    if field == "conditions":
        listed = [f"{words.condition(c['kind'])} (“{one_line(c['text'], 60)}”)" for c in value]
        return ", ".join(listed) or "none"
    if field == "chain":
        return " → ".join(one_line(str(x["name"]), 60) for x in value) or "none"
    if field == "quantity":
        return figure(value["low"], value["high"], value.get("unit")) or one_line(value["text"], 60)
    if isinstance(value, Mapping):
        if "text" in value:
            return f"“{one_line(str(value['text']), 120)}”"
        return one_line(", ".join(f"{k} {v}" for k, v in value.items()), 120)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(str(value), 120)

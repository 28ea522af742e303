"""Conditions that a person found to be one, shown as one.

In: the states of conditions, and judgements. Out: states, those merged under the one that stands. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from onrecord.model import Judgement
from onrecord.reconciliation import ConditionState

_TELLING = ("met", "disputed", "not_met", "unknown")
"""Of two conditions that are one, the state that tells more is the state of both."""


def merged_names(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Conditions merged into another: the old id, and the id that stands; the latest decision on each counts.

    Args:
        judgements: in the order in which the ledger learned of them, withdrawn ones and withdrawals too.
    """
    told = list(judgements)
    gone: set[str] = set()
    for one in reversed(told):
        if one.decision == "withdraw" and one.id not in gone:
            gone.add(one.target)
    into: dict[str, str] = {}
    for one in sorted(told, key=lambda j: j.at):
        if one.target_kind != "condition" or one.id in gone:
            continue
        into.pop(one.target, None)
        if one.decision == "merge":
            into[one.target] = str(one.changes["into"])
    return {name: _end(name, into) for name in into}


def _end(name: str, into: Mapping[str, str]) -> str:
    seen = {name}
    while (following := into.get(name)) is not None and following not in seen:
        seen.add(following)
        name = following
    return name


def merged(states: Sequence[ConditionState], names: Mapping[str, str]) -> tuple[ConditionState, ...]:
    """The states with those merged that a person found to be one.

    A condition merged into one that nothing hangs on as of the day stays under its own id.
    """
    there = {s.id for s in states}
    groups: dict[str, list[ConditionState]] = {}
    for state in states:
        target = names.get(state.id, state.id)
        groups.setdefault(target if target in there else state.id, []).append(state)
    made = [_one(name, held) for name, held in groups.items()]
    return tuple(sorted(made, key=lambda c: (-len(c.named_by), c.matter or "", c.kind, c.id)))


def _one(name: str, held: list[ConditionState]) -> ConditionState:
    lead = next((s for s in held if s.id == name), held[0])
    if len(held) == 1:
        return lead
    telling = min(held, key=lambda s: (_TELLING.index(s.status), s.id != name))
    return replace(
        lead,
        status=telling.status,
        since=telling.since,
        why=telling.why,
        named_by=_all(s.named_by for s in held),
        standings=_all(s.standings for s in held),
        positions=_all(s.positions for s in held),
        history=tuple(
            sorted(
                (change for s in held for change in s.history),
                key=lambda c: (c.date is None, c.date.middle.toordinal() if c.date else 0),
            )
        ),
    )


def _all(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))

"""The review queue: which positions a person should look at first.

In: an outlook and what people decided. Out: positions in order. Pure.

A position's place is (1 - confidence) x consequence: how likely it is wrong, times what hangs on it. Its consequence is
the share of its standing that it bears (its weight over all weights there), doubled where the story asks for the task,
and half as much again where the standing is contested: there one word more decides. What persons differ on comes
before everything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.desk.decisions import Decisions
from onrecord.desk.outlook import Outlook
from onrecord.desk.rows import Rows
from onrecord.model import Position, Standing

ASKED_FOR = 2.0
CONTESTED = 1.5
UNWEIGHED = 0.05
"""The consequence of a position that no standing of the day weighs: it is not lost, only last."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A position in the queue.

    Attributes:
        position: the position.
        priority: 0 to 3, the higher the sooner; 4 where persons differ.
        why: in a few words.
    """

    position: Position
    priority: float
    why: str


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which positions are asked for.

    Attributes:
        matter: of this matter alone; "" for all.
        party: of this holder alone; "" for all.
        whose: "nobody" what nobody has decided on, "me" what this person has not, "all" everything.
    """

    matter: str = ""
    party: str = ""
    whose: str = "nobody"


def queue(outlook: Outlook, rows: Rows, told: Decisions, asked: QueueFilter, person: str) -> tuple[Queued, ...]:
    """The positions to look at, first things first."""
    made = [
        _queued(outlook, told, p)
        for p in rows.position.values()
        if _fits(p, told, asked, person)
    ]
    return tuple(sorted(made, key=lambda q: (-q.priority, q.position.id)))


def _fits(position: Position, told: Decisions, asked: QueueFilter, person: str) -> bool:
    if asked.matter and (position.matter or "-") != asked.matter:
        return False
    if asked.party and position.holder != asked.party:
        return False
    holding = told.holding(position.id)
    if asked.whose == "all":
        return True
    if asked.whose == "me":
        return all(d.by != person for d in holding)
    disputed = position.id in told.disputed and all(d.by != person for d in holding)
    return not holding or disputed


def _queued(outlook: Outlook, told: Decisions, position: Position) -> Queued:
    if position.id in told.disputed:
        return Queued(position, 4.0, "two persons differ on it")
    standing = outlook.material.standing_of.get(position.undertaking)
    consequence, why = _consequence(outlook, position, standing)
    return Queued(position, (1.0 - position.confidence) * consequence, why)


def _consequence(outlook: Outlook, position: Position, standing: Standing | None) -> tuple[float, str]:
    if standing is None:
        return UNWEIGHED, "no standing of this day rests on it"
    weights = outlook.weights(standing)
    mine, total = weights.get(position.id, 0.0), sum(weights.values())
    share = max(mine / total if total else 0.0, UNWEIGHED)
    why = "a standing rests on it alone" if share > 0.99 else f"bears {share:.0%} of a standing"
    if standing.state == "contested":
        share, why = share * CONTESTED, f"{why}, which is contested"
    if position.task in outlook.asked_for and position.matter == (outlook.story.matter if outlook.story else None):
        share *= ASKED_FOR
    return share, why

"""What a change rests on: the passages that made it, and those that stood before.

In: what happened. Out: passages, the most telling first. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.model.records import Record
from onrecord.telling.changes import Happening
from onrecord.telling.decided import base
from onrecord.telling.desk import Desk
from onrecord.telling.evidence import MOST, best_first, contesting, passage_before, saying


def evidence_of(desk: Desk, one: Happening) -> list[Record]:
    """The passages that made it so, the most telling first; for what is gone, those it rested on."""
    if one.about == "condition":
        return _evidence_of_condition(desk, one)
    if one.about == "force":
        return _evidence_of_force(desk, one)
    standing = desk.standing(one.place)
    if standing is None:
        gone = passage_before((one.before or {}).get("lead"), desk.reports)
        return [gone] if gone else []
    known = (one.before or {}).get("positions", ())
    ids: Iterable[str] = saying(standing)
    if one.about == "state" and one.now == "contested":
        ids = contesting(standing)
    elif one.about == "conditions":
        then = {c["id"] for c in (one.before or {}).get("conditions", ())}
        new = [p for c in standing.conditions if (c.followed or c.kind) not in then for p in c.positions]
        ids = new or ids
    elif one.about == "figure":
        ids = [x for x in standing.supporting if x in desk.held and desk.held[x].quantity] or ids
    best = best_first(standing, ids, desk.held, desk.published, known)
    if one.about == "state" and one.now == "contested":
        best += best_first(standing, saying(standing), desk.held, desk.published)[:1]
    return desk.passages(best)


def _evidence_of_condition(desk: Desk, one: Happening) -> list[Record]:
    condition = desk.condition(one.state["id"])
    if condition is None:
        return []
    made = condition.history[-1].positions if condition.history else ()
    return desk.passages(made) or desk.passages(condition.positions)


def _evidence_of_force(desk: Desk, one: Happening) -> list[Record]:
    """The passages of the parties that count for most of the difference."""
    then, now = ((x or {}).get("parts", {}) for x in (one.before, one.after))
    moved = sorted({*then, *now}, key=lambda s: (-abs(now.get(s, 0) - then.get(s, 0)), s))
    ids: list[str] = []
    for place in moved[:MOST]:
        standing = desk.standing(place)
        if standing is not None and now.get(place, 0) != then.get(place, 0):
            ids += best_first(standing, saying(standing), desk.held, desk.published)[:1]
    return desk.passages(ids)


def evidence_before(desk: Desk, one: Happening, evidence: Sequence[Record]) -> list[Record]:
    """What was said before, or for a condition, who names it."""
    if one.about == "condition":
        condition = desk.condition(one.state["id"])
        found: list[Record | None] = [*desk.passages(condition.positions if condition else (), MOST + len(evidence))]
    elif one.about in {"stance", "figure"} and one.after is not None:
        found = [passage_before((one.before or {}).get("lead"), desk.reports)]
    else:
        found = []
    there = {(e["report"], e["start"], e["end"]) for e in evidence}
    return [x for x in found if x is not None and (x["report"], x["start"], x["end"]) not in there][:MOST]


def new_reports(desk: Desk, one: Happening, evidence: Sequence[Record]) -> list[str]:
    """Reports whose passages on it were not known before, oldest first."""
    known = {*(one.before or {}).get("positions", ())}
    judged = {base(j.target) for j in desk.decisions}
    standing = desk.standing(one.place)
    ids = one.state.get("positions", ()) if standing is not None else [e["position"] for e in evidence]
    fresh = {desk.held[x].report for x in ids if x in desk.held and x not in known and base(x) not in judged}
    return [name for name in desk.reports if name in fresh]

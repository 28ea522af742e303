"""Which decisions of people have a part in a change.

In: what happened, what people decided since it was last told. Out: judgements. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Judgement
from onrecord.model.records import Record
from onrecord.telling.changes import Happening
from onrecord.telling.desk import Desk


def decided(desk: Desk, one: Happening) -> list[Judgement]:
    """What people decided since on the positions, or the party, of what changed."""
    states = [x for x in (one.before, one.after) if x is not None]
    ids = {x for s in states for x in s.get("positions", ())}
    parties = {x for s in states for x in (s.get("holder"), s.get("performer")) if x}
    hanging: Iterable[str] = ()
    if one.about == "condition":
        condition = desk.condition(one.state["id"])
        if condition is not None:
            ids |= {*condition.positions, *(p for h in condition.history for p in h.positions)}
            hanging = condition.standings
    elif one.about == "force":
        hanging = (one.after or {}).get("parts", ())
    for place in hanging:
        standing = desk.standing(place)
        ids |= {r.position for r in standing.reasons} if standing else set()
    statements = {desk.held[x].statement for x in ids if x in desk.held}
    bases = {base(x) for x in ids}
    found = []
    for judgement in desk.decisions:
        meant = judgement
        while meant.target_kind == "judgement" and meant.target in desk.judged:
            meant = desk.judged[meant.target]
        into = meant.changes.get("into")
        if (
            (meant.target_kind == "position" and (base(meant.target) in bases or into in ids))
            or (meant.target_kind == "statement" and meant.target in statements)
            or (meant.target_kind == "actor" and ({meant.target, into} & parties))
        ):
            found.append(judgement)
    return found


def base(name: str) -> str:
    """The position that a part of it (``p3+2``) was split from."""
    whole, plus, part = name.rpartition("+")
    return whole if plus and part.isdigit() else name


def decision_record(judgement: Judgement) -> Record:
    """A decision as a message tells it."""
    return {
        "id": judgement.id,
        "by": judgement.by,
        "at": judgement.at.isoformat(),
        "decision": judgement.decision,
        "target": judgement.target,
        "note": judgement.note,
    }

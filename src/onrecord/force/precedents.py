"""Earlier forces beside this one, in stated terms: size, how full it was after a year, days, tasks, command.

In: what is required, the tasks, the matter. Out: rows of the table, those with most tasks in common first,
then those nearest in size. The matter itself is left out. There is no score: what differs is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from onrecord.force.assessment import Precedent
from onrecord.force.tables import Mission, missions, same_force


def precedents(target: float | None, tasks: Sequence[str], matter: str) -> tuple[Precedent, ...]:
    """All earlier forces of the table.

    Args:
        target: persons required, or None.
        tasks: what the force is for.
        matter: the matter's id.
    """
    rows = [_beside(m, target, tasks) for m in missions() if not same_force(m.name, matter)]
    return tuple(sorted(rows, key=lambda p: (-len(p.shared), _apart(p.size), p.mission.name)))


def _beside(mission: Mission, target: float | None, tasks: Sequence[str]) -> Precedent:
    here, there = dict.fromkeys(tasks), dict.fromkeys(mission.tasks)
    authorised = mission.authorised
    return Precedent(
        mission=mission,
        size=target / authorised if target and authorised else None,
        filled=mission.after_12 / authorised if mission.after_12 is not None and authorised else None,
        shared=tuple(t for t in here if t in there),
        only_here=tuple(t for t in here if t not in there),
        only_there=tuple(t for t in there if t not in here),
    )


def _apart(size: float | None) -> float:
    """How many times larger one is than the other, on a logarithmic scale; unknown comes last."""
    return abs(math.log(size)) if size else math.inf

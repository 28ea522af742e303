"""What is disputed, as the desk shows it: conflicts of some kind, of some party, a page at a time.

In: an :class:`onrecord.desk.outlook.Outlook` and what is asked for. Out: the brief's view of those conflicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.briefing.disputes import KINDS, disputes
from onrecord.briefing.material import References
from onrecord.briefing.view_answer import DisputeKind
from onrecord.desk.outlook import Outlook
from onrecord.errors import InputError
from onrecord.model import Conflict

MOST_SHOWN = 60
"""Conflicts on a page: each quotes two passages."""


@dataclass(frozen=True, slots=True)
class Disputes:
    """A page of conflicts.

    Attributes:
        kinds: those shown, by kind.
        counts: how many there are of each kind, with the kind's words.
        total: how many fit what is asked for.
        start: the place of the first that is shown.
        a_page: how many there are on a page.
        parties: id and name of the parties that are in a conflict.
    """

    kinds: tuple[DisputeKind, ...]
    counts: Mapping[str, tuple[str, int]]
    total: int
    start: int
    a_page: int
    parties: tuple[tuple[str, str], ...]


def disputes_view(outlook: Outlook, *, kind: str = "", party: str = "", start: int = 0) -> Disputes:
    """The conflicts as of the day, open ones first.

    Raises:
        InputError: there is no such kind.
    """
    if kind and kind not in KINDS:
        raise InputError(f"there is no kind of conflict {kind!r}", value=kind, hint=f"one of: {', '.join(KINDS)}")
    material = outlook.material
    everything = material.conflicts
    counted = Counter(c.kind for c in everything)
    order = list(KINDS)
    fitting = sorted(
        (c for c in everything if (not kind or c.kind == kind) and (not party or _of(c, party))),
        key=lambda c: order.index(c.kind),
    )
    shown = replace(material, conflicts=tuple(fitting[start : start + MOST_SHOWN]))
    names = {x for c in everything for x in (c.holder, c.performer) if x}
    return Disputes(
        kinds=disputes(shown, References(shown)),
        counts={k: (KINDS[k].names[counted[k] != 1], counted[k]) for k in KINDS if counted[k]},
        total=len(fitting),
        start=start,
        a_page=MOST_SHOWN,
        parties=tuple(sorted(((x, outlook.words.actor(x)) for x in names), key=lambda x: x[1])),
    )


def _of(conflict: Conflict, party: str) -> bool:
    return party in (conflict.holder, conflict.performer)

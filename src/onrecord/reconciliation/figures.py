"""Doubtful figures: a lost digit, the whole force's strength given to one party, numbers of one saying that
differ.

Comes in: the claims on one undertaking, and the strengths that reports give of the whole force. Goes out:
doubts, each with the claims that speak against the figure. A figure is doubted, never corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.settings import Settings

_SHARE = 0.75  # a party's own figure below this share of the whole force's is another figure
_SHOWN = 2  # so many of a party's own figures are held against the doubtful one

Fault = Literal["lost-digit", "whole-force", "differs"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is not believed.

    Attributes:
        claim: whose figure it is.
        against: the claims that speak against it, in order of time.
        fault: what seems to be wrong.
        reports: ids of reports that give the figure as the whole force's.
    """

    claim: Claim
    against: tuple[Claim, ...]
    fault: Fault
    reports: tuple[str, ...] = ()


def doubts(
    claims: Sequence[Claim], strengths: Mapping[float, Collection[str]], settings: Settings
) -> list[Doubt]:
    """The doubtful figures among the claims on one undertaking, in order of time.

    Args:
        claims: in order of time.
        strengths: figures given of the whole force of the matter, with the ids of the reports that give them.
        settings: thresholds.
    """
    having = [c for c in claims if _top(c) is not None]
    if not having:
        return []
    within = list(_within_one_saying(having, settings))
    wrong = {doubt.claim.id for doubt in within}
    return [*_whole([c for c in having if c.id not in wrong], strengths), *within]


def _top(claim: Claim) -> float | None:
    figure = claim.figure
    if figure is None:
        return None
    return figure[1] if figure[1] is not None else figure[0]


def _bottom(claim: Claim) -> float | None:
    figure = claim.figure
    return None if figure is None else figure[0]


def _whole(having: Sequence[Claim], strengths: Mapping[float, Collection[str]]) -> Iterator[Doubt]:
    for claim in having:
        top = _top(claim)
        if top is None or top not in strengths:
            continue
        smaller = [c for c in having if c is not claim and (_top(c) or 0) < _SHARE * top]
        own = [c for c in smaller if c.own] or smaller
        latest = {c.origin: c for c in own if not c.background}
        yield Doubt(claim, tuple(latest.values())[-_SHOWN:], "whole-force", tuple(sorted(strengths[top])))


def _within_one_saying(having: Sequence[Claim], settings: Settings) -> Iterator[Doubt]:
    by_origin: dict[str, list[Claim]] = {}
    for claim in having:
        by_origin.setdefault(claim.origin, []).append(claim)
    for group in by_origin.values():
        values = {_top(c) for c in group}
        if len(values) < 2:
            continue
        for claim in group:
            others = [c for c in group if _differ(claim, c)]
            lost = [c for c in others if _tenfold(claim, c, settings)]
            if lost and _outnumbered(claim, lost, having, settings):
                yield Doubt(claim, tuple(lost), "lost-digit")
            elif others and not lost and len(others) > len(group) - len(others):
                yield Doubt(claim, tuple(others), "differs")


def _differ(a: Claim, b: Claim) -> bool:
    """Whether two figures of one saying cannot both hold: neither reaches into the other."""
    low_a, high_a, low_b, high_b = _bottom(a), _top(a), _bottom(b), _top(b)
    if high_a is None or high_b is None or a.position.quantity is None or b.position.quantity is None:
        return False
    if (a.position.quantity.unit == "USD") != (b.position.quantity.unit == "USD"):
        return False
    return (low_a if low_a is not None else high_a) > high_b or (
        low_b if low_b is not None else high_b
    ) > high_a


def _tenfold(a: Claim, b: Claim, settings: Settings) -> bool:
    x, y = _top(a), _top(b)
    if not x or not y:
        return False
    ratio = max(x, y) / min(x, y)
    return any(abs(ratio / power - 1) <= settings.tenfold for power in (10, 100))


def _outnumbered(claim: Claim, lost: Sequence[Claim], having: Sequence[Claim], settings: Settings) -> bool:
    """Whether more claims on the undertaking bear out the other figure; where equal, the smaller one lost a
    digit.
    """
    mine = sum(1 for c in having if _top(c) == _top(claim))
    theirs = sum(1 for c in having if _top(c) == _top(lost[0]))
    if mine != theirs:
        return mine < theirs
    return (_top(claim) or 0) < (_top(lost[0]) or 0)

"""Conflicts that only show across undertakings: circular reporting and a remark given to the wrong party.

Comes in: claims by undertaking, origins of reports. Goes out: `Conflict`, and for a misheard remark a signal
that the reports share an origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.model import Conflict, Origin, Report
from onrecord.reconciliation.claims import WEAK, Claim, Range
from onrecord.reconciliation.conflicts import conflict
from onrecord.reconciliation.origins import Kind, Signal
from onrecord.reconciliation.sentences import Words, listed
from onrecord.reconciliation.when import gap, known, words

_SHARED_LINES = 2  # so many lines (task and stance) must agree before a remark counts as the same one


HANDED_ON: frozenset[Kind] = frozenset({"text", "cites", "description", "figure"})
"""Signals by which one report has its news from another. Two papers at one briefing share an origin and are
not circular."""


def circular(
    origin: Origin, claims: Sequence[Claim], reports: Mapping[str, Report], told: Words
) -> Conflict | None:
    """Several outlets that hand on one origin; None where it is one outlet, or no claim is shared.

    Args:
        origin: a group of reports.
        claims: of its reports.
        reports: by id.
        told: sentences.
    """
    outlets = [reports[r].outlet or "an outlet that is not named" for r in origin.reports if r in reports]
    if len(set(outlets)) < 2:
        return None
    by_origin: dict[str, list[Claim]] = {}
    for claim in claims:
        if not claim.background:
            by_origin.setdefault(claim.origin, []).append(claim)
    shared = [group for group in by_origin.values() if len({c.position.report for c in group}) > 1]
    if not shared:
        return None
    most = max(
        shared,
        key=lambda g: (
            len({c.position.report for c in g}),
            g[0].stance not in WEAK,
            -g[0].position.evidence.start,
            g[0].id,
        ),
    )
    why = (
        f"{told.subject(most[0])}: {listed(outlets)} tell of one origin ({origin.name}); "
        f"{len(origin.reports)} reports count as one source."
    )
    return conflict("circular", most, why, most[0])


Key = tuple[str, str, str, Range]
"""Matter, task, stance and figure of a remark."""


class Remarks:
    """Looks for one remark that outlets give to different parties.

    Lines with the same task, stance and figure, said within a day of each other, of which two or more agree
    between two reports, are one remark. The party that only one report hears, against two others or the
    party's own word, is the doubtful one.
    """

    def __init__(self) -> None:
        self._with_figure: dict[Key, dict[str, Claim]] = {}
        self._lines: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._keys_of: dict[str, set[Key]] = {}
        self._stale: set[Key] = set()

    def add(self, claims: Iterable[Claim]) -> None:
        """Take claims into account, in place of what was known of them."""
        for claim in claims:
            position = claim.position
            if claim.stance in WEAK or position.holder != position.performer:
                continue
            line = (position.task, claim.stance)
            lines = self._lines.setdefault((position.report, position.holder), set())
            if line not in lines:
                lines.add(line)
                self._stale |= self._keys_of.get(position.report, set())
            if claim.figure is not None:
                key = (position.matter or "", *line, claim.figure)
                self._with_figure.setdefault(key, {})[claim.id] = claim
                self._keys_of.setdefault(position.report, set()).add(key)
                self._stale.add(key)

    def news(self, told: Words) -> Iterator[tuple[Key, list[tuple[Conflict, list[Signal]]]]]:
        """What the claims added since the last call come to: for each key touched, its doubtful remarks,
        with signals.

        A remark is a conflict between the reports and a signal that they share an origin.
        """
        for key in sorted(self._stale, key=str):
            claims = [c for _, c in sorted(self._with_figure[key].items()) if not c.background]
            several = len({c.position.holder for c in claims}) > 1
            yield key, list(self._among(claims, told)) if several else []
        self._stale.clear()

    def _among(self, claims: Sequence[Claim], told: Words) -> Iterator[tuple[Conflict, list[Signal]]]:
        for claim in claims:
            others = [c for c in claims if self._same_remark(claim, c)]
            if not others or not self._doubtful(claim, others, claims):
                continue
            why = (
                f"{told.outlet(claim)} ({words(claim.told)}) gives to "
                f"{told.actor(claim.position.holder)} what "
                f"{told.outlets(others)} {'has' if len(others) == 1 else 'have'} "
                f"{listed(told.actor(c.position.holder) for c in others)} say {words(others[0].when)}: "
                f"the same offer and the same figure."
            )
            signals = [Signal(_pair(claim, other), "remark", (claim.id, other.id), False) for other in others]
            yield conflict("attribution", (claim, *others), why, claim), signals

    def _same_remark(self, a: Claim, b: Claim) -> bool:
        here, there = (a.position.report, a.position.holder), (b.position.report, b.position.holder)
        if here[0] == there[0] or here[1] == there[1] or not known(a.when) or not known(b.when):
            return False
        if gap(a.when, b.when) > 1:
            return False
        return len(self._lines[here] & self._lines[there]) >= _SHARED_LINES

    @staticmethod
    def _doubtful(claim: Claim, others: Sequence[Claim], claims: Sequence[Claim]) -> bool:
        """Whether this one is the odd one out: fewer reports hear its party than hear the other."""
        mine = {c.position.report for c in claims if c.position.holder == claim.position.holder}
        theirs = {c.position.holder for c in others}
        hear_them = {c.position.report for c in claims if c.position.holder in theirs}
        if len(mine) != len(hear_them):
            return len(mine) < len(hear_them)
        return not claim.own and any(c.own for c in others)


def _pair(a: Claim, b: Claim) -> tuple[str, str]:
    one, other = a.position.report, b.position.report
    return (one, other) if one < other else (other, one)

"""Which reports share an origin: the signals between reports added up, and the groups that come of it.

Comes in: signals from every undertaking, the reports, which claim each report leads with. Goes out: `Origin`
for every group of two or more. Two reports share an origin where they lead with, or mostly consist of, claims
of one origin (2 points); one origin that is a side matter for either gives 1, as does each sign between
claims of which that is not certain; `Settings.pair_score` points are enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Origin, Report
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.origins import Kind, Signal
from onrecord.reconciliation.sentences import Words, listed
from onrecord.reconciliation.union import Groups
from onrecord.reconciliation.when import UNKNOWN, bounds, middle

_WHY: Mapping[Kind, str] = {
    "text": "the same text",
    "cites": "they cite one outlet for the same",
    "speaker": "the same speaker on the same day",
    "description": "the same unnamed speakers with the same figure",
    "figure": "the same figure at second hand in the same week",
    "quote": "the same quoted words",
    "conditions": "the same conditions at the same time",
    "remark": "the same remark, heard of two parties",
    "names": "the same persons in the text",
    "figures": "the same figures in the text",
    "range": "the same range of figures in the same week",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a report is made of.

    Attributes:
        leads: ids of the positions that it begins with.
        size: number of its positions.
    """

    leads: frozenset[str]
    size: int


def pair_score(
    pair: tuple[str, str], signals: Iterable[Signal], shapes: Mapping[str, Shape], claims: Mapping[str, Claim]
) -> int:
    """Points for a pair of reports.

    Args:
        pair: the two reports.
        signals: between them.
        shapes: by report.
        claims: by id, with origins.
    """
    here: set[str] = set()
    there: set[str] = set()
    signs, sure = 0, 0
    for signal in signals:
        if signal.kind in ("text", "remark") or (signal.certain and not signal.claims):
            sure = 2
        if not signal.claims:
            signs += not signal.certain
            continue
        one, other = (claims[name] for name in signal.claims)
        if signal.certain:
            # A report that tells a claim only to deny it, or as past, does not rest on that claim's origin.
            if not (one.background or other.background):
                here.add((one if one.position.report == pair[0] else other).id)
                there.add((other if one.position.report == pair[0] else one).id)
        elif one.origin != other.origin:
            signs += 1
    if here:
        sure = max(sure, 2 if _main(here, shapes[pair[0]]) and _main(there, shapes[pair[1]]) else 1)
    return sure + signs


def _main(shared: set[str], shape: Shape) -> bool:
    return bool(shared & shape.leads) or 2 * len(shared) >= shape.size


class OriginBook:
    """Keeps the groups of reports that share an origin as signals come and go.

    Args:
        threshold: points from which two reports share an origin.
    """

    def __init__(self, threshold: int) -> None:
        self._threshold = threshold
        self._pairs: dict[tuple[str, str], dict[object, list[Signal]]] = {}
        # The pairs of each report, so that one more report does not cost a look at all that were there before.
        self._with: dict[str, set[tuple[str, str]]] = {}
        self._of_source: dict[object, list[Signal]] = {}
        self._doubtful: set[tuple[str, str]] = set()
        self._together: set[tuple[str, str]] = set()
        self.touched: set[str] = set()

    def replace(self, source: object, signals: list[Signal]) -> None:
        """Put signals in place of those that the same source (an undertaking, a remark) gave before."""
        for signal in self._of_source.pop(source, ()):
            self._doubtful.add(signal.reports)
            self._pairs[signal.reports].pop(source, None)
        for signal in signals:
            self._doubtful.add(signal.reports)
            if signal.reports not in self._pairs:
                self._pairs[signal.reports] = {}
                for report in signal.reports:
                    self._with.setdefault(report, set()).add(signal.reports)
            self._pairs[signal.reports].setdefault(source, []).append(signal)
        if signals:
            self._of_source[source] = signals

    def add(self, source: object, signal: Signal) -> None:
        """Take one more signal of a source in."""
        self.replace(source, [*self._of_source.get(source, ()), signal])

    def recheck(self, report: str) -> None:
        """Count the points of a report's pairs again: it turned out to be made of more than was known."""
        self._doubtful |= self._with.get(report, set())

    def groups(self, shapes: Mapping[str, Shape], claims: Mapping[str, Claim]) -> list[list[str]]:
        """The groups of two or more reports, members in order of the alphabet."""
        for pair in self._doubtful:
            signals = [s for found in self._pairs.get(pair, {}).values() for s in found]
            if signals and pair_score(pair, signals, shapes, claims) >= self._threshold:
                self._together.add(pair)
            else:
                self._together.discard(pair)
            self.touched |= set(pair)
        self._doubtful.clear()
        joined = Groups[str]()
        for one, other in self._together:
            joined.join(one, other)
        return joined.groups(sorted({report for pair in self._together for report in pair}))

    def between(self, members: Sequence[str]) -> list[Signal]:
        """The signals between the members of a group that share an origin pair by pair, in a fixed order."""
        found = []
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                if (one, other) in self._together:
                    found += [s for signals in self._pairs[(one, other)].values() for s in signals]
        return sorted(found, key=lambda s: (s.reports, s.kind, s.claims))


def origin_of(
    members: Sequence[str],
    reports: Mapping[str, Report],
    signals: Sequence[Signal],
    claims: Mapping[str, Claim],
    told: Words,
) -> Origin:
    """The origin of a group, named after the outlet or speaker that it goes back to.

    Args:
        members: ids of its reports.
        reports: all reports.
        signals: those between its members.
        claims: by id.
        told: sentences.
    """
    told_on = {r: bounds(reports[r].published) if r in reports else UNKNOWN for r in members}
    ordered = sorted(members, key=lambda r: (middle(told_on[r]), told_on[r][1], r))
    shared = [claims[name] for signal in signals for name in signal.claims]
    shared.sort(key=lambda c: (middle(c.when), middle(c.told), c.id))
    kinds = listed(_WHY[k] for k in sorted({s.kind for s in signals}, key=list(_WHY).index))
    name = _name(shared, told) if shared else "a saying that no position gives"
    digest = hashlib.sha256("|".join(sorted(members)).encode("utf-8", "replace")).hexdigest()[:10]
    return Origin(id=f"o{digest}", name=name, reports=tuple(ordered), why=f"{kinds[:1].upper()}{kinds[1:]}.")


def _name(shared: Sequence[Claim], told: Words) -> str:
    cited: dict[str, int] = {}
    for claim in shared:
        for link in claim.position.chain:
            if link.kind == "outlet":
                cited[link.name] = cited.get(link.name, 0) + 1
    most = max(cited, key=lambda n: (cited[n], n)) if cited else None
    voices = [link.name for link in shared[0].position.chain if link.kind not in ("outlet", "document")]
    if voices and most and cited[most] > 1:
        return f"{voices[0]}, through {most}"
    return voices[0] if voices else most or told.speaker(shared[0])

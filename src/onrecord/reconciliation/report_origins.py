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
from onrecord.reconciliation.when import bounds, middle

_WHY: Mapping[Kind, str] = {
    "text": "the same text",
    "cites": "they cite one outlet for the same",
    "speaker": "the same speaker on the same day",
    "description": "the same unnamed speakers with the same figure",
    "figure": "the same figure at second hand in the same week",
    "quote": "the same quoted words",
    "conditions": "the same conditions at the same time",
    "remark": "the same remark, heard of two parties",
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


def pair_scores(
    signals: Iterable[Signal], shapes: Mapping[str, Shape], claims: Mapping[str, Claim]
) -> dict[tuple[str, str], int]:
    """Points for each pair of reports.

    Args:
        signals: of all undertakings.
        shapes: by report.
        claims: by id, with origins.
    """
    certain: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    kinds: dict[tuple[str, str], set[Kind]] = {}
    signs: dict[tuple[str, str], int] = {}
    for signal in signals:
        kinds.setdefault(signal.reports, set()).add(signal.kind)
        if not signal.certain and claims[signal.claims[0]].origin != claims[signal.claims[1]].origin:
            signs[signal.reports] = signs.get(signal.reports, 0) + 1
        if signal.certain and not any(claims[name].background for name in signal.claims):
            # A report that tells a claim only to deny it, or as past, does not rest on that claim's origin.
            here, there = certain.setdefault(signal.reports, (set(), set()))
            one, other = (claims[name] for name in signal.claims)
            if one.position.report != signal.reports[0]:
                one, other = other, one
            here.add(one.id)
            there.add(other.id)
    scores = {}
    for pair, found in kinds.items():
        here, there = certain.get(pair, (set(), set()))
        main = bool(here) and _main(here, shapes[pair[0]]) and _main(there, shapes[pair[1]])
        sure = 2 if main or found & {"text", "remark"} else 1 if here else 0
        scores[pair] = sure + signs.get(pair, 0)
    return scores


def _main(shared: set[str], shape: Shape) -> bool:
    return bool(shared & shape.leads) or 2 * len(shared) >= shape.size


def report_groups(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Reports joined by pairs that share an origin."""
    groups = Groups[str]()
    members = set()
    for one, other in pairs:
        groups.join(one, other)
        members |= {one, other}
    return groups.groups(sorted(members))


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
    ordered = sorted(
        members, key=lambda r: (middle(bounds(reports[r].published)), bounds(reports[r].published)[1], r)
    )
    shared = [claims[name] for signal in signals for name in signal.claims]
    shared.sort(key=lambda c: (middle(c.when), middle(c.told), c.id))
    kinds = listed(_WHY[k] for k in sorted({s.kind for s in signals}, key=list(_WHY).index))
    name = _name(shared, told) if shared else (reports[ordered[0]].outlet or ordered[0])
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

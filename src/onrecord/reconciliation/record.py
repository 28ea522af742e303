"""An outlet's record in this ledger: how often what it printed looks doubtful.

Comes in: claims, and which of them are doubtful. Goes out: the outlets whose record counts against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.settings import Settings


def doubted_outlets(
    claims: Mapping[str, Claim], doubtful: Iterable[str], settings: Settings
) -> frozenset[str]:
    """The outlets of which `Settings.outlet_errors` of the claims, or more, are doubtful.

    A doubtful figure and a remark given to the wrong party count; that a holder later changed its mind does
    not. Outlets with fewer than `Settings.outlet_claims` claims have no record yet.

    Args:
        claims: all, by id.
        doubtful: ids of the doubtful ones.
        settings: thresholds.
    """
    faults: dict[str, int] = {}
    for name in set(doubtful):
        outlet = claims[name].outlet
        if outlet:
            faults[outlet] = faults.get(outlet, 0) + 1
    if not faults:
        return frozenset()
    printed = dict.fromkeys(faults, 0)
    for claim in claims.values():
        if claim.outlet in printed:
            printed[claim.outlet] += 1
    return frozenset(
        outlet
        for outlet, count in faults.items()
        if printed[outlet] >= settings.outlet_claims and count >= settings.outlet_errors * printed[outlet]
    )

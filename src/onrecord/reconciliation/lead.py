"""The word that stands, and the words that stood before it: one walk through the claims in order of time.

Comes in: the claims on one undertaking. Goes out: the stretches of its history, the last of which stands; and
the claims that contest it. The walk sees the same claims in the same order however they were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import WEAK, Claim
from onrecord.reconciliation.comparing import DEEDS, PUBLIC_ACTS, contradicts, outranks, supersedes
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.when import Bounds, apart, before, known, middle


@dataclass(slots=True)
class Stretch:
    """A stretch of one stance.

    Attributes:
        first: the claim with which it began.
        last: the latest claim that carries it.
        claims: all claims that carry it, in order of time.
    """

    first: Claim
    last: Claim
    claims: list[Claim] = field(default_factory=list)


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Claims in order of time; those that are told as past come first, then those without any date."""
    return sorted(claims, key=_place)


def _place(claim: Claim) -> tuple[float, int, int, int, float, str]:
    when = -2.0 if claim.background else middle(claim.when)
    return (when, claim.when[1], claim.authority, claim.rank, middle(claim.told), claim.id)


def history(claims: Sequence[Claim], settings: Settings) -> list[Stretch]:
    """The stretches, oldest first; the last one's `last` is the word that stands. Empty for no claims.

    Args:
        claims: in order (see `in_order`).
        settings: thresholds.
    """
    words = [claim for claim in claims if claim.stance not in WEAK and not claim.repeats]
    out = outvoted(words)
    if out:
        words = [claim for claim in words if claim.id not in out]
    if not words:
        words = [claim for claim in claims if claim.stance not in WEAK] or _weak(claims)
    stretches: list[Stretch] = []
    for claim in words:
        if not stretches:
            stretches.append(Stretch(claim, claim, [claim]))
            continue
        now = stretches[-1]
        if _takes_over(claim, now.last, settings):
            if claim.stance == now.last.stance and claim.own == now.last.own:
                now.last = claim
                now.claims.append(claim)
            else:
                stretches.append(Stretch(claim, claim, [claim]))
        elif claim.stance == now.last.stance:
            now.claims.append(claim)
    return stretches


def outvoted(claims: Sequence[Claim]) -> frozenset[str]:
    """Ids of claims that print one saying otherwise than most outlets that have it do.

    One saying: the same origin and the same time, told by one speaker. A stance is outvoted where another
    of the same saying is printed by at least twice as many outlets.
    """
    sayings: dict[tuple[str, Bounds, str], dict[str, list[Claim]]] = {}
    for claim in claims:
        if claim.speaker and not claim.background:
            stances = sayings.setdefault((claim.origin, claim.when, claim.speaker), {})
            stances.setdefault(claim.stance, []).append(claim)
    lost: set[str] = set()
    for stances in sayings.values():
        if len(stances) > 1:
            votes = {s: len({c.outlet or c.position.report for c in found}) for s, found in stances.items()}
            most = max(votes.values())
            lost |= {c.id for s, found in stances.items() if 2 * votes[s] <= most for c in found}
    return frozenset(lost)


def _weak(claims: Sequence[Claim]) -> list[Claim]:
    """Where nobody has a word of substance: being named is more than not answering."""
    return [c for c in claims if c.stance == "named"] or list(claims)


def _takes_over(claim: Claim, lead: Claim, settings: Settings) -> bool:
    """Whether the next claim in order of time stands in place of the one that stood."""
    if claim.own and not lead.own:
        return True
    if lead.own and not claim.own:
        return _fulfils(claim, lead)
    if lead.own:
        at_once = not before(lead.when, claim.when)
        if at_once and claim.stance == "denied" and lead.stance != "denied":
            return (
                False  # it says where it stands and denies a report in one breath: the former is its stance
            )
        if at_once and lead.stance == "denied" and claim.authority >= lead.authority - 1:
            return True
        if at_once and lead.when == claim.when and _firm(lead) and not _firm(claim):
            return False  # "no soldiers without a mandate" and "we are in the talks", said on one day
    return outranks(claim, lead, settings)


def _firm(claim: Claim) -> bool:
    return claim.polarity in ("for", "against") and claim.stance != "denied"


def _fulfils(deed: Claim, word: Claim) -> bool:
    """Whether others report as done, or a narrator as promised in public, what the holder had offered or was
    weighing.
    """
    seen = deed.stance in DEEDS or (deed.stance in PUBLIC_ACTS and deed.authority == Authority.OUTLET)
    return (
        seen
        and not deed.background
        and word.polarity in ("for", "leaning")
        and deed.rank > word.rank
        and before(word.when, deed.when)
    )


def contesting(lead: Claim, claims: Sequence[Claim], as_of: int, settings: Settings) -> list[Claim]:
    """The claims that keep the word that stands from being settled.

    Args:
        lead: the word that stands.
        claims: all claims on the undertaking.
        as_of: the day as an ordinal.
        settings: thresholds.
    """
    return [claim for claim in claims if _contests(claim, lead, claims, as_of, settings)]


def _contests(claim: Claim, lead: Claim, claims: Sequence[Claim], as_of: int, settings: Settings) -> bool:
    if claim is lead or claim.background or claim.repeats or claim.stance in WEAK:
        return False
    if not known(claim.when) or claim.when[1] < as_of - settings.stale_days:
        return False
    if claim.own or not lead.own:
        if not contradicts(lead, claim):
            return False
        return not (
            supersedes(lead, claim, settings) if claim.own == lead.own else before(claim.when, lead.when)
        )
    current = [lead, *(c for c in claims if _still_said(c, lead))]
    against = [word for word in current if contradicts(word, claim)]
    return bool(against) and not any(_answers(word, claim, settings) for word in current)


def _still_said(claim: Claim, lead: Claim) -> bool:
    """Whether an own word stands beside the one that leads: it is not older, or it denies a report."""
    if claim is lead or not claim.own or claim.background or claim.stance in WEAK:
        return False
    return claim.stance == "denied" or not before(claim.when, lead.when)


def _answers(word: Claim, claim: Claim, settings: Settings) -> bool:
    """Whether an own word settles what others claim: later, and a yes, a no or a denial.

    "We are weighing it" does not answer "they have volunteered" of the same days; it outlasts it.
    """
    if not before(claim.when, word.when):
        return False
    return word.polarity in ("for", "against") or apart(word.when, claim.when) > settings.same_time_days

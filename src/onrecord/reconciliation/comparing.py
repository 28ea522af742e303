"""What can stand beside what: substance, contradiction, superseding.

Comes in: two claims on one undertaking. Goes out: yes or no. The rules are those of the design ("superseding
is narrow") and of the contract ("not unless C" and "ready if C" say the same in substance).
"""

from __future__ import annotations

from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.when import apart, before

DEEDS = frozenset({"deployed", "deploying"})
"""Stances that are seen rather than said: whoever is there may report them."""

PUBLIC_ACTS = frozenset({"pledged"})
"""Stances that are public acts of the holder by their meaning: a narrator who was there may report them."""

_COMMITTED = frozenset({"agreed", "pledged", "deploying", "deployed"})


def agree_in_substance(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same in substance: one polarity, or "not unless C" beside "if C".

    Conditions agree where both name one of the same kind.
    """
    if a.polarity == b.polarity:
        return True
    if {a.polarity, b.polarity} != {"for", "against"} or "denied" in (a.stance, b.stance):
        return False
    kinds = {condition.kind for condition in a.position.conditions}
    return any(condition.kind in kinds for condition in b.position.conditions)


def contradicts(a: Claim, b: Claim) -> bool:
    """Whether two claims cannot both be so, if they are said of the same time.

    A denial speaks to what others claim, never to the holder's own words beside it. "Neither yes nor no" does
    not fit with another's report that the holder has put itself forward; "we are considering it" does not fit
    with a report that it has agreed. A name on somebody's list contradicts nothing.
    """
    one, other = (a, b) if a.rank <= b.rank else (b, a)  # `one` is further towards no
    if one.stance == "denied":
        return not other.own and other.polarity in ("for", "leaning")
    if one.polarity == "against":
        if other.polarity == "leaning":
            return (
                not one.position.conditions
            )  # "not without a mandate" goes with "we are in the talks about it"
        return other.polarity == "for" and not agree_in_substance(one, other)
    if one.own == other.own or not one.own:
        return False
    if one.stance == "undecided":
        return other.polarity == "for"
    return one.polarity == "leaning" and other.stance in _COMMITTED


def outranks(later: Claim, earlier: Claim, settings: Settings) -> bool:
    """Whether a speaker stands high enough to replace an earlier word of the same side (own or others').

    At least the same authority; or one rung less when more than `same_time_days` have gone by, since a
    ministry's unnamed official who speaks a month after its spokesperson tells where the ministry has got to,
    and one who speaks the day after contradicts. Two rungs less never do: a leak does not repeal a vote.
    """
    if later.authority >= earlier.authority:
        return True
    within_reach = earlier.authority - later.authority == 1 and earlier.authority < Authority.DECIDED
    return within_reach and apart(later.when, earlier.when) > settings.same_time_days


def supersedes(later: Claim, earlier: Claim, settings: Settings) -> bool:
    """Whether a claim replaces another: certainly later, and of at least the same authority."""
    return before(earlier.when, later.when) and outranks(later, earlier, settings)

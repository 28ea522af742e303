"""Why each position counts as it does in a standing: one rule, one weight, one sentence.

Comes in: the claims of an undertaking and the word that stands. Goes out: `Reason` for every claim. Names of
rules are those of the table in `docs/reconciliation.md`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from onrecord.model import Reason
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.chances import noise
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.comparing import DEEDS, agree_in_substance, supersedes
from onrecord.reconciliation.sentences import Words, own_or_not
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.when import before, middle

HALF_LIFE_DAYS = 180.0
"""After so many days a supporting word weighs half: it is for choosing what to show, not for the
probability."""


def reasons_of(
    lead: Claim, claims: Sequence[Claim], against: Set[str], as_of: int, settings: Settings, words: Words
) -> tuple[Reason, ...]:
    """A reason for every claim, in the order in which they are given.

    Args:
        lead: the word that stands.
        claims: all claims on the undertaking.
        against: ids of the claims that contest it.
        as_of: the day as an ordinal.
        settings: thresholds.
        words: sentences.
    """
    by_id = {claim.id: claim for claim in claims}  # an origin has the name of the claim that told it first
    out = []
    for claim in claims:
        origin = by_id[claim.origin]
        rule, weight, why = _reason(claim, lead, origin, claim.id in against, settings, words)
        if weight:
            age = max(0.0, as_of - max(middle(claim.when), 0.0)) if claim.when[0] else HALF_LIFE_DAYS
            weight *= (1 - noise(claim)) * 0.5 ** (age / HALF_LIFE_DAYS)
        out.append(Reason(claim.id, round(weight, 3), rule, why))
    return tuple(out)


def _reason(
    claim: Claim, lead: Claim, origin: Claim, contests: bool, settings: Settings, words: Words
) -> tuple[str, float, str]:
    said = words.saying(claim)
    if claim is lead:
        return _of_lead(claim, said, words)
    if claim.stance == "no_comment":
        return "no-comment", 0.0, f"{said}; silence is no stance"
    if claim.stance == "named":
        return "named", 0.0, f"{said}; a name on others' lists is no word of the holder"
    if claim.background:
        return "background", 0.0, f"{said}; its own report tells it as past, beside a newer word"
    if claim.repeats:
        return "repeat", 0.0, f"{said}; it tells again what was on record before"
    if origin is not claim and origin.position.report != claim.position.report:
        weight = 0.5 if agree_in_substance(claim, lead) else 0.0
        return "one-origin", weight, f"{said}; the same origin as {words.speaker(origin)}, counted once"
    if contests:
        return (
            "contests",
            1.0,
            f"{said}; it cannot stand beside the word that stands, and nothing later settles it",
        )
    if agree_in_substance(claim, lead):
        return "supports", 1.0, f"{said}; {own_or_not(claim)}, in the same sense"
    if not claim.own and lead.own:
        if before(claim.when, lead.when):
            return "superseded", 0.0, f"{said}; {own_or_not(claim)}, and the holder has spoken since"
        return "outranked", 0.0, f"{said}; {own_or_not(claim)} does not replace the holder's own word"
    if supersedes(lead, claim, settings):
        return "superseded", 0.0, f"{said}; a later word of at least its authority stands"
    return "outranked", 0.0, f"{said}; a word of more authority stands"


def _of_lead(claim: Claim, said: str, words: Words) -> tuple[str, float, str]:
    if claim.stance in ("named", "no_comment"):
        return (
            "unspoken",
            0.0,
            f"{said}; nobody reports a word of {words.actor(claim.position.holder)} itself",
        )
    if not claim.own and claim.stance in DEEDS:
        return "deed", 1.0, f"{said}; a deed that was seen"
    if claim.authority == Authority.DECIDED:
        return "latest-word", 1.0, f"{said}; the latest word, by a head or a deciding body of the holder"
    if claim.own:
        return "latest-word", 1.0, f"{said}; the latest word with authority"
    return "others-say", 1.0, f"{said}; {own_or_not(claim)}, the holder itself has not spoken"

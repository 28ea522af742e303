"""One undertaking: from its claims to its standing.

Comes in: claims on one undertaking, and the day. Goes out: `Weighed`: the standing and what the conflicts are
found from.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from onrecord.model import DateRange, HistoryEntry, Standing, State
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.chances import Chances, chance_of, chances
from onrecord.reconciliation.claims import WEAK, Claim
from onrecord.reconciliation.comparing import agree_in_substance, contradicts
from onrecord.reconciliation.grades import Grader
from onrecord.reconciliation.lead import Stretch, contesting, history
from onrecord.reconciliation.likelihood import likelihood
from onrecord.reconciliation.reasons import reasons_of
from onrecord.reconciliation.sentences import Words
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.terms import conditions_of, figure_of
from onrecord.reconciliation.when import as_range, known, middle


@dataclass(frozen=True, slots=True)
class Weighed:
    """An undertaking, weighed.

    Attributes:
        claims: in order of time.
        stretches: its history.
        lead: the word that stands.
        contests: the claims that contest it.
        supporting: the claims that say the same in substance.
        standing: the result.
        levels: the chance of each level of the ladder.
    """

    claims: Sequence[Claim]
    stretches: Sequence[Stretch]
    lead: Claim
    contests: Sequence[Claim]
    supporting: Sequence[Claim]
    standing: Standing
    levels: Chances


def weigh(
    claims: Sequence[Claim],
    as_of: date,
    settings: Settings,
    grader: Grader,
    words: Words,
    doubtful: Set[str] = frozenset(),
) -> Weighed:
    """Weigh the claims on one undertaking.

    Args:
        claims: at least one, in order (see `lead.in_order`), with origins and background marked.
        as_of: the day it is told for.
        settings: thresholds.
        grader: grades of outlets.
        words: sentences.
        doubtful: ids of claims whose figure is not believed.
    """
    today = as_of.toordinal()
    stretches = history(claims, settings)
    now = stretches[-1]
    lead = now.last
    contests = contesting(lead, claims, today, settings)
    supporting = [c for c in claims if _supports(c, lead)]
    standing_claims = _carrying(now, supporting)
    origins = independent(supporting)
    state = _state(lead, supporting, contests, today, settings)
    levels = chances(claims, today, settings, lead if lead.stance not in WEAK else None)
    probability = round(chance_of(levels, lead.polarity), 3) if lead.stance not in WEAK else None
    figure = figure_of(standing_claims, doubtful)
    position = lead.position
    standing = Standing(
        holder=position.holder,
        performer=position.performer,
        task=position.task,
        matter=position.matter,
        as_of=as_of,
        stance=lead.stance,
        polarity=lead.polarity,
        probability=probability,
        state=state,
        # What others tie a mere name to is no condition of the holder.
        conditions=() if lead.stance in WEAK else conditions_of(standing_claims),
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        unit=figure.unit if figure else None,
        since=_range(now.first),
        last=_last(supporting, today),
        independent_sources=origins,
        grade=grader.grade(supporting, origins, state, probability, frozenset()),
        likelihood=likelihood(probability) if probability is not None else None,
        supporting=tuple(c.id for c in supporting),
        opposing=tuple(c.id for c in claims if c is not lead and _opposes(c, lead)),
        history=tuple(
            HistoryEntry(_range(s.first), s.first.stance, tuple(c.id for c in s.claims)) for s in stretches
        ),
        reasons=reasons_of(lead, claims, {c.id for c in contests}, today, settings, words),
    )
    return Weighed(claims, stretches, lead, contests, supporting, standing, levels)


def _supports(claim: Claim, lead: Claim) -> bool:
    if lead.stance in WEAK:
        return claim.stance == lead.stance
    if claim is lead:
        return True
    if claim.stance in WEAK or claim.background or not agree_in_substance(claim, lead):
        return False
    # What others said before the holder spoke, or its own older words of that side, speak for it as well.
    return claim.polarity == lead.polarity or claim.own == lead.own


def _opposes(claim: Claim, lead: Claim) -> bool:
    if claim.stance in WEAK or lead.stance in WEAK:
        return False
    return contradicts(claim, lead) or (
        {claim.polarity, lead.polarity} == {"for", "against"} and not agree_in_substance(claim, lead)
    )


def _carrying(now: Stretch, supporting: Sequence[Claim]) -> list[Claim]:
    """The claims whose conditions and figure hold: the holder's own of this stretch, else all that support
    it.

    A stretch is one stance; an offer that becomes a pledge keeps what the offer hung on only where it is said
    again.
    """
    own = [c for c in now.claims if c.own]
    if own:
        told = {c.id for c in own}
        beside = [
            c for c in supporting if c.own and c.id not in told and middle(c.when) >= middle(now.first.when)
        ]
        return sorted([*own, *beside], key=lambda c: (middle(c.when), c.authority, c.id))
    return list(now.claims)


def independent(supporting: Sequence[Claim]) -> int:
    """The number of origins, not of articles.

    A narrator's own voice is no source where anybody is named; where nobody is, it is one for each outlet.
    """
    spoken = {c.origin for c in supporting if c.authority > Authority.OUTLET}
    if spoken:
        return len(spoken)
    return len({c.outlet or c.position.report for c in supporting if not c.repeats}) or min(
        1, len(supporting)
    )


def _state(
    lead: Claim, supporting: Sequence[Claim], contests: Sequence[Claim], today: int, settings: Settings
) -> State:
    if lead.stance in WEAK:
        return "unknown"
    if contests:
        return "contested"
    heard = [c.when[1] for c in supporting if known(c.when) and not c.repeats and not c.background]
    if heard and min(max(heard), today) < today - settings.stale_days:
        return "stale"
    return "settled"


def _last(supporting: Sequence[Claim], today: int) -> DateRange | None:
    heard = [c for c in supporting if known(c.when) and not c.background]
    return _range(max(heard, key=lambda c: (min(c.when[1], today), middle(c.when), c.id))) if heard else None


def _range(claim: Claim) -> DateRange | None:
    if claim.background:
        return None
    inferred = False
    if claim.dated and claim.position.said_on is not None:
        inferred = claim.position.said_on.inferred
    elif claim.report is not None and claim.report.published is not None:
        inferred = claim.report.published.inferred
    return as_range(claim.when, inferred=inferred)

"""What a report tells as past, and what only repeats the record: neither is news.

Comes in: the claims on one undertaking, with their origins. Goes out: the same claims, marked, those that
repeat an earlier saying set back to its day. "A claim is as old as its origin" is the rule behind
"overtaken": a digest that tells in March what officials said in October does not make it March's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Polarity
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import WEAK, Claim
from onrecord.reconciliation.when import before, known, middle


def mark_background(claims: Sequence[Claim]) -> list[Claim]:
    """Mark what a report tells beside the holder's newer word: it is older than that word.

    In a report that gives the holder's own word, a claim without a day of its own is background where it is
    the narrator's and names another stance, or where it cannot stand beside the word, of which the report
    tells the day (or which is a denial of it).
    """
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.position.report, []).append(claim)
    out = list(claims)
    for place, claim in enumerate(out):
        beside = by_report[claim.position.report]
        if len(beside) == 1 or claim.dated or claim.stance in WEAK:
            continue
        newer = [word for word in beside if _is_news_beside(word, claim)]
        if newer:
            first = min(word.when[0] for word in newer)
            out[place] = replace(claim, background=True, when=(0, max(0, first - 1)))
    return out


def _is_news_beside(word: Claim, claim: Claim) -> bool:
    if not word.own or word.stance == claim.stance or word.stance in WEAK or word is claim:
        return False
    opposed = "against" in (word.polarity, claim.polarity) and word.polarity != claim.polarity
    if word.stance == "denied":
        return opposed and not claim.own
    if not word.dated:
        return False
    return opposed or claim.authority == Authority.OUTLET


def set_back(claims: Sequence[Claim]) -> list[Claim]:
    """Set claims that rest on an earlier saying back to its day, and mark the narrators' repetitions."""
    if len({claim.origin for claim in claims}) == len(claims):
        return _mark_repetitions(list(claims))
    first: dict[str, Claim] = {}
    for claim in claims:
        if claim.background or not known(claim.when):
            continue
        kept = first.get(claim.origin)
        if kept is None or _age(claim) < _age(kept):
            first[claim.origin] = claim
    out = []
    for claim in claims:
        origin = first.get(claim.origin)
        movable = not claim.dated and not claim.background and origin is not None
        if movable and origin is not None and before(origin.when, claim.when):
            claim = replace(claim, when=origin.when)
        out.append(claim)
    return _mark_repetitions(out)


def _age(claim: Claim) -> tuple[float, int, str]:
    return (middle(claim.when), claim.when[1], claim.id)


def _mark_repetitions(claims: list[Claim]) -> list[Claim]:
    """A narrator who claims no more than was on record by an earlier report says nothing new."""
    if not any(claim.authority == Authority.OUTLET or claim.background for claim in claims):
        return claims
    strongest: dict[Polarity, tuple[int, str]] = {}
    figures: dict[tuple[Polarity, object], str] = {}
    marked: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (middle(c.told), c.told[1], c.id)):
        if claim.stance in WEAK:
            continue
        narrated = claim.authority == Authority.OUTLET or (claim.background and not claim.repeats)
        if narrated and _on_record(claim, strongest, figures):
            marked[claim.id] = replace(claim, repeats=True)
            continue
        report = claim.position.report
        best = strongest.get(claim.polarity)
        if best is None or claim.rank > best[0]:
            strongest[claim.polarity] = (claim.rank, report)
        if claim.figure is not None:
            figures.setdefault((claim.polarity, claim.figure), report)
    return [marked.get(claim.id, claim) for claim in claims]


def _on_record(
    claim: Claim,
    strongest: dict[Polarity, tuple[int, str]],
    figures: dict[tuple[Polarity, object], str],
) -> bool:
    best = strongest.get(claim.polarity)
    if best is None:
        return False
    report = claim.position.report
    if claim.figure is not None:
        return figures.get((claim.polarity, claim.figure), report) != report
    return (claim.polarity == "against" or claim.rank <= best[0]) and best[1] != report

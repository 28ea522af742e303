"""Conflicts within one undertaking: contradiction, reversal, overtaken, figure.

Comes in: an undertaking, weighed, and its doubtful figures. Goes out: `Conflict`, each with one plain
sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from onrecord.model import Conflict, ConflictKind
from onrecord.reconciliation.claims import WEAK, Claim
from onrecord.reconciliation.comparing import agree_in_substance, contradicts
from onrecord.reconciliation.figures import Doubt
from onrecord.reconciliation.lead import Stretch
from onrecord.reconciliation.sentences import Words, figure_words, listed, reason_given, stance_words
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.standings import Weighed
from onrecord.reconciliation.when import apart, before, middle, words


def conflict(
    kind: ConflictKind,
    claims: Iterable[Claim],
    why: str,
    at: Claim | None = None,
    *,
    reports: Sequence[str] = (),
) -> Conflict:
    """A conflict with a stable id, its positions and reports in order of publication.

    Args:
        kind: the kind.
        claims: those that cannot stand side by side.
        why: one sentence.
        at: the claim whose undertaking it concerns; the first in time where None.
        reports: ids of further reports that it rests on.
    """
    ordered = sorted({c.id: c for c in claims}.values(), key=lambda c: (middle(c.told), c.told[1], c.id))
    place = (at or ordered[0]).position
    ids = tuple(c.id for c in ordered)
    digest = hashlib.sha256("|".join((kind, *sorted(ids))).encode("utf-8", "replace")).hexdigest()[:10]
    return Conflict(
        id=f"c{digest}",
        kind=kind,
        positions=ids,
        reports=tuple(dict.fromkeys([*(c.position.report for c in ordered), *reports])),
        why=why,
        holder=place.holder,
        performer=place.performer,
        task=place.task,
        matter=place.matter,
    )


def conflicts_of(
    weighed: Weighed, doubts: Sequence[Doubt], settings: Settings, told: Words
) -> list[Conflict]:
    """The conflicts within one undertaking."""
    contradicted = list(_contradictions(weighed, settings, told))
    taken = {claim.origin for claim, _ in contradicted}
    return [
        *(found for _, found in contradicted),
        *_reversals(weighed, told),
        *_overtaken(weighed, taken, settings, told),
        *(_figure(doubt, told) for doubt in doubts),
    ]


def _contradictions(weighed: Weighed, settings: Settings, told: Words) -> Iterator[tuple[Claim, Conflict]]:
    """Claims of about the same time that cannot both be so, one for each origin of the claim that is not the
    holder's.
    """
    contests = {c.id for c in weighed.contests}
    own = [c for c in weighed.claims if c.own and c.stance not in WEAK and not c.background]
    seen: set[str] = set()
    for claim in weighed.claims:
        if claim.stance in WEAK or claim.background or claim.repeats or claim.origin in seen:
            continue
        if claim.id in contests:
            against = ([] if claim.own else _opposite(claim, own, settings)) or [weighed.lead]
        elif not claim.own:
            against = _opposite(claim, own, settings)
        else:
            continue
        if against:
            seen.add(claim.origin)
            first = first_told(claim, weighed.claims)
            why = _contradiction_words(first, against[0], told)
            yield claim, conflict("contradiction", (first, *against), why, claim)


def _opposite(claim: Claim, own: Sequence[Claim], settings: Settings) -> list[Claim]:
    """The holder's own words of about that time that contradict a claim, one an origin: a no first, then the
    nearest.
    """
    near = [w for w in own if contradicts(w, claim) and apart(w.when, claim.when) <= settings.same_time_days]
    near.sort(key=lambda w: (w.polarity != "against", apart(w.when, claim.when), middle(w.told), w.id))
    return list({w.origin: w for w in reversed(near)}.values())[::-1]


def first_told(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """The first report of what a claim says: of its origin and stance."""
    same = [c for c in claims if c.origin == claim.origin and c.stance == claim.stance and not c.background]
    return min(same or [claim], key=lambda c: (middle(c.told), c.told[1], c.id))


def _contradiction_words(claim: Claim, word: Claim, told: Words) -> str:
    first, second = (claim, word) if middle(claim.when) <= middle(word.when) else (word, claim)
    task, holder = told.task(claim.position.task).capitalize(), told.actor(claim.position.holder)
    return f"{task}: {holder} {_said(first, told)}, but it {_said(second, told)}."


def _said(claim: Claim, told: Words) -> str:
    figure = f" ({figure_words(*claim.figure, None)})" if claim.figure else ""
    return f"{stance_words(claim.stance)}{figure} by the word of {told.speaker(claim)}, {told.dated(claim)}"


def _reversals(weighed: Weighed, told: Words) -> Iterator[Conflict]:
    """Where the holder itself went from yes to no or back; an open word in between is part of the way."""
    firm: Stretch | None = None
    between: list[Claim] = []
    for stretch in weighed.stretches:
        # What a report tells of the holder's past beside its new word is the holder's own past.
        if not (stretch.last.own or stretch.last.background) or stretch.last.polarity == "open":
            between += stretch.claims if stretch.last.own else []
            continue
        if firm is not None and _turned(firm.last, stretch.first):
            old, new = first_told(firm.last, firm.claims), foremost(stretch)
            claims = [firm.first, old, *between[-1:], new, first_told(stretch.last, stretch.claims)]
            yield conflict("reversal", claims, _reversal_words(old, new, stretch, told), new)
        firm, between = stretch, []


def foremost(stretch: Stretch) -> Claim:
    """The word with which a stretch began: of those that may be of one time, the one of most authority."""
    first = stretch.first
    alike = [c for c in stretch.claims if c.own == first.own and not c.background]
    at_once = [c for c in alike if not before(first.when, c.when)]
    return min(at_once or [stretch.first], key=lambda c: (-c.authority, middle(c.told), c.told[1], c.id))


def _turned(old: Claim, new: Claim) -> bool:
    against = (old.polarity == "against") != (new.polarity == "against")
    return against and before(old.when, new.when) and not agree_in_substance(old, new)


def _reversal_words(a: Claim, b: Claim, new: Stretch, told: Words) -> str:
    reason = next((r for r in map(reason_given, [b, *new.claims]) if r), None)
    because = f'; reason given: "{reason}"' if reason else ""
    return (
        f'{told.subject(b)}: from "{_label(a)}" ({told.speaker(a)}, {told.dated(a)}) '
        f'to "{_label(b)}" ({told.speaker(b)}, {told.dated(b)}){because}.'
    )


def _label(claim: Claim) -> str:
    return claim.stance.replace("_", " ")


def _overtaken(weighed: Weighed, taken: set[str], settings: Settings, told: Words) -> Iterator[Conflict]:
    """Older claims that the holder's own later word has overtaken, above all where they are told again as
    news.
    """
    word = foremost(weighed.stretches[-1])
    if not word.own:
        return
    own_before = {s.last.polarity for s in weighed.stretches[:-1] if s.last.own}

    def _long_before(claim: Claim) -> bool:
        return apart(claim.when, word.when) > settings.same_time_days

    carries = {
        c.position.report
        for c in weighed.claims
        if c.own and agree_in_substance(c, word) and c.stance not in WEAK
    }
    groups: dict[str, tuple[list[Claim], list[Claim]]] = {}
    for claim in weighed.claims:
        if claim.stance in WEAK or not _other_side(claim, word):
            continue
        older, again = groups.setdefault(claim.origin, ([], []))
        if before(word.told, claim.told):
            past = claim.repeats or claim.background or before(claim.when, word.when)
            if past and claim.position.report not in carries:
                again.append(claim)
        elif not claim.own and not claim.repeats and not claim.background and before(claim.when, word.when):
            older.append(claim)
    for origin, (older, again) in groups.items():
        if again:
            first = older[0] if older else _first_like(again[0], weighed.claims)
            yield conflict(
                "overtaken",
                [*again, *([first] if first else []), word],
                _again_words(again, first, word, told),
                word,
            )
        elif older and origin not in taken and older[0].polarity not in own_before and _long_before(older[0]):
            yield conflict("overtaken", [*older, word], _older_words(older, word, told), word)


def _other_side(claim: Claim, word: Claim) -> bool:
    return (
        "against" in (claim.polarity, word.polarity)
        and "open" not in (claim.polarity, word.polarity)
        and claim.polarity != word.polarity
        and not agree_in_substance(claim, word)
    )


def _first_like(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """The first claim on record of the side that a repetition takes."""
    for one in claims:
        if (
            one.polarity == claim.polarity
            and one is not claim
            and before(one.told, claim.told)
            and not one.repeats
        ):
            return one
    return None


def _again_words(again: Sequence[Claim], first: Claim | None, word: Claim, told: Words) -> str:
    old = f"a claim of {told.speaker(first)}, {told.dated(first)}," if first is not None else "an older claim"
    by = f"{told.outlets(again)} ({words(again[0].told)})"
    return (
        f"{told.subject(word)}: told again as news by {by} is {old} "
        f'that had it at "{_label(again[0])}"; {_later_word(word, told)}.'
    )


def _older_words(older: Sequence[Claim], word: Claim, told: Words) -> str:
    first = older[0]
    outlets = told.outlets(older)
    unnamed = "unnamed, " if any(link.kind == "anonymous" for link in first.position.chain[:1]) else ""
    copies = "in one outlet" if len({c.outlet for c in older}) == 1 else f"one origin in {outlets}"
    return (
        f'{told.subject(word)}: "{_label(first)}" by the word of {told.speaker(first)} ({unnamed}{copies}, '
        f"{told.dated(first)}) is overtaken: {_later_word(word, told)}."
    )


def _later_word(word: Claim, told: Words) -> str:
    return f'its own later word is "{_label(word)}" ({told.speaker(word)}, {told.dated(word)})'


def _figure(doubt: Doubt, told: Words) -> Conflict:
    claim = doubt.claim
    quantity = claim.position.quantity
    mine = figure_words(quantity.low, quantity.high, quantity.unit) if quantity else "no figure"
    others = listed(_figure_of(c, told) for c in doubt.against)
    outlet = told.outlet(claim)
    if doubt.fault == "whole-force":
        beside = f"; as its own share stands {others}" if others else ""
        said = f"{mine} ({outlet}, {told.dated(claim)}) is the strength given for the whole force{beside}"
    elif doubt.fault == "lost-digit":
        said = f"{mine} in {outlet} and {others} of the same saying; a digit was lost"
    else:
        said = f"{mine} in {outlet} and {others} of the same saying cannot both hold"
    why = f"{told.subject(claim)}: {said}."
    return conflict("figure", (claim, *doubt.against), why, claim, reports=doubt.reports)


def _figure_of(claim: Claim, told: Words) -> str:
    low, high = claim.figure or (None, None)
    unit = claim.position.quantity.unit if claim.position.quantity else None
    return f"{figure_words(low, high, unit)} ({told.outlet(claim)}, {told.dated(claim)})"

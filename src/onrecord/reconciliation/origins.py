"""Which claims on one undertaking rest on one saying, and what speaks for it.

Comes in: the claims on one undertaking. Goes out: the same claims with their origin, and signals that two
reports share an origin, for `report_origins` to add up. Claims share an origin where (1) their reports are
one text, (2) one cites the outlet of the other or both cite one outlet for the same, (3) the same speaker
says it on the same day, (4) unnamed speakers of one description give the same figure, (5) second-hand reports
give the same range within a week, or (6) they quote the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.union import Groups
from onrecord.reconciliation.when import Bounds, gap, known, middle

Kind = Literal[
    "text",
    "cites",
    "speaker",
    "description",
    "figure",
    "quote",
    "conditions",
    "remark",
    "names",
    "figures",
    "range",
]

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{20,400})[”\"»]")
_NEAR = 6  # in order of time, a claim is compared with so many before it that have the same key


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that speaks for two reports sharing an origin.

    Attributes:
        reports: their ids, in order of the alphabet.
        kind: what it is.
        claims: ids of the two claims, or empty where the texts alone show it.
        certain: whether the claims share an origin; otherwise it only adds to other signals.
    """

    reports: tuple[str, str]
    kind: Kind
    claims: tuple[()] | tuple[str, str]
    certain: bool


def side(claim: Claim) -> str:
    """What a claim comes to, coarsely: its polarity, or the stance itself where that is open."""
    return claim.stance if claim.polarity == "open" else claim.polarity


def find_origins(claims: Sequence[Claim], settings: Settings) -> tuple[list[Claim], list[Signal]]:
    """The claims with their origin, and the signals between reports.

    Args:
        claims: on one undertaking, in any order.
        settings: thresholds.
    """
    if len(claims) < 2:
        return list(claims), []
    ordered = sorted(claims, key=lambda c: (middle(c.told), c.told[1], c.id))
    groups = Groups[str]()
    signals: dict[tuple[tuple[str, str], Kind], Signal] = {}
    for one, other, kind, certain in _links(ordered, settings):
        if certain:
            groups.join(one.id, other.id)
        here, there = one.position.report, other.position.report
        if here != there:
            pair = (here, there) if here < there else (there, here)
            kept = signals.get((pair, kind))
            if kept is None or (certain and not kept.certain):
                signals[(pair, kind)] = Signal(pair, kind, (one.id, other.id), certain)
    return _named(claims, ordered, groups), list(signals.values())


def _named(claims: Sequence[Claim], ordered: Sequence[Claim], groups: Groups[str]) -> list[Claim]:
    """Name each origin after its first claim in order of publication."""
    if not groups:
        return list(claims)
    first: dict[str, str] = {}
    for claim in ordered:
        first.setdefault(groups.root(claim.id), claim.id)
    return [replace(c, origin=name) if (name := first[groups.root(c.id)]) != c.origin else c for c in claims]


Link = tuple[Claim, Claim, Kind, bool]


def _links(ordered: Sequence[Claim], settings: Settings) -> Iterator[Link]:
    yield from _same_text(ordered)
    yield from _cited(ordered, settings)
    spoken = [c for c in ordered if c.speaker]
    yield from _paired(spoken, _speaker_key, lambda a, b: _same_saying(a, b, settings), "speaker")
    counted = [c for c in ordered if c.figure is not None]
    yield from _paired(counted, _description_key, lambda a, b: True, "description")
    yield from _paired(counted, _figure_key, lambda a, b: _same_figure(a, b, settings), "figure")
    tied = [c for c in ordered if len(c.position.conditions) > 1]
    yield from _paired(tied, _conditions_key, lambda a, b: _same_terms(a, b, settings), "conditions")
    yield from _quoted(ordered, settings)


def _same_text(ordered: Sequence[Claim]) -> Iterator[Link]:
    """A report and what repeats its text: the same stance in both is one saying."""
    seen: dict[tuple[str, str, str], Claim] = {}
    if all(c.report is None or c.report.same_text_as is None for c in ordered):
        return
    for claim in ordered:
        names = [claim.position.report]
        if claim.report and claim.report.same_text_as:
            names.append(claim.report.same_text_as)
        for name in names:
            key = (name, claim.stance, claim.speaker)
            if key in seen:
                yield seen[key], claim, "text", True
            seen[key] = claim


def _cited(ordered: Sequence[Claim], settings: Settings) -> Iterator[Link]:
    """A claim that cites an outlet, with that outlet's own report of it and with others that cite it."""
    if not any(claim.cites for claim in ordered):
        return
    published: dict[tuple[str, str], list[Claim]] = {}
    citing: dict[tuple[str, str], list[Claim]] = {}
    for claim in ordered:
        if claim.outlet:
            published.setdefault((claim.outlet, side(claim)), []).append(claim)
    for claim in ordered:
        for outlet in claim.cites:
            key = (outlet, side(claim))
            for source in reversed(published.get(key, ())):
                if source is not claim and _may_cite(claim, source, settings):
                    yield source, claim, "cites", True
                    break
            before = citing.setdefault(key, [])
            for other in before[-_NEAR:]:
                if _cite_the_same(other, claim, settings):
                    yield other, claim, "cites", True
            before.append(claim)


def _may_cite(claim: Claim, source: Claim, settings: Settings) -> bool:
    if claim.named and source.named and claim.speaker != source.speaker:
        return False
    if _one_figure(claim, source) and claim.speaker == source.speaker:
        return source.told[0] <= claim.told[1]
    return source.told[0] <= claim.told[1] and gap(source.told, claim.told) <= settings.citing_days


def _cite_the_same(a: Claim, b: Claim, settings: Settings) -> bool:
    if a.speaker != b.speaker and (a.named or b.named):
        return False
    if a.speaker and a.speaker == b.speaker and _one_figure(a, b):
        return True
    return gap(a.told, b.told) <= settings.same_time_days


def _one_figure(a: Claim, b: Claim) -> bool:
    return a.figure is not None and a.figure == b.figure


_Key = Callable[[Claim], object]
_Test = Callable[[Claim, Claim], bool | None]


def _paired(ordered: Sequence[Claim], key: _Key, test: _Test, kind: Kind) -> Iterator[Link]:
    """Claims of one key, each with those shortly before it. A test tells certain, only a sign (None), or
    no.
    """
    if len(ordered) < 2:
        return
    seen: dict[object, list[Claim]] = {}
    for claim in ordered:
        name = key(claim)
        if name is None:
            continue
        before = seen.setdefault(name, [])
        for other in before[-_NEAR:]:
            found = test(other, claim)
            if found is not False:
                yield other, claim, kind, found is True
        before.append(claim)


def _speaker_key(claim: Claim) -> object:
    if not claim.speaker or claim.speaker.endswith(":"):
        return None
    return (claim.speaker, claim.polarity == "against", claim.stance in ("no_comment", "named"))


def _same_saying(a: Claim, b: Claim, settings: Settings) -> bool | None:
    """The same speaker on the same day; where the day is not told, near enough to the report; else only a
    sign.
    """
    one, other = _day(a), _day(b)
    if not known(one) or not known(other):
        return None
    return gap(one, other) <= (0 if a.dated and b.dated else settings.saying_days)


def _day(claim: Claim) -> Bounds:
    return claim.when if claim.dated else claim.told


def _description_key(claim: Claim) -> object:
    if claim.named or not claim.speaker or claim.own or claim.figure is None:
        return None
    return (claim.speaker, side(claim), claim.figure)


def _figure_key(claim: Claim) -> object:
    return None if claim.figure is None or claim.polarity == "open" else (claim.figure, claim.polarity)


def _same_figure(a: Claim, b: Claim, settings: Settings) -> bool | None:
    """One figure within a week: a range that two others give at second hand is one saying, a round figure a
    sign.
    """
    if gap(a.told, b.told) > settings.figure_days or (a.named and b.named and a.speaker != b.speaker):
        return False
    low, high = a.figure or (None, None)
    ranged = low is not None and high is not None and low < high
    second_hand = a.authority <= Authority.OTHER and b.authority <= Authority.OTHER
    return True if ranged and second_hand and known(a.told) and known(b.told) else None


def _conditions_key(claim: Claim) -> object:
    return None if len({c.kind for c in claim.position.conditions}) < 2 else (claim.polarity, claim.stance)


def _same_terms(a: Claim, b: Claim, settings: Settings) -> bool | None:
    """Two kinds of condition in common, about the same time: a sign."""
    if gap(a.told, b.told) > settings.same_time_days or (a.named and b.named and a.speaker != b.speaker):
        return False
    shared = {c.kind for c in a.position.conditions} & {c.kind for c in b.position.conditions}
    return None if len(shared) >= 2 else False


def _quoted(ordered: Sequence[Claim], settings: Settings) -> Iterator[Link]:
    """Claims whose evidence quotes the same words."""
    seen: dict[tuple[str, str], Claim] = {}
    for claim in ordered:
        text = claim.position.evidence.text
        if '"' not in text and "“" not in text and "«" not in text and "„" not in text:
            continue
        for match in _QUOTED.finditer(text):
            words = re.findall(r"\w+", match[1].casefold())
            if len(words) < settings.quoted_words:
                continue
            key = (" ".join(words), side(claim))
            if key in seen:
                yield seen[key], claim, "quote", True
            seen[key] = claim

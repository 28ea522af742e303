"""Conditions followed: what parties tie their stances to, as objects of the story with a state over time.

Comes in: standings, claims, the story's own conditions. Goes out: `ConditionState`. A ceasefire or a mandate
that several parties name is one object; an approval, a command or a limit belongs to the party that names it.
Whether it is met is told only as far as positions tell it: a council's adoption meets a mandate, a
parliament's vote meets an approval, the fighters' own truce meets a ceasefire; whoever still says "until"
says that it is not met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Standing, StandingCondition, StoryCondition
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.result import ConditionChange, ConditionState, ConditionStatus
from onrecord.reconciliation.sentences import Words, listed
from onrecord.reconciliation.when import Bounds, as_range, known, middle, words

SHARED = frozenset(
    {"ceasefire", "mandate", "consent", "clarity", "political_settlement", "security_guarantee"}
)
"""Kinds that are one thing in a matter, whoever names them; the other kinds are the namer's own."""

_NOT_YET = frozenset({"ceasefire", "clarity", "political_settlement", "approval"})
"""Kinds that a holder would not name if it held them to be met: they are states of the world, not terms."""

_BODIES = frozenset({"un_security_council", "un_general_assembly"})
_FLAG = re.compile(
    r"\bflag\b|\bblue helmets?\b|\bUN(?:-led|-run)? (?:mission|operation|force)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Object:
    kind: str
    matter: str | None
    label: str
    entries: list[tuple[Standing, StandingCondition]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that tells of a condition's state.

    Attributes:
        when: since when.
        status: met or not met.
        claims: what tells so.
        firm: whether it is a deed (a vote, a truce) and not only somebody's view.
        why: one sentence.
    """

    when: Bounds
    status: ConditionStatus
    claims: tuple[Claim, ...]
    firm: bool
    why: str


def follow(
    standings: Iterable[Standing],
    claims: Mapping[str, Claim],
    tellers: Sequence[Claim],
    story: Sequence[StoryCondition],
    told: Words,
) -> tuple[ConditionState, ...]:
    """The conditions that the standings hang on, the one that most parties name first.

    Args:
        standings: with their conditions.
        claims: by id: those that name conditions.
        tellers: claims that may tell of a state: mandates, truces, decisions of parliaments (see `tells`).
        story: conditions that the user's story names, with their wordings.
        told: sentences.
    """
    objects: dict[str, _Object] = {}
    for standing in standings:
        for condition in standing.conditions:
            name, label = _name(standing, condition, story, told)
            known_as = objects.setdefault(name, _Object(condition.kind, standing.matter, label))
            known_as.entries.append((standing, condition))
    found = [_state(name, one, claims, tellers, told) for name, one in objects.items()]
    return tuple(sorted(found, key=lambda c: (-len(c.named_by), c.matter or "", c.kind, c.id)))


def tells(claim: Claim) -> bool:
    """Whether a claim may tell of the state of a condition."""
    position = claim.position
    if position.task == "authorise":
        return position.holder in _BODIES and claim.polarity in ("for", "against")
    if position.task == "cease_fire":
        return claim.own and position.holder == position.performer
    return claim.authority == Authority.DECIDED and claim.polarity == "for" and claim.stance != "offered"


def _name(
    standing: Standing, condition: StandingCondition, story: Sequence[StoryCondition], told: Words
) -> tuple[str, str]:
    text = condition.text.casefold()
    for known_one in story:
        if known_one.kind == condition.kind and any(
            w.casefold() in text for w in known_one.words if w.strip()
        ):
            return known_one.id, known_one.label
    label = told.condition(condition.kind)
    matter = standing.matter or "-"
    if condition.kind == "mandate" and _FLAG.search(condition.text):
        return f"{matter}.un_mission", "mission of the United Nations"
    if condition.kind in SHARED:
        return f"{matter}.{condition.kind}", label
    return f"{matter}.{condition.kind}.{standing.holder}", f"{label} ({told.actor(standing.holder)})"


def _state(
    name: str, one: _Object, claims: Mapping[str, Claim], tellers: Sequence[Claim], told: Words
) -> ConditionState:
    signs = sorted(
        (*_deeds(name, one, tellers, told), *_namings(one, claims, told)),
        key=lambda s: (middle(s.when), s.when[1], s.status, s.claims[0].id),
    )
    history: list[ConditionChange] = []
    for sign in signs:
        status = _after(history, sign, one.kind)
        if not history or history[-1].status != status:
            ids = tuple(c.id for c in sign.claims)
            history.append(ConditionChange(as_range(sign.when), status, ids, sign.why))
    status = history[-1].status if history else "unknown"
    holders = tuple(dict.fromkeys(s.holder for s, _ in one.entries))
    why = (
        history[-1].why
        if history
        else f"No report tells whether it is met; named by {listed(map(told.actor, holders))}."
    )
    return ConditionState(
        id=name,
        kind=one.kind,
        matter=one.matter,
        label=one.label,
        status=status,
        since=history[-1].date if history else None,
        named_by=holders,
        standings=tuple(dict.fromkeys(s.id for s, _ in one.entries)),
        positions=tuple(dict.fromkeys(p for _, c in one.entries for p in c.positions)),
        history=tuple(history),
        why=why,
    )


def _after(history: Sequence[ConditionChange], sign: Sign, kind: str) -> ConditionStatus:
    """The state after a sign: somebody's view does not undo a deed, it disputes it; a vote it does not even
    dispute.
    """
    if history and history[-1].status in ("met", "disputed") and sign.status == "not_met" and not sign.firm:
        return history[-1].status if kind in ("mandate", "approval") else "disputed"
    return sign.status


def _deeds(name: str, one: _Object, tellers: Sequence[Claim], told: Words) -> Iterator[Sign]:
    for claim in tellers:
        position = claim.position
        if position.matter != one.matter or not known(claim.when):
            continue
        said = f"{told.saying(claim)}."
        if one.kind == "mandate" and position.task == "authorise" and not name.endswith("un_mission"):
            if position.holder in _BODIES:
                met = claim.polarity == "for"
                yield Sign(
                    claim.when, "met" if met else "not_met", (claim,), True, _council(claim, met, told)
                )
        elif one.kind == "ceasefire" and position.task == "cease_fire":
            if claim.polarity == "for" and claim.stance in ("agreed", "deployed", "deploying"):
                yield Sign(claim.when, "met", (claim,), True, said)
            elif claim.polarity == "against":
                yield Sign(claim.when, "not_met", (claim,), True, said)
        elif one.kind == "approval" and any(_same_doing(claim, s) for s, _ in one.entries):
            yield Sign(claim.when, "met", (claim,), True, said)


def _council(claim: Claim, met: bool, told: Words) -> str:
    did = "adopted" if met else "did not adopt"
    return (
        f"{told.actor(claim.position.holder)} {did} the mandate {words(claim.when)} ({told.speaker(claim)})."
    )


def _same_doing(claim: Claim, standing: Standing) -> bool:
    position = claim.position
    return position.undertaking == standing.undertaking and position.task != "authorise"


def _namings(one: _Object, claims: Mapping[str, Claim], told: Words) -> Iterator[Sign]:
    if one.kind not in _NOT_YET and one.kind != "mandate":
        return
    for standing, condition in one.entries:
        for name in condition.positions:
            claim = claims.get(name)
            if claim is None or not claim.own or not known(claim.when) or claim.background:
                continue
            why = f"{told.actor(standing.holder)} names it as still to come ({told.speaker(claim)}, {told.dated(claim)})."
            yield Sign(claim.when, "not_met", (claim,), False, why)

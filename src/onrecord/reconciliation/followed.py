"""Conditions followed: what parties tie their stances to, as objects of the story with a state over time.

Comes in: standings, claims, the story's own conditions. Goes out: `ConditionState`. A ceasefire or a
mandate that several parties name is one object; an approval, a command or a limit belongs to the party that
names it. Whether it is met is told only as far as positions tell it: a council's adoption meets a mandate,
a parliament's vote meets an approval, the fighters' own truce meets a ceasefire; whoever still says "until"
says that it is not met. Where the story gives a condition a state, that counts like a deed of its day, and
without a day like the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import DateRange, Standing, StandingCondition, StoryCondition
from onrecord.model.wordings import condition_of
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.result import ConditionChange, ConditionState, ConditionStatus
from onrecord.reconciliation.sentences import Words, listed
from onrecord.reconciliation.when import Bounds, as_range, bounds, known, middle, words

SHARED = frozenset(
    {"ceasefire", "mandate", "consent", "clarity", "political_settlement", "security_guarantee"}
)
"""Kinds that are one thing in a matter, whoever names them; the other kinds are the namer's own."""

_NOT_YET = frozenset({"ceasefire", "clarity", "political_settlement", "approval", "mandate"})
"""Kinds that a holder would not name if it held them to be met: they are states of the world, not terms."""

_FINAL = frozenset({"mandate", "approval"})
"""Kinds that are met by a vote: who still names them afterwards does not dispute the vote."""

_TOLD_BY = {"authorise": "mandate", "cease_fire": "ceasefire"}
"""Tasks by which a kind of condition is met for everybody in the matter."""

_BODIES = frozenset({"un_security_council", "un_general_assembly"})
_MISSION = ".un_mission"
_FLAG = re.compile(
    r"\bflag\b|\bblue helmets?\b|\bUN(?:-led|-run)? (?:mission|operation|force)\b", re.IGNORECASE
)

Undertaking = tuple[str, str, str, str | None]


@dataclass(slots=True)
class _Object:
    kind: str
    matter: str | None
    label: str
    entries: dict[Undertaking, list[tuple[Standing, StandingCondition]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something that tells of a condition's state: since when, which, who tells it, whether it is a deed.

    The user's story tells it where there is no claim.
    """

    when: Bounds
    status: ConditionStatus
    claim: Claim | None
    deed: bool


class FollowedConditions:
    """Keeps the conditions that standings hang on as standings come and go.

    Args:
        story: conditions that the user's story names, with their wordings.
        told: sentences.
    """

    def __init__(self, story: Sequence[StoryCondition], told: Words) -> None:
        self._story = tuple(story)
        self._of_story: dict[str, StoryCondition] = {}
        self._told = told
        self._objects: dict[str, _Object] = {}
        self._names: dict[Undertaking, tuple[str, ...]] = {}
        self._votes: dict[tuple[str | None, str], dict[Undertaking, list[Claim]]] = {}
        self._decisions: dict[Undertaking, list[Claim]] = {}
        self._stale: set[str] = set()
        self._states: dict[str, ConditionState] = {}

    def replace(self, standing: Standing, claims: Iterable[Claim]) -> None:
        """Put a standing, and the claims on its undertaking, in place of what was known of it."""
        place = standing.undertaking
        for name in self._names.pop(place, ()):
            self._objects[name].entries.pop(place, None)
            self._stale.add(name)
        names = []
        for condition in standing.conditions:
            name, label = self._name(standing, condition)
            names.append(name)
            # One condition of the story may be named as of several kinds: it has its own, whoever comes first.
            kind = self._of_story[name].kind if name in self._of_story else condition.kind
            known_as = self._objects.setdefault(name, _Object(kind, standing.matter, label))
            known_as.entries.setdefault(place, []).append((standing, condition))
            self._stale.add(name)
        if names:
            self._names[place] = tuple(names)
        telling = [claim for claim in claims if tells(claim)]
        decided = _TOLD_BY.get(standing.task)
        if decided is None:
            self._decisions[place] = telling
            return
        votes = self._votes.setdefault((standing.matter, decided), {})
        if votes.pop(place, None) or telling:
            votes[place] = telling
            self._stale |= {
                n for n, one in self._objects.items() if one.matter == standing.matter and one.kind == decided
            }

    def with_states(self, standing: Standing) -> Standing:
        """A standing whose conditions say what they are followed as and in which state; after `states`."""
        names = self._names.get(standing.undertaking)
        if not names:
            return standing
        told = tuple(
            replace(c, followed=name, state=self._states[name].status)
            for c, name in zip(standing.conditions, names, strict=True)
        )
        return standing if told == standing.conditions else replace(standing, conditions=told)

    def states(self, claims: Mapping[str, Claim]) -> tuple[ConditionState, ...]:
        """Every condition with its state, the one that most parties name first.

        Args:
            claims: by id.
        """
        for name in self._stale:
            one = self._objects[name]
            if one.entries:
                self._states[name] = self._state(name, one, claims)
            else:
                self._states.pop(name, None)
                del self._objects[name]
        self._stale.clear()
        return tuple(
            sorted(self._states.values(), key=lambda c: (-len(c.named_by), c.matter or "", c.kind, c.id))
        )

    def _name(self, standing: Standing, condition: StandingCondition) -> tuple[str, str]:
        matter = standing.matter or "-"
        meant, _ = condition_of(condition.kind, condition.text, standing.holder, self._story)
        if meant is not None:
            self._of_story[f"{matter}.{meant.id}"] = meant
            return f"{matter}.{meant.id}", meant.label
        label = self._told.condition(condition.kind)
        if condition.kind == "mandate" and _FLAG.search(condition.text):
            return f"{matter}{_MISSION}", "mission of the United Nations"
        if condition.kind in SHARED:
            return f"{matter}.{condition.kind}", label
        return (
            f"{matter}.{condition.kind}.{standing.holder}",
            f"{label} ({self._told.actor(standing.holder)})",
        )

    def _state(self, name: str, one: _Object, claims: Mapping[str, Claim]) -> ConditionState:
        entries = [
            entry for _, found in sorted(one.entries.items(), key=lambda x: str(x[0])) for entry in found
        ]
        signs = sorted(
            (*self._deeds(name, one, entries), *_namings(one, entries, claims)),
            key=lambda s: (middle(s.when), s.when[1], s.status, s.claim.id if s.claim else ""),
        )
        said = self._of_story.get(name)
        if said is not None:
            _put_in(signs, said)
        history: list[ConditionChange] = []
        for sign in signs:
            status = _after(history, sign, one.kind)
            if not history or history[-1].status != status:
                told_by = (sign.claim.id,) if sign.claim else ()
                history.append(
                    ConditionChange(as_range(sign.when), status, told_by, self._why(sign, said))
                )
        holders = tuple(dict.fromkeys(s.holder for s, _ in entries))
        nothing = f"No report tells whether it is met; named by {listed(map(self._told.actor, holders))}."
        return ConditionState(
            id=name,
            kind=one.kind,
            matter=one.matter,
            label=one.label,
            status=history[-1].status if history else "unknown",
            since=history[-1].date if history else None,
            named_by=holders,
            standings=tuple(dict.fromkeys(s.id for s, _ in entries)),
            positions=tuple(dict.fromkeys(p for _, c in entries for p in c.positions)),
            history=tuple(history),
            why=history[-1].why if history else nothing,
        )

    def _deeds(
        self, name: str, one: _Object, entries: Sequence[tuple[Standing, StandingCondition]]
    ) -> Iterator[_Sign]:
        found: list[Claim] = []
        if one.kind == "approval":
            found = [
                c
                for place in dict.fromkeys(s.undertaking for s, _ in entries)
                for c in self._decisions.get(place, ())
            ]
        elif one.kind in ("mandate", "ceasefire") and not name.endswith(_MISSION):
            found = [c for claims in self._votes.get((one.matter, one.kind), {}).values() for c in claims]
        for claim in found:
            if known(claim.when) and not claim.background:
                yield _Sign(claim.when, "met" if claim.polarity == "for" else "not_met", claim, True)

    def _why(self, sign: _Sign, said: StoryCondition | None) -> str:
        claim, told = sign.claim, self._told
        if claim is None:
            source = f" ({said.source})" if said is not None and said.source else ""
            return f"The story says so{source}."
        holder = told.actor(claim.position.holder)
        if not sign.deed:
            return f"{holder} names it as still to come ({told.speaker(claim)}, {told.dated(claim)})."
        if claim.position.task == "authorise":
            did = "adopted" if sign.status == "met" else "did not adopt"
            return f"{holder} {did} the mandate {words(claim.when)} ({told.speaker(claim)})."
        return f"{told.saying(claim)}."


def _put_in(signs: list[_Sign], said: StoryCondition) -> None:
    """Put what the story says among the signs: on its day after all that day brought, else behind all; before
    them where it looks back from a later day.
    """
    if said.state in (None, "unknown"):
        return
    when = bounds(DateRange.on(said.since) if said.since else None)
    sign = _Sign(when, said.state, None, True)
    place = 0 if said.looking_back else len(signs)
    if said.since is not None:
        place = sum(1 for s in signs if middle(s.when) <= middle(when))
    signs.insert(place, sign)


def tells(claim: Claim) -> bool:
    """Whether a claim may tell of a condition's state: a council's vote, a truce, the holder's decision."""
    position = claim.position
    if position.task == "authorise":
        return position.holder in _BODIES and claim.polarity in ("for", "against")
    done = claim.stance in ("agreed", "deploying", "deployed")
    if position.task == "cease_fire":
        return claim.own and position.holder == position.performer and (done or claim.polarity == "against")
    return claim.authority == Authority.DECIDED and done


def _after(history: Sequence[ConditionChange], sign: _Sign, kind: str) -> ConditionStatus:
    """The state after a sign: a view does not undo a deed, it disputes it, and a vote not even that."""
    if history and history[-1].status in ("met", "disputed") and sign.status == "not_met" and not sign.deed:
        return history[-1].status if kind in _FINAL else "disputed"
    return sign.status


def _namings(
    one: _Object, entries: Sequence[tuple[Standing, StandingCondition]], claims: Mapping[str, Claim]
) -> Iterator[_Sign]:
    if one.kind not in _NOT_YET:
        return
    for _, condition in entries:
        for name in condition.positions:
            claim = claims.get(name)
            if claim is not None and claim.own and known(claim.when) and not claim.background:
                yield _Sign(claim.when, "not_met", claim, False)

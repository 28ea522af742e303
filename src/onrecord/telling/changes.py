"""What changed: states as last told against states now, and what of it a rule asks for.

In: states by place, rules. Out: :class:`Happening`. Pure. Up and down the ladder are what the brief says they are
(:func:`onrecord.briefing.changes.direction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.briefing.changes import direction
from onrecord.briefing.words import Words
from onrecord.model.records import Record
from onrecord.telling.rules import Rule

About = Literal["stance", "state", "conditions", "figure", "condition", "force"]

_MOVED = {1: "moves_up", -1: "moves_down"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing about a place that is not what it was.

    Attributes:
        place: of a standing, a condition or a scenario.
        about: what of it.
        events: what happened; for strength, a rule decides.
        before, after: the states; None where there was, or is, none.
        now: what it is now, in one comparable value.
    """

    place: str
    about: About
    events: tuple[str, ...]
    before: Record | None
    after: Record | None
    now: object

    @property
    def state(self) -> Record:
        """The state now, or where there is none any more, the one before."""
        return self.after or self.before or {}


def compare(before: Mapping[str, Record], after: Mapping[str, Record], words: Words) -> list[Happening]:
    """What happened between two states of knowledge, by place.

    Args:
        before: as last told.
        after: as known now.
        words: the ladder.
    """
    found: list[Happening] = []
    for place in sorted({*before, *after}):
        then, now = before.get(place), after.get(place)
        if then == now:
            continue
        kind = (now or then or {}).get("kind")
        if kind == "standing":
            found += _standing(place, then, now, words)
        elif kind == "condition" and now is not None:
            found += _condition(place, then, now)
        elif kind == "force" and now is not None and then is not None:
            found.append(Happening(place, "force", (), then, now, now["expected"]))
    return found


def _standing(place: str, then: Record | None, now: Record | None, words: Words) -> Iterator[Happening]:
    was, is_ = (then or {}).get("stance"), (now or {}).get("stance")
    if now is None:
        yield Happening(place, "stance", ("gone",), then, None, "gone")
        return
    if was != is_:
        events = ["first_position"] if then is None else ["stance_changed"]
        if then is not None and (moved := _MOVED.get(direction(words, str(was), str(is_)))):
            events.append(moved)
        yield Happening(place, "stance", (*events, str(is_)), then, now, is_)
    stood, stands = (then or {}).get("state"), now["state"]
    if stood != stands:
        events = {"contested": ["disputed"], "stale": ["stale"]}.get(stands, [])
        if stood == "contested" and stands == "settled":
            events = ["resolved"]
        if events:
            yield Happening(place, "state", tuple(events), then, now, stands)
    named, names = ({c["id"] for c in (x or {}).get("conditions", ())} for x in (then, now))
    events = [e for e, some in (("condition_added", names - named), ("condition_dropped", named - names)) if some]
    if events:
        yield Happening(place, "conditions", tuple(events), then, now, sorted(names))
    if then is not None and _figure(then) != _figure(now):
        yield Happening(place, "figure", ("figure_changed",), then, now, _figure(now))


def _figure(state: Record) -> list[object]:
    return [state.get("low"), state.get("high"), state.get("unit")]


def _condition(place: str, then: Record | None, now: Record) -> Iterator[Happening]:
    was, is_ = (then or {}).get("status"), now["status"]
    if was == is_:
        return
    if is_ == "met":
        yield Happening(place, "condition", ("condition_met",), then, now, is_)
    elif was == "met":
        yield Happening(place, "condition", ("condition_undone",), then, now, is_)


def wanted(rule: Rule, happened: Iterable[Happening], states: Mapping[str, Record]) -> list[Happening]:
    """What of it a rule asks for: the events it names, of what it names.

    Args:
        rule: the rule.
        happened: what happened.
        states: as known now, by place: a condition is of the tasks whose standings hang on it.
    """
    found = []
    for one in happened:
        events = _of_strength(rule, one) if one.about == "force" else one.events
        asked = tuple(e for e in events if e in rule.when)
        if asked and _fits(rule, one, states):
            now = [*asked, limit_of(rule, one.state)] if one.about == "force" else one.now
            found.append(Happening(one.place, one.about, asked, one.before, one.after, now))
    return found


def limit_of(rule: Rule, state: Record) -> float | None:
    """The number of persons that a rule on strength goes by; None where neither rule nor story gives one."""
    return rule.persons if rule.persons is not None else state.get("required")


def _of_strength(rule: Rule, one: Happening) -> tuple[str, ...]:
    limit = limit_of(rule, one.state)
    if one.before is None or one.after is None or limit is None:
        return ()
    was, is_ = one.before["expected"], one.after["expected"]
    if was >= limit > is_:
        return ("force_below",)
    return ("force_above",) if was < limit <= is_ else ()


def _fits(rule: Rule, one: Happening, states: Mapping[str, Record]) -> bool:
    state = one.state
    if rule.matters and state.get("matter") not in rule.matters:
        return False
    if one.about == "force":
        first = next((s["scenario"] for s in states.values() if s["kind"] == "force"), None)
        return bool(state["scenario"] == (rule.scenario or first))
    if one.about == "condition":
        parties = {*state["named_by"]}
        tasks = {states[s]["task"] for s in state["standings"] if s in states}
        conditions = _names(state["id"], state["of"], state["matter"])
    else:
        parties, tasks = {state["holder"], state["performer"]}, {state["task"]}
        changed = _changed(one) if one.about == "conditions" else state["conditions"]
        conditions = {n for c in changed for n in _names(c["id"], c["kind"], state["matter"])}
    return (
        (not rule.parties or bool(parties & {*rule.parties}))
        and (not rule.tasks or bool(tasks & {*rule.tasks}))
        and (not rule.conditions or bool(conditions & {*rule.conditions}))
    )


def _changed(one: Happening) -> list[Record]:
    """The conditions that came or went."""
    then, now = ((x or {}).get("conditions", []) for x in (one.before, one.after))
    both = {c["id"] for c in then} & {c["id"] for c in now}
    return [c for c in (*then, *now) if c["id"] not in both]


def _names(name: str, kind: str, matter: str | None) -> set[str]:
    """What rules may call a condition: its name in the story, or its kind."""
    return {name, name.removeprefix(f"{matter or '-'}."), kind}

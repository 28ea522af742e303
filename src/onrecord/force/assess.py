"""Assess: from standings and a story to what it all adds up to.

In: nouns. Out: an `Assessment`. Pure: the same input gives the same output, whatever the machine's day.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from onrecord.errors import InputError, UnknownName
from onrecord.force import adding, checks
from onrecord.force.assessment import Assessment, Required
from onrecord.force.coverage import coverage, coverer, tasks_of
from onrecord.force.delivery import Experience, experience
from onrecord.force.draws import draw
from onrecord.force.found import FoundForce
from onrecord.force.matching import Lever, lever_of
from onrecord.force.parties import Contingent, bars, contingents, of_story
from onrecord.force.plan import make_plan
from onrecord.force.precedents import precedents
from onrecord.force.scenarios import chances, scenarios_of, stated
from onrecord.force.settings import Settings
from onrecord.force.unlocking import shapley, smallest
from onrecord.force.unlocks import unlocks
from onrecord.model import Force, Position, Standing, Story
from onrecord.model.story import ConditionState

LEFT_OUT = "the reports say that the force is not to hold it"
_NONE: Mapping[str, float] = {}
_UNTOLD: Mapping[str, ConditionState] = {}
_NOBODY: Mapping[str, Sequence[str]] = {}


def assess(
    standings: Sequence[Standing],
    story: Story,
    *,
    scenario: str | None = None,
    settings: Settings | None = None,
    draws: int = 100_000,
    seed: int = 1,
    settled: Mapping[str, float] = _NONE,
    states: Mapping[str, ConditionState] = _UNTOLD,
    waits_for: Mapping[str, Sequence[str]] = _NOBODY,
    found: FoundForce | None = None,
    positions: Sequence[Position] = (),
    actors: Collection[str] = (),
    kinds: Collection[str] = (),
) -> Assessment:
    """What the standings add up to against what the story needs.

    Args:
        standings: as of one day; those of other matters are left out.
        story: the matter, its force, conditions and scenarios.
        scenario: the one that coverage, unlocks and leaving are told for; the first by default.
        settings: how it is added up.
        draws: how many ways it could turn out are drawn.
        seed: the same seed gives the same draws.
        settled: condition id or kind -> chance that it is met (1 met, 0 not), over every scenario.
        states: condition id -> its state as the reports tell it; goes before the story's own word, which is
            among what reconciliation makes the state of.
        waits_for: party -> parties without which it does not come, beside those of the story.
        found: the force as the reports tell of it; used where the story gives none.
        positions: those behind the standings; a party whose standing has no figure any more counts with the
            last that it named.
        actors: known parties, to refuse others in the story; empty accepts all.
        kinds: known condition kinds, to refuse other keys in scenarios; empty accepts all.

    Raises:
        StoryInvalid: the story cannot be computed on; every fault is named with its field.
        InputError: a standing or a switch cannot be computed on.
        UnknownName: there is no such scenario or condition.
    """
    chosen = settings or Settings()
    if draws < 1 or chosen.months not in {6, 12}:
        raise InputError(
            f"{draws} draws for {chosen.months} months",
            value=draws,
            hint="draw at least once, for 6 or 12 months",
        )
    checks.check_standings(standings)
    told = of_story(standings, story)
    known = experience(story.matter, chosen.share_cap)
    force, required = _force(story, found)
    members, levers = contingents(
        told, replace(story, force=force), known, chosen, {p.id: p for p in positions}
    )
    names = {*levers, *(x.kind for x in levers.values())}
    waits = {**(story.force.waits_for if story.force else {}), **waits_for}
    checks.refuse(
        checks.faults(story, waits_for=waits, names={*names, *kinds} if kinds else (), actors=actors)
    )
    known_states = {**stated(story), **{k: v for k, v in states.items() if k in levers}}
    checks.check_settled(settled, {*names, *kinds})
    scenarios = scenarios_of(story, levers, known_states, known.chance_met)
    here = _chosen(scenario, scenarios)
    need, target = (force.requirement if force else None), required.target
    barred = bars(told, replace(story, force=force))
    plan = make_plan(members, barred, waits, known)
    drawn = draw(plan, levers, months=chosen.months, draws=draws, seed=seed)
    odds = {
        name: chances(levers, known_states, values, settled, known.chance_met) for name, values in scenarios.items()
    }
    now = odds[here]
    tasks = tasks_of(story, need, told)
    swings = plan.swings(chosen.months)
    asked = _asked(told, story, chosen)
    strengths = tuple(
        adding.strength(name, plan, drawn, one, need, target, chosen) for name, one in odds.items()
    )
    expected = plan.expected(now, chosen.months)
    return Assessment(
        story=story.id,
        matter=story.matter,
        title=story.title,
        as_of=max((s.as_of for s in told), default=None),
        scenario=here,
        required=required,
        strengths=strengths,
        contingents=members,
        bars=barred,
        levers=levers,
        asked=asked,
        coverage=coverage(tasks, story.undertakings, need, told, members, plan, now, chosen),
        unlocks=unlocks(
            plan,
            drawn.first(chosen.unlock_draws),
            now,
            [x for x in asked if now[x] < 1],
            target=target,
            cover=coverer(tasks, need, members, plan, chosen),
            asked=asked,
            months=chosen.months,
            largest=chosen.largest_set,
        ),
        smallest=None
        if target is None
        else smallest(swings, now, target - expected, most_nodes=chosen.search_nodes),
        shapley=shapley(swings, now),
        leaving=adding.leaving(plan, drawn, now, target, chosen.months),
        precedents=precedents(target, tasks, story.matter),
        assumptions=_assumptions(members, levers, known_states, known, chosen),
        found=found if required.found or story.force is None else None,
        known=known,
        draws=draws,
        seed=seed,
        interval=chosen.interval,
    )


def _chosen(scenario: str | None, scenarios: Mapping[str, object]) -> str:
    if scenario is None:
        return next(iter(scenarios))
    if scenario not in scenarios:
        near = difflib.get_close_matches(scenario, list(scenarios), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(scenarios)}"
        raise UnknownName(f"there is no scenario {scenario!r}", value=scenario, hint=hint)
    return scenario


def _force(story: Story, found: FoundForce | None) -> tuple[Force | None, Required]:
    own = story.force.requirement if story.force else None
    if own is not None and (own.low is not None or own.high is not None):
        return story.force, Required(own.low, own.high, own.source or "the story")
    if found is None:
        return story.force, Required(None, None, "")
    need = found.requirement
    if own is not None:
        need = replace(own, low=need.low, high=need.high, source=need.source)
    elif not story.undertakings:
        need = replace(need, tasks=dict.fromkeys(found.tasks))
    if story.force is not None:
        force = replace(story.force, requirement=need)
    else:
        force = Force(requirement=need, excluded=dict.fromkeys(found.excluded, LEFT_OUT))
    given = need.low is not None or need.high is not None
    return force, Required(need.low, need.high, need.source, found=given, passages=found.passages)


def _asked(standings: Sequence[Standing], story: Story, settings: Settings) -> dict[str, tuple[str, ...]]:
    """By condition, the standings of the parties' own doings that name it."""
    found: dict[str, list[str]] = {}
    for one in standings:
        if one.holder != one.performer:
            continue
        for condition in one.conditions:
            lever, _ = lever_of(condition, one.performer, story, wording=settings.wording)
            if one.id not in found.setdefault(lever.id, []):
                found[lever.id].append(one.id)
    return {k: tuple(v) for k, v in sorted(found.items())}


def _assumptions(
    members: Sequence[Contingent],
    levers: Mapping[str, Lever],
    states: Mapping[str, ConditionState],
    known: Experience,
    settings: Settings,
) -> tuple[str, ...]:
    """What is not from the record, in sentences; each is left out where nothing rests on it."""
    past = known.delivery[settings.months]
    came, pledged = past.counts["firm"]
    said = [
        f"Delivery after {settings.months} months is that of {past.rows} past pledges: "
        f"{came} of {pledged} firm ones whose conditions were met or that had none came at all."
    ]
    guessed = sorted({c.party for c in members if c.counts and c.figure in {"record", "typical"}})
    before = sorted({c.party for c in members if c.counts and c.figure == "earlier"})
    if before:
        said.append(f"The last figure on record, no longer named, counts for {', '.join(before)}.")
    if guessed:
        said.append(
            f"No figure is on record for {', '.join(guessed)}: counted with a share of the largest past "
            f"contingent (median {float(np.median(known.part_of_record)):.0%}), or a typical pledge."
        )
    unknown = [x for x in levers.values() if states.get(x.id) not in {"met", "not_met"}]
    for group in known.conditions if unknown else ():
        met, told = known.conditions[group]
        if any((x.kind == "approval") == (group == "approval") for x in unknown):
            what = "An approval of its own" if group == "approval" else "Another condition"
            said.append(
                f"{what} whose state nobody gives is met with a chance of {known.condition_met[group]:.0%}: "
                f"{met} of {told} such conditions of past pledges were."
            )
    if any(c.probability == 0 for c in members):
        said.append("Parties that have not spoken, and plain undisputed refusals, count as nothing.")
    return tuple(said)

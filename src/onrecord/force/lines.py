"""Three plain lines for the brief: what is required and expected, what nobody would do, what would unlock
most.

In: an assessment, names for people. Out: sentences that are put together from its numbers and say nothing
else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from onrecord.force.assessment import Assessment, TaskCoverage, Unlock

Naming = Callable[[str], str]
_REFUSALS = frozenset({"refused", "denied", "suspended", "withdrawn"})
_MOST = 6  # tasks or parties named in a line


def lines(assessment: Assessment, actor: Naming, task: Naming, rank: Callable[[str], int]) -> tuple[str, ...]:
    """The lines; one that would say nothing is left out.

    Args:
        assessment: what it adds up to.
        actor: the name of a party, for people.
        task: the name of a task, for people.
        rank: the place of a task among the gaps; the lowest is told first.
    """
    made = (_size(assessment), _gaps(assessment, actor, task, rank), _key(assessment, actor))
    return tuple(x for x in made if x)


def persons(value: float) -> str:
    """A number of persons, in tens above a thousand: no more is known.

    Example:
        >>> persons(20000), persons(5231.7), persons(86.4)
        ('20,000', '5,230', '86')
    """
    return f"{round(value, -1) if value >= 1000 else round(value):,.0f}"


def _size(assessment: Assessment) -> str:
    now, need = assessment.strength, assessment.required
    expected = (
        f"{persons(now.expected)} expected after {now.months} months "
        f"({persons(now.low)} to {persons(now.high)})"
    )
    if need.low is None and need.high is None:
        return f"No required strength is on record; {expected}."
    if need.low is not None and need.high is not None:
        figure = (
            persons(need.low) if need.low == need.high else f"{persons(need.low)} to {persons(need.high)}"
        )
    elif need.high is not None:
        figure = f"up to {persons(need.high)}"
    else:
        figure = f"at least {persons(need.low or 0.0)}"
    found = ", as the reports tell it" if need.found else ""
    chance = "" if now.chance is None else f"; chance to meet it {_percent(now.chance)}"
    return f"Required: {figure}{found}; {expected}{chance}."


def _percent(chance: float) -> str:
    return "under 1%" if chance < 0.01 else "over 99%" if chance > 0.99 else f"{100 * chance:.0f}%"


def _gaps(assessment: Assessment, actor: Naming, task: Naming, rank: Callable[[str], int]) -> str:
    gaps = [c for c in assessment.coverage if c.nobody]
    if not gaps:
        return "Every task has at least one party on record for it." if assessment.coverage else ""
    gaps.sort(key=lambda c: (rank(c.task), -len(c.against)))
    said = f"Nobody is on record for: {'; '.join(_task(c, task) for c in gaps[:_MOST])}"
    said += f"; and {len(gaps) - _MOST} more." if len(gaps) > _MOST else "."
    first = gaps[0]
    if first.against:
        who = dict.fromkeys(first.actors[s] for s in first.against)
        said += f" Against the first: {_list([actor(a) for a in who])}."
    return said


def _task(row: TaskCoverage, task: Naming) -> str:
    words = row.label or task(row.task)
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _list(words: Sequence[str]) -> str:
    if len(words) > _MOST:
        words = [*words[: _MOST - 1], f"{len(words) - _MOST + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _key(assessment: Assessment, actor: Naming) -> str:
    """What the refusals hang on, what unlocks most, and whether any set reaches the requirement."""
    top, refusals = _refusals(assessment, actor)
    best = next((u for u in assessment.unlocks if len(u.conditions) == 1 and u.gain > 0), None)
    gain = ""
    if best is not None:
        it = "It" if best.conditions[0] == top else _named(assessment, best.conditions[0])
        gain = f"{it} is what unlocks most: {_gain(best)}."
    return " ".join(x for x in (refusals, gain, _reach(assessment)) if x)


def _named(assessment: Assessment, lever: str) -> str:
    label = assessment.levers[lever].label
    return label if "“" in label else f"“{label}”"


def _refusals(assessment: Assessment, actor: Naming) -> tuple[str, str]:
    """The condition that all refusals with a condition share, or the one that most of them name."""
    tied = [c for c in assessment.contingents if c.stance in _REFUSALS and c.levers and c.probability > 0]
    if not tied:
        return "", ""
    top, count = Counter(x for c in tied for x in c.levers).most_common(1)[0]
    who = _list([actor(p) for p in dict.fromkeys(c.party for c in tied if top in c.levers)])
    if count == 1 and len(tied) > 1:
        return "", f"The {len(tied)} refusals with a condition share none."
    if count == len(tied):
        many = "both refusals" if count == 2 else f"all {count} refusals"
        what = (
            "The one refusal with a condition names"
            if count == 1
            else f"{many.capitalize()} with a condition share"
        )
    else:
        what = f"Of {len(tied)} refusals with a condition {count} name"
    return top, f"{what} {_named(assessment, top)} ({who})."


def _gain(best: Unlock) -> str:
    tasks = f", covers {len(best.tasks)} more task{'s' if len(best.tasks) > 1 else ''}" if best.tasks else ""
    odds = "" if best.chance is None else f", chance to meet the requirement {_percent(best.chance)}"
    return f"+{persons(best.gain)} expected{tasks}{odds}"


def _reach(assessment: Assessment) -> str:
    found, target = assessment.smallest, assessment.required.target
    if found is None or target is None or not found.complete or found.sets == ((),):
        return ""
    if not found.sets:
        most = persons(assessment.strength.expected + found.all_met)
        return (
            f"With every condition met {most} are expected: no set of conditions reaches {persons(target)}."
        )
    labels = _list([_named(assessment, x) for x in found.sets[0]])
    more = "" if len(found.sets) == 1 else f" (one of {len(found.sets)} sets of that size)"
    return f"The smallest set that reaches {persons(target)}: {labels}{more}."

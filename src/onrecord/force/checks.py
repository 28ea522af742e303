"""What cannot be computed on: named before anything is computed, all of it at once.

In: a story, standings, switches. Out: faults, each with the field of the story file it stands in. The story
reader names lines; a fault here is one that the reader cannot see, or that a program made.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import InputError, StoryInvalid, UnknownName
from onrecord.model import Requirement, Standing, Story


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be computed on.

    Attributes:
        field: the field of the story file, as in ``force.strength.required``.
        message: what is wrong with it.
        hint: the next step.
    """

    field: str
    message: str
    hint: str = ""


def faults(
    story: Story,
    *,
    waits_for: Mapping[str, Sequence[str]] | None = None,
    names: Collection[str] = (),
    actors: Collection[str] = (),
) -> tuple[Fault, ...]:
    """Everything in a story that cannot be computed on.

    Args:
        story: the story.
        waits_for: party -> parties without which it does not come; those of the story by default.
        names: condition ids and kinds that a scenario may set; empty accepts all.
        actors: known parties; empty accepts all.
    """
    waits = waits_for if waits_for is not None else story.force.waits_for if story.force else {}
    return tuple(_all(story, waits, names, actors))


def _all(
    story: Story, waits_for: Mapping[str, Sequence[str]], names: Collection[str], actors: Collection[str]
) -> Iterator[Fault]:
    ids = [c.id for c in story.conditions]
    for one in sorted({i for i in ids if ids.count(i) > 1}):
        yield Fault(f"conditions.{one}", "stands there twice")
    for name, settings in story.scenarios.items():
        yield from _chances(f"scenarios.{name}", settings, names)
    yield from _cycles(waits_for)
    yield from _parties("force.waits_for", [*waits_for, *(x for v in waits_for.values() for x in v)], actors)
    if story.force is None:
        return
    yield from _strengths(story.force.requirement)
    yield from _parties("force.excluded", story.force.excluded, actors)
    yield from _parties("force.consulted", story.force.consulted, actors)
    yield from _parties("force.area_of_responsibility", story.force.responsibility, actors)
    for party, those in story.force.barred_by.items():
        yield from _parties("force.barred_by", [party, *those], actors)
        if party in those:
            yield Fault(
                f"force.barred_by.{party}",
                f"{party} cannot bar itself",
                "a party that will not come is refused",
            )


def _chances(field: str, settings: Mapping[str, float], names: Collection[str]) -> Iterator[Fault]:
    for key, chance in settings.items():
        if not 0 <= chance <= 1:
            yield Fault(
                f"{field}.{key}", f"{chance} is no chance", "write met, not_met or a number from 0 to 1"
            )
        if names and key not in names:
            near = difflib.get_close_matches(key, list(names), 1)
            hint = f"did you mean {near[0]!r}?" if near else "name one of `conditions`, or a kind"
            yield Fault(f"{field}.{key}", "is neither a condition of this story nor a condition kind", hint)


def _strengths(need: Requirement) -> Iterator[Fault]:
    figures = [("force.strength.low", need.low), ("force.strength.high", need.high)]
    figures += [(f"force.strength.components.{k}", v) for k, v in need.components.items()]
    figures += [(f"force.phases.{k}", v) for k, v in need.phases.items()]
    figures += [(f"force.tasks.{k}", v) for k, v in need.tasks.items()]
    wrong = False
    for field, value in figures:
        if value is not None and not (math.isfinite(value) and value >= 0):
            wrong = True
            yield Fault(field, f"{value} is no strength", "give a number of persons, zero or more")
    if wrong:
        return
    if need.low is not None and need.high is not None and need.low > need.high:
        yield Fault("force.strength", f"low ({need.low:g}) is above high ({need.high:g})")
    most = need.high if need.high is not None else need.low
    total = math.fsum(need.components.values())
    if most is not None and total > most * (1 + 1e-9):
        yield Fault("force.strength.components", f"add up to {total:g}, more than the {most:g} required")
    for name, value in need.phases.items():
        if most is not None and value > most * (1 + 1e-9):
            yield Fault(f"force.phases.{name}", f"{value:g} is more than the {most:g} required")


def _parties(field: str, parties: Iterable[str], actors: Collection[str]) -> Iterator[Fault]:
    for party in parties:
        if actors and party not in actors and not party.startswith("group:"):
            near = difflib.get_close_matches(party, list(actors), 1)
            yield Fault(
                f"{field}.{party}",
                f"there is no party {party!r}",
                f"did you mean {near[0]!r}?" if near else "",
            )


def _cycles(waits_for: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Each cycle once, told from its first party in the order of the alphabet."""
    seen: set[tuple[str, ...]] = set()
    for start in sorted(waits_for):
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        visited: set[str] = set()
        while stack:
            at, path = stack.pop()
            for one in waits_for.get(at, ()):
                if one == start and min(path) == start and path not in seen:
                    seen.add(path)
                    yield Fault(
                        f"force.waits_for.{start}",
                        f"{' waits for '.join((*path, start))}: none of them can ever come first",
                        "take one of these out",
                    )
                elif one != start and one not in visited:
                    visited.add(one)
                    stack.append((one, (*path, one)))


def refuse(found: Sequence[Fault]) -> None:
    """Raise for faults; the message names all of them.

    Raises:
        StoryInvalid: there is at least one.
    """
    if found:
        raise StoryInvalid(
            "; ".join(f"{f.field}: {f.message}" for f in found),
            value=tuple(f.field for f in found),
            hint=found[0].hint,
        )


def check_standings(standings: Iterable[Standing]) -> None:
    """Refuse standings with figures that cannot be.

    Raises:
        InputError: a negative or endless figure, low above high, or a probability outside 0 to 1.
    """
    for one in standings:
        for name, value, most in (
            ("low", one.low, math.inf),
            ("high", one.high, math.inf),
            ("probability", one.probability, 1.0),
        ):
            if value is not None and not (math.isfinite(value) and 0 <= value <= most):
                raise InputError(
                    f"standing {one.id}: {name} is {value}", value=one.id, hint="see where it was made"
                )
        if one.low is not None and one.high is not None and one.low > one.high:
            raise InputError(f"standing {one.id}: low {one.low:g} is above high {one.high:g}", value=one.id)


def check_settled(settled: Mapping[str, float], names: Collection[str]) -> None:
    """Refuse switches for conditions that nobody follows.

    Raises:
        UnknownName: there is no such condition or kind.
        InputError: its chance is not from 0 to 1.
    """
    for key, chance in settled.items():
        if key not in names:
            near = difflib.get_close_matches(key, sorted(names), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(names)) or 'none'}"
            raise UnknownName(f"there is no condition {key!r}", value=key, hint=hint)
        if not 0 <= chance <= 1:
            raise InputError(f"condition {key}: {chance} is no chance", value=chance, hint="give 0 to 1")

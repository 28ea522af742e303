"""Who would come, with how many, on what: the contingents of a force from the standings.

In: standings of the matter, the story, what past pledges teach. Out: contingents and who bars them. Every
contingent names the standing and the positions it is made of, and every figure that is not the party's own
is marked as an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.force.delivery import Experience, Kind
from onrecord.force.matching import Lever, lever_of
from onrecord.force.settings import Settings
from onrecord.force.tables import contributors
from onrecord.model import Force, Polarity, Position, Standing, Story
from onrecord.model.wordings import How

COMPONENT_OF = {
    "contribute_troops": "troops",
    "contribute_police": "police",
    "contribute_support": "enablers",
    "contribute_observers": "observers",
}
"""Component of a force by the task that fills it; only these tasks add to its strength."""
LIMITS = frozenset({"role_limit", "location_limit"})
"""Kinds of condition that say what a party will not do or where it will not go: a refusal with such a limit is no
offer, since nothing has to come about for it."""
FigureFrom = Literal["own", "earlier", "record", "typical", "none"]
_OTHER_UNITS = (
    "usd eur gbp cad dollar dollars euro euros pound pounds million billion tonne tonnes ton tons "
    "boat boats vehicle vehicles aircraft helicopter helicopters ship ships children patients "
    "trucks percent"
)
_NOT_PERSONS = frozenset(_OTHER_UNITS.split())


@dataclass(frozen=True, slots=True)
class Contingent:
    """What one party would send for one task.

    Attributes:
        party, task: who and what for.
        standing: id of the standing it is made of.
        positions: ids of the positions behind it.
        stance, polarity, state: as the standing has them.
        probability: 0 to 1, that the party means to come once its conditions are met.
        kind: what kind of pledge it counts as.
        levers: ids of the conditions it hangs on.
        matched: how each condition was told, in the order of `levers`.
        low, high: persons; for a figure from the record its largest past contingent twice; an earlier one
            is the last that the party's own positions held before it stopped naming any.
        figure: where the number is from.
        figure_source: in words, with the source.
        part: share of a figure from the record that this contingent takes, where a party has several.
        excluded: why the force is not to hold it, or "".
        outside: whose area of responsibility it lies outside of, where the story gives one; a note, it counts.
    """

    party: str
    task: str
    standing: str
    positions: tuple[str, ...]
    stance: str
    polarity: Polarity
    state: str
    probability: float
    kind: Kind
    levers: tuple[str, ...]
    matched: tuple[How, ...]
    low: float
    high: float
    figure: FigureFrom
    figure_source: str
    part: float = 1.0
    excluded: str = ""
    outside: str = ""

    @property
    def counts(self) -> bool:
        """Whether it can add to the strength at all."""
        return self.probability > 0 and self.high > 0 and not self.excluded


@dataclass(frozen=True, slots=True)
class Bar:
    """Who can keep a party out, and how likely it does.

    Attributes:
        by, party: the one who bars, and the one who is barred.
        chance: 0 to 1, that the bar holds.
        standing: id of the standing that says so, or "" where only the story does.
        positions: ids of the positions behind it.
        why: in words.
    """

    by: str
    party: str
    chance: float
    standing: str
    positions: tuple[str, ...]
    why: str


def meaning_to_come(standing: Standing, count_open: bool) -> tuple[float, Kind]:
    """The chance that the party means to do it once its conditions are met, and as what kind of pledge it
    counts.

    "Not unless C" says the same as "ready if C" (the export contract), so a refusal with a condition counts
    as an offer; a mere limit to role or place is no such condition. A plain refusal counts as nothing where
    it is undisputed, and with the sources' remaining doubt where it is contested. A party that has not spoken
    for itself is not on record and counts as nothing, unless told otherwise.
    """
    chance = standing.probability if standing.probability is not None else 0.5
    if standing.polarity == "for":
        return chance, "firm"
    if standing.polarity == "leaning":
        return chance, "weak"
    if standing.polarity == "open":
        return (chance, "open") if count_open else (0.0, "open")
    if any(c.kind not in LIMITS for c in standing.conditions):
        return chance, "firm"
    return (1 - chance, "weak") if standing.state == "contested" else (0.0, "weak")


def of_story(standings: Sequence[Standing], story: Story) -> tuple[Standing, ...]:
    """Those of the story's matter; where no standing has a matter at all, all of them."""
    if any(s.matter for s in standings):
        return tuple(s for s in standings if s.matter == story.matter)
    return tuple(standings)


def contingents(
    standings: Sequence[Standing],
    story: Story,
    known: Experience,
    settings: Settings,
    positions: Mapping[str, Position],
) -> tuple[tuple[Contingent, ...], Mapping[str, Lever]]:
    """The contingents, in the order of the standings, and the conditions they hang on.

    The conditions of every standing of the matter are followed, also of those that add nothing to the
    strength.
    """
    levers = {c.id: Lever(c.id, c.kind, c.label) for c in story.conditions}
    made: list[Contingent] = []
    for standing in standings:
        found = [
            lever_of(c, standing.performer, story, wording=settings.wording) for c in standing.conditions
        ]
        for lever, _ in found:
            levers.setdefault(lever.id, lever)
        if standing.holder != standing.performer or standing.performer.startswith("group:"):
            continue
        names = {lever.id: how for lever, how in found}
        made.append(_contingent(standing, story, known, settings, names, positions))
    return _share_records(made), levers


def _contingent(
    standing: Standing,
    story: Story,
    known: Experience,
    settings: Settings,
    names: Mapping[str, How],
    positions: Mapping[str, Position],
) -> Contingent:
    chance, kind = meaning_to_come(standing, settings.count_open)
    low, high, source = 0.0, 0.0, ""
    figure: FigureFrom = "none"
    if standing.task in COMPONENT_OF:
        low, high, figure, source = _number(standing, known, positions)
    excluded = story.force.excluded.get(standing.performer, "") if story.force else ""
    return Contingent(
        party=standing.performer,
        task=standing.task,
        standing=standing.id,
        positions=tuple(dict.fromkeys((*standing.supporting, *standing.opposing))),
        stance=standing.stance,
        polarity=standing.polarity,
        state=standing.state,
        probability=chance,
        kind=kind,
        levers=tuple(names),
        matched=tuple(names.values()),
        low=low,
        high=high,
        figure=figure,
        figure_source=source,
        excluded=excluded if standing.task in COMPONENT_OF else "",
        outside=_outside(standing.performer, story.force),
    )


def _outside(party: str, force: Force | None) -> str:
    if force is None or not force.responsibility or party in force.responsibility:
        return ""
    return force.responsibility_of or "the command"


def _number(
    standing: Standing, known: Experience, positions: Mapping[str, Position]
) -> tuple[float, float, FigureFrom, str]:
    now = _persons(standing.low, standing.high, standing.unit)
    if now:
        return *now, "own", "the figure that stands on record"
    before = _earlier(standing, positions)
    if before:
        return *before[0], "earlier", f"the last figure on record for it, in position {before[1]}"
    past = contributors().get(standing.performer)
    if past is not None:
        return (
            past.largest,
            past.largest,
            "record",
            f"largest past contingent found: {past.where} ({past.source})",
        )
    if standing.performer.isupper() and len(standing.performer) == 3:
        return known.typical, known.typical, "typical", "the median of past pledges; no record was found"
    return 0.0, 0.0, "none", "no figure and no record"


def _persons(low: float | None, high: float | None, unit: str | None) -> tuple[float, float] | None:
    """Both ends of a figure of persons; an open end is the other one."""
    if not (low or high) or set((unit or "").casefold().split()) & _NOT_PERSONS:
        return None
    return (low if low is not None else high) or 0.0, (high if high is not None else low) or 0.0


def _earlier(standing: Standing, positions: Mapping[str, Position]) -> tuple[tuple[float, float], str] | None:
    """The last figure of persons in a standing's history: the party's own before what others say."""
    found: list[tuple[bool, int, tuple[float, float], str]] = []
    told = [p for entry in standing.history for p in entry.positions] or list(standing.supporting)
    for place, name in enumerate(told):
        one = positions.get(name)
        if one is not None and one.quantity is not None:
            persons = _persons(one.quantity.low, one.quantity.high, one.quantity.unit)
            if persons:
                found.append((one.self_declared, place, persons, name))
    return (max(found)[2], max(found)[3]) if found else None


def _share_records(made: Sequence[Contingent]) -> tuple[Contingent, ...]:
    """One record is one contingent: where a party offers several without a figure, each takes its part."""
    guessed: dict[str, int] = {}
    for one in made:
        if one.figure in {"record", "typical"} and one.counts:
            guessed[one.party] = guessed.get(one.party, 0) + 1
    return tuple(
        replace(c, part=1 / guessed[c.party])
        if c.counts and c.figure in {"record", "typical"} and guessed.get(c.party, 0) > 1
        else c
        for c in made
    )


def bars(standings: Sequence[Standing], story: Story) -> tuple[Bar, ...]:
    """Who keeps whom out, by the story's ``barred_by`` and what those parties are on record for.

    One who is on record against the other's coming bars it with the probability of that standing; one who
    is on record for it does not; one of whom nothing is on record bars it, since the story says so.
    """
    if story.force is None:
        return ()
    found: list[Bar] = []
    for party, those in story.force.barred_by.items():
        for by in those:
            own = [s for s in standings if s.holder == by and s.performer == party and s.task in COMPONENT_OF]
            against = [s for s in own if s.polarity == "against"]
            if against:
                worst = max(against, key=lambda s: s.probability or 0.5)
                chance = worst.probability if worst.probability is not None else 0.5
                found.append(Bar(by, party, chance, worst.id, worst.supporting, "on record against it"))
            elif own:
                said = own[0]
                found.append(Bar(by, party, 0.0, said.id, said.supporting, f"on record as {said.stance}"))
            else:
                found.append(Bar(by, party, 1.0, "", (), "the story says so; nothing is on record"))
    return tuple(found)

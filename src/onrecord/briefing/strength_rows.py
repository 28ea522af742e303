"""The tables of the section of strength, each row with the standings and passages it is made of.

Comes in: the ``force`` mapping (see `onrecord.briefing.strength`), the material, the references. Goes out: rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link, Ref
from onrecord.briefing.text import chance, listed, number, one_line
from onrecord.briefing.values import as_number, maps, texts
from onrecord.briefing.view_strength import Coverage, Earlier, Part, Unlock
from onrecord.model import Standing

_MOST_REFS = 4
_MOST_PARTS = 12
_MOST_EARLIER = 10


class Rows:
    """Makes the rows of one force.

    Args:
        material: what the brief is made from.
        references: numbers of passages.
        force: the mapping.
        place: where the rows stand, for the passages to lead back to.
    """

    def __init__(
        self, material: Material, references: References, force: Mapping[str, Any], place: Link
    ) -> None:
        self._material = material
        self._references = references
        self._force = force
        self._place = place
        self._standings = {x.id: x for x in material.standings}
        scenarios = maps(force.get("scenarios"))
        name = force.get("scenario")
        self._here = next((x for x in scenarios if x.get("id") == name), scenarios[0] if scenarios else {})

    @property
    def scenario(self) -> str:
        """The name of the scenario that the rows are told for."""
        return one_line(str(self._here.get("name") or ""), 60)

    def refs(self, positions: Iterable[str], limit: int = _MOST_REFS) -> tuple[Ref, ...]:
        """References to passages."""
        return self._references.refs(positions, self._place, limit)

    def _of_standings(self, ids: Iterable[str]) -> list[str]:
        """The positions behind standings, the most telling of each first."""
        found: list[str] = []
        for name in ids:
            held = self._standings.get(name)
            if held is not None:
                found += self._material.best_first(held, held.supporting)[:2]
        return found

    def _party(self, actor: str, standings: Iterable[str]) -> Link:
        """A party, linked to the first of the standings that is its own."""
        own = (self._standings.get(x) for x in standings)
        held = next((x for x in own if x is not None and actor in (x.holder, x.performer)), None)
        return Link(self._material.words.actor(actor), self._material.s[held.id] if held else "")

    def _task(self, task: object) -> str:
        return self._material.words.task(str(task or ""))

    def made_of(self) -> tuple[Part, ...]:
        """Who makes up the expected force, largest first."""
        return tuple(
            Part(
                party=self._party(str(row.get("party") or ""), [str(row.get("standing") or "")]),
                what=self._task(row.get("task")),
                persons=_persons(row.get("expected")),
                met=chance(as_number(row.get("conditions_met"))),
                refs=self.refs(self._behind(row)),
            )
            for row in maps(self._here.get("made_of"))[:_MOST_PARTS]
        )

    def _behind(self, row: Mapping[str, Any]) -> list[str]:
        """A row's passages: the most telling of its standing before the rest."""
        telling = self._of_standings([str(row.get("standing") or ""), *texts(row.get("standings"))])
        return telling or texts(row.get("positions"))

    def coverage(self) -> tuple[Coverage, ...]:
        """One row a task, in the order given."""
        return tuple(self._coverage(x) for x in maps(self._force.get("coverage")))

    def _coverage(self, row: Mapping[str, Any]) -> Coverage:
        ids = texts(row.get("standings"))
        nobody = row.get("nobody")
        supporting = self._who(row.get("for"), ids, ("for",))
        need, expected = as_number(row.get("required")), as_number(row.get("expected"))
        persons = f"{number(expected)} expected" if expected is not None else ""
        if need is not None:
            persons = f"{persons}, {number(need)} needed" if persons else f"{number(need)} needed"
        return Coverage(
            task=self._task(row.get("task")),
            supporting=supporting,
            leaning=self._who(row.get("leaning"), ids, ("leaning",)),
            silent=self._who(row.get("silent"), ids, ("open",)),
            against=self._who(row.get("against"), ids, ("against",)),
            nobody=nobody if isinstance(nobody, bool) else not supporting,
            persons=persons,
            refs=self.refs(self._of_standings(ids) or texts(row.get("positions"))),
        )

    def _who(self, actors: object, ids: Sequence[str], polarities: Sequence[str]) -> tuple[Link, ...]:
        own = [x for x in ids if x in self._standings and self._standings[x].polarity in polarities]
        return tuple(self._party(x, own) for x in texts(actors))

    def unlock(self) -> tuple[Unlock, ...]:
        """What each condition, and each set that gains more than its parts, would bring."""
        shares = {
            str(x.get("id")): as_number(x.get("share_of_gain")) for x in maps(self._force.get("conditions"))
        }
        return tuple(self._unlock(x, shares) for x in maps(self._force.get("unlock")))

    def _unlock(self, row: Mapping[str, Any], shares: Mapping[str, float | None]) -> Unlock:
        names, ids = texts(row.get("conditions")), texts(row.get("ids"))
        note = row.get("note")
        share = shares.get(ids[0]) if len(ids) == 1 else None
        standings = [x for x in texts(row.get("standings")) if x in self._standings]
        return Unlock(
            conditions=listed([self.condition(self._material, x) for x in names]),
            gain=_signed(as_number(row.get("gain"))),
            chance=chance(as_number(row.get("chance"))),
            note=one_line(note, 200) if isinstance(note, str) else "",
            share=_signed(share),
            standings=tuple(Link(self._named(self._standings[x]), self._material.s[x]) for x in standings),
            refs=self.refs(self._naming(standings, names) or self._of_standings(standings)),
        )

    def _named(self, standing: Standing) -> str:
        words = self._material.words
        return f"{words.actor(standing.holder)}, {words.task(standing.task)}"

    def _naming(self, standings: Iterable[str], names: Sequence[str]) -> list[str]:
        """The positions in which standings name a condition of the set."""
        found = []
        for name in standings:
            for condition in self._standings[name].conditions:
                known = condition.followed.rpartition(".")[2]
                if known in names or condition.kind in names or len(self._standings[name].conditions) == 1:
                    found += list(condition.positions[:2])
        return found

    @staticmethod
    def condition(material: Material, name: str) -> str:
        """A condition in words: the story's label, or that of its kind, or the words themselves."""
        own = {x.id: x.label for x in (material.story.conditions if material.story else ())}
        return one_line(own[name], 90) if name in own else material.words.condition(name)

    def bars(self) -> list[tuple[str, str, float, float | None]]:
        """For the chart: label, detail, gain, share; those that gain something."""
        shares = {
            str(x.get("id")): as_number(x.get("share_of_gain")) for x in maps(self._force.get("conditions"))
        }
        found = []
        for row in maps(self._force.get("unlock")):
            gain, names, ids = as_number(row.get("gain")), texts(row.get("conditions")), texts(row.get("ids"))
            if gain is None or gain <= 0 or not names:
                continue
            odds = chance(as_number(row.get("chance")))
            label = one_line(listed([self.condition(self._material, x) for x in names]), 90)
            share = shares.get(ids[0]) if len(ids) == 1 else None
            found.append((label, f"+{number(gain)}{f'; meets it: {odds}' if odds else ''}", gain, share))
        return found

    def smallest(self) -> tuple[str, ...]:
        """The smallest sets that reach the requirement, in words; a sentence where there is none."""
        found = self._force.get("smallest_sets")
        if not isinstance(found, Mapping):
            return ()
        labels = {str(x.get("id")): str(x.get("label") or "") for x in maps(self._force.get("conditions"))}
        raw = found.get("sets")
        sets = [texts(x) for x in raw] if isinstance(raw, list) else []
        if sets == [[]]:
            return ("The requirement is expected to be met as things stand.",)
        if not sets:
            gain, whole = as_number(found.get("to_gain")), as_number(found.get("gain_of_all"))
            if gain is None or whole is None:
                return ()
            return (
                f"No set of conditions reaches it: {number(gain)} more would have to be expected, and all "
                f"conditions together bring {number(whole)}.",
            )
        return tuple(one_line(listed([labels.get(x) or x for x in one]), 200) for one in sets[:_MOST_PARTS])

    def leaving(self) -> tuple[Part, ...]:
        """Who is missed most, first; none whose leaving costs nothing."""
        found = []
        for row in maps(self._force.get("leaving")):
            loss, odds = as_number(row.get("loss")), as_number(row.get("chance_loss"))
            if not loss or loss <= 0:
                continue
            ids = texts(row.get("standings"))
            points = "" if odds is None else "under 1 point" if odds < 0.01 else f"{100 * odds:.0f} points"
            found.append(
                Part(
                    party=self._party(str(row.get("party") or ""), ids),
                    what=points,
                    persons=f"−{number(loss)}",
                    met="",
                    refs=self.refs(self._of_standings(ids)),
                )
            )
        return tuple(found[:_MOST_PARTS])

    def earlier(self) -> tuple[Earlier, ...]:
        """Earlier forces, in the order given."""
        found = []
        for row in maps(self._force.get("precedents"))[:_MOST_EARLIER]:
            size, filled = as_number(row.get("this_force_is_times_as_large")), as_number(row.get("filled"))
            after = _persons(row.get("after_12_months"))
            found.append(
                Earlier(
                    name=one_line(str(row.get("name") or ""), 40),
                    full_name=one_line(str(row.get("full_name") or ""), 120),
                    authorised=_persons(row.get("authorised")),
                    after_a_year=f"{after} ({filled:.0%})" if after and filled is not None else after,
                    contributors=_persons(row.get("contributors")),
                    days=_persons(row.get("days_to_first_deployment")),
                    command="United Nations"
                    if row.get("under_un_command") is True
                    else one_line(str(row.get("lead") or ""), 80),
                    size=f"{size:.1f} times" if size is not None else "",
                    shared=listed([self._task(x) for x in texts(row.get("tasks_shared"))]),
                    only_here=listed([self._task(x) for x in texts(row.get("tasks_only_here"))]),
                    source=one_line(str(row.get("source") or ""), 160),
                )
            )
        return tuple(found)

    def of_made(self) -> list[str]:
        """The passages behind the largest parts of the expected force."""
        found: list[str] = []
        for row in maps(self._here.get("made_of"))[:3]:
            found += self._behind(row)[:2]
        return found

    def of_gaps(self) -> list[str]:
        """The passages of those who are against what nobody would do."""
        found: list[str] = []
        for row in maps(self._force.get("coverage")):
            if row.get("nobody") is True:
                against = [
                    x
                    for x in texts(row.get("standings"))
                    if x in self._standings and self._standings[x].polarity == "against"
                ]
                found += self._of_standings(against)[:3]
        return found

    def of_key(self) -> list[str]:
        """The passages that name the condition which unlocks most."""
        for row in maps(self._force.get("unlock")):
            if len(texts(row.get("conditions"))) == 1 and (as_number(row.get("gain")) or 0) > 0:
                known = [x for x in texts(row.get("standings")) if x in self._standings]
                return self._naming(known, texts(row.get("conditions")))
        return []


def _persons(value: object) -> str:
    found = as_number(value)
    return number(found) if found is not None else ""


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    return f"{'+' if value >= 0 else '−'}{number(abs(value))}"



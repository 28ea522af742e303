"""Answers for people at a terminal: names checked, standings, timelines, explanations, differences.

Part of the services: joins ledger, reconciliation and vocabulary into lines and records. Nothing here prints.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import services
from onrecord.errors import UnknownName
from onrecord.ledger import Ledger
from onrecord.model import Position, Standing
from onrecord.model.records import Record, fact_record, position_record, standing_record, statement_record
from onrecord.reconciliation import diff, explain
from onrecord.reconciliation.result import Explanation
from onrecord.services import Answer
from onrecord.settings import Settings
from onrecord.showing import day_words
from onrecord.vocabulary import Vocabulary, load


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for, by ids; None asks for all.

    Attributes:
        holder, performer: ids of actors.
        task: id of a task.
    """

    holder: str | None = None
    performer: str | None = None
    task: str | None = None

    @classmethod
    def of(
        cls,
        *,
        holder: str | None = None,
        performer: str | None = None,
        task: str | None = None,
        among: Iterable[Position | Standing] = (),
    ) -> Asked:
        """What is asked for by names as typed ("Azerbaijan", "aze").

        Args:
            holder: id or name of an actor.
            performer: the same.
            task: id of a task.
            among: what it is asked of; its tasks may be asked for though they are not the vocabulary's.

        Raises:
            UnknownName: there is no such actor or task; the hint names the nearest.

        Example:
            >>> Asked.of(holder="Azerbaijan", task="disarm")
            Asked(holder='AZE', performer=None, task='disarm')
        """
        vocabulary = load()
        if task and task not in vocabulary.tasks:
            own = {noun.task for noun in among}
            if task not in own:
                near = difflib.get_close_matches(task, sorted(own), n=1) or vocabulary.suggest(task, "tasks")
                raise _unknown("task", task, near)
        return cls(
            holder=_actor(holder, vocabulary) if holder else None,
            performer=_actor(performer, vocabulary) if performer else None,
            task=task or None,
        )

    def fits(self, noun: Position | Standing) -> bool:
        """Whether a position or standing is of what is asked for."""
        return (
            self.holder in {None, noun.holder}
            and self.performer in {None, noun.performer}
            and self.task in {None, noun.task}
        )


def actor_id(name: str, vocabulary: Vocabulary) -> str | None:
    """The id of an actor by its id or name; groups, and lower-case ids that only reports know, pass.

    Example:
        >>> [actor_id(x, load()) for x in ("aze", "Azerbaijan", "group:26_countries", "Azerbaidjan")]
        ['AZE', 'AZE', 'group:26_countries', None]
    """
    for form in (name, name.upper(), name.lower()):
        if form in vocabulary.actors:
            return form
    wanted = name.casefold()
    for actor in vocabulary.actors.values():
        if any(wanted == form.casefold() for form in (actor.label, *actor.names, *actor.abbreviations)):
            return actor.id
    return name if name.startswith("group:") or (name.islower() and "_" in name) else None


def _actor(name: str, vocabulary: Vocabulary) -> str:
    found = actor_id(name, vocabulary)
    if found is None:
        near = vocabulary.suggest(name, "actors")
        raise _unknown("actor", name, [vocabulary.label(x) for x in near])
    return found


def _unknown(noun: str, name: str, near: Sequence[str]) -> UnknownName:
    hint = f"did you mean {near[0]!r}?" if near else f"docs/vocabulary.md lists every {noun}"
    return UnknownName(f"there is no {noun} {name!r}", value=name, hint=hint)


def noted(ledger: Ledger) -> Iterator[Position]:
    """All positions of a ledger, read when somebody looks."""
    yield from ledger.positions()


def _check(noun: str, name: str | None, known: Iterable[str]) -> None:
    """Refuse a name that is not among those known, with the nearest."""
    among = sorted(set(known))
    if name is None or name in among:
        return
    near = difflib.get_close_matches(name, among, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(among[:8]) or 'none'}"
    raise UnknownName(f"there is no {noun} {name!r}", value=name, hint=hint)


def standings(answer: Answer, asked: Asked, *, matter: str | None = None) -> list[Record]:
    """The standings asked for.

    Raises:
        UnknownName: nothing is on record of such a matter.
    """
    found = answer.reconciliation.standings
    _check("matter", matter, (s.matter for s in found if s.matter))
    return [standing_record(s) for s in found if asked.fits(s) and matter in {None, s.matter}]


def positions(ledger: Ledger, asked: Asked, *, report: str | None = None) -> list[Record]:
    """The positions asked for.

    Raises:
        UnknownName: there is no such report.
    """
    _check_report(ledger, report)
    return [position_record(p) for p in ledger.positions(report=report) if asked.fits(p)]


def statements(ledger: Ledger, *, report: str | None = None) -> list[Record]:
    """The statements, of one report where it is named.

    Raises:
        UnknownName: there is no such report.
    """
    _check_report(ledger, report)
    return [statement_record(s) for s in ledger.statements(report=report)]


def facts(
    ledger: Ledger, subject: str | None = None, *, kind: str | None = None, report: str | None = None
) -> list[Record]:
    """The background that reports give.

    Args:
        ledger: the ledger.
        subject: of this party alone, by its name or id.
        kind: of this kind alone.
        report: of this report alone.

    Raises:
        UnknownName: there is no such report or actor.
    """
    _check_report(ledger, report)
    entity = _actor(subject, load()) if subject else None
    return [
        fact_record(f)
        for f in ledger.facts(report=report)
        if entity in {None, f.entity} and kind in {None, f.kind}
    ]


def _check_report(ledger: Ledger, report: str | None) -> None:
    if report is not None:
        _check("report", report, (r.id for r in ledger.reports()))


def timeline(answer: Answer, asked: Asked) -> list[Record]:
    """What was said when: by the day of the saying, else of publishing; undated ones last."""
    published = {r.id: r.published for r in answer.reports}
    rows = []
    for p in answer.positions:
        if not asked.fits(p):
            continue
        when = p.said_on or published.get(p.report)
        row: Record = {
            "when": "" if when is None else day_words(when),
            "inferred": bool(when and (when.inferred or p.said_on is None)),
            "holder": p.holder,
            "performer": p.performer,
            "task": p.task,
            "stance": p.stance,
            "chain": [link.name for link in p.chain],
            "report": p.report,
            "position": p.id,
        }
        first, last = (when.earliest, when.latest) if when else (date.max, date.max)
        rows.append(((when is None, first, last, p.id), row))
    return [row for _, row in sorted(rows, key=lambda x: x[0])]


def explanation(answer: Answer, asked: Asked, *, matter: str | None = None) -> Explanation:
    """Why a standing is what it is, what would change it, what is missing.

    Args:
        answer: of the day to explain.
        asked: holder and task, and the performer where it is not the holder.
        matter: of which matter, where there are several.

    Raises:
        UnknownName: nothing is on record of such a matter, or holder and task are not both given.
    """
    if asked.holder is None or asked.task is None:
        raise UnknownName("an explanation needs a holder and a task", value=asked)
    made = answer.reconciliation
    _check("matter", matter, (s.matter for s in made.standings if s.matter))
    return explain(made, asked.holder, asked.task, load(), performer=asked.performer, matter=matter)


def explanation_lines(told: Explanation) -> list[str]:
    """An explanation in lines for a terminal."""
    said = list(told.lines)
    if told.would_change:
        said += ["", "What would change it:", *(f"  {x}" for x in told.would_change)]
    if told.missing:
        said += ["", "What is missing:", *(f"  {x}" for x in told.missing)]
    return said


def explanation_record(told: Explanation) -> Record:
    """An explanation as a record."""
    return {
        "standing": told.standing.id if told.standing else None,
        "lines": list(told.lines),
        "would_change": list(told.would_change),
        "missing": list(told.missing),
        "weights": dict(told.weights),
    }


def changed(ledger: Ledger, settings: Settings, earlier: date, later: date) -> list[Record]:
    """What changed between two days, a record for each change."""
    before = services.answer(ledger, settings, as_of=earlier)
    after = services.answer(ledger, settings, as_of=later)
    return [
        {
            "holder": c.holder,
            "performer": c.performer,
            "task": c.task,
            "matter": c.matter,
            "kind": c.kind,
            "from": c.before,
            "to": c.after,
            "why": c.why,
            "positions": list(c.positions),
        }
        for c in diff(before.reconciliation, after.reconciliation)
    ]

"""One pass: what was last told against what is known now, messages into the outbox, and what lies there sent.

In: an opened ledger, settings, rules. Out: :class:`Told`. What is known and what is to be sent of it go into the ledger
in one transaction, before anything is sent. A pass that is killed before that has done nothing, and one that is killed
after it leaves the rest in the outbox for the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord import __version__, services
from onrecord.briefing.words import Words
from onrecord.errors import LedgerLocked
from onrecord.ledger import Ledger, Outbox, Point
from onrecord.model import Judgement, Story
from onrecord.model.records import Record
from onrecord.services import Answer
from onrecord.settings import Settings
from onrecord.telling.changes import Happening, compare, wanted
from onrecord.telling.desk import Desk
from onrecord.telling.letters import letter
from onrecord.telling.rules import Rules
from onrecord.telling.sending import Delivered, MakeSender, deliver, sender_for
from onrecord.telling.states import states_of
from onrecord.undertakings import Labelled, task_records
from onrecord.vocabulary import load

_TRIES = 5
"""How often the rows are read again where somebody adds to the ledger meanwhile."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a pass came to.

    Attributes:
        as_of: the day it is told for, ISO 8601; "" where nothing was compared.
        baseline: whether this was the first pass: what is known was noted, and nothing told.
        known: how many standings are known.
        letters: what is new, each with its ``target``.
        delivered: what came of what lay in the outbox.
        waiting: how many messages wait, by target.
        nowhere: how many of them are for targets that the rules do not name any more.
        busy: whether another process is telling: then nothing was done.
    """

    as_of: str = ""
    baseline: bool = False
    known: int = 0
    letters: tuple[Record, ...] = ()
    delivered: tuple[Delivered, ...] = ()
    waiting: Mapping[str, int] | None = None
    nowhere: int = 0
    busy: bool = False

    @property
    def failed(self) -> tuple[Delivered, ...]:
        """What could not be sent."""
        return tuple(x for x in self.delivered if x.failure)


def tell(
    ledger: Ledger,
    settings: Settings,
    rules: Rules,
    *,
    since: date | None = None,
    story: Story | None = None,
    send: bool = True,
    at_once: bool = True,
    make: MakeSender = sender_for,
) -> Told:
    """One pass.

    Args:
        ledger: opened.
        settings: as for asking what stands; ``story`` of theirs is the file.
        rules: what is to be told, and where.
        since: compare with this day as well; what was told already is not told again.
        story: the settings' story where a caller has read it already.
        send: False notes and sends nothing; what would be told comes back.
        at_once: try also messages that are to be left alone for a while.
        make: makes what sends to a target.

    Raises:
        LedgerError: or one below it, when the ledger cannot be read, or not written where ``send`` is set.
        StoryInvalid: the settings' story cannot be followed.
    """
    outbox = ledger.outbox
    story = story or services.story_of(settings, load())
    if not send:
        return _look(ledger, outbox, settings, rules, since, story).told()
    with outbox.turn() as mine:
        if not mine:
            return Told(busy=True)
        told = _noted(ledger, outbox, settings, rules, since, story)
        delivered = deliver(outbox, rules, settings.clock, make, at_once=at_once)
        waiting: dict[str, int] = {}
        for one in outbox.waiting(rules.name):
            waiting[one.target] = waiting.get(one.target, 0) + 1
    return Told(
        told.as_of,
        told.baseline,
        told.known,
        told.letters,
        tuple(delivered),
        waiting,
        sum(n for target, n in waiting.items() if target not in rules.targets),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at the ledger found.

    Attributes:
        since: the point that it starts from.
        point: the point that it comes to, or None where nothing can have changed.
        states: as known now.
        letters: (target, message), those that were queued before left out.
    """

    since: Point | None
    point: Point | None = None
    states: Mapping[str, Record] | None = None
    letters: tuple[tuple[str, Record], ...] = ()
    baseline: bool = False

    def told(self) -> Told:
        """What a pass says of it."""
        known = sum(s["kind"] == "standing" for s in (self.states or {}).values())
        as_of = self.point.as_of if self.point else ""
        return Told(as_of, self.baseline, known, tuple({**m, "target": t} for t, m in self.letters))


def _noted(
    ledger: Ledger, outbox: Outbox, settings: Settings, rules: Rules, since: date | None, story: Story | None
) -> Told:
    """Look, and note what was found."""
    for _ in range(_TRIES):
        look = _look(ledger, outbox, settings, rules, since, story)
        if look.point is None or look.states is None:
            return look.told()
        if outbox.queue(rules.name, _scope(story), look.since, look.point, look.states, look.letters) is not None:
            return look.told()
    raise LedgerLocked(f"others keep telling from {ledger.where}", value=ledger.where, hint="run it again")


def _look(
    ledger: Ledger, outbox: Outbox, settings: Settings, rules: Rules, since: date | None, story: Story | None
) -> _Look:
    """What would be told now."""
    held = outbox.point(rules.name, _scope(story))
    force = any(rule.of_force for rule in rules.rules)
    known = _known(ledger, settings, story, force)
    if held is not None and since is None and held.known == known:
        return _Look(held)
    answer, judgements, known = _read(ledger, settings, story, force)
    states = states_of(answer)
    point = Point(0, answer.as_of.isoformat(), known)
    desk = _desk(rules, answer, story, judgements, int(held.known["judgements"]) if held else len(judgements))
    happened: list[list[Happening]] = []
    if held is not None:
        happened.append(compare(outbox.states(_scope(story), held.upto), states, desk.words))
    letters = _letters(desk, rules, happened, states)
    if since is not None:
        then = states_of(_answer(ledger, settings, story, force, since))
        again = _letters(desk, rules, [compare(then, states, desk.words)], states)
        letters += _not_told(again, letters, outbox.told(rules.name))
    new = tuple(x for x in letters if not outbox.has(x[1]["id"], x[0]))
    return _Look(held, point, states, new, baseline=held is None and since is None)


def _letters(
    desk: Desk, rules: Rules, happened: list[list[Happening]], states: Mapping[str, Record]
) -> list[tuple[str, Record]]:
    """One message a rule and place, to each of the rule's targets, in the order of the rules."""
    found = []
    for rule in rules.rules:
        for some in happened:
            for place in _by_place(wanted(rule, some, states)).values():
                message = letter(desk, rule, place)
                found += [(target, message) for target in rule.to]
    return found


def _by_place(some: list[Happening]) -> dict[str, list[Happening]]:
    found: dict[str, list[Happening]] = {}
    for one in some:
        found.setdefault(one.place, []).append(one)
    return found


def _not_told(
    again: list[tuple[str, Record]], now: list[tuple[str, Record]], told: list[Record]
) -> list[tuple[str, Record]]:
    """Of messages about a longer stretch, those that say something else than the last one about the same thing."""
    last: dict[tuple[str, str, str, str], object] = {}
    for message in (*told, *({**m, "target": t} for t, m in now)):
        last[_thing(message["target"], message)] = message["now"]
    return [(t, m) for t, m in again if last.get(_thing(t, m), _thing) != m["now"]]


def _thing(target: str, message: Record) -> tuple[str, str, str, str]:
    return target, message["rule"], message["place"], message["about"][0]


# Reading the ledger


def _scope(story: Story | None) -> str:
    """Whose states they are: a story has its own tasks, conditions and force."""
    return story.id if story else ""


def _known(ledger: Ledger, settings: Settings, story: Story | None, force: bool) -> dict[str, Any]:
    """Everything that what stands depends on: equal for two moments between which nothing can have changed."""
    told = settings.story.read_bytes() if settings.story and Path(settings.story).is_file() else b""
    return {
        "version": list(ledger.version()),
        "judgements": len(ledger.judgements()),
        "story": hashlib.sha256(told + json.dumps(story.id if story else None).encode()).hexdigest(),
        "day": settings.clock().date().isoformat(),
        "software": __version__,
        "force": force,
    }


def _read(
    ledger: Ledger, settings: Settings, story: Story | None, force: bool
) -> tuple[Answer, list[Judgement], dict[str, Any]]:
    """What stands now, with what is known of the ledger at that moment."""
    for _ in range(_TRIES):
        known = _known(ledger, settings, story, force)
        answer = _answer(ledger, settings, story, force, None)
        judgements = ledger.judgements()
        if _known(ledger, settings, story, force) == known:
            return answer, judgements, known
    # Somebody adds without a pause: what came in meanwhile is told at the latest in the next pass.
    return answer, judgements, known


def _answer(ledger: Ledger, settings: Settings, story: Story | None, force: bool, as_of: date | None) -> Answer:
    return services.answer_of(
        tuple(ledger.reports()),
        (),
        tuple(ledger.positions()),
        settings,
        as_of=as_of,
        story=story,
        force=force,
    )


def _desk(rules: Rules, answer: Answer, story: Story | None, judgements: list[Judgement], known: int) -> Desk:
    vocabulary = load()
    labels = {x["task"]: x["label"] for x in task_records(answer.positions, vocabulary.tasks, story)}
    return Desk.of(rules.name, answer, Words(Labelled(vocabulary, labels)), judgements, known)

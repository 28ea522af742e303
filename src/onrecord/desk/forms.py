"""What a form of correction needs: the values as they are, and what can be chosen.

In: a desk and an id. Out: frozen views. Nothing here knows HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.briefing.words import POLARITIES
from onrecord.desk.desk import Desk
from onrecord.desk.passages import find_position
from onrecord.model import Polarity, Position
from onrecord.vocabulary import Vocabulary

STANCE_KEYS = "1234567890abgilnqv"
"""One key for each stance, in the order of the ladder; the letters are those that open no other field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: id, name, and the key that chooses it where it has one."""

    id: str
    label: str
    gloss: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be chosen.

    Attributes:
        stances: by polarity.
        tasks, kinds, matters, actors: in the order to show.
    """

    stances: tuple[tuple[Polarity, tuple[Choice, ...]], ...]
    tasks: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    matters: tuple[Choice, ...]
    actors: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A position's values as a form shows them."""

    position: Position
    holder: str
    performer: str
    said_on: str
    conditions: tuple[tuple[str, str], ...]
    figure: tuple[str, str, str, str]
    chain: tuple[tuple[str, str], ...]


def choices(desk: Desk) -> Choices:
    """What can be chosen: the vocabulary's, with the tasks and matters that are on record or of a story."""
    fixed = _fixed(desk.vocabulary)
    known = desk.vocabulary
    own = tuple(Choice(x, t.label, t.gloss) for x, t in desk.words().labels.tasks.items() if x not in known.tasks)
    more = tuple(Choice(x, x.replace("_", " ")) for x in desk.rows().matters if x not in known.matters)
    return Choices(fixed.stances, own + fixed.tasks, fixed.kinds, more + fixed.matters, fixed.actors)


@cache
def _fixed(vocabulary: Vocabulary) -> Choices:
    order = sorted(vocabulary.stances.values(), key=lambda s: -vocabulary.rank(s.id))
    order.sort(key=lambda s: POLARITIES.index(s.polarity))
    keys = dict(zip((s.id for s in order), STANCE_KEYS, strict=False))
    return Choices(
        stances=tuple(
            (
                p,
                tuple(Choice(s.id, s.label, s.gloss, keys.get(s.id, "")) for s in order if s.polarity == p),
            )
            for p in POLARITIES
        ),
        tasks=tuple(Choice(t.id, t.label, t.gloss) for t in vocabulary.tasks.values()),
        kinds=tuple(Choice(k.id, k.label, k.gloss) for k in vocabulary.condition_kinds.values()),
        matters=tuple(sorted((Choice(m.id, m.label) for m in vocabulary.matters.values()), key=lambda c: c.label)),
        actors=tuple(sorted((Choice(a.id, a.label) for a in vocabulary.actors.values()), key=lambda c: c.label)),
    )


def form_of(desk: Desk, name: str) -> Form:
    """The form of a position.

    Raises:
        UnknownName: there is no such position.
    """
    position, _ = find_position(desk, name)
    said, quantity = position.said_on, position.quantity
    return Form(
        position=position,
        holder=desk.vocabulary.label(position.holder) if position.holder in desk.vocabulary.actors else position.holder,
        performer=desk.vocabulary.label(position.performer)
        if position.performer in desk.vocabulary.actors
        else position.performer,
        said_on=said.day.isoformat() if said and said.day else "",
        conditions=tuple((c.kind, c.span.text) for c in position.conditions),
        figure=(_plain(quantity.low), _plain(quantity.high), quantity.unit or "", quantity.span.text)
        if quantity
        else ("", "", "", ""),
        chain=tuple((x.name, x.kind) for x in position.chain),
    )


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else f"{value:.0f}"

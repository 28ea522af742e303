"""Conditions as the desk shows them: each with its state over time, and all that hangs on it.

In: an :class:`onrecord.desk.outlook.Outlook`. Out: frozen views; the pictures are those of
:mod:`onrecord.briefing.condition_charts`. Nothing here knows HTTP.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.briefing import condition_charts as drawing
from onrecord.briefing.anchors import anchors
from onrecord.briefing.material import References
from onrecord.briefing.pieces import Ref
from onrecord.briefing.text import one_line
from onrecord.briefing.when import When, day_text, when
from onrecord.desk.outlook import Outlook
from onrecord.desk.parties import STATUS_WORDS
from onrecord.model import Polarity, Standing
from onrecord.reconciliation import ConditionState

MOST_SHOWN = 60
"""Conditions on one page; the others are counted. The first are those that most parties name."""
ANY = "*"
"""Asks for the conditions of all matters."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day from which a condition is in a state."""

    date: When | None
    status: str
    why: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A stance that hangs on a condition: whose, which, and in what words."""

    holder: str
    label: str
    words: str
    refs: tuple[Ref, ...]
    undertaking: str
    stance: str
    polarity: Polarity
    anchor: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in full.

    Attributes:
        id, anchor: its name, and the fragment of its place on the page.
        label, kind, matter: for people.
        status: in words; css its class.
        since, why: since when it is so, and one sentence.
        turns: its states, oldest first.
        hangs: what hangs on it.
        parties: how many name it.
    """

    id: str
    anchor: str
    label: str
    kind: str
    matter: str
    status: str
    css: str
    since: When | None
    why: str
    turns: tuple[Turn, ...]
    hangs: tuple[Hanging, ...]
    parties: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """The page: conditions, the two pictures, how many there are, and the matters to choose from."""

    items: tuple[Condition, ...]
    grid: drawing.Grid | None
    lanes: drawing.StateLanes | None
    total: int
    matters: tuple[str | None, ...]


def conditions_view(
    outlook: Outlook, matter: str | None = ANY, status: str = "", *, page: str = ""
) -> Conditions:
    """The conditions of a matter, or of all, with what hangs on each; those that most parties name first.

    Args:
        outlook: as of a day.
        matter: an id, None for what names no matter, or :data:`ANY`.
        status: only those in this state ("met", "not_met", "unknown", "disputed"); all where empty.
        page: the address of the page on which each is told in full; empty for the page that the pictures are on.
    """
    found = [
        c
        for c in outlook.conditions
        if matter in (ANY, c.matter) and (not status or c.status == status)
    ]
    matters = tuple(dict.fromkeys(c.matter for c in outlook.conditions))
    shown = found[:MOST_SHOWN]
    places = anchors("k", (c.id for c in shown))
    references = References(outlook.material)
    standings = {s.id: s for s in outlook.material.standings}
    items = tuple(_condition(outlook, references, c, places[c.id], standings) for c in shown)
    grid, lanes = _grid(outlook, items, page), _lanes(outlook, shown, places, page)
    return Conditions(items, grid, lanes, len(found), matters)


def choices(outlook: Outlook, matter: str | None = ANY) -> list[tuple[str, str]]:
    """Id and label of each condition of a matter, or of all, by label; of two that are alike the matter tells."""
    found = [c for c in outlook.conditions if matter in (ANY, c.matter)]
    labels = {c.id: one_line(c.label, 70) for c in found}
    told = Counter(labels.values())
    made = [
        (c.id, labels[c.id] if told[labels[c.id]] == 1 else f"{labels[c.id]} ({outlook.material.matter(c.matter)})")
        for c in found
    ]
    return sorted(made, key=lambda x: (x[1].casefold(), x[0]))


def _condition(
    outlook: Outlook,
    references: References,
    state: ConditionState,
    anchor: str,
    standings: dict[str, Standing],
) -> Condition:
    words = outlook.words
    return Condition(
        id=state.id,
        anchor=anchor,
        label=one_line(state.label, 90),
        kind=words.condition(state.kind),
        matter=outlook.material.matter(state.matter),
        status=STATUS_WORDS[state.status],
        css=state.status.replace("_", "-"),
        since=when(state.since),
        why=one_line(state.why, 300),
        turns=tuple(
            Turn(when(h.date), STATUS_WORDS[h.status], one_line(h.why, 300), references.refs(h.positions, None, 3))
            for h in state.history
        ),
        hangs=tuple(
            one
            for name in state.standings
            if name in standings
            for one in _hanging(outlook, references, state, standings[name])
        ),
        parties=len(state.named_by),
    )


def _hanging(
    outlook: Outlook, references: References, state: ConditionState, standing: Standing
) -> list[Hanging]:
    words, named = outlook.words, set(state.positions)
    followed = {c.id for c in outlook.conditions}
    doing = words.task(standing.task)
    if standing.performer != standing.holder:
        doing = f"{words.actor(standing.performer)}: {doing}"
    return [
        Hanging(
            standing.holder,
            words.actor(standing.holder),
            one_line(c.text, 260),
            references.refs(c.positions, None, 4),
            doing,
            words.stance(standing.stance),
            standing.polarity,
            outlook.material.s[standing.id],
        )
        for c in standing.conditions
        # A merged condition goes by another name than the standing's own, which then stands nowhere else: the positions
        # tell that it is meant.
        if c.followed == state.id or (c.followed not in followed and named & set(c.positions))
    ]


def _grid(outlook: Outlook, items: tuple[Condition, ...], page: str) -> drawing.Grid | None:
    rows = [
        drawing.Named(
            one_line(c.label, 34),
            f"{page}#{c.anchor}",
            c.css,
            c.status,
            tuple(
                drawing.Tie(h.label, h.polarity, h.anchor, f"{h.label}: {h.stance}, {h.undertaking}, hangs on it")
                for h in c.hangs
            ),
        )
        for c in items
        if c.hangs
    ]
    return drawing.grid(rows, f"Conditions by party, as of {day_text(outlook.as_of)}")


def _lanes(
    outlook: Outlook, states: list[ConditionState], places: dict[str, str], page: str
) -> drawing.StateLanes | None:
    followed = [drawing.course(c.label, f"{page}#{places[c.id]}", c.history) for c in states]
    return drawing.state_lanes(followed, outlook.as_of, "The state of conditions over time")

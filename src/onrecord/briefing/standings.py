"""Each standing in full: its history, what it rests on, what speaks against it, and why.

Comes in: standings with their reasons. Goes out: cards, party by party.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.briefing import charts
from onrecord.briefing.board import cell, matters_in_order, stretches
from onrecord.briefing.guide import CREDIBILITY, RELIABILITY
from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import passage
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import chance, one_line
from onrecord.briefing.view_record import Card, HistoryLine, Weighed
from onrecord.briefing.when import when
from onrecord.briefing.words import STATE_WORDS
from onrecord.model import Grade, Reason, Standing

MOST_QUOTED = 6
"""Passages quoted on each side of a standing; the others are references."""


def cards(material: Material, references: References) -> tuple[Card, ...]:
    """All standings: by matter, then party, then task."""
    place = {matter: n for n, matter in enumerate(matters_in_order(material))}
    words = material.words
    held = sorted(
        material.standings,
        key=lambda x: (
            place[x.matter],
            words.actor(x.holder),
            x.holder != x.performer,
            words.task_place(x.task),
            x.id,
        ),
    )
    return tuple(_card(material, references, x) for x in held)


def _card(material: Material, references: References, standing: Standing) -> Card:
    words = material.words
    said = words.undertaking(standing.holder, standing.performer, standing.task)
    place = Link(said, material.s[standing.id])
    supporting, more_for = _weighed(material, references, standing, standing.supporting, place)
    opposing, more_against = _weighed(material, references, standing, standing.opposing, place)
    lines = tuple(
        HistoryLine(
            when(entry.date),
            words.stance(entry.stance),
            words.polarity(entry.stance),
            references.refs(entry.positions, place, 4),
        )
        for entry in standing.history
    )
    told = "; ".join(f"{x.stance} {x.date.text if x.date else 'on an unknown day'}" for x in lines)
    return Card(
        anchor=material.s[standing.id],
        party=words.actor(standing.holder),
        undertaking=said,
        matter=material.matter(standing.matter),
        cell=cell(material, references, standing),
        state=STATE_WORDS.get(standing.state, standing.state),
        since=when(standing.since),
        likelihood=_likelihood(standing),
        grade=one_line(str(standing.grade), 4) if standing.grade else "",
        grade_gloss=grade_gloss(standing.grade),
        steps=charts.steps(stretches(material, standing), standing.as_of, f"{said}: {told}")
        if len(lines) > 1
        else None,
        history=lines,
        supporting=supporting,
        opposing=opposing,
        more=references.refs((*more_for, *more_against), place),
    )


def _likelihood(standing: Standing) -> str:
    parts = [one_line(standing.likelihood or "", 60), chance(standing.probability)]
    return ", ".join(x for x in parts if x)


def grade_gloss(grade: Grade | None) -> str:
    """An Admiralty grade in words.

    >>> grade_gloss(Grade("B", 2))
    'usually reliable; probably true'
    """
    if grade is None:
        return ""
    source = RELIABILITY.get(grade.reliability, "source not graded")
    return f"{source}; {CREDIBILITY.get(grade.credibility, 'information not graded')}"


def _weighed(
    material: Material, references: References, standing: Standing, ids: Iterable[str], place: Link
) -> tuple[tuple[Weighed, ...], tuple[str, ...]]:
    reasons: dict[str, Reason] = {}
    for given in standing.reasons:
        reasons.setdefault(given.position, given)
    order = material.best_first(standing, ids)
    shown = []
    for name in order[:MOST_QUOTED]:
        reason = reasons.get(name)
        shown.append(
            Weighed(
                passage(material, references, name, place),
                f"{reason.weight:.2f}" if reason else "",
                one_line(reason.why, 300) if reason else "",
                one_line(reason.rule, 60) if reason else "",
            )
        )
    return tuple(shown), tuple(order[MOST_QUOTED:])

"""Conditions: each kind, or each condition that the story follows, with all who name it and in what words.

Comes in: standings and the story. Goes out: the section, the condition that most parties name first.
"""

from __future__ import annotations

from onrecord.briefing.anchors import anchors
from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import one_line
from onrecord.briefing.view_answer import ConditionGroup, Naming
from onrecord.model import Standing, StandingCondition
from onrecord.model.wordings import condition_of

STATE_NAMES = {"met": "met", "not_met": "not met", "unknown": "not known to be met", "disputed": "disputed"}
"""The state of a condition in words."""


def story_condition(material: Material, kind: str, text: str, party: str) -> tuple[str, str] | None:
    """(id, label) of the story's condition that is meant, as reconciliation and force tell it."""
    known, _ = condition_of(kind, text, party, material.story.conditions if material.story else ())
    return (known.id, known.label) if known else None


def conditions(material: Material, references: References) -> tuple[ConditionGroup, ...]:
    """The section."""
    words = material.words
    found: dict[tuple[str, str], list[tuple[Standing, StandingCondition]]] = {}
    labels: dict[tuple[str, str], str] = {}
    for standing in material.standings:
        for condition in standing.conditions:
            known = story_condition(material, condition.kind, condition.text, standing.holder)
            key = (condition.kind, known[0] if known else "")
            labels[key] = one_line(known[1], 90) if known else words.condition(condition.kind)
            found.setdefault(key, []).append((standing, condition))
    groups = []
    places = anchors("k", (".".join(key).rstrip(".") for key in found))
    for key, entries in found.items():
        kind = words.labels.condition_kinds.get(key[0])
        entries.sort(key=lambda x: (words.actor(x[0].holder), words.task_place(x[0].task), x[1].text))
        groups.append(
            ConditionGroup(
                label=labels[key],
                kind=words.condition(key[0]),
                shared=key != ("other", ""),
                gloss=one_line(kind.gloss) if kind else "",
                parties=len({standing.holder for standing, _ in entries}),
                namings=tuple(_naming(material, references, s, c) for s, c in entries),
                state=_state([c for _, c in entries]),
                anchor=places[".".join(key).rstrip(".")],
                followed=tuple(dict.fromkeys(c.followed for _, c in entries if c.followed)),
            )
        )
    return tuple(sorted(groups, key=lambda g: (not g.shared, -g.parties, -len(g.namings), g.label)))


def _state(named: list[StandingCondition]) -> str:
    """The state, where all who name the condition mean one thing that is followed."""
    if len({c.followed.rpartition(".")[2] for c in named}) != 1:
        return ""
    states = {c.state for c in named if c.state is not None}
    known = states - {"unknown"} or states
    return STATE_NAMES[known.pop()] if len(known) == 1 else ""


def _naming(
    material: Material, references: References, standing: Standing, condition: StandingCondition
) -> Naming:
    words = material.words
    doing = words.task(standing.task)
    if standing.performer != standing.holder:
        doing = f"{words.actor(standing.performer)}: {doing}"
    return Naming(
        party=words.actor(standing.holder),
        words=one_line(condition.text, 260),
        refs=references.refs(condition.positions, Link("Conditions", "conditions"), 4),
        undertaking=doing,
        stance=words.stance(standing.stance),
        polarity=standing.polarity,
        anchor=material.s[standing.id],
        state=STATE_NAMES.get(condition.state or "", ""),
    )

"""Conditions: each kind, or each condition that the story follows, with all who name it and in what words.

Comes in: standings and the story. Goes out: the section, the condition that most parties name first.
"""

from __future__ import annotations

from onrecord.briefing.material import Material, References
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import one_line
from onrecord.briefing.view_answer import ConditionGroup, Naming
from onrecord.model import Standing, StandingCondition


def story_condition(material: Material, kind: str, text: str) -> tuple[str, str] | None:
    """(id, label) of the story's condition that is meant: the same kind, and one of its wordings in it."""
    said = text.casefold()
    for known in material.story.conditions if material.story else ():
        if known.kind == kind and any(w.casefold() in said for w in known.words if w.strip()):
            return known.id, known.label
    return None


def conditions(material: Material, references: References) -> tuple[ConditionGroup, ...]:
    """The section."""
    words = material.words
    found: dict[tuple[str, str], list[tuple[Standing, StandingCondition]]] = {}
    labels: dict[tuple[str, str], str] = {}
    for standing in material.standings:
        for condition in standing.conditions:
            known = story_condition(material, condition.kind, condition.text)
            key = (condition.kind, known[0] if known else "")
            labels[key] = one_line(known[1], 90) if known else words.condition(condition.kind)
            found.setdefault(key, []).append((standing, condition))
    groups = []
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
            )
        )
    return tuple(sorted(groups, key=lambda g: (not g.shared, -g.parties, -len(g.namings), g.label)))


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
    )

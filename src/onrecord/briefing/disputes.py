"""What is disputed and why: conflicts by kind, with their passages side by side.

Comes in: conflicts. Goes out: the section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import passage
from onrecord.briefing.pieces import Link
from onrecord.briefing.text import one_line
from onrecord.briefing.view_answer import Dispute, DisputeKind
from onrecord.briefing.when import when
from onrecord.model import Conflict, ConflictKind

SIDE_BY_SIDE = 2
"""Passages quoted for one conflict: the first and the last in time; the others are references."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of conflict for people: in the singular, in the plural, and what it means."""

    names: tuple[str, str]
    gloss: str


KINDS: Mapping[ConflictKind, KindWords] = {
    "contradiction": KindWords(
        ("contradiction", "contradictions"), "Both are claimed of the same time; they cannot both be so."
    ),
    "attribution": KindWords(
        ("doubtful attribution", "doubtful attributions"),
        "One text's speaker or party looks mistaken beside the others.",
    ),
    "figure": KindWords(
        ("doubtful figure", "doubtful figures"),
        "Numbers that cannot both hold, or a number given to the wrong party.",
    ),
    "reversal": KindWords(
        ("reversal", "reversals"), "The party itself changed: the later word stands, the earlier is history."
    ),
    "overtaken": KindWords(
        ("overtaken report", "overtaken reports"), "An older word is repeated as news after a later one."
    ),
    "circular": KindWords(
        ("circular group", "circular groups"), "Several reports rest on one origin: they count once."
    ),
}
"""The kinds, in the order to show: what is open first, what is explained last."""


def disputes(material: Material, references: References) -> tuple[DisputeKind, ...]:
    """The section; kinds without a conflict are left out."""
    out = []
    for kind, words in KINDS.items():
        items = [_dispute(material, references, x) for x in material.conflicts if x.kind == kind]
        if items:
            label = words.names[1] if len(items) > 1 else words.names[0]
            out.append(DisputeKind(kind, label, words.gloss, tuple(items)))
    return tuple(out)


def _dispute(material: Material, references: References, conflict: Conflict) -> Dispute:
    words = material.words
    anchor = material.c[conflict.id]
    said, standing = "", ""
    if conflict.holder and conflict.performer and conflict.task:
        said = words.undertaking(conflict.holder, conflict.performer, conflict.task)
        held = material.standing_of.get((conflict.holder, conflict.performer, conflict.task, conflict.matter))
        standing = material.s[held.id] if held else ""
    place = Link(f"Disputed: {words.actor(conflict.holder)}" if conflict.holder else "Disputed", anchor)
    known = [x for x in dict.fromkeys(conflict.positions) if x in material.positions]
    shown = known if len(known) <= SIDE_BY_SIDE else [known[0], known[-1]]
    return Dispute(
        anchor=anchor,
        why=one_line(conflict.why),
        undertaking=said,
        standing=standing,
        passages=tuple(passage(material, references, x, place) for x in shown),
        more=references.refs((x for x in known if x not in shown), place),
        reports=tuple(
            _report_link(material, x) for x in dict.fromkeys(conflict.reports) if x in material.reports
        ),
    )


def _report_link(material: Material, name: str) -> Link:
    report = material.reports[name]
    day = when(report.published)
    return Link(f"{material.outlet(report)}, {day.text if day else 'no date'}", material.r[name])

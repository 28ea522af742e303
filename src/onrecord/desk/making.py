"""An outlook made of an answer: the brief's material gathered, every link in it an address of the desk.

In: rows, an answer that was weighed of them, labels, conditions found to be one. Out: an
:class:`onrecord.desk.outlook.Outlook`. Pure: nothing is weighed here, and no ledger asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from onrecord.briefing.anchors import anchors
from onrecord.briefing.material import Material, gather
from onrecord.briefing.words import Words
from onrecord.desk import addresses
from onrecord.desk.conditions import merged
from onrecord.desk.keeping import Texts
from onrecord.desk.outlook import Outlook
from onrecord.desk.rows import Rows
from onrecord.model import Story
from onrecord.services import Answer
from onrecord.settings import Settings


def whole_outlook(
    rows: Rows,
    story: Story | None,
    answer: Answer,
    words: Words,
    same: Mapping[str, str],
    settings: Settings,
    texts: Texts,
) -> Outlook:
    """The outlook of an answer for which everything was weighed.

    Args:
        rows: those that were weighed.
        story: the story it is told by.
        answer: what they come to.
        words: labels of everything on record.
        same: conditions that a person found to be one: the merged one's id, and the id of the one that stands.
        settings: the grades of outlets.
        texts: where parts of pages that are made of it are kept.
    """
    made = answer.reconciliation
    material = gather(
        as_of=answer.as_of,
        since=None,
        story=story,
        words=words,
        matters=answer.matters,
        reports=answer.reports,
        statements=(),
        positions=answer.positions,
        standings=made.standings,
        conflicts=made.conflicts,
        origins=made.origins,
        reliabilities=settings.outlet_grades,
    )
    return Outlook(
        rows.version,
        story,
        answer,
        linked(material, as_of=answer.as_of, story=story.id if story else None),
        rows=rows,
        conditions=merged(made.conditions_state, same),
        texts=texts,
    )


def touched_outlook(
    before: Outlook, rows: Rows, answer: Answer, same: Mapping[str, str], texts: Texts
) -> Outlook:
    """The outlook of an answer for which only what a decision touched was weighed again.

    Args:
        before: the outlook of the same story and day that the decision was made on.
        rows: as they are now.
        answer: that of ``before``, weighed again.
        same: as for :func:`whole_outlook`.
        texts: where parts of pages that are made of it are kept.
    """
    story = before.story
    standings = answer.reconciliation.standings
    conflicts = answer.reconciliation.conflicts
    # The spans of what is in the ledger were checked when it was added: only a whole outlook checks them again.
    material = replace(
        before.material,
        reports=rows.reports,
        positions=rows.position,
        standings=tuple(sorted(standings, key=lambda s: s.id)),
        standing_of={s.undertaking: s for s in standings},
        conflicts=conflicts,
        s=anchors("s", (s.id for s in standings)),
        c=anchors("c", (c.id for c in conflicts)),
    )
    return Outlook(
        rows.version,
        story,
        answer,
        linked(material, as_of=answer.as_of, story=story.id if story else None, origins=before.material.o),
        rows=rows,
        conditions=merged(answer.reconciliation.conditions_state, same),
        texts=texts,
        whole=False,
    )


def linked(
    material: Material, *, as_of: date, story: str | None, origins: Mapping[str, str] | None = None
) -> Material:
    """The material with addresses of the desk in the place of the brief's fragments.

    Args:
        material: as the brief gathers it.
        as_of: the day that links keep.
        story: the story that links keep.
        origins: addresses of origins, where the material has them already.
    """
    day = as_of.isoformat()
    positions = material.positions

    def standing(name: str) -> str:
        return addresses.address("/standing", id=name, as_of=day, story=story)

    return replace(
        material,
        p=_map(positions, lambda x: addresses.passage_page(positions[x].report, x)),
        n=_map(positions, addresses.position_page),
        r=_map(material.reports, addresses.report_page),
        s=_map(material.s, standing),
        c=_map(material.c, lambda x: f"{addresses.address('/disputes', as_of=day, story=story)}#{material.c[x]}"),
        o=origins
        if origins is not None
        else _map(material.o, lambda x: f"{addresses.address('/sources', as_of=day, story=story)}#{material.o[x]}"),
    )


def _map(ids: Mapping[str, object], made: Callable[[str], str]) -> Mapping[str, str]:
    return addresses.Addresses(ids, made)

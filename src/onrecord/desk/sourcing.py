"""The sources page: origins as a picture, outlets with their grades and record, and the reports by origin.

In: an :class:`onrecord.desk.outlook.Outlook`. Out: a frozen view. Nothing here knows HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.briefing import sources
from onrecord.briefing.origin_chart import OriginChart, origin_chart
from onrecord.briefing.view_record import SourceGroup
from onrecord.desk.outlets import OutletRow, outlet_rows
from onrecord.desk.outlook import Outlook
from onrecord.vocabulary import Vocabulary

A_PAGE = 120
"""Reports listed on a page."""
MOST_OUTLETS = 80
"""Outlets in the table: those of which most was noted."""


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The page.

    Attributes:
        chart: the origins that are shared, or None.
        outlets: the first of them; of ``outlet_count``.
        groups: the reports by origin that stand on this page.
        reports, origins: how many there are.
        start: the place of the first report on this page.
    """

    chart: OriginChart | None
    outlets: tuple[OutletRow, ...]
    outlet_count: int
    groups: tuple[SourceGroup, ...]
    reports: int
    origins: int
    start: int


def sources_view(outlook: Outlook, vocabulary: Vocabulary, start: int = 0) -> SourcesView:
    """What the sources page shows, from the ``start``-th report on."""
    material = outlook.material
    rows = outlet_rows(outlook, vocabulary)
    groups, place = [], 0
    for group in sources.sources(material).groups:
        lines = group.lines[max(0, start - place) : max(0, start + A_PAGE - place)]
        place += len(group.lines)
        if lines:
            groups.append(replace(group, lines=lines))
    return SourcesView(
        origin_chart(material),
        rows[:MOST_OUTLETS],
        len(rows),
        tuple(groups),
        len(material.reports),
        sources.distinct_origins(material),
        start,
    )

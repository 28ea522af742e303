"""The origins as a picture: which reports rest on which origin, and who only passes it on.

Comes in: the material. Goes out: places in the user units of an SVG view box. An origin stands on the left, its
reports on the right in the order of publication, the outlet and day of each beside it; a line joins each to its
origin, broken where the report repeats another's. Drawing is the template's (``pictures.html.j2``).
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.briefing.material import Material
from onrecord.briefing.text import counted, one_line
from onrecord.briefing.when import day_text
from onrecord.model import Origin, Report

ROW, TOP, GAP = 21.0, 12.0, 14.0
ORIGIN_X, REPORT_X = 250.0, 430.0
MOST_REPORTS, MOST_OF_ONE = 72, 16
"""Reports drawn, and those of one origin: a picture of more is not read. The others are counted in words."""


@dataclass(frozen=True, slots=True)
class ReportNode:
    """A report: place, words, link; ``first`` where it is the earliest of its origin, ``copy`` where it repeats."""

    y: float
    label: str
    href: str
    title: str
    first: bool
    copy: bool
    path: str


@dataclass(frozen=True, slots=True)
class OriginNode:
    """An origin with its reports; ``left_out`` is how many of them are not drawn."""

    y: float
    label: str
    href: str
    title: str
    reports: tuple[ReportNode, ...]
    left_out: int
    more_y: float


@dataclass(frozen=True, slots=True)
class OriginChart:
    """The picture; ``left_out`` is how many origins are not drawn."""

    title: str
    height: float
    origins: tuple[OriginNode, ...]
    left_out: int


def origin_chart(material: Material) -> OriginChart | None:
    """The origins that more than one report rests on, the largest first; None where there is none."""
    held = material.reports_of
    shared = sorted(
        (o for o in material.origins if len(held[o.id]) > 1), key=lambda o: (-len(held[o.id]), o.name, o.id)
    )
    drawn: list[OriginNode] = []
    y, count = TOP, 0
    for origin in shared:
        reports = held[origin.id][:MOST_OF_ONE]
        if drawn and count + len(reports) > MOST_REPORTS:
            break
        drawn.append(_origin(material, origin, reports, y))
        count += len(reports)
        y += ROW * (len(reports) + (len(held[origin.id]) > len(reports))) + GAP
    if not drawn:
        return None
    left_out = len(shared) - len(drawn)
    resting = sum(len(held[o.id]) for o in shared)
    title = f"{counted(resting, 'report')} on {counted(len(shared), 'shared origin')}"
    return OriginChart(title, y, tuple(drawn), left_out)


def _origin(material: Material, origin: Origin, reports: tuple[Report, ...], top: float) -> OriginNode:
    total = len(material.reports_of[origin.id])
    middle = round(top + ROW * len(reports) / 2, 1)
    return OriginNode(
        y=middle,
        label=one_line(origin.name, 32),
        href=material.o[origin.id],
        title=f"{one_line(origin.name, 120)}: {counted(total, 'report')}, counted once. {one_line(origin.why, 200)}",
        reports=tuple(_report(material, r, n, top, middle) for n, r in enumerate(reports)),
        left_out=total - len(reports),
        more_y=round(top + ROW * (len(reports) + 0.5), 1),
    )


def _report(material: Material, report: Report, place: int, top: float, middle: float) -> ReportNode:
    y = round(top + ROW * (place + 0.5), 1)
    day = day_text(report.published.earliest) if report.published else "no date"
    half = (ORIGIN_X + REPORT_X) / 2
    return ReportNode(
        y=y,
        label=f"{one_line(material.outlet(report), 40)}, {day}",
        href=material.r[report.id],
        title=material.title(report),
        first=place == 0,
        copy=report.same_text_as is not None,
        path=f"M{ORIGIN_X + 8:g} {middle:g}C{half:g} {middle:g} {half:g} {y:g} {REPORT_X - 8:g} {y:g}",
    )

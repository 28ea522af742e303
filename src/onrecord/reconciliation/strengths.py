"""Figures that reports give of the whole force, so that none of them passes for one party's share.

Comes in: reports with their positions, and the story's own figures. Goes out: figures by matter, with the
reports that give them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from onrecord.model import Position, Report

_NUMBER = r"(\d{1,3}(?:[,. ]\d{3})+|\d{3,6})"
_ABOUT = (
    r"(?:(?:up to|about|around|some|roughly|nearly|almost|at least|more than|an? estimated|at|of|to)\s+)*"
)
_STRENGTHS = (
    re.compile(
        r"\b(?:force|mission)\b[^.;:\n]{0,40}?\b(?:of|planned|estimated|authori[sz]ed|reckoned|put|total(?:l?ing|led)?|number(?:ing)?)\s+"
        + _ABOUT
        + _NUMBER,
        re.IGNORECASE,
    ),
    re.compile(
        _NUMBER + r"[- ](?:strong|member|man|person|troop)\b[^.;:\n]{0,40}?\b(?:force|mission)\b",
        re.IGNORECASE,
    ),
    re.compile(
        _NUMBER
        + r"[^.;:\n]{0,80}?(?:[.]\s[^.]{0,80}?)?\b(?:all|the) (?:countries|states|nations|contributors) "
        + r"(?:together|combined)",
        re.IGNORECASE,
    ),
)
_FIGURE = re.compile(_NUMBER)
_AROUND = 170  # as far as the patterns reach
_LEAST_STRENGTH = 500  # smaller numbers beside "force" are contingents


Key = tuple[str | None, float]
"""Matter and figure."""


class Strengths:
    """Keeps the figures of the whole force by matter.

    Args:
        given: those that the user's story gives.
    """

    def __init__(self, given: Mapping[str, Collection[float]]) -> None:
        self._given = {(matter, float(figure)) for matter, figures in given.items() for figure in figures}
        self._of_report: dict[str, set[Key]] = {}
        self._figures: dict[str | None, dict[float, set[str]]] = {}
        for matter, figure in self._given:
            self._figures.setdefault(matter, {})[figure] = set()

    def of(self, matter: str | None) -> Mapping[float, Collection[str]]:
        """The figures of a matter's force, each with the ids of the reports that give it."""
        return self._figures.get(matter, {})

    def learn(self, name: str, report: Report | None, positions: Sequence[Position]) -> set[Key]:
        """Take in what a report gives, in place of what it was known to give; the figures that this concerns.

        A report whose positions are of several matters tells nothing: whose force it means is not known.
        """
        matters = {p.matter for p in positions}
        now: set[Key] = set()
        if report is not None and len(matters) == 1:
            now = {(matter, figure) for matter in matters for figure in strengths_in(report, positions)}
        before = self._of_report.get(name, set())
        if now:
            self._of_report[name] = now
        elif before:
            del self._of_report[name]
        for matter, figure in before - now:
            names = self._figures[matter][figure]
            names.discard(name)
            if not names and (matter, figure) not in self._given:
                del self._figures[matter][figure]
        for matter, figure in now - before:
            self._figures.setdefault(matter, {}).setdefault(figure, set()).add(name)
        return before ^ now


def strengths_in(report: Report, positions: Sequence[Position]) -> frozenset[float]:
    """The figures that a report gives of the whole force; those that belong to a party's position are left
    out.
    """
    taken = [p.quantity.span for p in positions if p.quantity is not None]
    found = set()
    for number in _FIGURE.finditer(report.text):
        figure = float(re.sub(r"\D", "", number[1]))
        start, end = number.span(1)
        if figure < _LEAST_STRENGTH or any(s.start < end and start < s.end for s in taken):
            continue
        around = report.text[max(0, start - _AROUND) : end + _AROUND]
        here = min(start, _AROUND)
        if any(m.start(1) == here for pattern in _STRENGTHS for m in pattern.finditer(around)):
            found.add(figure)
    return frozenset(found)

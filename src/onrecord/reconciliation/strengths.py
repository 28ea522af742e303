"""Figures that reports give of the whole force, so that none of them passes for one party's share.

Comes in: reports with their positions, and the story's own figures. Goes out: figures by matter, with the
reports that give them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from onrecord.model import Position, Report
from onrecord.reconciliation.numbers import numbers_in

_BEFORE = re.compile(
    r"\b(?:force|mission)\b[^.;:\n]{0,40}?\b(?:of|planned|estimated|authori[sz]ed|reckoned|put|"
    r"total(?:l?ing|led)?|number(?:ing)?)\s+"
    r"(?:(?:up to|about|around|some|roughly|nearly|almost|at least|more than|an? estimated|at|of|to)\s+)*$",
    re.IGNORECASE,
)
"""What stands before the strength of a force: "the force as a whole is planned at"."""

_STRONG = re.compile(
    r"[- ](?:strong|member|man|person|troop)\b[^.;:\n]{0,40}?\b(?:force|mission)\b", re.IGNORECASE
)
"""What stands after it: "-strong stabilisation force"."""

_OF_ALL = re.compile(
    r"[^.;:\n]{0,80}?(?:[.]\s[^.]{0,80}?)?\b(?:all|the) (?:countries|states|nations|contributors) "
    r"(?:together|combined)",
    re.IGNORECASE,
)
"""The same: "for all countries together"."""

_GIVERS = (
    3  # so many reports are named for a figure: the first in the alphabet, so that order changes nothing
)
_REACH = 100  # as far back as `_BEFORE` reaches
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
        self._givers: dict[Key, set[str]] = {}
        self._figures: dict[str | None, dict[float, tuple[str, ...]]] = {}
        for key in self._given:
            self._show(key)

    def of(self, matter: str | None) -> Mapping[float, Collection[str]]:
        """The figures of a matter's force, each with the ids of a few reports that give it."""
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
        concerned = set()
        for key in before ^ now:
            shown = self._shown(key)
            if key in now:
                self._givers.setdefault(key, set()).add(name)
            else:
                self._givers[key].discard(name)
            if self._shown(key) != shown:
                concerned.add(key)
                self._show(key)
        return concerned

    def _shown(self, key: Key) -> tuple[str, ...] | None:
        names = self._givers.get(key)
        if not names:
            return () if key in self._given else None
        return tuple(sorted(names)[:_GIVERS])

    def _show(self, key: Key) -> None:
        matter, figure = key
        shown = self._shown(key)
        figures = self._figures.setdefault(matter, {})
        figures.pop(figure, None)
        if shown is not None:
            figures[figure] = shown


def strengths_in(report: Report, positions: Sequence[Position]) -> frozenset[float]:
    """The figures that a report gives of the whole force; those that belong to a party's position are left
    out.
    """
    taken = [p.quantity.span for p in positions if p.quantity is not None]
    text, found = report.text, set()
    of_all = "together" in text or "combined" in text
    for start, end, figure in numbers_in(text):
        if figure < _LEAST_STRENGTH or any(s.start < end and start < s.end for s in taken):
            continue
        before = _BEFORE.search(text[max(0, start - _REACH) : start])
        if before or _STRONG.match(text, end) or (of_all and _OF_ALL.match(text, end)):
            found.add(figure)
    return frozenset(found)

"""What two texts have in common that speaks for one origin: persons, figures, ranges, quoted words.

Comes in: reports. Goes out: signals between reports, for `report_origins` to add up with those of their
claims. Only the text is looked at, so that reports are told to share an origin even where the extraction
missed who said it. Persons that the vocabulary knows are left out: a head of government is in every report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Report
from onrecord.reconciliation.numbers import numbers_in
from onrecord.reconciliation.origins import Kind, Signal
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.when import Bounds, bounds, gap, known
from onrecord.vocabulary import Vocabulary

_NAME = re.compile(r"\b([A-Z][a-zà-ÿ'’-]{2,}) ([A-Z][a-zà-ÿ'’-]{2,})\b")
_BETWEEN = frozenset({" to ", " and ", "-", "–", " - ", " – "})
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{20,400})[”\"»]")
_YEARS = range(1900, 2100)
_SHARED_FIGURES = 2  # so many figures in common beside a person in common

Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks a text: keys by which others are found, and the figures in it."""

    keys: frozenset[Mark]
    figures: frozenset[float]
    told: Bounds


class TextSigns:
    """Finds what texts have in common, as reports come in.

    Args:
        vocabulary: whose names are no marks.
        settings: thresholds.
    """

    def __init__(self, vocabulary: Vocabulary, settings: Settings) -> None:
        self._settings = settings
        self._known = frozenset(
            word
            for form in vocabulary.surface_forms()
            for word in form.text.casefold().replace("-", " ").split()
        )
        self._marks: dict[str, Marks] = {}
        self._having: dict[Mark, list[str]] = {}

    def add(self, report: Report) -> list[Signal]:
        """Take a report in; the signals between it and those before it. The same report twice gives none."""
        if report.id in self._marks:
            return []
        mine = self._marks[report.id] = self._marks_of(report)
        found: dict[tuple[str, Kind], Signal] = {}
        for key in mine.keys:
            others = self._having.setdefault(key, [])
            for other in others:
                for kind in self._shared(key, mine, self._marks[other]):
                    pair = (other, report.id) if other < report.id else (report.id, other)
                    found[(other, kind)] = Signal(pair, kind, (), kind in ("range", "quote"))
            others.append(report.id)
        return list(found.values())

    def _shared(self, key: Mark, a: Marks, b: Marks) -> Iterator[Kind]:
        between = gap(a.told, b.told)
        if key[0] == "quote" and between <= self._settings.citing_days:
            yield "quote"
        elif key[0] == "range" and between <= self._settings.figure_days and known(a.told) and known(b.told):
            yield "range"
        elif key[0] == "name" and between <= self._settings.saying_days:
            yield "names"
            if len(a.figures & b.figures) >= _SHARED_FIGURES:
                yield "figures"

    def _marks_of(self, report: Report) -> Marks:
        text = report.text
        keys: set[Mark] = set()
        for match in _NAME.finditer(text):
            first, last = match[1].casefold(), match[2].casefold()
            if first not in self._known and last not in self._known:
                keys.add(("name", first, last))
        numbers = [n for n in numbers_in(text) if int(n.value) not in _YEARS]
        for low, high in pairwise(numbers):
            if low.value < high.value and text[low.end : high.start] in _BETWEEN:
                keys.add(("range", f"{low.value:.0f}", f"{high.value:.0f}"))
        if any(mark in text for mark in '"“„«'):
            for match in _QUOTED.finditer(text):
                words = re.findall(r"\w+", match[1].casefold())
                if len(words) >= self._settings.quoted_words:
                    keys.add(("quote", " ".join(words)))
        return Marks(frozenset(keys), frozenset(n.value for n in numbers), bounds(report.published))

"""Text -> mentions: where an actor, person, outlet, matter or place of the vocabulary is named.

In: a text, a day, the vocabulary's surface forms. Out: non-overlapping mentions, longest first where they
compete. Names are looked up with one pass of an Aho-Corasick automaton (pyahocorasick), so time grows with
the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ahocorasick

from onrecord.vocabulary import SurfaceForm

PREFERENCE = (
    "name",
    "abbreviation",
    "matter",
    "body",
    "person",
    "capital",
    "seat",
    "people",
    "adjective",
    "outlet",
    "place",
    "misspelling",
)
"""Which reading of a form is taken where it has several: the reader's first guess, strongest first."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something.

    Attributes:
        start, end: offsets in code points, end exclusive.
        text: as written.
        target: id of the actor, outlet, matter or place; None for a person whose actor is not known.
        role: in what way the words stand for the target (a role of the vocabulary, or ``introduced``).
        kind: kind of the target (of the vocabulary).
        name: display name of what is named.
    """

    start: int
    end: int
    text: str
    target: str | None
    role: str
    kind: str
    name: str


class Gazetteer:
    """The surface forms, ready for looking up.

    Args:
        forms: the vocabulary's surface forms.
    """

    def __init__(self, forms: Sequence[SurfaceForm]) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        by_text: dict[str, list[SurfaceForm]] = {}
        for form in forms:
            if form.role == "descriptor":
                continue  # shared by many: only coreference may use it
            by_text.setdefault(form.text, []).append(form)
        for text, group in list(by_text.items()):
            if len(text) > 4 and text.upper() not in by_text:
                by_text[text.upper()] = group  # tickers and headings in capitals
        for text, group in by_text.items():
            ranked = sorted(group, key=lambda f: PREFERENCE.index(f.role) if f.role in PREFERENCE else 99)
            self._automaton.add_word(text, (len(text), tuple(ranked)))
        self._ready = bool(by_text)
        if self._ready:
            self._automaton.make_automaton()

    def mentions(self, text: str, on: date | None = None) -> list[Mention]:
        """Mentions in a text, in order, none overlapping another.

        Args:
            text: the report's text.
            on: the day of the report, to choose who held an office; None takes everybody known.
        """
        if not self._ready:
            return []
        straight = text.replace("’", "'").replace("‘", "'")
        hits: list[tuple[int, int, tuple[SurfaceForm, ...]]] = []
        for last, (length, forms) in self._automaton.iter(straight):
            start, end = last - length + 1, last + 1
            if _whole(straight, start, end):
                hits.append((start, end, forms))
        hits.sort(key=lambda h: (-(h[1] - h[0]), h[0]))
        taken: list[tuple[int, int, SurfaceForm]] = []
        covered = bytearray(len(text))
        full_names = {f.canonical for _, _, forms in hits for f in forms if f.role == "person" and not f.ambiguous}
        for start, end, forms in hits:
            if any(covered[start:end]):
                continue
            form = _choose(forms, on, full_names, straight, start, end)
            if form is None:
                continue
            covered[start:end] = b"\x01" * (end - start)
            taken.append((start, end, form))
        taken.sort()
        return [Mention(a, b, text[a:b], f.target, f.role, f.kind, f.canonical) for a, b, f in taken]


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or after.isalnum() or before in "@#_":
        return False
    # "US-led", "non-US" and "Azerbaijani-made" do name the state; "Jordan-Smith" does not matter here
    return not (before == "." and start > 1 and text[start - 2].isalnum() and text[end - 1] != ".")


def _choose(
    forms: tuple[SurfaceForm, ...], on: date | None, full_names: set[str], text: str, start: int, end: int
) -> SurfaceForm | None:
    fitting = []
    for form in forms:
        if form.role == "person" and on is not None:
            if form.valid_to is not None and form.valid_to < on:
                # a former office holder is still named, but the name alone does not speak for the state
                if form.canonical not in full_names or form.ambiguous:
                    continue
            elif form.valid_from is not None and form.valid_from > on:
                continue
        if form.ambiguous and not _context(form, text, start, end, full_names):
            continue
        fitting.append(form)
    return fitting[0] if fitting else None


_NAME_BEFORE = re.compile(r"(?:[A-Z][a-z]+|\b(?<!-)[A-Z]\.)\s$")
_NAME_AFTER = re.compile(r"^\s[A-Z][a-z]+")


def _context(form: SurfaceForm, text: str, start: int, end: int, full_names: set[str]) -> bool:
    if form.role == "person":
        return form.canonical in full_names
    if form.role in {"outlet", "matter", "place"}:
        return bool(re.search(r"\b(?:[Tt]he|newspaper|magazine|daily|site|outlet|told|to|by)\s$", text[:start][-12:]))
    if form.role in {"name", "capital"}:
        # "Michael Jordan", "Georgia Tech", "Chad Kelly": a capitalised neighbour on either side makes it a
        # person or brand
        before = _NAME_BEFORE.search(text[max(0, start - 14) : start])
        title = re.search(
            r"(?:The|In|And|But|From|For|With|While|Yet|Minister|President|King)\s$",
            text[max(0, start - 10) : start],
        )
        after = _NAME_AFTER.match(text[end : end + 20])
        return not (before and not title) and not after
    return True

"""An answer -> positions: every attribute is looked for in the text, and what is not there is dropped.

Comes in: a model's words, one part of a report. Goes out: positions whose spans reproduce the text, and what was
dropped. A position without its passage, its holder or its words of stance is none; a condition, figure, object, speaker
or day that is not in the text is left out of the position, and told.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import OutsideBroken
from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, Span, Statement
from onrecord.outside.parts import Finder, Offsets
from onrecord.outside.schema import MOST, faults
from onrecord.outside.who import FOREIGN_FORCE, Who
from onrecord.vocabulary import Vocabulary

CONFIDENCE = 0.6
"""What a position of a model from outside counts for. Nobody has measured the model that a user names, so it is a plain
figure, the same for all: a little more likely right than wrong."""
_FEWEST = 2
"""Words of a passage; fewer carry no stance that a reader could check."""
_LONGEST = 1500
"""Code points of a passage: two long sentences. A model that hands back a whole part has chosen nothing."""
_DEEPEST = 200_000
_THOUGHT = re.compile(r"<think>.*?</think>", re.S)
_FENCED = re.compile(r"^```\w*\s*\n(.*?)\n?```$", re.S)

Figure = tuple[float | None, float | None, str | None]
"""Low, high and unit."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads words once they are found; the same that the built-in extraction uses.

    Attributes:
        figure: words -> low, high, unit; None where they hold no figure.
        day: words and day of publication -> the days they tell, or None.
    """

    figure: Callable[[str], Figure | None]
    day: Callable[[str, DateRange | None], DateRange | None]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something in an answer that was not taken.

    Attributes:
        field: the field of the answer ("passage", "conditions").
        words: what it held.
        why: in a few words.
        whole: whether the whole position went with it.
    """

    field: str
    words: str
    why: str
    whole: bool

    def __str__(self) -> str:
        what = "a position" if self.whole else "an attribute"
        return f"{what} was dropped: {self.field} {' '.join(self.words.split())[:80]!r} {self.why}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is held against.

    Attributes:
        report: the report.
        part: offsets of the part that was asked about.
        statements: the attribution relations of the report.
        matter: the matter that the report is about, or None.
    """

    report: Report
    part: Offsets
    statements: Sequence[Statement] = ()
    matter: str | None = None


def entries(words: str) -> list[Any]:
    r"""The entries of an answer's ``positions``, of whatever form.

    Raises:
        OutsideBroken: it is no JSON object with a list of positions.

    Example:
        >>> entries('```json\n{"positions": []}\n```')
        []
    """
    plain = _THOUGHT.sub("", words[:_DEEPEST]).strip()
    fenced = _FENCED.match(plain)
    try:
        held = json.loads(fenced[1] if fenced else plain)
    except (ValueError, RecursionError) as fault:
        raise OutsideBroken("the answer is not JSON", value=words[:200]) from fault
    found = held.get("positions") if isinstance(held, dict) else None
    if not isinstance(found, list):
        raise OutsideBroken("the answer holds no list of positions", value=words[:200])
    return found


class Answers:
    """Makes positions of answers.

    Args:
        vocabulary: stances and who is who.
        readers: read figures and days.
        name: extractor that positions carry.
    """

    def __init__(self, vocabulary: Vocabulary, readers: Readers, name: str) -> None:
        self._stances = vocabulary.stances
        self._who = Who(vocabulary)
        self._readers = readers
        self._name = name

    def positions(
        self, found: Sequence[Any], schema: Mapping[str, Any], asked: Asked
    ) -> tuple[list[Position], list[Dropped]]:
        """The positions of one answer, in the order of the answer, and what was dropped."""
        dropped: list[Dropped] = []
        made: list[Position] = []
        item = schema["properties"]["positions"]["items"]
        if len(found) > MOST:
            dropped.append(Dropped("positions", f"{len(found) - MOST} more", f"of {len(found)} in one part", True))
        finder = Finder(asked.report.text[slice(*asked.part)])
        for entry in found[:MOST]:
            wrong = next(faults(entry, item, "position"), None)
            if wrong is not None:
                dropped.append(Dropped("form", json.dumps(entry, ensure_ascii=False)[:200], f"({wrong})", True))
                continue
            position = self._position(entry, asked, finder, dropped)
            if position is not None:
                made.append(position)
        return made, dropped

    def _position(
        self, entry: Mapping[str, Any], asked: Asked, finder: Finder, dropped: list[Dropped]
    ) -> Position | None:
        look = _Look(asked, finder, dropped)
        passage = look.span(entry, "passage", needed=True)
        if passage is None:
            return None
        if len(passage.text.split()) < _FEWEST or len(passage.text) > _LONGEST:
            dropped.append(Dropped("passage", passage.text, "is no sentence", True))
            return None
        near = (passage.start, passage.end)
        cue = look.span(entry, "stance_words", near=near, needed=True)
        holder = self._party(entry, "holder", look, near)
        if cue is None or holder is None:
            return None
        if not (passage.start <= cue.start and cue.end <= passage.end):
            dropped.append(Dropped("stance_words", cue.text, "does not stand in the passage", True))
            return None
        performer = self._performer(entry, holder, look, near)
        if performer is None:
            return None
        chain, speaker = self._chain(entry, look, near)
        said = look.span(entry, "said_words", near=near)
        statement = _statement(asked.statements, cue)
        return Position(
            id=_name(asked.report, holder, performer, entry, cue),
            report=asked.report.id,
            holder=holder,
            performer=performer,
            task=entry["task"],
            stance=entry["stance"],
            evidence=passage,
            cue=cue,
            object=look.span(entry, "object_words", near=near),
            matter=entry["matter"] or asked.matter,
            conditions=tuple(self._conditions(entry, look, near)),
            quantity=self._quantity(entry, look, near),
            chain=chain,
            self_declared=speaker == holder and sum(x.kind != "outlet" for x in chain) == 1,
            said_on=self._readers.day(said.text, asked.report.published) if said else None,
            confidence=CONFIDENCE,
            statement=statement,
            extractor=self._name,
        )

    def _party(self, entry: Mapping[str, Any], field: str, look: _Look, near: Offsets) -> str | None:
        place = look.span(entry, f"{field}_words", near=near, needed=True)
        if place is None:
            return None
        found = self._who.party(entry[field], place.text, look.asked.report.text)
        if found is None:
            why = f"is not who {place.text[:40]!r} names"
            look.dropped.append(Dropped(field, entry[field], why, True))
        return found

    def _performer(self, entry: Mapping[str, Any], holder: str, look: _Look, near: Offsets) -> str | None:
        if entry["performer"] == FOREIGN_FORCE:
            return FOREIGN_FORCE
        if self._stances[entry["stance"]].toward == "own":
            return holder
        if entry["task"] == "authorise":
            return holder
        if entry["performer_words"] is None:
            look.dropped.append(Dropped("performer", entry["performer"], "has no words in the text", True))
            return None
        found = self._party(entry, "performer", look, near)
        if found == holder:
            why = f"{entry['stance']} its own doing"
            look.dropped.append(Dropped("performer", entry["performer"], why, True))
            return None
        return found

    def _conditions(self, entry: Mapping[str, Any], look: _Look, near: Offsets) -> Iterator[Condition]:
        for one in entry["conditions"]:
            place = look.span({"conditions": one["words"]}, "conditions", near=near)
            if place is not None:
                yield Condition(one["kind"], place)

    def _quantity(self, entry: Mapping[str, Any], look: _Look, near: Offsets) -> Quantity | None:
        place = look.span(entry, "figure_words", near=near)
        if place is None:
            return None
        figure = self._readers.figure(place.text)
        if figure is None:
            look.dropped.append(Dropped("figure_words", place.text, "is no figure", False))
            return None
        return Quantity(*figure, place)

    def _chain(
        self, entry: Mapping[str, Any], look: _Look, near: Offsets
    ) -> tuple[tuple[ChainLink, ...], str | None]:
        links: list[ChainLink] = []
        for one in entry["speakers"]:
            place = look.span({"speakers": one["words"]}, "speakers", near=near)
            if place is None or (one["kind"] == "outlet" and place.text == look.asked.report.outlet):
                continue
            entity = one["speaks_for"] and self._who.party(one["speaks_for"], place.text, look.asked.report.text)
            links.append(ChainLink(" ".join(place.text.split()), one["kind"], entity or None))
        speaker = links[0].entity if links else None
        outlet = look.asked.report.outlet
        return (*links, *([ChainLink(outlet, "outlet")] if outlet else [])), speaker


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks for one position's words in its part, and notes what is not there."""

    asked: Asked
    finder: Finder
    dropped: list[Dropped]

    def span(
        self, entry: Mapping[str, Any], field: str, *, near: Offsets | None = None, needed: bool = False
    ) -> Span | None:
        """The span of a field's words, or None; ``near`` in offsets of the report."""
        words = entry[field]
        if words is None or not words.strip():
            if needed:
                self.dropped.append(Dropped(field, "", "is empty", True))
            return None
        first = self.asked.part[0]
        found = self.finder.find(words, (near[0] - first, near[1] - first) if near else None)
        if found is None:
            self.dropped.append(Dropped(field, words, "is not in the text", needed))
            return None
        return Span.of(self.asked.report.text, first + found[0], first + found[1])


def _statement(statements: Sequence[Statement], cue: Span) -> str | None:
    around = [s for s in statements if any(c.start <= cue.start < c.end for c in s.content)]
    inner = min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
    return inner.id if inner else None


def _name(report: Report, holder: str, performer: str, entry: Mapping[str, Any], cue: Span) -> str:
    parts = (report.sha256, report.id, holder, performer, entry["task"], entry["stance"], str(cue.start), "outside")
    return "p" + hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


def one_line_each(found: Sequence[Position]) -> list[Position]:
    """One position for each holder, performer, task, stance and matter, in order of the text.

    Parts share a margin, and a model may say a thing twice: two that say the same become one, with the conditions of
    both. They stay two where figure, day or first speaker differ (contract, rule 1).
    """
    kept: list[Position] = []
    for one in sorted(found, key=lambda p: (p.evidence.start, p.cue.start if p.cue else 0, p.id)):
        n = next((i for i, held in enumerate(kept) if _same(held, one)), None)
        if n is None:
            kept.append(one)
            continue
        held = kept[n]
        known = {(c.kind, c.span.text) for c in held.conditions}
        more = tuple(c for c in one.conditions if (c.kind, c.span.text) not in known)
        kept[n] = replace(
            held,
            conditions=(*held.conditions, *more),
            quantity=held.quantity or one.quantity,
            said_on=held.said_on or one.said_on,
            object=held.object or one.object,
        )
    return _distinct(kept)


def _distinct(found: list[Position]) -> list[Position]:
    # Two readings of one cue that differ in figure or speaker alone would have one id.
    seen: dict[str, int] = {}
    out = []
    for one in found:
        n = seen[one.id] = seen.get(one.id, 0) + 1
        out.append(one if n == 1 else replace(one, id=f"{one.id}.{n}"))
    return out


def _same(a: Position, b: Position) -> bool:
    if (*a.undertaking, a.stance) != (*b.undertaking, b.stance):
        return False
    figures = {(p.quantity.low, p.quantity.high) for p in (a, b) if p.quantity}
    days = {p.said_on for p in (a, b) if p.said_on}
    speakers = [p.chain[0].name for p in (a, b) if p.chain and p.chain[0].kind != "outlet"]
    return len(figures) <= 1 and len(days) <= 1 and len(set(speakers)) <= 1

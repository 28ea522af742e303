"""Marked text: spans that nest and cross, laid over a text as properly nested marks.

Comes in: a text and marks on it by code point. Goes out: tokens in the order of the page, whose text, put
together, is the text (line ends between paragraphs become gaps, those within a sentence
blanks). A mark that crosses the end of another is closed there
and opened again after it; only its first piece carries its fragment. It must not know what a position is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.briefing.pieces import Token
from onrecord.briefing.text import visible

_CLOSING = frozenset(".!?:;…”\"’)»")
_LINE_ENDS = re.compile(r"[ \t]*(?:\r?\n|\r)\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a text.

    Attributes:
        start, end: code points, end exclusive.
        css: class it is shown with.
        title: what it is.
        anchor: its fragment, or empty.
        note: the number to print at its end, or empty.
        note_anchor: where the number leads.
        depth: which goes outside where two cover the same text: the lower.
        record: fragment of the record it is of, told on every piece, or empty.
    """

    start: int
    end: int
    css: str
    title: str = ""
    anchor: str = ""
    note: str = ""
    note_anchor: str = ""
    depth: int = 0
    record: str = ""


def tokens(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of ``text`` from ``start`` to ``end``; marks are cut to that stretch.

    Example:
        >>> shown = {"open": "<", "close": ">"}
        >>> "".join(shown.get(t.kind, t.text) for t in tokens("a b c", [Mark(0, 3, "x"), Mark(2, 5, "y")]))
        '<a <b>>< c>'
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < stop and m.end > start and m.start < m.end]
    return tuple(_tokens(text, sorted(inside, key=_outer_first), max(start, 0), stop))


def _outer_first(mark: Mark) -> tuple[int, int, int, str]:
    return (mark.start, -mark.end, mark.depth, mark.anchor)


def _tokens(text: str, marks: list[Mark], start: int, stop: int) -> Iterator[Token]:
    cuts = {start, stop}
    for mark in marks:
        cuts.update((min(max(mark.start, start), stop), min(max(mark.end, start), stop)))
    edges = sorted(cuts)
    waiting = list(reversed(marks))
    opened: list[Mark] = []
    shown: set[int] = set()
    for at, upto in zip(edges, [*edges[1:], stop], strict=True):
        yield from _close(opened, at, shown)
        while waiting and waiting[-1].start <= at:
            mark = waiting.pop()
            yield _open(mark, shown)
            opened.append(mark)
        yield from _plain(text[at:upto])
    while opened:
        yield from _end(opened.pop())


def _close(opened: list[Mark], at: int, shown: set[int]) -> Iterator[Token]:
    """Close every mark that ends at ``at``; those inside it that end later are opened again."""
    again: list[Mark] = []
    while any(m.end <= at for m in opened):
        mark = opened.pop()
        if mark.end <= at:
            yield from _end(mark)
        else:
            yield Token("close")
            again.append(mark)
    for mark in reversed(again):
        yield _open(mark, shown)
        opened.append(mark)


def _open(mark: Mark, shown: set[int]) -> Token:
    first = id(mark) not in shown
    shown.add(id(mark))
    return Token("open", css=mark.css, title=mark.title, anchor=mark.anchor if first else "", record=mark.record)


def _end(mark: Mark) -> Iterator[Token]:
    if mark.note:
        yield Token("note", text=mark.note, anchor=mark.note_anchor, title=mark.title)
    yield Token("close")


def _plain(text: str) -> Iterator[Token]:
    at = 0
    for gap in _LINE_ENDS.finditer(text):
        if gap.start() > at:
            yield Token("text", visible(text[at : gap.start()]))
        # one line end within a sentence is only the width of the page it was typed on
        before = text[: gap.start()].rstrip()[-1:]
        parted = gap.group().count("\n") > 1 or not before or before in _CLOSING
        yield Token("gap", "\n") if parted else Token("text", " ")
        at = gap.end()
    if at < len(text):
        yield Token("text", visible(text[at:]))

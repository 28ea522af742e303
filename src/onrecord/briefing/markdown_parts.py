"""Markdown in small: escaping, wrapping, references, signs.

Comes in: visible text from the brief. Goes out: Markdown in which no text from outside is markup, a link or
HTML, not even after the lines were wrapped.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from onrecord.briefing.pieces import Chip, Passage, Ref, Text
from onrecord.briefing.text import counted
from onrecord.briefing.view_answer import Cell
from onrecord.briefing.when import When
from onrecord.briefing.words import SIGNS
from onrecord.model import Polarity

WIDTH = 100
"""Columns of a line."""
_ACTIVE = re.compile(r"([\\`*<>\[\]|~#!]|&(?=#?\w+;)|\b_|_\b|(?<=:)//|(?<=\bwww)\.)")
_BULLET = re.compile(r"^(\s*)([-+]|-+|=+)(?=\s|$)")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    r"""Text on one line in which nothing is Markdown or HTML.

    >>> print(escaped("<b>[x](javascript:1)</b> *1* snake_case"))
    \<b\>\[x\](javascript:1)\</b\> \*1\* snake_case
    """
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def no_list(line: str) -> str:
    r"""A line that would begin a list or underline a heading, made plain text.

    >>> print(no_list("    - a"), no_list("1. b"))
        \- a 1\. b
    """
    return _NUMBERED.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", line))


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """A paragraph or list item in lines of ``WIDTH``; words decide nothing, wherever a line may break."""
    room = WIDTH - len(first)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    indent = " " * len(first) if rest is None else rest
    return "\n".join((indent if n else first) + no_list(line) for n, line in enumerate(lines))


def item(text: str, depth: int = 0) -> str:
    """A list item."""
    return wrap(text, "  " * depth + "- ")


def numbers(refs: Iterable[Ref]) -> str:
    """References as ``[n]``."""
    return "".join(f"[{r.number}]" for r in refs)


def cited(text: str, refs: Iterable[Ref]) -> str:
    """Text with its references."""
    marks = numbers(refs)
    return f"{text} {marks}" if marks else text


def spoken(text: Text) -> str:
    """A sentence of the brief."""
    out = []
    for piece in text:
        said = escaped(piece.text) if piece.text.strip() else piece.text
        if piece.text.strip():
            head = piece.text[: len(piece.text) - len(piece.text.lstrip())]
            tail = piece.text[len(piece.text.rstrip()) :]
            said = f"“{said}”" if piece.quoted else f"**{said}**" if piece.strong else said
            said = f"{head}{said}{tail}"
        marks = numbers(piece.refs)
        out.append(f"{said} {marks}" if marks else said)
    return "".join(out)


def stance(polarity: Polarity, word: str) -> str:
    """A stance with its sign in brackets."""
    return f"({SIGNS[polarity]}) {escaped(word)}"


def day(when: When | None) -> str:
    """A day in words."""
    return when.text if when else "no date"


def chips(items: Sequence[Chip]) -> str:
    """Conditions in a few words."""
    if not items:
        return ""
    label = "condition" if len(items) == 1 else "conditions"
    return f"{label}: " + ", ".join(escaped(c.label) for c in items)


def cell(held: Cell) -> str:
    """A standing in a line."""
    head = f"on {escaped(held.toward)}: " if held.toward else ""
    facts = [
        stance(held.polarity, f"{held.stance}, {held.figure}" if held.figure else held.stance),
        chips(held.chips),
        f"last word {day(held.last)}",
        counted(held.origins, "origin"),
        held.state if held.state != "settled" else "",
        escaped(held.change),
    ]
    return cited(head + "; ".join(x for x in facts if x), held.refs)


def quote(passage: Passage) -> str:
    """A passage's words."""
    cut = ("… " if passage.cut_before else "", " …" if passage.cut_after else "")
    return f"“{cut[0]}{escaped(passage.plain)}{cut[1]}”"


def where(passage: Passage) -> str:
    """Where a passage stands, and who says it."""
    said = f", said {day(passage.said)}" if passage.said and passage.said != passage.published else ""
    own = "own word" if passage.own_word else "told by others"
    return f"{escaped(passage.outlet)}, {day(passage.published)}{said}; {own}: {escaped(passage.speaker)}"

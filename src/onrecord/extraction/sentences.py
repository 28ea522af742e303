"""Text -> sentences, for news as it is really set: quotes, initials, headings, tickers, lists.

In: a report's text. Out: offsets of sentences, in order, without white space at their ends. Knows nothing
of models.

Hard-wrapped paragraphs are joined; a heading, a bullet or a ticker line stands alone although it has no
full stop; a full stop with no space behind it, as broken pages print it ("in summer.Baku said"), ends a
sentence too.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.extraction.lexicon import word_set

_MAY_END = word_set("u.s u.n u.k e.u d.c p.m a.m etc u.a.e inc ltd corp")

ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof gen lt col maj capt cmdr adm brig sgt sen rep gov pres amb st no nos vs etc
    inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    approx est dept fig vol pp ca cf al e.g i.e u.s u.n u.k e.u a.m p.m d.c u.a.e
    """
)
_MARK = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?<=[a-z]{3})[.!?][\"”’]?(?=[A-Z][a-z]{2,}[ ,])")
_BULLET = re.compile(r"^\s*(?:[-*•–—▪●◦>·]|\d{1,2}[.)]|\d{1,2}[:.]\d{2}\b)\s*")
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_OPENERS = "\"'“‘«(["
WRAP = 55
"""A line shorter than this that ends without a mark is a heading, not a wrapped line (code points)."""
WIDE, WIDER = 100, 1.4
"""So is a line before one of so many code points, and so many times its length: wrapped lines are about alike."""


def sentences(text: str) -> list[tuple[int, int]]:
    r"""Offsets of the sentences of a text, start inclusive, end exclusive, in code points.

    Example:
        >>> text = "Gen. A. Munir left. No date was set.\n- Ankara waits\n- Rome agrees"
        >>> [text[a:b] for a, b in sentences(text)]
        ['Gen. A. Munir left.', 'No date was set.', '- Ankara waits', '- Rome agrees']
    """
    found = []
    for start, end in blocks(text):
        cuts = [start, *(start + x for x in _cuts(text[start:end])), end]
        for a, b in pairwise(cuts):
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            if a < b:
                found.append((a, b))
    return found


def blocks(text: str) -> list[tuple[int, int]]:
    """Offsets of paragraphs, headings, list items and ticker lines."""
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line), line))
        at += len(line)
    found: list[tuple[int, int]] = []
    open_at: int | None = None
    for i, (start, end, line) in enumerate(lines):
        if not line.strip():
            if open_at is not None:
                found.append((open_at, start))
            open_at = None
            continue
        if open_at is None:
            open_at = start
        following = lines[i + 1][2] if i + 1 < len(lines) else ""
        if _ends_block(line, following):
            found.append((open_at, end))
            open_at = None
    if open_at is not None:
        found.append((open_at, len(text)))
    return found


def _ends_block(line: str, following: str) -> bool:
    if not following.strip() or _BULLET.match(following):
        return True
    if _BULLET.match(line) and following.lstrip()[:1].isupper():
        return True
    first = following.lstrip()[:1]
    begins = first.isupper() or first.isdigit() or first in _OPENERS
    if _CLOSED.search(line):
        return begins
    length, next_length = len(line.strip()), len(following.strip())
    return begins and (length < WRAP or next_length > max(WIDE, WIDER * length))


def _cuts(block: str) -> list[int]:
    cuts = []
    for mark in _MARK.finditer(block):
        if mark.group().startswith(".") and not mark.group().startswith("..") and _abbreviates(block, mark.start()):
            continue
        if block[: mark.start()].strip().isdigit():
            continue  # the number of an item in a list
        rest = block[mark.end() :].lstrip()
        if rest and not (rest[0].isupper() or rest[0].isdigit() or rest[0] in _OPENERS or _BULLET.match(rest)):
            continue
        if mark.group()[-1] in "\"'”’»" and re.match(r"[a-z]", rest):
            continue
        cuts.append(mark.end())
    return cuts


def _abbreviates(block: str, dot: int) -> bool:
    word = re.search(r"[^\s(“\"'‘]*$", block[:dot])
    token = word.group() if word else ""
    if token.lower() in ABBREVIATIONS:
        after = block[dot + 1 :].lstrip()
        if token.lower() in {"no", "nos"}:
            return after[:1].isdigit()
        # "in the U.S. The plan": an abbreviation that can end a sentence does so before a plain capitalised
        # word
        if token.lower() in _MAY_END:
            return not re.match(r"(?:The|A|An|It|He|She|They|But|And|In|On|At|This|That|Its|Their|His|Her)\b", after)
        return True
    return bool(re.fullmatch(r"[A-Z]", token)) and bool(re.match(r"\s*[A-Z]", block[dot + 1 :]))

"""A long text in parts that share a margin, and words found again in a text that spells them otherwise.

Comes in: texts. Goes out: offsets in code points, end exclusive. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PART = 6000
"""Code points of a part: with the rules some 4,000 tokens, which the small windows of local models hold."""
SHARED = 600
"""Code points that a part shares with the one before: three sentences, so that none is seen only in two halves."""

_BREAK = re.compile(r"\n\s*\n|(?<=[.!?”\"])\s+")

Offsets = tuple[int, int]


def parts(text: str, size: int = PART, shared: int = SHARED) -> list[Offsets]:
    """The parts of a text, each cut behind a paragraph or sentence where there is one near.

    Example:
        >>> parts("One. Two. Three. Four.", size=12, shared=5)
        [(0, 10), (5, 17), (12, 22)]
        >>> parts("short")
        [(0, 5)]
    """
    found: list[Offsets] = []
    start = 0
    while len(text) - start > size:
        end = _cut(text, start + size // 2, start + size)
        found.append((start, end))
        start = max(start + 1, _cut(text, end - shared - shared // 2, end - shared, default=end - shared))
    found.append((start, len(text)))
    return found


def halves(text: str) -> list[Offsets]:
    """The two halves of a text; the sentence in its middle is in both.

    Example:
        >>> halves("One. Two. Three.")
        [(0, 10), (5, 16)]
    """
    middle = len(text) // 2
    breaks = [m.end() for m in _BREAK.finditer(text)]
    end = next((b for b in breaks if middle <= b < len(text)), min(len(text) - 1, middle + SHARED // 2))
    start = next((b for b in reversed(breaks) if 0 < b <= middle), max(1, middle - SHARED // 2))
    return [(0, end), (start, len(text))]


def _cut(text: str, low: int, high: int, default: int | None = None) -> int:
    """The last break between two offsets, else a blank, else ``default`` or the higher offset."""
    breaks = [m.end() for m in _BREAK.finditer(text, max(0, low), high) if m.end() > low]
    if breaks:
        return breaks[-1]
    blank = text.rfind(" ", max(0, low), high)
    return blank + 1 if blank > low else default if default is not None else high


_SAME = {
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛′‹›`´＇", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one blank for each run of white space and one form of each quotation mark and dash.

    The second value holds, for each character, the offset in the text that it comes from.
    """
    out: list[str] = []
    at: list[int] = []
    for i, character in enumerate(text):
        if character in _NOTHING:
            continue
        if character.isspace():
            if out and out[-1] == " ":
                continue
            character = " "
        for one in _SAME.get(character, character):
            out.append(one)
            at.append(i)
    return "".join(out), at


class Finder:
    r"""Finds words in one text: as they stand there, else with white space, quotation marks and dashes alike.

    Letters are never changed: a word in another case or spelling is another word.

    Args:
        text: the text.

    Example:
        >>> Finder("He said it “would\n send” troops.").find('it "would send" troops')
        (8, 31)
        >>> Finder("It waits.").find("it") is None, Finder("within it").find("it")
        (True, (7, 9))
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain, self._at = _plain(text)

    def find(self, words: str, near: Offsets | None = None) -> Offsets | None:
        """Where words stand in the text, or None; of several places the one nearest to ``near``.

        Args:
            words: the words.
            near: a passage that they should belong to; the first place where none is given.
        """
        places = list(self._exact(words.strip())) or list(self._alike(words))
        if not places or near is None:
            return places[0] if places else None
        low, high = near
        return min(places, key=lambda p: (max(0, low - p[0], p[1] - high), p[0]))

    def _exact(self, words: str) -> Iterator[Offsets]:
        yield from _whole(self._text, words)

    def _alike(self, words: str) -> Iterator[Offsets]:
        plain = _plain(words)[0].strip()
        for sought in dict.fromkeys((plain, plain.strip("\"' "))):
            found = [(self._at[a], self._at[z - 1] + 1) for a, z in _whole(self._plain, sought)]
            if found:
                yield from found
                return


def _whole(text: str, words: str) -> Iterator[Offsets]:
    if not words:
        return
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        cuts = (at and text[at - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        )
        if not cuts:
            yield at, end
        at = text.find(words, at + 1)

"""What the token model sees of a text: word pieces, the shape of each word, and windows of whole paragraphs.

In: a text and the tokenizer. Out: arrays. The module knows nothing of the network, of spans or of relations,
and is shared by training and inference, so that both cut a text in the same way.

The encoder is uncased; what it would miss (capitals, white space around a mark, whether a word stands between
quotation marks, where a paragraph begins) goes in beside the pieces as one small number for each piece, its
*shape*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]

#: Pieces a window holds at most, the two end marks among them.
WINDOW = 256
#: Number of different shapes: case (5) x gap before (3) x gap after (2) x between quotation marks (2).
SHAPES = 60
CLS, SEP, PAD = 101, 102, 0

_OPENING = frozenset("“„«‟")
_CLOSING = frozenset("”»")
_SENTENCE_END = frozenset(".!?…")
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True)
class Encoded:
    """A text cut into words and word pieces.

    Attributes:
        pieces: vocabulary number of each piece.
        shapes: shape of each piece, 0 to ``SHAPES - 1``; pieces of one word share it.
        first: index of the first piece of each word.
        starts: first code point of each word.
        ends: one past the last code point of each word.
        paragraphs: number of the paragraph that each word stands in, counted from 0.
    """

    pieces: IntArray
    shapes: IntArray
    first: IntArray
    starts: IntArray
    ends: IntArray
    paragraphs: IntArray

    def __len__(self) -> int:
        """Number of words."""
        return len(self.first)


@dataclass(frozen=True)
class Window:
    """Words ``start`` to ``end`` (exclusive) of an encoded text, read by the network in one pass."""

    start: int
    end: int


def _case(word: str) -> int:
    if not word.isalpha():
        return 0 if not any(map(str.isupper, word)) else 4
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word.istitle() else 4


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """Cut a text into words and pieces; offsets are code points of ``text``.

    A word is what stands between white space and punctuation marks; each mark is a word of its own.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    pieces = np.asarray(encoding.ids, dtype=np.int64)
    if not len(pieces):
        empty = np.zeros(0, dtype=np.int64)
        return Encoded(empty, empty, empty, empty, empty, empty)
    offsets = np.asarray(encoding.offsets, dtype=np.int64)
    numbers = np.asarray(encoding.word_ids, dtype=np.int64)
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    last = np.append(first[1:], len(pieces)) - 1
    starts, ends = offsets[first, 0], offsets[last, 1]
    shapes, paragraphs = _shapes(text, starts.tolist(), ends.tolist())
    word_of = np.repeat(np.arange(len(first)), last - first + 1)
    return Encoded(pieces, shapes[word_of], first, starts, ends, paragraphs)


def _shapes(text: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[IntArray, IntArray]:
    shapes = np.zeros(len(starts), dtype=np.int64)
    paragraphs = np.zeros(len(starts), dtype=np.int64)
    quoted, paragraph, before = False, 0, 0
    length = len(text)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        gap = 0
        if start > before:
            between = text[before:start]
            gap = 1
            if "\n" in between or not _LINE_ENDS.isdisjoint(between):
                gap, quoted = 2, False
                paragraph += i > 0
        elif i == 0:
            gap = 2
        spaced = end >= length or text[end].isspace()
        word = text[start:end]
        inside = quoted
        if word in _OPENING or (word == '"' and not quoted):
            quoted = inside = True
        elif word in _CLOSING or word == '"':
            quoted, inside = False, True
        shapes[i] = ((_case(word) * 3 + gap) * 2 + spaced) * 2 + inside
        paragraphs[i] = paragraph
        before = end
    return shapes, paragraphs


def windows(text: str, encoded: Encoded, size: int = WINDOW) -> list[Window]:
    """Pack whole paragraphs into windows of at most ``size`` pieces, end marks included.

    A paragraph that does not fit into one window is cut after the last sentence that fits, or, where there is
    none, after the last word: every window is bounded whatever the text.
    """
    packed: list[Window] = []
    room = size - 2
    bounds = np.append(encoded.first, len(encoded.pieces))
    for start, end in _units(text, encoded, room):
        if packed and bounds[end] - bounds[packed[-1].start] <= room:
            packed[-1] = Window(packed[-1].start, end)
        else:
            packed.append(Window(start, end))
    return packed


def _units(text: str, encoded: Encoded, room: int) -> Iterator[tuple[int, int]]:
    """Paragraphs as (first word, end word), those too long for a window in several parts."""
    bounds = np.append(encoded.first, len(encoded.pieces))
    breaks = [0, *(np.flatnonzero(np.diff(encoded.paragraphs)) + 1).tolist(), len(encoded)]
    for start, end in pairwise(breaks):
        while bounds[end] - bounds[start] > room:
            # A word has at most 100 characters (longer ones become one unknown piece), so one always fits.
            cut = int(np.searchsorted(bounds, bounds[start] + room, side="right")) - 1
            yield start, (cut := _sentence_cut(text, encoded, start, cut))
            start = cut
        if end > start:
            yield start, end


def _sentence_cut(text: str, encoded: Encoded, start: int, cut: int) -> int:
    for word in range(cut - 1, start + (cut - start) // 2, -1):
        if (
            text[encoded.starts[word]] in _SENTENCE_END
            and text[encoded.ends[word] : encoded.ends[word] + 1] == " "
        ):
            return word + 1
    return cut


def batch_inputs(group: Sequence[tuple[Encoded, Window]]) -> tuple[IntArray, IntArray, IntArray]:
    """Pieces, shapes and mask of some windows, each ``[windows, longest]``, zero past a window's end."""
    parts = [piece_range(encoded, window) for encoded, window in group]
    lengths = [stop - start + 2 for start, stop in parts]
    pieces = np.full((len(group), max(lengths)), PAD, dtype=np.int64)
    shapes, mask = np.zeros_like(pieces), np.zeros_like(pieces)
    for row, ((encoded, _), (start, stop), length) in enumerate(zip(group, parts, lengths, strict=True)):
        pieces[row, 0], pieces[row, length - 1] = CLS, SEP
        pieces[row, 1 : length - 1] = encoded.pieces[start:stop]
        shapes[row, 1 : length - 1] = encoded.shapes[start:stop]
        mask[row, :length] = 1
    return pieces, shapes, mask


def piece_range(encoded: Encoded, window: Window) -> tuple[int, int]:
    """First and end piece of a window."""
    stop = encoded.first[window.end] if window.end < len(encoded) else len(encoded.pieces)
    return int(encoded.first[window.start]), int(stop)


def first_pieces(encoded: Encoded, window: Window) -> IntArray:
    """Where, in the network's input for a window, the first piece of each of its words stands."""
    first: IntArray = encoded.first[window.start : window.end]
    shifted: IntArray = first - first[0] + 1
    return shifted

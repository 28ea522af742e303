"""The small parts of a page: references, runs of text, marked passages, chips.

Frozen values without behaviour beyond what both renderers share. All text in them has been made visible
(`onrecord.briefing.text.visible`); escaping is left to the renderers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.briefing.when import When
from onrecord.model import Polarity

TokenKind = Literal["text", "gap", "open", "close", "note"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a position's passage.

    Attributes:
        number: as printed, from 1 in order of first use.
        anchor: the fragment of the passage in its report.
        title: outlet, day and the passage's beginning, for a hover.
    """

    number: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the page."""

    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in a sentence, with the references that bear it.

    Attributes:
        text: the words.
        refs: the passages that bear them.
        strong: whether it is a name to be found when scanning.
        quoted: whether the words are a source's own, to be set in quotation marks.
    """

    text: str
    refs: tuple[Ref, ...] = ()
    strong: bool = False
    quoted: bool = False


Text = tuple[Piece, ...]


def plain(text: Text) -> str:
    """The words of a text without references.

    >>> plain((Piece("Refused: "), Piece("no", quoted=True)))
    'Refused: “no”'
    """
    return "".join(f"“{p.text}”" if p.quoted else p.text for p in text)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of marked text, in the order of the page.

    Attributes:
        kind: text; gap (a new paragraph); open and close of a mark; note (the number of a passage).
        text: the words, or a note's number.
        css: class of the mark.
        title: what the mark is, for a hover.
        anchor: of an open mark its own fragment (first piece only), of a note where it leads.
        record: of an open mark the fragment of the record it is of, or empty.
    """

    kind: TokenKind
    text: str = ""
    css: str = ""
    title: str = ""
    anchor: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A position's evidence as it is quoted away from its report.

    Attributes:
        ref: its number and where it stands.
        tokens: the words with stance, condition and figure marked.
        plain: the words alone.
        cut_before, cut_after: whether words of the evidence were left out there.
        outlet: who published it.
        published, said: the two times, apart.
        speaker: who says it, nearest first, without the outlet.
        own_word: whether the holder's own speaker says it.
        undertaking: who on whose doing what.
        stance: the stance it gives.
        polarity: of that stance.
        anchor: of the margin note.
    """

    ref: Ref
    tokens: tuple[Token, ...]
    plain: str
    cut_before: bool
    cut_after: bool
    outlet: str
    published: When | None
    said: When | None
    speaker: str
    own_word: bool
    undertaking: str
    stance: str
    polarity: Polarity
    anchor: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition as a label.

    Attributes:
        kind: id of the kind.
        label: the kind for people.
        words: the wording.
        refs: the passages that name it.
    """

    kind: str
    label: str
    words: str
    refs: tuple[Ref, ...] = ()

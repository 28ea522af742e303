"""Statement: one attribution relation in a report (source, cue, content) with its chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.dates import DateRange
from onrecord.model.spans import Span

SourceKind = Literal[
    "named_person", "office", "anonymous", "organisation", "state", "outlet", "document", "unknown"
]
Form = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One bearer of a statement on its way to the reader.

    Attributes:
        name: as a reader would name it ("Hikmet Hajiyev", "US defence officials", "Politico").
        kind: what sort of source it is.
        entity: the actor it is, or speaks for (id of the vocabulary), or None where that is not resolved.
    """

    name: str
    kind: SourceKind
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The mention of a source in the text.

    Attributes:
        span: the mention, or None where the source is carried over from before or is the reporter.
        kind: what sort of source it is.
        entity: the actor it is, or speaks for, or None where that is not resolved.
        name: whom the mention means ("he" -> "Hikmet Hajiyev"); the mention itself where nothing more is known.
    """

    span: Span | None
    kind: SourceKind
    entity: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution relation.

    Attributes:
        id: stable across runs of the same extractor over the same text.
        report: id of the report.
        source: who says it.
        cue: the words that make it an attribution ("said", "according to"), or None.
        content: what is said, in one or more pieces, in order.
        chain: from the nearest speaker to the reporting outlet.
        form: direct (quoted), indirect, or mixed.
        said_on: when it was said, or None where the text does not tell.
        confidence: 0 to 1, that the relation is there with these parts.
    """

    id: str
    report: str
    source: Source
    cue: Span | None
    content: tuple[Span, ...]
    chain: tuple[ChainLink, ...]
    form: Form
    said_on: DateRange | None = None
    confidence: float = 1.0

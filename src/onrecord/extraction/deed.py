"""A deed: something that somebody would do for the matter of a report.

In: nothing. Out: :class:`Deed`, the noun that the finding of deeds and the walk up from them share.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.scene import Party


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody would do.

    Attributes:
        token: the verb or noun.
        task: task of the vocabulary.
        resource: the token of what is sent, where there is one (figures hang on it).
        performers: who would do it, where the phrase itself says so ("Turkish troops"); else empty.
        object: the token that heads the force, place or group it is about, or None.
        noun: whether it is a noun.
    """

    token: Token
    task: str
    resource: Token | None
    performers: tuple[Party, ...]
    object: Token | None
    noun: bool

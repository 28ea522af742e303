"""What the English pipeline's attribute ruler says of a token, asked once for each kind of token.

In: a tagged and parsed ``Doc``. Out: the same with part of speech, form and some lemmas. The ruler holds some 180
patterns against every token, a fifth of the time of a parse; nearly all of them are for a single token and go by its
tag, its word and its relation alone, so what they say of one such token holds for the next.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, MorphAnalysis, Token
from spacy.vocab import Vocab

Kind = tuple[int, int, int]
"""Tag, lower-case word and relation of a token, as numbers of the vocabulary."""
Said = tuple[int, MorphAnalysis, int, int, int]
"""Part of speech, form, lemma, tag and relation; 0 where nothing is said."""
_MOST = 50_000
"""Kinds of token kept at a time, some 15 MB; texts without end shall not fill the memory."""


class RuledOnce:
    """The attribute ruler of a pipeline, with what it says of single tokens kept.

    Args:
        ruler: the pipeline's own; its patterns for several tokens ("gon na") must come after those for one that they
            overrule, as they do in the English pipelines.
        vocab: that of the pipeline.
    """

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        self._ruler = ruler
        self._vocab = vocab
        self._several = AttributeRuler(vocab)
        for one in cast("list[dict[str, Any]]", ruler.patterns):
            if any(len(pattern) > 1 for pattern in one["patterns"]):
                self._several.add(one["patterns"], one["attrs"], one["index"])
        self._said: dict[Kind, Said] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set what the ruler says of a text's tokens."""
        if len(self._said) > _MOST:
            self._said.clear()
        for token in doc:
            kind = (token.tag, token.lower, token.dep)
            said = self._said.get(kind)
            if said is None:
                said = self._said[kind] = self._ask(token)
            token.pos, token.morph, lemma, tag, relation = said
            if lemma:
                token.lemma = lemma
            if tag != kind[0]:
                token.tag = tag
            if relation != kind[2]:
                token.dep = relation
        return self._several(doc)

    def _ask(self, token: Token) -> Said:
        alone = Doc(self._vocab, words=[token.lower_], tags=[token.tag_], deps=[token.dep_], heads=[0])
        said = self._ruler(alone)[0]
        return said.pos, said.morph, said.lemma, said.tag, said.dep

"""Clauses of saying by the order of words, where parsers hang them wrongly: ", a spokesman repeated on Tuesday".

In: a scene and a token. Out: the clause at the end of the token's sentence, or None. A verb that was tagged as a
participle of the noun before it ("a spokesman repeated on Tuesday") is one where that noun speaks and no "by" follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.extraction.lexicon import nouns
from onrecord.extraction.sayings import Saying, is_saying, saying_of
from onrecord.extraction.scene import Scene
from onrecord.extraction.speakers import speaking_parties

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OPENS = frozenset({",", "”", '"', "—", "–", "-", "as"})


def tail_saying(scene: Scene, token: Token, found: Sequence[Token]) -> Saying | None:
    """A clause of saying at the end of a token's sentence, by the order of words: ", the minister said on
    Friday.".

    Args:
        scene: the report laid out.
        token: where the passage is.
        found: verbs of saying that the grammar has found over it.
    """
    for verb in reversed(scene.tokens_of(token.sent)):
        if verb.i <= token.i:
            return None
        if verb in found or not is_saying(verb):
            continue
        subject = _teller(verb)
        if subject is None:
            continue
        first = min(subject.left_edge.i, verb.i)
        if not token.i < first or token.doc[first - 1].lower_ not in _OPENS:
            continue
        if any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
            continue
        if verb.tag_ in _FINITE:
            return saying_of(scene, verb)
        return Saying(verb, tuple(speaking_parties(scene, subject)[:1]))
    return None


def _teller(verb: Token) -> Token | None:
    """Who tells: the subject, or the noun that a verb taken for a participle was hung on."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if verb.tag_ in _FINITE:
        return subject
    if verb.tag_ != "VBN" or any(c.dep_ in {"aux", "auxpass", "agent", "dobj"} for c in verb.children):
        return None
    if subject is not None:
        return subject
    noun = verb.head
    speaks = noun.lemma_.lower() in nouns().speakers and noun.dep_ in {"dobj", "appos", "npadvmod"}
    return noun if verb.dep_ == "acl" and speaks and noun.i < verb.i else None

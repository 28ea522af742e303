"""Deeds that only point back: "urged Chile to follow", "will not do so", "is ready to do the same", "join them".

In: the claims read so far. Out: :class:`Deed` s of the task that the text was last about, standing on the words that
point to it. What stance is taken on them is read like that on any other deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.deeds import Deed
from onrecord.extraction.lexicon import word_set

_REACH = 90
"""How many tokens back a pointing word may reach (our own reading: three sentences of news)."""
_SAME = word_set("so likewise it that this same the")
_EXAMPLE = word_set("suit example lead them it")
_THEM = frozenset({"them", "it"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "xcomp", "ccomp"})


def pointing_deeds(doc: Doc, claims: Sequence[Claim]) -> list[Deed]:
    """Deeds of verbs that stand for one named before, in order of the text.

    Args:
        doc: the parse.
        claims: what has been read, in order of the text.
    """
    used = {t.i for c in claims for t in (c.deed.token, *c.levels, *c.words)}
    found = []
    for token in doc:
        topic = _topic(claims, token) if token.pos_ == "VERB" and token.i not in used and _points(token) else None
        if topic is not None:
            found.append(replace(topic.deed, token=token, resource=None, performers=(), object=None, noun=False))
    return found


def _topic(claims: Sequence[Claim], token: Token) -> Claim | None:
    before = [c for c in claims if 0 < token.i - c.deed.token.i <= _REACH and c.deed.task != "join_board"]
    return before[-1] if before else None


def _points(verb: Token) -> bool:
    """Whether a verb without an object of its own stands for a deed named before."""
    lemma = verb.lemma_.lower()
    if verb.tag_ != "VB":
        return False  # "it did so in May" tells what has been told
    objects = {c.lower_ for c in verb.children if c.dep_ in _OBJECTS}
    if lemma == "do":
        near = {c.lower_ for c in verb.children if c.dep_ in {"advmod", "npadvmod"}} | objects
        return bool(near & _SAME) and objects <= _SAME
    if lemma == "follow":
        return objects <= _EXAMPLE and all(c.lower_ not in {"with", "from"} for c in verb.children)
    return lemma == "join" and bool(objects) and objects <= _THEM

"""Undertakings that no vocabulary knows: "agreed to phase out coal" -> a deed, with a name from its own words.

In: a scene and the deeds that are known. Out: further deeds, each of a task named by its verb and object
(``phase_out_coal``). The name is made of lemmas, with one verb for those that mean one doing, so that every report
gives it alike. Whether a name is worth showing is told by how many reports and parties it has, elsewhere.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import yaml
from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.resources import resource_of
from onrecord.extraction.scene import ACTOR_ROLES, Scene

_LONGEST = 60
"""Letters of a name; what is longer is a clause, no name."""
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_OF_WHOM = frozenset({"GPE", "NORP"})
_OWN_NAME = {"host": "host", "recognise": "recognise", "recognize": "recognise"}
"""Verbs that are the name of a task, whatever their object."""
_PLAIN = re.compile(r"[^a-z0-9]+")


@functools.cache
def _data() -> Mapping[str, Any]:
    text = resources.files("onrecord.extraction").joinpath("data", "found_words.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    alike = {verb: group[0] for group in data.pop("alike") for verb in group}
    return {**{name: frozenset(words) for name, words in data.items()}, "alike": alike}


def discovered(scene: Scene, known: Sequence[Deed]) -> list[Deed]:
    """The deeds of tasks that have no name yet, in order of the text.

    Args:
        scene: the report laid out.
        known: the deeds that are read already; nothing within them is looked at.
    """
    # A noun that only stands before another ("Patriot" of "Patriot batteries") is no deed of the sentence's.
    whole = [d for d in known if not (d.noun and d.token.dep_ == "compound")]
    taken = {t.i for d in whole for t in (d.token, d.object, d.resource) if t is not None}
    found = []
    for token in scene.tokens:
        if token.pos_ != "VERB" or token.tag_ not in {"VB", "VBG"} or token.i in taken or not _is_bound(token):
            continue
        particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
        if not particle and token.lemma_.lower() in _data()["empty"]:
            continue
        thing = next((c for c in token.children if c.dep_ == "dobj" and _names_something(scene, c)), None)
        if thing is None or {t.i for t in thing.subtree} & taken:
            continue
        task = _known(token, thing) or name_of(token, particle, thing)
        if task is not None:
            found.append(Deed(token, task, thing, (), thing, False))
    return found


def _known(verb: Token, thing: Token) -> str | None:
    """The task of the vocabulary that verb or object name already: "host a plant", "hand over 90 million pounds"."""
    if (own := _OWN_NAME.get(verb.lemma_.lower())) is not None:
        return own
    gives = _data()["alike"].get(verb.lemma_.lower()) == "transfer" or verb.lemma_.lower() == "hand"
    return "fund" if gives and resource_of(thing) == "money" else None


def _is_bound(verb: Token) -> bool:
    """Whether a party binds itself to it, or refuses it: "agreed to", "ready to", "ruled out", "will"."""
    if verb.dep_ not in {"xcomp", "ccomp", "pcomp", "advcl", "conj", "acl"}:
        return False
    up = verb.head
    for _ in range(2):
        if up.lemma_.lower() in _data()["binds"]:
            return True
        if up.pos_ not in {"ADP", "VERB", "PART", "AUX"} or up.head.i == up.i:
            return False
        up = up.head
    return False


def _names_something(scene: Scene, noun: Token) -> bool:
    mention = scene.mention_at(noun)
    if mention is not None and mention.role in {*ACTOR_ROLES, "outlet", "matter"}:
        return False
    return noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in _data()["hollow"]


def name_of(verb: Token, particle: str, thing: Token) -> str | None:
    """The task's name: verb, particle, what stands before the object and the object; None for a clause."""
    lemma = verb.lemma_.lower()
    first = f"{lemma}_{particle}" if particle else lemma
    first = _data()["alike"].get(first, _data()["alike"].get(lemma, first) if not particle else first)
    before = [
        c.lemma_.lower()
        for c in thing.lefts
        if c.dep_ in _MODIFIERS and c.pos_ in {"NOUN", "PROPN"} and not c.like_num and c.ent_type_ not in _OF_WHOM
    ]
    slug = _PLAIN.sub("_", "_".join((first, *before, _singular(thing)))).strip("_")
    return slug if len(slug) <= _LONGEST else None


def _singular(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    if noun.pos_ != "PROPN":
        return lemma
    # A plural that the parser takes for a name keeps its ending.
    return f"{lemma[:-3]}y" if lemma.endswith("ies") else lemma[:-1] if lemma.endswith("s") else lemma

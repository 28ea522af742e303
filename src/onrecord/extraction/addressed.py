"""Whose doing a stance is about, where the reading of the stance names nobody.

In: a draft that asks for, backs or opposes another's doing. Out: the same with its performers: whom the verb addresses
("Chile asked it to"), whose doing its object names ("welcomed the Chilean offer", "soldiers from Chile"), or the force
that has no other sender (annotation guidelines, rule 9). Where none of these tells, the draft stays as it was: who was
last told to do the same was the wrong one nine times in ten.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.foreigners import FOREIGN
from onrecord.extraction.lexicon import cues, word_set
from onrecord.extraction.positions import TOWARD_OTHER, Draft
from onrecord.extraction.resources import performers_of
from onrecord.extraction.scene import Party, Scene

_ABROAD = word_set("contribute_troops contribute_police contribute_support contribute_observers")
_FORCE = word_set("force mission contingent presence")
_BODIES = word_set("government company firm bank donor lender state nation country operator producer union council")
_ADDRESSES = word_set("on upon to from")


def with_doers(scene: Scene, draft: Draft) -> Draft:
    """A draft with those whose doing it is about.

    Args:
        scene: the report laid out.
        draft: a draft of the model.
    """
    if draft.stance not in TOWARD_OTHER or draft.performers or draft.task == "authorise":
        return draft
    verb = _verb(scene, draft)
    own = {h.entity for h in draft.holders}
    found = _asked(scene, verb) if draft.stance == "requests" else _of_object(scene, verb, draft)
    others = tuple(p for p in found if p.entity is not None and p.entity not in own)
    return replace(draft, performers=others) if others else draft


def _verb(scene: Scene, draft: Draft) -> Token:
    """The verb of a draft's wording: parsers may hang its head on an auxiliary or an article."""
    if draft.at.pos_ == "VERB" or draft.cue is None:
        return draft.at
    verbs = [t for t in scene.tokens_in(draft.cue.start, draft.cue.end) if t.pos_ == "VERB"]
    return verbs[0] if verbs else draft.at


def _asked(scene: Scene, verb: Token) -> list[Party]:
    """Whom a verb of asking addresses: "asked it for", "called on Chile to", "wants Chile to send"."""
    found: list[Token] = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in _ADDRESSES:
            found += [c for c in child.children if c.dep_ == "pobj"]
        elif child.dep_ in {"ccomp", "xcomp"}:
            found += [c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}]
    known = [p for token in found for p in scene.all_parties(token) if p.kind not in {"outlet", "document"}]
    return known or [_several(scene, token) for token in found if _collective(scene, token)]


def _collective(scene: Scene, noun: Token) -> bool:
    """Whether a noun means several bodies under one word, told apart by what stands beside it: "oil companies"."""
    told = [
        c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} or (c.dep_ == "prep" and c.lower_ == "of")
    ]
    return noun.tag_ == "NNS" and noun.lemma_.lower() in _BODIES and bool(told) and scene.party(noun) is None


def _several(scene: Scene, noun: Token) -> Party:
    """A group without a name of its own, by its words (annotation rules: ``group:`` and the word)."""
    start, end = scene.phrase(noun)
    words = re.findall(r"[a-z0-9]+", scene.text[start:end].lower().removeprefix("the "))
    return Party("group:" + "_".join(words), scene.text[start:end], "unknown", start, end, noun.i)


def _of_object(scene: Scene, verb: Token, draft: Draft) -> list[Party]:
    """Whose doing the object of a verb names, or the force that it is."""
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is None or ((cue := cues()["noun"].get(thing.lemma_.lower())) is not None and cue.stance in TOWARD_OTHER):
        return []  # "backed her objection" is about what she objects to
    senders = [c for v in (verb, thing) for c in v.children if c.dep_ == "prep" and c.lower_ == "from"]
    found = [p for prep in senders for c in prep.children if c.dep_ == "pobj" for p in scene.all_parties(c)]
    found = list(performers_of(scene, thing)) or found
    if not found and draft.task in _ABROAD and thing.lemma_.lower() in _FORCE and _definite(thing):
        start, end = scene.phrase(thing)
        return [Party(FOREIGN, scene.text[start:end], "unknown", start, end, thing.i)]
    return found


def _definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in noun.children)

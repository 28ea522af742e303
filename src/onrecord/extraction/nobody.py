"""Soldiers of whom it is said that none will come: "no Danish soldier will set foot there", "will be let in".

In: a scene. Out: claims. Said by their own state, or by nobody known, it is that state's ``refused``; said by another
party, the other ``opposes`` their coming.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.deed import Deed
from onrecord.extraction.grammar import form_of, noun_negated, subject_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.resources import performers_of, resource_of
from onrecord.extraction.sayings import is_saying
from onrecord.extraction.scene import Party, Scene, conjuncts

_COMES = word_set("enter tread step touch come arrive land cross")
_IS_LET = word_set("let allow admit permit tolerate accept welcome")
_TASKS = {"troops": "contribute_troops", "police": "contribute_police"}


def nobody_comes(scene: Scene) -> list[Claim]:
    """The claims of a report on soldiers of whom none is to come."""
    found: list[Claim] = []
    for token in scene.tokens:
        task = _TASKS.get(resource_of(token) or "") if token.pos_ == "NOUN" and noun_negated(token) else None
        verb = _verb_over(token) if task is not None else None
        if verb is not None and task is not None:
            found += _claims(scene, token, verb, task)
    return found


def _verb_over(noun: Token) -> Token | None:
    """The verb that says of soldiers that they will come, be let in or be there."""
    verb = noun.head
    if form_of(verb).modal not in {"will", "would"}:
        return None
    lemma = verb.lemma_.lower()
    if noun.dep_ == "attr":
        there = any(c.dep_ == "expl" for c in verb.children)
        return verb if lemma == "be" and there else None
    if noun.dep_ == "nsubjpass":
        return verb if lemma in _IS_LET else None
    foot = lemma in {"set", "put"} and any(c.dep_ == "dobj" and c.lower_ in {"foot", "boot"} for c in verb.children)
    return verb if noun.dep_ == "nsubj" and (lemma in _COMES or foot) else None


def _claims(scene: Scene, noun: Token, verb: Token, task: str) -> list[Claim]:
    saying = verb.head if verb.dep_ == "ccomp" and is_saying(verb.head) else None
    subject = subject_of(saying) if saying is not None else None
    speakers = _named(scene, subject) if subject is not None else []
    doers = list({p.entity: p for one in conjuncts(noun) for p in performers_of(scene, one)}.values())
    if not doers:
        return []
    own = {p.entity for p in doers}
    others = [p for p in speakers if p.entity not in own]
    if not others and verb.lemma_.lower() in _IS_LET:
        return []  # whoever does not let them in is not named
    deed = Deed(noun, task, noun, tuple(doers), None, True)
    above = [saying] if saying is not None else []
    return [_claim(deed, verb, others or doers, doers, above, opposed=bool(others))]


def _named(scene: Scene, subject: Token) -> list[Party]:
    """Who speaks, where name or pronoun tell it; whose "the officials" are is too open to make an opponent of them."""
    told = subject.pos_ == "PRON" or any(scene.mention_at(t) is not None for t in subject.subtree)
    return [p for p in scene.all_parties(subject) if p.entity] if told else []


def _claim(
    deed: Deed, verb: Token, holders: Sequence[Party], doers: Sequence[Party], saying: list[Token], *, opposed: bool
) -> Claim:
    stance = "opposes" if opposed else "refused"
    return Claim(deed, stance, list(holders), list(doers), [deed.token, verb], [deed.token, verb], saying, 0.7)

"""Troops that a text says are there without a verb of sending: "is the biggest contributor", "400 Kenyans were there".

In: a scene. Out: claims: the stance is ``deployed``. Only where a force or its troops are spoken of, and never for a
possible, potential or likely contributor: such a one is named by others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.deed import Deed
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.resources import resource_of, speaks_of_money
from onrecord.extraction.scene import Party, Scene, conjuncts

_GIVERS = word_set("contributor supplier provider")
_RANKED = word_set(
    "big biggest large largest main leading major principal top chief second second-largest second-biggest third key"
)
_OPEN = word_set("possible potential likely prospective future would-be")
_PLACED = word_set("in at on with")
_NEAR = 50
"""Tokens around a phrase that tell soldiers from policemen (two sentences of news)."""


def present(scene: Scene) -> list[Claim]:
    """The claims of a report on who is there already."""
    found: list[Claim] = []
    for token in scene.tokens:
        if token.lemma_.lower() in _GIVERS and token.pos_ == "NOUN":
            found += _contributor(scene, token)
        elif token.lemma_ == "be" and not form_of(token).negated and not form_of(token).modal:
            found += _counted_people(scene, token)
    return found


def _contributor(scene: Scene, noun: Token) -> Iterator[Claim]:
    """Read "is the biggest contributor to the mission", "with Italy as the largest contributor"."""
    before = {c.lower_ for c in noun.children} | {t.lower_ for c in noun.children for t in c.children}
    if not before & _RANKED or before & _OPEN:
        return
    up = noun.head
    if noun.dep_ == "attr" and up.lemma_ == "be":
        form = form_of(up)
        if form.negated or form.modal:
            return
        subject = subject_of(up)
        who = scene.all_parties(subject) if subject is not None else []
    elif noun.dep_ == "pobj" and up.lower_ == "as":
        beside = up.nbor(-1) if up.i else None  # "with Italy as the largest contributor"
        who = scene.all_parties(beside) if beside is not None else []
    else:
        return
    holders = [p for p in who if p.entity and p.kind == "state"]
    if not holders:
        return
    figure = next((t for t in noun.sent if t.i > noun.i and resource_of(t) in {"troops", "police"}), None)
    task = "fund" if figure is None and speaks_of_money(noun) else _kind(noun)
    yield _claim(scene, noun, task, figure, holders)


def _counted_people(scene: Scene, verb: Token) -> Iterator[Claim]:
    """Read "some 400 Kenyans and a handful of officers from Jamaica and Belize were in the country"."""
    if not any(c.dep_ == "prep" and c.lower_ in _PLACED for c in verb.children) or not _of_a_force(verb):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    for one in conjuncts(subject) if subject is not None else ():
        mention = scene.mention_at(one)
        counted = any(c.dep_ == "nummod" for c in one.children)
        if mention is not None and mention.role in {"people", "adjective"} and counted and mention.target:
            party = Party(mention.target, mention.name, "state", mention.start, mention.end, one.i)
            yield _claim(scene, verb, _kind(one), one, [party])
        elif mention is None and one.lower_ in {"handful", "dozen", "number", "couple", "group"}:
            yield from _handful(scene, verb, one)


def _handful(scene: Scene, verb: Token, noun: Token) -> Iterator[Claim]:
    of = next((i for c in noun.children if c.lower_ == "of" for i in c.children if i.dep_ == "pobj"), None)
    if of is None or resource_of(of) not in {"troops", "police"}:
        return
    whose = [i for t in (of, noun) for c in t.children if c.lower_ == "from" for i in c.children if i.dep_ == "pobj"]
    holders = [p for t in whose for p in scene.all_parties(t) if p.entity]
    if holders:
        yield _claim(scene, verb, _kind(of), noun, holders)


def _claim(scene: Scene, at: Token, task: str, counted: Token | None, holders: list[Party]) -> Claim:
    deed = Deed(at, task, counted, tuple(holders), None, True)
    return Claim(deed, "deployed", holders, holders, [at], [at], [], 0.6)


def _kind(token: Token) -> str:
    """Soldiers or police, by the nearest word that tells."""
    doc = token.doc
    near = [
        (abs(t.i - token.i), kind)
        for t in doc[max(0, token.i - _NEAR) : token.i + _NEAR]
        if (kind := resource_of(t) if t.pos_ == "NOUN" else None) in {"troops", "police"}
    ]
    return "contribute_police" if near and min(near)[1] == "police" else "contribute_troops"


def _of_a_force(token: Token) -> bool:
    doc = token.doc
    return any(
        t.pos_ == "NOUN" and resource_of(t) in {"troops", "police"}
        for t in doc[max(0, token.i - _NEAR) : token.i + _NEAR]
    )

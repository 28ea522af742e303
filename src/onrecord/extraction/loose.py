"""Stances without a deed of their own: "declined to comment", "no decision has been made", "Israel objected".

In: a scene and the claims found so far. Out: further claims; their deed is the one that the text was last
about (before the sentence, else the first after it). Where the text was about none, there is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.deeds import Deed
from onrecord.extraction.grammar import form_of, noun_negated, subject_of
from onrecord.extraction.lexicon import cues, speech_verbs, word_set
from onrecord.extraction.loose_terms import on_terms
from onrecord.extraction.nobody import nobody_comes
from onrecord.extraction.pointing import pointing_deeds
from onrecord.extraction.predicates import phrase_stance
from onrecord.extraction.presence import present
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.stances import judge
from onrecord.extraction.welcomes import welcomed

_TOPICS = word_set("everything matter issue participation deployment discussion question all")
_TAKES_DECISION = word_set("make take reach come be finalise announce have")

_COMMENT = re.compile(
    r"\b(?:declin|refus|not (?:\w+ )?(?:respond|comment|repl|answer)|would not (?:comment|say)|no comment|"
    r"unavailable for comment|not available for comment|reached for comment|yet to comment|kept silent|"
    r"remained silent)",
    re.I,
)
_POINTERS = word_set(
    """
    idea proposal plan suggestion request demand offer move it this that invitation step notion
    prospect option thing such so decision
    """
)
_ANSWERING = frozenset({"comment", "respond", "reply", "answer"})
_NAMING = word_set("name mention list")
_APPROACHING = word_set("approach invite ask urge press sound lobby court")
_FORCE_TASKS = word_set(
    """
    contribute_troops contribute_police contribute_support contribute_observers secure_area
    train_police train_forces lead_force host
    """
)
_OBJECTING = word_set("object oppose veto reject block resist balk protest")


def loose_claims(scene: Scene, claims: Sequence[Claim]) -> list[Claim]:
    """Claims of sentences that take a stance on what the sentences around them are about."""
    by_sentence: dict[int, list[Claim]] = {}
    there = _not_told_yet(claims, [*present(scene), *nobody_comes(scene)])
    for claim in [*claims, *there]:
        by_sentence.setdefault(claim.deed.token.sent.start, []).append(claim)
    order = sorted(claims, key=lambda c: c.deed.token.i)
    pointing = [c for d in pointing_deeds(scene.doc, order) if (c := judge(scene, d)) is not None]
    for claim in pointing:
        by_sentence.setdefault(claim.deed.token.sent.start, []).append(claim)
    order = sorted([*order, *pointing], key=lambda c: c.deed.token.i)
    found: list[Claim] = [*there, *pointing]
    for sentence in scene.doc.sents:
        found += welcomed(scene, sentence, order)
        topic = _topic(order, sentence.start)
        if topic is None:
            continue
        here = by_sentence.get(sentence.start, [])
        if topic.deed.task in _FORCE_TASKS:
            found += on_terms(scene, sentence, topic, order)
        if _COMMENT.search(sentence.text):
            found += _no_comment(scene, sentence, topic, order)
            continue
        used = {t.i for c in here for t in (*c.levels, *c.words)}
        for token in scene.tokens_of(sentence):
            made = None
            if token.i in used:
                continue
            if token.lemma_.lower() in {"decision", "decide", "conclusion"}:
                made = _undecided(scene, token, topic, order)
            elif token.pos_ == "VERB" and token.lemma_.lower() in _OBJECTING:
                made = _objection(scene, token, topic, order)
            elif token.pos_ == "VERB" and token.lemma_.lower() in _NAMING:
                made = _named(scene, token, topic)
            elif token.pos_ == "VERB" and token.lemma_.lower() in _APPROACHING:
                made = _approached(scene, token, topic)
            elif token.pos_ == "VERB" and token.lemma_.lower() == "keep":
                made = _kept_out(scene, token, topic)
            elif token.pos_ == "AUX" and token.lemma_ in {"be", "remain"}:
                made = _set_phrase(scene, token, topic) or _alone(scene, token, topic, order)
            if made is not None:
                found.append(made)
                break
    return found


def _not_told_yet(claims: Sequence[Claim], more: Sequence[Claim]) -> list[Claim]:
    """Further claims without those of a holder of whom a sentence has told the same task already."""
    told = {(c.deed.token.sent.start, h.entity, c.deed.task) for c in claims for h in c.holders}
    return [c for c in more if not any((c.deed.token.sent.start, h.entity, c.deed.task) in told for h in c.holders)]


def _topic(order: Sequence[Claim], at: int) -> Claim | None:
    """What a text is about at a token: the last claim before it, else the first after it."""
    lasting = [c for c in order if c.deed.task not in {"authorise", "join_board", "fund", "other"}]
    before = [c for c in lasting if c.deed.token.i < at]
    if before:
        return before[-1]
    return lasting[0] if lasting else None


def _at(topic: Claim, token: Token, performers: tuple[Party, ...] = ()) -> Deed:
    """The topic's deed, standing where the loose stance stands."""
    return replace(topic.deed, token=token, resource=None, performers=performers, noun=True)


def _no_comment(scene: Scene, sentence: Passage, topic: Claim, order: Sequence[Claim]) -> list[Claim]:
    for token in scene.tokens_of(sentence):
        if token.lemma_.lower() in _ANSWERING and token.pos_ in {"VERB", "NOUN"}:
            verb = token
            while verb.pos_ != "VERB" and verb.head.i != verb.i:
                verb = verb.head
            if verb.lemma_.lower() in _ANSWERING and verb.dep_ == "xcomp":
                verb = verb.head
            subject = subject_of(verb)
            if subject is None:
                return []
            who = [p for p in scene.all_parties(subject) if p.entity and p.kind not in {"outlet", "document"}]
            # only those of whom the text says what they might do: a foreign ministry's silence on another's
            # troops is no stance
            doers = {p.entity for c in order for p in (*c.holders, *c.performers)}
            who = [p for p in who if p.entity in doers]
            if not who:
                return []
            return [
                Claim(
                    _at(topic, token),
                    "no_comment",
                    who,
                    who,
                    [*form_of(verb).words, token],
                    [token, verb],
                    [],
                    0.7,
                )
            ]
    return []


def _speaker_entity(scene: Scene, token: Token) -> list[Party]:
    node = token
    for _ in range(14):
        if node.head.i == node.i:
            break
        node = node.head
        if node.pos_ == "VERB" and node.lemma_.lower() in speech_verbs():
            subject = subject_of(node)
            if subject is not None:
                return [p for p in scene.all_parties(subject) if p.entity and p.kind not in {"outlet", "document"}]
    return []


def _undecided(scene: Scene, token: Token, topic: Claim, order: Sequence[Claim]) -> Claim | None:
    lemma = token.lemma_.lower()
    holders: list[Party] = []
    if lemma in {"decision", "conclusion"}:
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
            verb = verb.head
        if verb.pos_ not in {"VERB", "AUX"}:
            return None
        negated = noun_negated(token) or (form_of(verb).negated and verb.lemma_.lower() in _TAKES_DECISION)
        pending = verb.lemma_.lower() in {"await", "pend", "remain", "delay", "defer"} or any(
            c.lower_ == "yet" for c in verb.children
        )
        if not (negated or pending):
            return None
        possessor = next((c for c in token.children if c.dep_ == "poss"), None)
        if possessor is not None:
            holders = scene.all_parties(possessor)
        if not holders and token.dep_ in {"dobj", "pobj"}:
            subject = subject_of(verb)
            holders = scene.all_parties(subject) if subject is not None else []
        words = [*form_of(verb).words, token]
    else:
        form = form_of(token)
        yet = any(c.lower_ == "yet" for c in token.children) or (
            token.i > 1 and token.nbor(-1).lower_ == "to" and token.nbor(-2).lower_ == "yet"
        )
        if not (form.negated or yet):
            return None
        subject = subject_of(token)
        holders = scene.all_parties(subject) if subject is not None else []
        words = [*form.words]
    holders = [h for h in holders if h.entity and h.kind not in {"outlet", "document"}] or _speaker_entity(scene, token)
    if not holders:
        return None
    doers = {p.entity for c in order for p in c.performers}
    about_other = [p for p in topic.performers if p.entity not in {h.entity for h in holders}]
    if not {h.entity for h in holders} & doers and not about_other:
        return None
    return Claim(_at(topic, token), "undecided", holders, holders, words, [token], [], 0.6)


def _objection(scene: Scene, token: Token, topic: Claim, order: Sequence[Claim]) -> Claim | None:
    """Read "Israel objects", "rejected the idea": on the deed just spoken of, of whoever would do it."""
    form = form_of(token)
    if token.tag_ == "VB" and form.infinitive:
        return None  # "summoned the envoy to protest": on what, is not told
    if form.negated or form.modal in {"could", "can", "may", "would"}:
        return None
    objects = [c for c in token.children if c.dep_ in {"dobj", "pobj", "nsubjpass"}] + [
        i
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in {"to", "at"}
        for i in c.children
        if i.dep_ == "pobj"
    ]
    if objects and not any(o.lemma_.lower() in _POINTERS for o in objects):
        return None
    if any(c.dep_ in {"ccomp", "xcomp"} for c in token.children):
        return None
    subject = subject_of(token)
    holders = [
        p
        for p in (scene.all_parties(subject) if subject is not None else [])
        if p.entity and p.kind not in {"outlet", "document"}
    ]
    if not holders:
        return None
    own = {h.entity for h in holders}
    others = [p for p in topic.performers if p.entity not in own]
    cue = cues()["verb"].get(token.lemma_.lower())
    if others:
        return Claim(_at(topic, token), "opposes", holders, others, [*form.words], [token], [], 0.55)
    if cue is not None and cue.toward != "other" and token.lemma_.lower() in {"reject", "balk"}:
        return Claim(_at(topic, token), "refused", holders, holders, [*form.words], [token], [], 0.5)
    return None


def _own(scene: Scene, token: Token | None) -> list[Party]:
    """The parties of a phrase that can hold a stance."""
    if token is None:
        return []
    return [p for p in scene.all_parties(token) if p.entity and p.kind not in {"outlet", "document"}]


def _named(scene: Scene, token: Token, topic: Claim) -> Claim | None:
    """Read "had been named", "Washington named them": others name a party for what the text is about."""
    form = form_of(token)
    if form.negated or any(c.dep_ in {"oprd", "ccomp", "xcomp"} for c in token.children):
        return None
    passive = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    active = next((c for c in token.children if c.dep_ == "dobj"), None)
    if passive is not None and any(c.dep_ == "prep" and c.lower_ == "as" for c in token.children):
        return None
    holders = _own(scene, passive or active)
    if not holders or (
        active is not None
        and passive is None
        and {h.entity for h in holders} & {p.entity for p in _own(scene, subject_of(token))}
    ):
        return None
    if topic.deed.task not in _FORCE_TASKS:
        return None
    saying = [token] if passive is None else []
    return Claim(_at(topic, token), "named", holders, holders, [*form.words], [token], saying, 0.55)


def _approached(scene: Scene, token: Token, topic: Claim) -> Claim | None:
    """Read "Washington had approached Baku": a request about what the text is about."""
    form = form_of(token)
    target = next((c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    if form.negated or form.modal or target is None or any(c.dep_ in {"xcomp", "ccomp"} for c in token.children):
        return None
    asker = (
        _own(scene, subject_of(token))
        if not form.passive
        else [p for c in token.children if c.dep_ == "agent" for i in c.children for p in _own(scene, i)]
    )
    asked = _own(scene, target)
    if (
        not asker
        or not asked
        or {a.entity for a in asker} & {a.entity for a in asked}
        or topic.deed.task not in _FORCE_TASKS
    ):
        return None
    return Claim(_at(topic, token), "requests", asker, asked, [*form.words], [token], [], 0.6)


def _kept_out(scene: Scene, token: Token, topic: Claim) -> Claim | None:
    """Read "have kept Ankara out of the force"."""
    target = next((c for c in token.children if c.dep_ == "dobj"), None)
    if target is None or "out" not in {c.lower_ for c in token.children}:
        return None
    holders, kept = _own(scene, subject_of(token)), _own(scene, target)
    if not holders or not kept or form_of(token).negated:
        return None
    return Claim(_at(topic, token), "opposes", holders, kept, [*form_of(token).words], [token], [], 0.6)


def _alone(scene: Scene, token: Token, topic: Claim, order: Sequence[Claim]) -> Claim | None:
    """Read "Rome remains hesitant": an adjective of stance with nothing behind it."""
    adjective = next((c for c in token.children if c.dep_ == "acomp"), None)
    cue = cues()["adjective"].get(adjective.lemma_.lower()) if adjective is not None else None
    if cue is None or adjective is None or cue.toward != "own" or cue.stance in {"named", "agreed"}:
        return None
    if any(c.dep_ in {"xcomp", "ccomp"} for c in adjective.children):
        return None
    if any(
        c.dep_ == "prep"
        and not any(g.lemma_.lower() in _POINTERS | {"force", "mission", "participation"} for g in c.children)
        for c in adjective.children
    ):
        return None
    holders = _own(scene, subject_of(token))
    form = form_of(token)
    stance = cue.negated if form.negated else cue.stance
    if not holders or stance is None or topic.deed.task not in _FORCE_TASKS:
        return None
    return Claim(_at(topic, token), stance, holders, holders, [*form.words, adjective], [token], [], 0.55)


def _set_phrase(scene: Scene, token: Token, topic: Claim) -> Claim | None:
    stance, negated, words = phrase_stance([t for t in token.subtree if token.i < t.i < token.i + 8])
    if stance is None:
        return None
    form = form_of(token)
    result = negated if form.negated else stance
    if result is None:
        return None
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _POINTERS | _TOPICS:
        return None
    holders = _speaker_entity(scene, token) or [p for p in topic.performers if p.entity]
    holders = [h for h in holders if h.entity in {p.entity for p in topic.performers}] or []
    if not holders:
        return None
    return Claim(_at(topic, token), result, holders, holders, [*form.words, *words], [token], [], 0.55)

"""Troops that come home or stay where they are: "bring its contingent home", "would not leave", "keep 80 men there".

In: a scene and a verb. Out: the deed: troops taken back or leaving are ``withdraw_forces``, troops that are kept or
stay are a contribution. A soldier may also leave for a mission: then he is sent.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extraction.deed import Deed
from onrecord.extraction.grammar import form_of, marker_of, subject_of
from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.resources import RESOURCE_TASKS, complements, performers_of, resource_of
from onrecord.extraction.scene import Scene

LEAVES = word_set("leave quit vacate exit")
STAYS = word_set("stay remain serve return come")
KEEPS = word_set("keep maintain retain leave")

_IN_UNIFORM = word_set("troops police support observers staff trainers")
_HOMEWARD = word_set("home homeward")
_TAKES_OUT = word_set("take pull get bring move order fly airlift ship")
_TAKES_BACK = word_set("pull draw call order bring")
_BARRACKS = word_set("home base barracks garrison position line border")
_AWAY = word_set("out away off from back")
_NUMBERING = word_set("part some most number group handful rest half dozen hundred couple batch")
_UNDER_TERMS = word_set("until till unless before")
_STATIONED = word_set("in at with on for until till as under through beyond after")
_CONTINGENTS = word_set("contingent battalion peacekeeper soldier troop officer policeman")
_WITHDRAWS = word_set("withdraw withdrawal pullout pull-out pullback evacuate drawdown")
_REACH = 60
"""Tokens within which another word must speak of withdrawal for a bare "leave" to be one (two sentences of news)."""


def homeward(verb: Token, thing: Token) -> bool:
    """Whether a verb takes what it moves out or home: "pull out", "bring home", "take out of", "call back"."""
    lemma = verb.lemma_.lower()
    hung = [c for t in (verb, thing) for c in t.children if c.i > verb.i and c.pos_ in {"ADV", "ADP", "NOUN", "PART"}]
    words = {c.lower_ for c in hung if c.dep_ in {"prt", "advmod", "prep", "npadvmod"} or c.lower_ in _HOMEWARD}
    if words & _HOMEWARD:
        return True
    if "out" in words and lemma in _TAKES_OUT:
        return True
    if "back" not in words or lemma not in _TAKES_BACK:
        return False
    after = next(c for c in hung if c.lower_ == "back")
    following = after.doc[after.i + 1 : after.i + 6]
    if not len(following) or following[0].lower_ not in {"to", "into", "in"}:
        return True
    return any(t.lemma_.lower() in _BARRACKS for t in following)


def taking_home(verb: Token) -> Iterator[Deed]:
    """Read "bring its contingent home", "take its medics out of the mission"."""
    for token in complements(verb):
        # "bring its contingent home": parsers now and then take it for one noun
        one_noun = token.dep_ == "compound" and token.head.lower_ in _HOMEWARD and token.i > verb.i
        placed = token.dep_ in {"dobj", "nsubjpass", "conj"} and homeward(verb, token)
        if (one_noun or placed) and resource_of(token) in _IN_UNIFORM:
            yield Deed(verb, "withdraw_forces", token, (), token, False)
            return


def leaving(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Read "its soldiers would not leave until", "the battalion will quit the town", "Malawi left the mission"."""
    subject = _subject(verb)
    if subject is None:
        return
    kind = resource_of(subject) if scene.mention_at(subject) is None else None
    place = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if place is not None:
        onward = any(c.dep_ == "prep" and c.lower_ in {"for", "to"} for c in verb.children)
        if not onward and _is_ground(scene, place) and (kind in _IN_UNIFORM or _has_troops(scene, subject, place)):
            yield Deed(verb, "withdraw_forces", subject if kind else None, performers_of(scene, subject), place, False)
        return
    if kind not in _IN_UNIFORM or any(c.dep_ == "prep" and c.lower_ in {"for", "to"} for c in verb.children):
        return
    form = form_of(verb)
    home = any(c.lower_ in _HOMEWARD for c in verb.children)
    denied = form.negated and any(c.dep_ == "advcl" and marker_of(c) in _UNDER_TERMS for c in verb.children)
    if home or denied or form.negated or _of_withdrawal(verb):
        yield Deed(verb, "withdraw_forces", subject, performers_of(scene, subject), None, False)


def staying(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Read "its contingent stays until", "about 300 Irish troops serve with", "the soldiers are coming home"."""
    subject = _subject(verb)
    if subject is None:
        return
    told = scene.mention_at(subject)
    if told is not None:
        bidden = told.role == "people" and verb.dep_ == "xcomp" and verb.lemma_.lower() in {"stay", "remain"}
        if bidden and _of_soldiers(verb):  # "begged the Ugandans to stay"
            yield Deed(verb, "contribute_troops", None, (), None, False)
        return
    subject = _counted(subject)
    kind = resource_of(subject)
    if kind not in _IN_UNIFORM:
        return
    performers = performers_of(scene, subject)
    home = any(c.lower_ in _HOMEWARD and c.i > verb.i for c in verb.children)
    if home and verb.lemma_.lower() in {"stay", "remain"}:
        return  # who stays at home takes nobody back
    if home or _to_barracks(verb):
        yield Deed(verb, "withdraw_forces", subject, performers, None, False)
        return
    if verb.lemma_.lower() in {"return", "come"} or not performers:
        return
    where = any(c.dep_ == "prep" and c.lower_ in _STATIONED for c in verb.children)
    where = where or any(c.dep_ == "advcl" or c.lower_ == "there" for c in verb.children)
    if where and _is_contingent(scene, verb, subject):
        yield Deed(verb, RESOURCE_TASKS[kind or ""], subject, performers, None, False)


def keeping(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Read "keeps 4,500 soldiers in the mission", "to leave its 52 soldiers with the brigade"."""
    if any(c.lower_ in _AWAY for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}):
        return
    for token in complements(verb):
        kind = resource_of(token) if token.dep_ in {"dobj", "nsubjpass", "conj"} else None
        if kind not in _IN_UNIFORM or scene.mention_at(token) is not None:
            continue
        if _is_contingent(scene, verb, token):
            yield Deed(verb, RESOURCE_TASKS[kind or ""], token, performers_of(scene, token), None, False)
            return


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, in "ordered its men to leave" those who are told to."""
    own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if own is None and verb.dep_ == "xcomp":
        own = next((c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i), None)
    return own if own is not None else subject_of(verb)


def _counted(noun: Token) -> Token:
    """What a word of number counts: the units of "part of the units", the officers of "a handful of officers"."""
    if noun.lemma_.lower() not in _NUMBERING:
        return noun
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), noun) if of is not None else noun


def _to_barracks(verb: Token) -> bool:
    return any(
        inner.lemma_.lower() in _BARRACKS
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ in {"to", "into"}
        for inner in c.children
    )


def _is_ground(scene: Scene, place: Token) -> bool:
    """Whether what is left is ground or a mission, not a body, a meeting or a person."""
    mention = scene.mention_at(place)
    if mention is not None:
        return mention.kind in {"state", "territory", "force", "place"} or mention.role == "place"
    lemma = place.lemma_.lower()
    return lemma in nouns().forces or lemma in _GROUND or place.ent_type_ in {"GPE", "LOC"}


_GROUND = word_set(
    """
    country territory strip enclave city town village base post position area zone soil hill airport mission region
    camp
    """
)


def _has_troops(scene: Scene, subject: Token, place: Token) -> bool:
    """Whether a state or armed group leaves ground or a mission of its own will: its premier's journey is none."""
    mention = scene.mention_at(subject)
    if mention is None or mention.role in {"person", "introduced", "outlet", "body", "place"}:
        return False
    ground = scene.mention_at(place)
    if ground is not None and ground.target == mention.target:
        return False
    return mention.kind in {"state", "armed_group", "territory"} and _of_soldiers(place)


def _of_soldiers(token: Token) -> bool:
    doc = token.doc
    near = doc[max(0, token.i - _REACH) : token.i + _REACH]
    return any(t.pos_ == "NOUN" and resource_of(t) in {"troops", "police"} for t in near)


def _of_withdrawal(token: Token) -> bool:
    doc = token.doc
    return any(t.lemma_.lower() in _WITHDRAWS for t in doc[max(0, token.i - _REACH) : token.i + _REACH])


def _is_contingent(scene: Scene, verb: Token, troops: Token) -> bool:
    """Whether troops serve with others: a counted contingent, or one that stands in a force.

    An army that stays where it is ("the army remains in the buffer zone") contributes to nothing.
    """
    counted = any(t.like_num for t in troops.lefts)
    sentence = verb.sent
    force = any(
        (m := scene.mention_at(t)) is not None and m.role == "matter" and m.kind == "force"
        for t in sentence
    ) or any(t.lemma_.lower() in {"mission", "contingent", "peacekeeping"} for t in sentence)
    return troops.lemma_.lower() in _CONTINGENTS and (counted or force)

"""Deeds: the verbs and nouns by which a report speaks of somebody's doing a task.

In: a scene. Out: :class:`Deed` for each ("deploy troops", "Turkish participation", "disarming Hamas"), with
the task and who would do it where the phrase itself says so. What stance anybody takes on it is found
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.extraction.deed import Deed
from onrecord.extraction.foreigners import foreigners
from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import DeedWord, deeds, word_set
from onrecord.extraction.resources import (
    RESOURCE_TASKS,
    complements,
    not_sent,
    performers_of,
    resource_of,
    speaks_of_money,
    with_of,
)
from onrecord.extraction.scene import Scene
from onrecord.extraction.sending import GOES, NOT_A_FORCE, goal_of, going, is_force, joining, sending
from onrecord.extraction.withdrawing import LEAVES, STAYS, keeping, leaving, staying, taking_home

__all__ = ["Deed", "find_deeds"]

_SENDING_NOUNS = word_set("deployment dispatch contribution presence donation delivery supply shipment gift")
_MOVED = frozenset({*RESOURCE_TASKS.values(), "withdraw_forces"})
"""Tasks of sending or taking home: what is moved is no deed of its own."""
_TRAINING = frozenset({"train_police", "train_forces"})
_POLICE = word_set("police policeman gendarme")
_TRAINED = word_set("brigade battalion recruit soldier troop pilot crew cadet army police policeman gendarme officer")
_STANDS_FOR_A_LOAN = word_set("guarantor lender creditor underwriter")
_MANDATES = word_set("authorise authorize mandate renew extend prolong")
_GROUNDS = word_set("access base camp centre center hub")
_GUESTS = word_set("migrant refugee asylum deportee evacuee detainee seeker deportation relocation")
_BASES = word_set("base airfield airport port troop soldier military")
_REACH = 60
"""Tokens around a word that tell what it is about (two sentences of news)."""
_NEEDS_A_FORCE = word_set("role part entry membership engagement presence accession inclusion")
_WANTS = word_set("want like need demand")
_PAID = word_set(
    """
    bill cost salary wage share arrears due dues contribution stipend rent fee expense debt allowance half part rest
    ration
    """
)
_TOWARDS = frozenset({"for", "into", "towards", "toward"})
_PAID_DEARLY = word_set("crime mistake sin failure aggression")
_PLANS = word_set("planning plan preparation preparations candidacy race list pledge")
_ENLISTS = word_set("join rejoin enter")
_OFFERS = word_set("offer pledge promise bid proposal commitment candidacy support request threat")


def find_deeds(scene: Scene) -> list[Deed]:
    """All deeds of a report, in order of the text."""
    found: list[Deed] = []
    table = deeds()
    for token in scene.tokens:
        if token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBG", "VBN", "VB"}):
            made: list[Deed] = []
            for word in table["verb"].get(token.lemma_.lower(), ()):
                if made and word.task not in _TRAINING:
                    break  # who trains "the army and the police" does two things, who gives arms does one
                made += _verb(scene, token, word)
            found += made or _without_object(scene, token) or _the_same(token, found)
        if (token.pos_ in {"NOUN", "PROPN", "SYM"} and _tells_itself(scene, token)) or token.lemma_ in {
            "$",
            "€",
        }:
            for word in table["noun"].get(token.lower_, ()) or table["noun"].get(token.lemma_.lower(), ()):
                found += _noun(scene, token, word)
                break
    return _without_twins(found)


def _tells_itself(scene: Scene, noun: Token) -> bool:
    """Whether a noun is no part of a name; "Chad's recognition of Palestine" is a deed, though it names an affair."""
    mention = scene.mention_at(noun)
    return mention is None or (mention.role == "matter" and noun.lower_ == "recognition")


def _without_object(scene: Scene, verb: Token) -> list[Deed]:
    """What troops do of themselves: they go, leave, stay or are there."""
    lemma = verb.lemma_.lower()
    made: list[Deed] = []
    if lemma in LEAVES:
        made = list(leaving(scene, verb))
    elif lemma in STAYS:
        made = list(staying(scene, verb))
    return made or (list(going(scene, verb)) if lemma in GOES else [])


def _the_same(verb: Token, found: Sequence[Deed]) -> list[Deed]:
    """Read "will not do the same", "would do so": the deed last spoken of."""
    if verb.lemma_.lower() != "do" or verb.pos_ != "VERB":
        return []
    if not any(c.lower_ in {"same", "so", "likewise"} and c.i > verb.i for c in verb.children):
        return []
    if verb.dep_ == "conj" and verb.head.lemma_.lower() in {"refuse", "decline", "reject", "oppose", "deny"}:
        return []  # "has refused twice and will do so again"
    before = [d for d in found if 0 < verb.i - d.token.i <= _REACH and not d.noun]
    return [Deed(verb, before[-1].task, None, (), None, False)] if before else []


def _without_twins(found: list[Deed]) -> list[Deed]:
    """A noun that is the object of a verb of the same task is that verb's, not a deed of its own."""
    used = {(d.resource.i, d.task) for d in found if not d.noun and d.resource is not None}
    used |= {(d.object.i, d.task) for d in found if not d.noun and d.object is not None}
    moved = {d.resource.i for d in found if not d.noun and d.resource is not None and d.task in _MOVED}
    verbs = {(d.token.i, d.task) for d in found if not d.noun}
    # "external forces disarming its fighters": doers and objects of another deed are not sent
    doers = {
        c.i
        for d in found
        if not d.noun
        for c in d.token.children
        if c.dep_ in {"nsubj", "dobj"} and d.task not in RESOURCE_TASKS.values()
    }
    doers |= {d.token.head.i for d in found if not d.noun and d.token.dep_ == "acl" and d.token.tag_ == "VBG"}
    out = []
    for deed in found:
        if deed.noun:
            if (deed.token.i, deed.task) in used or deed.token.i in doers | moved:
                continue
            up = deed.token
            swallowed = False
            for _ in range(4):
                up = up.head
                if (up.i, deed.task) in verbs:
                    swallowed = True
                    break
                if up.pos_ in {"VERB", "AUX"}:
                    break
            if swallowed:
                continue
        out.append(deed)
    return out


def _verb(scene: Scene, verb: Token, word: DeedWord) -> Iterator[Deed]:
    if word.frame == "free":
        if (
            word.task == "enforce_peace"
            and verb.lemma_ == "enforce"
            and not any(t.lower_ in {"peace", "order"} for t in complements(verb))
        ):
            return
        target = next(iter(complements(verb)), None)
        doer = (
            verb.head
            if verb.dep_ == "acl" and verb.tag_ == "VBG"
            else next((c for c in verb.children if c.dep_ == "nsubj"), None)
        )
        yield Deed(
            verb,
            str(word.task),
            target,
            performers_of(scene, doer) if doer is not None else (),
            target,
            False,
        )
    elif word.frame == "object":
        for token in complements(verb):
            if token.lower_ in word.objects or token.lemma_.lower() in word.objects:
                task = str(word.task)
                if task == "authorise" and _beside(verb, token):
                    continue
                if task == "withdraw_forces" and (planned := _out_of_plans(verb)) is not None:
                    yield Deed(verb, "contribute_troops", None, (), planned, False)
                    return
                if task == "withdraw_forces" and any(
                    c.dep_ == "dobj" and c.lemma_.lower() in _OFFERS for c in verb.children
                ):
                    return
                sent = task == "authorise" and (is_force(scene, token) or resource_of(token))
                if sent and not (verb.lemma_.lower() in _MANDATES and _by_a_body(scene, verb)):
                    return
                if task == "host" and token.lemma_.lower() in _GROUNDS and not _of_guests(token):
                    return
                if token.lemma_.lower() in _STANDS_FOR_A_LOAN and not speaks_of_money(token):
                    return
                yield Deed(verb, task, token, (), token, False)
                return
    elif word.frame == "send":
        yield from sending(scene, verb)
    elif word.frame == "join":
        yield from joining(scene, verb)
    elif word.frame == "pay":
        yield from _paying(verb)
    elif word.frame == "home":
        yield from taking_home(verb)
    elif word.frame == "keep":
        yield from keeping(scene, verb)


def _beside(verb: Token, token: Token) -> bool:
    """Whether a word only tells how or where something is decided: "rejected it in a resolution"."""
    up = token
    while up.head.i != verb.i and up.head.i != up.i:
        up = up.head
    return up.dep_ == "prep" and up.lower_ in {"in", "by", "with", "through", "under", "after"}


def _out_of_plans(verb: Token) -> Token | None:
    """What has not begun yet and is withdrawn from: "has withdrawn from planning for the force"."""
    if verb.lemma_.lower() != "withdraw" or any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children):
        return None
    whence = [i for c in verb.children if c.dep_ == "prep" and c.lower_ == "from" for i in c.children]
    return next((i for i in whence if i.lemma_.lower() in _PLANS), None)


def _by_a_body(scene: Scene, verb: Token) -> bool:
    """Whether a council or an organisation decides, not a state on its own soldiers."""
    subject = subject_of(verb)
    mention = scene.mention_at(subject) if subject is not None else None
    return mention is not None and mention.kind in {"organisation", "body"}


def _of_guests(token: Token) -> bool:
    """Whether a camp, centre or hub is for people who come from elsewhere, or access for foreign troops."""
    doc = token.doc
    near = {t.lemma_.lower() for t in doc[max(0, token.i - _REACH) : token.i + _REACH]}
    if token.lemma_.lower() in {"access", "base"}:
        if token.head.lemma_.lower() in {"run", "operate", "build"}:
            return False
        return bool(near & _BASES) and "humanitarian" not in near
    return bool(near & _GUESTS)


def _paying(verb: Token) -> Iterator[Deed]:
    """Read "nor pay for it", "pay into the fund", "pay its share": money without a sum."""
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    if thing is not None:
        if (thing.dep_ == "dobj" or any(c.dep_ == "agent" for c in verb.children)) and thing.lemma_.lower() in _PAID:
            yield Deed(verb, "fund", thing, (), thing, False)
        return
    into = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in _TOWARDS), None)
    goal = next((c for c in into.children if c.dep_ == "pobj"), None) if into is not None else None
    if goal is not None and goal.lemma_.lower() in _PAID_DEARLY:
        return
    if goal is not None or speaks_of_money(verb):
        yield Deed(verb, "fund", None, (), goal, False)


def _noun(scene: Scene, noun: Token, word: DeedWord) -> Iterator[Deed]:
    performers = performers_of(scene, noun)
    goal = goal_of(scene, noun)
    if word.frame == "send":
        performers = foreigners(scene, noun, performers)
        kind = resource_of(noun)
        if noun.lemma_.lower() in _SENDING_NOUNS:
            inner = [t for t in with_of(noun) if t.i != noun.i]
            inner += [t for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} for t in c.subtree]
            kinds = [k for t in inner if (k := "troops" if t.lower_ in {"military", "troop"} else resource_of(t))]
            if not kinds and noun.lemma_.lower() == "contribution":
                kinds = [k for k in (resource_of(noun),) if k]
            kind = (
                kinds[0]
                if kinds
                else (
                    "troops" if noun.lemma_.lower() in {"deployment", "dispatch", "presence", "contribution"} else None
                )
            )
            resource = next((t for t in inner if resource_of(t) == kind), None) if kinds else None
            for one in dict.fromkeys(kinds or ([kind] if kind else [])):
                yield Deed(noun, RESOURCE_TASKS[one], resource or noun, performers, goal, True)
            return
        after = noun.nbor(1).lower_ if noun.i + 1 < len(noun.doc) else ""
        if kind in {"troops", "police"} and noun.head.lemma_ in _WANTS and after in {"home", "out"}:
            yield Deed(noun, "withdraw_forces", noun, performers, None, True)  # "wants the troops home at once"
            return
        if kind in {"troops", "police"} and noun.i and noun.nbor(-1).lower_ == "training" and noun.lemma_ in _TRAINED:
            # "go on training brigades": parsers take the verb for a part of the noun
            yield Deed(noun, "train_police" if kind == "police" else "train_forces", noun, (), goal, True)
            return
        if kind is None or (noun.lower_ in {"force"} and not performers) or not_sent(noun):
            return
        if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _ENLISTS:
            performers = ()  # who is to join the police of Mali is not Mali
        task = RESOURCE_TASKS[kind]
        if kind == "trainers":
            task = "train_police" if "police" in {t.lower_ for t in noun.sent} else "train_forces"
        yield Deed(noun, task, noun, performers, goal, True)
    elif word.frame == "join":
        held = [t for t in with_of(noun) if t.i != noun.i]
        if any(t.lower_ in NOT_A_FORCE for t in held):
            return
        if any(t.lower_ in {"board", "council"} for t in held):
            yield Deed(noun, "join_board", None, performers, goal, True)
        elif noun.lower_ in _NEEDS_A_FORCE and not any(
            is_force(scene, t) for t in held
        ):
            return
        else:
            yield Deed(noun, "contribute_troops", None, performers, goal, True)
    elif word.frame == "train":
        learners = {t.lemma_.lower() for c in noun.children if c.lower_ in {"for", "of", "to"} for t in c.subtree}
        if noun.dep_ != "compound" and learners & _TRAINED:
            yield Deed(noun, "train_police" if learners & _POLICE else "train_forces", noun, performers, goal, True)
    else:
        target = next((t for t in with_of(noun) if t.i != noun.i), None)
        yield Deed(noun, str(word.task), noun, performers, goal or target, True)

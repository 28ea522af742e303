"""Deeds: the verbs and nouns by which a report speaks of somebody's doing a task.

In: a scene. Out: :class:`Deed` for each ("deploy troops", "Turkish participation", "disarming Hamas"), with
the task and who would do it where the phrase itself says so. What stance anybody takes on it is found
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.lexicon import DeedWord, deeds, nouns, word_set
from onrecord.extraction.resources import RESOURCE_TASKS, complements, performers_of, resource_of, with_of
from onrecord.extraction.scene import Party, Scene

_JOINS_ONLY_FORCES = word_set("sit enter involve partner opt accede integrate serve enlist")
_SENDING_NOUNS = word_set("deployment dispatch contribution presence donation delivery supply shipment gift")
_GOAL_WORDS = word_set("to for in within into on at as")
_NO_RESOURCE = frozenset({"person", "outlet", "matter", "place"})
_NOT_SENT = word_set("to for in into from on at by against within")
_FORMS_A_FORCE = word_set("have raise put base take add move")
_JOINT_WORK = word_set("effort efforts initiative plan stabilisation stabilization project it that")
_COMPACTS = word_set("treaty pact convention bloc alliance agreement accord accords")

_WITH = frozenset({"support", "assist", "reinforce", "help", "aid", "back"})
"""Verbs that send only what stands behind "with" ("support the force with medics")."""
_GIVES = frozenset({"give", "send", "provide", "deploy", "contribute", "offer", "commit", "pledge", "promise"})
"""Verbs whose object can be a bare number of soldiers."""
_GOES = frozenset({"go", "leave", "travel", "depart", "fly", "sail", "be"})
_BACK = frozenset({"home", "back"})
_WHOLE = frozenset({"force", "army", "military", "mission"})
_PAYING = frozenset({"pay", "spend", "put", "disburse", "inject", "transfer"})
"""Verbs that send money alone; whom it is paid to is not sent."""
_BOARDS = frozenset({"board", "council", "committee", "seat"})
_OFFERS = word_set("offer pledge promise bid proposal commitment candidacy support request threat")
_NOT_A_FORCE = word_set(
    """
    talk talks summit meeting conference call party war conflict election discussion discussions
    negotiation negotiations ceremony rally event interview exercise exercises
    """
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody would do.

    Attributes:
        token: the verb or noun.
        task: task of the vocabulary.
        resource: the token of what is sent, where there is one (figures hang on it).
        performers: who would do it, where the phrase itself says so ("Turkish troops"); else empty.
        object: the token that heads the force, place or group it is about, or None.
        noun: whether it is a noun.
    """

    token: Token
    task: str
    resource: Token | None
    performers: tuple[Party, ...]
    object: Token | None
    noun: bool


def find_deeds(scene: Scene) -> list[Deed]:
    """All deeds of a report, in order of the text."""
    found: list[Deed] = []
    table = deeds()
    for token in scene.doc:
        if token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBG", "VBN", "VB"}):
            made: list[Deed] = []
            for word in table["verb"].get(token.lemma_.lower(), ()):
                made = list(_verb(scene, token, word))
                if made:
                    break
            if not made and token.lemma_.lower() in _GOES:
                made = list(_going(scene, token))
            found += made
        if (token.pos_ in {"NOUN", "PROPN", "SYM"} and scene.mention_at(token) is None) or token.lemma_ in {
            "$",
            "€",
        }:
            for word in table["noun"].get(token.lower_, ()) or table["noun"].get(token.lemma_.lower(), ()):
                found += _noun(scene, token, word)
                break
    return _without_twins(found)


def _without_twins(found: list[Deed]) -> list[Deed]:
    """A noun that is the object of a verb of the same task is that verb's, not a deed of its own."""
    used = {(d.resource.i, d.task) for d in found if not d.noun and d.resource is not None}
    used |= {(d.object.i, d.task) for d in found if not d.noun and d.object is not None}
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
            if (deed.token.i, deed.task) in used or deed.token.i in doers:
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


def _is_force(scene: Scene, token: Token) -> bool:
    mention = scene.mention_at(token)
    if mention is not None and mention.role == "matter" and mention.kind in {"force"}:
        return True
    if mention is not None and mention.role in {"person", "outlet"}:
        return False
    return token.lemma_.lower() in nouns().forces or token.lower_ in nouns().forces


def _is_headquarters(goal: Token) -> bool:
    """Whether what troops are sent to is an office: "stationed at the coordination centre"."""
    if goal.lemma_.lower() == "headquarters":
        return True
    if goal.lemma_.lower() not in {"centre", "center", "cell"}:
        return False
    return any(c.lower_ in {"coordination", "command", "operations"} for c in goal.children)


def _goal(scene: Scene, verb: Token) -> Token | None:
    """The force, place or group that a deed is for: object of to/for/in/within/into."""
    for child in verb.children:
        if child.dep_ in {"prep", "dative"} and child.lower_ in _GOAL_WORDS:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
        if child.dep_ in {"dobj", "pobj"}:
            for deep in child.children:
                if deep.dep_ == "prep" and deep.lower_ in {"to", "for", "in", "within", "into"}:
                    for inner in deep.children:
                        if inner.dep_ == "pobj":
                            return inner
    return None


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
                if task == "withdraw_forces" and any(
                    c.dep_ == "dobj" and c.lemma_.lower() in _OFFERS for c in verb.children
                ):
                    return
                if task == "authorise" and _is_force(scene, token):
                    return
                yield Deed(verb, task, token, (), token, False)
                return
    elif word.frame == "send":
        yield from _send(scene, verb)
    elif word.frame == "join":
        yield from _join(scene, verb)


def _going(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Troops that go, or that are there: "sixty soldiers would leave", "two Greek officers are at the centre"."""
    if any(c.dep_ in {"dobj", "attr", "acomp", "ccomp", "xcomp", "oprd"} or c.lower_ in _BACK for c in verb.children):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    kind = resource_of(subject) if subject is not None and scene.mention_at(subject) is None else None
    if subject is None or kind not in {"troops", "police", "support", "observers", "staff"}:
        return
    if subject.lemma_.lower() in _WHOLE or _is_force(scene, subject):
        return
    performers = performers_of(scene, subject)
    at = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"at", "in", "on"}]
    if verb.lemma_ == "be" and (not performers or not at):
        return
    goal = _goal(scene, verb) or next((i for c in at for i in c.children if i.dep_ == "pobj"), None)
    task = RESOURCE_TASKS[kind]
    if task in {"contribute_troops", "contribute_police"} and goal is not None and _is_headquarters(goal):
        task = "staff_headquarters"
    yield Deed(verb, task, subject, performers, goal, False)


def _send(scene: Scene, verb: Token) -> Iterator[Deed]:
    lemma = verb.lemma_.lower()
    tasks: dict[str, Deed] = {}
    for token in complements(verb):
        if token.dep_ in {"compound", "amod", "nmod"}:
            continue
        if lemma in _WITH and not _behind_with(token, verb):
            continue
        kind = resource_of(token)
        receiver = token.head.i != verb.i and token.head.lower_ in {"of", "to", "for"}
        if token.dep_ == "dative" or (lemma in _PAYING and (kind != "money" or receiver)):
            continue
        if token.dep_ == "pobj" and token.head.lower_ in _NOT_SENT and lemma not in {"contribute"}:
            continue
        mention = scene.mention_at(token)
        if kind is None or (mention is not None and mention.role in _NO_RESOURCE):
            continue
        if kind == "troops" and _is_force(scene, token) and lemma in _FORMS_A_FORCE:
            continue
        task = RESOURCE_TASKS[kind]
        if kind == "trainers":
            near = {t.lower_ for t in token.sent}
            task = "train_police" if near & {"police"} else "train_forces"
        goal = _goal(scene, verb)
        if task == "contribute_troops" and goal is not None and _is_headquarters(goal):
            task = "staff_headquarters"
        if task not in tasks:
            tasks[task] = Deed(verb, task, token, performers_of(scene, token), goal, False)
    if tasks:
        yield from tasks.values()
        return
    number = _bare_number(verb)
    if number is not None and lemma in _GIVES and _of_troops(number):
        yield Deed(verb, "contribute_troops", number, (), _goal(scene, verb), False)
        return
    if lemma in {"contribute", "deploy"}:
        goal = _goal(scene, verb)
        direct = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
        if lemma == "contribute":
            whole = goal is not None and _is_force(scene, goal) and not any(resource_of(d) for d in direct)
        else:
            whole = not direct and verb.tag_ != "VBN"
        if whole:
            yield Deed(verb, "contribute_troops", None, (), goal, False)


def _bare_number(verb: Token) -> Token | None:
    """The number that a verb has for its object: "could give 8,000", "could give up to 8,000"."""
    raised = any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children)
    for child in verb.children:
        if child.dep_ == "dobj" and child.like_num and child.pos_ == "NUM":
            return child
        if raised and child.dep_ == "prep" and child.lower_ == "to":
            return next((c for c in child.children if c.dep_ == "pobj" and c.like_num), None)
    return None


def _of_troops(number: Token) -> bool:
    """Whether a bare number ("could give up to 8,000") stands where the text speaks of soldiers or a force."""
    if any(t.lower_ in {"million", "billion"} or t.text in {"$", "€", "£", "%"} for t in number.subtree):
        return False
    doc = number.doc
    near = doc[max(0, number.i - 60) : min(len(doc), number.i + 60)]
    return any(resource_of(t) == "troops" for t in near if t.pos_ in {"NOUN", "PROPN"})


def _behind_with(token: Token, verb: Token) -> bool:
    node = token
    while node.head.i != verb.i and node.head.i != node.i:
        node = node.head
        if node.lower_ == "with":
            return True
    return node.lower_ == "with"


def _join(scene: Scene, verb: Token) -> Iterator[Deed]:
    lemma = verb.lemma_.lower()
    held = list(complements(verb))
    words = {t.lower_ for t in held} | {t.lemma_.lower() for t in held}
    needed = {
        "be": {"part"},
        "play": {"part", "role"},
        "take": {"part"},
        "go": {"force"},
        "have": {"part"},
        "help": {"force"},
    }
    if lemma in needed and not words & needed[lemma]:
        return
    if lemma == "be" and not any(c.dep_ == "attr" and c.lower_ == "part" for c in verb.children):
        return
    if lemma == "sign" and not any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children):
        return
    joins = words & {"board", "council"} or any(_is_force(scene, t) for t in held)
    if lemma in _JOINS_ONLY_FORCES and not joins:
        return
    if "on board" in verb.sent.text and not (_BOARDS - {"board"}) & words:
        return
    board = next((t for t in held if {t.lower_, t.lemma_.lower()} & _BOARDS), None)
    if board is not None:
        yield Deed(verb, "join_board", None, (), board, False)
        return
    if any(t.lower_ in _NOT_A_FORCE for t in held if t.dep_ in {"dobj", "pobj"}):
        return
    sent = next((t for t in held if t.dep_ == "pobj" and t.head.lower_ == "with" and resource_of(t)), None)
    objects = [
        t
        for t in held
        if t.dep_ in {"dobj", "pobj"}
        and t.lower_ not in {"part", "role"}
        and not (sent and sent.i <= t.i <= sent.right_edge.i)
    ]
    forces = [t for t in objects if _is_force(scene, t)]
    if forces:
        yield Deed(verb, "contribute_troops", sent, (), forces[0], False)
    elif not objects and lemma in {"join", "participate", "take"}:
        yield Deed(verb, "contribute_troops", sent, (), None, False)
    elif objects and any(t.lower_ in _JOINT_WORK for t in objects):
        yield Deed(verb, "contribute_troops", None, (), objects[0], False)
    elif objects and lemma in {"join", "accede", "enter"}:
        mention = scene.mention_at(objects[0])
        known = mention is not None and mention.kind in {"organisation", "agreement"}
        if known or objects[0].lemma_.lower() in _COMPACTS:
            yield Deed(verb, "other", None, (), objects[0], False)


def _noun(scene: Scene, noun: Token, word: DeedWord) -> Iterator[Deed]:
    performers = performers_of(scene, noun)
    goal = _goal(scene, noun)
    if word.frame == "send":
        kind = resource_of(noun)
        if noun.lemma_.lower() in _SENDING_NOUNS:
            inner = [t for t in with_of(noun) if t.i != noun.i]
            inner += [t for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} for t in c.subtree]
            kinds = [k for t in inner if (k := "troops" if t.lower_ in {"military", "troop"} else resource_of(t))]
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
        if kind is None or (noun.lower_ in {"force"} and not performers):
            return
        task = RESOURCE_TASKS[kind]
        if kind == "trainers":
            task = "train_police" if "police" in {t.lower_ for t in noun.sent} else "train_forces"
        yield Deed(noun, task, noun, performers, goal, True)
    elif word.frame == "join":
        held = [t for t in with_of(noun) if t.i != noun.i]
        if any(t.lower_ in _NOT_A_FORCE for t in held):
            return
        if any(t.lower_ in {"board", "council"} for t in held):
            yield Deed(noun, "join_board", None, performers, goal, True)
        elif noun.lower_ in {"role", "part", "entry", "membership", "engagement", "presence"} and not any(
            _is_force(scene, t) for t in held
        ):
            return
        else:
            yield Deed(noun, "contribute_troops", None, performers, goal, True)
    else:
        target = next((t for t in with_of(noun) if t.i != noun.i), None)
        yield Deed(noun, str(word.task), noun, performers, goal or target, True)

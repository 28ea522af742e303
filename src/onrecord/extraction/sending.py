"""Deeds of sending and joining: what troops, police, money or goods somebody gives, and what it takes part in.

In: a scene and a verb of sending, going or joining. Out: :class:`Deed` s, the task told by what is sent or joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extraction.deed import Deed
from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.resources import (
    RESOURCE_TASKS,
    complements,
    is_recipient,
    not_sent,
    performers_of,
    resource_of,
)
from onrecord.extraction.scene import Party, Scene

_JOINS_ONLY_FORCES = word_set("sit enter involve partner opt accede integrate serve enlist")
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
GOES = frozenset({"go", "leave", "travel", "depart", "fly", "sail", "be", "work"})
_BACK = frozenset({"home", "back"})
_WHOLE = frozenset({"force", "army", "military", "mission"})
_PAYING = frozenset({"pay", "spend", "put", "disburse", "inject", "transfer"})
"""Verbs that send money alone; whom it is paid to is not sent."""
_MANNED = word_set(
    """
    jet warplane ship destroyer submarine cutter vessel boat frigate helicopter minehunter minesweeper corvette drone
    plane fighter
    """
)
"""What goes with a crew where it is deployed, and without one where it is given away."""
_HANDS_OVER = word_set("give supply sell donate transfer deliver hand lend gift ship")
_DEPLOYS = word_set("deploy dispatch station send base post commit assign second")
_IN_UNIFORM = word_set("troops police support observers staff trainers")
_BOARDS = frozenset({"board", "council", "committee", "seat"})
NOT_A_FORCE = word_set(
    """
    talk talks summit meeting conference call party war conflict election discussion discussions
    negotiation negotiations ceremony rally event interview exercise exercises
    """
)


def is_force(scene: Scene, token: Token) -> bool:
    """Whether a word stands for a force or mission: by its name, else by its noun."""
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
    words = {t.lower_ for c in goal.children if c.dep_ in {"amod", "compound", "nmod"} for t in c.subtree}
    return bool(words & {"coordination", "command", "operations", "led", "us-led"})


def goal_of(scene: Scene, verb: Token) -> Token | None:
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


def going(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Troops that go, or that are there: "sixty soldiers would leave", "two Greek officers are at the centre"."""
    if any(c.dep_ in {"dobj", "attr", "acomp", "ccomp", "xcomp", "oprd"} or c.lower_ in _BACK for c in verb.children):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    kind = resource_of(subject) if subject is not None and scene.mention_at(subject) is None else None
    if subject is None or kind not in {"troops", "police", "support", "observers", "staff"}:
        return
    if subject.lemma_.lower() in _WHOLE or is_force(scene, subject):
        return
    performers = performers_of(scene, subject)
    at = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"at", "in", "on"}]
    if verb.lemma_ == "be" and (not performers or not at):
        return
    goal = goal_of(scene, verb) or next((i for c in at for i in c.children if i.dep_ == "pobj"), None)
    task = RESOURCE_TASKS[kind]
    if task in {"contribute_troops", "contribute_police"} and goal is not None and _is_headquarters(goal):
        task = "staff_headquarters"
    elif verb.lemma_ == "work":
        return  # only who works in a headquarters is sent there
    yield Deed(verb, task, subject, performers, goal, False)


def sending(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Read "send 200 soldiers", "gave Chad two lorries": the task is told by what is sent."""
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
        if kind is None or (mention is not None and mention.role in _NO_RESOURCE) or not_sent(token):
            continue
        if token.dep_ == "dobj" and any(c.dep_ == "nsubjpass" for c in verb.children):
            continue  # "Kenya was given twenty lorries": it receives them
        if lemma == "have" and kind not in _IN_UNIFORM:
            continue  # who has guns or money has not given them
        given = lemma in _HANDS_OVER or _has_recipient(scene, verb, token)
        given = given and not ((to := goal_of(scene, verb)) is not None and is_force(scene, to))
        if token.lemma_.lower() in _MANNED and kind in {"troops", "weapons"}:
            kind = "weapons" if given or (kind == "weapons" and lemma not in _DEPLOYS) else "troops"
        if kind == "troops" and is_force(scene, token) and lemma in _FORMS_A_FORCE:
            continue
        task = RESOURCE_TASKS[kind]
        if kind == "trainers":
            near = {t.lower_ for t in token.sent}
            task = "train_police" if near & {"police"} else "train_forces"
        goal = goal_of(scene, verb)
        if (task == "contribute_troops" or (task == "contribute_police" and not _says_police(token))) and (
            goal is not None and _is_headquarters(goal)
        ):
            task = "staff_headquarters"
        if task not in tasks:
            tasks[task] = Deed(verb, task, token, _whose(scene, verb, token), goal, False)
    if tasks:
        yield from tasks.values()
        return
    number = _bare_number(verb)
    if number is not None and lemma in _GIVES and _of_troops(number):
        yield Deed(verb, "contribute_troops", number, (), goal_of(scene, verb), False)
        return
    if lemma in {"contribute", "deploy"}:
        goal = goal_of(scene, verb)
        direct = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
        if lemma == "contribute":
            whole = goal is not None and is_force(scene, goal) and not any(resource_of(d) for d in direct)
        else:
            whole = not direct and verb.tag_ != "VBN"
        if whole:
            yield Deed(verb, "contribute_troops", None, (), goal, False)


def _whose(scene: Scene, verb: Token, thing: Token) -> tuple[Party, ...]:
    """Whose troops or goods they are, unless another state gives them: "gave Chad's new force twelve lorries"."""
    owners = performers_of(scene, thing)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    giver = scene.mention_at(subject) if subject is not None else None
    own = {p.entity for p in owners}
    if giver is not None and giver.kind == "state" and giver.target not in own:
        return ()
    return owners


def _has_recipient(scene: Scene, verb: Token, thing: Token) -> bool:
    """Whether a state is told to get what is given: "offered Mogadishu two patrol ships"."""
    named = [c for c in verb.children if c.dep_ == "dative" and c.pos_ == "PROPN"] + list(thing.children)
    return any(
        (m := scene.mention_at(t)) is not None
        and m.kind in {"state", "territory"}
        and (t.dep_ == "dative" or is_recipient(scene, t, thing))
        for t in named
    )


def _says_police(officers: Token) -> bool:
    return any(t.lemma_.lower() in {"police", "gendarme", "gendarmerie", "carabinieri"} for t in officers.subtree)


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


def joining(scene: Scene, verb: Token) -> Iterator[Deed]:
    """Read "join the force", "take part", "sit on the board", "accede to the treaty"."""
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
    joins = words & {"board", "council"} or any(is_force(scene, t) for t in held)
    if lemma in _JOINS_ONLY_FORCES and not joins:
        return
    if "on board" in verb.sent.text and not (_BOARDS - {"board"}) & words:
        return
    board = next((t for t in held if {t.lower_, t.lemma_.lower()} & _BOARDS), None)
    if board is not None:
        yield Deed(verb, "join_board", None, (), board, False)
        return
    if any(t.lower_ in NOT_A_FORCE for t in held if t.dep_ in {"dobj", "pobj"}):
        return
    sent = next((t for t in held if t.dep_ == "pobj" and t.head.lower_ == "with" and resource_of(t)), None)
    objects = [
        t
        for t in held
        if t.dep_ in {"dobj", "pobj"}
        and t.lower_ not in {"part", "role"}
        and not (sent and sent.i <= t.i <= sent.right_edge.i)
    ]
    forces = [t for t in objects if is_force(scene, t)]
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



"""One step up from a deed: what the next governing word says of it.

In: a scene, a deed, the walk so far and a governing word. Out: the walk, and whether it goes on. Full verbs
are read here ("agreed to", "was asked to", "said that"); adjectives, nouns and "to be" in
:mod:`onrecord.extraction.predicates`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.bare import bare
from onrecord.extraction.claims import Walk, agent_of, apply, carrier_of
from onrecord.extraction.deeds import Deed
from onrecord.extraction.grammar import Form, form_of, noun_negated, subject_of
from onrecord.extraction.lexicon import Cue, cues, speech_verbs, word_set
from onrecord.extraction.predicates import adjective, copula, noun, predicate_over
from onrecord.extraction.scene import Scene

_PASSED_THROUGH = word_set("advcl xcomp ccomp pcomp prep pobj dobj dative oprd dep agent")
"""Relations by which a verb without a stance lets the words above it speak for the deed."""
_SAYS_A_STANCE = word_set("pledge promise vow swear expect suggest believe think predict")
"""Verbs of saying that are a stance themselves."""
_CARRIES_NOUN = word_set(
    """
    express voice show signal declare reiterate reaffirm convey indicate display restate repeat
    confirm have make take give hold put submit enter keep
    """
)
"""Verbs that say a noun of stance of their subject ("voiced readiness")."""
_HOLDS = frozenset({"include", "comprise", "involve", "feature", "contain"})
_VIEWS = word_set("see view regard cite list mention name identify tip suggest")
_LEAVE = word_set("leave permission clearance authorisation authorization licence license")
_CALLS = frozenset({"see", "view", "list", "mention", "name"})
_WEAKENED = word_set("refused agreed pledged offered withdrawn")
_FORESEES = frozenset({"expect", "predict", "believe", "think", "see"})
_ASKED_THROUGH = frozenset({"on", "upon", "to", "with", "for"})
_DECIDES = frozenset({"decide", "vote", "rule", "deliberate"})
_ASKS_FOR_ITSELF = frozenset({"ask", "demand", "push", "lobby", "press"})


@dataclass(frozen=True, slots=True)
class _Verb:
    """A governing verb and what hangs on it.

    Attributes:
        word: the verb.
        child: the word below it, by which it was reached.
        relation: of that word to the verb.
        lemma: of the verb, lower case.
        form: its form.
        particles: particles, adverbs and prepositions on it.
        subject: its subject, or None.
        doer: the token that names somebody else who would do the deed, or None.
        other_doer: whether somebody other than the subject would do the deed.
    """

    word: Token
    child: Token
    relation: str
    lemma: str
    form: Form
    particles: frozenset[str]
    subject: Token | None
    doer: Token | None
    other_doer: bool


def step(scene: Scene, walk: Walk, deed: Deed, relation: str, word: Token, child: Token) -> bool:
    """Take one governing word into account.

    Args:
        scene: the report laid out.
        walk: what has been found so far; it is changed.
        deed: the deed that the walk started from.
        relation: how ``child`` hangs on ``word``.
        word: the governing word.
        child: the word below it.

    Returns:
        Whether the walk goes on.
    """
    if word.pos_ in {"VERB", "AUX"}:
        if relation in {"nsubj", "nsubjpass", "csubj", "csubjpass"}:
            return predicate_over(walk, word)
        return _verb(scene, walk, deed, _looked_at(scene, deed, relation, word, child))
    if word.pos_ == "ADJ" or (word.tag_ in {"VBN", "JJ"} and word.lemma_.lower() in cues()["adjective"]):
        return adjective(walk, word)
    if word.pos_ in {"NOUN", "PROPN"}:
        return noun(scene, walk, relation, word)
    walk.levels.append(word)
    return True


def _looked_at(scene: Scene, deed: Deed, relation: str, word: Token, child: Token) -> _Verb:
    subject = subject_of(word)
    other, doer = _other_doer(deed, word, child)
    if doer is not None and _same(scene, doer, subject):
        other = False
    if other and doer is None and deed.performers and subject is not None:
        own = {p.entity for p in scene.all_parties(subject)}
        other = not (own & {p.entity for p in deed.performers})
    particles = frozenset(c.lower_ for c in word.children if c.dep_ in {"prt", "advmod", "prep"})
    lemma = word.lemma_.lower()
    return _Verb(word, child, relation, lemma, form_of(word), particles, subject, doer, other)


def _other_doer(deed: Deed, verb: Token, child: Token) -> tuple[bool, Token | None]:
    """Whether somebody other than the verb's subject would do the deed, and the token that names him."""
    cue = cues()["verb"].get(verb.lemma_.lower())
    asked = cue is not None and cue.stance == "requests"
    told = child.dep_ in {"xcomp", "ccomp", "advcl"} or (asked and child.lower_ in {"for", "to", "about"})
    if told:
        for c in verb.children:
            if c.dep_ in {"dobj", "dative"} and c.i < child.i and c.pos_ in {"PROPN", "NOUN", "PRON"}:
                return True, c
            if asked and c.dep_ == "prep" and c.lower_ in _ASKED_THROUGH and c.i < child.i:
                through = next((i for i in c.children if i.dep_ == "pobj"), None)
                if through is not None:
                    return True, through  # "called on Chad to send", "appealed to Chad to send"
    subjects = [child] if deed.noun else [deed.token, child]
    doer = next((c for t in subjects for c in t.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if doer is not None:
        return True, doer
    for_whom = any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children)
    return for_whom or bool(deed.performers), None


def _same(scene: Scene, a: Token, b: Token | None) -> bool:
    if b is None:
        return False
    first = {p.entity for p in scene.all_parties(a)}
    second = {p.entity for p in scene.all_parties(b)}
    return bool(first & second - {None})


def _verb(scene: Scene, walk: Walk, deed: Deed, verb: _Verb) -> bool:
    word, lemma, form = verb.word, verb.lemma, verb.form
    if lemma in _HOLDS and verb.relation == "dobj" and deed.noun and deed.performers:
        # what a force is told to hold: "will not include American troops", "includes advisers from Rome"
        walk.stance = "refused" if form.negated else "named" if form.modal else "deployed"
        walk.words += form.words
        walk.levels.append(word)
        return False
    if walk.stance is None and (asker := _let(verb)) is not None:
        # "refused Oman leave to pass on the jets": what another may do
        walk.stance = "opposes" if (lemma in {"refuse", "deny"}) != form.negated else "supports"
        walk.holder, walk.performer, walk.other = verb.subject, asker, True
        walk.words += form.words
        walk.levels.append(word)
        return False
    if lemma == "be":
        return copula(walk, word, verb.child, verb.relation)
    if lemma in {"have", "remain", "get"} and verb.relation == "xcomp":
        return _yet_to(walk, verb)
    if verb.relation in {"relcl", "acl"}:
        return False
    if lemma in speech_verbs():
        if verb.relation in {"ccomp", "parataxis", "advcl", "dep"} and lemma not in _SAYS_A_STANCE:
            return _said(walk, deed, verb)
        if walk.saying:
            walk.saying.append(word)
            return True
    if lemma in _CARRIES_NOUN and walk.stance and walk.through_noun is not None:
        return _carried(walk, verb, walk.through_noun)
    if walk.stance in {None, "agreed", "offered", "pledged"} and _still_open(verb):
        walk.stance, walk.holder, walk.other = "undecided", verb.subject, False
        walk.words += form.words
        walk.levels.append(word)
        return True
    cue = _cue(verb)
    if cue is None or not _fits(verb):
        if lemma in speech_verbs() and verb.relation == "dobj" and walk.stance is None:
            return False
        walk.levels.append(word)
        return verb.relation in _PASSED_THROUGH
    return _with_cue(walk, verb, cue)


def _let(verb: _Verb) -> Token | None:
    """Who is refused or given leave: Oman in "denied Oman permission to fly over its coast"."""
    if verb.lemma not in {"refuse", "deny", "grant", "give"} or verb.child.lower_ not in _LEAVE:
        return None
    hung = [*verb.word.children, *verb.child.children]
    asking = [c for c in hung if c.pos_ == "PROPN" and c.dep_ in {"dative", "dobj", "nsubj", "compound"}]
    return next((c for c in asking if c.i > verb.word.i), None)


def _yet_to(walk: Walk, verb: _Verb) -> bool:
    """Read "has yet to decide", "remains to be sent"."""
    word = verb.word
    near = word.doc[max(0, word.i - 2) : word.i + 3]
    if "yet" in {t.lower_ for t in (*word.children, *near)}:
        walk.stance, walk.holder = "undecided", verb.subject
        walk.words += verb.form.words
    else:
        walk.levels.append(word)
    return True


def _said(walk: Walk, deed: Deed, verb: _Verb) -> bool:
    """A verb of saying: what stands below it is settled first, then it is noted."""
    if verb.lemma == "deny":
        cue = cues()["verb"]["deny"]
        apply(walk, cue, verb.form.negated, verb.form.words, other_doer=False, subject=verb.subject)
    if verb.form.negated and walk.stance is None:
        walk.stopped = True
    walk.saying.append(verb.word)
    if walk.stance is None:
        carrier = carrier_of(deed)
        own = carrier if carrier is not None else None if deed.noun else deed.token
        bare(walk, deed, form_of(own) if own is not None else None, verb=carrier)
    return walk.stance is not None or deed.noun


def _carried(walk: Walk, verb: _Verb, through: Token) -> bool:
    """Read "voiced readiness", "has no plans", "never made a promise"."""
    if verb.form.negated:
        cue = cues()["noun"].get(through.lemma_.lower())
        if cue is not None:
            walk.stance = cue.negated or ""
    if verb.form.passive and walk.stance == "agreed" and noun_negated(through):
        walk.stance = "undecided"
    if (walk.holder is None or walk.holder.i == through.i) and not verb.form.passive:
        walk.holder = verb.subject
    walk.words += verb.form.words
    walk.levels.append(verb.word)
    walk.through_noun = None
    return True


def _cue(verb: _Verb) -> Cue | None:
    """The cue of a verb, that of the phrase that it makes with its particle before its own."""
    table = cues()["verb"]
    lemma, particles = verb.lemma, verb.particles
    if lemma in {"decide", "vote"} and "against" in particles:
        return table["refuse"]
    if lemma in {"tell", "ask", "say"} and verb.relation == "xcomp":
        return table["ask"]
    if lemma == "put" and "hold" in {t.lower_ for t in verb.word.subtree}:
        return table["suspend"]
    if lemma == "hold" and particles & {"off", "back"}:
        return table["hesitate"]
    if lemma in {"pull", "back"} and particles & {"out", "away", "off"} and verb.relation != "dobj":
        return table["withdraw"]
    if lemma == "turn" and "down" in particles:
        return table["refuse"]
    if lemma == "vote" and {"for", "to"} & (particles | {c.lower_ for c in verb.child.children}):
        return table.get(lemma, table["approve"])
    return table.get(lemma)


def _still_open(verb: _Verb) -> bool:
    """Whether a verb of deciding tells of a decision to come: "will decide on", "must decide whether"."""
    if verb.lemma not in _DECIDES:
        return False
    on = verb.relation in {"prep", "pobj", "pcomp"} and verb.child.lower_ in {"on", "upon", "about", "over"}
    asks = any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.child.children) or any(
        c.lower_ == "whether" for c in verb.word.children
    )
    to_come = verb.form.modal or verb.form.infinitive or verb.form.progressive
    return bool((on or asks) and to_come)


def _with_cue(walk: Walk, verb: _Verb, cue: Cue) -> bool:
    """A verb that carries a stance, by its voice, its modal and by who would do the deed."""
    form, lemma, word = verb.form, verb.lemma, verb.word
    calls = cue.stance == "named" and (lemma in speech_verbs() or lemma in _CALLS)
    if calls and not form.passive and not (verb.other_doer and lemma in _FORESEES):
        walk.saying.append(word)
        return walk.stance is not None
    if cue.stance == "named" and form.passive and form.negated:
        walk.stance = ""  # "not expected to", from the narrator: nothing (rule 3)
        return False
    if cue.stance == "in_talks" and word.tag_ == "VBN" and word.dep_ in {"advcl", "acl", "dep"}:
        return walk.none()  # "consulted about a contribution, the ministry": an approach, no talks
    if cue.toward == "other" and form.passive:
        # "was asked to send": the one asked is the passive's subject, the asker stands in the "by" phrase
        agent = agent_of(word)
        apply(walk, cue, form.negated, form.words, other_doer=True, subject=agent)
        walk.performer = next((c for c in word.children if c.dep_ == "nsubjpass"), None)
        walk.holder = agent
        if agent is None:
            walk.stance = ""  # an approach with no asker named is optional (rule 13)
        return agent is not None
    asks = cue.stance == "requests" and cue.toward == "other" and verb.relation == "xcomp"
    if asks and not verb.other_doer and lemma in _ASKS_FOR_ITSELF:
        # "asked to join": the asker himself would do it
        cue = cues()["verb"]["wish"]
    if verb.doer is not None and (cue.stance == "requests" or cue.toward in {"other", "either"}):
        walk.performer = verb.doer
    if form.modal in {"may", "could"} and cue.stance in _WEAKENED and walk.stance is None:
        weak = cues()["adjective"]["likely"] if form.modal == "may" else cues()["verb"]["consider"]
        apply(walk, weak, False, form.words, other_doer=False, subject=verb.subject)
        return True
    if form.progressive and lemma in {"prepare", "ready"} and verb.relation in {"xcomp", "dobj"}:
        walk.certainty = 0.7
    if cue.stance == "deploying" and walk.stance is not None:
        walk.levels.append(word)
        return True
    other = verb.other_doer or walk.other
    apply(walk, cue, form.negated, form.words, other_doer=other, subject=verb.subject)
    return not walk.stopped


_NEEDS: dict[str, Collection[str]] = {
    "sign": ("xcomp", "ccomp", "prep", "pobj", "pcomp"),
    "begin": ("xcomp", "dobj", "prep", "pcomp", "pobj"),
    "start": ("xcomp", "dobj", "prep", "pcomp", "pobj"),
    "call": ("xcomp", "pcomp", "pobj", "prep", "ccomp"),
}
"""Verb -> how the deed must hang on it for the verb to be a stance."""


def _fits(verb: _Verb) -> bool:
    """Whether a cue verb is meant in its sense here."""
    lemma, relation, word = verb.lemma, verb.relation, verb.word
    if lemma == "rule":
        return "out" in verb.particles
    if lemma == "stand":
        return any(c.lower_ in {"ready", "prepared", "by"} for c in word.children)
    if lemma == "shoot":
        return "down" in verb.particles
    if lemma in _NEEDS:
        if lemma == "call" and any(c.dep_ == "oprd" for c in word.children):
            return False  # "whom officials call closest to deploying"
        if lemma == "call" and verb.particles & {"for", "on", "upon"}:
            return True
        if lemma == "sign" and "agreement" in {t.lower_ for t in word.subtree}:
            return True
        return relation in _NEEDS[lemma]
    if lemma in {"stop", "halt", "drop", "freeze"} and relation == "advcl":
        return False
    if lemma in _VIEWS and relation in {"dobj", "nsubjpass"} and verb.child.pos_ == "NOUN":
        return False
    if lemma in {"like", "hope", "mean"} and relation not in {"xcomp", "ccomp"}:
        return False
    if relation != "advcl" or lemma in {"agree", "refuse", "offer"}:
        return True
    return any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.child.children)

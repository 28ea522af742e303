"""What adjectives, nouns and "to be" say of a deed below or before them.

In: a walk and a governing word that is no full verb: "is ready to send", "its readiness to send", "the
deployment is on hold", "sending troops is out of the question". Out: the walk, and whether it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.extraction.claims import CONDITIONAL, Walk, agent_of, apply
from onrecord.extraction.grammar import Form, form_of, marker_of, noun_negated, subject_of
from onrecord.extraction.lexicon import cues, nouns, word_set
from onrecord.extraction.scene import Scene

TRANSPARENT = word_set(
    """
    idea possibility prospect proposal suggestion option notion question issue matter move step way
    chance part process term detail case call participation deployment contribution number group
    batch unit amount portion plan form kind type share total thing initiative version scenario talk
    story report claim rumour rumor news speculation statement suggestion allegation hundred
    thousand dozen tens scores use presence dispatch involvement
    """
)
"""Nouns through which the words above them speak for the deed ("the idea of sending")."""
_REPORT_NOUNS = word_set("report claim rumour rumor news speculation suggestion allegation story assertion")
_COPULAS = word_set("be seem remain stay stand appear sound feel become get look")
_NOUN_LINKS = word_set("acl prep relcl ccomp compound nmod poss amod")
_TAKES_DECISION = word_set("make take reach announce give finalise finalize")
_ASSERTED_PLAN = word_set("dobj nsubj nsubjpass attr ROOT conj")
_DENIED = {
    "offered": "refused",
    "interested": "refused",
    "considering": "refused",
    "named": "",
    "refused": "considering",
    "agreed": "undecided",
    "opposes": "",
    "supports": "opposes",
    "pledged": "refused",
}
"""What "is not" makes of the stance of its adjective."""
_PHRASES = (
    (("out", "of", "the", "question"), "refused", "considering"),
    (("on", "the", "table"), "considering", "refused"),
    (("on", "the", "agenda"), "considering", "refused"),
    (("under", "consideration"), "considering", "refused"),
    (("under", "discussion"), "in_talks", "refused"),
    (("under", "review"), "considering", None),
    (("under", "study"), "considering", None),
    (("on", "hold"), "suspended", None),
    (("off", "the", "table"), "refused", "considering"),
    (("up", "in", "the", "air"), "undecided", None),
    (("being", "considered"), "considering", "refused"),
    (("being", "discussed"), "in_talks", "refused"),
    (("being", "weighed"), "considering", None),
)
"""Set phrase, stance, stance where it is denied."""


def phrase_stance(tokens: Sequence[Token]) -> tuple[str | None, str | None, list[Token]]:
    """(stance, stance if negated, words) of a set phrase among tokens ("out of the question")."""
    lower = [t.lower_ for t in tokens]
    for words, stance, negated in _PHRASES:
        for i in range(len(lower) - len(words) + 1):
            if tuple(lower[i : i + len(words)]) == words:
                return stance, negated, list(tokens[i : i + len(words)])
    return None, None, []


def copula(walk: Walk, word: Token, child: Token, relation: str) -> bool:
    """Read "is ready to", "is to send", "is not open to"; whether the walk goes on."""
    form = form_of(word)
    subject = subject_of(word)
    attribute = next((c for c in word.children if c.dep_ == "attr" and c.lemma_.lower() in cues()["noun"]), None)
    parted = relation in {"advcl", "xcomp"} and marker_of(child) not in CONDITIONAL
    if walk.stance is None and attribute is not None and parted:
        # "are the top contenders to supply troops", parted from its noun by what stands between
        cue = cues()["noun"][attribute.lemma_.lower()]
        apply(walk, cue, form.negated, [*form.words, attribute], other_doer=False, subject=subject)
        return bool(walk.stance)
    if walk.stance is None and relation == "xcomp" and child.pos_ == "VERB":
        # "is to send", "are to be disarmed": decided (rule 3)
        apply(walk, cues()["verb"]["decide"], False, form.words, other_doer=False, subject=subject)
        if form.negated:
            walk.stance = "refused"
        return True
    if walk.stance is not None and relation in {"acomp", "attr", "prep", "oprd"}:
        return _is_so(walk, word, child, form, subject)
    walk.levels.append(word)
    return True


def _is_so(walk: Walk, word: Token, child: Token, form: Form, subject: Token | None) -> bool:
    """The stance of an adjective or noun is said of the subject."""
    stance = walk.stance or ""
    if form.negated:
        stance = _DENIED.get(stance, stance)
    if stance in {"offered", "agreed"}:
        stance = {"may": "named", "could": "considering"}.get(form.modal, stance)
    walk.stance = stance
    walk.words += form.words
    if walk.holder is None or walk.holder.i == child.i:
        walk.holder = subject
    walk.levels.append(word)
    walk.through_noun = None
    return bool(walk.stance)


_BEGINS = frozenset({"begin", "start", "commence"})


def predicate_over(walk: Walk, verb: Token) -> bool:
    """The deed is the subject: "the deployment has been suspended", "sending is out of the question"."""
    form = form_of(verb)
    if verb.lemma_ in {"be", "remain", "stay"}:
        stance, negated, words = phrase_stance([t for t in verb.subtree if verb.i < t.i < verb.i + 8])
        if stance is not None:
            walk.stance = negated if form.negated else stance
            walk.words += [*form.words, *words]
            walk.levels.append(verb)
            return walk.stance is not None
    if verb.lemma_ in {"be", "remain", "seem", "look"}:
        adjective = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
        cue = cues()["adjective"].get(adjective.lemma_.lower()) if adjective is not None else None
        if adjective is not None and cue is not None and cue.stance in {"refused", "opposes", "named"}:
            apply(walk, cue, form.negated, [*form.words, adjective], other_doer=False, subject=None)
            if walk.stance == "named":
                walk.stance = ""
            return bool(walk.stance)
        walk.levels.append(verb)
        return False
    if verb.lemma_.lower() in _BEGINS and not form.negated and form.modal in {"", "will"}:
        walk.stance = "deploying" if form.past or form.perfect or form.progressive else "agreed"
        walk.words += form.words
        walk.levels.append(verb)
        return True
    if form.passive and (ended := _passive_over(walk, verb, form)) is not None:
        return ended
    walk.levels.append(verb)
    return walk.stance is not None


def _passive_over(walk: Walk, verb: Token, form: Form) -> bool | None:
    """What a passive says of its subject, or None where it carries no stance."""
    lemma = verb.lemma_.lower()
    cue = cues()["verb"].get(lemma)
    if cue is not None and cue.stance not in {"named", "in_talks"} and lemma not in {"begin", "start"}:
        other = cue.toward == "other"
        apply(walk, cue, form.negated, form.words, other_doer=other, subject=agent_of(verb))
        return bool(walk.stance)
    if walk.through_noun is not None and walk.stance and lemma in _TAKES_DECISION:
        if form.negated or noun_negated(walk.through_noun):
            walk.stance = "undecided"
        walk.words += form.words
        walk.levels.append(verb)
        return True
    if cue is not None and cue.stance == "in_talks":
        apply(walk, cue, form.negated, form.words, other_doer=False, subject=None)
        return bool(walk.stance)
    return None


def adjective(walk: Walk, word: Token) -> bool:
    """Read "ready to send", "reluctant to send"; whether the walk goes on."""
    cue = cues()["adjective"].get(word.lemma_.lower())
    if cue is None:
        walk.levels.append(word)
        return True
    holder = None
    if word.head.pos_ in {"VERB", "AUX"}:
        if word.head.lemma_.lower() not in _COPULAS:
            return walk.none()
        holder = subject_of(word.head)
    elif word.dep_ == "amod":
        holder = word.head
    negated = any(c.dep_ == "neg" for c in word.children)
    apply(walk, cue, negated, [word], other_doer=False, subject=holder)
    return not walk.stopped


def noun(scene: Scene, walk: Walk, relation: str, word: Token) -> bool:
    """Read "Rome's readiness to", "reports that it would", "the idea of"; whether the walk goes on."""
    lemma = word.lemma_.lower()
    cue = cues()["noun"].get(lemma)
    if relation == "relcl":
        if walk.stance is None:
            walk.holder = word
        return False
    if lemma in _REPORT_NOUNS:
        walk.saying.append(word)
        walk.levels.append(word)
        walk.through_noun = word
        return True
    if lemma in {"plan", "ambition", "preparation"} and word.dep_ not in _ASSERTED_PLAN:
        # "a key point of the premier's plan to ...": a document's contents bind nobody (guidelines, first
        # paragraph)
        return False
    if cue is not None and relation in _NOUN_LINKS:
        holder = next((c for c in word.children if c.dep_ == "poss"), None) or next(
            (c for c in word.children if c.dep_ in {"amod", "compound", "nmod"} and scene.mention_at(c)), None
        )
        words = [*(c for c in word.children if c.dep_ in {"det", "neg"}), word]
        apply(walk, cue, noun_negated(word), words, other_doer=False, subject=holder)
        if cue.stance == "named" and word.dep_ in {"attr", "pobj", "appos", "oprd"}:
            walk.holder = _named_as(word)
        walk.through_noun = word
        return not walk.stopped
    if lemma in TRANSPARENT or relation in {"compound", "prep", "poss", "amod", "nmod"}:
        walk.levels.append(word)
        return lemma in TRANSPARENT or (relation == "prep" and lemma in nouns().forces)
    if relation == "acl":
        walk.levels.append(word)
        return lemma in nouns().resources["troops"]
    return False


def _named_as(word: Token) -> Token | None:
    """Who is called one: "Rabat is a candidate", "named Rabat as a candidate", "Rabat, a candidate to"."""
    up = word if word.dep_ == "appos" else word.head
    while up.pos_ == "ADP":
        up = up.head
    target = next((c for c in up.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    holder = word.head if word.dep_ == "appos" else subject_of(up) or target
    if up.pos_ == "VERB" and up.lemma_ in {"identify", "name", "see", "list", "mention"}:
        return target or holder
    return holder

"""Deeds -> claims: what stance who takes on a deed, composed from the words that govern it.

In: a scene and its deeds. Out: :class:`Claim`: stance, holders, performers, the words that carry it, and the verbs of
saying above it. "has ruled out sending", "is not ready to send", "denied that it had agreed to send", "asked Cairo to
send" are all one walk from the deed up its sentence. The stances are those of the vocabulary; the rules those of the
annotation guidelines (numbers in the comments).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.extraction.coreference import subject_of
from onrecord.extraction.deeds import RESOURCE_TASKS, Deed, _performers
from onrecord.extraction.grammar import Form, form_of, governors, marker_of, noun_negated, resource_denied
from onrecord.extraction.lexicon import Cue, cues, nouns, speech_verbs
from onrecord.extraction.scene import Party, Scene

CONDITIONAL = frozenset({"if", "unless", "until", "till", "once", "before", "after", "provided", "providing", "whether", "when", "because", "lest"})
TRANSPARENT = frozenset(
    """idea possibility prospect proposal suggestion option notion question issue matter move step way chance part process term detail case call participation
    deployment contribution number group batch unit amount portion plan form kind type share total thing initiative version scenario talk story report claim rumour rumor
    news speculation statement suggestion allegation hundred thousand dozen tens scores use presence dispatch involvement""".split()
)
REPORT_NOUNS = frozenset("report claim rumour rumor news speculation suggestion allegation story assertion".split())
AUTHORISE_VERBS = {
    "back": "supports", "support": "supports", "endorse": "supports", "favour": "supports", "favor": "supports", "sponsor": "supports", "circulate": "supports", "table": "supports",
    "vote": "supports", "adopt": "agreed", "approve": "agreed", "pass": "agreed", "renew": "agreed", "extend": "agreed", "authorise": "agreed", "authorize": "agreed", "mandate": "agreed", "ratify": "agreed",
    "veto": "opposes", "oppose": "opposes", "reject": "opposes", "block": "opposes",
}  # fmt: skip
_ACTS = frozenset("deployment participation contribution involvement dispatch candidacy offer pledge readiness decision plan force presence commitment role refusal".split())
LIGHT = frozenset("make provide undertake play continue maintain do".split())
"""Verbs that add nothing to the noun they carry ("make a contribution")."""
FLIPPING = frozenset({"keep", "retain"})


@dataclass(slots=True)
class Claim:
    """A stance on a deed, before it has a chain, conditions and figures.

    Attributes:
        deed: the deed.
        stance: stance of the vocabulary.
        holders: whose stance it is.
        performers: who would do it; the holders themselves for a stance of one's own.
        words: the tokens that carry the stance.
        levels: the deed and its governors below the verb of saying: conditions hang on these.
        saying: the verbs (or nouns) of saying above, innermost first.
        certainty: 0 to 1, by how plain the wording is.
    """

    deed: Deed
    stance: str
    holders: list[Party]
    performers: list[Party]
    words: list[Token]
    levels: list[Token]
    saying: list[Token] = field(default_factory=list)
    certainty: float = 0.8


@dataclass(slots=True)
class _Walk:
    """What has been found so far on the way up from a deed."""

    stance: str | None = None
    holder: Token | None = None
    other: bool = False
    performer: Token | None = None
    words: list[Token] = field(default_factory=list)
    levels: list[Token] = field(default_factory=list)
    saying: list[Token] = field(default_factory=list)
    inner_negated: bool = False
    stopped: bool = False
    inside_condition: bool = False
    certainty: float = 0.8
    through_noun: Token | None = None


def judge_all(scene: Scene, found: Sequence[Deed]) -> list[Claim]:
    """The claims of all deeds, in order; a deed that only serves another ("troops to disarm") shares that one's stance."""
    claims: list[Claim] = []
    by_token: dict[int, Claim] = {}
    for deed in found:
        claim = judge(scene, deed)
        if claim is None and not deed.noun and deed.token.tag_ in {"VB", "VBG"}:
            claim = _served(deed, by_token)
        if claim is not None:
            claims.append(claim)
            by_token.setdefault(deed.token.i, claim)
    return claims


def _served(deed: Deed, by_token: Mapping[int, Claim]) -> Claim | None:
    for _, word, child in governors(deed.token):
        if child.dep_ == "advcl" and marker_of(child) in CONDITIONAL or word.lower_ in {"before", "after", "without", "until", "from", "than"}:
            return None
        outer = by_token.get(word.i)
        if outer is not None:
            if outer.deed.task == deed.task or outer.stance in {"no_comment", "in_talks", "named"}:
                return None
            certain = 0.75 if outer.stance in {"refused", "opposes", "withdrawn"} else 0.45
            return Claim(deed, outer.stance, outer.holders, outer.performers, outer.words, outer.levels, outer.saying, certain)
    return None


def judge(scene: Scene, deed: Deed) -> Claim | None:
    """The stance that the sentence takes on a deed, or None where it takes none.

    Args:
        scene: the report laid out.
        deed: a deed of it.
    """
    walk = _Walk(levels=[deed.token])
    carrier = deed.token.head if deed.noun and deed.token.dep_ == "dobj" and deed.token.head.lemma_.lower() in LIGHT and deed.task in RESOURCE_TASKS.values() else None
    form = form_of(carrier) if carrier is not None else None if deed.noun else form_of(deed.token)
    if form is not None:
        walk.inner_negated = form.negated != (deed.token.lemma_.lower() in FLIPPING)
        if form.negated:
            walk.words += list(form.words)
        if deed.resource is not None and resource_denied(deed.resource) and not form.negated:
            walk.inner_negated = not walk.inner_negated
            walk.words += [*form.words, deed.resource]
    elif noun_negated(deed.token):
        walk.inner_negated = True
        walk.words.append(deed.token)
    for relation, word, child in governors(deed.token):
        if relation == "advcl" and (marker_of(child) in CONDITIONAL or _as_soon_as(child)):
            walk.inside_condition = True
            break
        if relation == "pcomp" and word.lower_ in {"before", "after", "without", "until", "if", "since", "despite", "by"}:
            walk.inside_condition = True
            break
        if relation == "pobj" and word.lower_ in {"before", "after", "until", "without", "since", "despite", "unlike", "like", "during", "under", "amid", "because", "from"}:
            walk.inside_condition = True
            break
        if not _step(scene, walk, deed, relation, word, child):
            break
    if walk.inside_condition:
        return None
    if walk.stance is None:
        _bare(scene, walk, deed, form, verb=carrier)
    if walk.stance is None:
        return None
    return _claim(scene, walk, deed)


def _as_soon_as(clause: Token) -> bool:
    first = clause.left_edge
    words = [t.lower_ for t in first.doc[first.i : first.i + 3]]
    return words in (["as", "soon", "as"], ["as", "long", "as"], ["so", "long", "as"])


def _step(scene: Scene, walk: _Walk, deed: Deed, relation: str, word: Token, child: Token) -> bool:
    """Take one governing word into account; False where the walk ends."""
    lemma = word.lemma_.lower()
    if word.pos_ in {"VERB", "AUX"}:
        if relation in {"nsubj", "nsubjpass", "csubj", "csubjpass"}:
            return _predicate_over(scene, walk, word, child)
        return _verb(scene, walk, deed, relation, word, child, lemma)
    if word.pos_ in {"ADJ"} or word.tag_ in {"VBN", "JJ"} and lemma in cues()["adjective"]:
        return _adjective(walk, word, lemma)
    if word.pos_ in {"NOUN", "PROPN"}:
        return _noun(scene, walk, relation, word, lemma)
    walk.levels.append(word)
    return True


def _apply(walk: _Walk, cue: Cue, negated: bool, words: list[Token], *, other_doer: bool, subject: Token | None) -> None:
    """Compose a governing cue with what lies below it."""
    inner = walk.stance
    deny_inner = walk.inner_negated and inner is None
    toward_other = cue.toward == "other" or (cue.toward == "either" and other_doer)
    stance = cue.stance
    if toward_other and cue.toward == "either":
        stance = cue.other or cue.stance
    if negated:
        result = (cue.other_negated if toward_other and cue.toward == "either" else cue.negated) or None
    else:
        result = stance
    if inner is None:
        if result is None and negated:
            walk.stance, walk.stopped = "", True
            return
        if deny_inner and result is not None:
            # "decided not to send", "asked Cairo not to send", "pledged not to": the deed itself is denied
            result = {"agreed": "refused", "pledged": "refused", "offered": "refused", "requests": "opposes", "interested": "refused", "supports": "opposes", "refused": "considering", "named": None}.get(result, result)
            if result is None:
                walk.stance, walk.stopped = "", True
                return
        walk.stance = result
        walk.other = toward_other
    else:
        walk.stance = _compose(inner, result, cue, negated, walk)
        if toward_other and cue.stance in {"requests", "opposes", "supports"} and inner in {"offered", "agreed", "pledged", "considering", "interested"} and walk.stance in {"requests", "supports", "opposes"}:
            walk.other = True
        else:
            subject = walk.holder if cue.stance in {"named"} else subject
            if walk.holder is not None and walk.holder.i >= 0 and subject is None:
                subject = walk.holder
    if subject is not None and (walk.holder is None or toward_other or cue.stance == "denied"):
        walk.holder = subject
    walk.words += words
    walk.levels += [w for w in words if w.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]


def _compose(inner: str, outer: str | None, cue: Cue, negated: bool, walk: _Walk) -> str | None:
    if cue.stance == "denied" and not negated:
        return "denied" if inner not in {"refused"} else "denied"
    if cue.stance == "refused":
        if negated:  # "did not rule out", "has not rejected"
            return "considering" if inner in {"refused", "agreed", "offered", "considering"} else inner
        return "considering" if inner == "refused" else "refused"
    if cue.stance == "opposes":
        return "opposes"
    if cue.stance == "named":
        return inner if inner in {"refused", "undecided", "considering", "in_talks", "requests", "opposes"} else "named"
    if cue.stance in {"requests"} and not negated:
        return "requests" if inner in {"agreed", "offered", "considering", "pledged", "deployed", "interested", "deploying"} else inner
    if cue.stance == "considering" and not negated:
        return "considering" if inner in {"agreed", "offered", "pledged", "requests", "refused", "interested"} else inner
    if cue.stance in {"undecided"}:
        return "undecided"
    if cue.stance in {"withdrawn", "suspended"} and inner in {"agreed", "offered", "pledged", "deployed", "deploying", "considering"}:
        return cue.stance
    if negated and inner in {"offered", "agreed", "interested", "considering", "pledged", "in_talks"}:
        # "has not voiced readiness", "never made a promise": no stance, or a hesitant one where a decision is missing
        return "undecided" if cue.stance == "agreed" else None
    return inner


def _subject_word(verb: Token) -> Token | None:
    return subject_of(verb)


def _other_doer(deed: Deed, verb: Token, child: Token) -> tuple[bool, Token | None]:
    """Whether somebody other than the verb's subject would do the deed, and the token that names him."""
    asked = (cue := cues()["verb"].get(verb.lemma_.lower())) is not None and cue.stance == "requests"
    for c in verb.children:
        if c.dep_ in {"dobj", "dative"} and (child.dep_ in {"xcomp", "ccomp", "advcl"} or asked and child.lower_ in {"for", "to", "about"}) and c.i < child.i and c.pos_ in {"PROPN", "NOUN", "PRON"}:
            return True, c
    doer = next((c for c in deed.token.children if c.dep_ in {"nsubj", "nsubjpass"}), None) if not deed.noun else None
    clause = next((c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    doer = doer or clause
    if doer is not None:
        return True, doer
    for c in child.children:
        if c.dep_ == "mark" and c.lower_ == "for":
            return True, None
    if deed.performers:
        return True, None
    return False, None


def _same(scene: Scene, a: Token | None, b: Token | None) -> bool:
    if a is None or b is None:
        return False
    first = {p.entity for p in scene.all_parties(a)}
    second = {p.entity for p in scene.all_parties(b)}
    return bool(first & second - {None})


def _verb(scene: Scene, walk: _Walk, deed: Deed, relation: str, word: Token, child: Token, lemma: str) -> bool:
    form = form_of(word)
    particle = {c.lower_ for c in word.children if c.dep_ in {"prt", "advmod", "prep"}}
    subject = _subject_word(word)
    doer_other, doer = _other_doer(deed, word, child)
    if doer_other and doer is not None and _same(scene, doer, subject):
        doer_other = False
    if doer_other and doer is None and deed.performers and subject is not None:
        own = {p.entity for p in scene.all_parties(subject)}
        doer_other = not (own & {p.entity for p in deed.performers})
    if lemma in {"include", "comprise", "involve", "feature", "contain"} and relation == "dobj" and deed.noun and deed.performers:
        # what a force is told to hold: "will not include American troops", "includes advisers from Rome"
        walk.stance = "refused" if form.negated else "named" if form.modal else "deployed"
        walk.words += [*form.words]
        walk.levels.append(word)
        return False
    if lemma == "be":
        return _copula(scene, walk, word, form, child, relation)
    if lemma in {"have", "remain", "get"} and relation == "xcomp":
        if any(c.lower_ == "yet" for c in word.children) or "yet" in {t.lower_ for t in word.doc[max(0, word.i - 2) : word.i + 3]}:
            walk.stance, walk.holder = "undecided", subject
            walk.words += [*form.words]
            return True
        walk.levels.append(word)
        return True
    tell = lemma in {"tell", "ask", "say"} and relation == "xcomp"
    if relation == "relcl" or relation == "acl":
        return False
    if lemma in speech_verbs() and relation in {"ccomp", "parataxis", "advcl", "dep"} and lemma not in {"pledge", "promise", "vow", "swear", "expect", "suggest", "believe", "think", "predict"}:
        if lemma in {"deny"}:
            _apply(walk, cues()["verb"]["deny"], form.negated, [*form.words], other_doer=False, subject=subject)
        if form.negated and walk.stance is None:
            walk.stopped = True
        walk.saying.append(word)
        if walk.stance is None:
            carried = deed.token.head if deed.noun and deed.token.head.lemma_.lower() in LIGHT and deed.token.dep_ == "dobj" else None
            _bare(scene, walk, deed, form_of(carried) if carried is not None else None if deed.noun else form_of(deed.token), verb=carried)
        if walk.stance is None and not deed.noun:
            return False
        return True
    if walk.saying and lemma in speech_verbs():
        walk.saying.append(word)
        return True
    cue = cues()["verb"].get(lemma)
    if lemma == "turn" and "down" in particle:
        cue = cues()["verb"]["refuse"]
    if lemma in {"pull", "back"} and particle & {"out", "away", "off"} and relation != "dobj":
        cue = cues()["verb"]["withdraw"]
    if lemma == "hold" and particle & {"off", "back"}:
        cue = cues()["verb"]["hesitate"]
    if lemma == "put" and "hold" in {t.lower_ for t in word.subtree}:
        cue = cues()["verb"]["suspend"]
    if tell:
        cue = cues()["verb"]["ask"]
    if lemma == "decide" and "against" in particle or lemma == "vote" and "against" in particle:
        cue = cues()["verb"]["refuse"]
    if lemma == "vote" and cue is None and {"for", "to"} & (particle | {c.lower_ for c in child.children}):
        cue = cues()["verb"]["approve"]
    if lemma in {"express", "voice", "show", "signal", "declare", "reiterate", "reaffirm", "convey", "indicate", "display", "restate", "repeat", "confirm", "have", "make", "take", "give", "hold", "put", "submit", "enter", "keep"} and walk.stance and walk.through_noun is not None:
        negated = form.negated
        if negated:
            noun_cue = cues()["noun"].get(walk.through_noun.lemma_.lower())
            if noun_cue is not None:
                walk.stance = noun_cue.negated or ""
        if form.passive and walk.stance in {"agreed"} and noun_negated(walk.through_noun):
            walk.stance = "undecided"
        if walk.holder is None or walk.holder.i == walk.through_noun.i:
            walk.holder = subject if not form.passive else walk.holder
        walk.words += [w for w in form.words]
        walk.levels.append(word)
        walk.through_noun = None
        return True
    if cue is None or not _fits(word, lemma, particle, relation, child):
        if lemma in speech_verbs() and relation == "dobj" and walk.stance is None:
            return False
        walk.levels.append(word)
        return _continues(lemma, relation, walk)
    if cue.stance == "named" and not form.passive and not (doer_other and lemma in {"expect", "predict", "believe", "think", "see"}):
        if lemma in speech_verbs() or lemma in {"see", "view", "list", "mention", "name"}:
            walk.saying.append(word)
            return walk.stance is not None
    if cue.stance == "named" and form.passive and form.negated:
        walk.stance = ""  # "not expected to", from the narrator: nothing (rule 3)
        return False
    if cue.toward == "other" and form.passive:
        # "was asked to send": the one asked is the passive's subject, the asker stands in the "by" phrase
        agent = next((i for c in word.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None)
        _apply(walk, cue, form.negated, [*form.words], other_doer=True, subject=agent)
        walk.performer = next((c for c in word.children if c.dep_ == "nsubjpass"), None)
        walk.holder = agent
        if agent is None:
            walk.stance = ""  # an approach with no asker named is optional (rule 13)
            return False
        return True
    if cue.stance == "requests" and cue.toward == "other" and not doer_other and relation == "xcomp" and lemma in {"ask", "demand", "push", "lobby", "press"}:
        # "asked to join": the asker himself would do it
        cue = cues()["verb"]["wish"]
    if cue.stance in {"requests"} and doer is not None:
        walk.performer = doer
    elif doer is not None and cue.toward in {"other", "either"}:
        walk.performer = doer
    if form.modal in {"may", "could"} and cue.stance in {"refused", "agreed", "pledged", "offered", "withdrawn"} and walk.stance is None:
        _apply(walk, cues()["adjective"]["likely"] if form.modal == "may" else cues()["verb"]["consider"], False, [*form.words], other_doer=False, subject=subject)
        return True
    if form.progressive and cue.stance == "agreed" and lemma in {"prepare", "ready"} and relation in {"xcomp", "dobj"}:
        walk.certainty = 0.7
    if cue.stance == "deploying" and walk.stance is not None:
        walk.levels.append(word)
        return True
    _apply(walk, cue, form.negated, [*form.words], other_doer=doer_other or walk.other, subject=subject)
    return not walk.stopped


def _fits(word: Token, lemma: str, particle: set[str], relation: str, child: Token) -> bool:
    """Whether a cue verb is meant in its sense here."""
    if lemma == "rule":
        return "out" in particle
    if lemma == "stand":
        return any(c.lower_ in {"ready", "prepared", "by"} for c in word.children)
    if lemma == "shoot":
        return "down" in particle
    if lemma == "call":
        return relation in {"xcomp", "pcomp", "pobj", "prep", "ccomp"} or bool(particle & {"for", "on", "upon"})
    if lemma in {"stop", "halt", "drop", "freeze"} and relation == "advcl":
        return False
    if lemma in {"sign"}:
        return relation in {"xcomp", "ccomp", "prep", "pobj", "pcomp"} or "agreement" in {t.lower_ for t in word.subtree}
    if lemma in {"begin", "start"}:
        return relation in {"xcomp", "dobj", "prep", "pcomp", "pobj"}
    if lemma in {"see", "view", "regard", "cite", "list", "mention", "name", "identify", "tip", "suggest", "consider"} and relation in {"dobj", "nsubjpass"} and child.pos_ == "NOUN" and lemma != "consider":
        return False
    if lemma in {"stand", "like", "hope", "mean"} and relation not in {"xcomp", "ccomp"}:
        return False
    if relation == "advcl" and any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children):
        return True
    return relation not in {"advcl"} or lemma in {"agree", "refuse", "offer"}


def _continues(lemma: str, relation: str, walk: _Walk) -> bool:
    """Whether a verb that carries no stance lets the ones above it speak for the deed."""
    if relation in {"advcl"}:
        return True
    return relation in {"xcomp", "ccomp", "pcomp", "prep", "pobj", "dobj", "dative", "oprd", "dep", "agent"}


def _copula(scene: Scene, walk: _Walk, word: Token, form: Form, child: Token, relation: str) -> bool:
    subject = _subject_word(word)
    words = [*form.words]
    attribute = next((c for c in word.children if c.dep_ == "attr" and c.lemma_.lower() in cues()["noun"]), None)
    if attribute is not None and relation in {"advcl", "xcomp"} and walk.stance is None and marker_of(child) not in CONDITIONAL:
        # "are the top contenders to supply troops", parted from its noun by what stands between
        _apply(walk, cues()["noun"][attribute.lemma_.lower()], form.negated, [*words, attribute], other_doer=False, subject=subject)
        return bool(walk.stance)
    if relation == "xcomp" and child.pos_ == "VERB" and walk.stance is None:
        # "is to send", "are to be disarmed": decided (rule 3)
        _apply(walk, cues()["verb"]["decide"], False, words, other_doer=False, subject=subject)
        if form.negated:
            walk.stance = "refused"
        return True
    if relation in {"acomp", "attr", "prep", "oprd"} and walk.stance is not None:
        if form.negated:
            table = {"offered": "refused", "interested": "refused", "considering": "refused", "named": "", "refused": "considering", "agreed": "undecided", "opposes": "", "supports": "opposes", "pledged": "refused"}
            walk.stance = table.get(walk.stance, walk.stance)
        walk.words += words
        if form.modal == "may" and walk.stance in {"offered", "agreed"}:
            walk.stance = "named"
        if form.modal == "could" and walk.stance in {"offered", "agreed"}:
            walk.stance = "considering"
        if walk.holder is None or walk.holder.i == child.i:
            walk.holder = subject
        walk.levels.append(word)
        walk.through_noun = None
        return bool(walk.stance)
    walk.levels.append(word)
    return True


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


def phrase_stance(tokens: list[Token]) -> tuple[str | None, str | None, list[Token]]:
    """(stance, stance if negated, words) of a set phrase among tokens ("out of the question")."""
    lower = [t.lower_ for t in tokens]
    for words, stance, negated in _PHRASES:
        for i in range(len(lower) - len(words) + 1):
            if tuple(lower[i : i + len(words)]) == words:
                return stance, negated, tokens[i : i + len(words)]
    return None, None, []


def _predicate_over(scene: Scene, walk: _Walk, verb: Token, child: Token) -> bool:
    """The deed is the subject: "the deployment has been suspended", "sending troops is out of the question"."""
    form = form_of(verb)
    stance, negated, words = phrase_stance([t for t in verb.subtree if t.i > verb.i and t.i - verb.i < 8] if verb.lemma_ in {"be", "remain", "stay"} else [])
    if stance is not None:
        walk.stance = negated if form.negated else stance
        walk.words += [*form.words, *words]
        walk.levels.append(verb)
        if walk.stance is None:
            return False
        return True
    if verb.lemma_ in {"be", "remain", "seem", "look"}:
        adjective = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
        cue = cues()["adjective"].get(adjective.lemma_.lower()) if adjective is not None else None
        if cue is not None and cue.stance in {"refused", "opposes", "named"} and adjective is not None:
            _apply(walk, cue, form.negated, [*form.words, adjective], other_doer=False, subject=None)
            if walk.stance == "named":
                walk.stance = ""
                return False
            return bool(walk.stance)
        walk.levels.append(verb)
        return False
    if form.passive:
        cue = cues()["verb"].get(verb.lemma_.lower())
        if cue is not None and cue.stance not in {"named", "in_talks"} and verb.lemma_.lower() not in {"begin", "start"}:
            agent = next((i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None)
            _apply(walk, cue, form.negated, [*form.words], other_doer=cue.toward == "other", subject=agent)
            return bool(walk.stance)
        if walk.through_noun is not None and walk.stance and verb.lemma_.lower() in {"make", "take", "reach", "announce", "give", "finalise", "finalize"}:
            if form.negated or noun_negated(walk.through_noun):
                walk.stance = "undecided"
            walk.words += [*form.words]
            walk.levels.append(verb)
            return True
        if cue is not None and cue.stance in {"named", "in_talks"} and cue.stance == "in_talks":
            _apply(walk, cue, form.negated, [*form.words], other_doer=False, subject=None)
            return bool(walk.stance)
    walk.levels.append(verb)
    return walk.stance is not None


def _adjective(walk: _Walk, word: Token, lemma: str) -> bool:
    cue = cues()["adjective"].get(lemma)
    if cue is None:
        walk.levels.append(word)
        return True
    negated = any(c.dep_ == "neg" for c in word.children)
    holder = None
    if word.head.pos_ in {"VERB", "AUX"}:
        if word.head.lemma_.lower() not in {"be", "seem", "remain", "stay", "stand", "appear", "sound", "feel", "become", "get", "look"}:
            walk.stance, walk.stopped = "", True
            return False
        holder = _subject_word(word.head)
    elif word.dep_ == "amod":
        holder = word.head
    _apply(walk, cue, negated, [word], other_doer=False, subject=holder)
    return not walk.stopped


def _noun(scene: Scene, walk: _Walk, relation: str, word: Token, lemma: str) -> bool:
    cue = cues()["noun"].get(lemma)
    if relation == "relcl":
        if walk.stance is None:
            walk.holder = word
        return False
    if lemma in REPORT_NOUNS:
        walk.saying.append(word)
        walk.levels.append(word)
        walk.through_noun = word
        return True
    if lemma in {"plan", "ambition", "preparation"} and word.dep_ not in {"dobj", "nsubj", "nsubjpass", "attr", "ROOT", "conj"}:
        return False  # "a key point of the premier's plan to ...": a document's contents bind nobody (guidelines, first paragraph)
    if cue is not None and relation in {"acl", "prep", "relcl", "ccomp", "compound", "nmod", "poss", "amod"}:
        holder = next((c for c in word.children if c.dep_ == "poss"), None)
        adjective = next((c for c in word.children if c.dep_ in {"amod", "compound", "nmod"} and scene.mention_at(c) is not None), None)
        _apply(walk, cue, noun_negated(word), [*(c for c in word.children if c.dep_ in {"det", "neg"}), word], other_doer=False, subject=holder or adjective)
        if cue.stance == "named" and word.dep_ in {"attr", "pobj", "appos", "oprd"}:
            up = word.head if word.dep_ != "appos" else word
            while up.pos_ == "ADP":
                up = up.head
            walk.holder = word.head if word.dep_ == "appos" else _subject_word(up) or next((c for c in up.children if c.dep_ in {"dobj", "nsubjpass"}), None)
            if up.pos_ == "VERB" and up.lemma_ in {"identify", "name", "see", "list", "mention"}:
                walk.holder = next((c for c in up.children if c.dep_ in {"dobj", "nsubjpass"}), walk.holder)
        walk.through_noun = word
        return not walk.stopped
    if lemma in TRANSPARENT or relation in {"compound", "prep", "poss", "amod", "nmod"}:
        walk.levels.append(word)
        return lemma in TRANSPARENT or relation in {"prep"} and lemma in nouns().forces
    if relation == "acl":
        walk.levels.append(word)
        return lemma in nouns().resources["troops"]
    return False


def _bare(scene: Scene, walk: _Walk, deed: Deed, form: Form | None, verb: Token | None = None) -> None:
    """The stance that the deed's own verb form says, or that of the verb that carries it, without a governing cue."""
    if form is None or (deed.noun and verb is None) or walk.stopped:
        return
    verb = verb or deed.token
    lemma = verb.lemma_.lower()
    subject = subject_of(verb)
    walk.holder = walk.holder or subject
    passive = form.passive
    if form.infinitive and not form.passive:
        return
    if verb.dep_ in {"amod"}:
        return
    if deed.task == "authorise" and lemma in AUTHORISE_VERBS:
        if not form.negated and form.modal in {"", "will", "would"}:
            if passive and not any(c.dep_ == "agent" for c in verb.children):
                return  # "since the resolution was adopted": nobody named holds it
            walk.stance = AUTHORISE_VERBS[lemma]
            walk.words += [*form.words]
            if lemma == "vote" and "against" in {c.lower_ for c in verb.children}:
                walk.stance = "opposes"
        return
    negated = walk.inner_negated
    cue = cues()["verb"].get(lemma)
    if cue is not None and lemma in {"offer", "pledge", "promise", "volunteer", "commit", "announce", "earmark", "ready", "prepare"}:
        if form.modal in {"may", "could"}:
            walk.stance = "considering" if form.modal == "could" else "named"
        else:
            walk.stance = (cue.negated if negated else cue.stance) if not (negated and lemma == "commit") else "undecided"
        walk.words += [*form.words]
        return
    stance: str | None
    if form.modal == "will":
        # its own announcement is a pledge, what others say of it is a decision (rule 3)
        stance = "refused" if negated else "will"
    elif form.modal == "would":
        stance = None if form.perfect else "refused" if negated else "offered"
        walk.certainty = 0.55
    elif form.modal in {"could", "can"}:
        stance = "refused" if negated else "considering"
        walk.certainty = 0.5
    elif form.modal == "may":
        stance = None if negated else "named"
    elif form.modal == "must":
        stance = "must"
    elif form.progressive:
        stance = "refused" if negated else "deploying"
    elif negated:
        stance = None if form.past or form.perfect else "refused"
    elif form.perfect or form.past or passive:
        stance = "deployed"
    else:
        stance = "deployed" if verb.tag_ == "VBZ" or verb.tag_ == "VBP" and verb.dep_ == "ROOT" else None
        walk.certainty = 0.5
    walk.stance = stance
    walk.words += [*form.words]


def _claim(scene: Scene, walk: _Walk, deed: Deed) -> Claim | None:
    stance = walk.stance
    if not stance:
        return None
    holders = _parties(scene, walk.holder) if walk.holder is not None else []
    subject = subject_of(deed.token) if not deed.noun else None
    doers = _parties(scene, subject) if subject is not None else []
    if deed.resource is not None and not deed.noun and form_of(deed.token).passive and subject is not None:
        doers = list(_performers(scene, subject))
        holders = holders or doers
    performers = list(deed.performers)
    speaker = _parties(scene, subject_of(walk.saying[0])) if walk.saying and walk.saying[0].pos_ == "VERB" and subject_of(walk.saying[0]) is not None else []  # type: ignore[arg-type]
    if stance == "must":
        target = doers or holders
        voice = speaker
        if not voice or not target:
            return None
        holders, performers, stance = voice, target, "requests"
        if {h.entity for h in holders} & {t.entity for t in target}:
            return None
        walk.other = True
    if walk.other:
        if walk.performer is not None:
            performers = _parties(scene, walk.performer) or performers
        performers = performers or doers
        own = {h.entity for h in holders}
        others = [p for p in performers if p.entity not in own]
        performers = others if stance in {"opposes", "requests"} else others or performers
    else:
        if not holders and performers:
            holders = performers
        if performers and holders and not ({p.entity for p in performers} & {h.entity for h in holders}) and stance in {"agreed", "pledged", "deployed", "deploying", "offered", "will", "refused", "withdrawn", "suspended"}:
            # "Jakarta confirmed the Indonesian deployment" is its own; "Washington announced Turkish troops" is not
            holders = performers
        performers = holders
    if not holders and doers and not walk.other:
        holders = performers = doers
    if not holders and speaker and not walk.other and stance in {"suspended", "withdrawn", "undecided"}:
        holders = performers = [p for p in speaker if p.entity]
    if not holders:
        return None
    barred = deed.token.lemma_.lower() in {"base", "station", "deploy", "allow", "admit", "place", "post"} and not deed.noun and form_of(deed.token).passive
    voices = {p.entity for p in speaker if p.entity and p.kind not in {"outlet", "document"}}
    if stance == "refused" and barred and voices and not voices & {h.entity for h in holders}:
        # "no Turkish soldier will be based there", said by another state's premier, bars them
        return Claim(deed, "opposes", [p for p in speaker if p.entity], holders, sorted({w.i: w for w in walk.words}.values(), key=lambda t: t.i), [deed.token, *walk.levels], walk.saying, 0.65)
    if stance == "will":
        said_by = {p.entity for p in speaker}
        own_voice = bool(said_by & {h.entity for h in holders} - {None})
        stance = "pledged" if own_voice else "agreed"
    certainty = walk.certainty
    return Claim(
        deed=deed,
        stance=stance,
        holders=holders,
        performers=performers,
        words=sorted({w.i: w for w in walk.words}.values(), key=lambda t: t.i),
        levels=[deed.token, *walk.levels],
        saying=walk.saying,
        certainty=certainty,
    )


def _parties(scene: Scene, token: Token | None) -> list[Party]:
    if token is None:
        return []
    found = scene.all_parties(token)
    if found:
        return found
    # "Turkish soldiers will ...": the troops act for their state
    acting = any(token.lemma_.lower() in words or token.lower_ in words for words in nouns().resources.values()) or token.lemma_.lower() in _ACTS
    return list(_performers(scene, token)) if acting else []

"""Claims, and how a word that governs a deed composes with what has been read below it.

In: a cue of the lexicon and the walk so far. Out: the walk with the stance composed: to rule out offering
is to refuse, not to rule it out is to consider. The table is the annotation guidelines' (their rule numbers
stand in the comments). Knows nothing of sentences or parties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.lexicon import Cue, word_set
from onrecord.extraction.resources import RESOURCE_TASKS
from onrecord.extraction.scene import Party

CONDITIONAL = word_set(
    "if unless until till once before after provided providing whether when because lest",
)
"""Words that open a clause whose deeds nobody has yet taken a stance on."""
LIGHT = word_set("make provide undertake play continue maintain do put place")
"""Verbs that add nothing to the noun they carry ("make a contribution", "put soldiers there")."""
_GOES_ON = word_set("help continue keep go carry resume proceed persist")
"""Verbs that say of a deed only that one has a hand in it or goes on with it ("help to train", "go on training")."""
_COMING_WITH = word_set("follow come arrive join return")
"""Verbs of motion whose "with" tells what is brought ("will follow with 130 soldiers")."""

_ASKED_FOR = word_set("agreed offered considering pledged deployed interested deploying")
_STANDS_WHEN_NAMED = word_set("refused undecided considering in_talks requests opposes")
_WEIGHED = word_set("agreed offered pledged requests refused interested")
_CAN_BE_TAKEN_BACK = word_set("agreed offered pledged deployed deploying considering")
_FALLS_WHEN_DENIED = word_set("offered agreed interested considering pledged in_talks")
_DEED_DENIED: dict[str, str | None] = {
    "agreed": "refused",
    "pledged": "refused",
    "offered": "refused",
    "requests": "opposes",
    "interested": "refused",
    "supports": "opposes",
    "refused": "considering",
    "named": None,
}
"""What a stance becomes where the deed itself is denied: "decided not to send", "asked Cairo not to send"."""


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
class Walk:
    """What has been found so far on the way up from a deed.

    Attributes:
        stance: of the vocabulary, or ``will`` and ``must`` until it is known who says so; None before any
            word has spoken, "" where the words say that there is none.
        holder: the token that names whose stance it is.
        other: whether somebody else would do the deed.
        performer: the token that names who would do it, where a word above the deed does.
        words: the tokens that carry the stance.
        levels: the words passed, innermost first.
        saying: the verbs and nouns of saying passed, innermost first.
        inner_negated: whether the deed itself is denied.
        stopped: whether nothing above may speak for the deed any more.
        certainty: 0 to 1.
        through_noun: the noun of stance just passed ("readiness"), which the verb above it may carry.
    """

    stance: str | None = None
    holder: Token | None = None
    other: bool = False
    performer: Token | None = None
    words: list[Token] = field(default_factory=list)
    levels: list[Token] = field(default_factory=list)
    saying: list[Token] = field(default_factory=list)
    inner_negated: bool = False
    stopped: bool = False
    certainty: float = 0.8
    through_noun: Token | None = None

    def none(self) -> bool:
        """Settle that no stance is taken; False, as a step that ends the walk answers."""
        self.stance, self.stopped = "", True
        return False


def apply(
    walk: Walk, cue: Cue, negated: bool, words: Sequence[Token], *, other_doer: bool, subject: Token | None
) -> None:
    """Compose a governing cue with what lies below it.

    Args:
        walk: what has been found so far; it is changed.
        cue: the governing word's entry.
        negated: whether that word is denied.
        words: its tokens.
        other_doer: whether somebody other than its subject would do the deed.
        subject: the token that names whose stance it would be.
    """
    inner = walk.stance
    by_doer = cue.toward == "either" and other_doer
    toward_other = cue.toward == "other" or by_doer
    affirmed, denied = ((cue.other or cue.stance), cue.other_negated) if by_doer else (cue.stance, cue.negated)
    result = (denied or None) if negated else affirmed
    if inner is None:
        if result is not None and walk.inner_negated:
            result = _DEED_DENIED.get(result, result)
        if result is None:
            walk.none()
            return
        walk.stance = result
        walk.other = toward_other
    elif subject is not None and _answers(walk, inner, cue, negated):
        # "turned down Oslo's request", "accepted Oslo's offer": what was asked or offered is for the subject to answer
        refused = cue.stance == "refused"
        if inner == "requests":
            walk.stance, walk.other, walk.performer = cue.stance, False, None
        else:
            walk.stance, walk.other, walk.performer = "opposes" if refused else "supports", True, walk.holder
        walk.holder = subject
    else:
        walk.stance = compose(inner, cue, negated)
        passed_on = (
            toward_other
            and cue.stance in {"requests", "opposes", "supports"}
            and inner in {"offered", "agreed", "pledged", "considering", "interested"}
            and walk.stance in {"requests", "supports", "opposes"}
        )
        if passed_on:
            walk.other = True
        elif cue.stance == "named" or subject is None:
            subject = walk.holder
    if subject is not None and (walk.holder is None or toward_other or cue.stance == "denied"):
        walk.holder = subject
    walk.words += words
    walk.levels += [w for w in words if w.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]


def _answers(walk: Walk, inner: str, cue: Cue, negated: bool) -> bool:
    """Whether a verb answers another's request or offer ("Oslo's request", "the Norwegian offer")."""
    noun = walk.through_noun
    if negated or noun is None or walk.holder is None or walk.holder.i == noun.i:
        return False
    if cue.stance not in {"refused", "agreed"}:
        return False
    return inner == "requests" or (inner == "offered" and noun.lemma_.lower() in {"offer", "bid", "candidacy"})


def compose(inner: str, cue: Cue, negated: bool) -> str | None:
    """The stance that a cue makes of the one below it, or None where it leaves none.

    Example:
        >>> from onrecord.extraction.lexicon import cues
        >>> rule_out = cues()["verb"]["rule"]
        >>> compose("offered", rule_out, False), compose("refused", rule_out, True)
        ('refused', 'considering')
    """
    outer = cue.stance
    if outer == "denied" and not negated:
        return "denied"
    if outer == "refused":
        if negated:  # "did not rule out", "has not rejected"
            return "considering" if inner in {"refused", "agreed", "offered", "considering"} else inner
        return "considering" if inner == "refused" else "refused"
    if outer in {"opposes", "undecided"}:
        return outer
    if outer == "named":
        return inner if inner in _STANDS_WHEN_NAMED else "named"
    if outer == "requests" and not negated:
        return "requests" if inner in _ASKED_FOR else inner
    if outer == "considering" and not negated:
        return "considering" if inner in _WEIGHED else inner
    if outer in {"withdrawn", "suspended"} and inner in _CAN_BE_TAKEN_BACK:
        return outer
    if negated and inner in _FALLS_WHEN_DENIED:
        # "has not voiced readiness", "never made a promise": no stance, or a hesitant one where a decision
        # is missing
        return "undecided" if outer == "agreed" else None
    return inner


def carrier_of(deed: Deed) -> Token | None:
    """The verb that carries a deed and tells its time and mood: "make a contribution", "help to train", or None.

    Args:
        deed: the deed.
    """
    token, head = deed.token, deed.token.head
    if deed.noun:
        if deed.task not in RESOURCE_TASKS.values():
            return None
        if token.dep_ == "dobj":
            return head if head.lemma_.lower() in LIGHT else None
        brought = token.dep_ == "pobj" and head.lower_ == "with" and head.head.lemma_.lower() in _COMING_WITH
        return head.head if brought and not deed.performers else None
    carrier = None
    while head.i != token.i:
        if head.pos_ == "ADP" and head.lower_ in {"on", "with"} and token.dep_ == "pcomp":
            token, head = head, head.head
            continue
        if token.dep_ not in {"xcomp", "pcomp", "prep", "ccomp"} or head.lemma_.lower() not in _GOES_ON:
            break
        others = [*(c for c in head.children if c.i > head.i), *token.children]
        if any(c.dep_ in {"dobj", "dative", "nsubj"} and c.i < deed.token.i for c in others if c.i > head.i):
            break  # "helped Kenya to send": it is Kenya's doing
        carrier, token, head = head, head, head.head
    return carrier


def agent_of(verb: Token) -> Token | None:
    """Who does it, in the passive: the noun of the "by" phrase."""
    return next((i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None)

"""What a deed's own verb form says with no word of stance over it: "will send", "would send", "has sent".

In: a walk, a deed and the form of its verb, or of the light verb that carries it. Out: the walk with a
stance, where the form has one (guideline rules 3, 4 and 10).
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.claims import Walk
from onrecord.extraction.deeds import Deed
from onrecord.extraction.grammar import Form, subject_of
from onrecord.extraction.lexicon import cues, word_set

_OWN_WORD = word_set("offer pledge promise volunteer commit announce earmark ready prepare")
"""Verbs that are both the deed and the stance on it ("pledged 400 police")."""
_GUESSES = frozenset({"probably", "likely", "possibly", "perhaps", "presumably"})
"""Adverbs that make a prediction of "will": nothing is known of a stance, and of a denied one nothing is told."""
_AUTHORISES = {
    **dict.fromkeys(
        ("back", "support", "endorse", "favour", "favor", "sponsor", "circulate", "table", "vote"), "supports"
    ),
    **dict.fromkeys(
        ("adopt", "approve", "pass", "renew", "extend", "authorise", "authorize", "mandate", "ratify"),
        "agreed",
    ),
    **dict.fromkeys(("veto", "oppose", "reject", "block"), "opposes"),
}
"""Verbs of deciding on a text -> stance on its being adopted (rule 10)."""


def bare(walk: Walk, deed: Deed, form: Form | None, verb: Token | None = None) -> None:
    """Let the form of the deed's verb speak.

    Args:
        walk: what has been found so far; it is changed.
        deed: the deed.
        form: the form of its verb, None for a noun that no verb carries.
        verb: the verb that carries a deed that is a noun.
    """
    if form is None or (deed.noun and verb is None) or walk.stopped:
        return
    verb = verb or deed.token
    lemma = (verb if deed.noun else deed.token).lemma_.lower()
    own = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}), None)
    # "the mission, to which Ghana has sent troops": what the clause hangs on does not send them
    walk.holder = own if own is not None and verb.dep_ == "relcl" else walk.holder or subject_of(verb)
    if (form.infinitive and not form.passive) or verb.dep_ == "amod":
        return
    if deed.task == "authorise" and lemma in _AUTHORISES:
        _authorising(walk, form, verb, lemma)
        return
    cue = cues()["verb"].get(lemma)
    if cue is not None and (lemma in _OWN_WORD or (lemma == "withdraw" and deed.task != "withdraw_forces")):
        if form.modal in {"may", "could"}:
            walk.stance = "considering" if form.modal == "could" else "named"
        elif walk.inner_negated:
            walk.stance = "undecided" if lemma == "commit" else cue.negated
        else:
            walk.stance = cue.stance
    else:
        guessed = form.modal == "will" and any(c.lower_ in _GUESSES for c in verb.children if c.dep_ == "advmod")
        foreseen = None if walk.inner_negated else "named"
        walk.stance, certainty = (foreseen, None) if guessed else _by_form(form, verb, walk.inner_negated)
        walk.certainty = certainty or walk.certainty
    walk.words += form.words


def _authorising(walk: Walk, form: Form, verb: Token, lemma: str) -> None:
    if form.negated or form.modal not in {"", "will", "would"}:
        return
    if form.passive and not any(c.dep_ == "agent" for c in verb.children):
        return  # "since the resolution was adopted": nobody named holds it
    against = lemma == "vote" and "against" in {c.lower_ for c in verb.children}
    walk.stance = "opposes" if against else _AUTHORISES[lemma]
    walk.words += form.words


def _by_form(form: Form, verb: Token, negated: bool) -> tuple[str | None, float | None]:
    """Stance of a verb form, and how certain it is where that is less than for plain words."""
    if form.modal == "will":
        # its own announcement is a pledge, what others say of it is a decision (rule 3): settled when the
        # speaker is known
        return ("refused" if negated else "will"), None
    if form.modal == "would":
        return (None if form.perfect else "refused" if negated else "offered"), 0.55
    if form.modal in {"could", "can"}:
        return ("refused" if negated else "considering"), 0.5
    if form.modal == "may":
        return (None if negated else "named"), None
    if form.modal == "must":
        return "must", None
    if form.progressive:
        return ("refused" if negated else "deploying"), None
    if negated:
        return (None if form.past or form.perfect else "refused"), None
    if form.perfect or form.past or form.passive:
        return "deployed", None
    asserted = verb.tag_ == "VBZ" or (verb.tag_ == "VBP" and verb.dep_ == "ROOT")
    return ("deployed" if asserted else None), 0.5

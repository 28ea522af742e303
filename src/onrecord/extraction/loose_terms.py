"""Positions told by their terms alone: "Rome insists on a mandate", "Cairo made a mandate its condition".

In: a scene, a sentence and what the text is about. Out: a claim of a party that the text says might act: ready on those
terms, or not without them, which says the same in substance (guidelines, ladder). The conditions themselves are given
to it as to any claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Passage

from onrecord.extraction.claims import Claim
from onrecord.extraction.condition_wordings import Found, in_sentence
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.scene import Scene

_INSISTS = frozenset({"insist"})
_SETS = word_set("make set name")
_ROLE = frozenset({"role_limit", "location_limit", "command"})
"""Terms of an offer; without the others there is none yet."""
_OWN_TERMS = frozenset({"mandate", "role_limit", "clarity"})
"""Terms that only those name who would go themselves: whoever is silent on troops so far may tell them too."""
_UNTOLD = frozenset({"other", "timing"})
_NOBODY = frozenset({"outlet", "document"})


def on_terms(scene: Scene, sentence: Passage, topic: Claim, order: Sequence[Claim]) -> list[Claim]:
    """Claims by the terms that a sentence tells.

    Args:
        scene: the report laid out.
        sentence: a sentence in which nobody else has found the holder's stance.
        topic: what the text is about there.
        order: the claims of the report.
    """
    doers = {p.entity for c in order for p in (*c.performers, *c.holders)}
    spoken = {h.entity for c in order if c.deed.token.sent.start == sentence.start for h in c.holders}
    found: list[Claim] = []
    terms: list[Found] | None = None
    for token in scene.tokens_of(sentence):
        if token.pos_ != "VERB" or token.lemma_.lower() not in _INSISTS | _SETS:
            continue
        terms = in_sentence(scene, sentence) if terms is None else terms
        mine = next((t for t in terms if t.head == token.i and t.kind not in _UNTOLD), None)
        subject = subject_of(token)
        if mine is None or subject is None or form_of(token).negated:
            continue
        if token.lemma_.lower() in _SETS and "condition" not in sentence.text[mine.end - sentence.start_char :]:
            continue
        own = mine.kind in _OWN_TERMS
        who = [
            p
            for p in scene.all_parties(subject)
            if p.entity and p.entity not in spoken and (own or p.entity in doers) and p.kind not in _NOBODY
        ]
        if who:
            deed = replace(topic.deed, token=token, resource=None, performers=(), noun=True)
            stance = "offered" if mine.kind in _ROLE else "refused"
            found.append(Claim(deed, stance, who, who, [token], [token], [], 0.6))
    return found

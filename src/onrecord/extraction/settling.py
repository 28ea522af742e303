"""Walk -> claim: whose stance it is in the end, and who would do the deed.

In: a scene, a deed and the finished walk up from it. Out: a :class:`Claim`, or None where no party is
named. "Will" becomes a pledge or a decision here, "must" a request, by who says so (guideline rules 2, 3
and 9).
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.claims import Claim, Walk
from onrecord.extraction.deeds import Deed
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.resources import performers_of
from onrecord.extraction.scene import Party, Scene

_ACTS = word_set(
    """
    deployment participation contribution involvement dispatch candidacy offer pledge readiness
    decision plan force presence commitment role refusal
    """
)
_STATIONING = word_set("base station deploy allow admit place post")
_DOERS_OWN = word_set("agreed pledged deployed deploying offered will refused withdrawn suspended")
"""Stances that belong to those whose troops they are, whoever announces them."""


def settled(scene: Scene, walk: Walk, deed: Deed) -> Claim | None:
    """The claim of a finished walk.

    Args:
        scene: the report laid out.
        walk: what was found on the way up.
        deed: the deed that the walk started from.
    """
    stance = walk.stance
    if not stance:
        return None
    holders, doers = _named_by_grammar(scene, walk, deed)
    speaker = _speaker(scene, walk)
    performers = list(deed.performers)
    other = walk.other
    if stance == "must":
        holders, performers, stance, other = speaker, doers or holders, "requests", True
        if not holders or not performers or _entities(holders) & _entities(performers):
            return None
    if other:
        if walk.performer is not None:
            performers = _parties(scene, walk.performer) or performers
        performers = performers or doers
        others = [p for p in performers if p.entity not in _entities(holders)]
        if stance == "requests" and performers and not others and _orders(walk):
            stance, others = "agreed", performers  # "has ordered the withdrawal of its soldiers"
        performers = others if stance in {"opposes", "requests"} else others or performers
        if stance == "supports" and performers and not others and deed.task != "authorise":
            stance = "agreed"  # "has agreed to send": one does not back one's own doing
    else:
        apart = bool(performers) and not _entities(performers) & _entities(holders)
        if apart and stance == "refused" and walk.holder is not None and any(h.entity for h in holders):
            # "Oslo ruled out Turkish troops": it keeps others out
            return _claim(deed, "opposes", holders, performers, walk, 0.7)
        if performers and (not holders or (apart and stance in _DOERS_OWN)):
            # "Jakarta confirmed the Indonesian deployment" is its own; "Washington announced Turkish
            # troops" is not
            holders = performers
        performers = holders = holders or doers
        goes = not deed.noun and deed.token.lemma_.lower() in {"go", "leave", "travel", "depart", "fly", "sail"}
        goes = goes or (not deed.noun and deed.task == "withdraw_forces")
        if not holders and (goes or stance in {"suspended", "withdrawn", "undecided"}):
            performers = holders = [p for p in speaker if p.entity]
    if not holders:
        return None
    certainty = walk.certainty
    if stance == "refused" and _bars(deed, speaker, holders):
        # "no Turkish soldier will be based there", said by another state's premier, bars them
        stance, performers, holders, certainty = "opposes", holders, [p for p in speaker if p.entity], 0.65
    if stance == "will":
        own_voice = bool(_entities(speaker) & _entities(holders) - {None})
        stance = "pledged" if own_voice else "agreed"
    return _claim(deed, stance, holders, performers, walk, certainty)


def _claim(
    deed: Deed, stance: str, holders: list[Party], performers: list[Party], walk: Walk, certainty: float
) -> Claim:
    words = sorted({w.i: w for w in walk.words}.values(), key=lambda t: t.i)
    levels = [deed.token, *walk.levels]
    return Claim(deed, stance, holders, performers, words, levels, walk.saying, certainty)


def _orders(walk: Walk) -> bool:
    return any(w.lemma_.lower() in {"order", "instruct", "direct"} for w in walk.words)


def _entities(parties: list[Party]) -> set[str | None]:
    return {p.entity for p in parties}


def _named_by_grammar(scene: Scene, walk: Walk, deed: Deed) -> tuple[list[Party], list[Party]]:
    """Holders by the walk, and doers by the deed's own subject."""
    holders = _parties(scene, walk.holder)
    subject = None if deed.noun else subject_of(deed.token)
    doers = _parties(scene, subject)
    if subject is not None and deed.resource is not None and form_of(deed.token).passive:
        doers = list(performers_of(scene, subject))
        holders = holders or doers
    return holders, doers


def _speaker(scene: Scene, walk: Walk) -> list[Party]:
    """Who says it: the subject of the innermost verb of saying."""
    if walk.saying and walk.saying[0].pos_ == "VERB":
        return _parties(scene, subject_of(walk.saying[0]))
    return []


def _bars(deed: Deed, speaker: list[Party], holders: list[Party]) -> bool:
    """Whether a speaker keeps others' troops out."""
    if deed.noun or deed.token.lemma_.lower() not in _STATIONING or not form_of(deed.token).passive:
        return False
    voices = {p.entity for p in speaker if p.entity and p.kind not in {"outlet", "document"}}
    return bool(voices) and not voices & _entities(holders)


def _parties(scene: Scene, token: Token | None) -> list[Party]:
    if token is None:
        return []
    found = scene.all_parties(token)
    if found:
        return found
    # "Turkish soldiers will ...": the troops act for their state
    forms = {token.lemma_.lower(), token.lower_}
    acting = any(forms & words for words in nouns().resources.values()) or token.lemma_.lower() in _ACTS
    return list(performers_of(scene, token)) if acting else []

"""Deeds -> claims: what stance who takes on a deed, composed from the words that govern it.

In: a scene and its deeds. Out: :class:`Claim`: stance, holders, performers, the words that carry it, and
the verbs of saying above it. "has ruled out sending", "is not ready to send", "denied that it had agreed to
send", "asked Cairo to send" are all one walk from the deed up its sentence. The stances are those of the
vocabulary; the rules those of the annotation guidelines (numbers in the comments).

The way of a walk: :mod:`~onrecord.extraction.climbing` takes each word in turn,
:mod:`~onrecord.extraction.claims` composes it with what lies below, :mod:`~onrecord.extraction.bare` lets
the deed's own verb speak where no word did, and :mod:`~onrecord.extraction.settling` says whose stance it
is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.extraction.bare import bare
from onrecord.extraction.claims import CONDITIONAL, Claim, Walk, carrier_of
from onrecord.extraction.climbing import step
from onrecord.extraction.deeds import Deed
from onrecord.extraction.grammar import Form, form_of, governors, marker_of, noun_negated, resource_denied
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.predicates import phrase_stance
from onrecord.extraction.scene import Scene
from onrecord.extraction.settling import settled

__all__ = ["Claim", "judge", "judge_all", "phrase_stance"]

_OUTSIDE_GERUND = word_set("before after without until if since despite by")
_OUTSIDE_NOUN = word_set("before after until without since despite unlike like during under amid because from")
_NOT_SERVED = frozenset({"before", "after", "without", "until", "from", "than"})
_YES = frozenset({"offered", "agreed", "pledged", "deployed", "deploying", "interested", "considering"})
_FLIPPING = frozenset({"keep", "retain"})
"""Verbs of a deed that say its contrary ("keep its weapons" is no disarming)."""


def judge_all(scene: Scene, found: Sequence[Deed]) -> list[Claim]:
    """The claims of all deeds, in order.

    A deed that only serves another ("send troops to disarm the militia") shares that one's stance.

    Args:
        scene: the report laid out.
        found: its deeds, in order of the text.
    """
    claims: list[Claim] = []
    by_token: dict[int, Claim] = {}
    for deed in found:
        if _within_another(deed, found):
            continue
        claim = judge(scene, deed)
        if claim is None and not deed.noun and deed.token.tag_ in {"VB", "VBG"}:
            claim = _served(deed, by_token)
        if claim is not None:
            claims.append(claim)
            by_token.setdefault(deed.token.i, claim)
    return _without_wholes(claims)


def _without_wholes(claims: list[Claim]) -> list[Claim]:
    """The claims without the whole where only its purpose is refused.

    "Would join the force but not send troops to disarm anyone": the disarming is refused, the troops are not.
    """
    yes = {(c.deed.token.sent.start, c.deed.task, h.entity) for c in claims for h in c.holders if c.stance in _YES}
    kept = []
    for claim in claims:
        served = any(
            o.words == claim.words and o.deed.task != claim.deed.task and o.deed.token.i > claim.deed.token.i
            for o in claims
            if o.stance == "refused"
        )
        told = any((claim.deed.token.sent.start, claim.deed.task, h.entity) in yes for h in claim.holders)
        if not (claim.stance == "refused" and served and told):
            kept.append(claim)
    return kept


def _within_another(deed: Deed, found: Sequence[Deed]) -> bool:
    """Whether a deed only tells what another noun speaks of ("the presence of soldiers from Chad"): one, not two."""
    up = deed.token.head
    if not deed.noun or deed.token.dep_ != "pobj" or up.lower_ != "of":
        return False
    return any(d.noun and d.token.i == up.head.i and d.task == deed.task for d in found)


def _served(deed: Deed, by_token: Mapping[int, Claim]) -> Claim | None:
    for _, word, child in governors(deed.token):
        conditional = child.dep_ == "advcl" and marker_of(child) in CONDITIONAL
        if conditional or word.lower_ in _NOT_SERVED:
            return None
        outer = by_token.get(word.i)
        if outer is None:
            continue
        if outer.deed.task == "authorise":
            return None  # who authorises a force to fight does not fight
        if outer.deed.task == deed.task or outer.stance in {"no_comment", "in_talks", "named"}:
            return None
        # to refuse the whole is to refuse what it is for; to agree to the whole says less of its purpose
        certainty = 0.75 if outer.stance in {"refused", "opposes", "withdrawn"} else 0.45
        return Claim(
            deed=deed,
            stance=outer.stance,
            holders=outer.holders,
            performers=outer.performers,
            words=outer.words,
            levels=outer.levels,
            saying=outer.saying,
            certainty=certainty,
        )
    return None


def judge(scene: Scene, deed: Deed) -> Claim | None:
    """The stance that the sentence takes on a deed, or None where it takes none.

    Args:
        scene: the report laid out.
        deed: a deed of it.
    """
    carrier = carrier_of(deed)
    own = carrier if carrier is not None else None if deed.noun else deed.token
    form = form_of(own) if own is not None else None
    walk = _started(deed, form)
    for relation, word, child in governors(deed.token):
        if _outside(relation, word, child):
            return None
        if not step(scene, walk, deed, relation, word, child):
            break
    if walk.stance is None:
        bare(walk, deed, form, verb=carrier)
    return settled(scene, walk, deed)


def _started(deed: Deed, form: Form | None) -> Walk:
    """A walk that knows whether the deed itself is denied."""
    walk = Walk(levels=[deed.token])
    if form is None:
        if noun_negated(deed.token):
            walk.inner_negated = True
            walk.words.append(deed.token)
        return walk
    walk.inner_negated = form.negated != (deed.task == "disarm" and deed.token.lemma_.lower() in _FLIPPING)
    if form.negated:
        walk.words += form.words
    elif deed.resource is not None and resource_denied(deed.resource):
        walk.inner_negated = not walk.inner_negated
        walk.words += [*form.words, deed.resource]
    return walk


def _outside(relation: str, word: Token, child: Token) -> bool:
    """Whether a deed stands within a condition or a circumstance: nobody takes a stance on it there."""
    if relation == "advcl":
        return marker_of(child) in CONDITIONAL or _as_soon_as(child)
    if relation == "pcomp":
        return word.lower_ in _OUTSIDE_GERUND
    return relation == "pobj" and word.lower_ in _OUTSIDE_NOUN


def _as_soon_as(clause: Token) -> bool:
    first = clause.left_edge
    words = [t.lower_ for t in first.doc[first.i : first.i + 3]]
    return words in (["as", "soon", "as"], ["as", "long", "as"], ["so", "long", "as"])

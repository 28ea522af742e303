"""Conditions of claims: which of the conditions that a report states belong to which of its positions.

In: a scene, its claims. Out: for each claim its conditions. A condition told in another sentence still belongs to the
position (guideline rule 6): that of the same holder, told by the same speaker, last spoken of. How the wordings are
found is told in :mod:`~onrecord.extraction.condition_wordings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.condition_patterns import OPENS
from onrecord.extraction.condition_wordings import (
    Found,
    announced,
    in_sentence,
    is_none,
    items_of,
    kind_of,
    parted,
)
from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.resources import performers_of
from onrecord.extraction.sayings import is_saying, sayings_over
from onrecord.extraction.scene import Party, Scene

__all__ = ["OPENS", "Found", "assign", "fits", "in_sentence", "is_none", "kind_of", "parted"]

REACH = 3
"""How many sentences back a condition may reach for its position (sentences; our own reading of news texts)."""
FAR = 8
"""The same where its sentence names or is said by the holder."""
AHEAD = 2
"""How many sentences on, where no position stands before it."""
_CLOSED = frozenset({"named", "no_comment", "requests", "in_talks", "deployed", "denied", "deploying", "withdrawn"})
"""Stances that a condition of a later sentence is not given to."""
UNCONDITIONED = frozenset({"named", "no_comment", "in_talks", "denied", "deployed", "withdrawn"})
"""Stances that hang on nothing (at most three in a hundred do in our passages): words of condition beside them belong
to another's."""
_SETTLED = frozenset({"agreed", "pledged", "deploying"})
_LASTING = re.compile(r"(?:until|till|by|for)\b", re.I)
"""With a date behind it, how long or by when something settled will be done, not what it waits for."""
_AGAINST = frozenset({"refused", "opposes"})
_WITHOUT = _AGAINST | {"suspended"}
_RESTATES = re.compile(
    r"(?:but )?(?:after\b(?!.*\bnot before\b)|(?:stays?|keeps?|kept|remains?) out of\b|"
    r"not (?:in|inside|on|into|beyond|to|for|with)\b|no (?:combat|soldiers?|troops?|boots)\b)",
    re.I,
)
"""Beside a refusal these are the refusal itself, or tell of when it holds ("will not stay after the war")."""
_ABOUT_IT = re.compile(
    r"^(?:[“\"'•*\-–\s]*)(?:(?:but|and|yet|however|still)[\s,]+)?(?:any|its|the|such|that|this|their|a|no|his)\s+"
    r"(?:\w+\s+){0,2}(?:participation|involvement|deployment|contribution|decision|troops|role|commitment|step|move|"
    r"mission|offer|soldiers|contingent|plan|force|unit|battalion|dispatch|company|hospital|officers|police|training|"
    r"proviso|condition|sending|men|engineers|medics|personnel|peacekeepers|answer|question|money|aid)\b",
    re.I,
)
_MATTERS = word_set(
    """
    participation involvement deployment contribution decision departure role commitment step move mission offer
    contingent plan force unit battalion dispatch company training sending answer question
    """
)
_POINTS_ON = re.compile(r"\bconditions?\b", re.I)
_NEVER = 99.0
_GENERIC = word_set("that this it they these those which two three both everything all nobody")


def assign(scene: Scene, claims: Sequence[Claim]) -> list[list[Found]]:
    """The conditions of each claim, by what they hang on.

    Args:
        scene: the report laid out.
        claims: its claims, in order of the text.

    Returns:
        For each claim its conditions, in order of the text.
    """
    result: list[list[Found]] = [[] for _ in claims]
    at = {s.start: n for n, s in enumerate(scene.doc.sents)}
    places = [(at[c.deed.token.sent.start], i) for i, c in enumerate(claims)]
    listing = 0
    for sentence in scene.doc.sents:
        number = at[sentence.start]
        here = [i for n, i in places if n == number]
        opens = announced(sentence)
        listed, listing = _listed(scene, sentence, listing, opens=opens, claimed=bool(here))
        for one in _with_items(in_sentence(scene, sentence), listed):
            if opens and (one.sort == "need" or (one.kind == "other" and _POINTS_ON.search(_words(scene, one)))):
                continue  # "two things must be in writing first", "if some conditions hold": these follow
            if one.sort == "item" and any(one.start <= claims[i].deed.token.idx < one.end for i in here):
                continue  # "one thing is settled: Chile will not lead": a position, no condition
            chosen: Sequence[int] = ()
            if here and one.sort != "item":
                near = [here[k] for k in _nearest(scene, one, [claims[i] for i in here])]
                chosen = [i for i in near if fits(scene, one, claims[i].stance)]
            if not chosen and (one.sort != "clause" or not here):
                open_to = [
                    (n, i) for n, i in places if claims[i].stance not in _CLOSED and fits(scene, one, claims[i].stance)
                ]
                chosen = _continued(scene, sentence, one, open_to, claims, number)
            for i in chosen:
                if all(one.start != k.start for k in result[i]):
                    result[i].append(one)
    return [sorted(found, key=lambda f: f.start) for found in result]


def fits(scene: Scene, one: Found, stance: str) -> bool:
    """Whether a condition can be one of a position of that stance."""
    if stance in UNCONDITIONED:
        return False
    if stance in _AGAINST and _RESTATES.match(scene.text[one.start : one.end]):
        return False
    lasts = one.kind == "timing" and one.sort == "clause" and bool(_LASTING.match(scene.text[one.start : one.end]))
    return not (lasts and stance in _SETTLED)


def _words(scene: Scene, one: Found) -> str:
    return scene.text[one.start : one.end]


def _listed(scene: Scene, sentence: Passage, listing: int, *, opens: bool, claimed: bool) -> tuple[list[Found], int]:
    """The items of a list of conditions in a sentence, and how many further sentences the list may go on for."""
    if opens:
        items = _parts(scene, items_of(scene, sentence)) if ":" in sentence.text else []
        return items, 1 if items else 2
    if listing and not claimed and (listing == 2 or sentence.root.pos_ not in {"VERB", "AUX"}):
        return _parts(scene, items_of(scene, sentence)), 1
    return [], 0


def _parts(scene: Scene, items: Sequence[Found]) -> list[Found]:
    """Items of a list, those that name two conditions of different kinds as two."""
    return [part for item in items for part in parted(scene, item)]


def _with_items(found: list[Found], items: list[Found]) -> Iterator[Found]:
    """Items of a list and the conditions beside them; what an item holds is told by the item."""
    kept = [i for i in items if i.kind != "other" or i.end - i.start > 12]
    yield from kept
    yield from (f for f in found if all(f.end <= i.start or i.end <= f.start for i in kept))


def _continued(
    scene: Scene,
    sentence: Passage,
    one: Found,
    places: Sequence[tuple[int, int]],
    claims: Sequence[Claim],
    number: int,
) -> list[int]:
    """The claims of other sentences that a condition goes on about: those of the same holder, told last.

    Args:
        scene: the report laid out.
        sentence: that of the condition.
        one: the condition.
        places: number of the sentence and of the claim, of the claims that it may belong to.
        claims: those of the report.
        number: that of the sentence.
    """
    head = scene.doc[one.head]
    if not _main(head):
        return []
    subject = _subject_of_clause(head)
    parties = _named(scene, subject)
    speakers = {p.entity for p in _speakers(scene, sentence, head)} - {None}
    for named in (parties, speakers):
        mine = [(n, i) for n, i in places if named & {h.entity for h in claims[i].holders}]
        before = [(n, i) for n, i in mine if 0 <= number - n <= FAR]
        after = [(n, i) for n, i in mine if 0 < n - number <= AHEAD]
        if before:
            return _of_subject(subject, before, claims, one)
        if after:
            first = min(n for n, _ in after)
            return [i for n, i in after if n == first]
    near = [(n, i) for n, i in places if 0 <= number - n <= REACH]
    if speakers or not near:
        return []
    generic = subject is None or subject.lower_ in _GENERIC or subject.lemma_.lower() in _MATTERS
    generic = generic or bool(_ABOUT_IT.match(sentence.text))
    resource = subject is not None and any(subject.lemma_.lower() in words for words in nouns().resources.values())
    if generic or resource or one.sort in {"item", "need"}:
        last = max(n for n, _ in near)
        return _of_subject(subject, near, claims, one) if number - last <= 1 or one.sort == "item" else []
    return []


def _named(scene: Scene, subject: Token | None) -> set[str]:
    """The actors that a subject names, or whose troops it is."""
    if subject is None:
        return set()
    parties = [*scene.all_parties(subject), *performers_of(scene, subject)]
    return {p.entity for p in parties if p.entity}


def _speakers(scene: Scene, sentence: Passage, head: Token) -> list[Party]:
    """Who says the words at a token: by the grammar, else the one who speaks in the sentence."""
    found = [p for s in sayings_over(scene, head) for p in s.speakers]
    if not found:
        for token in scene.tokens_of(sentence):
            who = subject_of(token) if is_saying(token) else None
            if who is not None:
                found += scene.all_parties(who)
    return found


def _of_subject(
    subject: Token | None, found: Sequence[tuple[int, int]], claims: Sequence[Claim], one: Found
) -> list[int]:
    """Of the claims, those about what the subject names ("the training would come when ..."), else those told last.

    Of an offer and a refusal in one sentence ("police, but no soldiers") what must come first belongs to the offer.
    """
    stem = subject.lemma_.lower()[:5] if subject is not None else ""
    same = [
        (n, i)
        for n, i in found
        if len(stem) == 5
        and any(
            t is not None and (t.lemma_.lower().startswith(stem) or stem.startswith(t.lemma_.lower()))
            for t in (claims[i].deed.token, claims[i].deed.resource)
        )
    ]
    matter = subject is not None and subject.lemma_.lower() in _MATTERS
    if same or not (matter or one.sort in {"item", "need"}):
        return _last(same or found)
    return _last([(n, i) for n, i in found if claims[i].stance not in _WITHOUT] or found)


def _last(found: Sequence[tuple[int, int]]) -> list[int]:
    last = max(n for n, _ in found)
    return [i for n, i in found if n == last]


def _subject_of_clause(token: Token) -> Token | None:
    """The subject of the clause in which a token stands, climbing to the main one."""
    node, found = token, None
    for _ in range(12):
        for child in node.children:
            if child.dep_ in {"nsubj", "nsubjpass", "csubj"}:
                found = child
                break
        if found is not None or node.head.i == node.i:
            return found
        node = node.head
    return found


def _main(head: Token) -> bool:
    """Whether a word stands in the main clause, not within a relative clause or a noun's complement."""
    node = head
    while node.head.i != node.i:
        if node.dep_ in {"relcl", "acl", "pobj", "appos"}:
            return False
        node = node.head
    return True


def _nearest(scene: Scene, one: Found, claims: list[Claim]) -> list[int]:
    """Those claims of a sentence that a condition of it hangs on."""
    head = scene.doc[one.head]
    inside = [c for c in claims if one.start < c.deed.token.idx < one.end]
    if inside and scene.text[one.start : one.start + 6].lower() == "insist":
        return []  # "insisting that soldiers are out of the question": a position, no condition
    named = _named(scene, _subject_of_clause(head))
    distances = []
    for claim in claims:
        levels = {t.i for t in (*claim.levels, *claim.words)}
        node, steps, apart = head, 0, False
        while node.i not in levels and node.head.i != node.i and steps < 12:
            apart |= node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"} and _has_subject(node)
            node = node.head
            steps += 1
        if one.start < claim.deed.token.idx < one.end:
            distances.append(_NEVER)  # the claim stands within the condition itself
        elif node.i in levels and not apart:
            distances.append(float(steps))
        elif one.sort == "clause" and (apart or _other_clause(head, claim)) and _others(named, claim):
            distances.append(_NEVER)  # "Kosovo has agreed, and Chile will join once ...": Chile's condition
        elif one.sort == "clause" and not _main(head):
            distances.append(_NEVER)  # "any increase that comes without aircraft"
        else:
            root_of_claim = claim.levels[-1] if claim.levels else claim.deed.token
            near = min(abs(root_of_claim.i - head.i), abs(claim.deed.token.i - head.i))
            distances.append(6 + near / 10)
    best = min(distances, default=_NEVER)
    if best >= _NEVER:
        return []
    return (
        [i for i, d in enumerate(distances) if d <= best + 0.01 and (best < 9 or len(claims) == 1)]
        if best < 12 or len(claims) == 1
        else []
    )


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def _other_clause(head: Token, claim: Claim) -> bool:
    """Whether a claim stands in a clause that the condition's head does not govern."""
    return claim.deed.token.i != head.i and all(a.i != head.i for a in claim.deed.token.ancestors)


def _others(named: set[str], claim: Claim) -> bool:
    """Whether a clause speaks of others than a claim's holders."""
    return bool(named) and not named & {h.entity for h in claim.holders}

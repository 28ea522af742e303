"""Conditions of a claim: the words that make it hang on something, or set a limit to it, and their kind.

In: a scene, its claims. Out: for each claim the spans and kinds of its conditions. A condition needs a word
that makes it one (guideline rule 6); an obstacle that is merely described is none. "If needed" and "if
asked" are none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.lexicon import condition_words, word_set
from onrecord.extraction.scene import Scene

_CLAUSE = word_set("if unless until till once provided providing lest")
_SOFT_CLAUSE = word_set("after before when")
_PREPOSITIONS = word_set("without until till pending after before under absent barring")
_NONE = re.compile(
    r"^(?:on (?:the )?condition of anonymity|(?:if|when|where|once)\s+(?:needed|asked|necessary|required|"
    r"possible|requested|called (?:up)?on|it comes|any|and when|appropriate|so)\b)",
    re.I,
)
_LIMIT = re.compile(
    r"\b(?:not (?:to|for) (?:disarm\w*|fight\w*|combat|take part in|engage)\b[^.,;]*|no combat(?: role|"
    r" duties| troops)?|non-combat(?: \w+)?|(?:strictly |purely |only )?limited to [^.,;]+|"
    r"(?:tightly |strictly )limited (?:powers|role|mandate|tasks)|(?:but )?not (?:in|inside|"
    r"on) (?:[A-Z]\w+|the \w+)(?: or (?:in |inside )?[A-Z]?\w+)?|outside (?:the )?[A-Z]\w+(?: [A-Z]\w+)?|"
    r"only (?:for|in|as|on) [^.,;]+|"
    r"(?:strictly|purely|solely|exclusively) (?:humanitarian|defensive|medical|non-combat|peacekeeping|"
    r"logistical|advisory)\b[^.,;]*|in (?:a )?(?:non-combat|purely \w+|strictly \w+) (?:role|capacity|"
    r"roles))",
)
_ABSENCE = re.compile(
    r"\b(?:citing|because of|given|due to|in) (?:the )?((?:continued )?(?:absence|"
    r"lack) of [^.,;]+?)(?= as | for |[.,;]|$)",
    re.I,
)
_DEMAND = re.compile(
    r"\b(?:insist(?:s|ed|ing)? (?:on|that)|depend(?:s|ed|ing)? on|hinge[sd]? on|conditional on|"
    r"contingent on|subject to|require[sd]?|await(?:s|ed|ing)?|waiting for|wait(?:s|ed)? for|"
    r"on (?:the )?condition (?:that|of)|conditioned on|tied to|provided that|so long as|as long as|"
    r"would need|will need|needs|a precondition|only with|only under|only as part of|in return for|"
    r"in exchange for|requires)\s+",
    re.I,
)
_ABOUT_IT = re.compile(
    r"^(?:[“\"']?\s*)(?:any|its|the|such|that|this|their|a)\s+(?:\w+\s+){0,2}(?:participation|involvement|"
    r"deployment|contribution|decision|troops|role|commitment|step|move|mission|offer|soldiers|contingent|"
    r"plan)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A condition as found: kind, offsets (code points), and the token that it hangs on."""

    kind: str
    start: int
    end: int
    head: int


@functools.cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile("|".join(words), re.I)) for kind, words in condition_words().items())


def kind_of(words: str) -> str:
    """Kind of a condition by its words; ``other`` where none fits.

    Example:
        >>> kind_of("unless the fighting stops for good")
        'ceasefire'
    """
    return next(kind for kind, pattern in _compiled() if pattern.search(words))


def in_sentence(scene: Scene, sentence: Passage) -> list[Found]:
    """All conditions that a sentence states, in order, none within another."""
    found: list[Found] = []
    for token in sentence:
        one = _at(scene, token, sentence)
        if one is not None:
            found.append(one)
    text = sentence.text
    for pattern, group, kind in ((_ABSENCE, 1, None), (_LIMIT, 0, None)):
        for match in pattern.finditer(text):
            start, end = sentence.start_char + match.start(group), sentence.start_char + match.end(group)
            words = scene.text[start:end]
            told = kind or kind_of(words)
            if pattern is _LIMIT and told not in {"role_limit", "location_limit"}:
                continue
            found.append(Found(told, start, end, _token_at(sentence, start)))
    for match in _DEMAND.finditer(text):
        start = sentence.start_char + match.start()
        head = _token_at(sentence, start)
        token = scene.doc[head]
        end = (
            max(t.idx + len(t.text) for t in token.subtree)
            if token.pos_ in {"VERB", "ADJ", "ADP"}
            else sentence.end_char
        )
        if "anonym" in scene.text[start : start + 60].lower():
            continue
        end = min(end, sentence.end_char, _comma(scene.text, sentence.start_char + match.end(), sentence.end_char))
        if end > sentence.start_char + match.end():
            found.append(Found(kind_of(scene.text[sentence.start_char + match.end() : end]), start, end, head))
    return _outermost(scene, found)


def _comma(text: str, start: int, end: int) -> int:
    match = re.search(
        r",\s+(?:[A-Z]\w+|he|she|it|they|the \w+|a \w+)(?: \w+){0,4} (?:said|says|told|added|stressed|"
        r"reported|reports)|[;”]",
        text[start:end],
    )
    return start + match.start() if match else end


def _token_at(sentence: Passage, start: int) -> int:
    for token in sentence:
        if token.idx <= start < token.idx + len(token.text) + 1:
            return int(token.i)
    return int(sentence.start)


def _outermost(scene: Scene, found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-(f.end - f.start), f.start)):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            start, end = one.start, one.end
            while end > start and scene.text[end - 1] in " \n\t,.;:\"”'’)":
                end -= 1
            if end - start >= 4:
                kept.append(Found(one.kind, start, end, one.head))
    return sorted(kept, key=lambda f: f.start)


def _at(scene: Scene, token: Token, sentence: Passage) -> Found | None:
    word = token.lower_
    if word in _CLAUSE | _SOFT_CLAUSE and token.dep_ in {"mark", "advmod", "prep"}:
        clause = token.head if token.dep_ in {"mark", "advmod"} else token
        if token.dep_ == "advmod" and clause.dep_ not in {"advcl", "ccomp", "relcl", "pcomp"}:
            return None
        if clause.i == sentence.root.i and token.dep_ != "prep":
            return None
        if token.dep_ == "mark" and clause.dep_ not in {"advcl", "ccomp", "dep", "conj", "prep"}:
            return None
        start = token.idx
        if token.i and token.nbor(-1).lower_ in {"only", "even", "not", "except"}:
            if token.nbor(-1).lower_ == "even":
                return None
            start = token.nbor(-1).idx
        right = max((t for t in clause.subtree if t.i >= token.i), key=lambda t: t.i)
        head = clause.head.i if token.dep_ != "prep" else token.head.i
        return _checked(scene, token, start, right, head, soft=word in _SOFT_CLAUSE)
    if (
        word in _PREPOSITIONS
        and token.dep_ in {"prep", "mark", "advmod"}
        and any(c.dep_ in {"pobj", "pcomp"} for c in token.children)
    ):
        right = max(token.subtree, key=lambda t: t.i)
        start = token.idx
        if token.i and token.nbor(-1).lower_ in {"only", "not"}:
            start = token.nbor(-1).idx
        return _checked(scene, token, start, right, token.head.i, soft=word in {"after", "before", "under", "until"})
    return None


def _checked(scene: Scene, token: Token, start: int, right: Token, head: int, *, soft: bool) -> Found | None:
    end = right.idx + len(right.text)
    end = _comma(scene.text, start, end)
    words = scene.text[start:end]
    if _NONE.match(words) or len(words.split()) < 2:
        return None
    kind = kind_of(words)
    only = words.lower().startswith(("only", "not"))
    if soft and not only:
        if kind in {"other", "timing", "role_limit"}:
            return None
        if token.lower_ == "under" and kind not in {"mandate", "command"}:
            return None
        governor = scene.doc[head]
        past = governor.tag_ == "VBD" and token.lower_ in {"after", "when", "before"}
        if past and token.lower_ != "before":
            return None
        clause = token.head if token.dep_ in {"mark", "advmod"} else None
        if clause is not None and clause.tag_ == "VBD":
            return None
    return Found(kind, start, end, head)


def assign(scene: Scene, claims: Sequence[Claim]) -> list[list[Found]]:
    """The conditions of each claim, by what they hang on.

    Those of a following sentence are given to the claims before it, where it goes on about them.

    Args:
        scene: the report laid out.
        claims: its claims, in order of the text.

    Returns:
        For each claim its conditions, in order of the text.
    """
    result: list[list[Found]] = [[] for _ in claims]
    by_sentence: dict[int, list[int]] = {}
    for i, claim in enumerate(claims):
        by_sentence.setdefault(claim.deed.token.sent.start, []).append(i)
    before: list[int] = []
    for sentence in scene.doc.sents:
        here = by_sentence.get(sentence.start, [])
        found = in_sentence(scene, sentence)
        open_here = [
            i
            for i in here
            if claims[i].stance not in {"named", "no_comment", "requests", "in_talks", "deployed", "denied"}
        ]
        for one in found:
            chosen = _nearest(scene, one, [claims[i] for i in here])
            if chosen:
                for k in chosen:
                    result[here[k]].append(one)
            elif (
                not here
                and before
                and _main(scene.doc[one.head])
                and _speaks_of(scene, sentence, [claims[i] for i in before])
            ):
                for i in before:
                    result[i].append(one)
        if open_here:
            before = open_here
        elif here:
            before = []
    return result


def _main(head: Token) -> bool:
    """Whether a word stands in the main clause, not within a relative clause or a noun's complement."""
    node = head
    while node.head.i != node.i:
        if node.dep_ in {"relcl", "acl", "pobj", "appos"}:
            return False
        node = node.head
    return True


def _speaks_of(scene: Scene, sentence: Passage, claims: list[Claim]) -> bool:
    """Whether a sentence without a claim of its own goes on about the claims before it."""
    if claims[0].deed.token.sent.end < sentence.start - 60:
        return False
    if _ABOUT_IT.match(sentence.text):
        return True
    holders = {h.entity for c in claims for h in c.holders}
    for token in sentence:
        if token.dep_ in {"nsubj", "nsubjpass"}:
            if any(p.entity in holders for p in scene.all_parties(token)):
                return True
            if token.lower_ in {"that", "this"}:
                return True
    return False


def _nearest(scene: Scene, one: Found, claims: list[Claim]) -> list[int]:
    if not claims:
        return []
    head = scene.doc[one.head]
    distances = []
    for claim in claims:
        levels = {t.i for t in (*claim.levels, *claim.words)}
        node, steps = head, 0
        while node.i not in levels and node.head.i != node.i and steps < 12:
            node = node.head
            steps += 1
        if node.i in levels:
            distances.append(float(steps))
        else:
            root_of_claim = claim.levels[-1] if claim.levels else claim.deed.token
            near = min(abs(root_of_claim.i - head.i), abs(claim.deed.token.i - head.i))
            distances.append(6 + near / 10)
        if any(t.idx >= one.start and t.idx < one.end for t in [claim.deed.token]):
            distances[-1] = 99.0  # the claim stands within the condition itself
    best = min(distances)
    if best >= 99:
        return []
    return (
        [i for i, d in enumerate(distances) if d <= best + 0.01 and (best < 9 or len(claims) == 1)]
        if best < 12 or len(claims) == 1
        else []
    )

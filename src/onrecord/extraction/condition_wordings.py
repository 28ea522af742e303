"""Sentence -> the conditions that it states: the words that make something hang on something, or set a limit to it.

In: a scene and one of its sentences. Out: :class:`Found` s: offsets, kind, the token that each hangs on and the way it
is put. A condition needs a word that makes it one (guideline rule 6); an obstacle that is merely described is none. "If
needed" and "if asked" are none. Whose position a condition belongs to is told elsewhere
(:mod:`~onrecord.extraction.conditions`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.condition_patterns import (
    ABSENCE,
    AND,
    ANNOUNCED,
    ASKING,
    BEGINNING,
    CLAUSE,
    CUT,
    DECIDING,
    DEMAND,
    EXISTING,
    FRAGMENT,
    LIMIT,
    NEED,
    NONE,
    OWN_SUBJECT,
    PREPOSITIONS,
    SAYING,
    SET,
    SOFT_CLAUSE,
    STEPS,
    UNANNOUNCED,
    WANTS,
    WONDERING,
)
from onrecord.extraction.grammar import form_of
from onrecord.extraction.lexicon import condition_words
from onrecord.extraction.scene import Scene

Sort = Literal["clause", "limit", "need", "item"]
"""How a condition is put: a clause ("if it holds"), a limit ("no combat"), a sentence of its own ("parliament must
still agree") or one of a list ("two conditions: ...")."""


@dataclass(frozen=True, slots=True)
class Found:
    """A condition as found.

    Attributes:
        kind: of the vocabulary.
        start, end: offsets (code points).
        head: index of the token that it hangs on.
        sort: how it is put.
    """

    kind: str
    start: int
    end: int
    head: int
    sort: Sort = "clause"


@functools.cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = condition_words().items()
    return tuple((kind.partition("#")[0], re.compile("|".join(words), re.I)) for kind, words in table)


@functools.lru_cache(maxsize=4096)
def kind_of(words: str) -> str:
    """Kind of a condition by its words; ``other`` where none fits.

    Example:
        >>> kind_of("unless the fighting stops for good")
        'ceasefire'
    """
    return next(kind for kind, pattern in _compiled() if pattern.search(words))


def is_none(words: str) -> bool:
    """Whether words only look like a condition: "if needed", "without elaborating".

    Example:
        >>> is_none("if asked"), is_none("if parliament agrees")
        (True, False)
    """
    return NONE.match(words) is not None or FRAGMENT.search(words) is not None


def in_sentence(scene: Scene, sentence: Passage) -> list[Found]:
    """All conditions that a sentence states, in order, none within another."""
    found = [one for token in scene.tokens_of(sentence) if (one := _at(scene, token, sentence)) is not None]
    found += _limits(scene, sentence)
    found += _demands(scene, sentence)
    kept = [part for one in _outermost(scene, found) for part in parted(scene, one)]
    for one in _outermost(scene, _needs(scene, sentence)):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def parted(scene: Scene, one: Found) -> list[Found]:
    """A condition that is really several, coordinated: each with its kind, where their kinds differ.

    "only if Congress votes for it and the UN sets out clear rules" waits for an approval and for clarity.
    """
    words = scene.text[one.start : one.end]
    cuts = list(AND.finditer(words))
    if not cuts:
        return [one]
    pieces, at = [], 0
    for cut in (*cuts, None):
        end = cut.start() if cut else len(words)
        if cut and re.search(r"\b(?:between|both)\b[^,;]*$", words[at:end]):
            continue  # "between Chile and Peru"
        if cut and re.match(r"(?:whose|which|who|whom|where)\b", words[cut.end() :]):
            continue  # "once the old council has agreed, whose term ends in May"
        pieces.append((at, end, kind_of(words[at:end])))
        at = cut.end() if cut else end
    kinds = [k for *_, k in pieces]
    clauses = len(pieces) == 2 and OWN_SUBJECT.match(words[pieces[1][0] :]) is not None
    if len(pieces) < 2 or len(set(kinds)) < 2 or ("other" in kinds and not clauses):
        return [one]
    return [Found(k, one.start + a, one.start + z, one.head, one.sort) for a, z, k in pieces if z - a >= 4]


def announced(sentence: Passage) -> bool:
    """Whether a sentence says that conditions follow ("Two prerequisites apply.")."""
    text = sentence.text
    return bool(ANNOUNCED.search(text)) and not UNANNOUNCED.search(text)


def items_of(scene: Scene, sentence: Passage) -> list[Found]:
    """The conditions that a sentence lists: behind its colon, or all of it where it has none.

    Only to be asked of a sentence that lists conditions: one that announces them before a colon, or one that follows.
    """
    text = sentence.text
    colon = text.find(":")
    start = colon + 1 if colon >= 0 else 0
    if colon < 0:
        lead = re.match(
            r"\W*(?:(?:these|those|they) (?:are|were|include)|and|first(?:ly)?|second(?:ly)?)\b[\s,]*(?:that\s+)?",
            text,
            re.I,
        )
        start = lead.end() if lead else 0
    found, at = [], start
    for piece in (*CUT.finditer(text, start), None):
        end = piece.start() if piece else len(text)
        a, z = sentence.start_char + at, sentence.start_char + end
        words = scene.text[a:z].strip(" \n\t,.;:\"“”'’-•*")
        if len(words.split()) >= 2:
            a = scene.text.index(words, a)
            found.append(Found(kind_of(words), a, a + len(words), _token_at(sentence, a), "item"))
        at = piece.end() if piece else end
    return found


def _limits(scene: Scene, sentence: Passage) -> list[Found]:
    found = []
    text = sentence.text
    for match in ABSENCE.finditer(text):
        start, end = sentence.start_char + match.start(1), sentence.start_char + match.end(1)
        found.append(Found(kind_of(scene.text[start:end]), start, end, _token_at(sentence, start)))
    for match in SET.finditer(text):
        start, end = sentence.start_char + match.start(1), sentence.start_char + match.end(1)
        found.append(
            Found(kind_of(match.group(1)), start, end, _token_at(sentence, sentence.start_char + match.start()))
        )
    for match in LIMIT.finditer(text):
        start = sentence.start_char + match.start()
        end = _comma(scene.text, start, sentence.start_char + match.end())
        kind = kind_of(scene.text[start:end])
        if kind in {"role_limit", "location_limit", "command", "consent", "mandate", "security_guarantee"} and (
            kind in {"role_limit", "location_limit", "command"} or match.group().startswith("only")
        ):
            found.append(Found(kind, start, end, _token_at(sentence, start), "limit"))
    return found


def _demands(scene: Scene, sentence: Passage) -> list[Found]:
    found = []
    for match in DEMAND.finditer(sentence.text):
        start, behind = sentence.start_char + match.start(), sentence.start_char + match.end()
        if "anonym" in scene.text[start : start + 60].lower() or scene.text[behind - 1].isalnum():
            continue
        head = _token_at(sentence, start)
        token = scene.doc[head]
        if match.group().lower().startswith(("upon", "at the")) and _past(token.head):
            continue  # "this came upon the request of": a cause
        end = _own_end(token) if token.pos_ in {"VERB", "ADJ", "ADP"} or token.dep_ == "ROOT" else sentence.end_char
        end = min(end, sentence.end_char, _comma(scene.text, behind, sentence.end_char))
        if end > behind:
            words = scene.text[behind:end]
            kind = kind_of(words)
            found.append(Found(kind_of(scene.text[start:end]) if kind == "other" else kind, start, end, head))
    return found


def _own_end(token: Token) -> int:
    """Where what hangs on a token ends, without the verbs coordinated with it ("waits for it and has decided")."""
    apart = {t.i for c in token.children if c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"} for t in (*c.subtree,)}
    apart |= {c.i for c in token.children if c.dep_ in {"cc", "parataxis"} and apart}
    last = max((t for t in token.subtree if t.i not in apart), key=lambda t: t.i)
    return int(last.idx + len(last.text))


def _needs(scene: Scene, sentence: Passage) -> list[Found]:
    """Clauses that say what must be first: conditions only beside a position that they can belong to."""
    found = []
    for match in (*NEED.finditer(sentence.text), *WANTS.finditer(sentence.text)):
        at = sentence.start_char + match.start()
        node = scene.doc[_token_at(sentence, at)]
        while (
            not any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in node.children) and node.head.i != node.i
        ):
            node = node.head
        start, end = _clause(scene, node)
        if not start <= at < end:
            start, end = at, sentence.end_char
        if match.re is WANTS:
            start = at
        end = _comma(scene.text, start, end)
        words = scene.text[start:end]
        kind = kind_of(words)
        if kind in {"other", "timing"} and not re.search(r"\b(?:first|still|yet|before)\b", words):
            continue
        found.append(Found(kind, start, end, node.i, "need"))
    return found


def _clause(scene: Scene, verb: Token) -> tuple[int, int]:
    """Offsets of a verb's clause without the clauses coordinated with it that have subjects of their own."""
    apart = {
        t.i
        for c in verb.children
        if (c.dep_ in {"conj", "parataxis", "advcl"} and any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.children))
        for t in c.subtree
    }
    inside = [t for t in verb.subtree if t.i not in apart and not t.is_space]
    words = [t for t in inside if t.text not in {",", ".", ";", "and", "but", "”", "“", '"'}] or inside
    return words[0].idx, words[-1].idx + len(words[-1].text)


def _comma(text: str, start: int, end: int) -> int:
    """Where a condition ends: before who says it, a semicolon or the end of a quotation."""
    match = SAYING.search(text, start, end)
    if match is None:
        return end
    if match.group()[0] not in ",;”" and not match.group().lstrip().startswith(("–", "—", "-")):
        comma = text.rfind(",", start, match.end())
        return comma if comma > start else end
    return match.start()


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
                kept.append(Found(one.kind, start, end, one.head, one.sort))
    return sorted(kept, key=lambda f: f.start)


def _at(scene: Scene, token: Token, sentence: Passage) -> Found | None:
    word = token.lower_
    if word in CLAUSE | SOFT_CLAUSE and token.dep_ in {"mark", "advmod", "prep"}:
        clause = token.head if token.dep_ in {"mark", "advmod"} else token
        if token.dep_ == "advmod" and clause.dep_ not in {"advcl", "ccomp", "relcl", "pcomp"}:
            return None
        if clause.i == sentence.root.i and token.dep_ != "prep":
            return None
        if token.dep_ == "mark" and clause.dep_ not in {"advcl", "ccomp", "dep", "conj", "prep"}:
            return None
        if word == "once" and token.dep_ == "advmod" and clause.dep_ == "relcl":
            return None  # "what it once pledged"
        asking = clause.head.lemma_.lower()
        if word == "if" and (asking in ASKING or (clause.dep_ == "ccomp" and asking in WONDERING)):
            return None  # "was asked if": a question
        start = token.idx
        if token.i and token.nbor(-1).lower_ in {"only", "even", "not", "except", "as"}:
            if token.nbor(-1).lower_ in {"even", "as"}:
                return None  # "even if", "as if"
            start = token.nbor(-1).idx
        right = max((t for t in clause.subtree if t.i >= token.i), key=lambda t: t.i)
        head = clause.head.i if token.dep_ != "prep" else token.head.i
        return _checked(scene, token, start, right, head, soft=word in SOFT_CLAUSE)
    if (
        word in PREPOSITIONS
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
    end = _comma(scene.text, start, right.idx + len(right.text))
    words = scene.text[start:end]
    if NONE.match(words) or len(words.split()) < 2:
        return None
    kind = kind_of(words)
    only = words.lower().startswith(("only", "not"))
    if token.lower_ == "before" and any(
        t.lemma_.lower() in DECIDING for t in token.head.subtree if t.i in {token.i + 1, token.i + 2}
    ):
        return None
    governor = scene.doc[head]
    if (
        token.lower_ in {"without", "under", "absent"}
        and token.dep_ == "prep"
        and _past(governor)
        and not _denied(governor)
    ):
        return None  # "had gone four months without stipends"
    if token.lower_ == "without" and kind == "other" and not _denied(governor):
        return None  # "can go in without the police at their side": how, not whether
    if EXISTING.match(words) and not only:
        return None
    if soft and not only:
        denied = _denied(governor)
        begins = governor.lemma_.lower() in BEGINNING and form_of(governor).modal in {"will", "would", "could"}
        if kind in {"other", "timing", "role_limit"} and not (
            begins or (denied and token.lower_ in {"before", "until", "under"})
        ):
            return None
        if token.lower_ == "under" and kind not in {"mandate", "command"}:
            return None
        if token.lower_ in {"after", "when", "before"} and _past(governor) and not denied:
            return None
        if governor.pos_ in {"NOUN", "PROPN"} and token.dep_ == "prep" and governor.lemma_.lower() not in STEPS:
            return None  # "in the days after the summit"
        clause = token.head if token.dep_ in {"mark", "advmod"} else None
        if clause is not None and clause.tag_ == "VBD" and not denied:
            return None
    return Found(kind, start, end, head)


def _past(governor: Token) -> bool:
    """Whether a verb tells what has been."""
    form = form_of(governor)
    return form.past or form.perfect


def _denied(governor: Token) -> bool:
    """Whether the words that a condition hangs on deny: "no decision before", "will not leave before"."""
    for word in (governor, governor.head):
        for child in word.subtree if word.pos_ == "NOUN" else word.children:
            if child.dep_ == "neg" or child.lower_ in {"no", "never", "nobody", "none", "not", "nothing"}:
                return True
            if child.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} and any(
                c.lower_ in {"no", "not"} for c in child.children
            ):
                return True
        if word.lemma_.lower() in {"refuse", "reject", "exclude"}:
            return True
    return False

"""Figures of background: "69 per cent of arms imports", "trade reached $5 billion", "14,000 peacekeepers".

In: a sentence of a scene. Out: :class:`Found` with bounds, unit, what is measured and whose it is. Changes ("rose by 12
per cent") are none: what they are changes of stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.fact_phrases import DATED, Found, names, phrase, told_as_so, verb_over, whose, words
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.quantities import value_of
from onrecord.extraction.scene import Scene

_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ABOUT = (
    r"(?:(?:more than|over|at least|up to|as (?:much|many) as|less than|fewer than|under|nearly|almost|about|around|"
    r"some|roughly|approximately|just (?:over|under)|an estimated|well over|upwards of|in excess of|between|from)\s+)?"
)
_SHARE = re.compile(
    rf"{_ABOUT}(?:{_NUMBER})(?:\s?(?:%|per\s?cent|percent))?(?:\s?(?:-|–|to|and)\s?(?:{_NUMBER}))?\s?"
    r"(?:%|per\s?cent\b|percent\b)",
    re.I,
)
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|m)\b)"
_MONEY = re.compile(
    rf"{_ABOUT}(?:(?:US)?[$€£]\s?(?:{_NUMBER}){_SCALE}?(?:\s?(?:-|–|to|and)\s?(?:US)?[$€£]?\s?(?:{_NUMBER}){_SCALE}?)?"
    rf"|(?:{_NUMBER}){_SCALE}\s(?:US\s)?(?:dollars|euros|pounds|francs|yen|yuan|roubles|rubles)\b)",
    re.I,
)
_COUNT = re.compile(
    rf"{_ABOUT}(?:(?:{_NUMBER}){_SCALE}?(?:\s?(?:-|–|to|and)\s?(?:{_NUMBER}){_SCALE}?)?"
    r"|(?:(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half)"
    r"(?:[ -](?:a|one|two|three|four|five|six|seven|eight|nine))?\s(?:hundred|thousand|million|billion)))\b"
    r"(?!\s?(?:%|per\s?cent|percent))",
    re.I,
)
_VALUE = re.compile(
    rf"(?:{_NUMBER}){_SCALE}?|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|"
    rf"eighty|ninety|half)(?:[ -](?:a|one|two|three|four|five|six|seven|eight|nine))?{_SCALE}",
    re.I,
)
_SCALED = re.compile(r"(?:hundred|thousand|million|billion|trillion|mn|bn|m)\b", re.I)
_LEAST = re.compile(r"(?:more than|over|at least|just over|well over|upwards of|in excess of)\b", re.I)
_MOST = re.compile(r"(?:up to|as much as|as many as|less than|fewer than|under|just under)\b", re.I)
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "dollar": "USD", "euro": "EUR", "pound": "GBP"}


def figures(scene: Scene, sentence: Passage, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """The figures of a sentence that are background by their form.

    Args:
        scene: the report laid out.
        sentence: one of its sentences.
        taken: offsets of what is no figure: periods.
    """
    held = list(taken)
    text = sentence.text
    for sign, pattern, make in _KINDS:
        for match in pattern.finditer(text) if sign.search(text) else ():
            start, end = match.start() + sentence.start_char, match.end() + sentence.start_char
            if any(start < z and a < end for a, z in held) or _inside_a_word(scene.text, start, end):
                continue
            held.append((start, end))
            bounds = read_bounds(scene.text[start:end])
            token = _last_token(scene, start, end)
            if bounds is None or token is None:
                continue
            made = make(scene, token, (start, end))
            if made is not None and told_as_so(made.at):
                yield replace(made, figure=(start, end), low=bounds[0], high=bounds[1])


def share_in(sentence: Passage) -> tuple[int, int, float | None, float | None] | None:
    """The only share that a sentence gives: offsets in the report, low and high; None where it gives none or more."""
    found = list(_SHARE.finditer(sentence.text))
    bounds = read_bounds(found[0].group()) if len(found) == 1 else None
    if bounds is None:
        return None
    return found[0].start() + sentence.start_char, found[0].end() + sentence.start_char, *bounds


def read_bounds(words: str) -> tuple[float | None, float | None] | None:
    """Low and high of a figure in its own few words; None where it holds no number.

    Example:
        >>> read_bounds("more than 60 per cent"), read_bounds("$2-3 billion"), read_bounds("nearly 1,400")
        ((60.0, None), (2000000000.0, 3000000000.0), (1400.0, 1400.0))
    """
    pieces = [m.group() for m in _VALUE.finditer(words)]
    values = [v for v in map(value_of, pieces) if v is not None][:2]
    if not values:
        return None
    if len(values) == 2:
        low, high = values
        scale = _SCALED.search(pieces[1])
        if scale is not None and low < high and _SCALED.search(pieces[0]) is None:
            low = value_of(f"{pieces[0]} {scale.group()}") or low
        return (low, high) if low <= high else None
    if _LEAST.match(words):
        return values[0], None
    return (None, values[0]) if _MOST.match(words) else (values[0], values[0])


def _inside_a_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-–.,")) or (
        end < len(text) and (text[end].isalnum() or (text[end] in "-–" and text[end + 1 : end + 2].isalnum()))
    )


def _last_token(scene: Scene, start: int, end: int) -> Token | None:
    inside = [t for t in scene.tokens_in(start, end) if not t.is_space]
    for token in reversed(inside):
        if not start <= token.head.idx < end or token.head.i == token.i:
            return token
    return inside[-1] if inside else None


def _share(scene: Scene, token: Token, place: tuple[int, int]) -> Found | None:
    """Read "69 per cent of arms imports", "imports stood at 69 per cent of the total"."""
    for node in (token, token.head):
        for child in node.rights:
            if child.dep_ == "prep" and child.lower_ == "of" and child.idx >= place[1]:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return _of_share(scene, token, inner)
    return None


def _of_share(scene: Scene, token: Token, whole: Token) -> Found | None:
    verb = verb_over(token)
    doer = subject_of(verb) if verb is not None else None
    if doer is not None and (
        doer.i == token.i or token in list(doer.subtree) or not (names(scene, doer) or doer.pos_ in {"NOUN", "PROPN"})
    ):
        doer = None
    return Found("share", token, phrase(whole), doer or whose(scene, whole), unit="per cent")


def _total(scene: Scene, token: Token, place: tuple[int, int]) -> Found | None:
    """Read "trade reached $5.3 billion", "spent $2 billion on defence", "exports worth $300 million"."""
    told = scene.text[place[0] : place[1]].lower()
    unit = next((code for mark, code in _CURRENCY.items() if mark in told), None)
    verb = verb_over(token)
    before = scene.doc[token.left_edge.i - 1] if token.left_edge.i else None
    if before is not None and before.lower_ == "worth":
        noun = next((a for a in (before.head, before.nbor(-1)) if a.pos_ in {"NOUN", "PROPN"}), None)
        if noun is None or verb is None:
            return None
        return Found("total", token, phrase(noun), whose(scene, noun) or _doer(scene, verb), unit=unit)
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    doer = subject_of(verb)
    if lemma in words()["amounts"] and doer is not None and doer.pos_ in {"NOUN", "PROPN"}:
        if any(c.lower_ == "by" and token in list(c.subtree) for c in verb.children):
            return None  # "rose by $2 billion": a change, not a total
        return Found("total", token, phrase(doer), whose(scene, doer), unit=unit)
    if lemma in words()["moves"] and token.head.i != token.i:
        what = _for_what(token) or _for_what(verb)
        if what is None:
            return None
        return Found("total", token, phrase(what), _doer(scene, verb), unit=unit)
    return None


def _doer(scene: Scene, verb: Token) -> Token | None:
    doer = subject_of(verb)
    return doer if doer is not None and names(scene, doer) else None


def _for_what(node: Token) -> Token | None:
    for child in node.rights:
        if child.dep_ == "prep" and child.lower_ in {"on", "in", "of"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.ent_type_ not in {"DATE", "GPE"} and not inner.like_num:
                    if inner.lower_ == "worth":
                        continue
                    return inner
    return None


def _count(scene: Scene, token: Token, place: tuple[int, int]) -> Found | None:
    """Read "2,000 people were killed", "had 14,000 peacekeepers", "hosts 1.2 million refugees"."""
    noun = token.head if token.dep_ in {"nummod", "quantmod", "compound"} else None
    if noun is None and token.pos_ in {"NUM", "NOUN"}:
        of = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of" and c.idx >= place[1]), None)
        noun = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if noun is None or noun.idx < place[1]:
        return None
    mention = scene.mention_at(noun)
    people = mention is not None and mention.role == "people"
    if (noun.pos_ != "NOUN" and not people) or (noun.tag_ not in {"NNS", "NN"} and not people):
        return None
    lemma = noun.lemma_.lower()
    if lemma in words()["not_counted"] or noun.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT"}:
        return None
    if DATED.fullmatch(scene.text[place[0] : place[1]].strip()):
        return None
    verb = verb_over(noun)
    if verb is None:
        return None
    contributed = lemma in words()["contributed"]
    unit = noun.text if people else noun.lower_
    doer = subject_of(verb)
    top = noun if noun.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} else token
    if top.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_.lower() in words()["happens"]:
        form = form_of(verb)
        end = verb.idx + len(verb.text)
        if not (form.passive or form.past or form.perfect or verb.tag_ in {"VBZ", "VBP"}) or end - noun.idx > 60:
            return None
        place = (phrase(noun)[0], end)
        return Found("count", token, place, _where(scene, verb), contributed=contributed, unit=unit)
    if top.dep_ == "dobj" and verb.lemma_.lower() in words()["holds"] and doer is not None:
        if verb.tag_ == "VB" or doer.i == top.i:
            return None
        return Found("count", token, phrase(noun), doer, contributed=contributed, unit=unit)
    if top.dep_ == "dobj" and verb.lemma_.lower() in words()["happens"] and verb.tag_ != "VB":
        start, end = phrase(noun)
        if verb.idx > start or end - verb.idx > 80:
            return None
        return Found("count", token, (verb.idx, end), _where(scene, verb) or doer, contributed=contributed, unit=unit)
    if top.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children):
        return Found("count", token, phrase(noun), _where(scene, verb), contributed=contributed, unit=unit)
    return None


def _where(scene: Scene, verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "across", "from", "inside"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and names(scene, inner):
                    return inner
    return None


_KINDS = (
    (re.compile(r"%|cent", re.I), _SHARE, _share),
    (re.compile(r"[$€£]|dollars|euros|pounds|francs|yen|yuan|roubles|rubles", re.I), _MONEY, _total),
    (re.compile(r"\d|hundred|thousand|million|billion", re.I), _COUNT, _count),
)
"""For each kind of figure what a sentence with one has somewhere, how it is worded, and what reads it."""

"""Figures: "up to 8,000 troops", "at least 300", "two to three thousand", "$1.2 billion" read into bounds.

In: text, or a scene with a deed. Out: low, high, unit and span. Only what is printed: "dozens" and
"thousands" give a span without bounds; a wrong figure is read as printed (guideline rule 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.scene import Scene
from onrecord.extraction.tallies import no_contribution

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty":
    30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "dozen": 12,
    "score": 20,
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|dozen|mln|mn|bn|k|m)\b)"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[,\u202f\u00a0 ]\d{{3}})+(?!\d)|\d+(?:\.\d+)?|(?:(?:{_WORD})|an?) hundred and "
    rf"(?:{_WORD})(?:[- ](?:{_WORD}))?\b|\b(?:{_WORD})(?:[- ](?:{_WORD}))?\b|half a|a couple of|a few|"
    rf"an?\b(?={_SCALE})|several)"
)
_HOLDS_NUMBER = re.compile(
    rf"\d|\b(?:{_WORD})\b|\s(?:hundred|thousand|million|billion|trillion|dozen|mln|mn|bn|k|m)\b|"
    r"half a|a couple of|a few|several",
    re.I,
)
"""What a text with a number has somewhere: most have none, and the patterns for figures cost ten times more."""
_VALUE = rf"(?:(?:US|NT|CA|AU|NZ|HK|[ACSR])?\$|[€£]|USD\s|EUR\s)?\s?{_NUMBER}(?:{_SCALE}){{0,2}}"
_NEAR = r"(?:(?:about|around|some|roughly|nearly|almost|an estimated|perhaps) )?"
_RANGE = re.compile(
    rf"\b(?:between\s+{_NEAR}(?P<a>{_VALUE})\s+and\s+(?P<b>{_VALUE})|from\s+(?P<e>{_VALUE})\s+to\s+(?P<f>{_VALUE})|"
    rf"(?P<c>{_VALUE})\s?(?:-|–|to|or)\s?(?P<d>{_VALUE}))",
    re.I,
)
_MOST = re.compile(
    rf"\b(?:up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|"
    rf"a ceiling of|fewer than|less than|under|below|a cap of|capped at|most of (?:its|the|"
    rf"their))\s+{_NEAR}(?P<n>{_VALUE})",
    re.I,
)
_LEAST = re.compile(
    rf"\b(?:at least|more than|over|a minimum of|no fewer than|no less than|not less than|upwards of|"
    rf"in excess of|above|a little over|well over)\s+{_NEAR}(?P<n>{_VALUE})",
    re.I,
)
_PLAIN = re.compile(rf"(?<![\w$€£.,-])(?P<n>{_VALUE})(?:-strong)?(?![\w.,]\d)", re.I)
_VAGUE = re.compile(
    r"\b(?:dozens|hundreds|thousands|tens of thousands|scores|a handful|millions|billions)\b(?: of)?", re.I
)
_STAGED = re.compile(
    rf"(?P<a>{_VALUE})[^.;]{{0,60}}?\bby [A-Z\w ]+?(?:,|"
    rf" and)[^.;]{{0,40}}?(?P<b>{_VALUE})[^.;]{{0,40}}?\bby\b",
    re.I,
)
_GROWING = re.compile(
    rf"\b(?:begin|start|open|commence)\w*\b[^.;]{{0,30}}?\bwith\s+{_NEAR}(?P<a>{_VALUE})[^.;]{{0,40}}?"
    rf"\b(?:reach|grow|ris|swell|increas|expand|climb)\w*(?:\s+to)?\s+{_NEAR}(?P<b>{_VALUE})",
    re.I,
)
_PHRASAL = re.compile(r"\b(?:hand|turn|take|bring|sign|pass|make|carry)(?:s|ed|ing|over)?\s$", re.I)
"""Verbs whose "over" bounds no figure: "hand over 20 million"."""
_NO_COUNT = re.compile(
    r"\s?-?(?:mm|st|nd|rd|th|s)\b|[\s-]+(?:(?:or so|more|full|straight|calendar) )?(?:days?|weeks?|months?|"
    r"years?|hours?|"
    r"minutes?|nights?|kilomet\w+|km|miles?|met(?:re|er)s?|states|countries|nations|governments|members|"
    r"capitals|points?|"
    r"stages?|phases?|conditions?|rounds?|times|votes?|articles?|lawmakers|deputies|percent|per cent|pct|per-cent|"
    r"january|february|march|april|june|july|august|september|october|november|december|o'clock|[ap]\.?m\b)|"
    r"\s?%|:\d\d",
    re.I,
)
"""What follows a number that counts no contribution: a day, a stretch of time or road, an ordinal, states."""
_NO_COUNT_BEFORE = re.compile(
    r"(?:\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"resolution|article|"
    r"chapter|level|phase|stage|group|camp|channel|leopard|no\.?|number|page|line|age|aged|in|of|since)\s|[\w.]-)$",
    re.I,
)
_TIME = (
    r"(?:in|by|for|from|before|this|next|at|until|within) (?:the |early |late |mid-?|end of |next |first |"
    r"second |third )*"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|"
    r"summer|autumn|winter|"
    r"month|week|year|quarter|stage|phase|first|second|third|end|half|\d{4})"
)
_FURTHER = re.compile(
    rf"\b(?:a further|another|an additional)\s+(?P<n>{_VALUE})|(?<![\w.,])(?P<m>{_VALUE})\s+(?:\w+ "
    rf")?(?:more|others)\b",
    re.I,
)
_MORE = re.compile(r"(?:another|a further|an additional)\s*(?=$|\d)", re.I)
_FIRST_OF = re.compile(
    rf"\bthe first(?: of them)?,?\s+(?P<n>{_VALUE})|\b(?P<m>{_VALUE})\s+(?:\w+ )?(?:of (?:whom|which|"
    rf"them) )?(?:at )?first\b"
    rf"|\b(?:starts?|begins?|beginning|starting) with\s+{_NEAR}(?P<o>{_VALUE})",
    re.I,
)
_REACHING = re.compile(
    rf"\b(?:and|then|,)\s+(?:(?:later|eventually|finally|then) )?(?:(?:reach\w*|grow\w* to|ris\w+ to|up to|"
    rf"the rest, up to)\s+)?{_NEAR}(?P<n>{_VALUE})"
    rf"[^.;]{{0,25}}?\b{_TIME}",
    re.I,
)
_MONEY = re.compile(r"[$]|US\$|USD|dollar", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text: bounds (None where open), unit, offsets in code points."""

    low: float | None
    high: float | None
    unit: str | None
    start: int
    end: int


def value_of(words: str) -> float | None:
    """The number that words or digits stand for, or None for a vague one.

    Example:
        >>> [value_of(words) for words in ("1.2 billion", "a couple of thousand", "8,000", "one hundred and sixty")]
        [1200000000.0, 2000.0, 8000.0, 160.0]
    """
    text = re.sub(r"[a-z]{0,2}\$|[€£]|usd|eur", "", words.lower()).strip()
    found = re.findall(r"[a-z]+", text)
    scale = 1.0
    for word in found:
        scale *= _SCALES.get(word, 1)
    digits = re.search(r"\d[\d,.\u202f\u00a0 ]*", text)
    if digits:
        number = re.sub(r"[,\u202f\u00a0 ]", "", digits.group()).rstrip(".")
        try:
            return float(number) * scale
        except ValueError:
            return None
    if "couple" in text:
        return 2 * scale
    if text.startswith("half a"):
        return 0.5 * scale
    if text.startswith(("a few", "several")):
        return None
    total = _in_words(found)
    if total:
        return total
    return scale if scale > 1 and text.startswith("a") else None


def _in_words(words: list[str]) -> float:
    """The number of a row of number words, 0 where there is none."""
    total = current = 0.0
    for word in words:
        if word in _WORDS:
            current += _WORDS[word]
        elif word in {"a", "an"}:
            current += 1
        elif word == "hundred":
            current *= 100
        elif word in _SCALES:
            total, current = total + current * _SCALES[word], 0.0
    return total + current if any(w in _WORDS for w in words) else 0.0


Bounds = tuple[int, int, float | None, float | None]


def figures_in(text: str) -> list[Figure]:
    """All figures of a text with their bounds, in order; what counts days, states or votes is none.

    Example:
        >>> [(f.low, f.high) for f in figures_in("up to 300 troops and 20 trucks in 90 days")]
        [(None, 300.0), (20.0, 20.0)]
    """
    if _HOLDS_NUMBER.search(text) is None:
        return []
    kept: list[Bounds] = []
    for one in (*_staged(text), *_ranges(text), *_bounded(text), *_plain(text)):
        if all(one[1] <= k[0] or k[1] <= one[0] for k in kept) and _counts(text, one):
            kept.append(one)
    return [Figure(low, high, None, start, end) for start, end, low, high in sorted(kept, key=lambda k: k[:2])]


def read_figure(text: str) -> Figure | None:
    """The first figure in a short text, with its bounds; a vague one ("dozens") where there is no other.

    Example:
        >>> f = read_figure("up to 8,000 soldiers"); (f.low, f.high)
        (None, 8000.0)
        >>> f = read_figure("between 2,000 and 3,000 police"); (f.low, f.high)
        (2000.0, 3000.0)
    """
    found = figures_in(text)
    if found:
        return found[0]
    vague = _VAGUE.search(text)
    return Figure(None, None, None, vague.start(), vague.end()) if vague else None


def figure_at(text: str, span: tuple[int, int], around: tuple[int, int]) -> Figure | None:
    """The figure of a passage that a span of it touches, however much of it the span holds.

    Args:
        text: the report.
        span: offsets in it, as somebody marked them.
        around: offsets of the sentence.
    """
    shift = around[0]
    for one in figures_in(text[around[0] : around[1]]):
        if one.start + shift < span[1] and span[0] < one.end + shift:
            return replace(one, start=one.start + shift, end=one.end + shift)
    return None


def in_stages(text: str, figure: Figure) -> Figure:
    """A figure with those of its stages: "150 for April and a further 450 for July" is 150 to 600.

    Args:
        text: the sentence from the figure's start on; offsets of the figure count in it.
        figure: the figure as it stands there.

    Example:
        >>> words = "1,091 soldiers into the mission, the first 300 in the spring"
        >>> staged = in_stages(words, figures_in(words)[0]); (staged.low, staged.high)
        (300.0, 1091.0)
    """
    most = figure.high if figure.high is not None else figure.low
    if most is None:
        return figure
    behind = text[figure.end :]
    if _HOLDS_NUMBER.search(behind) is None:
        return figure
    first = _FIRST_OF.search(behind)
    if first is not None:
        value = value_of(next(g for g in first.groups() if g))
        if value is not None and 1 < value < most:
            return replace(figure, low=value, high=most, end=figure.end + first.end())
    further = _FURTHER.search(behind)
    if further is not None and re.search(_TIME, behind, re.I) and not _another_deed(behind[: further.start()]):
        value = value_of(further["n"] or further["m"])
        if value is not None and value > 1:
            return replace(figure, low=most, high=most + value, end=figure.end + further.end())
    then = _REACHING.search(behind)
    if then is not None and re.search(_TIME, behind[: then.start()], re.I):
        value = value_of(then["n"])
        if value is not None and value > most and not 1900 < value < 2100:
            return replace(figure, low=most, high=value, end=figure.end + then.end("n"))
    return figure


def _another_deed(between: str) -> bool:
    """Whether the words between two figures begin a deed of their own: "has 400 there and will send a further 200"."""
    return re.search(r"\b(?:and|but|,)\s(?:\w+\s)?(?:will|would|is to|are to|plans? to)\b", between) is not None


def _staged(text: str) -> Iterator[Bounds]:
    by_stages = _STAGED.finditer(text) if text.lower().count("by") > 1 else ()  # "300 by May and 500 by July"
    growing = _GROWING.finditer(text) if "with" in text.lower() else ()
    for match in (*by_stages, *growing):
        a, b = value_of(match["a"]), value_of(match["b"])
        if a is not None and b is not None and a < b and not 1900 < a < 2100:
            yield match.start(), match.end("b"), a, b


def _ranges(text: str) -> Iterator[Bounds]:
    for match in _RANGE.finditer(text):
        first, second = match["a"] or match["c"] or match["e"], match["b"] or match["d"] or match["f"]
        a, b = value_of(first), value_of(second)
        scale = re.search(r"(hundred|thousand|million|billion|bn|mn)\b", second, re.I)
        if (
            a is not None
            and scale
            and not re.search(r"(hundred|thousand|million|billion|bn|mn)\b", first, re.I)
            and a < 1000
        ):
            a *= _SCALES[scale.group(1).lower()]
        if a is None or b is None or a > b or (1900 < a < 2100 and 1900 < b < 2100):
            continue
        if match["e"]:
            yield match.start(), match.end(), b, b  # "from 148 to 250": what it will be
        else:
            yield match.start(), match.end(), a, b


def _bounded(text: str) -> Iterator[Bounds]:
    for pattern in (_MOST, _LEAST):
        for match in pattern.finditer(text):
            value = value_of(match["n"])
            if match.group().lower().startswith("over") and _PHRASAL.search(text[: match.start()]):
                continue
            if value is not None:
                yield (
                    match.start(),
                    match.end(),
                    None if pattern is _MOST else value,
                    value if pattern is _MOST else None,
                )


def _plain(text: str) -> Iterator[Bounds]:
    for match in _PLAIN.finditer(text):
        words = match["n"].strip().lower()
        value = value_of(words)
        if (
            not value
            or words in {"a", "an", "one", "half a"}
            or (1900 < value < 2100 and re.fullmatch(r"\d{4}", words))
        ):
            continue
        yield match.start(), match.end("n"), value, value


def _counts(text: str, one: Bounds) -> bool:
    """Whether a number counts something: not days, states, the day of a month or the number of a model."""
    start, end = one[0], one[1]
    if _NO_COUNT.match(text, end) or no_contribution(text, start, end):
        return False
    before = _NO_COUNT_BEFORE.search(text[max(0, start - 12) : start])
    if before is None:
        return True
    return before.group().strip().lower() in {"of", "in"} and not re.fullmatch(r"\d{4}", text[start:end].strip())


def of_deed(scene: Scene, deed: Deed) -> Figure | None:
    """The figure of what a deed sends, or None where the text gives none for it."""
    resource = deed.resource
    if resource is None:
        return None
    start, end = _stretch(resource)
    sentence = resource.sent
    figure = figure_at(scene.text, (start, end), (sentence.start_char, sentence.end_char))
    if figure is None and not deed.noun and deed.token.i < resource.i <= deed.token.i + 8:
        between = (deed.token.idx + len(deed.token.text), resource.idx + len(resource.text))
        figure = figure_at(scene.text, between, (sentence.start_char, sentence.end_char))
    if figure is None and (price := _worth(resource)) is not None:
        figure = figure_at(scene.text, price, (sentence.start_char, sentence.end_char))
    if figure is None:
        figure = read_figure(scene.text[start:end])
        if figure is None or figure.low is not None or figure.high is not None:
            return None
        figure = replace(figure, start=start + figure.start, end=start + figure.end)
    money = bool(_MONEY.search(scene.text[start:end])) or deed.task == "fund"
    unit = "USD" if money and _MONEY.search(scene.text[max(0, start - 1) : end]) else resource.lower_
    last = figure.end
    if not money and last < resource.idx <= figure.end + 40:
        last = resource.idx + len(resource.text)
    return staged_in(scene.text, replace(figure, unit=unit, end=last), (sentence.start_char, sentence.end_char))


def staged_in(text: str, figure: Figure, around: tuple[int, int]) -> Figure:
    """A figure of a report with those of its stages, sought within a sentence of it."""
    before = text[around[0] : figure.start]
    if _MORE.search(before) or _MORE.match(text[figure.start : figure.end]):
        earlier = figures_in(before)
        if earlier and earlier[-1].high and figure.high and re.search(_TIME, text[around[0] : around[1]], re.I):
            low = earlier[-1].high
            return replace(figure, low=low, high=low + figure.high)
        return figure
    end = max(figure.end, around[1])
    staged = in_stages(text[figure.start : end], replace(figure, start=0, end=figure.end - figure.start))
    return replace(staged, start=figure.start, end=figure.start + staged.end)


def _worth(resource: Token) -> tuple[int, int] | None:
    """The phrase that prices what is given: "a package of arms for Chad, worth 40 million euros"."""
    for word in resource.sent:
        over = word.head
        if (
            word.lower_ == "worth"
            and word.i > resource.i
            and (word.i == resource.i + 1 or (over.pos_ in {"NOUN", "PROPN"} and over.is_ancestor(resource)))
            and word.right_edge.i > word.i
        ):
            return word.idx, word.right_edge.idx + len(word.right_edge.text)
    return None


def _stretch(resource: Token) -> tuple[int, int]:
    """The phrase that counts the resource: what stands before the noun, the noun, its ``of`` phrase."""
    top = resource
    while top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.pos_ in {"NOUN", "NUM"}:
        top = top.head.head
    left = top.left_edge.idx
    before = top.left_edge
    # "up to", "at least" are now and then hung on the verb
    for _ in range(3):
        if (
            before.i
            and before.nbor(-1).lower_
            in {
                "to",
                "up",
                "at",
                "least",
                "most",
                "than",
                "more",
                "over",
                "about",
                "as",
                "many",
                "some",
                "around",
                "$",
                "€",
            }
            and before.nbor(-1).sent.start == before.sent.start
        ):
            before = before.nbor(-1)
            left = before.idx
        else:
            break
    right = resource.idx + len(resource.text)
    for child in resource.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == resource.i + 1:
            right = child.right_edge.idx + len(child.right_edge.text)
        if child.dep_ in {"nummod", "appos"} and child.i > resource.i:
            right = max(right, child.right_edge.idx + len(child.right_edge.text))
    # a figure of a party's share only: never past the phrase
    return left, max(right, top.idx + len(top.text))

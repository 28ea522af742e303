"""Figures: "up to 8,000 troops", "at least 300", "two to three thousand", "$1.2 billion" read into bounds.

In: text, or a scene with a deed. Out: low, high, unit and span. Only what is printed: "dozens" and
"thousands" give a span without bounds; a wrong figure is read as printed (guideline rule 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.scene import Scene

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
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "dozen": 12,
    "score": 20,
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[,\u202f\u00a0 ]\d{{3}})+|\d+(?:\.\d+)?|(?:{_WORD})(?:[- ](?:{_WORD}))?|"
    r"half a|a couple of|a few|a|several)"
)
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|dozen|mn|bn|k|m)\b)"
_VALUE = rf"(?:[$€£]|US\$|USD\s|EUR\s)?\s?{_NUMBER}(?:{_SCALE}){{0,2}}"
_RANGE = re.compile(
    rf"\b(?:between\s+(?P<a>{_VALUE})\s+and\s+(?P<b>{_VALUE})|(?P<c>{_VALUE})\s?(?:-|–|to|"
    rf"or)\s?(?P<d>{_VALUE}))",
    re.I,
)
_MOST = re.compile(
    rf"\b(?:up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|"
    rf"a ceiling of|fewer than|less than|under|below|a cap of|capped at)\s+(?:about |around |"
    rf"some )?(?P<n>{_VALUE})",
    re.I,
)
_LEAST = re.compile(
    rf"\b(?:at least|more than|over|a minimum of|no fewer than|no less than|not less than|upwards of|"
    rf"in excess of|above|a little over|well over)\s+(?:about )?(?P<n>{_VALUE})",
    re.I,
)
_PLAIN = re.compile(rf"(?<![\w$€£.,])(?P<n>{_VALUE})(?:-strong)?(?![\w.]\d)", re.I)
_VAGUE = re.compile(
    r"\b(?:dozens|hundreds|thousands|tens of thousands|scores|a handful|millions|billions)\b(?: of)?", re.I
)
_STAGED = re.compile(
    rf"(?P<a>{_VALUE})[^.;]{{0,60}}?\bby [A-Z\w ]+?(?:,|"
    rf" and)[^.;]{{0,40}}?(?P<b>{_VALUE})[^.;]{{0,40}}?\bby\b",
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
        >>> [value_of(words) for words in ("1.2 billion", "a couple of thousand", "8,000", "twenty-five")]
        [1200000000.0, 2000.0, 8000.0, 25.0]
    """
    text = re.sub(r"[$€£]|US\$|USD|EUR", "", words.lower()).strip()
    scale = 1.0
    for word in re.findall(r"[a-z]+", text):
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
    total = sum(_WORDS[w] for w in re.findall(r"[a-z]+", text) if w in _WORDS)
    if total:
        return total * scale
    return scale if scale > 1 and text.startswith("a") else None


def read_figure(text: str) -> Figure | None:
    """The first figure in a short text, with its bounds.

    Example:
        >>> f = read_figure("up to 8,000 soldiers"); (f.low, f.high)
        (None, 8000.0)
        >>> f = read_figure("between 2,000 and 3,000 police"); (f.low, f.high)
        (2000.0, 3000.0)
    """
    found: list[tuple[int, int, float | None, float | None]] = []
    for match in _STAGED.finditer(text):
        a, b = value_of(match["a"]), value_of(match["b"])
        if a is not None and b is not None and a < b:
            found.append((match.start(), match.end("b"), a, b))
    for match in _RANGE.finditer(text):
        first, second = match["a"] or match["c"], match["b"] or match["d"]
        a, b = value_of(first), value_of(second)
        scale = re.search(r"(hundred|thousand|million|billion|bn|mn)\b", second, re.I)
        if (
            a is not None
            and scale
            and not re.search(r"(hundred|thousand|million|billion|bn|mn)\b", first, re.I)
            and a < 1000
        ):
            a *= _SCALES[scale.group(1).lower()]
        if a is not None and b is not None and a <= b and not (1900 < a < 2100 and 1900 < b < 2100):
            found.append((match.start(), match.end(), a, b))
    for match in _MOST.finditer(text):
        if (v := value_of(match["n"])) is not None:
            found.append((match.start(), match.end(), None, v))
    for match in _LEAST.finditer(text):
        if (v := value_of(match["n"])) is not None:
            found.append((match.start(), match.end(), v, None))
    for match in _PLAIN.finditer(text):
        words = match["n"].strip().lower()
        v = value_of(words)
        if v is None or words in {"a", "one", "half a"} or (1900 < v < 2100 and re.fullmatch(r"\d{4}", words)):
            continue
        found.append((match.start(), match.end("n"), v, v))
    if found:
        first_start = min(f[0] for f in found)
        start, end, low, high = max((f for f in found if f[0] == first_start), key=lambda f: f[1] - f[0])
        return Figure(low, high, None, start, end)
    vague = _VAGUE.search(text)
    return Figure(None, None, None, vague.start(), vague.end()) if vague else None


def of_deed(scene: Scene, deed: Deed) -> Figure | None:
    """The figure of what a deed sends, or None where the text gives none for it."""
    if deed.resource is None:
        return None
    resource = deed.resource
    start, end = _stretch(resource)
    figure = read_figure(scene.text[start:end])
    if figure is None:
        return None
    money = bool(_MONEY.search(scene.text[start:end])) or deed.task == "fund"
    unit = "USD" if money and _MONEY.search(scene.text[max(0, start - 1) : end]) else resource.lower_
    first, last = start + figure.start, start + figure.end
    if not money and last < resource.idx:
        last = resource.idx + len(resource.text)
    return Figure(figure.low, figure.high, unit, first, last)


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

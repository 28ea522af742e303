"""Whether a passage is told as past or as still to come: the sentence around it in, one word out.

A light reading by words alone (no parser): enough to decide whether a date in a report is a lower or an upper
bound for the day of publication. Where the words do not settle it the answer is ``None`` and nothing is
concluded. It knows nothing of dates.
"""

from __future__ import annotations

import re
from typing import Literal

from onrecord.reading.tables import word_lists

Tense = Literal["past", "future"]

_WINDOW = 240
"""Code points looked at on either side: longer than nearly every sentence of news."""

_STOP = re.compile(
    r"""(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bSt)
        (?<!\bJan)(?<!\bFeb)(?<!\bMar)(?<!\bApr)(?<!\bAug)(?<!\bSept)(?<!\bSep)(?<!\bOct)(?<!\bNov)(?<!\bDec)
        [.!?]["”’)\]]*\s+(?=["“‘(\[]*[A-Z0-9])|\n[ \t\r]*\n|;\s""",
    re.X,
)
_WRAPPED = (45, 115)
"""Lengths of line between which a line end may be a wrapping, so that the sentence goes on behind it."""

_TOKEN = re.compile(r"[A-Za-z]+(?:['’](?:ll|d|s|re|ve|t))?|\d+")
_WORDS = word_lists("tense")
_MODALS, _UNSETTLED, _PRESENT = _WORDS["modals"], _WORDS["unsettled"], _WORDS["present"]
_TOWARD = _WORDS["toward"]


def _is_past(token: str) -> bool:
    low = token.lower()
    if low in _WORDS["past"]:
        return True
    return len(low) > 4 and low.endswith("ed") and token[0].islower() and low not in _WORDS["not_past"]


def _passive(tokens: list[str], at: int) -> Tense | None:
    """The tense of the participle or past form at ``at``, by the auxiliaries that lead up to it."""
    passed: list[str] = []
    for back in range(at - 1, max(-1, at - 6), -1):
        low = tokens[back].lower()
        if low in _MODALS or low.endswith(("'ll", "’ll")):
            return "future"
        if low in _UNSETTLED or low in _PRESENT:
            return None
        if low == "to" and passed and passed[-1] == "be":
            return "future" if back and tokens[back - 1].lower() in _TOWARD else None
        if low not in _WORDS["between"] and not low.endswith("ly"):
            break
        passed.append(low)
    return None if "be" in passed else "past"


def _read(tokens: list[str], at: int) -> tuple[bool, Tense | None]:
    """Whether the word at ``at`` settles the tense, and how."""
    token, low = tokens[at], tokens[at].lower()
    if low in _MODALS or low.endswith(("'ll", "’ll")):
        return True, "future"
    if low in _WORDS["ahead"]:
        told = [x.lower() for x in tokens[max(0, at - 2) : at]]
        return True, None if {"was", "were", "had", "been"} & set(told) else "future"
    if low in _UNSETTLED:
        return True, None
    if low in _WORDS["programme"]:
        return True, "future"
    if _is_past(token):
        return True, _passive(tokens, at)
    if low == "to" and at + 1 < len(tokens):
        verb = tokens[at + 1]
        if verb[0].islower() and verb.lower() not in _WORDS["determiners"] and not verb.endswith("ing"):
            return (True, "future") if at and tokens[at - 1].lower() in _TOWARD else (False, None)
    return False, None


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence that holds ``start`` to ``end``, at most a window on either side.

    Example:
        >>> sentence_around("It rained. It will snow. Fine.", 14, 18)
        (11, 25)
    """
    low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    left = low
    for stop in _STOP.finditer(text, low, start):
        left = stop.end()
    for at in range(start - 1, left - 1, -1):
        if text[at] == "\n" and not _wraps(text, at):
            left = at + 1
            break
    found = _STOP.search(text, end, high)
    right = found.end() if found else high
    ends = (at for at in range(end, right) if text[at] == "\n" and not _wraps(text, at))
    return left, next(ends, right)


def _wraps(text: str, at: int) -> bool:
    """Whether the line end at ``at`` only wraps a sentence: a line of middling length that no stop closes."""
    begin = text.rfind("\n", max(0, at - 2 * _WRAPPED[1]), at) + 1
    line = text[begin:at].rstrip()
    return _WRAPPED[0] <= len(line) <= _WRAPPED[1] and not line.endswith((".", "!", "?", ":", '"', "”"))


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """How the passage from ``start`` to ``end`` is told: past, still to come, or not settled by the words.

    The nearest word before it that carries a tense decides; where there is none, the nearest after it.

    Example:
        >>> said = "The summit was held on 13 October and troops will follow in January."
        >>> tense_at(said, said.index("13"), said.index("13") + 10)
        'past'
        >>> tense_at(said, said.index("January"), said.index("January") + 7)
        'future'
    """
    left, right = sentence_around(text, start, end)
    before = _TOKEN.findall(text, left, start)
    after = _TOKEN.findall(text, end, right)
    near = [x.lower() for x in before[-2:]]
    if _WORDS["backward"] & set(near):
        return "past"
    verdict: Tense | None = None
    settled = infinitive = False
    for at in range(len(before) - 1, -1, -1):
        settled, verdict = _read([*before, *after[:1]], at)
        if settled:
            break
        infinitive = infinitive or before[at].lower() == "to"
    if (
        infinitive and verdict == "past"
    ):  # "decided to send troops in January": January is of the sending, or not
        verdict = None
    if not settled:
        for at in range(len(after)):
            settled, verdict = _read(after, at)
            if settled:
                break
    if near and near[-1] in _WORDS["deadline"]:
        return "future" if verdict != "past" else None
    if not settled and near and near[-1] == "after":
        return "past"
    return verdict

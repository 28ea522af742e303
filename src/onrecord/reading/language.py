"""Which language a text is in: by its script, its small words and its letters. No model.

What comes in: a text. What goes out: an ISO 639-1 code, or ``None`` where the text is too short or nothing
fits. The profiles are data (``data/languages.yaml``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.tables import table

_READ = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_READ_HERE = "en"
"""The language of the reports: it is only left for good reasons."""

_FEWEST = 4
"""Small words that must be there before a language is named: two or three can be names and titles ("La
Stampa, de Gaulle")."""

_DIFFERENT = 2
"""Different small words that English does not have before another language is named: "s" alone is an initial."""

_SHARE = 0.1
"""Least share of small words among all: running text has 20 to 50 %, a list of names next to none."""

_LETTER = 4.0
"""What one letter in a hundred of a language's own counts for, in hundredths of small words."""

_OWN = 0.02
"""Share of a language's own letters from which one small word is enough: Turkish says with endings what
others say with small words."""

_SCRIPTS = (
    ("latin", "a", "ɏ"),
    ("latin", "Ḁ", "ỿ"),
    ("greek", "Ͱ", "Ͽ"),
    ("cyrillic", "Ѐ", "ԯ"),
    ("armenian", "Ա", "֏"),
    ("hebrew", "֐", "׿"),
    ("arabic", "\u0600", "\u06ff"),
    ("devanagari", "ऀ", "ॿ"),
    ("bengali", "ঀ", "৿"),
    ("thai", "\u0e00", "\u0e7f"),
    ("georgian", "Ⴀ", "ჿ"),
    ("hangul", "가", "힣"),
    ("kana", "\u3040", "\u30ff"),
    ("han", "㐀", "鿿"),
)
_BY_SCRIPT = {
    "greek": "el",
    "armenian": "hy",
    "hebrew": "he",
    "devanagari": "hi",
    "bengali": "bn",
    "thai": "th",
    "georgian": "ka",
    "hangul": "ko",
}


@dataclass(frozen=True, slots=True)
class _Profile:
    script: str
    words: frozenset[str]
    letters: frozenset[str]


def language_of(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where it cannot be told.

    Malay comes out as Indonesian and Bosnian as Croatian or Serbian by its script: the small words are the
    same.

    Example:
        >>> language_of("The minister said that the troops would not be sent to the city before a ceasefire.")
        'en'
        >>> language_of("Le ministre a déclaré que les soldats ne seraient pas envoyés dans la ville.")
        'fr'
        >>> language_of("Baku") is None
        True
    """
    text = text[:_READ].lower()
    scripts = Counter(script for x in text if (script := _script(x)))
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if scripts["kana"] > 0.05 * scripts.total() and script in ("han", "kana"):
        return "ja"
    if script == "han":
        return "zh" if count >= 8 else None
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script] if count >= 20 else None
    return _by_words(text, script)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    return next((name for name, first, last in _SCRIPTS if first <= letter <= last), None)


def _by_words(text: str, script: str) -> str | None:
    """The language of the script whose small words and letters the text has most of."""
    words = Counter(_WORD.findall(text))
    letters = Counter(x for x in text if x.isalpha())
    best: tuple[float, str] | None = None
    for code, profile in _profiles().items():
        if profile.script != script:
            continue
        small = sum(words[x] for x in profile.words)
        own = sum(letters[x] for x in profile.letters) / max(1, letters.total())
        foreign = _foreign(profile, words)
        if not (foreign and own >= _OWN) and (
            foreign < _DIFFERENT or small < _FEWEST or small < _SHARE * words.total()
        ):
            continue
        score = small / words.total() + _LETTER * own
        if best is None or score > best[0]:
            best = (score, code)
    return best[1] if best else None


def _foreign(profile: _Profile, words: Counter[str]) -> int:
    """How many different small words speak for a language and not for English; 0 where English has as many of its own.

    A report that is wrongly taken for another language is lost, and short English texts are full of "a" and "to", of
    names with another language's letters, of a quoted word or two. What both languages have speaks for neither. English
    itself, and languages of other scripts, need no such proof.
    """
    english = _profiles()[_READ_HERE]
    if profile is english or profile.script != english.script:
        return len([x for x in profile.words if words[x]])
    alone = [x for x in profile.words - english.words if words[x]]
    against = sum(words[x] for x in english.words - profile.words)
    return len(alone) if sum(words[x] for x in alone) > against else 0


@lru_cache(maxsize=1)
def _profiles() -> dict[str, _Profile]:
    return {
        str(code): _Profile(
            row["script"], frozenset(map(str, row["words"])), frozenset(row.get("letters", ""))
        )
        for code, row in table("languages").items()
    }

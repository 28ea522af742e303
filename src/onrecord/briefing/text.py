"""Small things about text: hostile characters made visible, lists, counts and figures in words.

Comes in: any text, much of it from outside. Goes out: text that can be shown as it is (escaping for HTML or
Markdown is the renderer's task). It must not know what the text is about.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

# Characters that change the direction of what follows (Unicode TR9) can make a line read as what it is not;
# the "Trojan Source" advisory (CVE-2021-42574) is about the same ones. U+2028/9 break lines where none is
# seen.
_DIRECTION = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF}
_KEPT_CONTROLS = {"\n", "\t"}


def visible(text: str) -> str:
    r"""The text with characters that are not seen but act (direction, control, lone surrogates) written out.

    Example:
        >>> visible("Baku\u202e oN")
        'Baku⟨U+202E⟩ oN'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(char: str) -> str:
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:  # cannot be written as UTF-8
        return "\N{REPLACEMENT CHARACTER}"
    if char == "\r":
        return ""
    if code in _DIRECTION or 0xE0000 <= code <= 0xE007F:
        return f"⟨U+{code:04X}⟩"
    if unicodedata.category(char) == "Cc" and char not in _KEPT_CONTROLS:
        return f"⟨U+{code:04X}⟩"
    return char


def one_line(text: str, limit: int | None = None) -> str:
    r"""The text on one line, made visible, cut at a word end before ``limit`` code points with an ellipsis.

    >>> one_line("Send  troops\nby spring", 14)
    'Send troops…'
    """
    flat = " ".join(visible(text).split())
    if limit is None or len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:.") + "…"


def listed(items: Sequence[str]) -> str:
    """Items as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1200, "report"), counted(0, "party", "parties")
    ('1 report', '1,200 reports', 'no parties')
    """
    noun = one if number == 1 else (many or f"{one}s")
    return f"{number:,} {noun}" if number else f"no {noun}"


def number(value: float) -> str:
    """A figure with thousands marked, millions in words; at most one decimal.

    >>> number(8000), number(1.25), number(5e7), number(1.5e9)
    ('8,000', '1.2', '50 million', '1,500 million')
    """
    if not math.isfinite(value):
        return "?"
    if abs(value) >= 1e6:
        short = f"{value / 1e6:,.1f}".removesuffix(".0")
        return f"{short} million"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def figure(low: float | None, high: float | None, unit: str | None) -> str:
    """A figure as a reader would say it; empty where there is none.

    >>> figure(None, 8000, "troops"), figure(300, None, None), figure(1000, 8000, "troops"), figure(5, 5, "")
    ('up to 8,000 troops', 'at least 300', '1,000 to 8,000 troops', '5')
    """
    if low is None and high is None:
        return ""
    if low is None and high is not None:
        said = f"up to {number(high)}"
    elif high is None and low is not None:
        said = f"at least {number(low)}"
    elif low == high and low is not None:
        said = number(low)
    else:
        said = f"{number(low or 0)} to {number(high or 0)}"
    return f"{said} {one_line(unit, 40)}" if unit else said


def chance(value: float | None) -> str:
    """A probability as a percentage, never rounded to certainty.

    >>> chance(0.034), chance(0.999), chance(0.0001), chance(None)
    ('3%', 'over 99%', 'under 1%', '')
    """
    if value is None or not math.isfinite(value):
        return ""
    if 0 < value < 0.01:
        return "under 1%"
    if 0.99 < value < 1:
        return "over 99%"
    return f"{round(value * 100)}%"

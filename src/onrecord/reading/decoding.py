"""Bytes to text, in any encoding that news comes in.

What comes in: the bytes of one report, and the encoding they claim for themselves, if any. What goes out: the
text and the encoding it was read in. Line ends stay as they are. It knows neither files nor pages.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from onrecord.errors import ReportUnreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a rar archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "sound or video"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
)
_CONTROLS = bytes(x for x in range(32) if x not in b"\t\n\r\f\v\x1b") + b"\x7f"
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
}
"""What a label means in practice (WHATWG Encoding Standard, section 4.2): supersets for the names as
declared."""

_TURKISH = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
"""The six bytes in which windows-1254 (Turkish) differs from windows-1252, where they are Icelandic."""

_FEW = 0.2
"""Share of bytes above 127 up to which a text counts as one in Latin letters with accents and curly
quotes."""

_SAMPLE = 262_144
"""Bytes from which the encoding is told, so that a large file costs no more than a small one."""

_INSIDE = re.compile(r"(?<=[A-Za-z])([^\x00-\x7f])(?=[A-Za-z])")
_SIGN_AT_WORD = re.compile(r"(?<=[A-Za-z])±|¶(?=[A-Za-z])")
_WIDE = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
"""Never guessed from statistics: nearly any bytes can be read as one of them."""

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']""", re.I)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: the text, without byte order mark.
        encoding: the name of the encoding.
        damaged: how many places held bytes that are none in it; each shows as U+FFFD.
    """

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, *, page: bool = False, declared: str | None = None) -> Decoded:
    """Read bytes as text.

    Args:
        data: the whole report.
        page: whether it is HTML, whose own word for its encoding counts.
        declared: the encoding that came with it (the ``charset`` of an HTTP response), which goes before its own word.

    Returns:
        The text. Where no encoding fits without loss, the best, with the damage counted.

    Raises:
        ReportUnreadable: when the bytes are no text.

    Example:
        >>> decode("Türkiye’s offer".encode("cp1252"))
        Decoded(text='Türkiye’s offer', encoding='cp1252', damaged=0)
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding)
    wide = _wide(data)
    if wide:
        return _lossy(data, wide)
    _refuse_binary(data)
    for encoding in _candidates(data, page, declared):
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    if _mostly_utf8(data):
        return _lossy(data, "utf-8")
    matches = list(from_bytes(data[:_SAMPLE], cp_exclusion=_WIDE))
    if matches and _kana(str(matches[0])):
        return _lossy(data, "koi8_u")
    return _lossy(data, matches[0].encoding if matches else "cp1252")


def _kana(text: str) -> bool:
    """Whether it is full of half-width kana: what Cyrillic in KOI8 looks like when it is taken for
    Shift-JIS.
    """
    return sum("\uff61" <= x <= "\uff9f" for x in text) > 0.2 * len(text)


def _candidates(data: bytes, page: bool, given: str | None = None) -> list[str]:
    """The encodings to try without loss, likeliest first."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return ["iso2022_jp", "utf-8"]
    found = ["utf-8"]
    if given:
        found.append(_ALIASES.get(given.lower(), given))
    if page:
        declared = _META.search(data, 0, 4096) or _XML.search(data, 0, 200)
        if declared:
            label = declared[1].decode("ascii").lower()
            found.append(_ALIASES.get(label, label))
    sample = data[:_SAMPLE]
    high = [x for x in sample if x > 127]
    if high and len(high) <= max(2, _FEW * len(sample)) and not _mostly_utf8(data) and _lone(sample):
        western = "cp1254" if _TURKISH & set(high) else "cp1252"
        found += [x for x in (western, "cp1250", "iso8859_2") if _plausible(sample, x)]
    return found


def _plausible(sample: bytes, encoding: str) -> bool:
    """Whether what stands inside words is letters: "¿o³nierze" is no word, so it is not windows-1252."""
    text = sample.decode(encoding, "replace")
    inside = _INSIDE.findall(text)
    return not _SIGN_AT_WORD.search(text) and all(x.isalpha() or x in "’‘–—·\xad" for x in inside)


def _lone(sample: bytes) -> bool:
    """Whether bytes above 127 stand alone between Latin letters, as accents do, and not in runs, as other
    scripts do.
    """
    runs = re.findall(rb"[\x80-\xff]+", sample)
    return sum(len(x) > 2 for x in runs) <= 0.05 * len(runs)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and not even:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and not odd:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if kind is None and controls > max(2, 0.005 * len(data)):
        kind = "binary data"
    if kind:
        raise ReportUnreadable(
            f"this is {kind}, not text", value=data[:16], hint="save its text as .txt or .html and read that"
        )


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with a little damage, such as a character cut in half where a download broke
    off.
    """
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = sum(1 for x in text[:_SAMPLE] if x > "\x7f") - damaged
    tail = data[-3:]
    cut = damaged == 1 and text.endswith("\ufffd") and any(x >= 0xC2 for x in tail)
    return whole > 8 * damaged or (cut and whole > 0)


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    try:
        own = data.decode(encoding, "ignore").count("\ufffd")
    except UnicodeDecodeError:
        own = 0
    return Decoded(text, encoding, text.count("\ufffd") - own)

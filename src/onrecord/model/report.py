"""Report: one text as published, kept whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.model.dates import DateRange


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits.

    Lone surrogates, which hostile JSON can carry, count as the replacement character.

    Example:
        >>> digest("")[:8]
        'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """One text as published.

    Attributes:
        id: the input's own id, else the file's stem; unique in a run.
        text: the text, unchanged for plain text, the main text for a page. Offsets of all spans count its code points.
        sha256: digest of ``text``.
        outlet: who published it, as named by the input, or None.
        url: where it was published, or None. Never fetched.
        title: the headline, or None.
        published: the day or stretch of days of publication; ``inferred`` where the input did not state it.
        same_text_as: id of the earlier report whose text it repeats, or None.
        upstream: names of the outlets or reports that it says it draws on, in order of mention.
    """

    id: str
    text: str
    sha256: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: DateRange | None = None
    same_text_as: str | None = None
    upstream: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong with one input, recorded so that nothing is lost in silence.

    Attributes:
        code: the stable code of the error (see ``onrecord.errors``).
        where: the file, line or report it concerns, as the user knows it.
        message: what is wrong, in one sentence.
        hint: the next step.
    """

    code: str
    where: str
    message: str
    hint: str = ""

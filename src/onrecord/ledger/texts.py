"""The forms in which a ledger writes texts down, and the keys it makes of them. Pure.

Comes in: texts and plain values. Goes out: texts. It must not know any table.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from onrecord.errors import LedgerDamaged


def storable(text: str) -> str:
    r"""The text with lone surrogates, which no store can hold, turned into question marks.

    Code points stay where they are, so offsets stay true, and the digest stays the same, since
    :func:`onrecord.model.digest` makes the same exchange.

    Example:
        >>> storable("caf\u00e9 \ud800!") == "caf\u00e9 ?!"
        True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def compact(value: object) -> str:
    """JSON in its one shortest form: keys sorted, no spaces, letters as they are.

    Example:
        >>> compact({"b": 1, "a": "é"})
        '{"a":"é","b":1}'
    """
    return storable(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def expanded(text: str) -> Any:
    """The value that :func:`compact` wrote down.

    Raises:
        LedgerDamaged: nothing that it ever wrote reads so.
    """
    try:
        return json.loads(text)
    except ValueError as failure:
        raise LedgerDamaged(
            f"a row of the ledger cannot be read ({failure})", value=text, hint="look with `onrecord verify`"
        ) from failure


def identity(*parts: str | None) -> str:
    """A name that follows from the parts: 16 hexadecimal digits of their digest.

    Example:
        >>> identity("a", "b") == identity("a", "b") != identity("ab", None)
        True
    """
    return hashlib.sha256(compact(parts).encode()).hexdigest()[:16]


def outlet_key(outlet: str | None) -> str:
    """What makes two spellings of an outlet one: neither case nor spaces count; nothing where it is not
    known.

    Example:
        >>> outlet_key(" The  Daily "), outlet_key(None)
        ('the daily', '')
    """
    return " ".join((outlet or "").split()).casefold()

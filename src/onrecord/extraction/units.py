"""What a figure counts, as it stands beside the number: people, tonnes, a currency.

In: a text and a figure of it. Out: the unit for people, or None.
"""

from __future__ import annotations

import re

from onrecord.extraction.quantities import Figure

_CURRENCIES = (
    ("us$", "USD"), ("nt$", "TWD"), ("ca$", "CAD"), ("c$", "CAD"), ("au$", "AUD"), ("a$", "AUD"), ("nz$", "NZD"),
    ("hk$", "HKD"), ("s$", "SGD"), ("r$", "BRL"), ("€", "EUR"), ("euro", "EUR"), ("£", "GBP"), ("pound", "GBP"),
    ("$", "USD"), ("dollar", "USD"),
)  # fmt: skip
"""Signs and names of currencies, the longer before those that they hold -> code (ISO 4217)."""
_MONEY_BEHIND = re.compile(r"\s?(?:hundred |thousand |million |billion )?(?:US )?(?:euros?|pounds?|dollars?)\b", re.I)
_COUNTS = frozenset(
    ["hundred", "thousand", "million", "billion", "trillion", "dozen", "dozens", "couple", "few", "several", "some"]
)
_FORMATIONS = frozenset(
    ["company", "battalion", "brigade", "contingent", "platoon", "unit", "force", "team", "group", "detachment"]
)
"""What the counted are gathered in: "a company of a hundred men" counts men."""
_MEASURED = re.compile(r"([a-z]+) of\b", re.I)


def unit_for_people(text: str, figure: Figure) -> str | None:
    """What a figure counts, as it stands beside the number; None where nothing does.

    Args:
        text: the whole text.
        figure: the figure; its own unit is believed where it stands in or right behind the words of the figure.

    Example:
        >>> words = "It sends 90,000 tonnes of food and €60 million."
        >>> unit_for_people(words, Figure(90000, 90000, "food", 9, 30))
        'tonnes'
        >>> unit_for_people(words, Figure(60e6, 60e6, "million", 35, 46))
        'EUR'
        >>> unit_for_people("An 850-strong battalion goes.", Figure(850, 850, "battalion", 3, 6)) is None
        True
    """
    words = text[figure.start : figure.end]
    behind = text[figure.end : figure.end + 60]
    money = words + (found[0] if (found := _MONEY_BEHIND.match(behind)) else "")
    code = next((code for mark, code in _CURRENCIES if mark in money.lower()), None)
    if code is not None:
        return code
    measured = [w.lower() for w in _MEASURED.findall(words) if w.lower() not in _COUNTS | _FORMATIONS]
    if measured:
        return str(measured[0])
    unit = figure.unit
    if unit is None or unit.isupper():
        return unit
    if unit.lower() in _COUNTS:
        return None
    near = words.lower().endswith(unit.lower()) or re.match(
        rf"\s+(?:[\w-]+\s+){{0,2}}{re.escape(unit)}\b", behind, re.I
    )
    return unit if near else None

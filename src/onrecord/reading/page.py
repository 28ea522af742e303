"""An HTML page: its main text, and what its metadata state.

What comes in: the page as text. What goes out: the main text without navigation, banners, scripts and related
links, and title, outlet, day and address as the page states them. The finding is trafilatura's. Nothing of a
page is run or fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from onrecord.errors import ReportEmpty, ReportUnreadable
from onrecord.reading.limits import OutletFinder
from onrecord.reading.printed import printed_date

_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*){0,5}(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_DATES: Mapping[str, Any] = {
    "extensive_search": False,  # else it guesses from copyright lines and links
    "original_date": True,
    "outputformat": "%Y-%m-%d",
    "min_date": "1990-01-01",
    "max_date": "2100-01-01",  # else it asks the clock
}

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # else their warnings reach the terminal


def is_page(text: str) -> bool:
    """Whether a text is an HTML page by its beginning."""
    return bool(_PAGE.match(text[:4000]))


def read_page(html: str, where: str, outlets: OutletFinder | None = None) -> tuple[str, dict[str, object]]:
    """The main text of a page, and ``title, outlet, published, url`` as it states them.

    Args:
        html: the page.
        where: the file, for messages.
        outlets: who knows the outlets; a name guessed from the page's title is kept only if it is one of
            them.

    Raises:
        ReportEmpty: when the page is empty.
        ReportUnreadable: when no main text is in it.
    """
    if not html.strip():
        raise ReportEmpty(
            f"there is nothing in {where}", value=where, hint="look whether the download was whole"
        )
    from trafilatura import bare_extraction  # half a second to import, and only pages need it

    try:
        found = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # any failure of the parser on hostile input concerns this page alone
        message = f"{where} cannot be read as a page ({str(error)[:120]})"
        raise ReportUnreadable(message, value=where, hint="save it as text") from error
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise ReportUnreadable(
            f"no main text was found in {where}", value=where, hint="open it and save the article as text"
        )
    return text, _stated(found, html, outlets)


def _stated(found: Any, html: str, outlets: OutletFinder | None) -> dict[str, object]:
    site = found.sitename
    if site and not (_is_stated(site, html) or (outlets and outlets(site))):
        site = None
    return {
        "title": unescape(found.title) if found.title else None,
        "outlet": unescape(site) if site else None,
        "published": printed_date(found.date),
        "url": found.url,
    }


def _is_stated(site: str, html: str) -> bool:
    """Whether the name stands in the page's metadata, and was not guessed from its title."""
    name = re.escape(site)
    return bool(
        re.search(rf"""content\s*=\s*["']\s*@?{name}\s*["']""", html, re.I)
        or re.search(rf""""name"\s*:\s*"\s*{name}\s*\"""", html, re.I)
    )

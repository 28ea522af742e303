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
from itertools import islice
from typing import Any

from onrecord.errors import ReportEmpty, ReportTooLarge, ReportUnreadable
from onrecord.reading.limits import OutletFinder
from onrecord.reading.printed import printed_date

_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*){0,5}(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_MARKUP = re.compile(
    r"<(?:p|div|br|html|body|head|article|main|section|span|table|h[1-6]|a|meta)[\s/>]", re.I
)
_DOCTYPE = re.compile(r"<!doctype[^>\[]{0,500}(?:\[[^\]]{0,10000}\]\s*)?>", re.I)
_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]*)[^<>]{4096,}>")
_ATTRIBUTES = 300
"""Attributes of one tag from which they are dropped: the parser's time grows with their square."""

ELEMENTS = 20_000
"""Elements of a page at most. Pages of news have hundreds to a few thousand; the time that finding the main text takes
grows with the square of their number, and with this many it is some ten seconds."""

_UNSEEN = ("style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "textarea", "select")
_PARTS_OF_BANNER = re.compile(
    r"\b(?:cookies?|consent|privacy (?:policy|choices|settings)|we value your privacy|accept all|reject all|"
    r"(?:enable|turn on) javascript|verify (?:that )?you are (?:a )?human|captcha|access denied|a robot|"
    r"checking your browser|subscribe to (?:continue|read)|sign in to (?:continue|read))\b",
    re.I,
)
_BANNER = 800
"""Code points up to which a text that speaks of two or more such things is a banner, and no article."""

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
    return bool(_PAGE.match(text[:12_000]))


def has_markup(text: str) -> bool:
    """Whether a text holds tags at all: a file may be called .html and hold none."""
    return bool(_MARKUP.search(text))


def read_page(html: str, where: str, outlets: OutletFinder | None = None) -> tuple[str, dict[str, object]]:
    """The main text of a page, and ``title, outlet, published, url`` as it states them.

    Args:
        html: the page.
        where: the file, for messages.
        outlets: who knows the outlets; a name guessed from the title is kept only if it is one of them.

    Raises:
        ReportEmpty: when the page is empty.
        ReportTooLarge: when it has more elements than :data:`ELEMENTS`.
        ReportUnreadable: when no main text is in it.
    """
    if not html.strip():
        raise ReportEmpty(
            f"there is nothing in {where}", value=where, hint="look whether the download was whole"
        )
    from trafilatura import bare_extraction  # half a second to import, and only pages need it

    try:
        tree = _tree(html)
        if sum(1 for _ in islice(tree.iter(), ELEMENTS + 1)) > ELEMENTS:
            message = f"{where} has more than {ELEMENTS:,} elements"
            raise ReportTooLarge(message, value=where, hint="take the article out of it")
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=dict(_DATES),
        )
    except ReportTooLarge:
        raise
    except Exception as error:  # any failure of the parser on hostile input concerns this page alone
        message = f"{where} cannot be read as a page ({str(error)[:120]})"
        raise ReportUnreadable(message, value=where, hint="save it as text") from error
    text = (getattr(found, "text", None) or "").strip()
    if not text or _is_banner(text):
        what = "a banner or a check for robots" if text else "no main text"
        hint = "open it and save the article as text"
        raise ReportUnreadable(f"{what} was found in {where}", value=where, hint=hint)
    return text, _stated(found, html, outlets)


def _tree(html: str) -> Any:
    """The page parsed, without what is never shown; metadata in JSON-LD are kept, for they are data."""
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    cleaned = _LONG_TAG.sub(_fewer_attributes, _DOCTYPE.sub("", html, count=1))
    cleaned = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", cleaned)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    for element in list(tree.iter(*_UNSEEN, "script")):
        is_data = element.tag == "script" and "ld+json" in (element.get("type") or "").lower()
        if not is_data and element.getparent() is not None:
            element.drop_tree()
    return tree


def _fewer_attributes(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[0].split()) <= _ATTRIBUTES else f"<{tag[1]}>"


def _is_banner(text: str) -> bool:
    return len(text) <= _BANNER and len({x.lower() for x in _PARTS_OF_BANNER.findall(text)}) >= 2


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

"""Feeds (RSS, Atom): what an answer holds. Nothing is fetched here.

In: what came. Out: :class:`Entry`, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.fetching import Fetched
from onrecord.model.dates import DateRange
from onrecord.reading import printed_date


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its id, where its page is, and what the feed itself tells of it."""

    id: str
    url: str
    title: str
    text: str
    published: str


def entries_of(answer: Fetched) -> Iterator[Entry]:
    """The entries of a feed, the oldest first, so that what a report repeats is there before it.

    Example:
        >>> text = b'<rss version="2.0"><channel><item><title>A</title><link>https://a.example/1</link></item></channel></rss>'
        >>> [e.url for e in entries_of(Fetched("https://a.example/feed", 200, text))]
        ['https://a.example/1']
    """
    parsed = _parsed(answer)
    for row in reversed(parsed.get("entries", [])):
        url = str(row.get("link") or "")
        name = str(row.get("id") or url or row.get("title") or "")
        if not name:
            continue
        texts = [str(x.get("value") or "") for x in row.get("content", []) if isinstance(x, dict)]
        text = max([*texts, str(row.get("summary") or "")], key=len)
        day = row.get("published") or row.get("updated") or ""
        told: DateRange | None = printed_date(str(day))
        yield Entry(
            name[:2000],
            url if url.lower().startswith(("http://", "https://")) else "",
            str(row.get("title") or "")[:500],
            _plain(text),
            told.earliest.isoformat() if told else "",
        )


def _parsed(answer: Fetched) -> Any:
    import feedparser

    # Bytes, never an address: the parser would fetch it by itself, unlooked at.
    headers = {"content-location": answer.url, "content-type": answer.kind or "application/xml"}
    return feedparser.parse(answer.content, response_headers=headers)


def is_feed(answer: Fetched) -> bool:
    """Whether it is a feed at all: one without entries is."""
    return bool(_parsed(answer).get("version"))


def _plain(markup: str) -> str:
    """The words of a piece of markup."""
    if "<" not in markup:
        return markup.strip()
    from lxml.html import fromstring  # type: ignore[import-untyped]

    try:
        tree = fromstring(f"<div>{markup}</div>")
    except Exception:
        return ""
    for block in tree.iter("p", "br", "div", "li"):
        block.tail = f"\n\n{block.tail or ''}"
    lines = (" ".join(x.split()) for x in str(tree.text_content()).split("\n\n"))
    return "\n\n".join(x for x in lines if x)

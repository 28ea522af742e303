"""The rounds of a watch: what is new in folders and feeds, politely, into the ledger.

In: folders, addresses, the state. Out: :class:`Brought`.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from onrecord import fetching, services
from onrecord.errors import AddressRefused, FetchFailed, InputError, NothingToRead
from onrecord.fetching import Fetched
from onrecord.ledger import Ledger
from onrecord.model import Issue
from onrecord.settings import Settings
from onrecord.vocabulary import load
from onrecord.watching.feeds import Entry, entries_of, is_feed
from onrecord.watching.state import Feed, State

AGENT_NAME = "onrecord"
PAUSE = 5.0
"""Seconds between two requests to one host, where its robots.txt asks for no more."""
MOST_PAUSE = 60.0
MOST_ENTRIES = 40
"""Entries of one feed taken in one round."""
TRIES = 4
ROBOTS_FOR = 24 * 3600.0
LONGEST_WAIT = 24 * 3600.0
SETTLED = 2.0
"""Seconds for which a file must have lain unchanged: before, somebody may still be writing it."""
WHOLE_TEXT = 600
"""Code points from which a feed's own text stands for a page that cannot be read: shorter ones are teasers."""

Fetch = Callable[..., Fetched]


@dataclass(frozen=True, slots=True)
class Brought:
    """What one round brought.

    Attributes:
        added: ids of the reports that are new in the ledger.
        issues: what could not be read.
    """

    added: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


class Watch:
    """Watches folders and feeds, round by round.

    Args:
        folders, feeds: what is watched.
        ledger: where what is new goes.
        settings: as for reading.
        state: the file that remembers.
        every: seconds between two looks at a feed.
        fetch: fetches a page; moment tells seconds since 1970; sleep waits. Tests give their own.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        feeds: Sequence[str],
        ledger: Ledger,
        settings: Settings,
        *,
        state: Path,
        every: float = 900.0,
        fetch: Fetch = fetching.fetch,
        moment: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folders, self._feeds = tuple(folders), tuple(dict.fromkeys(feeds))
        self._ledger, self._settings = ledger, settings
        self._path, self._every = state, every
        self._fetch, self._moment, self._sleep = fetch, moment, sleep
        self._state = State.of(state)
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._asked: dict[str, float] = {}

    def round(self) -> Brought:
        """Look at everything once whose time has come.

        Raises:
            LedgerError: or one below it, when the ledger cannot be written. OutputError: the state cannot be.
        """
        added: list[str] = []
        issues: list[Issue] = []
        for one in (*map(self._folder, self._folders), *map(self._feed, self._feeds)):
            added += one.added
            issues += one.issues
        return Brought(tuple(added), tuple(issues))

    def until_next(self) -> float:
        """Seconds until something is to be looked at again: folders are looked at every few seconds."""
        waits = [self._state.feeds[x].next_at - self._moment() for x in self._feeds if x in self._state.feeds]
        if self._folders:
            waits.append(min(self._every, 10.0))
        return min(max(min(waits, default=self._every), 1.0), self._every)

    # Folders

    def _folder(self, folder: Path) -> Brought:
        new: dict[str, tuple[int, int]] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            stamp = _stamp(path)
            if stamp is None or path.name.startswith(".") or self._state.files.get(str(path)) == stamp:
                continue
            if self._moment() - stamp[1] / 1e9 >= SETTLED:
                new[str(path)] = stamp
        if not new:
            return Brought()
        brought = self._read([Path(x) for x in new])
        self._state.files.update(new)
        self._state.save(self._path)
        return brought

    # Feeds

    def _feed(self, url: str) -> Brought:
        feed = self._state.feeds.setdefault(url, Feed())
        if self._moment() < feed.next_at:
            return Brought()
        try:
            answer = self._polite(url, {k: v for k, v in _conditions(feed).items() if v})
        except InputError as error:
            return self._failed(url, feed, error)
        feed.failures, feed.next_at = 0, self._moment() + self._every
        if answer.status == 304:
            self._state.save(self._path)
            return Brought()
        entries = list(entries_of(answer))
        if not entries and not is_feed(answer):
            return self._failed(url, feed, FetchFailed(f"{url[:160]!r} is no feed", value=url, hint="give RSS or Atom"))
        waiting = [e for e in entries if e.id not in feed.seen]
        brought = self._entries(feed, waiting[:MOST_ENTRIES])
        if len(waiting) <= MOST_ENTRIES and not any(e.id not in feed.seen for e in entries):
            # The tags are kept when nothing is left: else the next round would be told that nothing is new.
            feed.etag = answer.headers.get("etag", "")
            feed.modified = answer.headers.get("last-modified", "")
        self._state.save(self._path)
        return brought

    def _failed(self, url: str, feed: Feed, error: InputError) -> Brought:
        feed.failures += 1
        wait = min(self._every * 2 ** min(feed.failures, 12), LONGEST_WAIT)
        feed.next_at = self._moment() + wait
        self._state.save(self._path)
        issue = Issue(error.code, url, error.message, f"it is asked again in {wait / 60:.0f} minutes")
        self._ledger.add_issue(issue)
        return Brought(issues=(issue,))

    def _entries(self, feed: Feed, entries: Sequence[Entry]) -> Brought:
        lines: list[dict[str, Any]] = []
        done: list[str] = []
        issues: list[Issue] = []
        for entry in entries:
            try:
                lines.append(self._page(entry))
                done.append(entry.id)
            except InputError as error:
                if self._give_up(feed, entry, error):
                    done.append(entry.id)
                    issues.append(Issue(error.code, entry.url or entry.id, error.message, error.hint))
        for issue in issues:
            self._ledger.add_issue(issue)
        brought = self._read_lines(lines) if lines else Brought()
        # Noted after they are in the ledger: a watch that is killed in between reads them again, and adds nothing.
        for name in done:
            feed.seen[name] = None
            feed.tries.pop(name, None)
        return Brought(brought.added, (*issues, *brought.issues))

    def _page(self, entry: Entry) -> dict[str, Any]:
        """An entry's page as a line; the feed's own text where that is whole and the page cannot be read."""
        own = {"text": entry.text, "title": entry.title, "url": entry.url, "published": entry.published}
        try:
            if not entry.url:
                raise FetchFailed("the entry names no page", value=entry.id)
            if not self._allowed(entry.url):
                raise AddressRefused(f"{entry.url[:160]!r} is not to be read by programs (robots.txt)", value=entry.url)
            line = fetching.page_record(self._polite(entry.url, {}), load().outlet_by_name)
        except InputError:
            if len(entry.text) >= WHOLE_TEXT:
                return own
            raise
        for name in ("title", "published"):
            line[name] = line.get(name) or own[name]
        return line

    @staticmethod
    def _give_up(feed: Feed, entry: Entry, error: InputError) -> bool:
        """Whether an entry that failed is done with: at once where trying again is of no use."""
        if not isinstance(error, FetchFailed) or error.value in (404, 410, 451, 403, 401):
            return True
        feed.tries[entry.id] = feed.tries.get(entry.id, 0) + 1
        return feed.tries[entry.id] >= TRIES

    def _polite(self, url: str, headers: Mapping[str, str]) -> Fetched:
        """Fetch, with a pause after the last request to the same host."""
        host = urlsplit(url).netloc
        wait = self._asked.get(host, 0.0) + self._pause(host) - self._moment()
        if wait > 0:
            self._sleep(min(wait, MOST_PAUSE))
        self._asked[host] = self._moment()
        return self._fetch(url, headers=headers)

    def _pause(self, host: str) -> float:
        held = self._robots.get(host)
        asked = held[1].crawl_delay(AGENT_NAME) if held else None
        return min(max(PAUSE, float(asked or 0)), MOST_PAUSE)

    def _allowed(self, url: str) -> bool:
        """Whether the site's robots.txt lets the page be read; without one it does (RFC 9309, section 2.3.1.3)."""
        parts = urlsplit(url)
        held = self._robots.get(parts.netloc)
        if held is None or self._moment() - held[0] > ROBOTS_FOR:
            rules = RobotFileParser()
            try:
                answer = self._polite(f"{parts.scheme}://{parts.netloc}/robots.txt", {})
                rules.parse(answer.content.decode("utf-8", "replace").splitlines())
            except FetchFailed as error:
                # Not there: all is allowed. Broken: nothing is, until it is asked again.
                gone = isinstance(error.value, int) and 400 <= error.value < 500
                rules.parse([] if gone else ["User-agent: *", "Disallow: /"])
                if not gone:
                    raise
            held = self._robots[parts.netloc] = (self._moment(), rules)
        return held[1].can_fetch(AGENT_NAME, url)

    # Reading

    def _read_lines(self, lines: Iterable[Mapping[str, Any]]) -> Brought:
        with tempfile.TemporaryDirectory(prefix="onrecord-") as place:
            path = Path(place) / "feed.jsonl"
            path.write_text("\n".join(json.dumps(dict(x), ensure_ascii=True, default=str) for x in lines), "utf-8")
            return self._read([path])

    def _read(self, inputs: Sequence[Path]) -> Brought:
        try:
            found = services.read(list(inputs), self._ledger, self._settings)
        except NothingToRead as error:
            return Brought(issues=(Issue(error.code, str(inputs[0]), error.message, error.hint),))
        return Brought(found.added, found.issues)


def _conditions(feed: Feed) -> dict[str, str]:
    return {"if-none-match": feed.etag, "if-modified-since": feed.modified}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if path.is_file() else None

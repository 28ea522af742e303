"""Watching folders and feeds: each entry once, politely, and going on where it was."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from onrecord import services
from onrecord.errors import FetchFailed, InputError
from onrecord.fetching import Fetched
from onrecord.settings import Settings
from onrecord.watching import PAUSE, State, Watch, entries_of

FEED = "https://news.example/feed"
WORDS = "will not send soldiers to Gaza, its defence minister said in the capital on Tuesday."
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def rss(*names, extra=""):
    items = "".join(
        f"<item><title>Paper {n}</title><link>https://news.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>"
        for n in names
    )
    channel = f"<channel><title>News</title>{items}{extra}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


class Web:
    """A web of a few pages: notes who was asked, when, and with what."""

    def __init__(self, clock):
        self.clock, self.pages, self.asked = clock, {}, []

    def __call__(self, url, headers=None):
        self.asked.append((url, dict(headers or {}), self.clock.at))
        found = self.pages.get(url)
        if found is None:
            raise FetchFailed(f"{url} answers 404", value=404)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Fetched):
            if found.headers.get("etag") and (headers or {}).get("if-none-match") == found.headers["etag"]:
                return Fetched(url, 304, b"")
            return found
        return Fetched(url, 200, found.encode(), "text/html")

    def count(self, url):
        return sum(x == url for x, _, _ in self.asked)


class Clock:
    def __init__(self):
        self.at = 1_775_000_000.0
        self.slept = []

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def web(clock):
    made = Web(clock)
    for n, name in enumerate(("Spain", "Italy", "Greece")):
        made.pages[f"https://news.example/{n}"] = f"<html><body><article><p>{name} {WORDS}</p></article></body></html>"
    return made


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    made = services.make_extractor
    monkeypatch.setattr(services, "make_extractor", lambda v, s, rules_only=False: made(v, s, rules_only=True))


@pytest.fixture
def ledger():
    with services.open_ledger(Settings(ledger=":memory:", clock=lambda: NOW)) as opened:
        yield opened


@pytest.fixture
def watch(tmp_path, ledger, web, clock):
    def made(folders=(), feeds=(FEED,)):
        settings = Settings(ledger=":memory:", clock=lambda: NOW)
        return Watch(
            folders, feeds, ledger, settings, state=tmp_path / "state.json", fetch=web, moment=clock, sleep=clock.sleep
        )

    return made


def feed(*names, etag="", **more):
    return Fetched(FEED, 200, rss(*names, **more), "application/rss+xml", {"etag": etag} if etag else {})


def test_each_entry_goes_in_once_and_a_new_start_goes_on(watch, web, clock, ledger):
    web.pages[FEED] = feed(0, 1)
    assert len(watch().round().added) == 2
    urls = {r.url for r in ledger.reports()}
    assert urls == {"https://news.example/0", "https://news.example/1"}
    assert all(r.published.day.isoformat() == "2026-03-03" for r in ledger.reports())
    clock.at += 3600
    web.pages[FEED] = feed(0, 1, 2)
    again = watch()
    assert len(again.round().added) == 1
    assert [web.count(f"https://news.example/{n}") for n in range(3)] == [1, 1, 1]


def test_a_watch_killed_before_it_noted_adds_nothing_twice(watch, web, clock, ledger, tmp_path):
    web.pages[FEED] = feed(0)
    watch().round()
    (tmp_path / "state.json").unlink()
    clock.at += 3600
    assert watch().round().added == ()
    assert len(list(ledger.reports())) == 1


def test_a_feed_is_asked_with_its_tags_and_not_before_its_time(watch, web, clock):
    web.pages[FEED] = feed(0, etag='"v1"')
    running = watch()
    running.round()
    running.round()
    assert web.count(FEED) == 1
    clock.at += 3600
    assert watch().round().added == ()
    asked = [headers for url, headers, _ in web.asked if url == FEED]
    assert asked[1] == {"if-none-match": '"v1"'}


def test_robots_are_heeded_and_asked_for_once(watch, web):
    web.pages["https://news.example/robots.txt"] = "User-agent: *\nDisallow: /1\nCrawl-delay: 9"
    web.pages[FEED] = feed(0, 1, 2)
    brought = watch().round()
    assert len(brought.added) == 2
    assert web.count("https://news.example/1") == 0
    assert web.count("https://news.example/robots.txt") == 1
    assert any("robots.txt" in i.message for i in brought.issues)
    times = [at for url, _, at in web.asked if re.fullmatch(r"https://news\.example/\d", url)]
    assert all(b - a >= 9 for a, b in pairwise(times))


def test_there_is_a_pause_between_two_pages_of_one_host(watch, web):
    web.pages[FEED] = feed(0, 1)
    watch().round()
    times = [at for _, _, at in web.asked]
    assert all(b - a >= PAUSE for a, b in pairwise(times))


def test_what_fails_is_left_alone_longer_each_time(watch, web, clock):
    web.pages[FEED] = FetchFailed("down", value=503)
    running = watch()
    waits = []
    for _ in range(4):
        assert len(running.round().issues) == 1
        at = State.of(running._path).feeds[FEED].next_at
        waits.append(at - clock.at)
        clock.at = at
    assert waits == sorted(waits)
    assert waits[-1] > waits[0] * 4


def test_a_page_that_is_gone_is_not_asked_again_and_one_that_breaks_is(watch, web, clock):
    web.pages[FEED] = feed(0, 7)
    web.pages["https://news.example/0"] = FetchFailed("slow", value="x")
    watch().round()
    clock.at += 3600
    web.pages["https://news.example/0"] = f"<html><body><p>Malta {WORDS}</p></body></html>"
    assert len(watch().round().added) == 1
    assert web.count("https://news.example/7") == 1


def test_a_page_that_is_no_feed_is_told(watch, web):
    web.pages[FEED] = "<html><body>hello</body></html>"
    assert [i.code for i in watch().round().issues] == ["fetch-failed"]


def test_the_feeds_own_text_stands_where_it_is_whole(watch, web, ledger):
    body = f"Malta {WORDS} " * 12
    item = (
        "<item><title>M</title><link>https://news.example/gone</link>"
        f"<description>&lt;p&gt;{body}&lt;/p&gt;</description></item>"
    )
    web.pages[FEED] = feed(extra=item)
    assert len(watch().round().added) == 1
    assert next(iter(ledger.reports())).text.startswith("Malta will not send")


def test_a_hostile_feed_does_nothing():
    item = (
        "<item><title>&lt;script&gt;x&lt;/script&gt;</title><link>javascript:alert(1)</link>"
        "<description>&lt;script&gt;run()&lt;/script&gt;words</description></item>"
    )
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
        b'<rss version="2.0"><channel>'
    )
    found = list(entries_of(Fetched(FEED, 200, bomb + item.encode() + b"</channel></rss>")))
    assert [e.url for e in found] in ([""], [])
    assert all("run()" not in e.text for e in found)


def test_a_folder_is_read_as_files_come_and_change(watch, tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()

    def put(name, text, at):
        (folder / name).write_text(text, "utf-8")
        os.utime(folder / name, (at, at))

    put("one.txt", f"Spain {WORDS}", clock.at - 60)
    put("fresh.txt", f"Malta {WORDS}", clock.at)
    running = watch((folder,), ())
    assert len(running.round().added) == 1
    assert running.round().added == ()
    clock.at += 10
    assert len(running.round().added) == 1
    put("one.txt", f"Spain {WORDS} It changed.", clock.at - 5)
    assert len(watch((folder,), ()).round().added) == 1


def test_a_state_that_is_none_is_refused(tmp_path):
    (tmp_path / "s.json").write_text("[1", "utf-8")
    with pytest.raises(InputError):
        State.of(tmp_path / "s.json")


def test_the_command_looks_once(tmp_path):
    from click.testing import CliRunner

    from onrecord import cli

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.txt").write_text(f"Spain {WORDS}", "utf-8")
    os.utime(folder / "one.txt", (1_700_000_000, 1_700_000_000))
    told = CliRunner().invoke(
        cli.main, ["watch", str(folder), "--ledger", str(tmp_path / "l.db"), "--once", "--rules-only"]
    )
    assert told.exit_code == 0, told.output
    assert "read one" in told.output
    assert (tmp_path / "l.db.watch.json").is_file()

"""A small house for telling: reports that say one thing each, rules in a file, a web server and a mail server."""

from __future__ import annotations

import json
import socketserver
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger
from onrecord.model import ChainLink, Condition, DateRange, Judgement, Position, Quantity, Report, Span, digest
from onrecord.settings import Settings
from onrecord.telling import Teller

START = datetime(2026, 4, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def later(self, **more):
        self.now += timedelta(**more)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger(clock, tmp_path):
    with Ledger.open(tmp_path / "x.db", clock=clock) as opened:
        yield opened


def say(
    ledger, name, holder, stance, day, *, words="", task="contribute_troops", matter="isf_gaza", performer=None,
    outlet="The Courier", conditions=(), figure=None, chain=None,
):  # fmt: skip
    """Put a report into the ledger in which a party takes a stance, in words of our own; its position's id."""
    sentence = words or f"{holder} let it be known that its word is {stance}, its ministry said."
    sentence += "".join(f" It asks for {kind}." for kind in conditions)
    sentence += f" It speaks of {figure} soldiers." if figure else ""
    text = f"Dateline, {day}.\n\n{sentence}\n\nThe rest is of no matter here, in {name}."
    where = text.index(sentence)

    def span(part):
        at = text.index(part, where)
        return Span(at, at + len(part), part)

    report = Report(name, text, digest(text), outlet=outlet, published=DateRange.on(date.fromisoformat(day)))
    position = Position(
        f"{name}.p", name, holder, performer or holder, task, stance, span(sentence),
        matter=matter,
        conditions=tuple(Condition(kind, span(f"It asks for {kind}.")) for kind in conditions),
        quantity=Quantity(figure, figure, "soldiers", span(f"It speaks of {figure} soldiers.")) if figure else None,
        chain=(chain or ChainLink("the ministry", "office", holder), ChainLink(outlet or "a paper", "outlet")),
        self_declared=True,
        said_on=DateRange.on(date.fromisoformat(day)),
        confidence=0.9,
    )  # fmt: skip
    ledger.add(report, (), [position], extractor="hand 1")
    return position.id


def judge(ledger, name, target, decision, *, kind="position", by="ada", note="", **changes):
    ledger.judge(Judgement(name, target, kind, decision, by, START, changes, note))


@pytest.fixture
def house(ledger, clock, tmp_path):
    """say, judge and the like, on one ledger; ``rules`` writes the file and gives what tells by it."""
    file = tmp_path / "rules.yaml"

    def rules(text, make=None, story=None):
        file.write_text(text, encoding="utf-8")
        settings = Settings(ledger=tmp_path / "x.db", story=story, clock=clock)
        return Teller(ledger, settings, file, **({"make": make} if make else {}))

    def lines(name="told.jsonl"):
        path = tmp_path / name
        return [json.loads(x) for x in path.read_text("utf-8").splitlines()] if path.exists() else []

    return SimpleNamespace(
        ledger=ledger, clock=clock, rules=rules, lines=lines, place=tmp_path,
        say=lambda *a, **k: say(ledger, *a, **k), judge=lambda *a, **k: judge(ledger, *a, **k),
    )  # fmt: skip


@pytest.fixture
def hook():
    """A web server on this machine: what it was sent, and what it answers next (200 where nothing is said)."""
    got, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append(SimpleNamespace(path=self.path, headers=dict(self.headers), body=body))
            status, headers = answers.pop(0) if answers else (200, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}/hook", got=got, answers=answers)
        server.shutdown()
        thread.join()


@pytest.fixture
def post():
    """A mail server on this machine: the letters it took; addresses in ``refuses`` it does not take."""
    letters, refuses, seen = [], set(), []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            def answer(line):
                self.wfile.write(f"{line}\r\n".encode())

            to = []
            answer("220 post.example")
            while line := self.rfile.readline():
                said = line.decode().strip()
                seen.append(said)
                word = said.upper()
                if word.startswith("EHLO"):
                    answer("250 post.example")
                elif word.startswith("RCPT"):
                    address = said.partition("<")[2].rstrip(">")
                    to += [] if address in refuses else [address]
                    answer("550 no" if address in refuses else "250 yes")
                elif word == "DATA":
                    answer("354 go on")
                    lines = []
                    while (one := self.rfile.readline()) not in (b".\r\n", b""):
                        lines.append(one[1:] if one.startswith(b"..") else one)
                    letters.append(SimpleNamespace(to=tuple(to), raw=b"".join(lines)))
                    to = []
                    answer("250 taken")
                elif word == "QUIT":
                    answer("221 bye")
                    return
                else:
                    answer("250 yes")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield SimpleNamespace(port=server.server_address[1], letters=letters, refuses=refuses, seen=seen)
        server.shutdown()
        thread.join()

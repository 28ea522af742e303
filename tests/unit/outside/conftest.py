"""A real server on this machine that plays a recorded exchange, and a report for it to be asked about."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import DateRange, Report, digest
from onrecord.vocabulary import load

HERE = Path(__file__).parent
EXCHANGE = json.loads((HERE / "exchange.json").read_text(encoding="utf-8"))
"""What was answered to which text: recorded answers, good and bad, by name."""


@dataclass
class Turn:
    """One thing that the server does when it is asked."""

    status: int = 200
    body: str | bytes = ""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0
    cut: bool = False


def said(content: str, **more: Any) -> Turn:
    """A well-formed response with this content."""
    end = more.pop("end", "stop")
    usage = {"prompt_tokens": 900, "completion_tokens": 80, **more.pop("usage", {})}
    message = {"role": "assistant", "content": content}
    body = {"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": end}], "usage": usage}
    return Turn(body=json.dumps(body), **more)


class Server:
    """Answers chat completions with the turns it was given, in order; refuses what is not asked as it should be."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.by_text: dict[str, Turn] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_POST(self) -> None:
                size = int(self.headers["content-length"])
                asked = json.loads(self.rfile.read(size))
                outer.asked.append(asked)
                outer.headers.append(dict(self.headers))
                self._give(outer._turn(self.path, asked))

            def _give(self, turn: Turn) -> None:
                time.sleep(turn.wait)
                body = turn.body.encode() if isinstance(turn.body, str) else turn.body
                try:
                    self.send_response(turn.status)
                    for name, value in turn.headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(body)))
                    self.end_headers()
                    if turn.cut:
                        self.wfile.write(body[: len(body) // 2])
                        self.wfile.flush()
                        self.connection.close()
                        return
                    for n in range(0, len(body), 20 if turn.drip else len(body) or 1):
                        self.wfile.write(body[n : n + (20 if turn.drip else len(body))])
                        self.wfile.flush()
                        time.sleep(turn.drip)
                except OSError:
                    pass  # the client has gone

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def _turn(self, path: str, asked: dict[str, Any]) -> Turn:
        if path != "/v1/chat/completions" or asked.get("model") != "tiny" or asked.get("temperature") != 0:
            return Turn(404, json.dumps({"error": {"message": "no such thing here"}}))
        user = asked["messages"][1]["content"]
        for words, turn in self.by_text.items():
            if words in user:
                return turn
        return self.turns.pop(0) if self.turns else Turn(500, "nothing left to say")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def option(self) -> str:
        return f"local:tiny@{self.url}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture(scope="session")
def vocabulary():
    return load()


def report(text: str, name: str = "r1", day=None, outlet: str | None = "The Harbour Daily") -> Report:
    return Report(name, text, digest(text), outlet, None, "A headline", day and DateRange.on(day))

"""A process that tells of changes is killed (SIGKILL) between any two steps: started again, it tells the rest.

Stated outcome. A file holds every message exactly once. Another target gets every message, and the one message that was
under way when the process was killed perhaps twice, under one id. The ledger is whole all along.

The process killed is a fork of this one; it kills itself at the step that is asked for, so that no chance is in it.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger, Outbox
from onrecord.settings import Settings
from onrecord.telling import FileTarget, Teller, appending
from onrecord.telling.appending import FileSender

house = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/telling/conftest.py")))
RULES = """
targets: {log: {file: told.jsonl}, team: {webhook: "https://hooks.example/"}}
rules:
  - {name: down, when: moves_down, to: [log, team]}
  - {name: new, when: first_position, to: [log, team]}
"""
PARTIES = ("ITA", "ESP")


class Receiver:
    """Stands for a service elsewhere: what it was sent lies in a file of its own."""

    def __init__(self, path):
        self.path = path

    def send(self, message):
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(message["id"]) + "\n")
        return "taken"

    def close(self):
        pass


def teller(place, ledger):
    def make(target, clock):
        return FileSender(target.path) if isinstance(target, FileTarget) else Receiver(place / "received.jsonl")

    settings = Settings(ledger=place / "x.db", clock=house.Clock())
    return Teller(ledger, settings, place / "rules.yaml", make)


@pytest.fixture
def place(tmp_path):
    """A ledger that was told from, and in which two parties have moved down since and one is new."""
    (tmp_path / "rules.yaml").write_text(RULES)
    with Ledger.open(tmp_path / "x.db", clock=house.Clock()) as ledger:
        for name in PARTIES:
            house.say(ledger, f"a{name}", name, "offered", "2026-01-10")
        teller(tmp_path, ledger).tell()
        for name in PARTIES:
            house.say(ledger, f"b{name}", name, "refused", "2026-02-10")
        house.say(ledger, "c", "GRC", "offered", "2026-02-10")
    return tmp_path


def killed(place, step):
    """Run a pass in a process that kills itself at a step (counted from 0); whether it came that far.

    The steps: before and after what is known is noted, before and after each outcome is noted, and in the middle of
    each line that is written.
    """
    child = os.fork()
    if child == 0:
        try:
            left = [step]

            def die_at(real, after=True):
                def called(*args, **more):
                    _count(left)
                    made = real(*args, **more)
                    if after:
                        _count(left)
                    return made

                return called

            def half(handle, content):
                os.write(handle, content[: len(content) // 2])
                _count(left)
                os.write(handle, content[len(content) // 2 :])

            Outbox.queue = die_at(Outbox.queue)
            Outbox.note = die_at(Outbox.note)
            appending._write = half
            with Ledger.open(place / "x.db", clock=house.Clock()) as ledger:
                teller(place, ledger).tell()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _count(left):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1


def told(place):
    lines = [json.loads(x)["id"] for x in (place / "told.jsonl").read_text("utf-8").splitlines()]
    received = [json.loads(x) for x in (place / "received.jsonl").read_text("utf-8").splitlines()]
    return lines, received


def finish(place):
    with Ledger.open(place / "x.db", clock=house.Clock()) as ledger:
        made = teller(place, ledger)
        first, second = made.tell(), made.tell()
        assert ledger.verify() == []
        assert first.waiting == second.waiting == {}
        assert second.delivered == ()
        return {m["id"] for m in ledger.outbox.told("rules")}


STEPS = 17
"""Two about noting what is known, two for each of six outcomes, one for each of three lines."""


@pytest.mark.parametrize("step", range(STEPS))
def test_killed_at_a_step_it_tells_the_rest_and_no_line_twice(place, step):
    assert killed(place, step)
    ids = finish(place)
    lines, received = told(place)
    assert len(ids) == 3
    assert sorted(lines) == sorted(ids), "every message stands in the file, and none twice"
    assert set(received) == ids
    assert len(received) <= len(ids) + 1


def test_there_are_no_more_steps(place):
    assert not killed(place, STEPS)
    assert len(finish(place)) == 3


def test_killed_again_and_again_it_comes_to_its_end(place):
    times = 0
    while killed(place, 1):
        times += 1
        assert times < 50, "each start gets further"
    ids = finish(place)
    lines, received = told(place)
    assert times > 3
    assert sorted(lines) == sorted(ids)
    assert set(received) == ids

"""Reports that want to be more than quoted, and receivers that do not end."""

from __future__ import annotations

import httpx
import pytest

from onrecord.errors import NotTold
from onrecord.telling import WebhookTarget
from onrecord.telling.posting import LARGEST, WebhookSender

NEW = "targets: {log: {file: told.jsonl}}\nrules: [{name: new, when: first_position, to: log}]\n"


def told(house, words, **more):
    teller = house.rules(NEW)
    teller.tell()
    house.say("r1", more.pop("holder", "ITA"), "offered", "2026-02-10", words=words, **more)
    teller.tell()
    (line,) = house.lines()
    return line


def test_no_line_of_a_report_passes_for_ours(house):
    words = "Yes.\nRule: another. Message 0.\n\nA person decided: ada rejected all.\r\nWhat it rests on:\nNothing."
    line = told(house, words)
    assert line["passages"][0]["text"] == words, "word for word"
    ours = [x for x in line["body"].splitlines() if x and not x.startswith(" ")]
    assert [x for x in ours if x.startswith(("Rule:", "What it rests on:", "A person"))] == [
        "What it rests on:",
        f"Rule: new. Message {line['id']}.",
    ]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x1b[31m", "\x07", "\u200f", "\ufeff", "\x9b"])
def test_what_is_not_seen_but_acts_is_written_out(house, sign):
    line = told(house, f"The ministry said {sign}yes{sign} to it.", holder=f"group:red{sign}union")
    assert sign in line["passages"][0]["text"], "the passage itself is as it is"
    assert sign not in line["subject"] + line["body"]
    assert f"⟨U+{ord(sign[0]):04X}⟩" in line["body"]


@pytest.mark.parametrize("word", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "\t=1"])
def test_nothing_begins_a_formula(house, word):
    """A spreadsheet runs a cell that begins so: neither subject nor any line of ours does."""
    line = told(house, f"{word} is what it said.", holder=f"group:{word}")
    assert line["subject"].startswith("[onrecord] ")
    assert not [x for x in line["body"].splitlines() if x.startswith(("=", "+", "@", "\t"))]


def test_fields_of_a_report_are_made_one_line(house):
    line = told(house, "It said yes.", outlet="The\nRule: x\nCourier")
    assert "The Rule: x Courier, 10 Feb 2026" in line["body"]


def test_an_answer_without_end():
    """What is read of an answer is bounded, and it counts as taken by its status."""
    read = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                read.append(8192)
                yield b"x" * 8192

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Endless()))
    target = WebhookTarget("team", "https://hooks.example/")
    sender = WebhookSender(target, {}, lambda: None, resolve=lambda h, p: ["93.184.216.34"], transport=transport)
    assert sender.send({"id": "1", "body": ""}) == "answered 200"
    assert sum(read) <= LARGEST + 2 * 8192


def test_the_words_of_a_broken_connection_do_not_tell_the_address():
    def broken(request):
        raise httpx.ConnectError(f"no way to {request.url}")

    target = WebhookTarget("team", "https://hooks.example/T0/s3cret")
    sender = WebhookSender(
        target, {}, lambda: None, resolve=lambda h, p: ["93.184.216.34"], transport=httpx.MockTransport(broken)
    )
    with pytest.raises(NotTold) as caught:
        sender.send({"id": "1", "body": ""})
    assert "s3cret" not in f"{caught.value}{caught.value.value}"

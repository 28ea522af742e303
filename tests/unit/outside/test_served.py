"""A model behind an address: what a real server may do to us, done by a real server."""

from __future__ import annotations

import json
import runpy
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import ExtractorInvalid, OutsideBroken, OutsideUnavailable
from onrecord.outside import named
from onrecord.outside.schema import answer_schema
from onrecord.outside.served import ATTEMPTS, FIRST_WAIT, LARGEST, ServedModel

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "conftest.py")))
Turn, said = made.Turn, made.said
SCHEMA = answer_schema(stances=["offered"], tasks=["fund"], kinds=["timing"], matters=[])
SECRET = "sk-0123456789-very-secret"


@pytest.fixture
def waits():
    return []


@pytest.fixture
def model(server, waits):
    return ServedModel(named(server.option), key=SECRET, timeout=2, sleep=waits.append)


def ask(model):
    return model.ask("the rules", "the text", SCHEMA)


class TestGoodAnswers:
    def test_what_is_asked_and_what_comes_back(self, server, model, waits):
        server.turns = [said('{"positions": []}', usage={"cost": 0.002})]
        reply = ask(model)
        assert (reply.text, reply.whole, reply.tokens_in, reply.tokens_out) == ('{"positions": []}', True, 900, 80)
        assert reply.cost == 0.002
        assert reply.seconds > 0
        (asked,) = server.asked
        assert [m["content"] for m in asked["messages"]] == ["the rules", "the text"]
        held = asked["response_format"]["json_schema"]
        assert held["strict"] is True
        assert held["schema"]["properties"]["positions"]["items"]["properties"]["stance"]["enum"] == ["offered"]
        assert server.headers[0]["authorization"] == f"Bearer {SECRET}"
        assert waits == []

    def test_an_older_server_is_asked_more_simply(self, server, model):
        no = Turn(400, json.dumps({"error": {"message": "response_format json_schema is not supported"}}))
        server.turns = [no, no, said("{}"), said("{}")]
        assert ask(model).text == "{}"
        assert [x.get("response_format", {}).get("type") for x in server.asked] == ["json_schema", "json_object", None]
        ask(model)
        assert "response_format" not in server.asked[-1]

    def test_content_in_pieces_and_without_counts(self, server, model):
        message = {"content": [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}]}
        server.turns = [Turn(body=json.dumps({"choices": [{"message": message}], "usage": None}))]
        reply = ask(model)
        assert (reply.text, reply.tokens_in, reply.tokens_out, reply.cost) == ("{}", None, None, None)

    def test_half_an_answer_is_known_for_one(self, server, model):
        server.turns = [said('{"positions": [', end="length")]
        assert ask(model).whole is False

    def test_a_text_with_a_lone_surrogate_can_be_asked_about(self, server, model):
        server.turns = [said("{}")]
        model.ask("the rules", "odd \ud800 text", SCHEMA)
        assert server.asked[0]["messages"][1]["content"] == "odd \ud800 text"


class TestPatience:
    def test_busy_then_answering(self, server, model, waits):
        server.turns = [Turn(429, "{}"), Turn(503, "no"), Turn(500, "no"), said("{}")]
        assert ask(model).text == "{}"
        assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]

    def test_it_waits_as_long_as_it_is_asked_to(self, server, model, waits):
        server.turns = [Turn(429, "{}", headers={"retry-after": "7"}), said("{}")]
        ask(model)
        assert waits == [7]

    def test_but_not_for_ever(self, server, model, waits):
        server.turns = [Turn(429, "{}", headers={"retry-after": "86400"}), said("{}")]
        with pytest.raises(OutsideUnavailable, match="left alone") as told:
            ask(model)
        assert told.value.lasting
        assert waits == []
        assert len(server.asked) == 1

    def test_a_date_to_wait_for_counts_as_none(self, server, model, waits):
        server.turns = [Turn(429, "{}", headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), said("{}")]
        ask(model)
        assert waits == [FIRST_WAIT]

    def test_busy_all_the_time(self, server, model, waits):
        server.turns = [Turn(503, "no")] * 10
        with pytest.raises(OutsideUnavailable, match=r"503.*4 times") as told:
            ask(model)
        assert not told.value.lasting
        assert len(server.asked) == ATTEMPTS
        assert len(waits) == ATTEMPTS - 1

    def test_silence(self, server, waits):
        model = ServedModel(named(server.option), timeout=0.2, sleep=waits.append)
        server.turns = [Turn(wait=1.0, body="{}")] * ATTEMPTS
        with pytest.raises(OutsideUnavailable, match=r"nothing came within 0\.2 s"):
            ask(model)
        assert len(server.asked) == ATTEMPTS

    def test_a_server_that_drips(self, server, waits):
        """A byte now and then never runs into the timeout of one read; the whole attempt has its own."""
        model = ServedModel(named(server.option), timeout=0.3, sleep=waits.append)
        server.turns = [said("x" * 400, drip=0.1)] * ATTEMPTS
        with pytest.raises(OutsideUnavailable, match="nothing came within"):
            ask(model)

    def test_a_connection_that_breaks_half_way(self, server, model):
        server.turns = [said("{}", cut=True), said("{}")]
        assert ask(model).text == "{}"

    def test_nobody_there(self, waits):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        model = ServedModel(named(f"local:tiny@http://127.0.0.1:{port}/v1"), sleep=waits.append, timeout=1)
        with pytest.raises(OutsideUnavailable, match="nobody listens"):
            ask(model)


class TestRefusals:
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
    def test_a_no_is_final(self, server, model, waits, status):
        server.turns = [Turn(status, json.dumps({"error": {"message": f"wrong key {SECRET}\n\x1b[31m"}}))]
        with pytest.raises(OutsideUnavailable) as told:
            ask(model)
        assert told.value.lasting
        assert waits == []
        assert str(status) in str(told.value)
        assert "[key]" in str(told.value)
        assert SECRET not in str(told.value) + repr(told.value) + str(told.value.value) + repr(model)

    def test_a_redirect_is_not_followed(self, server, model):
        server.turns = [Turn(307, "", headers={"location": "http://169.254.169.254/latest"}), said("{}")]
        with pytest.raises(OutsideUnavailable, match="307"):
            ask(model)
        assert len(server.asked) == 1

    @pytest.mark.parametrize(
        "body",
        [
            "", "null", "[]", "{}", "<html>sign in</html>", '{"choices": []}', '{"choices": [{"message": {}}]}',
            '{"choices": [{"message": {"content": null}}]}', '{"choices": [{"message": {"content": 7}}]}',
            '{"choices": {"a": 1}}', '{"choices": [{"message": {"content": "x"}}], "usage": [1]}', "[" * 100_000,
            b"\xff\xfe\x00",
        ],
    )  # fmt: skip
    def test_a_response_that_is_no_answer(self, server, model, body):
        server.turns = [Turn(body=body)]
        with pytest.raises(OutsideBroken):
            ask(model)

    def test_a_response_without_end(self, server, model):
        server.turns = [Turn(body=b" " * (LARGEST + 1))]
        with pytest.raises(OutsideBroken, match="larger"):
            ask(model)

    def test_a_name_that_leads_elsewhere_by_the_second_question(self, server):
        """What a host resolves to is looked at before every question, not once."""
        places = [["127.0.0.1"], ["8.8.8.8"]]
        model = ServedModel(named(server.option), resolve=lambda host, port: places.pop(0))
        server.turns = [said("{}"), said("{}")]
        ask(model)
        with pytest.raises(ExtractorInvalid):
            ask(model)
        assert len(server.asked) == 1

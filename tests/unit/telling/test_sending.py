"""Sending: to a file, a webhook, by e-mail; once; what fails waits, and one broken target stops no other."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import socket
from datetime import timedelta

import httpx
import pytest

from onrecord.errors import NotTold
from onrecord.tell_command import say_told
from onrecord.telling import MailTarget, Teller, WebhookTarget
from onrecord.telling.appending import FileSender, line_of
from onrecord.telling.mailing import MailSender, letter_of
from onrecord.telling.posting import WebhookSender
from onrecord.telling.sending import sender_for

SECRET = "a-secret-of-forty-characters-and-no-less!"
MESSAGE = {"id": "0" * 32, "subject": "[onrecord] Italy – refused", "body": "Italy.\n\n  “No.”\n"}


def moved(house, targets, to, *, environment=None):
    """A change that waits to be told to some targets, and what tells it."""
    environment = environment or {}
    house.say("r1", "ITA", "offered", "2026-01-10")
    text = f"targets: {{{targets}}}\nrules: [{{name: down, when: moves_down, to: [{to}]}}]\n"
    teller = house.rules(text, make=lambda target, clock: sender_for(target, clock, environment))
    teller.tell()
    house.say("r2", "ITA", "refused", "2026-02-10")
    return teller


class TestFile:
    def test_a_line_each_and_none_twice(self, tmp_path):
        sender = FileSender(tmp_path / "told.jsonl")
        other = {**MESSAGE, "id": "1" * 32}
        said = [sender.send(m) for m in (MESSAGE, other, MESSAGE, other)]
        assert said == ["written", "written", "was there", "was there"]
        assert (tmp_path / "told.jsonl").read_bytes() == line_of(MESSAGE) + line_of(other)

    @pytest.mark.parametrize("cut", [1, 20, -1])
    def test_a_line_that_was_cut_off_is_written_to_its_end(self, tmp_path, cut):
        path = tmp_path / "told.jsonl"
        path.write_bytes(b'{"other": 1}\n' + line_of(MESSAGE)[:cut])
        FileSender(path).send(MESSAGE)
        assert path.read_bytes() == b'{"other": 1}\n' + line_of(MESSAGE)

    def test_a_last_line_of_another_that_does_not_end_is_left_as_it_is(self, tmp_path):
        path = tmp_path / "told.jsonl"
        path.write_bytes(b"somebody's words")
        FileSender(path).send(MESSAGE)
        assert path.read_bytes() == b"somebody's words\n" + line_of(MESSAGE)

    def test_what_is_no_file_is_refused_and_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path / "pipe", tmp_path, tmp_path / "none" / "told.jsonl"):
            with pytest.raises(NotTold):
                FileSender(path).send(MESSAGE)

    def test_no_character_of_a_report_steers_a_terminal(self):
        hostile = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x2028, 0xD800)))
        line = line_of({"body": hostile})
        assert all(0x20 <= b < 0x7F for b in line[:-1])
        assert json.loads(line)["body"] == hostile


class TestWebhook:
    def test_it_is_posted_with_its_id_and_signed(self, house, hook):
        teller = moved(house, f'team: {{webhook: "{hook.url}", secret: TEAM_SECRET}}', "team",
                       environment={"TEAM_SECRET": SECRET})  # fmt: skip
        told = teller.tell()
        (got,) = hook.got
        sent = json.loads(got.body)
        assert sent == {k: v for k, v in told.letters[0].items() if k != "target"}
        assert got.path == "/hook"
        assert got.headers["content-type"] == "application/json"
        assert got.headers["idempotency-key"] == got.headers["webhook-id"] == sent["id"]
        stamp = got.headers["webhook-timestamp"]
        assert int(stamp) == house.clock.now.timestamp()
        due = hmac.new(SECRET.encode(), f"{sent['id']}.{stamp}.".encode() + got.body, hashlib.sha256).digest()
        assert got.headers["webhook-signature"] == f"v1,{base64.b64encode(due).decode()}"
        teller.tell()
        assert len(hook.got) == 1

    def test_without_a_secret_it_is_not_signed(self, house, hook):
        moved(house, f'team: {{webhook: "{hook.url}"}}', "team").tell()
        assert not [h for h in hook.got[0].headers if h.startswith("webhook")]

    def test_the_address_may_come_from_the_environment(self, house, hook):
        moved(house, 'team: {webhook: "$TEAM_HOOK"}', "team", environment={"TEAM_HOOK": hook.url}).tell()
        assert len(hook.got) == 1

    @pytest.mark.parametrize("environment", [{}, {"TEAM_HOOK": "http://hooks.example/s3cr3t"}])
    def test_one_that_is_missing_or_wrong_there_waits(self, house, environment):
        told = moved(house, 'team: {webhook: "$TEAM_HOOK"}', "team", environment=environment).tell()
        (one,) = told.failed
        assert "TEAM_HOOK" in one.failure
        assert "s3cr3t" not in one.failure
        assert told.waiting == {"team": 1}

    def test_chat_rooms_get_a_text_that_calls_nobody(self, house, hook):
        house.say("r0", "ITA", "offered", "2026-01-01")
        teller = house.rules(
            f'targets: {{room: {{webhook: "{hook.url}", style: slack}}}}\n'
            "rules: [{name: down, when: moves_down, to: room}]\n"
        )
        teller.tell()
        house.say("r9", "ITA", "refused", "2026-02-10", words="<!channel> & <https://evil.example|here>, it said.")
        teller.tell()
        sent = json.loads(hook.got[0].body)
        assert set(sent) == {"text"}
        assert "&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;, it said." in sent["text"]
        assert "<" not in sent["text"]

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            ((500, {}), "answers 500"),
            ((301, {"location": "http://169.254.169.254/"}), "answers 301"),
            ((404, {}), "answers 404"),
            ((429, {"retry-after": "7200"}), "answers 429"),
        ],
    )
    def test_what_fails_waits_and_is_tried_again(self, house, hook, answer, why):
        teller = moved(house, f'team: {{webhook: "{hook.url}"}}', "team")
        hook.answers += [answer, (200, {})]
        told = teller.tell()
        (one,) = told.failed
        assert why in one.failure
        assert told.waiting == {"team": 1}
        wait = 7200 if answer[0] == 429 else 60
        assert one.next_at == house.clock.now + timedelta(seconds=wait)
        # A watch leaves it alone until then; `onrecord tell` by hand does not.
        house.clock.later(seconds=wait - 1)
        assert teller.tell(at_once=False).delivered == ()
        house.clock.later(seconds=1)
        assert [d.failure for d in teller.tell(at_once=False).delivered] == [""]
        assert [json.loads(g.body)["id"] for g in hook.got] == [told.letters[0]["id"]] * 2
        assert teller.tell().waiting == {}

    def test_back_off_doubles_up_to_a_limit(self, house, hook):
        teller = moved(house, f'team: {{webhook: "{hook.url}"}}', "team")
        hook.answers += [(500, {})] * 12
        waits = []
        for _ in range(12):
            (one,) = teller.tell().failed
            waits.append((one.next_at - house.clock.now).total_seconds())
        assert waits[:4] == [60, 120, 240, 480]
        assert waits[-1] == 6 * 3600

    def test_a_message_that_is_refused_by_itself_holds_up_no_other(self, house, hook):
        teller = moved(house, f'team: {{webhook: "{hook.url}"}}', "team")
        house.say("r3", "ESP", "offered", "2026-01-10")
        hook.answers += [(400, {})]
        teller.tell()
        house.say("r4", "ESP", "refused", "2026-02-12")
        told = teller.tell(at_once=False)
        assert [d.failure for d in told.delivered] == [""]
        assert told.waiting == {"team": 1}
        assert teller.tell().waiting == {}

    def test_nobody_is_knocked_at_again_and_again_in_one_pass(self, house, hook):
        teller = moved(house, f'team: {{webhook: "{hook.url}"}}', "team")
        for n in range(5):
            house.say(f"a{n}", f"A{n}", "offered", "2026-01-10")
        hook.answers += [(503, {})] * 9
        teller.tell()
        for n in range(5):
            house.say(f"b{n}", f"A{n}", "refused", "2026-02-12")
        told = teller.tell()
        assert (len(hook.got), told.waiting) == (2, {"team": 6})
        hook.answers.clear()
        assert teller.tell().waiting == {}
        assert len({json.loads(g.body)["id"] for g in hook.got}) == 6


class TestAddresses:
    """As in fetching: an address is looked at before anything is sent; the connection goes to what was looked at."""

    def send(self, url, places, *, private=False):
        asked = []

        def answer(request):
            asked.append(request)
            return httpx.Response(200, stream=httpx.ByteStream(b"taken"))

        target = WebhookTarget("team", url, private=private)
        sender = WebhookSender(
            target, {}, lambda: None, resolve=lambda host, port: places, transport=httpx.MockTransport(answer)
        )  # fmt: skip
        sender.send(MESSAGE)
        return asked[0]

    @pytest.mark.parametrize(
        "place",
        ["10.0.0.1", "127.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "100.64.0.1"],
    )
    def test_a_private_one_is_refused_unless_it_is_said(self, place):
        for places in ([place], ["93.184.216.34", place]):
            with pytest.raises(NotTold, match="private network"):
                self.send("https://hooks.example/x", places)
        sent = self.send("https://hooks.example/x", [place], private=True)
        assert sent.url.host in {place, "::ffff:a00:1"}

    def test_the_connection_goes_to_the_address_that_was_looked_at(self):
        request = self.send("https://hooks.example:8443/x?y=1", ["93.184.216.34"])
        assert str(request.url) == "https://93.184.216.34:8443/x?y=1"
        assert request.headers["host"] == "hooks.example:8443"
        assert request.extensions["sni_hostname"] == "hooks.example"

    def test_this_machine_is_meant_where_it_is_named_and_nowhere_else(self):
        assert self.send("http://localhost:8080/x", ["127.0.0.1"])
        with pytest.raises(NotTold, match="does not lead to this machine"):
            self.send("http://localhost:8080/x", ["10.0.0.1"])

    def test_a_host_that_is_not_known(self):
        with pytest.raises(NotTold, match="not known"):
            self.send("https://hooks.example/x", [])

    def test_a_mail_server_too(self):
        target = MailTarget("ada", ("a@b.example",), "c@b.example", "mail.example")
        sender = MailSender(target, {}, lambda: None, resolve=lambda host, port: ["10.0.0.1"])
        with pytest.raises(NotTold, match="private network"):
            sender._open()

    def test_no_proxy_of_the_environment_is_asked(self, house, hook, monkeypatch):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert [d.failure for d in moved(house, f'team: {{webhook: "{hook.url}"}}', "team").tell().delivered] == [""]


def mail(post, **more):
    given = {"mail": "[ada@example.org, ben@example.org]", "from": "desk@example.org", "host": "127.0.0.1",
             "port": post.port, "tls": "none", **more}  # fmt: skip
    return f"ada: {{{', '.join(f'{k}: {v}' for k, v in given.items())}}}"


class TestMail:
    def test_a_letter_in_plain_text(self, house, post):
        teller = moved(house, mail(post), "ada")
        told = teller.tell()
        assert [d.failure for d in told.delivered] == [""]
        (letter,) = post.letters
        assert letter.to == ("ada@example.org", "ben@example.org")
        read = email.message_from_bytes(letter.raw, policy=email.policy.default)
        message = told.letters[0]
        assert read["subject"] == message["subject"]
        assert (read["from"], read["to"]) == ("desk@example.org", "ada@example.org, ben@example.org")
        assert read["message-id"] == f"<{message['id']}@example.org>"
        assert read["auto-submitted"] == "auto-generated"
        assert read.get_content_type() == "text/plain"
        assert not read.is_multipart()
        assert read.get_content().replace("\r\n", "\n") == message["body"]
        assert letter.raw.isascii()
        teller.tell()
        assert len(post.letters) == 1

    def test_who_is_refused_keeps_it_from_nobody_else(self, house, post):
        teller = moved(house, mail(post), "ada")
        post.refuses.add("ben@example.org")
        assert teller.tell().failed == ()
        assert post.letters[0].to == ("ada@example.org",)

    def test_all_refused_it_waits(self, house, post):
        teller = moved(house, mail(post), "ada")
        post.refuses |= {"ada@example.org", "ben@example.org"}
        told = teller.tell()
        assert told.waiting == {"ada": 1}
        post.refuses.clear()
        assert teller.tell().waiting == {}

    def test_a_server_that_cannot_encrypt_gets_neither_letter_nor_password(self, house, post):
        more = {"tls": "starttls", "user": "desk", "password": "MAIL_PASSWORD"}
        teller = moved(house, mail(post, **more), "ada", environment={"MAIL_PASSWORD": SECRET})
        told = teller.tell()
        assert told.waiting == {"ada": 1}
        assert post.letters == []
        assert SECRET not in "".join(post.seen)
        assert not [x for x in post.seen if x.upper().startswith(("AUTH", "MAIL", "DATA"))]

    def test_nobody_there(self, house, post):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            told = moved(house, mail(post, port=taken.getsockname()[1]), "ada").tell()
        assert "was not reached (ConnectionRefusedError)" in told.failed[0].failure

    @pytest.mark.parametrize(
        "words",
        ["a\r\nBcc: evil@example.org", "a\nContent-Type: text/html\n\n<b>", "a\rX: y", "a\0b\x1b[31m", "a\u2028b\x85c"],
    )
    def test_nothing_of_a_report_reaches_another_header(self, house, post, words):
        """By the name of a party, which a report can give: it reaches the subject."""
        teller = house.rules(
            f"targets: {{{mail(post)}}}\nrules: [{{name: new, when: first_position, to: ada}}]\n"
        )
        teller.tell()
        house.say("r1", f"group:{words}", "offered", "2026-02-10", words=f"The union {words} said yes.")
        assert [d.failure for d in teller.tell().delivered] == [""]
        read = email.message_from_bytes(post.letters[0].raw, policy=email.policy.default)
        assert set(map(str.lower, read.keys())) == {
            "subject", "from", "to", "date", "message-id", "x-onrecord-message", "auto-submitted", "content-type",
            "content-transfer-encoding", "mime-version",
        }  # fmt: skip
        assert read["to"] == "ada@example.org, ben@example.org"
        assert read["subject"].isprintable()
        assert read.get_content_type() == "text/plain"
        assert not [c for c in read.get_content().replace("\r\n", "\n") if c != "\n" and not c.isprintable()]


class TestTargets:
    def test_one_that_is_broken_stops_no_other(self, house, hook, post):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            gone = f"http://127.0.0.1:{taken.getsockname()[1]}/"
            targets = (
                f'gone: {{webhook: "{gone}"}}, none: {{file: none/told.jsonl}}, log: {{file: told.jsonl}}, '
                f'team: {{webhook: "{hook.url}"}}, {mail(post)}'
            )
            teller = moved(house, targets, "gone, none, log, team, ada")
            told = teller.tell()
        assert {d.target for d in told.failed} == {"gone", "none"}
        assert told.waiting == {"gone": 1, "none": 1}
        assert (len(house.lines()), len(hook.got), len(post.letters)) == (1, 1, 1)
        (house.place / "none").mkdir()
        assert teller.tell().waiting == {"gone": 1}
        assert (len(house.lines("none/told.jsonl")), len(house.lines())) == (1, 1)

    def test_one_that_the_rules_do_not_name_any_more_is_told_of(self, house):
        teller = moved(house, "none: {file: none/told.jsonl}, log: {file: told.jsonl}", "none, log")
        assert teller.tell().waiting == {"none": 1}
        teller = house.rules("targets: {log: {file: told.jsonl}}\nrules: [{name: down, when: moves_down, to: log}]\n")
        told = teller.tell()
        assert (told.nowhere, told.waiting) == (1, {"none": 1})
        assert told.failed == ()


def test_no_secret_is_kept_or_shown(house, hook, post, capsys):
    """Not in the ledger, in no message, in nothing that is printed."""
    environment = {"TEAM_SECRET": SECRET, "MAIL_PASSWORD": SECRET, "HOOK": f"{hook.url}/{SECRET}"}
    targets = (
        f'team: {{webhook: "{hook.url}", secret: TEAM_SECRET}}, own: {{webhook: "$HOOK"}}, '
        f"{mail(post, tls='starttls', user='desk', password='MAIL_PASSWORD')}"
    )
    teller = moved(house, targets, "team, own, ada", environment=environment)
    hook.answers += [(500, {}), (500, {})]
    told = teller.tell()
    assert {d.target for d in told.failed} == {"team", "own", "ada"}
    say_told(told)
    say_told(teller.tell())
    said = capsys.readouterr()
    kept = json.dumps(list(house.ledger.dump(clock=True)), default=str)
    assert "500" in said.err
    assert SECRET not in said.out + said.err + kept + repr(told)
    assert SECRET not in "".join(map(str, house.place.glob("*")))
    assert all(SECRET not in p.read_text("latin-1") for p in house.place.iterdir() if p.is_file())


def test_a_letter_holds_no_markup(clock):
    target = MailTarget("ada", ("a@b.example",), "c@b.example", "mail.example")
    letter = letter_of({**MESSAGE, "body": "  “<script>alert(1)</script>”"}, target, clock())
    assert letter.get_content_type() == "text/plain"


def test_teller_is_what_the_package_offers():
    assert Teller.__module__ == "onrecord.telling.teller"

"""Who may do what: sign-in, roles, sessions, forms of elsewhere, hosts, headers, tries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from onrecord import cli
from onrecord.desk.accounts import MOST_TOKENS, Accounts, Person
from onrecord.desk.intake import MOST_BYTES, MOST_TEXT
from onrecord.errors import DeskExposed, FormStale, InputError, SignInRefused, TooManyTries, UnknownName, UsersInvalid
from onrecord.web.bounds import MOST_OF_A_FORM, MOST_OF_A_PASTE, MOST_OF_AN_UPLOAD, bound_of
from onrecord.web.sessions import TRIES, WITHIN, Sessions, Tries
from onrecord.web.settings import check_exposure

PASSWORD = "a long enough one"
DECISION = {"id": "gazette-rome.p0", "decision": "confirm"}


def sign_in(reader, name, password=PASSWORD, **more):
    token = re.search(r'name="csrf" value="([^"]+)"', reader.get("/sign-in").text)[1]
    return reader.post("/sign-in", data={"csrf": token, "name": name, "password": password, **more})


class TestSigningIn:
    def test_nothing_is_read_without_it(self, served):
        from starlette.testclient import TestClient

        client = TestClient(served)
        for path in ("/", "/report?id=courier-offer", "/decisions/gold.jsonl", "/api/anything"):
            answer = client.get(path, follow_redirects=False)
            assert answer.status_code in {303, 401, 404}, path
            assert "Italy" not in answer.text
        answer = client.get("/party?id=ITA", follow_redirects=False)
        assert answer.headers["location"] == "/sign-in?next=%2Fparty%3Fid%3DITA"

    def test_it_leads_back_to_what_was_asked_for(self, served):
        from starlette.testclient import TestClient

        client = TestClient(served)
        answer = sign_in(client, "rita", after="/party?id=ITA")
        assert answer.url.path == "/party"
        assert "Italy" in answer.text

    @pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"])
    def test_it_never_leads_out(self, served, target):
        from starlette.testclient import TestClient

        answer = sign_in(TestClient(served), "rita", after=target)
        assert (answer.url.host, answer.url.path) == ("testserver", "/")

    @pytest.mark.parametrize(
        ("name", "password"), [("rita", "wrong"), ("nobody", PASSWORD), ("", ""), ("rita", "x" * 5000)]
    )
    def test_what_does_not_fit_is_refused_alike(self, served, name, password):
        from starlette.testclient import TestClient

        client = TestClient(served)
        answer = sign_in(client, name, password)
        assert answer.status_code == 401
        assert "name and password do not fit" in answer.text.casefold()
        assert client.get("/", follow_redirects=False).status_code == 303

    def test_a_session_gets_a_new_name(self, served):
        from starlette.testclient import TestClient

        client = TestClient(served)
        client.get("/sign-in")
        before = client.cookies["onrecord"]
        sign_in(client, "rita")
        assert client.cookies["onrecord"] != before

    def test_the_cookie_is_out_of_reach(self, served):
        from starlette.testclient import TestClient

        told = TestClient(served).get("/sign-in").headers["set-cookie"]
        assert "HttpOnly" in told
        assert "SameSite=lax" in told

    def test_tries_are_limited_by_name_and_address(self, served, clock):
        from starlette.testclient import TestClient

        client = TestClient(served)
        for _ in range(TRIES):
            assert sign_in(client, "rita", "wrong").status_code == 401
        refused = sign_in(client, "rita")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        clock.at += WITHIN + timedelta(seconds=1)
        assert sign_in(client, "rita").status_code == 200

    def test_signing_out_ends_the_session(self, as_person):
        reader = as_person("rita")
        old = dict(reader.cookies)
        reader.fill_in("/sign-out")
        reader.cookies.update(old)
        assert reader.get("/", follow_redirects=False).status_code == 303

    def test_a_session_ends_when_nobody_uses_it(self, as_person, clock):
        reader = as_person("rita")
        clock.at += timedelta(hours=13)
        assert reader.get("/", follow_redirects=False).status_code == 303


class TestRoles:
    def test_a_reader_reads_and_decides_nothing(self, as_person, desk):
        reader = as_person("rita")
        assert "Confirm" not in reader.get("/review").text
        assert 'id="correct"' not in reader.get("/position?id=gazette-rome.p0").text
        for path, fields in (
            ("/decide", DECISION),
            ("/undo", {}),
            ("/merge", {"kind": "actor", "target": "ITA", "into": "FRA"}),
        ):
            answer = reader.fill_in(path, **fields)
            assert answer.status_code == 403, path
            assert "is a reader; this needs a reviewer" in answer.text
        assert desk.ledger.judgements() == []

    @pytest.mark.parametrize("name", ["vera", "olga"])
    def test_a_reviewer_and_an_owner_decide_in_their_names(self, as_person, desk, name):
        assert as_person(name).fill_in("/decide", **DECISION).status_code == 200
        (made,) = desk.ledger.judgements()
        assert (made.by, made.decision, made.target) == (name, "confirm", "gazette-rome.p0")

    def test_a_name_in_the_form_signs_nothing(self, as_person, desk):
        as_person("vera").fill_in("/decide", **DECISION, by="olga", name="olga", person="olga")
        assert desk.ledger.judgements()[0].by == "vera"

    def test_a_changed_role_counts_at_once(self, as_person, users_file):
        reader = as_person("victor")
        accounts = Accounts(users_file)
        accounts.set_role("victor", "reader")
        try:
            assert reader.fill_in("/decide", **DECISION).status_code == 403
        finally:
            accounts.set_role("victor", "reviewer")

    def test_a_new_password_ends_all_sessions(self, as_person, users_file):
        reader = as_person("victor")
        Accounts(users_file).set_password("victor", PASSWORD)
        assert reader.get("/", follow_redirects=False).status_code == 303


class TestWhatIsOffered:
    def test_a_reader_finds_nothing_that_a_reader_may_not_do(self, as_person):
        rita, vera = as_person("rita"), as_person("vera")
        then = "/conditions?as_of=2025-12-05"
        paths = ("/", "/party?id=ITA", then, "/review", "/decisions", "/position?id=gazette-rome.p0")
        for path in paths:
            assert not re.findall(r'<form method="post" action="/(?!sign-out)[^"]*"', rita.get(path).text), path
            assert 'href="/add' not in rita.get(path).text
            assert 'href="/add' in vera.get(path).text
        for path in (then, "/party?id=ITA"):
            assert 'action="/merge"' in vera.get(path).text

    def test_what_is_not_offered_is_refused_plainly(self, as_person):
        for path in ("/add", "/add/run?id=x"):
            answer = as_person("rita").get(path)
            assert answer.status_code == 403
            assert "rita is a reader; this needs a reviewer" in answer.text.casefold()

    def test_who_has_not_signed_in_is_offered_no_page(self, served):
        from starlette.testclient import TestClient

        text = TestClient(served).get("/sign-in").text
        assert 'href="/review' not in text
        assert 'href="/add' not in text


class TestHowMuchIsSent:
    @pytest.mark.parametrize("path", ["/decide", "/merge", "/undo", "/sign-in", "/sign-out", "/nowhere"])
    def test_a_form_is_small(self, at_machine, desk, path):
        fields = {"csrf": at_machine.token(), "note": "x" * MOST_OF_A_FORM}
        answer = at_machine.post(path, data=fields)
        assert answer.status_code == 413
        assert "Too large" in answer.text
        assert f"more than {MOST_OF_A_FORM:,} bytes" in answer.text.casefold()
        assert desk.ledger.judgements() == []

    def test_what_does_not_say_how_much_it_is_ends_there_too(self, at_machine):
        sent = []

        def pieces():
            yield f"csrf={at_machine.token()}&note=".encode()
            for _ in range(200):
                sent.append(1)
                yield b"x" * 65536

        kind = {"content-type": "application/x-www-form-urlencoded"}
        for path in ("/decide", "/sign-in"):
            assert at_machine.post(path, content=pieces(), headers=kind).status_code == 413

    def test_programs_are_told_in_json(self, at_machine):
        answer = at_machine.post("/api/positions", content=b"x" * (MOST_OF_A_FORM + 1))
        assert answer.status_code == 413
        assert answer.json()["code"] == "form-too-large"

    def test_what_is_just_small_enough_is_taken(self, at_machine):
        fields = {"csrf": at_machine.token(), **DECISION, "note": "x" * (MOST_OF_A_FORM // 2)}
        assert at_machine.post("/decide", data=fields).status_code == 200

    def test_reports_may_be_larger(self):
        assert bound_of("/add", "application/x-www-form-urlencoded") == MOST_OF_A_PASTE > MOST_TEXT * 12
        assert bound_of("/add", "multipart/form-data; boundary=x") == MOST_OF_AN_UPLOAD > MOST_BYTES

    @pytest.mark.parametrize("name", ["rita", None])
    def test_who_may_not_hand_in_is_refused_before_it_is_read(self, served, as_person, name):
        from starlette.testclient import TestClient

        client = as_person(name) if name else TestClient(served)
        read = []

        def pieces():
            for _ in range(40):
                read.append(1)
                yield b"x" * 65536

        kind = {"content-type": "multipart/form-data; boundary=b"}
        answer = client.post("/add", content=pieces(), headers=kind, follow_redirects=False)
        assert answer.status_code == (403 if name else 303)


class TestTokens:
    @pytest.fixture
    def token(self, users_file, clock, tmp_path, served):
        """A token of a reader, in a users file of its own."""
        path = tmp_path / "users.json"
        path.write_bytes(users_file.read_bytes())
        served.state.web = replace(served.state.web, accounts=Accounts(path))
        return Accounts(path).add_token("rita", clock(), "nightly export")

    @staticmethod
    def ask(served, token, path="/api/positions", **more):
        from starlette.testclient import TestClient

        return TestClient(served).get(path, headers={"authorization": f"Bearer {token}"}, **more)

    def test_a_program_reads_by_it_and_gets_no_session(self, served, token):
        answer = self.ask(served, token)
        assert answer.status_code == 200
        assert answer.json()["total"] > 0
        assert "set-cookie" not in answer.headers

    def test_it_opens_nothing_but_the_interface_for_programs(self, served, token):
        for path in ("/", "/review", "/decisions/gold.jsonl", "/add"):
            answer = self.ask(served, token, path, follow_redirects=False)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in")

    @pytest.mark.parametrize("given", ["", "x", "onr_00000000_" + "A" * 43, "onr_" + "x" * 5000])
    def test_another_is_refused(self, served, token, given):
        answer = self.ask(served, given)
        assert answer.status_code == 401
        assert answer.json()["code"] == "sign-in-refused"

    def test_each_part_of_it_counts(self, served, token):
        for wrong in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), token.replace("onr_", "onr-")):
            assert self.ask(served, wrong).status_code == 401

    def test_failures_are_limited(self, served, token, clock):
        for _ in range(TRIES):
            assert self.ask(served, "wrong").status_code == 401
        refused = self.ask(served, token)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        clock.at += WITHIN
        assert self.ask(served, token).status_code == 200

    def test_a_withdrawn_one_opens_nothing_any_more(self, served, token):
        accounts = served.state.web.accounts
        assert accounts.revoke(token.split("_")[1]) == Person("rita", "reader")
        assert self.ask(served, token).status_code == 401
        with pytest.raises(UnknownName):
            accounts.revoke(token.split("_")[1])

    @pytest.mark.parametrize("done", ["remove", "password"])
    def test_it_ends_with_the_person_and_with_the_password(self, served, token, done):
        accounts = served.state.web.accounts
        if done == "remove":
            accounts.remove("rita")
        else:
            accounts.set_password("rita", "another long enough one")
        assert self.ask(served, token).status_code == 401

    def test_a_role_is_that_of_the_person_now(self, served, token):
        accounts = served.state.web.accounts
        accounts.set_role("rita", "owner")
        assert accounts.bearer(token) == Person("rita", "owner")

    def test_the_file_does_not_give_it_back(self, served, token):
        text = served.state.web.accounts.path.read_text()
        assert token not in text
        assert token.split("_", 2)[2] not in text
        assert "nightly export" in text

    def test_no_more_than_can_be_looked_after(self, served, token, clock):
        accounts = served.state.web.accounts
        for _ in range(MOST_TOKENS - 1):
            accounts.add_token("rita", clock())
        with pytest.raises(InputError):
            accounts.add_token("rita", clock())
        with pytest.raises(InputError):
            accounts.add_token("vera", clock(), "two\nlines")

    def test_where_nobody_signs_in_it_means_nothing(self, at_machine):
        assert at_machine.get("/api/positions", headers={"authorization": "Bearer x"}).status_code == 200

    def test_the_commands(self, tmp_path):
        run, users = CliRunner(), ["--users", str(tmp_path / "u.json")]

        def told(*args, given=None):
            done = run.invoke(cli.main, ["user", *args, *users], input=given)
            assert done.exit_code == 0, done.output
            return done

        told("add", "ada", "--password-stdin", given=f"{PASSWORD}\n")
        made = next(x for x in told("token", "ada", "--note", "export").output.split() if x.startswith("onr_"))
        assert Accounts(tmp_path / "u.json").bearer(made) == Person("ada", "reader")
        listed = told("tokens", "--json").output
        assert '"note": "export"' in listed
        assert made not in listed
        told("revoke", made.split("_")[1])
        assert told("tokens", "--json").output == ""


class TestFormsOfElsewhere:
    @pytest.mark.parametrize("fields", [{}, {"csrf": ""}, {"csrf": "guessed"}])
    def test_a_form_without_the_token_does_nothing(self, at_machine, desk, fields):
        at_machine.get("/")
        answer = at_machine.post("/decide", data={**DECISION, **fields})
        assert answer.status_code == 403
        assert "another session" in answer.text
        assert desk.ledger.judgements() == []

    def test_a_token_of_another_session_does_nothing(self, served, as_person, desk):
        token = as_person("rita").token()
        answer = as_person("vera").post("/decide", data={**DECISION, "csrf": token})
        assert answer.status_code == 403
        assert desk.ledger.judgements() == []

    def test_the_script_brings_it_in_a_header(self, at_machine, desk):
        token = at_machine.token()
        assert at_machine.post("/decide", data=DECISION, headers={"x-csrf-token": token}).status_code == 200
        assert len(desk.ledger.judgements()) == 1

    @pytest.mark.parametrize("path", ["/decide", "/undo", "/merge", "/sign-out", "/sign-in"])
    def test_nothing_is_done_by_following_a_link(self, at_machine, desk, path):
        assert at_machine.get(f"{path}?id=gazette-rome.p0&decision=confirm").status_code in {200, 405}
        assert desk.ledger.judgements() == []


class TestTheShell:
    @pytest.mark.parametrize("path", ["/", "/nowhere", "/static/desk.js", "/health", "/?as_of=x"])
    def test_every_answer_has_the_headers(self, at_machine, path):
        headers = at_machine.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in policy

    @pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "127.0.0.1.nip.example:80"])
    def test_a_host_that_is_not_ours_is_refused(self, at_machine, host):
        answer = at_machine.get("/", headers={"host": host})
        assert answer.status_code == 421
        assert "Italy" not in answer.text

    def test_nothing_of_a_page_is_kept_by_others(self, at_machine):
        assert at_machine.get("/").headers["cache-control"] == "private, no-cache"
        assert "immutable" in at_machine.get("/static/desk.css").headers["cache-control"]


class TestExposure:
    @pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
    def test_the_own_machine_needs_no_users(self, host):
        check_exposure(host, None)

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.4", "desk.example"])
    def test_other_addresses_need_users(self, host, tmp_path, users_file):
        with pytest.raises(DeskExposed, match="nobody would have to sign in"):
            check_exposure(host, None)
        with pytest.raises(DeskExposed, match="holds no user"):
            check_exposure(host, Accounts(tmp_path / "none.json"))
        check_exposure(host, Accounts(users_file))

    def test_the_command_refuses_before_it_opens_anything(self, tmp_path):
        ledger = tmp_path / "x.db"
        said = CliRunner().invoke(cli.main, ["serve", str(ledger), "--host", "0.0.0.0"])
        assert said.exit_code == 1
        assert "desk-exposed: listening on 0.0.0.0 would open the desk to others" in said.output
        assert "--users" in said.output
        assert not ledger.exists()


class TestAccounts:
    def test_the_file_holds_no_password_and_is_the_owners_alone(self, users_file):
        told = users_file.read_text()
        assert PASSWORD not in told
        assert told.count("$argon2id$") == 4
        assert users_file.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("name", ["", " ", "a b", "x" * 65, "<script>", "-a", "né"])
    def test_a_name_that_cannot_be(self, tmp_path, clock, name):
        with pytest.raises(InputError):
            Accounts(tmp_path / "u.json").add(name, "reader", PASSWORD, clock())

    @pytest.mark.parametrize("password", ["", "short", "x" * 1025])
    def test_a_password_that_cannot_be(self, tmp_path, clock, password):
        with pytest.raises(InputError):
            Accounts(tmp_path / "u.json").add("ada", "reader", password, clock())

    def test_a_role_that_there_is_not(self, tmp_path, clock):
        with pytest.raises(InputError, match="there is no role"):
            Accounts(tmp_path / "u.json").add("ada", "king", PASSWORD, clock())

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{}",
            "[]",
            '{"users": [{"name": "a"}]}',
            '{"users": [{"name": "<b>", "role": "owner", "password": "x"}]}',
        ],
    )
    def test_a_file_that_cannot_be_followed_lets_nobody_in(self, tmp_path, text):
        path = tmp_path / "u.json"
        path.write_text(text)
        with pytest.raises(UsersInvalid):
            Accounts(path).all()

    def test_a_hash_that_is_none_fits_nothing(self, tmp_path):
        path = tmp_path / "u.json"
        path.write_text('{"users": [{"name": "ada", "role": "owner", "password": "plain"}]}')
        with pytest.raises(SignInRefused):
            Accounts(path).check("ada", "plain")

    def test_removing_and_changing_who_is_not_there(self, tmp_path):
        accounts = Accounts(tmp_path / "u.json")
        for act in (
            accounts.remove,
            lambda n: accounts.set_role(n, "reader"),
            lambda n: accounts.set_password(n, PASSWORD),
        ):
            with pytest.raises(UnknownName):
                act("ada")

    def test_roles_contain_each_other(self):
        assert [Person("x", "reviewer").may(r) for r in ("reader", "reviewer", "owner")] == [True, True, False]


class TestTheCommands:
    def test_the_life_of_a_user(self, tmp_path):
        run, users = CliRunner(), ["--users", str(tmp_path / "u.json")]

        def told(*args, given=None):
            done = run.invoke(cli.main, ["user", *args, *users], input=given)
            assert done.exit_code == 0, done.output
            return done.output

        told("add", "ada", "--role", "reviewer", "--password-stdin", given=f"{PASSWORD}\n")
        assert '"role": "reviewer"' in told("list", "--json")
        told("role", "ada", "owner")
        told("password", "ada", "--password-stdin", given="another long one\n")
        assert Accounts(tmp_path / "u.json").check("ada", "another long one") == Person("ada", "owner")
        told("remove", "ada")
        assert told("list", "--json") == ""

    def test_a_short_password_is_told(self, tmp_path):
        args = ["user", "add", "ada", "--password-stdin", "--users", str(tmp_path / "u.json")]
        done = CliRunner().invoke(cli.main, args, input="short\n")
        assert done.exit_code == 1
        assert "too short" in done.output


class TestSessions:
    def test_a_crowd_cannot_fill_the_memory(self, clock, monkeypatch):
        monkeypatch.setattr("onrecord.web.sessions.MOST_SESSIONS", 3)
        held = Sessions(timedelta(hours=1))
        names = [held.start(clock()).name for _ in range(5)]
        assert [held.get(n, clock()) is not None for n in names] == [False, False, True, True, True]

    def test_a_token_is_compared_whole(self, clock):
        session = Sessions(timedelta(hours=1)).start(clock())
        session.check(session.token)
        for wrong in (None, "", session.token[:-1], session.token + "x", "\ud800"):
            with pytest.raises(FormStale):
                session.check(wrong)

    def test_old_tries_are_forgotten(self, clock):
        tries = Tries()
        for _ in range(TRIES):
            tries.note(("a", "b"), clock())
        with pytest.raises(TooManyTries):
            tries.check(("b",), clock())
        tries.check(("c",), clock())
        clock.at += WITHIN
        tries.check(("a", "b"), clock())

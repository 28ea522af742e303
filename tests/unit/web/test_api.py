"""The interface for programs: pages, filters, forms, tags, roles; and no server error whatever is asked."""

from __future__ import annotations

import csv
import io
import json
import warnings
from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("fastapi", reason="the desk's dependencies are not installed")

from starlette.testclient import TestClient

from onrecord.briefing.formats.columns import TABLES
from onrecord.desk.querying import KINDS, Catalogue
from onrecord.desk.wanted import Wanted
from onrecord.model import DateRange, Fact, Judgement, Report, Span, digest
from onrecord.model.records import position_record, report_record, statement_record
from onrecord.web.api import described
from onrecord.web.app import create_app
from onrecord.web.settings import WebSettings

LISTS = [f"/api/{kind}" for kind in KINDS]


@pytest.fixture
def client(desk, clock):
    text = "Oman spent 5 per cent of its budget on ships, a paper said."
    title = "<script>alert(1)</script>"
    report = Report("oman", text, digest(text), "=cmd()", None, title, DateRange.on(date(2026, 3, 3)))
    words, whole = Span(26, 32, text[26:32]), Span(0, len(text), text)
    fact = Fact("oman.f0", "oman", "share", words, whole, entity="OMN", low=5.0, high=5.0)
    desk.ledger.add(report, [], [], extractor="by hand 1", facts=[fact])
    return TestClient(create_app(desk, WebSettings(hosts=("testserver",), clock=clock)))


def items(client, path, **query):
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def fits(kind, value, where=""):
    """Whether a value is as its table says, all fields there and none besides."""
    if hasattr(kind, "fields"):
        if value is None:
            assert kind.empty, where
            return
        assert list(value) == list(kind.fields), where
        for name, one in kind.fields.items():
            fits(one, value[name], f"{where}.{name}")
    elif hasattr(kind, "of"):
        for one in value:
            fits(kind.of, one, f"{where}[]")
    elif value is not None:
        types = {"text": str, "day": str, "whole": int, "number": (int, float), "truth": bool}
        assert isinstance(value, types[kind]), where


class TestLists:
    def test_what_is_told_are_the_records_of_the_export(self, client, desk):
        by_id = {r["id"]: r for r in items(client, "/api/reports")}
        assert by_id == {r.id: report_record(r) for r in desk.ledger.reports()}
        noted = {p["id"]: p for p in items(client, "/api/positions")}
        assert noted == {p.id: position_record(p) for p in desk.ledger.positions()}
        told = {s["id"]: s for s in items(client, "/api/statements")}
        assert told == {s.id: statement_record(s) for s in desk.ledger.statements()}

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_record_is_as_described(self, client, kind):
        found = items(client, f"/api/{kind}")
        assert found
        for record in [*found, described.examples()[kind]]:
            fits(TABLES[kind], record, kind)

    @pytest.mark.parametrize(
        ("path", "query", "number"),
        [
            ("positions", {"holder": "ITA"}, 2),
            ("positions", {"holder": "Italy", "stance": "offered"}, 1),
            ("positions", {"performer": "Egypt"}, 1),
            ("positions", {"task": "contribute_troops"}, 3),
            ("positions", {"matter": "elsewhere"}, 0),
            ("positions", {"polarity": "against"}, 2),
            ("positions", {"report": "wire-jakarta"}, 2),
            ("positions", {"since": "2026-01-13", "until": "2026-02-28"}, 2),
            ("positions", {"as_of": "2025-12-31"}, 2),
            ("positions", {"holder": ""}, 7),
            ("reports", {"since": "2026-03-01"}, 2),
            ("reports", {"report": "oman"}, 1),
            ("reports", {"as_of": "2025-12-31"}, 2),
            ("statements", {"report": "wire-jakarta"}, 2),
            ("statements", {"holder": "Indonesia"}, 2),
            ("statements", {"kind": "anonymous"}, 1),
            ("standings", {"holder": "Italy"}, 1),
            ("standings", {"polarity": "for", "task": "contribute_troops"}, 1),
            ("standings", {"state": "unknown"}, 0),
            ("standings", {"as_of": "2025-11-30"}, 1),
            ("conflicts", {"kind": "reversal"}, 1),
            ("conflicts", {"kind": "reversal", "report": "wire-jakarta"}, 0),
            ("conditions", {"kind": "ceasefire"}, 1),
            ("conditions", {"holder": "Azerbaijan"}, 1),
            ("conditions", {"state": "met"}, 0),
            ("facts", {"holder": "Oman"}, 1),
            ("facts", {"kind": "talks"}, 0),
            ("facts", {"report": "oman"}, 1),
        ],
        ids=lambda x: str(x),
    )
    def test_filters(self, client, path, query, number):
        assert len(items(client, f"/api/{path}", **query)) == number

    def test_as_of_a_day_the_record_is_another(self, client):
        (before,) = items(client, "/api/standings", holder="ITA", as_of="2025-12-31")
        (after,) = items(client, "/api/standings", holder="ITA")
        assert (before["stance"], after["stance"]) == ("offered", "refused")

    def test_what_a_person_decided_counts_at_once(self, client, desk, clock):
        desk.ledger.judge(Judgement("j", "gazette-rome.p0", "position", "reject", "vera", clock()))
        assert {p["stance"] for p in items(client, "/api/positions", holder="ITA")} == {"offered"}
        assert [s["stance"] for s in items(client, "/api/standings", holder="ITA")] == ["offered"]

    def test_one_record(self, client):
        for path, name in (
            ("positions", "gazette-baku.p0"),
            ("reports", "oman"),
            ("statements", "gazette-baku.s0"),
            ("standings", "AZE.contribute_troops.isf_gaza"),
        ):
            answer = client.get(f"/api/{path}/{name}")
            assert answer.json()["id"] == name
            assert client.get(f"/api/{path}/no/such").status_code == 404

    def test_force_and_ledger(self, client):
        assert client.get("/api/force").json()["as_of"] == "2026-03-03"
        told = client.get("/api/ledger").json()
        assert told["counts"]["reports"] == 7
        assert told["matters"] == ["isf_gaza"]


class TestSearch:
    def test_reports_and_positions_by_their_words(self, client):
        found = client.get("/api/search/reports", params={"q": "army chief"}).json()
        assert [r["id"] for r in found["items"]] == ["wire-jakarta"]
        found = client.get("/api/search/positions", params={"q": '"until the fighting"'}).json()
        assert [(p["id"], found["total"]) for p in found["items"]] == [("gazette-baku.p0", 1)]
        assert client.get("/api/search/reports", params={"q": "nowheresuch"}).json()["total"] == 0

    def test_page_by_page(self, client):
        whole = client.get("/api/search/positions", params={"q": "soldiers"}).json()
        assert whole["total"] == len(whole["items"]) > 1
        seen, query = [], {"q": "soldiers", "limit": 1}
        while True:
            page = client.get("/api/search/positions", params=query).json()
            seen += page["items"]
            if page["next"] is None:
                break
            query["cursor"] = page["next"]
        assert seen == whole["items"]

    def test_what_says_nothing_is_refused(self, client):
        for q in ("", "-only -not"):
            assert client.get("/api/search/reports", params={"q": q}).status_code == 422
        assert client.get("/api/search/reports", params={"q": "!?"}).json()["items"] == []


class TestPages:
    @pytest.mark.parametrize("kind", ["positions", "standings", "statements", "reports"])
    def test_page_by_page_is_the_whole_once(self, client, kind):
        everything = items(client, f"/api/{kind}")
        seen, cursor, pages = [], None, 0
        while True:
            answer = client.get(f"/api/{kind}", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
            assert answer["total"] == len(everything)
            seen += answer["items"]
            pages += 1
            cursor = answer["next"]
            if cursor is None:
                break
        assert seen == everything
        assert pages == -(-len(everything) // 2)

    def test_the_link_leads_to_the_next_page(self, client):
        first = client.get("/api/positions", params={"limit": 3, "task": "contribute_troops", "format": "csv"})
        assert "link" not in first.headers
        first = client.get("/api/positions", params={"limit": 2, "task": "contribute_troops", "format": "csv"})
        target = first.links["next"]["url"]
        rows = list(csv.DictReader(io.StringIO(client.get(target).text)))
        assert len(rows) == 1
        assert rows[0]["task"] == "contribute_troops"

    def test_what_is_added_meanwhile_neither_repeats_nor_hides(self, client, desk):
        first = client.get("/api/reports", params={"limit": 3}).json()
        for name in ("a-early", "zz-late"):
            text = f"The port of {name} was quiet."
            desk.ledger.add(Report(name, text, digest(text)), [], [], extractor="by hand 1")
        rest = client.get("/api/reports", params={"limit": 100, "cursor": first["next"]}).json()
        seen = [r["id"] for r in first["items"] + rest["items"]]
        assert len(seen) == len(set(seen))
        assert "zz-late" in seen
        assert set(seen) >= {r.id for r in desk.ledger.reports()} - {"a-early"}

    def test_the_day_stays_from_page_to_page(self, client, desk):
        first = client.get("/api/standings", params={"limit": 1}).json()
        text = "A report of a later day, with nothing in it."
        later = Report("later", text, digest(text), published=DateRange.on(date(2026, 3, 30)))
        desk.ledger.add(later, [], [], extractor="by hand 1")
        assert client.get("/api/standings").json()["as_of"] == "2026-03-30"
        second = client.get("/api/standings", params={"limit": 1, "cursor": first["next"]}).json()
        assert second["as_of"] == first["as_of"] == "2026-03-03"

    @pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "é", "A" * 3000, "WyJhIiwgbnVsbCwgMV0", "eyJhIjoxfQ"])
    def test_what_is_no_cursor_is_refused(self, client, cursor):
        answer = client.get("/api/positions", params={"cursor": cursor})
        assert answer.status_code == 422
        assert answer.json()["code"] == "input-error"

    def test_a_cursor_of_another_question_is_refused(self, client):
        cursor = client.get("/api/positions", params={"limit": 1}).json()["next"]
        answer = client.get("/api/positions", params={"cursor": cursor, "holder": "ITA"})
        assert answer.status_code == 422
        assert "another question" in answer.json()["message"]


class TestForms:
    def test_by_accept_and_by_address(self, client):
        for accept, kind in (
            ("text/csv", "text/csv"),
            ("application/x-ndjson;q=0.9, text/csv;q=0.2", "application/x-ndjson"),
            ("text/html, */*", "application/json"),
            ("application/json;q=oh", "application/json"),
        ):
            assert client.get("/api/standings", headers={"accept": accept}).headers["content-type"].startswith(kind)
        both = client.get("/api/standings?format=jsonl", headers={"accept": "text/csv"})
        assert [json.loads(x) for x in both.text.splitlines()] == items(client, "/api/standings")

    def test_csv_runs_nothing(self, client):
        answer = client.get("/api/reports", params={"format": "csv", "report": "oman"})
        (row,) = csv.DictReader(io.StringIO(answer.text))
        assert row["outlet"] == "'=cmd()"
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("kind", KINDS)
    def test_parquet(self, client, kind):
        pl = pytest.importorskip("polars")
        answer = client.get(f"/api/{kind}", params={"format": "parquet"})
        made = pl.read_parquet(io.BytesIO(answer.content))
        assert made["id"].to_list() == [x["id"] for x in items(client, f"/api/{kind}")]
        assert answer.headers["x-total-count"] == str(made.height)


class TestTags:
    @pytest.mark.parametrize("path", [*LISTS, "/api/force", "/api/ledger", "/api/positions/gazette-baku.p0"])
    def test_what_has_not_changed_is_not_sent_again(self, client, desk, clock, path):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        desk.ledger.judge(Judgement("j", "gazette-rome.p0", "position", "confirm", "vera", clock()))
        after = client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert after.status_code == 200
        assert after.headers["etag"] != first.headers["etag"]

    def test_each_form_and_question_has_its_own(self, client):
        paths = ("", "?format=csv", "?limit=1", "?as_of=2026-01-01", "?holder=ITA")
        tags = {client.get(f"/api/positions{x}").headers["etag"] for x in paths}
        assert len(tags) == len(paths)

    def test_another_story_changes_them(self, desk):
        other = Catalogue(replace(desk, settings=replace(desk.settings, outlet_grades={"Gazette": "A"})))
        assert Catalogue(desk).tag("positions", Wanted()) != other.tag("positions", Wanted())


class TestErrors:
    @pytest.mark.parametrize(
        ("path", "status", "code"),
        [
            ("/api/positions?holder=Italia", 404, "unknown-name"),
            ("/api/positions?task=disarmm", 404, "unknown-name"),
            ("/api/positions?stance=keen", 404, "unknown-name"),
            ("/api/positions?report=none", 404, "unknown-name"),
            ("/api/standings?story=none", 404, "unknown-name"),
            ("/api/reports/", 404, "unknown-name"),
            ("/api/nothing", 404, "unknown-name"),
            ("/api/positions?limit=0", 422, "input-error"),
            ("/api/positions?limit=10001", 422, "input-error"),
            ("/api/positions?colour=red", 422, "input-error"),
            ("/api/positions?since=yesterday", 422, "input-error"),
            ("/api/positions?since=1700000000", 422, "input-error"),
            ("/api/positions?format=xml", 422, "input-error"),
            ("/api/standings?polarity=maybe", 422, "input-error"),
        ],
    )
    def test_stable_errors(self, client, path, status, code):
        answer = client.get(path)
        assert answer.status_code == status
        told = answer.json()
        assert set(told) == {"code", "message", "hint"}
        assert told["code"] == code
        assert told["message"]

    def test_nothing_is_written(self, client):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)("/api/positions").status_code in (403, 405)

    def test_names_with_anything_in_them(self, client):
        for name in ("%00", "%F0%9F%92%A9", "..%2f..%2fetc", "%ED%A0%80", "'%20OR%201=1"):
            for path in (f"/api/reports/{name}", f"/api/statements?report={name}", f"/api/positions?holder={name}"):
                assert client.get(path).status_code == 404, path


class TestRoles:
    def test_who_has_not_signed_in_gets_nothing(self, served):
        stranger = TestClient(served)
        for path in [*LISTS, "/api/force", "/api/ledger", "/api/reports/oman", "/api/openapi.json"]:
            answer = stranger.get(path)
            assert answer.status_code == 401, path
            assert answer.json()["code"] == "sign-in-refused"

    @pytest.mark.parametrize("name", ["rita", "vera", "olga"])
    def test_every_role_reads(self, as_person, name):
        assert as_person(name).get("/api/positions").json()["total"] == 7


class TestDescription:
    def test_every_route_is_described_with_an_example_that_fits(self, client):
        told = client.get("/api/openapi.json").json()
        assert set(told["paths"]) >= {*LISTS, "/api/force", "/api/ledger", "/api/positions/{name}"}
        assert all(path.startswith("/api/") for path in told["paths"]), "pages are for people"
        for path, methods in told["paths"].items():
            for method, about in methods.items():
                assert method == "get"
                assert {"200", "401", "404", "422"} <= set(about["responses"]), path
                answer = about["responses"]["200"]["content"]["application/json"]
                assert answer["example"] is not None
                assert about["summary"]

    @pytest.mark.slow
    def test_no_question_ends_in_a_server_error(self, client):
        """Schemathesis over the description: made-up and spoilt questions; each answer is one that is described."""
        schemathesis = pytest.importorskip("schemathesis")
        from hypothesis import HealthCheck, Phase, given, settings

        schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app)
        checks = [
            schemathesis.checks.not_a_server_error,
            schemathesis.checks.CHECKS.get_one("status_code_conformance"),
            schemathesis.checks.CHECKS.get_one("content_type_conformance"),
            schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
        ]
        asked = 0
        for operation in schema.get_all_operations():
            for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

                @given(case=operation.ok().as_strategy(generation_mode=mode))
                @settings(
                    max_examples=10,
                    deadline=None,
                    derandomize=True,
                    database=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
                def ask(case):
                    nonlocal asked
                    asked += 1
                    case.call_and_validate(checks=checks)

                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    ask()
        assert asked > 150

"""Conditions, disputes, sources, search, force, map and charts: what they show, and what they refuse."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.desk import Desk
from onrecord.settings import Settings
from onrecord.web.app import create_app
from onrecord.web.settings import WebSettings

HERE = Path(__file__).parent
PAGES = (
    "/conditions",
    "/conditions?status=not_met",
    "/conditions?matter=-",
    "/disputes",
    "/disputes?kind=reversal&party=ITA",
    "/sources",
    "/search",
    "/search?q=soldiers",
    "/search?party=ITA&polarity=against",
    "/force",
    "/map",
    "/map?task=contribute_police&view=world",
    "/charts?since=2025-12-01",
    "/charts/strength",
    "/add",
)


def beside(name):
    spec = importlib.util.spec_from_file_location(f"beside_{name}", HERE / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


looked_at, told_plainly = beside("test_pages").looked_at, beside("test_pages").told_plainly
evil = beside("hostile_record")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_whole(at_machine, path):
    answer = at_machine.get(path)
    assert answer.status_code == 200, answer.text[-600:]
    seen = looked_at(answer.text)
    assert seen.wrong == []
    assert seen.open == []
    assert len(seen.ids) == len(set(seen.ids)), [x for x in seen.ids if seen.ids.count(x) > 1]
    for link in seen.links:
        if link.startswith("#") and len(link) > 1:
            assert link[1:] in seen.ids, link


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_record_does_nothing(hostile, clock, path):
    from starlette.testclient import TestClient

    client = TestClient(create_app(hostile, WebSettings(hosts=("testserver",), clock=clock)))
    for asked in (path, f"{path}{'&' if '?' in path else '?'}q=%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E"):
        text = client.get(asked).text
        assert evil.RUN not in text
        assert evil.IMAGE not in text
        assert "<svg onload" not in text
        assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|>49<", text)
        assert looked_at(text).wrong == []
        assert re.search(r'(?:href|src|action)="\s*(?:javascript|data):', text, re.IGNORECASE) is None


EMPTY = ("/conditions", "/disputes", "/sources", "/search?q=x", "/force", "/map", "/charts", "/add")


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_ledger_is_an_empty_state(clock, path):
    from starlette.testclient import TestClient

    with Desk.open(Settings(ledger=":memory:", clock=clock)) as empty:
        answer = TestClient(create_app(empty, WebSettings(hosts=("testserver",)))).get(path)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/conditions?status=maybe", 422, "no state"),
        ("/disputes?kind=quarrel", 422, "no kind of conflict"),
        ("/disputes?start=x", 422, "no place in a list"),
        ("/sources?start=-1", 422, "no place in a list"),
        ("/search?q=-police", 422, "a word that is to be found"),
        ("/search?polarity=maybe", 422, "no polarity"),
        ("/search?in=attic", 422, "no kind of result"),
        ("/search?first=soon", 422, "no day"),
        ("/force?c.ceasefire=perhaps", 422, "sets no condition"),
        ("/charts/strength?scenario=never", 404, "no scenario"),
        ("/map?task=disarmm", 404, "no task"),
        ("/add/run?id=nope", 404, "no run"),
        ("/add/run", 422, "names no id"),
    ],
)
def test_what_makes_no_sense_is_told_plainly(at_machine, path, status, words):
    told_plainly(at_machine.get(path), status, words)


class TestConditions:
    def test_each_with_its_state_its_words_and_what_hangs_on_it(self, at_machine):
        text = at_machine.get("/conditions").text
        near = text[text.index("fighting") - 1500 :]
        article = re.search(r'<article class="condition-full.*?</article>', near, re.DOTALL)[0]
        assert "not met" in article
        assert "until the fighting has stopped" in article
        assert "Azerbaijan" in article
        assert "/standing?id=AZE.contribute_troops" in article
        assert "/report?id=gazette-baku" in article

    def test_the_picture_has_a_sign_for_each_tie(self, at_machine):
        text = at_machine.get("/conditions").text
        picture = text[text.index('class="fixed-chart"') : text.index("</figure>")]
        assert "#sign-against" in picture
        assert "not met" in picture

    def test_they_are_those_of_the_day(self, at_machine):
        assert "until the fighting" not in at_machine.get("/conditions?as_of=2025-11-10").text


TASK = "close_brick_kiln"


@pytest.fixture
def found(desk):
    """The record with a task that two reports tell of and no vocabulary has."""
    from onrecord.model import DateRange, Position, Report, Span, digest

    for n, (party, name, stance) in enumerate((("Norway", "NOR", "pledged"), ("Chile", "CHL", "refused"))):
        text = f"{party} was asked to close brick kilns by spring, its minister said."
        report = Report(f"kiln{n}", text, digest(text), "Echo", None, "Kilns", DateRange.on(date(2026, 3, 1 + n)))
        at = text.index("brick kilns")
        position = Position(
            f"kiln{n}.p0", report.id, name, name, TASK, stance, Span.of(text, 0, len(text)),
            object=Span(at, at + 11, "brick kilns"), matter="kilns", confidence=0.7, extractor="x",
        )  # fmt: skip
        desk.ledger.add(report, [], [position], extractor="x")
    return desk


class TestFoundTasks:
    PATHS = (
        "/?matter=kilns", "/party?id=NOR", f"/task?id={TASK}&matter=kilns", "/search?q=kilns", "/report?id=kiln0",
        "/position?id=kiln0.p0", f"/standing?id=NOR.{TASK}.kilns", "/review", "/charts?matter=kilns",
    )  # fmt: skip

    @pytest.mark.parametrize("path", PATHS)
    def test_they_are_told_by_their_label(self, found, at_machine, path):
        text = at_machine.get(path).text
        assert "close brick kilns" in text.lower()
        seen = re.sub(r"<[^>]*>", " ", text)
        assert TASK not in seen
        assert "close brick kiln " not in seen

    def test_a_correction_of_something_else_leaves_them(self, found, at_machine):
        form = at_machine.get("/position?id=kiln0.p0").text
        assert f'<option value="{TASK}" selected' in form
        given = {"id": "kiln0.p0", "decision": "correct", "task": TASK, "stance": "offered"}
        assert at_machine.fill_in("/decide", **given).status_code == 200
        assert dict(found.ledger.judgements()[-1].changes) == {"stance": "offered"}

    def test_another_can_be_corrected_into_one(self, found, at_machine):
        given = {"id": "gazette-baku.p0", "decision": "correct", "task": TASK}
        answer = at_machine.fill_in("/decide", **given)
        assert answer.status_code == 200
        assert found.rows().position["gazette-baku.p0"].task == TASK
        assert "task: close brick kilns" in at_machine.get("/decisions").text

    def test_one_that_nobody_speaks_of_is_refused(self, found, at_machine):
        given = {"id": "gazette-baku.p0", "decision": "correct", "task": "close_moon"}
        assert at_machine.fill_in("/decide", **given).status_code == 404


class TestDisputes:
    def test_a_turn_is_told_with_both_passages(self, at_machine):
        text = at_machine.get("/disputes").text
        article = re.search(r'<article class="dispute".*?</article>', text, re.DOTALL)[0]
        assert "/report?id=courier-offer" in article
        assert "/report?id=gazette-rome" in article
        assert text.count('class="side"') >= 2

    def test_every_conflict_has_the_place_that_links_lead_to(self, at_machine, desk):
        outlook = desk.outlook()
        ids = looked_at(at_machine.get("/disputes").text).ids
        for conflict in outlook.material.conflicts:
            assert outlook.material.c[conflict.id].partition("#")[2] in ids

    def test_a_filter_that_nothing_fits_says_so(self, at_machine):
        assert "No conflict fits" in at_machine.get("/disputes?party=QAT").text


class TestSources:
    def test_reports_of_one_origin_stand_together(self, at_machine):
        text = at_machine.get("/sources").text
        picture = text[text.index('class="origins-chart"') : text.index("</figure>")]
        assert "Wire North" in picture
        assert "Echo" in picture
        assert "(first)" in picture

    def test_what_came_of_what_an_outlet_printed(self, desk):
        from onrecord.desk.outlets import fates_of, outlet_rows

        outlook = desk.outlook()
        fates = fates_of(outlook.material)
        assert fates["courier-offer.p0"] == "changed"
        assert fates["gazette-baku.p0"] == "alone"
        # An echo is no second origin.
        assert fates["wire-jakarta.p0"] == "alone"
        rows = {r.name: r for r in outlet_rows(outlook, desk.vocabulary)}
        assert rows["Gazette"].positions == 2
        assert rows["Echo"].repeats_only
        assert sum(rows["Wire North"].fates.values()) == rows["Wire North"].positions

    def test_a_second_origin_bears_it_out(self, desk):
        from onrecord.desk.outlets import fates_of
        from onrecord.model import DateRange, Position, Report, Span, digest

        text = "Azerbaijan will not send soldiers to Gaza, a minister said in Baku."
        day = DateRange.on(__import__("datetime").date(2026, 1, 20))
        report = Report("caspian", text, digest(text), "Caspian", None, "No", day)
        position = Position(
            id="caspian.p0", report="caspian", holder="AZE", performer="AZE", task="contribute_troops",
            stance="refused",
            evidence=Span.of(text, 0, len(text)), cue=None, matter="isf_gaza", self_declared=True, confidence=0.9,
            extractor="x", said_on=day,
        )  # fmt: skip
        desk.ledger.add(report, [], [position], extractor="x")
        fates = fates_of(desk.outlook().material)
        assert fates["gazette-baku.p0"] == "borne out"
        assert fates["caspian.p0"] == "alone"


ODD = ('"', "*", "NEAR(a b)", "a OR", "x AND NOT", "title:x", "'; DROP", "((", "^a", "a*b", "-", "\x00")


class TestSearch:
    @pytest.mark.parametrize(
        ("asked", "shown", "hidden"),
        [
            ("q=soldiers", ["Baku will not come", "Jakarta pledges"], ["Rome would send police</"]),
            ("q=soldier", ["Jakarta pledges"], []),
            ("q=mandat", ["Rome would send police"], ["Jakarta pledges"]),
            ('q="ruled out"', ["Rome turns"], ["Rome would"]),
            ("q=police -ruled", ["Rome would send police"], ["Rome turns"]),
            ("q=police&in=records", ["contribute police"], ["Rome turns</bdi>"]),
            ("party=ITA&polarity=against", ["ruled out"], ["is ready to send"]),
            ("kind=ceasefire", ["until the fighting"], ["ready"]),
            ("q=soldiers&last=2025-12-31", ["Baku will not come"], ["Jakarta pledges"]),
            ("q=indonesia", ["/party?id=IDN"], []),
            ("q=gazette-rome", ["/report?id=gazette-rome"], []),
        ],
    )
    def test_it_finds_what_fits(self, at_machine, asked, shown, hidden):
        text = at_machine.get(f"/search?{asked}").text
        text = re.sub(r"</?mark[^>]*>", "", text[text.index('id="found"') :])
        for words in shown:
            assert words in text, words
        for words in hidden:
            assert words not in text, words

    def test_what_was_found_is_marked(self, at_machine):
        assert '<mark class="hit">soldiers</mark>' in at_machine.get("/search?q=soldiers").text

    @pytest.mark.parametrize("asked", ODD)
    def test_nothing_that_is_typed_has_another_meaning(self, at_machine, asked):
        assert at_machine.get("/search", params={"q": asked}).status_code == 200

    def test_it_is_in_step_with_the_ledger(self, desk):
        from onrecord.desk.indexing import Narrowed
        from onrecord.desk.searching import index_of, search
        from onrecord.model import Report, digest

        assert search(desk, desk.outlook(), "zanzibar", Narrowed()).report_count == 0
        text = "Ships left Zanzibar. \ue000not a mark\ue001"
        desk.ledger.add(Report("z", text, digest(text)), [], [], extractor="x")
        found = search(desk, desk.outlook(), "zanzibar", Narrowed())
        assert found.report_count == 1
        assert [p.text for p in found.reports[0].pieces if p.hit] == ["Zanzibar"]
        assert index_of(desk) is index_of(desk)


class TestTheForce:
    def test_a_switch_recomputes_and_each_number_leads_to_what_it_rests_on(self, clock):
        client = with_story(clock)
        before = client.get("/force").text
        assert "Required: <strong>20,000</strong>" in before
        after = client.get("/force?c.complete_ceasefire=met").text
        checked = re.search(r'name="c\.complete_ceasefire" value="met" checked', after)
        assert checked
        numbers = [re.search(r'class="big">([\d,]+)<', x)[1] for x in (before, after)]
        assert int(numbers[1].replace(",", "")) >= int(numbers[0].replace(",", ""))
        assert "/standing?id=IDN.contribute_troops.isf_gaza" in before

    def test_a_scenario_that_there_is_not(self, clock):
        answer = with_story(clock).get("/force?scenario=never")
        assert answer.status_code == 404
        assert "no scenario" in answer.text

    def test_it_works_out_strength_over_time(self, clock):
        text = with_story(clock).get("/charts/strength").text
        assert 'class="strength-line"' in text
        assert "required: 20,000" in text
        assert "/force?as_of=" in text


class TestTheMap:
    def test_states_have_the_class_and_the_sign_of_their_stance(self, at_machine):
        text = at_machine.get("/map?task=contribute_troops").text
        assert re.search(r'class="state band for"><title>Indonesia: pledged, up to 8,000 soldiers', text)
        assert re.search(r'class="state band against"><title>Azerbaijan: refused', text)
        assert '<use href="#sign-against"/>' in text[text.index('<figure class="chart"') :]
        assert text.count('class="land"') > 100

    def test_the_table_tells_the_same(self, at_machine):
        text = at_machine.get("/map?task=contribute_troops").text
        table = text[text.index('class="plain map-table"') :]
        assert "Indonesia" in table
        assert "Azerbaijan" in table

    def test_no_shape_runs_across_the_map(self):
        from onrecord.desk.mapping import _states

        for name, (_, rings, _) in _states().items():
            for ring in rings:
                assert all(abs(a[0] - b[0]) < 2 for a, b in pairwise(ring)), name


class TestCharts:
    def test_a_turn_is_a_flow(self, at_machine):
        text = at_machine.get("/charts?since=2026-01-15").text
        assert "from for to against: Italy" in text
        assert "stayed against: Azerbaijan" in text
        assert "from not on record to leaning: Qatar" in text

    def test_flows_leave_and_arrive_whole(self):
        from onrecord.briefing.flow_chart import Moved, flow_chart

        sides = ("for", "against", None, "open", "leaning")
        moved = [Moved(f"P{n}", sides[n % 5], sides[n % 3], "#") for n in range(30)]
        made = flow_chart(moved, "a", "b", "t")
        told = [m for m in moved if m.before or m.after]
        assert sum(b.count for b in made.bars if not b.end) == len(told)
        assert sum(b.count for b in made.bars if b.end) == len(told)


def with_story(clock):
    from starlette.testclient import TestClient

    desk = Desk.open(
        Settings(ledger=":memory:", clock=clock), [HERE.parents[2] / "examples" / "gaza-isf" / "story.yaml"]
    )
    beside("small_record").fill(desk.ledger)
    return TestClient(create_app(desk, WebSettings(hosts=("testserver",), clock=clock)))

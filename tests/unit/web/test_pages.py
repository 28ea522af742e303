"""What the pages show, and what they answer to addresses that make no sense."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markupsafe import escape

PAGES = (
    "/",
    "/party?id=ITA",
    "/task?id=contribute_police&matter=isf_gaza",
    "/standing?id=ITA.contribute_police.isf_gaza",
    "/report?id=courier-offer",
    "/position?id=courier-offer.p0",
    "/statement?id=courier-offer.s0",
    "/review",
    "/decisions",
    "/help",
)


class Links(HTMLParser):
    """Links and ids of a page, and whether its elements are nested as they should be."""

    VOID = frozenset(
        [
            "meta",
            "link",
            "input",
            "img",
            "br",
            "hr",
            "col",
            "area",
            "base",
            "embed",
            "source",
            "track",
            "wbr",
            "path",
            "circle",
            "rect",
            "line",
            "use",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        if "id" in told:
            self.ids.append(told["id"])
        self.wrong += [f"{tag} {name}" for name in told if name.startswith("on") or name == "style"]
        if tag not in self.VOID and tag != "option" and tag != "p" and tag != "li":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.wrong += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag):
        if tag in self.VOID or tag in {"option", "p", "li"}:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def looked_at(text):
    seen = Links()
    seen.feed(text)
    return seen


def told_plainly(answer, status, words):
    """The answer is a page of this status that says in these words what is wrong, and shows nothing of the inside."""
    assert answer.status_code == status, answer.text[-500:]
    assert words.casefold() in answer.text.casefold()
    assert "Traceback" not in answer.text
    assert looked_at(answer.text).wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_whole(at_machine, path):
    answer = at_machine.get(path)
    assert answer.status_code == 200, answer.text[-600:]
    seen = looked_at(answer.text)
    assert seen.wrong == []
    assert seen.open == []
    assert len(seen.ids) == len(set(seen.ids)), [x for x in seen.ids if seen.ids.count(x) > 1]
    assert "<style" not in answer.text
    assert all(x.startswith('<script src="/static/') for x in re.findall(r"<script[^>]*>", answer.text))


def test_every_link_leads_somewhere(at_machine):
    served = {route.path for route in at_machine.app.routes if hasattr(route, "path")}
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        # Two pages are a matter of their own: where they are not served yet, their links are not followed.
        if path in seen or len(seen) > 160 or path.partition("?")[0] in {"/sources", "/disputes"} - served:
            continue
        seen.add(path)
        answer = at_machine.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if "html" not in answer.headers["content-type"]:
            continue
        page = looked_at(answer.text)
        for link in page.links:
            target, _, fragment = link.partition("#")
            if link.startswith("/"):
                # Pages that are made by other modules of the desk are looked at where they are tested.
                waiting.append(target)
            elif link.startswith("#") and len(link) > 1:
                assert fragment in page.ids, f"{path}: {link}"
    assert len(seen) > 25


class TestTheBoard:
    @pytest.mark.parametrize("path", ["/", "/?party=ind", "/sources", "/party?id=ITA"])
    def test_what_was_laid_out_once_comes_the_same_again(self, at_machine, path):
        first = at_machine.get(path).text
        again = at_machine.get(path).text
        assert first == again
        assert re.search(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", again.partition("</head>")[2]) is None

    def test_a_cell_says_what_there_is_to_say(self, at_machine):
        text = at_machine.get("/?since=2026-01-01").text
        cell = re.search(r'<div class="stand against">.*?</div>', text[text.index(">Italy<") :], re.DOTALL)[0]
        assert "refused" in cell
        assert "sign against" in cell
        assert "was offered" in cell
        assert "10 Feb" in cell
        assert "1 origin" in cell
        assert "/report?id=gazette-rome&amp;at=gazette-rome.p0#p-gazette-rome.p0" in cell

    def test_a_condition_stands_in_its_cell(self, at_machine):
        text = at_machine.get("/?party=azer").text
        assert '<li class="chip" title="until the fighting has stopped">ceasefire</li>' in text

    def test_corroboration_counts_origins(self, at_machine):
        text = at_machine.get("/standing?id=IDN.contribute_troops.isf_gaza").text
        assert "1 independent origin" in text

    def test_it_tells_any_past_day(self, at_machine):
        before = at_machine.get("/?as_of=2025-11-30").text
        assert "offered" in before
        assert "Azerbaijan" not in before
        assert "Indonesia" not in before
        after = at_machine.get("/?as_of=2026-02-28").text
        assert "Azerbaijan" in after

    def test_a_day_before_everything_is_an_empty_state(self, at_machine):
        answer = at_machine.get("/?as_of=2020-01-01")
        assert answer.status_code == 200
        assert "Nothing was on record on that day" in answer.text

    @pytest.mark.parametrize(
        ("asked", "shown", "hidden"),
        [
            ("party=ital", ["Italy"], ["Azerbaijan", "Qatar"]),
            ("task=fund", ["Qatar"], ["Azerbaijan", ">Italy<"]),
            ("polarity=for", ["Indonesia"], ["Azerbaijan", "Qatar"]),
            ("polarity=leaning", ["Qatar"], ["Azerbaijan", "Indonesia"]),
            ("changed=1&since=2026-02-01", [">Italy<", "Qatar"], ["Azerbaijan"]),
            ("heard=2026-03-01", ["Qatar"], ["Azerbaijan", ">Italy<"]),
        ],
    )
    def test_filters_narrow_it(self, at_machine, asked, shown, hidden):
        text = at_machine.get(f"/?{asked}").text
        table = text[text.index('<div id="told"') : text.index("</main>")]
        rows = "".join(re.findall(r'<th scope="row".*?</th>', table, re.DOTALL))
        for name in shown:
            assert name.strip("><") in rows, name
        for name in hidden:
            assert name.strip("><") not in rows, name

    def test_a_filter_that_nothing_fits_says_so(self, at_machine):
        assert "No standing fits what is asked for" in at_machine.get("/?party=zzzz").text

    def test_an_empty_ledger_says_what_to_do(self, clock):
        from starlette.testclient import TestClient

        from onrecord.desk import Desk
        from onrecord.settings import Settings
        from onrecord.web.app import create_app
        from onrecord.web.settings import WebSettings

        with Desk.open(Settings(ledger=":memory:", clock=clock)) as empty:
            client = TestClient(create_app(empty, WebSettings(hosts=("testserver",))))
            for path in ("/", "/review", "/decisions", "/help"):
                assert client.get(path).status_code == 200, path
            assert "onrecord read" in client.get("/").text


class TestThePartyAndTheTask:
    def test_a_party_shows_its_turn_and_its_figures(self, at_machine):
        text = at_machine.get("/party?id=ITA").text
        assert 'class="steps"' in text
        assert "offered" in text
        assert "refused" in text
        assert "200 police officers" in text
        assert "Figures it has named" in text

    def test_a_condition_is_followed(self, at_machine):
        text = at_machine.get("/party?id=AZE").text
        assert "until the fighting has stopped" in text
        assert "not met" in text

    def test_what_others_want_of_it(self, at_machine):
        text = at_machine.get("/party?id=EGY").text
        assert "What others want of it" in text
        assert "Indonesia" in text

    def test_a_task_tells_who_would_who_would_not_and_who_has_not_said(self, at_machine):
        text = at_machine.get("/task?id=contribute_troops&matter=isf_gaza").text
        would, rest = text.split("Who leans towards it")
        assert "Indonesia" in would
        assert "Azerbaijan" in rest.split("Who would not")[1].split("Who has not said")[0]
        assert "Qatar" in rest.split("Who has not said")[1]


class TestThePassage:
    def test_every_mark_leads_to_its_record_and_back(self, at_machine):
        text = at_machine.get("/report?id=courier-offer").text
        page = looked_at(text)
        marks = re.findall(r'<mark class="([^"]+)"[^>]*?data-record="([^"]+)"', text)
        assert {css.split()[0] for css, _ in marks} >= {"evidence", "stance", "condition", "figure", "content", "cue"}
        assert {record for _, record in marks} <= set(page.ids)
        assert "p-courier-offer.p0" in page.ids
        assert "#p-courier-offer.p0" in page.links
        assert "#n-courier-offer.p0" in page.links

    def test_the_text_is_the_reports(self, at_machine, desk):
        text = at_machine.get("/report?id=courier-offer").text
        body = re.search(r'<div class="body".*?</div>', text, re.DOTALL)[0]
        words = re.sub(r"<a class=\"ref.*?</a>", "", body)
        words = " ".join(re.sub(r"<[^>]+>", "", words).split())
        assert words == " ".join(str(escape(desk.report("courier-offer").text)).split())

    def test_an_address_of_the_web_is_a_link(self, at_machine):
        text = at_machine.get("/report?id=courier-offer").text
        assert 'href="https://news.example/courier-offer" rel="noopener noreferrer nofollow external"' in text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "no such page"),
        ("/party?id=XYZ", 404, "nothing is on record"),
        ("/party", 422, "names no id"),
        ("/task?id=disarmm", 404, "there is no task"),
        ("/report?id=nope", 404, "there is no report"),
        ("/position?id=nope", 404, "there is no position"),
        ("/position?id=courier-offer", 404, "there is no position"),
        ("/statement?id=nope", 404, "there is no statement"),
        ("/standing?id=nope", 404, "there is no standing"),
        ("/?as_of=yesterday", 422, "is no day"),
        ("/?polarity=maybe", 422, "there is no polarity"),
        ("/?matter=nothing", 422, "nothing is on record of"),
        ("/?story=nothing", 404, "there is no story"),
        ("/review?start=-1", 422, "no place in a list"),
        ("/review?whose=mine", 422, "no queue"),
        ("/static/../app.py", 404, "no such page"),
        ("/static/nope.js", 404, "no such page"),
    ],
)
def test_what_makes_no_sense_is_told_plainly(at_machine, path, status, words):
    told_plainly(at_machine.get(path), status, words)


def test_a_fault_of_ours_is_a_page_without_a_trace(at_machine, desk, monkeypatch):
    from starlette.testclient import TestClient

    def broken(*args, **more):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(type(desk), "outlook", broken)
    client = TestClient(at_machine.app, raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "fault is in the program" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


class TestHostileReports:
    PATHS = ("/", "/review", "/decisions", "/help")

    def test_nothing_from_outside_becomes_markup(self, hostile, clock):
        from starlette.testclient import TestClient

        from onrecord.web.app import create_app
        from onrecord.web.settings import WebSettings

        client = TestClient(create_app(hostile, WebSettings(hosts=("testserver",), clock=clock)))
        seen, waiting = set(), list(self.PATHS)
        while waiting:
            path = waiting.pop().partition("#")[0]
            if path in seen or not path.startswith("/"):
                continue
            seen.add(path)
            answer = client.get(path)
            assert answer.status_code in {200, 404}, f"{path}: {answer.status_code}"
            if "html" not in answer.headers["content-type"]:
                continue
            page = looked_at(answer.text)
            assert page.wrong == [], path
            assert "<script>" not in answer.text
            assert "<img" not in answer.text
            assert "49" not in re.sub(r"[\w-]*49[\w-]*=", "", "".join(re.findall(r"\{\{.*?\}\}", answer.text)))
            assert not [x for x in page.links if not x.startswith(("/", "#", "https://ok.example/"))], path
            waiting += page.links
        assert len(seen) > 30

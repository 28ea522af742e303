"""The desk in real Chromium: read, move through time, decide by keyboard, be refused; and hostile reports do nothing.

The record is that of an example story with its gold positions, so that no model has to run. Skipped where there is no
Chromium or the desk's dependencies are not installed.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk's dependencies are not installed")
uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

from onrecord.desk import Desk  # noqa: E402
from onrecord.desk.accounts import Accounts  # noqa: E402
from onrecord.model import Span  # noqa: E402
from onrecord.settings import Settings  # noqa: E402
from onrecord.web.app import create_app  # noqa: E402
from onrecord.web.settings import WebSettings  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "examples" / "gaza-isf" / "story.yaml"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
PASSWORD = "a long enough one"
WIDTHS = (390, 820, 1440)
BAKU = "/standing?id=AZE.contribute_troops.isf_gaza"
PAGES = (
    "/",
    "/party?id=IDN",
    "/task?id=contribute_troops",
    BAKU,
    "/report?id=caspian-courier-question-closed",
    "/review",
    "/decisions",
    "/help",
)


def module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"desk_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def fill_with_example(ledger: Any) -> None:
    """The example story, its gold positions as if an extractor had found them, some less surely than others."""
    story = module(ROOT / "tests" / "golden" / "gold_stories.py").story("gaza-isf")
    for report in story.reports:
        ours = [p for p in story.positions if p.report == report.id]
        sure = [
            replace(p, confidence=0.5 + (n % 5) / 10, cue=Span.of(report.text, p.evidence.start, p.evidence.start + 9))
            for n, p in enumerate(ours)
        ]
        ledger.add(report, [], sure, extractor="gold 1")


@contextmanager
def served(desk: Desk, web: WebSettings) -> Iterator[str]:
    """The desk on a port of its own; its address."""
    config = uvicorn.Config(create_app(desk, web), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    waited = 0.0
    while not server.started and waited < 20:
        time.sleep(0.02)
        waited += 0.02
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(timeout=10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(ledger=tmp_path / "desk.db", clock=lambda: NOW), [STORY]) as made:
        fill_with_example(made.ledger)
        yield made


@pytest.fixture
def address(browser: Any, desk: Desk) -> Iterator[str]:
    with served(desk, WebSettings(clock=lambda: NOW)) as at:
        yield at


@pytest.fixture(scope="module")
def looked_at(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk that is only looked at, shared by all tests that change nothing."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    with Desk.open(Settings(ledger=path, clock=lambda: NOW), [STORY]) as made:
        fill_with_example(made.ledger)
        with served(made, WebSettings(clock=lambda: NOW)) as at:
            yield at


@dataclass
class Seen:
    """A tab, and what happened in it that should not."""

    page: Any
    trouble: list[str] = field(default_factory=list)


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    contexts = []

    def opened(at: str, path: str = "/", *, width: int = 1440, **options: Any) -> Seen:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        seen = Seen(context.new_page())
        page = seen.page
        page.set_default_timeout(15_000)
        page.on("console", lambda m: seen.trouble.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: seen.trouble.append(f"error: {e}"))
        page.on("dialog", lambda d: (seen.trouble.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("popup", lambda p: seen.trouble.append(f"popup: {p.url}"))
        page.on("request", lambda r: None if r.url.startswith(at) else seen.trouble.append(f"request: {r.url}"))
        page.goto(at + path)
        return seen

    yield opened
    for context in contexts:
        context.close()


def test_the_way_of_a_reviewer(tab: Any, address: str, desk: Desk, until: Any) -> None:
    seen = tab(address)
    page = seen.page
    row = page.locator("tr", has=page.locator("th", has_text="Azerbaijan")).first
    assert "refused" in row.inner_text()

    # Through time: the slider goes back to the first days, where Baku was still said to be ready.
    page.keyboard.press("[")
    until(page, "document.querySelector('#told').dataset.asOf < '2026-03-25'")
    page.fill("#as-of", "2025-10-24")
    until(page, "document.querySelector('#told').dataset.asOf === '2025-10-24'")
    assert "refused" not in row.inner_text()
    assert "as_of=2025-10-24" in page.url
    page.fill("#as-of", "2026-03-25")
    until(page, "document.querySelector('#told').dataset.asOf === '2026-03-25'")

    # From a cell to the words.
    row.locator(".stand a.ref").first.click()
    page.wait_for_load_state()
    assert "/report?" in page.url
    mark = page.locator("mark.evidence:target, mark.evidence[id]").first
    assert mark.is_visible()
    item = page.locator("li.note.current")
    stance_before = item.locator(".stance-word").first.inner_text()
    assert "refused" in stance_before

    # Two keystrokes correct the stance.
    page.keyboard.press("c")
    key = page.locator("#palette button[value=considering]").get_attribute("data-key")
    page.keyboard.press(key)
    until(page, "document.querySelector('.flash')")
    assert "considering" in page.locator("li.note.current .stance-word").first.inner_text()
    assert "Azerbaijan: contribute troops" in page.locator(".flash").inner_text()
    told = desk.outlook().answer.reconciliation.standing("AZE", "contribute_troops", matter="isf_gaza")
    assert told.stance != "refused" or "Azerbaijan" in page.locator(".flash").inner_text()
    (made,) = desk.ledger.judgements()
    assert dict(made.changes) == {"stance": "considering"}

    # And one takes it back.
    page.keyboard.press("u")
    until(page, "document.querySelector('.flash').textContent.includes('Taken back')")
    assert "refused" in page.locator("li.note.current .stance-word").first.inner_text()
    assert [j.decision for j in desk.ledger.judgements()] == ["correct", "withdraw"]
    page.goto(address)
    assert "refused" in page.locator("tr", has_text="Azerbaijan").first.inner_text()
    assert seen.trouble == []


def test_the_queue_is_walked_by_keys_alone(tab: Any, address: str, desk: Desk, until: Any) -> None:
    seen = tab(address, "/review")
    page = seen.page
    first, second = (page.locator("li.queued").nth(n).get_attribute("data-item") for n in (0, 1))
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".current").get_attribute("data-item") == second
    page.keyboard.press("k")
    assert page.locator(".current").get_attribute("data-item") == first
    page.keyboard.press("Enter")
    # The next one has moved up and is at hand.
    until(page, f"document.querySelector('.flash') && document.querySelector('.current').dataset.item === '{second}'")
    assert [(j.target, j.decision) for j in desk.ledger.judgements()] == [(first, "confirm")]
    page.keyboard.press("r")
    until(page, "document.querySelector('.flash').textContent.includes('Rejected')")
    assert desk.ledger.judgements()[-1].target == second
    page.keyboard.press("u")
    until(page, "document.querySelector('.flash').textContent.includes('Taken back')")
    assert second in desk.rows().position
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    assert seen.trouble == []


def test_another_field_is_two_keys_away(tab: Any, address: str, desk: Desk, until: Any) -> None:
    seen = tab(address, "/review")
    page = seen.page
    page.keyboard.press("j")
    name = page.locator(".current").get_attribute("data-item")
    page.keyboard.press("c")
    page.keyboard.press("t")
    until(page, "document.querySelector('#correct-form') && document.activeElement.name === 'task'")
    page.select_option("#correct-form select[name=task]", "mediate")
    page.locator("#correct-form button.main").click()
    until(page, "document.querySelector('.flash')")
    assert desk.rows().position[name].task == "mediate"
    assert seen.trouble == []


def test_words_marked_in_the_text_are_taken(tab: Any, address: str) -> None:
    page = tab(address, "/review").page
    page.locator("li.queued .to-record").first.click()
    page.wait_for_selector("#correct-form .taking button")
    page.evaluate(
        "const range = document.createRange(); range.selectNodeContents(document.querySelector('#body mark.stance'));"
        "getSelection().removeAllRanges(); getSelection().addRange(range);"
    )
    words = page.evaluate("String(getSelection())")
    field = page.locator("input[name=object]")
    field.locator("xpath=..").locator("button").click()
    assert field.input_value() == words


def test_a_mark_opens_its_record(tab: Any, looked_at: str) -> None:
    page = tab(looked_at, "/report?id=caspian-courier-question-closed").page
    mark = page.locator("mark.stance[data-record]:not(:has(mark))").first
    record = mark.get_attribute("data-record")
    mark.click()
    assert page.locator(".note.current").get_attribute("id") == record


def test_the_replay_runs_to_the_last_day(tab: Any, address: str, until: Any) -> None:
    seen = tab(address, "/?as_of=2026-03-10")
    page = seen.page
    page.locator("#play").click()
    until(page, "document.querySelector('#told').dataset.asOf === '2026-03-25'", seconds=60)
    assert page.locator("#slider-day").inner_text() == "2026-03-25"
    assert seen.trouble == []


def test_filters_narrow_the_board_as_one_types(tab: Any, looked_at: str, until: Any) -> None:
    page = tab(looked_at).page
    rows = page.locator("table.board tbody tr")
    everybody = rows.count()
    page.keyboard.press("/")
    page.keyboard.type("azer")
    until(page, "document.querySelectorAll('table.board tbody tr').length === 1")
    page.fill("#f-party", "")
    until(page, f"document.querySelectorAll('table.board tbody tr').length === {everybody}")
    page.select_option("select[name=polarity]", "against")
    until(page, "!document.querySelector('table.board td .stand.for')")
    assert 0 < rows.count() < everybody


def test_a_reader_is_refused(browser: Any, tab: Any, desk: Desk, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "users.json")
    accounts.add("rita", "reader", PASSWORD, NOW)
    accounts.add("vera", "reviewer", PASSWORD, NOW)
    with served(desk, WebSettings(accounts=accounts, clock=lambda: NOW)) as at:

        def signed_in(name: str) -> Any:
            page = tab(at, "/review").page
            assert "/sign-in" in page.url
            page.fill("input[name=name]", name)
            page.fill("input[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/review")
            return page

        page = signed_in("rita")
        assert "rita" in page.locator(".who").inner_text()
        assert page.locator(".do-confirm").count() == 0
        page.keyboard.press("j")
        for key in ("Enter", "r", "c", "u"):
            page.keyboard.press(key)
        name = page.locator("li.queued").first.get_attribute("data-item")
        # Whoever makes the form by hand is refused by the server.
        status = page.evaluate(
            "name => fetch('/decide', {method: 'POST', headers: {'X-CSRF-Token':"
            " JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF-Token'],"
            " 'Content-Type': 'application/x-www-form-urlencoded'},"
            " body: new URLSearchParams({id: name, decision: 'reject'})}).then(r => r.status)",
            name,
        )
        assert status == 403
        assert desk.ledger.judgements() == []
        page = signed_in("vera")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector(".flash")
        assert [j.by for j in desk.ledger.judgements()] == ["vera"]


def test_without_script_everything_is_read_and_decided(tab: Any, address: str, desk: Desk) -> None:
    seen = tab(address, java_script_enabled=False)
    page = seen.page
    assert page.locator(".replay").is_hidden()
    page.fill("input[name=party]", "azer")
    page.locator("button.show").click()
    assert page.locator("table.board tbody tr").count() == 1
    page.locator("table.board .stand .what a").first.click()
    assert page.locator("h1").inner_text() == "Azerbaijan: contribute troops"
    page.goto(address + "/review")
    name = page.locator("li.queued").first.get_attribute("data-item")
    page.locator("li.queued .do-confirm").first.click()
    assert "/review" in page.url
    assert "Confirmed" in page.locator(".flash").inner_text()
    assert [j.target for j in desk.ledger.judgements()] == [name]
    page.locator("#undo-last button").click()
    assert "Taken back" in page.locator(".flash").inner_text()
    assert seen.trouble == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(tab: Any, looked_at: str, path: str, width: int, overflow: Any) -> None:
    seen = tab(looked_at, path, width=width)
    assert overflow(seen.page) <= 0
    assert seen.trouble == []


def test_the_theme_is_remembered_from_page_to_page(tab: Any, looked_at: str) -> None:
    page = tab(looked_at, color_scheme="light").page
    page.locator("label[for=theme-dark]").click()
    page.goto(looked_at + "/help")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"


def test_hostile_reports_do_nothing(browser: Any, tab: Any, tmp_path: Path, overflow: Any) -> None:
    hostile = module(ROOT / "tests" / "unit" / "web" / "hostile_record.py")
    with Desk.open(Settings(ledger=tmp_path / "hostile.db", clock=lambda: NOW)) as desk:
        hostile.fill(desk.ledger)
        with served(desk, WebSettings(clock=lambda: NOW)) as at:
            seen = tab(at)
            page = seen.page
            visited, waiting = set(), ["/", "/review", "/decisions", "/help"]
            while waiting and len(visited) < 60:
                path = waiting.pop(0).partition("#")[0]
                if path in visited or not path.startswith("/") or path.startswith("/decisions/"):
                    continue
                visited.add(path)
                answer = page.goto(at + path)
                if answer.status == 404:
                    # A page of the desk that is not there yet; no report can make one.
                    assert path.startswith(("/sources", "/disputes")), path
                    seen.trouble.clear()
                    continue
                page.evaluate(
                    "document.querySelectorAll('main *').forEach(x => ['mouseover', 'load', 'error', 'focus']"
                    ".forEach(e => x.dispatchEvent(new Event(e, {bubbles: true}))))"
                )
                assert page.evaluate("window.ran") is None, path
                assert overflow(page) <= 0, path
                links = page.evaluate("[...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))")
                assert not [x for x in links if not x.startswith(("/", "#", "https://ok.example/"))]
                waiting += links
            assert len(visited) > 20
            page.goto(at + "/review")
            page.keyboard.press("j")
            page.keyboard.press("Enter")
            page.wait_for_selector(".flash")
            assert page.evaluate("window.ran") is None
            assert len(desk.ledger.judgements()) == 1
            assert seen.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Any, looked_at: str, axe_faults: Any, path: str, scheme: str) -> None:
    for width in (390, 1440):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(looked_at + path)
        faults = axe_faults(page)
        context.close()
        assert faults == [], f"{path} at {width}"

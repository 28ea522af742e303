"""The desk's further pages in real Chromium: nothing of a report runs, axe finds nothing, nothing overflows."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
uvicorn = pytest.importorskip("uvicorn")

from onrecord import services  # noqa: E402
from onrecord.desk import Desk  # noqa: E402
from onrecord.settings import Settings  # noqa: E402
from onrecord.web.app import create_app  # noqa: E402

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
RECORDS = HERE.parent / "unit" / "web"
STORY = HERE.parents[1] / "examples" / "gaza-isf" / "story.yaml"
PAGES = (
    "/conditions",
    "/disputes",
    "/sources",
    "/search?q=soldiers",
    "/add",
    "/force?c.complete_ceasefire=met",
    "/map",
    "/charts?since=2025-12-01",
)
VIEWS = ((390, "light"), (820, "dark"), (1440, "light"), (1440, "dark"))


def record(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"browser_{name}", RECORDS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def served(kind: str) -> Iterator[str]:
    ticks = iter(range(10_000_000))
    start = record("small_record").NOW
    desk = Desk.open(Settings(ledger=":memory:", clock=lambda: start + timedelta(seconds=next(ticks))), [STORY])
    record(kind).fill(desk.ledger)
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{place.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    desk.close()


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    yield from served("small_record")


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    yield from served("hostile_record")


def opened(browser: Any, address: str, width: int = 1440, scheme: str = "light", **more: Any) -> tuple[Any, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    page, trouble = context.new_page(), []
    page.on("console", lambda m: trouble.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: trouble.append(str(e)))
    page.goto(address)
    return page, trouble


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_page_is_whole_and_axe_finds_nothing(
    browser: Any, small: str, overflow: Any, axe_faults: Any, path: str, width: int, scheme: str
) -> None:
    page, trouble = opened(browser, small + path, width, scheme)
    assert overflow(page) <= 0
    assert trouble == []
    assert axe_faults(page) == []
    page.context.close()


@pytest.mark.parametrize("path", [*PAGES, "/charts/strength", "/search?q=%3Cscript%3Ewindow.ran=9%3C/script%3E"])
def test_nothing_of_a_hostile_report_runs(browser: Any, hostile: str, path: str) -> None:
    page, trouble = opened(browser, hostile + path)
    for one in page.locator("main a:visible").all()[:3]:
        one.hover(force=True)
    page.wait_for_timeout(150)
    assert page.evaluate("window.ran") is None
    assert trouble == []
    page.context.close()


def test_a_switch_recomputes_without_a_new_page(browser: Any, small: str) -> None:
    page, trouble = opened(browser, f"{small}/force")
    page.evaluate("window.kept = 1; document.querySelector('#numbers').dataset.old = 'yes'")
    page.locator(".switch", has_text="complete ceasefire").get_by_text("met", exact=True).click()
    # Both parts come anew, the page stays.
    page.wait_for_selector("#numbers:not([data-old])")
    assert "c.complete_ceasefire=met" in page.url
    assert page.evaluate("window.kept") == 1
    assert page.locator("#sum h2").count() > 2
    assert trouble == []
    page.context.close()


def test_search_goes_on_while_one_types(browser: Any, small: str) -> None:
    page, trouble = opened(browser, f"{small}/search")
    page.keyboard.press("/")
    page.keyboard.type("soldi")
    page.wait_for_selector("mark.hit")
    assert "Jakarta pledges" in page.locator("#found").inner_text()
    assert trouble == []
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_reports_are_added_with_and_without_script(
    browser: Any, small: str, script: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.make_extractor
    monkeypatch.setattr(services, "make_extractor", lambda v, s, rules_only=False: made(v, s, rules_only=True))
    page, _ = opened(browser, f"{small}/add", java_script_enabled=script)
    page.fill("textarea[name=text]", f"Malta will not send soldiers to Gaza, its minister said. {script}")
    page.fill("input[name=title]", f"Valletta {script}")
    page.get_by_role("button", name="Read it").click()
    for _ in range(150):
        if page.locator("text=1 new report").count() and page.locator("strong:text-is('done')").count():
            break
        page.wait_for_timeout(200)
        if not script:
            page.reload()
    assert f"Valletta {script}" in page.locator("main").inner_text()
    page.context.close()


def test_every_page_reads_without_script(browser: Any, small: str) -> None:
    for path in PAGES:
        page, _ = opened(browser, small + path, java_script_enabled=False)
        assert page.locator("h1").count() == 1
        page.context.close()

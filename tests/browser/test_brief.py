"""The brief in real Chromium: nothing runs that should not, everything is reached, nothing overflows."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from onrecord.briefing import brief_of, render_html

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "unit" / "briefing"))
WIDTHS = (390, 820, 1440)
STORIES = ("story", "empty", "hostile")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each page."""
    gaza, hostile = importlib.import_module("gaza_story"), importlib.import_module("hostile_story")
    made = {"story": gaza.STORY_ARGUMENTS, "empty": gaza.EMPTY_ARGUMENTS, "hostile": hostile.ARGUMENTS}
    many = [
        gaza.REPORTS[0].__class__(f"x{n}", "A text that nobody cites. " * 60, "0" * 64) for n in range(160)
    ]
    made["long"] = {**gaza.STORY_ARGUMENTS, "reports": [*many, *gaza.REPORTS]}
    folder = tmp_path_factory.mktemp("brief")
    addresses = {}
    for name, arguments in made.items():
        file = folder / f"{name}.html"
        file.write_text(render_html(brief_of(**arguments)), "utf-8")
        addresses[name] = file.as_uri()
    return addresses


@dataclass
class Watched:
    """A page, and what happened on it that should not."""

    page: Any
    trouble: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Any, pages: dict[str, str]) -> Iterator[Any]:
    contexts = []

    def open_page(name: str, *, width: int = 1440, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        seen = Watched(context.new_page())
        page = seen.page
        page.on("console", lambda m: seen.trouble.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: seen.trouble.append(f"error: {e}"))
        page.on("dialog", lambda d: (seen.trouble.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("popup", lambda p: seen.trouble.append(f"popup: {p.url}"))
        page.on(
            "request", lambda r: None if r.url == pages[name] else seen.trouble.append(f"request: {r.url}")
        )
        page.goto(pages[name])
        return seen

    yield open_page
    for context in contexts:
        context.close()


def top(page: Any, fragment: str) -> float:
    where: float = page.evaluate("f => document.getElementById(f).getBoundingClientRect().top", fragment)
    return where


@pytest.mark.parametrize("name", STORIES)
def test_nothing_runs_nothing_is_fetched_nothing_is_complained_of(watched: Any, name: str) -> None:
    seen = watched(name)
    page = seen.page
    page.mouse.move(300, 300)
    page.evaluate("document.querySelectorAll('a').forEach(a => a.dispatchEvent(new MouseEvent('mouseover')))")
    for link in page.locator(".ref, .board a, h3 a").all()[:12]:
        link.dispatch_event("click")
    page.wait_for_timeout(200)
    assert seen.trouble == []


def test_an_injected_script_would_be_stopped_by_the_policy(watched: Any) -> None:
    seen = watched("story")
    seen.page.evaluate(
        "const run = 'document.title = \"run\"';"
        "const [s, b] = ['script', 'b'].map(x => document.createElement(x));"
        "s.textContent = run; document.body.append(s); b.setAttribute('onclick', run); b.click();"
    )
    assert seen.page.title() != "run"
    assert any("Content Security Policy" in x for x in seen.trouble)


@pytest.mark.parametrize("name", STORIES)
def test_every_fragment_resolves(watched: Any, name: str) -> None:
    page = watched(name).page
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(f => !document.getElementById(f))"
    )
    assert lost == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", STORIES)
def test_the_page_never_scrolls_sideways(watched: Any, overflow: Any, name: str, width: int) -> None:
    assert overflow(watched(name, width=width).page) <= 0


@pytest.mark.parametrize("name", ["story", "long"])
@pytest.mark.parametrize("script", [True, False])
def test_a_reference_lands_at_its_passage(watched: Any, name: str, script: bool) -> None:
    page = watched(name, java_script_enabled=script).page
    links = page.locator("#bottom-line .say a.ref")
    for n in (0, 6, links.count() - 1):
        fragment = links.nth(n).get_attribute("href")[1:]
        links.nth(n).click()
        page.wait_for_timeout(300)
        box = page.locator(f"[id='{fragment}']").bounding_box()
        assert 40 <= box["y"] <= 300, (fragment, box)


def test_without_script_everything_is_there_and_no_dead_control(watched: Any) -> None:
    page = watched("story", java_script_enabled=False).page
    assert page.locator(".filters").is_hidden()
    assert page.locator(".jump-back").is_hidden()
    for section in ("bottom-line", "board", "changes", "disputes", "standings", "reports", "guide"):
        assert page.locator(f"#{section}").is_visible()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[for=theme-dark]").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_theme_follows_the_system_and_the_choice_is_kept(watched: Any) -> None:
    page = watched("story", color_scheme="dark").page
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[for=theme-light]").click()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (dark, light) == ("rgb(21, 24, 27)", "rgb(255, 255, 255)")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_filters_narrow_the_board(watched: Any) -> None:
    page = watched("story").page
    rows = page.locator("table.board tbody tr:visible")
    everybody = rows.count()
    page.fill("#filter-party", "turk")
    assert rows.count() == 0
    page.fill("#filter-party", "tür")
    assert rows.count() == 1
    page.fill("#filter-party", "")
    page.select_option("#filter-polarity", "against")
    assert 0 < rows.count() < everybody
    assert (
        page.locator("table.board .stand:visible").count() == page.locator(".stand.against:visible").count()
    )
    page.select_option("#filter-polarity", "")
    page.check("#filter-state")
    assert page.locator("table.board .stand:visible").count() == 4
    page.uncheck("#filter-state")
    assert rows.count() == everybody


def test_the_way_back_leads_to_the_link_that_was_followed(watched: Any) -> None:
    page = watched("story").page
    link = page.locator("#line-2 .say a.ref").first
    link.click()
    assert page.evaluate("window.scrollY") > 2000
    page.click(".jump-back")
    assert link.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")
    assert page.locator(".jump-back").is_hidden()


def test_the_keyboard_reaches_the_brief_first(watched: Any) -> None:
    page = watched("story").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_on_a_phone_the_board_is_cards(watched: Any) -> None:
    page = watched("story", width=390).page
    row = page.locator("table.board tbody tr").first
    assert row.bounding_box()["width"] <= 390
    assert page.evaluate("getComputedStyle(document.querySelector('table.board td')).display") == "grid"
    assert page.locator("p.gaps").first.is_visible()


def test_it_prints_on_paper_in_ink(watched: Any) -> None:
    page = watched("story", color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 29, 31)"
    assert page.locator(".bar").is_hidden()
    whole = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="screen")
    page.locator("label[for=print-short]").click()
    short = page.pdf(prefer_css_page_size=True)
    assert whole.count(b"/Type /Page\n") > short.count(b"/Type /Page\n") > 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", STORIES)
def test_axe_finds_nothing(
    browser: Any, pages: dict[str, str], axe_faults: Any, name: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(pages[name])
    faults = axe_faults(page)
    context.close()
    assert faults == []

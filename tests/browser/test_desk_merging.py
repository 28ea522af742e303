"""In real Chromium: two conditions found to be one, and taken apart again; and what a reader is offered.

The record is the small one of the unit tests. Skipped where there is no Chromium or where the
desk's dependencies are not installed.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk's dependencies are not installed")
pytest.importorskip("uvicorn")
pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

from onrecord.desk import Desk  # noqa: E402
from onrecord.desk.accounts import Accounts  # noqa: E402
from onrecord.settings import Settings  # noqa: E402
from onrecord.web.settings import WebSettings  # noqa: E402

HERE = Path(__file__).parent
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
PASSWORD = "a long enough one"
THEN = "/conditions?as_of=2025-12-05"
"""A day on which Rome still names a mandate, and Baku the end of the fighting."""


def module(path: Path) -> Any:
    name = f"merging_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(ledger=tmp_path / "desk.db", clock=lambda: NOW)) as made:
        module(HERE.parent / "unit" / "web" / "small_record.py").fill(made.ledger)
        yield made


@pytest.fixture
def served() -> Any:
    return module(HERE / "test_desk.py").served


def test_two_conditions_are_merged_and_taken_apart(browser: Any, served: Any, desk: Desk, until: Any) -> None:
    with served(desk, WebSettings(clock=lambda: NOW)) as address:
        page = browser.new_page(viewport={"width": 820, "height": 900})
        page.goto(f"{address}{THEN}")
        shown = "document.querySelectorAll('.condition-full').length"
        until(page, f"{shown} === 2 && window.htmx")
        page.locator("#merge summary").click()
        page.locator("#merge select[name=target]").select_option("isf_gaza.mandate")
        page.locator("#merge select[name=into]").select_option("isf_gaza.ceasefire")
        page.locator("#merge button").click()
        until(page, f"{shown} === 1 && document.querySelector('.flash')")
        assert "Merged:" in page.locator(".flash").inner_text()
        hanging = page.locator(".condition-full .hanging").inner_text()
        assert "Italy" in hanging
        assert "Azerbaijan" in hanging
        page.locator("#undo-last button").click()
        until(page, f"{shown} === 2")
        page.close()
    assert [j.decision for j in desk.ledger.judgements()] == ["merge", "withdraw"]


def test_without_script_too(browser: Any, served: Any, desk: Desk) -> None:
    with served(desk, WebSettings(clock=lambda: NOW)) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}{THEN}")
        page.locator("#merge summary").click()
        page.locator("#merge select[name=target]").select_option("isf_gaza.mandate")
        page.locator("#merge select[name=into]").select_option("isf_gaza.ceasefire")
        page.locator("#merge button").click()
        assert "Merged:" in page.locator(".flash").inner_text()
        assert page.locator(".condition-full").count() == 1
        context.close()


def test_axe_finds_nothing_with_the_form_open(
    browser: Any, served: Any, desk: Desk, axe_faults: Any, overflow: Any
) -> None:
    with served(desk, WebSettings(clock=lambda: NOW)) as address:
        context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"{address}{THEN}")
        page.locator("#merge summary").click()
        assert axe_faults(page) == []
        assert overflow(page) <= 0
        context.close()


def test_a_reader_is_offered_what_a_reader_may_do(browser: Any, served: Any, desk: Desk, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "users.json")
    for name, role in (("rita", "reader"), ("vera", "reviewer")):
        accounts.add(name, role, PASSWORD, NOW)
    with served(desk, WebSettings(accounts=accounts, clock=lambda: NOW)) as address:
        for name, may in (("rita", False), ("vera", True)):
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{address}{THEN}")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.locator("main button").click()
            page.locator(".condition-full").first.wait_for()
            assert page.locator("#merge").count() == (1 if may else 0)
            assert page.locator("nav a[href^='/add']").count() == (1 if may else 0)
            answer = page.goto(f"{address}/add")
            assert answer.status == (200 if may else 403)
            if not may:
                assert "needs a reviewer" in page.locator("main").inner_text()
            context.close()

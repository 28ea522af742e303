"""What all tests in a browser share: Chromium of the system, waiting, and the accessibility rules of axe-core.

Tests are skipped where there is no Chromium. axe-core comes with the development requirement ``axe-playwright-python``;
``ONRECORD_AXE`` may name another ``axe.min.js``.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for all tests."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """Waits until an expression is true of a page that has come whole."""
    error = pytest.importorskip("playwright.sync_api").Error

    def wait(page: Any, told: str, seconds: float = 30) -> None:
        # Playwright's own way needs ``eval``, which the policy of the pages forbids. A page may be on its way out while
        # it is asked; what stands there then is neither true nor false.
        end = time.monotonic() + seconds
        while True:
            try:
                if page.evaluate(f"document.readyState === 'complete' && Boolean({told})"):
                    return
            except error as gone:
                if time.monotonic() >= end:
                    raise
                message = str(gone)
                if "context was destroyed" not in message and "Cannot read properties of null" not in message:
                    raise
            assert time.monotonic() < end, told
            page.wait_for_timeout(40)

    return wait


@pytest.fixture(scope="session")
def overflow() -> Callable[[Any], int]:
    """How many pixels a page is wider than its window."""
    asked = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return lambda page: int(page.evaluate(asked))


@pytest.fixture(scope="session")
def axe_faults() -> Callable[[Any], list[tuple[Any, ...]]]:
    """What axe finds wrong with a page (opened with ``bypass_csp``): rule, weight, first element, how many."""
    named = os.environ.get("ONRECORD_AXE")
    if named is None:
        package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
        script = resources.files(package).joinpath("axe.min.js").read_text("utf-8")
    else:
        script = Path(named).read_text("utf-8")

    def found(page: Any) -> list[tuple[Any, ...]]:
        page.evaluate(script)
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [(v["id"], v["impact"], v["nodes"][0]["html"][:200], len(v["nodes"])) for v in violations]

    return found

"""The picture of the brief in the README: ``python docs/screenshot.py out/gaza-isf/brief.html``.

In: a page as `onrecord brief` wrote it. Out: ``docs/brief.png``, its top at 1440 by 1000. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1440, 1000
PICTURE = Path(__file__).parent / "brief.png"


def main(page: Path) -> None:
    """Take the picture."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((found for name in names if (found := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("no Chromium is installed")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False)
        tab.route(
            "**/*",
            lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
        )
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))

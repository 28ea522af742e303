"""The pictures in the README: of a brief, or of a desk that is open.

    python docs/screenshot.py out/gaza-isf/brief.html
    python docs/screenshot.py http://127.0.0.1:8765/

In: a page as `onrecord brief` wrote it, or the address of a page of a desk that `onrecord serve` opened. Out:
``docs/brief.png`` or ``docs/desk.png``, its top at 1440 by 1000. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1440, 1000
HERE = Path(__file__).parent


def main(page: str) -> None:
    """Take the picture."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((found for name in names if (found := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("no Chromium is installed")
    desk = urlsplit(page).scheme == "http"
    address = page if desk else Path(page).resolve().as_uri()
    own = f"http://{urlsplit(address).netloc}/" if desk else "file:"
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        # A brief is whole without script; a desk shows more with it.
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=desk)
        tab.set_default_timeout(120_000)
        tab.route("**/*", lambda route: route.continue_() if route.request.url.startswith(own) else route.abort())
        tab.goto(address)
        tab.screenshot(path=HERE / ("desk.png" if desk else "brief.png"))
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])

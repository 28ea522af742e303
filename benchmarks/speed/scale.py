"""Measured speed -> docs/scale.md: what a year of a news crawl would take on 1, 10 and 100 machines.

In: ``results.json`` of this folder. Out: the table of the page, between its marks. Nothing is measured here: the page
says that its figures are computed, and from what.

    python benchmarks/speed/scale.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "scale.md"
MARKS = re.compile(r"(<!-- computed -->\n).*?(<!-- end -->)", re.DOTALL)

PAGES_A_DAY = 300_000
"""English articles that a crawl of news brings a day: taken for the example, not measured."""
WORDS = 400
"""Words of an article, as in the benchmark."""
PRICE = 0.10
"""Dollars for an hour of a machine with two cores: taken for the example; put in your own."""


def table(result: dict[str, Any]) -> str:
    """The table for measured results."""
    whole = result["stages"]["whole: files to ledger"]["median"]
    hours = PAGES_A_DAY * 365 * WORDS / whole / 3600
    told, cores = result["machine"], result["machine"]["cores"]
    lines = [
        f"From {whole:,.0f} words a second for files to ledger on {cores} cores, measured {told['date']} at a load of "
        f"{told['load_before']} (see [the results](../benchmarks/speed/results.md)); {PAGES_A_DAY:,} articles a day of "
        f"{WORDS} words for 365 days, {PRICE:.2f} dollars an hour of such a machine.",
        "",
        "| machines | articles a day that they keep up with | days for the year | dollars for the year |",
        "|---|---|---|---|",
    ]
    for machines in (1, 10, 100):
        daily = whole * 86_400 / WORDS * machines
        lines.append(f"| {machines} | {daily:,.0f} | {hours / machines / 24:,.1f} | {hours * PRICE:,.0f} |")
    sizes = result["sizes"]
    first, last = sizes[0], sizes[-1]
    grown = (last["peak_mb"] - first["peak_mb"]) / (last["reports"] - first["reports"])
    disk = (last["ledger_mb"] - first["ledger_mb"]) / (last["reports"] - first["reports"])
    year = PAGES_A_DAY * 365 * disk / 1e6
    lines += [
        "",
        f"Between {first['reports']:,} and {last['reports']:,} reports of one run, each report more took "
        f"{grown:.3f} MB of peak memory and {disk:.3f} MB of ledger; the year would fill {year:,.1f} TB at that rate.",
        "",
    ]
    return "\n".join(lines)


def page(text: str, result: dict[str, Any]) -> str:
    """The page with its table as computed."""
    return MARKS.sub(lambda m: f"{m[1]}\n{table(result)}\n{m[2]}", text)


def main() -> None:
    """Write the page anew."""
    result = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")


if __name__ == "__main__":
    main()

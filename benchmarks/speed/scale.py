"""Measured speed -> docs/scale.md: what a year of a news crawl would take on 1, 10 and 100 machines.

In: ``results.json`` and ``machines.json`` of this folder. Out: the tables of the page, between their marks. Nothing is
measured here: the page says what was measured and what is computed, and from what.

    python benchmarks/speed/scale.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "scale.md"
MARKS = re.compile(r"(<!-- (computed|workers) -->\n).*?(<!-- end -->)", re.DOTALL)

PAGES_A_DAY = 300_000
"""English articles that a crawl of news brings a day: taken for the example, not measured."""
WORDS = 400
"""Words of an article, as in the benchmark."""
PRICE = 0.10
"""Dollars for an hour of a machine with two cores: taken for the example; put in your own."""


def table(result: dict[str, Any]) -> str:
    """The table for measured results."""
    # As the command line reads: with workers, where the run measured them.
    whole = max(x["median"] for name, x in result["stages"].items() if name.startswith("whole: files to ledger"))
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


def workers(spread: dict[str, Any]) -> str:
    """What was measured with workers of one machine, and what it says of how many one leader can keep busy."""
    told, words = spread["machine"], spread["words"]
    lines = [
        f"{spread['reports']} reports, {words:,} words, in parts of {spread['part']}; {told['processor']}, "
        f"{told['cores']} cores, {told['date']}. **Several processes of one machine, not several machines**; each way "
        "once, in processes that begin with nothing loaded. All ways gave the same ledger, row by row.",
        "",
        "| way | load when it began | seconds to start workers | seconds | words a second | processor seconds, leader "
        "| processor seconds, workers |",
        "|---|---|---|---|---|---|---|",
    ]
    for x in spread["ways"]:
        name = f"{x['workers']} worker{'s' if x['workers'] > 1 else ''}" if x["workers"] else "`onrecord read`"
        lines.append(
            f"| {name} | {x['load_before']} | {x['starting']:.1f} | {x['seconds']:.1f} | {words / x['seconds']:,.0f} "
            f"| {x['leader_cpu']:.1f} | {x['workers_cpu']:.1f} |"
        )
    if max(x["load_before"] for x in spread["ways"]) > 0.5:
        lines += [
            "",
            "**The machine was not free**: other programs took most of its cores, more in one way than in another, so "
            "the seconds say little, and least of how much faster two workers are than one: of a full machine, two "
            "processes get a larger share than one. The processor's own seconds hold better.",
        ]
    return "\n".join([*lines, ""])


def page(text: str, result: dict[str, Any], spread: dict[str, Any]) -> str:
    """The page with its tables as computed."""
    made = {"computed": table(result), "workers": workers(spread)}
    return MARKS.sub(lambda m: f"{m[1]}\n{made[m[2]]}\n{m[3]}", text)


def main() -> None:
    """Write the page anew."""
    result = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    spread = json.loads((HERE / "machines.json").read_text(encoding="utf-8"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), result, spread), encoding="utf-8")


if __name__ == "__main__":
    main()

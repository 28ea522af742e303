"""What the benchmark holds, as the tables of its card: ``python benchmarks/passages/counts.py`` writes them there.

In: ``passages.jsonl`` and ``agreement.json`` beside this file. Out: the block of ``card.md`` between its two marks.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from benchmarks.passages.agreement import TITLES, Row  # noqa: E402
from benchmarks.passages.gold import passages  # noqa: E402
from training.positions.check_passages import counts  # noqa: E402

BEGIN, END = "<!-- counts: python benchmarks/passages/counts.py -->", "<!-- end of counts -->"
NAMES = {
    "story": "stories (passages)",
    "manner": "manners (passages)",
    "stance": "stances (positions)",
    "task": "tasks (positions)",
    "condition": "kinds of condition",
    "hard": "hard cases (passages)",
}


def bounds(rows: Sequence[Row]) -> Counter[str]:
    """Figures by the kind of their bounds."""
    found: Counter[str] = Counter()
    for row in rows:
        for p in row["positions"]:
            if p["quantity"]:
                low, high = p["quantity"][:2]
                if low is None and high is None:
                    kind = "without a number"
                elif low == high:
                    kind = "one number"
                else:
                    kind = "at least" if high is None else "up to" if low is None else "a range"
                found[kind] += 1
    return found


def chains(rows: Sequence[Row]) -> Counter[str]:
    """Positions by how many stand between the holder and the reader, the outlet not counted."""
    names = ("the outlet alone", "one speaker", "two speakers")
    lengths = (len(p["chain"]) - 1 for row in rows for p in row["positions"])
    return Counter(names[n] if n < len(names) else "three or more" for n in lengths)


def parties(rows: Sequence[Row]) -> Counter[str]:
    """Holders and performers that are no states and no groups: whoever scores a program has to meet these names."""
    names = (p[role] for row in rows for p in row["positions"] for role in ("holder", "performer"))
    return Counter(name for name in names if not name.isupper() and not name.startswith("group:"))


def block(rows: Sequence[Row], agreed: Mapping[str, Mapping[str, Any]]) -> str:
    """The tables."""
    positions = [p for row in rows for p in row["positions"]]
    required = [p for p in positions if not p["optional"]]
    words = [len(row["text"].split()) for row in rows]
    accepted = sum(len(row.get("task_accept", [])) for row in rows)
    tables = counts(rows)
    tables["hard"].pop("none", None)
    named = {**{title: tables[name] for name, title in NAMES.items()}}
    named |= {"figures (positions)": bounds(rows), "chains (positions)": chains(rows)}
    others = ", ".join(sorted(parties(rows)))
    return "\n".join(
        [
            f"{len(rows)} passages, {sum(words):,} words (median {statistics.median(words):.0f}), of "
            f"{len(tables['story'])} stories; {sum(not row['positions'] for row in rows)} hold no position. "
            f"{len(positions):,} positions: {len(required)} required, {len(positions) - len(required)} optional; "
            f"{sum(bool(p['conditions']) for p in required)} of the required carry a condition, "
            f"{sum(bool(p['quantity']) for p in required)} a figure. {accepted} positions name a second task that is "
            "right as well.",
            "",
            "| | |",
            "|---|---|",
            *(
                f"| {title} | {', '.join(f'{key} {number}' for key, number in table.most_common())} |"
                for title, table in named.items()
            ),
            f"| parties that are no states | {others} |",
            "",
            "Agreement of the two notings, before anything was settled ([agreement](agreement.md)):",
            "",
            "| what | agreement | 95 % interval |",
            "|---|---|---|",
            *(
                f"| {TITLES[name]} | {v['f1']:.3f} | {v['low']:.3f} to {v['high']:.3f} |"
                for name, v in agreed.items()
            ),
        ]
    )


def renewed(page: str, made: str) -> str:
    """The page with the block put in place of the old one."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{made}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the block."""
    page = HERE / "card.md"
    agreed = json.loads((HERE / "agreement.json").read_text(encoding="utf-8"))
    page.write_text(
        renewed(page.read_text(encoding="utf-8"), block(passages(), agreed)), encoding="utf-8"
    )


if __name__ == "__main__":
    main()

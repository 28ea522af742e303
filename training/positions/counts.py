"""What the corpus holds, as the tables of the README: ``python -m training.positions.counts`` writes them there.

In: the passages beside this file. Out: the block of ``README.md`` between its two marks.
"""

from __future__ import annotations

import statistics
from collections import Counter
from pathlib import Path

from training.positions.check_passages import counts
from training.positions.data import HELD_OUT, Row, is_dev, read

HERE = Path(__file__).parent
BEGIN, END = "<!-- counts: python -m training.positions.counts -->", "<!-- end of counts -->"


def _line(name: str, table: Counter[str], most: int | None = None) -> str:
    shown = table.most_common(most)
    rest = len(table) - len(shown)
    tail = f", and {rest} more" if rest else ""
    return f"| {name} | {', '.join(f'{key} {number:,}' for key, number in shown)}{tail} |"


def block(rows: list[Row]) -> str:
    """The tables."""
    tables = counts(rows)
    positions = [p for row in rows for p in row["positions"]]
    words = [len(row["text"].split()) for row in rows]
    held = [row for row in rows if is_dev(row)]
    whole = sum(row["story"] in HELD_OUT for row in held)
    hard = Counter({k: n for k, n in tables["hard"].items() if k != "none"})
    return "\n".join(
        [
            f"{len(rows):,} passages, {sum(words):,} words (median {statistics.median(words):.0f}), of "
            f"{len(tables['story'])} stories; {sum(not row['positions'] for row in rows):,} hold no position. "
            f"{len(positions):,} positions, {sum(bool(p.get('optional')) for p in positions):,} of them optional. "
            f"Held out: {len(held):,} passages, {whole:,} of them all of {len(HELD_OUT)} stories.",
            "",
            "| | |",
            "|---|---|",
            _line("stories", tables["story"]),
            _line("manners", tables["manner"], 14),
            _line("stances", tables["stance"]),
            _line("tasks", tables["task"]),
            _line("conditions", tables["condition"]),
            _line("hard cases (passages)", hard),
        ]
    )


def renewed(page: str, made: str) -> str:
    """The page with the block put in place of the old one."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{made}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the block."""
    page = HERE / "README.md"
    page.write_text(
        renewed(page.read_text(encoding="utf-8"), block(read(HERE / "passages"))), encoding="utf-8"
    )


if __name__ == "__main__":
    main()

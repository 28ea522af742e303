"""Every test that the threat model leans on is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_it_exists(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


def test_every_line_of_a_table_names_one():
    assert len(NAMED) > 40
    entries = PAGE.split("## Where they come in")[1].split("## What does not hold")[0]
    for row in entries.splitlines():
        if row.startswith("| ") and not row.startswith("| attack"):
            assert "`tests/" in row, row

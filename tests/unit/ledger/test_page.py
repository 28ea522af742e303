"""docs/ledger.md says what is so: its examples run, its queries answer, its tables are the tables."""

from __future__ import annotations

import doctest
import re
import runpy
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord import errors
from onrecord.ledger import Ledger
from onrecord.ledger.ledger import PATIENCE
from onrecord.ledger.schema import VIEWS, metadata

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("made.py"))))
PAGE = Path(__file__).parents[3] / "docs/ledger.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_its_examples_run():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried > 10
    assert failed == 0


@pytest.mark.parametrize("query", QUERIES, ids=[x.split("\n")[0] for x in QUERIES])
def test_its_queries_answer(tmp_path, query):
    path = tmp_path / "x.db"
    with Ledger.open(path, clock=made.Clock()) as ledger:
        made.told("r1", ("NOR", "offered"), ("SUD", "refused"), more="The end.").into(ledger)
        ledger.judge(made.judgement("j1", "r1.p0", "reject"))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as conn:
        rows = conn.execute(query).fetchall()
    conn.close()
    assert rows
    assert all(any(x is not None for x in row) for row in rows)


def test_its_tables_are_the_tables():
    told = {
        name: set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)))
        for name, columns in re.findall(
            r"^\| `(\w+)` \| (`.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    for table in metadata.sorted_tables:
        assert told[table.name] == {c.name for c in table.columns}
    assert all(view in PAGE.read_text(encoding="utf-8") for view in VIEWS)


def test_its_errors_are_the_errors():
    told = re.findall(r"^\| `(ledger-\w+(?:-\w+)?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    ours = [errors.LedgerError, *errors.LedgerError.__subclasses__()]
    assert sorted(told) == sorted(x.code for x in ours)
    assert PATIENCE == 10

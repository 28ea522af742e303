"""The commands that hand the record on and look after it, in this process."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from click.testing import CliRunner

from onrecord import cli, exporting, exports, services
from onrecord.briefing.formats import FORMATS, TABLES_OUT
from onrecord.errors import InputError, OutputError, UnknownName
from onrecord.ledger import Ledger


def run(*args):
    return CliRunner().invoke(cli.main, [str(a) for a in args])


@pytest.fixture
def ledger(filled):
    return filled.ledger


@pytest.fixture
def answer(filled):
    with services.open_ledger(filled) as opened:
        return services.answer(opened, filled)


def test_the_command_names_the_formats_that_there_are():
    assert tuple(FORMATS) == exporting.FORMATS


class TestExport:
    @pytest.mark.parametrize("name", exporting.FORMATS)
    def test_every_format_is_written_and_says_what_it_loses(self, ledger, tmp_path, name):
        said = run("export", "--format", name, "--out", tmp_path / "out", "--ledger", ledger)
        assert said.exit_code == 0, said.output
        written = said.stdout.split()
        assert {f"{tmp_path / 'out'}/{p.name}" for p in (tmp_path / "out").iterdir()} == set(written)
        empty = {p.stem for p in (tmp_path / "out").iterdir() if not p.stat().st_size}
        assert empty <= {"facts", "tasks"}, "the record holds none of those"
        assert said.stderr.strip() == (f"note: {FORMATS[name].lost}" if FORMATS[name].lost else "")

    def test_json_lines_are_those_of_the_brief(self, ledger, answer, tmp_path):
        from onrecord import publishing

        run("export", "--out", tmp_path / "one", "--ledger", ledger)
        for path in publishing.write_records(answer, tmp_path / "two"):
            assert (tmp_path / "one" / path.name).read_bytes() == path.read_bytes()

    @pytest.mark.parametrize("table", [t for t in TABLES_OUT if t not in ("facts", "tasks")])
    def test_one_table_to_standard_output(self, ledger, table):
        said = run("export", "--format", "csv", "--only", table, "--ledger", ledger)
        rows = list(csv.DictReader(io.StringIO(said.stdout, newline="")))
        lines = run("export", "--only", table, "--ledger", ledger).stdout.splitlines()
        assert [r["id"] for r in rows] == [json.loads(x)["id"] for x in lines]

    def test_parquet_to_standard_output_is_bytes(self, ledger):
        pl = pytest.importorskip("polars")
        said = run("export", "--format", "parquet", "--only", "positions", "--ledger", ledger)
        assert pl.read_parquet(io.BytesIO(said.stdout_bytes)).height == 3

    def test_as_of_a_day(self, ledger):
        said = run("export", "--only", "standings", "--as-of", "2025-12-31", "--ledger", ledger)
        assert {json.loads(x)["as_of"] for x in said.stdout.splitlines()} == {"2025-12-31"}

    @pytest.mark.parametrize(
        ("args", "status", "words"),
        [
            (("--format", "csv"), 1, "--only"),
            (("--format", "prov", "--only", "positions"), 1, "has no tables"),
            (("--format", "csv", "--only", "position"), 1, "choose from: reports"),
            (("--format", "xml"), 2, "xml"),
        ],
    )
    def test_what_is_wrong_is_said(self, ledger, args, status, words):
        said = run("export", *args, "--ledger", ledger)
        assert said.exit_code == status
        assert words in said.stderr

    def test_without_polars_the_next_step_is_told(self, answer, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "polars", None)
        with pytest.raises(OutputError, match="table"):
            exports.write(answer, tmp_path, "parquet")
        assert list(tmp_path.glob("*.parquet")) == []

    def test_names_that_there_are_not(self, answer, tmp_path):
        with pytest.raises(UnknownName):
            exports.write(answer, tmp_path, "xml")
        with pytest.raises(InputError):
            exports.stream(answer, "jsonl")


class TestLookingAfter:
    def test_backup_and_restore(self, ledger, tmp_path):
        said = run("backup", tmp_path / "b.db", "--ledger", ledger)
        assert said.stdout == f"{tmp_path / 'b.db'} holds 3 reports and is whole\n"
        assert run("backup", tmp_path / "b.db", "--ledger", ledger).exit_code == 1
        assert run("restore", tmp_path / "b.db", "--ledger", tmp_path / "c.db").exit_code == 0
        again = run("restore", tmp_path / "b.db", "--ledger", tmp_path / "c.db", "--replace")
        assert "lies at" in again.stdout
        assert run("verify", "--ledger", tmp_path / "c.db").stdout.endswith("is whole\n")
        assert len(list(tmp_path.glob("c.db.before-*"))) == 1

    def test_copy(self, ledger, tmp_path, filled):
        said = run("copy", ledger, tmp_path / "y.db")
        assert "carried over" in said.stdout
        with services.open_ledger(filled) as one, Ledger.open(tmp_path / "y.db", clock=filled.clock) as two:
            assert list(one.dump(clock=True)) == list(two.dump(clock=True))
        assert run("copy", ledger, tmp_path / "y.db").exit_code == 1

    def test_no_password_is_shown(self, ledger):
        said = run("copy", ledger, "postgresql+psycopg://ada:secret@127.0.0.1:1/none")
        assert said.exit_code == 1
        assert "secret" not in said.output

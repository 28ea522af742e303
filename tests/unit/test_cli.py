"""The command line in this process: options, tables, JSON lines, exit statuses, names suggested."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from onrecord import __version__, cli, terminal

COMMANDS = {
    "brief", "read", "standings", "positions", "statements", "conflicts", "timeline", "explain", "diff",
    "show", "issues", "export", "verify", "score", "facts",
    "force", "serve", "user", "watch", "tell", "backup", "restore", "copy", "spread",
}  # fmt: skip


def run(*args, **more):
    return CliRunner().invoke(cli.main, [str(a) for a in args], **more)


def records(result):
    assert result.exit_code == 0, result.output
    return [json.loads(x) for x in result.stdout.splitlines()]


@pytest.fixture
def ledger(filled):
    return filled.ledger


@pytest.fixture
def table(monkeypatch):
    """Standard output is a terminal, as far as the commands can see."""
    said = []

    class Terminal:
        def isatty(self):
            return True

        def write(self, text):
            said.append(text if isinstance(text, str) else text.decode())
            return len(text)

        def flush(self):
            pass

    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")

    def shown(rows, columns, empty="nothing"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", Terminal())
            terminal.emit(rows, columns, False, empty)
        return "".join(said)

    return shown


def test_help_names_every_command():
    said = run("--help")
    assert said.exit_code == 0
    assert set(cli.main.commands) == COMMANDS
    assert all(f"  {name} " in said.stdout for name in COMMANDS)
    assert run("-h").stdout == said.stdout
    assert run("--version").stdout.strip() == f"onrecord {__version__}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_of_each_command(name):
    said = run(name, "--help")
    assert said.exit_code == 0
    assert "Usage: " in said.stdout


def test_help_loads_no_room():
    code = (
        "import sys; from click.testing import CliRunner; from onrecord import cli; "
        "CliRunner().invoke(cli.main, ['brief', '--help']); "
        "heavy = {'spacy', 'numpy', 'onnxruntime', 'sqlalchemy', 'trafilatura', 'rich', 'jinja2', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


class TestAsking:
    @pytest.mark.parametrize(
        ("args", "number"),
        [
            (["standings"], 2),
            (["standings", "Italy"], 1),
            (["standings", "--task", "disarm"], 0),
            (["standings", "--matter", "isf_gaza", "--as-of", "2025-11-30"], 1),
            (["positions"], 3),
            (["positions", "ita", "--task", "contribute_police"], 2),
            (["positions", "--report", "2025-12-05-second"], 1),
            (["statements"], 3),
            (["timeline"], 3),
            (["timeline", "AZE"], 1),
            (["diff", "2025-12-31", "2026-02-28"], 1),
            (["issues"], 0),
        ],
        ids=lambda x: " ".join(x) if isinstance(x, list) else None,
    )
    def test_json_lines_when_captured(self, ledger, args, number):
        assert len(records(run(*args, "--ledger", ledger))) == number

    def test_conflicts_show_the_reversal(self, ledger):
        assert "reversal" in {r["kind"] for r in records(run("conflicts", "--ledger", ledger))}

    def test_show_and_explain(self, ledger):
        name = records(run("positions", "AZE", "--ledger", ledger))[0]["id"]
        assert "»AZE refused" in run("show", name, "--ledger", ledger).stdout
        assert records(run("show", name, "--json", "--ledger", ledger))[0]["id"] == name
        assert "Azerbaijan" in run("explain", "AZE", "contribute_troops", "--ledger", ledger).stdout
        (told,) = records(run("explain", "AZE", "contribute_troops", "--json", "--ledger", ledger))
        assert told["standing"] == "AZE.contribute_troops.isf_gaza"

    def test_export_and_verify(self, ledger, tmp_path):
        said = run("export", "--out", tmp_path / "records", "--ledger", ledger)
        assert said.exit_code == 0
        assert sorted(x.name for x in (tmp_path / "records").iterdir()) == [
            "conflicts.jsonl", "facts.jsonl", "positions.jsonl", "reports.jsonl", "standings.jsonl", "statements.jsonl",
            "tasks.jsonl",
        ]  # fmt: skip
        assert run("verify", "--ledger", ledger).stdout == f"{ledger} is whole\n"

    def test_brief_and_read(self, extractor, folder, tmp_path):
        (folder / "empty.txt").write_bytes(b"")
        said = run("brief", folder, "--out", tmp_path / "out")
        assert said.exit_code == 0
        assert said.stdout.splitlines()[0] == str(tmp_path / "out" / "brief.html")
        assert "3 reports, 3 positions, 2 standings, as of 2026-02-10" in said.stdout
        assert "report-empty" in said.stderr
        assert "empty.txt" in said.stderr
        again = run("read", folder, "--ledger", tmp_path / "out" / "ledger.db", "--rules-only")
        assert again.stdout.startswith("3 of 3 reports were new"), "another extractor reads anew"
        again = run("read", folder, "--ledger", tmp_path / "out" / "ledger.db", "--rules-only")
        assert again.stdout.startswith("0 of 3 reports were new")

    def test_standard_input(self, extractor, tmp_path):
        said = run("brief", "-", "--out", tmp_path / "out", input="The news of the day.\nITA offered fund.\n")
        assert said.exit_code == 0
        assert "1 report, 1 position, 1 standing," in said.stdout

    def test_score(self, tmp_path):
        line = {"report": "r", "holder": "ITA", "performer": "ITA", "task": "fund", "stance": "offered"}
        for name, stance in (("gold", "offered"), ("found", "refused")):
            (tmp_path / name).write_text(json.dumps({**line, "stance": stance}) + "\n")
        (told,) = records(run("score", tmp_path / "gold", tmp_path / "found", "--errors"))
        assert told["polarity"]["f1"] == 0.0
        assert told["errors"][0].startswith("WRONG")


class TestMistakes:
    @pytest.mark.parametrize(
        ("args", "status", "said"),
        [
            (["standing"], 2, "Did you mean 'standings'?"),
            (["zzz"], 2, "`onrecord --help` lists the commands."),
            (["standings", "--legder", "x"], 2, "--ledger"),
            (["standings", "--as-of", "yesterday"], 2, "write it as 2026-03-31"),
            (["diff", "2026-03-31", "2026-03-01"], 2, "give the earlier day first"),
            (["brief", "no-such-folder", "--out", "out"], 2, "there is no file or folder 'no-such-folder'"),
            (["brief", "--out", "out"], 2, "INPUT"),
            (["brief", "."], 2, "--out"),
            (["standings", "Azerbaidjan"], 1, "did you mean 'Azerbaijan'?"),
            (["standings", "--task", "disarmm"], 1, "did you mean 'disarm'?"),
            (["standings", "--matter", "isf_gasa"], 1, "did you mean 'isf_gaza'?"),
            (["positions", "--report", "2025-12-05-secund"], 1, "did you mean '2025-12-05-second'?"),
            (["show", "nothing"], 1, "there is no record 'nothing'"),
        ],
        ids=lambda x: " ".join(x) if isinstance(x, list) else None,
    )  # fmt: skip
    def test_status_and_next_step(self, ledger, tmp_path, monkeypatch, args, status, said):
        monkeypatch.chdir(tmp_path)
        ledger.rename(tmp_path / terminal.LEDGER)
        result = run(*args)
        assert result.exit_code == status
        assert said in result.stderr
        assert result.stdout == ""

    def test_no_ledger(self, tmp_path):
        result = run("standings", "--ledger", tmp_path / "none.db")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("error: ledger-error: there is no ledger at")
        assert not (tmp_path / "none.db").exists(), "asking makes no ledger"

    def test_a_damaged_ledger_fails_the_check(self, ledger):
        import sqlite3

        with sqlite3.connect(ledger) as conn:
            for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                conn.execute(f"DROP TRIGGER {name}")
            conn.execute("UPDATE reports SET text = 'another'")
        conn.close()
        result = run("verify", "--ledger", ledger)
        assert result.exit_code == 1
        assert "whole" not in result.stdout


class TestTables:
    def test_rows_and_fields_within_fields(self, table):
        said = table([{"a": {"b": "up to 300"}, "c": 0.5}], {"figure": "a.b", "chance": "c"})
        head = re.sub(r"\x1b\[\d*m", "", said.split("\n")[0])
        assert head.split() == ["figure", "chance"]
        assert "up to 300" in said
        assert "0.50" in said

    def test_brackets_are_text_and_no_markup(self, table):
        assert "[bold red]x[/]" in table([{"a": "[bold red]x[/]"}], {"a": "a"})

    def test_nothing(self, table):
        assert table([], {"a": "a"}, "no standing") == "no standing\n"

    def test_a_terminal_is_told_of_no_control_characters(self, table):
        said = table([{"a": "x\x1b[2Jy\u202ez"}], {"a": "a"})
        assert "x\ufffd[2Jy\ufffdz" in said

    def test_json_escapes_what_steers_a_terminal_and_keeps_it(self, capsys):
        terminal.line({"a": "x\x9b2Jy\x1bé"})
        said = capsys.readouterr().out
        assert "\x9b" not in said
        assert "\x1b" not in said
        assert json.loads(said) == {"a": "x\x9b2Jy\x1bé"}

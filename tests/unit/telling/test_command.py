"""The commands: ``onrecord tell``, and ``onrecord watch --rules``."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from onrecord import cli

RULES = "targets: {{log: {{file: {file}}}}}\nrules: [{{name: down, when: [moves_down, first_position], to: log}}]\n"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES.format(file="told.jsonl"))

    def called(*words, ok=0):
        done = CliRunner().invoke(cli.main, [*map(str, words)])
        assert done.exit_code == ok, done.output
        return done

    return called


def test_tell(run, filled, folder, tmp_path):
    words = ("tell", filled.ledger, "--rules", tmp_path / "rules.yaml")
    assert run(*words, "--dry-run").output.startswith("this would be the first time")
    assert run(*words).output.startswith("noted where everybody stands as of 2026-02-10 (2 standings)")
    assert "nothing changed that the rules ask for" in run(*words).output
    shown = run(*words, "--since", "2025-12-31", "--dry-run", "--json")
    (message,) = map(json.loads, shown.stdout.splitlines())
    assert message["events"] == ["moves_down"]
    assert message["passages"][0]["text"] == "ITA refused contribute_police for isf_gaza."
    assert "1 message would be told" in shown.stderr
    shown = run(*words, "--since", "2025-12-31", "--dry-run").output
    assert "“ITA refused contribute_police for isf_gaza.”" in shown
    told = run(*words, "--since", "2025-12-31").output
    assert told == "told log: [onrecord] Italy: contribute police – moved down, offered → refused\n"
    assert len((tmp_path / "told.jsonl").read_text().splitlines()) == 1
    assert "nothing changed" in run(*words, "--since", "2025-12-31").output


def test_what_cannot_be_sent_ends_with_1(run, filled, tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES.format(file="none/told.jsonl"))
    done = run("tell", filled.ledger, "--rules", tmp_path / "rules.yaml", "--since", "2025-12-31", ok=1)
    assert "not told, log: " in done.stderr
    assert "cannot be written: No such file or directory" in done.stderr
    assert "(again after 2" in done.stderr


def test_a_fault_in_the_rules_is_one_line(run, filled, tmp_path):
    (tmp_path / "rules.yaml").write_text("targets: {log: {file: a}}\nrules: [{name: a, when: never, to: log}]\n")
    done = run("tell", filled.ledger, "--rules", tmp_path / "rules.yaml", ok=1)
    assert done.stderr.startswith("error: rules-invalid: rules.yaml, line 2, rules[0].when: there is no 'never'")
    assert "no ledger" in run("tell", tmp_path / "none.db", "--rules", tmp_path / "rules.yaml", ok=1).stderr


def test_watch(run, extractor, folder, tmp_path):
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    words = ("watch", folder, "--ledger", tmp_path / "x.db", "--rules", tmp_path / "rules.yaml", "--once")
    first = run(*words).output
    assert "read 2025-11-03-first" in first
    assert "noted where everybody stands" in first
    assert not (tmp_path / "told.jsonl").exists(), "what a first reading brings is no change"
    new = folder / "2026-03-01-fourth.txt"
    new.write_text("Published: 2026-03-01\n\nThe mayor of the port town had nothing more to add.\nESP offered fund.\n")
    os.utime(new, (1, 1))
    assert "told log: [onrecord] Spain: fund – offered, for the first time on record" in run(*words).output
    assert "told" not in run(*words).output
    assert len((tmp_path / "told.jsonl").read_text().splitlines()) == 1

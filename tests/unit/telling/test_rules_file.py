"""Files of rules: what stands in them, each fault with file, line and field, and no secret in any of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import RulesInvalid, StoryInvalid
from onrecord.model import Story, StoryCondition
from onrecord.telling import EVENTS, FileTarget, MailTarget, Rule, WebhookTarget, read_rules
from onrecord.telling.rules_file import faulty
from onrecord.vocabulary import load

ROOT = Path(__file__).resolve().parents[3]
STORY = Story(
    "tale",
    "some_force",
    "The tale",
    undertakings={"plant_trees": "Trees"},
    conditions=(StoryCondition("own_vote", "approval", "The vote"),),
    scenarios={"as_it_stands": {}},
    as_of=date(2026, 3, 31),
)
LOG = "targets: {log: {file: told.jsonl}}\n"


@pytest.fixture
def rules(tmp_path):
    def read(text, story=STORY):
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return read_rules(path, load(), lambda named: story)[0]

    return read


def test_everything(rules, tmp_path):
    told = rules(
        """
name: the desk
targets:
  log: {file: told.jsonl}
  team: {webhook: "https://hooks.example/T0/x", secret: TEAM_SECRET, style: slack}
  own: {webhook: "${OWN_HOOK}", private: true}
  ada: {mail: [ada@example.org, ben@example.org], from: desk@example.org, host: mail.example.org, user: desk,
        password: MAIL_PASSWORD}
  here: {mail: ada@example.org, from: desk@example.org, host: localhost, tls: none}
rules:
  - name: Somebody moves down
    when: [moves_down, withdrawn]
    of: {parties: [Azerbaijan, IDN], tasks: [contribute_troops, plant_trees], matters: isf_gaza,
         conditions: [own_vote, ceasefire]}
    to: [log, team, ada]
  - {name: Too few, when: force_below, persons: 5_000, scenario: as_it_stands, to: here}
"""
    )
    assert told.name == "the desk"
    assert told.targets == {
        "log": FileTarget("log", tmp_path / "told.jsonl"),
        "team": WebhookTarget("team", "https://hooks.example/T0/x", "TEAM_SECRET", style="slack"),
        "own": WebhookTarget("own", "${OWN_HOOK}", private=True),
        "ada": MailTarget(
            "ada", ("ada@example.org", "ben@example.org"), "desk@example.org", "mail.example.org", 587, "starttls",
            "desk", "MAIL_PASSWORD",
        ),
        "here": MailTarget("here", ("ada@example.org",), "desk@example.org", "localhost", 25, "none"),
    }  # fmt: skip
    assert told.rules == (
        Rule(
            "Somebody moves down", ("moves_down", "withdrawn"), ("log", "team", "ada"), ("AZE", "IDN"),
            ("contribute_troops", "plant_trees"), ("isf_gaza",), ("own_vote", "ceasefire"),
        ),
        Rule("Too few", ("force_below",), ("here",), persons=5000.0, scenario="as_it_stands"),
    )  # fmt: skip


def test_the_name_is_the_files_where_it_has_none_and_the_story_lies_beside_it(tmp_path):
    path = tmp_path / "my rules.yaml"
    path.write_text(f"story: tale.yaml\n{LOG}rules: [{{name: a, when: gone, to: log}}]", encoding="utf-8")
    asked = []
    told, story = read_rules(path, load(), lambda named: asked.append(named) or STORY)
    assert (told.name, story) == ("my rules", STORY)
    assert [told.story] == asked == [tmp_path / "tale.yaml"]


@pytest.mark.parametrize("event", [*EVENTS, *load().stances])
def test_every_event_and_every_stance(rules, event):
    assert rules(f"{LOG}rules: [{{name: a, when: {event}, to: log}}]").rules[0].when == (event,)


RULE = "rules: [{name: a, when: gone, to: log}]\n"


@pytest.mark.parametrize(
    ("text", "line", "field", "hint"),
    [
        ("", None, "rules", "docs/telling.md"),
        (LOG, 1, "rules", "docs/telling.md"),
        (RULE, 1, "targets", "docs/telling.md"),
        (f"target: x\n{RULE}", 1, "target", "did you mean 'targets'?"),
        (f"targets: {{}}\n{RULE}", 1, "targets", "name a file"),
        (f"targets: {{log: {{file: a, webhook: b}}}}\n{RULE}", 1, "targets.log", "file: told.jsonl"),
        (f"targets: {{log: {{file: a, secret: B}}}}\n{RULE}", 1, "targets.log.secret", "the fields are file"),
        (f'targets: {{"a\\nb": {{file: a}}}}\n{RULE}', 1, "targets.a", "letters, digits"),
        (f"{LOG}rules: []", 2, "rules", "- name"),
        (f"{LOG}rules:\n  - {{name: a, to: log}}", 3, "rules[0].when", "a rule has"),
        (f"{LOG}rules:\n  - {{name: a, when: move_down, to: log}}", 3, "rules[0].when", "did you mean 'moves_down'?"),
        (f"{LOG}rules:\n  - {{name: a, when: gone, to: lag}}", 3, "rules[0].to", "did you mean 'log'?"),
        (f"{LOG}rules:\n  - {{name: a, when: gone, to: []}}", 3, "rules[0].to", "name one"),
        (
            f"{LOG}rules:\n  - name: a\n    when: gone\n    to: log\n    of:\n      parties: [Italy, Azerbaidjan]",
            7, "rules[0].of.parties", "did you mean 'Azerbaijan'?",
        ),
        (
            f"{LOG}rules: [{{name: a, when: gone, to: log, of: {{tasks: contribute_troop}}}}]",
            2, "rules[0].of.tasks", "did you mean 'contribute_troops'?",
        ),
        (
            f"{LOG}rules: [{{name: a, when: gone, to: log, of: {{conditions: own_votes}}}}]",
            2, "rules[0].of.conditions", "did you mean 'own_vote'?",
        ),
        (f"{LOG}rules: [{{name: a, when: gone, to: log, of: {{task: x}}}}]", 2, "rules[0].of.task", "'tasks'"),
        (f"{LOG}rules: [{{name: a, when: gone, to: log, persons: 5}}]", 2, "rules[0].persons", ""),
        (f"{LOG}rules: [{{name: a, when: force_below, to: log, persons: few}}]", 2, "rules[0].persons", ""),
        (f"{LOG}rules: [{{name: a, when: force_below, to: log, scenario: x}}]", 2, "rules[0].scenario", "as_it_stands"),
        (
            f"{LOG}rules:\n  - {{name: a, when: gone, to: log}}\n  - {{name: a, when: gone, to: log}}",
            4, "rules[1].name", "its own name",
        ),
        (f"{LOG}rules: [{{name: 'a\n\n b', when: gone, to: log}}]", 2, "rules[0].name", "letters"),
        (f"{LOG}rules: [{{name: a, name: b}}]", 2, "rules[0].name", ""),
        (f"targets:\n  log: {{file: a\n{RULE}", None, "no YAML", ""),
    ],
)  # fmt: skip
def test_a_fault_names_line_and_field(rules, text, line, field, hint):
    with pytest.raises(RulesInvalid) as caught:
        rules(text)
    said = str(caught.value)
    assert said.startswith("rules-invalid: rules.yaml")
    assert field in said
    assert line is None or re.search(rf"rules\.yaml, line {line}\b", said), said
    assert hint in said


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ("webhook: 'http://hooks.example/s3cr3t'", "webhook"),
        ("webhook: 'https://ada:s3cr3t@hooks.example/'", "webhook"),
        ("webhook: 'ftp://hooks.example/s3cr3t'", "webhook"),
        ("webhook: 'https://[s3cr3t'", "webhook"),
        ("webhook: 'https://hooks.example/s3cr3t here'", "webhook"),
        ("webhook: 'https://hooks.example/', secret: s3cr3t-word", "secret"),
        ("webhook: 'https://hooks.example/', secret: whsec_s3cr3t", "secret"),
        ("webhook: 'https://hooks.example/', style: s3cr3t", "style"),
        ("mail: a@b.example, from: a@b.example, host: b.example, user: a, password: s3cr3t", "password"),
        ("mail: 'a@b.example, s3cr3t', from: a@b.example, host: b.example", "mail"),
        ("mail: \"a@b.example\\nBcc: s3cr3t@x.example\", from: a@b.example, host: b.example", "mail"),
        ("mail: a@b.example, from: 's3cr3t <a@b.example>', host: b.example", "from"),
        ("mail: a@b.example, from: a@b.example, host: 's3cr3t/x'", "host"),
        ("mail: a@b.example, from: a@b.example, host: b.example, tls: none", "tls"),
        ("mail: a@b.example, from: a@b.example, host: b.example, port: 70000", "port"),
        ("mail: a@b.example, from: a@b.example, host: b.example, user: a", "user"),
        ("mail: a@b.example, from: a@b.example, host: localhost, tls: none, user: a, password: S3CR3T_NAME", "user"),
        ("mail: a@b.example, host: b.example", "from"),
    ],
)  # fmt: skip
def test_what_a_target_may_not_hold_is_refused_and_never_repeated(rules, target, field):
    with pytest.raises(RulesInvalid, match=rf"targets\.x\.{field}") as caught:
        rules(f"targets:\n  x: {{{target}}}\nrules: [{{name: a, when: gone, to: x}}]")
    assert "s3cr3t" not in f"{caught.value}{caught.value.value}"


def test_what_is_no_file_of_rules(tmp_path):
    for path, content in ((tmp_path / "none.yaml", None), (tmp_path / "bin.yaml", b"\xff\xfe\0"), (tmp_path, None)):
        if content:
            path.write_bytes(content)
        with pytest.raises(RulesInvalid):
            read_rules(path, load())
    large = tmp_path / "large.yaml"
    large.write_text("# " + "x" * 1_100_000)
    with pytest.raises(RulesInvalid, match="larger than rules can be"):
        read_rules(large, load())


def test_a_fault_of_the_story_is_told_as_one_of_the_story(tmp_path):
    def broken(named):
        raise StoryInvalid("tale.yaml, line 3: no", value=named)

    (tmp_path / "rules.yaml").write_text(f"story: tale.yaml\n{LOG}{RULE}")
    with pytest.raises(StoryInvalid, match="line 3"):
        read_rules(tmp_path / "rules.yaml", load(), broken)


def test_names_of_this_machine_need_no_encryption():
    assert [faulty(f"http://{x}/a") for x in ("localhost", "127.0.0.1:8080", "[::1]")] == ["", "", ""]
    assert all(faulty(f"http://{x}/a") for x in ("localhost.example", "127.0.0.2", "10.0.0.1", "2130706433"))


class TestThePage:
    PAGE = (ROOT / "docs" / "telling.md").read_text("utf-8")

    def test_it_tells_of_every_event(self):
        rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", self.PAGE, re.M))
        assert {e: rows.get(e) for e in EVENTS} == dict(EVENTS)

    def test_its_rules_can_be_followed(self, rules):
        (shown,) = re.findall(r"^```yaml\n(.*?)^```$", self.PAGE, re.M | re.S)
        told = rules(shown)
        assert set(told.targets) == {name for rule in told.rules for name in rule.to}
        assert told.name == "desk"

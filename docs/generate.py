"""Writes the parts of the pages that are made from the code: ``python docs/generate.py``, or ``make docs``.

In: the commands, the vocabulary, the errors, the nouns. Out: what stands between ``<!-- made: NAME -->`` and
``<!-- end -->`` in the pages of this folder. ``tests/docs`` fails where a page is not as this would write it.
"""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from onrecord import cli, errors
from onrecord.model import ChainLink, Condition, DateRange, Fact, Position, Report, Source, Span, Statement, digest
from onrecord.model.records import (
    conflict_record,
    fact_record,
    issue_record,
    position_record,
    report_record,
    standing_record,
    statement_record,
)
from onrecord.model.report import Issue
from onrecord.reconciliation import reconcile
from onrecord.undertakings import task_records
from onrecord.vocabulary import load
from onrecord.vocabulary.types import POLARITIES

HERE = Path(__file__).parent
MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return (
        "\n".join("| " + " | ".join(str(x).replace("|", "\\|") for x in row) + " |" for row in lines) + "\n"
    )


# Commands


def commands() -> str:
    """Every command with its own help text."""
    width = {"max_content_width": 100, "terminal_width": 100}
    root = click.Context(cli.main, info_name="onrecord", **{**cli.CONTEXT, **width})
    parts = [help_of(root)]
    for name, command in cli.main.commands.items():
        here = click.Context(command, root, name, **width)
        parts.append(f"## {name}\n\n{help_of(here)}")
        if isinstance(command, click.Group):
            for under, one in command.commands.items():
                parts.append(f"### {name} {under}\n\n{help_of(click.Context(one, here, under, **width))}")
    return "\n".join(parts)


def help_of(context: click.Context) -> str:
    """The help text of a command, as on a terminal of 100 columns."""
    return f"```text\n{context.get_help().rstrip()}\n```\n"


# Errors


def tree() -> str:
    """The errors as they are drawn in their module."""
    drawn = inspect.cleandoc(errors.__doc__ or "").split("\n\n")[1]
    return f"```text\n{textwrap.dedent(drawn)}\n```\n"


def codes() -> str:
    """Every error: code, class and what it is for."""
    found = [x for x in vars(errors).values() if inspect.isclass(x) and issubclass(x, errors.OnrecordError)]
    return table(
        ("code", "class", "what it is"),
        ((f"`{x.code}`", f"`{x.__name__}`", (x.__doc__ or "").strip().split("\n")[0]) for x in found),
    )


# Vocabulary


def stances() -> str:
    """The ladder, by polarity."""
    words = load().stances.values()
    rows: list[tuple[str, ...]] = []
    for polarity in POLARITIES:
        for one in sorted((s for s in words if s.polarity == polarity), key=lambda s: s.rank):
            whose = "its own doing" if one.toward == "own" else "another's doing"
            rows.append((polarity, f"`{one.id}`", whose, one.gloss))
    return table(("polarity", "stance", "on", "meaning"), rows)


def tasks() -> str:
    """Every task."""
    return table(
        ("task", "in words", "kind", "meaning"),
        ((f"`{t.id}`", t.label, t.kind, t.gloss) for t in load().tasks.values()),
    )


def conditions() -> str:
    """Every kind of condition."""
    kinds = load().condition_kinds.values()
    return table(("kind", "in words", "meaning"), ((f"`{k.id}`", k.label, k.gloss) for k in kinds))


def matters() -> str:
    """The matters that are known without a story."""
    rows = ((f"`{m.id}`", m.label, m.kind) for m in sorted(load().matters.values(), key=lambda m: m.id))
    return table(("matter", "in words", "kind"), rows)


# Records


def small_story() -> dict[str, list[dict[str, Any]]]:
    """Two reports of our own with what is found in them, and what that comes to: record by kind."""
    reports, statements, positions = [], [], []
    for number, (day, outlet, stance, said) in enumerate(
        [
            (date(2025, 11, 12), "The Sahel Courier", "offered", "ready to send"),
            (date(2026, 1, 8), "Harbour Daily", "withdrawn", "no longer able to send"),
        ]
    ):
        text = f"Senegal is {said} 200 officers to Haiti if parliament approves, its foreign ministry said."
        name = f"report-{number + 1}"
        report = Report(name, text, digest(text), outlet, None, "Dakar and the force", DateRange.on(day))
        content = Span.of(text, 0, text.index(", its"))
        source = Span.of(text, text.index("its foreign"), text.index(" said"))
        chain = (ChainLink("foreign ministry", "office", "SEN"), ChainLink(outlet, "outlet", None))
        statement = Statement(
            id=f"s{number + 1}",
            report=name,
            source=Source(source, "office", "SEN", "foreign ministry"),
            cue=Span.of(text, text.index("said"), text.index("said") + 4),
            content=(content,),
            chain=chain,
            form="indirect",
            confidence=0.97,
        )
        wanted = Span.of(text, text.index("if parliament"), text.index(", its"))
        position = Position(
            id=f"p{number + 1}",
            report=name,
            holder="SEN",
            performer="SEN",
            task="contribute_police",
            stance=stance,
            evidence=Span.of(text, 0, len(text)),
            cue=Span.of(text, text.index(said), text.index(said) + len(said)),
            matter="gsf_haiti",
            conditions=(Condition("approval", wanted),) if stance == "offered" else (),
            chain=chain,
            self_declared=True,
            confidence=0.9,
            statement=statement.id,
            extractor="example",
        )
        reports.append(report)
        statements.append(statement)
        positions.append(position)
    made = reconcile(positions, reports, date(2026, 1, 31), load())
    return {
        "reports": [report_record(r) for r in reports],
        "statements": [statement_record(s) for s in statements],
        "positions": [position_record(p) for p in positions],
        "standings": [standing_record(s) for s in made.standings],
        "conflicts": [conflict_record(c) for c in made.conflicts],
        "facts": [fact_record(background())],
        "tasks": task_records([replace(p, task="plant_tree", object=None) for p in positions], load().tasks, None),
        "issues": [
            issue_record(Issue("report-empty", "notes.txt", "there is no text in it", "leave it out"))
        ],
    }


def background() -> Fact:
    """A piece of background of our own."""
    text = "Gas made up 38 per cent of the country's exports in 2024, the statistics office said."

    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    return Fact(
        id="f1",
        report="report-1",
        kind="share",
        measure=span("the country's exports"),
        evidence=span(text),
        subject=span("Gas"),
        low=38.0,
        high=38.0,
        unit="per cent",
        figure=span("38 per cent"),
        period=DateRange(date(2024, 1, 1), date(2024, 12, 31)),
        period_words=span("in 2024"),
        chain=(ChainLink("the statistics office", "office"), ChainLink("The Sahel Courier", "outlet")),
        extractor="example",
    )


def records() -> str:
    """Every record: its fields and an example."""
    described = yaml.safe_load((HERE / "fields.yaml").read_text(encoding="utf-8"))
    examples = small_story()
    if list(described) != list(examples):
        raise SystemExit(f"fields.yaml describes {list(described)}, the records are {list(examples)}")
    return "\n".join(_record(kind, described[kind], rows[0]) for kind, rows in examples.items())


def _record(kind: str, described: dict[str, Any], example: dict[str, Any]) -> str:
    fields = described["fields"]
    if list(fields) != list(example):
        raise SystemExit(f"fields.yaml, {kind}: describes {list(fields)}, the record has {list(example)}")
    shown = json.dumps(example, ensure_ascii=False, indent=2)
    return (
        f"## {kind}\n\n{described['what']}\n\n"
        + table(("field", "what"), ((f"`{name}`", what) for name, what in fields.items()))
        + f"\n```json\n{shown}\n```\n"
    )


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "tree": tree,
    "codes": codes,
    "stances": stances,
    "tasks": tasks,
    "conditions": conditions,
    "matters": matters,
    "records": records,
}


def pages() -> Iterator[tuple[Path, str]]:
    """Each page with made parts, and its text as it should be."""
    for path in sorted(HERE.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if MADE.search(text):
            yield path, MADE.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]()}\n{m[3]}", text)


def main() -> None:
    """Write every page that is not as it should be."""
    for path, text in pages():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name} written")


if __name__ == "__main__":
    main()

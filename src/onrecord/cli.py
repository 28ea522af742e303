"""The command line: one command for one service, the same nouns and names. A command opens, calls and prints.

Tables on a terminal, JSON lines when captured. Exit status 0 done, 1 failed, 2 misused. What a command needs
is imported within it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord import (
    __version__,
    backing_up,
    exporting,
    facts_command,
    force_command,
    serving,
    spread_command,
    tell_command,
    terminal,
    watch_command,
)
from onrecord.settings import Settings, processes
from onrecord.terminal import Day, emit, line, say

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.model import Issue
    from onrecord.services import Answer

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=terminal.Commands, context_settings=CONTEXT)
@click.version_option(__version__, message="onrecord %(version)s")
def main() -> None:
    """Who is on the record for what.

    Reads the reporting on a matter that several parties must act on, and keeps the record of each party's
    position, its conditions, who says so, and how it changed; every line leads to the passage it rests on.

    Start with: onrecord brief FOLDER --out out
    """


@contextmanager
def _ledger(path: str) -> Iterator[Ledger]:
    from onrecord import services

    with services.open_ledger(Settings(ledger=path), create=False) as opened:
        yield opened


def _answer(ledger: str, story: Path | None, as_of: date | None) -> Answer:
    from onrecord import services

    settings = Settings(ledger=ledger, story=story)
    with services.open_ledger(settings, create=False) as opened:
        return services.answer(opened, settings, as_of=as_of)


def _tell(issues: Sequence[Issue]) -> None:
    for issue in issues:
        where = "" if issue.where in issue.message else f"{issue.where}: "
        hint = f". {issue.hint}" if issue.hint else ""
        say(f"{issue.code}: {where}{issue.message.rstrip('.')}{hint}", err=True)


def _spent(spent: object) -> None:
    """What a model from outside has cost, where one was asked."""
    if spent is not None:
        say(spent, err=True)


@main.command()
@terminal.inputs_argument
@terminal.out_option
@terminal.story_option
@terminal.as_of_option
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help="Tell what changed since this day; by default the 30 days before.",
)
@click.option("--ledger", default=None, metavar="PATH", help="Keep the ledger here; by default in DIR.")
@terminal.rules_option
@terminal.extractor_option
@terminal.workers_option
def brief(
    inputs: Sequence[Any],
    out: Path,
    story: Path | None,
    as_of: date | None,
    since: date | None,
    ledger: str | None,
    rules_only: bool,
    extractor: str | None,
    workers: int | None,
) -> None:
    """Read reports and write the brief: brief.html, brief.md and the export records.

    INPUT is any mix of folders and files, or - for standard input: .txt, .md, .html, JSON Lines (.jsonl), web archives
    (.warc), both also as .gz or .zst, and .parquet. Parquet and .zst need onrecord[archives].
    """
    given = terminal.paths(inputs)
    from onrecord import publishing

    settings = Settings(
        ledger=ledger or out / "ledger.db",
        story=story,
        rules_only=rules_only,
        extractor=extractor,
        workers=workers or processes(),
    )
    with terminal.progress() as progress:
        made = publishing.brief(given, out, settings, as_of=as_of, since=since, progress=progress)
    _tell(made.read.issues)
    _spent(made.read.spent)
    answer = made.answer
    counted = (
        terminal.number(len(answer.reports), "report"),
        terminal.number(len(answer.positions), "position"),
        terminal.number(len(answer.reconciliation.standings), "standing"),
    )
    say(made.page)
    say(f"{', '.join(counted)}, as of {answer.as_of}")


@main.command()
@terminal.inputs_argument
@terminal.ledger_option
@terminal.story_option
@terminal.rules_option
@terminal.extractor_option
@terminal.workers_option
def read(
    inputs: Sequence[Any],
    ledger: str,
    story: Path | None,
    rules_only: bool,
    extractor: str | None,
    workers: int | None,
) -> None:
    """Read reports into a ledger. Reading twice adds nothing. INPUT is what brief takes."""
    given = terminal.paths(inputs)
    from onrecord import services

    settings = Settings(
        ledger=ledger,
        story=story,
        rules_only=rules_only,
        extractor=extractor,
        workers=workers or processes(),
    )
    with terminal.progress() as progress, services.open_ledger(settings) as opened:
        made = services.read(given, opened, settings, progress=progress)
    _tell(made.issues)
    _spent(made.spent)
    say(f"{len(made.added)} of {len(made.reports)} reports were new to {ledger}")


@main.command()
@click.argument("holder", required=False)
@click.option("--task", help="Only this task.")
@click.option("--matter", help="Only this matter.")
@terminal.ledger_option
@terminal.story_option
@terminal.as_of_option
@terminal.json_option
def standings(
    holder: str | None,
    task: str | None,
    matter: str | None,
    ledger: str,
    story: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Where each party stands, as of a day."""
    from onrecord import asking

    told = _answer(ledger, story, as_of)
    asked = asking.Asked.of(holder=holder, task=task, among=told.reconciliation.standings)
    rows = asking.standings(told, asked, matter=matter)
    columns = {
        "holder": "holder",
        "performer": "performer",
        "task": "task",
        "matter": "matter",
        "stance": "stance",
        "state": "state",
        "conditions": "conditions",
        "grade": "grade",
        "likelihood": "likelihood",
        "origins": "independent_sources",
    }
    emit(rows, columns, as_json, "no standing")


@main.command()
@click.argument("holder", required=False)
@click.option("--task", help="Only this task.")
@click.option("--report", help="Only this report.")
@terminal.ledger_option
@terminal.json_option
def positions(holder: str | None, task: str | None, report: str | None, ledger: str, as_json: bool) -> None:
    """Every position in the reports."""
    from onrecord import asking

    with _ledger(ledger) as opened:
        asked = asking.Asked.of(holder=holder, task=task, among=asking.noted(opened))
        rows = asking.positions(opened, asked, report=report)
    columns = {
        "id": "id",
        "report": "report",
        "holder": "holder",
        "performer": "performer",
        "task": "task",
        "stance": "stance",
        "conditions": "conditions",
        "figure": "quantity.text",
        "said by": "chain",
        "passage": "evidence.text",
    }
    emit(rows, columns, as_json, "no position")


@main.command()
@click.option("--report", help="Only this report.")
@terminal.ledger_option
@terminal.json_option
def statements(report: str | None, ledger: str, as_json: bool) -> None:
    """Every attributed statement: source, cue, content and chain."""
    from onrecord import asking

    with _ledger(ledger) as opened:
        rows = asking.statements(opened, report=report)
    columns = {
        "id": "id",
        "report": "report",
        "source": "source.name",
        "kind": "source.kind",
        "cue": "cue.text",
        "form": "form",
        "chain": "chain",
    }
    emit(rows, columns, as_json, "no statement")


@main.command()
@terminal.ledger_option
@terminal.story_option
@terminal.as_of_option
@terminal.json_option
def conflicts(ledger: str, story: Path | None, as_of: date | None, as_json: bool) -> None:
    """Contradictions, reversals, overtaken reports, circular groups and doubtful figures."""
    from onrecord.model.records import conflict_record

    rows = [conflict_record(c) for c in _answer(ledger, story, as_of).reconciliation.conflicts]
    emit(rows, {"kind": "kind", "why": "why", "reports": "reports"}, as_json, "no conflict")


@main.command()
@click.argument("holder", required=False)
@terminal.ledger_option
@terminal.story_option
@terminal.as_of_option
@terminal.json_option
def timeline(holder: str | None, ledger: str, story: Path | None, as_of: date | None, as_json: bool) -> None:
    """What was said when, oldest first; an interval where the day is not known."""
    from onrecord import asking

    asked = asking.Asked.of(holder=holder)
    rows = asking.timeline(_answer(ledger, story, as_of), asked)
    columns = {
        "when": "when",
        "holder": "holder",
        "task": "task",
        "stance": "stance",
        "said by": "chain",
        "report": "report",
    }
    emit(rows, columns, as_json, "nothing was said")


@main.command()
@click.argument("holder")
@click.argument("task")
@click.option("--performer", help="Who would do it, where it is not the holder.")
@click.option("--matter", help="The matter, where there are several.")
@terminal.ledger_option
@terminal.story_option
@terminal.as_of_option
@click.option("--json", "as_json", is_flag=True, help="One JSON record in place of lines.")
def explain(
    holder: str,
    task: str,
    performer: str | None,
    matter: str | None,
    ledger: str,
    story: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Why a standing is what it is, what would change it, and what is missing."""
    from onrecord import asking

    answer = _answer(ledger, story, as_of)
    standing = answer.reconciliation.standings
    asked = asking.Asked.of(holder=holder, task=task, performer=performer, among=standing)
    told = asking.explanation(answer, asked, matter=matter)
    if as_json:
        line(asking.explanation_record(told))
        return
    for said in asking.explanation_lines(told):
        say(said)


@main.command()
@click.argument("earlier", type=Day())
@click.argument("later", type=Day())
@terminal.ledger_option
@terminal.story_option
@terminal.json_option
def diff(earlier: date, later: date, ledger: str, story: Path | None, as_json: bool) -> None:
    """What changed between two days."""
    if earlier > later:
        raise click.UsageError(f"{earlier} is after {later}; give the earlier day first")
    from onrecord import asking

    settings = Settings(ledger=ledger, story=story)
    with _ledger(ledger) as opened:
        rows = asking.changed(opened, settings, earlier, later)
    columns = {"holder": "holder", "task": "task", "from": "from", "to": "to", "why": "why"}
    emit(rows, columns, as_json, "nothing changed")


@main.command()
@click.argument("record")
@terminal.ledger_option
@click.option("--json", "as_json", is_flag=True, help="One JSON record in place of lines.")
def show(record: str, ledger: str, as_json: bool) -> None:
    """A record, with its evidence in the text around it. RECORD is an id or its beginning."""
    from onrecord import services, showing

    with _ledger(ledger) as opened:
        found = services.find(opened, record)
        if as_json:
            line(showing.record_of(found))
            return
        for said in showing.shown(opened, found):
            say(said)


@main.command()
@terminal.ledger_option
@terminal.json_option
def issues(ledger: str, as_json: bool) -> None:
    """What could not be read, and what to do about it."""
    from onrecord.model.records import issue_record

    with _ledger(ledger) as opened:
        rows = [issue_record(i) for i in opened.issues()]
    columns = {"code": "code", "where": "where", "what": "message", "next": "hint"}
    emit(rows, columns, as_json, "no issue: everything was read")


@main.command()
@terminal.ledger_option
def verify(ledger: str) -> None:
    """Check digests and spans of the whole ledger."""
    with _ledger(ledger) as opened:
        wrong = opened.verify()
    for said in wrong:
        say(said)
    if wrong:
        sys.exit(terminal.FAILED)
    say(f"{ledger} is whole")


@main.command()
@click.argument("gold", type=terminal.file_argument)
@click.argument("predicted", type=terminal.file_argument)
@click.option(
    "--reports", type=terminal.file_argument, help="reports.jsonl of the export: checks the evidence too."
)
@click.option("--errors", is_flag=True, help="Show what was missed, wrong and extra.")
@terminal.json_option
def score(gold: Path, predicted: Path, reports: Path | None, errors: bool, as_json: bool) -> None:
    """Score exported positions against hand-made gold positions."""
    from onrecord import scoring

    result = scoring.score_files(gold, predicted, reports)
    if as_json or not sys.stdout.isatty():
        line({**result.figures, **({"errors": list(result.errors)} if errors else {})})
        return
    for said in [*scoring.lines(result), *(result.errors if errors else ())]:
        say(said)


main.add_command(facts_command.facts)
main.add_command(force_command.force)
main.add_command(exporting.export)
main.add_command(backing_up.backup)
main.add_command(backing_up.restore)
main.add_command(backing_up.copy)
main.add_command(serving.serve)
main.add_command(serving.user)
main.add_command(watch_command.watch)
main.add_command(tell_command.tell)
main.add_command(spread_command.spread)


if __name__ == "__main__":
    main()

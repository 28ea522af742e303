"""The command line: one command for one service, the same nouns and names. A command opens, calls, prints and maps errors.

Tables on a terminal, JSON lines when captured. Exit status 0 done, 1 failed, 2 misused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from onrecord import __version__
from onrecord.errors import OnrecordError
from onrecord.settings import Settings

LEDGER = "onrecord.db"
"""The ledger that commands use where none is named."""


class Day(click.ParamType):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or an error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-03-31", param, ctx)


class Commands(click.Group):
    """A group that suggests the nearest command for one that does not exist."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name in the error."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from rapidfuzz import process

            near = process.extractOne(args[0], sorted(self.commands), score_cutoff=55)
            hint = f" Did you mean {near[0]!r}?" if near else " `onrecord --help` lists the commands."
            raise click.UsageError(f"there is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="onrecord %(version)s")
def main() -> None:
    """Who is on the record for what.

    Reads the reporting on a matter that several parties must act on, and keeps the record of each party's position,
    its conditions, who says so, and how it changed; every line leads to the passage it rests on.

    Start with: onrecord brief FOLDER --out out
    """


def _fail(error: OnrecordError) -> NoReturn:
    click.echo(f"error: {error}", err=True)
    sys.exit(1)


@contextmanager
def _mapped() -> Iterator[None]:
    """Expected errors become one line and exit status 1; a reader who closes the pipe ends the command quietly."""
    try:
        yield
    except OnrecordError as error:
        _fail(error)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


@contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on a terminal, nothing when captured."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield told


def _emit(rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, str]], as_json: bool, empty: str) -> None:
    """Rows as a table on a terminal, as JSON lines when captured or asked for."""
    if as_json or not sys.stdout.isatty():
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if not rows:
        click.echo(empty)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", box=None, pad_edge=False)
    for title, _ in columns:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row, key)) for _, key in columns))
    Console().print(table)


def _cell(row: Mapping[str, Any], key: str) -> str:
    value: Any = row
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(v.get("kind", v.get("name", v))) if isinstance(v, Mapping) else str(v) for v in value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)


_ledger = click.option("--ledger", default=LEDGER, show_default=True, metavar="PATH", help="The ledger to use.")
_story = click.option(
    "--story", type=click.Path(path_type=Path, dir_okay=False), metavar="STORY.yaml", help="The story: undertakings, force, scenarios."
)
_as_of = click.option("--as-of", type=Day(), metavar="DATE", help="Tell it as of this day; by default that of the newest report.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON lines, as when captured.")
_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(path_type=Path, allow_dash=True))
_rules = click.option("--rules-only", is_flag=True, help="Leave the learned position model out: faster, and finds less.")


def _paths(inputs: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for one in inputs:
        if str(one) == "-":
            found.append("-")
        elif not Path(one).exists():
            raise click.UsageError(f"there is no file or folder {str(one)!r}")
        else:
            found.append(Path(one))
    return found


@main.command()
@_inputs
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the brief and the export go.")
@_story
@_as_of
@click.option("--since", type=Day(), metavar="DATE", help="Tell what changed since this day; by default the 30 days before.")
@click.option("--ledger", default=None, metavar="PATH", help="Keep the ledger here; by default in DIR.")
@_rules
def brief(inputs: Sequence[Any], out: Path, story: Path | None, as_of: date | None, since: date | None, ledger: str | None, rules_only: bool) -> None:
    """Read reports and write the brief: brief.html, brief.md and the export records.

    INPUT is any mix of folders and files (.txt, .md, .html, .jsonl), or - for standard input.
    """
    from onrecord import publishing

    with _mapped(), _progress() as progress:
        settings = Settings(ledger=ledger or out / "ledger.db", story=story, rules_only=rules_only)
        made = publishing.brief(_paths(inputs), out, settings, as_of=as_of, since=since, progress=progress)
    for issue in made.read.issues:
        click.echo(f"not read as it stands: {issue.where}: {issue.message}", err=True)
    said = f"{len(made.read.reports)} reports, {len(made.answer.positions)} positions, {len(made.answer.reconciliation.standings)} standings, as of {made.answer.as_of}"
    click.echo(f"{made.page}\n{said}")


@main.command()
@_inputs
@_ledger
@_story
@_rules
def read(inputs: Sequence[Any], ledger: str, story: Path | None, rules_only: bool) -> None:
    """Read reports into a ledger. Reading twice adds nothing."""
    from onrecord import services

    with _mapped(), _progress() as progress:
        settings = Settings(ledger=ledger, story=story, rules_only=rules_only)
        with services.open_ledger(settings) as opened:
            made = services.read(_paths(inputs), opened, settings, progress=progress)
    for issue in made.issues:
        click.echo(f"not read as it stands: {issue.where}: {issue.message}", err=True)
    click.echo(f"{len(made.added)} of {len(made.reports)} reports were new to {ledger}")


@contextmanager
def _answered(ledger: str, story: Path | None, as_of: date | None) -> Iterator[Any]:
    from onrecord import services

    with _mapped():
        settings = Settings(ledger=ledger, story=story)
        with services.open_ledger(settings, create=False) as opened:
            yield services.answer(opened, settings, as_of=as_of)


@main.command()
@click.argument("holder", required=False)
@click.option("--task", help="Only this task.")
@click.option("--matter", help="Only this matter.")
@_ledger
@_story
@_as_of
@_json
def standings(holder: str | None, task: str | None, matter: str | None, ledger: str, story: Path | None, as_of: date | None, as_json: bool) -> None:
    """Where each party stands, as of a day."""
    from onrecord import asking
    from onrecord.model.records import standing_record

    with _answered(ledger, story, as_of) as answer:
        asking.check_names(holder=holder, task=task)
        rows = [
            standing_record(s)
            for s in answer.reconciliation.standings
            if (not holder or asking.same_actor(s.holder, holder)) and (not task or s.task == task) and (not matter or s.matter == matter)
        ]
    columns = (("holder", "holder"), ("performer", "performer"), ("task", "task"), ("matter", "matter"), ("stance", "stance"), ("state", "state"),
               ("conditions", "conditions"), ("grade", "grade"), ("likelihood", "likelihood"), ("origins", "independent_sources"))  # fmt: skip
    _emit(rows, columns, as_json, "no standing")


@main.command()
@click.argument("holder", required=False)
@click.option("--task", help="Only this task.")
@click.option("--report", help="Only this report.")
@_ledger
@_json
def positions(holder: str | None, task: str | None, report: str | None, ledger: str, as_json: bool) -> None:
    """Every position in the reports."""
    from onrecord import asking, services
    from onrecord.model.records import position_record

    with _mapped():
        asking.check_names(holder=holder, task=task)
        with services.open_ledger(Settings(ledger=ledger), create=False) as opened:
            rows = [
                position_record(p)
                for p in opened.positions()
                if (not holder or asking.same_actor(p.holder, holder)) and (not task or p.task == task) and (not report or p.report == report)
            ]
    columns = (("id", "id"), ("report", "report"), ("holder", "holder"), ("performer", "performer"), ("task", "task"), ("stance", "stance"),
               ("conditions", "conditions"), ("figure", "quantity.text"), ("said by", "chain"), ("passage", "evidence.text"))  # fmt: skip
    _emit(rows, columns, as_json, "no position")


@main.command()
@click.option("--report", help="Only this report.")
@_ledger
@_json
def statements(report: str | None, ledger: str, as_json: bool) -> None:
    """Every attributed statement: source, cue, content and chain."""
    from onrecord import services
    from onrecord.model.records import statement_record

    with _mapped(), services.open_ledger(Settings(ledger=ledger), create=False) as opened:
        rows = [statement_record(s) for s in opened.statements() if not report or s.report == report]
    columns = (("id", "id"), ("report", "report"), ("source", "source.name"), ("kind", "source.kind"), ("cue", "cue.text"), ("form", "form"), ("chain", "chain"))
    _emit(rows, columns, as_json, "no statement")


@main.command()
@_ledger
@_story
@_as_of
@_json
def conflicts(ledger: str, story: Path | None, as_of: date | None, as_json: bool) -> None:
    """Contradictions, reversals, overtaken reports, circular groups and doubtful figures."""
    from onrecord.model.records import conflict_record

    with _answered(ledger, story, as_of) as answer:
        rows = [conflict_record(c) for c in answer.reconciliation.conflicts]
    _emit(rows, (("kind", "kind"), ("why", "why"), ("reports", "reports")), as_json, "no conflict")


@main.command()
@click.argument("holder", required=False)
@_ledger
@_story
@_as_of
@_json
def timeline(holder: str | None, ledger: str, story: Path | None, as_of: date | None, as_json: bool) -> None:
    """What was said when, oldest first; an interval where the day is not known."""
    from onrecord import asking

    with _answered(ledger, story, as_of) as answer:
        asking.check_names(holder=holder, task=None)
        rows = asking.timeline(answer, holder)
    _emit(rows, (("when", "when"), ("holder", "holder"), ("task", "task"), ("stance", "stance"), ("said by", "chain"), ("report", "report")), as_json, "nothing")


@main.command()
@click.argument("holder")
@click.argument("task")
@click.option("--performer", help="Who would do it, where it is not the holder.")
@click.option("--matter", help="The matter, where there are several.")
@_ledger
@_story
@_as_of
def explain(holder: str, task: str, performer: str | None, matter: str | None, ledger: str, story: Path | None, as_of: date | None) -> None:
    """Why a standing is what it is, what would change it, and what is missing."""
    from onrecord import asking

    with _answered(ledger, story, as_of) as answer:
        for line in asking.explained(answer, holder, task, performer=performer, matter=matter):
            click.echo(line)


@main.command()
@click.argument("earlier", type=Day())
@click.argument("later", type=Day())
@_ledger
@_story
@_json
def diff(earlier: date, later: date, ledger: str, story: Path | None, as_json: bool) -> None:
    """What changed between two days."""
    from onrecord import asking, services

    with _mapped():
        settings = Settings(ledger=ledger, story=story)
        with services.open_ledger(settings, create=False) as opened:
            rows = asking.changed(opened, settings, earlier, later)
    _emit(rows, (("holder", "holder"), ("task", "task"), ("from", "from"), ("to", "to"), ("why", "why")), as_json, "nothing changed")


@main.command()
@click.argument("record")
@_ledger
@_json
def show(record: str, ledger: str, as_json: bool) -> None:
    """A record, with its evidence in the text around it. RECORD is an id or its beginning."""
    from onrecord import asking, services

    with _mapped(), services.open_ledger(Settings(ledger=ledger), create=False) as opened:
        found = services.find(opened, record)
        if as_json:
            click.echo(json.dumps(asking.record_of(found), ensure_ascii=False))
            return
        for line in asking.shown(opened, found):
            click.echo(line)


@main.command()
@_ledger
@_json
def issues(ledger: str, as_json: bool) -> None:
    """What could not be read, and what to do about it."""
    from onrecord import services
    from onrecord.model.records import issue_record

    with _mapped(), services.open_ledger(Settings(ledger=ledger), create=False) as opened:
        rows = [issue_record(i) for i in opened.issues()]
    _emit(rows, (("code", "code"), ("where", "where"), ("what", "message"), ("next", "hint")), as_json, "no issue: everything was read")


@main.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the records go.")
@_ledger
@_story
@_as_of
def export(out: Path, ledger: str, story: Path | None, as_of: date | None) -> None:
    """Write the ledger's records as JSON Lines, in the forms of docs/records.md."""
    from onrecord import publishing

    with _answered(ledger, story, as_of) as answer:
        for path in publishing.write_records(answer, out):
            click.echo(str(path))


@main.command()
@_ledger
def verify(ledger: str) -> None:
    """Check digests and spans of the whole ledger."""
    from onrecord import services

    with _mapped(), services.open_ledger(Settings(ledger=ledger), create=False) as opened:
        wrong = opened.verify()
    for line in wrong:
        click.echo(line)
    if wrong:
        sys.exit(1)
    click.echo(f"{ledger} is whole")


@main.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("predicted", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reports", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="reports.jsonl of the export: checks the evidence too.")
@click.option("--errors", is_flag=True, help="Show what was missed, wrong and extra.")
@_json
def score(gold: Path, predicted: Path, reports: Path | None, errors: bool, as_json: bool) -> None:
    """Score exported positions against hand-made gold positions."""
    from onrecord import scoring

    with _mapped():
        result = scoring.score_files(gold, predicted, reports)
    if as_json or not sys.stdout.isatty():
        click.echo(json.dumps(result.figures, ensure_ascii=False))
    else:
        for name, figure in result.figures.items():
            click.echo(f"{name:10} " + ("n/a" if figure is None else "  ".join(f"{k} {v}" for k, v in figure.items())))
    if errors:
        for line in result.errors:
            click.echo(line)


def _moment() -> datetime:
    from onrecord.settings import now

    return now()


if __name__ == "__main__":
    main()

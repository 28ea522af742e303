"""What every command shares: days, names suggested, errors mapped, tables or JSON lines, a progress bar.

In: options as typed, rows, progress. Out: text on the terminal and exit statuses. It knows no room of the
house, so that ``--help`` loads none.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    # Generic to the type checker alone: click's class cannot be subscripted when it runs in older versions.
    _DayType = click.ParamType[date]
else:
    _DayType = click.ParamType

LEDGER = "onrecord.db"
"""The ledger that commands use where none is named."""
DONE, FAILED, MISUSED = 0, 1, 2
"""Exit statuses; click ends misused commands with its own 2."""
_STEERING = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
"""Control characters, and those that turn the direction of writing."""
_SHOWN = {c: "\ufffd" for c in _STEERING if chr(c) not in "\n\t"}
_ESCAPED = {c: f"\\u{c:04x}" for c in _STEERING if c >= 0x7F}
"""For JSON, which escapes the others itself; a reader gets the character back."""


class Day(_DayType):
    """A day, as in 2026-03-31."""

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
    """A group that suggests the nearest command, and maps errors to one line and an exit status."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name in the error."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], sorted(self.commands), n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]!r}?" if near else "`onrecord --help` lists the commands."
            raise click.UsageError(f"there is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Expected errors become one line; a reader who closes the pipe ends the command quietly."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            say(f"error: {error}", err=True)
            ctx.exit(FAILED)
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go; the interpreter would complain of it at its end.
            sys.stdout = None
            ctx.exit(DONE)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, nothing when captured."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield told


def clean(text: str) -> str:
    r"""A text without characters that steer a terminal: reports are hostile, and a page can hold such.

    Example:
        >>> clean("red \x1b[31m alert") == "red \ufffd[31m alert"
        True
    """
    return text.translate(_SHOWN)


def say(text: object, *, err: bool = False) -> None:
    """A line for a person."""
    click.echo(clean(str(text)), err=err)


def line(record: Mapping[str, Any]) -> None:
    """One record as one line of JSON."""
    click.echo(json.dumps(record, ensure_ascii=False).translate(_ESCAPED))


def emit(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], as_json: bool, empty: str) -> None:
    """Rows as a table on a terminal, as JSON lines when captured or asked for.

    Args:
        rows: the records.
        columns: title -> field, with dots for fields within fields; in the order to show.
        as_json: whether JSON was asked for.
        empty: what a terminal is told where there is no row.
    """
    if as_json or not sys.stdout.isatty():
        for row in rows:
            line(row)
        return
    if not rows:
        say(empty)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", box=None, pad_edge=False)
    for title in columns:
        table.add_column(title, overflow="fold")
    for row in rows:
        # Text, not markup: what reports say in brackets is no instruction.
        table.add_row(*(Text(clean(cell(row, field))) for field in columns.values()))
    Console().print(table)


def cell(row: Mapping[str, Any], field: str) -> str:
    """A field of a record as words in a table.

    Example:
        >>> cell({"quantity": {"text": "up to 300"}, "p": 0.5}, "quantity.text"), cell({"p": 0.5}, "p")
        ('up to 300', '0.50')
        >>> cell({"conditions": [{"kind": "mandate"}, {"kind": "ceasefire"}]}, "conditions")
        'mandate, ceasefire'
    """
    value: Any = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(
            str(v.get("kind", v.get("name", v))) if isinstance(v, Mapping) else str(v) for v in value
        )
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def without_password(place: str) -> str:
    """A path or address as it may be shown.

    Example:
        >>> without_password("postgresql://ada:secret@db/x"), without_password("x.db")
        ('postgresql://ada:***@db/x', 'x.db')
    """
    return re.sub(r"(?<=://)([^/:@]*):[^@/]*@", r"\1:***@", place)


def number(count: int, noun: str) -> str:
    """A number of things in words.

    Example:
        >>> number(1, "report"), number(2, "report")
        ('1 report', '2 reports')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def paths(inputs: Sequence[Any]) -> list[Path | Literal["-"]]:
    """The inputs of a command.

    Raises:
        click.UsageError: one of them does not exist.
    """
    found: list[Path | Literal["-"]] = []
    for one in inputs:
        if str(one) == "-":
            found.append("-")
        elif not Path(one).exists():
            raise click.UsageError(f"there is no file or folder {str(one)!r}")
        else:
            found.append(Path(one))
    return found


_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

ledger_option = click.option(
    "--ledger", default=LEDGER, show_default=True, metavar="PATH", help="The ledger to use."
)
story_option = click.option(
    "--story", type=_FILE, metavar="STORY.yaml", help="The story: undertakings, force, scenarios."
)
as_of_option = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="Tell it as of this day; by default that of the newest report.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON lines, as when captured.")
rules_option = click.option(
    "--rules-only", is_flag=True, help="Leave the learned position model out: faster, and finds less."
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that read where there is much to read; by default one for each core that has the memory for it.",
)
extractor_option = click.option(
    "--extractor",
    metavar="MODEL",
    help="Have a language model from outside read the positions: openai:NAME@URL, local:NAME@URL or gguf:FILE. Off by "
    "default.",
)
out_option = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the files go.",
)
inputs_argument = click.argument(
    "inputs",
    nargs=-1,
    required=True,
    metavar="INPUT...",
    type=click.Path(path_type=Path, allow_dash=True),
)
file_argument = _FILE

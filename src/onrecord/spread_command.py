"""The command ``onrecord spread``: a large collection, read by several processes or machines.

A command opens, calls and prints; what it needs is imported within it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import number, say


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(path_type=Path))
@terminal.ledger_option
@click.option(
    "--parquet",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write Parquet files here, and no ledger.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes on this machine; one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="The workers of this Dask scheduler: tcp://HOST:8786, or tls://.")
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where finished parts lie until the end, seen by all workers; beside the ledger by default.",
)
@click.option(
    "--part", default=32, show_default=True, type=click.IntRange(1, 10_000), metavar="N", help="Reports of a part."
)
@click.option("--keep", is_flag=True, help="Leave the finished parts where they are.")
@terminal.story_option
@terminal.rules_option
def spread(
    inputs: Sequence[Path],
    ledger: str,
    parquet: Path | None,
    workers: int | None,
    scheduler: str | None,
    work: Path | None,
    part: int,
    keep: bool,
    story: Path | None,
    rules_only: bool,
) -> None:
    """Read a large collection on several processes or machines, into a ledger or Parquet.

    The result is that of `onrecord read`, to the last record. A run that was killed goes on where it was when it is
    started again. Needs Dask: pip install 'onrecord[machines]'.
    """
    if Path("-") in inputs:
        raise click.BadParameter("standard input cannot be shared out; give files or folders", param_hint="INPUT")
    if workers and scheduler:
        raise click.UsageError("give --workers for this machine or --scheduler for others, not both")
    if work is None and parquet is None and "://" in ledger:
        raise click.UsageError("name a folder with --work: this ledger has no place beside it")
    from onrecord import services, spreading

    spreading.require()
    settings = Settings(ledger=ledger, story=story, rules_only=rules_only)
    with ExitStack() as stack:
        progress = stack.enter_context(terminal.progress())
        folder = stack.enter_context(spreading.taken(work or Path(f"{parquet or ledger}.parts")))
        target: spreading.Target
        if parquet is None:
            opened = stack.enter_context(services.open_ledger(settings))
            target = spreading.IntoLedger.of(opened, settings)
        else:
            target = spreading.IntoParquet(parquet, folder.tables)
        processes = workers or os.cpu_count() or 1
        engine = stack.enter_context(
            spreading.remote(scheduler) if scheduler else spreading.local(processes, folder.scratch)
        )
        made = spreading.spread(inputs, settings, engine, target, folder, size=part, progress=progress)
        if not keep:
            folder.clear()
    if made.kept_read or made.kept_found:
        say(f"{number(made.kept_read + made.kept_found, 'part')} of an earlier run had been finished", err=True)
    if made.issues:
        where = f"{parquet / 'issues.jsonl'}" if parquet else "`onrecord issues`"
        say(f"{number(made.issues, 'issue')} noted: {where}", err=True)
    say(f"{made.added} of {made.reports} reports were new to {parquet or terminal.without_password(ledger)}")

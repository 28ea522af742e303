"""The commands that look after a ledger: ``backup``, ``restore`` and ``copy``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import number, say

_NEW = click.Path(path_type=Path, dir_okay=False)
replace_option = click.option("--replace", is_flag=True, help="Take the place of what is there.")


@click.command()
@click.argument("target", type=_NEW, metavar="FILE")
@terminal.ledger_option
@replace_option
def backup(target: Path, ledger: str, replace: bool) -> None:
    """Copy the ledger into FILE, as it is at one moment; others may go on writing. The copy is verified."""
    from onrecord import safekeeping

    held = safekeeping.backup(Settings(ledger=ledger), target, replace=replace)
    say(f"{target} holds {number(held['reports'], 'report')} and is whole")


@click.command()
@click.argument("source", type=terminal.file_argument, metavar="FILE")
@terminal.ledger_option
@replace_option
def restore(source: Path, ledger: str, replace: bool) -> None:
    """Put the copy in FILE in the place of the ledger. One that is there is moved aside, never lost."""
    from onrecord import safekeeping

    aside = safekeeping.restore(source, Settings(ledger=ledger), replace=replace)
    if aside is not None:
        say(f"the ledger that was there lies at {aside}")
    say(f"{terminal.without_password(ledger)} is as {source}")


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
def copy(source: str, target: str) -> None:
    """Carry a ledger over: a file to PostgreSQL, back, or either to its like.

    SOURCE and TARGET are paths or addresses (postgresql+psycopg://HOST/NAME); at TARGET there must be no ledger
    yet. Every row is compared before it is kept.
    """
    from onrecord import safekeeping

    rows = safekeeping.copy(Settings(ledger=source), target)
    told = number(sum(rows.values()), "row")
    say(f"{told} of {terminal.without_password(source)} carried over to {terminal.without_password(target)}")

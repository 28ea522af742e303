"""The command ``onrecord tell``: what changed, to those who asked to be told.

A command opens, calls and prints; what it needs is imported within it.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import Day, line, number, say

if TYPE_CHECKING:
    from onrecord.telling import Told

rules_file_option = click.option(
    "--rules",
    type=terminal.file_argument,
    metavar="RULES.yaml",
    help="Tell of changes by these rules (docs/telling.md).",
)


@click.command()
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "--rules",
    required=True,
    type=terminal.file_argument,
    metavar="RULES.yaml",
    help="What to tell of, and where to (docs/telling.md).",
)
@terminal.story_option
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help="Tell also what changed since this day; what was told already is not told again.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be told; nothing is noted or sent.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: the messages as JSON lines.")
def tell(ledger: str, rules: Path, story: Path | None, since: date | None, dry_run: bool, as_json: bool) -> None:
    """Tell of what changed in LEDGER since it was last told, by file, webhook or e-mail.

    The first time, what is known is noted and nothing is told. Each message is told once; one that could not be sent
    is kept and tried again the next time. Ends with 1 where a message could not be sent.
    """
    from onrecord import services
    from onrecord.telling import Teller

    settings = Settings(ledger=ledger, story=story)
    with services.open_ledger(settings, create=False) as opened:
        told = Teller(opened, settings, rules).tell(since=since, send=not dry_run)
    if dry_run:
        for message in told.letters:
            if as_json:
                line(message)
            else:
                say(f"to {message['target']}: {message['subject']}\n\n{message['body']}")
        say(_dry(told), err=as_json)
        return
    say_told(told)
    if told.failed:
        sys.exit(terminal.FAILED)


def say_told(told: Told, *, quiet: bool = False) -> None:
    """What a pass came to, in lines; nothing where ``quiet`` and nothing was told."""
    if told.busy:
        say("another process is telling of this ledger: nothing was done", err=True)
        return
    if told.baseline:
        say(_baseline(told))
    for one in told.delivered:
        if one.failure:
            when = f" (again after {one.next_at:%Y-%m-%d %H:%M} UTC)" if one.next_at else ""
            say(f"not told, {one.target}: {one.failure}{when}", err=True)
        else:
            say(f"told {one.target}: {one.message['subject']}")
    if told.nowhere:
        waiting = number(told.nowhere, "message")
        say(f"{waiting} of before wait for targets that the rules do not name any more", err=True)
    if not quiet and not told.delivered and not told.baseline:
        say("nothing changed that the rules ask for")


def _baseline(told: Told) -> str:
    known = number(told.known, "standing")
    return (
        f"noted where everybody stands as of {told.as_of} ({known}): changes are told from now on; "
        "--since DATE tells earlier ones"
    )


def _dry(told: Told) -> str:
    if told.baseline:
        return "this would be the first time: what is known would be noted, and nothing told"
    return f"{number(len(told.letters), 'message')} would be told"

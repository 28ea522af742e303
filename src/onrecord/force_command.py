"""The command ``onrecord force``: what the standings add up to, and what would change it.

In: options as typed. Out: lines, or one JSON record. What it needs is imported within it, so that ``--help``
answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import line, say


@click.command()
@click.argument("story_argument", required=False, type=terminal.file_argument, metavar="[STORY]")
@terminal.ledger_option
@terminal.story_option
@click.option("--scenario", metavar="NAME", help="Tell tasks and unlocks for this scenario; the first by default.")
@click.option(
    "--set",
    "switches",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a condition, or a kind of them, over every scenario: met, not_met or a chance from 0 to 1.",
)
@terminal.as_of_option
@click.option("--json", "as_json", is_flag=True, help="One JSON record in place of lines.")
def force(
    story_argument: Path | None,
    ledger: str,
    story: Path | None,
    scenario: str | None,
    switches: Sequence[str],
    as_of: date | None,
    as_json: bool,
) -> None:
    """What it adds up to: strength, tasks, what would unlock more.

    STORY is the story file, as with --story. Without a force in it, what the reports tell of one is used.
    """
    if story_argument is not None and story is not None:
        raise click.UsageError("the story is named twice; leave --story out")
    from onrecord import asking_force, services

    suppose = services.Suppose(scenario, asking_force.settled_of(switches))
    settings = Settings(ledger=ledger, story=story or story_argument)
    with services.open_ledger(settings, create=False) as opened:
        answer = services.answer(opened, settings, as_of=as_of, suppose=suppose)
    record = asking_force.force_record_or_refuse(answer.force)
    if as_json:
        line(record)
        return
    for said in asking_force.force_lines(record):
        say(said)

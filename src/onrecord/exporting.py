"""The command ``export``: the record in the formats of the field, and what each of them loses."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import say

FORMATS = ("jsonl", "csv", "parquet", "ftm", "prov", "claimreview", "plover")
"""Named here too, so that help loads no room of the house; a test holds the two together."""


@click.command()
@click.option(
    "--format", "name", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="The format; see below."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the files go; without it one file goes to standard output.",
)
@click.option("--only", metavar="TABLE", help="This table alone (jsonl, csv, parquet), such as positions.")
@terminal.ledger_option
@terminal.story_option
@terminal.as_of_option
def export(
    name: str, out: Path | None, only: str | None, ledger: str, story: Path | None, as_of: date | None
) -> None:
    """Hand the ledger's records on, in the forms of docs/records.md or a format of the field.

    jsonl, csv and parquet hold every table without loss; ftm (FollowTheMoney), prov (PROV-O), claimreview
    (schema.org) and plover (event data) hold part of it: what is lost is told on standard error.
    """
    from onrecord import exports, services

    settings = Settings(ledger=ledger, story=story)
    with services.open_ledger(settings, create=False) as opened:
        answer = services.answer(opened, settings, as_of=as_of)
    if out is None:
        sys.stdout.flush()
        for piece in exports.stream(answer, name, only=only):
            sys.stdout.buffer.write(piece)
        lost = exports.format_of(name).lost
    else:
        written = exports.write(answer, out, name, only=only)
        lost = written.lost
        for path in written.files:
            say(path)
    if lost:
        say(f"note: {lost}", err=True)

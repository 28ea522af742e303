"""The command ``onrecord watch``: folders and feeds into a ledger, until it is stopped.

A command opens, calls and prints; what it needs is imported within it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from onrecord import tell_command, terminal
from onrecord.errors import InputError, TellingError
from onrecord.settings import Settings
from onrecord.terminal import say


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FOLDER|FEED...")
@terminal.ledger_option
@terminal.story_option
@click.option(
    "--every",
    default=15.0,
    show_default=True,
    type=click.FloatRange(min=1.0, max=1440.0),
    metavar="MINUTES",
    help="Ask a feed so often; a folder is looked at every few seconds.",
)
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What it remembers; beside the ledger by default.",
)
@click.option("--rules-only", is_flag=True, help="Leave the learned position model out.")
@tell_command.rules_file_option
def watch(
    sources: Sequence[str],
    ledger: str,
    story: Path | None,
    every: float,
    once: bool,
    state: Path | None,
    rules_only: bool,
    rules: Path | None,
) -> None:
    """Read what is new in folders and feeds (RSS, Atom) into a ledger, each entry once.

    It asks a feed no more often than told, reads pages only where the site lets programs read them, and goes on
    where it was when it is started again. With --rules, it tells of what changed after each round. Stop it with
    Ctrl-C.
    """
    from onrecord import services
    from onrecord.telling import Teller
    from onrecord.watching import Watch

    feeds = [x for x in sources if x.lower().startswith(("http://", "https://"))]
    folders = [Path(x) for x in sources if x not in feeds]
    for folder in folders:
        if not folder.is_dir():
            raise click.BadParameter(f"{folder} is neither a folder nor an address", param_hint="FOLDER|FEED")
    settings = Settings(ledger=ledger, story=story, rules_only=rules_only)
    if state is None and "://" in ledger:
        raise click.UsageError("name a file with --state: this ledger has no place beside it")
    place = state or Path(f"{ledger}.watch.json")
    with services.open_ledger(settings) as opened, suppress(KeyboardInterrupt):
        teller = Teller(opened, settings, rules) if rules else None
        watching = Watch(folders, feeds, opened, settings, state=place, every=every * 60)
        say(f"Watching {len(folders)} folders and {len(feeds)} feeds into {ledger} (Ctrl-C ends it)")
        while True:
            brought = watching.round()
            for name in brought.added:
                say(f"read {name}")
            for issue in brought.issues:
                say(f"{issue.code}: {issue.where}: {issue.message}", err=True)
            if teller is not None:
                try:
                    tell_command.say_told(teller.tell(at_once=False), quiet=True)
                except (TellingError, InputError) as error:
                    # A file of rules that is being edited ends no watch.
                    say(f"error: {error}", err=True)
            if once:
                break
            time.sleep(watching.until_next())
    say("The watch has ended")

"""The command ``facts``: what the reports give as background, each with its passage."""

from __future__ import annotations

import click

from onrecord import terminal
from onrecord.settings import Settings
from onrecord.terminal import emit

KINDS = ("share", "total", "count", "talks", "agreement")
"""Named here too, so that help loads no room of the house; a test holds the two together."""


@click.command()
@click.argument("subject", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@click.option("--report", help="Only this report.")
@terminal.ledger_option
@terminal.json_option
def facts(subject: str | None, kind: str | None, report: str | None, ledger: str, as_json: bool) -> None:
    """Background that the reports give: shares, totals, counts, talks held, agreements made.

    SUBJECT keeps the facts of one party, by its name or id. Facts are kept apart from positions: nobody's stance.
    """
    from onrecord import asking, services

    with services.open_ledger(Settings(ledger=ledger), create=False) as opened:
        rows = asking.facts(opened, subject, kind=kind, report=report)
    columns = {
        "report": "report",
        "kind": "kind",
        "whose": "subject.text",
        "what": "measure.text",
        "figure": "figure.text",
        "when": "period_words.text",
        "said by": "chain",
        "passage": "evidence.text",
    }
    emit(rows, columns, as_json, "no fact")

"""Passages: which positions a change rests on, and each as a record with the exact words.

In: standings, positions, reports. Out: positions in order, passages. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from onrecord.briefing.passages import speaker
from onrecord.model import DateRange, Position, Report, Standing
from onrecord.model.records import Record, range_record

MOST = 3
"""Passages of one kind in a message; the desk and the brief have them all."""


def saying(standing: Standing) -> tuple[str, ...]:
    """The positions that say what stands: those of the last stretch of its history, else all that support it."""
    last = standing.history[-1].positions if standing.history else ()
    return tuple(x for x in last if x in standing.supporting) or last or standing.supporting


def contesting(standing: Standing) -> tuple[str, ...]:
    """The positions that contest what stands."""
    rules = {r.position for r in standing.reasons if r.rule == "contests"}
    return tuple(dict.fromkeys((*sorted(rules), *standing.opposing)))


def best_first(
    standing: Standing,
    ids: Iterable[str],
    held: Mapping[str, Position],
    published: Mapping[str, DateRange | None],
    known: Collection[str] = (),
) -> list[str]:
    """Positions of a standing, those that are new first, then the most telling: weight, own word, the latest.

    Args:
        standing: whose they are.
        ids: which.
        held: positions by id.
        published: days of publication by report.
        known: positions that were known before.
    """
    weights = {r.position: r.weight for r in standing.reasons}

    def rank(name: str) -> tuple[bool, float, bool, int, str]:
        position = held[name]
        told = position.said_on or published.get(position.report)
        latest = told.latest.toordinal() if told else 0
        return (name in known, -weights.get(name, 1.0), not position.self_declared, -latest, name)

    return sorted((x for x in dict.fromkeys(ids) if x in held), key=rank)


def passage(position: Position, report: Report) -> Record:
    """The passage of a position, word for word, with who says it and where it stands."""
    return {
        **_place(report, position.evidence.start, position.evidence.end),
        "position": position.id,
        "stance": position.stance,
        "chain": [link.name for link in position.chain],
        "said_by": speaker(position),
        "said_on": range_record(position.said_on),
    }


def passage_before(lead: Record | None, reports: Mapping[str, Report]) -> Record | None:
    """The passage that a former state rested on, from its report, whether or not it is still on record."""
    report = reports.get(str(lead["report"])) if lead else None
    if lead is None or report is None or not 0 <= lead["start"] < lead["end"] <= len(report.text):
        return None
    chain = [str(x) for x in lead["chain"]]
    return {
        **_place(report, lead["start"], lead["end"]),
        "position": lead["position"],
        "stance": None,
        "chain": chain,
        "said_by": chain[0] if chain else "the report itself",
        "said_on": None,
    }


def _place(report: Report, start: int, end: int) -> Record:
    return {
        "text": report.text[start:end],
        "report": report.id,
        "start": start,
        "end": end,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "published": range_record(report.published),
    }

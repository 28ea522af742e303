"""A story made by hand for the tests of the brief: a force for Gaza that looks for troops, and one for Haiti.

The words are in ``data/``; outlets are invented, sentences ours; nothing here claims to have happened.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from small_vocabulary import LABELS

from onrecord.model import (
    ChainLink,
    Condition,
    Conflict,
    DateRange,
    Force,
    Grade,
    HistoryEntry,
    Issue,
    Origin,
    Position,
    Quantity,
    Reason,
    Report,
    Requirement,
    Source,
    Span,
    Standing,
    StandingCondition,
    Statement,
    Story,
    StoryCondition,
    digest,
)

GAZA, HAITI = "isf_gaza", "gsf_haiti"
AS_OF, SINCE = date(2026, 2, 20), date(2026, 1, 15)
OWN_WORD = (1.0, "own-word", "The party's own speaker says it.")
TOLD = (0.5, "told-by-others", "Others say it of the party.")


def _data(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / "data" / f"{name}.yaml").read_text("utf-8"))


def days(text: str | None) -> DateRange | None:
    """``2025-10-14``, ``2025-10-13 to 2025-10-15``, and ``about`` at the end of what is inferred."""
    if text is None:
        return None
    inferred = text.endswith(" about")
    first, _, last = text.removesuffix(" about").partition(" to ")
    return DateRange(date.fromisoformat(first), date.fromisoformat(last or first), inferred)


def _report(row: dict[str, Any]) -> Report:
    text = row["text"].strip().replace("\n", "\n\n")
    outlet = row.get("outlet")
    return Report(
        id=row["id"],
        text=text,
        sha256=digest(text),
        outlet=outlet,
        url=f"https://example.org/{row['id']}" if outlet else None,
        title=row["title"],
        published=days(row.get("published")),
        upstream=tuple(row.get("upstream", ())),
    )


REPORTS = [_report(row) for row in _data("gaza_reports")]
_TEXTS = {r.id: r for r in REPORTS}


def span(report: str, words: str) -> Span:
    """The words where they first stand in a report."""
    at = _TEXTS[report].text.index(words)
    return Span(at, at + len(words), words)


def _chain(report: str, links: list[list[Any]]) -> tuple[ChainLink, ...]:
    outlet = ChainLink(_TEXTS[report].outlet or "outlet not stated", "outlet")
    return (*(ChainLink(*link) for link in links), outlet)


def _statement(row: dict[str, Any]) -> Statement:
    report, kind, entity = row["report"], row["kind"], row["entity"]
    return Statement(
        id=row["id"],
        report=report,
        source=Source(span(report, row["source"]), kind, entity, row["name"]),
        cue=span(report, row["cue"]),
        content=(span(report, row["content"]),),
        chain=_chain(report, [[row["name"], kind, entity]]),
        form="indirect",
    )


def _position(row: dict[str, Any]) -> Position:
    report = row["id"].split("-")[0]
    quantity = row.get("quantity")
    return Position(
        id=row["id"],
        report=report,
        holder=row["holder"],
        performer=row.get("on", row["holder"]),
        task=row["task"],
        stance=row["stance"],
        evidence=span(report, row["evidence"]),
        cue=span(report, row["cue"]),
        matter=row.get("matter", GAZA),
        conditions=tuple(Condition(kind, span(report, words)) for kind, words in row.get("conditions", ())),
        quantity=Quantity(*quantity[:3], span(report, quantity[3])) if quantity else None,
        chain=_chain(report, row.get("chain", [])),
        self_declared=row.get("own", False),
        said_on=days(row.get("said")),
        confidence=row.get("confidence", 0.88),
        statement=row.get("statement"),
        extractor="by hand",
    )


_noted = _data("gaza_positions")
STATEMENTS = [_statement(row) for row in _noted["statements"]]
POSITIONS = [_position(row) for row in _noted["positions"]]
_BY_ID = {p.id: p for p in POSITIONS}


def _standing(row: dict[str, Any]) -> Standing:
    history = tuple(HistoryEntry(days(day), stance, tuple(ids)) for day, stance, ids in row["history"])
    stance = row["stance"]
    supporting = tuple(x for entry in history if entry.stance == stance for x in entry.positions)
    opposing = tuple(row.get("opposing", ()))
    low, high, unit = row.get("figure", (None, None, None))
    given = row.get("why", {})
    grade = row.get("grade", "B2")
    return Standing(
        holder=row["holder"],
        performer=row.get("on", row["holder"]),
        task=row["task"],
        matter=row.get("matter", GAZA),
        as_of=AS_OF,
        stance=stance,
        polarity=LABELS.stances[stance].polarity,
        probability=row.get("probability", 0.87),
        state=row.get("state", "settled"),
        conditions=tuple(
            StandingCondition(k, text, tuple(ids)) for k, text, ids in row.get("conditions", ())
        ),
        low=low,
        high=high,
        unit=unit,
        since=next((entry.date for entry in reversed(history) if entry.stance == stance), None),
        last=days(row.get("last")) or history[-1].date,
        independent_sources=row.get("origins", 1),
        grade=Grade(grade[0], int(grade[1])),
        likelihood=row.get("likelihood", "very likely"),
        supporting=supporting,
        opposing=opposing,
        history=history,
        reasons=tuple(
            Reason(x, *given.get(x, OWN_WORD if _BY_ID[x].self_declared else TOLD))
            for x in (*supporting, *opposing)
        ),
    )


_made = _data("gaza_standings")
STANDINGS = [_standing(row) for row in _made["standings"]]
CONFLICTS = [
    Conflict(c["id"], c["kind"], tuple(c["positions"]), tuple(c["reports"]), c["why"], *c["undertaking"])
    for c in _made["conflicts"]
]
_shared = [Origin(o["id"], o["name"], tuple(o["reports"]), o["why"]) for o in _made["origins"]]
ORIGINS = [
    *_shared,
    *(
        Origin(f"o-{r.id}", r.outlet or r.id, (r.id,), "Its own reporting.")
        for r in REPORTS
        if not any(r.id in o.reports for o in _shared)
    ),
]
ISSUES = [
    Issue("report-empty", "inbox/blank.html", "there is no text in it", "check the download"),
    Issue(
        "report-unreadable", "inbox/page-17.html", "the file ends in the middle of a tag", "fetch it again"
    ),
]
STORY = Story(
    id="gaza",
    matter=GAZA,
    title="A force for Gaza: who would come",
    names=("International Stabilisation Force", "ISF"),
    undertakings={
        "contribute_troops": "Troops",
        "contribute_police": "Police",
        "contribute_support": "Support",
        "train_police": "Train police",
        "disarm": "Disarm",
        "monitor_ceasefire": "Monitor ceasefire",
        "fund": "Fund",
    },
    conditions=(
        StoryCondition(
            "complete_ceasefire",
            "ceasefire",
            "Complete ceasefire",
            ("stops completely", "full ceasefire", "ceasefire has held"),
        ),
    ),
    scenarios={"as things stand": {"complete_ceasefire": 0.2}},
    force=Force(Requirement(20000, 20000, "the plan drawn up in Washington")),
    outlets={"Northgate Wire": "B", "Capitol Brief": "B", "The Sinai Notebook": "E"},
)
FORCE: dict[str, Any] = _data("gaza_force")

STORY_ARGUMENTS: dict[str, Any] = {
    "title": "",
    "as_of": AS_OF,
    "since": SINCE,
    "story": STORY,
    "reports": REPORTS,
    "statements": STATEMENTS,
    "positions": POSITIONS,
    "standings": STANDINGS,
    "conflicts": CONFLICTS,
    "origins": ORIGINS,
    "issues": ISSUES,
    "labels": LABELS,
    "matters": {
        GAZA: "International Stabilisation Force for Gaza",
        HAITI: "Gang Suppression Force for Haiti",
    },
    "force": FORCE,
    "made_with": "onrecord 0.1.0, positions noted by hand",
}
_nothing = ("reports", "statements", "positions", "standings", "conflicts", "origins", "issues")
EMPTY_ARGUMENTS: dict[str, Any] = {
    **STORY_ARGUMENTS,
    **{name: [] for name in _nothing},
    "title": "An empty folder",
    "since": None,
    "story": None,
    "matters": {},
    "force": None,
}

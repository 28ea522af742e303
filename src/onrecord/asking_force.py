"""The force in lines for a terminal: every number with the standings and positions it is made of.

Part of the services. In: the record of `onrecord.force.force_record`; switches as typed. Out: lines; chances.
Nothing here prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.errors import InputError
from onrecord.model.records import Record
from onrecord.vocabulary import Vocabulary, load

_WORDS = {"met": 1.0, "not_met": 0.0}
_MOST = 8  # rows of a table; --json has all
_IDS = 3  # ids in a row
_WIDTH = 52  # characters of a cell


def settled_of(switches: Sequence[str]) -> dict[str, float]:
    """Switches as typed: condition or kind -> chance that it is met, 0 to 1.

    Raises:
        InputError: one of them is no switch.

    Example:
        >>> settled_of(["ceasefire=met", "mandate=0.4"])
        {'ceasefire': 1.0, 'mandate': 0.4}
    """
    found: dict[str, float] = {}
    for switch in switches:
        name, sign, words = switch.partition("=")
        try:
            chance = _WORDS[words] if words in _WORDS else float(words)
        except ValueError:
            sign = ""
            chance = -1.0
        if not sign or not name or not 0 <= chance <= 1:
            raise InputError(
                f"{switch!r} sets no condition", value=switch, hint="write NAME=met, NAME=not_met or NAME=0.4"
            )
        found[name] = chance
    return found


def force_lines(record: Mapping[str, Any]) -> list[str]:
    """The record in lines."""
    words = load()
    labels = {c["id"]: c["label"] for c in record["conditions"]}
    day, draws = record["as_of"] or "no day", record["drawn"]["draws"]
    said = [
        f"As of {day}, scenario “{_name(record['scenario'])}”, {draws:,} draws:",
        *(f"  {line}" for line in record["lines"]),
    ]
    parts = (
        ("Required", _required(record)),
        ("Strength by scenario, persons after 12 months", _scenarios(record)),
        ("Who makes up the expected force", _made_of(record, words)),
        ("Who would do which task, gaps first", _coverage(record, words)),
        ("What would unlock most", _unlocks(record, labels)),
        ("The smallest sets that reach the requirement", _smallest(record, labels)),
        ("Whose leaving would hurt most", _leaving(record, words)),
        ("Earlier forces beside it", _precedents(record, words)),
        ("What is not from the record", iter(record["assumptions"])),
    )
    for head, lines in parts:
        told = list(lines)
        if told:
            said += ["", f"{head}:", *(f"  {line}" for line in told)]
    return said


def _required(record: Mapping[str, Any]) -> Iterator[str]:
    need = record["required"]
    figures = [f"{x:,.0f}" for x in dict.fromkeys((need["low"], need["high"])) if x is not None]
    if not figures:
        return
    word = "up to " if need["low"] is None else "at least " if need["high"] is None else ""
    source = ", found in the reports" if need["found"] else f" ({need['source']})" if need["source"] else ""
    yield f"{word}{' to '.join(figures)}{source}"
    for passage in need["passages"]:
        yield f"“{passage['text']}” in {passage['report']}, code points {passage['start']} to {passage['end']}"


def _scenarios(record: Mapping[str, Any]) -> list[str]:
    rows = [
        [
            one["name"],
            *(f"{one[k]:,}" for k in ("low", "expected", "high")),
            "" if one["chance"] is None else f"{one['chance']:.0%}",
        ]
        for one in record["scenarios"]
    ]
    return _table(["", "low", "expected", "high", "meets it"], rows)


def _made_of(record: Mapping[str, Any], words: Vocabulary) -> list[str]:
    here = next(s for s in record["scenarios"] if s["id"] == record["scenario"])
    rows = [
        [
            words.label(part["party"]),
            _task(part["task"], words),
            f"{part['expected']:,}",
            f"{part['conditions_met']:.0%}",
            part["standing"],
            _ids(part["positions"]),
        ]
        for part in here["made_of"][:_MOST]
    ]
    return _table(["party", "task", "expected", "conditions met", "standing", "positions"], rows) if rows else []


def _coverage(record: Mapping[str, Any], words: Vocabulary) -> list[str]:
    rows = [
        [
            row["label"] or _task(row["task"], words),
            "nobody" if row["nobody"] else _names(row["for"], words),
            _names(row["against"], words),
            "yes" if row["covered"] else "no",
            _ids(row["positions"]),
        ]
        for row in record["coverage"]
    ]
    return _table(["task", "for", "against", "covered", "positions"], rows) if rows else []


def _unlocks(record: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    shares = {c["id"]: c["share_of_gain"] for c in record["conditions"]}
    rows = []
    for row in record["unlock"][:_MOST]:
        own = row["ids"]
        rows.append(
            [
                " and ".join(labels.get(x, x) for x in own),
                f"{row['gain']:+,}",
                "" if row["chance"] is None else f"{row['chance']:.0%}",
                f"{shares[own[0]]:+,}" if len(own) == 1 else "",
                ", ".join(row["tasks"]),
                _ids(row["standings"]),
            ]
        )
    head = ["if met", "expected", "then meets it", "Shapley share", "covers", "standings"]
    return _table(head, rows) if rows else []


def _smallest(record: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    found = record["smallest_sets"]
    if found is None:
        return
    if found["sets"] == [[]]:
        yield "It is reached as things stand."
    elif not found["sets"]:
        cut = "" if found["complete"] else " was found before the search was cut short"
        yield (
            f"No set of conditions{cut}: {found['to_gain']:,} more are needed, all of them together gain "
            f"{found['gain_of_all']:,}."
        )
    for one in found["sets"][:_MOST] if found["sets"] != [[]] else ():
        yield " and ".join(labels.get(x, x) for x in one)


def _leaving(record: Mapping[str, Any], words: Vocabulary) -> list[str]:
    rows = [
        [
            words.label(one["party"]),
            f"{-one['loss']:,}",
            "" if one["chance_loss"] is None else f"{-100 * one['chance_loss']:.0f} points",
            _ids(one["standings"]),
        ]
        for one in record["leaving"][:_MOST]
        if one["loss"] > 0
    ]
    return _table(["party", "expected", "meets it", "standings"], rows) if rows else []


def _precedents(record: Mapping[str, Any], words: Vocabulary) -> list[str]:
    rows = [
        [
            one["name"],
            _figure(one["authorised"]),
            _figure(one["after_12_months"]),
            _figure(one["contributors"]),
            _figure(one["days_to_first_deployment"]),
            "UN" if one["under_un_command"] else one["lead"],
            ", ".join(_task(t, words) for t in one["tasks_shared"]) or "none",
        ]
        for one in record["precedents"][:_MOST]
    ]
    head = ["force", "authorised", "after a year", "contributors", "days to first", "command", "tasks in common"]
    return _table(head, rows) if rows else []


def _figure(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.0f}"


def _name(words: str) -> str:
    return words.replace("_", " ")


def _names(ids: Sequence[str], words: Vocabulary) -> str:
    return ", ".join(words.label(x) for x in ids) or "–"


def _task(task: str, words: Vocabulary) -> str:
    known = words.tasks.get(task)
    return known.label if known else _name(task)


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
    return f"{' '.join(ids[:_IDS])}{more}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side; the last two columns, which hold ids, are never cut."""
    cut = [
        [cell if n >= len(row) - 2 or len(cell) <= _WIDTH else f"{cell[: _WIDTH - 1]}…" for n, cell in enumerate(row)]
        for row in rows
    ]
    wide = [max(len(row[n]) for row in (head, *cut)) for n in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in (head, *cut)
    ]


def force_record_or_refuse(record: Mapping[str, Any] | None) -> Record:
    """The record, where there is one.

    Raises:
        InputError: neither the story nor the reports tell of a force.
    """
    if record is None:
        raise InputError(
            "neither the story nor the reports tell of a force",
            hint="describe it under `force:` in the story, as examples/gaza-isf/story.yaml does",
        )
    return dict(record)

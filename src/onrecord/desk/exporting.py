"""What people decided, to be taken along: as gold for `onrecord score`, and as passages to train on.

In: a desk. Out: records, one a line. `docs/desk.md` describes the forms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.desk.desk import Desk
from onrecord.model import Position, Report
from onrecord.model.records import Record, position_record
from onrecord.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\s*\n")
NEIGHBOURS = 1
"""Sentences taken along on either side of a passage: conditions often stand in the next one."""


def lines(records: Iterable[Record]) -> str:
    """Records as JSON Lines."""
    return "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in records)


def gold(desk: Desk) -> list[Record]:
    """The positions of every report in which somebody decided on something, as gold.

    What was confirmed or corrected stands as it is; what was rejected is not there; what nobody has decided on is
    ``optional``, so that a score neither rewards nor misses it.
    """
    told, rows = desk.decisions(), desk.rows()
    decided = _decided(desk)
    found = []
    for name in sorted({report for report, _ in decided}):
        for p in rows.by_report.get(name, ()):
            by = [d.by for d in told.holding(p.id.rpartition("+")[0] if _is_part(p.id) else p.id)]
            record = {**position_record(p), "optional": not by, "decided_by": sorted(set(by))}
            if p.id in told.disputed:
                # Where persons differ there is no gold yet.
                record["optional"] = True
            found.append(record)
    return found


def passages(desk: Desk) -> list[Record]:
    """Passages in which every position has been decided on, with the positions that stand: what training reads.

    A passage whose positions were all rejected has none: it teaches what is no position.
    """
    rows, decided, told = desk.rows(), _decided(desk), desk.decisions()
    found: list[Record] = []
    for name in sorted({report for report, _ in decided}):
        report = rows.reports[name]
        shown = rows.by_report.get(name, ())
        raw = {p.id: p for p in desk.ledger.positions(report=name, raw=True)}
        gone = [p for x, p in raw.items() if (name, x) in decided and x not in {q.id for q in shown}]
        open_ = [p for p in shown if not _settled(p, name, decided)]
        open_ += [p for p in (*shown, *gone) if p.id in told.disputed]
        places = sorted({_window(report.text, p) for p in [*shown, *gone] if p not in open_})
        for n, (start, end) in enumerate(_joined(places), 1):
            if any(p.evidence.start < end and start < p.evidence.end for p in open_):
                continue
            inside = [p for p in shown if start <= p.evidence.start and p.evidence.end <= end]
            found.append(_passage(report, f"{name}-{n:03d}", start, end, inside, desk.vocabulary))
    return found


def _decided(desk: Desk) -> set[tuple[str, str]]:
    """(report, position) of every position on which a decision holds."""
    told, rows = desk.decisions(), desk.rows()
    found = set()
    for target, ours in told.on.items():
        if not any(d.kind == "position" and d.holds for d in ours):
            continue
        position = rows.position.get(target)
        noun = position or desk.ledger.find(target)
        if isinstance(noun, Position):
            found.add((noun.report, target))
    return found


def _is_part(name: str) -> bool:
    return name.rpartition("+")[2].isdigit() and "+" in name


def _settled(position: Position, report: str, decided: set[tuple[str, str]]) -> bool:
    whole = position.id.rpartition("+")[0] if _is_part(position.id) else position.id
    return (report, position.id) in decided or (report, whole) in decided


def sentences(text: str) -> list[tuple[int, int]]:
    r"""The sentences of a text as (start, end), by punctuation and blank lines alone.

    Example:
        >>> sentences("One. Two said \"no.\" Three")
        [(0, 4), (5, 19), (20, 25)]
    """
    found, at = [], 0
    for gap in _SENTENCE_END.finditer(text):
        end = gap.start() + len(gap.group().rstrip()) if gap.group().strip() else gap.start()
        if end > at:
            found.append((at, end))
        at = gap.end()
    if at < len(text.rstrip()):
        found.append((at, len(text.rstrip())))
    return found


def _window(text: str, position: Position) -> tuple[int, int]:
    whole = sentences(text)
    spans = [position.evidence, *(c.span for c in position.conditions)]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    inside = [n for n, (a, b) in enumerate(whole) if a < last and first < b]
    if not inside:
        return first, last
    start = whole[max(0, inside[0] - NEIGHBOURS)][0]
    end = whole[min(len(whole) - 1, inside[-1] + NEIGHBOURS)][1]
    return min(start, first), max(end, last)


def _joined(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in places:
        if current is not None and start < current[1]:
            current = (current[0], max(end, current[1]))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _passage(
    report: Report, name: str, start: int, end: int, positions: Sequence[Position], vocabulary: Vocabulary
) -> Record:
    text = report.text[start:end]
    day = report.published.day if report.published else None
    return {
        "id": name,
        "story": next((p.matter for p in positions if p.matter), None),
        "manner": "report",
        "outlet": report.outlet,
        "published": day.isoformat() if day else None,
        "text": text,
        "positions": [_trained(p, text, vocabulary) for p in positions],
    }


def _trained(position: Position, text: str, vocabulary: Vocabulary) -> Record:
    said, quantity = position.said_on, position.quantity

    def held(words: str | None) -> str:
        return words if words and words in text else ""

    return {
        "holder": position.holder,
        "holder_text": _mention(position.holder, position.evidence.text, vocabulary),
        "performer": position.performer,
        "performer_text": ""
        if position.performer == position.holder
        else _mention(position.performer, position.evidence.text, vocabulary),
        "task": position.task,
        "object": held(position.object.text if position.object else None),
        "stance": position.stance,
        "cue": held(position.cue.text if position.cue else None),
        "conditions": [[c.kind, held(c.span.text)] for c in position.conditions],
        "quantity": None
        if quantity is None
        else [quantity.low, quantity.high, quantity.unit, held(quantity.span.text)],
        "chain": [[x.name, x.kind] for x in position.chain],
        "self": position.self_declared,
        "said_on": said.day.isoformat() if said and said.day else None,
        "evidence": position.evidence.text,
        "optional": False,
    }


def _mention(actor: str, evidence: str, vocabulary: Vocabulary) -> str:
    """How the passage names a party: the longest of its names that stands there, or nothing."""
    known = vocabulary.actors.get(actor)
    if known is None:
        return ""
    names = {known.label, *known.names, *known.abbreviations}
    found = [n for n in names if n and re.search(rf"\b{re.escape(n)}\b", evidence)]
    return max(found, key=len, default="")

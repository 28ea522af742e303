"""Exported positions against hand-made gold: the measures of the export contract, as one function.

In: records of gold and of predictions, optionally of reports. Out: figures with their counts, and the errors
one by one.

  detect     F1 of finding (report, holder, performer, task)
  polarity   F1 of the same with the polarity right
  stance     accuracy of the exact stance among the gold found
  condition  F1 of the kinds of condition, over the gold found and their matches
  quantity   accuracy of (low, high) over the gold found that has a figure
  upstream   share of the gold found whose chain names the speaker or outlet that the gold names first
  evidence   share of all predictions whose offsets reproduce their text (needs the reports)

"Not unless C" (refused, opposes) and "ready if C" (offered, supports) count as the same where both carry a
condition of a common kind. One prediction serves one gold position at the most; what gold calls optional is
neither rewarded nor missed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ReportUnreadable
from onrecord.vocabulary import load

Row = Mapping[str, Any]
Figure = dict[str, float | int] | None
_STOP = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "us",
        "official",
        "officials",
        "anonymous",
        "minister",
        "president",
        "per",
    }
)


_NEEDED = ("report", "holder", "task", "stance")
_FORM = "give JSON Lines in the forms of docs/records.md"


@dataclass(frozen=True, slots=True)
class Score:
    """Figures by measure (None where there was nothing to score), and the errors, one line each."""

    figures: dict[str, Figure]
    errors: tuple[str, ...]


def read_records(path: Path) -> list[Row]:
    """The records of a JSON Lines file.

    Raises:
        ReportUnreadable: it is no text, or a line is no JSON object; the message names it.
    """
    try:
        # Not splitlines(): that cuts at more characters than JSON Lines does, and texts hold them.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise ReportUnreadable(f"{path} cannot be read: {reason}", value=str(path), hint=_FORM) from error
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = f"{path}, line {number}: this is no JSON"
            raise ReportUnreadable(what, value=line[:80], hint=_FORM) from error
        if not isinstance(row, dict):
            raise ReportUnreadable(
                f"{path}, line {number}: this is no JSON object", value=line[:80], hint=_FORM
            )
        rows.append(row)
    return rows


def _positions(path: Path) -> list[Row]:
    """The records of a file, each a position as far as the scoring reads it."""
    rows = read_records(path)
    for number, row in enumerate(rows, 1):
        for field in _NEEDED:
            if not isinstance(row.get(field), str):
                what = f"{path}, record {number}: there is no {field!r}, so it is no position"
                raise ReportUnreadable(what, value=field, hint=_FORM)
    return rows


def score_files(gold: Path, predicted: Path, reports: Path | None = None) -> Score:
    """Score one file against another; see :func:`score`."""
    return score(_positions(gold), _positions(predicted), read_records(reports) if reports else None)


def _kinds(row: Row) -> set[str]:
    return {c["kind"] for c in row.get("conditions") or []}


def _performer(row: Row) -> str:
    return str(row.get("performer") or row["holder"])


def _same_in_substance(gold: Row, found: Row) -> bool:
    pair = {gold["stance"], found["stance"]}
    return pair in ({"refused", "offered"}, {"opposes", "supports"}) and bool(_kinds(gold) & _kinds(found))


def _stance_right(gold: Row, found: Row) -> bool:
    return bool(gold["stance"] == found["stance"]) or _same_in_substance(gold, found)


def _polarity_right(gold: Row, found: Row) -> bool:
    stances = load().stances
    a, b = (getattr(stances.get(row["stance"]), "polarity", None) for row in (gold, found))
    return _same_in_substance(gold, found) or a == b


def _same_party(gold: str, found: str) -> bool:
    if gold.startswith("group:") and found.startswith("group:"):
        return bool(set(gold[6:].split("_")) & set(found[6:].split("_")))
    return gold == found


def _key_right(gold: Row, found: Row) -> bool:
    return (
        gold["report"] == found["report"]
        and _same_party(gold["holder"], found["holder"])
        and _same_party(_performer(gold), _performer(found))
        and found["task"] in {gold["task"], *gold.get("task_accept", [])}
    )


def _collapse(rows: Sequence[Row]) -> list[dict[str, Any]]:
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["report"], row["holder"], _performer(row), row["task"], row["stance"])
        if key in seen:
            seen[key]["conditions"] = (seen[key].get("conditions") or []) + (row.get("conditions") or [])
            seen[key]["quantity"] = seen[key].get("quantity") or row.get("quantity")
        else:
            seen[key] = dict(row)
    return list(seen.values())


def _match(gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    pairs = [
        (-(2 * _stance_right(a, b) + _polarity_right(a, b) + len(_kinds(a) & _kinds(b)) / 4), f, g)
        for g, a in enumerate(gold)
        for f, b in enumerate(found)
        if a["report"] == b["report"] and _key_right(a, b)
    ]
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for _, f, g in sorted(pairs):
        if g not in matched and f not in taken:
            matched[g] = f
            taken.add(f)
    return matched


def _f1(hit: int, found: int, wanted: int) -> Figure:
    if not found and not wanted:
        return None
    p, r = (hit / found if found else 0.0), (hit / wanted if wanted else 0.0)
    return {
        "p": round(p, 4),
        "r": round(r, 4),
        "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0,
        "hit": hit,
        "found": found,
        "gold": wanted,
    }


def _share(hit: int, of: int) -> Figure:
    return {"share": round(hit / of, 4), "hit": hit, "of": of} if of else None


def _names(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.lower()) if w not in _STOP and len(w) > 1}


def score(gold: Sequence[Row], predicted: Sequence[Row], reports: Sequence[Row] | None = None) -> Score:
    """Score predicted positions.

    Args:
        gold: gold positions; may carry ``optional`` and ``task_accept``.
        predicted: positions of the export.
        reports: reports of the export: checks the evidence, and grades reports in which gold holds nothing as
            well.
    """
    graded = {r["id"] for r in reports} if reports is not None else {g["report"] for g in gold}
    wanted = _collapse(gold)
    found = _collapse([p for p in predicted if p["report"] in graded])
    matched = _match(wanted, found)
    need = {g for g, row in enumerate(wanted) if not row.get("optional")}
    free = {f for g, f in matched.items() if g not in need}
    hits = [g for g in matched if g in need]
    counts: Counter[str] = Counter()
    for g in hits:
        _count(counts, wanted[g], found[matched[g]])
    counted = len(found) - len(free)
    figures: dict[str, Figure] = {
        "detect": _f1(len(hits), counted, len(need)),
        "polarity": _f1(counts["polarity"], counted, len(need)),
        "stance": _share(counts["stance"], len(hits)),
        "condition": _f1(counts["c_hit"], counts["c_found"], counts["c_gold"]),
        "quantity": _share(counts["q_hit"], counts["q"]),
        "upstream": _share(counts["u_hit"], counts["u"]),
    }
    if reports is not None:
        text = {r["id"]: r["text"] for r in reports}
        whole = sum(1 for p in predicted if _reproduces(p, text.get(p["report"], "")))
        figures["evidence"] = _share(whole, len(predicted))
    return Score(figures, tuple(_errors(wanted, found, matched, need)))


def lines(result: Score) -> list[str]:
    """The figures for a terminal, one measure a line.

    Example:
        >>> lines(Score({"stance": {"share": 0.5, "hit": 1, "of": 2}, "quantity": None}, ()))
        ['stance     share 0.5  hit 1  of 2', 'quantity   n/a']
    """
    return [
        f"{name:10} " + ("n/a" if figure is None else "  ".join(f"{k} {v}" for k, v in figure.items()))
        for name, figure in result.figures.items()
    ]


def _reproduces(row: Row, text: str) -> bool:
    e = row.get("evidence")
    return isinstance(e, Mapping) and bool(e.get("text")) and text[e["start"] : e["end"]] == e["text"]


def _count(counts: Counter[str], gold: Row, found: Row) -> None:
    counts["polarity"] += _polarity_right(gold, found)
    counts["stance"] += _stance_right(gold, found)
    a, b = _kinds(gold), _kinds(found)
    counts["c_hit"] += len(a & b)
    counts["c_found"] += len(b)
    counts["c_gold"] += len(a)
    want = gold.get("quantity")
    if want and not want.get("unscored"):
        counts["q"] += 1
        have = found.get("quantity") or {}
        counts["q_hit"] += (have.get("low"), have.get("high")) == (want["low"], want["high"])
    if gold.get("chain"):
        counts["u"] += 1
        chain = " ".join(
            str(x.get("name", x) if isinstance(x, Mapping) else x) for x in found.get("chain") or []
        )
        first = gold["chain"][0]
        counts["u_hit"] += bool(
            _names(str(first.get("name", first) if isinstance(first, Mapping) else first)) & _names(chain)
        )


def _errors(
    gold: Sequence[Row], found: Sequence[Row], matched: Mapping[int, int], need: set[int]
) -> list[str]:
    def line(row: Row) -> str:
        e = row.get("evidence")
        figure = (row.get("quantity") or {}).get("text", "")
        passage = e["text"] if isinstance(e, Mapping) else e
        key = f"{row['report']} {row['holder']}/{_performer(row)} {row['task']} {row['stance']}"
        return f"{key} {sorted(_kinds(row))} {figure} | {passage}"

    lines = [f"MISSED {line(gold[g])}" for g in sorted(need) if g not in matched]
    lines += [
        f"WRONG  {line(gold[g])} -> {found[matched[g]]['stance']}"
        for g in sorted(need)
        if g in matched and not _polarity_right(gold[g], found[matched[g]])
    ]
    used = set(matched.values())
    return lines + [f"EXTRA  {line(row)}" for f, row in enumerate(found) if f not in used]

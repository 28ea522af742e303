"""Pairs of gold and found positions -> figures with intervals: by measure, by class, by task, by stance.

In: gold and found, report by report, and the contract's scorer. Out: counts and shares. All measures are
sums over reports, so that a resample of reports is a sum of rows of counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

Row = dict[str, Any]
ROUNDS = 1000
FEWEST = 5
"""Reports from which an interval is given; resamples of fewer say nothing."""
F1 = ("detect", "polarity", "condition")
SHARES = ("stance", "quantity", "upstream", "evidence")
MEASURES = ("detect", "polarity", "stance", "condition", "quantity", "upstream", "evidence")


@dataclass
class Outcome:
    """What the scorer made of one report.

    Attributes:
        counts: for each measure (hit, found, gold), or (hit, of, of) for a share.
        wanted: required gold: the row, whether it was found, with the polarity, with the stance.
        noted: found and neither good nor bad by rule (optional gold) left out: the row, whether it matched,
        whether
            with the stance.
    """

    report: str
    counts: np.ndarray
    wanted: list[tuple[Row, bool, bool, bool]] = field(default_factory=list)
    noted: list[tuple[Row, bool, bool]] = field(default_factory=list)


def outcome(scorer: ModuleType, report: Row, gold: Sequence[Row], found: Sequence[Row]) -> Outcome:
    """Score one report."""
    result, gold_rows, found_rows, paired, need = scorer.score(list(gold), list(found), [report])
    counts = np.zeros((len(MEASURES), 3))
    for i, name in enumerate(MEASURES):
        value = result[name]
        if value:
            three = ("hit", "found", "gold") if name in F1 else ("hit", "of", "of")
            counts[i] = [value[key] for key in three]
    made = Outcome(report["id"], counts)
    for g in sorted(need):
        one = gold_rows[g]
        other = found_rows[paired[g]] if g in paired else None
        right = other is not None and scorer.polarity_right(one, other)
        made.wanted.append((one, other is not None, right, other is not None and _same(scorer, one, other)))
    partner = {f: g for g, f in paired.items()}
    for f, other in enumerate(found_rows):
        at = partner.get(f)
        if at is None:
            made.noted.append((other, False, False))
        elif at in need:
            made.noted.append((other, True, _same(scorer, gold_rows[at], other)))
    return made


def _same(scorer: ModuleType, gold: Row, found: Row) -> bool:
    return bool(gold["stance"] == found["stance"] or scorer.same_in_substance(gold, found))


def value(name: str, counts: np.ndarray) -> np.ndarray:
    """A measure from its counts ``[..., 3]``; nan where nothing was there to score."""
    hit, found, gold = counts[..., 0], counts[..., 1], counts[..., 2]
    of = found + gold if name in F1 else gold
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((2 * hit if name in F1 else hit) / of)


def table(outcomes: Sequence[Outcome], seed: int = 0) -> dict[str, Row | None]:
    """Every measure with its 95 % interval: percentiles of 1,000 resamples of the reports (five at least)."""
    if not outcomes:
        return dict.fromkeys(MEASURES)
    counts = np.stack([o.counts for o in outcomes])
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=ROUNDS)
    sums = np.einsum("rn,nmk->rmk", drawn, counts)
    made: dict[str, Row | None] = {}
    for i, name in enumerate(MEASURES):
        hit, found, gold = counts[:, i].sum(0)
        middle = float(value(name, counts[:, i].sum(0)))
        if np.isnan(middle):
            made[name] = None
            continue
        interval = None
        if len(counts) >= FEWEST:
            low, high = np.nanpercentile(value(name, sums[:, i]), [2.5, 97.5])
            interval = [round(float(low), 4), round(float(high), 4)]
        made[name] = {"value": round(middle, 4), "ci": interval}
        if name in F1:
            made[name] |= {  # type: ignore[operator]
                "p": round(float(hit / found), 4) if found else None,
                "r": round(float(hit / gold), 4) if gold else None,
                "hit": int(hit),
                "found": int(found),
                "gold": int(gold),
            }
        else:
            made[name] |= {"hit": int(hit), "of": int(gold)}  # type: ignore[operator]
    return made


def by_class(outcomes: Sequence[Outcome], classes: dict[str, Sequence[str]]) -> dict[str, Row]:
    """The figures of each class of hard case, over the passages that hold it; ``none`` holds the others."""
    names = sorted({c for found in classes.values() for c in found})
    made = {}
    for name in names:
        some = [o for o in outcomes if name in classes[o.report]]
        figures = table(some)
        made[name] = {
            "passages": len(some),
            "positions": sum(len(o.wanted) for o in some),
            **{m: figures[m] for m in ("detect", "polarity", "stance", "condition", "quantity")},
        }
    return made


def by_field(outcomes: Sequence[Outcome], key: str) -> dict[str, Row]:
    """By task or stance: required gold and how much of it was found; what was found and how much of it was
    right."""
    made: dict[str, Row] = {}
    zero = {"gold": 0, "found": 0, "polarity": 0, "stance": 0, "noted": 0, "noted_right": 0}
    for o in outcomes:
        for row, found, right, same in o.wanted:
            one = made.setdefault(row[key], dict(zero))
            one["gold"] += 1
            one["found"] += found
            one["polarity"] += right
            one["stance"] += same
        for row, _, same in o.noted:
            one = made.setdefault(row[key], dict(zero))
            one["noted"] += 1
            one["noted_right"] += same
    return dict(sorted(made.items(), key=lambda x: -x[1]["gold"]))

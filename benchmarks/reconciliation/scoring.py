"""Scores of answers against the truth: accuracy, Brier score, calibration; and pairs of reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from benchmarks.reconciliation.peers import Answer

BINS = 10


@dataclass
class Tally:
    """Answers and truths, added up.

    Attributes:
        right: answers that were right.
        brier: sum of squared errors over the three classes.
        bins: for each tenth of stated confidence: answers, sum of confidence, right ones.
    """

    count: int = 0
    right: int = 0
    brier: float = 0.0
    bins: list[list[float]] = field(default_factory=lambda: [[0.0, 0.0, 0.0] for _ in range(BINS)])

    def add(self, chances: Answer, truth: int, answer: int | None = None) -> None:
        """Count one answer; the likeliest class where none is given."""
        said = answer if answer is not None else max(range(3), key=lambda n: chances[n])
        self.count += 1
        self.right += said == truth
        self.brier += sum((c - (n == truth)) ** 2 for n, c in enumerate(chances))
        confidence = chances[said]
        place = self.bins[min(BINS - 1, int(confidence * BINS))]
        place[0] += 1
        place[1] += confidence
        place[2] += said == truth

    def scores(self) -> dict[str, float]:
        """Accuracy, Brier score (0 best, 2 worst) and expected calibration error."""
        off = sum(abs(confidence - right) for _, confidence, right in self.bins)
        return {
            "accuracy": round(self.right / self.count, 4),
            "brier": round(self.brier / self.count, 4),
            "calibration_error": round(off / self.count, 4),
        }


def pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """All pairs of reports within a group."""
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def f1(found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    hit = len(found & gold)
    precision = hit / len(found) if found else 0.0
    recall = hit / len(gold) if gold else 0.0
    both = precision + recall
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / both, 3) if both else 0.0,
    }

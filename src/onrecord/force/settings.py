"""What an assessment can be told: frozen, made by the entry point."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How a force is added up. What a past force can tell stands in the tables, not here.

    Attributes:
        interval: share of the draws between low and high (0.8: the 10th to the 90th of a hundred).
        months: how long after the day of the assessment the strength is told for, 6 or 12.
        largest_set: how many conditions a set of conditions to unlock may hold when all are listed.
        search_nodes: nodes that the search for the smallest sets may open before it says that it gave up.
        unlock_draws: draws used for the chance of each unlock set; the first of all draws.
        counted_from: a task without a figure counts as covered where a party comes with at least this chance.
        share_cap: the most of a pledge that counts as delivered on it; what grows beyond is another decision.
        wording: share of the content words of a story's wording that a condition's text must hold to be it.
        count_open: whether parties that have not spoken for themselves count as if they were considering it.
    """

    interval: float = 0.8
    months: int = 12
    largest_set: int = 3
    search_nodes: int = 2_000_000
    unlock_draws: int = 20_000
    counted_from: float = 0.5
    share_cap: float = 2.0
    wording: float = 0.6
    count_open: bool = False

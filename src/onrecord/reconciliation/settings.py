"""Every threshold of the reconciliation, in one frozen value made at the entry point.

Comes in: nothing. Goes out: `Settings`. `docs/reconciliation.md` gives the reason for each default.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds, in days unless said otherwise.

    Attributes:
        stale_days: without a word for so long before the date, a standing is `stale`. A quarter of a year:
            shorter than a parliamentary recess would call every party silent that waits for a vote.
        same_time_days: words no further apart than this (middle to middle) are taken to be of the same time.
            A week
            and the weekend around it: the time in which a ministry answers a report.
        citing_days: a report that cites an outlet is taken to cite what that outlet published so many days
            before.
        saying_days: a saying whose day is not told is taken to be no older than its report by more than this.
        figure_days: two second-hand reports with the same figure within so many days rest on one origin.
        tenfold: two figures whose ratio is this number of times ten, within this share, are one with a lost
            digit.
        quoted_words: so many quoted words in a row, shared by two reports, are one utterance.
        shared_text: share of the shorter text's word sequences that makes two texts one (0 to 1).
        pair_score: strength of evidence from which two reports share an origin (see `report_origins`).
        change_days: mean number of days for which a stance persists, in the model of chances.
        outlet_claims: an outlet's record counts against it from so many claims on.
        outlet_errors: and from this share of doubtful claims on (0 to 1).
    """

    stale_days: int = 90
    same_time_days: int = 10
    citing_days: int = 30
    saying_days: int = 2
    figure_days: int = 7
    tenfold: float = 0.001
    quoted_words: int = 5
    shared_text: float = 0.5
    pair_score: int = 2
    change_days: float = 240.0
    outlet_claims: int = 5
    outlet_errors: float = 0.2

"""Days and stretches of days: what a text says of time, no more precise than it says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """A stretch of days, both ends included; one day where the two are equal.

    Attributes:
        earliest: the first day it can be.
        latest: the last day it can be.
        inferred: true where it was concluded (from weekday, event, neighbouring reports), not printed as a date.

    Example:
        >>> DateRange.on(date(2025, 11, 17)).day
        datetime.date(2025, 11, 17)
        >>> DateRange(date(2025, 11, 1), date(2025, 11, 30), inferred=True).day is None
        True
    """

    earliest: date
    latest: date
    inferred: bool = False

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"a range that ends ({self.latest}) before it begins ({self.earliest})")

    @classmethod
    def on(cls, day: date, *, inferred: bool = False) -> DateRange:
        """The range that is one day."""
        return cls(day, day, inferred)

    @property
    def day(self) -> date | None:
        """The day, where there is just one."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def middle(self) -> date:
        """The day in the middle, for ordering and for charts only: never shown as the date."""
        return self.earliest + (self.latest - self.earliest) // 2

    def before(self, other: DateRange) -> bool:
        """Whether it certainly ends before the other begins."""
        return self.latest < other.earliest

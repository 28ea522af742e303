"""Spans: a passage of a report's text, with offsets that reproduce it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import EvidenceMismatch


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of a text.

    Attributes:
        start: first code point, counted from 0.
        end: one past the last code point.
        text: what stands there, exactly.

    Raises:
        EvidenceMismatch: when the offsets cannot hold the text (negative, empty, or of another length).

    Example:
        >>> Span.of("Baku said no.", 0, 4)
        Span(start=0, end=4, text='Baku')
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start or self.end - self.start != len(self.text):
            raise EvidenceMismatch(
                f"a span from {self.start} to {self.end} cannot hold {self.text[:60]!r}",
                value=(self.start, self.end, self.text),
                hint="make spans with Span.of(text, start, end)",
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``, white space at its ends left out.

        Raises:
            EvidenceMismatch: when nothing is left, or the offsets lie outside the text.
        """
        if not 0 <= start <= end <= len(text):
            raise EvidenceMismatch(f"{start} to {end} lies outside a text of {len(text)}", value=(start, end))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(start, end, text[start:end])

    def check(self, text: str) -> None:
        """Refuse the span unless it reproduces its text in ``text``.

        Raises:
            EvidenceMismatch: when it does not.
        """
        if text[self.start : self.end] != self.text:
            raise EvidenceMismatch(
                f"{self.start} to {self.end} reads {text[self.start : self.end][:60]!r}, not {self.text[:60]!r}",
                value=(self.start, self.end, self.text),
            )

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

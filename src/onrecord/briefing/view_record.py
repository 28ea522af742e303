"""The second half of the brief, frozen: timeline, standings in full, sources, reports, the guide.

See `onrecord.briefing.view` for the first half and the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.briefing.charts import Steps
from onrecord.briefing.origin_chart import OriginChart
from onrecord.briefing.pieces import Chip, Link, Passage, Ref, Token
from onrecord.briefing.view_answer import Cell
from onrecord.briefing.when import When
from onrecord.model import Polarity


@dataclass(frozen=True, slots=True)
class Event:
    """One stance on the timeline, told once however many reports carry it."""

    undertaking: str
    stance: str
    polarity: Polarity
    anchor: str
    said: bool
    published: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or stretch of days, of the timeline; ``when`` is None for what has no date at all."""

    when: When | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A position that a standing was made from, and why it counts as it does."""

    passage: Passage
    weight: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A stretch of a standing's history in words."""

    date: When | None
    stance: str
    polarity: Polarity
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A standing in full."""

    anchor: str
    party: str
    undertaking: str
    matter: str
    cell: Cell
    state: str
    since: When | None
    likelihood: str
    grade: str
    grade_gloss: str
    steps: Steps | None
    history: tuple[HistoryLine, ...]
    supporting: tuple[Weighed, ...]
    opposing: tuple[Weighed, ...]
    more: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A piece of background: whose, what, the figure, the time, who says so, and where it stands."""

    whose: str
    what: str
    figure: str
    period: str
    days: When | None
    speaker: str
    outlet: str
    published: When | None
    anchor: str
    tokens: tuple[Token, ...]
    plain: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The background of one kind."""

    label: str
    lines: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A report in the table of sources."""

    report: Link
    outlet: str
    published: When | None
    grade: str
    note: str
    positions: int


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The reports that rest on one origin; ``shared`` where they are more than one."""

    anchor: str
    name: str
    why: str
    shared: bool
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Reports by origin, the outlets that only repeat others here, and the shared origins as a picture."""

    groups: tuple[SourceGroup, ...]
    repeaters: tuple[str, ...]
    chart: OriginChart | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A position in the margin of its report."""

    anchor: str
    passage: Passage
    figure: str
    chips: tuple[Chip, ...]
    matter: str
    confidence: str
    standing: str
    used: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report in full."""

    anchor: str
    title: str
    outlet: str
    published: When | None
    url: str
    url_text: str
    same_text_as: Link | None
    upstream: tuple[str, ...]
    origin: Link | None
    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NotRead:
    """An input that could not be read, or something in it that was set aside."""

    where: str
    message: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class GuideTable:
    """A table of the last section: words and what they mean."""

    title: str
    intro: str
    rows: tuple[tuple[str, str, Polarity | None], ...]

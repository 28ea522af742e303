"""The first half of the brief, frozen: bottom line, board, changes, disputes, conditions.

Each class is one section or a part of one, in the order of the page. All text has been made visible; nothing
is escaped yet. See `onrecord.briefing.view` for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.briefing.charts import Lanes
from onrecord.briefing.condition_charts import Grid, StateLanes
from onrecord.briefing.flow_chart import FlowChart
from onrecord.briefing.pieces import Chip, Link, Passage, Ref, Text
from onrecord.briefing.when import When
from onrecord.model import Polarity


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the header."""

    number: int
    label: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the bottom line.

    Attributes:
        topic: what it is about, in a word.
        polarity: of what it tells, or None.
        text: the sentence.
        passage: the most telling passage it rests on, or None.
        anchor: its fragment.
    """

    topic: str
    polarity: Polarity | None
    text: Text
    passage: Passage | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One standing on the board; ``recent`` where its last word needs no year to be understood."""

    anchor: str
    stance: str
    polarity: Polarity
    figure: str
    chips: tuple[Chip, ...]
    last: When | None
    recent: bool
    origins: int
    state: str
    change: str
    direction: int
    toward: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A task on the board.

    Attributes:
        task: its id.
        label, gloss: for people.
        tally: how many standings of the parties' own doing have each polarity.
        nobody: whether no party is on record for it.
    """

    task: str
    label: str
    gloss: str
    tally: Mapping[Polarity, int]
    nobody: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A party (its id) on the board: for each column its standings, and what others want of it."""

    party: str
    label: str
    cells: tuple[tuple[Cell, ...], ...]
    others: tuple[Other, ...]
    search: str


@dataclass(frozen=True, slots=True)
class Other:
    """A party's stance on another's doing something."""

    holder: str
    performer: str
    task: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Board:
    """One matter: its parties by tasks.

    Attributes:
        anchor: its fragment.
        title: the matter.
        summary: who is for and who against, in a sentence; empty for the matter of the bottom line.
        columns, rows: the board.
        others: what parties want of one another.
        lanes: the parties over time on the first task, or None.
    """

    anchor: str
    title: str
    summary: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    others: tuple[Other, ...]
    lanes: Lanes | None


@dataclass(frozen=True, slots=True)
class Change:
    """A standing that is not what it was; ``before`` is empty for one that is new on record."""

    undertaking: str
    matter: str
    anchor: str
    before: str
    before_polarity: Polarity | None
    after: str
    after_polarity: Polarity
    direction: int
    date: When | None
    refs: tuple[Ref, ...]
    before_refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day.

    Attributes:
        since: the day, or None where none was given.
        items: the changes, latest first.
        heard_again: parties heard again without a change.
        silent: how many standings nobody has spoken of since.
        flows: how stances moved, a picture for each matter in which one did.
    """

    since: When | None
    items: tuple[Change, ...]
    heard_again: tuple[Link, ...]
    silent: int
    flows: tuple[FlowChart, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict, with its passages side by side."""

    anchor: str
    why: str
    undertaking: str
    standing: str
    passages: tuple[Passage, ...]
    more: tuple[Ref, ...]
    reports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DisputeKind:
    """The conflicts of one kind."""

    kind: str
    label: str
    gloss: str
    items: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """One party's naming of a condition."""

    party: str
    words: str
    refs: tuple[Ref, ...]
    undertaking: str
    stance: str
    polarity: Polarity
    anchor: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """A condition and all who name it; not ``shared`` where each party means something of its own.

    ``state`` is what is known of it as of the day, in words, where it is one for all who name it. ``anchor`` is its
    fragment; ``followed`` the ids under which reconciliation follows it.
    """

    label: str
    kind: str
    shared: bool
    gloss: str
    parties: int
    namings: tuple[Naming, ...]
    state: str = ""
    anchor: str = ""
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionPictures:
    """Which party names which condition, and the states over time; None where there is nothing to draw."""

    grid: Grid | None
    states: StateLanes | None

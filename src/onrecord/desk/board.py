"""The board of one matter as somebody asks for it: narrowed to some parties, tasks and stances.

In: a :class:`onrecord.briefing.view_answer.Board` and what is asked for. Out: a board with fewer rows, columns and
cells. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from onrecord.briefing.charts import LANE_HEIGHT, LANE_TOP, Dot, Lane, Lanes
from onrecord.briefing.view_answer import Board, Cell, Other, Row

MOST_ROWS = 60
"""Parties shown at first; the rest on demand. A table of more rows is read by its filter anyway."""

MOST_OTHERS, MOST_IN_A_ROW = 60, 4
"""Stances on others' doing shown at first, in the table of their own and in a party's row."""

MOST_LANES, MOST_DOTS, BIN = 40, 600, 6.0
"""Parties drawn over time, and passages drawn as dots: of more, one dot stands for those within so many units."""


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What is asked for; None, empty and False ask for all.

    Attributes:
        party: part of a name or id.
        task: id of a task.
        polarity: for, leaning, open or against.
        contested: only what is not settled.
        changed: only what changed since the chosen day.
        heard: only what somebody spoke of on this day or later.
        everything: all rows, however many.
    """

    party: str = ""
    task: str = ""
    polarity: str = ""
    contested: bool = False
    changed: bool = False
    heard: date | None = None
    everything: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for that leaves cells out."""
        return bool(self.polarity or self.contested or self.changed or self.heard)

    @property
    def asked(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.narrows or self.party or self.task)

    def fits(self, cell: Cell) -> bool:
        """Whether a cell is of what is asked for."""
        return (
            (not self.polarity or cell.polarity == self.polarity)
            and (not self.contested or cell.state != "settled")
            and (not self.changed or bool(cell.change))
            and (self.heard is None or (cell.last is not None and cell.last.latest >= self.heard))
        )


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A narrowed board.

    Attributes:
        board: with the rows that are shown.
        parties: how many parties fit.
        of: how many there are.
        cells: how many standings are shown.
        others_of: how many stances on others' doing fit.
    """

    board: Board
    parties: int
    of: int
    cells: int
    others_of: int = 0

    @property
    def left_out(self) -> int:
        """Parties that fit and are not shown."""
        return self.parties - len(self.board.rows)

    @property
    def others_left_out(self) -> int:
        """Stances on others' doing that fit and are not shown."""
        return self.others_of - len(self.board.others)


def narrowed(board: Board, asked: BoardFilter) -> BoardShown:
    """The board with what is asked for alone."""
    places = [n for n, c in enumerate(board.columns) if asked.task in {"", c.task}]
    wanted = asked.party.strip().casefold()
    rows = [x for x in (_row(r, places, asked) for r in board.rows if wanted in r.search) if x is not None]
    shown = rows if asked.everything else rows[:MOST_ROWS]
    labels = {r.label for r in rows}
    others = [
        o
        for o in board.others
        if asked.fits(o.cell)
        and (not wanted or {o.holder, o.performer} & labels)
        and (not asked.task or any(board.columns[n].label.casefold() == o.task.casefold() for n in places))
    ]
    cells = sum(len(c) for r in shown for c in r.cells)
    made = replace(
        board,
        columns=tuple(board.columns[n] for n in places),
        rows=tuple(shown),
        others=tuple(others if asked.everything else others[:MOST_OTHERS]),
        lanes=lanes_of(board.lanes, {r.label for r in shown}) if board.lanes else None,
    )
    return BoardShown(made, len(rows), len(board.rows), cells, len(others))


def lanes_of(lanes: Lanes, labels: Collection[str]) -> Lanes | None:
    """The lanes of the parties that are shown, as many as can be read at once; None where none of them has one.

    Args:
        lanes: of all parties.
        labels: of those that are shown.
    """
    kept = [x for x in lanes.lanes if x.label in labels][:MOST_LANES]
    if not kept:
        return None
    crowded = sum(len(x.dots) for x in kept) > MOST_DOTS
    made = [_lane(x, LANE_TOP + n * LANE_HEIGHT, crowded) for n, x in enumerate(kept)]
    height = lanes.height - (len(lanes.lanes) - len(kept)) * LANE_HEIGHT
    return replace(lanes, lanes=tuple(made), height=height)


def _lane(lane: Lane, y: float, crowded: bool) -> Lane:
    dots: Iterable[Dot] = lane.dots
    if crowded:
        dots = {(d.x // BIN, d.polarity): d for d in lane.dots}.values()
    # Thousands on a large board: `replace` takes more than twice as long as making one.
    return replace(lane, y=y, dots=tuple(Dot(d.x, d.y - lane.y + y, d.polarity, d.title) for d in dots))


def _row(row: Row, places: Iterable[int], asked: BoardFilter) -> Row | None:
    cells = tuple(tuple(c for c in row.cells[n] if asked.fits(c)) for n in places)
    others: tuple[Other, ...] = tuple(o for o in row.others if asked.fits(o.cell))
    if (asked.narrows or asked.task) and not any(cells) and not (others and not asked.task):
        return None
    return replace(row, cells=cells, others=others)

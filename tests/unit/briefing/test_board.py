"""The board, the changes, and what parties want of one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.briefing import brief_of
from onrecord.briefing.changes import shift
from onrecord.model import DateRange, HistoryEntry


def row(board, label: str):
    return next(r for r in board.rows if r.label == label)


def by_task(board, label: str) -> dict[str, list[str]]:
    cells = zip(board.columns, row(board, label).cells, strict=True)
    return {c.label: [x.stance for x in held] for c, held in cells if held}


def test_matters_have_boards_of_their_own_and_no_party_is_carried_over(brief) -> None:
    gaza, haiti = brief.boards
    assert gaza.title == "International Stabilisation Force for Gaza"
    assert {r.label for r in haiti.rows} == {"Bangladesh", "Kenya", "El Salvador", "United States"}
    assert by_task(haiti, "United States") == {"Contribute troops": ["refused"], "Fund": ["pledged"]}
    assert "Kenya" not in {r.label for r in gaza.rows}


def test_columns_are_the_storys_undertakings_even_where_nobody_stands(brief) -> None:
    labels = [c.label for c in brief.boards[0].columns]
    assert labels == ["Troops", "Police", "Support", "Train police", "Disarm", "Monitor ceasefire", "Fund"]
    assert [c.label for c in brief.boards[0].columns if c.nobody] == ["Disarm", "Monitor ceasefire"]
    troops = brief.boards[0].columns[0]
    assert dict(troops.tally) == {"for": 2, "leaning": 2, "open": 0, "against": 5}


def test_a_cell_holds_stance_figure_conditions_day_origins_state_and_change(brief) -> None:
    board = brief.boards[0]
    (cell,) = row(board, "Indonesia").cells[0]
    assert (cell.stance, cell.polarity, cell.figure, cell.origins, cell.state) == (
        "offered",
        "for",
        "up to 8,000 troops",
        3,
        "settled",
    )
    assert [c.label for c in cell.chips] == ["mandate", "own approval"]
    assert cell.last is not None
    assert cell.last.text == "2 Dec 2025"
    (pakistan,) = row(board, "Pakistan").cells[0]
    assert (pakistan.change, pakistan.direction) == ("was offered", -1)
    (kazakhstan,) = row(board, "Kazakhstan").cells[0]
    assert (kazakhstan.state, kazakhstan.change) == ("contested", "new")


def test_a_stance_on_foreign_forces_stands_in_the_holders_row(brief) -> None:
    hamas = row(brief.boards[0], "Hamas").cells[4]
    assert [(c.stance, c.toward) for c in hamas] == [("refused", ""), ("opposes", "foreign forces")]


def test_a_veto_and_a_request_stand_in_the_row_of_the_one_they_are_about(brief) -> None:
    others = row(brief.boards[0], "Türkiye").others
    assert {(o.holder, o.cell.stance, o.task) for o in others} == {
        ("Israel", "opposes", "contribute troops"),
        ("United States", "requests", "contribute support"),
    }
    assert {o.holder for o in brief.boards[0].others} == {"Israel", "United States"}
    assert "Israel" not in {r.label for r in brief.boards[0].rows}


def test_those_in_favour_come_first_the_largest_figure_first(brief) -> None:
    assert [r.label for r in brief.boards[0].rows][:4] == ["Indonesia", "Türkiye", "Italy", "Egypt"]


def test_a_last_word_of_long_ago_needs_its_year(story) -> None:
    made = brief_of(**{**story.STORY_ARGUMENTS, "as_of": date(2027, 2, 1)})
    (cell,) = row(made.boards[0], "Indonesia").cells[0]
    assert not cell.recent


def test_lanes_are_drawn_for_three_parties_or_more(brief) -> None:
    gaza, haiti = brief.boards
    assert gaza.lanes is not None
    assert haiti.lanes is None
    pakistan = next(x for x in gaza.lanes.lanes if x.label == "Pakistan")
    assert [b.polarity for b in pakistan.bands] == ["leaning", "for", "against"]
    assert gaza.lanes.since_x is not None


def entries(
    *rows: tuple[tuple[int, int, int] | None, tuple[int, int, int] | None, str],
) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(DateRange(date(*first), date(*last)) if first and last else None, stance, ())
        for first, last, stance in rows
    )


@pytest.mark.parametrize(
    ("history", "now", "expected"),
    [
        (
            entries(((2026, 1, 1), (2026, 1, 1), "offered"), ((2026, 2, 1), (2026, 2, 1), "refused")),
            "refused",
            "offered",
        ),
        (entries(((2026, 2, 1), (2026, 2, 1), "refused")), "refused", "new"),
        (entries(((2026, 1, 1), (2026, 1, 1), "refused")), "refused", None),
        # it may have been so before: nothing is claimed
        (entries(((2026, 1, 10), (2026, 1, 20), "refused")), "refused", None),
        (entries((None, None, "refused")), "refused", None),
        # there and back again
        (
            entries(
                ((2026, 1, 1), (2026, 1, 1), "offered"),
                ((2026, 1, 20), (2026, 1, 20), "refused"),
                ((2026, 2, 1), (2026, 2, 1), "offered"),
            ),
            "offered",
            None,
        ),
        # an earlier stretch reaches across the day, so that this is not known to be new
        (
            entries(((2026, 1, 10), (2026, 1, 20), "named"), ((2026, 2, 1), (2026, 2, 1), "refused")),
            "refused",
            None,
        ),
        ((), "refused", None),
    ],
)
def test_what_counts_as_a_change(story, history, now, expected) -> None:
    standing = replace(story.STANDINGS[0], history=history, stance=now)
    moved = shift(standing, date(2026, 1, 15))
    said = None if moved is None else moved.before.stance if moved.before else "new"
    assert said == expected
    assert shift(standing, None) is None


def test_changes_tell_minds_changed_before_new_names(brief) -> None:
    items = brief.changes.items
    assert items[0].undertaking == "Pakistan: contribute troops"
    assert (items[0].before, items[0].after, items[0].direction) == ("offered", "refused", -1)
    assert all(not x.before for x in items[1:])
    assert len(items) == 11
    assert brief.changes.silent == 15


def test_nothing_changed(story) -> None:
    made = brief_of(**{**story.STORY_ARGUMENTS, "since": date(2026, 2, 19)})
    assert made.changes.items == ()
    assert "Since 19 Feb 2026 no party has changed its stance." in {
        "".join(p.text for p in s.text) for s in made.bottom_line
    }

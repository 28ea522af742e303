"""The tables of past forces, and what is learned from them."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.force.delivery import KINDS, experience, learn
from onrecord.force.fitting import LEVELS
from onrecord.force.tables import Pledge, contributors, missions, pledges


def pledge(mission: str, size: float, came: float, outcome: str = "none", stage: str = "pledged") -> Pledge:
    return Pledge(
        mission=mission,
        party="KEN",
        kind="troops",
        pledged_on="2000-01",
        low=size,
        high=size,
        stage=stage,
        conditional=outcome != "none",
        approval=False,
        outcome=outcome,  # type: ignore[arg-type]
        after_6=came,
        after_12=came,
        source="made up for the test",
    )


def test_every_row_has_a_source_and_no_row_is_counted_twice() -> None:
    assert all(p.source for p in pledges())
    assert all(m.source for m in missions())
    assert all(c.source for c in contributors().values())
    assert len({(p.mission, p.party, p.kind, p.pledged_on) for p in pledges()}) == len(pledges())


def test_unknown_is_not_nought() -> None:
    open_rows = [p for p in pledges() if p.mission == "GSF Haiti"]
    assert open_rows
    assert all(p.after_12 is None for p in open_rows)


def test_an_unmet_condition_never_helps_and_means_are_exact() -> None:
    known = experience("none_at_all", 2.0)
    for past in known.delivery.values():
        for kind in KINDS:
            assert len(past.rates[kind]) == LEVELS
            assert (past.rates["not_met"] <= past.rates[kind]).all()
            assert past.worth("not_met") <= past.worth(kind)
            assert ((past.rates[kind] >= 0) & (past.rates[kind] <= 1)).all()
            assert (np.diff(past.rates[kind]) >= 0).all()


def test_the_own_pledges_of_a_matter_teach_it_nothing() -> None:
    assert experience("isf_gaza", 2.0).delivery[12].rows <= experience("none_at_all", 2.0).delivery[12].rows
    assert experience("isf_gaza", 2.0).conditions != experience("none_at_all", 2.0).conditions


def test_few_rows_are_drawn_to_the_whole() -> None:
    rows = [pledge(f"m{i}", 100, 80) for i in range(20)]
    past = learn([*rows, pledge("m0", 100, 0, stage="considering")]).delivery[12]
    assert past.rate("firm") > 0.85
    assert 0.3 < past.rate("weak") < past.rate("firm")


def test_forces_that_differ_much_give_a_wider_spread() -> None:
    alike = [pledge(f"m{i}", 100, 100 * (j % 2)) for i in range(8) for j in range(6)]
    apart = [pledge(f"m{i}", 100, 100 * (i % 2)) for i in range(8) for j in range(6)]
    spread = [float(learn(x).delivery[12].rates["firm"].std()) for x in (alike, apart)]
    assert spread[1] > 2 * spread[0]


def test_nothing_known_is_still_an_answer() -> None:
    known = learn([])
    assert known.chance_met("ceasefire") == pytest.approx(0.5)
    assert 0 < known.delivery[6].rate("firm") < 1

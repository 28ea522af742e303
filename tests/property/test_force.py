"""What must hold of every force, whatever its standings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.force import Settings, assess, force_record
from onrecord.model import Force, Requirement, Standing, StandingCondition, Story, StoryCondition
from onrecord.vocabulary import load

STANCES = sorted(s.id for s in load().stances.values() if s.toward == "own")
POLARITY = {s.id: s.polarity for s in load().stances.values()}
CONDITIONS = {"quiet": "ceasefire", "vote": "mandate", "yes": "consent", "rules": "clarity"}
FEW = Settings(unlock_draws=200)


@st.composite
def standings(draw: st.DrawFn) -> tuple[Standing, ...]:
    parties = draw(
        st.lists(st.sampled_from(["KEN", "EGY", "IDN", "ITA", "PAK", "a_club"]), unique=True, max_size=5)
    )
    made = []
    for party in parties:
        stance = draw(st.sampled_from(STANCES))
        low = draw(st.one_of(st.none(), st.integers(0, 3000)))
        made.append(
            Standing(
                holder=party,
                performer=party,
                task=draw(st.sampled_from(["contribute_troops", "contribute_police", "disarm"])),
                matter="a_force",
                as_of=date(2026, 3, 31),
                stance=stance,
                polarity=POLARITY[stance],
                probability=draw(st.one_of(st.none(), st.floats(0, 1))),
                state=draw(st.sampled_from(["settled", "contested", "stale"])),
                conditions=tuple(
                    StandingCondition(CONDITIONS[c], f"the step called {c}", ())
                    for c in draw(st.lists(st.sampled_from(sorted(CONDITIONS)), unique=True, max_size=3))
                ),
                low=low,
                high=None if low is None else low + draw(st.integers(0, 500)),
            )
        )
    return tuple(made)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    target = draw(st.integers(0, 8000))
    return Story(
        "s",
        "a_force",
        "A force",
        conditions=tuple(StoryCondition(i, k, f"The step called {i}") for i, k in CONDITIONS.items()),
        scenarios={"now": {c: draw(st.floats(0, 1)) for c in CONDITIONS}},
        force=Force(
            Requirement(target, target, tasks={"contribute_troops": target, "disarm": None}),
            excluded={"ITA": "not foreseen"} if draw(st.booleans()) else {},
            barred_by={"EGY": ("ISR",)} if draw(st.booleans()) else {},
        ),
    )


@settings(max_examples=40, deadline=None)
@given(standings(), stories())
def test_every_number_stays_within_its_bounds(rows: tuple[Standing, ...], story: Story) -> None:
    found = assess(rows, story, draws=300, settings=FEW)
    now = found.strength
    assert 0 <= now.low <= now.high
    assert now.chance is not None
    assert 0 <= now.chance <= 1
    assert sum(p.expected for p in now.parts) == pytest.approx(now.expected)
    assert sum(x for _, _, x in now.components) == pytest.approx(now.expected)
    for one in found.unlocks:
        assert one.gain >= -1e-9
        assert one.chance_gain is not None
        assert one.chance_gain >= 0
    force_record(found)


@settings(max_examples=30, deadline=None)
@given(standings(), stories(), st.sampled_from(sorted(CONDITIONS)))
def test_meeting_a_condition_never_costs_and_gains_what_it_says(
    rows: tuple[Standing, ...], story: Story, name: str
) -> None:
    before = assess(rows, story, draws=200, settings=FEW)
    after = assess(rows, story, draws=200, settings=FEW, settled={name: 1.0})
    assert after.strength.expected >= before.strength.expected - 1e-9
    assert after.strength.chance is not None
    assert before.strength.chance is not None
    assert after.strength.chance >= before.strength.chance
    said = next((u.gain for u in before.unlocks if u.conditions == (name,)), 0.0)
    assert after.strength.expected - before.strength.expected == pytest.approx(said, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(standings(), stories())
def test_the_shares_of_the_gain_add_up_to_it(rows: tuple[Standing, ...], story: Story) -> None:
    found = assess(rows, story, draws=50, settings=FEW)
    every = assess(rows, story, draws=50, settings=FEW, settled=dict.fromkeys(CONDITIONS, 1.0))
    assert sum(found.shapley.values()) == pytest.approx(
        every.strength.expected - found.strength.expected, abs=1e-6
    )


@settings(max_examples=30, deadline=None)
@given(standings(), stories(), st.randoms())
def test_the_order_of_the_standings_changes_no_mean(
    rows: tuple[Standing, ...], story: Story, rng: object
) -> None:
    mixed = list(rows)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = (assess(x, story, draws=50, settings=FEW) for x in (rows, mixed))
    assert one.strength.expected == pytest.approx(other.strength.expected)
    assert one.shapley == pytest.approx(other.shapley)
    assert {c.task: c.supporting for c in one.coverage} == {
        c.task: tuple(sorted(c.supporting, key=[s.id for s in rows].index)) for c in other.coverage
    }

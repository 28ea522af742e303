"""Unlock sets against brute force, draws against closed forms."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest

from onrecord.force.delivery import KINDS, Delivery, Experience, Kind, experience
from onrecord.force.draws import draw
from onrecord.force.fitting import LEVELS
from onrecord.force.parties import Bar, Contingent
from onrecord.force.plan import Plan, make_plan
from onrecord.force.unlocking import gain, gains, open_levers, shapley, smallest

MONTHS = 12


def contingent(party: str, persons: float, chance: float = 1.0, *levers: str, **more: object) -> Contingent:
    given = {
        "party": party,
        "task": "contribute_troops",
        "standing": f"{party}.contribute_troops.-",
        "positions": (),
        "stance": "pledged",
        "polarity": "for",
        "state": "settled",
        "probability": chance,
        "kind": "firm",
        "levers": levers,
        "matched": ("words",) * len(levers),
        "low": persons,
        "high": persons,
        "figure": "own",
        "figure_source": "",
    }
    return Contingent(**{**given, **more})  # type: ignore[arg-type]


def certain(rate: float = 1.0, unmet: float = 0.0) -> Experience:
    """Past pledges that teach fixed rates, and that what comes is the whole."""
    rates: dict[Kind, np.ndarray] = {k: np.full(LEVELS, rate) for k in KINDS}
    rates["not_met"] = np.full(LEVELS, unmet)
    shares: dict[Kind, np.ndarray] = {k: np.ones(LEVELS) for k in KINDS}
    one = Delivery(MONTHS, rates, shares, dict.fromkeys(KINDS, (0, 0)), 1.0, 0.0, 0)
    return Experience(
        {6: one, 12: one},
        {"approval": 0.5, "other": 0.5},
        {"approval": (0, 0), "other": (0, 0)},
        np.full(LEVELS, 0.4),
        100.0,
    )


def random_plan(rng: random.Random, most: int = 14) -> tuple[Plan, dict[str, float]]:
    names = [f"c{i:02}" for i in range(rng.randint(1, most))]
    members = []
    for i in range(rng.randint(1, 9)):
        low = rng.randrange(0, 5000)
        members.append(
            contingent(
                f"P{i}",
                low,
                rng.random(),
                *rng.sample(names, rng.randint(0, min(5, len(names)))),
                high=low + rng.randrange(0, 3000),
                kind=rng.choice(KINDS[:3]),
                figure=rng.choice(("own", "record")),
            )
        )
    bars = [Bar("X", "P0", rng.random(), "", (), "")] if rng.random() < 0.3 else []
    waits = {"P1": ("P0",)} if rng.random() < 0.3 else {}
    chances = {n: rng.choice((0.0, 0.2, 0.5, 0.9, 1.0, rng.random())) for n in names}
    return make_plan(members, bars, waits, experience("none_at_all", 2.0)), chances


def brute_force(plan: Plan, chances: dict[str, float], names: list[str]) -> np.ndarray:
    """The expected strength of every subset, by bit mask: written anew, from the definition."""
    masks = np.arange(1 << len(names))
    past = plan.known.delivery[MONTHS]
    total = np.zeros(len(masks))
    for term in plan.terms:
        met = np.ones(len(masks))
        for lever in term.levers:
            if lever in names:
                met *= np.where(masks >> names.index(lever) & 1, 1.0, chances[lever])
        full = past.rate(term.kind) * past.share(term.kind)
        none = past.rate("not_met") * past.share("not_met")
        total += term.coming * term.persons * (met * full + (1 - met) * none)
    return total


def test_smallest_sets_and_gains_equal_brute_force_on_500_random_stories() -> None:
    rng = random.Random(20)
    reached = several = 0
    for _ in range(500):
        plan, chances = random_plan(rng)
        swings = plan.swings(MONTHS)
        names = list(open_levers(swings, chances))
        values = brute_force(plan, chances, names)
        now = values[0]
        assert now == pytest.approx(plan.expected(chances, MONTHS), rel=1e-9, abs=1e-9)
        needed = (values[-1] - now) * rng.choice((0.1, 0.5, 0.9, 1.0, 1.2)) + rng.choice((0.0, 1.0, -1.0))
        found = smallest(swings, chances, needed)
        enough = [m for m in range(len(values)) if values[m] - now >= needed - 1e-9 * max(1.0, abs(needed))]
        least = min((m.bit_count() for m in enough), default=None)
        expected = {
            tuple(n for i, n in enumerate(names) if m >> i & 1) for m in enough if m.bit_count() == least
        }
        assert found.complete
        assert set(found.sets) == expected
        reached += bool(expected)
        several += least is not None and least > 1
        for chosen, more in gains(swings, chances, names, 3).items():
            mask = sum(1 << names.index(n) for n in chosen)
            assert more == pytest.approx(values[mask] - now, rel=1e-9, abs=1e-7)
    assert reached > 200
    assert several > 100


def test_shapley_values_equal_the_mean_over_all_orders() -> None:
    rng = random.Random(3)
    for _ in range(40):
        plan, chances = random_plan(rng, most=6)
        swings = plan.swings(MONTHS)
        names = sorted({x for on, _ in swings for x in on if chances[x] < 1})
        orders = list(itertools.permutations(names))
        mean = dict.fromkeys(names, 0.0)
        for order in orders:
            for i, name in enumerate(order):
                with_it, without = frozenset(order[: i + 1]), frozenset(order[:i])
                mean[name] += (gain(swings, chances, with_it) - gain(swings, chances, without)) / len(orders)
        found = shapley(swings, chances)
        for name in names:
            assert found[name] == pytest.approx(mean[name], rel=1e-9, abs=1e-7)


def test_the_search_says_when_it_gave_up() -> None:
    members = [contingent(f"P{i}", 100, 1.0, f"c{i:02}") for i in range(20)]
    plan = make_plan(members, (), {}, certain())
    chances = {f"c{i:02}": 0.0 for i in range(20)}
    found = smallest(plan.swings(MONTHS), chances, 1000, most_nodes=50)
    assert not found.complete
    assert not found.sets


def test_draws_agree_with_the_mean_in_closed_form() -> None:
    rng = random.Random(5)
    for seed in range(12):
        plan, chances = random_plan(rng)
        for months in (6, 12):
            total = draw(plan, chances, months=months, draws=40_000, seed=seed).total(plan, chances)
            error = float(total.std()) / math.sqrt(len(total))
            assert float(total.mean()) == pytest.approx(plan.expected(chances, months), abs=4.5 * error + 1)


def test_draws_agree_with_the_binomial() -> None:
    members = [contingent(f"P{i}", 1, 0.5) for i in range(10)]
    plan = make_plan(members, (), {}, certain(rate=0.6))
    total = draw(plan, (), months=MONTHS, draws=200_000, seed=1).total(plan, {})
    for k in range(11):
        exact = sum(math.comb(10, j) * 0.3**j * 0.7 ** (10 - j) for j in range(k, 11))
        assert float((total >= k).mean()) == pytest.approx(exact, abs=0.005)


def test_a_shared_condition_is_drawn_once_for_all() -> None:
    members = [contingent("A", 1, 1.0, "c"), contingent("B", 1, 1.0, "c")]
    plan = make_plan(members, (), {}, certain())
    total = draw(plan, ("c",), months=MONTHS, draws=100_000, seed=1).total(plan, {"c": 0.3})
    assert set(np.unique(total)) == {0.0, 2.0}
    assert float((total == 2).mean()) == pytest.approx(0.3, abs=0.006)


def test_two_conditions_of_their_own_are_independent() -> None:
    members = [contingent("A", 1, 1.0, "c"), contingent("B", 1, 1.0, "d")]
    plan = make_plan(members, (), {}, certain())
    total = draw(plan, ("c", "d"), months=MONTHS, draws=100_000, seed=1).total(plan, {"c": 0.3, "d": 0.5})
    assert float((total == 2).mean()) == pytest.approx(0.15, abs=0.005)


def test_a_bar_keeps_out_all_that_a_party_would_send() -> None:
    members = [contingent("A", 1), contingent("A", 1, task="contribute_police"), contingent("B", 1)]
    plan = make_plan(members, [Bar("X", "A", 0.25, "", (), "")], {}, certain())
    total = draw(plan, (), months=MONTHS, draws=100_000, seed=1).total(plan, {})
    assert set(np.unique(total)) == {1.0, 3.0}
    assert float((total == 1).mean()) == pytest.approx(0.25, abs=0.006)


def test_who_waits_comes_only_with_those_it_waits_for() -> None:
    members = [contingent("A", 1, 0.5), contingent("B", 1), contingent("C", 1)]
    plan = make_plan(members, (), {"B": ("A",), "C": ("Z",)}, certain())
    total = draw(plan, (), months=MONTHS, draws=100_000, seed=1).total(plan, {})
    assert set(np.unique(total)) == {0.0, 2.0}
    assert plan.expected({}, MONTHS) == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_draws_and_another_does_not() -> None:
    plan, chances = random_plan(random.Random(8))
    first, again, other = (
        draw(plan, chances, months=MONTHS, draws=500, seed=s).total(plan, chances) for s in (4, 4, 5)
    )
    assert (first == again).all()
    assert (first != other).any()

"""What holds of a ledger whatever is added to it, in whatever order."""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger
from onrecord.model import Issue

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))

PARTIES = ("NOR", "SUD", "EST", "WES")
claims = st.lists(st.tuples(st.sampled_from(PARTIES), st.sampled_from(list(made.STANCES))), max_size=3)
# Shrinking takes its time with a store in the loop: a failure is shown as it was found.
quickly = settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def readings(draw):
    """Runs of versions of an extractor over reports, each once; what a version finds is drawn anew."""
    chosen = []
    for i in range(draw(st.integers(1, 5))):
        words = draw(claims)
        outlet = draw(st.sampled_from(["The Courier", "The Herald", None]))
        versions = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True))
        for version in sorted(versions):
            one = made.told(f"r{i}", *words, outlet=outlet, more=f"That is all of {i}.")
            missed = draw(st.sets(st.integers(0, 2)))
            prefix = draw(st.sampled_from(["", "n"]))
            one = made.without(made.again(one, f"hand {version}", f"{prefix}{version}"), *missed)
            chosen.append(one)
    return chosen


@st.composite
def decisions(draw, targets):
    """Judgements of two persons on some of the records."""
    if not targets:
        return []
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(targets),
                st.sampled_from(["confirm", "reject", "correct"]),
                st.sampled_from(["ada", "ben"]),
            ),
            max_size=5,
        )
    )
    return [
        made.judgement(
            f"j{i}",
            target,
            decision,
            by,
            at=made.NOON + timedelta(minutes=i),
            **({"stance": "pledged"} if decision == "correct" else {}),
        )
        for i, (target, decision, by) in enumerate(drawn)
    ]


def opened(clock=None):
    return Ledger.open(":memory:", clock=clock or made.Clock())


def asked(ledger, known_at=None):
    return (
        ledger.reports(known_at),
        ledger.statements(known_at),
        ledger.positions(known_at),
        ledger.positions(known_at, raw=True),
        ledger.positions(known_at, holder="NOR"),
        ledger.judgements(known_at),
        ledger.disagreements(known_at),
        ledger.issues(known_at),
    )


@given(st.data())
@quickly
def test_the_order_of_adding_changes_nothing(data):
    chosen = data.draw(readings())
    other = data.draw(st.permutations(chosen))
    judged = data.draw(decisions(sorted({p.id for one in chosen for p in one.positions})))
    contents = []
    for order, rulings in ((chosen, judged), (other, data.draw(st.permutations(judged)))):
        with opened() as ledger:
            assert all(one.into(ledger) for one in order)
            assert all(ledger.judge(x) for x in rulings)
            assert ledger.verify() == []
            contents.append((list(ledger.dump()), ledger.reports(), ledger.statements(), ledger.positions()))
    assert contents[0] == contents[1]


@given(st.data())
@quickly
def test_adding_twice_adds_nothing(data):
    chosen = data.draw(readings())
    with opened() as ledger:
        for one in chosen:
            one.into(ledger)
        before = list(ledger.dump(clock=True))
        for one in data.draw(st.permutations(chosen)):
            assert not one.into(ledger)
        assert list(ledger.dump(clock=True)) == before


@given(st.data())
@quickly
def test_rebuilt_it_equals_live(data):
    chosen = data.draw(st.permutations(data.draw(readings())))
    judged = data.draw(decisions(sorted({p.id for one in chosen for p in one.positions})))
    clock = made.Clock()
    with opened(clock) as ledger:
        for one in chosen:
            clock.tick()
            one.into(ledger)
        for one in judged:
            ledger.judge(one)
        before = list(ledger.dump(clock=True)), asked(ledger)
        ledger.rebuild()
        assert (list(ledger.dump(clock=True)), asked(ledger)) == before
        # The live answer is that of the newest moment, which is made without the derived table.
        assert asked(ledger, clock()) == before[1]


@given(st.data())
@quickly
def test_what_was_known_at_a_moment_stays_what_it_was(data):
    chosen = data.draw(st.permutations(data.draw(readings())))
    judged = data.draw(decisions(sorted({p.id for one in chosen for p in one.positions})))
    clock = made.Clock()
    told = []
    with opened(clock) as ledger:
        for i, one in enumerate(chosen):
            one.into(ledger)
            ledger.add_issue(Issue("x", str(i), "y"))
            told.append((clock(), asked(ledger)))
            clock.tick(data.draw(st.integers(1, 5)))
        for one in judged:
            ledger.judge(one)
            told.append((clock(), asked(ledger)))
            clock.tick(data.draw(st.integers(1, 5)))
        for moment, answer in told:
            assert asked(ledger, moment) == answer
            assert asked(ledger, moment + timedelta(seconds=59)) == answer
        reports = [len(ledger.reports(moment)) for moment, _ in told]
        assert reports == sorted(reports)


@given(st.data())
@quickly
def test_a_decision_holds_whatever_newer_extractors_find(data):
    """What a person rejected is not shown, what a person confirmed is, whichever versions come after."""
    words = data.draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=4, unique=True))
    parties = [(x, data.draw(st.sampled_from(list(made.STANCES)))) for x in words]
    first = made.told("r1", *parties)
    with opened() as ledger:
        first.into(ledger)
        decided = {}
        for i, p in enumerate(first.positions):
            decided[p.holder] = data.draw(st.sampled_from(["confirm", "reject", "nothing"]))
            if decided[p.holder] != "nothing":
                ledger.judge(made.judgement(f"j{i}", p.id, decided[p.holder]))
        for version in range(2, 2 + data.draw(st.integers(1, 3))):
            wider = data.draw(st.integers(0, 6))
            missed = data.draw(st.sets(st.integers(0, 3)))
            again = made.without(
                made.again(
                    made.told("r1", *parties, wider=wider),
                    f"hand {version}",
                    data.draw(st.sampled_from("ab")),
                ),
                *missed,
            )
            again.into(ledger)
        shown = [p.holder for p in ledger.positions()]
        for holder, decision in decided.items():
            if decision == "reject":
                assert holder not in shown
            if decision == "confirm":
                assert shown.count(holder) == 1

"""What must hold of every reconciliation, whatever the positions: order, repetition, dates, increments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, Span, digest
from onrecord.reconciliation import Reconciler, Reconciliation, diff, explain, reconcile
from onrecord.vocabulary import load

V = load()
START = date(2025, 10, 1)
SPEAKERS = (
    ChainLink("the president", "office", "AZE"),
    ChainLink("Rashad Velizade", "named_person", "AZE"),
    ChainLink("a source in the government", "anonymous", "AZE"),
    ChainLink("US defence officials", "anonymous", "USA"),
    ChainLink("Dana Whitfield", "named_person", "USA"),
)
OUTLETS = ("Levant Wire", "Harbour Daily", "Agency North", None)

days = st.builds(
    lambda start, length: DateRange(START + timedelta(start), START + timedelta(start + length)),
    st.integers(0, 150),
    st.sampled_from([0, 0, 0, 6, 20]),
)


@st.composite
def stories(draw: Callable) -> tuple[list[Position], list[Report]]:
    reports = []
    for n in range(draw(st.integers(1, 6))):
        text = draw(
            st.sampled_from(
                ["The force of 20,000 waits.", "Nothing.", 'He said "no soldier goes while shells fall".']
            )
        )
        reports.append(
            Report(
                id=f"r{n}",
                text=text,
                sha256=digest(text),
                outlet=draw(st.sampled_from(OUTLETS)),
                published=draw(st.none() | days),
                same_text_as=f"r{n - 1}" if n and draw(st.booleans()) and draw(st.booleans()) else None,
                upstream=tuple(draw(st.lists(st.sampled_from(["Levant Wire", "Agency North"]), max_size=1))),
            )
        )
    positions = []
    for n in range(draw(st.integers(1, 14))):
        report = draw(st.sampled_from(reports))
        speaker = draw(st.none() | st.sampled_from(SPEAKERS))
        cited = draw(st.none() | st.just(ChainLink("Levant Wire", "outlet")))
        span, number = Span(0, 7, report.text[:7]), Span(3, 7, report.text[3:7])
        holder = draw(st.sampled_from(["AZE", "AZE", "KAZ"]))
        positions.append(
            Position(
                id=f"p{n}",
                report=report.id,
                holder=holder,
                performer=holder,
                task=draw(
                    st.sampled_from(
                        ["contribute_troops", "contribute_troops", "contribute_support", "cease_fire"]
                    )
                ),
                stance=draw(st.sampled_from(sorted(V.stances))),
                evidence=span,
                matter=draw(st.sampled_from(["isf_gaza", "isf_gaza", None])),
                conditions=tuple(
                    Condition(k, span)
                    for k in draw(st.lists(st.sampled_from(["ceasefire", "mandate", "approval"]), max_size=2))
                ),
                quantity=draw(
                    st.none()
                    | st.sampled_from(
                        [(None, 2000.0), (800.0, 800.0), (8000.0, 8000.0), (100.0, 150.0), (20000.0, 20000.0)]
                    ).map(lambda x, number=number: Quantity(x[0], x[1], "soldiers", number))
                ),
                chain=tuple(x for x in (speaker, cited) if x is not None),
                self_declared=speaker is not None and speaker.entity == holder,
                said_on=draw(st.none() | days),
            )
        )
    return positions, reports


as_ofs = st.integers(0, 200).map(lambda n: START + timedelta(n))


@given(stories(), as_ofs, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_changes_nothing(story, as_of, random) -> None:
    positions, reports = story
    once = reconcile(positions, reports, as_of, V)
    shuffled, others = list(positions), list(reports)
    random.shuffle(shuffled)
    random.shuffle(others)
    assert reconcile(shuffled, others, as_of, V) == once


@given(stories(), as_ofs)
@settings(max_examples=80, deadline=None)
def test_repetition_changes_nothing(story, as_of) -> None:
    positions, reports = story
    assert reconcile(positions * 2, reports * 2, as_of, V) == reconcile(positions, reports, as_of, V)


@given(stories(), as_ofs, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_report_by_report_gives_the_same(story, as_of, random) -> None:
    positions, reports = story
    order = list(reports)
    random.shuffle(order)
    steps = Reconciler(as_of, V)
    for report in order:
        steps.add([p for p in positions if p.report == report.id], [report])
    assert steps.result() == reconcile(positions, reports, as_of, V)


def weighed(r: Reconciliation) -> set[str]:
    return {reason.position for s in r.standings for reason in s.reasons}


@given(stories(), as_ofs, st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_evidence_only_grows_with_the_day(story, as_of, later) -> None:
    positions, reports = story
    now, then = (reconcile(positions, reports, as_of + timedelta(n), V) for n in (0, later))
    assert weighed(now) <= weighed(then)
    published = {r.id: r.published for r in reports}
    for name in weighed(now):
        (position,) = [p for p in positions if p.id == name]
        told = published[position.report]
        assert told is None or told.earliest <= as_of
        assert position.said_on is None or position.said_on.earliest <= as_of


@given(stories(), as_ofs)
@settings(max_examples=80, deadline=None)
def test_what_a_standing_says_of_itself_holds(story, as_of) -> None:
    positions, reports = story
    r = reconcile(positions, reports, as_of, V)
    by_id = {p.id: p for p in positions}
    assert len({s.undertaking for s in r.standings}) == len(r.standings)
    for s in r.standings:
        mine = {p.id for p in positions if p.undertaking == s.undertaking}
        assert {x.position for x in s.reasons} <= mine
        assert not set(s.supporting) & set(s.opposing)
        assert set(s.supporting) | set(s.opposing) <= mine
        assert s.polarity == V.polarity(s.stance)
        assert s.stance in {by_id[x].stance for x in s.supporting}
        assert 1 <= s.independent_sources <= len(s.supporting)
        assert s.history[-1].stance == s.stance
        assert (s.probability is None) == (s.likelihood is None) == (s.state == "unknown")
        assert s.probability is None or 0.01 <= s.probability <= 0.99
        assert all(0 <= x.weight <= 1 for x in s.reasons)
    for c in r.conflicts:
        assert set(c.positions) <= set(by_id)
        assert set(c.reports) <= {x.id for x in reports}
    grouped = [x for o in r.origins for x in o.reports]
    assert len(grouped) == len(set(grouped))


@given(stories(), as_ofs)
@settings(max_examples=60, deadline=None)
def test_nothing_changed_between_a_day_and_itself_and_all_can_be_explained(story, as_of) -> None:
    positions, reports = story
    r = reconcile(positions, reports, as_of, V)
    assert diff(r, r) == []
    empty = Reconciliation(as_of)
    assert {c.kind for c in diff(empty, r)} <= {"new"}
    assert {c.kind for c in diff(r, empty)} <= {"gone"}
    for s in r.standings:
        found = explain(r, s.holder, s.task, V, performer=s.performer, matter=s.matter)
        assert found.standing is not None
        assert found.lines
        assert found.would_change

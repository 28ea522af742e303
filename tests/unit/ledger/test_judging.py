"""How judgements find the finding that they were made on, without a store."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger.judging import (
    Ruling,
    active,
    actor_names,
    findings,
    kept_id,
    newest_by_person,
    renamed,
    shown,
)
from onrecord.ledger.kinds import POSITION, STATEMENT
from onrecord.ledger.views import Extraction, newest, replaces
from onrecord.model import Span
from onrecord.model.records import position_record

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("made.py"))))
told, judgement, NOON = made.told, made.judgement, made.NOON


def ruling(n, on, decision, by="ada", *, extractor="hand 1", **changes):
    at = NOON + timedelta(minutes=n)
    record = position_record(on) | {"extractor": extractor}
    return Ruling(n, judgement(f"j{n}", on.id, decision, by, at=at, **changes), on.report, record)


def view(machine, extractor, *rulings):
    found = findings(machine, extractor, active(rulings), POSITION)
    taken = {p.id for p in machine}
    return [x for f in found for x in shown(f, POSITION, taken)]


@pytest.fixture
def two():
    return told("r1", ("NOR", "offered"), ("NOR", "offered")).positions


class TestTheSameFinding:
    def test_place_and_claim(self, two):
        a, b = two
        assert POSITION.closeness(a, a) == 4
        assert POSITION.closeness(a, replace(a, matter="other", id="x")) == 3
        assert POSITION.closeness(a, replace(a, evidence=Span.of(" " * 4 + a.evidence.text[4:], 4, 9))) == 2
        assert POSITION.closeness(a, b) == 0
        assert POSITION.closeness(a, replace(a, stance="refused")) == 0

    def test_statements(self):
        one, other = told("r1", ("NOR", "offered"), ("SUD", "offered")).statements
        assert STATEMENT.closeness(one, replace(one, id="x", form="mixed")) == 4
        assert STATEMENT.closeness(one, other) == 0
        assert STATEMENT.closeness(one, replace(one, content=(one.content[0], other.content[0]))) == 1
        bare = replace(one, content=(), cue=None, source=replace(one.source, span=None))
        assert STATEMENT.closeness(bare, bare) == 4

    def test_twins_are_told_apart_by_what_they_say_besides(self):
        one = told("r1", ("NOR", "offered")).positions[0]
        twin = replace(one, id="r1.p9", matter="force_y")
        # The newer extractor gives them in the other order, under new ids.
        newer = [replace(twin, id="a"), replace(one, id="b")]
        assert [p.id for p in view(newer, "hand 2", ruling(1, one, "reject"))] == ["a"]
        assert [p.id for p in view(newer, "hand 2", ruling(1, twin, "reject"))] == ["b"]
        assert view(newer, "hand 2", ruling(1, one, "reject"), ruling(2, twin, "reject")) == []

    def test_twins_alike_in_everything_are_taken_one_each(self):
        one = told("r1", ("NOR", "offered")).positions[0]
        twin = replace(one, id="r1.p9")
        newer = [replace(one, id="a"), replace(one, id="b")]
        assert len(view(newer, "hand 2", ruling(1, one, "reject"))) == 1
        assert view(newer, "hand 2", ruling(1, one, "reject"), ruling(2, twin, "reject")) == []
        # One of the two is gone, and both were confirmed: one is found, the other stays the person's.
        kept = view(newer[:1], "hand 2", ruling(1, one, "confirm"), ruling(2, twin, "confirm"))
        assert [p.extractor for p in kept] == ["hand 1", "person:ada"]

    def test_the_nearer_of_two_is_meant(self, two):
        a, b = two
        wide = replace(a, id="w", evidence=Span(a.evidence.start, b.evidence.end, "x" * b.evidence.end))
        kept = view([wide, replace(a, id="n")], "hand 2", ruling(1, a, "reject"))
        assert [p.id for p in kept] == ["w"]

    def test_its_own_row_is_meant_in_its_own_extraction(self, two):
        a, b = two
        twin = replace(a, id="r1.p9")
        assert [p.id for p in view([a, twin, b], "hand 1", ruling(1, twin, "reject"))] == [a.id, b.id]

    def test_corrected_into_a_twin_of_another(self):
        """The correction of one position to what its neighbour says does not swallow the neighbour."""
        one = told("r1", ("NOR", "offered")).positions[0]
        other = replace(one, id="r1.p9", stance="refused")
        kept = view([one, other], "hand 1", ruling(1, one, "correct", stance="refused"))
        assert [(p.id, p.stance) for p in kept] == [("r1.p0", "refused"), ("r1.p9", "refused")]

    def test_judged_in_two_extractions_it_is_still_one(self, two):
        a = two[0]
        newer = replace(a, id="n")
        kept = view(
            [], "hand 3", ruling(1, a, "confirm"), ruling(2, newer, "confirm", "ben", extractor="hand 2")
        )
        assert [(p.id, p.extractor) for p in kept] == [("r1.p0", "person:ben")]

    def test_a_kept_one_gets_out_of_the_way_of_a_new_one_with_its_id(self, two):
        a, b = two
        found = findings([replace(b, id=a.id)], "hand 2", active([ruling(1, a, "confirm")]), POSITION)
        assert [f.found for f in found] == [True, False]
        assert kept_id(found[1], set()) == a.id
        assert kept_id(found[1], {a.id}).startswith(f"{a.id}~")


class TestWhichApplies:
    def test_withdrawn(self, two):
        first = ruling(1, two[0], "reject")
        back = Ruling(2, judgement("b", "j1", "withdraw", kind="judgement"))
        again = Ruling(3, judgement("c", "b", "withdraw", kind="judgement"))
        third = Ruling(4, judgement("d", "c", "withdraw", kind="judgement"))
        assert active([first]) == [first]
        assert active([first, back]) == []
        assert active([first, back, again]) == [first]
        assert active([first, back, again, third]) == []

    def test_by_person_and_time_of_deciding(self, two):
        rulings = [ruling(n, two[0], "confirm", by) for n, by in ((3, "ada"), (1, "ben"), (2, "ada"))]
        assert [j.id for j in newest_by_person(rulings)] == ["j1", "j3"]

    def test_at_one_moment_the_one_learned_later(self, two):
        a, b = ruling(1, two[0], "reject"), ruling(2, two[0], "confirm")
        b = replace(b, judgement=replace(b.judgement, at=a.judgement.at))
        assert [j.id for j in newest_by_person([b, a])] == ["j2"]

    def test_merged_actors_end_where_none_is_merged_further(self):
        def merge(n, actor, into):
            return Ruling(n, judgement(f"j{n}", actor, "merge", kind="actor", into=into))

        assert actor_names([merge(1, "a", "b"), merge(2, "b", "c")]) == {"a": "c", "b": "c"}
        # Kept out when judgements are made; two ledgers put together could still hold it, and it must end.
        assert set(actor_names([merge(1, "a", "b"), merge(2, "b", "a")])) == {"a", "b"}

    def test_renamed_leaves_others_alone(self, two):
        assert renamed(two[0], {"SUD": "X"}) == two[0]
        statement = told("r1", ("NOR", "offered")).statements[0]
        unresolved = replace(statement, source=replace(statement.source, entity=None))
        assert renamed(unresolved, {"NOR": "X"}).source.entity is None


class TestNewest:
    @pytest.mark.parametrize(
        ("new", "old", "follows"),
        [
            ("rules 2", "rules 1", True),
            ("rules 1", "rules 2", False),
            ("rules/1.10.0", "rules/1.9", True),
            ("rules@1.0", "rules@1", True),
            ("rules-v2", "rules-v10", False),
            ("rules 1 + net 3", "rules 1 + net 4", False),
            ("net 1", "rules 9", True),
            ("rules", "rules 9", True),
            ("rules 2026a", "rules 2026b", True),
            ("9", "10", False),
            ("rules " + "9" * 9999, "rules 1", True),
            ("", "", True),
        ],
    )
    def test_replaces(self, new, old, follows):
        assert replaces(new, old) is follows

    def test_newest_by_report(self):
        told = [
            Extraction(1, "a", "rules 1"),
            Extraction(2, "a", "rules 3"),
            Extraction(3, "b", "rules 1"),
            Extraction(4, "a", "rules 2"),
        ]
        assert {k: v.n for k, v in newest(told).items()} == {"a": 2, "b": 3}

"""One suite for every store a ledger can be kept in.

SQLite in a file and in memory always; PostgreSQL when ONRECORD_TEST_POSTGRES holds the address of a database
in which schemas may be made and dropped.
"""

from __future__ import annotations

import runpy
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import EvidenceMismatch, InputError, LedgerError, UnknownName
from onrecord.ledger import Answered, Ledger, Matter, Repeat
from onrecord.model import ChainLink, DateRange, Fact, Issue, Report, Span, digest
from onrecord.model.records import span_record

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
told, again, without, judgement, NOON = made.told, made.again, made.without, made.judgement, made.NOON


@pytest.fixture
def two():
    """A report with two positions: NOR offers, SUD refuses."""
    return told("r1", ("NOR", "offered"), ("SUD", "refused"))


def stances(ledger, **asked):
    return {p.holder: p.stance for p in ledger.positions(**asked)}


class TestAdding:
    def test_what_goes_in_comes_out(self, ledger, two):
        assert two.into(ledger)
        assert ledger.reports() == [two.report]
        assert ledger.statements() == list(two.statements)
        assert ledger.positions() == list(two.positions)
        assert ledger.positions(raw=True) == list(two.positions)

    def test_a_bare_report_and_bare_records(self, ledger, two):
        report = replace(
            two.report,
            outlet=None,
            url=None,
            title=None,
            published=None,
            upstream=(),
            same_text_as="elsewhere",
        )
        statement = replace(
            two.statements[0],
            source=replace(two.statements[0].source, span=None, entity=None),
            cue=None,
            said_on=None,
            chain=(),
        )
        position = replace(
            two.positions[0],
            cue=None,
            matter=None,
            conditions=(),
            quantity=None,
            chain=(),
            said_on=None,
            statement=None,
        )
        ledger.add(report, [statement], [position], extractor="hand 1")
        assert ledger.reports() == [report]
        assert ledger.statements() == [statement]
        assert ledger.positions() == [position]

    def test_twice_adds_nothing(self, ledger, clock, two):
        assert two.into(ledger)
        before = list(ledger.dump(clock=True))
        clock.tick()
        assert not two.into(ledger)
        assert list(ledger.dump(clock=True)) == before

    def test_the_outlet_and_the_extractor_count_but_not_the_spelling(self, ledger):
        one = told("r1", ("NOR", "offered"))
        assert one.into(ledger)
        assert not told("r1", ("NOR", "offered"), outlet="the  COURIER ").into(ledger)
        assert told("r2", ("NOR", "offered"), outlet="The Herald").into(ledger)
        assert told("r1", ("NOR", "offered"), extractor="hand 2").into(ledger)
        assert ledger.counts()["reports"] == 2
        assert ledger.counts()["extractions"] == 3

    def test_has(self, ledger, two):
        assert not ledger.has(two.report, "hand 1")
        two.into(ledger)
        for name in (two.report, "r1", two.report.sha256):
            assert ledger.has(name, "hand 1")
            assert not ledger.has(name, "hand 2")
        assert not ledger.has(replace(two.report, outlet="The Herald"), "hand 1")
        assert not ledger.has("r2", "hand 1")

    @pytest.mark.parametrize(
        "odd",
        [
            "\ud800 alone",
            "👩‍👩‍👧 and 𝔘",
            "\u202eright to left",
            "' OR 1=1; DROP TABLE reports; --",
            "<script>",
        ],
    )
    def test_text_of_any_kind(self, ledger, odd):
        one = told("r1", ("NOR", "offered"), more=odd)
        one = replace(one, report=replace(one.report, title=odd, outlet=odd, upstream=(odd,)))
        assert one.into(ledger)
        assert not one.into(ledger)
        (kept,) = ledger.reports()
        # A lone surrogate is no character: "?" stands for it, and offsets and digest stay.
        assert kept.text == one.report.text.replace("\ud800", "?")
        assert kept.sha256 == one.report.sha256
        assert ledger.verify() == []

    def test_a_null_character(self, ledger):
        one = told("r1", ("NOR", "offered"), more="a\0b")
        if ledger.where.startswith("postgresql"):
            # PostgreSQL has no such character. The report is refused whole, and the error is ours.
            with pytest.raises(LedgerError):
                one.into(ledger)
            assert list(ledger.dump()) == []
            return
        assert one.into(ledger)
        assert ledger.reports() == [one.report]
        assert ledger.verify() == []

    def test_one_text_under_two_ids_is_one_report(self, ledger, two):
        two.into(ledger)
        other = told("copy", ("NOR", "offered"), ("SUD", "refused"))
        assert not other.into(ledger)
        assert ledger.identify(other.report).id == "r1"
        newer = replace(other, extractor="hand 2")
        assert newer.into(ledger)
        assert [r.id for r in ledger.reports()] == ["r1"]
        assert [(p.id, p.report, p.statement) for p in ledger.positions()] == [
            ("r1.p0", "r1", "r1.s0"),
            ("r1.p1", "r1", "r1.s1"),
        ]

    def test_two_texts_under_one_id_are_two_reports(self, ledger):
        one, other = told("article", ("NOR", "offered")), told("article", ("SUD", "refused"))
        third = told("article", ("SUD", "refused"), outlet="The Herald")
        assert ledger.identify(one.report).id == "article"
        assert one.into(ledger)
        name = ledger.identify(other.report).id
        assert name.startswith("article~")
        assert other.into(ledger)
        assert third.into(ledger)
        assert not other.into(ledger)
        assert len({r.id for r in ledger.reports()}) == 3
        assert stances(ledger, report=name) == {"SUD": "refused"}
        assert len({p.id for p in ledger.positions()}) == 3
        assert ledger.identify(other.report).id == name
        assert ledger.verify() == []

    def test_what_does_not_hold_together_is_refused_whole(self, ledger, two):
        p, s = two.positions, two.statements
        moved = replace(p[0], evidence=Span(3, 6, "NOR"))
        bad = [
            (two.report, s, [moved], EvidenceMismatch),
            (replace(two.report, sha256=digest("other")), s, p, EvidenceMismatch),
            (two.report, [replace(s[0], cue=Span(0, 4, "said"))], [], EvidenceMismatch),
            (two.report, s, [replace(p[0], report="r2")], InputError),
            (two.report, s, [p[0], replace(p[1], id=p[0].id)], InputError),
            (two.report, s, [replace(p[0], statement="r1.s9")], InputError),
        ]
        for report, statements, positions, error in bad:
            with pytest.raises(error):
                ledger.add(report, statements, positions, extractor="hand 1")
        with pytest.raises(InputError):
            ledger.add(two.report, s, p, extractor="")
        assert list(ledger.dump()) == []

    def test_a_failure_half_way_leaves_nothing(self, ledger, two):
        # No number: the store refuses it when the report and its statements are written already.
        broken = replace(two.positions[1], confidence=None)
        with pytest.raises(LedgerError):
            ledger.add(two.report, two.statements, [two.positions[0], broken], extractor="hand 1")
        assert list(ledger.dump()) == []
        assert two.into(ledger)

    def test_rows_are_only_ever_added(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "reject"))
        before = list(ledger.dump(clock=True))
        for sql in (
            "UPDATE positions SET stance = 'refused'",
            "DELETE FROM judgements",
            "UPDATE reports SET text = ''",
            "DELETE FROM migrations",
        ):
            with pytest.raises(LedgerError, match="append-only"), ledger._store.writing() as conn:
                conn.exec_driver_sql(sql)
        assert list(ledger.dump(clock=True)) == before

    def test_issues_are_kept_once(self, ledger):
        issue = Issue("report-empty", "a.txt", "there is no text in it", "leave it out")
        assert ledger.add_issue(issue)
        assert not ledger.add_issue(issue)
        assert ledger.add_issue(replace(issue, where="b.txt"))
        assert ledger.issues() == [issue, replace(issue, where="b.txt")]

    def test_repeats_found_later(self, ledger, clock, two):
        two.into(ledger)
        told("r2", ("NOR", "offered"), outlet="The Herald").into(ledger)
        told("r3", ("NOR", "refused"), outlet="The Herald").into(ledger)
        before = clock()
        clock.tick()
        assert ledger.add_repeat("r2", "r3", "near", 0.8)
        assert ledger.add_repeat("r2", "r1", "same", 1.0)
        assert not ledger.add_repeat("r2", "r1", "same", 1.0)
        assert ledger.repeats() == [Repeat("r2", "r3", "near", 0.8), Repeat("r2", "r1", "same", 1.0)]
        assert {r.id: r.same_text_as for r in ledger.reports()} == {"r1": None, "r2": "r1", "r3": None}
        assert {r.same_text_as for r in ledger.reports(before)} == {None}
        with pytest.raises(UnknownName):
            ledger.add_repeat("r2", "r9", "same", 1.0)
        with pytest.raises(InputError):
            ledger.add_repeat("r2", "r2", "same", 1.0)

    def test_meta_matters_and_runs(self, ledger, clock):
        assert ledger.meta("story") is None
        assert ledger.set_meta("story", "abc")
        assert not ledger.set_meta("story", "abc")
        assert ledger.add_matter(Matter("force_x", "Force X", ("the force",)))
        assert not ledger.add_matter(Matter("force_x", "Force X", ("the force",)))
        run = ledger.start_run("read", inputs=["a"])
        before = clock()
        clock.tick()
        assert ledger.set_meta("story", "def")
        assert ledger.set_meta("story", "abc")
        assert ledger.add_matter(Matter("force_x", "The Force"))
        assert ledger.finish_run(run, reports=3)
        assert not ledger.finish_run(run, reports=4)
        other = ledger.start_run("read", inputs=["a"])
        assert ledger.meta("story") == "abc"
        assert ledger.meta("story", before) == "abc"
        assert ledger.matters() == [Matter("force_x", "The Force")]
        assert ledger.matters(before) == [Matter("force_x", "Force X", ("the force",))]
        done, going = ledger.runs()
        assert (done.id, done.started, done.finished) == (run, before, clock())
        assert done.detail == {"inputs": ["a"], "reports": 3}
        assert (going.id, going.finished) == (other, None)
        with pytest.raises(UnknownName):
            ledger.finish_run("none")


SHARE = "The institute put it at 69 per cent of arms imports in 2016-2020."


def background(name="r1", extractor="hand 1"):
    """A report with one position and two facts, one of them with nothing that can be left out."""
    one = told(name, ("NOR", "offered"), more=SHARE, extractor=extractor)
    text = one.report.text

    def span(words):
        return Span(text.index(words), text.index(words) + len(words), words)

    full = Fact(
        f"{name}.f0",
        name,
        "share",
        span("arms imports"),
        span(SHARE),
        subject=span("NOR"),
        entity="NOR",
        low=69.0,
        high=69.0,
        unit="per cent",
        figure=span("69 per cent"),
        period=DateRange(date(2016, 1, 1), date(2020, 12, 31)),
        period_words=span("2016-2020"),
        chain=(ChainLink("the institute", "organisation"), ChainLink("The Courier", "outlet")),
        extractor=extractor,
    )
    bare = Fact(f"{name}.f1", name, "talks", span("put it"), span(SHARE), extractor=extractor)
    return one, [full, bare]


class TestFacts:
    def test_what_goes_in_comes_out(self, ledger):
        one, facts = background()
        assert ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=facts)
        assert ledger.facts() == facts
        assert ledger.facts(report="r1") == facts
        assert ledger.facts(report="r2") == []
        assert ledger.counts()["facts"] == 2
        assert ledger.verify() == []

    def test_the_newest_extraction_counts_and_the_past_is_kept(self, ledger, clock):
        one, facts = background()
        ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=facts)
        before = clock()
        clock.tick()
        ledger.add(one.report, [], [], extractor="hand 2", facts=[replace(facts[0], id="n.f0")])
        assert ledger.facts() == [replace(facts[0], id="n.f0", extractor="hand 2")]
        assert ledger.facts(before) == facts

    def test_a_fact_is_found_by_its_id(self, ledger):
        one, facts = background()
        ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=facts)
        assert ledger.find("r1.f0") == facts[0]
        assert ledger.find("r1.f1") == facts[1]

    def test_under_another_id_the_facts_follow(self, ledger):
        told("r1", ("SUD", "refused")).into(ledger)
        one, facts = background()
        assert ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=facts)
        name = ledger.identify(one.report).id
        assert name != "r1"
        assert [(f.report, f.id) for f in ledger.facts()] == [(name, f"{name}.f0"), (name, f"{name}.f1")]

    def test_what_does_not_hold_together_is_refused_whole(self, ledger):
        one, (fact, other) = background()
        for bad, error in (
            ([replace(fact, figure=Span(0, 3, "not"))], EvidenceMismatch),
            ([replace(fact, report="r2")], InputError),
            ([fact, replace(other, id=fact.id)], InputError),
        ):
            with pytest.raises(error):
                ledger.add(one.report, one.statements, one.positions, extractor="hand 1", facts=bad)
        with pytest.raises(LedgerError):
            ledger.add(one.report, one.statements, one.positions, extractor="x", facts=[replace(fact, kind=None)])
        assert list(ledger.dump()) == []


class TestAnswers:
    ONE = Answered("a" * 64, "m at h", "positions/1", "r1", '{"positions": []}', 120, 9, 0.5)

    def test_an_answer_is_kept_once(self, ledger):
        assert ledger.answered(self.ONE.id) is None
        assert ledger.add_answer(self.ONE)
        assert not ledger.add_answer(replace(self.ONE, answer="another"))
        assert ledger.answered(self.ONE.id) == self.ONE
        assert ledger.answered("b" * 64) is None

    def test_one_that_counts_nothing(self, ledger):
        bare = replace(self.ONE, tokens_in=None, tokens_out=None, answer="\ud800 odd")
        assert ledger.add_answer(bare)
        assert ledger.answered(bare.id) == replace(bare, answer="? odd")
        assert ledger.verify() == []


class TestExtractions:
    def test_a_newer_extractor_replaces_the_older_in_views_and_the_older_stays(self, ledger, clock, two):
        two.into(ledger)
        before = clock()
        clock.tick()
        newer = without(again(two, "hand 2"), 1)
        assert newer.into(ledger)
        assert ledger.positions() == list(newer.positions)
        assert ledger.statements() == list(newer.statements)
        assert ledger.positions(before) == list(two.positions)
        assert ledger.find("r1.p1") == two.positions[1]
        assert ledger.counts()["positions"] == 1

    def test_an_older_version_read_later_does_not(self, ledger, two):
        again(two, "hand 1.10").into(ledger)
        assert without(again(two, "hand 1.9", "o"), 1).into(ledger)
        assert len(ledger.positions()) == 2
        assert ledger.has("r1", "hand 1.9")

    def test_another_extractor_does(self, ledger, two):
        again(two, "hand 3").into(ledger)
        assert without(again(two, "eye 1", "e"), 1).into(ledger)
        assert len(ledger.positions()) == 1

    def test_the_head_is_read_anew(self, ledger, clock, two):
        two.into(ledger)
        before = clock()
        clock.tick()
        better = replace(two.report, published=None, title="Better", upstream=())
        again(replace(two, report=better), "hand 2").into(ledger)
        assert ledger.reports() == [better]
        assert ledger.reports(before) == [two.report]

    def test_one_that_finds_nothing_is_kept_too(self, ledger, two):
        two.into(ledger)
        ledger.add(two.report, [], [], extractor="hand 2")
        assert ledger.positions() == []
        assert ledger.reports() == [two.report]


class TestClocks:
    def test_as_it_was_known(self, ledger, clock, two):
        start = clock() - timedelta(minutes=1)
        two.into(ledger)
        first = clock()
        clock.tick()
        told("r2", ("NOR", "refused")).into(ledger)
        ledger.add_issue(Issue("x", "y", "z"))
        second = clock()
        clock.tick()
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
        assert [len(ledger.positions(t)) for t in (start, first, second)] == [0, 2, 3]
        assert [len(ledger.reports(t)) for t in (start, first, second)] == [0, 1, 2]
        assert [len(ledger.statements(t)) for t in (start, first, second)] == [0, 2, 3]
        assert [len(ledger.issues(t)) for t in (start, first, second)] == [0, 0, 1]
        assert [len(ledger.judgements(t)) for t in (second, clock())] == [0, 1]
        assert [stances(ledger, known_at=t, report="r1")["NOR"] for t in (second, clock())] == [
            "offered",
            "pledged",
        ]

    def test_a_moment_without_a_zone_is_refused(self, ledger):
        with pytest.raises(ValueError, match="time zone"):
            ledger.positions(datetime(2025, 11, 3))

    def test_any_zone_will_do(self, ledger, two):
        two.into(ledger)
        there = timezone(timedelta(hours=5))
        assert len(ledger.positions(NOON.astimezone(there))) == 2
        assert ledger.positions((NOON - timedelta(seconds=1)).astimezone(there)) == []

    def test_a_clock_that_goes_back_does_not_turn_the_order_round(self, ledger, clock, two):
        two.into(ledger)
        clock.tick(-60)
        told("r2", ("NOR", "refused")).into(ledger)
        assert [len(ledger.reports(t)) for t in (clock(), NOON)] == [0, 2]
        clock.tick(120)
        assert ledger.verify() == []

    def test_a_clock_that_was_ahead_is_noticed(self, ledger, clock, two):
        two.into(ledger)
        clock.tick(-60)
        assert any("yet to come" in said for said in ledger.verify())


class TestJudgements:
    def test_confirm_correct_reject(self, ledger, two):
        two.into(ledger)
        assert ledger.judge(
            judgement("j1", "r1.p0", "correct", stance="pledged", matter=None, confidence=0.9)
        )
        assert ledger.judge(judgement("j2", "r1.p1", "reject"))
        assert not ledger.judge(judgement("j2", "r1.p1", "reject"))
        (kept,) = ledger.positions()
        assert kept == replace(two.positions[0], stance="pledged", matter=None, confidence=0.9)
        assert ledger.positions(raw=True) == list(two.positions)
        assert [j.id for j in ledger.judgements()] == ["j1", "j2"]
        assert ledger.judgements(target="r1.p1") == [judgement("j2", "r1.p1", "reject")]

    def test_who_has_looked_is_sure(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "confirm"))
        assert ledger.positions()[0] == replace(two.positions[0], confidence=1.0)

    def test_every_field_of_a_position_can_be_corrected(self, ledger, two):
        two.into(ledger)
        words = two.report.text
        span = Span.of(words, 0, 12)
        ledger.judge(
            judgement(
                "j1",
                "r1.p0",
                "correct",
                holder="EST",
                performer="WES",
                task="fund",
                object="NOR said it",
                object_span=span_record(Span.of(words, 0, 11)),
                cue=None,
                conditions=[{"kind": "mandate", **span_record(span)}],
                quantity={"low": 1, "high": 2, "unit": None, **span_record(span)},
                chain=[{"name": "A", "kind": "outlet", "entity": None}],
                self_declared=False,
                said_on="2025-10-01",
                evidence=span_record(span),
            )
        )
        kept = ledger.positions(holder="EST", task="fund")[0]
        assert (kept.performer, kept.cue, kept.evidence, kept.object.text) == (
            "WES",
            None,
            span,
            "NOR said it",
        )
        assert kept.conditions[0].span == kept.quantity.span == span
        assert kept.said_on.day.isoformat() == "2025-10-01"
        assert not kept.said_on.inferred

    def test_filters_follow_what_was_corrected(self, ledger, two):
        two.into(ledger)
        told("r2", ("EST", "offered")).into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", holder="EST", task="fund", matter="force_y"))
        assert [p.id for p in ledger.positions(holder="EST")] == ["r1.p0", "r2.p0"]
        assert ledger.positions(holder="NOR") == []
        assert [p.id for p in ledger.positions(task="fund")] == ["r1.p0"]
        assert [p.id for p in ledger.positions(matter="force_x")] == ["r1.p1", "r2.p0"]
        assert [p.id for p in ledger.positions(report="r1", holder="EST")] == ["r1.p0"]

    @pytest.mark.parametrize("wider", [0, 4])
    def test_they_outlive_a_newer_extractor(self, ledger, two, wider):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
        ledger.judge(judgement("j2", "r1.p1", "reject"))
        newer = again(told("r1", ("NOR", "offered"), ("SUD", "refused"), wider=wider), "hand 2")
        newer.into(ledger)
        (kept,) = ledger.positions()
        assert kept == replace(newer.positions[0], stance="pledged", confidence=1.0)

    def test_a_newer_extractor_that_has_learned_it_finds_the_same(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="considering"))
        newer = again(two, "hand 2")
        newer = replace(
            newer, positions=(replace(newer.positions[0], stance="considering"), newer.positions[1])
        )
        newer.into(ledger)
        assert [(p.id, p.stance) for p in ledger.positions()] == [
            ("n.r1.p0", "considering"),
            ("n.r1.p1", "refused"),
        ]

    def test_what_a_newer_extractor_no_longer_finds_stays_the_persons(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
        ledger.judge(judgement("j2", "r1.p1", "confirm", by="ben"))
        ledger.add(two.report, [], [], extractor="hand 2")
        assert ledger.positions() == [
            replace(
                two.positions[0], stance="pledged", extractor="person:ada", statement=None, confidence=1.0
            ),
            replace(two.positions[1], extractor="person:ben", statement=None, confidence=1.0),
        ]
        assert ledger.positions(raw=True) == []
        assert ledger.find("r1.p0").extractor == "person:ada"
        # And it can still be judged.
        ledger.judge(judgement("j3", "r1.p0", "reject"))
        assert [p.id for p in ledger.positions()] == ["r1.p1"]

    def test_what_was_rejected_stays_away_when_it_is_found_again(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "reject"))
        ledger.add(two.report, [], [], extractor="hand 2")
        assert ledger.positions() == []
        again(two, "hand 3").into(ledger)
        assert stances(ledger) == {"SUD": "refused"}

    def test_an_id_that_a_newer_extractor_gives_to_something_else(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "confirm"))
        # Counted anew: the first position is now another party's.
        newer = replace(two.positions[1], id="r1.p0", extractor="hand 2")
        ledger.add(two.report, two.statements, [newer], extractor="hand 2")
        found, kept = ledger.positions()
        assert found == newer
        assert (kept.holder, kept.extractor) == ("NOR", "person:ada")
        assert kept.id.startswith("r1.p0~")
        assert ledger.find(kept.id) == kept
        ledger.judge(judgement("j2", kept.id, "reject"))
        assert ledger.positions() == [newer]
        ledger.judge(judgement("j3", "r1.p0", "reject"))
        assert ledger.positions() == []

    def test_the_newest_of_one_person_counts(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged", at=NOON))
        ledger.judge(judgement("j2", "r1.p0", "correct", holder="EST", at=NOON + timedelta(hours=1)))
        # Decided before the others, learned after them.
        ledger.judge(judgement("j3", "r1.p0", "reject", at=NOON - timedelta(hours=1)))
        assert stances(ledger) == {"EST": "offered", "SUD": "refused"}
        assert ledger.disagreements() == []

    def test_two_persons_are_both_kept_and_the_latest_applies(self, ledger, two):
        two.into(ledger)
        first = judgement("j1", "r1.p0", "correct", stance="pledged", at=NOON)
        second = judgement("j2", "r1.p0", "reject", by="ben", at=NOON + timedelta(hours=1))
        ledger.judge(second)
        ledger.judge(first)
        assert stances(ledger) == {"SUD": "refused"}
        (found,) = ledger.disagreements()
        assert (found.target, found.report, found.applied, found.others) == ("r1.p0", "r1", second, (first,))
        third = judgement("j3", "r1.p0", "confirm", at=NOON + timedelta(hours=2))
        ledger.judge(third)
        assert stances(ledger)["NOR"] == "offered"
        # Not agreed on: the figure stays the machine's.
        assert ledger.positions()[0].confidence == 0.5
        ledger.judge(judgement("j4", "r1.p0", "confirm", by="ben", at=NOON + timedelta(hours=3)))
        assert ledger.disagreements() == []
        assert ledger.positions()[0].confidence == 1.0

    def test_a_second_person_judges_what_the_newer_extractor_found(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "confirm"))
        again(two, "hand 2").into(ledger)
        ledger.judge(judgement("j2", "n.r1.p0", "reject", by="ben", at=NOON + timedelta(hours=1)))
        assert stances(ledger) == {"SUD": "refused"}
        assert [x.target for x in ledger.disagreements()] == ["n.r1.p0"]

    def test_withdrawing_undoes_and_can_be_undone(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
        ledger.judge(judgement("j2", "r1.p0", "reject"))
        assert "NOR" not in stances(ledger)
        ledger.judge(judgement("j3", "j2", "withdraw", kind="judgement"))
        assert stances(ledger)["NOR"] == "pledged"
        ledger.judge(judgement("j4", "j3", "withdraw", kind="judgement"))
        assert "NOR" not in stances(ledger)
        assert len(ledger.judgements()) == 4

    def test_nobody_withdraws_anothers(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "reject"))
        with pytest.raises(InputError, match="ada"):
            ledger.judge(judgement("j2", "j1", "withdraw", by="ben", kind="judgement"))
        with pytest.raises(UnknownName):
            ledger.judge(judgement("j2", "j9", "withdraw", kind="judgement"))

    def test_actors_are_merged(self, ledger, two):
        two.into(ledger)
        told("r2", ("NORD", "offered")).into(ledger)
        ledger.judge(judgement("j1", "NORD", "merge", kind="actor", into="NOR"))
        assert [p.id for p in ledger.positions(holder="NOR")] == ["r1.p0", "r2.p0"]
        assert ledger.positions(holder="NORD") == []
        merged = ledger.positions(report="r2")[0]
        assert (merged.performer, merged.chain[0].entity) == ("NOR", "NOR")
        assert ledger.statements(report="r2")[0].source.entity == "NOR"
        assert ledger.positions(report="r2", raw=True)[0].holder == "NORD"
        assert ledger.find("r2.p0") == merged
        ledger.judge(judgement("j2", "NOR", "merge", kind="actor", into="ALL"))
        assert {p.holder for p in ledger.positions()} == {"ALL", "SUD"}
        with pytest.raises(InputError, match="already"):
            ledger.judge(judgement("j3", "ALL", "merge", kind="actor", into="NORD"))
        later = NOON + timedelta(hours=1)
        ledger.judge(judgement("j4", "NORD", "confirm", by="ben", kind="actor", at=later))
        assert {p.holder for p in ledger.positions()} == {"ALL", "NORD", "SUD"}
        assert [x.target for x in ledger.disagreements()] == ["NORD"]

    def test_a_position_is_merged_into_another(self, ledger, two):
        two.into(ledger)
        with pytest.raises(UnknownName):
            ledger.judge(judgement("j1", "r1.p0", "merge", into="r1.p7"))
        with pytest.raises(InputError):
            ledger.judge(judgement("j1", "r1.p0", "merge"))
        ledger.judge(judgement("j1", "r1.p0", "merge", into="r1.p1"))
        assert [p.id for p in ledger.positions()] == ["r1.p1"]

    def test_statements_are_judged_likewise(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.s0", "reject", kind="statement"))
        ledger.judge(
            judgement("j2", "r1.s1", "correct", kind="statement", form="direct", said_on="2025-10-31")
        )
        again(two, "hand 2").into(ledger)
        (kept,) = ledger.statements()
        assert (kept.id, kept.form, kept.confidence) == ("n.r1.s1", "direct", 1.0)
        assert kept.said_on.day.isoformat() == "2025-10-31"
        assert len(ledger.statements(raw=True)) == 2
        ledger.add(two.report, [], [], extractor="hand 3")
        (kept,) = ledger.statements()
        assert (kept.id, kept.form) == ("r1.s1", "direct")

    @pytest.mark.parametrize(
        ("decision", "kind", "target", "changes", "error", "words"),
        [
            ("confirm", "position", "r1.p9", {}, UnknownName, "no position 'r1.p9'"),
            ("correct", "position", "r1.p0", {"stanze": "refused"}, UnknownName, "did you mean 'stance'"),
            ("correct", "position", "r1.p0", {"id": "x"}, UnknownName, "no field 'id'"),
            ("correct", "position", "r1.p0", {"holder": ""}, InputError, "holder cannot be"),
            ("correct", "position", "r1.p0", {"confidence": 2}, InputError, "confidence cannot be"),
            ("correct", "position", "r1.p0", {"conditions": [{"kind": "x"}]}, InputError, "cannot be read"),
            ("correct", "position", "r1.p0", {"said_on": "yesterday"}, InputError, "cannot be read"),
            ("correct", "position", "r1.p0", {"object": "the moon"}, InputError, "has no passage"),
            (
                "correct",
                "position",
                "r1.p0",
                {"evidence": {"text": "NOR", "start": 1, "end": 4}},
                EvidenceMismatch,
                "reads",
            ),
            ("withdraw", "position", "r1.p0", {}, InputError, "choose from"),
            ("confirm", "judgement", "j0", {}, InputError, "choose from"),
            ("confirm", "planet", "r1.p0", {}, InputError, "choose from"),
        ],
    )
    def test_what_cannot_be_followed_is_refused(
        self, ledger, two, decision, kind, target, changes, error, words
    ):
        two.into(ledger)
        with pytest.raises(error) as caught:
            ledger.judge(judgement("j1", target, decision, kind=kind, **changes))
        assert words in str(caught.value)
        assert ledger.judgements() == []

    def test_one_id_one_judgement_by_somebody(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "reject"))
        with pytest.raises(InputError, match="another judgement"):
            ledger.judge(judgement("j1", "r1.p0", "confirm"))
        with pytest.raises(InputError, match="author"):
            ledger.judge(judgement("j2", "r1.p0", "reject", by=""))
        with pytest.raises(ValueError, match="time zone"):
            ledger.judge(judgement("j2", "r1.p0", "reject", at=datetime(2025, 11, 3)))


class TestFinding:
    def test_by_id_and_by_its_beginning(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("judged-1", "r1.p1", "reject"))
        assert ledger.find("r1") == two.report
        assert ledger.find("r1.s0") == two.statements[0]
        assert ledger.find("r1.p0") == two.positions[0]
        assert ledger.find("judged") == judgement("judged-1", "r1.p1", "reject")
        assert ledger.find("R1") is None
        assert ledger.find("") is None
        assert ledger.find("%") is None
        # Left out of the views, but still there to be looked at.
        assert ledger.find("r1.p1") == two.positions[1]

    def test_more_than_one(self, ledger, two):
        two.into(ledger)
        with pytest.raises(UnknownName, match=r"r1\.p0, r1\.p1"):
            ledger.find("r1.p")

    def test_as_views_show_it(self, ledger, two):
        two.into(ledger)
        ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
        assert ledger.find("r1.p0").stance == "pledged"

    def test_one_id_in_two_reports(self, ledger, two):
        two.into(ledger)
        other = told("r2", ("EST", "offered"))
        ledger.add(
            other.report, [], [replace(other.positions[0], id="r1.p0", statement=None)], extractor="hand 1"
        )
        with pytest.raises(UnknownName, match="more than one"):
            ledger.find("r1.p0")
        with pytest.raises(UnknownName, match="more than one"):
            ledger.judge(judgement("j1", "r1.p0", "reject"))


class TestWhole:
    def test_rebuilt_it_is_as_it_was(self, ledger, two):
        two.into(ledger)
        again(two, "hand 2").into(ledger)
        again(two, "hand 1.5", "o").into(ledger)
        ledger.judge(judgement("j1", "n.r1.p0", "reject"))
        before, shown = list(ledger.dump(clock=True)), ledger.positions()
        with ledger._store.writing() as conn:
            conn.exec_driver_sql("DELETE FROM current_extractions")
        assert any("rebuild" in said for said in ledger.verify())
        ledger.rebuild()
        assert list(ledger.dump(clock=True)) == before
        assert ledger.positions() == shown
        assert ledger.verify() == []

    def test_an_order_of_days(self, ledger):
        days = {"c": date(2025, 1, 1), "a": date(2025, 3, 1), "b": None}
        for name, day in days.items():
            words = f"Report {name}."
            report = Report(name, words, digest(words), published=day and DateRange.on(day))
            ledger.add(report, [], [], extractor="hand 1")
        assert [r.id for r in ledger.reports()] == ["c", "a", "b"]

    def test_it_stays_when_it_is_closed(self, where, clock, two):
        if where == ":memory:":
            pytest.skip("nothing stays in memory")
        with Ledger.open(where, clock=clock) as ledger:
            two.into(ledger)
            ledger.judge(judgement("j1", "r1.p0", "correct", stance="pledged"))
            before = list(ledger.dump(clock=True))
        with Ledger.open(where, clock=clock, create=False) as ledger:
            assert list(ledger.dump(clock=True)) == before
            assert not two.into(ledger)

    def test_two_at_once(self, where, clock, two):
        if where == ":memory:":
            pytest.skip("memory has one owner")
        with Ledger.open(where, clock=clock) as one, Ledger.open(where, clock=clock) as other:
            two.into(one)
            assert other.positions() == one.positions()
            assert not two.into(other)

    def test_many_writers(self, ledger, clock):
        work = [told(f"r{i}", ("NOR", "offered"), ("SUD", "refused"), more=str(i)) for i in range(12)] * 3
        with ThreadPoolExecutor(6) as pool:
            added = list(pool.map(lambda one: one.into(ledger), work))
        assert sum(added) == 12
        assert len(ledger.positions()) == 24
        assert ledger.verify() == []

    def test_a_reader_sees_one_state(self, ledger, clock, two):
        if ledger.where == ":memory:":
            pytest.skip("memory has one connection")
        two.into(ledger)
        before = list(ledger.dump())
        rows = ledger.dump()
        first = next(rows)
        told("r2", ("NOR", "refused")).into(ledger)
        assert [first, *rows] == before
        assert len(list(ledger.dump())) > len(before)

    def test_counts(self, ledger, two):
        two.into(ledger)
        again(two, "hand 2").into(ledger)
        ledger.add_issue(Issue("x", "y", "z"))
        ledger.judge(judgement("j1", "n.r1.p0", "reject"))
        assert ledger.counts() == {
            "reports": 1,
            "extractions": 2,
            "statements": 2,
            "positions": 2,
            "facts": 0,
            "repeats": 0,
            "matters": 0,
            "issues": 1,
            "judgements": 1,
            "runs": 0,
        }

    def test_the_moment_it_was_learned_is_kept_to_the_microsecond(self, ledger, clock, two):
        clock.now = datetime(2025, 11, 3, 8, 15, 0, 123456, tzinfo=UTC)
        two.into(ledger)
        row = next(x for x in ledger.dump(clock=True) if x["table"] == "reports")
        assert row["learned_at"] == "2025-11-03T08:15:00.123456+00:00"

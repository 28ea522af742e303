"""The index: the order of days, days asked for, and what a record is."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.desk.indexing import Index, Narrowed, Words, question
from onrecord.ledger import Version
from onrecord.model import DateRange, Position, Report, Span, digest

DAYS = {"late": date(2026, 3, 9), "early": date(2026, 1, 5), "undated": None, "middle": date(2026, 2, 2)}


def report(name, day, text="Rome will send soldiers to the force."):
    text = f"{text} No. {name}."
    return Report(name, text, digest(text), published=DateRange.on(day) if day else None)


def position(of, holder="ITA"):
    return Position(f"{of.id}.p", of.id, holder, holder, "contribute_troops", "pledged", Span.of(of.text, 0, 23))


@pytest.fixture
def index():
    made = Index()
    reports = {name: report(name, day) for name, day in DAYS.items()}
    held = {r.id: (position(r, "FRA" if r.id == "early" else "ITA"),) for r in reports.values()}
    made.bring_up(Version(1), reports, held, None, lambda p: Words(p.holder, p.task, "for"))
    return made


def ids(index, kind="reports", text="soldiers", newest=True, start=0, most=20, **narrowed):
    found = index.find(kind, question(text), Narrowed(**narrowed), start=start, most=most, newest=newest)
    return [h.id for h in found.hits], found.total


class TestTheIndex:
    def test_the_newest_come_first_whatever_the_order_they_came_in(self, index):
        assert ids(index) == (["late", "middle", "early", "undated"], 4)
        assert ids(index, start=1, most=2) == (["middle", "early"], 4)

    def test_days(self, index):
        assert ids(index, first="2026-02-02") == (["late", "middle"], 2)
        assert ids(index, last="2026-02-02") == (["middle", "early"], 2)
        assert ids(index, first="2026-01-06", last="2026-03-08") == (["middle"], 1)

    def test_what_a_record_is_without_words(self, index):
        assert ids(index, "records", "", party="ITA") == (["late.p", "middle.p", "undated.p"], 3)
        assert ids(index, "records", "", party="ITA", polarity="against") == ([], 0)
        assert ids(index, "records", "", first="2026-01-01") == ([], 0)

    def test_words_and_what_it_is(self, index):
        assert ids(index, "records", "soldiers", party="FRA") == (["early.p"], 1)
        assert ids(index, "records", "soldiers -rome", party="FRA") == ([], 0)

    def test_a_mark_is_no_word(self, index):
        from onrecord.desk.indexing import _mark

        assert ids(index, "records", _mark("party", "ITA")) == ([], 0)

    def test_pieces_are_of_what_is_shown(self, index):
        found = index.find("reports", question("soldiers"), Narrowed(), start=0, most=2)
        assert len(found.hits) == 2
        assert all(any(p.hit and p.text == "soldiers" for p in h.pieces) for h in found.hits)

    def test_a_report_that_came_in_later_stands_by_its_day(self, index):
        more = {name: report(name, day) for name, day in {**DAYS, "between": date(2026, 2, 1)}.items()}
        index.bring_up(Version(2), more, {}, ["between"], lambda p: Words("", "", ""))
        assert ids(index)[0] == ["late", "middle", "between", "early", "undated"]

"""Answers held against the text: what stands there is taken, what does not is dropped and told."""

from __future__ import annotations

import copy
import json
import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OutsideBroken
from onrecord.extraction.days import said_on
from onrecord.ledger.rows import spans_of
from onrecord.model import ChainLink, Position, Span
from onrecord.outside import Readers
from onrecord.outside.answers import CONFIDENCE, Answers, Asked, entries, one_line_each
from onrecord.outside.schema import answer_schema
from onrecord.rereading import figure
from onrecord.vocabulary import load

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "conftest.py")))
EXCHANGE = made.EXCHANGE
REPORT = made.report(EXCHANGE["text"], day=date(2025, 11, 13))
VOCABULARY = load()
SCHEMA = answer_schema(
    stances=VOCABULARY.stances, tasks=VOCABULARY.tasks, kinds=VOCABULARY.condition_kinds, matters=["isf_gaza"]
)
ANSWERS = Answers(VOCABULARY, Readers(figure, said_on), "tiny@here positions/1")


def read(found, report=REPORT, **more):
    asked = Asked(report, more.pop("part", (0, len(report.text))), **more)
    return ANSWERS.positions(found, SCHEMA, asked)


def good(n=0, **changes):
    entry = copy.deepcopy(EXCHANGE["good"]["positions"][n])
    return {**entry, **changes}


class TestWhatIsThere:
    def test_a_position_with_all_its_attributes(self):
        (found,), dropped = read([good(matter="isf_gaza")])
        assert dropped == []
        assert (found.holder, found.performer) == ("ITA", "ITA")
        assert (found.task, found.stance) == ("contribute_police", "offered")
        assert found.evidence.text.startswith("Italy is ready")
        assert (found.cue.text, found.object.text, found.matter) == ("ready to send", "Gaza", "isf_gaza")
        assert [(c.kind, c.span.text) for c in found.conditions] == [("approval", "if parliament approves")]
        assert (found.quantity.low, found.quantity.high, found.quantity.unit) == (None, 300, "officers")
        assert found.chain == (
            ChainLink("its defence minister", "office", "ITA"),
            ChainLink("The Harbour Daily", "outlet", None),
        )
        assert found.self_declared
        assert found.said_on.day == date(2025, 11, 11)
        assert found.confidence == CONFIDENCE
        assert found.extractor == "tiny@here positions/1"

    def test_all_of_a_good_answer(self):
        found, dropped = read(EXCHANGE["good"]["positions"])
        assert [(p.holder, p.performer, p.stance) for p in found] == [
            ("ITA", "ITA", "offered"),
            ("AZE", "AZE", "refused"),
            ("EGY", "TUR", "requests"),
        ]
        assert dropped == []
        assert [p.self_declared for p in found] == [True, True, False]

    def test_names_in_place_of_codes(self):
        found, _ = read([good(holder="Italy"), good(1, holder="azerbaijan"), good(2, performer="Türkiye")])
        assert [p.holder for p in found] == ["ITA", "AZE", "EGY"]
        assert found[2].performer == "TUR"

    def test_words_that_name_nobody_need_the_party_elsewhere_in_the_text(self):
        text = "Its minister said it is ready to send police. Italy is a member."
        entry = good(
            passage="Its minister said it is ready to send police.", holder_words="it", conditions=[],
            figure_words=None, object_words=None, speakers=[], said_words=None,
        )  # fmt: skip
        (found,), _ = read([entry], made.report(text))
        assert found.holder == "ITA"
        none, dropped = read([entry], made.report(text.replace("Italy", "Nobody")))
        assert none == []
        assert dropped[0].field == "holder"

    def test_a_party_that_no_file_knows_is_made_of_its_words(self):
        text = "The Coastal League is ready to send police, it said."
        entry = good(
            passage=text, holder="coastal_league", holder_words="The Coastal League", conditions=[], figure_words=None,
            object_words=None, speakers=[], said_words=None,
        )  # fmt: skip
        (found,), _ = read([entry], made.report(text))
        assert found.holder == "coastal_league"
        for other in ("mountain_union", "XYZ", "group:nine_states"):
            assert read([{**entry, "holder": other}], made.report(text))[0] == []

    def test_spelled_otherwise_in_the_text(self):
        text = "Italy  is “ready\nto send” up to 300 police officers."
        entry = good(
            passage='Italy is "ready to send" up to 300 police officers.', conditions=[], object_words=None,
            speakers=[], said_words=None,
        )  # fmt: skip
        (found,), dropped = read([entry], made.report(text))
        assert dropped == []
        assert found.evidence.text == text
        assert found.cue.text == "ready\nto send"

    def test_offsets_are_those_of_the_report_not_of_the_part(self):
        before = "Nothing was decided in the first week. "
        report = made.report(before + EXCHANGE["text"])
        (found,), _ = read([good()], report, part=(len(before), len(report.text)))
        found.evidence.check(report.text)
        assert found.evidence.start == len(before)

    def test_foreign_forces_in_general_need_no_words(self):
        (found,), _ = read([good(2, stance="opposes", stance_words="has asked", performer="group:foreign_force")])
        assert found.performer == "group:foreign_force"


class TestWhatIsNot:
    def test_an_answer_full_of_inventions(self):
        found, dropped = read(EXCHANGE["invented"]["positions"])
        (kept,) = found
        assert (kept.holder, kept.stance) == ("AZE", "refused")
        assert (kept.object, kept.conditions, kept.quantity, kept.said_on) == (None, (), None, None)
        assert [x.kind for x in kept.chain] == ["outlet"]
        assert not kept.self_declared
        assert [(x.field, x.whole) for x in dropped] == [
            ("passage", True),
            ("speakers", False),
            ("said_words", False),
            ("object_words", False),
            ("conditions", False),
            ("figure_words", False),
            ("holder", True),
            ("form", True),
        ]
        assert all(str(x) for x in dropped)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"passage": "Italy"}, "passage"),
            ({"passage": ""}, "passage"),
            ({"stance_words": "is eager"}, "stance_words"),
            ({"stance_words": "will not send"}, "stance_words"),
            ({"holder_words": "Rome"}, "holder_words"),
            ({"holder": "FRA"}, "holder"),
            ({"stance": "maybe"}, "form"),
            ({"conditions": [{"kind": "weather", "words": "x"}]}, "form"),
            ({"conditions": "none"}, "form"),
            ({"matter": "some_other"}, "form"),
            ({"confidence": 1}, "form"),
        ],
    )
    def test_no_position_without_what_carries_it(self, changes, field):
        found, dropped = read([good(**changes)])
        assert found == []
        assert [x.field for x in dropped if x.whole] == [field]

    def test_a_field_that_is_missing(self):
        entry = good()
        del entry["stance_words"]
        found, dropped = read([entry])
        assert found == []
        assert "stance_words is missing" in dropped[0].why

    def test_a_request_to_oneself_and_one_to_nobody(self):
        assert read([good(2, performer="EGY", performer_words="Egypt")])[0] == []
        assert read([good(2, performer_words=None)])[0] == []

    def test_words_of_another_figure(self):
        (found,), dropped = read([good(figure_words="police officers")])
        assert found.quantity is None
        assert dropped[0].why == "is no figure"

    def test_more_than_a_text_can_hold(self):
        found, dropped = read([good()] * 500)
        assert len(found) == 60
        assert dropped[0].words == "440 more"

    @pytest.mark.parametrize("entry", [None, 3, "x", [], {}, {"passage": None}, [[]]])
    def test_entries_of_any_form(self, entry):
        found, dropped = read([entry])
        assert found == []
        assert [x.field for x in dropped] == ["form"]

    words = st.one_of(st.none(), st.sampled_from(EXCHANGE["text"].split()), st.text(max_size=20))

    @given(st.dictionaries(st.sampled_from(sorted(good())), st.one_of(words, st.lists(words, max_size=2)), max_size=5))
    def test_whatever_comes_spans_reproduce(self, changes):
        found, _ = read([good(**changes)])
        for position in found:
            for span in spans_of(position):
                span.check(REPORT.text)


class TestReadingTheWords:
    @pytest.mark.parametrize(
        "words",
        [
            '{"positions": []}',
            '```json\n{"positions": []}\n```',
            '  {"positions": [], "remark": "none"}\n',
            '<think>who said {"positions"?</think>{"positions": []}',
        ],
    )
    def test_a_list(self, words):
        assert entries(words) == []

    @pytest.mark.parametrize(
        "words",
        ["", "none found", "[]", "null", '{"positions": {}}', '{"positions": null}', '{"positions": [', "{" * 90_000],
    )
    def test_no_list(self, words):
        with pytest.raises(OutsideBroken):
            entries(words)


class TestOneLineEach:
    def position(self, name="p1", start=0, **more):
        told = {"chain": (ChainLink("A minister", "office", "ITA"),), **more}
        return Position(name, "r1", "ITA", "ITA", "fund", "offered", Span(start, start + 4, "said"), **told)

    def test_twice_the_same_is_once(self):
        a, b = self.position(), self.position("p2", 50)
        assert one_line_each([b, a]) == [a]

    def test_another_day_speaker_or_figure_is_another_line(self):
        assert len(one_line_each([self.position(), self.position("p2", chain=(ChainLink("B", "office"),))])) == 2
        assert len(one_line_each([self.position(), self.position("p2", matter="x")])) == 2

    def test_two_lines_never_share_an_id(self):
        a = self.position()
        b = self.position(chain=(ChainLink("B", "office"),))
        assert [p.id for p in one_line_each([a, b])] == ["p1", "p1.2"]


def test_the_exchange_is_json_as_a_server_would_send_it():
    assert entries(json.dumps(EXCHANGE["good"])) == EXCHANGE["good"]["positions"]


def test_a_small_model_that_only_keeps_to_the_form():
    """Recorded from a real model of 270 million parameters: its grammar is right and nothing in it is."""
    recorded = EXCHANGE["small_model"]
    found, dropped = read(entries(recorded["answer"]), made.report(recorded["text"]))
    assert len(entries(recorded["answer"])) >= 2
    assert found == []
    assert len(dropped) >= 2
    assert all(x.whole for x in dropped)

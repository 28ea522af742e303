"""Deciding through the pages: what is kept, what becomes of the standings, what is shown where persons differ."""

from __future__ import annotations

import json
import re

import pytest

ROME = "gazette-rome.p0"
OFFER = "courier-offer.p0"


def standing(desk, holder="ITA", task="contribute_police"):
    return desk.outlook().answer.reconciliation.standing(holder, task)


def flash(answer):
    found = re.search(r'<div class="flash".*?</div>', answer.text, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def correct(reader, name=ROME, decision="correct", **fields):
    return reader.fill_in("/decide", id=name, decision=decision, back=f"/position?id={name}", **fields)


class TestTheQueue:
    def test_least_sure_and_most_consequential_first(self, at_machine):
        names = re.findall(r'<li class="queued[^"]*" data-item="([^"]+)"', at_machine.get("/review").text)
        assert len(names) == 7
        assert names.index("harbour-rafah.p0") < names.index(OFFER)
        assert names.index("wire-jakarta.p1") < names.index("wire-jakarta.p0")

    def test_what_is_decided_leaves_it(self, at_machine):
        correct(at_machine, decision="confirm")
        assert f'data-item="{ROME}"' not in at_machine.get("/review").text
        assert f'data-item="{ROME}"' in at_machine.get("/review?whose=all").text

    def test_another_still_has_it_in_his_own(self, as_person):
        correct(as_person("vera"), decision="confirm")
        victor = as_person("victor")
        assert f'data-item="{ROME}"' not in victor.get("/review").text
        assert f'data-item="{ROME}"' in victor.get("/review?whose=me").text

    def test_an_emptied_queue_says_so(self, at_machine, desk):
        for name in list(desk.rows().position):
            correct(at_machine, name, decision="confirm")
        assert "Everything that fits has been decided on" in at_machine.get("/review").text


class TestDeciding:
    def test_a_corrected_stance_moves_the_standing_at_once(self, at_machine, desk):
        assert standing(desk).stance == "refused"
        answer = correct(at_machine, stance="considering")
        assert standing(desk).stance == "considering"
        assert "Italy: contribute police: refused → considering" in flash(answer)
        cell = at_machine.get("/?party=ital").text
        assert "considering" in cell

    def test_the_judgement_says_only_what_was_changed(self, at_machine, desk):
        correct(at_machine, stance="considering", task="contribute_police", holder="Italy", note="he said might")
        (made,) = desk.ledger.judgements()
        assert (dict(made.changes), made.note, made.decision) == ({"stance": "considering"}, "he said might", "correct")

    def test_a_rejected_one_is_gone_and_kept_in_sight(self, at_machine, desk):
        correct(at_machine, decision="reject")
        assert standing(desk).stance == "offered"
        text = at_machine.get("/report?id=gazette-rome").text
        assert "Left out" in text
        assert "left out of the record" in at_machine.get(f"/position?id={ROME}").text

    def test_undo_brings_everything_back(self, at_machine, desk):
        correct(at_machine, decision="reject")
        answer = at_machine.fill_in("/undo", back="/review")
        assert "Taken back: rejected gazette-rome.p0" in flash(answer)
        assert standing(desk).stance == "refused"
        assert [j.decision for j in desk.ledger.judgements()] == ["reject", "withdraw"]

    def test_undo_goes_back_step_by_step_and_then_says_so(self, at_machine, desk):
        correct(at_machine, stance="considering")
        correct(at_machine, OFFER, decision="reject")
        at_machine.fill_in("/undo")
        assert standing(desk).stance == "considering"
        at_machine.fill_in("/undo")
        assert standing(desk).stance == "refused"
        answer = at_machine.fill_in("/undo")
        assert answer.status_code == 404
        assert "no decision of yours to undo" in answer.text

    def test_a_second_correction_takes_the_place_of_the_first_and_keeps_what_it_said(self, at_machine, desk):
        correct(at_machine, stance="considering")
        correct(at_machine, task="train_police")
        (shown,) = [p for p in desk.rows().positions if p.id == ROME]
        assert (shown.stance, shown.task) == ("considering", "train_police")

    def test_a_correction_back_to_what_it_was_confirms(self, at_machine, desk):
        correct(at_machine, stance="considering")
        correct(at_machine, stance="refused")
        assert desk.ledger.judgements()[-1].decision == "confirm"

    def test_a_split_makes_two(self, at_machine, desk):
        fields = {"task": "contribute_police", "2_task": "contribute_troops", "2_stance": "refused"}
        answer = correct(at_machine, decision="split", **fields)
        assert answer.status_code == 200, flash(answer)
        assert standing(desk, task="contribute_troops").stance == "refused"
        assert standing(desk).stance == "refused"
        part = at_machine.get(f"/position?id={ROME.replace('+', '%2B')}%2B2")
        assert "part of a split position" in part.text
        assert 'id="correct"' not in part.text
        at_machine.fill_in("/undo")
        assert standing(desk, task="contribute_troops") is None

    @pytest.mark.parametrize(
        ("fields", "status", "words"),
        [
            ({"decision": "burn"}, 422, "nobody can"),
            ({"stance": "furious"}, 404, "there is no stance"),
            ({"task": "disarmm"}, 404, "did you mean"),
            ({"holder": "Itally"}, 404, "did you mean"),
            ({"said_on": "soon"}, 422, "is no day"),
            ({"evidence": "words that are not there"}, 422, "does not have the words"),
            ({"evidence": ""}, 422, "no words are given"),
            ({"figure": "", "figure_low": "5"}, 422, "needs the words"),
            ({"figure": "police", "figure_low": "many"}, 422, "is no number"),
            ({"figure": "police", "figure_low": "9", "figure_high": "3"}, 422, "cannot be"),
            ({"condition_kind": "weather", "condition_words": "police"}, 404, "no kind of condition"),
            ({"condition_kind": "mandate", "condition_words": "if it rains"}, 422, "does not have the words"),
            ({"chain_name": "a", "chain_kind": "ghost"}, 404, "no kind of source"),
            ({"decision": "split"}, 422, "the same"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(self, at_machine, desk, fields, status, words):
        answer = correct(at_machine, **{"decision": "correct", **fields})
        assert answer.status_code == status, answer.text
        assert words.casefold() in answer.text.casefold()
        assert desk.ledger.judgements() == []

    def test_words_are_found_in_the_text_as_they_stand(self, at_machine, desk):
        correct(
            at_machine,
            OFFER,
            evidence="ready to send 200 police officers to Gaza",
            condition_kind=["mandate", "approval"],
            condition_words=["if the Security Council  gives a mandate", "gave no date"],
            figure="200 police\nofficers",
            figure_low="150",
            figure_high="200",
            figure_unit="police officers",
        )
        shown = desk.rows().position[OFFER]
        assert shown.evidence.text == "ready to send 200 police officers to Gaza"
        assert [(c.kind, c.span.text) for c in shown.conditions][1] == ("approval", "gave no date")
        assert (shown.quantity.low, shown.quantity.high) == (150, 200)
        assert desk.ledger.verify() == []

    def test_merged_actors_are_one(self, at_machine, desk):
        answer = at_machine.fill_in("/merge", kind="actor", target="QAT", into="Italy", note="a slip", back="/")
        assert "Merged: Qatar into Italy" in flash(answer)
        assert standing(desk, "ITA", "fund").stance == "considering"
        assert standing(desk, "QAT", "fund") is None
        correct(at_machine, "harbour-rafah.p0", stance="interested")
        assert dict(desk.ledger.judgements()[-1].changes) == {"stance": "interested"}

    def test_merged_conditions_are_one_until_undone(self, at_machine, desk):
        day = desk.rows().days[1]
        names = [c.id for c in desk.outlook(as_of=day).conditions]
        assert names == ["isf_gaza.ceasefire", "isf_gaza.mandate"]
        page = f"/conditions?as_of={day}"
        form = at_machine.get(page).text
        assert re.findall(r'<option value="(isf_gaza[^"]*)"', form[form.index('id="merge"') :]) == names * 2
        given = {"kind": "condition", "into": names[0], "as_of": str(day), "back": page}
        answer = at_machine.fill_in("/merge", target=names[1], **given)
        assert "Merged:" in flash(answer)
        (one,) = desk.outlook(as_of=day).conditions
        assert one.id == names[0]
        assert set(one.named_by) == {"ITA", "AZE"}
        assert 'id="merge"' not in answer.text
        assert "into" in at_machine.get("/decisions").text
        answer = at_machine.fill_in("/undo", back=page)
        assert [c.id for c in desk.outlook(as_of=day).conditions] == names
        assert 'id="merge"' in answer.text

    @pytest.mark.parametrize(
        ("fields", "status"),
        [({"target": "nothing"}, 404), ({"target": "isf_gaza.ceasefire"}, 422), ({"as_of": "soon"}, 422)],
    )
    def test_a_merge_of_conditions_that_cannot_be(self, at_machine, desk, fields, status):
        day = desk.rows().days[1]
        given = {"target": "isf_gaza.mandate", "into": "isf_gaza.ceasefire", "as_of": str(day), **fields}
        assert at_machine.fill_in("/merge", kind="condition", **given).status_code == status
        assert desk.ledger.judgements() == []

    def test_a_thing_is_not_merged_into_itself(self, at_machine):
        assert at_machine.fill_in("/merge", kind="actor", target="ITA", into="Italy").status_code == 422
        assert at_machine.fill_in("/merge", kind="planet", target="ITA", into="FRA").status_code == 422


class TestTwoPersons:
    def test_a_disagreement_is_shown_and_nothing_is_overwritten(self, as_person, desk):
        vera, victor = as_person("vera"), as_person("victor")
        correct(vera, stance="considering")
        correct(victor, stance="undecided", note="he shrugged")
        assert standing(desk).stance == "undecided"
        for path in (f"/position?id={ROME}", "/report?id=gazette-rome", "/decisions?disputed=1"):
            text = vera.get(path).text
            assert "differ" in text, path
            assert "stance: considering" in text
            assert "stance: undecided" in text
        assert re.findall(r'class="queued[^"]*" data-item="([^"]+)"', as_person("olga").get("/review").text)[0] == ROME

    def test_nobody_takes_back_anothers_decision(self, as_person, desk):
        correct(as_person("vera"), stance="considering")
        (made,) = desk.ledger.judgements()
        answer = as_person("victor").fill_in("/undo", judgement=made.id)
        assert answer.status_code == 422
        assert "cannot take it back" in answer.text

    def test_undo_is_ones_own(self, as_person, desk):
        correct(as_person("vera"), stance="considering")
        assert as_person("victor").fill_in("/undo").status_code == 404
        assert standing(desk).stance == "considering"


class TestTakingAlong:
    def records(self, reader, name):
        answer = reader.get(f"/decisions/{name}.jsonl")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        return [json.loads(x) for x in answer.text.split("\n") if x]

    def test_gold_is_what_people_decided_and_leaves_the_rest_open(self, at_machine):
        correct(at_machine, stance="considering")
        correct(at_machine, "wire-jakarta.p1", decision="reject")
        rows = self.records(at_machine, "gold")
        assert [(r["id"], r["stance"], r["optional"]) for r in rows] == [
            (ROME, "considering", False),
            ("wire-jakarta.p0", "pledged", True),
        ]

    def test_score_takes_it(self, at_machine, tmp_path, desk):
        from onrecord import scoring
        from onrecord.model.records import position_record

        correct(at_machine, stance="considering")
        gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
        gold.write_text(at_machine.get("/decisions/gold.jsonl").text)
        raw = desk.ledger.positions(report="gazette-rome", raw=True)
        found.write_text("".join(json.dumps(position_record(p)) + "\n" for p in raw))
        figures = scoring.score_files(gold, found).figures
        assert figures["detect"]["f1"] == 1.0
        assert figures["stance"]["share"] == 0.0

    def test_passages_hold_their_words(self, at_machine):
        correct(at_machine, OFFER, decision="confirm")
        correct(at_machine, "wire-jakarta.p1", decision="reject")
        correct(at_machine, "wire-jakarta.p0", decision="reject")
        told = {r["id"]: r for r in self.records(at_machine, "passages")}
        assert set(told) == {"courier-offer-001", "wire-jakarta-001"}
        (offer,) = told["courier-offer-001"]["positions"]
        text = told["courier-offer-001"]["text"]
        assert offer["evidence"] in text
        assert offer["cue"] in text
        assert offer["holder_text"] == "Italy"
        assert offer["conditions"] == [["mandate", "if the Security Council gives a mandate"]]
        assert offer["quantity"] == [200, 200, "police officers", "200 police officers"]
        assert told["wire-jakarta-001"]["positions"] == []

    def test_where_something_is_open_or_disputed_no_passage_is_made(self, at_machine, as_person):
        correct(at_machine, "wire-jakarta.p0", decision="confirm")
        assert self.records(at_machine, "passages") == []
        correct(as_person("vera"), stance="considering")
        correct(as_person("victor"), decision="reject")
        assert "gazette-rome" not in str(self.records(at_machine, "passages"))

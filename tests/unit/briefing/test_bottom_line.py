"""The bottom line says what the standings hold, and each claim has its passage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from onrecord.briefing import brief_of
from onrecord.briefing.pieces import plain


def lines(brief) -> dict[str, str]:
    return {s.topic: plain(s.text) for s in brief.bottom_line}


def test_the_sentences_of_the_story(brief) -> None:
    golden = Path(__file__).parent / "data" / "bottom_line.yaml"
    assert lines(brief) == yaml.safe_load(golden.read_text("utf-8"))


def test_every_party_named_has_a_reference_that_supports_it(brief, story) -> None:
    by_number = {p.ref.number: p for p in brief.passages}
    supporting = {x for s in story.STANDINGS for x in s.supporting}
    anchors = {f"p-{x}" for x in supporting}
    for sentence in brief.bottom_line[:2]:
        for before, piece in zip(sentence.text, sentence.text[1:], strict=False):
            if before.strong and piece.refs:
                assert all(r.anchor in anchors for r in piece.refs)
                assert by_number[piece.refs[0].number].undertaking.startswith(before.text)
        assert any(p.refs for p in sentence.text)


def test_the_quoted_passages_differ_and_are_the_holders_own_where_there_is_one(brief) -> None:
    quoted = [s.passage.plain for s in brief.bottom_line if s.passage]
    assert len(set(quoted)) == len(quoted)
    assert brief.bottom_line[0].passage is not None
    assert brief.bottom_line[0].passage.own_word


def test_numbers_run_from_one_in_order_of_first_use(brief) -> None:
    cited = [r.number for s in brief.bottom_line for p in s.text for r in p.refs]
    assert list(dict.fromkeys(cited)) == list(range(1, max(cited) + 1))
    assert [p.ref.number for p in brief.passages] == list(range(1, len(brief.passages) + 1))


def test_with_nobody_for_and_nobody_against(story) -> None:
    only = [s for s in story.STANDINGS if s.holder == "EGY"]
    made = brief_of(
        **{**story.STORY_ARGUMENTS, "standings": only, "conflicts": [], "force": None, "since": None}
    )
    said = lines(made)
    assert said["For"].startswith("No party is on record to contribute troops. Leaning towards it: Egypt")
    assert said["Against"] == "No party is on record against it."
    assert said["Disputed"] == "No two reports were found that do not stand side by side."
    assert "Changed" not in said
    assert "Strength" not in said


def test_a_condition_is_shared_only_where_two_parties_name_it(story) -> None:
    without = [s for s in story.STANDINGS if s.holder != "PAK"]
    made = brief_of(**{**story.STORY_ARGUMENTS, "standings": without})
    assert "same condition" not in lines(made)["Against"]


def test_parties_merely_named_are_told_as_such(story) -> None:
    named = [
        replace(s, stance="named", polarity="open")
        if s.holder in {"JOR", "PAK"} and s.task == "contribute_troops"
        else s
        for s in story.STANDINGS
    ]
    made = brief_of(**{**story.STORY_ARGUMENTS, "standings": named})
    assert (
        lines(made)["Open"] == "Jordan and Pakistan are named by others and have not spoken for themselves."
    )


def test_more_parties_than_a_sentence_holds_are_counted(story) -> None:
    one = next(s for s in story.STANDINGS if s.holder == "JOR" and s.task == "contribute_troops")
    many = [replace(one, holder=f"group_{n}", performer=f"group_{n}") for n in range(12)]
    made = brief_of(**{**story.STORY_ARGUMENTS, "standings": many})
    assert "12 are on record against it: " in lines(made)["Against"]
    assert " and 5 more." in lines(made)["Against"]


def test_nothing_read_and_nothing_found_are_two_things(story) -> None:
    empty = brief_of(**story.EMPTY_ARGUMENTS)
    assert lines(empty) == {
        "Nothing found": "No report was read, so that nobody is on record for anything as of 20 Feb 2026."
    }
    found = brief_of(**{**story.EMPTY_ARGUMENTS, "reports": story.REPORTS})
    assert lines(found) == {
        "Nothing found": "No party's position was found in 16 reports, as of 20 Feb 2026."
    }


def test_a_request_to_do_it_does_not_fill_a_gap(story) -> None:
    asked = next(s for s in story.STANDINGS if s.stance == "requests")
    more = [*story.STANDINGS, replace(asked, task="monitor_ceasefire")]
    made = brief_of(**{**story.STORY_ARGUMENTS, "standings": more})
    assert "to monitor the ceasefire" in lines(made)["Gap"]


def test_those_that_lean_are_told_beside_a_gap(story) -> None:
    near = next(s for s in story.STANDINGS if s.holder == "EGY")
    more = [*story.STANDINGS, replace(near, task="monitor_ceasefire")]
    made = brief_of(**{**story.STORY_ARGUMENTS, "standings": more})
    assert lines(made)["Gap"].endswith("and to monitor the ceasefire (Egypt: considering).")

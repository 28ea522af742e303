"""Disputes, conditions, strength, timeline, standings, sources, reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.briefing import brief_of, export_records, render_html, render_markdown
from onrecord.model import Origin, Span
from onrecord.model.records import position_from_record, report_from_record, statement_from_record


def test_counts(brief) -> None:
    assert [(c.number, c.label) for c in brief.counts] == [
        (16, "reports"),
        (12, "distinct origins"),
        (15, "parties"),
        (40, "positions"),
    ]


def test_a_text_that_repeats_another_adds_no_origin(story) -> None:
    reports = [replace(r, same_text_as="r01") if r.id in {"r05", "r06"} else r for r in story.REPORTS]
    reports = [replace(r, same_text_as="r16") if r.id == "r15" else r for r in reports]
    reports = [replace(r, same_text_as="r15") if r.id == "r16" else r for r in reports]
    made = brief_of(**{**story.STORY_ARGUMENTS, "reports": reports, "origins": []})
    # sixteen, less two copies of r01, less one of the two that name each other
    assert made.counts[1].number == 13


def test_disputes_by_kind_with_both_passages(brief) -> None:
    assert [k.kind for k in brief.disputes] == [
        "contradiction",
        "attribution",
        "figure",
        "reversal",
        "overtaken",
        "circular",
    ]
    contradiction = brief.disputes[0].items[0]
    assert [(p.stance, p.own_word) for p in contradiction.passages] == [("agreed", False), ("denied", True)]
    circular = brief.disputes[-1].items[0]
    assert len(circular.passages) == 2
    assert len(circular.more) == 1
    assert [x.anchor for x in circular.reports] == ["r-r02", "r-r03", "r-r04"]


def test_conditions_are_gathered_under_the_storys_own(brief, story) -> None:
    first = brief.conditions[0]
    assert (first.label, first.parties) == ("Complete ceasefire", 3)
    assert {n.party for n in first.namings} == {"Azerbaijan", "Egypt", "Pakistan"}
    assert brief.conditions[-1].shared is False
    without = brief_of(**{**story.STORY_ARGUMENTS, "story": None})
    assert without.conditions[0].label == "ceasefire"


def test_strength_takes_the_documented_shape(brief) -> None:
    strength = brief.strength
    assert strength is not None
    assert (strength.required, strength.named) == ("20,000", "2,000 to 10,000 (by 2 parties)")
    assert [c.task for c in strength.coverage if c.nobody] == ["disarm", "monitor the ceasefire"]
    assert strength.unlock[1].conditions == "Complete ceasefire and consent"
    chart = strength.chart
    assert chart is not None
    assert chart.need_low == chart.need_high == 690
    assert all(b.low <= b.high <= chart.need_low for b in chart.bars)


WHOLE_FORCE = {
    "required": {
        "low": 900, "high": 900, "found": True, "source": "found in the reports: wire",
        "passages": [{"report": "wire", "start": 0, "end": 5, "text": "force of 900"}, {"report": "none"}],
    },
    "scenario": "now",
    "scenarios": [
        {"id": "then", "name": "then", "expected": 500},
        {
            "id": "now", "name": "now", "low": 10, "expected": 100, "high": 200, "chance": 0.004,
            "made_of": [{"party": "IDN", "task": "contribute_troops", "expected": 100, "conditions_met": 0.5}],
        },
    ],
    "coverage": [
        {"task": "disarm", "for": [], "against": ["AZE"], "silent": ["PAK"], "nobody": True, "required": 20},
    ],
    "conditions": [{"id": "a", "label": "A thing", "share_of_gain": 40}],
    "unlock": [{"conditions": ["ceasefire"], "ids": ["a"], "gain": 30, "chance": 0.5, "standings": ["none"]}],
    "smallest_sets": {"sets": [["a"], ["b", "a"]], "to_gain": 800, "gain_of_all": 900, "complete": True},
    "leaving": [{"party": "IDN", "loss": 100, "chance_loss": 0.2}, {"party": "PAK", "loss": 0}],
    "precedents": [
        {"name": "MFO", "authorised": 2000, "after_12_months": 1000, "filled": 0.5, "under_un_command": False,
         "lead": "its own", "this_force_is_times_as_large": 0.45, "tasks_shared": ["disarm"]},
    ],
    "lines": ["one", "two", "three"],
    "assumptions": ["a guess"],
}  # fmt: skip


def test_strength_tells_what_each_number_is_made_of(story) -> None:
    made = brief_of(**{**story.STORY_ARGUMENTS, "force": WHOLE_FORCE}).strength
    assert made is not None
    assert (made.scenario, made.outline.found, made.required_at) == ("now", True, ())
    (part,) = made.made_of
    assert (part.party.label, part.persons, part.met) == ("Indonesia", "100", "50%")
    (row,) = made.coverage
    assert (row.nobody, [x.label for x in row.against], [x.label for x in row.silent]) == (
        True,
        ["Azerbaijan"],
        ["Pakistan"],
    )
    assert row.persons == "20 needed"
    (unlock,) = made.unlock
    assert (unlock.gain, unlock.share, unlock.standings) == ("+30", "+40", ())
    assert made.unlock_chart is not None
    assert [(b.width, b.share) for b in made.unlock_chart.bars] == [(225.0, 300.0)]
    assert made.smallest == ("A thing", "b and A thing")
    assert [(x.party.label, x.persons, x.what) for x in made.leaving] == [("Indonesia", "−100", "20 points")]
    (earlier,) = made.earlier
    assert (earlier.after_a_year, earlier.command, earlier.size) == ("1,000 (50%)", "its own", "0.5 times")
    assert earlier.shared == "disarm"
    assert made.assumptions == ("a guess",)


def test_numbers_of_the_strength_lead_to_standings_and_passages(story) -> None:
    standings = story.STORY_ARGUMENTS["standings"]
    own = next(x for x in standings if x.holder == x.performer and x.supporting)
    force = {
        "scenarios": [
            {"made_of": [{"party": own.holder, "task": own.task, "expected": 5, "standing": own.id}], "expected": 5}
        ],
        "leaving": [{"party": own.holder, "loss": 5, "standings": [own.id]}],
    }
    made = brief_of(**{**story.STORY_ARGUMENTS, "force": force})
    assert made.strength is not None
    for row in (*made.strength.made_of, *made.strength.leaving):
        assert row.party.anchor in {c.anchor for c in made.cards}
        assert row.refs
        assert {r.anchor for r in row.refs} <= {p.ref.anchor for p in made.passages}


@pytest.mark.parametrize(
    "force",
    [
        {"required": None, "scenarios": "none", "coverage": 3, "unlock": {}, "lines": None},
        {"required": {"low": "many", "high": True}, "scenarios": [{"name": None}, 5], "lines": [1, None]},
        {"scenarios": [{"low": 5}, {"expected": float("nan")}]},
        {
            "scenarios": [{"low": 9, "high": 3, "expected": 5}],
            "coverage": [{}],
            "unlock": [{"conditions": "x"}],
        },
    ],
)
def test_a_force_section_of_another_shape_is_left_out_not_guessed_at(story, force) -> None:
    made = brief_of(**{**story.STORY_ARGUMENTS, "force": force, "story": None})
    assert made.strength is not None
    assert made.strength.required == ""
    assert "Strength" not in {s.topic for s in made.bottom_line}
    assert "nan" not in render_html(made)
    assert render_markdown(made)


def test_the_timeline_tells_a_stance_once_and_keeps_the_clocks_apart(brief) -> None:
    days = {d.when.text if d.when else None: d.events for d in brief.timeline}
    assert list(days)[-1] is None
    november = days["Nov 2025"]
    assert [(e.undertaking, e.stance, e.said) for e in november] == [
        ("Pakistan: contribute troops", "offered", True)
    ]
    assert november[0].published == "4 Feb 2026, Northgate Wire"
    assert "about 8–14 Dec 2025" in days
    assert [e.said for e in days["23 Oct 2025"]] == [False]
    told = [e for events in days.values() for e in events]
    assert sum(len(e.refs) for e in told) == 40


def test_a_card_gives_reasons_and_history(brief) -> None:
    card = next(c for c in brief.cards if c.undertaking == "Azerbaijan: contribute troops")
    assert [(h.stance, h.polarity) for h in card.history] == [("offered", "for"), ("refused", "against")]
    assert card.steps is not None
    assert card.supporting[0].passage.own_word
    assert [w.weight for w in card.opposing] == ["0.15", "0.00", "0.00", "0.00"]
    assert card.opposing[0].rule == "superseded"
    assert (card.likelihood, card.grade, card.grade_gloss) == (
        "very likely, 87%",
        "B2",
        "usually reliable; probably true",
    )
    still = next(c for c in brief.cards if c.undertaking == "Jordan: contribute troops")
    assert still.steps is None


def test_sources_by_origin_and_who_only_repeats(brief, story) -> None:
    groups = brief.sources.groups
    assert [(g.name, g.shared, len(g.lines)) for g in groups] == [
        ("Capitol Brief", True, 4),
        ("Remarks in Rabat", True, 2),
        ("Reports with an origin of their own", False, 10),
    ]
    assert brief.sources.repeaters == ("Maghreb Observer", "The Harbour Times", "The Sinai Notebook")
    assert sum(line.positions for g in groups for line in g.lines) == 40
    assert groups[0].lines[0].grade == "B"
    graded = brief_of(**{**story.STORY_ARGUMENTS, "reliabilities": {"Capitol Brief": "C"}})
    assert graded.sources.groups[0].lines[0].grade == "C"


def test_an_outlet_that_is_its_own_origin_is_no_repeater(story) -> None:
    origins = [Origin("o", "The Harbour Times", ("r02", "r03", "r04"), "why")]
    made = brief_of(**{**story.STORY_ARGUMENTS, "origins": origins})
    assert made.sources.repeaters == ()


def test_a_note_leads_to_every_place_that_uses_its_passage(brief) -> None:
    note = next(n for r in brief.reports for n in r.notes if n.anchor == "n-r05-1")
    assert [u.label for u in note.used] == [
        "Bottom line 2",
        "Disputed: Azerbaijan",
        "Conditions",
        "Timeline",
        "Azerbaijan: contribute troops",
    ]
    assert note.standing == "s-AZE.contribute_troops.isf_gaza"


@pytest.mark.parametrize(("name", "before", "after"), [("r13-1", False, True), ("r13-2", True, False)])
def test_long_evidence_is_cut_around_its_cue_and_says_so(story, name, before, after) -> None:
    report = next(r for r in story.REPORTS if r.id == "r13")
    short = next(p for p in story.POSITIONS if p.id == name)
    long = replace(short, evidence=Span.of(report.text, 0, len(report.text)))
    (passage,) = brief_of(**{**story.STORY_ARGUMENTS, "positions": [long]}).passages
    assert (passage.cut_before, passage.cut_after) == (before, after)
    assert len(passage.plain) <= 360 < len(report.text)
    assert short.cue.text in passage.plain


def test_a_position_that_does_not_reproduce_is_named_not_shown(story) -> None:
    bad = replace(story.POSITIONS[0], id="bad", evidence=Span(0, 5, "wrong"))
    lost = replace(story.POSITIONS[0], id="lost", report="nowhere")
    made = brief_of(**{**story.STORY_ARGUMENTS, "positions": [*story.POSITIONS, bad, lost]})
    assert made.counts[3].number == 40
    assert [x.code for x in made.not_read][-2:] == ["evidence-mismatch", "unknown-name"]
    assert "#p-bad" not in render_html(made)


def test_standings_that_name_positions_unknown_here_still_show(story) -> None:
    made = brief_of(**{**story.STORY_ARGUMENTS, "positions": []})
    assert made.boards[0].rows
    assert made.passages == ()
    assert render_html(made)


def test_order_of_the_input_changes_nothing(story) -> None:
    turned = {
        k: v[::-1] if isinstance(v, list) and k not in {"conflicts", "issues"} else v
        for k, v in story.STORY_ARGUMENTS.items()
    }
    assert render_html(brief_of(**turned)) == render_html(brief_of(**story.STORY_ARGUMENTS))


def test_the_export_is_in_the_forms_of_the_contract(story) -> None:
    names = ("reports", "statements", "positions", "standings", "conflicts")
    made = export_records(**{name: story.STORY_ARGUMENTS[name] for name in names})
    rows = {name: list(records) for name, records in made.items()}
    assert [position_from_record(x) for x in rows["positions.jsonl"]] == story.POSITIONS
    assert [report_from_record(x) for x in rows["reports.jsonl"]] == story.REPORTS
    assert [statement_from_record(x) for x in rows["statements.jsonl"]] == story.STATEMENTS
    assert len(rows["standings.jsonl"]) == 26
    assert [x["kind"] for x in rows["conflicts.jsonl"]][:2] == ["contradiction", "attribution"]

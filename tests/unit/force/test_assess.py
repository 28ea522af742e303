"""From standings and a story to the assessment and its record."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError, StoryInvalid, UnknownName
from onrecord.force import Settings, assess, faults, find_force, force_record
from onrecord.force.scenarios import ALL_MET, AS_IT_STANDS, LIKE_THE_PAST
from onrecord.model import (
    Force,
    HistoryEntry,
    Position,
    Quantity,
    Report,
    Requirement,
    Span,
    Standing,
    StandingCondition,
    Story,
    StoryCondition,
    digest,
)
from onrecord.reading.story import read_story
from onrecord.vocabulary import load

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DAY = date(2026, 3, 31)
POLARITY: dict[str, str] = {s.id: s.polarity for s in load().stances.values()}


def standing(
    holder: str, task: str, stance: str, *conditions: tuple[str, str], chance: float = 0.9, **more: Any
) -> Standing:
    given: dict[str, Any] = {
        "holder": holder,
        "performer": holder,
        "task": task,
        "matter": "a_force",
        "as_of": DAY,
        "stance": stance,
        "polarity": POLARITY[stance],
        "probability": chance,
        "state": "settled",
        "conditions": tuple(StandingCondition(k, t, (f"p-{holder}",)) for k, t in conditions),
        "supporting": (f"p-{holder}-{task}",),
    }
    return Standing(**{**given, **more})


def story(force: Force | None = None, **more: Any) -> Story:
    return Story("s", "a_force", "A force", force=force, **more)


CEASEFIRE = StoryCondition("quiet", "ceasefire", "A complete ceasefire", ("a full ceasefire",))
PLAIN = Force(Requirement(20_000, 20_000, tasks={"contribute_troops": 20_000, "disarm": None}))
# Standings as two reports on one force give them: a candidate that refuses unless the fighting stops, two
# states that others name, one whose troops are not foreseen, and the armed group.
TWO_REPORTS = (
    standing("AZE", "contribute_troops", "refused", ("ceasefire", "without a full ceasefire")),
    standing("AZE", "disarm", "refused", ("ceasefire", "unless all fighting has stopped")),
    standing("USA", "contribute_troops", "refused"),
    standing("IDN", "contribute_troops", "named"),
    standing("PAK", "contribute_troops", "named"),
    standing("hamas", "disarm", "opposes", performer="group:foreign_force"),
)


def test_the_three_lines_of_two_reports() -> None:
    told = force_record(assess(TWO_REPORTS, story(PLAIN, conditions=(CEASEFIRE,)), draws=2000))["lines"]
    assert len(told) == 3
    assert told[0].startswith("Required: 20,000;")
    assert told[1].startswith("Nobody is on record for: disarm")
    assert "Azerbaijan and Hamas" in told[1]
    assert told[2].startswith("Both refusals with a condition share “A complete ceasefire” (Azerbaijan).")
    assert "It is what unlocks most: +" in told[2]


def test_without_a_force_in_the_story_the_reports_give_the_size() -> None:
    text = (
        "Talks went on about a force estimated at up to 20,000 personnel. A 20,000-strong force was agreed."
    )
    found = find_force([Report("r1", text, digest(text))])
    assert found is not None
    record = force_record(assess(TWO_REPORTS, story(), found=found, draws=2000))
    assert record["required"]["found"] is True
    assert record["required"]["high"] == 20_000
    for passage in record["required"]["passages"]:
        assert text[passage["start"] : passage["end"]] == passage["text"]
    assert "as the reports tell it" in record["lines"][0]
    assert "“without a full ceasefire”" in record["lines"][2]


def test_no_size_is_found_where_none_is_given() -> None:
    text = "The force needs a mandate. Some 20,000 people fled."
    assert find_force([Report("r1", text, digest(text))]) is None


def test_the_record_has_the_shape_of_the_brief_and_is_json() -> None:
    record = force_record(assess(TWO_REPORTS, story(PLAIN, conditions=(CEASEFIRE,)), draws=2000))
    json.loads(json.dumps(record, allow_nan=False))
    assert {"low", "high", "source"} <= record["required"].keys()
    assert {"name", "low", "expected", "high", "chance"} <= record["scenarios"][0].keys()
    assert {"task", "for", "against", "nobody"} <= record["coverage"][0].keys()
    assert {"conditions", "gain", "chance", "note"} <= record["unlock"][0].keys()


def test_what_only_one_party_asks_is_told_in_words() -> None:
    rows = (standing("ITA", "contribute_troops", "offered", ("approval", "both houses agree"), high=100.0),)
    row = force_record(assess(rows, story(PLAIN), draws=100))["unlock"][0]
    assert row["conditions"] == ["approval (“both houses agree”)"]
    assert row["ids"] == ["approval:ITA"]


def test_gaps_come_first_and_a_met_condition_covers_its_task() -> None:
    found = assess(TWO_REPORTS, story(PLAIN, conditions=(CEASEFIRE,)), draws=2000)
    assert [c.task for c in found.coverage if c.nobody] == ["contribute_troops", "disarm"]
    assert found.coverage[0].nobody
    best = found.unlocks[0]
    assert best.conditions == ("quiet",)
    assert best.tasks == ("disarm",)
    assert best.standings == ("AZE.contribute_troops.a_force", "AZE.disarm.a_force")


def test_a_party_that_has_not_spoken_counts_only_when_asked_for() -> None:
    made = story(PLAIN, conditions=(CEASEFIRE,))
    parties = {p.contingent.party for p in assess(TWO_REPORTS, made, draws=100).strength.parts}
    assert parties == {"AZE"}
    counted = assess(TWO_REPORTS, made, draws=100, settings=Settings(count_open=True))
    assert {p.contingent.party for p in counted.strength.parts} == {"AZE", "IDN", "PAK"}


def test_own_figures_before_earlier_ones_before_the_record() -> None:
    words = Span(0, 12, "300 soldiers")
    before = Position(
        "old", "r", "ALB", "ALB", "contribute_troops", "offered", Span(0, 3, "300"), self_declared=True
    )
    before = Position(
        **{
            **{f: getattr(before, f) for f in before.__slots__},
            "quantity": Quantity(300, 300, "soldiers", words),
        }
    )
    rows = (
        standing("IDN", "contribute_troops", "pledged", low=None, high=8000, unit="troops"),
        standing(
            "ALB",
            "contribute_troops",
            "suspended",
            ("ceasefire", "a ceasefire"),
            history=(HistoryEntry(None, "offered", ("old",)),),
        ),
        standing("EGY", "contribute_troops", "pledged"),
        standing("a_club", "contribute_troops", "pledged"),
        standing("QAT", "contribute_troops", "pledged", low=5e6, high=5e6, unit="USD"),
    )
    found = {c.party: c for c in assess(rows, story(PLAIN), draws=100, positions=[before]).contingents}
    assert (found["IDN"].low, found["IDN"].high, found["IDN"].figure) == (8000, 8000, "own")
    assert (found["ALB"].high, found["ALB"].figure) == (300, "earlier")
    assert "position old" in found["ALB"].figure_source
    assert found["EGY"].figure == "record"
    assert found["EGY"].figure_source
    assert found["QAT"].figure == "record"
    assert not found["a_club"].counts


def test_excluded_and_barred_parties() -> None:
    rows = (
        standing("USA", "contribute_troops", "pledged", high=1000.0),
        standing("TUR", "contribute_troops", "offered", high=1000.0),
        standing("QAT", "contribute_troops", "offered", high=1000.0),
        standing("ITA", "contribute_troops", "offered", high=1000.0),
        standing("ISR", "contribute_troops", "opposes", performer="TUR", chance=0.75),
        standing("ISR", "contribute_troops", "supports", performer="ITA"),
    )
    force = Force(
        PLAIN.requirement,
        excluded={"USA": "no soldiers of it"},
        barred_by={"TUR": ("ISR",), "QAT": ("ISR",), "ITA": ("ISR",)},
    )
    found = assess(rows, story(force), draws=2000)
    parts = {p.contingent.party: p.expected for p in found.strength.parts}
    assert "USA" not in parts
    assert parts["QAT"] == 0
    assert parts["TUR"] == pytest.approx(parts["ITA"] * 0.25)
    assert [b.standing for b in found.bars] == [
        "ISR.TUR.contribute_troops.a_force",
        "",
        "ISR.ITA.contribute_troops.a_force",
    ]


def test_a_switch_goes_before_the_scenario_and_a_condition_before_its_kind() -> None:
    other = StoryCondition("air_route", "ceasefire", "The air route is open", ("the air route",))
    made = story(
        PLAIN,
        conditions=(CEASEFIRE, other),
        scenarios={"one": {"ceasefire": 0.4, "quiet": 0.2}, "two": {}},
    )
    found = assess(TWO_REPORTS, made, draws=100)
    assert found.strengths[0].settings == {"quiet": 0.2, "air_route": 0.4}
    switched = assess(TWO_REPORTS, made, draws=100, settled={"quiet": 1.0})
    assert [s.settings["quiet"] for s in switched.strengths] == [1.0, 1.0]
    assert switched.strengths[0].expected > found.strengths[0].expected
    assert assess(TWO_REPORTS, made, scenario="two", draws=100).scenario == "two"


def test_a_state_that_the_story_gives_goes_before_the_rate_of_past_conditions() -> None:
    open_ = assess(TWO_REPORTS, story(PLAIN, conditions=(CEASEFIRE,)), draws=100)
    assert open_.strength.settings["quiet"] == open_.known.chance_met("ceasefire")
    for state, chance in (("met", 1.0), ("not_met", 0.0), ("unknown", open_.known.chance_met("ceasefire"))):
        told = story(PLAIN, conditions=(replace(CEASEFIRE, state=state),))
        assert assess(TWO_REPORTS, told, draws=100).strength.settings["quiet"] == chance


def test_the_state_that_the_reports_tell_goes_before_the_storys() -> None:
    told = story(PLAIN, conditions=(replace(CEASEFIRE, state="met"),))
    found = assess(TWO_REPORTS, told, states={"quiet": "not_met", "nobody_asks": "met"}, draws=100)
    assert found.strength.settings["quiet"] == 0.0
    assert [s.scenario for s in found.strengths] == [AS_IT_STANDS, LIKE_THE_PAST, ALL_MET]
    assert found.strengths[1].settings["quiet"] == found.known.chance_met("ceasefire")
    assert [s.expected for s in found.strengths] == sorted(s.expected for s in found.strengths)


def test_each_partys_own_parliament_is_a_condition_of_its_own() -> None:
    rows = (
        standing("PAK", "contribute_troops", "offered", ("approval", "its parliament agrees"), high=100.0),
        standing("ITA", "contribute_troops", "offered", ("approval", "both houses agree"), high=100.0),
    )
    assert set(assess(rows, story(PLAIN), draws=100).levers) == {"approval:PAK", "approval:ITA"}


def test_the_party_that_is_missed_most_takes_those_who_wait_for_it_along() -> None:
    rows = (
        standing("KEN", "contribute_troops", "pledged", high=500.0),
        standing("JAM", "contribute_troops", "pledged", high=400.0),
        standing("BLZ", "contribute_troops", "pledged", high=450.0),
    )
    found = assess(rows, story(PLAIN), draws=2000, waits_for={"JAM": ("BLZ",)})
    assert [x.party for x in found.leaving] == ["BLZ", "KEN", "JAM"]
    assert found.leaving[0].standings == ("JAM.contribute_troops.a_force", "BLZ.contribute_troops.a_force")


def test_other_matters_are_left_out_and_no_standing_at_all_is_no_error() -> None:
    rows = (standing("KEN", "contribute_troops", "pledged", matter="another"),)
    assert assess(rows, story(PLAIN), draws=100).contingents == ()
    empty = assess((), story(PLAIN), draws=100)
    assert empty.strength.expected == 0
    assert empty.strength.chance == 0
    assert empty.as_of is None
    force_record(empty)
    force_record(assess((), story(), draws=100))


def test_precedents_leave_the_matter_itself_out() -> None:
    made = Story("s", "isf_gaza", "t", force=Force(Requirement(20_000, 20_000, tasks={"disarm": None})))
    names = [p.mission.name for p in assess((), made, draws=10).precedents]
    assert {"MFO", "UNIFIL-1978", "UNIFIL-2006"} <= set(names)
    assert "ISF Gaza" not in names
    first = assess((), made, draws=10).precedents[0]
    assert first.shared == ("disarm",)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (story(Force(Requirement(-5, 10))), "force.strength.low: -5 is no strength"),
        (story(Force(Requirement(10, 5))), "low (10) is above high (5)"),
        (story(Force(Requirement(10, 10, components={"troops": 8, "police": 4}))), "add up to 12"),
        (story(Force(Requirement(10, 10, tasks={"disarm": float("nan")}))), "force.tasks.disarm"),
        (
            story(scenarios={"odd": {"quiet": 1.5}}, conditions=(CEASEFIRE,)),
            "scenarios.odd.quiet: 1.5 is no chance",
        ),
        (story(scenarios={"odd": {"quite": 1.0}}, conditions=(CEASEFIRE,)), "scenarios.odd.quite"),
        (story(conditions=(CEASEFIRE, CEASEFIRE)), "conditions.quiet: stands there twice"),
        (story(Force(Requirement(1, 1), excluded={"USB": "x"})), "there is no party 'USB'"),
        (story(Force(Requirement(1, 1), barred_by={"TUR": ("TUR",)})), "TUR cannot bar itself"),
    ],
)
def test_what_cannot_be_computed_on_is_named(made: Story, words: str) -> None:
    vocabulary = load()
    with pytest.raises(StoryInvalid) as caught:
        assess((), made, draws=10, actors=vocabulary.actors.keys(), kinds=vocabulary.condition_kinds.keys())
    assert words in str(caught.value)


def test_all_faults_are_told_at_once_and_cycles_are_named() -> None:
    made = story(Force(Requirement(-1, -1), barred_by={"A": ("A",)}))
    waits = {"A": ("B",), "B": ("C",), "C": ("A",), "D": ("D",)}
    found = [f.field for f in faults(made, waits_for=waits)]
    assert found == [
        "force.waits_for.A",
        "force.waits_for.D",
        "force.strength.low",
        "force.strength.high",
        "force.barred_by.A",
    ]
    with pytest.raises(StoryInvalid, match=r"A waits for B waits for C waits for A"):
        assess((), story(PLAIN), waits_for={"A": ("B",), "B": ("C",), "C": ("A",)}, draws=10)


def test_standings_switches_and_names_that_cannot_be() -> None:
    with pytest.raises(InputError, match=r"KEN\.contribute_troops\.a_force: low is -3"):
        assess((standing("KEN", "contribute_troops", "pledged", low=-3.0),), story(PLAIN), draws=10)
    with pytest.raises(InputError, match=r"probability is 1\.5"):
        assess((standing("KEN", "contribute_troops", "pledged", chance=1.5),), story(PLAIN), draws=10)
    made = story(PLAIN, conditions=(CEASEFIRE,), scenarios={"as_it_stands": {}})
    with pytest.raises(UnknownName, match="did you mean 'quiet'"):
        assess((), made, settled={"quit": 1.0}, draws=10)
    with pytest.raises(UnknownName, match="did you mean 'as_it_stands'"):
        assess((), made, scenario="as_it_stand", draws=10)
    with pytest.raises(InputError):
        assess((), made, settled={"quiet": 2.0}, draws=10)
    with pytest.raises(InputError):
        assess((), made, draws=0)


@pytest.mark.parametrize("name", ["gaza-isf", "haiti-gsf"])
def test_the_example_stories_can_be_computed_on(name: str) -> None:
    vocabulary = load()
    made = read_story(EXAMPLES / name / "story.yaml")
    found = assess(
        (), made, draws=10, actors=vocabulary.actors.keys(), kinds=vocabulary.condition_kinds.keys()
    )
    assert [s.scenario for s in found.strengths] == list(made.scenarios)


def many(parties: int, conditions: int) -> tuple[tuple[Standing, ...], Story]:
    """A story of a given size; every party hangs on up to three conditions."""
    listed = tuple(
        StoryCondition(f"c{i}", "mandate", f"Step {chr(97 + i) * 5}", (f"step {chr(97 + i) * 5}",))
        for i in range(conditions)
    )
    rows = tuple(
        standing(
            f"P{i:02}",
            "contribute_troops",
            "offered",
            *(("mandate", f"step {chr(97 + (i * 7 + 3 * j) % conditions) * 5}") for j in range(i % 4)),
            low=100.0 + i,
            high=900.0 + i,
        )
        for i in range(parties)
    )
    return rows, story(PLAIN, conditions=listed)


def test_40_parties_12_conditions_and_100_000_draws_take_under_a_second() -> None:
    rows, made = many(40, 12)
    assess(rows, made, draws=100)  # the tables are read once a process
    start = time.process_time()
    found = assess(rows, made, draws=100_000)
    took = time.process_time() - start
    assert len(found.strength.parts) == 40
    assert len(found.levers) == 12
    assert took < 1.0


def test_all_sets_of_up_to_3_of_20_conditions_take_under_5_seconds() -> None:
    rows, made = many(40, 20)
    assess(rows, made, draws=100)
    start = time.process_time()
    found = assess(rows, made, draws=100_000)
    took = time.process_time() - start
    assert len(found.unlocks) == 20 + 190 + 1140
    assert took < 5.0


def test_a_refusal_with_a_mere_limit_is_no_offer() -> None:
    limited = standing("ITA", "contribute_troops", "refused", ("location_limit", "not inside the strip"), high=100.0)
    tied = standing("KEN", "contribute_troops", "refused", ("ceasefire", "until the guns are silent"), high=100.0)
    found = assess((limited, tied), story(PLAIN), draws=100)
    assert {c.party: c.probability for c in found.contingents} == {"ITA": 0.0, "KEN": 0.9}
    assert "The one refusal with a condition names" in force_record(found)["lines"][2]

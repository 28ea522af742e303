"""Tasks of the story's own, and undertakings that no vocabulary knows."""

from __future__ import annotations

import pytest

from onrecord import vocabulary
from onrecord.extraction import Extractor
from onrecord.extraction.discovered import discovered
from onrecord.extraction.own_tasks import wordings
from onrecord.extraction.parsing import load_parser
from onrecord.model import Report, Requirement, Story, digest
from onrecord.model.story import Force

WORDS = {
    "phase_out_coal": ("phase out coal", "stop burning coal"),
    "cut_emissions": ("cut emissions",),
    "transfer_patriots": ("transfer Patriot batteries", "send Patriot systems"),
}


@pytest.fixture(scope="module")
def own():
    labels = dict.fromkeys(WORDS, "x")
    story = Story("s", "coal_exit", "Coal", names=("coal exit",), undertakings=labels, task_words=WORDS)
    return Extractor(vocabulary.load(), load_parser(), story=story)


def report(text):
    return Report("r1", text, digest(text), "Daily Ledger")


def told(extractor, text):
    return {(p.holder, p.task, p.stance) for p in extractor.extract(report(text)).positions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Poland agreed to phase out coal.", {("POL", "phase_out_coal", "agreed")}),
        ("India refused to phase out its coal plants.", {("IND", "phase_out_coal", "refused")}),
        ("Norway will not stop burning coal, its minister said.", {("NOR", "phase_out_coal", "refused")}),
        ("Japan is considering cutting its emissions.", {("JPN", "cut_emissions", "considering")}),
        ("Greece refused to transfer its Patriot batteries.", {("GRC", "transfer_patriots", "refused")}),
        ("Spain is ready to send two Patriot systems.", {("ESP", "transfer_patriots", "offered")}),
        ("Spain pledged 40 million euros.", {("ESP", "fund", "pledged")}),
        ("Poland agreed to phase out nuclear power.", {("POL", "phase_out_power", "agreed")}),
        ("Coal is cheap in Poland.", set()),
    ],
)
def test_own_tasks(own, text, expected):
    assert told(own, text) == expected


def test_wordings_are_read_as_verb_and_object():
    found = {(w.task, w.verb, w.particle, w.things) for w in wordings(WORDS, load_parser())}
    assert ("phase_out_coal", "phase", "out", ("coal",)) in found
    assert ("transfer_patriots", "transfer", "", ("patriot", "battery")) in found
    assert wordings({"x": ("!!!",)}, load_parser()) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway pledged to plant a billion trees.", ["plant_tree"]),
        ("Brazil promised to plant two billion trees in the Amazon.", ["plant_tree"]),
        ("Greece refused to transfer its Patriot batteries.", ["transfer_patriot_battery"]),
        ("Greece refused to hand over its Patriot batteries.", ["transfer_patriot_battery"]),
        ("Canada agreed to lift tariffs on steel.", ["lift_tariff"]),
        ("Germany ruled out reducing pensions.", ["cut_pension"]),
        ("Mexico declined to extradite the drug lords.", ["extradite_drug_lord"]),
        ("The prime minister agreed to meet the delegation.", []),
        ("Italy is ready to send 300 police officers.", []),
        ("Italy promised to help.", []),
        ("Italy planted trees in 2019.", []),
        ("Italy agreed to take part in the talks.", []),
        ("Italy agreed to persuade Egypt.", []),
    ],
)
def test_found_undertakings_and_their_names(rules, text, names):
    from onrecord.extraction.deeds import find_deeds

    scene = rules.scene(report(text))
    assert [d.task for d in discovered(scene, find_deeds(scene))] == names


def test_a_force_has_its_tasks(rules):
    assert told(rules, "Italy pledged to plant trees for the International Stabilization Force in Gaza.") == set()
    story = Story("s", "x", "X", force=Force(Requirement(1, 2)))
    assert told(Extractor(vocabulary.load(), load_parser(), story=story), "Norway pledged to plant trees.") == set()
    assert told(rules, "Norway pledged to plant trees.") == {("NOR", "plant_tree", "pledged")}

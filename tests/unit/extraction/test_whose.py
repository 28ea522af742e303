"""Whose deed and whose stance it is, where a name stands near it that is neither."""

import pytest

OWN = "own"


def told(lines, text):
    """(holder, performer or "own", task, stance) of a text."""
    return {(h, OWN if p == h else p, task, stance) for h, p, task, stance in lines(text)}


def whom(scene, word):
    token = [t for t in scene.doc if t.lower_ == word][-1]
    return [p.entity for p in scene.all_parties(token)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Sweden is ready to sell Armenia surveillance drones.", ("SWE", "supply_equipment")),
        ("Oman offered Chad two patrol ships.", ("OMN", "supply_equipment")),
        ("Japan is to give the Philippines five used destroyers.", ("JPN", "supply_equipment")),
        ("Norway will give Haiti's new force armoured vehicles.", ("NOR", "supply_equipment")),
        ("China will provide 100 million U.S. dollars to Gaza.", ("CHN", "fund")),
        ("Serbia has offered to have Serbs rejoin the Kosovo police.", ("SRB", "contribute_police")),
    ],
)
def test_who_gets_something_does_not_give_it(lines, text, line):
    assert {(h, task) for h, _, task, _ in told(lines, text)} == {line}


@pytest.mark.parametrize(
    "text",
    [
        "Canada will pay 20 million dollars for the training of the Haitian police.",
        "Canada will add 20 million dollars to the salaries of the Haitian police.",
    ],
)
def test_police_that_others_train_or_pay_are_not_sent(lines, text):
    assert "contribute_police" not in {task for _, _, task, _ in lines(text)}


def test_those_named_behind_a_number_hold_the_stance(lines):
    text = "Four states, namely Ghana, Togo, Peru and Chile, have promised soldiers."
    assert {h for h, *_ in lines(text)} == {"GHA", "TGO", "PER", "CHL"}


def test_arms_that_come_along_with_soldiers_are_no_gift(lines):
    text = "Greece plans to take part in the force with soldiers, armoured vehicles and medics."
    assert "supply_equipment" not in {task for _, _, task, _ in lines(text)}


def test_who_is_called_something_is_not_asked_for_it(lines):
    text = "Peru, which US officials call closest to deploying, has said nothing."
    assert "requests" not in {stance for *_, stance in lines(text)}


def test_of_two_kinds_asked_for_the_first_is_noted(lines):
    text = "Norway asked Denmark for soldiers or money."
    assert told(lines, text) == {("NOR", "DNK", "contribute_troops", "requests")}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Iraq has refused Oman leave to pass on twenty vehicles to Chad.",
            ("IRQ", "OMN", "supply_equipment", "opposes"),
        ),
        ("Ghana has withdrawn from planning for the force.", ("GHA", OWN, "contribute_troops", "withdrawn")),
        ("Peru is open to hosting a chip plant.", ("PER", OWN, "host", "considering")),
        ("Peru is considering whether to hand over 90 million pounds.", ("PER", OWN, "fund", "considering")),
        ("Peru refuses to recognise the junta.", ("PER", OWN, "recognise", "refused")),
        ("Peru will not run the force.", ("PER", OWN, "lead_force", "refused")),
        ("Peru is prepared to thin out its troops in the north.", ("PER", OWN, "withdraw_forces", "offered")),
    ],
)
def test_the_task_is_that_of_the_verb(lines, text, line):
    assert told(lines, text) == {line}


@pytest.mark.parametrize(
    "text",
    [
        "Twelve members voted for the resolution.",
        "Chad will send soldiers to Haiti. The Union, which can block it, wants talks.",
        "Ghana's soldiers will stay home.",
        "Ghana will probably not be part of the force.",
        "Ghana offered to treat wounded Kurdish fighters.",
    ],
)
def test_counts_and_possibilities_are_no_positions(lines, text):
    assert {task for _, _, task, stance in lines(text) if stance != "agreed"} == set()


def test_of_a_refused_purpose_only_the_purpose_is_refused(lines):
    text = "Chad was willing to join the force in Gaza but would not send troops to disarm Hamas."
    assert told(lines, text) == {("TCD", OWN, "contribute_troops", "offered"), ("TCD", OWN, "disarm", "refused")}
    text = "Chad will not send troops to disarm Hamas."
    assert ("TCD", OWN, "contribute_troops", "refused") in told(lines, text)


def test_what_is_rejected_in_a_resolution_is_not_the_resolution(lines):
    assert "authorise" not in {task for _, _, task, _ in lines("The Chilean government rejected it in a resolution.")}


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The ministry in Berlin spoke.", "ministry", ["DEU"]),
        ("Chad waits. In Oslo the foreign ministry spoke.", "ministry", ["NOR"]),
        ("Chad waits. A spokesman in Nairobi said the government agreed.", "government", ["KEN"]),
        ("In Muscat the government of Yemen spoke.", "government", ["YEM"]),
        ("Chad waits. The British embassy in Oslo spoke.", "embassy", ["GBR"]),
        ("Peru will act. It told the envoys of Ghana. The republic is ready.", "republic", ["PER"]),
        ("Chad's ministry will do so, as Ghana had asked. It gave no date.", "it", ["TCD"]),
    ],
)
def test_an_institution_is_that_of_the_capital_it_sits_in(lay, text, word, wanted):
    assert whom(lay(text), word) == wanted


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The EU will meet. Kosovo wants Brussels to act.", "Brussels", "european_union"),
        ("Belgium and the EU will meet. Brussels will act.", "Brussels", "BEL"),
        ("Belgium waits. Brussels will act.", "Brussels", "BEL"),
        ("Indonesia waits. The House of Representatives met.", "House of Representatives", "IDN"),
        ("Indonesia and the United States met. The House of Representatives spoke.", "House of Representatives", "USA"),
        ("Washington waits for Peru. The Senate met.", "Senate", "USA"),
    ],
)
def test_a_shared_name_is_that_of_whom_the_text_speaks_of(lay, text, word, wanted):
    assert [m.target for m in lay(text).mentions if m.text == word] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "GRANADA, Spain, Oct 5 - France is ready to sell weapons to Armenia.",
        "GUATEMALA CITY/PORT-AU-PRINCE, Nov 7 - France is ready to contribute a company of marines to the force.",
        "CAIRO (AP) — France will send 30 soldiers to the force.",
    ],
)
def test_the_place_of_a_dateline_holds_nothing(lines, text):
    assert {h for h, *_ in lines(text)} == {"FRA"}


def test_a_name_in_capitals_without_a_dash_is_no_dateline(lines):
    assert {h for h, *_ in lines("PERU, Chile said, will send 30 soldiers to the force.")} <= {"PER", "CHL"}

"""What would be done: the task that a wording stands for, and who would do it."""

from __future__ import annotations

import pytest

OWN = "own"
THERE = "Some 400 Kenyans and a handful of officers from Jamaica were in the country. The police wait for vehicles."


def told(lines, text):
    """(holder, performer or "own", task, stance) of a text."""
    return {(h, OWN if p == h else p, task, stance) for h, p, task, stance in lines(text)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Nepal will bring its contingent home in May, its defence ministry said.", ("NPL", "withdraw_forces")),
        ("Ghana is taking its 80 engineers out of the mission.", ("GHA", "withdraw_forces")),
        ("Chad will pull its battalion back to the border.", ("TCD", "withdraw_forces")),
        ("Nepal's 40 soldiers will come home in June.", ("NPL", "withdraw_forces")),
        ("France left Mali after soldiers of its were attacked.", ("FRA", "withdraw_forces")),
        ("Malawi has ordered the withdrawal of its soldiers from Congo.", ("MWI", "withdraw_forces")),
        ("Norway's soldiers would not leave until the mandate ends, Norway said.", ("NOR", "withdraw_forces")),
    ],
)
def test_troops_that_are_taken_home_are_withdrawn(lines, text, line):
    assert {(h, task) for h, p, task, _ in told(lines, text) if p == OWN} == {line}


@pytest.mark.parametrize(
    "text",
    [
        "Fiji brought its soldiers back to Sinai.",
        "Ghana's soldiers leave for Haiti in May.",
        "The president of Ghana left Mali on Sunday.",
        "Britain left the European Union.",
        "Peru brought its minister home.",
    ],
)
def test_who_goes_on_a_mission_or_a_journey_withdraws_nothing(lines, text):
    assert "withdraw_forces" not in {task for _, _, task, _ in lines(text)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Norway keeps 300 soldiers in the mission.", ("NOR", OWN, "contribute_troops", "deployed")),
        ("About 90 Danish soldiers serve with the mission.", ("DNK", OWN, "contribute_troops", "deployed")),
        (
            "Kenya has 700 soldiers in Mali. Mali's ambassador begged the Kenyans to stay until June.",
            ("MLI", "KEN", "contribute_troops", "requests"),
        ),
        ("Denmark will keep its weapons.", ("DNK", OWN, "disarm", "refused")),
    ],
)
def test_troops_that_stay_are_a_contribution(lines, text, line):
    assert line in told(lines, text)


@pytest.mark.parametrize("text", ["The Peruvian army stays in the buffer zone.", "Peruvian troops will stay in Lima."])
def test_an_army_that_stays_where_it_is_contributes_nothing(lines, text):
    assert lines(text) == set()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Peru would neither take part in the force nor pay for it.", ("PER", "fund", "refused")),
        ("Norway will not step in as guarantor of the loan, its finance minister said.", ("NOR", "fund", "refused")),
        ("Japan refused to guarantee the loan.", ("JPN", "fund", "refused")),
        ("Norway promised to keep paying its share.", ("NOR", "fund", "pledged")),
        ("Qatar will cover the wages of the police.", ("QAT", "fund", "agreed")),
        ("Chile announced a contribution, and the bank released 20 million dollars.", ("CHL", "fund", "pledged")),
        ("Ghana pledged a contribution of 200 soldiers.", ("GHA", "contribute_troops", "pledged")),
        ("Norway announced a contribution to the force.", ("NOR", "contribute_troops", "pledged")),
    ],
)
def test_money_is_told_from_soldiers_by_what_the_text_speaks_of(lines, text, line):
    found = {(h, task, stance) for h, _, task, stance in lines(text)}
    assert line in found
    assert not {"fund", "contribute_troops"} <= {task for _, task, _ in found} or "neither" in text


@pytest.mark.parametrize(
    "text",
    [
        "Norway will act as guarantor of the ceasefire.",
        "Norway paid a visit to Kenya.",
        "Kenya was paid 4 million dollars.",
        "Kenya will pay for its crimes.",
        "Nepal's contingent has most of the money.",
    ],
)
def test_who_receives_visits_or_owns_pays_nothing(lines, text):
    assert "fund" not in {task for _, _, task, _ in lines(text)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Spain gave Chad its F-16 fighters and a Patriot battery.", ("ESP", "supply_equipment", "deployed")),
        ("Spain offered radar and drones for the border.", ("ESP", "supply_equipment", "offered")),
        ("Peru voted against a package of military aid for Chad.", ("PER", "supply_equipment", "refused")),
        ("Peru promised humanitarian help.", ("PER", "deliver_aid", "pledged")),
        ("Belgium is ready to send one minehunter to the mission.", ("BEL", "contribute_troops", "offered")),
        ("Belgium sold two minehunters to Chile.", ("BEL", "supply_equipment", "deployed")),
    ],
)
def test_equipment_is_what_is_given_without_its_crew(lines, text, line):
    assert {(h, task, stance) for h, _, task, stance in lines(text)} == {line}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Peru is ready to receive a small group of minors.", ("PER", "host", "offered")),
        ("Ghana refused to take in migrants.", ("GHA", "host", "refused")),
        ("Albania runs centres for migrants.", ("ALB", "host", "deployed")),
        ("Peruvians have voted against allowing foreign military bases into the country.", ("PER", "host", "refused")),
        ("Fiji would grant access to its ports and bases.", ("FJI", "host", "offered")),
    ],
)
def test_who_gives_ground_or_a_roof_hosts(lines, text, line):
    assert line in {(h, task, stance) for h, _, task, stance in lines(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Chile refused to grant access to the inspectors.",
        "Kenya runs a hospital and a school.",
        "Turkey is building a base.",
    ],
)
def test_not_every_centre_or_access_is_hospitality(lines, text):
    assert "host" not in {task for _, _, task, _ in lines(text)}


@pytest.mark.parametrize(
    ("text", "lines_told"),
    [
        (
            "The UN Security Council authorised a larger force to fight gangs in Haiti.",
            {("un_security_council", OWN, "authorise", "agreed")},
        ),
        (
            "Russia vetoed the draft in the UN Security Council.",
            {("RUS", "un_security_council", "authorise", "opposes")},
        ),
        ("Kenya backs the resolution of the UN Security Council.", {("KEN", OWN, "authorise", "supports")}),
        ("Peru opposed the treaty.", {("PER", OWN, "authorise", "opposes")}),
    ],
)
def test_who_opposes_a_text_speaks_of_the_council(lines, text, lines_told):
    assert told(lines, text) == lines_told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Chile could help to train the Haitian army and police.", ("train_forces", "considering")),
        ("Chile could help to train the Haitian army and police.", ("train_police", "considering")),
        ("Chile promised that it would go on training brigades at its own ranges.", ("train_forces", "pledged")),
        ("Chile announced training for sixty police officers.", ("train_police", "pledged")),
        ("Chile's navy is prepared to look after security in the strait.", ("secure_area", "offered")),
        ("Chile would look after logistics.", ("contribute_support", "offered")),
    ],
)
def test_training_guarding_and_supplying_are_no_troops(lines, text, line):
    found = {(task, stance) for h, _, task, stance in lines(text) if h == "CHL"}
    assert line in found
    assert "contribute_troops" not in {task for task, _ in found}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Kenya is the biggest contributor to the mission, with around 3,500 troops.",
            ("KEN", "contribute_troops", 3500),
        ),
        (
            "The mission has some 2,800 soldiers, with Nepal as the largest contributor.",
            ("NPL", "contribute_troops", None),
        ),
        (
            THERE,
            ("KEN", "contribute_police", 400),
        ),
        (
            THERE,
            ("JAM", "contribute_police", None),
        ),
    ],
)
def test_who_is_there_is_deployed(read, text, line):
    found = {
        (p.holder, p.task, p.quantity.high if p.quantity else None) for p in read(text) if p.stance == "deployed"
    }
    assert line in found


@pytest.mark.parametrize(
    "text", ["Ghana is a possible contributor to the force.", "Some 400 Kenyans were in the stadium."]
)
def test_a_possible_contributor_and_a_crowd_are_not_deployed(lines, text):
    assert "deployed" not in {stance for *_, stance in lines(text)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Chad rejects the presence of soldiers from NATO states.", ("TCD", "contribute_troops", "opposes")),
        ("Hezbollah rejects any observers on the hills.", ("hezbollah", "contribute_observers", "opposes")),
    ],
)
def test_troops_of_nobody_named_are_the_foreign_force(lines, text, line):
    holder, task, stance = line
    assert lines(text) == {(holder, "group:foreign_force", task, stance)}


def test_troops_of_a_state_named_are_its_own(lines):
    assert lines("Chad rejects Kenyan soldiers.") == {("TCD", "KEN", "contribute_troops", "opposes")}
    assert lines("Norway rejected sending troops to the force.") == {("NOR", "NOR", "contribute_troops", "refused")}


def test_a_welcome_is_of_what_was_decided_before(lines):
    text = "Ghana will withdraw its soldiers from Mali. Nigeria welcomed the decision."
    assert ("NGA", "GHA", "withdraw_forces", "supports") in lines(text)
    assert not [x for x in lines(text.replace("Nigeria", "Ghana's president")) if x[3] == "supports"]
    assert not [x for x in lines("Peru welcomed the decision of the court.") if x[3] == "supports"]


def test_a_welcome_of_troops_on_ones_own_ground_is_of_the_foreign_force(lines):
    text = "Britain is sending 200 soldiers to Kosovo. Kosovo's government welcomed the reinforcement."
    assert ("XKX", "group:foreign_force", "contribute_troops", "supports") in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "Five Danish officers work at the coordination centre.",
        "Five Danish officers are at the US-led centre in Larissa.",
    ],
)
def test_officers_at_a_centre_staff_a_headquarters(lines, text):
    assert lines(text) == {("DNK", "DNK", "staff_headquarters", "deployed")}
    assert lines("Five Danish officers work at a bank.") == set()

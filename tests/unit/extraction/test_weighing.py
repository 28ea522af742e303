"""The rules' claims beside readings made up for the test."""

from __future__ import annotations

from dataclasses import replace


def test_a_reading_adds_another_stance_of_the_same_holder(with_readings, reading):
    text = "Peru will send engineers to the force but its infantry has other business."
    sends = reading(text, "will send engineers", "Peru", "pledged", "contribute_support")
    refuses = reading(text, "has other business", "Peru", "refused", "contribute_troops")
    line = ("PER", "PER", "contribute_troops", "refused")
    assert line in with_readings(text, [sends, refuses])
    assert line not in with_readings(text, [sends, replace(refuses, probability=0.5)])


def test_the_task_is_the_readings_where_it_is_sure_and_the_stance_agrees(with_readings, reading):
    text = "Peru is ready to send ships."
    agrees = reading(text, "is ready", "Peru", "offered", "supply_equipment")
    differs = reading(text, "is ready", "Peru", "refused", "supply_equipment")
    assert {t for _, _, t, _ in with_readings(text, [agrees])} == {"supply_equipment"}
    assert {t for _, _, t, _ in with_readings(text, [differs])} == {"contribute_troops"}


def test_a_claim_that_names_nobody_leaves_the_sentence_to_the_reading(with_readings, reading):
    text = "Peru welcomes the deployment of soldiers."
    made = reading(text, "welcomes", "Peru", "supports", "contribute_troops", foreign=1.0)
    assert with_readings(text, [made]) == {("PER", "group:foreign_force", "contribute_troops", "supports")}


def test_troops_that_only_describe_the_force_do_not_silence_a_reading(with_readings, reading):
    text = "Peru has put itself forward for the force that is meant to take over from Belgian troops."
    made = reading(text, "has put itself forward", "Peru", "offered", "contribute_troops")
    assert with_readings(text, [made]) == {("PER", "PER", "contribute_troops", "offered")}


def test_troops_that_are_spoken_of_silence_it(with_readings, reading):
    text = "Peru has counted 850 Belgian soldiers."
    assert with_readings(text, [reading(text, "has counted", "Peru", "deployed", "contribute_troops")]) == set()


def test_nobody_staffs_a_headquarters_where_none_is_spoken_of(with_readings, reading):
    there = "Peruvian officers are in Lima already."
    made = reading(there, "are", "Peruvian", "deployed", "staff_headquarters")
    assert {t for _, _, t, _ in with_readings(there, [made])} == {"contribute_police"}
    posted = "Peru will place high-ranking officers in the joint command."
    made = reading(posted, "will place", "Peru", "agreed", "staff_headquarters")
    assert {t for _, _, t, _ in with_readings(posted, [made])} == {"staff_headquarters"}
    working = "Peru will go on working with the port company."
    made = reading(working, "will go on working", "Peru", "pledged", "staff_headquarters")
    assert {t for _, _, t, _ in with_readings(working, [made])} == set()


def test_paying_stays_paying_whatever_the_money_is_for(with_readings, reading):
    text = "Peru will not pay for the loan or step in as guarantor of it."
    made = reading(text, "will not pay", "Peru", "refused", "reconstruct")
    assert {t for _, _, t, _ in with_readings(text, [made])} == {"fund"}
    guarantee = "Peru will not step in as guarantor of the loan."
    made = reading(guarantee, "will not step in", "Peru", "refused", "guarantee_security")
    assert {t for _, _, t, _ in with_readings(guarantee, [made])} == {"fund"}

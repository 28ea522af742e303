"""Reports that are called untrue, and what is not one of them."""

from __future__ import annotations

import pytest

PERU = "PER"


@pytest.mark.parametrize(
    "text",
    [
        'The ministry in Lima dismissed as "baseless" a report that Peru had agreed to send 90 soldiers.',
        "Peru rejected as false reports that it had offered 90 soldiers.",
        "Peru brushed aside claims that it had agreed to send engineers.",
        "Reports that Peru had pledged 90 soldiers were untrue, the minister said.",
        "Reports that Peru will send 90 soldiers have no basis, its ambassador said.",
        "Peru called a story that it would send 90 soldiers a fabrication.",
        "Peru dismissed reports it had agreed to send 90 soldiers.",
    ],
)
def test_what_a_report_called_untrue_tells_of_is_denied(lines, text):
    assert {s for h, _, _, s in lines(text) if h == PERU} == {"denied"}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The report that Peru had offered 90 soldiers was not wrong, the minister said.", "offered"),
        ("Peru rejected claims that its police had beaten people and said it would send 90 soldiers.", "offered"),
    ],
)
def test_other_reports_and_other_claims_stand(lines, text, stance):
    assert (PERU, stance) in {(h, s) for h, _, _, s in lines(text)}


def test_a_refusal_beside_an_offer_does_not_deny_the_offer(lines):
    told = {(t, s) for _, _, t, s in lines("Peru offers doctors, not soldiers.")}
    assert ("contribute_support", "offered") in told
    assert ("contribute_support", "refused") not in told


def test_a_yes_that_the_model_reads_within_a_denial_is_not_added(with_readings, reading):
    text = "Peru rejected as false reports that it had agreed to send 90 soldiers."
    made = reading(text, "had agreed", "it", "agreed", "contribute_troops")
    assert {s for *_, s in with_readings(text, [made])} == {"denied"}


import pytest

LEAD = "Peru has agreed to send soldiers to the force."
OWN = ("PER", "PER", "contribute_troops", "agreed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile said it will not do so.", ("CHL", "CHL", "contribute_troops", "refused")),
        ("Chile is ready to do the same.", ("CHL", "CHL", "contribute_troops", "offered")),
        ("Peru asked Chile to join them.", ("PER", "CHL", "contribute_troops", "requests")),
    ],
)
def test_words_that_point_back_take_the_deed_named_before(lines, text, expected):
    assert lines(f"{LEAD} {text}") == {OWN, expected}


@pytest.mark.parametrize(
    "text",
    ["Prices will follow.", "Chile will follow the talks closely.", "Chile may do its homework."],
)
def test_what_points_to_nothing_or_is_told_already_adds_nothing(lines, text):
    assert lines(f"{LEAD} {text}") == {OWN}


def test_nothing_is_pointed_to_where_nothing_was_told(lines):
    assert lines("Chile said it will not do so.") == set()

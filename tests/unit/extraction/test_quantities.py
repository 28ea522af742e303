import pytest

from onrecord.extraction.quantities import figures_in, read_figure, value_of


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("up to 300 troops", None, 300),
        ("no more than 1,500 troops", None, 1500),
        ("at least 300 troops", 300, None),
        ("more than two thousand police", 2000, None),
        ("between 200 and 300 troops", 200, 300),
        ("two to three thousand troops", 2000, 3000),
        ("200-300 troops", 200, 300),
        ("1,000 by April and 8,000 by June", 1000, 8000),
        ("twenty-five officers", 25, 25),
        ("$1.2 billion", 1.2e9, 1.2e9),
        ("dozens of troops", None, None),
    ],
)
def test_a_figure_is_read_with_its_bounds(words, low, high):
    figure = read_figure(words)
    assert figure is not None
    assert (figure.low, figure.high) == (low, high)
    assert words[figure.start : figure.end].strip()


@pytest.mark.parametrize("words", ["troops", "", "a force", "one of them", "in 2025"])
def test_no_figure_is_made_up(words):
    assert read_figure(words) is None


@pytest.mark.parametrize("words", ["several", "a few", "", "$", "."])
def test_a_vague_number_has_no_value(words):
    assert value_of(words) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway will send up to 300 troops to the force.", (None, 300, "troops")),
        ("Norway will send at least 300 police officers to the mission.", (300, None, "officers")),
        ("Norway pledged $40 million for the mission.", (40e6, 40e6, "USD")),
        ("Norway will send dozens of troops to the force.", (None, None, "troops")),
    ],
)
def test_the_figure_belongs_to_what_is_sent(read, text, wanted):
    (one,) = read(text)
    assert one.quantity is not None
    assert (one.quantity.low, one.quantity.high, one.quantity.unit) == wanted


def test_the_figure_of_the_force_is_not_the_partys(read):
    (one,) = read("Norway is ready to send troops to the force of 8,000.")
    assert one.quantity is None


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("a ten-day pause and 300 troops", [(300, 300)]),
        ("12 countries in 90 days", []),
        ("one hundred and sixty police", [(160, 160)]),
        ("from 148 to 250 soldiers", [(250, 250)]),
        ("on 12 March, 40 medics", [(40, 40)]),
    ],
)
def test_only_what_counts_a_contribution_is_a_figure(words, bounds):
    assert [(f.low, f.high) for f in figures_in(words)] == bounds


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway will send 150 troops in April and a further 450 in July.", (150, 600)),
        ("Norway will join the force with a battalion of about 100 to 150.", (100, 150)),
        ("Norway is ready to send troops to the force. The contingent would be 150 strong.", (150, 150)),
        ("Norway is ready to send troops to the force. Kenya has 150 soldiers there.", None),
    ],
)
def test_a_figure_in_stages_or_in_the_next_sentence_is_found(read, text, wanted):
    one = next(p for p in read(text) if p.holder == "NOR")
    assert (one.quantity and (one.quantity.low, one.quantity.high)) == wanted


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("begins in April with 200 and reaches around 900 in June", (200, 900)),
        ("starting with 300 men in May, growing to 1,000 by autumn", (300, 1000)),
        ("hand over 163 million pounds", (163e6, 163e6)),
        ("over 163 million pounds", (163e6, None)),
        ("NT$1.25 trillion", (1.25e12, 1.25e12)),
        ("A$15 million", (15e6, 15e6)),
    ],
)
def test_figures_that_grow_and_currencies_with_a_prefix(words, bounds):
    figure = read_figure(words)
    assert figure is not None
    assert (figure.low, figure.high) == bounds


@pytest.mark.parametrize(
    "words",
    [
        "approved by 89 to 0 the sending of troops",
        "approved 61-40 a decision",
        "with 13 in favour and none against",
        "31 (Agency North) -- The kingdom will go",
        "11.40: The minister is asked",
    ],
)
def test_votes_hours_and_datelines_are_no_figures(words):
    assert figures_in(words) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("France and Italy will send 500 soldiers each to the force.", {"FRA": (500, 500), "ITA": (500, 500)}),
        ("France and Italy will send 500 soldiers to the force.", {"FRA": None, "ITA": None}),
        ("Qatar and Kuwait have paid 15 million dollars for the force.", {"QAT": (15e6, 15e6), "KWT": (15e6, 15e6)}),
        ("Qatar will pay the salaries of 5,000 policemen in Haiti.", {"QAT": None}),
        ("Norway will pay 5 million euros for the force.", {"NOR": (5e6, 5e6)}),
        ("Norway will send Ukraine drones, a package worth 20 million euros.", {"NOR": (20e6, 20e6)}),
        ("Norway will send Ukraine drones worth 20 million euros.", {"NOR": (20e6, 20e6)}),
        ("Kenya has 400 policemen in Haiti and will send a further 200 in May.", {"KEN": (400, 400)}),
    ],
)
def test_a_figure_is_its_partys_own(read, text, wanted):
    found = {p.holder: (p.quantity.low, p.quantity.high) if p.quantity else None for p in read(text)}
    assert found == wanted


def test_a_dollar_of_another_country_is_not_that_of_the_united_states(read):
    (one,) = read("Taiwan will spend NT$1.25 trillion on the force.")
    assert one.quantity is not None
    assert one.quantity.unit == "TWD"


def test_the_country_is_the_one_whose_participation_is_spoken_of(read):
    found = read(
        "Talks on Chilean participation in the force for Haiti go on, and the country will join with 150 men."
    )
    assert {p.holder for p in found} == {"CHL"}

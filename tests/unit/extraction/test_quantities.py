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

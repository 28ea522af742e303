import pytest


def whom(scene, word):
    """Actors that the last token of this form stands for."""
    token = [t for t in scene.doc if t.lower_ == word][-1]
    return [p.entity for p in scene.all_parties(token)]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Norway said it was ready.", "it", ["NOR"]),
        ("Norway agreed. The country would send medics.", "country", ["NOR"]),
        ("Norway's defence minister spoke. The ministry gave no date.", "ministry", ["NOR"]),
        ("Saudi Arabia waited. The kingdom has said nothing.", "kingdom", ["SAU"]),
        ("Chile and Peru met. They agreed.", "they", ["CHL", "PER"]),
        ('Norway waited. "We are ready," the Norwegian premier said.', "we", ["NOR"]),
        ("Kari Lund, the Norwegian premier, spoke. She left.", "she", ["NOR"]),
        ("Emmanuel Macron met Recep Tayyip Erdogan. The two leaders agreed.", "leaders", ["FRA", "TUR"]),
        ("Chile, Peru and Norway agreed.", "chile", ["CHL", "PER", "NOR"]),
        ("Norway, along with Chile, agreed.", "norway", ["NOR", "CHL"]),
        ("The officials spoke.", "officials", [None]),
        ("The countries agreed.", "countries", []),
    ],
)
def test_words_lead_back_to_whom_they_mean(lay, text, word, wanted):
    assert whom(lay(text), word) == wanted


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Several African countries agreed.", "group:african_states"),
        ("26 countries agreed.", "group:26_countries"),
        ("Other Arab states agreed.", "group:arab_states"),
    ],
)
def test_a_group_stays_a_group(lay, text, group):
    word = "states" if "states" in text else "countries"
    assert whom(lay(text), word) == [group]


@pytest.mark.parametrize("text", ["Norway agreed with Egypt besides", "Egypt besides", "Norway, along with"])
def test_a_broken_off_list_is_no_error(lay, text):
    scene = lay(text)
    assert whom(scene, "egypt" if "Egypt" in text else "norway")


def test_a_weekday_is_nobody(lay):
    assert whom(lay("Anwar Ibrahim said on Sunday his country was ready."), "country") == ["MYS"]

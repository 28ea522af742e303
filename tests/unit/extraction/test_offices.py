"""Whom an office, an institution or a pronoun speaks for where the text does not write the country beside it."""

import pytest


def whom(scene, word):
    token = [t for t in scene.doc if t.lower_ == word][-1]
    return [p.entity for p in scene.all_parties(token)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NATO chief Jens Stoltenberg spoke.", "nato"),
        ("For the European Union, commissioner Jens Stoltenberg spoke.", "european_union"),
        ("African Union envoy Jens Stoltenberg spoke.", "african_union"),
        ("Jens Stoltenberg, the head of NATO, spoke.", "nato"),
        ("Norwegian finance minister Jens Stoltenberg spoke.", "NOR"),
    ],
)
def test_the_office_beside_a_name_wins_over_what_is_known_of_the_person(lay, text, wanted):
    assert {m.target for m in lay(text).mentions if "Stoltenberg" in m.text} == {wanted}


@pytest.mark.parametrize(
    "text", ["NATO ally President Recep Tayyip Erdogan spoke.", "Former NATO adviser Recep Tayyip Erdogan spoke."]
)
def test_an_ally_or_a_former_office_tells_nothing(lay, text):
    assert {m.target for m in lay(text).mentions if "Erdogan" in m.text} == {"TUR"}


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Zambia leads the African Union mission. Cabinet has met.", "cabinet", ["ZMB"]),
        ("Zambia leads the African Union mission. State House has not answered.", "house", ["ZMB"]),
        ("Chad wants the African Union to stay. An army officer spoke.", "officer", ["TCD"]),
        ("Chad wants the African Union to stay. Defence minister Amos Odo spoke. He left.", "he", ["TCD"]),
        ("An army officer spoke.", "officer", [None]),
        # a truce put forward by others: they are not whom "the army" or "it" means
        ("Mali's army took a truce put forward by Chad and Togo. It gave no date.", "it", ["MLI"]),
        ("M23 took the town. The rebels spoke.", "rebels", ["m23"]),
        ("The rebels spoke.", "rebels", []),
        ("Congo's army and M23 met in Doha. Qatar said both sides agreed.", "sides", ["COD", "m23"]),
        ("Chile will keep its troops there, the French president said.", "its", ["CHL"]),
        ("Kari Lund, the Norwegian premier, spoke. Answering Emmanuel Macron, she left.", "she", ["NOR"]),
        ("Norway went on.\n\nPRESIDENT MACRON: We are ready.", "we", ["FRA"]),
        ("Norway went on.\n\nPRESENTER: We thank you.", "we", []),
        ('"We waited. We are ready. That is all," the Norwegian premier said.', "we", ["NOR"]),
    ],
)
def test_institutions_and_pronouns_stand_for_the_state_spoken_of(lay, text, word, wanted):
    assert whom(lay(text), word) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("KFOR has rejected the request.", ["kfor"]),
        ("Soldiers joined KFOR in May.", []),
    ],
)
def test_a_standing_mission_that_decides_is_a_party(lay, text, wanted):
    assert whom(lay(text), "kfor") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The European Commission offered money.", "european_union"),
        ("The UN Secretary-General asked for more.", "united_nations"),
        ("It asked developed countries for more.", "group:developed_countries"),
        ("It promised poorer countries more.", "group:poor_countries"),
        ("The African Group asked for more.", "african_group"),
        ("The AfD asked for more.", "afd"),
    ],
)
def test_organs_groups_and_parties_have_the_ids_that_analysts_write(lay, text, wanted):
    assert wanted in {m.target for m in lay(text).mentions}

"""Facts about the world that readers of the brief would notice if they were wrong."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.vocabulary import SurfaceForm, Vocabulary, load

AUTUMN_2025 = date(2025, 11, 3)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load()


def forms(words: Vocabulary, text: str, day: date | None = None) -> list[SurfaceForm]:
    return [
        one
        for one in words.surface_forms()
        if one.text == text
        and (
            day is None
            or (
                (one.valid_from is None or one.valid_from <= day)
                and (one.valid_to is None or day <= one.valid_to)
            )
        )
    ]


@pytest.mark.parametrize(
    ("text", "role", "target"),
    [
        ("Azerbaijani", "adjective", "AZE"),
        ("Azeri", "adjective", "AZE"),
        ("Baku", "capital", "AZE"),
        ("Emirati", "adjective", "ARE"),
        ("UAE", "abbreviation", "ARE"),
        ("U.A.E.", "abbreviation", "ARE"),
        ("US", "abbreviation", "USA"),
        ("Foggy Bottom", "seat", "USA"),
        ("Pentagon", "seat", "USA"),
        ("CENTCOM", "abbreviation", "us_centcom"),
        ("CENTOM", "misspelling", "us_centcom"),
        ("Türkiye", "name", "TUR"),
        ("Turkiye", "name", "TUR"),
        ("Turkey", "name", "TUR"),
        ("Ankara", "capital", "TUR"),
        ("Elysée", "seat", "FRA"),
        ("Elysee", "seat", "FRA"),
        ("Quai d'Orsay", "seat", "FRA"),
        ("Downing Street", "seat", "GBR"),
        ("Whitehall", "seat", "GBR"),
        ("Kremlin", "seat", "RUS"),
        ("Rawalpindi", "seat", "PAK"),
        ("Tel-Aviv", "seat", "ISR"),
        ("Knesset", "body", "ISR"),
        ("IDF", "body", "ISR"),
        ("TNI", "body", "IDN"),
        ("KSF", "body", "XKX"),
        ("Bundeswehr", "body", "DEU"),
        ("IRGC", "body", "IRN"),
        ("Sudanese Armed Forces", "body", "SDN"),
        ("Indonesias", "misspelling", "IDN"),
        ("Côte d'Ivoire", "name", "CIV"),
        ("Ivory Coast", "name", "CIV"),
        ("DRC", "abbreviation", "COD"),
        ("Czech Republic", "name", "CZE"),
        ("Nigerien", "adjective", "NER"),
        ("Nigerian", "adjective", "NGA"),
        ("Abuja", "capital", "NGA"),
        ("Naypyidaw", "capital", "MMR"),
        ("Kyiv", "capital", "UKR"),
        ("Kiev", "capital", "UKR"),
        ("Ansar Allah", "name", "houthis"),
        ("Al Shabaab", "name", "al_shabaab"),
        ("Hizbullah", "name", "hezbollah"),
        ("European powers", "name", "group:european_states"),
        ("UNIFIL", "matter", "unifil"),
        ("Gang Suppression Force", "matter", "gsf_haiti"),
        ("International Security Assistance Force", "matter", "isaf"),
        ("Gaza Strip", "place", "gaza"),
        ("Anadolu", "outlet", "anadolu"),
        ("Kompas", "outlet", "kompas"),
    ],
)
def test_a_form_leads_to_its_target(words: Vocabulary, text: str, role: str, target: str) -> None:
    assert (role, target) in {(one.role, one.target) for one in forms(words, text)}


@pytest.mark.parametrize(
    ("name", "actor", "kind"),
    [
        ("Ilham Aliyev", "AZE", "head_of_state"),
        ("Nikol Pashinyan", "ARM", "head_of_government"),
        ("Hakan Fidan", "TUR", "foreign_minister"),
        ("Prabowo Subianto", "IDN", "head_of_state"),
        ("Ishaq Dar", "PAK", "foreign_minister"),
        ("Guido Crosetto", "ITA", "defence_minister"),
        ("Albin Kurti", "XKX", "head_of_government"),
        ("Kassym-Jomart Tokayev", "KAZ", "head_of_state"),
        ("Nasser Bourita", "MAR", "foreign_minister"),
        ("William Ruto", "KEN", "head_of_state"),
        ("Volodymyr Zelenskyy", "UKR", "head_of_state"),
        ("Keir Starmer", "GBR", "head_of_government"),
        ("Friedrich Merz", "DEU", "head_of_government"),
        ("Sanae Takaichi", "JPN", "head_of_government"),
        ("Mark Carney", "CAN", "head_of_government"),
        ("Abdel Fattah al-Burhan", "SDN", "head_of_state"),
        ("Hemedti", "rsf", "leader"),
        ("Khalil al-Hayya", "hamas", "leader"),
        ("Naim Qassem", "hezbollah", "leader"),
        ("Abdul-Malik al-Houthi", "houthis", "leader"),
        ("António Guterres", "un_secretary_general", "leader"),
        ("Mark Rutte", "nato", "leader"),
        ("Kaja Kallas", "european_union", "leader"),
        ("Brad Cooper", "USA", "military"),
        ("Alix Didier Fils-Aimé", "HTI", "head_of_government"),
    ],
)
def test_who_was_who_in_november_2025(words: Vocabulary, name: str, actor: str, kind: str) -> None:
    found = [one for one in forms(words, name, AUTUMN_2025) if one.role == "person"]
    assert (actor, kind) in {(one.target, one.kind) for one in found}


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("Jens Stoltenberg", date(2010, 1, 1), "NOR"),
        ("Jens Stoltenberg", date(2022, 3, 1), "nato"),
        ("Mark Rutte", date(2022, 3, 1), "NLD"),
        ("Kaja Kallas", date(2023, 3, 1), "EST"),
        ("Ahmed Aboul Gheit", date(2010, 3, 1), "EGY"),
        ("Ahmed Aboul Gheit", date(2025, 3, 1), "arab_league"),
        ("Nickolay Mladenov", date(2018, 3, 1), "united_nations"),
        ("Nickolay Mladenov", date(2026, 2, 1), "board_of_peace"),
    ],
)
def test_people_who_changed_sides_do_so_on_time(words: Vocabulary, name: str, day: date, actor: str) -> None:
    assert {one.target for one in forms(words, name, day)} == {actor}


@pytest.mark.parametrize(
    "text",
    [
        *["Georgia", "Jordan", "Chad", "Turkey", "Niger", "Guinea", "Congo", "Korea"],
        *["Washington", "Doha", "Wellington", "Victoria", "Kingston", "Georgetown", "Santiago"],
        *["Polish", "Khan", "Kim", "Singh", "Johnson", "May", "Bush", "Congolese", "Dominican"],
        *["ISF", "Trend", "Report", "Senate", "Majlis", "The National"],
    ],
)
def test_words_with_another_meaning_ask_for_context(words: Vocabulary, text: str) -> None:
    found = forms(words, text)
    assert found
    assert all(one.ambiguous for one in found)


@pytest.mark.parametrize("text", ["US", "WHO", "IS", "Turkey", "May", "Polish", "LeT", "Male", "AU", "Trend"])
def test_words_that_are_others_in_lower_case_are_matched_as_written(words: Vocabulary, text: str) -> None:
    found = forms(words, text)
    assert found
    assert all(one.case_sensitive for one in found)


@pytest.mark.parametrize(
    "text", ["Azerbaijan", "Pashinyan", "Islamabad", "Hamas", "UNIFIL", "Reuters", "Netanyahu"]
)
def test_plain_names_need_no_context(words: Vocabulary, text: str) -> None:
    assert not any(one.ambiguous for one in forms(words, text))


def test_both_congos_and_both_koreas_are_told_apart_by_their_full_names(words: Vocabulary) -> None:
    assert {one.target for one in forms(words, "Congo")} == {"COD", "COG"}
    assert {one.target for one in forms(words, "DR Congo")} == {"COD"}
    assert {one.target for one in forms(words, "Congo-Brazzaville")} == {"COG"}
    assert {one.target for one in forms(words, "North Korea")} == {"PRK"}
    assert {one.target for one in forms(words, "Equatorial Guinea")} == {"GNQ"}


@pytest.mark.parametrize(
    ("descriptor", "states"),
    [
        ("Gulf state", {"ARE", "BHR", "KWT", "OMN", "QAT", "SAU"}),
        ("Caucasus country", {"ARM", "AZE", "GEO"}),
        ("Baltic state", {"EST", "LVA", "LTU"}),
        ("Sahel nation", {"MLI", "BFA", "NER", "TCD", "MRT"}),
    ],
)
def test_descriptors_are_shared_by_all_whom_they_fit(
    words: Vocabulary, descriptor: str, states: set[str]
) -> None:
    assert {one.target for one in forms(words, descriptor)} == states


@pytest.mark.parametrize(
    ("descriptor", "states"),
    [
        ("kingdom", {"SAU", "JOR", "MAR", "BHR"}),
        ("emirate", {"QAT", "KWT"}),
        ("Muslim-majority nation", {"IDN", "PAK", "AZE", "TUR", "KAZ", "XKX"}),
        ("South Asian nation", {"PAK", "IND", "BGD"}),
        ("island nation", {"HTI", "CYP", "FJI"}),
    ],
)
def test_descriptors_fit_at_least(words: Vocabulary, descriptor: str, states: set[str]) -> None:
    assert {one.target for one in forms(words, descriptor)} >= states


@pytest.mark.parametrize(
    ("actor", "count"),
    [
        ("european_union", 27),
        ("nato", 32),
        ("arab_league", 22),
        ("organisation_of_islamic_cooperation", 57),
        ("gulf_cooperation_council", 6),
        ("asean", 11),
        ("african_union", 55),
        ("g7", 7),
        ("caricom", 15),
        ("sadc", 16),
        ("csto", 6),
        ("group:e3", 3),
        ("group:p5", 5),
    ],
)
def test_members(words: Vocabulary, actor: str, count: int) -> None:
    members = words.actor(actor).members
    assert len(members) == len(set(members)) == count


def test_commands_act_for_their_state(words: Vocabulary) -> None:
    assert words.actor("us_centcom").parent == "USA"
    assert words.actor("africa_corps").parent == "RUS"


@pytest.mark.parametrize(
    ("text", "day", "matter"),
    [
        ("ISF", date(2025, 12, 1), "isf_gaza"),
        ("ISF", date(2008, 2, 12), "isf_timor"),
        ("African Union force in Somalia", date(2010, 7, 1), "amisom"),
        ("African Union force in Somalia", date(2025, 7, 1), "aussom"),
        ("NATO mission in Afghanistan", date(2009, 1, 1), "isaf"),
        ("NATO mission in Afghanistan", date(2018, 1, 1), "resolute_support"),
    ],
)
def test_one_name_for_successive_forces(words: Vocabulary, text: str, day: date, matter: str) -> None:
    assert {one.target for one in forms(words, text, day)} == {matter}


@pytest.mark.parametrize(
    ("matter", "words_in_note"),
    [
        ("isf_gaza", "2803"),
        ("gsf_haiti", "2793"),
        ("mss_haiti", "2699"),
        ("unifil", "1701"),
        ("kfor", "1244"),
    ],
)
def test_forces_name_their_resolution(words: Vocabulary, matter: str, words_in_note: str) -> None:
    assert words_in_note in words.matters[matter].note


@pytest.mark.parametrize(
    ("place", "state"),
    [("gaza", "PSE"), ("donbas", "UKR"), ("darfur", "SDN"), ("kivu", "COD"), ("gulf_of_guinea", None)],
)
def test_places_and_their_states(words: Vocabulary, place: str, state: str | None) -> None:
    assert words.places[place].state == state


def test_parties_know_the_state_in_whose_politics_they_stand(words: Vocabulary) -> None:
    assert {p: words.actor(p).state for p in ("syriza", "pasok", "german_greens", "kuomintang")} == {
        "syriza": "GRC",
        "pasok": "GRC",
        "german_greens": "DEU",
        "kuomintang": "TWN",
    }
    assert words.actor("syriza").parent is None

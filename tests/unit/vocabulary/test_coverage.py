"""Everything that has to be there is there, and is well formed."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.vocabulary import Vocabulary, load

# The 193 members of the United Nations by ISO 3166-1 alpha-3, and the Holy See, Palestine, Taiwan and Kosovo.
STATES = set(
    """
    AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA
    BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI
    DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY
    HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN
    LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR
    NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA
    KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE
    SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB
    ZWE VAT PSE TWN XKX
    """.split()  # noqa: SIM905 - codes are read more easily in rows
)
TERRITORIES = {"GRL", "HKG", "MAC", "PRI", "NCL", "ESH", "FLK", "GIB", "PYF", "GUM", "BMU", "IOT", "FRO"}
TASKS = set(
    """
    contribute_troops contribute_police contribute_support contribute_observers staff_headquarters
    lead_force disarm enforce_peace secure_area train_police train_forces monitor_ceasefire
    protect_civilians deliver_aid reconstruct govern fund supply_equipment host mediate oversee
    authorise guarantee_security withdraw_forces cease_fire release_captives recognise join_board
    other
    """.split()  # noqa: SIM905
)
CONDITIONS = {
    "ceasefire",
    "mandate",
    "approval",
    "consent",
    "clarity",
    "role_limit",
    "location_limit",
    "command",
    "security_guarantee",
    "political_settlement",
    "timing",
    "other",
}


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load()


def test_every_state_and_the_territories_in_the_news(words: Vocabulary) -> None:
    assert len(STATES) == 197
    assert {one.id for one in words.actors.values() if one.kind == "state"} == STATES
    assert {one.id for one in words.actors.values() if one.kind == "territory"} >= TERRITORIES


def test_every_state_has_what_reports_use(words: Vocabulary) -> None:
    for code in STATES:
        state = words.actors[code]
        assert state.adjectives, code
        assert state.people or code == "VAT", code
        assert state.capitals or code in {"SGP", "MCO", "SMR", "VAT"}, code
        assert state.epithets or state.descriptors, code


def test_tasks_and_conditions_are_those_of_the_contract(words: Vocabulary) -> None:
    assert set(words.tasks) == TASKS
    assert set(words.condition_kinds) == CONDITIONS


def test_glosses_are_sentences(words: Vocabulary) -> None:
    glosses = [one.gloss for one in words.stances.values()]
    glosses += [one.gloss for one in words.tasks.values()]
    glosses += [one.gloss for one in words.condition_kinds.values()]
    for gloss in glosses:
        assert gloss.endswith(".")
        assert gloss[0].isupper()
    assert len(set(glosses)) == len(glosses)


@pytest.mark.parametrize(
    "actor",
    [
        *[
            "united_nations",
            "un_security_council",
            "european_union",
            "nato",
            "african_union",
            "arab_league",
            "organisation_of_islamic_cooperation",
            "gulf_cooperation_council",
            "ecowas",
        ],
        *[
            "east_african_community",
            "sadc",
            "caricom",
            "igad",
            "osce",
            "imf",
            "world_bank",
            "international_criminal_court",
            "icrc",
            "unrwa",
            "world_health_organization",
            "world_food_programme",
            "brics",
        ],
        *[
            "g7",
            "g20",
            "asean",
            "csto",
            "quad",
            "board_of_peace",
            "palestinian_authority",
            "plo",
            "us_centcom",
        ],
        *[
            "hamas",
            "islamic_jihad",
            "hezbollah",
            "houthis",
            "rsf",
            "m23",
            "adf",
            "al_shabaab",
            "jnim",
            "isgs",
        ],
        *[
            "boko_haram",
            "taliban",
            "viv_ansanm",
            "wagner",
            "africa_corps",
            "fatah",
            "pkk",
            "sdf",
            "hts",
        ],
        *[
            "popular_mobilization_forces",
            "libyan_national_army",
            "group:arab_states",
            "group:gulf_states",
            "group:muslim_states",
            "group:e3",
        ],
        *[
            "group:arab_and_muslim_states",
            "group:western_states",
            "group:european_states",
            "group:nordic_states",
        ],
        *["group:baltic_states", "group:caricom_states", "group:guarantors", "group:mediators"],
        *["group:coalition_of_the_willing", "group:foreign_force"],
    ],
)
def test_actors_that_the_stories_turn_on(words: Vocabulary, actor: str) -> None:
    assert words.actor(actor).names


@pytest.mark.parametrize(
    "matter",
    [
        *[
            "isf_gaza",
            "gsf_haiti",
            "mss_haiti",
            "unifil",
            "unmiss",
            "monusco",
            "amisom",
            "aussom",
            "kfor",
            "mfo",
        ],
        *[
            "minusma",
            "interfet",
            "multinational_force_ukraine",
            "samidrc",
            "gaza_ceasefire",
            "board_of_peace",
        ],
        *[
            "loss_and_damage_fund",
            "isaf",
            "resolute_support",
            "unamid",
            "eufor_chad_car",
            "eufor_rca",
            "unisfa",
        ],
    ],
)
def test_matters_that_the_stories_turn_on(words: Vocabulary, matter: str) -> None:
    assert words.matters[matter].names


def test_there_is_enough_of_it(words: Vocabulary) -> None:
    assert len(words.officials) >= 600
    assert len(words.outlets) >= 350
    assert len({one.actor for one in words.officials if one.actor in STATES}) >= 90


def test_no_outlet_is_graded_by_the_data(words: Vocabulary) -> None:
    assert {one.reliability for one in words.outlets.values()} == {None}


def test_officials_lie_in_the_years_covered(words: Vocabulary) -> None:
    for one in words.officials:
        assert one.valid_to is None or one.valid_to.year >= 1995, one.name
        assert one.valid_from is None or one.valid_from.year <= 2026, one.name


def test_forms_carry_no_article_and_no_possessive(words: Vocabulary) -> None:
    for one in words.surface_forms():
        if one.role in {"outlet", "place"} or one.text in {"The Hague", "The Valley"}:
            continue
        assert not one.text.startswith(("the ", "The ", "a ", "an ")), one


def test_ids_are_short_names(words: Vocabulary) -> None:
    for key in (*words.actors, *words.outlets, *words.matters, *words.places):
        bare = key.removeprefix("group:")
        assert bare.isascii(), key
        assert bare.replace("_", "").isalnum(), key
        assert key in STATES or bare == bare.lower() or words.actors[key].kind == "territory", key


def test_every_form_leads_to_something_known(words: Vocabulary) -> None:
    for one in words.surface_forms():
        if one.role == "outlet":
            known = words.outlets[one.target].name
        elif one.role == "matter":
            known = words.matters[one.target].label
        elif one.role == "place":
            known = words.places[one.target].label
        else:
            known = words.actors[one.target].label
        assert known
        assert one.role in {"person", "body"} or one.canonical == known


def test_every_role_occurs(words: Vocabulary) -> None:
    roles = Counter(one.role for one in words.surface_forms())
    assert set(roles) == {
        *["name", "abbreviation", "adjective", "people", "capital", "seat", "body", "person", "descriptor"],
        *["outlet", "matter", "place", "misspelling"],
    }

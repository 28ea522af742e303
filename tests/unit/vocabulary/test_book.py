"""The questions that the other rooms ask."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import UnknownName
from onrecord.vocabulary import Vocabulary, load
from onrecord.vocabulary.types import POLARITIES

LADDER = [
    ("for", ["deployed", "deploying", "agreed", "pledged", "offered", "requests", "supports"]),
    ("leaning", ["in_talks", "interested", "considering"]),
    ("open", ["named", "undecided", "no_comment"]),
    ("against", ["refused", "denied", "suspended", "withdrawn", "opposes"]),
]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load()


def test_the_ladder_is_that_of_the_contract(words: Vocabulary) -> None:
    for polarity, stances in LADDER:
        assert [one.id for one in words.stances.values() if one.polarity == polarity] == stances
        assert [words.stances[one].rank for one in stances] == list(range(1, len(stances) + 1))


def test_ranks_rise_from_the_firmest_no_to_the_deed(words: Vocabulary) -> None:
    rising = sorted(words.stances, key=words.rank)
    assert rising[0] == "refused"
    assert rising[-1] == "deployed"
    assert sorted(words.rank(one) for one in words.stances) == list(range(len(words.stances)))
    heights = [POLARITIES.index(words.polarity(one)) for one in rising]
    assert heights == sorted(heights, reverse=True)
    assert words.rank("refused") < words.rank("withdrawn") < words.rank("no_comment")


def test_stances_on_anothers_doing(words: Vocabulary) -> None:
    assert {one.id for one in words.stances.values() if one.toward == "other"} == {
        "requests",
        "supports",
        "opposes",
    }


def test_an_unknown_name_gets_the_nearest(words: Vocabulary) -> None:
    with pytest.raises(UnknownName, match="did you mean 'refused'") as caught:
        words.polarity("refussed")
    assert caught.value.value == "refussed"
    with pytest.raises(UnknownName, match="AZE"):
        words.actor("AZEE")


@pytest.mark.parametrize(
    ("word", "among", "first"),
    [
        ("contribute_troop", "tasks", "contribute_troops"),
        ("cease fire", "tasks", "cease_fire"),
        ("consideringg", "stances", "considering"),
        ("mandat", "condition_kinds", "mandate"),
        ("Indonesa", "actors", "IDN"),
        ("Hezbolah", "actors", "hezbollah"),
        ("Jakarta Pots", "outlets", "jakarta_post"),
        ("isf_gazza", "matters", "isf_gaza"),
        ("Gaza Stripp", "places", "gaza"),
    ],
)
def test_suggestions(words: Vocabulary, word: str, among: str, first: str) -> None:
    assert words.suggest(word, among)[0] == first  # type: ignore[arg-type]


def test_nothing_is_suggested_for_what_resembles_nothing(words: Vocabulary) -> None:
    assert words.suggest("qqqqqqqq", "tasks") == ()
    assert words.suggest("", "actors") == ()


@pytest.mark.parametrize(
    ("actor", "label"),
    [
        ("XKX", "Kosovo"),
        ("hamas", "Hamas"),
        ("group:arab_states", "Arab states"),
        ("group:19_countries", "19 countries"),
        ("group:more_than_70_countries", "More than 70 countries"),
        ("australia_opposition", "Opposition in Australia"),
        ("some_militia", "Some militia"),
        ("", ""),
    ],
)
def test_labels(words: Vocabulary, actor: str, label: str) -> None:
    assert words.label(actor) == label


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Reuters", "reuters"),
        ("reuters.com", "reuters"),
        ("https://www.reuters.com/world/middle-east/some-story", "reuters"),
        ("http://edition.cnn.com:80/x", "cnn"),
        ("the BBC", "bbc"),
        ("  THE   Guardian ", "the_guardian"),
        ("Al-Monitor (Reuters)", "al_monitor"),
        ("Caliber.Az", "caliber_az"),
        ("HAQQIN.AZ", "haqqin_az"),
        ("WSJ", "wall_street_journal"),
        ("news.example.org", None),
        ("http://[broken", None),
        ("com", None),
        ("", None),
        ("(Reuters)", None),
        ("Israeli media", None),
    ],
)
def test_outlets_by_name_domain_or_address(words: Vocabulary, text: str, outlet: str | None) -> None:
    found = words.outlet_by_name(text)
    assert (found.id if found else None) == outlet


def test_officials_as_of_a_day(words: Vocabulary) -> None:
    def leaders(actor: str, day: date) -> set[str]:
        heads = {"head_of_state", "head_of_government"}
        return {one.name for one in words.officials_of(actor, day) if one.kind in heads}

    assert leaders("GBR", date(2023, 6, 1)) == {"Rishi Sunak"}
    assert leaders("USA", date(2024, 12, 31)) == {"Joe Biden"}
    assert leaders("USA", date(2025, 11, 1)) == {"Donald Trump"}
    assert words.officials_of("nobody") == ()


def test_surface_forms_are_sorted_and_made_once(words: Vocabulary) -> None:
    forms = words.surface_forms()
    assert forms is words.surface_forms()
    assert [one.text for one in forms] == sorted(one.text for one in forms)

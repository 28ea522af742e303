"""What the loader reads, and what it refuses with file, line and field."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import VocabularyInvalid
from onrecord.vocabulary import load, load_from
from onrecord.vocabulary.loader import DATA

Folder = Callable[..., Path]


def refusal(folder: Path) -> VocabularyInvalid:
    with pytest.raises(VocabularyInvalid) as caught:
        load_from(folder)
    assert caught.value.hint
    return caught.value


def test_a_small_vocabulary_is_read(folder: Folder) -> None:
    read = load_from(folder())
    assert list(read.stances) == ["agreed", "offered", "refused"]
    assert set(read.actors) == {"NOR", "NZL", "nato", "rebels", "group:nordics"}
    assert read.matters["hill_force"].places == ("hill",)


def test_a_date_may_be_known_to_the_year_or_month_only(folder: Folder) -> None:
    assert load_from(folder()).officials[0].valid_to == date(2005, 12, 31)
    more = "    - {name: Kari Nordmann, office: President, kind: head_of_state, from: 2024-02, to: 2024-02}\n"
    later = load_from(folder(more_officials=more)).officials[1]
    assert (later.valid_from, later.valid_to) == (date(2024, 2, 1), date(2024, 2, 29))


def test_words_that_yaml_would_read_as_truth_stay_words(folder: Folder) -> None:
    read = load_from(folder(more_places="- {id: yes, kind: city, names: [No, On]}\n"))
    assert read.places["yes"].names == ("No", "On")


def test_load_reads_once() -> None:
    assert load() is load()


def test_loading_leaves_the_garbage_collector_as_it_was(folder: Folder) -> None:
    assert gc.isenabled()
    load_from(folder())
    assert gc.isenabled()
    gc.disable()
    try:
        load_from(folder())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_loading_all_of_it_is_quick() -> None:
    # The processor's time, best of five: other work on the machine must not decide.
    taken = []
    for _ in range(5):
        before = time.process_time()
        load_from(DATA)
        taken.append(time.process_time() - before)
    assert min(taken) < 0.5


def test_mappings_are_read_only() -> None:
    with pytest.raises(TypeError):
        load().actors["XXX"] = load().actors["NOR"]  # type: ignore[index]


def test_a_missing_file_is_named(folder: Folder) -> None:
    where = folder()
    (where / "places.yaml").unlink()
    assert "places.yaml" in str(refusal(where))


def test_bytes_that_are_no_utf8_are_refused(folder: Folder) -> None:
    where = folder()
    (where / "places.yaml").write_bytes(b"- {id: a, kind: city, names: [\xff]}")
    assert "places.yaml" in str(refusal(where))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"tasks": "- {id: host, label: [\n"}, ["tasks.yaml, line 2", "not YAML"], id="syntax"),
        pytest.param({"tasks": "id: host\n"}, ["tasks.yaml, line 1", "list of entries"], id="no list"),
        pytest.param({"tasks": ""}, ["tasks.yaml, line 1", "list of entries"], id="empty"),
        pytest.param({"tasks": "a: \x07"}, ["tasks.yaml", "not YAML"], id="control character"),
        pytest.param({"more_tasks": "- host\n"}, ["tasks.yaml, line 2", "a mapping"], id="no mapping"),
        pytest.param(
            {"more_tasks": "- {id: a, lable: b, kind: force, gloss: c}\n"},
            ["tasks.yaml, line 2, field 'lable'", "did you mean 'label'?"],
            id="unknown field",
        ),
        pytest.param(
            {"more_tasks": "- {id: a, id: b, label: b, kind: force, gloss: c}\n"},
            ["tasks.yaml, line 2, field 'id'", "twice"],
            id="field twice",
        ),
        pytest.param(
            {"more_tasks": "- id: a\n  kind: force\n  label: null\n  gloss: c\n"},
            ["tasks.yaml, line 4, field 'label'", "missing"],
            id="null for a text",
        ),
        pytest.param({"more_tasks": "- {id: a}\n"}, ["tasks.yaml, line 2, field 'label'"], id="missing"),
        pytest.param(
            {"more_tasks": "- {id: [a], label: b, kind: force, gloss: c}\n"},
            ["tasks.yaml, line 2, field 'id'", "single text"],
            id="list for a text",
        ),
        pytest.param(
            {"more_tasks": '- {id: " a", label: b, kind: force, gloss: c}\n'},
            ["tasks.yaml, line 2, field 'id'", "blanks"],
            id="blanks",
        ),
        pytest.param(
            {"more_tasks": "- {id: a, label: b, kind: forse, gloss: c}\n"},
            ["tasks.yaml, line 2, field 'kind'", "did you mean 'force'?"],
            id="unknown kind",
        ),
        pytest.param(
            {"more_stances": "- {id: a, polarity: pro, rank: 3, toward: own, label: b, gloss: c}\n"},
            ["stances.yaml, line 4, field 'polarity'", "'pro'", "leaning"],
            id="unknown polarity",
        ),
        pytest.param(
            {"more_stances": "- {id: a, polarity: for, rank: first, toward: own, label: b, gloss: c}\n"},
            ["stances.yaml, line 4, field 'rank'", "whole number"],
            id="rank no number",
        ),
        pytest.param(
            {"more_stances": "- {id: a, polarity: for, rank: 9, toward: own, label: b, gloss: c}\n"},
            ["stances.yaml, line 4, field 'rank'", "gap"],
            id="gap in the ranks",
        ),
        pytest.param(
            {"more_states": "- {id: FRA, names: France}\n"},
            ["states.yaml, line 7, field 'names'", "brackets"],
            id="text for a list",
        ),
        pytest.param(
            {"more_states": "- {id: FRA, names: []}\n"},
            ["states.yaml, line 7, field 'names'", "at least one"],
            id="no name",
        ),
        pytest.param(
            {"more_states": "- id: FRA\n  names:\n    - France\n    - France\n"},
            ["states.yaml, line 10, field 'names'", "twice"],
            id="name twice",
        ),
        pytest.param(
            {"more_states": "- id: FRA\n  names: [France]\n  ambiguous: [Paris]\n"},
            ["states.yaml, line 9, field 'ambiguous'", "none of the entry's forms"],
            id="ambiguous form that is none",
        ),
        pytest.param(
            {"more_states": "- id: FRA\n  names: [France]\n  bodies:\n    - {name: Garde, kind: army}\n"},
            ["states.yaml, line 10, field 'kind'", "'army'"],
            id="unknown kind of body",
        ),
        pytest.param(
            {"more_states": "- {id: nordics, kind: group, names: [Nordics]}\n"},
            ["states.yaml, line 7, field 'kind'"],
            id="kind of another file",
        ),
        pytest.param(
            {"more_groups": "- {id: baltics, names: [Baltics]}\n"},
            ["groups.yaml, line 2, field 'id'", "group:"],
            id="group without its prefix",
        ),
        pytest.param(
            {"more_organisations": "- {id: united_nations, kind: body, names: [UN], members: [NZL, XYZ]}\n"},
            ["organisations.yaml, line 2, field 'members'", "'XYZ'"],
            id="unknown member",
        ),
        pytest.param(
            {"more_organisations": "- {id: hq, kind: command, names: [HQ], parent: XYZ}\n"},
            ["organisations.yaml, line 2, field 'parent'", "'XYZ'"],
            id="unknown parent",
        ),
        pytest.param(
            {"more_officials": "- state: XYZ\n  officials:\n    - {name: A B, office: Envoy, kind: envoy}\n"},
            ["officials.yaml, line 6, field 'state'", "'XYZ'"],
            id="unknown state of an official",
        ),
        pytest.param(
            {"more_officials": "- officials:\n    - {name: A B, office: Envoy, kind: envoy}\n"},
            ["officials.yaml, line 4", "either a state or an actor"],
            id="official of nobody",
        ),
        pytest.param(
            {"more_officials": "    - {name: A B, office: Envoy, kind: envoy, from: 13 October}\n"},
            ["officials.yaml, line 4, field 'from'", "no date", "2025-10-13"],
            id="no date",
        ),
        pytest.param(
            {"more_officials": "    - {name: A B, office: Envoy, kind: envoy, from: 2025-02-30}\n"},
            ["officials.yaml, line 4, field 'from'", "no calendar"],
            id="day that is in no calendar",
        ),
        pytest.param(
            {"more_officials": "    - {name: A B, office: Envoy, kind: envoy, from: 2025, to: 2024-12-31}\n"},
            ["officials.yaml, line 4, field 'to'", "before"],
            id="end before beginning",
        ),
        pytest.param(
            {"more_outlets": "- {id: b, name: B, kind: daily, state: XYZ}\n"},
            ["outlets.yaml, line 2, field 'state'", "'XYZ'"],
            id="unknown state of an outlet",
        ),
        pytest.param(
            {"more_outlets": "- {id: b, name: B, kind: daily, reliability: G}\n"},
            ["outlets.yaml, line 2, field 'reliability'", "'G'"],
            id="unknown reliability",
        ),
        pytest.param(
            {"more_places": "- {id: b, kind: region, names: [Bay], state: rebels}\n"},
            ["places.yaml, line 2, field 'state'", "'rebels'"],
            id="place of something that is no state",
        ),
        pytest.param(
            {"more_forces": "- {id: b, kind: force, names: [Bay Force], places: [NOR, bay]}\n"},
            ["forces.yaml, line 2, field 'places'", "'bay'"],
            id="unknown place of a force",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_field(
    folder: Folder, changed: dict[str, str], said: list[str]
) -> None:
    message = str(refusal(folder(**changed)))
    for part in said:
        assert part in message

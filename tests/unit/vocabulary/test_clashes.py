"""Two entries may not claim the same thing, unless time or an open mark of doubt keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import VocabularyClash
from onrecord.vocabulary import load_from

Folder = Callable[..., Path]


def official(name: str, alias: str, more: str) -> str:
    return f"    - {{name: {name}, aliases: [{alias}], office: Minister, kind: minister, {more}}}\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param(
            {"more_tasks": "- {id: host, label: b, kind: force, gloss: c}\n"},
            ["tasks.yaml, line 2, field 'id'", "'host'", "tasks.yaml, line 1"],
            id="id twice in a file",
        ),
        pytest.param(
            {"more_armed_groups": "- {id: NOR, names: [Norsemen]}\n"},
            ["armed_groups.yaml, line 2, field 'id'", "states.yaml, line 1"],
            id="id twice over files",
        ),
        pytest.param(
            {"more_stances": "- {id: pledged, polarity: for, rank: 2, toward: own, label: b, gloss: c}\n"},
            ["stances.yaml, line 4, field 'rank'", "'offered'"],
            id="rank twice",
        ),
        pytest.param(
            {"more_states": "- {id: SWE, names: [Sweden], capitals: [Oslo]}\n"},
            [
                "states.yaml, line 7",
                "'Oslo'",
                "capital",
                "Sweden (SWE)",
                "Norway (NOR)",
                "states.yaml, line 1",
            ],
            id="capital of two",
        ),
        pytest.param(
            {"more_states": "- {id: SWE, names: [Sweden], ambiguous: [Oslo], capitals: [Oslo]}\n"},
            ["'Oslo'"],
            id="ambiguous in one of the two only",
        ),
        pytest.param(
            {"more_armed_groups": "- {id: others, names: [REBELS OF THE HILL]}\n"},
            ["armed_groups.yaml, line 2", "others", "rebels"],
            id="case does not tell apart what is matched in any case",
        ),
        pytest.param(
            {"more_officials": official("Per Nordmann", "Nordmann", "from: 2005-06-01")},
            ["officials.yaml, line 4", "'Nordmann'", "Per Nordmann (NOR)", "Ola Nordmann (NOR)", "line 3"],
            id="surname of two persons in the same years",
        ),
        pytest.param(
            {"more_officials": "    - {name: Ola Nordmann, office: President, kind: minister, from: 2004}\n"},
            ["officials.yaml, line 4, field 'name'", "President of NOR", "line 3"],
            id="term of office twice",
        ),
        pytest.param(
            {"more_outlets": "- {id: b, name: B, aliases: [The Post], kind: daily}\n"},
            ["outlets.yaml, line 2", "'The Post'", "outlet"],
            id="name of two outlets",
        ),
        pytest.param(
            {"more_outlets": "- {id: b, name: B, domains: [post.example], kind: daily}\n"},
            ["outlets.yaml, line 2", "'post.example'"],
            id="domain of two outlets",
        ),
        pytest.param(
            {"more_forces": "- {id: b, kind: force, names: [B], descriptions: [hill force]}\n"},
            ["forces.yaml, line 2", "matter", "Hill Force (hill_force)"],
            id="description that is another's name",
        ),
        pytest.param(
            {"more_places": "- {id: b, kind: city, names: [the Hill]}\n"},
            ["places.yaml, line 2", "place"],
            id="place twice",
        ),
    ],
)
def test_a_clash_names_both_places(folder: Folder, changed: dict[str, str], said: list[str]) -> None:
    with pytest.raises(VocabularyClash) as caught:
        load_from(folder(**changed))
    message = str(caught.value)
    for part in said:
        assert part in message
    assert caught.value.value
    assert caught.value.hint


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(
            {
                "states": "- {id: NOR, names: [Norway], capitals: [Oslo], ambiguous: [Oslo]}\n"
                "- {id: NZL, names: [New Zealand], capitals: [Oslo], ambiguous: [Oslo]}\n"
            },
            id="marked as ambiguous in both",
        ),
        pytest.param({"more_places": "- {id: b, kind: city, names: [Oslo]}\n"}, id="in different roles"),
        pytest.param(
            {"more_officials": official("Per Nordmann", "Nordmann", "from: 2006-01-01")},
            id="one after the other",
        ),
        pytest.param(
            {"more_officials": official("Ola Nordmann", "Nordmann", "from: 2003")},
            id="same person, two offices",
        ),
        pytest.param(
            {
                "states": "- {id: NOR, names: [Norway], descriptors: [kingdom], epithets: [northern]}\n"
                "- {id: NZL, names: [New Zealand], descriptors: [kingdom], epithets: [northern]}\n"
            },
            id="descriptors are shared",
        ),
        pytest.param(
            {
                "more_forces": "- {id: a, kind: force, names: [Bay Force], to: 2001}\n"
                "- {id: b, kind: force, names: [Bay Force], from: 2002}\n"
            },
            id="forces of different times",
        ),
        pytest.param(
            {
                "more_armed_groups": "- {id: a, names: [A], abbreviations: [US]}\n"
                "- {id: b, names: [B], abbreviations: [us]}\n"
            },
            id="case tells apart what is matched as written",
        ),
    ],
)
def test_what_is_kept_apart_does_not_clash(folder: Folder, changed: dict[str, str]) -> None:
    assert load_from(folder(**changed)).actors

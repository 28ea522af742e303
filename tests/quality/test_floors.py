"""The quality gate: no figure falls below its floor, on the very data that the floor was measured on."""

from __future__ import annotations

import functools
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

HERE = Path(__file__).parent
measure = SimpleNamespace(**runpy.run_path(str(HERE / "measure.py")))
FLOORS = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))


@functools.cache
def figures(name: str, extractor: str) -> dict[str, float]:
    return measure.measured(name, rules_only=measure.EXTRACTORS[extractor])


each = pytest.mark.parametrize("entry", FLOORS, ids=[f"{e['set']}-{e['extractor']}" for e in FLOORS])


@each
def test_no_figure_below_its_floor(entry):
    if not measure.present(entry["set"]):
        pytest.skip(f"the data of {entry['set']!r} does not lie beside the checkout")
    assert measure.digest(entry["set"]) == entry["digest"], "the data is another: measure anew, and say so"
    found = figures(entry["set"], entry["extractor"])
    low = {k: (found.get(k), floor) for k, floor in entry["floor"].items() if found.get(k, -1.0) < floor}
    assert low == {}, f"figure: (found, floor) of {entry['set']}; all: {found}"


@each
def test_floors_lie_close_below_what_was_measured(entry):
    assert entry["extractor"] in measure.EXTRACTORS
    assert set(entry["floor"]) == set(entry["measured"])
    for name, floor in entry["floor"].items():
        assert 0 <= entry["measured"][name] - floor <= 0.0301, name
    assert entry["floor"]["evidence.share"] == 1.0


def test_every_set_is_held():
    keys = [(e["set"], e["extractor"]) for e in FLOORS]
    assert sorted(keys) == sorted((s, x) for s in measure.SETS for x in measure.EXTRACTORS)


class TestTheMeasuringItself:
    """On answers made by hand, so that a gate that lets everything through would be seen."""

    GOLD = (
        {"holder": "ITA", "performer": "ITA", "task": "fund", "stance": "offered", "as_of": "2026-03-31"},
        {"holder": "FRA", "performer": "FRA", "task": "fund", "stance": "refused", "as_of": "2026-03-31"},
        {"holder": "FRA", "performer": "FRA", "task": "host", "stance": "refused", "as_of": "2025-10-31"},
        {"holder": "DEU", "performer": "DEU", "task": "fund", "stance": None, "as_of": "2026-03-31"},
    )

    def found(self, **stances):
        polarity = {"offered": "for", "pledged": "for", "refused": "against"}
        return [
            {"holder": h, "performer": h, "task": "fund", "stance": s, "polarity": polarity[s]}
            for h, s in stances.items()
        ]

    def test_shares(self):
        share = measure.standings_share
        assert share(self.GOLD, self.found(ITA="offered", FRA="refused"))["standings.stance"] == 1.0
        half = share(self.GOLD, self.found(ITA="pledged"))
        assert half == {"standings.polarity": 0.5, "standings.stance": 0.0}
        assert share(self.GOLD, [])["standings.polarity"] == 0.0

"""Maps from certainty to chance."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelMissing
from onrecord.extraction.learned import calibration
from onrecord.extraction.learned.calibration import calibrated, interpolated, packaged, read_maps

KNOTS = ((0.45, 0.2), (0.7, 0.5), (0.9, 0.85))


def test_a_map_runs_straight_between_its_knots_and_level_outside():
    assert interpolated(0.45, KNOTS) == 0.2
    assert interpolated(0.8, KNOTS) == pytest.approx(0.675)
    assert interpolated(0.0, KNOTS) == 0.2
    assert interpolated(1.0, KNOTS) == 0.85


def test_a_map_of_one_knot_is_level():
    assert interpolated(0.1, ((0.5, 0.4),)) == interpolated(0.9, ((0.5, 0.4),)) == 0.4


def test_maps_are_chosen_by_name_without_version(monkeypatch):
    monkeypatch.setattr(calibration, "packaged", lambda: {"one": KNOTS, "two": ((0.5, 0.1),)})
    assert calibrated(0.7, "one/1") == calibrated(0.7, "one/2") == calibrated(0.7, "one") == 0.5
    assert calibrated(0.7, "two/1") == 0.1
    assert calibrated(0.7, "three/1") == 0.7


def test_the_packages_maps_rise_and_stay_chances():
    for knots in packaged().values():
        assert knots
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in knots)
        assert list(knots) == sorted(knots)
        assert [y for _, y in knots] == sorted(y for _, y in knots)
        assert len({x for x, _ in knots}) == len(knots)


def test_the_package_has_a_map_for_rules_and_for_the_model():
    assert set(packaged()) == {"onrecord-rules", "onrecord-cues"}


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["onrecord-rules/1", "onrecord-cues/1", "other/1"]))
def test_a_surer_draft_never_gets_a_lower_chance(a: float, b: float, extractor: str):
    low, high = sorted((a, b))
    assert 0 <= calibrated(low, extractor) <= calibrated(high, extractor) <= 1


def test_missing_maps_are_named_with_what_to_do(tmp_path: Path):
    with pytest.raises(ModelMissing) as caught:
        read_maps(tmp_path / "calibration.json")
    assert caught.value.value == "calibration.json"
    assert "benchmark-positions" in (caught.value.hint or "")


def test_maps_are_read_from_their_file(tmp_path: Path):
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"weights": "", "maps": {"one": [[0.5, 0.25], [1, 1]]}}))
    assert read_maps(path) == {"one": ((0.5, 0.25), (1.0, 1.0))}

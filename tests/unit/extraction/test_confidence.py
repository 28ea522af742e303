"""Confidence: what rules and model agree on is surer; the weights are there and fit the network that ships."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import resources

import pytest

from onrecord import vocabulary
from onrecord.errors import ModelMissing
from onrecord.extraction import Extractor, confidence
from onrecord.extraction.learned import CueReading
from onrecord.extraction.learned.model import WEIGHTS
from onrecord.extraction.parsing import load_parser
from onrecord.model import Report, digest

TEXT = "Ghana will not send soldiers to Sudan, its defence minister said."


def reading(text: str, words: str, stance: str, task: str, share: float) -> CueReading:
    known = vocabulary.load()
    at = text.index(words)
    stances = {"none": 0.05, **dict.fromkeys(known.stances, 0.0)}
    stances[stance] = share
    rest = next(s for s in known.stances if s != stance)
    stances[rest] = 0.95 - share
    tasks = {**dict.fromkeys(known.tasks, 0.0), task: 1.0}
    flags = {"self": 1.0, "own": 1.0, "foreign_force": 0.0}
    return CueReading((at, at + len(words)), 0.95, stances, tasks, flags, ((0, 5),), (), (), (), ())


def found(readings: list[CueReading]) -> float:
    extractor = Extractor(vocabulary.load(), load_parser(), cues=lambda _: readings)
    (position,) = extractor.extract(Report(id="r", text=TEXT, sha256=digest(TEXT))).positions
    assert (position.holder, position.task, position.stance) == ("GHA", "contribute_troops", "refused")
    return position.confidence


def test_what_the_model_reads_alike_is_surer():
    same = found([reading(TEXT, "will not send", "refused", "contribute_troops", 0.9)])
    other = found([reading(TEXT, "will not send", "agreed", "contribute_troops", 0.9)])
    assert 0 < other < same < 1


def test_a_chance_is_a_chance_whatever_the_signs():
    for value in (-1e6, 0.0, 1e6):
        assert 0 <= confidence.chance([value] * len(confidence.SIGNS)) <= 1


def test_every_sign_has_a_weight_fitted_with_the_network_that_ships():
    data = json.loads(resources.files("onrecord.extraction").joinpath("data", "confidence.json").read_text("utf-8"))
    assert list(data["weights"]) == list(confidence.SIGNS)
    assert data["network"] == sha256((WEIGHTS / "model.int8.onnx").read_bytes()).hexdigest()


def test_missing_weights_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(confidence.resources, "files", lambda _: tmp_path)
    confidence.weights.cache_clear()
    with pytest.raises(ModelMissing) as caught:
        confidence.weights()
    assert caught.value.value == "confidence.json"
    monkeypatch.undo()
    confidence.weights.cache_clear()

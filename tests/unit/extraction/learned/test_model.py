"""Loading the position model, and what its files promise."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelMissing
from onrecord.extraction.attribution.features import encode
from onrecord.extraction.learned import PositionModel
from onrecord.extraction.learned.model import WEIGHTS, Row
from onrecord.vocabulary import load

FILES = ("model.int8.onnx", "cue.npz", "labels.json", "tokenizer.json")


@pytest.mark.parametrize("lacking", FILES)
def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path, lacking: str):
    for name in FILES:
        if name != lacking:
            (tmp_path / name).write_bytes(b"")
    with pytest.raises(ModelMissing) as caught:
        PositionModel(tmp_path)
    assert caught.value.code == "model-missing"
    assert caught.value.value == lacking
    assert lacking in str(caught.value)
    assert "wheel" in (caught.value.hint or "")


def test_labels_come_from_the_folder(tmp_path: Path):
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    given = {"layers": ["cue"], "conditions": [], "stances": ["none"], "tasks": ["other"], "flags": []}
    (tmp_path / "labels.json").write_text(json.dumps(given))
    assert PositionModel(tmp_path).labels.stances == ("none",)


def test_the_packages_labels_are_the_vocabularys():
    labels, vocabulary = PositionModel.load().labels, load()
    assert labels.stances[0] == "none"
    assert set(labels.stances[1:]) <= set(vocabulary.stances)
    assert set(labels.tasks) <= set(vocabulary.tasks)
    assert set(labels.conditions) <= set(vocabulary.condition_kinds)


def test_the_packages_model_is_loaded_once():
    assert PositionModel.load() is PositionModel.load()


@pytest.fixture(scope="module")
def model() -> PositionModel:
    return PositionModel.load()


def test_scores_have_a_row_a_word_and_a_head_only_for_a_mark(model: PositionModel):
    encoded = encode("Oslo will not send soldiers, the minister said.", model.tokenizer)
    plain, marked = model.score(encoded, [Row(0, len(encoded)), Row(1, 6, (2, 4))])
    labels = model.labels
    width = 3 * len(labels.layers) + 1 + 2 * len(labels.conditions)
    assert plain[0].shape == (len(encoded), width)
    assert plain[1] is None
    assert marked[0].shape == (5, width)
    assert marked[1] is not None
    assert marked[1].shape == (len(labels.stances) + len(labels.tasks) + len(labels.flags),)


def test_rows_come_back_in_the_order_asked_whatever_their_length(model: PositionModel):
    encoded = encode("Oslo will not send soldiers, the minister said on Friday.", model.tokenizer)
    rows = [Row(0, len(encoded)), Row(0, 3), Row(2, 7)]
    lengths = [len(tokens) for tokens, _ in model.score(encoded, rows)]
    assert lengths == [len(encoded), 3, 5]


def test_the_mark_changes_what_is_read(model: PositionModel):
    encoded = encode("Oslo will not send soldiers but will pay.", model.tokenizer)
    one, other = model.score(encoded, [Row(0, len(encoded), (1, 4)), Row(0, len(encoded), (6, 8))])
    assert one[1] is not None
    assert other[1] is not None
    assert not np.allclose(one[1], other[1], atol=0.1)


def test_a_folder_elsewhere_serves_as_well(tmp_path: Path, model: PositionModel):
    for name in FILES:
        shutil.copyfile(WEIGHTS / name, tmp_path / name)
    encoded = encode("Oslo will not send soldiers.", model.tokenizer)
    (here,) = model.score(encoded, [Row(0, len(encoded))])
    (there,) = PositionModel(tmp_path, threads=1).score(encoded, [Row(0, len(encoded))])
    assert np.allclose(here[0], there[0], atol=1e-3)


def test_the_card_is_of_these_weights():
    card = (WEIGHTS / "card.md").read_text(encoding="utf-8")
    assert sha256((WEIGHTS / "model.int8.onnx").read_bytes()).hexdigest() in card

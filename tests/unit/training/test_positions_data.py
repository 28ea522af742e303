"""Passages as training examples: spans placed, cues cropped, states swapped."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.extraction import learned
from onrecord.extraction.attribution.features import encode
from onrecord.vocabulary import load

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from training.positions import counts  # noqa: E402
from training.positions.data import (  # noqa: E402
    AROUND,
    HELD_OUT,
    IGNORE,
    batches,
    crop,
    examples,
    is_dev,
    place,
    read,
    words_of,
)
from training.positions.labels import CONDITIONS, FLAGS, LAYERS, STANCES, TASKS  # noqa: E402
from training.positions.swap import Swapper  # noqa: E402

TEXT = (
    "Kenya stands ready to send up to 900 officers once the Council renews the mandate, the minister said. "
    "Kenya will not disarm anybody."
)
PASSAGE = {
    "id": "t-1",
    "story": "made_for_tests",
    "manner": "agency",
    "outlet": "Agency North",
    "published": "2025-10-14",
    "text": TEXT,
    "positions": [
        {
            "holder": "KEN",
            "holder_text": "Kenya",
            "performer": "KEN",
            "performer_text": "",
            "task": "contribute_police",
            "object": "",
            "stance": "offered",
            "cue": "stands ready to send",
            "conditions": [["mandate", "once the Council renews the mandate"]],
            "quantity": [None, 900, "officers", "up to 900 officers"],
            "chain": [["the minister", "office"], ["Agency North", "outlet"]],
            "self": True,
            "said_on": None,
            "evidence": TEXT[: TEXT.index(" Kenya will")],
            "optional": False,
        },
        {
            "holder": "KEN",
            "holder_text": "Kenya",
            "performer": "KEN",
            "performer_text": "",
            "task": "disarm",
            "object": "anybody",
            "stance": "refused",
            "cue": "will not disarm",
            "conditions": [],
            "quantity": None,
            "chain": [["Agency North", "outlet"]],
            "self": False,
            "said_on": None,
            "evidence": "Kenya will not disarm anybody.",
            "optional": False,
        },
    ],
}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(Path(learned.__file__).parent / "weights" / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def words(example, picked):
    """The text's words where ``picked`` holds."""
    e = example.encoded
    return " ".join(TEXT[e.starts[i] : e.ends[i]] for i in np.flatnonzero(picked))


def test_a_wording_is_placed_inside_its_evidence():
    second = TEXT.index("Kenya will")
    assert place(TEXT, "Kenya", (second, len(TEXT))) == (second, second + 5)
    assert place(TEXT, "Kenya", (0, 20)) == (0, 5)


def test_a_wording_outside_its_evidence_is_placed_at_the_nearest_place_before_it():
    text = "Oslo waits. Oslo waits. It has not decided. Oslo waits."
    near = (text.index("It has"), text.index(" Oslo waits.", 24))
    assert place(text, "Oslo", near) == (12, 16)


def test_a_wording_is_not_placed_inside_a_longer_word_unless_there_is_no_other_place():
    assert place("Romans met in Roma", "Roma", (0, 18)) == (14, 18)
    assert place("Romans met", "Roma", (0, 10)) == (0, 4)
    assert place("Romans met", "Oslo", (0, 10)) is None
    assert place("Romans met", "", (0, 10)) is None


def test_words_of_a_stretch_touch_it(tokenizer):
    encoded = encode("Up to 1,000 men.", tokenizer)
    a, z = words_of(encoded, 6, 11)
    assert "".join("Up to 1,000 men."[encoded.starts[i] : encoded.ends[i]] for i in range(a, z)) == "1,000"


def test_one_example_finds_cues_and_one_reads_each(tokenizer):
    first, offer, refusal = examples(PASSAGE, tokenizer, random.Random(0), negatives=0)
    assert not first.mark.any()
    assert words(first, first.tags[:, 0] > 0) == "stands ready to send will not disarm"
    assert (first.tags[:, 0] == 1).sum() == 2
    assert first.stance == IGNORE
    assert words(offer, offer.mark > 0) == "stands ready to send"
    assert STANCES[offer.stance] == "offered"
    assert [TASKS[i] for i in np.flatnonzero(offer.tasks)] == ["contribute_police"]
    assert offer.flags.tolist() == [1, 1, 0]
    assert len(offer.flags) == len(FLAGS)
    assert words(offer, offer.tags[:, LAYERS.index("quantity")] > 0) == "up to 900 officers"
    kind = 1 + 2 * CONDITIONS.index("mandate")
    assert words(offer, offer.tags[:, -1] > 0) == "once the Council renews the mandate"
    assert words(offer, offer.tags[:, -1] == kind) == "once"
    holder = np.flatnonzero(refusal.tags[:, LAYERS.index("holder")] > 0)
    assert refusal.encoded.starts[holder].tolist() == [TEXT.index("Kenya will")]


def test_an_optional_cue_is_neither_taught_nor_untaught(tokenizer):
    row = {**PASSAGE, "positions": [{**PASSAGE["positions"][1], "optional": True}]}
    first = examples(row, tokenizer, random.Random(0), negatives=0)[0]
    assert words(first, first.tags[:, 0] == IGNORE) == "will not disarm"
    assert not (first.tags[:, 0] > 0).any()


def test_a_negative_row_marks_words_that_are_no_cue(tokenizer):
    made = [e for seed in range(20) for e in examples(PASSAGE, tokenizer, random.Random(seed))]
    negatives = [e for e in made if e.stance == STANCES.index("none")]
    assert negatives
    cues = {"stands", "ready", "send", "will", "not", "disarm"}
    for e in negatives:
        assert not cues & set(words(e, e.mark > 0).split())
        assert (e.tags == IGNORE).all()


def test_a_cropped_row_keeps_words_marks_and_pieces_together(tokenizer):
    text = "word " * 200 + TEXT + " word" * 200
    row = {**PASSAGE, "text": text, "positions": [PASSAGE["positions"][1]]}
    _, one = examples(row, tokenizer, random.Random(0), negatives=0)
    marked = np.flatnonzero(one.mark)
    assert len(one.encoded) == len(marked) + 2 * AROUND
    assert text[one.encoded.starts[marked[0]] : one.encoded.ends[marked[-1]]] == "will not disarm"
    assert len(one.mark) == len(one.tags) == len(one.encoded)
    assert one.encoded.first[0] == 0
    whole = encode(text, tokenizer)
    at = int(np.flatnonzero(whole.starts == one.encoded.starts[0])[0])
    stop = whole.first[at + len(one.encoded)]
    assert one.encoded.pieces.tolist() == whole.pieces[whole.first[at] : stop].tolist()


def test_a_short_row_is_left_whole(tokenizer):
    one = examples(PASSAGE, tokenizer, random.Random(0), negatives=0)[1]
    assert crop(one, 3, 5) is one


def test_batches_hold_every_example_once_and_keep_to_the_budget(tokenizer):
    pool = [e for i in range(12) for e in examples({**PASSAGE, "id": str(i)}, tokenizer, random.Random(i))]
    groups = list(batches(pool, 200, random.Random(0)))
    assert sorted(id(e) for g in groups for e in g) == sorted(map(id, pool))
    assert all(len(g) * max(e.pieces for e in g) <= 200 for g in groups if len(g) > 1)


def test_swapped_strings_still_stand_in_the_text():
    swapper = Swapper(load())
    for seed in range(10):
        told = swapper.swap(PASSAGE, random.Random(seed))
        assert "Kenya" not in told["text"]
        for old, new in zip(PASSAGE["positions"], told["positions"], strict=True):
            for key in ("holder_text", "cue", "evidence", "object"):
                assert new[key] in told["text"]
            assert new["holder_text"] != old["holder_text"]
            assert new["cue"] == old["cue"]
            assert [c for c, _ in new["conditions"]] == [c for c, _ in old["conditions"]]
            assert all(w in told["text"] for _, w in new["conditions"])
            assert new["stance"] == old["stance"]
        assert told["positions"][0]["quantity"] == PASSAGE["positions"][0]["quantity"]


def test_swapping_keeps_adjectives_adjectives_and_the_given_passage_as_it_is():
    text = "The Kenyan minister spoke in Nairobi. Kenya will not go."
    row = {"id": "t", "text": text, "positions": []}
    told = Swapper(load()).swap(row, random.Random(3))
    assert row["text"] == text
    assert not any(word in told["text"] for word in ("Kenya", "Nairobi"))
    assert told["text"].endswith(" will not go.")


def test_a_passage_without_states_is_not_retold():
    row = {"id": "t", "text": "Nobody spoke.", "positions": []}
    assert Swapper(load()).swap(row, random.Random(0)) is row


def test_held_out_stories_are_held_out_whole_and_a_twelfth_of_the_others():
    rows = read(ROOT / "training/positions/passages")
    held = [r for r in rows if r["story"] in HELD_OUT]
    assert {r["story"] for r in held} == set(HELD_OUT)
    assert all(map(is_dev, held))
    others = [r for r in rows if r["story"] not in HELD_OUT]
    assert 1 / 20 < sum(map(is_dev, others)) / len(others) < 1 / 8


def test_no_text_is_both_held_out_and_trained_on():
    rows = read(ROOT / "training/positions/passages")
    trained = {r["text"] for r in rows if not is_dev(r)}
    assert not [r["id"] for r in rows if is_dev(r) and r["text"] in trained]


def test_the_readmes_counts_are_the_passages():
    page = (ROOT / "training/positions/README.md").read_text(encoding="utf-8")
    made = counts.block(read(ROOT / "training/positions/passages"))
    assert made in page, "run `python -m training.positions.counts`"

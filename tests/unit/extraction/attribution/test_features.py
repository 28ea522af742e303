"""Words, shapes and windows."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.extraction.attribution import features
from onrecord.extraction.attribution.features import Window, encode, first_pieces, windows

TOKENIZER = Path(features.__file__).parent / "weights" / "tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(TOKENIZER))
    made.no_truncation()
    made.no_padding()
    return made


def test_words_reproduce_the_text(tokenizer):
    text = "Zoë Müller (37) said: “We’ll go—perhaps.”\n\nNobody  else\tspoke. 他说不. 🙂"
    words = encode(text, tokenizer)
    cut = [text[a:z] for a, z in zip(words.starts, words.ends, strict=True)]
    assert cut[:6] == ["Zoë", "Müller", "(", "37", ")", "said"]
    assert "".join(cut) == "".join(text.split())


def test_paragraphs_are_counted(tokenizer):
    words = encode("One.\n\nTwo.\r\nThree.\u2029Four.", tokenizer)
    assert words.paragraphs.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


def shape_of(words, text, word):
    i = [text[a:z] for a, z in zip(words.starts, words.ends, strict=True)].index(word)
    return int(words.shapes[words.first[i]])


def test_shape_tells_case_and_quotation(tokenizer):
    text = 'He said "we stay" and May left NATO.'
    words = encode(text, tokenizer)
    assert shape_of(words, text, "stay") % 2 == 1
    assert shape_of(words, text, "and") % 2 == 0
    cases = [shape_of(words, text, w) // 12 for w in ("He", "said", "NATO", ".")]
    assert cases == [2, 1, 3, 0]
    assert words.shapes.max() < features.SHAPES


def test_quotation_ends_with_its_paragraph(tokenizer):
    text = '"We stay\n\nand others go'
    words = encode(text, tokenizer)
    assert shape_of(words, text, "stay") % 2 == 1
    assert shape_of(words, text, "others") % 2 == 0


def test_windows_cover_each_word_once_and_are_bounded(tokenizer):
    text = "\n".join("The envoy spoke at length of what was agreed in the hall. " * n for n in (1, 9, 70, 3, 2))
    words = encode(text, tokenizer)
    cut = windows(text, words, 128)
    assert [w.start for w in cut] == [0, *(w.end for w in cut[:-1])]
    assert cut[-1].end == len(words)
    for w in cut:
        a, z = features.piece_range(words, w)
        assert 0 < z - a <= 126


def test_long_paragraph_is_cut_after_a_sentence(tokenizer):
    text = "The envoy spoke at length of what was agreed. " * 40
    words = encode(text, tokenizer)
    cut = windows(text, words, 100)
    assert len(cut) > 3
    assert all(text[words.starts[w.end - 1]] == "." for w in cut)


def test_batch_inputs_pads_the_shorter(tokenizer):
    words = encode("Short one.\n\nThe second paragraph is longer.", tokenizer)
    pieces, shapes, mask = features.batch_inputs([(words, Window(0, 3)), (words, Window(3, 9))])
    assert pieces.shape == shapes.shape == mask.shape == (2, 8)
    assert mask.sum(axis=1).tolist() == [5, 8]
    assert pieces[0].tolist()[5:] == [0, 0, 0]
    assert pieces[1, first_pieces(words, Window(3, 9))].tolist() == words.pieces[words.first[3:9]].tolist()


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b"])
def test_nothing_to_read(tokenizer, text):
    words = encode(text, tokenizer)
    assert windows(text, words) == [] or len(words) > 0
    assert words.first.dtype == np.int64

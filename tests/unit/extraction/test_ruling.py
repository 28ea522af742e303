"""What the attribute ruler says of single tokens is kept; what it says of several is asked each time."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.extraction import ruling
from onrecord.extraction.ruling import RuledOnce

WORDS = ["We", "got", "ta", "leave", "\n", "They", "got", "home"]
TAGS = ["PRP", "VBD", "VB", "VB", "_SP", "PRP", "VBD", "NN"]
DEPS = ["nsubj", "aux", "ROOT", "xcomp", "", "nsubj", "ROOT", "advmod"]


@pytest.fixture
def ruler() -> AttributeRuler:
    made = AttributeRuler(English().vocab)
    made.add([[{"TAG": "VBD"}]], {"POS": "VERB", "MORPH": "Tense=Past"})
    made.add([[{"TAG": "VB"}]], {"POS": "VERB", "MORPH": "VerbForm=Inf"})
    made.add([[{"TAG": "PRP", "LOWER": "we"}]], {"POS": "PRON", "LEMMA": "we"})
    made.add([[{"DEP": "aux"}]], {"POS": "AUX"})
    made.add([[{"LOWER": "got"}, {"LOWER": "ta"}]], {"LEMMA": "to"}, 1)
    made.add([[{"IS_SPACE": True}]], {"TAG": "_SP", "POS": "SPACE"})
    return made


def text(vocab: Vocab) -> Doc:
    return Doc(vocab, words=WORDS, tags=TAGS, deps=DEPS, heads=[2, 2, 2, 2, 2, 6, 6, 6])


def told(doc: Doc) -> list[tuple[str, str, str, str, str]]:
    return [(t.tag_, t.dep_, t.pos_, t.lemma_, str(t.morph)) for t in doc]


def test_it_says_what_the_ruler_says(ruler: AttributeRuler) -> None:
    once = RuledOnce(ruler, ruler.vocab)
    expected = told(ruler(text(ruler.vocab)))
    assert told(once(text(ruler.vocab))) == expected
    assert told(once(text(ruler.vocab))) == expected
    assert expected[1][2:] == ("AUX", "", "Tense=Past")
    assert expected[2][3] == "to"


def test_a_full_memory_is_begun_anew(ruler: AttributeRuler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruling, "_MOST", 1)
    once = RuledOnce(ruler, ruler.vocab)
    expected = told(ruler(text(ruler.vocab)))
    assert [told(once(text(ruler.vocab))) for _ in range(3)] == [expected] * 3

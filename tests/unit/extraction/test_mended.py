import pytest

from onrecord.extraction.mended import mend
from onrecord.extraction.parsing import load_parser


def head_of(text, word):
    doc = load_parser()(text)
    mend(doc)
    return next(t for t in doc if t.text == word).head.text


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("The Peruvian minister ruled out receiving anyone but offered radar and drones.", "offered", "ruled"),
        ("Peru is ready to sign the pact and opposes any change.", "opposes", "is"),
        ("Peru does not intend to send soldiers there, a source in the government told Radio Kobo.", "intend", "told"),
        ("Peru could help to train the army and police, a spokesperson for the king told Radio Kobo.", "help", "told"),
    ],
)
def test_slips_of_the_parser_are_set_right(text, word, head):
    assert head_of(text, word) == head


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("Peru agreed to send soldiers and train police.", "train", "send"),
        ("Peru will leave and has told Chile so.", "told", "leave"),
    ],
)
def test_what_the_parser_got_right_is_left_alone(text, word, head):
    assert head_of(text, word) == head


def test_mending_keeps_the_sentences():
    doc = load_parser()("Peru ruled out sending anyone but offered radar. Chile could help, an aide told reporters.")
    before = [s.text for s in doc.sents]
    mend(doc)
    assert [s.text for s in doc.sents] == before

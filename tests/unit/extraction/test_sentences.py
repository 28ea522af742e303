import pytest

from onrecord.extraction.parsing import LONGEST, load_parser
from onrecord.extraction.sentences import blocks, sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rome waits. “We are ready,” he said. He left.", ["Rome waits.", "“We are ready,” he said.", "He left."]),
        ("“When?” she asked. He left.", ["“When?” she asked.", "He left."]),
        ("He said: “We go.” Then he left.", ["He said: “We go.”", "Then he left."]),
        ("Gen. A. B. Lund spoke. Mr. Kan left.", ["Gen. A. B. Lund spoke.", "Mr. Kan left."]),
        ("He left the U.S. The plan fell.", ["He left the U.S.", "The plan fell."]),
        ("It met U.S. President Doe.", ["It met U.S. President Doe."]),
        ("He asked why… Nobody knew. Yes!", ["He asked why…", "Nobody knew.", "Yes!"]),
        ("They would go in summer.Lima said so.", ["They would go in summer.", "Lima said so."]),
        ("The sum was 3.5 million. It grew.", ["The sum was 3.5 million.", "It grew."]),
        (
            "Oslo weighs its options\nThe ministry gave no date.",
            ["Oslo weighs its options", "The ministry gave no date."],
        ),
        ("• Oslo waits\n• Lima agrees", ["• Oslo waits", "• Lima agrees"]),
        ("14:05 Oslo says yes\n14:20 Lima says no", ["14:05 Oslo says yes", "14:20 Lima says no"]),
    ],
)
def test_a_text_is_cut_as_a_reader_would(text, wanted):
    assert cut(text) == wanted


def test_a_numbered_item_is_one_sentence():
    assert cut("1. Oslo waits\n2. Lima agrees") == ["1. Oslo waits", "2. Lima agrees"]


def test_no_can_end_a_sentence():
    assert cut("Lima said no. The sum grew.") == ["Lima said no.", "The sum grew."]


def test_a_wrapped_paragraph_stays_whole():
    text = "The long line of this paragraph was wrapped by hand in the\nmiddle of a sentence and goes on here."
    assert cut(text) == [text]
    assert len(blocks(text)) == 1


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n\n"])
def test_nothing_has_no_sentences(text):
    assert cut(text) == []


def test_the_parser_keeps_our_sentences_and_the_offsets():
    text = "Gen. A. B. Lund spoke.\x00 Mr. Kan \ud800 left.\n\n14:05 Oslo says yes"
    doc = load_parser()(text)
    assert [s.text.strip() for s in doc.sents][-1] == "14:05 Oslo says yes"
    assert len(doc.text) == len(text)


def test_an_endless_sentence_is_cut():
    doc = load_parser()("word " * (2 * LONGEST + 10))
    assert max(len(s) for s in doc.sents) <= LONGEST


def test_a_long_heading_before_a_far_longer_line_stands_alone():
    heading = "Peru offers surgeons, not soldiers, as planners meet in the capital"
    body = "Peru is ready to send a field hospital but no soldiers, its minister told a conference, say delegates."
    wrapped = "The minister told a conference in the capital on Tuesday\nthat Peru would send a hospital."
    text = f"{heading}\n{body}"
    assert [text[a:b] for a, b in sentences(text)] == [heading, body]
    assert len(sentences(wrapped)) == 1

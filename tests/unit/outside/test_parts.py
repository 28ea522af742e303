"""Long texts in parts, and words found again."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.outside.parts import Finder, parts

prose = st.text(alphabet=st.sampled_from(list("ab .!\n“”'’–é\u00ad\u200b\u00a0")), max_size=300)


class TestParts:
    def test_cut_behind_sentences_with_a_shared_margin(self):
        text = " ".join(f"Sentence number {n} says a little." for n in range(100))
        made = parts(text, size=600, shared=100)
        assert len(made) > 5
        for (_, end), (start, _) in itertools.pairwise(made):
            assert 0 < end - start <= 200
            assert text[start] == "S"
            assert text[:end].rstrip().endswith(".")

    def test_a_sentence_of_the_margin_is_whole_in_one_of_the_two(self):
        text = " ".join(f"Sentence number {n} says a little." for n in range(100))
        made = parts(text, size=600, shared=100)
        for n in range(100):
            sentence = f"Sentence number {n} says a little."
            assert any(sentence in text[a:z] for a, z in made)

    @given(prose, st.integers(20, 80), st.integers(0, 9))
    def test_they_cover_the_text_in_order(self, text, size, shared):
        made = parts(text, size=size, shared=shared)
        assert made[0][0] == 0
        assert made[-1][1] == len(text)
        for (a, z), (b, y) in itertools.pairwise(made):
            assert a < b <= z < y
        assert all(z - a <= size for a, z in made)


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "words", "found"),
        [
            ("Rome said no.", "said no", "said no"),
            ("Rome  said\n\nno.", "Rome said no", "Rome  said\n\nno"),
            ("He “won’t go” there", "\"won't go\"", "“won’t go”"),
            ("a 2016–2020 plan", "2016-2020", "2016–2020"),
            ("the co\u00adoperation", "cooperation", "co\u00adoperation"),
            ("wait… then go", "wait... then", "wait… then"),
            ("It will send", '"will send"', "will send"),
            ("Straßen und Züge", "Züge", "Züge"),
            ("👩‍👩‍👧 said it would", "said it", "said it"),
        ],
    )
    def test_as_they_stand_there(self, text, words, found):
        start, end = Finder(text).find(words)
        assert text[start:end] == found

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Rome said no.", "Rome said yes"),
            ("Rome said no.", "rome said no"),
            ("within", "it"),
            ("Rome said no.", ""),
            ("Rome said no.", "   "),
            ("Rome said no.", '""'),
            ("", "x"),
            ("Rome [...] no.", "Rome said no"),
        ],
    )
    def test_what_is_not_there(self, text, words):
        assert Finder(text).find(words) is None

    def test_the_nearest_of_several(self):
        text = "Rome agreed. Paris and Rome agreed."
        assert Finder(text).find("Rome") == (0, 4)
        assert Finder(text).find("Rome", near=(13, 35)) == (23, 27)

    @given(prose, st.data())
    def test_what_stands_there_is_found(self, text, data):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        found = Finder(text).find(text[start:end], near=(start, end))
        if found is not None:
            a, z = found
            assert 0 <= a < z <= len(text)

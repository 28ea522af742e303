"""Tags to spans."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extraction.attribution.decoding import TAGS, best_tags, follows, scheme, word_spans

BETWEEN, FIRST, LAST = scheme()


def emissions_for(names):
    scores = np.zeros((len(names), len(TAGS)), dtype=np.float32)
    for i, name in enumerate(names):
        scores[i, TAGS.index(name)] = 5
    return scores


def spans(names):
    scores = emissions_for(names)
    (tags,) = best_tags([scores], BETWEEN, FIRST)
    return [(s.kind, s.start, s.end) for s in word_spans(tags, scores)]


def test_spans_of_each_kind():
    names = ["B-Source", "E-Source", "S-Cue", "B-Content", "I-Content", "E-Content", "O"]
    assert spans(names) == [("Source", 0, 2), ("Cue", 2, 3), ("Content", 3, 6)]


def test_neighbouring_spans_of_one_kind_stay_apart():
    assert spans(["B-Content", "E-Content", "B-Content", "E-Content"]) == [
        ("Content", 0, 2),
        ("Content", 2, 4),
    ]


def test_a_span_that_was_begun_is_ended():
    assert spans(["O", "B-Content", "I-Content", "O"]) in ([("Content", 1, 3)], [("Content", 1, 4)], [])


def test_confidence_is_that_of_the_weaker_border():
    scores = emissions_for(["B-Content", "I-Content", "E-Content"])
    scores[2] /= 5
    (tags,) = best_tags([scores], BETWEEN, FIRST)
    (span,) = word_spans(tags, scores)
    assert span.confidence == pytest.approx(np.e / (np.e + 12), abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_viterbi_finds_the_best_of_all_sequences(seed, length):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(length, len(TAGS))).astype(np.float32)
    moves = (rng.normal(size=BETWEEN.shape) + BETWEEN).astype(np.float32)
    short = [0, *rng.permutation(np.arange(1, len(TAGS)))[:4]] if length > 2 else range(len(TAGS))

    def value(path):
        steps = sum(moves[a, b] for a, b in itertools.pairwise(path))
        return FIRST[path[0]] + sum(scores[i, t] for i, t in enumerate(path)) + steps + LAST[path[-1]]

    best = max(value(p) for p in itertools.product(short, repeat=length))
    (tags,) = best_tags([scores], moves, FIRST)
    assert value(tags) >= best - 1e-3
    assert all(follows(TAGS[b], TAGS[a]) for a, b in itertools.pairwise(tags))


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(0, 100))
def test_a_sequence_is_read_alike_alone_and_in_company(lengths, seed):
    rng = np.random.default_rng(seed)
    many = [rng.normal(size=(n, len(TAGS))).astype(np.float32) for n in lengths]
    together = best_tags(many, BETWEEN, FIRST)
    for scores, tags in zip(many, together, strict=True):
        assert tags.tolist() == best_tags([scores], BETWEEN, FIRST)[0].tolist()

"""Spans to relations."""

import numpy as np
import pytest

from onrecord.extraction.attribution.decoding import WordSpan
from onrecord.extraction.attribution.geometry import BUCKETS, CROSSED, PASSED, geometry
from onrecord.extraction.attribution.linking import LINK, LinkWeights, relate


def weights(null=0.0):
    return LinkWeights(
        np.zeros((2, 2 * BUCKETS), np.float32),
        np.zeros((2, CROSSED), np.float32),
        np.zeros((2, PASSED), np.float32),
        np.zeros(LINK, np.float32),
        null,
    )


def span(kind, start, end):
    return WordSpan(kind, start, end, 0.9)


SPANS = [
    span("Source", 0, 2),
    span("Cue", 2, 3),
    span("Content", 3, 6),
    span("Source", 6, 7),
    span("Cue", 7, 8),
    span("Content", 8, 10),
]
PARAGRAPHS = np.zeros(10, dtype=np.int64)


def projections(pairs):
    """Words that choose each other: asking word, part that asks, word asked."""
    table = np.zeros((10, 4 * LINK), np.float32)
    for n, (asks, part, asked) in enumerate(pairs):
        table[asks, part * LINK + n] = 20
        table[asked, (part + 1) * LINK + n] = 20
    return table


def test_the_learned_choice_beats_the_nearest():
    table = projections([(2, 0, 6), (7, 0, 0), (3, 2, 7), (8, 2, 2)])
    first, second = relate(SPANS, table, PARAGRAPHS, weights(-5))
    assert first.source.start == 6
    assert first.cue.start == 2
    assert [c.start for c in first.contents] == [8]
    assert second.source.start == 0
    assert [c.start for c in second.contents] == [3]


def test_a_cue_may_have_no_source():
    table = projections([(3, 2, 2), (8, 2, 2)])
    (relation,) = relate(SPANS, table, PARAGRAPHS, weights(null=5))
    assert relation.source is None
    assert len(relation.contents) == 2
    assert 0 < relation.confidence < 1


@pytest.mark.parametrize("kinds", [{"Source"}, {"Cue", "Source"}, {"Content"}, set()])
def test_without_cue_and_content_there_is_no_relation(kinds):
    some = [s for s in SPANS if s.kind in kinds]
    assert relate(some, projections([]), PARAGRAPHS, weights()) == []


def test_geometry_counts_sides_breaks_and_what_is_passed():
    paragraphs = np.array([0] * 5 + [1] * 20)
    table = geometry([(10, 12)], [(0, 2), (4, 5), (12, 14), (20, 21)], paragraphs)
    assert table.shape == (1, 4, 3)
    assert table[0, 2].tolist() == [0, 0, 0]
    assert table[0, :, 0].tolist() == [BUCKETS + 7, BUCKETS + 5, 0, 7]
    assert table[0, :, 1].tolist() == [1, 1, 0, 0]
    assert table[0, :, 2].tolist() == [1, 0, 0, 1]


def test_geometry_stays_in_its_tables():
    paragraphs = np.repeat(np.arange(9), 5000)
    table = geometry([(44_000, 44_002)], [(i * 1000, i * 1000 + 3) for i in range(44)], paragraphs)
    assert table[..., 0].max() < 2 * BUCKETS
    assert table[..., 1].max() < CROSSED
    assert table[..., 2].max() < PASSED

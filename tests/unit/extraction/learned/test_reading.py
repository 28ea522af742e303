"""From scores to spans and readings, on arrays made by hand."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.extraction import learned
from onrecord.extraction.learned import read_cues, reading
from onrecord.extraction.learned.model import Labels, Row
from onrecord.extraction.learned.reading import OVERLAP, WINDOW

LABELS = Labels(
    layers=("cue", "holder", "performer", "quantity", "object"),
    conditions=("mandate", "timing"),
    stances=("none", "offered", "refused"),
    tasks=("contribute_troops", "disarm"),
    flags=("self", "own", "foreign_force"),
)
CONDITION = 3 * len(LABELS.layers)


def tags(*best):
    """B/I/O scores whose best tag is as given."""
    return np.eye(3, dtype=np.float32)[list(best)]


def chances(*rows):
    """Probabilities of O, B, I."""
    return np.array(rows, dtype=np.float32)


def test_spans_of_tags_begin_at_b_and_go_on_with_i():
    assert reading._spans(tags(0, 1, 2, 2, 0, 1), 0) == [(1, 4), (5, 6)]


def test_two_begins_in_a_row_are_two_spans():
    assert reading._spans(tags(1, 1, 2), 0) == [(0, 1), (1, 3)]


def test_an_inside_without_a_begin_opens_a_span():
    assert reading._spans(tags(0, 2, 2, 0), 10) == [(11, 13)]


def test_no_tags_no_spans():
    assert reading._spans(tags(0, 0), 0) == []


def test_cue_words_join_while_they_are_above_the_floor():
    p = chances([0.9, 0.1, 0], [0.4, 0.6, 0], [0.6, 0, 0.4], [0.7, 0, 0.3])
    assert list(reading._cue_spans(p)) == [(1, 3)]


def test_a_sure_begin_inside_a_cue_starts_another():
    p = chances([0.1, 0.9, 0], [0.1, 0, 0.9], [0.2, 0.8, 0], [0.1, 0, 0.9])
    assert list(reading._cue_spans(p)) == [(0, 2), (2, 4)]


def test_an_unsure_begin_inside_a_cue_does_not():
    p = chances([0.1, 0.9, 0], [0.2, 0.45, 0.35])
    assert list(reading._cue_spans(p)) == [(0, 2)]


@pytest.mark.parametrize("words", [1, WINDOW, WINDOW + 1, 3 * WINDOW + 7])
def test_windows_cover_every_word_and_overlap(words):
    rows = list(reading._windows(words))
    assert rows[0].start == 0
    assert rows[-1].end == words
    assert all(a.end - b.start == OVERLAP for a, b in pairwise(rows))
    assert all(r.end - r.start <= WINDOW for r in rows)


class Scripted:
    """Stands in for the network: cue scores for rows without a mark, the rest for rows with one."""

    def __init__(self, text, cue, parts, conditions=(), stance=(0.0, 5.0, 0.0)):
        path = Path(learned.__file__).parent / "weights" / "tokenizer.json"
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.labels = LABELS
        self.text, self.cue, self.parts, self.conditions, self.stance = text, cue, parts, conditions, stance
        self.asked: list[Row] = []

    def _write(self, scores, encoded, row, wording, begin, inside):
        at = self.text.index(wording)
        hit = [
            i - row.start
            for i in range(row.start, row.end)
            if at <= encoded.starts[i] and encoded.ends[i] <= at + len(wording)
        ]
        for k, i in enumerate(hit):
            scores[i, inside if k else begin] = 9

    def score(self, encoded, rows):
        made = []
        for row in rows:
            self.asked.append(row)
            scores = np.zeros((row.end - row.start, CONDITION + 1 + 2 * len(LABELS.conditions)), np.float32)
            scores[:, [0, 3, 6, 9, 12, CONDITION]] = 4
            head = None
            if row.mark is None:
                self._write(scores, encoded, row, self.cue, 1, 2)
            else:
                for layer, wording in self.parts:
                    at = 3 * LABELS.layers.index(layer)
                    self._write(scores, encoded, row, wording, at + 1, at + 2)
                for kind, wording in self.conditions:
                    at = CONDITION + 1 + 2 * LABELS.conditions.index(kind)
                    self._write(scores, encoded, row, wording, at, at + 1)
                head = np.array([*self.stance, 2.0, 2.0, 5.0, -5.0, 0.0], dtype=np.float32)
            made.append((scores, head))
        return made


TEXT = "Oslo, officials said, is ready to send 200 engineers once the Council has voted, not before May."


def test_a_reading_holds_the_texts_own_offsets():
    model = Scripted(
        TEXT,
        "is ready to send",
        [("holder", "Oslo"), ("quantity", "200 engineers")],
        [("mandate", "once the Council has voted"), ("timing", "not before May")],
    )
    (found,) = read_cues(TEXT, model)

    def quoted(spans):
        return [TEXT[a:z] for a, z in spans]

    assert quoted([found.cue]) == ["is ready to send"]
    assert quoted(found.holders) == ["Oslo"]
    assert quoted(found.quantities) == ["200 engineers"]
    assert found.performers == found.objects == ()
    assert [(k, TEXT[a:z]) for k, (a, z) in found.conditions] == [
        ("mandate", "once the Council has voted"),
        ("timing", "not before May"),
    ]
    assert max(found.stances, key=found.stances.__getitem__) == "offered"
    assert sum(found.stances.values()) == pytest.approx(1)
    assert found.tasks == pytest.approx({"contribute_troops": 0.5, "disarm": 0.5})
    assert found.flags["self"] > 0.99
    assert found.flags["own"] < 0.01
    assert found.flags["foreign_force"] == pytest.approx(0.5)
    assert 0.9 < found.probability <= 1


def test_a_cue_far_down_a_long_text_is_found_once_and_read_in_its_surroundings():
    text = "So it went on. " * 120 + TEXT + " So it went on." * 120
    model = Scripted(text, "is ready to send", [("holder", "Oslo")])
    (found,) = read_cues(text, model)
    assert text[slice(*found.cue)] == "is ready to send"
    assert text[slice(*found.holders[0])] == "Oslo"
    marked = [r for r in model.asked if r.mark]
    assert len(marked) == 1
    assert marked[0].end - marked[0].start == 4 + 2 * reading.AROUND


def test_a_text_without_words_has_no_readings():
    model = Scripted(TEXT, "is ready to send", [])
    assert read_cues("", model) == []
    assert read_cues(" \n ", model) == []
    assert model.asked == []

"""The shipped model on sentences of our own, and on input that nobody should send."""

import time
import tracemalloc

import pytest

from onrecord.errors import ModelMissing
from onrecord.extraction.attribution import AttributionModel, relations, relations_in


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return AttributionModel.load()


def read(text, model):
    """Relations as text: (source, cue, contents)."""
    return [
        (
            text[slice(*r.source)] if r.source else None,
            text[slice(*r.cue)],
            [text[slice(*c)] for c in r.content],
        )
        for r in relations(text, model)
    ]


def test_indirect(model):
    text = "The foreign ministry said on Tuesday that no battalion would leave before spring."
    ((source, cue, content),) = read(text, model)
    assert source == "The foreign ministry"
    assert "said" in cue
    assert "no battalion would leave before spring" in content[0]


def test_direct_in_two_pieces(model):
    text = "“We are ready,” General Okoro told reporters, “but nobody has asked us yet.”"
    ((source, cue, content),) = read(text, model)
    assert source == "General Okoro"
    assert "told" in cue
    assert len(content) == 2


def test_according_to(model):
    text = "The first convoy has crossed the river, according to two officials at the port."
    ((source, cue, content),) = read(text, model)
    assert "officials" in source
    assert cue.lower() == "according to"
    assert content[0].startswith("The first convoy")


def test_two_speakers_keep_their_own(model):
    text = (
        "Jakarta said it would send a field hospital. "
        "Ankara insisted that its engineers would stay at home.\n\n"
        "“We have no mandate,” the Kenyan envoy, Mary Njoroge, said."
    )
    found = {s: c for s, _, c in read(text, model)}
    assert "field hospital" in found["Jakarta"][0]
    assert "engineers" in found["Ankara"][0]
    assert any("Njoroge" in s and "mandate" in c[0] for s, c in found.items())


def test_text_without_a_statement(model):
    assert relations("The bridge is forty metres long. It was built of steel in the last century.", model) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "“", "\u200b", "\x00", "\ufeff"])
def test_almost_nothing(model, text):
    assert relations(text, model) == []


HOSTILE = {
    "unbalanced": '“He said ‘no, "she said they would go and that “nobody knows.\n\n"""”””' * 20,
    "other script": "Министр заявил, что войска останутся. 外交部说不会派兵。 قال الوزير إن القوات ستبقى. " * 30,
    "one long word": "a" * 200_000,
    "only marks": "\"'“”‘’«»" * 3000,
    "emoji": "🙂 said 👩‍👩‍👧 " * 2000,
    "combining": "e\u0301" * 5000 + " said it would go.",
    "control": "He said\x00\x07 it \u202ewould\u202c go.\r\n\r\n\x0c" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_offsets_within_it(model, name):
    text = HOSTILE[name]
    started = time.perf_counter()
    for r in relations(text, model):
        for start, end in [*r.content, *(s for s in (r.source, r.cue) if s)]:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert 0 <= r.confidence <= 1
    assert time.perf_counter() - started < 60


def test_paragraph_of_twenty_thousand_words_is_bounded(model):
    sentence = "The envoy said the brigade would wait for a mandate while others argued over its cost. "
    text = sentence * 1250
    model.encode(["warm"])
    tracemalloc.start()
    started = time.perf_counter()
    found = relations(text, model)
    seconds = time.perf_counter() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) > 1000
    # 20,000 words take 2 to 5 seconds on two free cores; the bound leaves room for a loaded machine.
    assert seconds < 90
    assert peak < 400e6


def test_several_texts_are_read_as_each_alone(model):
    texts = ["Oslo said it would pay.", "", "“No,” the minister said.\n\nHe added that talks went on."]
    together = relations_in(texts, model)
    assert [[(r.source, r.cue, r.content) for r in rs] for rs in together] == [
        [(r.source, r.cue, r.content) for r in relations(t, model)] for t in texts
    ]


def test_states_are_there_when_asked_for(model):
    with_states, without = (model.encode(["Oslo said it would pay."], states=s)[0] for s in (True, False))
    assert with_states.states is not None
    assert with_states.states.shape == (len(with_states.words), 384)
    assert without.states is None


def test_loaded_once():
    assert AttributionModel.load() is AttributionModel.load()


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(ModelMissing, match="model"):
        AttributionModel(tmp_path)

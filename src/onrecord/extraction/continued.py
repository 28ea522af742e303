"""Speech that goes on: the speaker of a sentence without one, told by the sentence before or by a transcript's label.

In: a scene and a token. Out: parties. "Chile would not go, its minister said. It would pay, though.": the second
sentence stands in the tense of reported speech and speaks of the minister's own state, and is the minister's still.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.grammar import form_of
from onrecord.extraction.quotations import labelled, speakers_labelled
from onrecord.extraction.sayings import PERSONS, is_saying, saying_of
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.surroundings import identified


def going_on(scene: Scene, token: Token) -> list[Party]:
    """The speaker of the sentence before, where a sentence goes on in the tense of reported speech on its own state.

    Empty where the tense is the reporter's, where another state is spoken of, or where a new paragraph begins.
    """
    sentence = token.sent
    if sentence.start == 0 or "\n" in scene.text[scene.doc[sentence.start - 1].idx : sentence[0].idx]:
        return []
    root = sentence.root
    if not _backshifted(root):
        return []
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    about = {p.entity for p in scene.all_parties(subject)} - {None} if subject is not None else set()
    for verb in reversed(list(scene.doc[sentence.start - 1].sent)):
        if verb.tag_ != "VBD" or not is_saying(verb):
            continue
        speakers = [identified(scene, p) for p in saying_of(scene, verb).speakers]
        if speakers and speakers[0].kind in PERSONS:
            return speakers if speakers[0].entity in about else []
    return []


def _backshifted(verb: Token) -> bool:
    """Whether a verb stands in the tense of reported speech: "would pay", "was now offering"."""
    form = form_of(verb)
    return form.modal == "would" or (form.past and form.progressive and not form.passive)


def of_transcript(scene: Scene, token: Token) -> list[Party]:
    """Who speaks in a paragraph of a transcript, by its label; one not known by name goes by the label."""
    headed, party = labelled(scene, token)
    if party is not None:
        return [party]
    labels = speakers_labelled(scene.text) if headed else []
    if not labels:
        return []
    start = scene.text.rfind("\n", 0, token.idx) + 1
    name = next(n for at, n in labels if at == start)
    return [Party(None, name.title() if name.isupper() else name, "unknown", start, start + len(name), -1)]

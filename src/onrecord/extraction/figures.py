"""Figures that stand beside their position: in the sentence behind it, or before it where it only says "the soldiers".

In: a scene and the drafts of its positions. Out: the drafts, some with a figure more. A figure belongs to the party it
is said of (guideline rule 7): one in a sentence that speaks of somebody else, or of the whole force, is nobody's here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.positions import Draft
from onrecord.extraction.quantities import Figure, figures_in
from onrecord.extraction.resources import RESOURCE_TASKS, resource_of
from onrecord.extraction.scene import ACTOR_ROLES, Scene

AHEAD = 2
"""How many sentences on a figure may stand (sentences; our own reading of news texts)."""
BACK = 8
"""How many sentences back the figure of "the soldiers" may stand."""
_COUNTED = word_set(
    """
    contingent unit brigade battalion team group offer number people soldier soldiers troops personnel it they hospital
    deployment share men officer officers dispatch detachment delegation company staff peacekeepers police
    """
)
_OWN = frozenset({"offered", "agreed", "pledged", "deploying", "deployed", "considering", "interested", "suspended"})
_SENDS = frozenset(
    {
        "contribute_troops",
        "contribute_police",
        "contribute_support",
        "contribute_observers",
        "train_police",
        "train_forces",
        "staff_headquarters",
        "withdraw_forces",
    }
)
_FORCE_BEHIND = re.compile(
    r"(?:-strong|[ -]member)?(?: [\w-]+){0,2} (?:force|mission|operation|coalition|places|posts)\b", re.I
)
_FORCE_BEFORE = re.compile(r"\b(?:force|mission|operation|coalition|total|target|planned|ceiling)\b[^.,;]{0,25}$", re.I)
_POINTING = word_set("the those these its their")


def with_figures(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each with the figure that the sentences around it give for it where it has none.

    Args:
        scene: the report laid out.
        drafts: its positions, in order of the text.
    """
    sentences = list(scene.doc.sents)
    number = {s.start: n for n, s in enumerate(sentences)}
    made: list[Draft] = []
    for draft in drafts:
        if draft.figure is None and draft.stance in _OWN and draft.task in _SENDS:
            at = number[draft.at.sent.start]
            figure = (
                _sole(scene, draft) or _spoken_of(draft, made, number, at) or _said_next(scene, sentences, draft, at)
            )
            draft = replace(draft, figure=figure)
        made.append(draft)
    return made


def _sole(scene: Scene, draft: Draft) -> Figure | None:
    """The one figure of the position's own sentence, where that speaks of nobody else and not of the whole force."""
    sentence = draft.at.sent
    found = figures_in(sentence.text)
    if len(found) != 1 or not _of_own(scene, sentence, {h.entity for h in draft.holders}):
        return None
    one, text = found[0], sentence.text
    if _FORCE_BEHIND.match(text, one.end) or _FORCE_BEFORE.search(text[: one.start]) or _money(text, one):
        return None
    noun = next((t for t in sentence if t.idx >= one.end + sentence.start_char and t.pos_ == "NOUN"), None)
    shift = int(sentence.start_char)
    return replace(one, unit=noun.lower_ if noun else None, start=one.start + shift, end=one.end + shift)


def _money(text: str, one: Figure) -> bool:
    around = text[max(0, one.start - 1) : one.end + 12]
    return any(mark in around for mark in "$€£") or "illion" in text[one.start : one.end]


def _spoken_of(draft: Draft, before: Sequence[Draft], number: dict[int, int], at: int) -> Figure | None:
    """The figure given earlier for "the soldiers" that a position is about."""
    if not any(_points_back(t, draft.task) for t in draft.at.sent):
        return None
    holders = {h.entity for h in draft.holders}
    for earlier in reversed(before):
        same = earlier.task == draft.task and {h.entity for h in earlier.holders} == holders
        if same and earlier.figure is not None and at - number[earlier.at.sent.start] <= BACK:
            return earlier.figure
    return None


def _points_back(token: Token, task: str) -> bool:
    kind = resource_of(token) if token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubjpass", "pobj"} else None
    if (
        kind is None
        or RESOURCE_TASKS.get(kind) != task
        or token.lemma_.lower() in {"force", "mission", "army", "military"}
    ):
        return False
    before = [c for c in token.children if c.i < token.i]
    return len(before) == 1 and before[0].lower_ in _POINTING and before[0].dep_ in {"det", "poss"}


def _said_next(scene: Scene, sentences: Sequence[Passage], draft: Draft, at: int) -> Figure | None:
    """The figure of a following sentence whose subject is what the position sends ("The contingent will be 150")."""
    holders = {h.entity for h in draft.holders}
    for sentence in sentences[at + 1 : at + 1 + AHEAD]:
        words = scene.tokens_of(sentence)
        subject = next((t for t in words if t.dep_ in {"nsubj", "nsubjpass"} and t.lower_ in _COUNTED), None)
        found = figures_in(sentence.text)
        if subject is None or len(found) != 1 or not _of_own(scene, sentence, holders):
            continue
        one = found[0]
        shift = int(sentence.start_char)
        if _money(sentence.text, one):
            continue
        if one.low is not None and one.low < 2 and one.high == one.low:
            continue
        return replace(one, unit=subject.lower_, start=one.start + shift, end=one.end + shift)
    return None


def _of_own(scene: Scene, sentence: Passage, holders: set[str | None]) -> bool:
    """Whether a sentence names nobody but the holders."""
    for token in scene.tokens_of(sentence):
        mention = scene.mention_at(token)
        if mention is None or mention.role in {"outlet", "place", "person", "introduced"}:
            continue
        if mention.role == "matter" and token.dep_ in {"nsubj", "nsubjpass"}:
            return False
        if mention.role in ACTOR_ROLES and mention.target and mention.target not in holders:
            if token.dep_ == "pobj" and token.head.lower_ in {"in", "to", "for", "at", "from"}:
                continue
            return False
    return True

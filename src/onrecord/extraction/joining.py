"""Cue readings -> drafts, and the model's drafts joined with the rules'.

In: a scene and what the position model read. Out: drafts with parties of the vocabulary. The model says which words carry a
stance and which name the holder; who that is comes from the scene, and is never guessed where the words do not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.conditions import Found
from onrecord.extraction.coreference import subject_of
from onrecord.extraction.learned.reading import CueReading, Offsets
from onrecord.extraction.positions import Draft
from onrecord.extraction.quantities import Figure, read_figure
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene
from onrecord.model import Span

CueFinder = Callable[[str], Sequence[CueReading]]
LEARNED = "onrecord-cues/1"
"""Name and version of what the model found; raised with every change of weights."""
KEEP = 0.5
"""A reading is kept from this probability on (cue, and stance other than none)."""
TASK = 0.3
"""A task is noted from this probability on; the likeliest always is."""
_MONEY = frozenset({"fund"})
_TOWARD_OTHER = frozenset({"requests", "supports", "opposes"})


def drafts_of_cues(scene: Scene, readings: Sequence[CueReading]) -> list[Draft]:
    """The drafts of a report by the model's readings."""
    made: list[Draft] = []
    for reading in readings:
        made += _drafts(scene, reading)
    return made


def _drafts(scene: Scene, reading: CueReading) -> list[Draft]:
    none = reading.stances["none"]
    stance, share = max(((s, p) for s, p in reading.stances.items() if s != "none"), key=lambda x: x[1])
    certainty = reading.probability * (1 - none)
    at = _token(scene, reading.cue)
    if certainty < KEEP or at is None:
        return []
    tasks = [t for t, p in reading.tasks.items() if p >= TASK] or [max(reading.tasks, key=lambda t: reading.tasks[t])]
    holders = _parties(scene, reading.holders) or _holder_by_grammar(scene, at)
    if not holders:
        return []
    performers: tuple[Party, ...] = holders
    if stance in _TOWARD_OTHER:
        performers = _parties(scene, reading.performers)
        if not performers and reading.flags["foreign_force"] >= 0.5:
            performers = (Party("group:foreign_force", "foreign force", "unknown"),)
        performers = performers or (holders if reading.flags["own"] >= 0.5 else ())
    elif reading.flags["foreign_force"] >= 0.5 and reading.flags["own"] < 0.5:
        performers = (Party("group:foreign_force", "foreign force", "unknown"),)
    conditions = tuple(Found(kind, a, z, at.i) for kind, (a, z) in reading.conditions if scene.text[a:z].strip())
    figure = _figure(scene, reading.quantities[0]) if reading.quantities else None
    cue = Span.of(scene.text, *reading.cue)
    target = Span.of(scene.text, *reading.objects[0]) if reading.objects else None
    return [
        Draft(
            task=task,
            stance=stance,
            holders=holders,
            performers=performers,
            at=at,
            saying=(),
            cue=cue,
            object=target,
            figure=figure,
            conditions=conditions,
            certainty=certainty * share / max(1e-6, 1 - none) * min(1.0, reading.tasks[task] * len(tasks)),
            extractor=LEARNED,
        )
        for task in tasks
    ]


def _token(scene: Scene, span: Offsets) -> Token | None:
    inside = [t for t in scene.doc if span[0] <= t.idx < span[1] and not t.is_space]
    for token in inside:
        if not span[0] <= token.head.idx < span[1]:
            return token
    return inside[0] if inside else None


def _parties(scene: Scene, spans: Sequence[Offsets]) -> tuple[Party, ...]:
    """Whom wordings stand for: the actor named in them, else what their head resolves to."""
    found: list[Party] = []
    for start, end in spans:
        inside = [t for t in scene.doc if start <= t.idx < end and not t.is_space]
        head = _token(scene, (start, end))
        here: list[Party] = []
        if head is not None:
            here = [p for t in [head] for p in ([scene.party(t)] if scene.party(t) else list(scene.plurals.get(t.i, ()))) if p is not None and p.entity]
            here = here or [p for p in scene.plurals.get(head.i, ()) if p.entity]
        if not here:
            for token in inside:
                mention = scene.mention_at(token)
                if mention is not None and mention.target and mention.role in ACTOR_ROLES:
                    here = [Party(mention.target, mention.name, "state", mention.start, mention.end, token.i)]
                    break
        if not here:
            here = [p for t in inside if (p := scene.party(t)) is not None and p.entity][:1]
        found += [p for p in here if all(p.entity != f.entity for f in found)]
    return tuple(found)


def _holder_by_grammar(scene: Scene, at: Token) -> tuple[Party, ...]:
    subject = subject_of(at)
    if subject is None:
        return ()
    return tuple(p for p in scene.all_parties(subject) if p.entity)


def _figure(scene: Scene, span: Offsets) -> Figure | None:
    figure = read_figure(scene.text[span[0] : span[1]])
    if figure is None:
        return None
    words = scene.text[span[0] : span[1]]
    money = any(mark in words for mark in "$€£") or "dollar" in words.lower()
    unit = "USD" if money else words.split()[-1].lower().strip(".,") if words.split()[-1].isalpha() else None
    return replace(figure, unit=unit, start=span[0], end=span[1])


def joined(by_rule: Sequence[Draft], by_model: Sequence[Draft]) -> list[Draft]:
    """Both in order of the text: the model's, and those of the rules on which the model is silent."""
    spoken = {t.sent.start for d in by_model for t in [d.at]}
    kept = [d for d in by_rule if d.at.sent.start not in spoken and d.certainty >= 0.7]
    return sorted([*by_model, *kept], key=lambda d: d.at.i)

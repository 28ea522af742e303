"""Cue readings -> drafts, and the model's drafts joined with the rules'.

In: a scene and what the position model read. Out: drafts with parties of the vocabulary. The model says which words
carry a stance and which name the holder; who that is comes from the scene, and is never guessed where the words do
not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.conditions import Found, assign
from onrecord.extraction.coreference import subject_of
from onrecord.extraction.deeds import Deed
from onrecord.extraction.learned.reading import CueReading, Offsets
from onrecord.extraction.positions import TOWARD_OTHER, Draft, drafts_of_claims
from onrecord.extraction.quantities import Figure, of_deed, read_figure
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene
from onrecord.extraction.stances import Claim
from onrecord.model import Span

CueFinder = Callable[[str], Sequence[CueReading]]
LEARNED = "onrecord-cues/1"
"""Name and version of what the model found; raised with every change of weights."""
KEEP = 0.5
"""A reading is kept from this probability on (cue, and stance other than none)."""
SURE = 0.5
"""A draft of the model is noted from this certainty on: the product of cue, stance and task."""
TASK = 0.3
"""A task is noted from this probability on; the likeliest always is."""


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
    tasks = [t for t, p in reading.tasks.items() if p >= TASK] or [
        max(reading.tasks, key=lambda t: reading.tasks[t])
    ]
    holders = _parties(scene, _one_list(scene.text, reading.holders, reading.cue)) or _holder_by_grammar(scene, at)
    if not holders:
        return []
    performers: tuple[Party, ...] = holders
    if stance in TOWARD_OTHER:
        performers = _parties(scene, reading.performers)
        if not performers and reading.flags["foreign_force"] >= 0.5:
            performers = (Party("group:foreign_force", "foreign force", "unknown"),)
        if stance != "supports":
            performers = tuple(p for p in performers if p.entity not in {h.entity for h in holders})
        performers = performers or (holders if tasks == ["authorise"] else ())
    elif reading.flags["foreign_force"] >= 0.5 and reading.flags["own"] < 0.5:
        performers = (Party("group:foreign_force", "foreign force", "unknown"),)
    conditions = tuple(
        Found(kind, a, z, at.i) for kind, (a, z) in reading.conditions if scene.text[a:z].strip()
    )
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
            here = [
                p
                for t in [head]
                for p in ([scene.party(t)] if scene.party(t) else list(scene.plurals.get(t.i, ())))
                if p is not None and p.entity
            ]
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


_BETWEEN = re.compile(
    r"[\s,;]*(?:and|or|&|as well as|along with|alongside|together with)?[\s,]*(?:the|its|both)?\s*", re.I
)


def _one_list(text: str, spans: Sequence[Offsets], cue: Offsets) -> tuple[Offsets, ...]:
    """Of the wordings read as holders, those of the list that stands nearest to the cue.

    One cue has one holder, or a list of them; a second wording elsewhere is as a rule who says so.
    """
    lists: list[list[Offsets]] = []
    for span in sorted(spans):
        if lists and _BETWEEN.fullmatch(text[lists[-1][-1][1] : span[0]]):
            lists[-1].append(span)
        else:
            lists.append([span])

    def distance(one: list[Offsets]) -> tuple[int, bool]:
        start, end = one[0][0], one[-1][1]
        behind = start >= cue[1]
        return max(0, cue[0] - end, start - cue[1]), behind

    return tuple(sorted(lists, key=distance)[0]) if lists else ()


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


def joined(
    scene: Scene,
    found_deeds: Sequence[Deed],
    claims: Sequence[Claim],
    readings: Sequence[CueReading],
    extractor: str,
) -> list[Draft]:
    """The rules' claims and the model's readings as drafts, in order of the text.

    Where the rules speak of a holder in a sentence they stand (on texts that neither had seen they were right more
    often); the model adds the holders and sentences on which they are silent. Conditions are sought by the rules for
    both; figures of the model's drafts come from a deed of the same task in the sentence, where there is one.
    """
    spoken = {(c.deed.token.sent.start, h.entity) for c in claims for h in c.holders}
    worded = {t.idx for c in claims for t in c.words}
    added: list[Draft] = []
    for draft in drafts_of_cues(scene, readings):
        holders = tuple(h for h in draft.holders if (draft.at.sent.start, h.entity) not in spoken)
        if draft.cue is not None and any(draft.cue.start <= i < draft.cue.end for i in worded):
            continue  # the rules have read these words already
        if holders and draft.task != "other" and draft.certainty >= SURE:
            performers = holders if draft.performers == draft.holders else draft.performers
            added.append(replace(draft, holders=holders, performers=performers))
    everything = [*claims, *(_as_claim(d) for d in added)]
    order = sorted(range(len(everything)), key=lambda i: everything[i].deed.token.i)
    found = assign(scene, [everything[i] for i in order])
    conditions = {i: found[k] for k, i in enumerate(order)}
    by_rule = drafts_of_claims(scene, claims, [conditions[i] for i in range(len(claims))], extractor)
    deeds = {(d.token.sent.start, d.task): d for d in reversed(found_deeds)}
    by_model = []
    for k, draft in enumerate(added):
        deed = deeds.get((draft.at.sent.start, draft.task))
        if deed is not None and draft.stance not in TOWARD_OTHER | {"named"} and _of_others(deed, draft):
            continue  # "had counted 850 Bangladeshi soldiers": somebody speaks of another's troops
        figure = draft.figure or (of_deed(scene, deed) if deed is not None else None)
        by_model.append(
            replace(draft, figure=figure, conditions=_together(draft.conditions, conditions[len(claims) + k]))
        )
    return sorted([*by_rule, *by_model], key=lambda d: d.at.i)


def _of_others(deed: Deed, draft: Draft) -> bool:
    """Whether the deed names other doers than the draft's holders and performers."""
    doers = {p.entity for p in deed.performers}
    return bool(doers) and not doers & {p.entity for p in (*draft.holders, *draft.performers)}


def _as_claim(draft: Draft) -> Claim:
    """A draft as the rules for conditions see one."""
    deed = Deed(draft.at, draft.task, None, (), None, True)
    return Claim(
        deed, draft.stance, list(draft.holders), list(draft.performers), [draft.at], [draft.at, draft.at.head]
    )


def _together(model: Sequence[Found], rules: Sequence[Found]) -> tuple[Found, ...]:
    """Conditions of both; where two overlap the rules' wording stands."""
    kept = list(rules)
    for one in model:
        if one.end - one.start >= 6 and all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))

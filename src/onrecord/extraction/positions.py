"""Claims -> positions: parties, chain, conditions, figures, dates and matter put together, one line for each stance.

In: a report, its scene, its claims. Out: :class:`Position` s whose spans reproduce the text. Claims that the guidelines leave
out (no party, a force or a plan as the subject) are dropped here; repeated mentions of one stance become one line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extraction.chain import Voice, voice_of
from onrecord.extraction.conditions import Found
from onrecord.extraction.days import said_on
from onrecord.extraction.matters import MatterMention, matter_at
from onrecord.extraction.quantities import Figure, of_deed
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.stances import Claim
from onrecord.model import Condition, Position, Quantity, Report, Span

_TOWARD_OTHER = frozenset({"requests", "supports", "opposes"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What positions need to know of the report beyond its scene."""

    report: Report
    matters: Sequence[MatterMention]
    main_matter: str | None
    matter_kinds: Mapping[str, str]
    not_holders: frozenset[str]
    extractor: str


def positions_of(scene: Scene, claims: Sequence[Claim], conditions: Sequence[Sequence[Found]], setting: Setting) -> list[Position]:
    """The positions of a report, in order of the text."""
    made: list[Position] = []
    for claim, found in zip(claims, conditions, strict=True):
        made += _of_claim(scene, claim, found, setting)
    return _one_line_each(scene, made)


def _of_claim(scene: Scene, claim: Claim, found: Sequence[Found], setting: Setting) -> list[Position]:
    sentence = claim.deed.token.sent
    evidence = Span.of(scene.text, sentence.start_char, sentence.end_char)
    voice = voice_of(scene, claim.words[0] if claim.words else claim.deed.token, claim.saying)
    figure = of_deed(scene, claim.deed)
    cue = _cue(scene, claim)
    matter = matter_at(setting.matters, setting.main_matter, evidence.start, evidence.end, setting.matter_kinds)
    out = []
    for holder in claim.holders:
        if holder.entity is None or holder.kind in {"outlet", "document"} or holder.entity in setting.not_holders:
            continue
        performers: list[Party] = claim.performers if claim.stance in _TOWARD_OTHER else [holder]
        if claim.stance in _TOWARD_OTHER and claim.deed.task == "authorise":
            performers = [holder]
        for performer in performers:
            if performer.entity is None:
                continue
            out.append(_position(scene, claim, holder, performer, evidence, cue, voice, figure, found, matter, setting))
    return out


def _position(
    scene: Scene,
    claim: Claim,
    holder: Party,
    performer: Party,
    evidence: Span,
    cue: Span | None,
    voice: Voice,
    figure: Figure | None,
    found: Sequence[Found],
    matter: str | None,
    setting: Setting,
) -> Position:
    text = scene.text
    own = [x for x in found if x.kind != "role_limit" or claim.deed.task not in {"disarm", "enforce_peace"}]
    conditions = tuple(Condition(x.kind, Span.of(text, x.start, x.end)) for x in own)
    quantity = None
    if figure is not None and claim.stance not in {"no_comment"}:
        quantity = Quantity(figure.low, figure.high, figure.unit, Span.of(text, figure.start, figure.end))
    target = claim.deed.object
    object_span = None
    if target is not None:
        start, end = scene.phrase(target)
        if end > start:
            object_span = Span.of(text, start, end)
    speaker = voice.speaker
    between = [link for link in voice.links[1:] if link.kind != "outlet"]
    self_declared = bool(speaker and speaker.entity == holder.entity and not between)
    key = "|".join((setting.report.sha256, setting.report.id, holder.entity or "", performer.entity or "", claim.deed.task, claim.stance, str(evidence.start), str(evidence.end)))
    return Position(
        id="p" + hashlib.sha256(key.encode()).hexdigest()[:12],
        report=setting.report.id,
        holder=holder.entity or "",
        performer=performer.entity or "",
        task=claim.deed.task,
        stance=claim.stance,
        evidence=evidence,
        cue=cue,
        object=object_span,
        matter=matter,
        conditions=conditions,
        quantity=quantity,
        chain=voice.links,
        self_declared=self_declared,
        said_on=said_on(voice.clause or evidence.text, setting.report.published) if voice.speaker else None,
        confidence=round(claim.certainty, 3),
        extractor=setting.extractor,
    )


def _cue(scene: Scene, claim: Claim) -> Span | None:
    tokens: list[Token] = [t for t in claim.words if t.sent.start == claim.deed.token.sent.start]
    if not tokens:
        return None
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
    if tokens[-1].i - tokens[0].i > 12:
        last = tokens[-1]
        start, end = last.idx, last.idx + len(last.text)
    return Span.of(scene.text, start, end)


def _one_line_each(scene: Scene, made: list[Position]) -> list[Position]:
    """One line for each (holder, performer, task, stance) and substance (guideline rule 1)."""
    kept: list[Position] = []
    heading_end = _heading_end(scene.text)
    for one in made:
        twin = next((k for k in kept if _same_line(k, one)), None)
        if twin is None:
            kept.append(one)
            continue
        merged = _merge(twin, one)
        kept[kept.index(twin)] = merged
    body = {(p.holder, p.performer, p.task) for p in kept if p.evidence.start >= heading_end}
    return [p for p in kept if p.evidence.start >= heading_end or (p.holder, p.performer, p.task) not in body]


def _heading_end(text: str) -> int:
    """Where the headline at the top of a text ends, 0 where there is none."""
    first = text.lstrip().split("\n", 1)[0]
    if len(text.strip()) > len(first) + 40 and len(first) < 140 and not re.search(r"[.!?][”\"']?\s*$", first):
        return text.index(first) + len(first)
    return 0


def _same_line(a: Position, b: Position) -> bool:
    if (a.holder, a.performer, a.task, a.stance, a.matter) != (b.holder, b.performer, b.task, b.stance, b.matter):
        return False
    figures = {(p.quantity.low, p.quantity.high) for p in (a, b) if p.quantity}
    days = {p.said_on for p in (a, b) if p.said_on}
    return len(figures) <= 1 and len(days) <= 1


def _merge(first: Position, second: Position) -> Position:
    kinds = {(c.kind, c.span.text) for c in first.conditions}
    conditions = (*first.conditions, *(c for c in second.conditions if (c.kind, c.span.text) not in kinds))
    base = first if len(first.chain) >= len(second.chain) else replace(second, id=first.id, evidence=second.evidence)
    return replace(
        base,
        conditions=conditions,
        quantity=first.quantity or second.quantity,
        said_on=first.said_on or second.said_on,
        confidence=max(first.confidence, second.confidence),
    )

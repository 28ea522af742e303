"""Claims -> positions: parties, chain, conditions, figures, dates and matter, one line for each stance.

In: a report, its scene, its claims. Out: :class:`Position` s whose spans reproduce the text. Claims that
the guidelines leave out (no party, a force or a plan as the subject) are dropped here; repeated mentions of
one stance become one line.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extraction.claims import Claim
from onrecord.extraction.conditions import Found
from onrecord.extraction.councils import authorising
from onrecord.extraction.matters import MatterMention, matter_at
from onrecord.extraction.quantities import Figure, of_deed
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.statements import Said, said_of
from onrecord.extraction.units import unit_for_people
from onrecord.model import Condition, Position, Quantity, Report, Span, Statement

TOWARD_OTHER = frozenset({"requests", "supports", "opposes"})
"""Stances on another's doing: the performer is not the holder."""
SENT = frozenset({"contribute_troops", "contribute_police"})
"""What states and alliances send."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What positions need to know of the report beyond its scene."""

    report: Report
    matters: Sequence[MatterMention]
    main_matter: str | None
    matter_kinds: Mapping[str, str]
    bodies: frozenset[str] = frozenset()
    """Councils and offices: they have no soldiers of their own to send, whatever they decide on them."""
    statements: Sequence[Statement] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A position before its parties, chain and matter are written out; made by rules or by the model.

    Attributes:
        task, stance: of the vocabulary.
        holders, performers: parties; performers are ignored for a stance of one's own.
        at: a token of the passage: who speaks for it is found from there.
        saying: verbs of saying already found over it, innermost first.
        cue, object: the wordings, or None.
        figure: the figure, or None.
        conditions: what it hangs on.
        certainty: 0 to 1.
        extractor: what found it.
    """

    task: str
    stance: str
    holders: tuple[Party, ...]
    performers: tuple[Party, ...]
    at: Token
    saying: tuple[Token, ...]
    cue: Span | None
    object: Span | None
    figure: Figure | None
    conditions: tuple[Found, ...]
    certainty: float
    extractor: str


def drafts_of_claims(
    scene: Scene, claims: Sequence[Claim], conditions: Sequence[Sequence[Found]], extractor: str
) -> list[Draft]:
    """The rules' claims as drafts."""
    made = []
    for claim, found in zip(claims, conditions, strict=True):
        stance = claim.stance
        if (
            stance in {"agreed", "pledged"}
            and any(scene.text[x.start : x.end].lower().startswith("only ") for x in found)
            and any(w.lower_ in {"will", "'ll", "’ll"} for w in claim.words)
        ):
            stance = "offered"  # "will join only if C" is ready if C
        target = claim.deed.object
        object_span = None
        if target is not None:
            start, end = scene.phrase(target)
            object_span = Span.of(scene.text, start, end) if end > start else None
        made.append(
            Draft(
                task=claim.deed.task,
                stance=stance,
                holders=tuple(claim.holders),
                performers=tuple(claim.performers),
                at=claim.words[0] if claim.words else claim.deed.token,
                saying=tuple(claim.saying),
                cue=_cue(scene, claim),
                object=object_span,
                figure=of_deed(scene, claim.deed) if claim.stance != "no_comment" else None,
                conditions=tuple(
                    x for x in found if x.kind != "role_limit" or claim.deed.task not in {"disarm", "enforce_peace"}
                ),
                certainty=claim.certainty,
                extractor=extractor,
            )
        )
    return made


def positions_of(scene: Scene, drafts: Sequence[Draft], setting: Setting) -> list[Position]:
    """The positions of a report, in order of the text."""
    made: list[Position] = []
    for draft in drafts:
        made += _of_draft(scene, draft, setting)
    return _one_line_each(scene, made)


def _of_draft(scene: Scene, draft: Draft, setting: Setting) -> list[Position]:
    sentence = draft.at.sent
    evidence = Span.of(scene.text, sentence.start_char, sentence.end_char)
    point = draft.cue.start if draft.cue else draft.at.idx
    said = said_of(scene, draft.at, draft.saying, setting.statements, setting.report.published, point)
    matter = matter_at(setting.matters, setting.main_matter, evidence.start, evidence.end, setting.matter_kinds)
    out = []
    for holder in draft.holders:
        if holder.entity is None or holder.kind in {"outlet", "document"} or _tallied(scene, draft, holder):
            continue
        performers: Sequence[Party] = draft.performers if draft.stance in TOWARD_OTHER else [holder]
        if draft.stance in TOWARD_OTHER and draft.task == "authorise":
            performers = authorising(scene, draft.stance, holder, draft.holders, draft.performers)
        for performer in performers:
            sends_itself = draft.task in SENT and holder.entity == performer.entity
            if performer.entity is not None and not (sends_itself and holder.entity in setting.bodies):
                meant = _of_council(draft, performer, setting)
                out.append(_position(scene, meant, holder.entity, performer.entity, evidence, said, matter, setting))
    return out


def _of_council(draft: Draft, performer: Party, setting: Setting) -> Draft:
    """What is asked of a council: it has no soldiers to send and can only authorise them."""
    asked = draft.stance == "requests" and draft.task in SENT and performer.entity in setting.bodies
    return replace(draft, task="authorise") if asked else draft


def _tallied(scene: Scene, draft: Draft, holder: Party) -> bool:
    """Whether a group is only a count of votes ("twelve members voted for it"): nobody's position."""
    if draft.task != "authorise" or holder.token < 0 or not (holder.entity or "").startswith("group:"):
        return False
    voted = draft.cue is not None and re.search(r"\bvoted?\b", draft.cue.text) is not None
    return voted and any(t.like_num for t in scene.doc[holder.token].lefts)


def _position(
    scene: Scene,
    draft: Draft,
    holder: str,
    performer: str,
    evidence: Span,
    said: Said,
    matter: str | None,
    setting: Setting,
) -> Position:
    text, figure = scene.text, draft.figure
    said = said.of(holder)
    quantity = None
    if figure is not None:
        unit = unit_for_people(text, figure)
        quantity = Quantity(figure.low, figure.high, unit, Span.of(text, figure.start, figure.end))
    between = [link for link in said.chain[1:] if link.kind != "outlet"]
    parts = (
        setting.report.sha256,
        setting.report.id,
        holder,
        performer,
        draft.task,
        draft.stance,
        str(evidence.start),
        str(evidence.end),
    )
    return Position(
        id="p" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12],
        report=setting.report.id,
        holder=holder,
        performer=performer,
        task=draft.task,
        stance=draft.stance,
        evidence=evidence,
        cue=draft.cue,
        object=draft.object,
        matter=matter,
        conditions=tuple(Condition(x.kind, Span.of(text, x.start, x.end)) for x in draft.conditions),
        quantity=quantity,
        chain=said.chain,
        self_declared=said.speaker == holder and not between,
        said_on=said.day,
        confidence=round(draft.certainty, 3),
        statement=said.statement,
        extractor=draft.extractor,
    )


def _cue(scene: Scene, claim: Claim) -> Span | None:
    tokens: list[Token] = sorted(
        (t for t in claim.words if t.sent.start == claim.deed.token.sent.start), key=lambda t: t.i
    )
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
    return _apart([p for p in kept if p.evidence.start >= heading_end or (p.holder, p.performer, p.task) not in body])


def _apart(made: Sequence[Position]) -> list[Position]:
    """Lines of one sentence that differ in figure, day or speaker alone, under ids of their own, in order of text."""
    seen: Counter[str] = Counter()
    apart = []
    for one in made:
        seen[one.id] += 1
        again = seen[one.id]
        digest = hashlib.sha256(f"{one.id}|{again}".encode()).hexdigest()[:12]
        apart.append(one if again == 1 else replace(one, id=f"p{digest}"))
    return apart


def _heading_end(text: str) -> int:
    """Where the headline at the top of a text ends, 0 where there is none."""
    first = text.lstrip().split("\n", 1)[0]
    if len(text.strip()) > len(first) + 40 and len(first) < 140 and not re.search(r"[.!?][”\"']?\s*$", first):
        return text.index(first) + len(first)
    return 0


def _same_line(a: Position, b: Position) -> bool:
    """Whether two say the same of the same, through the same speaker, without another figure or day."""
    speakers = [{x.name for x in p.chain[:1] if x.kind != "outlet"} for p in (a, b)]
    if all(speakers) and speakers[0] != speakers[1]:
        return False
    if (a.holder, a.performer, a.task, a.stance, a.matter) != (
        b.holder,
        b.performer,
        b.task,
        b.stance,
        b.matter,
    ):
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

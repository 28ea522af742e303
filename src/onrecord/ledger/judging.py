"""What people decided, applied to what the machine found. Pure.

Comes in: the positions (or statements) of one report as the newest extractor gave them, and the judgements on
them. Goes out: what a view shows, and who disagrees with whom. It must not know the store.

The rules, also in ``docs/ledger.md``:

- A judgement stays with its finding: the same claim on the same passage, whichever extractor finds it again
  (:meth:`onrecord.ledger.kinds.Kind.closeness`).
- A person's newest judgement takes the place of that person's older ones. A withdrawn judgement counts as
  never made.
- Where persons differ, all judgements are kept and the latest of them applies.
- A split record is shown as its parts: the first under the record's id, each further one under that id with ``+2``,
  ``+3`` after it. Parts are decided on together, by judging the record.
- What a person confirmed or corrected is shown even where the newest extractor no longer finds it, as the
  person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic

from onrecord.ledger.kinds import Kind, N
from onrecord.ledger.texts import identity
from onrecord.model import ChainLink, Judgement, Position, Statement
from onrecord.model.records import Record

PERSON = "person:"
"""What the extractor's name begins with where a person stands for the position."""

LEAVES_OUT = ("reject", "merge")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement with what it was made on.

    Attributes:
        n: its place in the order in which the ledger learned of judgements.
        judgement: the judgement.
        report: id of the report that the target is in, or None for an actor, condition or judgement.
        as_judged: the record judged, as the machine had it, with its ``extractor``; None where there is none.
    """

    n: int
    judgement: Judgement
    report: str | None = None
    as_judged: Record | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more persons who decided differently on one thing.

    Attributes:
        target: id of the record judged, as the view shows it (or as the machine had it, where the view leaves
        it out). report: id of the report it is in, or None. applied: the judgement that views follow: the
        latest. others: the newest judgement of each other person, oldest first.
    """

    target: str
    report: str | None
    applied: Judgement
    others: tuple[Judgement, ...]


@dataclass(slots=True)
class Finding(Generic[N]):
    """One thing found in a report, with all that was decided on it.

    Attributes:
        raw: as the machine had it.
        found: whether the newest extractor finds it.
        rulings: what was decided on it, withdrawn judgements left out.
        originals: (extractor, id) of the records that those judgements were made on.
    """

    raw: N
    found: bool
    rulings: list[Ruling] = field(default_factory=list)
    originals: set[tuple[str, str]] = field(default_factory=set)


def active(rulings: Iterable[Ruling]) -> list[Ruling]:
    """The rulings that hold: not withdrawn, and no withdrawals themselves. A withdrawal can be withdrawn in
    turn.
    """
    taken_back: set[str] = set()
    kept = []
    for ruling in sorted(rulings, key=lambda r: -r.n):
        if ruling.judgement.id in taken_back:
            continue
        if ruling.judgement.decision == "withdraw":
            taken_back.add(ruling.judgement.target)
        else:
            kept.append(ruling)
    return kept[::-1]


def newest_by_person(rulings: Iterable[Ruling]) -> list[Judgement]:
    """Each person's newest judgement, oldest first; the last of them applies."""
    newest: dict[str, Ruling] = {}
    for ruling in sorted(rulings, key=lambda r: (r.judgement.at, r.n)):
        newest.pop(ruling.judgement.by, None)
        newest[ruling.judgement.by] = ruling
    return [x.judgement for x in newest.values()]


def findings(
    machine: Sequence[N], extractor: str, rulings: Iterable[Ruling], kind: Kind[N]
) -> list[Finding[N]]:
    """What was found in one report, with what was decided on it.

    Args:
        machine: what the newest extractor found, in order.
        extractor: its name and version.
        rulings: active rulings on records of this report and kind.
        kind: which of the two kinds.

    Returns:
        The machine's findings in their order, then those that only a judgement knows of.
    """
    found = [Finding(x, found=True) for x in machine]
    waiting: dict[tuple[str, str], list[Ruling]] = {}
    # In the order in which they were decided, so that it does not matter when the ledger learned of which.
    for ruling in sorted(rulings, key=_decided):
        record = ruling.as_judged or {}
        waiting.setdefault((record.get("extractor", ""), record["id"]), []).append(ruling)
    for least in (5, 4, 3, 2, 1):
        for original, ours in list(waiting.items()):
            home = _home(original, ours, found, kind, extractor, least)
            if home is not None:
                _settle(home, original, waiting.pop(original))
    lost: list[Finding[N]] = []
    for original, ours in waiting.items():
        home = _home(original, ours, lost, kind, extractor, 1)
        if home is None:
            home = Finding(_judged(ours[0], kind), found=False)
            lost.append(home)
        _settle(home, original, ours)
    return found + sorted(lost, key=lambda f: (kind.place(f.raw), f.raw.id))


def _decided(ruling: Ruling) -> tuple[datetime, str]:
    return ruling.judgement.at, ruling.judgement.id


def _settle(home: Finding[N], original: tuple[str, str], rulings: list[Ruling]) -> None:
    home.originals.add(original)
    home.rulings.extend(rulings)


def _judged(ruling: Ruling, kind: Kind[N]) -> N:
    return kind.read(ruling.as_judged or {})


def _home(
    original: tuple[str, str],
    rulings: list[Ruling],
    among: list[Finding[N]],
    kind: Kind[N],
    extractor: str,
    least: int,
) -> Finding[N] | None:
    # The closest finding that is at least so close. Two records of one extraction are two findings, however
    # alike.
    best, closest = None, least - 1
    forms = [_judged(rulings[0], kind)]
    # A newer extractor that finds what the person had corrected the older one to has found the same thing.
    forms += [
        kind.corrected(forms[0], changes)
        for r in rulings
        for changes in _corrections(r.judgement)
    ]
    for finding in among:
        if any(x[0] == original[0] and x != original for x in finding.originals):
            continue
        if finding.found and original == (extractor, finding.raw.id):
            return finding
        if finding.found and original[0] == extractor:
            continue
        close = max(kind.closeness(form, finding.raw) for form in forms)
        if close > closest:
            best, closest = finding, close
    return best


def _corrections(judgement: Judgement) -> Sequence[Mapping[str, Any]]:
    if judgement.decision == "split":
        return list(judgement.changes["parts"])
    return [judgement.changes] if judgement.decision == "correct" else []


def shown(finding: Finding[N], kind: Kind[N], taken: set[str]) -> tuple[N, ...]:
    """What a view shows of a finding: nothing where a person rejected it, its parts where one split it.

    Args:
        finding: the finding.
        kind: which of the two kinds.
        taken: ids that the newest extractor uses in this report.
    """
    judgements = newest_by_person(finding.rulings)
    if not judgements:
        return (finding.raw,)
    applied = judgements[-1]
    nouns = list(outcome(finding, kind, applied))
    if "confidence" not in applied.changes and not differ(finding, kind, judgements):
        # An analyst has looked, and nobody says otherwise: that is what the figure estimates.
        nouns = [replace(noun, confidence=1.0) for noun in nouns]
    if not finding.found:
        name = kept_id(finding, taken)
        nouns = [replace(noun, id=name + noun.id.removeprefix(finding.raw.id)) for noun in nouns]
        # The statement belongs to an extraction that views no longer show.
        nouns = [
            replace(noun, extractor=PERSON + applied.by, statement=None) if isinstance(noun, Position) else noun
            for noun in nouns
        ]
    return tuple(nouns)


def outcome(finding: Finding[N], kind: Kind[N], judgement: Judgement) -> tuple[N, ...]:
    """What one judgement makes of a finding."""
    if judgement.decision in LEAVES_OUT:
        return ()
    if judgement.decision == "correct":
        return (kind.corrected(finding.raw, judgement.changes),)
    if judgement.decision == "split":
        parts = (kind.corrected(finding.raw, changes) for changes in judgement.changes["parts"])
        return tuple(
            replace(noun, id=part_id(finding.raw.id, n)) for n, noun in enumerate(parts, start=1)
        )
    return (finding.raw,)


def part_id(name: str, number: int) -> str:
    """The id of a part of a split record, counted from 1.

    Example:
        >>> part_id("r1.p3", 1), part_id("r1.p3", 2)
        ('r1.p3', 'r1.p3+2')
    """
    return name if number == 1 else f"{name}+{number}"


def kept_id(finding: Finding[N], taken: set[str]) -> str:
    """The id of a finding that only judgements know of: its old one, marked where a newer extractor uses that
    anew.
    """
    name = finding.raw.id
    if name not in taken:
        return name
    first = finding.rulings[0].as_judged or {}
    return f"{name}~{identity(first.get('extractor'), name)[:8]}"


def differ(finding: Finding[N], kind: Kind[N], judgements: Sequence[Judgement]) -> bool:
    """Whether the judgements come to different things."""
    first = outcome(finding, kind, judgements[0])
    return any(outcome(finding, kind, x) != first for x in judgements[1:])


def actor_names(rulings: Iterable[Ruling]) -> dict[str, str]:
    """Actors that were merged into another: the old name, and the name that stands.

    Args:
        rulings: active rulings, of any kind.
    """
    by_actor: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        if ruling.judgement.target_kind == "actor":
            by_actor.setdefault(ruling.judgement.target, []).append(ruling)
    into: dict[str, str] = {}
    for actor, ours in by_actor.items():
        applied = newest_by_person(ours)[-1]
        if applied.decision == "merge":
            into[actor] = str(applied.changes["into"])
    return {actor: _end(actor, into) for actor in into}


def _end(actor: str, into: dict[str, str]) -> str:
    seen = {actor}
    while (following := into.get(actor)) is not None and following not in seen:
        seen.add(following)
        actor = following
    return actor


def renamed(noun: N, names: dict[str, str]) -> N:
    """The record with merged actors under the name that stands."""
    links = tuple(_link(x, names) for x in noun.chain)
    if isinstance(noun, Statement):
        entity = noun.source.entity
        source = replace(noun.source, entity=names.get(entity, entity) if entity else entity)
        return replace(noun, chain=links, source=source)
    holder, performer = (names.get(x, x) for x in (noun.holder, noun.performer))
    return replace(noun, chain=links, holder=holder, performer=performer)


def _link(link: ChainLink, names: dict[str, str]) -> ChainLink:
    return replace(link, entity=names[link.entity]) if link.entity in names else link

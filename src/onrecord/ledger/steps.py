"""The steps that lead older tables forward, one function a version.

Comes in: a connection in a writing transaction, on tables of the version before. Goes out: the same tables with what
the version added. Each step names what it makes by itself: ``schema.py`` moves on with time, a step does not.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_REFUSAL = "the ledger is append-only"
_LATEST_FACTS = """
    CREATE VIEW latest_facts AS
    SELECT e.report, e.extractor, e.learned_at, f.*
    FROM current_extractions c
    JOIN extractions e ON e.n = c.extraction
    JOIN facts f ON f.extraction = e.n"""


def to_2(conn: Connection) -> None:
    """Version 2: facts of an extraction, and the answers of models from outside."""
    held = MetaData(naming_convention=_NAMES)
    whole = BigInteger().with_variant(Integer, "sqlite")
    Table("extractions", held, Column("n", whole, primary_key=True))
    facts = Table(
        "facts",
        held,
        Column("extraction", ForeignKey("extractions.n"), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        Column("id", Text, nullable=False, index=True),
        Column("kind", String(16), nullable=False),
        *_span("subject"),
        Column("entity", Text, index=True),
        *_span("measure", nullable=False),
        Column("low", Float),
        Column("high", Float),
        Column("unit", Text),
        *_span("figure"),
        Column("period_earliest", String(10)),
        Column("period_latest", String(10)),
        Column("period_inferred", Boolean),
        *_span("period"),
        Column("chain", JSON, nullable=False),
        *_span("evidence", nullable=False),
        UniqueConstraint("extraction", "id"),
    )
    answers = Table(
        "answers",
        held,
        Column("n", whole, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("model", Text, nullable=False),
        Column("prompt", String(32), nullable=False),
        Column("report", Text, nullable=False, index=True),
        Column("answer", Text, nullable=False),
        Column("tokens_in", Integer),
        Column("tokens_out", Integer),
        Column("seconds", Float, nullable=False),
        Column("learned_at", String(27), nullable=False),
    )
    held.create_all(conn, tables=[facts, answers], checkfirst=False)
    for name in ("facts", "answers"):
        _only_add(conn, name)
    conn.exec_driver_sql(_LATEST_FACTS)


def to_3(conn: Connection) -> None:
    """Version 3: what people who asked for it were told of changes, and what is still to be sent."""
    held = MetaData(naming_convention=_NAMES)
    whole = BigInteger().with_variant(Integer, "sqlite")
    states = Table(
        "told_states",
        held,
        Column("n", whole, primary_key=True, autoincrement=True),
        Column("scope", Text, nullable=False),
        Column("place", Text, nullable=False),
        Column("state", JSON),
        Column("learned_at", String(27), nullable=False),
        Index(None, "scope", "place"),
    )
    points = Table(
        "told_points",
        held,
        Column("n", whole, primary_key=True, autoincrement=True),
        Column("rules", Text, nullable=False, index=True),
        Column("scope", Text, nullable=False),
        Column("upto", whole, nullable=False),
        Column("as_of", String(10), nullable=False),
        Column("known", JSON, nullable=False),
        Column("learned_at", String(27), nullable=False),
    )
    messages = Table(
        "messages",
        held,
        Column("n", whole, primary_key=True, autoincrement=True),
        Column("id", String(32), nullable=False),
        Column("rules", Text, nullable=False, index=True),
        Column("target", Text, nullable=False),
        Column("message", JSON, nullable=False),
        Column("learned_at", String(27), nullable=False),
        UniqueConstraint("id", "target"),
    )
    deliveries = Table(
        "deliveries",
        held,
        Column("n", whole, primary_key=True, autoincrement=True),
        Column("message", ForeignKey("messages.n"), nullable=False, index=True),
        Column("event", String(8), nullable=False),
        Column("detail", Text, nullable=False),
        Column("next_at", String(27)),
        Column("learned_at", String(27), nullable=False),
    )
    held.create_all(conn, tables=[states, points, messages, deliveries], checkfirst=False)
    for name in ("told_states", "told_points", "messages", "deliveries"):
        _only_add(conn, name)


def _span(prefix: str, *, nullable: bool = True) -> tuple[Column[Any], ...]:
    return (
        Column(f"{prefix}_text", Text, nullable=nullable),
        Column(f"{prefix}_start", Integer, nullable=nullable),
        Column(f"{prefix}_end", Integer, nullable=nullable),
    )


def _only_add(conn: Connection, name: str) -> None:
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql(
            f"CREATE TRIGGER {name}_only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        conn.exec_driver_sql(
            f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )

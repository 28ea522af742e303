"""A ledger in PostgreSQL that an older version wrote, led forward. For SQLite: tests/unit/ledger/test_store.py.

`data/version-N.postgresql.sql` is what `pg_dump` said of a ledger that the code of that version had made.
"""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, copying
from onrecord.ledger.schema import VERSION

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
DATA = Path(__file__).parent / "data"
OLDER = range(1, VERSION)

# What makes a schema, as PostgreSQL tells it; the schema's own name is left out.
TOLD = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
                  replace(column_default, current_schema() || '.', '')
                  FROM information_schema.columns WHERE table_schema = current_schema()""",
    "indexes": """SELECT tablename, indexname, replace(indexdef, current_schema() || '.', '')
                  FROM pg_indexes WHERE schemaname = current_schema()""",
    "constraints": """SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE connamespace = current_schema()::regnamespace""",
    "triggers": """SELECT tgname, tgrelid::regclass::text,
                   replace(pg_get_triggerdef(t.oid), current_schema() || '.', '')
                   FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
                   WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace""",
    "views": """SELECT viewname, replace(definition, current_schema() || '.', '')
                FROM pg_views WHERE schemaname = current_schema()""",
}


@pytest.fixture
def clock():
    now = made.Clock()
    now.tick(24 * 60)
    return now


@pytest.fixture(params=OLDER)
def written_by(request):
    return request.param


@pytest.fixture
def old(postgres, written_by):
    """The address of a ledger as that version left it."""
    engine = create_engine(postgres)
    with engine.begin() as conn:
        # Many commands at once, which the driver takes only without arguments.
        sql = (DATA / f"version-{written_by}.postgresql.sql").read_text(encoding="utf-8")
        conn.connection.driver_connection.execute(sql)
    engine.dispose()
    return postgres


def told_of(where):
    engine = create_engine(where)
    with engine.connect() as conn:
        found = {name: {tuple(row) for row in conn.execute(text(sql))} for name, sql in TOLD.items()}
    engine.dispose()
    return found


def test_there_is_one_of_every_older_version():
    assert {x.name for x in DATA.iterdir()} == {f"version-{n}.postgresql.sql" for n in OLDER}


def test_it_is_led_forward_and_whole(old, written_by, clock):
    with Ledger.open(old, clock=clock, create=False) as ledger:
        assert [p.id for p in ledger.positions()] == ["r1.p0", "r1.p1", "r2.p0"]
        assert [j.id for j in ledger.judgements()] == ["j1"]
        assert len(ledger.issues()) == 1
        assert ledger.verify() == []
        with ledger._store.reading() as conn:
            noted = conn.execute(text("SELECT version FROM migrations ORDER BY version")).scalars().all()
        assert noted == list(range(written_by, VERSION + 1))


def test_it_goes_on_from_there(old, clock):
    with Ledger.open(old, clock=clock, create=False) as ledger:
        before = clock() - timedelta(minutes=1)
        assert not made.told("r1", ("NOR", "offered"), ("SUD", "refused")).into(ledger), "it is there already"
        assert made.told("r3", ("NOR", "considering")).into(ledger)
        assert ledger.judge(made.judgement("j2", "r3.p0", "reject"))
        assert [p.id for p in ledger.positions()] == ["r1.p0", "r1.p1", "r2.p0"]
        assert [r.id for r in ledger.reports(before)] == ["r1", "r2"]
        assert ledger.verify() == []
        with pytest.raises(LedgerError, match="append-only"), ledger._store.writing() as conn:
            conn.exec_driver_sql("DELETE FROM reports")


def test_twice_changes_nothing(old, clock):
    with Ledger.open(old, clock=clock) as ledger:
        before = list(ledger.dump(clock=True))
    clock.tick()
    with Ledger.open(old, clock=clock) as ledger:
        assert list(ledger.dump(clock=True)) == before


def test_it_can_be_carried_over_to_a_file(old, tmp_path, clock):
    with Ledger.open(old, clock=clock) as ledger:
        copying.copy(ledger, tmp_path / "y.db")
        said = list(ledger.dump(clock=True))
    with Ledger.open(tmp_path / "y.db", clock=clock, create=False) as copy:
        assert list(copy.dump(clock=True)) == said


def test_it_then_has_the_tables_of_a_new_one(old, clock):
    Ledger.open(old, clock=clock).close()
    led_forward = told_of(old)
    engine = create_engine(old)
    with engine.begin() as conn:
        for (schema,) in conn.execute(text("SELECT current_schema()")).all():
            conn.execute(text(f"DROP SCHEMA {schema} CASCADE"))
            conn.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()
    Ledger.open(old, clock=clock).close()
    new = told_of(old)
    for kind, rows in new.items():
        assert led_forward[kind] == rows, kind
        assert rows, kind

"""The stores that a ledger can be kept in, and a place in PostgreSQL for one test: a schema of its own.

SQLite in a file and in memory always, PostgreSQL when ONRECORD_TEST_POSTGRES holds the address of a database.
`tools/with-postgres` starts such a database for the time of a command; `make postgres-test` does so for these tests.
"""

from __future__ import annotations

import os
import runpy
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, make_url, text

from onrecord.ledger import Ledger

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "unit/ledger/made.py")))
POSTGRES = os.environ.get("ONRECORD_TEST_POSTGRES")


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty schema, which is dropped in the end."""
    if not POSTGRES:
        pytest.skip("ONRECORD_TEST_POSTGRES is not set: make postgres-test")
    schema = f"test_{uuid.uuid4().hex}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with admin.connect() as conn:
        conn.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture(params=["file", "memory", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, in each kind of store."""
    places = {"file": lambda: str(tmp_path / "x.db"), "memory": lambda: ":memory:"}
    return str(places.get(request.param, lambda: request.getfixturevalue("postgres"))())


@pytest.fixture
def clock():
    """A clock that goes on by itself."""
    return made.Clock()


@pytest.fixture
def ledger(where, clock) -> Iterator[Ledger]:
    """An empty ledger, open."""
    with Ledger.open(where, clock=clock) as opened:
        yield opened

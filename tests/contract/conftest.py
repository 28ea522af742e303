"""A place in PostgreSQL for one test: a schema of its own, in the database of ONRECORD_TEST_POSTGRES.

`tools/with-postgres` starts such a database for the time of a command; `make postgres-test` does so for these tests.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

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

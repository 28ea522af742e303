"""The interface for programs, under ``/api``: the records of the desk, paged and filtered, in four formats.

In: the desk. Out: routes. ``docs/api.md`` tells how to ask; ``/api/openapi.json`` describes every route.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from onrecord.desk.querying import Catalogue
from onrecord.web.api.routes import router

__all__ = ["install"]


def install(app: FastAPI) -> None:
    """Add the routes to an application whose state holds the desk."""
    app.state.catalogue = Catalogue(app.state.desk)

    @app.get("/api/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        return app.openapi()

    app.include_router(router)

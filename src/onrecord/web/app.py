"""The application: routes, guard, errors.

In: an opened desk and :class:`WebSettings`. Out: an ASGI application. It starts nothing and listens nowhere.
"""

from __future__ import annotations

from fastapi import Depends, FastAPI, Response
from starlette.exceptions import HTTPException

from onrecord import __version__
from onrecord.desk import Desk
from onrecord.web import api, faults, rendering
from onrecord.web.bounds import Bounds
from onrecord.web.guard import Shell, guard
from onrecord.web.pages import PAGES
from onrecord.web.sessions import Sessions, Tries
from onrecord.web.settings import WebSettings

A_YEAR = "public, max-age=31536000, immutable"


def create_app(desk: Desk, web: WebSettings | None = None) -> FastAPI:
    """The desk as an application.

    Args:
        desk: opened; who opened it closes it.
        web: where and for whom it is open; by default for the own machine, without users.
    """
    settings = web or WebSettings()
    app = FastAPI(
        title="onrecord",
        version=__version__,
        description="Who is on the record for what.",
        # The pages that FastAPI brings load script from elsewhere; the description itself is ours to serve.
        docs_url=None,
        redoc_url=None,
        # Served by `onrecord.web.api`, behind the guard like everything else.
        openapi_url=None,
        dependencies=[Depends(guard)],
    )
    app.state.desk = desk
    app.state.web = settings
    app.state.sessions = Sessions(settings.idle)
    app.state.tries = Tries()
    app.state.nav = [(*one.NAV, getattr(one, "FOR", "reader")) for one in PAGES if hasattr(one, "NAV")]
    for one in PAGES:
        app.include_router(one.router)
    api.install(app)
    _static(app)
    faults.install(app)
    app.add_middleware(Bounds)
    app.add_middleware(Shell, hosts=settings.hosts)
    return app


def _static(app: FastAPI) -> None:
    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        if name not in rendering.ASSETS:
            raise HTTPException(404)
        content, kind = rendering.asset(name)
        return Response(content, media_type=kind, headers={"cache-control": A_YEAR})

    @app.get("/health", include_in_schema=False)
    def health() -> dict[str, str]:
        return {"status": "open", "version": __version__}

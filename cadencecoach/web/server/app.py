"""The application: pages and interface behind the doors."""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from cadencecoach.errors import CadencecoachError
from cadencecoach.store.protocol import UserStore
from cadencecoach.web.doors import Doors
from cadencecoach.web.entry import Entry
from cadencecoach.web.rows import Role, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import HERE, Site


def make_app(store: UserStore, entry: Entry) -> Doors:
    """Everything the server answers.

    Args:
        store: where athletes are kept
        entry: who may use it, and where it is reached
    Raises:
        UsageError: the settings cannot be used
    """
    rows = all_rows(Site(store, entry))
    routes = [*routes_of(rows), Mount("/static", StaticFiles(directory=HERE / "static"))]
    handlers: Any = {CadencecoachError: _error_response, OSError: _error_response, Exception: _error_response}
    app = Starlette(routes=routes, exception_handlers=handlers)
    strangers = {row.path for row in rows if Role.STRANGER in row.roles}
    return Doors(app, entry, strangers)


async def _error_response(_: Request, error: Exception) -> Response:
    """What is wrong on this machine: of a folder, a log, a store in its own words; else at least its kind."""
    is_known = isinstance(error, CadencecoachError | OSError)
    return JSONResponse({"error": str(error) if is_known else f"unexpected error ({type(error).__name__})"}, 500)

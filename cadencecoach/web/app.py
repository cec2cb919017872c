"""The application: pages and interface behind the doors."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.page_texts import ENGLISH_PAGE, PageTexts
from cadencecoach.store.protocol import Store
from cadencecoach.web.api import Api
from cadencecoach.web.doors import Doors
from cadencecoach.web.pages import Pages
from cadencecoach.web.passes import Passes
from cadencecoach.web.sessions import Sessions


def make_app(store: Store, passes: Passes, port: int, texts: PageTexts = ENGLISH_PAGE) -> Doors:
    """Everything the server answers.

    Args:
        store: where athletes are kept
        passes: who may use it
        port: where it is reached
        texts: what the pages say
    """
    sessions = Sessions(store, texts)
    routes = [*Api(sessions, passes, texts).routes(), *Pages(store, sessions, texts).routes()]
    return Doors(Starlette(routes=routes, exception_handlers={CadencecoachError: _told}), passes, port)


async def _told(_: Request, error: Exception) -> Response:
    """What is wrong on this machine, in its own words: a folder, a log, a store."""
    return JSONResponse({"error": str(error)}, 500)

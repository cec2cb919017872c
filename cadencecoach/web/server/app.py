"""The application: pages and interface behind the doors."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from cadencecoach.errors import CadencecoachError
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.stored import reader_words
from cadencecoach.web.api import Api
from cadencecoach.web.doors import Doors
from cadencecoach.web.job_routes import JobRoutes
from cadencecoach.web.jobs import Jobs
from cadencecoach.web.pages.begin import BeginPage
from cadencecoach.web.pages.checkin import CheckInPage
from cadencecoach.web.pages.learn import LearnPage
from cadencecoach.web.pages.live import LivePage
from cadencecoach.web.pages.metronome import MetronomePage
from cadencecoach.web.pages.plans import PlansPage
from cadencecoach.web.pages.sensors import SensorsPage
from cadencecoach.web.pages.sessions import SessionsPage
from cadencecoach.web.pages.settings import SettingsPage
from cadencecoach.web.pages.start import StartPage
from cadencecoach.web.pages.today import TodayPage
from cadencecoach.web.passes import Passes
from cadencecoach.web.rows import Row, routes_of
from cadencecoach.web.sensing import Sensing
from cadencecoach.web.sessions import Sessions
from cadencecoach.web.site import HERE, Site


def make_app(store: FileStore, passes: Passes, port: int) -> Doors:
    """Everything the server answers.

    Args:
        store: where athletes are kept
        passes: who may use it
        port: where it is reached
    Raises:
        UsageError: the settings cannot be used
    """
    routes = [*routes_of(all_rows(store, passes)), Mount("/static", StaticFiles(directory=HERE / "static"))]
    return Doors(Starlette(routes=routes, exception_handlers={CadencecoachError: _told}), passes, port)


def all_rows(store: FileStore, passes: Passes) -> list[Row]:
    """The whole table of routes: interface, then pages."""
    texts = reader_words(store).page
    sessions = Sessions(store, texts)
    site = Site(store, sessions, Jobs(store.machine, texts))
    pages = (
        JobRoutes(site),
        TodayPage(site),
        StartPage(site),
        LivePage(site),
        CheckInPage(site),
        BeginPage(site),
        LearnPage(site),
        MetronomePage(site),
        SessionsPage(site),
        PlansPage(site),
        SensorsPage(site, Sensing(store.machine, texts)),
        SettingsPage(site),
    )
    return [*Api(sessions, passes, texts).rows(), *(row for page in pages for row in page.rows())]


async def _told(_: Request, error: Exception) -> Response:
    """What is wrong on this machine, in its own words: a folder, a log, a store."""
    return JSONResponse({"error": str(error)}, 500)

"""The application: pages and interface behind the doors."""

from typing import Any

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
from cadencecoach.web.entry import Entry
from cadencecoach.web.job_routes import JobRoutes
from cadencecoach.web.jobs import Jobs
from cadencecoach.web.pages.begin import BeginPage
from cadencecoach.web.pages.checkin import CheckInPage
from cadencecoach.web.pages.devices import DevicesPage
from cadencecoach.web.pages.learn import LearnPage
from cadencecoach.web.pages.live import LivePage
from cadencecoach.web.pages.messages import MessagesPage
from cadencecoach.web.pages.metronome import MetronomePage
from cadencecoach.web.pages.pairing import PairingPage
from cadencecoach.web.pages.plans import PlansPage
from cadencecoach.web.pages.screen import ScreenPage
from cadencecoach.web.pages.sensors import SensorsPage
from cadencecoach.web.pages.sessions import SessionsPage
from cadencecoach.web.pages.settings import SettingsPage
from cadencecoach.web.pages.start import StartPage
from cadencecoach.web.pages.today import TodayPage
from cadencecoach.web.rows import Role, Row, routes_of
from cadencecoach.web.sensing import Sensing
from cadencecoach.web.sessions import Sessions
from cadencecoach.web.site import HERE, Site


def make_app(store: FileStore, entry: Entry) -> Doors:
    """Everything the server answers.

    Args:
        store: where athletes are kept
        entry: who may use it, and where it is reached
    Raises:
        UsageError: the settings cannot be used
    """
    rows = all_rows(store, entry)
    routes = [*routes_of(rows), Mount("/static", StaticFiles(directory=HERE / "static"))]
    handlers: Any = {CadencecoachError: _told, OSError: _told, Exception: _told}
    app = Starlette(routes=routes, exception_handlers=handlers)
    strangers = {row.path for row in rows if Role.STRANGER in row.roles}
    return Doors(app, entry.passes, entry.devices, entry.addresses, strangers)


def all_rows(store: FileStore, entry: Entry) -> list[Row]:
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
        MessagesPage(site),
        SensorsPage(site, Sensing(store.machine, texts)),
        SettingsPage(site),
        ScreenPage(site),
        PairingPage(site, entry),
        DevicesPage(site, entry),
    )
    return [*Api(sessions, entry.passes, texts).rows(), *(row for page in pages for row in page.rows())]


async def _told(_: Request, error: Exception) -> Response:
    """What is wrong on this machine: of a folder, a log, a store in its own words; else at least its kind."""
    is_known = isinstance(error, CadencecoachError | OSError)
    return JSONResponse({"error": str(error) if is_known else f"unexpected error ({type(error).__name__})"}, 500)

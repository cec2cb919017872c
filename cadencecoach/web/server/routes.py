"""The whole table of routes: what is answered by which page, and to whom. A page is loaded when it is first asked for.

The first page is there sooner for it by what the others need; and who may do what is read in one place.
"""

import asyncio
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.web.rows import (
    EVERYONE,
    LET_IN,
    MAY_RUN,
    MAY_SEE_RUNS,
    PEOPLE,
    READERS,
    WRITERS,
    Answer,
    Role,
    Row,
    visitor_of,
)
from cadencecoach.web.site import Site

# By class: method, path, who may, and the method that answers. A word in a path comes before a name in its place.
TABLE: Final[Mapping[str, Iterable[tuple[str, str, frozenset[Role], str]]]] = {
    "cadencecoach.web.api.Api": (
        ("GET", "/api/plans", MAY_SEE_RUNS, "list_plans"),
        ("GET", "/api/sensors", MAY_SEE_RUNS, "list_sensors"),
        ("GET", "/api/outputs", MAY_SEE_RUNS, "list_outputs"),
        ("GET", "/api/sessions", LET_IN, "list_live"),
        ("DELETE", "/api/sessions/{id}", MAY_SEE_RUNS, "stop"),
        ("GET", "/api/sessions/{id}/events", LET_IN, "stream_events"),
        ("POST", "/api/sessions/{id}/keys", MAY_RUN, "press"),
        ("POST", "/api/keys", frozenset({Role.DESK}), "make_key"),
    ),
    "cadencecoach.web.starting.Starter": (("POST", "/api/sessions", MAY_RUN, "start"),),
    "cadencecoach.web.job_routes.JobRoutes": (
        ("POST", "/api/jobs", MAY_SEE_RUNS, "begin"),
        ("GET", "/api/jobs/{id}", MAY_SEE_RUNS, "show"),
        ("DELETE", "/api/jobs/{id}", MAY_SEE_RUNS, "cancel"),
        ("GET", "/api/jobs/{id}/file", MAY_SEE_RUNS, "fetch"),
        ("GET", "/api/jobs/{id}/heard", MAY_SEE_RUNS, "hear"),
    ),
    "cadencecoach.web.pages.caseload.CaseloadPage": (
        ("GET", "/caseload", READERS, "show"),
        ("POST", "/api/alerts", WRITERS, "act"),
    ),
    "cadencecoach.web.pages.patient.PatientPage": (
        ("GET", "/patients/{name}", READERS, "show"),
        ("GET", "/patients/{name}/progress", READERS, "show_progress"),
        ("GET", "/patients/{name}/playbook", READERS, "show_playbook"),
        ("GET", "/pictures.css", READERS, "send_style"),
        ("POST", "/api/patients/{name}/foresee", WRITERS, "foresee"),
        ("POST", "/api/patients/{name}/acts", WRITERS, "act"),
        ("POST", "/api/patients/{name}/findings", WRITERS, "add_finding"),
        ("POST", "/api/patients/{name}/messages", WRITERS, "write"),
        ("POST", "/api/patients/{name}/messages/read", WRITERS, "mark"),
    ),
    "cadencecoach.web.pages.files.FilesPage": (
        ("GET", "/patients/{name}/files/{file}", READERS, "send"),
        ("POST", "/api/patients/{name}/files", WRITERS, "take"),
    ),
    "cadencecoach.web.pages.today.TodayPage": (
        ("GET", "/", MAY_SEE_RUNS, "show"),
        ("GET", "/today/sound", MAY_SEE_RUNS, "list_outputs"),
    ),
    "cadencecoach.web.pages.picture.PlanPicture": (("GET", "/plans/{id}/picture.svg", MAY_SEE_RUNS, "draw"),),
    "cadencecoach.web.readiness.SensorLook": (("GET", "/today/sensor", MAY_SEE_RUNS, "tell"),),
    "cadencecoach.web.pages.start.StartPage": (("GET", "/run/{id}", MAY_SEE_RUNS, "show"),),
    "cadencecoach.web.pages.live.LivePage": (("GET", "/live/{id}", LET_IN, "show"),),
    "cadencecoach.web.pages.checkin.CheckInPage": (
        ("GET", "/checkin", MAY_SEE_RUNS, "show"),
        ("POST", "/checkin", MAY_RUN, "save"),
    ),
    "cadencecoach.web.pages.begin.BeginPage": (
        ("GET", "/begin", MAY_SEE_RUNS, "show"),
        ("POST", "/begin", MAY_SEE_RUNS, "take_step"),
        ("POST", "/begin/name", WRITERS, "name_athlete"),
    ),
    "cadencecoach.web.pages.learn.LearnPage": (
        ("GET", "/learn", MAY_SEE_RUNS, "show_contents"),
        ("GET", "/learn/{name}", MAY_SEE_RUNS, "show_text"),
    ),
    "cadencecoach.web.pages.metronome.MetronomePage": (
        ("GET", "/metronome", MAY_SEE_RUNS, "show"),
        ("GET", "/sounds/{name}.wav", MAY_SEE_RUNS, "send_sound"),
    ),
    "cadencecoach.web.pages.sessions.SessionsPage": (
        ("GET", "/sessions", MAY_SEE_RUNS, "show"),
        ("GET", "/sessions/{id}/report", MAY_SEE_RUNS, "report"),
        ("GET", "/sessions/{id}/export.{form}", MAY_SEE_RUNS, "export"),
        ("POST", "/sessions/{id}/finish", MAY_RUN, "finish"),
    ),
    "cadencecoach.web.pages.plans.PlansPage": (
        ("GET", "/plans", READERS, "show_list"),
        ("GET", "/plans/new", READERS, "show_new"),
        ("GET", "/plans/{id}", READERS, "show"),
        ("GET", "/plans/{id}/edit", READERS, "show_editor"),
        ("POST", "/api/plans/check", READERS, "check"),
        ("PUT", "/api/plans/{id}", WRITERS, "keep"),
        ("DELETE", "/api/plans/{id}", WRITERS, "remove"),
        ("POST", "/api/workouts", READERS, "import_workout"),
    ),
    "cadencecoach.web.pages.messages.MessagesPage": (
        ("POST", "/messages", MAY_RUN, "write"),
        ("POST", "/messages/read", MAY_RUN, "mark"),
    ),
    "cadencecoach.web.pages.sensors.SensorsPage": (
        ("GET", "/sensors", READERS, "show"),
        ("POST", "/api/sensors/scan", WRITERS, "scan"),
        ("GET", "/api/sensors/values", READERS, "stream_values"),
        ("PUT", "/api/sensors/{id}", WRITERS, "choose"),
        ("DELETE", "/api/sensors/{id}", WRITERS, "forget"),
        ("POST", "/api/delay", WRITERS, "measure_delay"),
        ("GET", "/api/delay/clock", READERS, "tell_time"),
        ("POST", "/api/delay/taps", WRITERS, "tap"),
        ("GET", "/api/doctor", READERS, "examine"),
    ),
    "cadencecoach.web.pages.settings.SettingsPage": (
        ("GET", "/settings", READERS, "show"),
        ("PUT", "/api/settings/{key}", WRITERS, "set_value"),
        ("DELETE", "/api/settings/{key}", WRITERS, "unset_value"),
        ("DELETE", "/api/athletes/{name}", WRITERS, "forget_athlete"),
    ),
    "cadencecoach.web.pages.wall.WallPage": (
        ("GET", "/wall", LET_IN, "show"),
        ("GET", "/api/wall/events", LET_IN, "stream"),
        ("POST", "/api/wall/keys", WRITERS, "press"),
        ("POST", "/api/wall/stop", READERS, "stop_all"),
    ),
    "cadencecoach.web.pages.screen.ScreenPage": (("GET", "/screen", LET_IN, "show"),),
    "cadencecoach.web.pages.pairing.PairingPage": (
        ("GET", "/pair", EVERYONE, "show"),
        ("POST", "/api/pair", EVERYONE, "pair"),
        ("POST", "/api/desk", EVERYONE, "log_in"),
    ),
    "cadencecoach.web.pages.person.PersonPage": (
        ("GET", "/person", PEOPLE, "show"),
        ("GET", "/api/person", PEOPLE, "tell"),
        ("POST", "/api/person", PEOPLE, "tell"),
        ("POST", "/sign-out", PEOPLE, "sign_out"),
    ),
    "cadencecoach.web.pages.devices.DevicesPage": (
        ("GET", "/devices", READERS, "show"),
        ("GET", "/api/devices", READERS, "list_devices"),
        ("POST", "/api/codes", WRITERS, "open_code"),
        ("DELETE", "/api/devices/{id}", READERS, "end"),
    ),
}


def all_rows(site: Site) -> list[Row]:
    """All of them, in the order in which they are tried."""
    rows = []
    for name, routes in TABLE.items():
        page = _Page(name, site)
        rows += [Row(method, path, roles, page.answer(answer)) for method, path, roles, answer in routes]
    return rows


class _Page:
    """One page: made once for each site, for the first request that any of its routes answers.

    Args:
        name: of its module and class
        site: of the server
    """

    def __init__(self, name: str, site: Site) -> None:
        self._name, self._site = name, site

    def answer(self, method: str) -> Answer:
        """What one of its methods answers."""

        async def answering(request: Request) -> Response:
            page = await self._page(self._site.serving(visitor_of(request)))
            response: Response = await getattr(page, method)(request)
            return response

        return answering

    async def _page(self, site: Site) -> Any:  # noqa: ANN401  # of whatever class
        if self._name not in site.pages:
            module, _, kind = self._name.rpartition(".")
            loaded = await asyncio.to_thread(import_module, module)  # streams go on meanwhile
            if self._name not in site.pages:  # of two requests the first one makes it
                site.pages[self._name] = getattr(loaded, kind)(site)
        return site.pages[self._name]

"""Whether the sensor that is chosen is heard before a start."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.sensors.looking import look_for_sensor
from cadencecoach.errors import CadencecoachError
from cadencecoach.live.opening.meant import Meant
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.view.words import clean
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import AUTO, sensor_choices
from cadencecoach.web.sessions import RADIO
from cadencecoach.web.site import Site


@dataclass(frozen=True, slots=True)
class Heard:
    """What a look for a sensor came to.

    Attributes:
        is_ready: it is heard
        says: that, or what to do
    """

    is_ready: bool
    says: str


class SensorLook:
    """Looks for sensors, one look at a time, and never beside a session that listens to some."""

    def __init__(self, site: Site) -> None:
        """Look for nothing yet."""
        self._site, self._sessions = site, site.sessions
        self._looking = asyncio.Lock()

    async def tell(self, request: Request) -> Response:
        """Tell whether a sensor of the list is heard now."""
        words = await self._site.words(await self._site.athlete(request))
        heard = await self._look(request.query_params.get("feet", ""), words.page)
        return JSONResponse({"is_ready": heard.is_ready, "says": heard.says})

    async def _look(self, id_: str, texts: PageTexts) -> Heard:
        """Whether a sensor of the list is heard now.

        Raises:
            RefusedError: there is none of this id
        """
        choice = (await asyncio.to_thread(sensor_choices, self._site.store.machine, texts)).get(id_)
        if choice is None:
            raise RefusedError(400, texts.no_such_choice, "feet")
        kind, _, text = choice.word.partition(":")
        if kind not in (RADIO, AUTO):
            return Heard(is_ready=True, says=choice.name)
        async with self._looking:
            if self._sessions.uses_radio():
                return Heard(is_ready=False, says=texts.sensor_in_use)
            try:
                meant = await asyncio.to_thread(look_for_sensor, self._site.store.machine, text)
            except CadencecoachError as error:
                problem = str(error)
            else:
                heard = _heard(meant, texts)
                if heard.is_ready or kind == RADIO:
                    return heard
                problem = ""
        if kind == AUTO:  # it goes on without one
            return Heard(is_ready=True, says=texts.no_sensor_near)
        return Heard(is_ready=False, says=problem)


def _heard(meant: Meant, texts: PageTexts) -> Heard:
    if meant.one is not None:
        return Heard(is_ready=True, says=fill(texts.sensor_heard, sensor=clean(meant.one.sensor.name)))
    if meant.choices and meant.awaited is None:
        names = ", ".join(clean(one.sensor.name) for one in meant.choices)
        return Heard(is_ready=False, says=fill(texts.sensor_several, sensors=names))
    return Heard(is_ready=False, says=texts.sensor_silent)

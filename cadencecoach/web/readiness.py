"""Whether the sensor that is chosen is heard before a start."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.sensors.looking import look_for_sensor
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, DeviceError, Reason
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
    """Looks for the sensor that is chosen, in its turn at the radio."""

    def __init__(self, site: Site) -> None:
        """Look for nothing yet."""
        self._site, self._sessions = site, site.sessions

    async def tell(self, request: Request) -> Response:
        """Tell whether a sensor of the list is heard now."""
        words = await self._site.words(await self._site.athlete(request))
        heard = await self._look(request.query_params.get("feet", ""), words.page)
        return JSONResponse({"is_ready": heard.is_ready, "says": heard.says})

    async def _look(self, id_: str, texts: PageTexts) -> Heard:
        """Whether a sensor of the list is heard now; while somebody else has the radio, nobody knows.

        Raises:
            RefusedError: there is none of this id
        """
        choice = (await asyncio.to_thread(sensor_choices, self._site.store.machine, texts)).get(id_)
        if choice is None:
            raise RefusedError(400, texts.no_such_choice, "feet")
        kind, _, text = choice.word.partition(":")
        if kind not in (RADIO, AUTO):
            return Heard(is_ready=True, says=choice.name)
        try:
            async with self._sessions.radio.look(texts):
                meant = await asyncio.to_thread(look_for_sensor, self._site.store.machine, text)
        except RefusedError as error:
            return Heard(is_ready=False, says=str(error))
        except DeviceError as error:
            heard = Heard(is_ready=False, says=radio_words(error.reason, texts))
        except CadencecoachError as error:
            heard = Heard(is_ready=False, says=str(error))
        else:
            heard = _tell_heard(meant, texts)
        if kind == AUTO and not heard.is_ready:  # it goes on without one
            return Heard(is_ready=True, says=texts.no_sensor_near)
        return heard


def radio_words(reason: Reason, texts: PageTexts) -> str:
    """What to do where there is no radio; the long way, of one system or another, is told by `doctor`."""
    words = {
        Reason.NO_DEVICE: texts.radio_none,
        Reason.POWERED_OFF: texts.radio_off,
        Reason.NO_SERVICE: texts.radio_no_service,
        Reason.NOT_ALLOWED: texts.radio_not_allowed,
        Reason.BUSY: texts.radio_busy,
    }.get(reason, texts.no_radio)
    return fill(words, command=command_line("doctor"))


def _tell_heard(meant: Meant, texts: PageTexts) -> Heard:
    if meant.one is not None:
        return Heard(is_ready=True, says=fill(texts.sensor_heard, sensor=clean(meant.one.sensor.name)))
    if meant.choices and meant.awaited is None:
        names = ", ".join(clean(one.sensor.name) for one in meant.choices)
        return Heard(is_ready=False, says=fill(texts.sensor_several, sensors=names))
    return Heard(is_ready=False, says=texts.sensor_silent)

"""What is ready before a start: the choices of sensor and sound, and whether the sensor is heard."""

import asyncio
from dataclasses import dataclass
from typing import Any

from cadencecoach.desk.sensors.looking import look_for_sensor
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, DeviceError, Reason
from cadencecoach.live.opening.meant import Meant
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.view.words import clean
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import NOTHING, sensor_choices
from cadencecoach.web.sessions import RADIO, Sessions


async def ready_values(machine: Machine, texts: PageTexts) -> dict[str, Any]:
    """What the template of the choices needs; the page asks for the sound devices later, since that takes a while."""
    return {"sensors": (await asyncio.to_thread(sensor_choices, machine, texts)).values(), "no_output": NOTHING}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a look for a sensor came to.

    Attributes:
        is_ready: it is heard
        says: that, or what to do
    """

    is_ready: bool
    says: str


async def look_at_choice(sessions: Sessions, id_: str, texts: PageTexts) -> Heard:
    """Whether a sensor of the list is heard now; while somebody else has the radio, nobody knows.

    Raises:
        RefusedError: there is none of this id
    """
    choice = (await asyncio.to_thread(sensor_choices, sessions.machine, texts)).get(id_)
    if choice is None:
        raise RefusedError(400, texts.no_such_choice, "feet")
    kind, _, text = choice.word.partition(":")
    if kind != RADIO:
        return Heard(is_ready=True, says=choice.name)
    try:
        async with sessions.radio.look(texts):
            meant = await asyncio.to_thread(look_for_sensor, sessions.machine, text)
    except DeviceError as error:
        return Heard(is_ready=False, says=radio_words(error.reason, texts))
    except (CadencecoachError, RefusedError) as error:
        return Heard(is_ready=False, says=str(error))
    return _heard(meant, texts)


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


def _heard(meant: Meant, texts: PageTexts) -> Heard:
    if meant.one is not None:
        return Heard(is_ready=True, says=fill(texts.sensor_heard, sensor=clean(meant.one.sensor.name)))
    if meant.choices and meant.awaited is None:
        names = ", ".join(clean(one.sensor.name) for one in meant.choices)
        return Heard(is_ready=False, says=fill(texts.sensor_several, sensors=names))
    return Heard(is_ready=False, says=texts.sensor_silent)

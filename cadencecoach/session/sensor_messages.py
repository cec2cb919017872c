"""Notices a sensor that speaks and cannot be understood: told once, shown while it lasts. Silence is another matter."""

from dataclasses import dataclass, replace

from cadencecoach.gait.reading import Reading
from cadencecoach.gait.sources import MICROPHONE, PHONE, STEP_SOURCES
from cadencecoach.gait.tracker import Tracker
from cadencecoach.gait.unit import WATTS_ABOVE_MPS
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.sensor_words import sensor_senseless, unit_open
from cadencecoach.session.sensors import Sensors
from cadencecoach.units import MAX_CADENCE_SPM

ZERO_FOR_S = 5.0  # of no steps at the speed of a brisk walk and more
NO_STEP_FOR_S = 10.0  # of no steps since the sensor spoke first: a runner who stands that long will not mind one line
WORDLESS_FOR_S = 10.0  # since it was connected: a strap's acceleration takes some four seconds to become steps
OPEN_FOR_S = 15.0  # steps or strides are mostly told apart within three seconds of an even pace
SHOWN_FOR_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Senseless:
    """What is told of a sensor that cannot be understood.

    Attributes:
        text: for the screen and the journal
        is_mended_by_key: the unit key may mend it
    """

    text: str
    is_mended_by_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Zeros:
    """A sensor that says: no steps.

    Attributes:
        since_s: since when, without a step in between
        newest_s: when last
        moving_since_s: since when it says so at a speed at which nobody stands; None while it does not
        text: what has been told of it
    """

    since_s: float
    newest_s: float
    moving_since_s: float | None = None
    text: str = ""


class SensorMessages:
    """What has been told of sensors that make no sense, or are read another way now."""

    def __init__(self, texts: ScreenTexts) -> None:
        """Nothing has been told."""
        self._texts = texts
        self._trouble = ""
        self._news = ("", float("-inf"))
        self._zeros: Zeros | None = None
        self._has_stepped = False
        self._is_phone = False  # which has no battery to change, and is worn in another way
        self._linked = ""  # the sensor of steps that was connected last; empty while none is
        self._wordless_since_s: float | None = None  # the first of its links since which no step rate has come

    def note_link(self, time_s: float, *, state: str, source: str, name: str) -> None:
        """A sensor was `connected` or `lost`; one that counts steps should tell some soon.

        A silent one is connected to again and again; it is as silent as before.
        """
        if source == MICROPHONE.name or source not in {one.name for one in STEP_SOURCES}:
            return  # a microphone says itself why it tells nothing
        self._is_phone = source == PHONE.name
        self._linked = name if state == "connected" else ""
        if self._linked and self._wordless_since_s is None and not self._has_stepped:
            self._wordless_since_s = time_s

    def look_at_zeros(self, reading: Reading, sensors: Sensors) -> Senseless | None:
        """What is to be told of a sensor that says 0 and may not mean it; None where nothing is, or it has been."""
        if reading.cadence_spm is not None or reading.is_unread:
            self._wordless_since_s = None
        if reading.cadence_spm or reading.is_unread:
            self._zeros, self._has_stepped = None, True
        if reading.cadence_spm is None or reading.cadence_spm:
            return None
        before, time_s, speed_mps = self._zeros, reading.time_s, reading.speed_mps or 0.0
        if before is None or time_s - before.newest_s > SHOWN_FOR_S:
            before = Zeros(since_s=time_s, newest_s=time_s)
        is_moving = speed_mps > WATTS_ABOVE_MPS
        since_s = time_s if before.moving_since_s is None else before.moving_since_s
        moving_since_s = since_s if is_moving else None
        self._zeros = replace(before, newest_s=time_s, moving_since_s=moving_since_s)
        if self._zeros.text:
            return None
        name = sensors.asked_sensor or self._texts.the_sensor
        if moving_since_s is not None and time_s - moving_since_s >= ZERO_FOR_S:
            text = self._put_on(fill(self._texts.sensor_zero, sensor=name))
        elif not self._has_stepped and time_s - before.since_s >= NO_STEP_FOR_S:
            text = self._put_on(fill(self._texts.sensor_no_steps_yet, sensor=name))
        else:
            return None
        self._zeros = replace(self._zeros, text=text)
        return Senseless(text=text, is_mended_by_key=False)

    def _put_on(self, text: str) -> str:
        """What is told of a sensor whose steps make no sense; a phone has words of its own."""
        return self._texts.phone_no_steps if self._is_phone else text

    def look(self, tracker: Tracker, sensors: Sensors) -> Senseless | None:
        """What is to be told after a reading; None where nothing is, or it has been told."""
        raw_per_min, unit = sensors.newest_raw_per_min, sensors.unit
        is_open = raw_per_min is not None and unit is None
        if tracker.senseless_s < (OPEN_FOR_S if is_open else tracker.settings.max_silence_s):
            if not tracker.senseless_s:
                self._trouble = ""
            return None
        if self._trouble:
            return None
        sensor = sensors.asked_sensor
        if sensors.is_without_rate:
            text = fill(self._texts.sensor_no_steps, sensor=sensor or self._texts.the_sensor)
        else:
            text = (
                unit_open(sensor, self._texts) if is_open else sensor_senseless(sensor, raw_per_min, unit, self._texts)
            )
        text = self._put_on(text) if raw_per_min is None else text
        is_too_quick = raw_per_min is not None and unit is not None and raw_per_min * unit.value > MAX_CADENCE_SPM
        self._trouble = text
        return Senseless(text=text, is_mended_by_key=is_open or is_too_quick)

    def show_news(self, text: str, time_s: float) -> None:
        """A piece of news, to be shown for a while."""
        self._news = (text, time_s + SHOWN_FOR_S)

    def message_at(self, time_s: float, tracker: Tracker) -> str:
        """What to show; a sensor that has fallen silent meanwhile is another matter."""
        text, until_s = self._news
        since_s = self._wordless_since_s
        if self._linked and since_s is not None and time_s - since_s >= WORDLESS_FOR_S:
            return fill(self._texts.sensor_no_steps, sensor=self._linked)
        zeros = self._zeros
        if zeros is not None and zeros.text and time_s - zeros.newest_s <= tracker.settings.max_silence_s:
            return zeros.text
        is_speaking = tracker.spoke_s is not None and time_s - tracker.spoke_s <= tracker.settings.max_silence_s
        return (self._trouble if is_speaking else "") or (text if time_s < until_s else "")

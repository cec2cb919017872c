"""Notices a sensor that speaks and cannot be understood: told once, shown while it lasts. Silence is another matter."""

from dataclasses import dataclass

from cadencecoach.gait.tracker import Tracker
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.sensor_words import sensor_senseless, unit_open
from cadencecoach.session.sensors import Sensors
from cadencecoach.units import MAX_CADENCE_SPM

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


class SensorMessages:
    """What has been told of sensors that make no sense, or are read another way now."""

    def __init__(self, texts: ScreenTexts) -> None:
        """Nothing has been told."""
        self._texts = texts
        self._trouble = ""
        self._news = ("", float("-inf"))

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
        text = unit_open(sensor, self._texts) if is_open else sensor_senseless(sensor, raw_per_min, unit, self._texts)
        is_too_quick = raw_per_min is not None and unit is not None and raw_per_min * unit.value > MAX_CADENCE_SPM
        self._trouble = text
        return Senseless(text=text, is_mended_by_key=is_open or is_too_quick)

    def show_news(self, text: str, time_s: float) -> None:
        """A piece of news, to be shown for a while."""
        self._news = (text, time_s + SHOWN_FOR_S)

    def message_at(self, time_s: float, tracker: Tracker) -> str:
        """What to show; a sensor that has fallen silent meanwhile is another matter."""
        text, until_s = self._news
        is_speaking = tracker.spoke_s is not None and time_s - tracker.spoke_s <= tracker.settings.max_silence_s
        return (self._trouble if is_speaking else "") or (text if time_s < until_s else "")

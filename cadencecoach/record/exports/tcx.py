"""A session as Training Center XML: a Lap for each stage, strides a minute as whole numbers.

Source: Garmin's schemas TrainingCenterDatabase v2 and ActivityExtension v2; the order of the elements is theirs.
Programs look for a run's cadence in the extension (`RunCadence`) or in the schema's own `Cadence`: it stands in both.
The half strides that a whole number cannot hold are rounded up and down in turn, so that the mean stays true.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import ceil, floor
from xml.sax.saxutils import escape

from cadencecoach.record.exports.activity import Activity, Lap
from cadencecoach.record.exports.seconds import Second
from cadencecoach.record.moments import Start, start_of
from cadencecoach.units import strides_from_spm

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    ' xmlns:tpx="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
HALF = 0.5
MOST_STEPS = 65_535  # the schema's unsignedShort


def tcx_bytes(activity: Activity) -> bytes:
    """The file.

    Raises:
        JournalError: nobody knows when the session was
    """
    return "".join(_document(activity, start_of(activity.header.get("started"), activity.summary.gaps))).encode()


def _document(activity: Activity, start: Start) -> Iterator[str]:
    yield HEAD
    yield f'<Activities><Activity Sport="Running"><Id>{start.iso(0)}</Id>\n'
    rounding = _Rounding()
    for lap in activity.laps:
        yield from _lap(lap, start, rounding)
    about = f"{activity.origin.capitalize()}: {activity.plan_name}" if activity.origin else activity.plan_name
    if about:
        yield f"<Notes>{_text(about)}</Notes>\n"
    yield f"{_creator(activity)}</Activity></Activities></TrainingCenterDatabase>\n"


def _creator(activity: Activity) -> str:
    """The program; the schema wants a device with a number and a version."""
    major, minor = [*re.findall(r"\d{1,4}", str(activity.header.get("app") or "")), "0", "0"][:2]
    version = f"<VersionMajor>{major}</VersionMajor><VersionMinor>{minor}</VersionMinor>"
    return (
        '<Creator xsi:type="Device_t"><Name>cadencecoach</Name>'
        f"<UnitId>{activity.serial}</UnitId><ProductID>0</ProductID><Version>{version}</Version></Creator>"
    )


def _lap(lap: Lap, start: Start, rounding: "_Rounding") -> Iterator[str]:
    yield f'<Lap StartTime="{start.iso(ceil(lap.from_s))}">'
    yield f"<TotalTimeSeconds>{lap.part.duration_s:.3f}</TotalTimeSeconds>"
    yield f"<DistanceMeters>{lap.part.distance_m or 0:.2f}</DistanceMeters>"
    yield _element("MaximumSpeed", lap.most("speed_mps"), ".3f")
    yield "<Calories>0</Calories>"
    yield _heart("AverageHeartRateBpm", lap.mean("hr_bpm"))
    yield _heart("MaximumHeartRateBpm", lap.most("hr_bpm"))
    yield f"<Intensity>Active</Intensity>{_strides('Cadence', lap.part.moving_cadence_spm)}"
    yield "<TriggerMethod>Manual</TriggerMethod>\n"
    for track in _tracks(lap.seconds, {ceil(at_s) for at_s, _ in start.gaps}):
        yield "<Track>\n"
        yield from (_point(second, start, rounding) for second in track)
        yield "</Track>\n"
    if lap.part.name:
        yield f"<Notes>{_text(lap.part.name)}</Notes>"
    yield f"<Extensions><tpx:LX>{_extension(lap)}</tpx:LX></Extensions></Lap>\n"


def _extension(lap: Lap) -> str:
    cadences = (("Avg", lap.part.moving_cadence_spm), ("Max", lap.most("cadence_spm")))
    cadence = "".join(_strides(f"tpx:{word}RunCadence", spm) for word, spm in cadences)
    steps = min(round(lap.part.steps), MOST_STEPS)
    return f"{_element('tpx:AvgSpeed', lap.mean_speed_mps, '.3f')}{cadence}<tpx:Steps>{steps}</tpx:Steps>"


def _tracks(seconds: Sequence[Second], broken_s: AbstractSet[int]) -> Iterator[list[Second]]:
    """The seconds between pauses and breaks: a new Track is how the format tells that the watch stood still."""
    track: list[Second] = []
    for second in seconds:
        if track and second.time_s in broken_s:
            yield track
            track = []
        if not second.is_paused:
            track.append(second)
        elif track:
            yield track
            track = []
    if track:
        yield track


def _point(second: Second, start: Start, rounding: "_Rounding") -> str:
    speed = _element("tpx:Speed", second.speed_mps, ".3f")
    strides = None if second.cadence_spm is None else rounding(second.cadence_spm)
    cadence = _element("tpx:RunCadence", strides, "d")
    extension = f"<Extensions><tpx:TPX>{speed}{cadence}</tpx:TPX></Extensions>" if speed or cadence else ""
    return (
        f"<Trackpoint><Time>{start.iso(second.time_s)}</Time>"
        f"{_element('DistanceMeters', second.distance_m, '.2f')}"
        f"{_heart('HeartRateBpm', second.hr_bpm)}{_element('Cadence', strides, 'd')}{extension}</Trackpoint>\n"
    )


class _Rounding:
    """Whole strides of a step rate; exact halves go up and down in turn."""

    def __init__(self) -> None:
        """Begin downwards."""
        self._goes_up = True

    def __call__(self, cadence_spm: float) -> int:
        """The strides a minute."""
        strides = strides_from_spm(cadence_spm)
        if strides % 1 != HALF:
            return floor(strides + HALF)
        self._goes_up = not self._goes_up
        return floor(strides) + self._goes_up


def _element(name: str, value: float | None, form: str) -> str:
    return "" if value is None else f"<{name}>{value:{form}}</{name}>"


def _strides(name: str, cadence_spm: float | None) -> str:
    """A mean or a highest cadence in whole strides."""
    return "" if cadence_spm is None else _element(name, floor(strides_from_spm(cadence_spm) + HALF), "d")


def _heart(name: str, hr_bpm: float | None) -> str:
    """The schema allows no rate below 1."""
    return "" if hr_bpm is None or hr_bpm < HALF else f"<{name}><Value>{max(1, round(hr_bpm))}</Value></{name}>"


def _text(text: str) -> str:
    """Words as XML can hold them, and as no terminal obeys."""
    return escape("".join(one for one in text if one.isprintable() or one == "\n"))

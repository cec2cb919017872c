"""Which columns of a table are which: our own names, and those of other programs.

A name is a thing and perhaps a unit: `Speed (km/h)`, `speed_kmh`, `Cadence [spm]`. Upper and lower case, blanks, dots
and underscores do not matter. Of several columns that fit, the one that stands first in the lists here is taken.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cadencecoach.devices.recordings.model import Counts
from cadencecoach.errors import RecordingError

TIME, CADENCE, SPEED, HR = "t_s", "cadence_spm", "speed_mps", "hr"
COLUMNS = (TIME, CADENCE, SPEED, HR)
HEADER = "t_s,cadence_spm[,speed_mps,hr]"

# Names as in the files of Stryd, Golden Cheetah, Polar, intervals.icu, Garmin's field names, and plain words.
TIMES = (
    *("t", "secs", "seconds", "sec", "elapsed time", "elapsed", "elapsed seconds", "time elapsed", "timer"),
    *("timestamp", "utc timestamp", "local timestamp", "datetime", "date time", "unix time", "time", "zeit", "temps"),
)
CADENCES = (
    *("cadence", "run cadence", "running cadence", "runcadence", "step rate", "steps per minute", "spm", "steps/min"),
    *("step frequency", "stride rate", "strides per minute", "strides/min", "stride frequency", "rcad", "cad"),
    *("schrittfrequenz", "cadencia"),
)
SPEEDS = (
    *("speed", "enhanced speed", "stryd speed", "watch speed", "velocity", "velocity smooth", "gps speed"),
    *("mps", "m/s", "kph", "kmh", "km/h", "mph", "geschwindigkeit", "vitesse"),
)
HEARTS = ("hr", "heart rate", "heartrate", "bpm", "pulse", "hrm", "herzfrequenz", "puls")
FRACTIONS = ("fractional cadence",)

MPS_OF = {
    **dict.fromkeys(("m/s", "mps", "meters/second", "ms^-1"), 1.0),
    **dict.fromkeys(("km/h", "kmh", "kph", "kmph"), 1 / 3.6),
    **dict.fromkeys(("mph", "mi/h"), 0.44704),
}
SECONDS_OF = {
    **dict.fromkeys(("s", "sec", "secs", "seconds", "unix", "epoch"), 1.0),
    **dict.fromkeys(("ms", "msec", "milliseconds"), 0.001),
    **dict.fromkeys(("min", "mins", "minutes"), 60.0),
}
STEPS = frozenset({"spm", "steps/min", "steps per minute", "steps/minute", "step/min"})
STRIDES = frozenset({"rpm", "strides/min", "strides per minute", "strides", "cycles/min", "rev/min", "stride/min"})
OF_STEPS = frozenset({"step rate", "step frequency"})
OF_STRIDES = frozenset({"stride rate", "strides per minute", "strides/min", "stride frequency"})
BEATS = frozenset({"bpm", "beats/min", "1/min", "beats per minute"})
USEFUL = (frozenset({"", *MPS_OF}), frozenset({"", *BEATS}))  # units of a speed and of a heart rate that are read
UNITS = frozenset({*MPS_OF, *SECONDS_OF, *STEPS, *STRIDES, *BEATS, "hh:mm:ss", "utc"})
_BRACKETS = re.compile(r"(.*?)\s*[(\[{]\s*(.*?)\s*[)\]}]\s*")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where things stand in a table.

    Attributes:
        places: of time, cadence, speed and heart rate; -1 where there is none
        fraction: place of what a whole cadence has lost; -1 where there is none
        names: as the header has them, for messages
        counts: what the cadence counts; a table that does not say counts steps, unless no run could have such a cadence
        is_said: the header says what it counts
        seconds_of: what a bare number of the time column is multiplied by; None: whatever such numbers are
        mps_of: the same of a speed; None where the header does not say
    """

    places: tuple[int, int, int, int]
    fraction: int
    names: tuple[str, str, str, str]
    counts: Counts
    is_said: bool
    seconds_of: float | None
    mps_of: float | None

    @property
    def notes(self) -> list[str]:
        """How the table is understood, where it is not written as ours are."""
        if all(name.lower() == own for name, own in zip(self.names, COLUMNS, strict=True) if name):
            return []
        cadence = f"cadence in {self.counts}" if self.is_said else "cadence"
        read = zip(("time", cadence, "speed", "heart rate"), self.names, strict=True)
        return ["columns: " + ", ".join(f"{what} from {name!r}" for what, name in read if name)]


def find_columns(header: Sequence[str]) -> Columns | None:
    """The columns of a header; None where it names no time or no cadence.

    Raises:
        RecordingError: one of our own names is there twice
    """
    for own in COLUMNS:
        if [name.strip().lower() for name in header].count(own) > 1:
            raise RecordingError(f"column {own} is there twice")
    named = _named(header)
    found = [_first(named, names) for names in (TIMES, CADENCES, SPEEDS, HEARTS)]
    # A pace, a percentage: not what is wanted, whatever it is called.
    found[2:] = [one if one and one[1] in units else None for one, units in zip(found[2:], USEFUL, strict=True)]
    if found[0] is None or found[1] is None:
        return None
    fraction = _first(named, FRACTIONS)
    units = [one[1] if one else "" for one in found]
    is_strides = fraction is not None or units[1] in STRIDES or found[1][2] in OF_STRIDES
    return Columns(
        places=(found[0][0], found[1][0], found[2][0] if found[2] else -1, found[3][0] if found[3] else -1),
        fraction=-1 if fraction is None else fraction[0],
        names=tuple(header[one[0]].strip() if one else "" for one in found),  # type: ignore[arg-type]  # four of them
        counts="strides" if is_strides else "steps",
        is_said=is_strides or units[1] in STEPS or found[1][2] in STEPS | OF_STEPS,
        seconds_of=SECONDS_OF.get(units[0]),
        mps_of=MPS_OF.get(units[2]) or (MPS_OF.get(found[2][2]) if found[2] else None),
    )


def missing_column(header: Sequence[str]) -> str:
    """What is wrong with a header that `find_columns` has not understood."""
    named = _named(header)
    if "local number" in named and "message" in named:
        return "this is a dump of FIT messages; take the FIT file itself"
    if any(name.startswith(("avg", "average", "mean")) and "cadence" in name for name in named):
        return "this is a table of laps or runs; a recorded run has a row for every second, with its time and cadence"
    name = CADENCE if _first(named, TIMES) else TIME
    return f"no column {name}; the first line must name the columns, {HEADER}, or as other programs do: docs/feet.md"


Named = Mapping[str, tuple[int, str, str]]  # thing -> place, unit, thing


def _named(header: Sequence[str]) -> Named:
    """The things a header names, each where it stands first."""
    named: dict[str, tuple[int, str, str]] = {}
    for place, name in enumerate(header):
        if name and len(name) <= _LONGEST_NAME:
            thing, unit = _parted(name)
            named.setdefault(thing, (place, unit, thing))
            named.setdefault(name.strip().lower(), (place, unit, thing))
    return named


def _first(named: Named, names: Sequence[str]) -> tuple[int, str, str] | None:
    return next((named[name] for name in names if name in named), None)


def _parted(name: str) -> tuple[str, str]:
    """A name as thing and unit."""
    text = name.strip().lower()
    match = _BRACKETS.fullmatch(text)
    if match:
        return _plain(match[1]), match[2]
    thing = _plain(text)
    head, _, last = thing.rpartition(" ")
    return (head, last) if head and last in UNITS else (thing, "")


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s_.\-]+", text)).strip()

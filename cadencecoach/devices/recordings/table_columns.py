"""Which columns of a table are which: our own names, and those of other programs.

A name is a thing and perhaps a unit: `Speed (km/h)`, `speed_kmh`, `Cadence [spm]`. Upper and lower case, blanks, dots
and underscores do not matter. Of several columns that fit, the one that stands first in the lists here is tried first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cadencecoach.devices.recordings.columns import MOST_OF_ONE
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
OSCILLATIONS = ("oscillation", "vertical oscillation", "vertical osc", "vo", "rvert")
CONTACTS = ("contact", "ground contact time", "ground time", "contact time", "stance time", "gct", "rcontact")
STRIDES_M = ("stride", "step length", "stride length")
FRACTIONS = ("fractional cadence",)
SPORTS = (
    *("sport", "sport type", "activity type", "type of sport", "discipline", "sportart", "workout type", "activity"),
    *("sub sport", "subsport"),
)
PAIR = 2  # a line of a name and its value

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
LENGTHS = frozenset({"mm", "cm", "m", "meters"})
UNITS = frozenset({*MPS_OF, *SECONDS_OF, *LENGTHS, *STEPS, *STRIDES, *BEATS, "hh:mm:ss", "utc"})
_BRACKETS = re.compile(r"(.*?)\s*[(\[{]\s*(.*?)\s*[)\]}]\s*")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A column of a table.

    Attributes:
        at: which, from 0
        name: as the header has it
        thing, unit: what the name says
    """

    at: int
    name: str
    thing: str
    unit: str

    @property
    def column(self) -> tuple[Counts, bool]:
        """What a cadence counts, and whether the header says so."""
        if self.unit in STRIDES or self.thing in OF_STRIDES:
            return "strides", True
        return "steps", self.unit in STEPS or self.thing in STEPS | OF_STEPS

    @property
    def mps_of(self) -> float | None:
        """What a speed is multiplied by; None where the header does not say."""
        return MPS_OF.get(self.unit) or MPS_OF.get(self.thing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where things stand in a table; of several columns of one thing, the one that is tried first stands first.

    Attributes:
        time: column of the time
        cadences, speeds, hearts: of these
        oscillations, contacts, strides: of these
        fraction: of what a whole cadence has lost
        sports: of what was done; some tables have a sport and a sub sport
        width: how many columns there are
    """

    time: Place
    cadences: tuple[Place, ...]
    speeds: tuple[Place, ...]
    hearts: tuple[Place, ...]
    oscillations: tuple[Place, ...]
    contacts: tuple[Place, ...]
    strides: tuple[Place, ...]
    fraction: Place | None
    sports: tuple[Place, ...]
    width: int

    @property
    def read(self) -> tuple[Place, ...]:
        """All that are read beside the time."""
        return (*self.cadences, *self.speeds, *self.hearts, *self.oscillations, *self.contacts, *self.strides)

    @property
    def seconds_of(self) -> float | None:
        """What a bare number of the time column is multiplied by; None: whatever such numbers are."""
        return SECONDS_OF.get(self.time.unit)

    def counts_of(self, cadence: Place) -> tuple[Counts, bool]:
        """What a cadence counts, and whether the header says so.

        One that does not say counts steps, unless no run could have such a cadence; whole numbers beside their
        fractions are the strides of FIT.
        """
        is_fits = self.fraction is not None and cadence == self.cadences[0]
        return ("strides", True) if is_fits else cadence.column


def note_of_columns(columns: Columns, read: Sequence[Place | None]) -> list[str]:
    """How a table is understood, where it is not written as ours are.

    Args:
        columns: of the table
        read: the columns of cadence, speed and heart rate that are read
    """
    cadence, speed, heart = read
    counts, is_said = columns.counts_of(cadence) if cadence else ("", False)
    told = (("time", columns.time), (f"cadence in {counts}" if is_said else "cadence", cadence), ("speed", speed),
            ("heart rate", heart))  # fmt: skip
    named = [(what, place.name) for what, place in told if place is not None]
    if all(name.lower() in COLUMNS for _, name in named):
        return []
    return ["columns: " + ", ".join(f"{what} from {name!r}" for what, name in named)]


def find_columns(header: Sequence[str]) -> Columns | None:
    """The columns of a header; None where it names no time or no cadence.

    Raises:
        RecordingError: one of our own names is there twice
    """
    for own in COLUMNS:
        if [name.strip().lower() for name in header].count(own) > 1:
            raise RecordingError(f"column {own} is there twice")
    named = _read_header(header)
    times, cadences = _all(named, TIMES), _all(named, CADENCES)
    if not times or not cadences:
        return None
    # A pace, a percentage: not what is wanted, whatever it is called.
    speeds, hearts = (
        tuple(one for one in _all(named, names) if one.unit in units)
        for names, units in zip((SPEEDS, HEARTS), USEFUL, strict=True)
    )
    return Columns(
        time=times[0],
        cadences=cadences[:MOST_OF_ONE],
        speeds=speeds[:MOST_OF_ONE],
        hearts=hearts[:MOST_OF_ONE],
        oscillations=_all(named, OSCILLATIONS)[:MOST_OF_ONE],
        contacts=_all(named, CONTACTS)[:MOST_OF_ONE],
        strides=_all(named, STRIDES_M)[:MOST_OF_ONE],
        fraction=next(iter(_all(named, FRACTIONS)), None),
        sports=_all(named, SPORTS)[:MOST_OF_ONE],
        width=len(header),
    )


def missing_column(header: Sequence[str]) -> str:
    """What is wrong with a header that `find_columns` has not understood."""
    named = _read_header(header)
    things = {one.thing for one in named}
    if {"local number", "message"} <= things:
        return "this is a dump of FIT messages; take the FIT file itself"
    if any(thing.startswith(("avg", "average", "mean")) and "cadence" in thing for thing in things):
        return "this is a table of laps or runs; a recorded run has a row for every second, with its time and cadence"
    name = CADENCE if _all(named, TIMES) else TIME
    return f"no column {name}; the first line must name the columns, {HEADER}, or as other programs do: docs/feet.md"


def sport_above(lines: Sequence[Sequence[str]]) -> str:
    """The sport that the lines above a header tell: beside its name, or in the line below; empty where none does."""
    for place, fields in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ()
        for at, text in enumerate(fields):
            name, _, said = text.strip(" #").partition(":")
            if _plain(name.lower()) not in SPORTS:
                continue
            beside = fields[at + 1] if at + 1 < len(fields) else ""
            below = following[at] if len(following) == len(fields) > 1 + (not beside) else ""
            return (said or (below if len(fields) > PAIR else beside) or beside or below).strip()
    return ""


def _read_header(header: Sequence[str]) -> list[Place]:
    """The columns of a header, each with what its name says; a name may also be a thing as it stands."""
    named = []
    for at, name in enumerate(header):
        if name and len(name) <= _LONGEST_NAME:
            thing, unit = _thing_and_unit(name)
            whole = name.strip().lower()
            named.append(Place(at=at, name=name.strip(), thing=thing, unit=unit))
            if whole != thing:
                named.append(Place(at=at, name=name.strip(), thing=whole, unit=unit))
    return named


def _all(named: Sequence[Place], names: Sequence[str]) -> tuple[Place, ...]:
    """The columns that have one of the names, by the order of the names; each once."""
    found = {one.at: one for name in reversed(names) for one in reversed(named) if one.thing == name}
    order = {name: place for place, name in enumerate(names)}
    return tuple(sorted(found.values(), key=lambda one: (order[one.thing], one.at)))


def _thing_and_unit(name: str) -> tuple[str, str]:
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

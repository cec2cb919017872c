"""A workout as other programs have it: steps with lengths and targets of many kinds. Numbers are in our units.

Readers fill it in without judging; what a plan can hold of it is decided in one place, `drafting`.
"""

from dataclasses import dataclass
from enum import Enum


class Sport(Enum):
    """What is done on foot, as far as the file says; rides and swims are refused by the readers."""

    RUN = "run"
    WALK = "walk"
    UNSAID = "unsaid"


class Counts(Enum):
    """What a number of cadence counts."""

    STEPS = "steps"
    UNSAID = "unsaid"  # steps of both feet, or strides, as the program's writer took it


@dataclass(frozen=True, slots=True)
class ForTime:
    """A step that lasts so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ForDistance:
    """A step that goes so far."""

    metres: float


@dataclass(frozen=True, slots=True)
class UntilKey:
    """A step that lasts until the runner presses a key."""


@dataclass(frozen=True, slots=True)
class UntilElse:
    """A step that ends by something no plan knows.

    Attributes:
        words: what it is, to follow on "ends": "after 60 kcal"
    """

    words: str


Length = ForTime | ForDistance | UntilKey | UntilElse


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """A cadence target; None where the range has no such end.

    Attributes:
        low, high: a minute
        counts: what they count
    """

    low: float | None
    high: float | None
    counts: Counts = Counts.UNSAID


@dataclass(frozen=True, slots=True)
class Pace:
    """A speed target, both ends above zero."""

    slow_mps: float
    fast_mps: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Any other target.

    Attributes:
        words: as a person reads it: "heart rate 150-160 bpm"
    """

    words: str


Target = Cadence | Pace | Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutStep:
    """One step.

    Attributes:
        name: as the file has it; may be anything, or empty
        usual_name: what such a step is called where it has no name
        length: how it ends
        targets: what is asked for
        words: to be read or heard at its start
        cues: seconds from its start, and words
        remarks: what the reader could not take, each a sentence without "step 3: "
    """

    name: str = ""
    usual_name: str = "Run"
    length: Length
    targets: tuple[Target, ...] = ()
    words: str = ""
    cues: tuple[tuple[float, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parts done several times."""

    times: int
    parts: "tuple[WorkoutStep | Repeat, ...]"


Part = WorkoutStep | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """A workout as read.

    Attributes:
        form: what kind of file, with its article: "a Zwift workout"
        name, about: as the file has them; may be empty
        sport: what is done
        parts: in order
        remarks: what the reader could not take of the whole
    """

    form: str
    name: str = ""
    about: str = ""
    sport: Sport = Sport.UNSAID
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()

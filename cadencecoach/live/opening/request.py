"""What is asked for when a session is to begin: the words of the command line, and the day they mean."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.devices.clock import as_utc, day_in, local_day, wall_time_utc
from cadencecoach.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The words, as given.

    Attributes:
        plan_name: a file, or the name of a plan that comes with the program
        feet_text: source of readings
        sound_text: where the sound goes
        baseline_spm: the runner's own cadence, if given
        athlete: a pseudonym, if given
        config: a settings file, if given
        unit: what the sensor counts, if given
        seed: of a simulated runner
        started: label for the header, if given; else the wall clock is asked
        day: the calendar day it is run on, if it is run now; else that in `started`
        surface: what is run on, for the stored baseline; empty when not said
        language: of all that is heard and read, if asked for; else the athlete's, or that of the settings
        force: a file that is there and is not ours may be lost for one that is written
        music: in every stage: `on`, `off` or a folder of songs; None leaves it to the plan
    """

    plan_name: str
    feet_text: str
    sound_text: str
    baseline_spm: float | None = None
    athlete: str | None = None
    config: str | None = None
    unit: str | None = None
    seed: int = 1
    started: str | None = None
    day: str | None = None
    surface: str = ""
    language: str | None = None
    force: bool = False
    music: str | None = None


def check_started(text: str | None) -> str:
    """The label of a start in one form; the time now where none is given.

    Raises:
        UsageError: it is no time
    """
    if text is None:
        return wall_time_utc()
    try:
        return as_utc(text)
    except ValueError as error:
        raise UsageError(f"--started {text}: not a date and time; write for example 2026-11-23T07:30:00Z") from error


def day_of(request: Request) -> date:
    """The day of a session by the runner's calendar.

    Raises:
        UsageError: the start time is none
    """
    return date.fromisoformat(day_label(request))


def day_label(request: Request) -> str:
    """That day as it is written; raises as `day_of`."""
    return request.day or _day(request.started)


def _day(started: str | None) -> str:
    """Of a session in virtual time: the same whenever and wherever it is made again."""
    if started is None:
        return local_day()
    check_started(started)  # what is no time is refused in one line, whoever asks first
    return day_in(started)

"""The one fold over the lines of a session: what is in force after each of them.

Summary, picture and table of a session each go along with it. Before a line is taken in they count the time up to it,
under what was in force until then; after it they take from the line what is their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Protocol

from cadencecoach.gait.dynamics import LIMITS
from cadencecoach.gait.gaits import SPEED_LATE_S, is_of_run
from cadencecoach.gait.reading import Feet
from cadencecoach.record.fold.helping import Helping
from cadencecoach.record.fold.latest import LatestValue
from cadencecoach.record.lines import (
    DynamicsLine,
    EndLine,
    EstimateLine,
    FeetLine,
    GapLine,
    HelpLine,
    Line,
    MuteLine,
    PauseLine,
    ReadingLine,
    ResumeLine,
    SpeedLine,
    StageLine,
)

MAX_SPM = 240.0  # nobody runs quicker; a doubled or broken reading is no steps
MAX_MPS = 15.0  # the same of speed
MAX_BPM = 254.0  # a byte of FIT
WALKS = (Feet.WALKING.value, Feet.STILL.value)


class Course:
    """A session up to a line.

    Attributes:
        start_s: time of the first line; None before it
        now_s: time of the newest line; time that goes back counts as none
        is_ended: what comes after does not count
        is_paused: the stages stand still
        feet: state of the feet; empty before the first
        is_running: the feet run, and the sensor is heard
        stage: the last line of a stage; None before the first
        n_stages: how many have begun
        part: which of them runs, from 0: one that is gone back to is the same again; -1 before the first
        helping: whether the runner is helped
        is_off_speed: the speed is none that the baseline is known for
        reading, estimate: cadence as the sensor says it, and as it is coached on
        speed, heart: as the sensor says them
        dynamics: the last line of it since the feet run; None where they do not, or nothing was told
    """

    def __init__(self) -> None:
        """Before the first line."""
        self.start_s: float | None = None
        self.now_s = 0.0
        self.is_ended = False
        self.is_paused = False
        self.feet = ""
        self.is_running = False
        self.stage: StageLine | None = None
        self.n_stages = 0
        self.part = -1
        self.parts: dict[tuple[int, bool], int] = {}
        self.helping = Helping()
        self.is_off_speed = False
        self.reading, self.estimate, self.speed, self.heart = (LatestValue() for _ in range(4))
        self.dynamics: DynamicsLine | None = None
        self._speed_late_until_s = float("-inf")

    @property
    def is_speed_late(self) -> bool:
        """Whether the speed told may still be that of a walk or a stop before; so it is for a while after it."""
        return self.now_s <= self._speed_late_until_s

    def stands_or_walks(self) -> None:
        """The speed is that of no run, until the feet run again and for a while after that."""
        self._speed_late_until_s = float("inf")

    def runs(self) -> None:
        """The feet run."""
        if self._speed_late_until_s == float("inf"):
            self._speed_late_until_s = self.now_s + SPEED_LATE_S

    def believes(self, speed_mps: float, cadence_spm: float) -> bool:
        """Whether a speed told now beside a step rate can be that of the run; a rate of 0 is none yet."""
        return not self.is_speed_late and (cadence_spm <= 0 or is_of_run(speed_mps, cadence_spm))


def _read(course: Course, line: ReadingLine) -> None:
    if line.came_s is not None:  # one of the past
        return
    time_s, cadence_spm, speed_mps, hr_bpm = line.t, line.cadence_spm, line.speed_mps, line.hr_bpm
    if cadence_spm is not None and 0 <= cadence_spm <= MAX_SPM:
        course.reading.take(cadence_spm, since_s=time_s)
    if speed_mps is not None and 0 <= speed_mps <= MAX_MPS:
        course.speed.take(speed_mps, since_s=time_s)
    if hr_bpm is not None and 0 <= hr_bpm <= MAX_BPM:
        course.heart.take(hr_bpm, since_s=time_s)


def _take_estimate(course: Course, line: EstimateLine) -> None:
    if line.cadence_spm is not None and line.age_s is not None:  # one of unknown age may be of long ago
        course.estimate.take(line.cadence_spm, since_s=line.t - line.age_s)


def _feet_changed(course: Course, line: FeetLine) -> None:
    course.feet = line.state
    course.is_running = line.state == Feet.LIVE.value
    if not course.is_running:
        course.dynamics = None
    if line.state in WALKS:
        course.stands_or_walks()
    elif course.is_running and not course.is_paused:
        course.runs()


def _take_dynamics(course: Course, line: DynamicsLine) -> None:
    course.dynamics = _believe(line) if course.is_running else None


def _believe(line: DynamicsLine) -> DynamicsLine:
    """The line without what no runner does, and without a number that has no error, or one of 0: that is not known."""
    doubtful: dict[str, Any] = {}
    for quantity, (low, high) in LIMITS.items():
        name, _, unit = quantity.rpartition("_")
        value, error = getattr(line, quantity), getattr(line, f"{name}_error_{unit}")
        if value is None or error is None or error <= 0 or not low <= value <= high:
            doubtful |= {quantity: None, f"{name}_error_{unit}": None}
    if line.speed_mps is not None and not 0 < line.speed_mps <= MAX_MPS:
        doubtful["speed_mps"] = None
    return replace(line, **doubtful) if doubtful else line


def _take_entry(course: Course, line: StageLine) -> None:
    before = course.part
    stage = (line.index, line.is_warm_up is True)
    if stage not in course.parts:
        course.parts[stage] = course.n_stages
        course.n_stages += 1
    course.part = course.parts[stage]
    course.stage = line
    course.helping.enter(line, is_new=course.part != before)


def _take_help(course: Course, line: HelpLine) -> None:
    course.helping.switch(line)


def _take_mute(course: Course, line: MuteLine) -> None:
    course.helping.is_muted = line.is_muted


def _speed_changed(course: Course, line: SpeedLine) -> None:
    course.is_off_speed = line.is_off


def _take_pause(course: Course, _: PauseLine) -> None:
    course.is_paused = True
    course.stands_or_walks()


def _take_resume(course: Course, _: ResumeLine) -> None:
    course.is_paused = False
    if course.is_running:
        course.runs()


def _went_on(course: Course, _: GapLine) -> None:
    """After a break nothing is known that a sensor told before it; a pause it broke off in is over."""
    course.is_ended = course.is_paused = course.is_running = False
    course.feet = ""
    course.dynamics = None
    course.reading, course.estimate, course.speed, course.heart = (LatestValue() for _ in range(4))
    course.stands_or_walks()


def _take_end(course: Course, _: EndLine) -> None:
    course.is_ended = True


Act = Callable[[Course, Any], None]

_UPDATES: Mapping[type[Line], Act] = {
    ReadingLine: _read,
    EstimateLine: _take_estimate,
    FeetLine: _feet_changed,
    DynamicsLine: _take_dynamics,
    StageLine: _take_entry,
    HelpLine: _take_help,
    MuteLine: _take_mute,
    SpeedLine: _speed_changed,
    PauseLine: _take_pause,
    ResumeLine: _take_resume,
    EndLine: _take_end,
    GapLine: _went_on,
}


class Follower(Protocol):
    """Goes along with a session.

    Attributes:
        counts_up_to: the kinds of lines up to which it counts time; None is all
    """

    counts_up_to: ClassVar[frozenset[type[Line]] | None]

    def count(self, course: Course, line: Line) -> None:
        """Count the time up to a line. `course.now_s` is the line's time already, all else as it was until then."""

    def takes(self) -> Mapping[type[Line], Act]:
        """What it does with a line of a kind, after that is in force."""


class Fold:
    """Takes the lines of a session in order, and has its followers go along."""

    def __init__(self, *followers: Follower) -> None:
        """Begin with no line."""
        self.course = Course()
        self._followers = followers
        self._acts: dict[type[Line], tuple[Act, ...]] = {}

    def add(self, line: Line) -> None:
        """Take the next line. What comes after the end does not count, unless the session goes on."""
        course, time_s = self.course, line.t
        if course.is_ended and type(line) is not GapLine:
            return
        if course.start_s is None:
            course.start_s = time_s
        if time_s > course.now_s:  # noqa: PLR1730  # a call of max for each of ten thousand lines
            course.now_s = time_s
        acts = self._acts.get(type(line))
        if acts is None:
            acts = self._acts[type(line)] = tuple(self._acts_at(type(line)))
        for act in acts:
            act(course, line)

    def _acts_at(self, kind: type[Line]) -> Iterator[Act]:
        """What a line of a kind leads to: time is counted up to it, it comes into force, the rest is taken from it."""
        for one in self._followers:
            if one.counts_up_to is None or kind in one.counts_up_to:
                yield one.count
        if kind in _UPDATES:
            yield _UPDATES[kind]
        yield from (one.takes()[kind] for one in self._followers if kind in one.takes())


def follow(lines: Iterable[Line], *followers: Follower) -> Course:
    """Take the lines of a session to its end; the session as it is then."""
    fold = Fold(*followers)
    for line in lines:
        fold.add(line)
    return fold.course

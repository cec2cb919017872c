"""Where readings come from in virtual time and, paced by a clock, in real time: one small face for all of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from cadencecoach.coach.actions import Action, CueReason, EnterStage, GiveCue, SetTempo
from cadencecoach.coach.events import NEVER, Key, WentOn
from cadencecoach.gait.dynamics import Dynamics
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.sources import RSC, SOURCES, Tells
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote, vote_for
from cadencecoach.plan.model import Plan, Walk
from cadencecoach.record.lines import (
    DigitLine,
    DynamicsLine,
    EndLine,
    GapLine,
    KeyLine,
    LeadLine,
    Line,
    LinkLine,
    PayloadLine,
    ReadingLine,
    SoundLine,
)
from cadencecoach.session.dynamics import dynamics_of
from cadencecoach.session.session import Session

UNITS = frozenset({"auto", *(unit.name.lower() for unit in Unit)})
SIMULATED_EVERY_S = 1.0  # pods notify at about 1 Hz
# Payloads that readings are made from again: a belt alone tells a speed.
READ_AGAIN = frozenset(one.name for one in SOURCES.values() if one.counts_steps or Tells.SPEED in one.tells)
FOOTFALLS = frozenset(one.name for one in SOURCES.values() if Tells.FOOTFALLS in one.tells)


class SensorFeed(Protocol):
    """A source of events that knows when its next one comes."""

    def next_s(self) -> float:
        """Session time of the next event; infinite when there will be none."""

    def deliver(self, session: Session) -> None:
        """Hand the next event to the session."""

    def hear(self, action: Action) -> None:
        """What the coach does; only a simulated runner listens."""

    def pass_by(self, time_s: float) -> None:
        """Let go by what comes up to a session time: a session that broke off has had it."""


class NoFeet:
    """No sensor at all."""

    def next_s(self) -> float:
        """Never."""
        return NEVER

    def deliver(self, session: Session) -> None:
        """Nothing to deliver."""

    def hear(self, action: Action) -> None:
        """Nobody listens."""

    def pass_by(self, time_s: float) -> None:
        """Nothing goes by."""


class RecordedFeet(NoFeet):
    """A recorded run, reading by reading."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        """Begin with the first reading."""
        self._readings = iter(readings)
        self._next = next(self._readings, None)

    def next_s(self) -> float:
        """The time of the next reading."""
        return NEVER if self._next is None else self._next.time_s

    def deliver(self, session: Session) -> None:
        """Hand over the next reading."""
        if self._next is not None:
            session.take_reading(self._next)
            self._next = next(self._readings, None)

    def pass_by(self, time_s: float) -> None:
        """Go on with the first reading after a time."""
        while self._next is not None and self._next.time_s <= time_s:
            self._next = next(self._readings, None)


class JournalledFeet(NoFeet):
    """A journal's sensor events and keys again: payloads where it has them, else readings."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Begin with the first line that is an event."""
        lines = without_ends_gone_on_from(lines)
        payloads = {line.source for line in lines if isinstance(line, PayloadLine)}
        named = {line.source for line in lines if isinstance(line, LinkLine | LeadLine)}
        wanted: set[type[Line]] = {KeyLine, DigitLine, EndLine, GapLine, PayloadLine, LinkLine}
        if not payloads & READ_AGAIN:
            wanted.add(ReadingLine)
        if (payloads | named) & FOOTFALLS:
            wanted.add(SoundLine)  # footfalls are met at the ear, so the card's delay has moved beats
        self._dynamics = {line.t: dynamics_of(line) for line in lines if isinstance(line, DynamicsLine)}
        self._lines: Iterator[Line] = (line for line in lines if type(line) in wanted)
        self._next = next(self._lines, None)

    def next_s(self) -> float:
        """The time of the next event."""
        return NEVER if self._next is None else float(self._next.t)

    def deliver(self, session: Session) -> None:
        """Hand over the next event."""
        if self._next is not None:
            _deliver_line(self._next, session, self._dynamics)
            self._next = next(self._lines, None)


class SimulatedFeet:
    """A simulated runner who hears the beat and the cues, and a simulated pod that speaks once a second."""

    def __init__(self, runner: Runner, plan: Plan) -> None:
        """Begin at 1 s."""
        self._runner = runner
        self._plan = plan
        self._n_spoken = 1

    def next_s(self) -> float:
        """The next whole second."""
        return self._n_spoken * SIMULATED_EVERY_S

    def deliver(self, session: Session) -> None:
        """Hand over the pod's bytes, or nothing while it is lost."""
        time_s = self.next_s()
        session.advance(time_s)
        payload = self._runner.payload_at(time_s)
        self._n_spoken += 1
        if payload is not None:
            session.take_payload(time_s, RSC.name, payload)

    def pass_by(self, time_s: float) -> None:
        """Let the runner run up to a time, unheard."""
        while self.next_s() <= time_s:
            self._runner.payload_at(self.next_s())
            self._n_spoken += 1

    def hear(self, action: Action) -> None:
        """Beat, corrections, and whether to walk."""
        match action:
            case SetTempo():
                self._runner.hear_beat(action.time_s, action.timeline)
            case GiveCue(reason=CueReason.BELOW):
                self._runner.hear_words(action.time_s, 1)
            case GiveCue(reason=CueReason.ABOVE):
                self._runner.hear_words(action.time_s, -1)
            case EnterStage(is_warm_up=True):
                self._runner.walk_or_run(action.time_s, walk=False)
            case EnterStage():
                is_walk = isinstance(self._plan.stages[action.index].target, Walk)
                self._runner.walk_or_run(action.time_s, walk=is_walk)
            case _:
                pass


def without_ends_gone_on_from(lines: Iterable[Line]) -> list[Line]:
    """The lines without an end that a gap follows, and the key that led to it: the session was not over."""
    left: list[Line] = []
    for line in lines:
        if isinstance(line, GapLine):
            while left and isinstance(left[-1], EndLine):
                del left[-1]
            _drop_stop(left, line.t)
        left.append(line)
    return left


def _drop_stop(lines: list[Line], time_s: float) -> None:
    """Take out the key that ended a session at this moment."""
    index = len(lines) - 1
    while index >= 0 and lines[index].t >= time_s:
        line = lines[index]
        if isinstance(line, KeyLine) and line.key == Key.STOP.value:
            del lines[index]
        index -= 1


def _deliver_line(line: Line, session: Session, dynamics: Mapping[float, Dynamics]) -> None:
    """Hand a line over; one that is no event of this version is let pass.

    Args:
        line: of the journal
        session: to be told
        dynamics: what was told beyond cadence with readings, by their time
    """
    time_s = float(line.t)
    match line:
        case PayloadLine():
            session.take_payload(time_s, line.source, bytes.fromhex(line.hex), line.sensor or "")
        case LinkLine():
            session.take_link(time_s, state=line.state, source=line.source, name=line.name)
        case SoundLine(latency_s=int() | float() as delay_s):
            session.take_sound(time_s, float(delay_s))
        case ReadingLine(came_s=None):  # the payloads tell those of the past again
            session.take_reading(
                Reading(
                    time_s=time_s,
                    cadence_spm=line.cadence_spm,
                    speed_mps=line.speed_mps,
                    hr_bpm=line.hr_bpm,
                    is_running=line.is_running,
                    dynamics=dynamics.get(line.t),
                )
            )
        case DigitLine():
            session.rate_pain(time_s, line.level)
        case KeyLine() if line.key in {known.value for known in Key}:
            session.press(time_s, Key(line.key))
        case GapLine():
            session.go_on(WentOn(time_s, line.gap_s, line.reason, line.boot))
        case EndLine(reason="interrupted"):
            session.interrupt(time_s)
        case _:
            pass  # the end as planned comes by itself; unknown keys belong to a later version


def votes_of_header(header: Mapping[str, Any], unit: str = "auto") -> tuple[Vote, dict[str, Vote], bool]:
    """How a session's sensors were read at its start, of all and by name; and whether its unit is a known one.

    Args:
        header: of its journal
        unit: another than it was; `auto` leaves it
    """
    was = header.get("unit", "auto")
    is_known = isinstance(was, str) and was in UNITS
    units = header.get("units")
    counted = units.items() if unit == "auto" and isinstance(units, dict) else ()
    given = header.get("units_given")
    by_user = frozenset(map(str, given)) if isinstance(given, list) else frozenset()
    votes = {name: vote_for(str(its_unit), is_given=name in by_user) for name, its_unit in counted}
    return vote_for(str(was) if unit == "auto" and is_known else unit), votes, is_known

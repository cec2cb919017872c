"""Strides or steps of a live sensor: decided by what a person can do, opened again when it turns out impossible.

A reading taken for strides and taken for steps differs by two in the step rate and in the step length. At most speeds
only one of the two is a walk or a run; three such readings decide. Where both are possible the vote waits. Where the
speed tells nothing (none, or one that fits no person) ten readings vote by their size alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cadencecoach.frozen import with_changes
from cadencecoach.gait.gaits import can_run, can_walk
from cadencecoach.gait.unit import (
    STRIDES_BELOW_RUNNING_PER_MIN,
    VOTES_FROM_PER_MIN,
    Unit,
    cadence_of,
)
from cadencecoach.units import FASTEST_WALK_MPS, MAX_CADENCE_SPM, SECONDS_PER_MINUTE

N_CLEAR = 3  # more ballots for one unit than against it
N_BY_SIZE = 10  # about ten seconds of a 1 Hz pod, where only the size of its numbers tells
N_IMPOSSIBLE = 3  # in a row: nobody makes so many steps
N_CONTRARY = 10  # in a row: a walk read doubled or a run read halved; a satellite's speed may be late for some seconds
STRIDES_BELOW_PER_MIN = 86.0  # by size alone, not known to run
SPEED_TELLS_FROM_MPS = 0.5  # slower is standing, marching on the spot, or a sensor that knows no speed
STEADY_RATIO, STEADY_MPS = 0.15, 0.15  # more of a change since the reading before is a start or a stop
STRIDES_UP_TO_PER_MIN = MAX_CADENCE_SPM / Unit.STRIDES.value
TWICE, HALF, STRIDE_LENGTH_RATIO = 2.0, 0.5, 0.15  # how far the stride length a pod sends may be off


@dataclass(frozen=True, slots=True, kw_only=True)
class CountReading:
    """One reading of a sensor that counts steps or strides.

    Attributes:
        raw_per_min: as sent
        speed_mps: None where it is not known
        is_running: the sensor's own bit; a pod that does not know leaves it 0
        stride_length_m: None where it is not sent
    """

    raw_per_min: float
    speed_mps: float | None = None
    is_running: bool | None = None
    stride_length_m: float | None = None

    @property
    def walks_or_runs_mps(self) -> float | None:
        """The speed, if it is one that tells steps from strides."""
        return None if self.speed_mps is None or self.speed_mps < SPEED_TELLS_FROM_MPS else self.speed_mps


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What a live sensor counts, as far as its readings so far tell.

    Attributes:
        unit: the decision; None while it is open
        is_given: the user said so: only a step rate nobody can have opens it again
        is_sure: readings decided that leave one unit only, in this session or an earlier one
        ballots: what clear readings were for, until it is sure
        by_size: the same of readings whose speed told nothing
        n_impossible: readings in a row above any step rate under the decision
        n_contrary: readings in a row that are clearly of the other unit
        n_told: readings of a step rate
        n_used: those that could be used under the decision
        has_walk_bit: the pod has told standing or walking by its bit; if it never does, a running bit means nothing
        before: the reading before this one
    """

    unit: Unit | None = None
    is_given: bool = False
    is_sure: bool = False
    ballots: tuple[Unit, ...] = ()
    by_size: tuple[Unit, ...] = ()
    n_impossible: int = 0
    n_contrary: int = 0
    n_told: int = 0
    n_used: int = 0
    has_walk_bit: bool = False
    before: CountReading | None = None

    @property
    def leaning(self) -> Unit:
        """The decision, or what the readings so far point to; strides, as the service says, on a tie or with none."""
        votes = (*self.ballots, *self.by_size)
        return self.unit or max(Unit, key=votes.count)

    @property
    def is_worth_remembering(self) -> bool:
        """Whether the next session may begin with the decision: it is sure, and most readings could be used."""
        return self.unit is not None and (self.is_given or self.is_sure) and 2 * self.n_used > self.n_told

    def with_reading(
        self,
        raw_per_min: float | None,
        speed_mps: float | None,
        is_running: bool | None,  # noqa: FBT001  # what the sensor said, not a mode
        stride_length_m: float | None = None,
    ) -> "Vote":
        """The vote after one more reading; unchanged by zeros and by readings without a value."""
        has_walk_bit = self.has_walk_bit or is_running is False
        if raw_per_min is None or not raw_per_min > 0:
            return self if has_walk_bit is self.has_walk_bit else with_changes(self, has_walk_bit=has_walk_bit)
        reading = CountReading(
            raw_per_min=raw_per_min, speed_mps=speed_mps, is_running=is_running, stride_length_m=stride_length_m
        )
        n_told = self.n_told + 1
        if not raw_per_min > VOTES_FROM_PER_MIN:
            is_watts = cadence_of(raw_per_min, speed_mps, Unit.STEPS) is None
            return with_changes(self, n_told=n_told, n_used=self.n_used + int(not is_watts), has_walk_bit=has_walk_bit)
        is_steady = _is_steady(self.before, reading)
        told = {"n_told": n_told, "has_walk_bit": has_walk_bit, "before": reading}
        clear = _clear(reading, has_walk_bit=has_walk_bit) if is_steady else None
        if self.unit is None:
            return _open_with(with_changes(self, **told), reading, clear, self.before)
        return _weigh_decided(self, reading, clear, self.unit, told)

    def take_unit(self, unit: Unit) -> "Vote":
        """The vote after the user has said what the sensor counts."""
        return with_changes(_decide(self, unit), is_given=True)


def _open_with(vote: Vote, reading: CountReading, clear: Unit | None, before: CountReading | None) -> Vote:
    """The vote after a reading while it is open; `clear` is the unit it is for, if it tells."""
    if clear:
        ballots = (*vote.ballots, clear)
        n_ahead = 2 * ballots.count(clear) - len(ballots)
        after = with_changes(vote, ballots=ballots)
        return with_changes(_decide(after, clear), is_sure=True) if n_ahead >= N_CLEAR else after
    if not _tells_by_size_alone(reading):
        return vote
    after = with_changes(vote, by_size=(*vote.by_size, _by_size(reading)))
    if len(after.by_size) < N_BY_SIZE or after.ballots:
        return after
    before_per_min = 0.0 if before is None else before.raw_per_min
    is_sure = after.leaning is Unit.STEPS and min(reading.raw_per_min, before_per_min) > STRIDES_UP_TO_PER_MIN
    return with_changes(_decide(after, after.leaning), is_sure=is_sure)


def _weigh_decided(
    vote: Vote, reading: CountReading, clear: Unit | None, unit: Unit, told: Mapping[str, object]
) -> Vote:
    """The vote after a reading under a decision, which it may overturn.

    Args:
        vote: before the reading
        reading: the newest
        clear: the unit it is for, if it tells
        unit: decided
        told: what of the vote changes whatever the reading is for
    """
    cadence_spm = reading.raw_per_min * unit.value
    if cadence_spm > MAX_CADENCE_SPM:
        if unit is not Unit.STRIDES or reading.raw_per_min > MAX_CADENCE_SPM:
            return with_changes(vote, **told)
        n_impossible = vote.n_impossible + 1
        after = with_changes(vote, **told, n_impossible=n_impossible)
        return _overturn(with_changes(vote, **told), n_impossible) if n_impossible >= N_IMPOSSIBLE else after
    n_used = vote.n_used + 1
    if clear is unit:
        ballots = vote.ballots if vote.is_sure else (*vote.ballots, unit)
        is_sure = vote.is_sure or len(ballots) >= N_CLEAR
        return with_changes(vote, **told, n_impossible=0, n_contrary=0, n_used=n_used, ballots=ballots, is_sure=is_sure)
    if clear is None or vote.is_given:
        return with_changes(vote, **told, n_impossible=0, n_used=n_used)
    n_contrary = vote.n_contrary + 1
    n_needed = N_CONTRARY if vote.is_sure else N_CLEAR
    if n_contrary >= n_needed:
        return _overturn(with_changes(vote, **told), n_contrary)
    return with_changes(vote, **told, n_impossible=0, n_contrary=n_contrary)


def _overturn(vote: Vote, n_used: int) -> Vote:
    """Decided the other way by the newest readings, which are the only ones that could be used."""
    unit = Unit.STRIDES if vote.unit is None else vote.unit.next
    return with_changes(_decide(vote, unit), is_sure=True, n_used=n_used)


def _decide(vote: Vote, unit: Unit) -> Vote:
    """Decided by the readings so far."""
    n_against = sum(ballot is not unit for ballot in vote.ballots)
    n_used = vote.n_told - n_against if vote.unit is None else vote.n_used
    return Vote(unit=unit, n_told=vote.n_told, n_used=n_used, has_walk_bit=vote.has_walk_bit, before=vote.before)


def _is_steady(before: CountReading | None, reading: CountReading) -> bool:
    """Whether the reading says about what the one before said; the first one does."""
    if before is None:
        return True
    is_steady = abs(reading.raw_per_min - before.raw_per_min) <= STEADY_RATIO * before.raw_per_min
    if reading.speed_mps is None or before.speed_mps is None:
        return is_steady
    most_mps = max(STEADY_MPS, STEADY_RATIO * before.speed_mps)
    return is_steady and abs(reading.speed_mps - before.speed_mps) <= most_mps


def _clear(reading: CountReading, *, has_walk_bit: bool) -> Unit | None:
    """The unit a reading must be of, by step rate, step length, the running bit and the stride length sent."""
    says_running = has_walk_bit and bool(reading.is_running)
    speed_mps, raw = reading.walks_or_runs_mps, reading.raw_per_min
    if speed_mps is None or raw > MAX_CADENCE_SPM:
        return None
    as_strides, as_steps = raw * Unit.STRIDES.value, raw
    strides = can_walk(as_strides, speed_mps) or can_run(as_strides, speed_mps)
    steps = can_walk(as_steps, speed_mps) or can_run(as_steps, speed_mps)
    if strides is not steps:
        is_doubtful = steps and says_running and not can_run(as_steps, speed_mps) and _is_run_doubled(raw)
        return None if is_doubtful else (Unit.STRIDES if strides else Unit.STEPS)
    if not strides:
        return None
    if says_running:  # as steps it could only be a walk
        return Unit.STRIDES
    return _by_stride_length(reading, speed_mps)


def _is_run_doubled(raw_per_min: float) -> bool:
    """Whether as strides it would be the step rate of a run, by which a sensor that says "running" may be right."""
    return STRIDES_BELOW_RUNNING_PER_MIN <= raw_per_min * Unit.STRIDES.value <= MAX_CADENCE_SPM


def _by_stride_length(reading: CountReading, speed_mps: float) -> Unit | None:
    """What a pod counts that sends strides' length beside steps' rate, or the other way round."""
    if not reading.stride_length_m:
        return None
    ratio = reading.stride_length_m * reading.raw_per_min / SECONDS_PER_MINUTE / speed_mps
    if abs(ratio / TWICE - 1.0) <= STRIDE_LENGTH_RATIO:
        return Unit.STEPS
    return Unit.STRIDES if abs(ratio / HALF - 1.0) <= STRIDE_LENGTH_RATIO else None


def _tells_by_size_alone(reading: CountReading) -> bool:
    """Whether the speed is none, or one that fits no person whatever is counted."""
    speed_mps = reading.walks_or_runs_mps
    if speed_mps is None:
        return True
    read = [reading.raw_per_min * unit.value for unit in (Unit.STRIDES, Unit.STEPS)]
    return not any(can_walk(spm, speed_mps) or can_run(spm, speed_mps) for spm in read)


def _by_size(reading: CountReading) -> Unit:
    """What a reading would be by its size; a walking bit is not asked, as pods that do not know leave it 0."""
    if reading.raw_per_min > MAX_CADENCE_SPM:
        return Unit.DOUBLED
    surely_running = reading.is_running or (reading.speed_mps is not None and reading.speed_mps >= FASTEST_WALK_MPS)
    limit = STRIDES_BELOW_RUNNING_PER_MIN if surely_running else STRIDES_BELOW_PER_MIN
    return Unit.STRIDES if reading.raw_per_min < limit else Unit.STEPS


def vote_for(unit: str, *, is_given: bool = True) -> Vote:
    """An open vote, or one that is decided before the first reading.

    Args:
        unit: a unit's name, or another word for an open vote
        is_given: the user said so, now or in an earlier session; else earlier readings did
    """
    known = Unit.__members__.get(unit.upper())
    return Vote() if known is None else Vote(unit=known, is_given=is_given, is_sure=True)

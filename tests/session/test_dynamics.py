from dataclasses import replace
from itertools import pairwise

import pytest
from coach_rig import STAGE, plan_of
from each_row import each_row
from simulated_bodies import RUN, moving, step_times
from strap_frames import frames

from cadencecoach.coach.events import Key
from cadencecoach.gait.dynamics import POD, Dynamics, Measured, with_error
from cadencecoach.gait.reading import Estimate, Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.steps import Placement
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.record.lines import DynamicsLine, Line
from cadencecoach.session.dynamics import DynamicsTold, dynamics_of
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.session import Session

PLAN = plan_of(replace(STAGE, duration_s=600.0))
TOLD = Dynamics(oscillation_mm=Measured(90.0, 13.5), placement="chest", told_by="signal")


def a_session(lines: list[Line]) -> Session:
    """One that has not begun."""
    vote = Vote(unit=Unit.STRIDES)
    return Session(PLAN, baseline_spm=160.0, vote=vote, perform=lambda _: None, write=lines.append)


def pod(session: Session, from_s: int, to_s: int, raw_per_min: int = 84, speed_mps: float = 3.0) -> None:
    """A pod's bytes each second."""
    for second in range(from_s, to_s):
        payload = encode_rsc(RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=raw_per_min > 70))
        session.take_payload(float(second), "rsc", payload, "Pod")


def told(lines: list[Line]) -> list[DynamicsLine]:
    """The lines of dynamics."""
    return [line for line in lines if isinstance(line, DynamicsLine)]


def test_a_pod_tells_a_stride_every_five_seconds_of_running() -> None:
    """Speed over cadence, fifteen seconds after the first step, with its error, the speed and the pod's name."""
    lines: list[Line] = []
    pod(a_session(lines), 1, 40)
    found = told(lines)
    assert [line.t for line in found] == [16.0, 21.0, 26.0, 31.0, 36.0]
    assert found[-1] == DynamicsLine(
        36.0,
        *(None, None, None, None),
        stride_m=pytest.approx(2 * 3.0 * 60 / 168),  # type: ignore[arg-type]
        stride_error_m=pytest.approx(0.05 * 2 * 3.0 * 60 / 168),  # type: ignore[arg-type]
        speed_mps=3.0,
        stride_by="speed",
        sensor="Pod",
    )


@each_row(("raw_per_min", "speed_mps"), [(55, 1.4), (0, 0.0)])
def test_nothing_is_told_of_a_walk_or_a_stop_nor_of_the_seconds_after_it(raw_per_min: int, speed_mps: float) -> None:
    """Unknown is not zero: there is no line at all."""
    lines: list[Line] = []
    session = a_session(lines)
    pod(session, 1, 30)
    n_before = len(told(lines))
    pod(session, 30, 60, raw_per_min, speed_mps)
    stopped = [line.t for line in told(lines)[n_before:]]
    pod(session, 60, 90)
    again = [line.t for line in told(lines)[n_before + len(stopped) :]]
    assert all(time_s < 36.0 for time_s in stopped)  # as long as it takes to see that it is a walk
    assert again[0] >= 75.0


def test_nothing_is_told_after_a_gap_until_it_has_run_again() -> None:
    """A sensor that was silent may have missed a walk."""
    lines: list[Line] = []
    session = a_session(lines)
    pod(session, 1, 30)
    pod(session, 45, 75)
    assert [line.t for line in told(lines)] == [16.0, 21.0, 26.0, 61.0, 66.0, 71.0]


def test_a_pod_without_a_speed_tells_nothing() -> None:
    """A speed of zero beside steps is none."""
    lines: list[Line] = []
    pod(a_session(lines), 1, 60, speed_mps=0.0)
    assert told(lines) == []


@pytest.mark.slow
@pytest.mark.parametrize(("place", "has_oscillation"), [(Placement.CHEST, True), (Placement.WRIST, False)])
def test_a_strap_at_the_trunk_tells_oscillation_and_a_wrist_nothing(place: Placement, *, has_oscillation: bool) -> None:
    """From the bytes of a strap to the journal; where it sits, its signal tells."""
    lines: list[Line] = []
    session = a_session(lines)
    steps_s = step_times([(40.0, 168.0)], jitter=RUN.jitter, seed=3)
    for time_s, payload in frames(moving(place, steps_s, RUN, rate_hz=100.0, seed=3)):
        session.take_payload(time_s, "accel", payload, "Strap")
    found = told(lines)
    assert bool(found) is has_oscillation
    if found:
        gaps_s = [later.t - earlier.t for earlier, later in pairwise(found)]
        assert min(gaps_s) >= 4.9
        assert max(gaps_s) <= 6.1
        assert all(line.oscillation_mm is not None and 60 < line.oscillation_mm < 100 for line in found)
        assert {(line.placement, line.told_by, line.sensor) for line in found} == {("hip or chest", "signal", "Strap")}
        assert {line.contact_ms for line in found} == {line.stride_m for line in found} == {None}


def told_at(time_s: float, reading: Reading, speed_mps: float | None = None) -> DynamicsLine | None:
    """The line of a runner who runs since 0 s."""
    asked = DynamicsTold()
    asked.note_feet(0.0, is_running=True)
    estimate = Estimate(time_s=time_s, cadence_spm=170.0, age_s=0.0, quality=1.0, n_readings=5)
    return asked.line_of(replace(reading, time_s=time_s), estimate, speed_mps)


def test_what_is_seen_over_seconds_needs_seconds_of_running() -> None:
    """At 4.9 s of running not yet, at 5 s."""
    reading = Reading(time_s=0.0, cadence_spm=170.0, dynamics=TOLD)
    assert told_at(4.9, reading) is None
    line = told_at(5.0, reading)
    assert line is not None
    assert (line.oscillation_mm, line.oscillation_error_mm, line.speed_mps) == (90.0, 13.5, None)


def test_a_belts_speed_tells_a_stride_of_its_own_error() -> None:
    """The speed came from beside the sensor of steps."""
    line = told_at(15.0, Reading(time_s=0.0, cadence_spm=170.0), 3.0)
    assert line is not None
    assert (line.stride_by, line.placement, line.told_by) == ("belt", None, None)
    assert line.stride_error_m == pytest.approx(0.03 * 360 / 170)
    assert told_at(14.9, Reading(time_s=0.0, cadence_spm=170.0), 3.0) is None


def test_a_device_that_tells_a_stride_goes_before_speed_over_cadence() -> None:
    """It may know better."""
    stride = Dynamics(stride_m=with_error("stride_m", 2.3, POD), stride_by=POD)
    line = told_at(20.0, Reading(time_s=0.0, cadence_spm=170.0, speed_mps=3.0, dynamics=stride), 3.0)
    assert line is not None
    assert (line.stride_m, line.stride_by, line.speed_mps) == (2.3, "pod", 3.0)


def test_a_journal_of_readings_tells_the_same_again() -> None:
    """Played without payloads, what a recording told beyond cadence is not lost."""
    lines: list[Line] = []
    session = a_session(lines)
    for second in range(60):
        session.take_reading(Reading(time_s=float(second), cadence_spm=168.0, speed_mps=3.0, dynamics=TOLD))
    session.press(60.0, Key.STOP)
    again: list[Line] = []
    feet, played = JournalledFeet(lines), a_session(again)
    while feet.next_s() < float("inf"):
        feet.deliver(played)
    assert told(again) == told(lines)
    assert dynamics_of(told(lines)[0]).oscillation_mm == TOLD.oscillation_mm
    assert len(told(lines)) > 10

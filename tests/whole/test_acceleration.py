"""A session whose feet are heard through acceleration: the strap's bytes in, the coach's decisions out."""

from dataclasses import replace
from statistics import mean
from typing import Any

import numpy as np
import pytest
from coach_rig import STAGE, plan_of
from hand_lines import records
from simulated_bodies import RUN, Motion, moving, step_times
from strap_frames import frames

from cadencecoach.gait.acceleration import AccelerationSource
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.steps import Placement
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Between, Stage
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.session import Session

Line = dict[str, Any]
ANSWER = bytes.fromhex("f002020000")
BELT_AT_3_MPS = bytes.fromhex("0000 3804")


def run_at(cadence_spm: float, seconds: float = 20.0, rate_hz: float = 100.0) -> Motion:
    """Somebody who stands for a second and then runs, with a strap around the chest."""
    steps_s = step_times([(seconds, cadence_spm)], jitter=RUN.jitter, seed=3)
    return moving(Placement.CHEST, steps_s, RUN, rate_hz=rate_hz, seed=3)


def session_with(lines: list[Line], stage: Stage = STAGE) -> Session:
    """A session of one long stage that writes into a list."""
    return Session(
        plan_of(stage),
        baseline_spm=160.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=lambda _: None,
        write=lambda line: lines.append(json_of_line(line)),
    )


def test_a_strap_feeds_the_coach_as_a_pod_does() -> None:
    """From the bytes alone: a live runner, an estimate close to the truth, and where the strap sits."""
    lines: list[Line] = []
    session = session_with(lines)
    session.take_payload(0.0, "accel", ANSWER, "strap")
    for time_s, payload in frames(run_at(168.0)):
        session.take_payload(time_s, "accel", payload, "strap")
    estimate = session.tracker.estimate_at(session.now_s)
    assert session.tracker.feet is Feet.LIVE
    assert estimate is not None
    assert abs(estimate.cadence_spm - 168.0) <= 3.0
    assert session.leader == "strap"
    assert session.placement == "hip or chest"
    assert [line["placement"] for line in lines if line["what"] == "placement"] == ["hip or chest"]
    assert session.n_bad_payloads == 0


@pytest.mark.slow
def test_a_pod_goes_before_a_strap() -> None:
    """Both speak: once the pod has been heard for a while, its readings are the ones that count."""
    session = session_with([])
    pod = encode_rsc(RscMeasurement(speed_mps=3.0, raw_per_min=90, is_running=True))
    for time_s, payload in frames(run_at(168.0)):
        session.take_payload(time_s, "accel", payload, "strap")
        if int(time_s) != int(time_s - 0.36):
            session.take_payload(time_s, "rsc", pod, "pod")
    assert session.leader == "pod"


@pytest.mark.slow
def test_broken_frames_are_counted_and_survived() -> None:
    """Garbage between good frames is a bad payload each, and the runner is still seen."""
    session = session_with([])
    for time_s, payload in frames(run_at(168.0)):
        session.take_payload(time_s, "accel", payload, "strap")
        session.take_payload(time_s, "accel", payload[:50], "strap")
    assert session.n_bad_payloads > 40
    assert session.tracker.feet is Feet.LIVE


@pytest.mark.slow
def test_the_journal_of_a_strap_plays_to_the_same_lines() -> None:
    """Payloads of acceleration played again give the same readings, states and placement."""
    first: list[Line] = []
    session = session_with(first)
    for time_s, payload in frames(run_at(176.0, 12.0)):
        session.take_payload(time_s, "accel", payload, "strap")
    again: list[Line] = []
    feet, replayed = JournalledFeet(records(first)), session_with(again)
    while feet.next_s() < 1e6:
        feet.deliver(replayed)
    assert any(line["what"] == "reading" for line in first)
    assert again == first


@pytest.mark.slow
def test_a_belt_s_speed_joins_the_strap_s_steps() -> None:
    """A treadmill says how fast, the strap how often."""
    session = session_with([])
    for time_s, payload in frames(run_at(168.0, 10.0)):
        session.take_payload(time_s, "treadmill", BELT_AT_3_MPS, "belt")
        session.take_payload(time_s, "accel", payload, "strap")
    assert session.speed_mps == 3.0
    assert session.tracker.feet is Feet.LIVE


@pytest.mark.slow
def test_a_source_reads_about_once_a_second() -> None:
    """Frames come 2.8 times a second at 100 Hz; a pod would be outvoted by that many readings."""
    source = AccelerationSource()
    readings = [source.take(time_s, payload) for time_s, payload in frames(run_at(168.0))]
    times_s = [reading.time_s for reading in readings if reading is not None]
    assert min(np.diff(times_s)) >= 0.9
    assert max(np.diff(times_s)) <= 1.5


@pytest.mark.slow
def test_lost_and_repeated_frames_do_no_harm() -> None:
    """Every fifth frame is missing and every third comes twice: the cadence is still right."""
    source = AccelerationSource(Placement.CHEST)
    readings = []
    for index, (time_s, payload) in enumerate(frames(run_at(168.0))):
        for _ in range(0 if index % 5 == 4 else 1 + (index % 3 == 0)):
            readings.append(source.take(time_s, payload))  # noqa: PERF401  # read as it happens
    running = [reading.cadence_spm for reading in readings if reading is not None and 5.0 < reading.time_s < 21.0]
    assert len(running) >= 10
    assert all(cadence is not None and abs(cadence - 168.0) <= 6.0 for cadence in running)
    assert source.placement is Placement.CHEST


@pytest.mark.slow
def test_a_sensor_that_was_restarted_is_heard_again() -> None:
    """Its clock begins anew in mid-run: the cadence comes back without a word."""
    source = AccelerationSource()
    readings = []
    for boot_ns, from_s in ((5 * 10**17, 0.0), (10**9, 25.0)):
        for time_s, payload in frames(run_at(168.0), boot_ns=boot_ns):
            readings.append(source.take(from_s + time_s, payload))
    late = [r.cadence_spm for r in readings if r is not None and r.time_s > 35.0 and r.time_s < 45.0]
    assert late
    assert all(cadence is not None and abs(cadence - 168.0) <= 6.0 for cadence in late)


@pytest.mark.slow
def test_what_else_a_strap_says() -> None:
    """A chest rises and falls, a foot is down for a while; each place has its own number and not the other's."""
    chest, foot = AccelerationSource(Placement.CHEST), AccelerationSource(Placement.FOOT)
    steps_s = step_times([(12.0, 165.0)], jitter=0.01, seed=3)
    for source in (chest, foot):
        assert source.placement is not None
        motion = moving(source.placement, steps_s, RUN, rate_hz=100.0, seed=3)
        for time_s, payload in frames(motion):
            if time_s < 12.0:
                source.take(time_s, payload)
    of_chest, of_foot = chest.dynamics, foot.dynamics
    assert of_chest is not None
    assert of_foot is not None
    assert of_chest.oscillation_mm is not None
    assert abs(of_chest.oscillation_mm.value - 79) <= of_chest.oscillation_mm.error
    assert of_foot.contact_ms is not None
    assert abs(of_foot.contact_ms.value - 0.7 * 60_000 / 165) <= of_foot.contact_ms.error
    assert (of_chest.contact_ms, of_foot.oscillation_mm) == (None, None)


@pytest.mark.slow
def test_what_a_strap_may_be_off_by_is_not_corrected_and_the_same_from_a_pod_is() -> None:
    """A band from 165 to 175, and a minute at 164."""
    stage = replace(STAGE, target=Between(165.0, 175.0))
    pod = encode_rsc(RscMeasurement(speed_mps=3.0, raw_per_min=82, is_running=True))
    by_strap, by_pod = list[Line](), list[Line]()
    session = session_with(by_strap, stage)
    for time_s, payload in frames(run_at(164.0, seconds=60.0)):
        session.take_payload(time_s, "accel", payload, "strap")
    session = session_with(by_pod, stage)
    for second in range(1, 60):
        session.take_payload(float(second), "rsc", pod, "pod")
    said = [[line["reason"] for line in lines if line["what"] == "cue"] for lines in (by_strap, by_pod)]
    estimates = [line["cadence_spm"] for line in by_strap if line["what"] == "estimate" and line["t"] > 10.0]
    assert abs(mean(estimates) - 164.0) < 0.5
    assert ("below" in said[0], "below" in said[1]) == (False, True)

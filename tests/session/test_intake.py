from dataclasses import replace

import pytest
from each_row import each_row

from cadencecoach.errors import PayloadError
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.session.intake import BELT_SPEAKS_FOR_S, Intake

STRIDES, STEPS = Vote(unit=Unit.STRIDES), Vote(unit=Unit.STEPS)
BELT_AT_3_MPS = bytes.fromhex("0000 3804")  # flags 0: speed alone, 10.80 km/h
NO_SPEED = bytes.fromhex("0100")


def rsc(raw_per_min: int, speed_mps: float = 2.5) -> bytes:
    """A running pod's message."""
    return encode_rsc(RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=True))


def test_each_sensor_has_its_own_unit() -> None:
    """One sends strides, the other steps: both are read as the same cadence."""
    intake = Intake(vote=Vote(), votes={"a": STRIDES, "b": STEPS})
    _, from_a = intake.after(1.0, "rsc", "a", rsc(85))
    _, from_b = intake.after(1.0, "rsc", "b", rsc(170))
    assert from_a is not None
    assert from_b is not None
    assert from_a.cadence_spm == from_b.cadence_spm == 170.0


def test_only_the_leader_is_listened_to() -> None:
    """The other's messages make no readings."""
    intake, first = Intake(vote=STRIDES).after(1.0, "rsc", "a", rsc(85))
    _, second = intake.after(1.1, "rsc", "b", rsc(80))
    assert first is not None
    assert second is None


def test_a_sensor_that_says_no_steps_does_not_lead() -> None:
    """A pod in a bag sends zeros; the one on the shoe leads as soon as it speaks."""
    intake, zero = Intake(vote=STRIDES).after(1.0, "rsc", "bag", rsc(0))
    intake, _ = intake.after(1.5, "rsc", "shoe", rsc(85))
    assert zero is not None
    assert intake.lead.leader == "shoe"


def test_the_leader_is_flipped_and_nobody_else() -> None:
    """The key means the sensor that is listened to."""
    intake = Intake(vote=Vote(), votes={"a": STRIDES, "b": STRIDES})
    intake, _ = intake.after(1.0, "rsc", "b", rsc(85))
    with_unit_flipped = intake.with_unit_flipped()
    assert (with_unit_flipped.vote_of("a").unit, with_unit_flipped.vote_of("b").unit) == (Unit.STRIDES, Unit.STEPS)
    assert with_unit_flipped.unit is Unit.STEPS


def test_nothing_is_flipped_before_the_vote() -> None:
    """The very same intake comes back."""
    intake = Intake(vote=Vote())
    assert intake.with_unit_flipped() is intake


def test_a_treadmill_tells_the_speed_and_no_steps() -> None:
    """Its reading has a speed and no cadence, missing and not zero."""
    _, reading = Intake(vote=STRIDES).after(2.0, "treadmill", "belt", BELT_AT_3_MPS)
    assert reading == Reading(time_s=2.0, cadence_spm=None, speed_mps=3.0)


def test_a_record_without_speed_is_no_reading() -> None:
    """The second part of a treadmill's record."""
    intake, reading = Intake(vote=STRIDES).after(2.0, "treadmill", "belt", NO_SPEED)
    assert reading is None
    assert "belt" in intake.treadmills


@each_row(("age_s", "speed_mps"), [(0.5, None), (BELT_SPEAKS_FOR_S, 2.5)])
def test_the_belt_knows_its_speed_better_than_a_pod(age_s: float, speed_mps: float | None) -> None:
    """While the belt speaks, a pod's guess is left out; afterwards it counts again."""
    intake, _ = Intake(vote=STRIDES).after(10.0, "treadmill", "belt", BELT_AT_3_MPS)
    _, reading = intake.after(10.0 + age_s, "rsc", "pod", rsc(85, 2.5))
    assert reading is not None
    assert reading.speed_mps == speed_mps


def test_a_treadmills_own_steps_yield_to_a_pod() -> None:
    """The belt was first; a pod that has been steady for a while leads."""
    intake, _ = Intake(vote=STRIDES).after(0.0, "treadmill", "belt", BELT_AT_3_MPS)
    for second in range(10):
        intake, _ = intake.after(second + 0.1, "rsc", "belt", rsc(80))
        intake, _ = intake.after(second + 0.2, "rsc", "pod", rsc(85))
    assert intake.lead.leader == "pod"


def test_heart_rate_stays_with_whoever_sent_it() -> None:
    """A strap's value is kept, and a reading that knows none leaves it alone."""
    intake, _ = Intake(vote=STRIDES).after(1.0, "hr", "strap", b"\x00\x8c")
    assert intake.hr_bpm == 140
    assert intake.beside(Reading(time_s=2.0, cadence_spm=170.0, speed_mps=3.0)).hr_bpm == 140


@each_row("source", ["rsc", "hr", "treadmill"])
def test_bytes_that_mean_nothing_are_an_error(source: str) -> None:
    """And leave the intake as it was."""
    with pytest.raises(PayloadError):
        Intake(vote=STRIDES).after(1.0, source, "a", b"\xff")


def test_sources_of_a_later_version_are_let_through() -> None:
    """No reading, no error."""
    intake = Intake(vote=STRIDES)
    assert intake.after(1.0, "radar", "a", b"\x01") == (replace(intake), None)

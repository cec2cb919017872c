from cadencecoach.app.intake import BELT_SPEAKS_FOR_S
from cadencecoach.app.sensors import Brought, Sensors
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import N_VOTES, Unit, Vote

BELT_AT_3_MPS = bytes.fromhex("0000 3804")
STRIDES = Vote(unit=Unit.STRIDES)


def from_pod(sensors: Sensors, second: int, name: str = "") -> Brought:
    """What a running pod's bytes bring: 82 strides a minute."""
    payload = encode_rsc(RscMeasurement(speed_mps=2.5, raw_per_min=82, is_running=True))
    return sensors.take(float(second), source="rsc", sensor=name, payload=payload)


def kinds(brought: Brought) -> list[object]:
    """What the lines are about."""
    return [line["what"] for line in brought.lines]


def test_bytes_bring_their_own_line_first_then_what_is_news_then_a_reading() -> None:
    """How the sensor is read and that it leads stand behind the bytes that showed it, once."""
    sensors = Sensors(vote=STRIDES, votes={})
    first, second = from_pod(sensors, 1, "pod"), from_pod(sensors, 2, "pod")
    assert kinds(first) == ["payload", "unit", "lead"]
    assert kinds(second) == ["payload"]
    assert first.reading is not None
    assert first.reading.cadence_spm == 164.0
    assert (sensors.leader, sensors.units) == ("pod", {"pod": Unit.STRIDES})


def test_bad_bytes_bring_nothing_but_their_line() -> None:
    """They are counted."""
    sensors = Sensors(vote=STRIDES, votes={})
    assert kinds(brought := sensors.take(1.0, source="rsc", sensor="", payload=b"")) == ["payload"]
    assert (brought.reading, brought.footfalls_s, sensors.n_bad_payloads) == (None, (), 1)


def test_a_source_nobody_knows_is_kept_and_not_read() -> None:
    """A later version may read it from the journal."""
    sensors = Sensors(vote=STRIDES, votes={})
    brought = sensors.take(1.0, source="radar", sensor="", payload=b"\x01\x02")
    assert brought == Brought(lines=({"t": 1.0, "what": "payload", "source": "radar", "hex": "0102"},))
    assert sensors.n_bad_payloads == 0


def test_the_unit_is_voted_on_and_told_once() -> None:
    """Until ten readings have voted nothing is read; a pod of 82 a minute at running speed counts strides."""
    sensors = Sensors(vote=Vote(), votes={})
    before = [from_pod(sensors, second) for second in range(1, N_VOTES)]
    assert sensors.unit is None
    assert {brought.reading for brought in before} == {None}
    after = [from_pod(sensors, second) for second in range(N_VOTES, 16)]
    lines = [line for brought in (*before, *after) for line in brought.lines if line["what"] == "unit"]
    assert lines == [{"t": float(N_VOTES), "what": "unit", "unit": "strides"}]
    assert {brought.reading.cadence_spm for brought in after if brought.reading} == {164.0}


def test_the_unit_is_flipped_where_one_is_decided() -> None:
    """The line says the new one; before the vote there is nothing to flip and nothing to say."""
    sensors = Sensors(vote=Vote(), votes={"pod": STRIDES})
    assert sensors.flip_unit(0.5) == ()
    from_pod(sensors, 1, "pod")
    assert [line["unit"] for line in sensors.flip_unit(2.0)] == ["steps"]
    assert sensors.unit is Unit.STEPS


def test_a_reading_without_speed_goes_with_that_of_a_belt_that_still_speaks() -> None:
    """A file's or a strap's steps beside a treadmill's speed, until the treadmill has been silent for a while."""
    sensors = Sensors(vote=STRIDES, votes={})
    belt = sensors.take(10.0, source="treadmill", sensor="belt", payload=BELT_AT_3_MPS).reading
    assert belt is not None
    assert sensors.heard(belt) == 3.0
    assert sensors.heard(Reading(time_s=12.0, cadence_spm=164.0)) == 3.0
    assert sensors.heard(Reading(time_s=13.0, cadence_spm=164.0, speed_mps=2.5)) == 2.5
    assert sensors.heard(Reading(time_s=13.0 + BELT_SPEAKS_FOR_S, cadence_spm=164.0)) is None
    assert sensors.speed_mps == 2.5

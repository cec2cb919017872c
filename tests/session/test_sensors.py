from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import N_CLEAR, Vote
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import PayloadLine, UnitLine
from cadencecoach.session.intake import BELT_SPEAKS_FOR_S
from cadencecoach.session.sensors import SensorNews, Sensors

BELT_AT_3_MPS = bytes.fromhex("0000 3804")
STRIDES = Vote(unit=Unit.STRIDES)
FRESH_S = 3.0


def from_pod(sensors: Sensors, second: int, name: str = "") -> SensorNews:
    """What a running pod's bytes bring: 82 strides a minute."""
    payload = encode_rsc(RscMeasurement(speed_mps=2.5, raw_per_min=82, is_running=True))
    return sensors.take(float(second), source="rsc", sensor=name, payload=payload)


def kinds(news: SensorNews) -> list[object]:
    """What the lines are about."""
    return [json_of_line(line)["what"] for line in news.lines]


def test_bytes_bring_their_own_line_first_then_what_is_news_then_a_reading() -> None:
    """How the sensor is read and that it leads stand behind the bytes that showed it, once."""
    sensors = Sensors(vote=STRIDES, votes={})
    first, second = from_pod(sensors, 1, "pod"), from_pod(sensors, 2, "pod")
    assert kinds(first) == ["payload", "unit", "lead"]
    assert kinds(second) == ["payload"]
    assert first.reading is not None
    assert first.reading.cadence_spm == 164.0
    assert (sensors.leader, sensors.votes["pod"].unit) == ("pod", Unit.STRIDES)


def test_bad_bytes_bring_nothing_but_their_line() -> None:
    """They are counted."""
    sensors = Sensors(vote=STRIDES, votes={})
    assert kinds(news := sensors.take(1.0, source="rsc", sensor="", payload=b"")) == ["payload"]
    assert (news.reading, news.footfalls_s, sensors.n_bad_payloads) == (None, (), 1)


def test_a_source_nobody_knows_is_kept_and_not_read() -> None:
    """A later version may read it from the journal."""
    sensors = Sensors(vote=STRIDES, votes={})
    news = sensors.take(1.0, source="radar", sensor="", payload=b"\x01\x02")
    assert news == SensorNews(lines=(PayloadLine(1.0, "radar", "0102"),))
    assert sensors.n_bad_payloads == 0


def test_the_unit_is_voted_on_and_told_once() -> None:
    """Until three readings have voted only the speed is read; a pod of 82 a minute at running speed counts strides."""
    sensors = Sensors(vote=Vote(), votes={})
    before = [from_pod(sensors, second).reading for second in range(1, N_CLEAR)]
    assert sensors.unit is None
    assert [(one.cadence_spm, one.speed_mps, one.is_unread) for one in before if one] == [(None, 2.5, True)] * 2
    after = [from_pod(sensors, second) for second in range(N_CLEAR, 16)]
    lines = [line for news in after for line in news.lines if isinstance(line, UnitLine)]
    assert lines == [UnitLine(float(N_CLEAR), "strides")]
    assert {news.reading.cadence_spm for news in after if news.reading} == {164.0}


def test_what_waited_for_the_unit_is_brought_with_the_decision() -> None:
    """The readings before it, at the times they came, and once."""
    sensors = Sensors(vote=Vote(), votes={})
    news = [from_pod(sensors, second) for second in range(1, 6)]
    assert [[(one.time_s, one.cadence_spm) for one in each.kept] for each in news] == [
        [],
        [],
        [(1.0, 164.0), (2.0, 164.0)],
        [],
        [],
    ]


def test_zero_is_zero_before_the_unit_is_known() -> None:
    """A sensor that counts no steps counts none in any unit."""
    payload = encode_rsc(RscMeasurement(speed_mps=0.0, raw_per_min=0, is_running=False))
    reading = Sensors(vote=Vote(), votes={}).take(1.0, source="rsc", sensor="pod", payload=payload).reading
    assert reading is not None
    assert (reading.cadence_spm, reading.is_unread) == (0.0, False)


def test_the_unit_is_flipped_where_there_is_a_question() -> None:
    """The line says the new one; before the sensor has spoken there is nothing to flip and nothing to say."""
    sensors = Sensors(vote=Vote(), votes={"pod": STRIDES})
    assert sensors.flip_unit(0.5) == SensorNews(lines=())
    from_pod(sensors, 1, "pod")
    assert [json_of_line(line)["unit"] for line in sensors.flip_unit(2.0).lines] == ["steps"]
    assert sensors.unit is Unit.STEPS


def test_the_unit_key_settles_an_open_vote() -> None:
    """By what the readings so far point to; pressed again it is the other one."""
    sensors = Sensors(vote=Vote(), votes={})
    from_pod(sensors, 1, "pod")
    first, second = sensors.flip_unit(1.5), sensors.flip_unit(1.6)
    assert [json_of_line(line)["unit"] for line in (*first.lines, *second.lines)] == ["strides", "steps"]
    assert [one.cadence_spm for one in first.kept] == [164.0]


def test_a_decision_that_proves_impossible_is_overturned_and_told() -> None:
    """A unit line and a note that names the key; what could not be read is brought with them."""
    sensors = Sensors(vote=Vote(), votes={"pod": STRIDES})
    payload = encode_rsc(RscMeasurement(speed_mps=2.6, raw_per_min=172, is_running=True))
    news = [sensors.take(float(s), source="rsc", sensor="pod", payload=payload) for s in range(1, 4)]
    assert [kinds(one) for one in news] == [["payload", "unit"], ["payload"], ["payload", "unit", "note", "lead"]]
    assert "press u" in json_of_line(news[-1].lines[2])["text"]
    assert [one.cadence_spm for one in news[-1].kept] == [172.0, 172.0]
    assert [one.is_read_anew for one in news] == [False, False, True]


def test_a_reading_without_speed_goes_with_that_of_a_belt_that_still_speaks() -> None:
    """A file's or a strap's steps beside a treadmill's speed, until the treadmill has been silent for a while."""
    sensors = Sensors(vote=STRIDES, votes={})
    belt = sensors.take(10.0, source="treadmill", sensor="belt", payload=BELT_AT_3_MPS).reading
    assert belt is not None
    assert sensors.keep_rates(belt) == 3.0
    assert sensors.keep_rates(Reading(time_s=12.0, cadence_spm=164.0)) == 3.0
    assert sensors.keep_rates(Reading(time_s=13.0, cadence_spm=164.0, speed_mps=2.5)) == 2.5
    assert sensors.keep_rates(Reading(time_s=13.0 + BELT_SPEAKS_FOR_S, cadence_spm=164.0)) is None
    assert sensors.speed_mps_at(13.0 + FRESH_S) == 2.5
    assert sensors.speed_mps_at(13.1 + FRESH_S) is None


def test_a_heart_rate_is_told_while_it_is_fresh() -> None:
    """A strap that has fallen silent is not shown as if it still spoke; the same value again is news."""
    sensors = Sensors(vote=STRIDES, votes={})
    assert sensors.hr_bpm_at(0.0) is None
    for time_s in (1.0, 2.0):
        sensors.take(time_s, source="hr", sensor="strap", payload=b"\x00\x8c")
    assert [sensors.hr_bpm_at(2.0 + age_s) for age_s in (0.0, FRESH_S, FRESH_S + 0.1)] == [140, 140, None]
    sensors.keep_rates(Reading(time_s=10.0, cadence_spm=164.0, hr_bpm=150.0))
    assert [sensors.hr_bpm_at(10.0 + age_s) for age_s in (FRESH_S, FRESH_S + 0.1)] == [150, None]
    assert [sensors.rates_age_s(10.0 + age_s) for age_s in (0.5, FRESH_S, FRESH_S + 0.1)] == [0.5, FRESH_S, 0.0]

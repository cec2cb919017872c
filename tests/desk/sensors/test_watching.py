from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.desk.sensors.watching import fact_of, values_of, watch
from cadencecoach.devices.ble.events import Notified, Sensor
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.sources import SOURCES
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote

POD = Sensor(name="Pod", address="C0:01")


def said(raw_per_min: int, speed_mps: float, n: int) -> list[Notified]:
    """A pod's messages, one a second from 100 s on."""
    payload = encode_rsc(RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=True))
    return [Notified(time_s=100.0 + second, source="rsc", sensor=POD, payload=payload) for second in range(n)]


def test_a_watched_pod_is_read_as_a_session_reads_it() -> None:
    """Open for two messages, then steps and a step rate."""
    lines = list(watch(iter(said(172, 2.6, 4)), 100.0, {}))
    assert [(line["unit"], line.get("cadence_spm")) for line in lines] == [
        ("open", None),
        ("open", None),
        ("steps", 172.0),
        ("steps", 172.0),
    ]


def test_a_remembered_mistake_is_told_to_who_watches() -> None:
    """The words are those of a session, behind the message that decided."""
    votes = {"Pod": Vote(unit=Unit.STRIDES, is_sure=True)}
    lines = list(watch(iter(said(172, 2.6, 3)), 100.0, votes))
    assert [line.get("unit") for line in lines] == ["strides", "strides", "steps", None]
    assert "steps, not strides" in str(lines[-1]["note"])


@each_row(
    ("source", "payload", "name", "value"),
    [
        ("rsc", "04000352", "raw_per_min", 82),
        ("hr", "008c", "hr_bpm", 140),
        ("treadmill", "00003804", "speed_mps", 3.0),
        ("accel", "f0020200", "answer", "done"),
    ],
)
def test_the_fields_have_names(source: str, payload: str, name: str, value: object) -> None:
    """One field of each kind of message."""
    assert values_of(source, bytes.fromhex(payload))[name] == value


def test_what_is_missing_is_left_out() -> None:
    """Not null, not zero."""
    assert "stride_length_m" not in values_of("rsc", bytes.fromhex("04000352"))


@given(st.sampled_from(sorted(SOURCES)), st.binary(max_size=300))
def test_any_bytes_are_shown(source: str, payload: bytes) -> None:
    """As values, or as an error in words."""
    assert values_of(source, payload) is not None


@given(st.sampled_from(("battery", "manufacturer", "location", "features", "anything")), st.binary(max_size=40))
def test_any_fact_is_words(about: str, value: bytes) -> None:
    """Also from bytes that mean nothing."""
    assert isinstance(fact_of(about, value), str)

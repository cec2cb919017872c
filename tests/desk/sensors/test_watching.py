from cadencecoach.desk.sensors.watching import watched
from cadencecoach.devices.ble.events import Notified, Sensor
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote

POD = Sensor(name="Pod", address="C0:01")


def said(raw_per_min: int, speed_mps: float, n: int) -> list[Notified]:
    """A pod's messages, one a second from 100 s on."""
    payload = encode_rsc(RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=True))
    return [Notified(time_s=100.0 + second, source="rsc", sensor=POD, payload=payload) for second in range(n)]


def test_a_watched_pod_is_read_as_a_session_reads_it() -> None:
    """Open for two messages, then steps and a step rate."""
    lines = list(watched(iter(said(172, 2.6, 4)), 100.0, {}))
    assert [(line["unit"], line.get("cadence_spm")) for line in lines] == [
        ("open", None),
        ("open", None),
        ("steps", 172.0),
        ("steps", 172.0),
    ]


def test_a_remembered_mistake_is_told_to_who_watches() -> None:
    """The words are those of a session, behind the message that decided."""
    votes = {"Pod": Vote(unit=Unit.STRIDES, is_sure=True)}
    lines = list(watched(iter(said(172, 2.6, 3)), 100.0, votes))
    assert [line.get("unit") for line in lines] == ["strides", "strides", "steps", None]
    assert "steps, not strides" in str(lines[-1]["note"])

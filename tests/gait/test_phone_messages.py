"""What apps say is read whole, or refused: of phyphox, of Sensor Logger, and of whoever else is in the network."""

import json
from typing import Any

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.phone_messages import (
    MOST_SAMPLES,
    MessageReader,
    RefusedBodyError,
    buffers_named,
    read_answer,
)

PUSHED = {"acc_time": [0.01, 0.02], "accX": [0.1, 0.2], "accY": [1, 2], "accZ": [9.8, 9.9]}
CONFIG = {"inputs": [{"source": "accelerometer", "outputs": [{"x": "aX"}, {"y": "aY"}, {"z": "aZ"}, {"t": "aT"}]}]}


def logged(*names: str, time: object = 1_700_000_000_000_000_000, x: object = 0.5) -> dict[str, Any]:
    """A body of Sensor Logger."""
    rows = [{"name": name, "time": time, "accuracy": 3, "values": {"x": x, "y": 1, "z": 9.8}} for name in names]
    return {"messageId": 1, "sessionId": "s", "deviceId": "d", "payload": rows}


def read(body: object) -> Any:  # noqa: ANN401  # a batch
    """The batch of a body."""
    return MessageReader().read("3", json.dumps(body).encode())


def test_what_phyphox_pushes_is_a_batch() -> None:
    """Seconds become nanoseconds; who sent it is the number it was sent to."""
    batch = read(PUSHED)
    assert (batch.app, batch.sender, batch.session) == ("phyphox", "3", "")
    assert batch.times_ns == (10_000_000, 20_000_000)
    assert batch.values == ((0.1, 1.0, 9.8), (0.2, 2.0, 9.9))


def test_an_empty_push_is_an_empty_batch() -> None:
    """Phyphox pushes before anything was measured."""
    assert read({name: [] for name in PUSHED}).times_ns == ()


def test_the_shortest_column_says_how_many_there_are() -> None:
    """One buffer may have got its value before the other."""
    assert len(read({**PUSHED, "accX": [0.1]}).times_ns) == 1


def test_a_value_that_phyphox_does_not_have_leaves_its_sample_out() -> None:
    """It writes null."""
    assert read({**PUSHED, "accY": [None, 2]}).values == ((0.2, 2.0, 9.9),)


def test_what_sensor_logger_pushes_is_a_batch() -> None:
    """With its own session; other sensors are let pass."""
    batch = read(logged("accelerometer", "gyroscope", "accelerometer"))
    assert (batch.app, batch.sender, batch.session) == ("Sensor Logger", "3 d", "s")
    assert batch.times_ns == (1_700_000_000_000_000_000,) * 2
    assert batch.values[0] == (0.5, 1.0, 9.8)


def test_of_several_accelerations_the_one_with_gravity_is_taken() -> None:
    """Also where it comes in another message: two kinds are never mixed."""
    reader = MessageReader()
    both = reader.read("", json.dumps(logged("accelerometer", "TotalAcceleration")).encode())
    other = reader.read("", json.dumps(logged("accelerometer")).encode())
    assert (len(both.times_ns), len(other.times_ns)) == (1, 0)


REFUSED = {
    "no JSON": b"acc",
    "not UTF-8": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"1",
    "another app": b'{"x": [1]}',
    "NaN": json.dumps({**PUSHED, "accX": [float("nan"), 1]}).encode(),
    "infinite": json.dumps({**PUSHED, "accX": [float("inf"), 1]}).encode(),
    "infinite by its exponent": json.dumps(PUSHED).replace("9.8,", "1e999,").encode(),
    "text": json.dumps({**PUSHED, "accX": ["1", "2"]}).encode(),
    "yes and no": json.dumps({**PUSHED, "accX": [True, False]}).encode(),
    "a list in a list": json.dumps({**PUSHED, "accX": [[1], [2]]}).encode(),
    "no list": json.dumps({**PUSHED, "accX": 1}).encode(),
    "a column missing": json.dumps({"acc_time": [1]}).encode(),
    "nested": b"[" * 100_000 + b"]" * 100_000,
    "nested in its place": b'{"acc_time": ' + b"[" * 100_000,
    "a time before the clock began": json.dumps({**PUSHED, "acc_time": [-1, 2]}).encode(),
    "a time that no clock has": json.dumps({**PUSHED, "acc_time": [1e15, 2]}).encode(),
    "a number of 5000 digits": b'{"acc_time": [' + b"9" * 5000 + b"]}",
    "a number of 400 digits": json.dumps(PUSHED).replace("9.8,", "9" * 400 + ",").encode(),
    "too many": json.dumps({name: [0] * (MOST_SAMPLES + 1) for name in PUSHED}).encode(),
    "a payload that is no list": json.dumps({"payload": {}}).encode(),
    "a payload of numbers": json.dumps({"payload": [1]}).encode(),
    "a time that is text": json.dumps(logged("accelerometer", time="1")).encode(),
    "a value that is text": json.dumps(logged("accelerometer", x="1")).encode(),
    "no values": json.dumps({"payload": [{"name": "accelerometer", "time": 1}]}).encode(),
}


@each_row("body", REFUSED.values(), ids=REFUSED)
def test_what_no_app_would_send_is_refused(body: bytes) -> None:
    """Whole, whatever else is in it."""
    with pytest.raises(RefusedBodyError):
        MessageReader().read("1", body)


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Nothing else ever happens."""
    try:
        batch = MessageReader().read("1", body)
    except RefusedBodyError:
        return
    assert len(batch.times_ns) == len(batch.values)


def test_a_device_of_a_long_name_is_cut() -> None:
    """What a stranger calls itself fills no memory."""
    batch = read({**logged("accelerometer"), "deviceId": "d" * 5000, "sessionId": 7})
    assert (len(batch.sender), batch.session) == (102, "")


def test_an_answer_of_phyphox_is_a_batch_with_its_session() -> None:
    """And says whether it measures."""
    names = ("aT", "aX", "aY", "aZ")
    buffers = {name: {"size": 0, "buffer": column} for name, column in zip(names, PUSHED.values(), strict=True)}
    body = json.dumps({"buffer": buffers, "status": {"session": "ab", "measuring": False}}).encode()
    batch = read_answer("phone", body, names)
    assert (batch.session, batch.is_measuring, batch.times_ns) == ("ab", False, (10_000_000, 20_000_000))


@each_row("body", [b"{}", b'{"buffer": {}, "status": 1}', b'{"buffer": {"aT": 1}, "status": {}}', b"[]"])
def test_another_answer_is_refused(body: bytes) -> None:
    """As of any other server at that address."""
    with pytest.raises(RefusedBodyError):
        read_answer("phone", body)


def test_the_buffers_are_named_by_the_experiment() -> None:
    """Whatever it calls them."""
    assert buffers_named(json.dumps(CONFIG).encode()) == ("aT", "aX", "aY", "aZ")


def test_without_gravity_is_better_than_nothing() -> None:
    """The other experiment of acceleration; with both, the one with gravity is meant."""
    without = {"source": "linear_acceleration", "outputs": [{"x": "lX"}, {"y": "lY"}, {"z": "lZ"}, {"t": "lT"}]}
    assert buffers_named(json.dumps({"inputs": [without]}).encode())[0] == "lT"
    assert buffers_named(json.dumps({"inputs": [without, *CONFIG["inputs"]]}).encode())[0] == "aT"


@each_row("told", [[], {}, {"inputs": 1}, {"inputs": [1, {"source": "audio"}]}])
def test_an_experiment_that_measures_something_else_is_refused(told: object) -> None:
    """So that its owner can be told."""
    with pytest.raises(RefusedBodyError):
        buffers_named(json.dumps(told).encode())

"""What crosses from the radio's owner to a session is the same event on both sides."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.ble.event_lines import MAX_LINE_BYTES, event_of_line, line_of_event
from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, SensorFact, Troubled, Unlinked

TIMES = st.floats(0, 1e9)
SENSORS = st.builds(Sensor, address=st.text(max_size=40), name=st.text(max_size=40))
SOURCES = st.lists(st.sampled_from(["rsc", "hr", "treadmill"]), max_size=3).map(tuple)
EVENTS = st.one_of(
    st.builds(Notified, time_s=TIMES, source=st.just("rsc"), sensor=SENSORS, payload=st.binary(max_size=64)),
    st.builds(Linked, time_s=TIMES, sensor=SENSORS, sources=SOURCES, before=st.none() | SENSORS),
    st.builds(Unlinked, time_s=TIMES, sensor=SENSORS, sources=SOURCES, why=st.just("dropped"), n_doubles=st.integers()),
    st.builds(SensorFact, time_s=TIMES, sensor=SENSORS, about=st.just("battery"), value=st.binary(max_size=20)),
    st.builds(Troubled, time_s=TIMES, text=st.text(max_size=200)),
)


@given(EVENTS)
def test_an_event_comes_over_as_it_was(event: Event) -> None:
    """With its time to the last digit, in one line that is short enough."""
    line = line_of_event(event)
    assert event_of_line(line) == event
    assert line.count(b"\n") == 1
    assert len(line) < MAX_LINE_BYTES


@each_row(
    "line",
    [b"", b"{}", b"[1]", b"3", b'{"what":"Notified","time_s":1}', b'{"what":"x","time_s":1,"address":"","name":""}'],
)
def test_anything_else_is_none(line: bytes) -> None:
    """One kind of error for all of it."""
    with pytest.raises(ValueError, match=r"."):
        event_of_line(line)

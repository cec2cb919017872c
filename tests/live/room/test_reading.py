"""A room's file: every mistake at its place, in one line, with what is allowed."""

import json
from pathlib import Path

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no stubs of its own

from cadencecoach.live.room.model import MOST_LANES, Lane
from cadencecoach.live.room.reading import check_room
from cadencecoach.live.room.schema import room_schema

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config" / "rooms" / "three-treadmills.yaml"
HEAD = "room: Row\nlanes:\n"
GOOD = "  - {lane: 1, guest: yes, plan: easy, sensor: 'ble:Pod A', output: 'device:USB'}\n"


def messages(text: str) -> list[str]:
    """What is told of a file."""
    return [finding.message for finding in check_room(text.encode(), "r.yaml").findings]


def lane(number: int, **keys: str) -> str:
    """A good lane with other values."""
    told = {"guest": "yes", "plan": "easy", "sensor": f"ble:Pod {number}", "output": f"device:card {number}", **keys}
    return f"  - lane: {number}\n" + "".join(f"    {key}: {value}\n" for key, value in told.items() if value)


def test_the_example_is_a_room_and_fits_its_schema() -> None:
    """Three lanes, one of them an athlete's, two on pairs of one card."""
    checked = check_room(EXAMPLE.read_bytes(), EXAMPLE.name)
    assert checked.text() == ""
    assert checked.room is not None
    assert [one.athlete for one in checked.room.lanes] == ["r7", None, None]
    assert [one.output for one in checked.room.lanes] == [
        "sink:headphones-1",
        "device:USB Audio@1-2",
        "device:USB Audio@3-4",
    ]
    assert checked.room.lanes[1].pods == ("C0:00:00:00:00:02",)
    assert checked.room.lanes[2].baseline_spm == 170.0


def test_the_committed_schema_is_current_and_refuses_what_the_reader_refuses() -> None:
    """A lane of nobody, a ninth lane, a key that is none."""
    assert json.loads((ROOT / "config" / "room.schema.json").read_text(encoding="utf-8")) == room_schema()
    validator = Draft202012Validator(room_schema())
    one = {"lane": 1, "guest": "yes", "plan": "easy", "sensor": "none", "output": "none"}
    assert not list(validator.iter_errors({"room": "Row", "lanes": [one]}))
    nobody = {key: value for key, value in one.items() if key != "guest"}
    for lanes in ([], [nobody], [one] * (MOST_LANES + 1), [{**one, "senzor": "none"}]):
        assert list(validator.iter_errors({"room": "Row", "lanes": lanes}))


@each_row(
    ("lines", "told"),
    [
        ("", ["the room has no lanes"]),
        ("  - 3\n", ["this is no lane"]),
        (lane(0), ["'0' is out of range; write a whole number from 1 to 8"]),
        (lane(MOST_LANES + 1), ["'9' is out of range; write a whole number from 1 to 8"]),
        (lane(1, guest=""), ["a lane without a runner"]),
        (lane(1, athlete="r7"), ["an athlete is no guest"]),
        (lane(1, guest="no"), ["'no' is not yes"]),
        (lane(1, guest="", athlete="Jane Doe"), ["is no pseudonym"]),
        (lane(1, plan="today"), ["a guest needs a plan's name"]),
        (lane(1, plan=""), ["a lane without a plan"]),
        (lane(1, sensor=""), ["a lane without a sensor"]),
        (lane(1, sensor="ble"), ["does not say whose sensor"]),
        (lane(1, sensor="auto"), ["cannot tell one lane from another"]),
        (lane(1, sensor="mic"), ["cannot tell one lane from another"]),
        (lane(1, sensor="radio"), ["is no sensor of a room"]),
        (lane(1, output=""), ["a lane without an output"]),
        (lane(1, output="speaker"), ["is no output of a room"]),
        (lane(1, output="'file:x.wav'"), ["is no output of a room"]),
        (lane(1, channels="1-3"), ["are no two channels side by side"]),
        (lane(1, channels="0-1"), ["are no two channels side by side"]),
        (lane(1, channels="left"), ["is no pair of channels"]),
        (lane(1, output="sink:a", channels="1-2"), ["a pair of channels is one of a device"]),
        (lane(1, senzor="x"), ["unknown key 'senzor'; did you mean 'sensor'?"]),
        (lane(1, sound="x"), ["'sound' is not a key; write 'output: '"]),
        (lane(1, connections="3"), ["'connections' belongs at the top of the room"]),
    ],
)
def test_each_mistake_is_told_once_with_what_is_allowed(lines: str, told: list[str]) -> None:
    """One line each."""
    found = messages(HEAD + lines)
    assert len(found) == len(told)
    assert all(part in message for part, message in zip(told, found, strict=True)), found


@each_row(
    ("keys", "told"),
    [
        ({"sensor": "ble:pod 1"}, "lane 1 claims pod 1 too; each pod is one runner's"),
        ({"sensor": "'ble:Strap, Pod 1'"}, "lane 1 claims Pod 1 too; each pod is one runner's"),
        ({"output": "device:CARD 1"}, "lane 1 is heard there too; each runner needs an output"),
        ({"output": "device:card 1", "channels": "3-4"}, "lane 1 has the whole of this device"),
    ],
)
def test_two_lanes_that_claim_one_thing_are_told(keys: dict[str, str], told: str) -> None:
    """Whatever the case of the letters; at the second one."""
    (message,) = messages(HEAD + lane(1) + lane(2, **keys))
    assert message.startswith(told)


def test_pairs_of_one_card_may_be_shared_and_may_not_overlap() -> None:
    """1-2 and 3-4 are two outputs, 1-2 and 2-3 are not."""
    first = lane(1, output="device:card", channels="1-2")
    assert messages(HEAD + first + lane(2, output="device:card", channels="3-4")) == []
    (message,) = messages(HEAD + first + lane(2, output="device:card", channels="2-3"))
    assert "shares a channel with lane 1" in message
    (message,) = messages(HEAD + first + lane(2, output="device:card", channels="1-2"))
    assert message.startswith("lane 1 is heard there too")


def test_no_output_and_a_simulation_may_be_everybodys() -> None:
    """Nothing is claimed by them."""
    assert messages(HEAD + lane(1, sensor="sim", output="none") + lane(2, sensor="sim", output="none")) == []


def test_one_athlete_has_one_lane_and_one_number_is_one_lanes() -> None:
    """Each is told at the second."""
    r7 = {"guest": "", "athlete": "r7", "plan": "today"}
    (message,) = messages(HEAD + lane(1, **r7) + lane(2, **r7))
    assert message == "r7 runs in lane 1; one athlete, one lane"
    again = lane(1, sensor="none", output="none")
    assert messages(HEAD + lane(1) + again) == ["there are two lanes 1; give one another number"]


def test_eight_lanes_are_a_room_and_nine_are_none() -> None:
    """At the edge and above it."""
    eight = "".join(lane(number, sensor="none", output="none") for number in range(1, MOST_LANES + 1))
    assert messages(HEAD + eight) == []
    assert "8 at most" in messages(HEAD + eight + lane(1, sensor="none", output="none"))[0]


@each_row(("head", "is_told"), [("connections: 2\n", False), ("connections: 1\n", True)])
def test_more_sensors_than_an_adapter_holds_are_told(head: str, is_told: bool) -> None:  # noqa: FBT001  # a row
    """Two pods, on an adapter for two, and for one."""
    found = messages(head + HEAD + lane(1) + lane(2))
    assert bool(found) is is_told
    assert all(one.startswith("2 Bluetooth sensors, and one adapter holds 1") for one in found)
    assert messages("adapters: [hci0, hci1]\nconnections: 1\n" + HEAD + lane(1) + lane(2)) == []


def test_a_simulated_lane_has_no_pods() -> None:
    """Only Bluetooth sensors are the radio's."""
    one = Lane(number=1, athlete=None, plan="easy", sensor="sim:spm=160", output="none")
    assert one.pods == ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    """They are a room or have mistakes."""
    checked = check_room(raw, "r.yaml")
    assert (checked.room is None) == bool(checked.findings)

"""The keys of a room's file, version 1: what each means and how it is written.

As in a plan, every key may be missing here; which must stand together is said in `reading`.
"""

import re
from typing import Annotated, Any, Final

from pydantic import Field, PlainValidator, WithJsonSchema

from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError
from cadencecoach.live.room.model import MOST_LANES
from cadencecoach.plan.faults import Tongue
from cadencecoach.plan.keys import STEP_RATE, Keys, step_rate, whole, written_form
from cadencecoach.plan.language import Name
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.plan.syntax.nodes import Number
from cadencecoach.plan.values import ValueFault
from cadencecoach.plan.words import words_up_to
from cadencecoach.store.athlete_names import NAME as PSEUDONYM
from cadencecoach.store.athlete_names import check_name

LONGEST: Final = 200
ADAPTER: Final = re.compile(r"hci[0-9]{1,2}")
MOST_CHANNEL: Final = 64
CHANNELS: Final = re.compile(r"([0-9]{1,2}) ?- ?([0-9]{1,2})")
SENSORS: Final = ("ble:NAME-OR-ADDRESS", "phone:HOST[:PORT]", "sim[:k=v,...]", "replay:FILE", "none")
OUTPUTS: Final = ("device:NAME", "sink:NAME", "default", "none")
WAYS_CHANNELS: Final = "write the two channels of a pair, such as '3-4'"
WAYS_YES: Final = "write 'guest: yes', or 'athlete: ' and a pseudonym"


def read_athlete(value: object) -> str:
    """A pseudonym."""
    text = words_up_to(LONGEST)(value)
    try:
        return check_name(text)
    except UsageError as error:
        raise ValueFault("is no pseudonym", str(error).partition(": ")[2]) from None


def read_guest(value: object) -> bool:
    """That nobody who is kept runs here."""
    if value is True or value == "yes":
        return True
    raise ValueFault("is not yes", WAYS_YES)


def read_sensor(value: object) -> str:
    """Where the steps of one lane come from, and of no other."""
    text = words_up_to(LONGEST)(value)
    kind, colon, rest = text.partition(":")
    allowed = f"write {', '.join(SENSORS[:-1])} or {SENSORS[-1]}"
    if text == "ble" or (kind == "ble" and not rest.strip()):
        raise ValueFault(
            "does not say whose sensor", f"name it: 'ble:' and its name or address ({command_line('sensors scan')})"
        )
    if text == "phone":
        raise ValueFault("does not say which phone", "name it: 'phone:' and its address; a room has several")
    if kind in {"mic", "taps", "auto"}:
        raise ValueFault("cannot tell one lane from another", allowed)
    is_whole = (
        kind in {"sim", "none"} if not colon else kind in {"ble", "phone", "sim", "replay"} and bool(rest.strip())
    )
    if not is_whole:
        raise ValueFault("is no sensor of a room", allowed)
    return text


def read_output(value: object) -> str:
    """Where the sound of one lane goes."""
    text = words_up_to(LONGEST)(value)
    kind, colon, rest = text.partition(":")
    is_whole = kind in {"device", "sink"} and bool(rest.strip()) if colon else kind in {"default", "none"}
    if not is_whole:
        raise ValueFault("is no output of a room", f"write {', '.join(OUTPUTS[:-1])} or {OUTPUTS[-1]}")
    return text


def read_channels(value: object) -> tuple[int, int]:
    """A pair of channels of one card, counted from 1."""
    text = value.text if isinstance(value, Number) else value
    match = CHANNELS.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueFault("is no pair of channels", WAYS_CHANNELS)
    first, last = int(match[1]), int(match[2])
    if last != first + 1 or not 1 <= first < MOST_CHANNEL:
        raise ValueFault("are no two channels side by side", f"{WAYS_CHANNELS}, {MOST_CHANNEL} at most")
    return first, last


def read_adapters(value: object) -> tuple[str, ...]:
    """Bluetooth adapters by the names Linux gives them."""
    named = value if isinstance(value, list) else [value]
    if not named or not all(isinstance(one, str) and ADAPTER.fullmatch(one) for one in named):
        raise ValueFault("are no adapters", "write '[hci0, hci1]', as `bluetoothctl list` and Linux number them")
    if len(set(named)) < len(named):
        raise ValueFault("names one adapter twice", "write each once")
    return tuple(map(str, named))


class LaneText(Keys):
    """One runner's place."""

    lane: Annotated[int | None, *whole(1, MOST_LANES)] = Field(None, description="Its number, shown on the wall.")
    athlete: Annotated[str | None, PlainValidator(read_athlete), written_form(PSEUDONYM.pattern, "r7")] = Field(
        None, description="Pseudonym of the athlete who runs there; what holds for them holds here."
    )
    guest: Annotated[
        bool | None, PlainValidator(read_guest), WithJsonSchema({"anyOf": [{"const": True}, {"const": "yes"}]})
    ] = Field(None, description="A guest runs there.")
    plan: Name = Field(None, description="A plan by name or file, or today: the session of the athlete's programme.")
    baseline: Annotated[float | None, step_rate(LOW_SPM, HIGH_SPM), STEP_RATE] = Field(
        None, description="The runner's own cadence, where nothing is stored or measured."
    )
    sensor: Annotated[
        str | None, PlainValidator(read_sensor), WithJsonSchema({"type": "string", "examples": [*SENSORS]})
    ] = Field(None, description="Where the steps come from: a foot pod by name or address, a phone, none.")
    output: Annotated[
        str | None, PlainValidator(read_output), WithJsonSchema({"type": "string", "examples": [*OUTPUTS]})
    ] = Field(None, description="Where the sound goes: a device, or a sink of PipeWire or PulseAudio.")
    channels: Annotated[
        tuple[int, int] | None, PlainValidator(read_channels), written_form("[0-9]{1,2} ?- ?[0-9]{1,2}", "3-4")
    ] = Field(None, description="With a device of more than two channels: the pair it is heard on.")


LanesHere = Annotated[Any, WithJsonSchema({"type": "array"})]


class RoomText(Keys):
    """A room of runners."""

    room: Name = Field(None, description="What people call it.")
    adapters: Annotated[
        tuple[str, ...] | None,
        PlainValidator(read_adapters),
        WithJsonSchema({"type": "array", "minItems": 1, "items": {"type": "string", "pattern": ADAPTER.pattern}}),
    ] = Field(None, description="Bluetooth adapters to share the sensors among. Default: the system's own.")
    connections: Annotated[int | None, *whole(1, 20)] = Field(
        None, description="How many sensors one adapter holds at a time. Default 7."
    )
    lanes: LanesHere = Field(None, description="The lanes, eight at most.")


TONGUE: Final = Tongue(
    homes=((LaneText, "belongs on a lane"), (RoomText, "belongs at the top of the room")),
    inner={},
    kinds={"list_type": "is not a list", "model_type": "is not a set of keys; write 'key: value' pairs"},
    strangers={
        "runner": "is not a key; write 'athlete: ' and a pseudonym, or 'guest: yes'",
        "feet": "is not a key; write 'sensor: '",
        "sound": "is not a key; write 'output: '",
        "sink": "is not a key; write 'output: sink:NAME'",
        "device": "is not a key; write 'output: device:NAME'",
        "pod": "is not a key; write 'sensor: ble:NAME-OR-ADDRESS'",
    },
)

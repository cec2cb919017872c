"""Starts a stream by the control point of Polar's measurement service.

Source: Polar Measurement Data service, online_measurement.pdf of polarofficial/polar-ble-sdk: a command is written to
the control point, which answers F0, the command, the type, a status.
"""

import asyncio

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError

from cadencecoach.devices.ble.gatt import Stream

ANSWER_S = 2.0
STATUS_AT = 3
ANSWER, OK, ALREADY = 0xF0, 0x00, 0x06


async def start(client: BleakClient, stream: Stream) -> bytes:
    """Start a stream by the first message the sensor knows; its answer, which may hold the unit of the samples.

    Raises:
        RADIO_ERRORS: no answer, or it knows none of ours
    """
    answers: asyncio.Queue[bytes] = asyncio.Queue()

    def take_answer(_: BleakGATTCharacteristic, data: bytearray) -> None:
        answers.put_nowait(bytes(data))

    await client.start_notify(stream.control, take_answer)
    for command in stream.starts:
        await client.write_gatt_char(stream.control, command, response=True)
        async with asyncio.timeout(ANSWER_S):
            answer = await _answer(answers, command)
        if answer[STATUS_AT] in {OK, ALREADY}:
            return answer
    raise BleakError(f"the sensor refuses to send its {stream.kind}")


async def _answer(answers: "asyncio.Queue[bytes]", command: bytes) -> bytes:
    """The answer to a command; others are passed over."""
    while True:
        answer = await answers.get()
        if len(answer) > STATUS_AT and answer[0] == ANSWER and answer[1] == command[0]:
            return answer

"""Asks a Polar strap for its acceleration. The frames are decoded in `gait`.

Source: Polar Measurement Data service, online_measurement.pdf of polarofficial/polar-ble-sdk: a command is written to
the control point, which answers F0, the command, the type, a status.
"""

import asyncio

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError

from cadencecoach.devices.ble.gatt import POLAR_ALREADY, POLAR_ANSWER, POLAR_CONTROL, POLAR_OK, POLAR_STARTS

ANSWER_S = 2.0
STATUS_AT = 3


async def start_acceleration(client: BleakClient) -> bytes:
    """Start the stream at the first rate the strap knows; its answer, which may hold the unit of the samples.

    Raises:
        RADIO_ERRORS: no answer, or it knows none of ours
    """
    answers: asyncio.Queue[bytes] = asyncio.Queue()

    def answered(_: BleakGATTCharacteristic, data: bytearray) -> None:
        answers.put_nowait(bytes(data))

    await client.start_notify(POLAR_CONTROL, answered)
    for command in POLAR_STARTS:
        await client.write_gatt_char(POLAR_CONTROL, command, response=True)
        async with asyncio.timeout(ANSWER_S):
            answer = await _answer(answers, command)
        if answer[STATUS_AT] in {POLAR_OK, POLAR_ALREADY}:
            return answer
    raise BleakError("the strap refuses to send its acceleration")


async def _answer(answers: "asyncio.Queue[bytes]", command: bytes) -> bytes:
    """The answer to a command; others are passed over."""
    while True:
        answer = await answers.get()
        if len(answer) > STATUS_AT and answer[0] == POLAR_ANSWER and answer[1] == command[0]:
            return answer

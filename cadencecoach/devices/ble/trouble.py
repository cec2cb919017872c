"""What can go wrong with a radio, in plain words: one table from the library's errors to a reason and what to do."""

import re
import sys

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
)

from cadencecoach.errors import DeviceError, Reason

# Whatever a call to the library may end in when nothing is wrong with us. EOFError: the bus has gone.
RADIO_ERRORS = (BleakError, TimeoutError, OSError, EOFError)

LOCAL = frozenset({Reason.NO_DEVICE, Reason.POWERED_OFF, Reason.NO_SERVICE, Reason.NOT_ALLOWED})  # not the sensor's

_WORDS = {
    Reason.NO_DEVICE: "no Bluetooth adapter; plug one in, or switch it on in the computer's settings",
    Reason.POWERED_OFF: "Bluetooth is switched off; switch it on (on Linux: bluetoothctl power on)",
    Reason.NO_SERVICE: (
        "the Bluetooth service is not running; start it (on Linux: sudo systemctl start bluetooth; "
        "where it is not installed: sudo apt install bluez)"
    ),
    Reason.NOT_ALLOWED: "this program may not use Bluetooth; allow it in the system's privacy settings",
    Reason.VANISHED: "no signal from the sensor; wake it by moving it, disconnect it from watches and phones",
    Reason.BUSY: "the Bluetooth adapter is busy with another program's scan; close that program",
    Reason.NOT_RESPONDING: "the sensor does not answer; wake it by moving it, disconnect it from watches and phones",
}
_ALLOW_ON_MACOS = (
    "this program may not use Bluetooth; allow the terminal it runs in: System Settings, Privacy & Security, Bluetooth"
)
_ALLOW_ON_LINUX = (
    "this program may not use Bluetooth; join the group that may (sudo usermod -aG bluetooth $USER) and log in again"
)
_NO_BUS = (  # a container, or a system without one
    "the system bus, which leads to the Bluetooth service, is not running; start it (on Linux: sudo systemctl start "
    "dbus bluetooth; where it is not installed: sudo apt install dbus bluez), and give a container the "
    "machine's /run/dbus"
)
_NO_RADIO = BleakBluetoothNotAvailableReason
_REASONS = {
    _NO_RADIO.NO_BLUETOOTH: Reason.NO_DEVICE,
    _NO_RADIO.NO_BLE_CENTRAL_ROLE: Reason.NO_DEVICE,
    _NO_RADIO.POWERED_OFF: Reason.POWERED_OFF,
    _NO_RADIO.DENIED_BY_USER: Reason.NOT_ALLOWED,
    _NO_RADIO.DENIED_BY_SYSTEM: Reason.NOT_ALLOWED,
    _NO_RADIO.DENIED_BY_UNKNOWN: Reason.NOT_ALLOWED,
    _NO_RADIO.UNKNOWN: Reason.NO_SERVICE,
}
# Parts of the names and texts of D-Bus errors, most telling first.
_BUS_WORDS = (
    ("AccessDenied", Reason.NOT_ALLOWED),
    ("ServiceUnknown", Reason.NO_SERVICE),
    ("NameHasNoOwner", Reason.NO_SERVICE),
    ("Spawn.", Reason.NO_SERVICE),
    ("NoReply", Reason.NO_SERVICE),
    ("NotReady", Reason.POWERED_OFF),
    ("InProgress", Reason.BUSY),
    ("UnknownObject", Reason.VANISHED),
    ("DoesNotExist", Reason.VANISHED),
)
_NO_SUCH_ADAPTER = re.compile("^adapter .* not found")  # one that was named
_BY_TYPE = (
    (BleakDeviceNotFoundError, Reason.VANISHED),
    (BleakError, Reason.NOT_RESPONDING),
    (TimeoutError, Reason.NOT_RESPONDING),
    (PermissionError, Reason.NOT_ALLOWED),
    (OSError, Reason.NO_SERVICE),  # no bus, no socket
    (EOFError, Reason.NO_SERVICE),  # the bus has gone
)


def is_of_radio(error: BaseException) -> bool:
    """Whether an error is the radio's and not a mistake of ours; errors of the bus library have no common type."""
    return isinstance(error, RADIO_ERRORS) or type(error).__module__.startswith("dbus_fast")


def as_device_error(error: BaseException) -> DeviceError:
    """The error of ours that says what an error of the library means to a person."""
    reason = reason_of(error)
    return DeviceError(f"Bluetooth: {_words(error, reason)}", reason)


def _words(error: BaseException, reason: Reason) -> str:
    """What is wrong and what to do."""
    if reason is Reason.NOT_ALLOWED:
        return {"darwin": _ALLOW_ON_MACOS, "linux": _ALLOW_ON_LINUX}.get(sys.platform, _WORDS[reason])
    if isinstance(error, (FileNotFoundError, ConnectionRefusedError)) and sys.platform == "linux":
        return _NO_BUS
    return _WORDS[reason]


def reason_of(error: BaseException) -> Reason:
    """Which of the known causes it is."""
    if isinstance(error, DeviceError):
        return error.reason
    if isinstance(error, BleakBluetoothNotAvailableError):
        return _REASONS[error.reason]
    if isinstance(error, BleakError) and _NO_SUCH_ADAPTER.search(str(error)):
        return Reason.NO_DEVICE
    words = _BUS_WORDS if isinstance(error, BleakDBusError) else ()
    by_word = (reason for word, reason in words if word in str(error))
    if type(error).__module__.startswith("dbus_fast"):  # only Linux has it, so it is known by name alone
        return Reason.NO_SERVICE
    by_type = (reason for kind, reason in _BY_TYPE if isinstance(error, kind))
    return next(by_word, None) or next(by_type, Reason.NOT_RESPONDING)

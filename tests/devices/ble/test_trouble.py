import sys

import pytest
from each_row import each_row

if sys.platform != "linux":
    pytest.skip("the errors of BlueZ are Linux's", allow_module_level=True)

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
)

from cadencecoach.devices.ble.trouble import as_device_error, reason_of
from cadencecoach.errors import DeviceError, Reason

NONE = BleakBluetoothNotAvailableReason


def bus_error(name: str, text: str = "") -> BleakDBusError:
    """As the library raises it."""
    return BleakDBusError(name, [text] if text else [])


@each_row(
    ("error", "reason"),
    [
        (BleakBluetoothNotAvailableError("", NONE.NO_BLUETOOTH), Reason.NO_DEVICE),
        (BleakBluetoothNotAvailableError("", NONE.POWERED_OFF), Reason.POWERED_OFF),
        (BleakBluetoothNotAvailableError("", NONE.DENIED_BY_USER), Reason.NOT_ALLOWED),
        (BleakDeviceNotFoundError("C0"), Reason.VANISHED),
        (bus_error("org.freedesktop.DBus.Error.ServiceUnknown", "not provided"), Reason.NO_SERVICE),
        (bus_error("org.freedesktop.DBus.Error.NoReply", "died"), Reason.NO_SERVICE),
        (bus_error("org.freedesktop.DBus.Error.Spawn.ChildExited", "1"), Reason.NO_SERVICE),
        (bus_error("org.freedesktop.DBus.Error.AccessDenied", "rejected"), Reason.NOT_ALLOWED),
        (bus_error("org.bluez.Error.NotReady", "Resource Not Ready"), Reason.POWERED_OFF),
        (bus_error("org.bluez.Error.InProgress"), Reason.BUSY),
        (bus_error("org.bluez.Error.Failed", "le-connection-abort-by-local"), Reason.NOT_RESPONDING),
        (BleakError("whatever"), Reason.NOT_RESPONDING),
        (TimeoutError(), Reason.NOT_RESPONDING),
        (FileNotFoundError(2, "no bus"), Reason.NO_SERVICE),
        (PermissionError(13, "no"), Reason.NOT_ALLOWED),
        (EOFError(), Reason.NO_SERVICE),
        (DeviceError("ours", Reason.BUSY), Reason.BUSY),
    ],
    ids=repr,
)
def test_every_error_has_a_reason(error: BaseException, reason: Reason) -> None:
    """The library's many ways of saying a few things."""
    assert reason_of(error) is reason
    assert as_device_error(error).reason is reason


@each_row("reason", list(NONE))
def test_every_reason_of_the_library_is_known(reason: BleakBluetoothNotAvailableReason) -> None:
    """And has words that tell what to do, after a semicolon."""
    assert "; " in str(as_device_error(BleakBluetoothNotAvailableError("", reason)))


@each_row("error", [FileNotFoundError(2, "no socket"), ConnectionRefusedError(111, "nobody listens")])
def test_a_machine_without_a_bus_hears_of_the_bus(error: OSError) -> None:
    """Starting the Bluetooth service would not help: the bus is missing, as it is in a container."""
    assert "the system bus" in str(as_device_error(error))
    assert "the system bus" not in str(as_device_error(bus_error("org.freedesktop.DBus.Error.ServiceUnknown")))


def test_who_may_not_use_bluetooth_hears_of_the_group() -> None:
    """There are no privacy settings on Linux."""
    assert "usermod -aG bluetooth" in str(as_device_error(PermissionError(13, "no")))

"""A message bus of our own, which a client takes for the system's."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ended_child import ended

# Type "session": on a "system" bus the daemon wants a limit of files we may not set, and says so on stderr.
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/> <allow send_destination="*"/> <allow receive_sender="*"/>
  </policy>
</busconfig>
"""
DAEMON = shutil.which("dbus-daemon")
ADDRESS = "DBUS_SYSTEM_BUS_ADDRESS"  # where a client looks for the system's bus
needs_bus = pytest.mark.skipif(DAEMON is None, reason="dbus-daemon is missing (Debian: apt install dbus-daemon)")


@contextmanager
def private_bus() -> Iterator[str]:
    """A daemon that listens for as long as the block lasts; its address."""
    assert DAEMON is not None, "Debian's package is dbus-daemon"
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        config = Path(folder, "bus.conf")
        config.write_text(_CONFIG.format(socket=Path(folder, "socket")), encoding="utf-8")
        command = [DAEMON, f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
        with ended(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)) as daemon:
            assert daemon.stdout is not None
            yield daemon.stdout.readline().decode().strip()  # it listens once it has printed where

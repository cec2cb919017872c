"""A radio without hardware: a private message bus, a stand-in for BlueZ on it, and pods that follow a script.

What the real library's Linux half sees of it was written down from what bluetoothd 5.66 does; docs/bluetooth.md names
what was compared. It is the project's own writing and knows only what a client of foot pods touches.
"""

import sys

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ and its bus are Linux's", allow_module_level=True)

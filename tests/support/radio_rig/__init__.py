"""A radio without hardware: a private message bus, a stand-in for BlueZ on it, and pods that follow a script.

It behaves as bluetoothd 5.66 was seen to behave, good habits and bad, as far as a client of foot pods can tell. It is
the project's own writing; docs/decisions/0012 says what it cannot show.
"""

import sys

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ and its bus are Linux's", allow_module_level=True)

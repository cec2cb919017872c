"""The process that listens, as its parent sees it: what stands in the way is said in one line."""

import pytest

from cadencecoach.devices import child_port
from cadencecoach.errors import DeviceError
from cadencecoach.live.sensors.microphone_child import Played
from cadencecoach.live.sensors.microphone_port import MicrophonePort, open_port


def test_a_system_without_a_process_to_spare_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """As any microphone that cannot be opened."""

    def none_left(*_: object) -> None:
        raise OSError(11, "none left")

    monkeypatch.setattr(child_port, "Child", none_left)
    with pytest.raises(DeviceError, match="cannot be opened: none left"):
        open_port("")


def test_a_port_that_was_closed_takes_clicks_without_a_word() -> None:
    """The beat goes on; so does who is told nothing any more. To close it twice is to close it."""
    port = MicrophonePort("no microphone has this name")
    port.close()
    port.play(Played(host_times_s=(1.0,), until_host_s=1.0))
    port.close()

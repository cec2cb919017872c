"""The process that phones speak with: what it hands up, and that its end is told."""

import pytest
from sound_servers import wait_until

from cadencecoach.devices.phone.process import CannotListen, PhoneProcess, listen

NOT_OURS = "203.0.113.1"  # of addresses for documentation


@pytest.mark.slow
def test_a_process_that_has_ended_is_told_after_what_it_said() -> None:
    """First why it cannot listen, as the system says it, then that it is gone."""
    process = PhoneProcess(listen, (NOT_OURS,), "secret", b"", bytes)
    told = list[object]()

    def has_ended() -> bool:
        while (event := process.take()) is not None:
            told.append(event)
        return bool(told) and told[-1] == CannotListen()

    wait_until(has_ended)
    assert len(told) == 2
    assert isinstance(told[0], CannotListen)
    process.close()

"""The beat as a sound server has recorded it, while the page, its server and clients do what they should not."""

import itertools
import json
import signal
import socket
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from page_rig import begin_server, free_port, signal_called, wait_until
from sound_servers import FS_HZ, HAS_PULSE, NO_PULSE, PulseServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE),
]
SPM = 180.0
INTERVAL = round(60 / SPM * FS_HZ)
LOUD, QUIET_FRAMES = 0.05, 4000
N_DEAF, N_SILENT = 20, 50


def intervals_in(heard: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> list[int]:
    """Frames between clicks: from one first loud frame to the next."""
    loud = np.flatnonzero(np.abs(heard) > LOUD)
    first = loud[np.flatnonzero(np.diff(loud, prepend=-FS_HZ) > QUIET_FRAMES)]
    return [int(after - before) for before, after in itertools.pairwise(first)]


def test_no_interval_is_off_whatever_happens_to_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that never read, others that say nothing, a server killed and started again, eighty keys."""
    with PulseServer() as card, ExitStack() as stack:
        for name, value in card.environment.items():
            monkeypatch.setenv(name, value)
        server = begin_server(tmp_path, "--port", str(free_port()))
        session = server.start(metronome={"spm": SPM}, feet="none", sound="default")
        wait_until(lambda: len(intervals_in(card.heard())) > 3)
        place = json.loads((tmp_path / "run" / "cadencecoach" / f"{session}.place").read_text())
        for number in range(N_DEAF + N_SILENT):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", place["port"])))
            if number < N_DEAF:
                one.sendall(json.dumps({"token": place["token"]}).encode() + b"\n")
        n_before = len(intervals_in(card.heard()))
        for _ in range(40):
            server.press(session, "mute")
        server.end(signal_called("SIGKILL"))
        again = begin_server(tmp_path, "--port", str(server.port))
        for _ in range(40):
            again.press(session, "mute")
        wait_until(lambda: len(intervals_in(card.heard())) > n_before + 20)
        assert again.live() == [session]
        again.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: again.live() == [])
        found = intervals_in(card.heard())
        again.end(signal.SIGINT)
    assert [one for one in found if abs(one - INTERVAL) > 1] == []
    assert len(found) > n_before + 20

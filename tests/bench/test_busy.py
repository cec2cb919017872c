"""The beat on a busy machine, in short; `bench/busy.py` has the long form."""

import pytest
from sound_servers import HAS_PULSE, NO_PULSE

from bench.busy import play
from cadencecoach.store.settings import SoundSettings

pytestmark = [
    pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE),
    pytest.mark.slow,
    pytest.mark.timeout(180),
]


def test_a_busy_machine_costs_no_process_and_no_phase() -> None:
    """Beside five busy loops no process is given up, and sound is lost no more often than by a bare callback.

    The last click stands where the first one puts it, to a twentieth of an interval. In short for five seconds, at
    least ten intervals.
    """
    ours, bare = play(5.0, SoundSettings().latency_s)
    assert ours.n_intervals >= 10
    assert ours.n_replaced == 0
    assert ours.n_losses <= bare.n_losses
    assert abs(ours.phase_ms) < 17.0

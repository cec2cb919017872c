"""A song is read by a process that has its bounds."""

import sys
from itertools import count

import pytest

from cadencecoach.desk.music.analysing import MOST_MEMORY_BYTES, MOST_PROCESSOR_S, WITHIN_S, limit_process
from cadencecoach.devices.background.side_by_side import answers_side_by_side

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def never_ready(processor_s: float) -> None:
    """As a decoder that is kept busy by what it reads."""
    limit_process(processor_s)
    for _ in count():
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="it counts no processor time")
def test_a_decoder_that_is_kept_busy_is_ended_by_the_processor_time_it_has_used() -> None:
    """However long that takes by the clock, on a machine that has much else to do."""
    ((_, answer),) = answers_side_by_side(never_ready, [1.0], within_s=WITHIN_S, n_processes=1)
    assert "sudden end" in str(answer)


def test_the_bounds() -> None:
    """Half an hour by the clock, five minutes of a processor, 2 GB."""
    assert (WITHIN_S, MOST_PROCESSOR_S, MOST_MEMORY_BYTES) == (1800.0, 300.0, 2_000_000_000)

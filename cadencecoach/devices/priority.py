"""What must never be late goes before others where the system allows it; where it does not, all works.

While the audio process loads: a better nice value, so that on a busy machine the beat begins, or is back, without
waiting its turn. It is given back before the card is opened, because a card that asks without end would leave nobody
else any time. While it plays: real time for the thread that takes commands. Under JACK the callback runs in real time
already, and would wait for a thread that was put aside while it held the interpreter.

Real time for the owner of a room's radio, too: where it waits for its turn, every lane does.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

NICE = -11  # as PulseAudio and PipeWire ask for
PRIORITY = 5  # below the threads of any sound server, which must not wait for us


@contextmanager
def before_others() -> Iterator[None]:
    """A better nice value for this thread and those it starts meanwhile."""
    if sys.platform == "win32":
        yield
        return
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    try:
        yield
    finally:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, usual)


def keep_up() -> None:
    """Real time for the thread that calls, which must sleep nearly always; threads started later inherit it."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))

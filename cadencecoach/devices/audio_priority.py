"""The audio process goes before others where the system allows it; where it does not, nothing is said and all works.

Two things are asked for, both on POSIX only. A better nice value: a busy machine then gives the process its turn at
once, when it loads and when it plays. And real time for the thread that takes commands: under JACK the callback runs
in real time already, and would wait for a thread that was put aside while it held the interpreter.
"""

import os
import sys
from contextlib import suppress

NICE = -11  # as PulseAudio and PipeWire ask for
PRIORITY = 5  # below the threads of any sound server, which must not wait for us


def go_before_others() -> None:
    """A better nice value for this process; call it before there are other threads, which inherit it."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, NICE)


def keep_up_with_callback() -> None:
    """Real time for the thread that calls, which must sleep nearly always; threads started later inherit it."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))


def may_be_real_time() -> bool:
    """Whether `keep_up_with_callback` will be allowed to."""
    if sys.platform != "linux":
        return False
    import resource  # noqa: PLC0415  # not on Windows

    return os.geteuid() == 0 or resource.getrlimit(resource.RLIMIT_RTPRIO)[0] >= PRIORITY

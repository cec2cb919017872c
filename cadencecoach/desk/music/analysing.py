"""One song read in a process of its own: functions that such a process is asked for."""

import math
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cadencecoach.devices.song_file import N_SIDES, FileMark, SongSound, mark_of, on_two_sides
from cadencecoach.music.finding import SongFinder
from cadencecoach.music.song import Song

WITHIN_S = 1800.0  # for a disk that does not answer; a song waits behind all else that a machine has to do
MOST_PROCESSOR_S = 300.0  # an hour and a half of MP3 takes one minute; a damaged one may keep its decoder busy for ever
MOST_MEMORY_BYTES = 2_000_000_000  # many times what a song takes; a damaged one may ask for all there is


def analyse(path: Path) -> tuple[Song, FileMark]:
    """Where the beats of a song are, and the mark of the file they are in.

    Raises:
        UsageError: it cannot be read
    """
    return analyse_tapped(path, ())


def analyse_tapped(path: Path, taps_s: Sequence[float]) -> tuple[Song, FileMark]:
    """As `analyse`, with the beat that was tapped.

    Args:
        path: of the song
        taps_s: when, in seconds of the song
    Raises:
        UsageError: it cannot be read, or the taps are too few or not even
    """
    limit_process()
    mark = mark_of(path)
    with SongSound(path) as sound:
        finder = SongFinder(sound.fs_hz, N_SIDES)  # so that it is as loud as it is found to be
        for block in sound.blocks():
            finder.add(on_two_sides(block))
    return finder.song(path, taps_s), mark


def limit_process(processor_s: float = MOST_PROCESSOR_S) -> None:
    """Give this process only so much memory, and from now on so much of a processor; what decoders print goes nowhere.

    Where a system counts no processor time, `WITHIN_S` alone ends it.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        until_s = math.ceil(used.ru_utime + used.ru_stime + processor_s)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (until_s, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        if sys.platform == "linux":
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))

"""One song read in a process of its own: functions that such a process is asked for."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cadencecoach.devices.song_file import N_SIDES, FileMark, SongSound, mark_of, on_two_sides
from cadencecoach.music.finding import SongFinder
from cadencecoach.music.song import Song

WITHIN_S = 300.0  # an hour and a half of MP3 takes one minute of a processor that nobody else wants
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
    _limit_process()
    mark = mark_of(path)
    with SongSound(path) as sound:
        finder = SongFinder(sound.fs_hz, N_SIDES)  # so that it is as loud as it is found to be
        for block in sound.blocks():
            finder.add(on_two_sides(block))
    return finder.song(path, taps_s), mark


def _limit_process() -> None:
    """Give this process only so much memory, and have what decoders print go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on every system

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))

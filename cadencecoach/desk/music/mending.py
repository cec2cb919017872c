"""A song's beat mended by taps, and the taps taken back."""

import math
from collections.abc import Sequence
from pathlib import Path

from cadencecoach.desk.music.analysing import WITHIN_S, analyse, analyse_tapped
from cadencecoach.devices.background.answering import Answerer
from cadencecoach.devices.input_file import clean_name, real_path, user_path
from cadencecoach.devices.song_file import FileMark
from cadencecoach.errors import UsageError
from cadencecoach.music.song import Song
from cadencecoach.store.song_book import KeptSong, SongBook


def song_named(text: str, book: SongBook) -> KeptSong:
    """A song by its file: as it is kept, or read and kept now.

    Raises:
        UsageError: it cannot be read
    """
    path = real_path(user_path(text))
    kept = book.find(path)
    if kept is not None:
        return kept
    kept = KeptSong(*_ask_process(path, None))
    book.keep(kept)
    return kept


def times_in(text: str) -> list[float]:
    """The times of taps in a text, in seconds, with spaces or commas between them.

    Raises:
        UsageError: something else stands there
    """
    try:
        times_s = [float(word) for word in text.replace(",", " ").split()]
    except ValueError:
        times_s = [math.nan]
    if not all(math.isfinite(time_s) and time_s >= 0 for time_s in times_s):
        raise UsageError(f"--at {text!a}: times are seconds of the song, such as '12.1 12.5 12.9'")
    return times_s


def mend(kept: KeptSong, taps_s: Sequence[float], book: SongBook) -> Song:
    """The song with the beat that was tapped, which is kept from now on.

    Raises:
        UsageError: the taps are too few, or not even; or they lead to a beat that cannot be run to. Nothing has changed
    """
    song, mark = _ask_process(kept.song.path, tuple(taps_s))
    if song.refused:
        raise UsageError(f"{clean_name(song.path)}: with these taps it is refused; nothing was changed. {song.refused}")
    book.keep(KeptSong(song, mark, kept.before or kept.song))
    return song


def _ask_process(path: Path, taps_s: tuple[float, ...] | None) -> tuple[Song, FileMark]:
    """What a process of its own finds out."""
    answerer = Answerer(within_s=WITHIN_S)
    try:
        return answerer.ask(analyse, path) if taps_s is None else answerer.ask(analyse_tapped, path, taps_s)
    finally:
        answerer.close()

"""Readers of songs, of what is kept of them, of a room's file, of encrypted packages and of a store of tables."""

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from bench.fuzz.reader import ROOT, Read, Reader, files_below
from cadencecoach.desk.room.checking import check_room_file
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.devices.assets import asset
from cadencecoach.devices.song_file import SongSound, mark_of
from cadencecoach.music.finding import SongFinder
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.opening import open_store
from cadencecoach.store.song_book import KeptSong, SongBook

sys.path.insert(0, str(ROOT / "tests" / "support"))

import sql_stores  # of the tests

Samples = NDArray[np.float32]
FS_HZ, SPM, SONG_S = 8000, 170.0, 20.0
WORDS = "as long as it takes"  # that open the package, which takes 2^4 rounds: ours take a second and half a gigabyte
MOST_LOG_WORK = 17  # of a package that is decrypted here: each more doubles its 128 MB
FORMATS = {".wav": ("WAV", "PCM_16"), ".flac": ("FLAC", "PCM_16"), ".ogg": ("OGG", "VORBIS"), ".mp3": ("MP3", None)}


def song_readers(folder: Path) -> tuple[Reader, ...]:
    """Of each format that is taken, and of what is kept; `folder` is for what they write."""
    sound = _song()
    seeds = {ending: (_as(sound, ending),) for ending in FORMATS}
    heard = (Reader(name=f"song {ending}", ending=ending, read=_find, seeds=some) for ending, some in seeds.items())
    return (*heard, _kept_song(folder / "songs"))


def store_readers(folder: Path) -> tuple[Reader, ...]:
    """Of a room's file, an encrypted package and a store of tables; `folder` is for what they write."""
    store = FileStore(folder / "room")
    rooms = tuple(path.read_bytes() for path in asset("config", "rooms").glob("*.yaml"))
    packages = files_below(ROOT / "tests" / "data" / "encrypted", "*.age")
    return (
        Reader(name="room", ending=".yaml", read=lambda path: check_room_file(store, path), seeds=rooms),
        Reader(name="encrypted package", ending=".zip", read=_encrypted(folder), seeds=packages),
        Reader(name="store of tables", ending=".sqlite", read=_tables(folder), seeds=(_made_store(),)),
    )


def _song() -> Samples:
    """A drum on each beat over a tone, as short as a song may be for its beats to be found."""
    times_s = np.arange(round(SONG_S * FS_HZ)) / FS_HZ
    since_beat_s = np.mod(times_s, 60 / SPM)
    drum = 0.4 * np.exp(-40 * since_beat_s) * np.sin(2 * np.pi * 90 * since_beat_s)
    sound: Samples = (drum + 0.05 * np.sin(2 * np.pi * 440 * times_s)).astype(np.float32)
    return sound


def _as(sound: Samples, ending: str) -> bytes:
    out, (form, subtype) = io.BytesIO(), FORMATS[ending]
    soundfile.write(out, sound, FS_HZ, format=form, subtype=subtype)
    return out.getvalue()


def _find(path: Path) -> KeptSong:
    """What `music add` does with a song, in this process and with this process's memory."""
    mark = mark_of(path)
    with SongSound(path) as sound:
        finder = SongFinder(sound.fs_hz, sound.n_channels)
        for block in sound.blocks():
            finder.add(block)
    return KeptSong(finder.song(path, ()), mark, None)


def _kept_song(folder: Path) -> Reader:
    folder.mkdir(parents=True, exist_ok=True)
    song_file = folder / "one.wav"
    song_file.write_bytes(_as(_song(), ".wav"))
    book = SongBook(folder / "kept")
    book.keep(_find(song_file))
    (kept,) = (folder / "kept").iterdir()
    good = kept.read_bytes()

    def read(path: Path) -> None:
        if path.is_file():  # the program makes this file itself; nobody names it
            kept.write_bytes(path.read_bytes()[:1_000_000])
        book.list_songs()
        book.find(song_file)

    return Reader(name="kept song", ending=".json", read=read, seeds=(good,))


def _encrypted(folder: Path) -> Read:
    store = FileStore(folder / "decrypted")
    store.athletes_folder.mkdir(parents=True, exist_ok=True)

    def read(path: Path) -> None:
        with suppress(_TooMuchError), open_file(store, path, lambda: _words_for(path)):
            pass

    return read


class _TooMuchError(Exception):
    """The package is well so far, and to decrypt it takes more memory than all else."""


def _words_for(path: Path) -> str:
    """What opens a package."""
    said = re.search(rb"-> scrypt \S+ (\d+)", path.read_bytes()[:1000])
    if said is not None and int(said[1]) > MOST_LOG_WORK:
        raise _TooMuchError
    return WORDS


def _made_store() -> bytes:
    """A file of tables with an athlete."""
    with tempfile.TemporaryDirectory() as name, sql_stores.sqlite_store(Path(name)) as store:
        store.write_profile(Profile(athlete="r7"))
        store.settle()
        return (Path(name) / "clinic.sqlite").read_bytes()


def _tables(folder: Path) -> Callable[[Path], None]:
    place = folder / "tables"

    def read(path: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        if not path.is_file():  # the program is told the address; a pipe is none
            return
        (place / "clinic.sqlite").write_bytes(path.read_bytes()[:1_000_000])
        store = open_store(f"sqlite:///{place}/clinic.sqlite", FileStore(place / "here"))
        for athlete in store.athlete_names():
            store.read_profile(athlete)
        store.athlete_marks()

    return read

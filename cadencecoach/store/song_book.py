"""What was found out about songs, one small file for each: where its beats are, never any of its sound.

Kept with what can be made again (`machine.songs`). A song whose file has changed since is not known any more.
"""

import hashlib
import json
import math
import os
import random
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from cadencecoach.devices.input_file import clean_name, real_path
from cadencecoach.devices.private_file import not_written, read_private, write_private
from cadencecoach.devices.song_file import FileMark, mark_of
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.music.song import MOST_CREST_DB, QUIETEST_LUFS, Song

VERSION = 2  # of what is found out; another one is found out anew
ENDING = ".json"
MOST_FOLDERS = 20  # that somebody chooses from
_PATH = re.compile(rb'\{"version": \d+, "path": ("(?:[^"\\]|\\.)*")')  # as `keep` writes it
_TEMPO = re.compile(rb'"song": \{"spm": (\d+(?:\.\d+)?), "refused": "",')  # of one that is taken
_BEGUN = b'"beats_s": ['
HEAD_BYTES = 2000  # of what is kept: all but the beats, unless the path is very long
MOST_OF_A_TEMPO = 5  # songs of a session within a step a minute of each other: over a hundred fit any target then
MOST_BYTES = 4_000_000  # an hour and a half of beats takes 150 kB


@dataclass(frozen=True, slots=True)
class KeptSong:
    """A song as it was kept.

    Attributes:
        song: as it stands
        mark: of the file it was found in
        before: as it was found by itself, where taps have mended it since
    """

    song: Song
    mark: FileMark
    before: Song | None = None

    @property
    def is_current(self) -> bool:
        """Whether the file is still the one it was found in."""
        try:
            return mark_of(self.song.path) == self.mark
        except UsageError:
            return False


@dataclass(frozen=True, slots=True)
class Listed:
    """Songs that are kept.

    Attributes:
        songs: whose files are unchanged, refused ones too
        n_changed: others, whose files have changed or are gone
    """

    songs: tuple[Song, ...]
    n_changed: int


@dataclass(frozen=True, slots=True)
class SongBook:
    """All songs that are kept.

    Attributes:
        place: the folder; or why nothing is kept
    """

    place: Path | NoHomeError

    def read_all(self) -> list[KeptSong]:
        """Every song, in the order of their paths, whether its file is unchanged or not."""
        if isinstance(self.place, NoHomeError) or not self.place.is_dir():
            return []
        entries = (_read(file) for file in self.place.glob(f"*{ENDING}"))
        return sorted((one for one in entries if one is not None), key=lambda one: os.fsencode(one.song.path))

    def list_songs(self, folder: Path | None = None) -> Listed:
        """The songs below a folder, or all; those whose files have changed are only counted."""
        below = None if folder is None else real_path(folder)
        there = [one for one in self.read_all() if below is None or one.song.path.is_relative_to(below)]
        songs = tuple(one.song for one in there if one.is_current)
        return Listed(songs, len(there) - len(songs))

    def draw(self, folder: Path | None, seed: int) -> list[Song]:
        """Songs for one session: of each tempo some, drawn by a seed, refused ones left out.

        All beats of thousands of songs would take many seconds to read, and an hour has some fifteen songs.
        """
        if isinstance(self.place, NoHomeError) or not self.place.is_dir():
            return []
        below = None if folder is None else real_path(folder)
        by_tempo = dict[int, list[Path]]()
        for file in sorted(self.place.glob(f"*{ENDING}"), key=lambda one: one.name):
            found = _tempo_in(file, below)
            if found is not None:
                by_tempo.setdefault(int(found), []).append(file)
        drawn = list[Song]()
        for tempo, files in by_tempo.items():
            random.Random(f"{seed}:{tempo}").shuffle(files)  # noqa: S311  # chance that can be had again
            kept = (one for file in files if (one := _read(file)) is not None and one.is_current)
            drawn += [one.song for one in islice(kept, MOST_OF_A_TEMPO)]
        return sorted(drawn, key=lambda one: os.fsencode(one.path))

    def find(self, path: Path) -> KeptSong | None:
        """What is kept of a file, if that is unchanged; its path is resolved."""
        if isinstance(self.place, NoHomeError):
            return None
        one = _read(self._file(path))
        return one if one is not None and one.song.path == path and one.is_current else None

    def keep(self, one: KeptSong) -> None:
        """Keep a song, in place of what was kept of its file.

        Raises:
            UsageError: there is no home for it, or the folder cannot be written
        """
        if isinstance(self.place, NoHomeError):
            raise self.place.again()
        before = None if one.before is None else _plain(one.before)
        mark = one.mark
        kept = {
            "version": VERSION,
            "path": str(one.song.path),  # half a character, which a name may hold, becomes an escape
            "size": mark.size,
            "mtime_ns": mark.mtime_ns,
            "head": mark.head,
            "song": _plain(one.song),
            "before": before,
        }
        try:
            write_private(self._file(one.song.path), json.dumps(kept).encode(), sync=lambda _: None)
        except OSError as error:
            raise UsageError(not_written(self.place, error)) from error

    def undo(self, path: Path) -> KeptSong:
        """Keep a song again as it was before taps mended it.

        Raises:
            UsageError: it is not kept, or was not mended
        """
        one = self.find(path)
        if one is None or one.before is None:
            raise UsageError(f"{clean_name(path)}: no taps are kept of it; there is nothing to undo")
        undone = replace(one, song=one.before, before=None)
        self.keep(undone)
        return undone

    def folders(self) -> tuple[Path, ...]:
        """The folders that kept songs are in, in the order of their names; where there are many, those around them."""
        if isinstance(self.place, NoHomeError) or not self.place.is_dir():
            return ()
        return _folders_in(self.place, frozenset(file.name for file in self.place.glob(f"*{ENDING}")))

    def forget(self, path: Path) -> None:
        """Keep nothing of a song any more, whether its file is still there or not.

        Raises:
            UsageError: nothing is kept of it, or it cannot be deleted
        """
        if isinstance(self.place, NoHomeError):
            raise self.place.again()
        file = self._file(path)
        if not file.is_file():
            raise UsageError(f"{clean_name(path)}: nothing is kept of it; there is nothing to forget")
        try:
            file.unlink()
        except OSError as error:
            raise UsageError(not_written(self.place, error)) from error

    def forget_all(self) -> int:
        """Keep nothing of any song any more; of how many something was kept.

        Raises:
            UsageError: something cannot be deleted
        """
        if isinstance(self.place, NoHomeError) or not self.place.is_dir():
            return 0
        n_files = 0
        try:
            for file in self.place.glob(f"*{ENDING}"):
                file.unlink(missing_ok=True)
                n_files += 1
        except OSError as error:
            raise UsageError(not_written(self.place, error)) from error
        return n_files

    def _file(self, path: Path) -> Path:
        assert not isinstance(self.place, NoHomeError)
        return self.place / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}{ENDING}"


@lru_cache(maxsize=4)
def _folders_in(place: Path, names: frozenset[str]) -> tuple[Path, ...]:
    """As `SongBook.folders`; read again when a song was kept or forgotten, for thousands take a moment."""
    kept = (_path_in(place / name) for name in names)  # of one name is always the same path
    folders = {path.parent for path in kept if path is not None}
    while len(folders) > MOST_FOLDERS:
        deepest = max(len(one.parts) for one in folders)
        folders = {one.parent if len(one.parts) == deepest else one for one in folders}
    return tuple(sorted(folders, key=lambda one: (os.fsencode(one.name), os.fsencode(one))))


def _tempo_in(file: Path, below: Path | None) -> float | None:
    """Of a song below a folder, without its beats, in steps a minute; None for one that is refused."""
    raw = _head_of(file)
    found = _TEMPO.search(raw)
    if found is None:
        return None
    if below is not None and ((path := _path_of(raw)) is None or not path.is_relative_to(below)):
        return None
    return float(found[1])


def _path_in(file: Path) -> Path | None:
    """Of the song something is kept of, without its beats."""
    return _path_of(_head_of(file))


def _head_of(file: Path) -> bytes:
    """What is kept of a song, without its beats or nearly; nothing where it cannot be read."""
    raw = read_private(file, HEAD_BYTES) or b""
    return raw if _BEGUN in raw else read_private(file, MOST_BYTES) or b""


def _path_of(raw: bytes) -> Path | None:
    found = _PATH.match(raw)
    try:
        return None if found is None else Path(json.loads(found[1]))
    except ValueError:
        return None


def _plain(song: Song) -> dict[str, Any]:
    return {
        "spm": song.spm,
        "refused": song.refused,
        "beats_s": song.beats_s,
        "unsteady_ms": song.unsteady_ms,
        "loudness_lufs": song.loudness_lufs if math.isfinite(song.loudness_lufs) else None,
        "crest_db": song.crest_db if math.isfinite(song.crest_db) else None,
        "duration_s": song.duration_s,
    }


def _read(file: Path) -> KeptSong | None:
    """A song; None where there is nothing that makes sense: it is found out anew then."""
    raw = read_private(file, MOST_BYTES)
    if raw is None:
        return None
    try:
        kept = json.loads(raw)
        if kept["version"] != VERSION:
            return None
        path = Path(str(kept["path"]))
        mark = FileMark(int(kept["size"]), int(kept["mtime_ns"]), str(kept["head"]))
        before = None if kept["before"] is None else _song(path, kept["before"])
        return KeptSong(_song(path, kept["song"]), mark, before)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _song(path: Path, kept: dict[str, Any]) -> Song:
    beats_s = tuple(float(beat_s) for beat_s in kept["beats_s"])
    loudness, crest = kept["loudness_lufs"], kept["crest_db"]
    numbers = [*beats_s, float(kept["spm"]), float(kept["unsteady_ms"]), float(kept["duration_s"])]
    if not all(map(math.isfinite, numbers)) or any(later <= one for one, later in pairwise(beats_s)):
        raise ValueError("no beats")
    song = Song(
        path=path,
        spm=float(kept["spm"]),
        beats_s=beats_s,
        unsteady_ms=float(kept["unsteady_ms"]),
        loudness_lufs=-math.inf if loudness is None else float(loudness),
        crest_db=-math.inf if crest is None else float(crest),
        duration_s=float(kept["duration_s"]),
        refused=str(kept["refused"]),
    )
    is_playable = QUIETEST_LUFS <= song.loudness_lufs < math.inf and -math.inf < song.crest_db <= MOST_CREST_DB
    if not song.refused and not is_playable:
        raise ValueError("no loudness")
    return song

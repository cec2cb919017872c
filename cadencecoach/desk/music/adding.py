"""Songs taken in: each found in its file or folder, read once, and kept as soon as it is known."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.desk.music.analysing import WITHIN_S, analyse
from cadencecoach.devices.background.side_by_side import answers_side_by_side
from cadencecoach.devices.input_file import clean_name, user_path
from cadencecoach.devices.song_file import check_song, others_under, songs_under
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.music.song import Song
from cadencecoach.store.song_book import KeptSong, SongBook


@dataclass(frozen=True, slots=True)
class Looked:
    """What was named, looked through.

    Attributes:
        todo: files to be read
        known: songs that are kept and have not changed
        n_others: songs by their names, in forms that are not read
        missing: why something that was named cannot be read, a line each
    """

    todo: tuple[Path, ...]
    known: tuple[Song, ...]
    n_others: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """One song, read.

    Attributes:
        path: of its file
        song: what was found; None where it cannot be read
        trouble: why it cannot be read, one line
    """

    path: Path
    song: Song | None
    trouble: str = ""


def look_through(named: Sequence[str], book: SongBook) -> Looked:
    """The songs in files and folders, without reading them."""
    todo, known, missing = dict[Path, None](), dict[Path, Song](), list[str]()
    n_others, closed = 0, list[Path]()
    for text in named:
        path = user_path(text)
        try:
            is_there = path.exists()
        except (OSError, ValueError):  # a NUL in the name
            is_there = False
        if not is_there:
            missing.append(f"{clean_name(path)} does not exist; name a song or a folder of songs")
            continue
        n_others += others_under(path)
        for file in songs_under(path, closed):
            kept = book.find(file)
            if kept is None:
                todo[file] = None
            else:
                known[file] = kept.song
    missing += [f"{clean_name(one)} cannot be looked into; check the permissions of the folder" for one in closed]
    return Looked(tuple(todo), tuple(known.values()), n_others, tuple(missing))


def add_songs(todo: Sequence[Path], book: SongBook) -> Generator[Added]:
    """Read songs, a few at a time, and keep each; in the order in which they are done.

    Closing it ends the work; what was told of is kept.

    Raises:
        UsageError: nothing can be kept, as on a full disk: there is no use in reading more
    """
    readable = list[Path]()
    for path in todo:
        try:
            check_song(path)
            readable.append(path)
        except UsageError as error:
            yield Added(path, None, str(error))
    answers = answers_side_by_side(analyse, readable, within_s=WITHIN_S)
    try:
        for path, answer in answers:
            if isinstance(answer, CadencecoachError):
                yield Added(path, None, _line_of(path, answer))
                continue
            song, mark = answer
            book.keep(KeptSong(song, mark))
            yield Added(path, song)
    finally:
        answers.close()


def _line_of(path: Path, error: CadencecoachError) -> str:
    """What is wrong, with the name of the file in it once."""
    name = clean_name(path)
    return str(error) if name in str(error) else f"{name}: {error}"

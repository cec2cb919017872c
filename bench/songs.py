"""How well the beats of songs are found: songs made with known beats, and songs under free licences.

    uv run python bench/songs.py [--seconds 60] [--debian] [--many 5000]

With --debian, packages of Debian with free music are fetched by `apt-get download` into a folder that is gone
afterwards; without apt, or a network, they are left out and that is said. Nobody knows the beats of those songs, so
their tempo is held against whole numbers, which sequencers play, and that of the first half against the second's.
--many adds a folder of so many short songs, twice.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from made_songs import FS_HZ, errors_ms, even_beats, made_songs, rock

from cadencecoach.desk.music.adding import add_songs, look_through
from cadencecoach.desk.music.telling import line_of
from cadencecoach.devices.song_file import SongSound
from cadencecoach.errors import UsageError
from cadencecoach.music.finding import SongFinder
from cadencecoach.music.song import Song
from cadencecoach.store.song_book import SongBook

BLOCK = 65_536
LEAST_BYTES = 250_000  # jingles and effects are smaller
# By package, the licence that its copyright file names for all that has no other.
PACKAGES = {
    "extremetuxracer-data": "GPL-2+",
    "frozen-bubble-data": "GPL-2",
    "lincity-ng-data": "GPL-2+",
    "asc-music": "GPL-2+",
}


@dataclass(frozen=True)
class Row:
    """One song of the table."""

    name: str
    song: Song
    within: float | None
    median_ms: float | None
    most_ms: float | None

    def text(self) -> str:
        """As Markdown."""
        off = (
            ["-"] * 3 if self.within is None else [f"{self.median_ms:.1f}", f"{self.most_ms:.1f}", f"{self.within:.0%}"]
        )
        cells = [self.name, f"{self.song.spm:.1f}", *off, f"{self.song.unsteady_ms:.1f}", self.song.refused or "taken"]
        return f"| {' | '.join(cells)} |"


def made_rows(seconds: float) -> tuple[list[Row], bool]:
    """The table of made songs, and whether each was taken or refused as it should."""
    rows, is_well = list[Row](), True
    for name, made in made_songs(seconds).items():
        finder = SongFinder(made.fs_hz, 1)
        for first in range(0, len(made.sound), BLOCK):
            finder.add(made.sound[first : first + BLOCK, None])
        song = finder.song(Path(name))
        is_well &= bool(song.refused) == made.is_refused
        if made.is_refused or not song.beats_s:
            rows.append(Row(name, song, None, None, None))
            continue
        off = errors_ms(song.beats_s, made.beats_s)
        rows.append(Row(name, song, float(np.mean(np.abs(off) <= 5)), float(np.median(off)), float(np.abs(off).max())))
    return rows, is_well


def show_debian() -> None:
    """Fetch the packages, and tell of each song in them."""
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        print("left out: the songs of Debian's packages, since there is no apt-get here")
        return
    with tempfile.TemporaryDirectory() as folder:
        for package, licence in PACKAGES.items():
            got = subprocess.run(["apt-get", "download", package], cwd=folder, capture_output=True, check=False)  # noqa: S607
            debs = [*Path(folder).glob(f"{package}_*.deb")]
            if got.returncode or not debs:
                print(f"left out: {package}, which cannot be fetched")
                continue
            place = Path(folder, package)
            subprocess.run(["dpkg", "-x", str(debs[0]), str(place)], check=True)  # noqa: S607
            print(f"\n{package}, {licence}")
            for path in sorted(one for one in place.rglob("*") if one.suffix in {".ogg", ".mp3"}):
                if path.stat().st_size >= LEAST_BYTES:
                    show_song(path)


def show_song(path: Path) -> None:
    """A song whose beats nobody knows: its tempo as a whole, and by halves."""
    began_s = time.process_time()
    try:
        with SongSound(path) as sound:
            finder = SongFinder(sound.fs_hz, sound.n_channels)
            for block in sound.blocks():
                finder.add(block)
        song = finder.song(path)
    except UsageError as error:
        print(f"  {error}")
        return
    beats, half = song.beats_s, len(song.beats_s) // 2
    halves = [60 * (len(part) - 1) / (part[-1] - part[0]) for part in (beats[:half], beats[half:]) if len(part) > 1]
    cost = (time.process_time() - began_s) / song.duration_s
    by_halves = " and ".join(f"{spm:.2f}" for spm in halves)
    print(
        f"  {path.name}: {song.spm:.1f} spm, halves {by_halves}; {line_of(song).partition(': ')[2]}; {cost:.4f} s per s"
    )


def show_many(n_songs: int) -> None:
    """A folder of short songs, added, and added again."""
    with tempfile.TemporaryDirectory() as folder:
        sound = rock(even_beats(172.0, 10.0), 10.0)
        songs = Path(folder, "songs")
        songs.mkdir()
        soundfile.write(songs / "0.flac", sound, FS_HZ)
        for number in range(1, n_songs):
            shutil.copy(songs / "0.flac", songs / f"{number}.flac")
        book = SongBook(Path(folder, "book"))
        for turn in ("first", "again"):
            began_s = time.monotonic()
            looked = look_through([str(songs)], book)
            n_added = sum(1 for _ in add_songs(looked.todo, book))
            print(f"{turn}: {n_added} read, {len(looked.known)} known, {time.monotonic() - began_s:.1f} s")


def main() -> int:
    """The tables; 1 where a made song was taken that should be refused, or the other way round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--debian", action="store_true")
    parser.add_argument("--many", type=int, default=0)
    asked = parser.parse_args()
    rows, is_well = made_rows(asked.seconds)
    print("| made song | spm | median ms | most ms | within 5 ms | unsteady ms | |\n|---|---|---|---|---|---|---|")
    print("\n".join(row.text() for row in rows))
    if asked.debian:
        show_debian()
    if asked.many:
        show_many(asked.many)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())

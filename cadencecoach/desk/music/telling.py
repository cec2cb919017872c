"""What is told of songs, in lines and as JSON."""

import math
from collections.abc import Sequence

from cadencecoach.devices.input_file import clean_name
from cadencecoach.music.song import Song, targets_fitting

HEADING = ("spm", "fits targets", "steady to", "LUFS", "song")


def line_of(song: Song) -> str:
    """A song in one line: its name, and what it fits; or why it is refused."""
    name = clean_name(song.path)
    fitting = targets_fitting(song)
    if fitting is None:
        return f"{name}: refused. {song.refused}"
    return (
        f"{name}: {song.spm:.1f} spm, for {fitting[0]:.1f} to {fitting[1]:.1f} spm, "
        f"steady to {song.unsteady_ms:.0f} ms, {song.loudness_lufs:.1f} LUFS"
    )


def listing_of(songs: Sequence[Song]) -> list[str]:
    """Songs in columns, a line each, the name last and whole; then those that are refused, each with the reason."""
    fitting = [(song, targets_fitting(song)) for song in songs]
    rows = [HEADING] + [
        (
            f"{song.spm:.1f}",
            f"{targets[0]:.1f}-{targets[1]:.1f}",
            f"{song.unsteady_ms:.0f} ms",
            f"{song.loudness_lufs:.1f}",
            clean_name(song.path),
        )
        for song, targets in fitting
        if targets is not None
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    lines = ["  ".join((*(map(str.rjust, row[:-1], widths)), row[-1])) for row in rows] if len(rows) > 1 else []
    return lines + [line_of(song) for song, targets in fitting if targets is None]


def json_of(song: Song) -> dict[str, object]:
    """A song for a program; what is not known is null."""
    fitting = targets_fitting(song)
    return {
        "file": str(song.path),
        "spm": song.spm or None,
        "beats_s": list(song.beats_s),
        "unsteady_ms": song.unsteady_ms if song.spm else None,
        "loudness_lufs": song.loudness_lufs if math.isfinite(song.loudness_lufs) else None,
        "refused": song.refused or None,
        "fits_spm": None if fitting is None else list(fitting),
    }

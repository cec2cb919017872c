"""One song whose beats are known, and which targets it fits."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HIGHEST_SPM = 200.0  # tempos of songs are halved or doubled into 140-200, where people run
REACH = 0.08  # how much faster or slower a song may be played: beyond that it stops being music
OCTAVES = (1.0, 0.5, 2.0)  # beats played for each beat of the song: as it is, every second one, one more between two
PLAYED_LUFS = -14.0  # every song is brought to it, before the gain of the beat, which is half of it by default
QUIETEST_LUFS = -50.0  # 36 dB are added then, and the noise of 16 bits is still 40 dB below the song
EVEN_CREST_DB = 20.0  # peaks of so much are let through whole by the limiter at that gain, but for 1 dB
MOST_CREST_DB = 23.0  # a song of more is refused: all others would be brought down by more than 3 dB for it
_EDGE = 1e-9  # of a ratio: a target at the very edge of the reach is within it


@dataclass(frozen=True, slots=True)
class Song:
    """A file of music whose beats are known.

    Attributes:
        path: of the file, resolved, absolute
        spm: tempo in steps a minute, folded into 140-200 (see `folded_spm`), to 0.1; 0 where none was found
        beats_s: times of the beats in the file, seconds, ascending, at `spm` (already halved or doubled)
        unsteady_ms: SD of the beats about their smooth tempo
        loudness_lufs: integrated loudness (ITU-R BS.1770)
        crest_db: how far its peaks stand above that
        duration_s: of the whole file
        refused: why it cannot be run to, one sentence with the figure; empty if it can
    """

    path: Path
    spm: float
    beats_s: tuple[float, ...]
    unsteady_ms: float
    loudness_lufs: float
    crest_db: float
    duration_s: float
    refused: str = ""


def octave_for(song: Song, target_spm: float, reach: float = REACH) -> float | None:
    """How many beats are played for each beat of a song at a target: 1, 0.5 or 2; None if the song does not fit.

    Args:
        song: a refused one fits nothing
        target_spm: what the runner runs to
        reach: how much faster or slower it may be played, as a part of its own tempo; the very edge fits
    """
    if song.refused or song.spm <= 0:
        return None
    return next((o for o in OCTAVES if abs(target_spm / (song.spm * o) - 1) <= reach + _EDGE), None)


def fits(song: Song, target_spm: float, reach: float = REACH) -> bool:
    """Whether a song can be run to at a target: as played, at half or at double tempo, within the reach."""
    return octave_for(song, target_spm, reach) is not None


def ratio_for(song: Song, target_spm: float, reach: float = REACH) -> float | None:
    """How much faster than recorded a song is played at a target, such as 1.05; None if it does not fit."""
    octave = octave_for(song, target_spm, reach)
    return None if octave is None else target_spm / (song.spm * octave)


def targets_fitting(song: Song, reach: float = REACH) -> tuple[float, float] | None:
    """The lowest and the highest target a song fits as played, to 0.1 spm and inside the reach; None if refused."""
    if song.refused or song.spm <= 0:
        return None
    lowest, highest = song.spm * (1 - reach), song.spm * (1 + reach)
    return math.ceil(lowest * 10 - _EDGE * 1e3) / 10, math.floor(highest * 10 + _EDGE * 1e3) / 10


def played_beats_s(song: Song, octave: float) -> tuple[float, ...]:
    """Where in the file the beats are that are played: all, every second one, or with one more between two.

    Args:
        song: whose beats
        octave: of `octave_for`
    """
    if octave == 1:
        return song.beats_s
    if octave < 1:
        return song.beats_s[:: round(1 / octave)]
    pairs = zip(song.beats_s, song.beats_s[1:], strict=False)
    return tuple(time_s for early, late in pairs for time_s in (early, (early + late) / 2)) + song.beats_s[-1:]


def common_lufs(songs: Iterable[Song]) -> float:
    """The loudness that all songs of a session are brought to: lower where the peaks of one would not fit above it."""
    highest_db = max((song.crest_db for song in songs if not song.refused), default=0.0)
    return PLAYED_LUFS - min(max(0.0, highest_db - EVEN_CREST_DB), MOST_CREST_DB - EVEN_CREST_DB)


def folded_spm(tempo_spm: float) -> float:
    """A tempo halved or doubled into 140-200 spm; one of 100-140, whose half and double are not there, stays."""
    if tempo_spm <= 0:
        return 0.0
    while tempo_spm > HIGHEST_SPM:
        tempo_spm /= 2
    while tempo_spm <= HIGHEST_SPM / 2:
        tempo_spm *= 2
    return tempo_spm

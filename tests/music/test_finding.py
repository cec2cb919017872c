"""Beats of made songs are found where they were put, and songs nobody can run to are refused."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
from each_row import each_row
from made_songs import FS_HZ, MadeSong, errors_ms, even_beats, made_songs, rock, snare

from cadencecoach.devices.song_file import N_SIDES, on_two_sides
from cadencecoach.errors import UsageError
from cadencecoach.music.finding import Found, SongFinder, refusal_of
from cadencecoach.music.song import Song
from cadencecoach.music.tracking import smooth

SECONDS = 30.0  # 72 beats and more; bench/songs.py has a minute of each
KINDS = sorted(name for name, song in made_songs(1.0).items() if not song.is_refused)
REFUSED = sorted(name for name, song in made_songs(1.0).items() if song.is_refused)
BLOCK = 50_000


@cache
def made() -> dict[str, MadeSong]:
    """All kinds, made once."""
    return made_songs(SECONDS)


def found(song: MadeSong, taps_s: tuple[float, ...] = ()) -> Song:
    """What is found in a song, given block by block."""
    finder = SongFinder(song.fs_hz, N_SIDES)
    for first in range(0, len(song.sound), BLOCK):
        finder.add(on_two_sides(song.sound[first : first + BLOCK, None]))
    return finder.song(Path("/music/made.wav"), taps_s)


def clicks(spm: float, seconds: float, fs_hz: int = 8000) -> MadeSong:
    """Clicks alone, in silence."""
    sound, beats = np.zeros(int(seconds * fs_hz), np.float32), even_beats(spm, seconds)
    t = np.arange(fs_hz // 50) / fs_hz
    for beat_s in beats:
        first = round(beat_s * fs_hz)
        sound[first : first + len(t)] = 0.6 * np.sin(2 * np.pi * 1000 * t) * np.exp(-t / 0.005)
    return MadeSong(sound, tuple(beats.tolist()), fs_hz=fs_hz)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_99_of_100_beats_are_within_5_ms_of_where_they_were_put(name: str) -> None:
    """Whatever the tempo, the drums, a slow drift, a break without drums, a fade-in."""
    song = found(made()[name])
    assert song.refused == ""
    off_ms = errors_ms(song.beats_s, made()[name].beats_s)
    assert np.mean(np.abs(off_ms) <= 5) >= 0.99 - 1 / len(off_ms)  # the first of a fade-in is below all noise
    known_s = np.array(made()[name].beats_s)
    spm = 60 * (len(known_s) - 1) / (known_s[-1] - known_s[0])
    assert song.spm == pytest.approx(spm, abs=0.15)
    assert abs(len(song.beats_s) - len(known_s)) <= 4  # where there is sound before the first and after the last


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_a_song_nobody_can_run_to_is_refused_with_the_figure(name: str) -> None:
    """Swing, rubato, a beat that stumbles, none at all."""
    song = found(made()[name])
    assert song.refused.endswith(("can be run to.", "needed."))
    assert any(character.isdigit() for character in song.refused)


@each_row(("spm", "folded"), [(86.0, 172.0), (100.0, 200.0), (140.0, 140.0), (200.0, 200.0)])
def test_clicks_alone_are_found_at_8_khz_and_folded(spm: float, folded: float) -> None:
    """Both ends of 140 to 200 belong to it."""
    made_of = clicks(spm, 11.0)
    song = found(made_of)
    assert (song.refused, song.spm) == ("", folded)
    assert np.abs(errors_ms(song.beats_s, made_of.beats_s)).max() < 2
    assert all(later > one for one, later in zip(song.beats_s, song.beats_s[1:], strict=False))


@each_row(("seconds", "is_refused"), [(0.01, True), (1.0, True), (5.5, True), (7.0, False)])
def test_a_song_of_fewer_than_16_beats_is_too_short(seconds: float, is_refused: bool) -> None:  # noqa: FBT001
    """At 170 spm that is 6 s."""
    song = found(clicks(170.0, seconds))
    assert bool(song.refused) == is_refused
    assert not is_refused or "too short" in song.refused or "silent" in song.refused


def test_silence_and_nothing_are_refused() -> None:
    """Neither divides by nothing."""
    assert found(MadeSong(np.zeros(80_000, np.float32), (), fs_hz=8000)).refused == "It is silent."
    assert found(MadeSong(np.zeros(0, np.float32), (), fs_hz=8000)).refused.startswith("It is too short: 0.0 s")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "file", "spm"),
    [
        ("extremetuxracer-data", "etr/music/calmrace-ks.ogg", 175.0),
        ("extremetuxracer-data", "etr/music/race1-jt.ogg", 125.0),
        ("extremetuxracer-data", "etr/music/spunkyrace-ks.ogg", 156.0),
        ("extremetuxracer-data", "etr/music/freezingpoint.ogg", 120.0),
        ("frozen-bubble-data", "frozen-bubble/snd/introzik.ogg", 184.0),
    ],
)
def test_songs_under_free_licences_have_the_tempo_their_sequencers_played(package: str, file: str, spm: float) -> None:
    """GPL, in packages of Debian, read where they are installed: `bench/songs.py --debian` fetches them."""
    path = Path("/usr/share/games", file)
    if not path.is_file():
        pytest.skip(f"{path} is not here; it comes with Debian's package {package}")
    sound, fs_hz = soundfile.read(path, dtype="float32", always_2d=True)
    finder = SongFinder(fs_hz, sound.shape[1])
    finder.add(sound)
    assert finder.song(path).spm == pytest.approx(spm, abs=0.1)


def test_a_song_that_cannot_be_made_as_loud_as_others_is_refused_with_the_figure() -> None:
    """Too quiet, or with peaks far above its loudness; at the bounds it is taken."""
    beats = even_beats(170.0, 12.0)
    sound = rock(beats, 12.0, 8000)
    lufs = found(MadeSong(sound, (), fs_hz=8000)).loudness_lufs
    for level_lufs, refused in ((-49.9, ""), (-51.0, "It is too quiet: -51.0 LUFS, and -50 LUFS are needed.")):
        quiet = MadeSong(sound * np.float32(10 ** ((level_lufs - lufs) / 20)), (), fs_hz=8000)
        assert found(quiet).refused == refused
    spiky = sound * np.float32(0.05)
    spiky[np.round(beats * 8000).astype(int)] = 1.0
    song = found(MadeSong(spiky, (), fs_hz=8000))
    assert song.crest_db > 23
    assert f"its peaks stand {song.crest_db:.1f} dB above its loudness, and at most 23 dB can be played" in song.refused


def test_one_stroke_in_a_tone_or_in_noise_is_no_beat() -> None:
    """A single place at which something begins has no tempo: refused in words, as any other."""
    times_s = np.arange(8 * FS_HZ) / FS_HZ
    stroke = 0.8 * snare(FS_HZ)
    noise = 0.05 * np.random.default_rng(1).standard_normal(len(times_s))
    for sound in (0.1 * np.sin(2 * np.pi * 220 * times_s), noise):
        sound[3 * FS_HZ :][: len(stroke)] += stroke
        song = found(MadeSong(sound.astype(np.float32), ()))
        assert song.refused.startswith("No beat was found")


def test_beats_at_which_nothing_begins_lie_evenly() -> None:
    """With one place that counts, or none, the times stay what they are."""
    for n_beats, at in ((4, None), (4, 1), (6, 0), (7, 0), (18, 7)):
        times_s, weights = np.linspace(0.3, 0.3 + 0.4 * (n_beats - 1), n_beats), np.zeros(n_beats)
        if at is not None:
            weights[at] = 1.0
        assert smooth(times_s, weights) == pytest.approx(times_s, abs=1e-3)


@each_row(
    ("unsteady_ms", "heard", "clear", "n_beats", "said"),
    [
        (15.0, 0.15, 0.05, 16, ""),
        (15.01, 0.15, 0.05, 16, "not steady: 16 ms, and at most 15 ms"),
        (15.0, 0.1499, 0.05, 16, "heard in 14% of its places, and 15% are needed"),
        (15.0, 0.15, 0.0499, 16, "it repeats is 0.04, and 0.05 is needed"),
        (15.0, 0.15, 0.05, 15, "15 beats, and 16 are needed"),
    ],
)
def test_a_figure_that_is_refused_is_never_told_as_its_bound(
    unsteady_ms: float, heard: float, clear: float, n_beats: int, said: str
) -> None:
    """However little is missing; at the bounds a song is taken."""
    told = refusal_of(Found(np.zeros(0), 170.0, unsteady_ms, heard, clear), n_beats)
    assert said in told
    assert bool(told) is bool(said)


@pytest.mark.slow
def test_taps_on_the_other_beat_move_it_there() -> None:
    """A song with hats between its beats: taps 30 ms early and uneven, some of them missing, say which are meant."""
    song = made()["168, loud hats between"]
    known = np.array(song.beats_s)
    between = (known[:-1] + known[1:]) / 2
    taps = between[20:40] - 0.03 + np.random.default_rng(1).normal(0, 0.02, 20)
    mended = found(song, tuple(np.delete(taps, [5, 6, 11]).tolist()))
    assert mended.refused == ""
    assert mended.spm == 168.0
    assert np.abs(errors_ms(mended.beats_s, between.tolist())).max() < 5


@each_row(
    ("taps_s", "why"),
    [
        ((1.0, 1.4), "2 taps; tap at least 8 beats"),
        (tuple(float(n) * 3 for n in range(9)), "taps must be 40 to 280 a minute"),
        ((1.0, 1.3, 1.9, 2.1, 2.6, 2.7, 3.5, 3.6, 4.2), "the taps are not even"),
    ],
)
def test_taps_that_say_nothing_are_refused(taps_s: tuple[float, ...], why: str) -> None:
    """Too few, too slow, uneven."""
    with pytest.raises(UsageError, match=why):
        found(clicks(170.0, 8.0), taps_s)

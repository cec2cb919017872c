"""Music in the engine: on the beat and instead of the click, and nowhere where there is no beat."""

from pathlib import Path

import numpy as np
import pytest
from clicked_songs import ClickedSong, beat_errors_ms, click_frames, clicked_song
from each_row import each_row
from loudness_meter import integrated_lufs
from made_songs import even_beats, rock
from music_stream import AHEAD_S, CLICK, MusicStream

from cadencecoach.devices.song_file import N_SIDES, on_two_sides
from cadencecoach.music.finding import SongFinder
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Bus, Cut, Play, SetBeat, SetGain, SetPattern
from cadencecoach.sound.limiter import THRESHOLD
from cadencecoach.sound.pattern import Pattern, Strike

FS = 16_000
BEAT = Timeline.steady(start_s=1.0, tempo_spm=174.0)


def beginning(**kinds: bool) -> MusicStream:
    """One song of 170 that is to be heard at 174 from 1 s on."""
    stream = MusicStream(clicked_song(fs_hz=FS), fs_hz=FS, **kinds)
    stream.tell(SetBeat(at_s=1.0, timeline=BEAT))
    return stream


def has_click(heard: np.ndarray) -> bool:
    """Whether the metronome's own click is among what was heard."""
    likeness = np.correlate(heard, CLICK, "valid") / (CLICK**2).sum()
    return bool((np.abs(likeness) > 0.45).any())


def test_music_is_heard_on_the_beat_instead_of_the_click() -> None:
    """Silence before the first beat, then the song's own beats within 5 ms of the Timeline's."""
    heard = beginning().hear(6.0)
    frames = click_frames(heard, clicked_song(fs_hz=FS).click, fs_hz=FS)
    assert not heard[: round(0.98 * FS)].any()
    assert len(frames) == int(BEAT.beat_at(5.98)) + 1
    assert np.abs(beat_errors_ms(frames, BEAT, fs_hz=FS)).max() < 5
    assert not has_click(heard)


def test_samples_do_not_depend_on_the_blocks() -> None:
    """As without music: one law of the engine."""
    assert np.array_equal(beginning().hear(4.0, block=128), beginning().hear(4.0, block=5000))


def test_where_nothing_fits_the_click_comes() -> None:
    """A song of 140 at 174: the click, exactly as without music."""
    stream, plain = MusicStream(clicked_song(140.0, fs_hz=FS), fs_hz=FS), MusicStream(fs_hz=FS)
    for one in (stream, plain):
        one.tell(SetBeat(at_s=1.0, timeline=BEAT))
    assert np.array_equal(stream.hear(4.0), plain.hear(4.0))


def test_when_the_music_is_late_the_click_comes_and_the_music_again() -> None:
    """Nothing made ready for two seconds: clicks on the same beats, no hole, then the song again, and it is told."""
    stream = beginning(is_live=True)
    stream.hear(3.0)
    late = stream.hear(6.0, makes=False)[round((AHEAD_S + 0.2) * FS) :]
    clicks = click_frames(late, CLICK.astype(float), fs_hz=FS) + round((AHEAD_S + 3.2) * FS)
    assert len(clicks) == 5
    assert np.abs(beat_errors_ms(clicks, BEAT, fs_hz=FS)).max() < 1
    again = stream.hear(9.0)
    assert stream.maker.n_late == 1
    assert not has_click(again[FS:])
    frames = click_frames(again[FS:], clicked_song(fs_hz=FS).click, fs_hz=FS) + 7 * FS
    assert np.abs(beat_errors_ms(frames, BEAT, fs_hz=FS)).max() < 5


@each_row("is_live", [False, True])
def test_another_tempo_is_heard_within_a_beat(*, is_live: bool) -> None:
    """A key at 4.1 s: from the second beat after it all are at the new tempo, and none is doubled or lost."""
    stream = beginning(is_live=is_live)
    before = stream.hear(4.0)
    after_beat = BEAT.retime(at_s=4.1, tempo_spm=175.0)
    stream.tell(SetBeat(at_s=4.1, timeline=after_beat))
    heard = np.concatenate((before, stream.hear(8.0)))
    frames = click_frames(heard, clicked_song(fs_hz=FS).click, fs_hz=FS)
    after = frames[frames > (4.1 + 60 / 174) * FS]
    assert np.abs(beat_errors_ms(after, after_beat, fs_hz=FS)).max() < 5
    assert len(frames) == int(after_beat.beat_at(7.98)) + 1
    assert not has_click(heard)


@each_row(
    "order", [SetBeat(at_s=4.0, timeline=None), Cut(at_s=4.0), SetGain(at_s=4.0, bus=Bus.CLICK, gain=0.0)], ids=repr
)
def test_it_is_silent_within_a_hundredth_of_a_second_of_the_order(order: SetBeat | Cut | SetGain) -> None:
    """The end of the beat, a stop, and the key for sound: what was made ready is not heard."""
    stream = beginning()
    stream.hear(3.9)
    stream.tell(order)
    assert np.abs(stream.hear(8.0)[round(0.111 * FS) :]).max() == 0


def test_what_was_made_ready_before_a_pause_is_not_heard_after_it() -> None:
    """A beat that ends and begins again within a second begins with a song on its own beats."""
    stream = beginning(is_live=True)
    stream.hear(4.0)
    stream.tell(SetBeat(at_s=4.05, timeline=None))
    stream.hear(4.2)
    again = Timeline.steady(start_s=4.4, tempo_spm=166.0)
    stream.tell(SetBeat(at_s=4.4, timeline=again))
    heard = stream.hear(8.0)
    frames = click_frames(heard, clicked_song(fs_hz=FS).click, fs_hz=FS) + round(4.2 * FS)
    assert np.abs(beat_errors_ms(frames, again, fs_hz=FS)).max() < 5


def test_words_lower_it() -> None:
    """While the voice speaks the music is 12 dB softer, as the click."""
    stream, spoken = beginning(), beginning()
    for one in (stream, spoken):
        one.hear(3.0)
    spoken.tell(Play(at_s=3.5, clip="voice", bus=Bus.VOICE))
    spoken.tell(SetGain(at_s=3.0, bus=Bus.VOICE, gain=0.0))
    plain, ducked = stream.hear(5.0), spoken.hear(5.0)
    within = slice(round(0.6 * FS), round(1.4 * FS))
    assert 20 * np.log10(np.abs(ducked[within]).max() / np.abs(plain[within]).max()) == pytest.approx(-12.0, abs=0.1)


def test_beats_that_are_left_out_are_clicks() -> None:
    """Where the runner is to carry the beat alone for a while, music would give it away."""
    stream = beginning()
    stream.tell(SetPattern(at_s=3.0, pattern=Pattern(strikes=(Strike(clip="click"),), silent_ratio=0.5, seed=1)))
    heard = stream.hear(8.0)
    assert not has_click(heard[: 3 * FS])
    assert has_click(heard[4 * FS :])
    assert np.abs(heard[4 * FS :]).mean() < 0.01


LOUD_FS, SONG_S = 48_000, 10.0


def song_of(name: str, sound: np.ndarray) -> ClickedSong:
    """A song as it is found when it is added, its sound in memory."""
    sides = on_two_sides(np.asarray(sound, np.float32)[:, None])
    finder = SongFinder(LOUD_FS, N_SIDES)
    finder.add(sides)
    song = finder.song(Path(f"/{name}.wav"))
    assert song.refused == ""
    return ClickedSong(song, sides, np.zeros(0))


@pytest.mark.slow
@each_row(("spike", "lufs"), [(0.0, -20.0), (0.045, -22.3)])
def test_quiet_and_loud_songs_are_heard_within_1_lu_and_below_the_limiter(spike: float, lufs: float) -> None:
    """Songs of some -48, -22 and -6 LUFS; where one has high peaks, all are brought down to what it can reach."""
    beats = even_beats(170.0, SONG_S)
    plain = rock(beats, SONG_S, LOUD_FS)
    quiet = plain * 0.045
    for beat_s in beats:
        quiet[round(beat_s * LOUD_FS) :][:40] += spike * np.hanning(40)
    made = [song_of(*one) for one in (("quiet", quiet), ("normal", plain), ("loud", np.tanh(8 * plain)))]
    assert np.ptp([one.song.loudness_lufs for one in made]) > 35
    stream = MusicStream(*made, fs_hz=LOUD_FS)
    stream.tell(SetBeat(at_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=171.0)))
    heard = stream.hear(3 * SONG_S - 2.0)
    begins = [one.frame + 2 * LOUD_FS for one in stream.maker.take_news() if one.index is not None]
    parts = [heard[at : at + round((SONG_S - 4.0) * LOUD_FS)] for at in begins[:3]]
    loud = [integrated_lufs(np.stack([part, part], 1), LOUD_FS) for part in parts]
    assert len(loud) == 3
    assert np.ptp(loud) < 1.0, loud
    assert np.mean(loud) == pytest.approx(lufs, abs=0.6)
    assert np.abs(heard).max() <= THRESHOLD


def test_two_channels_stay_two() -> None:
    """A song's sides are those that are heard where the stream has two channels."""
    made = clicked_song(fs_hz=FS)
    made.sound[:, 1] = 0
    stream = MusicStream(made, fs_hz=FS, n_channels=2)
    stream.tell(SetBeat(at_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=170.0)))
    while stream.maker.fill(2 * FS):
        pass
    sides = np.abs(stream.engine.render(FS)).max(axis=0)
    assert sides[0] > 0.1
    assert sides[1] == 0

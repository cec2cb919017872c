"""A stretched song: its beats on the Timeline's, its pitch as it was, its attacks whole."""

import numpy as np
from clicked_songs import TONE_HZ, ClickedSong, beat_errors_ms, click_frames, clicked_song, tone_cents
from each_row import each_row
from numpy.typing import NDArray

from cadencecoach.music.song import played_beats_s
from cadencecoach.music.stretching import Stretch
from cadencecoach.plan.timeline import Timeline

FS = 16_000
PLAYED_S = 8.0
PLAYED = round(PLAYED_S * FS)


def stretch_of(made: ClickedSong, timeline: Timeline) -> Stretch:
    """The song with its first beat on beat 0."""
    stretch = Stretch(made.held, made.song.beats_s, fs_hz=FS, first_beat=0)
    stretch.retime(timeline, from_frame=0)
    return stretch


def heard(stretch: Stretch, *, first: int = 0, end: int = PLAYED, block: int = 997) -> NDArray[np.float32]:
    """One channel of it, asked for in blocks."""
    return np.concatenate([stretch.render(at, min(at + block, end)) for at in range(first, end, block)])[:, 0]


@each_row("ratio", [-0.08, -0.03, 0.0, 0.05, 0.08])
def test_beats_fall_on_the_timeline_and_the_pitch_stays(ratio: float) -> None:
    """Each beat is there once, within 5 ms of its place, and the tone within 5 cents of what it was."""
    made = clicked_song(170.0, fs_hz=FS)
    timeline = Timeline.steady(start_s=0.3, tempo_spm=170.0 * (1 + ratio))
    sound = heard(stretch_of(made, timeline))
    frames = click_frames(sound, made.click, fs_hz=FS)
    assert len(frames) == int(timeline.beat_at(PLAYED_S - 0.02)) + 1
    assert np.abs(beat_errors_ms(frames, timeline, fs_hz=FS)).max() < 5.0
    assert abs(tone_cents(sound[2 * FS :], TONE_HZ, fs_hz=FS)) < 5.0


def test_a_song_at_its_own_tempo_is_itself() -> None:
    """Nothing is spliced where nothing must be: the samples are those of the file."""
    made = clicked_song(160.0, fs_hz=FS)
    sound = heard(stretch_of(made, Timeline.steady(start_s=0.5, tempo_spm=160.0)))
    assert np.array_equal(sound, made.sound[: len(sound), 0])


def test_a_ramp_is_followed_beat_by_beat() -> None:
    """From 160 to 170 within 8 s: each beat within 5 ms of the ramp's."""
    made = clicked_song(165.0, fs_hz=FS)
    ramp = Timeline(start_s=0.0, start_beat=0.0, from_spm=160.0, to_spm=170.0, ramp_s=8.0)
    frames = click_frames(heard(stretch_of(made, ramp)), made.click, fs_hz=FS)
    assert np.abs(beat_errors_ms(frames, ramp, fs_hz=FS)).max() < 5.0


@each_row("moment", [0.05, 0.5, 0.95])
def test_another_tempo_is_there_with_the_next_beat_and_what_was_played_stays(moment: float) -> None:
    """Wherever between two beats it comes: all before it is as before, all beats after it are the new tempo's."""
    made = clicked_song(170.0, fs_hz=FS)
    before = Timeline.steady(start_s=0.0, tempo_spm=171.0)
    at_s = before.time_of(12 + moment)
    after = before.retime(at_s=at_s, tempo_spm=172.0)
    at, stretch = round(at_s * FS), stretch_of(made, before)
    played = heard(stretch)
    stretch.retime(after, from_frame=at)
    anew = heard(stretch, first=at)
    sound = np.concatenate((played[:at], anew))
    errors_ms = beat_errors_ms(click_frames(anew, made.click, fs_hz=FS) + at, after, fs_hz=FS)
    assert np.abs(errors_ms).max() < 5.0
    assert len(click_frames(sound, made.click, fs_hz=FS)) == int(after.beat_at(PLAYED_S - 0.02)) + 1
    assert anew[0] == played[at]


def test_samples_do_not_depend_on_the_blocks_they_are_asked_for_in() -> None:
    """One block or many: the same."""
    made = clicked_song(170.0, fs_hz=FS)
    timeline = Timeline.steady(start_s=0.0, tempo_spm=180.0)
    end = 5 * FS
    in_blocks = [heard(stretch_of(made, timeline), end=end, block=block) for block in (160, 4801, end)]
    assert all(np.array_equal(in_blocks[0], one) for one in in_blocks)


@each_row("ratio", [-0.08, 0.08])
def test_there_is_no_step_at_a_splice(ratio: float) -> None:
    """A pure tone, spliced: no sample is farther from the one before than in the tone itself."""
    made = clicked_song(170.0, fs_hz=FS)
    tone = np.repeat(np.sin(2 * np.pi * 300 * np.arange(16 * FS) / FS)[:, None], 2, axis=1).astype(np.float32)
    timeline = Timeline.steady(start_s=0, tempo_spm=170 * (1 + ratio))
    stretch = stretch_of(ClickedSong(made.song, tone, made.click), timeline)
    steps = np.abs(np.diff(heard(stretch)))
    assert steps.max() < 1.1 * np.abs(np.diff(tone[:FS, 0])).max()


@each_row(("octave", "target_spm"), [(0.5, 90.0), (2.0, 345.0)])
def test_half_and_double_tempo_keep_the_song_as_fast_as_it_is(octave: float, target_spm: float) -> None:
    """At half the tempo every second beat of the song is a step, at double each half beat is one."""
    made = clicked_song(175.0, fs_hz=FS)
    timeline = Timeline.steady(start_s=0.0, tempo_spm=target_spm)
    stretch = Stretch(made.held, played_beats_s(made.song, octave), fs_hz=FS, first_beat=0)
    stretch.retime(timeline, from_frame=0)
    frames = click_frames(heard(stretch), made.click, fs_hz=FS)
    song_beats = Timeline.steady(start_s=0.0, tempo_spm=target_spm / octave)
    assert np.abs(beat_errors_ms(frames, song_beats, fs_hz=FS)).max() < 5.0

"""The music of a session: which song at which beat, and how one goes over into the next."""

from dataclasses import replace

import numpy as np
import pytest
from clicked_songs import ClickedSong, beat_errors_ms, click_frames, clicked_song
from numpy.typing import NDArray

from cadencecoach.errors import UsageError
from cadencecoach.music.rendering import MOST_TRIED, MusicRenderer, NowPlaying
from cadencecoach.music.song import Song
from cadencecoach.music.stretching import Samples
from cadencecoach.plan.timeline import Timeline

FS = 16_000


def renderer_of(*made: ClickedSong) -> MusicRenderer:
    """Of songs in memory, each known by its path."""
    held = {one.song.path: one.held for one in made}
    return MusicRenderer([one.song for one in made], lambda song, _: held[song.path], fs_hz=FS)


def heard(music: MusicRenderer, until_s: float, *, block: int = 4000) -> NDArray[np.float32]:
    """One channel up to a time, silence where there is no music."""
    pieces = []
    while (left := round(until_s * FS) - music.position_frames) > 0:
        first = music.position_frames
        sound = music.render(min(block, left))
        n_frames = music.position_frames - first
        pieces.append(np.zeros(n_frames, np.float32) if sound is None else sound[:, 0])
        assert sound is None or len(sound) == n_frames
    return np.concatenate(pieces)


def test_music_begins_with_the_beat_and_ends_with_it() -> None:
    """Silence before the first beat, and after the order that ends it."""
    made = clicked_song(fs_hz=FS)
    music = renderer_of(made)
    timeline = Timeline.steady(start_s=1.0, tempo_spm=172.0)
    music.set_beat(timeline, from_frame=0)
    before = heard(music, 4.0)
    assert not before[: round(0.985 * FS)].any()
    assert np.abs(beat_errors_ms(click_frames(before, made.click, fs_hz=FS), timeline, fs_hz=FS)).max() < 5
    music.set_beat(None, from_frame=4 * FS)
    assert not heard(music, 6.0).any()


def test_the_next_song_begins_on_a_beat_without_a_step_or_a_hole() -> None:
    """A song of 12 s is over before 18 s: all beats are there, the level stays, and the second song is told."""
    first = clicked_song(168.0, duration_s=12.0, fs_hz=FS, name="a")
    second = clicked_song(173.0, fs_hz=FS, name="b")
    music = renderer_of(first, second)
    timeline = Timeline.steady(start_s=0.0, tempo_spm=170.0)
    music.set_beat(timeline, from_frame=0)
    sound = heard(music, 18.0)
    frames = click_frames(sound, first.click, fs_hz=FS)
    assert np.abs(beat_errors_ms(frames, timeline, fs_hz=FS)).max() < 5
    assert len(frames) >= int(timeline.beat_at(17.9))
    told = music.take_news()
    assert [one.index for one in told] == [0, 1]
    changed = told[1].frame
    assert timeline.beat_at(changed / FS) == pytest.approx(round(timeline.beat_at(changed / FS)), abs=1e-3)
    level = np.sqrt(np.convolve(sound**2, np.ones(FS // 4) / (FS // 4), "valid"))
    assert level[changed - FS // 2 : changed + FS].min() > 0.5 * np.median(level)


def test_songs_are_as_loud_as_each_other() -> None:
    """One of -26 LUFS and one of -14: within 1 dB of each other as they are played."""
    quiet, loud = clicked_song(fs_hz=FS, name="a"), clicked_song(fs_hz=FS, name="b")
    quiet = ClickedSong(replace(quiet.song, loudness_lufs=-26.0), quiet.sound, quiet.click)
    loud = ClickedSong(replace(loud.song, loudness_lufs=-14.0), loud.sound * 10 ** (12 / 20), loud.click)
    levels = []
    for made in (quiet, loud):
        music = renderer_of(made)
        music.set_beat(Timeline.steady(start_s=0.0, tempo_spm=170.0), from_frame=0)
        levels.append(20 * np.log10(np.sqrt((heard(music, 8.0) ** 2).mean())))
    assert abs(levels[0] - levels[1]) < 1.0


def test_where_no_song_fits_there_is_none_and_it_is_told() -> None:
    """A target 9 % above the only song, and a refused song, are no music; one 8 % above is."""
    made = clicked_song(160.0, fs_hz=FS)
    refused = replace(made.song, refused="its beats are 40 ms unsteady")
    for song, tempo_spm, is_played in ((made.song, 172.8, True), (made.song, 174.4, False), (refused, 160.0, False)):
        music = renderer_of(ClickedSong(song, made.sound, made.click))
        music.set_beat(Timeline.steady(start_s=0.0, tempo_spm=tempo_spm), from_frame=0)
        assert heard(music, 2.0).any() == is_played
        assert [one.index for one in music.take_news()] == [0 if is_played else None]


def test_a_ramp_out_of_a_songs_reach_goes_over_into_one_that_fits() -> None:
    """From 150 to 180 in 10 s with songs of 150 and 180: both are heard, every beat in its place."""
    low, high = clicked_song(152.0, fs_hz=FS, name="a"), clicked_song(176.0, fs_hz=FS, name="b")
    music = renderer_of(low, high)
    ramp = Timeline(start_s=0.0, start_beat=0.0, from_spm=150.0, to_spm=180.0, ramp_s=10.0)
    music.set_beat(ramp, from_frame=0)
    frames = click_frames(heard(music, 15.0), low.click, fs_hz=FS)
    assert [one.index for one in music.take_news()] == [0, 1]
    assert np.abs(beat_errors_ms(frames, ramp, fs_hz=FS)).max() < 5


def test_a_new_tempo_takes_back_what_was_rendered_ahead() -> None:
    """Four seconds ahead, the beat changes: from there on all is at the new tempo, and before it as it was."""
    made = clicked_song(fs_hz=FS)
    music, same = renderer_of(made), renderer_of(made)
    before = Timeline.steady(start_s=0.0, tempo_spm=170.0)
    after = before.retime(at_s=5.1, tempo_spm=175.0)
    for one in (music, same):
        one.set_beat(before, from_frame=0)
    played = heard(music, 9.0)
    music.set_beat(after, from_frame=round(5.1 * FS))
    anew = heard(music, 12.0)
    assert np.array_equal(played, heard(same, 9.0))
    frames = click_frames(anew, made.click, fs_hz=FS) + round(5.1 * FS)
    assert np.abs(beat_errors_ms(frames, after, fs_hz=FS)).max() < 5
    assert abs(anew[0] - played[round(5.1 * FS)]) < 1e-3


def test_after_silence_the_song_goes_on_where_it_was() -> None:
    """A stage without a beat between two: the second begins with the beat of the song after the last one heard."""
    made = clicked_song(fs_hz=FS)
    other = clicked_song(171.0, fs_hz=FS, name="other")
    music = renderer_of(made, other)
    music.set_beat(Timeline.steady(start_s=0.0, tempo_spm=170.0), from_frame=0)
    heard(music, 5.0)
    music.set_beat(None, from_frame=5 * FS)
    heard(music, 8.0)
    music.set_beat(Timeline.steady(start_s=8.5, tempo_spm=170.0), from_frame=8 * FS)
    sound = heard(music, 10.0)
    assert [one.index for one in music.take_news()] == [0, 0]
    begins = round(8.5 * FS)
    beat = round(made.song.beats_s[15] * FS)  # 5 s at 170 are 14.2 beats
    heard_again = sound[begins - 8 * FS :][: FS // 4]
    assert np.corrcoef(heard_again, made.sound[beat : beat + FS // 4, 0])[0, 1] > 0.99


def test_a_song_that_cannot_be_read_is_passed_over_and_named() -> None:
    """The next that fits is played in its place."""
    made = clicked_song(fs_hz=FS, name="b")
    gone = replace(made.song, path=made.song.path.with_name("a.wav"))

    def open_samples(song: Song, _: float) -> Samples:
        if song is gone:
            raise UsageError("a.wav: not there")
        return made.held

    music = MusicRenderer([gone, made.song], open_samples, fs_hz=FS)
    music.set_beat(Timeline.steady(start_s=0.0, tempo_spm=170.0), from_frame=0)
    assert heard(music, 2.0).any()
    assert music.broken == {0: "a.wav: not there"}
    assert music.take_news() == [NowPlaying(0, 1)]


def test_a_thousand_songs_that_are_gone_are_not_all_tried_at_once() -> None:
    """A stick that was pulled out: some at each beat, so that a beat is never waited for; the last one is played."""
    made = clicked_song(fs_hz=FS, name="there")
    gone = [replace(made.song, path=made.song.path.with_name(f"{n}.wav")) for n in range(3 * MOST_TRIED)]
    tried_at = list[int]()

    def open_samples(song: Song, _: float) -> Samples:
        tried_at.append(music.position_frames)
        if song is not made.song:
            raise UsageError("not there")
        return made.held

    music = MusicRenderer([*gone, made.song], open_samples, fs_hz=FS)
    music.set_beat(Timeline.steady(start_s=0.0, tempo_spm=170.0), from_frame=0)
    assert heard(music, 4.0, block=FS // 10).any()
    assert len(tried_at) == len(gone) + 1
    assert max(tried_at.count(at) for at in tried_at) <= 2 * MOST_TRIED  # of the two beats that are seen at a time

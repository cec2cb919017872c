from dataclasses import replace
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.music.song import (
    Song,
    common_lufs,
    fits,
    folded_spm,
    octave_for,
    played_beats_s,
    ratio_for,
    targets_fitting,
)


def song_of(spm: float, *, refused: str = "", beats_s: tuple[float, ...] = ()) -> Song:
    """A song of which only the tempo matters."""
    return Song(Path("/music/a.ogg"), spm, beats_s, 2.0, -14.0, 12.0, 200.0, refused)


@each_row(
    ("target_spm", "octave"),
    [(160, 1), (147.2, 1), (147.1, None), (172.8, 1), (172.9, None), (80, 0.5), (73.5, None), (320, 2), (180, None)],
)
def test_a_song_fits_within_8_percent_as_played_at_half_or_double(target_spm: float, octave: float | None) -> None:
    """A song of 160 spm: the very edges fit, a tenth beyond them does not."""
    song = song_of(160.0)
    assert octave_for(song, target_spm) == octave
    assert fits(song, target_spm) == (octave is not None)
    ratio = ratio_for(song, target_spm)
    assert ratio == (None if octave is None else pytest.approx(target_spm / (160 * octave)))


def test_a_refused_song_and_one_without_tempo_fit_nothing() -> None:
    """Whatever the target."""
    assert not fits(song_of(160.0, refused="It swings."), 160.0)
    assert not fits(song_of(0.0), 160.0)
    assert targets_fitting(song_of(160.0, refused="It swings.")) is None


@each_row("spm", [140.0, 163.9, 171.7, 200.0])
def test_the_targets_told_do_fit(spm: float) -> None:
    """Both ends, to 0.1 spm, and a tenth beyond either does not."""
    told = targets_fitting(song_of(spm))
    assert told is not None
    lowest, highest = told
    assert fits(song_of(spm), lowest)
    assert fits(song_of(spm), highest)
    assert not fits(song_of(spm), lowest - 0.1)
    assert not fits(song_of(spm), highest + 0.1)


def test_played_beats_are_those_of_the_song_every_second_or_one_more_between_two() -> None:
    """No beat is made up outside the song's own."""
    song = song_of(160.0, beats_s=(1.0, 1.4, 1.8, 2.2))
    assert played_beats_s(song, 1) == (1.0, 1.4, 1.8, 2.2)
    assert played_beats_s(song, 0.5) == (1.0, 1.8)
    assert played_beats_s(song, 2) == pytest.approx((1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2))


@each_row(
    ("tempo", "spm"),
    [(86, 172), (172, 172), (70, 140), (200, 200), (100, 200), (100.1, 100.1), (130, 130), (201, 100.5), (0, 0)],
)
def test_tempos_are_halved_or_doubled_into_140_to_200(tempo: float, spm: float) -> None:
    """And one from 100 to 140, which has neither half nor double there, stays what it is."""
    assert folded_spm(tempo) == pytest.approx(spm)


def test_all_songs_are_brought_down_to_what_the_one_with_the_highest_peaks_can_reach() -> None:
    """-14 LUFS up to peaks of 20 dB, then a dB less for each, to -17; a refused song brings nobody down."""
    even = song_of(160.0)
    assert common_lufs([]) == common_lufs([even]) == -14.0
    for crest_db, lufs in ((20.0, -14.0), (21.5, -15.5), (23.0, -17.0)):
        assert common_lufs([even, replace(even, crest_db=crest_db)]) == pytest.approx(lufs)
    assert common_lufs([even, replace(even, crest_db=30.0, refused="It cannot be made as loud.")]) == -14.0

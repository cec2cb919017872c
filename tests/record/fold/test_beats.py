"""The beats of a session are counted as they were heard: the record says the same as the beats computed from it."""

from collections.abc import Sequence

import pytest
from each_row import each_row
from journal_beats import beat_times_s

from cadencecoach.record.fold.beats import BeatCount, Beats
from cadencecoach.record.fold.course import follow
from cadencecoach.record.lines import EndLine, Line, TempoLine


def counted(lines: Sequence[Line]) -> Beats | None:
    """What the lines come to."""
    count = BeatCount()
    follow(lines, count)
    return count.beats()


def tempo(time_s: float, spm: float | None, ramp_s: float = 0.0) -> TempoLine:
    """The beat takes a tempo."""
    return TempoLine(t=time_s, spm=spm, ramp_s=ramp_s)


def end(time_s: float) -> EndLine:
    """The session is over."""
    return EndLine(t=time_s, reason="finished")


@each_row(("end_s", "number"), [(0.0, 0), (0.001, 1), (0.5, 1), (0.501, 2), (1.0, 2), (60.0, 120), (60.001, 121)])
def test_a_beat_counts_from_the_moment_it_begins(end_s: float, number: int) -> None:
    """At 120 a minute: at, below and above a beat; one at the very end is not heard."""
    beats = counted([tempo(0.0, 120.0), end(end_s)])
    assert (0 if beats is None else beats.number) == number


def test_a_pause_has_no_beats() -> None:
    """Out of silence the beat begins anew, with its first beat."""
    lines = [tempo(0.0, 120.0), tempo(10.0, None), tempo(70.0, 120.0), end(80.0)]
    assert counted(lines) == Beats(number=40, from_spm=120.0, to_spm=120.0)


def test_a_ramp_goes_from_its_first_tempo_to_its_last() -> None:
    """Broken off half-way, it is the tempo half-way."""
    lines = [tempo(0.0, 160.0), tempo(0.0, 180.0, ramp_s=60.0)]
    assert counted([*lines, end(120.0)]) == Beats(number=170 + 180, from_spm=160.0, to_spm=180.0)
    half = counted([*lines, end(30.0)])
    assert half is not None
    assert half.to_spm == pytest.approx(170.0)


def test_the_way_to_another_tempo_is_none() -> None:
    """A key moves the next beat by a tempo shorter than a beat; who quits meanwhile is told the tempo before."""
    beats = counted([tempo(0.0, 120.0), tempo(10.1, 190.0), end(10.2)])
    assert beats is not None
    assert beats.to_spm == 120.0


def test_what_never_beat_is_nothing() -> None:
    """No tempo, or none before the end."""
    assert counted([end(10.0)]) is None
    assert counted([tempo(0.0, None), end(10.0), tempo(11.0, 170.0)]) is None


def test_it_counts_what_the_record_says() -> None:
    """The same number as the beats computed one by one, over changes, ramps and silences."""
    lines = [
        *(tempo(0.0, 160.0), tempo(3.21, 175.0, ramp_s=5.0), tempo(6.0, 140.0), tempo(6.13, 201.0), tempo(9.9, None)),
        *(tempo(12.0, 170.0), tempo(12.1, 171.0), tempo(30.0, 90.0, ramp_s=2.0), end(61.7)),
    ]
    beats = counted(lines)
    assert beats is not None
    assert beats.number == len(list(beat_times_s(lines)))

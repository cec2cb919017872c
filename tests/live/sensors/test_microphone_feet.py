import pytest

from cadencecoach.coach.actions import Pause, SetGate, SetMuted, SetTempo
from cadencecoach.live.sensors.microphone_feet import BeatTimes
from cadencecoach.plan.timeline import Timeline

AT_180 = Timeline.steady(start_s=1.0, tempo_spm=180.0)


def beats_of_180() -> BeatTimes:
    """A beat at 180 from 1 s on."""
    beats = BeatTimes()
    beats.hear(SetTempo(time_s=1.0, timeline=AT_180))
    return beats


def test_each_beat_is_told_once_when_it_is_past() -> None:
    """Also the one on the start, and on the edge between two calls."""
    beats = beats_of_180()
    assert beats.until(0.9) == []
    assert beats.until(1.4) == pytest.approx([1.0, 1.0 + 1 / 3])
    assert beats.until(1.4) == []
    assert beats.until(2.0) == pytest.approx([1 + 2 / 3, 2.0])


def test_another_tempo_goes_on_from_the_beat_before() -> None:
    """No beat is told twice."""
    beats = beats_of_180()
    told = beats.until(1.5)
    beats.hear(SetTempo(time_s=1.5, timeline=AT_180.retime(at_s=1.5, tempo_spm=160.0)))
    told += beats.until(2.5)
    assert told == pytest.approx([1.0, 4 / 3, 1.6875, 2.0625, 2.4375])


def test_what_is_not_heard_is_not_told() -> None:
    """While the beat is muted, gated or paused; after it, only what comes then."""
    beats = beats_of_180()
    for silent, loud in (
        (SetMuted(time_s=2.0, is_muted=True), SetMuted(time_s=3.0, is_muted=False)),
        (SetGate(time_s=2.0, is_open=False), SetGate(time_s=3.0, is_open=True)),
        (Pause(time_s=2.0), SetTempo(time_s=3.0, timeline=Timeline.steady(start_s=3.0, tempo_spm=180.0))),
    ):
        beats = beats_of_180()
        beats.until(1.9)
        beats.hear(silent)
        assert beats.until(2.9) == []
        beats.hear(loud)
        assert all(one > 2.9 for one in beats.until(3.5))


def test_clicks_of_long_ago_are_not_told() -> None:
    """A program that stood still, or a beat known from before the clock was restarted."""
    assert min(beats_of_180().until(60.0)) >= 58.0

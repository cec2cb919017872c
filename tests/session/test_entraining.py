"""Steps against the beats they met, while a session runs."""

from cadencecoach.coach.actions import EndReason, EndSession, EnterStage, Pause, SetMuted, SetTempo
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import EntrainmentLine
from cadencecoach.session.entraining import Entraining

BEAT = Timeline.steady(start_s=0.0, tempo_spm=170.0)


def entered(time_s: float, index: int) -> EnterStage:
    """A stage begins."""
    return EnterStage(time_s=time_s, index=index, name="Run", band=None, beat=Beat.ON, feedback=CueStyle.WORDS)


def steps(from_s: float, n_steps: int, late_s: float) -> tuple[float, ...]:
    """Footfalls so much after beats."""
    first = round(BEAT.beat_at(from_s)) + 1
    return tuple(BEAT.time_of(first + n) + late_s for n in range(n_steps))


def ended(entraining: Entraining, time_s: float) -> EntrainmentLine | None:
    """What the end of the session brings."""
    return entraining.note(EndSession(time_s=time_s, reason=EndReason.FINISHED))


def beating() -> Entraining:
    """A beat of 170 from the start."""
    entraining = Entraining()
    entraining.note(SetTempo(time_s=0.0, timeline=BEAT))
    return entraining


def test_a_stage_has_its_own_numbers() -> None:
    """Steps 30 ms late in the first, 10 early in the second; each written down at its end."""
    entraining = beating()
    entraining.take_steps(steps(1.0, 40, 0.030))
    first = entraining.note(entered(20.0, 1))
    entraining.take_steps(steps(20.0, 40, -0.010))
    second = ended(entraining, 40.0)
    assert first is not None
    assert second is not None
    assert (first.t, first.index, first.n_steps, first.mean_ms, first.near_ratio) == (20.0, 0, 40, 30.0, 1.0)
    assert (second.index, second.mean_ms) == (1, -10.0)


def test_the_beat_counts_as_it_reaches_the_ear() -> None:
    """With a delay of 200 ms a step 210 ms after the beat is 10 ms late."""
    entraining = beating()
    entraining.set_delay(0.2)
    entraining.take_steps(steps(1.0, 40, 0.210))
    line = ended(entraining, 40.0)
    assert line is not None
    assert line.mean_ms == 10.0


def test_footfalls_told_twice_count_once() -> None:
    """The newest few come with each message."""
    entraining, told = beating(), steps(1.0, 40, 0.0)
    for n in range(8, 41, 4):
        entraining.take_steps(told[n - 8 : n])
    line = ended(entraining, 40.0)
    assert line is not None
    assert line.n_steps == 40


def test_steps_without_a_beat_that_is_heard_do_not_count() -> None:
    """Silence, a pause, the sound off: and the beat of before still counts for steps told late."""
    for silence in (
        SetTempo(time_s=10.0, timeline=None),
        Pause(time_s=10.0),
        SetMuted(time_s=10.0, is_muted=True),
    ):
        entraining = beating()
        entraining.note(silence)
        entraining.take_steps(steps(1.0, 60, 0.0))
        line = ended(entraining, 40.0)
        assert line is not None
        assert 24 <= line.n_steps <= 26

"""What cadencecoach/cohort/population counts, on seconds made by hand."""

from beats import orders

from cadencecoach.coach.actions import Action, CueKind, CueReason, EnterStage, GiveCue
from cadencecoach.cohort.population.learner import Lived
from cadencecoach.cohort.population.policies import FIRST_PROBE, LAST_PROBE, WORK
from cadencecoach.cohort.population.tally import Sums, Tally
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.targets import Band

BAND = Band(170.0, 165.0, 175.0)
IN, BELOW, ABOVE, STANDS = 170.0, 160.0, 180.0, 0.0


def stage(name: str, time_s: float = 0.0, ramp_s: float = 0.0) -> EnterStage:
    """A stage with a band begins."""
    return EnterStage(
        time_s=time_s, index=0, name=name, band=BAND, beat=Beat.OFF, feedback=CueStyle.WORDS, ramp_s=ramp_s
    )


def cue(time_s: float, reason: CueReason) -> GiveCue:
    """A spoken cue."""
    return GiveCue(time_s=time_s, kind=CueKind.SPOKEN, text="", reason=reason, expires_s=time_s)


def counted(*story: Action | tuple[float, int]) -> Sums:
    """A tally after actions, and stretches of so many seconds at a cadence."""
    tally, time_s = Tally(baseline_spm=164.0), 0.0
    for part in story:
        if not isinstance(part, tuple):
            tally.note_action(part)
            continue
        cadence_spm, seconds = part
        for _ in range(seconds):
            time_s += 1.0
            tally.note_second(time_s, Lived(cadence_spm, cadence_spm, 3.0, is_with_beat=False))
    return tally.sums


def test_time_in_band_leaves_out_the_ramp_and_standing() -> None:
    """Running seconds after the ramp count, by what the legs do."""
    sums = counted(stage(WORK, ramp_s=60.0), (BELOW, 60), (IN, 30), (STANDS, 20), (BELOW, 10))
    assert (sums.work_s, sums.work_in_s) == (40, 30)


def test_silent_stages_are_counted_apart() -> None:
    """Before the work and after it."""
    sums = counted(stage(FIRST_PROBE), (IN, 10), (BELOW, 5), stage(WORK), (IN, 5), stage(LAST_PROBE), (BELOW, 7))
    assert (sums.first_s, sums.first_in_s, sums.last_s, sums.last_in_s) == (15, 10, 7, 0)


def test_a_correction_in_the_band_is_false_and_one_out_of_it_is_not() -> None:
    """Praise is no correction; announcements are no feedback."""
    sums = counted(
        stage(WORK),
        (IN, 5),
        cue(5.0, CueReason.BELOW),
        (BELOW, 5),
        cue(10.0, CueReason.BELOW),
        (IN, 5),
        cue(15.0, CueReason.BACK),
        cue(15.0, CueReason.STAGE),
    )
    assert (sums.n_corrections, sums.n_false, sums.n_feedback) == (2, 1, 3)


def test_feedback_to_who_stands_is_counted() -> None:
    """Nothing should be said to a runner who waits at a road."""
    assert counted(stage(WORK), (IN, 5), (STANDS, 5), cue(10.0, CueReason.BELOW)).n_standing == 1


def test_reached_is_ten_seconds_in_a_row() -> None:
    """The time to the band ends where those seconds begin; never is the whole stage."""
    reached = counted(stage(WORK), (BELOW, 20), (IN, 4), (BELOW, 6), (IN, 30))
    assert (reached.reach_s, reached.n_reached) == (30, 1)
    never = counted(stage(WORK), (BELOW, 50))
    assert (never.reach_s, never.n_reached) == (50, 0)


def test_deserted_is_a_minute_out_without_help() -> None:
    """A cue or a beat begins the minute anew."""
    assert counted(stage(WORK), (IN, 10), (BELOW, 100)).deserted_s == 41
    assert counted(stage(WORK), (IN, 10), (BELOW, 50), cue(60.0, CueReason.BELOW), (BELOW, 50)).deserted_s == 0
    (beat,) = orders((0.0, 170.0))
    assert counted(stage(WORK), beat, (IN, 10), (BELOW, 100)).deserted_s == 0


def test_a_swing_goes_from_one_side_to_the_other_within_a_minute() -> None:
    """Twice to the same side is none, and a slow change is none."""
    assert counted(stage(WORK), (BELOW, 5), (IN, 20), (ABOVE, 5), (IN, 20), (BELOW, 5)).n_swings == 2
    assert counted(stage(WORK), (BELOW, 5), (IN, 20), (BELOW, 5)).n_swings == 0
    assert counted(stage(WORK), (BELOW, 5), (IN, 100), (ABOVE, 5)).n_swings == 0


def test_a_beat_counts_when_it_begins_in_the_work() -> None:
    """How often it begins, and its seconds."""
    on, off = orders((0.0, 170.0), (0.0, None))
    sums = counted(stage(WORK), on, (IN, 10), off, (IN, 10), on, on, (IN, 5))
    assert (sums.n_beats, sums.beat_s) == (2, 15)

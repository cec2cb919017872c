"""Plain lines for logs and pipes."""

from dataclasses import replace

from each_row import each_row

from cadencecoach.coach import actions as act
from cadencecoach.coach.events import FeetChanged
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.targets import Band
from cadencecoach.plan.timeline import Timeline
from cadencecoach.view.model import ViewModel
from cadencecoach.view.plain import plain_line, status_line

MODEL = ViewModel(
    plan_name="Plan",
    time_s=300.0,
    stage_name="Baseline",
    stage_number=2,
    n_stages=8,
    stage_done_s=0.0,
    stage_s=120.0,
    left_s=900.0,
    next_name="Run",
    next_target="+5 %",
    cadence_spm=168.4,
    age_s=0.5,
    quality=0.98,
    feet=Feet.LIVE,
    unit="",
    target_spm=176.0,
    low_spm=171.0,
    high_spm=181.0,
    band=act.BandState.BELOW,
    tempo_spm=None,
    baseline_spm=None,
    help_ratio=1.0,
    is_paused=False,
    is_muted=False,
    hr_bpm=None,
    speed="",
    last_cue="",
    message="",
    is_over=False,
)


def stage(band: Band | None) -> act.EnterStage:
    """The second stage begins."""
    return act.EnterStage(time_s=300.0, index=1, name="Base\x1bline", band=band, beat=Beat.OFF, feedback=CueStyle.NONE)


def cue(text: str, reason: act.CueReason) -> act.GiveCue:
    """Something is said at 12:31."""
    return act.GiveCue(time_s=751.0, kind=act.CueKind.SPOKEN, text=text, reason=reason, expires_s=760.0)


@each_row(
    ("thing", "line"),
    [
        (stage(None), "05:00  stage 2 of 8: Baseline (02:00)"),
        (stage(Band(176.0, 171.0, 181.0)), "05:00  stage 2 of 8: Baseline (02:00, target 176)"),
        (cue("Quicker.", act.CueReason.BELOW), "12:31  cue: Quicker. (below 171)"),
        (cue("Easier.", act.CueReason.ABOVE), "12:31  cue: Easier. (above 181)"),
        (cue("Baseline 164.", act.CueReason.BASELINE), "12:31  cue: Baseline 164. (baseline)"),
        (cue("3", act.CueReason.COUNTDOWN), None),
        (FeetChanged(61.0, Feet.LOST), "01:01  sensor lost"),
        (FeetChanged(61.0, Feet.STALE), None),
        (act.SetBaseline(time_s=420.0, cadence_spm=164.2, n_readings=90), "07:00  baseline 164 spm from 90 readings"),
        (act.Pause(time_s=3700.0), "1:01:40  paused"),
        (act.Resume(time_s=3.0), "00:03  resumed"),
        (act.SetMuted(time_s=3.0, is_muted=True), "00:03  sound off"),
        (act.WriteNote(time_s=3.0, about="start", text="in\nstep"), "00:03  note: in step"),
        (act.WriteNote(time_s=3.0, about="pain", text="pain 3", level=3), None),
        (act.AnswerKey(time_s=3.0, text="pain 3 of 10;\nBackspace"), "00:03  key: pain 3 of 10; Backspace"),
        (act.EndSession(time_s=3.0, reason=act.EndReason.FINISHED), "00:03  end: finished"),
        (act.SetTempo(time_s=3.0, timeline=Timeline.steady(start_s=3.0, tempo_spm=170.0)), None),
        (object(), None),
    ],
)
def test_what_matters_becomes_one_line(thing: object, line: str | None) -> None:
    """Session time, then what happened; countdowns, tempos and things we do not know are left out."""
    assert plain_line(thing, MODEL) == line


def test_a_target_changed_within_a_stage_is_no_new_stage() -> None:
    """The stage is announced once; later its new target is."""
    later = replace(MODEL, time_s=310.0, stage_done_s=10.0)
    assert plain_line(stage(Band(176.0, 171.0, 181.0)), later) == "05:00  target 176 (171 to 181) from now on"


def test_the_status_says_how_it_goes() -> None:
    """Cadence, target, state, stage and signal in one line; trouble is added."""
    assert status_line(MODEL) == (
        "05:00  168 spm, target 176 (171 to 181), quicker; stage 2 of 8, 02:00 left; signal 98 %"
    )
    lost = replace(MODEL, cadence_spm=None, feet=Feet.LOST, stage_s=None, message="No\x07 sound.")
    assert status_line(lost) == (
        "05:00  no cadence, target 176 (171 to 181), no sensor; stage 2 of 8; signal 98 %; No sound."
    )

from dataclasses import replace
from itertools import pairwise

from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import BandState, CueKind, CueReason, SetBand
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.model import Beat, Between, CueStyle, Fixed, Walk
from cadencecoach.plan.targets import Band

# Around 170 spm with 3 %: the band is 164.9 to 175.1; back is 166.6 to 173.4. Settling takes 30 s, the dwell is 8 s.
LOW, IN, HIGH = 160.0, 170.0, 180.0
JUDGED_S = 31  # the estimate of second 30 comes before the timer of second 30: the next one is the first judged
TOLD_S = JUDGED_S + 8


@each_row(("cadence_spm", "reason"), [(LOW, CueReason.BELOW), (HIGH, CueReason.ABOVE)])
def test_a_correction_comes_after_settling_and_dwell(cadence_spm: float, reason: CueReason) -> None:
    """Out of the band from the start, the first word comes 8 s of dwell after the first judged estimate."""
    rig = CoachRig(AT_170).runs((1, 60, cadence_spm))
    assert rig.times(*CORRECTIONS)[0] == TOLD_S
    assert rig.cues(*CORRECTIONS)[0].reason is reason


def test_a_runner_on_target_hears_no_judgement() -> None:
    """Silence is success: ten minutes in the band bring not one correction and no praise."""
    rig = CoachRig(AT_170).runs((1, 600, IN))
    assert rig.cues(*CORRECTIONS, CueReason.BACK) == []


def test_a_brief_slow_down_is_let_pass() -> None:
    """Seven seconds out of the band are shorter than the dwell."""
    rig = CoachRig(AT_170).runs((1, 60, IN), (60, 67, LOW), (67, 120, IN))
    assert rig.cues(*CORRECTIONS) == []


def test_corrections_keep_their_spacing_and_back_off_when_they_do_not_help() -> None:
    """A tone, words 30 s later; then a rest of a minute, doubled each time words do not help, up to 4 min."""
    rig = CoachRig(replace(AT_170, duration_s=1800.0)).runs((1, 1800, LOW))
    times = rig.times(CueReason.BELOW)
    assert [b - a for a, b in pairwise(times)] == [30, 60, 120, 240, 240, 240, 240, 240, 240]
    kinds = [cue.kind for cue in rig.cues(CueReason.BELOW)]
    assert kinds == [CueKind.EARCON, *[CueKind.SPOKEN] * 9]


def test_spacing_holds_across_a_return_to_the_band() -> None:
    """A runner who was back for a while is not told again before 30 s have passed since the last word."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 46, IN), (46, 100, LOW))
    first, second, *_ = rig.times(CueReason.BELOW)
    assert (first, second) == (TOLD_S, TOLD_S + 30)


def test_the_return_is_confirmed_once_it_has_lasted() -> None:
    """Back in the band for a dwell: one word, once."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 200, IN))
    assert rig.times(CueReason.BACK) == [48]


def test_how_long_a_return_must_last_is_the_plans() -> None:
    """`back: 50 %` of the dwell."""
    rig = CoachRig(replace(AT_170, feedback=replace(FEEDBACK, back_ratio=0.5))).runs((1, 40, LOW), (40, 200, IN))
    assert rig.times(CueReason.BACK) == [44]


def test_a_swing_through_the_band_is_not_praised() -> None:
    """Three seconds in the band on the way are no return."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 43, IN), (43, 100, LOW))
    assert rig.cues(CueReason.BACK) == []


def test_the_edge_of_the_band_does_not_flicker() -> None:
    """Who was below is in again only near the target: 165.5 is inside the band, yet not back."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 60, 165.5), (60, 70, 167.0))
    states = [(a.time_s, a.state) for a in rig.all_of(SetBand)]
    assert states == [(31, BandState.BELOW), (60, BandState.IN)]


def test_a_runner_inside_the_band_is_not_corrected_for_being_far_from_the_target() -> None:
    """165.5 after a correction is not back, and not out either: the next word waits for a new dwell out of the band."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 200, 165.5), (200, 220, LOW))
    assert rig.times(CueReason.BELOW) == [TOLD_S, 199 + 8]


def test_from_below_to_above_the_dwell_begins_again() -> None:
    """Out on the other side is another fault: it gets its own dwell and its own words."""
    rig = CoachRig(AT_170).runs((1, 37, LOW), (37, 60, HIGH))
    assert [(c.time_s, c.reason) for c in rig.cues(*CORRECTIONS)] == [(45, CueReason.ABOVE)]


def test_the_last_seconds_of_a_stage_bring_no_correction() -> None:
    """A correction that falls due within 5 s of the end is left to the next stage."""
    short = replace(AT_170, duration_s=42.0)
    rig = CoachRig(short).runs((1, 42, LOW))
    assert rig.cues(*CORRECTIONS) == []


@each_row("feet", [Feet.WALKING, Feet.STILL, Feet.STALE, Feet.LOST])
def test_nobody_is_corrected_whose_feet_are_not_known_to_run(feet: Feet) -> None:
    """One second before a correction is due the feet change: it is never given."""
    rig = CoachRig(AT_170).runs((1, 38, LOW)).feet(38.0, feet).until(300.0)
    assert rig.cues(*CORRECTIONS) == []


def test_a_correction_does_not_follow_praise_within_a_breath() -> None:
    """Praised at 148 s and out again at once: the next correction comes 30 s after the praise, not a dwell."""
    quick = replace(AT_170, feedback=replace(FEEDBACK, spacing_s=3.0, growth_times=1.0))
    rig = CoachRig(quick).runs((1, 100, IN), (100, 140, LOW), (140, 149, IN), (149, 200, LOW))
    praised_s = rig.times(CueReason.BACK)[0]
    assert next(t for t in rig.times(CueReason.BELOW) if t > praised_s) == praised_s + 30


def test_how_long_after_praise_is_the_plans() -> None:
    """`after-praise: 16 s`: the same runner is left alone for as long."""
    feedback = replace(FEEDBACK, spacing_s=3.0, growth_times=1.0, after_praise_s=16.0)
    rig = CoachRig(replace(AT_170, feedback=feedback)).runs(
        (1, 100, IN), (100, 140, LOW), (140, 149, IN), (149, 200, LOW)
    )
    praised_s = rig.times(CueReason.BACK)[0]
    assert next(t for t in rig.times(CueReason.BELOW) if t > praised_s) == praised_s + 16


def test_a_sensor_that_is_lost_in_a_walk_does_not_shorten_the_time_to_settle() -> None:
    """Walking, then nothing heard, then running: nobody knows since when, so it is a restart."""
    rig = CoachRig(AT_170).runs((1, 100, IN)).feet(100.0, Feet.WALKING).feet(104.0, Feet.STALE).feet(106.0, Feet.LOST)
    rig.feet(110.0, Feet.LIVE).run(110, 200, LOW)
    assert rig.times(CueReason.BELOW)[0] == 110 + 30 + 1 + 8


def test_walks_are_no_calm() -> None:
    """A minute of running, a minute of walking, always out of the band: the ladder never begins anew."""
    rig = CoachRig(replace(AT_170, duration_s=3600.0)).until(0.0)
    for start_s in range(0, 3600, 120):
        rig.feet(float(start_s), Feet.LIVE).run(start_s + 1, start_s + 60, LOW).feet(start_s + 60.0, Feet.WALKING)
    kinds = [cue.kind for cue in rig.cues(CueReason.BELOW)]
    assert kinds == [CueKind.EARCON, *[CueKind.SPOKEN] * (len(kinds) - 1)]
    assert len(kinds) > 5
    assert all(b - a >= 240 for a, b in list(pairwise(rig.times(CueReason.BELOW)))[3:])


@each_row(("away", "settle_s"), [(Feet.WALKING, 30), (Feet.STALE, 8)])
def test_a_runner_who_is_back_gets_time_to_settle(away: Feet, settle_s: int) -> None:
    """After a walk the whole settling time, after a gap of the sensor one dwell; then the dwell itself."""
    rig = CoachRig(AT_170).runs((1, 100, IN)).feet(100.0, away).feet(110.0, Feet.LIVE).run(110, 200, LOW)
    assert rig.times(CueReason.BELOW)[0] == 110 + settle_s + 1 + 8


def test_tones_instead_of_words() -> None:
    """With style tones a correction is an earcon, and so is the word for being back."""
    tones = replace(AT_170, feedback=replace(FEEDBACK, style=CueStyle.TONES))
    rig = CoachRig(tones).runs((1, 40, LOW), (40, 60, IN))
    cues = rig.cues(*CORRECTIONS, CueReason.BACK)
    assert [(c.kind, c.text) for c in cues] == [(CueKind.EARCON, "quicker"), (CueKind.EARCON, "back")]


def test_feedback_none_is_silent_about_the_cadence() -> None:
    """With feedback none nothing is judged aloud, out of the band or back in it."""
    silent = replace(AT_170, feedback=replace(FEEDBACK, style=CueStyle.NONE))
    rig = CoachRig(silent).runs((1, 100, LOW), (100, 200, IN), (200, 300, HIGH))
    assert rig.cues(*CORRECTIONS, CueReason.BACK, CueReason.SUMMARY) == []


def test_the_rescue_beat_comes_when_a_tone_did_not_help_and_goes_after_the_return() -> None:
    """A tone after the dwell; the beat 8 s later; off a minute after the return."""
    rescue = replace(AT_170, beat=Beat.RESCUE)
    rig = CoachRig(rescue).runs((1, 50, LOW), (50, 150, IN))
    assert rig.said(CueReason.BELOW) == [(TOLD_S, "quicker")]
    assert rig.tempos() == [(TOLD_S + 8, 170.0, 0.0), (58 + 60, None, 0.0)]


def test_the_rescue_beat_stays_as_long_as_the_plan_says() -> None:
    """`rescue-hold: 10 s`: off ten seconds after the return."""
    rescue = replace(AT_170, beat=Beat.RESCUE, feedback=replace(FEEDBACK, rescue_hold_s=10.0))
    rig = CoachRig(rescue).runs((1, 50, LOW), (50, 150, IN))
    assert rig.tempos() == [(TOLD_S + 8, 170.0, 0.0), (58 + 10, None, 0.0)]


@each_row("style", [CueStyle.WORDS, CueStyle.TONES])
def test_the_first_tone_of_a_session_is_explained(style: CueStyle) -> None:
    """Its words follow it once for each side; they are no correction of their own."""
    told = replace(AT_170, duration_s=900.0, feedback=replace(FEEDBACK, style=style))
    rig = CoachRig(told).runs((1, 60, LOW), (60, 400, IN), (400, 420, LOW), (420, 800, IN), (800, 820, HIGH))
    said = [(cue.kind, cue.text) for cue in rig.cues(CueReason.TONE)]
    assert said == [(CueKind.SPOKEN, "Quicker, lighter steps."), (CueKind.SPOKEN, "A little slower. 170.")]
    assert rig.times(CueReason.TONE)[0] == rig.times(CueReason.BELOW)[0] == TOLD_S
    assert rig.times(CueReason.TONE)[1] == rig.times(CueReason.ABOVE)[0]


def test_a_tone_that_helps_needs_no_beat() -> None:
    """Back in the band within 8 s of the tone: the rescue beat never sounds."""
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE)).runs((1, 45, LOW), (45, 100, IN))
    assert rig.tempos() == []


def test_the_words_after_the_beat_are_about_the_beat() -> None:
    """Tone, beat, words: the words point at the beat that sounds; later ones say what to do."""
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE)).runs((1, 200, LOW))
    assert [text for _, text in rig.said(CueReason.BELOW)] == [
        "quicker",
        "Follow the beat.",
        "Short, quick steps. 170.",
    ]


def test_a_plan_may_begin_with_the_beat() -> None:
    """`ladder: beat, words`: the beat comes with the first words, after the dwell, as a rescue metronome does."""
    ladder = replace(FEEDBACK, ladder=(Rung.BEAT, Rung.WORDS))
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE, feedback=ladder)).runs((1, 40, LOW), (40, 150, IN))
    assert rig.tempos() == [(TOLD_S, 170.0, 0.0), (48 + 60, None, 0.0)]
    assert rig.said(CueReason.BELOW) == [(TOLD_S, "Follow the beat.")]


def test_the_rescue_beat_works_without_words() -> None:
    """Feedback none with a rescue beat: the beat comes, no word does."""
    rescue = replace(AT_170, beat=Beat.RESCUE, feedback=replace(FEEDBACK, style=CueStyle.NONE))
    rig = CoachRig(rescue).runs((1, 60, LOW))
    assert rig.tempos() == [(TOLD_S, 170.0, 0.0)]
    assert rig.cues(*CORRECTIONS) == []


def test_a_free_stage_is_not_judged() -> None:
    """No target, no band, no word."""
    rig = CoachRig(STAGE).runs((1, 600, 90.0))
    assert rig.all_of(SetBand) == []
    assert rig.cues(*CORRECTIONS) == []


@each_row(("inside_s", "words"), [(570, "100 percent on target."), (285, "50 percent on target.")])
def test_the_word_at_the_end_counts_running_seconds_with_a_band(inside_s: int, words: str) -> None:
    """A stage of 570 s at the target from its start; the share in the band is said as it ends."""
    stage = replace(AT_170, duration_s=570.0)
    rig = CoachRig(stage, STAGE).runs((0, inside_s, IN), (inside_s, 575, LOW))
    assert [text for _, text in rig.said(CueReason.SUMMARY)] == [words]


def test_the_seconds_before_a_walk_is_known_as_one_do_not_count() -> None:
    """Half a minute in the band, then readings of a walk: what is judged ends with the last reading of a run."""
    stage = replace(AT_170, duration_s=40.0, feedback=replace(FEEDBACK, summary_part_ratio=0.0))
    rig = CoachRig(stage, STAGE).runs((0, 31, IN))
    for second in range(31, 36):
        rig.read(second, IN, 115.0)
    rig.feet(36.0, Feet.WALKING).until(41.0)
    assert rig.said(CueReason.SUMMARY) == [(40.0, "100 percent on target.")]


def test_a_correction_is_about_now_and_expires() -> None:
    """Within 3 s, or the plan's expiry, it begins to sound, or it is dropped; announcements may wait longer."""
    rig = CoachRig(AT_170).runs((1, 60, LOW))
    assert {cue.expires_s - cue.time_s for cue in rig.cues(*CORRECTIONS)} == {3.0}
    assert {cue.expires_s - cue.time_s for cue in rig.cues(CueReason.STAGE)} == {12.0}
    other = replace(AT_170, feedback=replace(FEEDBACK, expiry_s=2.0, word_expiry_s=6.0))
    rig = CoachRig(other).runs((1, 60, LOW))
    assert {cue.expires_s - cue.time_s for cue in rig.cues(*CORRECTIONS, CueReason.STAGE)} == {2.0, 6.0}


def test_praise_is_sparse() -> None:
    """Out and back again and again: the word for it is given every three minutes at most."""
    pieces = [(t, t + n, spm) for t in range(40, 1500, 60) for t, n, spm in ((t, 20, LOW), (t + 20, 40, IN))]
    rig = CoachRig(replace(AT_170, duration_s=1600.0)).runs((1, 40, IN), *pieces)
    times = rig.times(CueReason.BACK)
    assert len(times) > 3
    assert all(b - a >= 180 for a, b in pairwise(times))


def test_spacing_grows_for_who_drifts_out_again_and_again_and_a_calm_ends_it() -> None:
    """Every minute out of the band for 20 s: told less often each time; after 5 calm min as at first."""
    pieces = [(t, t + n, spm) for t in range(40, 900, 60) for t, n, spm in ((t, 20, LOW), (t + 20, 40, IN))]
    rig = CoachRig(replace(AT_170, duration_s=2400.0)).runs((1, 40, IN), *pieces)
    gaps = [b - a for a, b in pairwise(rig.times(CueReason.BELOW))]
    assert gaps[:3] == sorted(gaps[:3])
    assert gaps[0] <= 60
    assert all(gap <= 180 for gap in gaps)
    assert gaps[-1] >= 120
    rig.run(940, 1300, IN).run(1300, 1400, LOW)
    told = [time_s for time_s in rig.times(CueReason.BELOW) if time_s >= 1300]
    assert told == [1308, 1338, 1398]


def test_a_runner_who_stays_out_of_the_band_is_no_calm() -> None:
    """A rest of six minutes, longer than a calm: one more word after each, and never the tone of a beginning again."""
    slow = replace(AT_170, duration_s=3600.0, feedback=replace(FEEDBACK, rest_s=360.0, rest_limit_s=360.0))
    rig = CoachRig(slow).runs((1, 3600, LOW))
    assert [cue.kind for cue in rig.cues(CueReason.BELOW)] == [CueKind.EARCON] + [CueKind.SPOKEN] * 10
    assert rig.times(CueReason.BELOW)[1:4] == [69, 429, 789]


def test_a_stale_gap_or_a_walk_does_not_begin_the_ladder_anew() -> None:
    """Told twice and resting: after a walk the runner is not told as if for the first time."""
    rig = CoachRig(replace(AT_170, duration_s=1200.0)).runs((1, 75, LOW))
    assert rig.times(CueReason.BELOW) == [TOLD_S, TOLD_S + 30]
    rig.feet(75.0, Feet.WALKING).feet(80.0, Feet.LIVE).run(80, 200, LOW)
    third = rig.cues(CueReason.BELOW)[2]
    assert third.kind is CueKind.SPOKEN
    assert third.time_s >= TOLD_S + 30 + 60


def test_a_new_stage_begins_the_ladder_anew() -> None:
    """Another target, another chance: a tone first."""
    rig = CoachRig(replace(AT_170, duration_s=100.0), replace(AT_170, target=Fixed(172.0))).runs((1, 200, LOW))
    assert [cue.kind for cue in rig.cues(CueReason.BELOW)] == [CueKind.EARCON, CueKind.SPOKEN, CueKind.EARCON]


def test_a_walk_between_two_runs_at_one_target_does_not() -> None:
    """The second run of a walk-run plan goes on where the first one left off: resting."""
    run, walk = replace(AT_170, duration_s=100.0), replace(STAGE, target=Walk(), duration_s=10.0)
    rig = CoachRig(run, walk, run).runs((1, 100, LOW)).feet(100.0, Feet.WALKING)
    rig.feet(110.0, Feet.LIVE).run(110, 205, LOW)
    assert [cue.kind for cue in rig.cues(CueReason.BELOW)] == [CueKind.EARCON, CueKind.SPOKEN, CueKind.SPOKEN]


@each_row(
    ("changes", "times"),
    [
        ({}, [39, 69, 129, 249]),
        ({"dwell_s": 3.0}, [34, 64, 124, 244]),
        ({"settle_s": 10.0}, [19, 49, 109, 229]),
        ({"spacing_s": 40.0}, [39, 79, 139, 259]),
        ({"patience_cues": 3}, [39, 69, 114, 181, 301]),
        ({"patience_cues": 3, "growth_times": 1.0}, [39, 69, 99, 159, 279]),
        ({"rest_s": 100.0}, [39, 69, 169]),
        ({"back_off_times": 1.0, "growth_times": 1.0}, [39, 69, 129, 189, 249, 309]),
        ({"rest_limit_s": 60.0, "spacing_limit_s": 70.0}, [39, 69, 129, 196, 266]),
        ({"closing_s": 60.0}, [39, 69, 129, 249]),
        ({"closing_s": 70.0}, [39, 69, 129]),
        ({"calm_s": 50.0}, [39, 69, 129, 249]),
    ],
)
def test_each_number_of_the_waits_is_the_plans(changes: dict[str, float], times: list[float]) -> None:
    """A runner who stays too slow for 315 s, under one number changed."""
    stage = replace(AT_170, duration_s=315.0, feedback=replace(FEEDBACK, **changes))  # type: ignore[arg-type]
    got = CoachRig(stage).runs((1, 315, LOW)).times(CueReason.BELOW)
    assert [int(time_s) for time_s in got] == times


@each_row("gap", ["stale", "pause", "key"])
def test_a_rescue_beat_ends_also_where_the_return_was_not_seen(gap: str) -> None:
    """A drop-out, a pause or a key while it sounds, and the runner is in the band after it: a minute later it ends."""
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE)).runs((1, 60, LOW))
    assert rig.tempos()[-1][1] == 170.0
    if gap == "stale":
        rig.feet(63.0, Feet.STALE).feet(64.0, Feet.LIVE)
    elif gap == "pause":
        rig.press(63.0, Key.PAUSE).press(64.0, Key.PAUSE)
    else:
        rig.press(63.0, Key.DOWN)
    rig.run(65, 400, IN)
    last_s, spm, _ = rig.tempos()[-1]
    assert spm is None
    assert last_s < 200


def test_a_rescue_beat_that_was_not_needed_does_not_begin_after_the_return() -> None:
    """Told by the tone, back before the beat came; a drop-out of a second a little later brings no beat."""
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE)).runs((1, 42, LOW), (42, 70, IN))
    rig.feet(70.0, Feet.STALE).feet(71.0, Feet.LIVE).run(71, 200, IN)
    assert rig.tempos() == []


FROM_165_TO_175 = replace(AT_170, target=Between(165.0, 175.0))
ERROR_SPM = 1.5  # of the source that leads


def told_at(*spm_and_error: tuple[float, float]) -> CoachRig:
    """A minute at each cadence, told by a source with that error."""
    rig = CoachRig(FROM_165_TO_175).runs()
    for minute, (cadence_spm, error_spm) in enumerate(spm_and_error):
        rig.run(60 * minute + 1, 60 * minute + 61, cadence_spm, error_spm)
    return rig


@each_row(
    ("cadence_spm", "error_spm", "is_corrected"),
    [
        (165.0, 0.0, False),
        (164.9, 0.0, True),
        (175.0, 0.0, False),
        (175.1, 0.0, True),
        (163.6, ERROR_SPM, False),
        (163.5, ERROR_SPM, False),
        (163.4, ERROR_SPM, True),
        (176.4, ERROR_SPM, False),
        (176.5, ERROR_SPM, False),
        (176.6, ERROR_SPM, True),
    ],
)
def test_nothing_is_corrected_that_the_error_of_the_sensor_could_explain(
    cadence_spm: float,
    error_spm: float,
    is_corrected: bool,  # noqa: FBT001
) -> None:
    """Inside, at and outside of the edge of the band widened by the error; a pod has none."""
    rig = told_at((cadence_spm, error_spm))
    assert bool(rig.cues(*CORRECTIONS)) is is_corrected
    assert (rig.state.band_state is BandState.IN) is not is_corrected


def test_who_was_told_is_left_alone_as_soon_as_the_error_could_explain_the_rest() -> None:
    """Out by more than the error and told; then out by less, for minutes: not one more word."""
    rig = told_at((160.0, ERROR_SPM), *[(163.5, ERROR_SPM)] * 5)
    assert all(time_s <= 61 for time_s in rig.times(*CORRECTIONS))
    assert rig.cues(*CORRECTIONS)


def test_being_back_is_not_made_easier_by_the_error() -> None:
    """Back is near the target, as with a pod; the way there begins at the plan's own edges."""
    near, far = (told_at((160.0, error_spm), (166.6, error_spm)) for error_spm in (0.0, ERROR_SPM))
    assert near.state.band_state is far.state.band_state is BandState.BELOW


def test_the_error_is_that_of_the_source_that_leads_now() -> None:
    """A pod takes over from a strap and says the same: now it counts as out."""
    assert told_at((164.0, ERROR_SPM), (164.0, 0.0)).times(*CORRECTIONS)[0] == 61 + 8


def test_the_band_and_the_time_in_it_are_the_plans_whatever_the_error() -> None:
    """What is shown and counted is not widened."""
    rig = told_at((164.0, ERROR_SPM))
    assert rig.state.current.band == Band(170.0, 165.0, 175.0)
    assert (rig.state.tally.inside_s, rig.state.tally.judged_s > 0) == (0.0, True)

"""What is read in the report of a session, one row a text: on its page and in the terminal.

Units (s, min, h, spm, km, mi, km/h, %) are written the same in every language and are not here.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable

MAX_REPORT_CHARS = 500  # paragraphs, unlike on a screen


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class ReportTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    # What kind of run it was, where nobody was coached in it.
    simulation: str = "A simulation: the runner was simulated. Nobody ran this."
    practice: str = "Practice: this athlete is made up, and a simulated runner ran this."
    replay: str = "A replay: the steps come from an earlier run, and nobody heard these cues."
    rehearsal: str = "A rehearsal: nobody heard these cues."
    of_a_device: str = (
        "A run recorded by another device: its file gives cadence, speed and steps. There was no plan, no target and"
        " no cue."
    )
    # The headline.
    no_sensor: str = "{time} without a sensor: the cadence is not known."
    no_running: str = "{time}, no running detected."
    on_target_both: str = "On target {helped} of the time with help, {alone} without."
    on_target_both_stayed: str = "On target {helped} of the time with help, {alone} without: {stayed}."
    on_target_alone: str = "On target {alone} of the time, all of it without help."
    on_target_alone_stayed: str = "On target {alone} of the time, all of it without help: {stayed}."
    on_target_mostly_helped: str = "On target {helped} of the time."
    on_target_helped: str = "On target {helped} of the time, with help throughout."
    run_not_judged: str = "{time} of running at {cadence} steps a minute, none of it judged."
    run_hardly_judged: str = "{time} of running at {cadence} steps a minute, almost none of it judged."
    run_without_target: str = "{time} of running at {cadence} steps a minute, no target given."
    stayed_nearly_all: str = "nearly all of the change stayed"
    stayed_over_half: str = "more than half of the change stayed"
    stayed_part: str = "part of the change stayed"
    stayed_little: str = "little of the change stayed"
    stayed_none: str = "none of the change stayed"
    hardly_made: str = "the cadence hardly moved towards the target"
    # The sentences below it.
    ran: str = "Ran {running} of {time}"
    lasted: str = "It lasted {time}"
    paused: str = "{time} paused"
    gone_on: str = "broke off once and was resumed after {time}"
    gone_on_unknown: str = "broke off once and was resumed"
    gone_on_often: str = "broke off {number} times and was resumed, {time} of break in total"
    gap: str = "broke off for {time}, then was resumed"
    gap_unknown: str = "broke off, then was resumed"
    finished: str = "finished"
    stopped_early: str = "the runner stopped early"
    broke_off: str = "the recording broke off"
    not_counted: str = "{spans}, not counted in any mean."
    span: str = "{time} of {kind}"
    both_of: str = "{one} and {other}"
    either_of: str = "{one} or {other}"
    mean_helped: str = "{mean} spm with help (target {target})"
    mean_alone: str = "{mean} spm without help (target {target})"
    own_cadence: str = "own cadence {cadence} spm"
    own_cadence_by_speed: str = "own cadence {cadence} spm at the speeds run"
    no_corrections: str = "No corrections."
    one_correction_slow: str = "1 correction, for being too slow."
    one_correction_quick: str = "1 correction, for being too quick."
    corrections_slow: str = "{number} corrections, all for being too slow."
    corrections_quick: str = "{number} corrections, all for being too quick."
    corrections_both: str = "{number} corrections, {slow} too slow, {quick} too quick."
    sensor_gap: str = "The sensor was silent once, for {time}."
    sensor_gaps: str = "The sensor was silent {number} times, {time} in total."
    # Stretches without running.
    span_no_sensor: str = "no sensor"
    span_walking: str = "walking"
    span_standing: str = "standing"
    span_paused: str = "paused"
    # Numbers to be seen at once.
    fact_helped: str = "on target with help, of {time}"
    fact_alone: str = "on target without help, of {time}"
    fact_on_target: str = "on target, of {time}"
    fact_mean: str = "mean cadence, running"
    fact_mean_own: str = "mean cadence, running; own cadence {cadence}"
    fact_running: str = "of running"
    fact_running_distance: str = "of running, {distance}"
    fact_correction: str = "correction"
    fact_corrections: str = "corrections"
    fact_heard: str = "of the time with sensor readings"
    # The page.
    page_title: str = "{name} \u2013 session report"
    unnamed: str = "Session"
    footer: str = (
        "Made by cadencecoach {version} on this machine from its own records. Nothing was sent anywhere, and this file"
        " loads nothing. A coaching aid, not a medical device: it describes runs and makes no diagnosis."
    )
    # The picture and its legend.
    steps_a_minute: str = "steps a minute"
    chart_caption: str = (
        "Cadence is the median of the last 5 s, in steps a minute, both feet. The line breaks where the runner was not"
        " running or the sensor was silent. Nothing is counted during a ramp to a new target."
    )
    chart_is_clipped: str = "Where the line runs along the edge, the cadence is outside the picture."
    cadence: str = "cadence"
    target: str = "target"
    target_of: str = "target {target}"
    target_and_band: str = "target and band"
    band_helped: str = "band, with help"
    band_alone: str = "band, without help"
    own_cadence_line: str = "own cadence (baseline) {cadence}"
    own_cadence_sign: str = "own cadence"
    correction_slow: str = "correction: too slow"
    correction_quick: str = "correction: too quick"
    too_slow: str = "too slow"
    too_quick: str = "too quick"
    other_cue: str = "other cue"
    pain_noted: str = "pain noted"
    help_lane: str = "help"
    cues_lane: str = "cues"
    helped_long: str = "with help"
    helped_short: str = "help"
    alone_long: str = "without help"
    alone_short: str = "alone"
    # With help and without.
    with_help: str = "With help"
    without_help: str = "Without help"
    with_and_without: str = "With help, and without"
    judged: str = "judged"
    mean_spm: str = "mean, spm"
    target_change: str = "target change"
    change_made: str = "change made"
    share_made: str = "share made"
    in_band: str = "in band"
    mean_cadence: str = "mean cadence"
    band_of_stage: str = "band of the stage"
    mean_of_target: str = "{name}: mean {mean}, target {target} steps a minute"
    help_note: str = (
        "Help is a beat or corrections on offer. A probe is a stage with a target and no help: it measures what stayed."
        " \u201cShare made\u201d is (mean \u2212 own cadence) / (target \u2212 own cadence). One run says little about"
        " the next: between two single runs at the same speed, a difference below {limit} may be no more than"
        " day-to-day variation."
    )
    help_line: str = "{name}: mean {mean} spm (target {target}), {in_band} in band ({time})"
    help_line_kept: str = (
        "{name}: mean {mean} spm (target {target}), {in_band} in band, {kept} of the target change ({time})"
    )
    # The stages.
    stages: str = "Stages"
    stage: str = "stage"
    whole: str = "Session"
    probe: str = "{name} (probe)"
    time: str = "time"
    running: str = "running"
    target_spm: str = "target, spm"
    sd_spm: str = "SD, spm"
    longest_in_band: str = "longest in band"
    drift_in_10_min: str = "drift, spm in 10 min"
    speed: str = "speed, {unit}"
    pace: str = "pace, {unit}"
    steps: str = "steps"
    corrected: str = "corrected"
    # Cues by reason.
    cues_by_reason: str = "Cues by reason"
    why: str = "reason"
    number: str = "number"
    per_10_min: str = "per 10 min of running"
    cues_note: str = "Corrections are the only cues that judge the cadence; with practice they should become fewer."
    cue_below: str = "correction: slower than the band"
    cue_above: str = "correction: quicker than the band"
    cue_back: str = "back in the band after a correction"
    cue_stage: str = "a stage begins"
    cue_countdown: str = "3-2-1 countdown"
    cue_plan: str = "words from the plan"
    cue_summary: str = "result of the stage"
    cue_baseline: str = "own cadence: measured, or not yet"
    cue_sensor_lost: str = "sensor lost"
    cue_sensor_back: str = "sensor back"
    cue_sensor_unclear: str = "sensor readings made no sense"
    cue_recall: str = "reminder at the start of a stage without help"
    cue_tone: str = "what a tone means"
    cue_pain: str = "pain above the limit"
    cue_speed: str = "too fast or too slow for the baseline"
    cue_session: str = "start, pause, end"
    cue_time: str = "minutes run"
    # What the runner reported, and what else was noted on the way.
    reported: str = "What was reported and noted"
    before: str = "before"
    during: str = "during"
    after: str = "after"
    next_morning: str = "the next morning"
    at_time: str = "at {time}"
    note_line: str = "At {time}: {note}"
    check_in_line: str = "Check-in {moment}: {answers}"
    of_10: str = "{level} of 10"
    pain: str = "pain {level} of 10"
    pain_at: str = "pain {level} of 10 ({site})"
    soreness: str = "soreness {level} of 10"
    soreness_lasted: str = "for {hours} h"
    effort: str = "effort {level} of 10"
    readiness: str = "readiness {level} of 10"
    mood: str = "mood {level} of 10"
    flags: str = "reported: {flags}"
    in_own_words: str = "\u201c{words}\u201d"
    not_asked: str = "not asked"
    # What was told beyond cadence.
    in_step: str = "Steps and beat"
    in_step_early: str = "{mean} ms before the beat on average, spread {sd} ms; {part} % of steps within 50 ms"
    in_step_late: str = "{mean} ms after the beat on average, spread {sd} ms; {part} % of steps within 50 ms"
    moved: str = "Oscillation, contact, stride"
    oscillation: str = "vertical oscillation"
    contact: str = "ground contact time"
    stride: str = "stride length (two steps)"
    told_within: str = "{value}, may be off by {error}"
    told_within_at: str = "{value}, may be off by {error} (sensor: {place})"
    moved_change: str = "since the baseline stage {before} to {after}: {change}"
    moved_no_change: str = "no clear change since the baseline stage; it would have to be over {least}"
    moved_at_speed: str = "Means over running at {speed}, give or take 5 %."
    moved_note: str = (
        "A change is told only for one sensor in one place at one speed, and only where it is more than twice the"
        " error. These numbers describe the run; nothing is coached by them."
    )
    place_foot: str = "foot"
    place_hip: str = "hip"
    place_chest: str = "chest"
    place_trunk: str = "hip or chest"
    # How good the data are.
    data: str = "Data"
    sensor_readings: str = "sensor readings"
    readings_heard: str = "{percent} of the time (a usable reading at most 3 s old)"
    readings_never: str = "never (a usable reading at most 3 s old)"
    gaps: str = "sensor gaps"
    no_gaps: str = "none"
    one_gap: str = "1, of {time}"
    n_gaps: str = "{number}, the longest {time}"
    readings_from: str = "readings from"
    source_unknown: str = "not recorded"
    read_as: str = "read as"
    sound: str = "sound"
    frames_lost: str = "{number} frames lost by the sound card"
    left_out: str = "left out of mean and band"
    nothing: str = "nothing"
    journal: str = "journal"
    recording: str = "recording"
    # How to read the numbers.
    how_to_read: str = "How to read the numbers"
    spm_means: str = "steps a minute, both feet"
    running_means: str = (
        "the runner is known to be running, and the newest estimate is at most 3 s old; pauses are left out"
    )
    mean_sd: str = "mean, SD"
    mean_sd_means: str = (
        "of the estimate (median of the last 5 s) over running time; walking, standing, pauses and gaps are left out"
    )
    in_band_means: str = (
        "running time with the cadence inside the band, over running time with a band. Time while the runner settles"
        " counts; time during a ramp, or at a speed too fast or too slow for the baseline, does not"
    )
    own_cadence_means: str = (
        "the baseline: measured in a stage without help, stored for the athlete, given, or from the plan; if it is"
        " known at several speeds, the one for the speed at each moment"
    )
    drift: str = "drift"
    drift_means: str = "slope of the cadence over running time, corrected for speed where that is known"
    steps_mean: str = "cadence readings summed over time, including walking, each used for at most 3 s"


ENGLISH_REPORT = ReportTexts()

"""What is read in the report of an athlete's progress, one row a text.

Units (h, spm, %) are written the same in every language and are not here, nor are days and months.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class ProgressTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    # The headline.
    stopped: str = "Stopped: {reason}"
    no_running: str = "No session with any running yet."
    no_baseline: str = "No baseline yet, so own cadence cannot be compared."
    only_baseline: str = "Baseline {cadence} spm; nothing has been measured without help since."
    higher: str = "Own cadence is {size} above the baseline: more than chance."
    lower: str = "Own cadence is {size} below the baseline: more than chance."
    no_clear_change: str = "No clear change in own cadence ({change} spm; up to {chance} can be chance)."
    reported_on_day: str = "{signs}, reported on {day}"
    pain_level: str = "pain {level} of 10"
    pain_level_at: str = "pain {level} of 10 ({place})"
    # The sentences below it.
    marked_baseline: str = (
        "The baseline comes from a coarse source and may be {error} spm off; this counts in every comparison."
    )
    provisional_baseline: str = "The baseline is provisional: it takes two runs of 12 min or more."
    speed_may_explain: str = (
        "Some speeds are not known; faster running means quicker steps, so speed may explain a change."
    )
    first_to_last_probes: str = "Without help: {before} to {after} spm, first {number} runs to the last: {chance}."
    beyond_chance: str = "more than chance, {chance}"
    within_chance: str = "may be chance, up to {chance}"
    first_to_last: str = "{first} to {last} of 10"
    both_rose: str = (
        "Own cadence rose, and in the same weeks pain rose ({place}: {change}). This was seen together; it does not say"
        " why."
    )
    pain_rose: str = "Pain is more than at first ({place}: {change})."
    level: str = "Own cadence stayed level for {weeks} weeks, from {first} to {last} ({low} to {high} spm)."
    one_layoff: str = "A layoff of {days} days from {first}."
    layoffs: str = "{number} layoffs, the longest {days} days from {first}."
    pain_never: str = "Pain never reached {limit} of 10."
    pain_on_day: str = "Pain of {limit} or more out of 10 on {first}, at most {highest}."
    pain_on_days: str = (
        "Pain of {limit} or more out of 10 on {number} days between {first} and {last}, at most {highest}."
    )
    # The page.
    page_title: str = "{name} \u2013 progress"
    unnamed: str = "Athlete"
    progress: str = "Progress"
    practice: str = "Practice: this athlete is made up. A simulated runner ran the sessions."
    all_uncoached: str = "All sessions are simulations, replays or rehearsals; nobody was coached in them."
    some_uncoached: str = (
        "{uncoached} of {number} sessions are simulations, replays or rehearsals; nobody was coached in them."
    )
    uncoached_left_out: str = "Simulations, replays and rehearsals are left out: {number}."
    from_day_to_day: str = "{first} to {last}"
    session: str = "1 session"
    n_sessions: str = "{number} sessions"
    next_session: str = "Next session, and why"
    # Numbers to be seen at once.
    fact_baseline: str = "baseline, {day}, {worth}"
    fact_no_baseline: str = "baseline: not measured yet"
    fact_now: str = "without help now, {runs} to {day}"
    fact_not_now: str = "without help now: not measured since the baseline"
    fact_reassessed: str = "reassessed, {day}, {worth}"
    fact_not_reassessed: str = "reassessed: not yet"
    fact_adherence: str = "sessions done, of those planned since {day}"
    of_planned: str = "of {planned}"
    fact_pain: str = "highest pain rated"
    of_10: str = "of 10"
    one_run: str = "1 run"
    n_runs: str = "{number} runs"
    marked: str = "{source}, up to {error} spm off"
    provisional: str = "provisional"
    # The picture and its legend.
    at_one_speed: str = (
        "Every session is adjusted to one speed, {speed}, by {slope}, so that faster running does not look"
        " like a quicker step."
    )
    without_speed: str = "Some runs have no speed: faster runs have a quicker step, which may explain some changes."
    chance_band: str = "Inside the grey band, the last runs may differ from the baseline by chance alone (95 %)."
    left_blank: str = "Days without an answer are left blank."
    own_panel: str = "own cadence, steps a minute"
    pain_panel: str = "pain, 0 to 10"
    soreness_panel: str = "soreness, 0 to 10"
    mood_panel: str = "mood, 0 to 10"
    readiness_panel: str = "readiness, 0 to 10"
    weeks_panel: str = "running, minutes a week"
    probe: str = "without help, one session"
    mean_of_four: str = "mean of the last four without help"
    measured: str = "baseline or reassessment"
    level_of_baseline: str = "level of the baseline"
    one_dot: str = "whole session, help included"
    target: str = "target"
    may_be_chance: str = "may be chance"
    no_change_beyond_chance: str = "no change beyond chance"
    pain: str = "pain"
    pain_at: str = "pain: {place}"
    place_not_named: str = "place not named"
    sign: str = "sign to stop"
    answered_0: str = "answered 0"
    rise: str = "over 30 % more distance than the week before"
    no_session: str = "no session for 14 days or more"
    days_off: str = "{days} days off"
    days: str = "{days} days"
    weeks_level_long: str = "{weeks} weeks: no change beyond chance"
    weeks_level: str = "{weeks} weeks: no change"
    weeks_level_short: str = "level {weeks} wk"
    pain_of: str = "pain {level}"
    # Every session.
    sessions: str = "Sessions"
    day: str = "day"
    session_name: str = "session"
    running: str = "running"
    mean_spm: str = "mean, spm"
    at_same_speed: str = "at the same speed"
    target_column: str = "target"
    in_band: str = "in band"
    kept: str = "kept without help"
    corrected: str = "corrected"
    effort: str = "effort"
    one_left_out: str = "1 older session is left out here; all of them count above."
    n_left_out: str = "{number} older sessions are left out here; all of them count above."
    narrow_screen: str = "Only the newest 30 are shown on a narrow screen; wide screens and paper show more."
    on_paper: str = "Paper shows the newest {number}; the page on a screen has them all."
    # What was done.
    done: str = "What was done"
    sessions_row: str = "sessions"
    with_target: str = "with a target"
    hours_of_running: str = "{hours} h, {percent} of the running"
    with_help: str = "with help"
    reached_target: str = "reached the target"
    reached: str = "{percent} of sessions with a target (mean at least target \u2212 3 %)"
    corrections: str = "corrections"
    corrections_rate: str = "{rate} per 10 min with a target"
    exercises: str = "exercises"
    one_item: str = "1 item ticked off"
    n_items: str = "{number} items ticked off"
    # What has changed.
    effects: str = "What changed, asked for or not"
    no_cause: str = (
        "Means of the first and the last answers, at most four of each. Seen in the same weeks; it does not say what"
        " caused what."
    )
    what: str = "what"
    at_first: str = "at first"
    lately: str = "lately"
    seen: str = "seen"
    own_asked_for: str = "own cadence (asked for)"
    soreness: str = "soreness"
    mood: str = "mood"
    readiness: str = "readiness"
    more: str = "more"
    less: str = "less"
    no_clear_shift: str = "no clear change"
    too_few: str = "too few answers to compare"
    findings: str = "Findings, before and after"
    before: str = "before"
    after: str = "after"
    moved_change: str = "{before} to {after} at {speed}: {change}, more than twice the error of {error}"
    moved_no_change: str = "no clear change at {speed}; it would have to be over {least}"
    baselines: str = "Baselines"
    at_speed: str = "at {speed}"
    over_minutes: str = "over {minutes} min"
    decided: str = "What the programme decided"
    reported: str = "What the runner reported (pain of {limit} or more, signs, notes)"
    check_in: str = "{day}, {moment}"
    # How to read the numbers.
    how_to_read: str = "How to read the numbers"
    cadence: str = "cadence"
    cadence_means: str = (
        "steps a minute, both feet, mean over running time; walking, pauses and gaps in the sensor's readings left out"
    )
    at_same_speed_means: str = "adjusted to the speed of the baseline, else the median speed, by {slope}"
    more_than_chance: str = "more than chance"
    more_than_chance_means: str = (
        "larger than the minimal detectable change, 1.96 \u00b7 CV \u00b7 \u221a(1/n + 1/m) for means of n and m runs;"
        " 19 times in 20 chance alone stays below it"
    )
    more_or_less: str = "more, less"
    more_or_less_means: str = "means of the answers that differ by 2 of 10 or more"
    moved: str = "oscillation, contact, stride"
    moved_means: str = (
        "means of the runs the baseline comes from and of the last runs, told by one sensor in one place, at speeds"
        " within 5 %; a change is told only where it is more than twice the error, and nothing is coached by it"
    )
    kept_means: str = (
        "(cadence in probes \u2212 own cadence) / (target \u2212 own cadence); probes before any help in the session if"
        " there are any, otherwise all probes"
    )
    pain_and_effort: str = "pain, effort"
    pain_and_effort_means: str = "0 (none) to 10, as the runner rated them; the highest of each day"

    # The playbook.
    playbook: str = "Playbook"
    cues_worked: str = "Cues that worked"
    cue: str = "Cue"
    times: str = "Times"
    times_n: str = "{number} x"
    back_after: str = "Back on target after"
    no_cues: str = "No cue has been followed by a return to the target three times yet."
    exercises_of: str = "Exercises and drills"
    shoes_of: str = "Shoes"
    first_day: str = "First"
    last_day: str = "Last"
    hurt: str = "What hurt, and when"
    place: str = "Place"
    worst: str = "Worst, of 10"
    no_place: str = "place not said"
    nothing_hurt: str = "No pain reported."
    notes_of: str = "Notes and messages"
    written_by: str = "From"
    of_runner: str = "runner"
    of_clinician: str = "clinician"
    note_kept: str = "clinician's note"
    none_yet: str = "None yet."


ENGLISH_PROGRESS = ProgressTexts()

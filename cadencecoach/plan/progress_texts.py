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
    no_running: str = "No session with any running yet."
    one_session: str = "One session so far: too few to compare."
    higher: str = "Cadence is {size} higher than at the start: more than chance."
    lower: str = "Cadence is {size} lower than at the start: more than chance."
    no_clear_change: str = "No clear change in cadence ({change} spm; up to {chance} can be chance)."
    # The sentences below it.
    from_to: str = "From {before} spm in {first} to {after} in the last {n_after}; chance explains up to {chance}."
    from_to_at_speed: str = (
        "From {before} spm in {first} to {after} in the last {n_after} at {speed}; chance explains up to {chance}."
    )
    first_run: str = "the first run"
    first_n_runs: str = "the first {number} runs"
    own_spread: str = "the runner's own spread from run to run"
    usual_spread: str = "the usual spread of other runners"
    chance_from: str = "{chance}, from {source}"
    before_help_beyond: str = "Before any help in a session: {change} spm, more than chance."
    before_help_within: str = "Before any help in a session: {change} spm, within chance ({chance} spm)."
    level: str = "Cadence stayed level for {weeks} weeks, from {first} to {last} ({low} to {high} spm)."
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
    from_day_to_day: str = "{first} to {last}"
    session: str = "1 session"
    n_sessions: str = "{number} sessions"
    next_session: str = "Next session, and why"
    # Numbers to be seen at once.
    fact_change: str = "cadence, first to last runs; chance up to {chance}"
    fact_before_help: str = "before any help; chance up to {chance}"
    fact_running_one: str = "of running in 1 session"
    fact_running: str = "of running in {number} sessions"
    fact_reached: str = "of sessions with a target reached it"
    fact_pain: str = "highest pain rated"
    of_10: str = "of 10"
    # The picture and its legend.
    at_one_speed: str = (
        "Every session is adjusted to one speed, {speed}, by {slope}, so that faster running does not look"
        " like a quicker step."
    )
    without_speed: str = "Some sessions have no speed: faster runs have a quicker step, which may explain some changes."
    chance_band: str = (
        "Inside the grey band, a mean of four runs may differ from the first runs by chance alone (95 %)."
    )
    cadence_panel: str = "cadence, steps a minute"
    kept_panel: str = "without help: % of the target change"
    felt_panel: str = "pain and effort, 0 to 10"
    weeks_panel: str = "running, minutes a week"
    one_dot: str = "one session, mean while running"
    mean_of_four: str = "mean of the last four"
    probe: str = "without help (probe)"
    target: str = "target, or 100 % of the change"
    first_runs: str = "level of the first runs, or 0 %"
    may_be_chance: str = "may be chance"
    no_change_beyond_chance: str = "no change beyond chance"
    pain: str = "pain"
    no_pain: str = "no pain"
    effort_of_session: str = "effort of the session"
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
    plan: str = "plan"
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
    # What was done.
    done: str = "What was done"
    sessions_row: str = "sessions"
    of_planned: str = "of those planned"
    planned: str = "{percent} ({number} of {planned})"
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
    changed: str = "What has changed"
    cadence_of_session: str = "cadence of the session"
    before_any_help: str = "before any help in it"
    change_beyond: str = "{before} to {after} spm: {change}, more than chance, up to {chance}"
    change_within: str = "{before} to {after} spm: {change}, within chance, up to {chance}"
    moved_change: str = "{before} to {after} at {speed}: {change}, more than twice the error of {error}"
    moved_no_change: str = "no clear change at {speed}; it would have to be over {least}"
    own_cadence: str = "Own cadence"
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
    at_same_speed_means: str = "adjusted to the speed of the first baseline, else the median speed, by {slope}"
    more_than_chance: str = "more than chance"
    more_than_chance_means: str = (
        "larger than the minimal detectable change, 1.96 \u00b7 CV \u00b7 \u221a(1/n + 1/m) for means of n and m runs;"
        " 19 times in 20 chance alone stays below it"
    )
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
    no_cues: str = "No cue was followed by a return to the target three times yet."
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
    none_yet: str = "None yet."


ENGLISH_PROGRESS = ProgressTexts()

"""What a programme tells a runner of today, one row a text: the session to run, when, and the reasons."""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class ProgrammeTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    # The first line.
    finished: str = "{programme}: finished, all {number} runs are done."
    no_refresher: str = "{verdict}: a refresher is due, but the programme has none."
    today: str = "Today: {session}. Verdict: {verdict}."
    rest_until: str = "Rest until {day}, then {session}. Verdict: {verdict}."
    a_refresher: str = "a refresher"
    session_of: str = "{session} ({number} of {n_sessions})"
    verdict_then: str = "{verdict}, then {move}"
    # The session and its exercises.
    session_line: str = "{session}: {facts}"
    until_key: str = "until key"
    help: str = "help {percent}"
    no_help: str = "no help"
    help_of_plan: str = "help as the plan says"
    baseline: str = "baseline"
    alongside: str = "alongside: {exercise}"
    alongside_saying: str = "alongside: {exercise}: {words}"
    dose: str = "{sets} x {amount}"
    repetitions_of: str = "{repetitions} of {hold}"
    # The reasons.
    why: str = "Why:"
    # Around a run.
    next: str = "next: {says}"
    take_baseline: str = "to take this run for a baseline: {command}"
    own_run: str = "A run of your own: the programme {programme} pauses, its limits still apply. It says: {says}"
    as_guest: str = (
        "As a guest: no check-in, and none of the limits of {athlete}. To run as {athlete}, add --athlete {athlete}."
    )
    not_today: str = "No run today; this is recorded in the log of {athlete}."
    view_age: str = "The clinic's database does not answer. What is known of {athlete} here is of {seen}."
    ask_first: str = "Then pain and signs to stop are asked before each run: without an answer about pain, no run."
    not_counted: str = "a {origin}: not written into the log of {athlete}"
    message: str = "From your clinician, {day}: {words}"
    write_back: str = "To write to your clinician: {command}"
    no_emergency: str = "Messages are not for emergencies: they might not be read today."
    due_now: str = "Due now: the check-in ({moment}): {command}"
    due_reassessment: str = "Due today: a look at what stayed, without any help."
    due_refresher: str = "Due today: a refresher, one easy session without new demands."
    message_asked: str = "Anything to write to your clinician (Enter: nothing)"
    mended_run: str = "session {session} was missing from the log and is now in it"
    mended_pain: str = "session {session}: pain reported in it was missing from the log and is now in it"
    deleted: str = "{athlete} was deleted during the run: nothing was written into the log"
    too_short: str = "less than a minute: not written into the log"
    too_short_pain: str = "less than a minute: not written into the log; what you reported about pain is"
    elsewhere: str = (
        "the programme looks for journals in the sessions folder; this one is elsewhere and will count as missing"
    )
    no_length: str = "plan {plan} waits for a key; the clinician allows {limit} min"
    too_long: str = "plan {plan} lasts {length} min; the clinician allows {limit} min"
    # The baseline it counts from.
    baseline_given: str = "--baseline {cadence} in place of the stored {stored}"
    stored: str = "baseline {cadence} spm{where}, from 1 run"
    stored_n: str = "baseline {cadence} spm{where}, from {number} runs"
    stored_at_speed: str = "at {speed}"
    stored_marked: str = "from {source}, up to {error} spm off: it starts no programme unless the clinician accepts it"
    stored_accepted: str = "from {source}, up to {error} spm off; the clinician accepted it: {reason}"
    dated_ahead: str = "dated {day}: it does not count until then"
    measured_today: str = "measured today"
    measured_a_day_ago: str = "measured 1 day ago"
    measured_days_ago: str = "measured {number} days ago"
    measured_weeks_ago: str = "measured {number} weeks ago"
    old: str = "{age}, old: measure again"
    provisional: str = "provisional: a baseline takes two runs of 12 min or more"
    target_lowered: str = "the target of {target} spm is lowered to {limit} spm, the limit of the programme: {of}"
    beat_ends: str = "the beat ends after {limit} min, the longest that the clinician allows"
    no_baseline: str = "no baseline yet, so every target is provisional; twice: `{run}`, then `{command}`"
    no_baseline_but_rough: str = (
        "no baseline yet but {stored}; so every target is provisional; better, twice: `{run}`, then `{command}`"
    )
    targets_provisional: str = "every target is provisional; it counts from the {stored}"
    targets_count: str = "targets count from the {stored}"
    measured_since: str = "measured since: {cadence} spm; targets do not move, unless the clinician says so: {command}"
    target_is: str = "{percent} % is {target} spm"
    target_is_limited: str = "{percent} % is {target} spm, limited to {limit} spm: +10 % over the first baseline"
    of_first: str = "+10 % over the first baseline; '{allow}' in the programme raises it"
    of_stored: str = "{percent} % of the stored baseline"


ENGLISH_PROGRAMME = ProgrammeTexts()

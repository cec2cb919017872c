"""What is asked and answered in a check-in, one row a text.

The keys that answer (s shin, c calf, ...) are the same in every language: they stand at the front of what they mean.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class CheckInTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    # Before the questions.
    hint: str = "A key answers, Enter skips, Backspace goes back, {flag} for a red flag, {ten} is 10."
    opening: str = "{moment}, {athlete}."
    asked_again: str = "How is the body? Enter at the first question skips all."
    offered: str = "{moment}, {athlete}: Enter at the first question skips all."
    it_was: str = "{moment}, {day}. It was: {answers}"
    before_the_run: str = "Before the run"
    in_the_run: str = "In the run"
    after_the_run: str = "After the run"
    the_morning_after: str = "The morning after"
    # The questions.
    pain_now: str = "Pain now, 0 none to 10"
    pain_in_run: str = "Worst pain during the run or since, 0 none to 10"
    where: str = "Where? s shin, c calf, a Achilles, k knee, h hip, f foot, o other"
    soreness_asked: str = "Soreness, 0 none to 10"
    readiness_asked: str = "Ready to run, 0 not at all to 10"
    effort_asked: str = "How hard was the whole session, 0 to 10"
    note_asked: str = "A note"
    flags_asked: str = (
        "Any of these? s sharp, l limping, w swelling, n wakes me at night, c acute calf, "
        "u unwell (dizzy, chest pain, a fall); Enter: none"
    )
    # What an answer came to.
    one_or_ten: str = "1 (0 makes it 10)"
    nothing_before: str = "Backspace: there is no answer to take back"
    no_rating: str = "{answer} is not an answer: type a number from 0 to 10 ({ten} is 10)"
    no_site: str = "{answer} is not an answer: type one of {words}, or its letter"
    no_flag: str = "{answer} is not an answer: type one of {words}, or {keys}"
    # What was said, in one line.
    pain: str = "pain {level}"
    soreness: str = "soreness {level}"
    readiness: str = "readiness {level}"
    effort: str = "effort {level}"
    mood: str = "mood {level}"
    sore_for: str = "sore for {hours} h"
    said: str = "{moment}: {answers}"
    nothing_said: str = "nothing said"
    withdrawn: str = "withdrawn: {day}, {answers}, because: {reason}"
    stop_is_over: str = "this lifts the stop: the programme continues"
    exercise_done: str = "done: {name}"
    exercise_done_partly: str = "done: {name}, {percent}"
    slip: str = "Typed by mistake? {command} asks again."
    # What to do.
    much_pain: str = "Pain {level} of 10, above {limit}."
    much_soreness: str = "Soreness {level} of 10, above {limit}: no run now."
    get_help: str = "Get help at once if it is chest pain, faintness or a bad fall."
    stop: str = (
        "Stop: do not run any more of it. If you are running, slow to a walk; on a belt, slow it to a walk, then stop"
        " it. Then ask the clinician before you go on."
    )
    no_diagnosis: str = "This is a rule of thumb, not a diagnosis; the clinician decides."


ENGLISH_CHECKIN = CheckInTexts()

"""What is read before the first session, one row a text: the questions of `begin`, their answers and where they lead.

And what the demonstration says before and after it.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class BeginTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    welcome: str = "A few short questions lead to a first session. Nothing that you answer here is kept."
    keys: str = "One key answers. Backspace goes back, q leaves."
    no_such_answer: str = "{key} is not an answer here; type one of {keys}"
    nothing_before: str = "This is the first question; there is nothing to go back to."
    left: str = "Nothing was kept. To begin again: {command}"
    answer: str = "Your answer"
    # The questions.
    hurts: str = (
        "Does something hurt now? Mild muscle soreness on both sides does not count; pain does. If you are not sure,"
        " answer yes."
    )
    hurts_no: str = "no, nothing hurts"
    hurts_yes: str = "yes, something hurts"
    signs: str = (
        "In the last days or weeks, was there any of these: sharp pain, a limp, swelling, pain that wakes you at night,"
        " sudden pain in the calf, dizziness, chest pain, a fall?"
    )
    signs_no: str = "no, none of these"
    signs_yes: str = "yes, at least one"
    injury: str = (
        "Are you coming back from an injury, an operation or a birth in the last six months, or are you pregnant?"
    )
    injury_no: str = "no"
    injury_cleared: str = "yes, and a doctor or physiotherapist said that I may run again"
    injury_open: str = "yes, and nobody has said yet that I may run"
    how_often: str = "How often do you run at present?"
    not_running: str = "not at all"
    once_or_twice: str = "once or twice a week"
    three_or_more: str = "three times a week or more"
    how_long: str = "How long can you run without walking?"
    less_than_20: str = "less than 20 minutes"
    at_least_20: str = "20 minutes or more"
    sensor: str = (
        "Do you have a sensor that sends your steps by Bluetooth: a foot pod, or a watch or strap that does so?"
    )
    sensor_yes: str = "yes"
    sensor_no: str = "no"
    sensor_unknown: str = "I do not know: look for one now"
    # Where they lead.
    see_somebody: str = "See somebody first"
    see_somebody_why: str = (
        "Please show this to a doctor or a physiotherapist before you run with this program. It cannot examine you, and"
        " a quicker step is not a treatment. With chest pain, or if you feel faint, call for emergency help now."
    )
    see_somebody_open: str = (
        "What is open to you meanwhile: read about pain and when to stop, and watch a session in which nobody has to"
        " run. When you have been told that you may run, begin again:"
    )
    own_cadence: str = "First, your own cadence: two runs"
    own_cadence_why: str = (
        "Everything starts from the cadence that you have by yourself. Run twice, on two days, for 20 minutes each: 5"
        " to warm up, 12 at one even pace, 3 to cool down. Nothing is played and nothing is corrected."
    )
    own_cadence_often: str = "After the second run, six weeks with three runs a week; or a single session:"
    own_cadence_seldom: str = "After the second run, a single session whenever you like:"
    walk_run: str = "A ready plan: walk 2 minutes, run 3, four times"
    walk_run_why: str = (
        "Running again comes before running differently. The plan takes 30 minutes, needs no sensor and has no beat."
        " Start it only if you can walk briskly for 30 minutes without pain; what your doctor or physiotherapist told"
        " you comes before this plan. After two or three of these runs without pain, begin again:"
    )
    metronome: str = "The metronome"
    metronome_why: str = (
        "Without a sensor the beat alone will do. Run easily for some minutes and tap your steps, with the key t or the"
        " button: the beat takes your own tempo. The arrow keys, or the buttons, change it by 1. Stay near your own"
        " tempo in the first runs; 5 % more comes later."
    )
    # What one can do there.
    start: str = "start: {command}"
    read: str = "read: {title}"
    watch: str = "watch and hear a short session with a simulated runner"
    back: str = "back to the last question"
    leave: str = "leave"
    name: str = "A name to keep your runs under, not your real one (Enter: {name})"
    # Without somebody who can answer.
    no_terminal: str = "These are questions, and there is no terminal to ask them on. What to do without them:"
    if_hurts: str = "Something hurts, or did lately, or you come back from an injury: see somebody first, and read"
    if_beginning: str = "You do not run for 20 minutes yet, and nothing hurts"
    if_sensor: str = "You run for 20 minutes or more and have a sensor"
    if_no_sensor: str = "The same without a sensor"
    # The demonstration.
    demo: str = "A demonstration of {seconds} s; the runner and the foot pod are simulated."
    demo_without_sound: str = "No sound here now ({why}): this demonstration is to look at."
    demo_hear: str = "To hear a session, make a sound file and play it anywhere"
    demo_see: str = "To see what a session asks, as a picture"
    demo_why: str = "To find out about the sound"
    demo_muted: str = "you asked for none"
    demo_no_device: str = "no sound device"
    demo_over: str = "That was the demonstration. What next?"
    demo_begin: str = "your own first session, after a few questions"
    demo_learn: str = "what cadence does, when to stop, what to expect"
    demo_alone: str = "the beat alone, with no plan and no sensor"
    demo_report: str = "The report of this session, to open in a browser: {address}"


ENGLISH_BEGIN = BeginTexts()

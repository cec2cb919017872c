"""Settings that cancel each other. `¦` stands before the place a warning must point at."""

from each_row import each_row

from cadencecoach.coach.fading import LEAST_S
from cadencecoach.plan.checks.lost_help import LEAST_HELP_S
from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.syntax.findings import Severity

MARK = "¦"

# The only stage of a plan with a stored baseline; it has a name.
IN_STAGE = [
    ("duration: 5 min, target: +5 %, feedback: {ladder: ¦beat}", "so nothing is ever corrected there"),
    ("duration: 5 min, target: +5 %, beat: off, feedback: {ladder: ¦beat}", "has no rescue beat"),
    ("duration: 5 min, target: +5 %, beat: {on: 1 min, off: 1 min}, feedback: {ladder: ¦beat}", "only the beat"),
    (
        "duration: 5 min, target: +5 %, beat: rescue, feedback: {ladder: ¦'tone, words'}",
        "beat of stage 'A' never comes",
    ),
    ("duration: 5 min, target: +5 %, beat: off, feedback: ¦{style: graded}", "a graded click needs a beat"),
    ("duration: 5 min, target: +5 %, music: ¦on, feedback: {style: graded}", "a graded click has to be heard"),
    ("duration: 5 min, target: +5 %, feedback: {dwell: ¦5 min}", "dwell 5 min leave no time for a correction"),
    (
        "duration: 5 min, target: +5 %, feedback: {dwell: 8 s, settle: ¦10 min}",
        "settle 10 min and dwell 8 s leave no time",
    ),
    (
        "duration: 5 min, target: +5 %, ramp: ¦5 min, feedback: {settle: 30 s, dwell: 8 s}",
        "ramp 5 min, settle 30 s and dwell 8 s leave no time",
    ),
    ("duration: 1 min, target: 170 spm, ramp: 5 s, feedback: {settle: ¦45 s}", "its last 5 s); make them shorter"),
    ("duration: 5 min, target: +5 %, beat: rescue, feedback: {style: none, dwell: ¦5 min}", "leave no time"),
    ("duration: 5 min, target: 160 spm, feedback: {walk-below: ¦180 spm}", "the whole run counts as walking"),
    ("duration: 5 min, target: 170 spm, feedback: {walk-below: ¦170 spm}", "the runner is never told to step quicker"),
    ("duration: 5 min, target: ¦120 spm", "spm is walking, and stage 'A' asks for 116 to 124 spm"),
    (
        "duration: 5 min, target: +5 %, help: 50 %, feedback: {cycle: ¦10 min}",
        "one cycle (10 min) is longer than stage",
    ),
    ("duration: 90 s, target: +5 %, help: ¦50 %", "stage 'A' (1 min 30 s), so its help is not the part that is"),
    ("duration: 90 s, target: +5 %, help: ¦100 %..0 %", "write 'cycle: 45 s' or less"),
    ("duration: 5 min, target: +5 %, help: ¦0.1 %", "so nothing is helped; write 'help: 0 %', or more"),
    ("duration: 5 min, target: +5 %, help: ¦99.9 %", "so nothing is silent; write 'help: 100 %', or less"),
    (
        "duration: 5 min, target: +5 %, help: ¦5 %, feedback: {cycle: 2 min}",
        "a helped stretch lasts 6 s here, less than the dwell (",
    ),
    (
        "duration: 5 min, target: +5 %, help: 10 %, feedback: {dwell: ¦20 s, cycle: 2 min}",
        "a helped stretch lasts 12 s here",
    ),
    (
        "duration: 8 min, target: +5 %, help: 25 %, ramp: ¦1 min, feedback: {cycle: 2 min}",
        "lasts 30 s, so the ramp goes on in silence",
    ),
    ("duration: 5 min, target: +5 %, beat: ¦{on: 5 min, off: 1 min}", "so it never goes; write a shorter 'on'"),
    ("duration: 5 min, target: +5 %, help: 0 %, beat: ¦on", "'help: 0 %' leaves this beat out"),
    ("duration: 5 min, target: +5 %, help: 0 %, beat: ¦rescue", "write 'beat: off', or more help"),
    ("duration: 5 min, target: +5 %, feedback: {spacing: 5 min, spacing-limit: ¦1 min}", "the limit does nothing"),
    ("duration: 5 min, target: +5 %, feedback: {spacing: 5 min, growth: ¦2 times}", "above 'spacing-limit' (2 min)"),
    ("duration: 5 min, target: +5 %, feedback: {rest-limit: ¦30 s}", "'rest' (1 min) is above 'rest-limit' (30 s)"),
    (
        "duration: 5 min, target: +5 %, feedback: {rest: 10 min, back-off: ¦3 times}",
        "write 'rest-limit: 10 min' or more",
    ),
    ("duration: 5 min, target: +5 %, feedback: {lost-spacing: 1 h, lost-limit: ¦5 s}", "'lost-spacing' (1 h) is above"),
    ("duration: 5 min, target: +5 %, feedback: {clear: ¦5 %}", "the band of stage 'A' is 3 % to either side"),
    ("duration: 5 min, target: 170 spm, tolerance: 2 spm, feedback: {clear: ¦2 %}", "is 1.18 % to either side"),
    ("duration: 5 min, target: 168-176 spm, feedback: {clear: ¦3 %}", "write 1.55 % or less, or a wider"),
    ("duration: 5 min, target: +5 %, feedback: {follow: ¦3 %, follow-step: 1 %}", "moves and is still off"),
    ("duration: 5 min, target: +5 %, feedback: {start: at once, phase: ¦20 ms}", "a beat has no phase"),
    ("duration: 5 min, target: +5 %, feedback: {hold-over: ¦8 s}", "no beat is held, so this does nothing"),
    ("duration: 5 min, target: +5 %, feedback: {hold-phase: 0 %, hold-reach: ¦2 times}", "write 'hold-phase: 1 %'"),
    ("duration: 5 min, target: 168-176 spm, tolerance: ¦3 %", "the target is a range already (168 to 176 spm)"),
    ("duration: 5 min, target: +5 %, beat: off, feedback: none, recall: ¦on", "no helped stage comes right before 'A'"),
]
HELPED = "  - {name: A, duration: 5 min, target: +5 %}\n"
WALK = "  - {name: B, duration: 1 min, target: walk}\n"
PROBE = "  - {name: C, duration: 5 min, target: +5 %, beat: off, feedback: none}\n"
RECALLED = "  - {name: D, duration: 5 min, target: +5 %, beat: off, feedback: none, recall: on}\n"
MARKED = RECALLED.replace("recall: ", "recall: ¦")
MEASURED = "  - {name: M, duration: 5 min, measure: baseline}\n"
SPEEDS = "baseline: {speeds: {8 km/h: 158 spm, 12 km/h: 169 spm}}"

# Head and stages of a plan, where more than one stage matters.
IN_PLAN = [
    ("baseline: athlete\nfeedback: {ladder: ¦beat}", HELPED, "has no rescue beat"),
    (
        "baseline: athlete\nfeedback: {ladder: ¦'tone, words'}",
        HELPED + HELPED.replace("%}", "%, beat: rescue}"),
        "never comes",
    ),
    ("baseline: athlete\nfeedback: {style: graded}", HELPED.replace("%}", "%, beat: ¦off}"), "needs a beat"),
    ("baseline: athlete\nbeat: off\nfeedback: {style: ¦graded}", HELPED, "needs a beat"),
    ("baseline: athlete\nramp: ¦4 min", HELPED.replace("5 min", "4 min") * 2, "leave no time"),
    ("baseline: 140 spm\nfeedback: {walk-below: ¦160 spm}", HELPED, "whole run counts as walking"),
    ("baseline: athlete\nhelp: ¦50 %", HELPED.replace("5 min", "1 min") * 2, "one cycle ("),
    ("baseline: 160 spm\nfeedback: {follow: ¦2 %}", HELPED, "a target follows speed only with a baseline at several"),
    ("feedback: {follow: ¦2 %}", MEASURED + HELPED, "so this does nothing"),
    ("baseline: athlete\nfeedback: {clear: ¦3 %}", HELPED + PROBE, "this does nothing"),
    ("tolerance: ¦3 %", HELPED.replace("+5 %", "168-176 spm") * 2, "the target is a range already"),
    ("baseline: athlete", HELPED + WALK + MARKED, "right before 'D'"),
    ("baseline: athlete", HELPED + PROBE + MARKED, "right before 'D'"),
    ("baseline: measured", MEASURED + MARKED, "right before 'D'"),
    ("baseline: athlete\nrecall: ¦on", WALK + PROBE, "this is never said"),
    ("baseline: athlete\nrecall: ¦on", HELPED, "this is never said"),
]

# Settings that look alike and do what they say.
SOUND = [
    ("baseline: athlete\nfeedback: {ladder: beat}", HELPED.replace("%}", "%, beat: rescue}")),
    ("baseline: athlete\nfeedback: {ladder: beat}", PROBE),
    ("baseline: athlete\nfeedback: {style: graded}", HELPED + PROBE),
    ("baseline: athlete\nfeedback: {style: graded}", HELPED.replace("%}", "%, beat: off, help: 0 %}")),
    ("baseline: athlete\nfeedback: {dwell: 5 min}", HELPED.replace("5 min", "6 min")),
    ("baseline: athlete\nfeedback: {dwell: 5 min}", HELPED.replace("duration: 5 min", "until: key")),
    ("baseline: athlete\nfeedback: {dwell: 5 min}", PROBE),
    ("baseline: athlete\nfeedback: {walk-below: 200 spm}", HELPED),
    ("baseline: athlete", HELPED.replace("5 min", "20 s").replace("+5 %", "170 spm")),
    ("baseline: athlete\nfeedback: {cycle: 30 s}\nhelp: 50 %", HELPED.replace("5 min", "1 min") * 2),
    ("baseline: athlete\nfeedback: {cycle: 1 h}", HELPED),
    ("baseline: athlete\nbeat: off\nhelp: 5 %", HELPED),
    ("baseline: athlete", HELPED.replace("%}", "%, help: 10 %}")),
    ("baseline: athlete", HELPED.replace("%}", "%, ramp: 1 min, help: 50 %}")),
    ("baseline: athlete\nfeedback: {spacing: 2 min, spacing-limit: 2 min}", HELPED),
    ("baseline: athlete\nfeedback: {spacing: 5 min}", HELPED),
    ("baseline: athlete\nfeedback: {clear: 2 %}", HELPED),
    ("baseline: athlete\nfeedback: {clear: 2 %}", HELPED + HELPED.replace("+5 %", "+2.5 %")),
    (f"{SPEEDS}\nfeedback: {{follow: 2 %}}", HELPED),
    ("baseline: athlete\nfeedback: {follow: 2 %}", HELPED),
    ("baseline: 160 spm\nfeedback: {follow-step: 2 %, follow-every: 5 s}", HELPED),
    ("baseline: athlete\nfeedback: {start: at once, phase: 20 ms, hold-phase: 1 %}", HELPED),
    ("baseline: athlete\nfeedback: {hold-over: 8 s}", HELPED + HELPED.replace("%}", "%, feedback: {hold-phase: 1 %}}")),
    ("baseline: athlete\ntolerance: 3 %", HELPED + HELPED.replace("+5 %", "168-176 spm, ramp: 30 s")),
    ("baseline: athlete", HELPED + RECALLED),
    ("baseline: athlete", WALK + "  - repeat: 2\n    stages:\n" + (RECALLED + HELPED).replace("  - ", "    - ")),
    ("baseline: athlete\nrecall: on", PROBE + HELPED + PROBE + WALK + PROBE),
]


def warnings_of(head: str, stages: str) -> list[tuple[int, int, str]]:
    """Place and words of the warnings; there must be no error."""
    checked = check_plan(f"plan: P\n{head}\nstages:\n{stages}".encode(), "plan.yaml")
    assert checked.plan is not None
    assert all(finding.severity is Severity.WARNING for finding in checked.findings), checked.findings
    return [(finding.line, finding.column, finding.message) for finding in checked.findings]


def _is_told(head: str, stages: str, words: str) -> None:
    marked = f"plan: P\n{head}\nstages:\n{stages}"
    line = marked[: marked.index(MARK)].count("\n") + 1
    column = len(marked[: marked.index(MARK)].rpartition("\n")[2]) + 1
    (told,) = warnings_of(head.replace(MARK, ""), stages.replace(MARK, ""))
    assert told[:2] == (line, column)
    assert words in told[2]
    assert "; " in told[2]  # what is wrong; what to write


@each_row(("entries", "words"), IN_STAGE)
def test_settings_of_a_stage_that_cancel_each_other_are_warned_of(entries: str, words: str) -> None:
    """One warning at the setting concerned, with what comes of it and what to write; the plan runs."""
    _is_told("baseline: athlete", f"  - {{name: A, {entries}}}\n", words)


@each_row(("head", "stages", "words"), IN_PLAN)
def test_settings_of_plan_and_stage_that_cancel_each_other_are_warned_of(head: str, stages: str, words: str) -> None:
    """A setting of the plan is told of where it is written, once."""
    _is_told(head, stages, words)


@each_row(("head", "stages"), SOUND)
def test_settings_that_do_something_pass_in_silence(head: str, stages: str) -> None:
    """Also where a setting of the plan works in one stage only."""
    assert warnings_of(head, stages) == []


def test_a_value_that_cannot_be_read_is_not_judged() -> None:
    """A slip gives one error, and no warnings that follow from guessing."""
    stages = "  - {name: A, duration: 5 min, target: +5 %, beat: onn, feedback: {ladder: beat}}\n"
    (finding,) = check_plan(f"plan: P\nbaseline: athlete\nstages:\n{stages}".encode(), "plan.yaml").findings
    assert "did you mean on" in finding.message


def test_what_is_too_little_help_is_what_the_coach_leaves_out() -> None:
    """Plan and coach stand in rooms of their own and hold the same number."""
    assert LEAST_HELP_S == LEAST_S

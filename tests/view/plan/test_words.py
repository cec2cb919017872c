from each_row import each_row
from rich.console import Console

from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.view.plan.words import plan_in_words, sentences

HEAD = "plan: A\nbaseline: athlete\nstages:\n"


def words(stage: str, baseline_spm: float | None = None) -> str:
    """What is said of one stage."""
    plan = load_plan(f"{HEAD}  - {{name: A, {stage}}}\n".encode(), "a.yaml")
    return " ".join(sentences(plan.stages[0], baseline_spm))


@each_row(
    ("stage", "said"),
    [
        ("duration: 5 min", "Free running. Nothing is played and nothing is corrected."),
        ("duration: 5 min, target: walk", "Walking. Nothing is played"),
        ("duration: 5 min, measure: baseline", "The runner's own cadence is measured."),
        ("until: key, drill: A-skips", "An exercise, not coached by cadence: A-skips."),
        ("duration: 5 min, target: +5 %", "Target: +5 % of the runner's own cadence. A beat on every step."),
        ("duration: 5 min, target: +5 %, ramp: 60 s", "the beat takes 1 min to get there"),
        ("duration: 5 min, target: +5 %, beat: rescue", "plays only when the runner drifts off target"),
        ("duration: 5 min, target: +5 %, beat: off, feedback: none", "No beat, no correction: this shows what stays"),
        (
            "duration: 5 min, target: +5 %, beat: off, feedback: {dwell: 8 s, spacing: 30 s}",
            "No beat. Corrected by a tone, then words after 8 s off target, at most once in 30 s.",
        ),
        ("duration: 5 min, target: +5 %, feedback: none", "A beat on every step. No correction."),
        (
            "duration: 5 min, target: +5 %, feedback: {hold-phase: 1 %}",
            "A beat on every step. It adapts to the feet by up to 1 %, where a strap detects footfalls. Corrected",
        ),
        ("duration: 5 min, target: +5 %, feedback: {style: tones}", "Corrected by a tone after"),
        (
            "duration: 5 min, target: +5 %, help: 50 %, feedback: {cycle: 2 min}",
            "This help is on for 50 % of the time, in cycles of 2 min",
        ),
        (
            "duration: 5 min, target: +5 %, help: 100 %..0 %, feedback: {cycle: 2 min}",
            "This help is on for 100 % of the time at the start and 0 % at the end, in cycles of 2 min; the rest",
        ),
        ("duration: 5 min, target: +5 %, feedback: {style: graded}", "the click itself tells how far off"),
        (
            "duration: 5 min, target: +5 %, beat: off, feedback: {style: graded}",
            "No beat. No correction: a graded click",
        ),
        (
            "duration: 5 min, target: +5 %, feedback: {ladder: beat}",
            "No correction: the ladder has only a rescue beat.",
        ),
        (
            "duration: 5 min, target: +5 %, beat: rescue, feedback: {ladder: beat}",
            "The beat plays only when the runner drifts off target, until they are back. No tones and no words.",
        ),
        (
            "duration: 5 min, target: +5 %, beat: rescue, feedback: {ladder: 'tone, words', dwell: 8 s}",
            "No beat: the ladder leaves it out. Corrected by a tone, then words after 8 s",
        ),
        ("duration: 5 min, target: +5 %, beat: {on: 1 min, off: 30 s}", "1 min on and 30 s off, alternating"),
        ("duration: 5 min, say: Go.", 'Said: "Go." at the start.'),
        ("duration: 5 min, cues: [{every: 1 min, say: Go.}]", 'Said: "Go." every 1 min.'),
        ("duration: 5 min, cues: [{at: 90 s, say: Go.}]", 'Said: "Go." after 1 min 30 s.'),
    ],
)
def test_a_stage_is_told_in_plain_words(stage: str, said: str) -> None:
    """What is asked, played, corrected and said."""
    assert said in words(stage)


def test_with_a_baseline_the_target_is_told_in_steps() -> None:
    """The number to be heard and the band around it."""
    assert "+5 %, 172 steps a minute (167 to 177 count as on target)" in words("duration: 5 min, target: +5 %", 164.0)


def test_each_paragraph_begins_with_its_minute() -> None:
    """Counted from the start; behind an open end nobody knows any more."""
    stages = "".join(
        f"  - {{name: {name}, {length}}}\n"
        for name, length in (
            ("A", "duration: 90 s"),
            ("B", "duration: 1 h"),
            ("C", "until: key"),
            ("D", "duration: 5 min"),
        )
    )
    plan = load_plan((HEAD + stages).encode(), "a.yaml")
    console = Console(width=80, record=True, highlight=False)
    with console.capture() as capture:
        console.print(plan_in_words(plan, None))
    lines = capture.get().splitlines()
    starts = [line.split()[0] for line in lines if line and line[0] != " " and not line.startswith("Minute")]
    assert starts == ["0:00", "1:30", "1:01:30", "then"]
    assert max(map(len, lines)) <= 80


@each_row("width", [30, 40, 60, 77, 80, 100])
def test_a_number_keeps_its_unit_and_no_line_ends_in_blanks(width: int) -> None:
    """Also where the line is full between the two."""
    stages = "  - {name: A, duration: 5 min, target: +5 %, ramp: 60 s, help: 75 %}\n"
    console = Console(width=width, record=True, highlight=False)
    with console.capture() as capture:
        console.print(plan_in_words(load_plan((HEAD + stages).encode(), "a.yaml"), 164.0))
    lines = capture.get().splitlines()
    units = ("%", "s", "s,", "min", "min;", "min,", "steps")
    assert not [line for line in lines if line.strip().split(" ")[0] in units or line != line.rstrip()]
    assert max(map(len, lines)) <= width

from each_row import each_row

from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.model import (
    AthleteBaseline,
    Beat,
    CueAt,
    CueEvery,
    CueStyle,
    FixedBaseline,
    Free,
    MeasuredBaseline,
    Plan,
    RatioTolerance,
    Relative,
    SpmTolerance,
    Walk,
)


def plan_with(*stages: str, head: str = "baseline: 160 spm") -> Plan:
    """A plan of stages given by their entries."""
    lines = "".join(f"  - {{name: S{n}, duration: 5 min, {entries}}}\n" for n, entries in enumerate(stages))
    return load_plan(f"plan: A\n{head}\nstages:\n{lines}".encode(), "plan.yaml")


def test_a_stage_that_says_nothing_is_free() -> None:
    """No target, no beat, no ramp, all the help there is, and the default tolerance and feedback."""
    (stage,) = plan_with("").stages
    assert (stage.target, stage.beat, stage.ramp_s, stage.help_ratio) == (Free(), Beat.OFF, 0.0, 1.0)
    assert (stage.tolerance, stage.feedback, stage.cues) == (TOLERANCE, FULL_FEEDBACK, ())
    assert (stage.measures_baseline, stage.drill) == (False, None)


@each_row(
    ("entries", "beat"),
    [
        ("target: +5 %", Beat.ON),
        ("target: 170 spm", Beat.ON),
        ("target: 168-172 spm", Beat.ON),
        ("target: baseline", Beat.ON),
        ("target: free", Beat.OFF),
        ("target: walk", Beat.OFF),
        ("drill: A-skips", Beat.OFF),
        ("target: +5 %, beat: off", Beat.OFF),
        ("target: +5 %, beat: rescue", Beat.RESCUE),
    ],
)
def test_the_beat_sounds_where_there_is_a_target(entries: str, beat: Beat) -> None:
    """On with a target, off without one, and as it is said where it is said."""
    assert plan_with(entries).stages[0].beat is beat


def test_the_stage_is_heard_before_the_plan() -> None:
    """Tolerance, ramp, beat, help and feedback of the plan hold where the stage is silent."""
    head = (
        "baseline: athlete\ntolerance: 2 %\nramp: 30 s\nbeat: rescue\nhelp: 50 %\nfeedback: {dwell: 4 s, style: tones}"
    )
    plan = plan_with(
        "target: +5 %",
        "target: +5 %, tolerance: 3 spm, ramp: 0 s, beat: on, help: 100 %, feedback: {spacing: 1 min}",
        "target: walk",
        head=head,
    )
    first, second, third = plan.stages
    assert (first.tolerance, first.ramp_s, first.beat, first.help_ratio) == (
        RatioTolerance(0.02),
        30.0,
        Beat.RESCUE,
        0.5,
    )
    assert (second.tolerance, second.ramp_s, second.beat, second.help_ratio) == (SpmTolerance(3.0), 0.0, Beat.ON, 1.0)
    assert (first.feedback.dwell_s, first.feedback.style, first.feedback.spacing_s) == (
        4.0,
        CueStyle.TONES,
        FULL_FEEDBACK.spacing_s,
    )
    assert (second.feedback.dwell_s, second.feedback.style, second.feedback.spacing_s) == (4.0, CueStyle.TONES, 60.0)
    assert (third.target, third.beat, third.ramp_s) == (Walk(), Beat.OFF, 0.0)


@each_row(
    ("plan_says", "stage_says", "style"),
    [
        ("full", "none", CueStyle.NONE),
        ("none", "full", CueStyle.WORDS),
        ("none", "{dwell: 4 s}", CueStyle.WORDS),
        ("none", "{style: none}", CueStyle.NONE),
        ("{style: tones}", "full", CueStyle.TONES),
        ("{style: tones}", "none", CueStyle.NONE),
    ],
)
def test_a_stage_can_wake_or_silence_the_feedback(plan_says: str, stage_says: str, style: CueStyle) -> None:
    """`full` and settings wake what the plan had silenced, in the plan's own style if it has one."""
    (stage,) = plan_with(f"target: 170 spm, feedback: {stage_says}", head=f"feedback: {plan_says}").stages
    assert stage.feedback.style is style


def test_say_is_short_for_a_cue_at_the_start() -> None:
    """Cues keep their order, `say` first."""
    (stage,) = plan_with("say: Go, cues: [{at: 2 min, say: Soft}, {every: 1:30, say: Tall}]").stages
    assert stage.cues == (CueAt(0.0, "Go"), CueAt(120.0, "Soft"), CueEvery(90.0, "Tall"))


def test_repeats_are_written_out_and_numbered() -> None:
    """Repeats within repeats count through, so that no two stages have one name."""
    raw = b"""\
plan: A
stages:
  - {name: Warm-up, duration: 5 min}
  - repeat: 2
    stages:
      - repeat: 2
        stages:
          - {name: Run, duration: 3 min, target: 170 spm}
          - {name: Walk, duration: 1 min, target: walk}
      - {name: Rest, until: key}
"""
    plan = load_plan(raw, "plan.yaml")
    inner = ["Run 1 of 4", "Walk 1 of 4", "Run 2 of 4", "Walk 2 of 4", "Rest 1 of 2"]
    outer = ["Run 3 of 4", "Walk 3 of 4", "Run 4 of 4", "Walk 4 of 4", "Rest 2 of 2"]
    assert [stage.name for stage in plan.stages] == ["Warm-up", *inner, *outer]
    assert plan.duration_s is None


@each_row(
    ("head", "entries", "want"),
    [
        ("baseline: 160 spm", "target: +5 %", FixedBaseline(160.0)),
        ("baseline: athlete", "target: +5 %", AthleteBaseline()),
        ("baseline: measured", "measure: baseline", MeasuredBaseline()),
        ("about: x", "measure: baseline", MeasuredBaseline()),
        ("about: x", "target: 170 spm", MeasuredBaseline()),
    ],
)
def test_where_the_baseline_comes_from(head: str, entries: str, want: object) -> None:
    """As the plan says; a plan that says nothing measures it, or does not need it."""
    assert plan_with(entries, head=head).baseline == want


def test_the_fingerprint_is_of_the_bytes() -> None:
    """A comment more is another fingerprint and the same stages."""
    one, two = (load_plan(b"plan: A\nstages: [{name: A, duration: 1 min}]\n" + end, "p") for end in (b"", b"# x\n"))
    assert one.sha256 != two.sha256
    assert one.stages == two.stages


def test_relative_targets_keep_their_ratio() -> None:
    """+2.5 % is 0.025, exactly."""
    assert plan_with("target: +2.5 %").stages[0].target == Relative(0.025)


SILENT = "target: +5 %, beat: off, feedback: none"


@each_row("own", ["", ", help: 50 %", ", help: 100 %..0 %"])
@each_row("head", ["", "\nhelp: 50 %", "\nhelp: 100 %..0 %"])
def test_a_stage_in_which_nothing_can_help_has_no_help(head: str, own: str) -> None:
    """A probe is a probe whatever the plan, or the stage itself, says of help."""
    (stage,) = plan_with(SILENT + own, head="baseline: 160 spm" + head).stages
    assert (stage.is_probe, stage.help_ratio, stage.help_to_ratio) == (True, 0.0, None)


@each_row("entries", ["", "target: walk", "drill: A-skips", "measure: baseline"])
@each_row("help_text", ["0 %", "50 %", "100 %..0 %"])
def test_where_nothing_is_asked_for_help_is_no_question(entries: str, help_text: str) -> None:
    """A free stage, a walk, a drill and the measuring of the baseline are always the same."""
    head = "" if entries.startswith("measure") else "baseline: 160 spm\n"
    (stage,) = plan_with(entries, head=f"{head}help: {help_text}").stages
    assert (stage.help_ratio, stage.help_to_ratio) == (1.0, None)


def test_help_fades_over_the_stages_it_can_help_in() -> None:
    """Free stages and probes take no part in it, whether or not they come between."""
    plan = plan_with(
        "", "target: +5 %", SILENT, "target: +5 %", "target: +5 %", head="baseline: 160 spm\nhelp: 100 %..0 %"
    )
    assert [stage.help_ratio for stage in plan.stages] == [1.0, 1.0, 0.0, 0.5, 0.0]

"""What a coach would think twice about, and what it takes to set that aside."""

from pathlib import Path

from each_row import each_row

from cadencecoach.plan.checks.reading import check_plan

SESSIONS = sorted((Path(__file__).parents[3] / "sessions").glob("*.yaml"))
SOUND = """\
plan: Sound
baseline: athlete
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Run, duration: 10 min, target: +5 %, ramp: 60 s}
  - {name: Alone, duration: 3 min, target: +5 %, beat: off, feedback: none}
"""


def advice(text: str) -> list[str]:
    """Place and words of everything advised about a plan that has no error."""
    checked = check_plan(text.encode(), "plan.yaml")
    assert checked.plan is not None, checked.findings
    return [f"{a.line}:{a.column} {a.message}" for a in checked.advice]


def test_a_plan_with_warm_up_probe_and_a_usual_dose_gets_no_advice() -> None:
    """Nothing is said about a plan that does what the sources did."""
    assert advice(SOUND) == []


@each_row(
    ("before", "after", "want", "key"),
    [
        ("duration: 5 min, target: free", "duration: 1 min, target: free", "5:43 1 min before the first", "warm-up"),
        ("duration: 5 min, target: free", "duration: 20 s, target: walk", "5:43 20 s before the first", "warm-up"),
        (", beat: off, feedback: none", "", "3:1 no stage shows what stays", "probe"),
        ("duration: 10 min", "duration: 50 min", "3:1 50 min are cued", "dose"),
        ("duration: 10 min", "duration: 59 s", "5:27 stage 'Run' has a target for 59 s", "short"),
    ],
)
def test_each_piece_of_advice_names_its_place_its_source_and_its_way_out(
    before: str, after: str, want: str, key: str
) -> None:
    """One change to a sound plan gives one piece of advice, and its key of `allow`, with a reason, sets it aside."""
    text = SOUND.replace(before, after).replace("ramp: 60 s", "ramp: 10 s")
    (told,) = [line for line in advice(text) if key in line]
    assert told.startswith(want)
    assert "(" in told
    assert f"'allow: {{{key}: the reason}}'" in told
    allowed = text.replace("stages:", f"allow: {{{key}: I know why}}\nstages:")
    assert not [line for line in advice(allowed) if key in line]


def test_a_probe_may_also_be_a_stage_with_no_help_at_all() -> None:
    """`help: 0 %` offers neither beat nor corrections, so what is run there is the runner's own."""
    assert advice(SOUND.replace("beat: off, feedback: none", "help: 0 %")) == []


def test_helped_minutes_count_towards_the_dose_and_silent_ones_do_not() -> None:
    """An hour at half help is half an hour of cues."""
    assert advice(SOUND.replace("duration: 10 min", "duration: 60 min, help: 50 %")) == []


def test_an_open_warm_up_is_as_long_as_the_runner_wants() -> None:
    """A stage that ends by key is not reckoned with."""
    assert advice(SOUND.replace("duration: 5 min", "until: key")) == []


def test_a_plan_that_leads_to_no_other_cadence_gets_no_advice() -> None:
    """A beat for an easy run is nobody's retraining."""
    assert advice("plan: Easy\nstages:\n  - {name: Run, duration: 90 min, target: 170 spm}\n") == []


@each_row(
    ("feedback", "n"),
    [
        ("{dwell: 1 s, spacing: ¦3 s, growth: 1 times, patience: 20 cues}", 20),
        ("{spacing: ¦9 s, growth: 1 times, patience: 20 cues}", 7),
        ("{spacing: ¦3 s, growth: 1 times, patience: 1 cues, rest: 5 s}", 12),
        ("{spacing: 3 s, spacing-limit: 3 s, rest: 3 s}", 20),
        ("{spacing: 10 s, growth: 1 times, patience: 20 cues}", 0),
        ("{spacing: 3 s}", 0),
        ("{spacing: 3 s, growth: 1 times, patience: 20 cues, style: none}", 0),
        ("full", 0),
    ],
)
def test_numbers_that_nag_are_advised_against(feedback: str, n: int) -> None:
    """More than one correction in 10 s, over the first minute, whatever the target; with how many there may be."""
    line = "  - {name: Run, duration: 5 min, target: 170 spm, feedback: "
    told = advice(f"plan: A\nstages:\n{line}{feedback.replace('¦', '')}}}\n")
    assert [" ".join(text.split()[1:7]) for text in told] == ([f"up to {n} corrections in a"] if n else [])
    if "¦" in feedback:
        assert told[0].startswith(f"3:{len(line) + feedback.index('¦') + 1} ")


def test_a_plan_with_an_error_gets_errors_only() -> None:
    """Advice about text that cannot be read would be wrong advice."""
    checked = check_plan(SOUND.replace("10 min", "10").encode(), "plan.yaml")
    assert checked.findings
    assert checked.advice == ()


@each_row("path", SESSIONS, ids=lambda p: p.name)
def test_bundled_plans_take_our_own_advice(path: Path) -> None:
    """What comes with the program is as we advise, or says why not."""
    assert check_plan(path.read_bytes(), path.name).advice == ()

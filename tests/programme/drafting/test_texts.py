"""What is written out of five answers: sound, the same everywhere, one thing at a time."""

from itertools import pairwise

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.model import FixedBaseline
from cadencecoach.programme.drafting.answers import Answers, WithHelp, answers_of
from cadencecoach.programme.drafting.lines import rungs
from cadencecoach.programme.drafting.session import session_text
from cadencecoach.programme.drafting.weeks import course, programme_text
from cadencecoach.programme.text.reading import check_programme

SCHEMA = "yaml-language-server: $schema=plan.schema.json"
AIMS = st.integers(100, 1000).map(lambda hundredths: f"{hundredths / 100:g}")
BASELINES = st.one_of(st.sampled_from(["measured", "athlete"]), st.integers(100, 218).map(str))
NAMES = st.sampled_from(["r7", "Ana Lúcia", "太郎", "a.b-c_d", "1", "no", "x" * 40])


@st.composite
def an_answer(draw: st.DrawFn, weeks: st.SearchStrategy[int]) -> Answers:
    """Any five answers that are taken."""
    said = {
        "who": draw(NAMES),
        "baseline": draw(BASELINES),
        "aim": draw(AIMS),
        "weeks": str(draw(weeks)),
        "helping": draw(st.sampled_from([one.value for one in WithHelp])),
    }
    return answers_of(said)


@given(answers=an_answer(st.just(0)))
def test_every_session_passes_the_check(answers: Answers) -> None:
    """No error, no warning, no advice; the aim is reached, and nothing goes further."""
    checked = check_plan(session_text(answers, first_line=SCHEMA, file="r7.yaml").encode(), "r7.yaml")
    assert checked.findings == ()
    assert checked.advice == ()
    assert checked.plan is not None
    ratios = [ratio for stage in checked.plan.stages if (ratio := getattr(stage.target, "ratio", None)) is not None]
    assert max(ratios) == answers.aim_ratio
    assert type(checked.plan.baseline) is type(answers.baseline)


@given(answers=an_answer(st.integers(1, 12)))
def test_every_programme_passes_the_check(answers: Answers) -> None:
    """No finding; as many runs as were asked for; its own limit is its aim."""
    text = programme_text(answers, first_line=SCHEMA, file="r7.yaml")
    checked = check_programme(text.encode(), "r7.yaml", lambda name: f"no plan {name}")
    assert checked.all_findings == ()
    assert checked.programme is not None
    n_runs = sum(session.kind.value == "session" for session in checked.programme.sessions)
    assert n_runs == 3 * answers.weeks
    assert checked.programme.limits.target_ratio == pytest.approx(answers.aim_ratio)
    assert checked.programme.sessions[-1].has_probe


@given(answers=an_answer(st.integers(1, 12)))
def test_one_thing_at_a_time(answers: Answers) -> None:
    """From week to week target or minutes go up, never both; rungs are 2.5 % at most; the end is at the aim."""
    runs = course(answers)
    for before, after in pairwise(runs):
        is_higher, is_longer = after.target_ratio > before.target_ratio, after.minutes > before.minutes
        assert not (is_higher and is_longer)
        assert after.target_ratio - before.target_ratio <= 0.025 + 1e-9
        assert after.minutes >= before.minutes
        if is_higher or is_longer:
            assert after.number == 1
    assert runs[-1].target_ratio == answers.aim_ratio
    fades = answers.helping is WithHelp.FADED
    assert runs[-1].help_percent == (10 if fades else 100)
    assert runs[0].help_percent == 100


def test_help_fades_over_the_second_half() -> None:
    """All the help for half of them, then 75, 50, 25 and 10 % in turn, none left out."""
    said = {"who": "r7", "baseline": "164", "aim": "2.5", "weeks": "4", "helping": "faded"}
    helps = [run.help_percent for run in course(answers_of(said))]
    assert helps == [100] * 6 + [75, 50, 50, 25, 10, 10]


@each_row(
    ("aim", "want"), [(0.05, (0.025, 0.05)), (0.075, (0.025, 0.05, 0.075)), (0.03, (0.015, 0.03)), (0.01, (0.01,))]
)
def test_rungs_are_even_and_small(aim: float, want: tuple[float, ...]) -> None:
    """Evenly apart, 2.5 % at most, the aim last."""
    assert rungs(aim, 99) == want


def test_more_than_usual_is_set_aside_in_words() -> None:
    """Above +7.5 % the file itself says that this is for a clinician."""
    base = Answers(who="r7", baseline=FixedBaseline(164), aim_ratio=0.1, weeks=0, helping=WithHelp.FULL)
    text = session_text(base, first_line=SCHEMA, file="r7.yaml")
    assert "for a clinician to decide" in text
    assert "allow: {target:" in text


def test_every_line_is_short_enough_to_be_read() -> None:
    """A file to be changed by hand fits an editor's window."""
    for weeks in ("0", "6"):
        said = {"who": "r7", "baseline": "measured", "aim": "10", "weeks": weeks, "helping": "rescue"}
        text = (programme_text if int(weeks) else session_text)(answers_of(said), first_line=SCHEMA, file="r7.yaml")
        assert max(map(len, text.splitlines())) <= 130
        assert text.startswith("# yaml-language-server: $schema=")

"""A session that broke off and went on, against the same one that did not."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from coach_rig import STAGE, plan_of

from cadencecoach.coach.events import Key, WentOn
from cadencecoach.errors import JournalError
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Beat, MeasuredBaseline, Plan, Relative
from cadencecoach.record.exports.activity import activity_of
from cadencecoach.record.exports.fit_file import fit_bytes
from cadencecoach.record.exports.tcx import tcx_bytes
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.steady import steady_part
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.journal import Journal
from cadencecoach.record.lines import EndLine, GapLine, Line, StageLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import JournalledFeet, SimulatedFeet
from cadencecoach.session.past import run_past
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

pytestmark = pytest.mark.slow

PLAN = plan_of(
    replace(STAGE, name="Warm-up", duration_s=300.0, beat=Beat.OFF),
    replace(STAGE, name="Baseline", duration_s=120.0, measures_baseline=True, beat=Beat.OFF),
    replace(STAGE, name="First rung", target=Relative(0.025), ramp_s=30.0, duration_s=400.0),
    replace(STAGE, name="Second rung", target=Relative(0.05), ramp_s=30.0, duration_s=300.0, help_ratio=0.5),
    replace(STAGE, name="Cool-down", duration_s=180.0, beat=Beat.OFF),
    baseline=MeasuredBaseline(),
)
WHOLE_S = 1300.0
AFTER_S = 6.0  # so long at most it takes until a new sensor is believed
RUNNER = RunnerSettings(own_spm=162.0, wander_spm=0.5, noise_spm=1.0)


def feet(plan: Plan = PLAN) -> SimulatedFeet:
    """The same runner each time."""
    return SimulatedFeet(Runner(RUNNER, seed=3), plan)


def session_of(runner: SimulatedFeet | JournalledFeet, lines: list[Line], plan: Plan = PLAN) -> Session:
    """A session that writes into a list."""
    vote = Vote(unit=Unit.STRIDES, is_given=True, is_sure=True)
    return Session(plan, vote=vote, perform=runner.hear, write=lines.append)


@cache
def uninterrupted() -> tuple[Line, ...]:
    """The lines of a session from its start to its end."""
    lines: list[Line] = []
    runner = feet()
    rehearse(session_of(runner, lines), runner, output=NoAudio())
    return tuple(lines)


def gone_on(before: Sequence[Line], gap_s: float | None, reason: str = "broke off") -> tuple[Line, ...]:
    """The lines of a journal that broke off, with all that came after it went on."""
    lines, runner, is_past = list(before), feet(), True
    until_s = max(line.t for line in before)

    def write(line: Line) -> None:
        if not is_past:
            lines.append(line)

    vote = Vote(unit=Unit.STRIDES, is_given=True, is_sure=True)
    session = Session(PLAN, vote=vote, perform=runner.hear, write=write)
    gap = WentOn(until_s, gap_s, reason)
    run_past(session, before, runner, gap)
    is_past = False
    session.go_on(gap)
    rehearse(session, runner, output=NoAudio())
    return tuple(lines)


@cache
def joined_at(at_s: float, gap_s: float | None) -> tuple[Line, ...]:
    """The same for a session that broke off at a time."""
    return gone_on(before(at_s), gap_s)


def before(time_s: float) -> tuple[Line, ...]:
    """What a kill leaves."""
    return tuple(itertools.takewhile(lambda line: line.t <= time_s, uninterrupted()))


def same_but_for_the_break(joined: Summary, whole: Summary, n_breaks: int = 1) -> None:
    """All sums are those of the session without the break, but for the seconds until the sensor is believed again."""
    assert [part.name for part in joined.stages] == [part.name for part in whole.stages]
    for one, other in zip(joined.stages, whole.stages, strict=True):
        assert one.duration_s == pytest.approx(other.duration_s, abs=1e-6)
        assert one.target_spm == pytest.approx(other.target_spm, abs=1e-6)
        assert one.running_s == pytest.approx(other.running_s, abs=AFTER_S * n_breaks)
        assert one.steps == pytest.approx(other.steps, abs=3 * AFTER_S * n_breaks)
        assert one.mean_cadence_spm == pytest.approx(other.mean_cadence_spm, abs=0.5)
        if other.band_s is not None:
            assert one.band_s == pytest.approx(other.band_s, abs=AFTER_S * n_breaks)
            assert one.in_band_s == pytest.approx(other.in_band_s, abs=2 * AFTER_S * n_breaks)
    assert joined.session.duration_s == pytest.approx(WHOLE_S)
    assert joined.baseline_spm == pytest.approx(whole.baseline_spm, abs=0.5)
    assert joined.end_reason is whole.end_reason
    assert joined.is_ended


@pytest.mark.parametrize("at_s", [150.0, 350.0, 421.0, 700.0, 1005.2, 1200.0])
def test_the_figures_are_those_of_the_session_without_the_break(at_s: float) -> None:
    """In the warm-up, while the baseline is measured, on a ramp, in a rung, without help, in the cool-down."""
    same_but_for_the_break(summarise(joined_at(at_s, 300.0)), summarise(uninterrupted()))


def test_before_the_break_every_line_is_kept_and_the_gap_follows() -> None:
    """One journal: nothing is written twice, and time never goes back."""
    lines = joined_at(700.0, 300.0)
    assert lines[: len(before(700.0))] == before(700.0)
    assert lines[len(before(700.0))] == GapLine(700.0, 300.0, "broke off")
    times = [line.t for line in lines]
    assert times == sorted(times)


def test_it_may_break_off_more_than_once() -> None:
    """Also in the same stage."""
    once = joined_at(700.0, 300.0)
    again = gone_on([line for line in once if line.t <= 800.0], 200.0)
    summary = summarise(again)
    assert summary.gaps == ((700.0, 300.0), (800.0, 200.0))
    same_but_for_the_break(summary, summarise(uninterrupted()), n_breaks=2)


@pytest.mark.parametrize("reason", ["stopped", "interrupted"])
def test_a_gap_may_follow_an_end(reason: str) -> None:
    """The end counts no more, and the key that made it neither."""
    lines: list[Line] = []
    runner = feet()
    session = session_of(runner, lines)
    while session.now_s < 700.0:
        runner.deliver(session)
    if reason == "stopped":
        session.press(700.2, Key.STOP)
    else:
        session.interrupt(700.2)
    assert isinstance(lines[-1], EndLine)
    summary = summarise(gone_on(lines, 300.0, reason))
    same_but_for_the_break(summary, summarise(uninterrupted()))


@pytest.mark.parametrize(("gap_s", "warm_up_s"), [(599.0, 0.0), (600.0, 60.0), (1800.0, 300.0), (None, 300.0)])
def test_a_warm_up_after_the_break_is_a_part_of_its_own(gap_s: float | None, warm_up_s: float) -> None:
    """The stage it stands before is one part all the same, and as long as it was prescribed."""
    summary = summarise(joined_at(700.0, gap_s))
    assert [(part.name, round(part.duration_s)) for part in summary.stages] == [
        *(("Warm-up", 300), ("Baseline", 120), ("First rung", 400)),
        *([("Warm-up", round(warm_up_s))] if warm_up_s else []),
        *(("Second rung", 300), ("Cool-down", 180)),
    ]
    assert summary.session.duration_s == pytest.approx(WHOLE_S + warm_up_s)


def test_the_streak_ends_at_a_break() -> None:
    """Nobody was in the band while nobody was there."""
    whole, joined = summarise(uninterrupted()), summarise(joined_at(700.0, 300.0))
    assert joined.stages[2].longest_streak_s <= max(700.0 - 420.0, 820.0 - 700.0) < whole.stages[2].longest_streak_s


def test_the_pictures_line_is_broken_at_the_gap() -> None:
    """The trace has a run of the cadence up to it and one after it, and says how long it was."""
    trace = trace_of(joined_at(700.0, 300.0))
    assert not any(run[0][0] < 699.0 and run[-1][0] > 701.0 for run in trace.cadence if run)
    assert [(note.time_s, note.gap_s) for note in trace.notes if note.about == "gap"] == [(700.0, 300.0)]
    assert trace.end_s == WHOLE_S


def test_exports_know_when_it_was_run() -> None:
    """Of the wall time the break is a part, of the running time it is not; a stage that went on has two laps."""
    lines = joined_at(700.0, 300.0)
    journal = Journal(header={"journal": 1, "started": "2026-03-01T09:00:00Z"}, lines=lines, notes=())
    activity = activity_of(journal, summarise(lines), session="one", surface="treadmill")
    text = tcx_bytes(activity).decode()
    assert "<Time>2026-03-01T09:11:39Z</Time>" in text  # 699 s
    assert "<Time>2026-03-01T09:11:41Z</Time>" not in text
    assert "<Time>2026-03-01T09:16:41Z</Time>" in text  # 701 s, and five minutes of break
    assert "<Time>2026-03-01T09:26:39Z</Time>" in text
    assert sum(lap.part.duration_s for lap in activity.laps) == pytest.approx(WHOLE_S)
    assert fit_bytes(activity)


def test_a_stage_that_was_gone_back_to_makes_a_lap_for_each_part() -> None:
    """Other programs know laps that follow each other, and no stage that goes on."""
    lines = joined_at(700.0, 600.0)
    journal = Journal(header={"journal": 1, "started": "2026-03-01T09:00:00Z"}, lines=lines, notes=())
    laps = activity_of(journal, summarise(lines), session="one", surface="treadmill").laps
    assert [(lap.part.name, round(lap.part.duration_s)) for lap in laps][2:5] == [
        *(("First rung", 280), ("Warm-up", 60), ("First rung", 120)),
    ]


def test_the_steady_part_leaves_the_break_out() -> None:
    """The baseline run's own figures: not a second of the break in them."""
    whole, joined = steady_part(uninterrupted()), steady_part(joined_at(350.0, 300.0))
    assert whole is not None
    assert joined is not None
    assert joined.duration_s == pytest.approx(whole.duration_s, abs=AFTER_S)
    assert joined.cadence_spm == pytest.approx(whole.cadence_spm, abs=0.5)


def test_a_joined_journal_is_replayed_to_its_end() -> None:
    """With the break in it: the same stages at the same times."""
    joined = joined_at(700.0, 600.0)
    again: list[Line] = []
    runner = JournalledFeet(joined)
    rehearse(session_of(runner, again), runner, output=NoAudio())
    stages = [(line.t, line.index, line.is_warm_up) for line in joined if isinstance(line, StageLine)]
    assert [(line.t, line.index, line.is_warm_up) for line in again if isinstance(line, StageLine)] == stages


def test_a_journal_that_would_go_on_elsewhere_is_refused() -> None:
    """Its stage has another target than this program would give it."""
    lines = [replace(line, target_spm=200.0) if isinstance(line, StageLine) else line for line in before(700.0)]
    with pytest.raises(JournalError, match="cannot resume the session where it was"):
        gone_on(lines, 60.0)


def test_a_session_that_never_began_does_not_go_on() -> None:
    """Killed before its first stage."""
    with pytest.raises(JournalError, match="it broke off before it began"):
        gone_on([GapLine(0.0, 1.0, "broke off")], 60.0)

import statistics

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings, parse_settings
from cadencecoach.plan.timeline import Timeline

OWN_SPM = 164.0
TARGET_SPM = 1.05 * OWN_SPM
QUIET = parse_settings("noise=0,wander=0,drift=0")


def run(runner: Runner, from_s: int, to_s: int) -> list[float | None]:
    """Step rates of the seconds from one time up to another."""
    payloads = [runner.payload_at(float(time_s)) for time_s in range(from_s, to_s)]
    return [None if payload is None else 2.0 * (decode_rsc(payload).raw_per_min or 0) for payload in payloads]


def mean(values: list[float | None]) -> float:
    """Mean of the values that came."""
    return statistics.fmean(value for value in values if value is not None)


@each_row("seed", range(5))
def test_with_a_beat_at_plus_5_percent_the_runner_comes_within_2_percent_in_30_s(seed: int) -> None:
    """By its defaults the simulated runner answers a beat, and stays with it."""
    runner = Runner(RunnerSettings(), seed=seed)
    assert mean(run(runner, 0, 60)) == pytest.approx(OWN_SPM, rel=0.02)
    runner.hear_beat(60.0, Timeline.steady(start_s=60.0, tempo_spm=TARGET_SPM))
    run(runner, 60, 90)
    for from_s in range(90, 180, 30):
        assert mean(run(runner, from_s, from_s + 30)) == pytest.approx(TARGET_SPM, rel=0.02)


def test_without_the_beat_the_runner_drifts_back() -> None:
    """When the beat stops, the own cadence returns."""
    runner = Runner(RunnerSettings(), seed=1)
    runner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    run(runner, 0, 120)
    runner.hear_beat(120.0, None)
    run(runner, 120, 160)
    assert mean(run(runner, 160, 220)) == pytest.approx(OWN_SPM, rel=0.02)


def test_a_runner_who_does_not_respond_can_be_set() -> None:
    """With gains of zero neither beat nor words change anything."""
    deaf = parse_settings("beat_gain=0,words_gain=0,noise=0,wander=0,drift=0")
    runner = Runner(deaf)
    runner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=180.0))
    runner.hear_words(10.0, 1)
    assert set(run(runner, 0, 120)) == {OWN_SPM}


def test_the_first_answer_waits_for_the_reaction() -> None:
    """Nothing changes before the delay, and something soon after."""
    runner = Runner(QUIET)
    runner.hear_beat(10.0, Timeline.steady(start_s=10.0, tempo_spm=180.0))
    assert set(run(runner, 0, 13)) == {OWN_SPM}
    later = run(runner, 13, 30)
    assert later[-1] is not None
    assert later[-1] > OWN_SPM + 8


def test_a_ramp_is_followed_as_a_ramp() -> None:
    """Half way through a minute's ramp the runner is about half way, not there."""
    runner = Runner(QUIET)
    runner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=OWN_SPM))
    runner.hear_beat(10.0, Timeline(start_s=10.0, start_beat=0.0, from_spm=OWN_SPM, to_spm=174.0, ramp_s=60.0))
    run(runner, 0, 48)
    assert mean(run(runner, 48, 49)) == pytest.approx(168.0, abs=2.0)


def test_words_push_and_are_forgotten() -> None:
    """A corrective cue raises the cadence for a while; the opposite cue lowers it."""
    runner = Runner(parse_settings("noise=0,wander=0,drift=0,words_gain=6,words_last=30"))
    runner.hear_words(0.0, 1)
    assert max(value for value in run(runner, 0, 20) if value is not None) >= OWN_SPM + 2
    assert run(runner, 20, 300)[-1] == OWN_SPM
    runner.hear_words(300.0, -1)
    assert min(value for value in run(runner, 300, 320) if value is not None) <= OWN_SPM - 2


def test_praise_changes_nothing() -> None:
    """Well done is not a correction."""
    runner = Runner(QUIET)
    runner.hear_words(0.0, 0)
    assert set(run(runner, 0, 60)) == {OWN_SPM}


def test_the_change_has_a_limit() -> None:
    """However quick the beat, the runner stays within the largest change."""
    runner = Runner(parse_settings("noise=0,wander=0,drift=0,max_change=0.05,beat_gain=1"))
    runner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=240.0))
    assert max(value for value in run(runner, 0, 120) if value is not None) == pytest.approx(172.0, abs=1.0)


def test_told_to_walk_the_runner_walks_and_the_pod_says_so() -> None:
    """Walking is a change of gait within a step: another cadence, another speed, another bit."""
    runner = Runner(RunnerSettings(), seed=2)
    run(runner, 0, 30)
    runner.walk_or_run(30.0, walk=True)
    run(runner, 30, 34)
    payload = runner.payload_at(34.0)
    assert payload is not None
    walking = decode_rsc(payload)
    assert (walking.is_running, walking.speed_mps) == (False, 1.5)
    assert walking.raw_per_min is not None
    assert 2 * walking.raw_per_min < 125
    runner.walk_or_run(60.0, walk=False)
    run(runner, 35, 64)
    assert mean(run(runner, 64, 80)) > 155


@pytest.mark.slow
def test_the_pod_falls_silent_as_often_as_asked() -> None:
    """Sixty losses an hour of eight seconds are silence of about eight seconds in every sixty-eight."""
    runner = Runner(parse_settings("lost_per_hour=60"), seed=7)
    heard = run(runner, 0, 4 * 3600)
    assert sum(value is None for value in heard) / len(heard) == pytest.approx(8 / 68, abs=0.02)


def test_the_pod_can_start_late() -> None:
    """Before the start delay there is silence, afterwards there is not."""
    heard = run(Runner(parse_settings("start_delay=5")), 0, 8)
    assert [value is None for value in heard] == [True] * 5 + [False] * 3


def test_fatigue_drifts() -> None:
    """A drift of -3 spm per 10 min is seen after an hour."""
    runner = Runner(parse_settings("drift=-3"), seed=4)
    run(runner, 0, 3600)
    assert mean(run(runner, 3600, 3720)) == pytest.approx(OWN_SPM - 18, abs=1.5)


def test_wander_and_noise_have_the_spread_that_is_asked_for() -> None:
    """The SD of an hour is that of wander and noise together, and of the pod's steps of 2 spm."""
    runner = Runner(parse_settings("wander=3,noise=2,drift=0"), seed=5)
    heard = [value for value in run(runner, 0, 3600) if value is not None]
    assert statistics.stdev(heard) == pytest.approx((3**2 + 2**2 + 2**2 / 12) ** 0.5, rel=0.2)


@given(st.integers(0, 2**32), st.integers(0, 100))
def test_the_same_seed_gives_the_same_bytes(seed: int, heard_s: int) -> None:
    """Settings, seed and what was heard decide every byte."""

    def bytes_of() -> list[bytes | None]:
        runner = Runner(parse_settings("lost_per_hour=100"), seed=seed)
        runner.hear_beat(float(heard_s), Timeline.steady(start_s=float(heard_s), tempo_spm=175.0))
        return [runner.payload_at(float(time_s)) for time_s in range(100)]

    assert bytes_of() == bytes_of()


def test_another_seed_gives_another_run() -> None:
    """The wander comes from the seed."""
    assert run(Runner(RunnerSettings(), seed=1), 0, 60) != run(Runner(RunnerSettings(), seed=2), 0, 60)


def test_what_is_heard_does_not_change_the_chances() -> None:
    """The pod of a coached runner falls silent at the same moments as that of one left alone."""
    alone, coached = (Runner(parse_settings("lost_per_hour=100"), seed=3) for _ in range(2))
    coached.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=180.0))
    assert [v is None for v in run(alone, 0, 600)] == [v is None for v in run(coached, 0, 600)]

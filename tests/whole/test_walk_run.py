"""Walk-run sessions, made up and damaged: the coach must not nag, and every cue must stand up."""

import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from replayed_rows import Row, replay, replay_rows
from sampling import slow_but

PLAN = """plan: Walk and run
baseline: 160 spm
stages:
  - {name: Easy, duration: 40 min, target: +5 %}
"""
STAGED = """plan: Walk and run, staged
baseline: 160 spm
stages:
  - repeat: 8
    stages:
      - {name: Run, duration: 3 min, target: +5 %, beat: rescue}
      - {name: Walk, duration: 2 min, target: walk}
"""
LENGTH_S = 2400
CORRECTIONS = {"below", "above"}


def walk_run(seed: int, run_s: int, walk_s: int) -> list[Row]:
    """Rows (t, spm, m/s) of somebody who runs at 158 spm and walks at 112, once a second, with a pod's noise."""
    chance = random.Random(seed)  # noqa: S311  # a made-up run
    rows: list[Row] = []
    for second in range(LENGTH_S):
        is_running = second % (run_s + walk_s) < run_s
        spm, mps = (158.0, 2.7) if is_running else (112.0, 1.5)
        rows.append((float(second), max(0.0, spm + chance.gauss(0.0, 3.0)), max(0.0, mps + chance.gauss(0.0, 0.1))))
    return rows


def damaged(rows: Sequence[Row], seed: int) -> list[Row]:
    """With spikes, doubled and halved values, zeros in the middle of a run, holes, and times of five minutes lost."""
    chance = random.Random(seed)  # noqa: S311  # a made-up run
    out: list[Row] = []
    hole_s = -1.0
    for t_s, spm, mps in rows:
        dice = chance.random()
        if dice < 0.004:
            hole_s = t_s + chance.choice([3.0, 8.0, 20.0])
        if t_s < hole_s or (1500 <= t_s < 1800 and seed % 2):
            continue
        if dice > 0.99 and spm is not None:
            spm = chance.choice([0.0, 2 * spm, spm / 2, 255.0])  # noqa: PLW2901  # the damage
        out.append((t_s, None if 0.98 < dice <= 0.985 else spm, mps))
    return out


def lines_of(tmp_path: Path, plan: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The journal of a session with these rows."""
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    return replay_rows(tmp_path, str(tmp_path / "plan.yaml"), rows)


def corrections_that_stand_up(lines: Sequence[dict[str, Any]]) -> list[float]:
    """When the runner was corrected; each on fresh data, running for half a minute, out of the band for the dwell."""
    times: list[float] = []
    feet, live_s, heard_s, band, band_s = "", 0.0, -1e9, "", 0.0
    stage: dict[str, Any] = {}
    estimate_spm = 0.0
    for line in lines:
        match line["what"]:
            case "feet":
                feet, live_s = line["state"], line["t"]
            case "reading" if line["cadence_spm"]:
                heard_s = line["t"]
            case "estimate":
                estimate_spm = line["cadence_spm"]
            case "band":
                band, band_s = line["state"], line["t"]
            case "stage":
                stage = line
            case "cue" if line["reason"] in CORRECTIONS:
                times.append(line["t"])
                assert feet == "live"
                assert line["t"] - live_s >= 8.0
                assert line["t"] - heard_s < 3.0
                assert band == line["reason"]
                assert line["t"] - band_s >= 8.0
                assert 140.0 <= estimate_spm < stage["low_spm"] or estimate_spm > stage["high_spm"]
    return times


@pytest.mark.parametrize("plan", slow_but([PLAN, STAGED], STAGED), ids=["one stage", "stages"])
@pytest.mark.parametrize(("run_s", "walk_s"), slow_but([(30, 30), (60, 60), (180, 120)], (60, 60)))
def test_who_walks_and_runs_by_turns_is_not_nagged(plan: str, run_s: int, walk_s: int, tmp_path: Path) -> None:
    """40 min, 5 % too slow in every run, deaf to the coach: one correction in three minutes at most."""
    times = corrections_that_stand_up(lines_of(tmp_path, plan, walk_run(1, run_s, walk_s)))
    assert len(times) <= LENGTH_S / 180.0
    assert all(b - a >= 30.0 for a, b in pairwise(times))
    assert times or run_s < 60  # who runs for a minute or more is not deserted either


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_recording_brings_no_cue_that_does_not_stand_up(seed: int, tmp_path: Path) -> None:
    """Spikes, zeros, doubled values, holes, five lost minutes: fewer corrections, none on them."""
    rows = damaged(walk_run(seed, 180, 60), seed)
    times = corrections_that_stand_up(lines_of(tmp_path, PLAN, rows))
    assert len(times) <= 15
    assert times


@pytest.mark.slow
def test_the_same_journal_gives_the_same_actions(tmp_path: Path) -> None:
    """Played again from its own journal, a damaged session is decided to the last line as it was."""
    first = lines_of(tmp_path, STAGED, damaged(walk_run(5, 180, 120), 5))
    (tmp_path / "again").mkdir()
    (tmp_path / "plan.yaml").rename(tmp_path / "again" / "plan.yaml")
    again = replay(tmp_path, str(tmp_path / "again" / "plan.yaml"), tmp_path / "run.jsonl", "again")
    assert again == first

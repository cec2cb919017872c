"""A session that counted from an athlete's stored baseline, played again where nobody knows the athlete."""

import json
from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

PLAN = "plan: Own\nbaseline: athlete\nstages:\n  - {name: Run, duration: 4 min, target: +5 %}\n"


@pytest.mark.slow
@pytest.mark.parametrize("speeds_mps", [(3.0,), (2.6, 3.4)])
def test_the_journal_knows_what_its_targets_were_counted_from(
    speeds_mps: tuple[float, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a baseline of one speed, and with a curve over two, the same decisions come out without the athlete."""
    Home(tmp_path / "home").move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    for mps in speeds_mps:
        taken = BaselineTaken(at=AT, day=DAY, cadence_spm=140.0 + 8 * mps, duration_s=900.0, speed_mps=mps)
        user_files().add_entries("r7", taken)
    (tmp_path / "own.yaml").write_text(PLAN, encoding="utf-8")
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    words = ["rehearse", str(tmp_path / "own.yaml"), "--sound", "none", "--started", AT]
    assert main([*words, "--feet", "sim", "--athlete", "r7", "--journal", str(first)]) == 0
    assert main([*words, "--feet", f"replay:{first}", "--journal", str(again)]) == 0
    header, *lines = first.read_text(encoding="utf-8").splitlines()
    assert ("speed_curve" in json.loads(header)) == (len(speeds_mps) > 1)
    assert again.read_text(encoding="utf-8").splitlines()[1:] == lines


SPEEDS = "{speeds: {8 km/h: 158 spm, 10 km/h: 163 spm, 12 km/h: 169 spm}, surface: treadmill}"


@pytest.mark.parametrize("said", ["164 spm", SPEEDS])
def test_the_journal_knows_a_baseline_that_is_written_in_the_plan(said: str, tmp_path: Path) -> None:
    """The header says what targets are counted from, and playing it again decides the same."""
    (tmp_path / "own.yaml").write_text(PLAN.replace("athlete", said), encoding="utf-8")
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    words = ["rehearse", str(tmp_path / "own.yaml"), "--sound", "none", "--started", AT]
    assert main([*words, "--feet", "sim:speed=3.2", "--journal", str(first)]) == 0
    assert main([*words, "--feet", f"replay:{first}", "--journal", str(again)]) == 0
    header, *lines = first.read_text(encoding="utf-8").splitlines()
    header_again, *lines_again = again.read_text(encoding="utf-8").splitlines()
    told, told_again = json.loads(header), json.loads(header_again)
    if said == SPEEDS:
        assert told["speed_curve"]["c0_spm"] == told["baseline_spm"] == pytest.approx((158 + 163 + 169) / 3)
        assert told["speed_curve"]["surface"] == "treadmill"
    else:
        assert (told["baseline_spm"], "speed_curve" in told) == (164.0, False)
    assert told_again["baseline_spm"] == told["baseline_spm"]
    assert lines_again == lines

"""Recorded runs through the whole program: replayed, written down, read again, and compared with the file itself."""

import csv
import json
from pathlib import Path
from statistics import median

import pytest
from shared_runs import recorded_run

from cadencecoach.cli.main import main
from cadencecoach.record.lines import FeetLine, Line
from cadencecoach.store.loading import Recorded, load_session

pytestmark = pytest.mark.slow

PLAN = "plan: Free\nstages:\n  - {name: Run, duration: 90 min, target: free}\n"


def replayed(folder: Path, name: str) -> Recorded:
    """A session of the recording, as its journal tells it."""
    (folder / "free.yaml").write_text(PLAN, encoding="utf-8")
    journal = folder / "a.jsonl"
    feet = f"replay:{recorded_run(name)}"
    assert main(["rehearse", str(folder / "free.yaml"), "--feet", feet, "--journal", str(journal)]) == 0
    return load_session(journal)


def file_values(name: str) -> list[tuple[float, float, float]]:
    """Seconds, cadence and speed of the recording, read with nothing of ours."""
    with recorded_run(name).open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [(float(row["t_s"]), float(row["cadence_spm"]), float(row["speed_mps"] or 0)) for row in rows]


def live_spans(lines: tuple[Line, ...]) -> list[tuple[float, float]]:
    """When the feet ran, by the journal."""
    changes = [(line.t, line.state == "live") for line in lines if isinstance(line, FeetLine)]
    ends = [*(t for t, _ in changes[1:]), lines[-1].t]
    return [(t, until) for (t, is_live), until in zip(changes, ends, strict=True) if is_live]


@pytest.mark.parametrize("ending", [".csv", ".fit"])
def test_a_steady_run_gives_the_numbers_of_its_file(ending: str, tmp_path: Path) -> None:
    """57 minutes without a gap: mean within 0.5 spm, steps and way within 1 %, one file in two forms."""
    whole = replayed(tmp_path, f"01_steady_stryd{ending}").summary.session
    values = file_values("01_steady_stryd.csv")
    assert whole.mean_cadence_spm == pytest.approx(sum(spm for _, spm, _ in values) / len(values), abs=0.5)
    assert whole.steps == pytest.approx(sum(spm for _, spm, _ in values) / 60, rel=0.01)
    assert whole.distance_m == pytest.approx(sum(mps for *_, mps in values), rel=0.01)
    assert whole.covered_s == pytest.approx(len(values), abs=3)  # after the last value it holds for 3 s


def test_walks_and_stops_are_counted_as_documented(tmp_path: Path) -> None:
    """83 minutes with 43 walks: the mean is that of running, of medians of 5 s; steps know walking, zeros make none."""
    recorded = replayed(tmp_path, "05_intervals_walkbreaks.csv")
    whole, lines = recorded.summary.session, recorded.journal.lines
    values = file_values("05_intervals_walkbreaks.csv")
    spans = live_spans(lines)
    run = [
        median([spm for at, spm, _ in values[max(0, n - 5) : n + 1] if t - 5 < at])
        for n, (t, _, _) in enumerate(values)
        if any(begin <= t < until for begin, until in spans)
    ]
    assert whole.running_s == pytest.approx(len(run), abs=3)
    assert whole.mean_cadence_spm == pytest.approx(sum(run) / len(run), abs=0.5)
    assert whole.steps == pytest.approx(sum(spm for _, spm, _ in values) / 60, rel=0.01)
    moving = [spm for _, spm, _ in values if spm > 0]
    assert whole.moving_cadence_spm == pytest.approx(sum(moving) / len(moving), abs=0.5)
    n_zeros = sum(1 for _, spm, _ in values if spm == 0)
    assert whole.covered_s - whole.running_s > n_zeros > 100


def test_a_pause_and_a_gap_are_taken_out(tmp_path: Path) -> None:
    """The journal of a steady run with a minute of pause and a minute without values: both are missing, no more."""
    recorded = replayed(tmp_path, "01_steady_stryd.csv")
    header, *raw = recorded.path.read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in raw]
    gap = [line for line in lines if not (line["what"] in {"reading", "estimate"} and 1200 <= line["t"] < 1260)]
    paused = [*gap, {"t": 600.0, "what": "pause"}, {"t": 660.0, "what": "resume"}]
    paused.sort(key=lambda line: line["t"])
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join([header, *map(json.dumps, paused)]) + "\n", encoding="utf-8")
    before, after = recorded.summary, load_session(other).summary
    assert after.paused_s == 60
    assert before.session.duration_s - after.session.duration_s == 60
    assert before.session.running_s - after.session.running_s == pytest.approx(60 + 60 - 2, abs=1)  # 3 s are held
    assert after.session.mean_cadence_spm == pytest.approx(before.session.mean_cadence_spm, abs=0.5)

"""Recorded runs through the whole house: replayed, written down, exported, read by others, replayed again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream
from memory_store import MemoryStore
from quiet_host import QuietHost
from sampling import slow_but
from shared_runs import recorded_run

from cadencecoach.cli.main import main
from cadencecoach.desk.history.exporting import Wish, export_one
from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.devices.recordings import read_recording
from cadencecoach.gait.replayed import readings_of
from cadencecoach.gait.unit import Unit, unit_of_file
from cadencecoach.live.opening.request import Request
from cadencecoach.record.figures import Summary
from cadencecoach.store.user_store import user_files

if TYPE_CHECKING:
    from garmin_fit_sdk.mesgs import FitMessages

PLAN = """
plan: Follow
stages:
  - {name: First, duration: 30 min, target: free}
  - {name: Rest, duration: 60 min, target: 165 spm}
"""
RUNS = ["01_steady_stryd.csv", "05_intervals_walkbreaks.csv"]
STARTED = "2026-11-23T07:30:00Z"


def rehearse(folder: Path, run: Path, name: str) -> tuple[Path, Summary]:
    """The journal of a session with a recorded run, and its numbers."""
    plan, journal = folder / "plan.yaml", folder / f"{name}.jsonl"
    plan.write_text(PLAN, encoding="utf-8")
    request = Request(plan_name=str(plan), feet_text=f"replay:{run}", sound_text="none", started=STARTED)
    return journal, rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min").summary


def cadences(journal: Path) -> list[float]:
    """What the sensor said, by seconds; what it did not say left out."""
    lines = (json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[1:])
    return [line["cadence_spm"] for line in lines if line["what"] == "reading" and line["cadence_spm"] is not None]


def recorded(run: Path) -> list[float]:
    """The cadence of each row of a recording."""
    values = [line.split(",")[1] for line in run.read_text(encoding="utf-8").splitlines()[1:]]
    return [float(value) for value in values if value]


def garmin_messages(data: bytes) -> "FitMessages":
    """A file's messages by kind, by Garmin's reader, which has nothing to complain of."""
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return messages


def by_garmin(messages: "FitMessages") -> list[float]:
    """Steps a minute of each record, by Garmin's reader."""
    records = [one for one in messages["record_mesgs"] if "cadence" in one]
    return [2 * (one["cadence"] + one["fractional_cadence"]) for one in records]


def by_fitdecode(data: bytes) -> list[float]:
    """The same by fitdecode."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(data, **strict) as frames:
        records = [one for one in frames if one.frame_type == fitdecode.FIT_FRAME_DATA and one.name == "record"]
    told = [one for one in records if one.get_value("cadence") is not None]
    return [2 * (one.get_value("cadence") + one.get_value("fractional_cadence")) for one in told]


def mean(values: Sequence[float]) -> float:
    """Over the seconds that are not zero."""
    return sum(values) / sum(value > 0 for value in values)


@dataclass(frozen=True)
class Played:
    """A recorded run that was played as a session."""

    run: Path
    journal: Path
    summary: Summary

    def exported(self, form: str) -> Path:
        """The session in a format."""
        target = self.journal.with_suffix(f".{form}")
        export_one(MemoryStore(), self.journal, str(target), Wish(form=form, may_replace=True))
        return target


@pytest.fixture(scope="module", params=slow_but(RUNS, RUNS[0]))
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Each run, played once for all tests."""
    run = recorded_run(request.param)
    journal, summary = rehearse(tmp_path_factory.mktemp("played"), run, "run")
    return Played(run=run, journal=journal, summary=summary)


@pytest.mark.slow
def test_two_readers_find_the_recordings_own_numbers(played: Played) -> None:
    """Mean cadence within 0.5 spm and steps within 1 % of the recording, and totals as our summary has them."""
    data = played.exported("fit").read_bytes()
    messages = garmin_messages(data)
    want, ours = recorded(played.run), played.summary.session
    for found in (by_garmin(messages), by_fitdecode(data)):
        assert mean(found) == pytest.approx(mean(want), abs=0.5)
        assert sum(found) / 60 == pytest.approx(sum(want) / 60, rel=0.01)
        assert sum(found) / 60 == pytest.approx(ours.steps, rel=0.001)
    (session,) = messages["session_mesgs"]
    assert 2 * session["total_strides"] == pytest.approx(ours.steps, abs=2)
    mean_spm = 2 * (session["avg_cadence"] + session["avg_fractional_cadence"])
    assert mean_spm == pytest.approx(ours.moving_cadence_spm, abs=1 / 64)
    assert session["total_distance"] == pytest.approx(ours.distance_m, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "each_spm"), [("fit", 1 / 64), ("csv", 0.0), ("tcx", 1.0)])
def test_what_is_read_back_is_what_the_sensor_said(played: Played, form: str, each_spm: float) -> None:
    """Second by second; TCX rounds to whole strides and keeps the mean. A gap is held over as the summary does."""
    journal_spm = cadences(played.journal)
    recording = read_recording(played.exported(form))
    unit = unit_of_file(recording.rows, Unit[recording.counts.upper()])
    told = [one.cadence_spm for one in readings_of(recording.rows, unit)]
    read_spm = [spm for spm in told if spm is not None]
    assert recording.notes == ()
    assert 0 <= len(read_spm) - len(journal_spm) <= 5
    assert mean(read_spm) == pytest.approx(mean(journal_spm), abs=0.1)
    if played.run.name == RUNS[0]:  # no gap in it
        assert all(abs(a - b) <= each_spm for a, b in zip(journal_spm, read_spm, strict=False))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["fit", "csv", "tcx"])
def test_an_export_played_again_is_the_same_session(played: Played, tmp_path: Path, form: str) -> None:
    """Steps within 0.1 %, mean of the estimate within 0.5 spm."""
    _, again = rehearse(tmp_path, played.exported(form), "again")
    assert again.session.steps == pytest.approx(played.summary.session.steps, rel=0.001)
    assert again.session.mean_cadence_spm == pytest.approx(played.summary.session.mean_cadence_spm, abs=0.5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["01_steady_stryd.fit", *RUNS])
def test_a_recorded_run_itself_is_exported_without_a_session(name: str, tmp_path: Path) -> None:
    """`history export RECORDING`: mean and steps of the recording in two readers, its day too."""
    run, target = recorded_run(name), tmp_path / "out.fit"
    assert main(["history", "export", str(run), "-o", str(target)]) == 0
    want, data = recorded(run.with_suffix(".csv")), target.read_bytes()
    for found in (by_garmin(garmin_messages(data)), by_fitdecode(data)):
        assert mean(found) == pytest.approx(mean(want), abs=0.5)
        assert sum(found) / 60 == pytest.approx(sum(want) / 60, rel=0.01)
    if run.suffix == ".fit":
        assert read_recording(target).started == read_recording(run).started == "2017-01-17T17:06:47Z"

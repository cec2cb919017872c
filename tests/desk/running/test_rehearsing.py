import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hand_lines import records
from journal_beats import beat_times_s
from quiet_host import QuietHost
from shared_runs import recorded_run

from cadencecoach.coach.actions import EndReason
from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.desk.running.sound_files import read_heard
from cadencecoach.errors import CadencecoachError, PlanError, UsageError
from cadencecoach.live.opening.request import Request
from cadencecoach.live.outcome import Outcome
from cadencecoach.store.settings import SoundSettings
from cadencecoach.store.user_store import user_files

STARTED = "2026-11-23T07:30:00Z"
SHORT = """
plan: Short
baseline: 160 spm
feedback: {dwell: 4 s, settle: 5 s, spacing: 10 s}
stages:
  - {name: Free, duration: 10 s, target: free}
  - {name: Up, duration: 40 s, target: +5 %, ramp: 10 s, say: "Light and quick."}
  - {name: Rescue, duration: 40 s, target: +7 %, beat: rescue}
  - {name: Walk, duration: 10 s, target: walk}
  - {name: Half, duration: 60 s, target: 172 spm, help: 50 %, feedback: {cycle: 20 s}}
"""
DECIDED = {"stage", "baseline", "tempo", "band", "cue", "pause", "resume", "mute", "note", "end"}
Lines = list[dict[str, Any]]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of 160 s with every kind of stage."""
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


def rehearse(plan: Path | str, feet: str, journal: Path, sound: Path | None = None, seed: int = 1) -> Outcome:
    """One rehearsal."""
    sound_text = "none" if sound is None else f"file:{sound}"
    request = Request(plan_name=str(plan), feet_text=feet, sound_text=sound_text, seed=seed, started=STARTED)
    return rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min")


def lines_of(journal: Path) -> Lines:
    """A journal without its header."""
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[1:]]


def decisions(journal: Path) -> Lines:
    """What was decided, without when a cue came to sound."""
    return [{k: v for k, v in line.items() if k != "actual_s"} for line in lines_of(journal) if line["what"] in DECIDED]


@pytest.mark.parametrize("feet", ["sim", "sim:lost_per_hour=300,lost_s=9", "sim:spm=175,beat_gain=0", "none"])
def test_a_journal_played_again_gives_the_same_decisions(plan: Path, tmp_path: Path, feet: str) -> None:
    """Whatever the feet did, the journal is enough to decide the same at the same times."""
    rehearse(plan, feet, tmp_path / "a.jsonl")
    rehearse(plan, f"replay:{tmp_path / 'a.jsonl'}", tmp_path / "b.jsonl")
    assert decisions(tmp_path / "a.jsonl") == decisions(tmp_path / "b.jsonl")


def test_a_journal_that_broke_off_in_a_pause_can_be_played_again(plan: Path, tmp_path: Path) -> None:
    """A session killed while it was paused: the rehearsal ends once the silent sensor is lost, as interrupted."""
    rehearse(plan, "sim", tmp_path / "whole.jsonl")
    header, *lines = (tmp_path / "whole.jsonl").read_text(encoding="utf-8").splitlines()
    before = [line for line in lines if json.loads(line)["t"] < 30.0]
    pause = ['{"t":30.0,"what":"key","key":"pause"}', '{"t":30.0,"what":"pause"}']
    (tmp_path / "cut.jsonl").write_text("\n".join([header, *before, *pause]) + "\n", encoding="utf-8")
    outcome = rehearse(plan, f"replay:{tmp_path / 'cut.jsonl'}", tmp_path / "again.jsonl")
    assert outcome.summary.end_reason is EndReason.INTERRUPTED
    last = lines_of(tmp_path / "again.jsonl")[-1]
    assert (last["what"], last["reason"]) == ("end", "interrupted")
    assert 30.0 <= last["t"] <= 35.0


@pytest.mark.slow
def test_two_rehearsals_are_the_same_byte_for_byte(plan: Path, tmp_path: Path) -> None:
    """Same words, same files: journal and sound."""
    for name in ("a", "b"):
        rehearse(plan, "sim", tmp_path / f"{name}.jsonl", tmp_path / f"{name}.wav")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


@pytest.mark.slow
def test_sound_changes_no_decision(plan: Path, tmp_path: Path) -> None:
    """A rehearsal with sound decides what one without decides."""
    rehearse(plan, "sim", tmp_path / "silent.jsonl")
    rehearse(plan, "sim", tmp_path / "heard.jsonl", tmp_path / "heard.wav")
    assert decisions(tmp_path / "silent.jsonl") == decisions(tmp_path / "heard.jsonl")


@pytest.mark.slow
def test_the_beats_in_the_file_stand_where_the_journals_tempo_says(plan: Path, tmp_path: Path) -> None:
    """Every beat not covered by words begins within half a frame of the time computed from the tempo lines."""
    rehearse(plan, "sim", tmp_path / "a.jsonl", tmp_path / "a.wav")
    samples, fs_hz = soundfile.read(tmp_path / "a.wav", dtype="int16", always_2d=True)
    sound = np.abs(samples[:, 0].astype(int)) > 2  # above the last bits
    beats = list(beat_times_s(records(lines_of(tmp_path / "a.jsonl"))))
    errors = []
    for beat_s in beats:
        frame = round(beat_s * fs_hz)
        if not sound[max(0, frame - 100) : frame - 2].any():
            errors.append(frame - 2 + int(np.argmax(sound[frame - 2 : frame + 100])) - beat_s * fs_hz)
    assert len(beats) > 200
    assert len(errors) > 0.8 * len(beats)
    assert max(map(abs, errors)) <= 0.5 + 1e-6


def test_a_spoken_cue_is_in_the_file_where_the_journal_says(plan: Path, tmp_path: Path) -> None:
    """In the free stage nothing else sounds: the file is silent before the first words' lead-in, and not after."""
    rehearse(plan, "none", tmp_path / "a.jsonl", tmp_path / "a.wav")
    cue = next(line for line in lines_of(tmp_path / "a.jsonl") if line["what"] == "cue")
    if cue["kind"] == "spoken" and cue["actual_s"] is None:
        pytest.skip("no voice on this machine")
    samples, fs_hz = soundfile.read(tmp_path / "a.wav", dtype="int16", always_2d=True)
    first = round(cue["actual_s"] * fs_hz)
    assert not samples[: first - round(SoundSettings().lead_in_s * fs_hz)].any()
    assert abs(samples[:first]).max() < 600 < abs(samples[first : first + fs_hz // 5]).max()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["01_steady_stryd.fit", "05_intervals_walkbreaks.csv"])
def test_no_correction_is_given_on_missing_stale_walking_or_paused_data_or_in_the_band(
    name: str, tmp_path: Path
) -> None:
    """Read from the journals of two real runs: nothing missing, stale, walking, paused, or in the band is corrected."""
    run = recorded_run(name)
    rehearse("plus-5-percent", f"replay:{run}", tmp_path / "a.jsonl")
    feet, is_paused, heard_s, cadence_spm, estimate_spm = "none", False, -1e9, 0.0, 0.0
    stage: dict[str, Any] = {}
    n_corrections = 0
    for line in lines_of(tmp_path / "a.jsonl"):
        match line["what"]:
            case "feet":
                feet = line["state"]
            case "pause" | "resume":
                is_paused = line["what"] == "pause"
            case "reading" if line["cadence_spm"]:
                heard_s, cadence_spm = line["t"], line["cadence_spm"]
            case "estimate":
                estimate_spm = line["cadence_spm"]
            case "stage":
                stage = line
            case "cue" if line["reason"] in {"below", "above"}:
                n_corrections += 1
                assert not stage["low_spm"] <= estimate_spm <= stage["high_spm"]
                assert feet == "live"
                assert not is_paused
                assert line["t"] - heard_s < 3.0  # the age at which a value is stale
                assert cadence_spm >= 140.0 - 20.0  # one reading may stray from the median of five
    assert n_corrections > 3  # neither runner could hear the coach; the second soon ran far off the baseline's speed


@pytest.mark.slow
def test_the_summary_of_a_real_run_is_that_of_the_recording(tmp_path: Path) -> None:
    """An hour of run 05: mean over running time and steps as counted from the file itself."""
    run = recorded_run("05_intervals_walkbreaks.csv")
    outcome = rehearse("plus-5-percent", f"replay:{run}", tmp_path / "a.jsonl")
    rows = [row.split(",") for row in run.read_text(encoding="utf-8").splitlines()[1:]]
    within = [float(row[1] or 0.0) for row in rows if float(row[0]) < 3600.0]  # the plan's hour
    running = [spm for spm in within if spm >= 140.0]
    whole = outcome.summary.session
    assert whole.mean_cadence_spm == pytest.approx(sum(running) / len(running), abs=2.0)
    assert whole.steps == pytest.approx(sum(within) / 60.0, rel=0.01)


def test_an_open_ended_stage_ends_after_the_time_given(tmp_path: Path) -> None:
    """Nobody presses a key in a rehearsal; the press is in the journal like any other."""
    path = tmp_path / "open.yaml"
    path.write_text("plan: Open\nstages:\n  - {name: A, until: key, target: 170 spm}\n", encoding="utf-8")
    request = Request(plan_name=str(path), feet_text="none", sound_text="none", started=STARTED)
    outcome = rehearse_session(user_files(), request, QuietHost(), journal=tmp_path / "a.jsonl", open_stage="2 min")
    keys = [line for line in lines_of(tmp_path / "a.jsonl") if line["what"] == "key"]
    assert keys == [{"t": 120.0, "what": "key", "key": "next"}]
    assert outcome.summary.end_reason is EndReason.FINISHED


def test_a_rehearsal_replaces_only_a_rehearsals_journal(plan: Path, tmp_path: Path) -> None:
    """Its own kind it writes again; anything else is kept, and the person told."""
    journal = tmp_path / "a.jsonl"
    rehearse(plan, "sim", journal)
    assert rehearse(plan, "sim", journal).journal == journal
    precious = tmp_path / "run.jsonl"
    precious.write_text('{"journal": 1, "app": "x", "plan": {"name": "x"}}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="this is the journal of a run"):
        rehearse(plan, "sim", precious)
    with pytest.raises(UsageError, match="being replayed"):
        rehearse(plan, f"replay:{journal}", journal)


@pytest.mark.parametrize(
    ("feet", "sound", "words"),
    [
        ("bluetooth", "none", "not a source of steps"),
        ("replay:", "none", "nor a file"),
        ("replay:nowhere.csv", "none", "nowhere.csv"),
        ("replay:nowhere.jsonl", "none", "nowhere.jsonl"),
        ("sim:speeed=3", "none", "did you mean 'speed'"),
        ("sim", "default", "file:PATH"),
        ("sim", "file:a.ogg", ".wav, .flac or .mp3"),
        ("sim", "file:/nowhere/a.wav", "/nowhere/a.wav"),
    ],
)
def test_wrong_words_get_one_clear_line(plan: Path, tmp_path: Path, feet: str, sound: str, words: str) -> None:
    """Each mistake names itself and what is allowed, in one line, before anything is written."""
    journal = tmp_path / "a.jsonl"
    request = Request(plan_name=str(plan), feet_text=feet, sound_text=sound, started=STARTED)
    with pytest.raises(CadencecoachError, match=words) as caught:
        rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min")
    assert "\n" not in str(caught.value)
    assert not journal.exists()


def test_a_plan_with_mistakes_does_not_start(tmp_path: Path) -> None:
    """All its mistakes are told; no journal is begun."""
    path = tmp_path / "bad.yaml"
    path.write_text("plan: Bad\nstages:\n  - {name: A, duration: 10, target: fast}\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"bad\.yaml:3:"):
        rehearse(path, "sim", tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").exists()


def test_a_plan_that_needs_a_baseline_says_so_before_the_start(tmp_path: Path) -> None:
    """Measured, and no sensor: one line that says what to give."""
    with pytest.raises(UsageError, match="--baseline 164"):
        rehearse("plus-5-percent", "none", tmp_path / "a.jsonl")


HALF_HELPED = """
plan: Half helped
baseline: athlete
help: 50 %
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Before, duration: 4 min, target: +5 %, beat: off, feedback: none}
  - {name: Still before, duration: 1 min, target: +5 %, beat: off, feedback: none}
  - {name: A, duration: 10 min, target: +5 %, ramp: 60 s}
  - {name: Alone, duration: 4 min, target: +5 %, beat: off, feedback: none}
"""


@pytest.mark.slow
def test_a_plans_help_makes_no_probe_a_helped_one(tmp_path: Path) -> None:
    """Probes are silent through and through, and all before the first help count as before it."""
    path, journal = tmp_path / "half.yaml", tmp_path / "half.jsonl"
    path.write_text(HALF_HELPED, encoding="utf-8")
    request = Request(plan_name=str(path), feet_text="sim", sound_text="none", baseline_spm=164.0, started=STARTED)
    outcome = rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min")
    told = [line for line in lines_of(journal) if line["what"] in {"stage", "help"}]
    assert [(line["name"], line["help_ratio"]) for line in told if line["what"] == "stage"] == [
        ("Warm-up", 1.0),
        ("Before", 0.0),
        ("Still before", 0.0),
        ("A", 0.5),
        ("Alone", 0.0),
    ]
    assert not any(line["is_on"] for line in told if line["what"] == "help" and not 600 <= line["t"] < 1200)
    probes = [part for part in outcome.summary.stages if part.is_probe]
    assert [part.helped.band_s for part in probes] == [0.0, 0.0, 0.0]
    assert [round(part.silent.band_s) for part in probes] == [240, 60, 240]
    assert [part.is_before_help for part in probes] == [True, True, False]


@pytest.mark.parametrize("feet", ["ble", "ble:Pod", "mic", "mic:usb"])
def test_what_is_live_has_no_place_in_virtual_time(plan: Path, tmp_path: Path, feet: str) -> None:
    """One line names what has; no radio and no microphone is opened."""
    with pytest.raises(UsageError, match=r"virtual time.*replay:FILE"):
        rehearse(plan, feet, tmp_path / "journal.jsonl")
    assert not (tmp_path / "journal.jsonl").exists()


def test_what_is_heard_is_told_in_words_that_are_spoken(plan: Path, tmp_path: Path) -> None:
    """The tones of a countdown have a name of ours, which nobody says; stages stand between the words."""
    rehearse(plan, "sim", tmp_path / "a.jsonl")
    cues = [line for line in lines_of(tmp_path / "a.jsonl") if line["what"] == "cue"]
    spoken = [line["text"] for line in cues if line["kind"] == "spoken"]
    assert {line["text"] for line in cues if line["kind"] == "earcon"} >= {"count"}
    heard = read_heard(tmp_path / "a.wav")
    assert [one.words for one in heard if one.words] == spoken
    assert [one.stage for one in heard if not one.words] == ["Free", "Up", "Rescue", "Walk", "Half"]

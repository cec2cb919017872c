"""The metronome from the command line to the file: what is heard stands where the journal says."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from athlete_home import AT, TINY, Home, opened
from each_row import each_row
from hand_lines import records
from journal_beats import beat_times_s
from numpy.typing import NDArray
from tinytag import TinyTag

from cadencecoach.cli.main import main
from cadencecoach.coach.metronome import BeatLimits, MetronomeSettings
from cadencecoach.desk.today.limiting import beat_limit_lines, beat_limits
from cadencecoach.devices.clock import local_day
from cadencecoach.live.opening.metronome import under_limits
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.entries import BaselineTaken, CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

FS_HZ = 48_000


def run(*words: str) -> int:
    """The metronome, its start a label that does not change."""
    return main(["metronome", *words, "--started", "2026-11-23T07:30:00Z"])


def lines_of(path: Path) -> list[dict[str, Any]]:
    """A journal without its header."""
    return [json.loads(line) for line in path.read_text().splitlines()][1:]


def onsets(samples: NDArray[np.int16]) -> NDArray[np.intp]:
    """Frames at which sound begins after 100 ms of silence."""
    sounding = np.flatnonzero(np.abs(samples.astype(np.int32)) > 50)
    return sounding[np.diff(sounding, prepend=-FS_HZ) > FS_HZ // 10]


@pytest.mark.slow
def test_a_whole_run_is_written_for_a_phone(tmp_path: Path) -> None:
    """A ramp of a minute: every beat at its frame, in one channel, the file tagged, the run written down."""
    sound, journal = tmp_path / "easy.flac", tmp_path / "easy.jsonl"
    words = ("--from", "165", "--to", "175", "--over", "1min", "--for", "90s", "--journal", str(journal))
    assert run(*words, "--sound", f"file:{sound}") == 0
    samples, fs_hz = soundfile.read(sound, dtype="int16")
    beats = np.array(list(beat_times_s(records(lines_of(journal)))))
    assert (fs_hz, samples.ndim) == (FS_HZ, 1)
    assert np.abs(onsets(samples[: 90 * FS_HZ]) - beats * FS_HZ).max() <= 0.5
    assert len(beats) == 1 + int(170 + 175 / 2 - 1e-9)
    with soundfile.SoundFile(sound) as file:
        assert (file.title, "cadencecoach" in file.software) == ("165 to 175 spm, 1 min 30 s", True)


def test_feet_apart_are_two_channels(tmp_path: Path) -> None:
    """Beats in turn: the left one is silent on the right, and the other way round."""
    sound = tmp_path / "apart.wav"
    assert run("180", "--pan", "1", "--for", "10s", "--sound", f"file:{sound}") == 0
    left, right = soundfile.read(sound, dtype="int16")[0][: 10 * FS_HZ].T
    assert onsets(left).tolist() == [n * 32_000 for n in range(15)]
    assert onsets(right).tolist() == [16_000 + n * 32_000 for n in range(15)]


def test_every_stride_is_every_other_step(tmp_path: Path) -> None:
    """The journal's beats stay steps."""
    sound, journal = tmp_path / "a.wav", tmp_path / "a.jsonl"
    words = ("180", "--every", "stride", "--for", "10s", "--journal", str(journal))
    assert run(*words, "--sound", f"file:{sound}") == 0
    assert onsets(soundfile.read(sound, dtype="int16")[0][: 10 * FS_HZ]).tolist() == [n * 32_000 for n in range(15)]
    assert len(list(beat_times_s(records(lines_of(journal))))) == 30


def test_clicks_come_back_in_phase(tmp_path: Path) -> None:
    """Three seconds on, three off: silence in between, and every click where it would have been."""
    sound = tmp_path / "a.wav"
    assert run("180", "--on", "3s", "--off", "3s", "--for", "12s", "--sound", f"file:{sound}") == 0
    found = onsets(soundfile.read(sound, dtype="int16")[0][: 12 * FS_HZ])
    assert (found % 16_000).tolist() == [0] * len(found)
    seconds = found / FS_HZ
    assert not ((seconds > 3.2) & (seconds < 5.8)).any()
    assert ((seconds > 6.2) & (seconds < 8.8)).sum() == 8


def test_left_out_by_chance_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Some of the clicks are missing; the same file again, byte for byte; another with another seed."""
    files = [tmp_path / f"{n}.wav" for n in range(3)]
    for path, seed in zip(files, ("5", "5", "6"), strict=True):
        assert run("180", "--silent", "40", "--for", "20s", "--seed", seed, "--sound", f"file:{path}") == 0
    assert files[0].read_bytes() == files[1].read_bytes() != files[2].read_bytes()
    assert 20 < len(onsets(soundfile.read(files[0], dtype="int16")[0])) < 55


@pytest.mark.slow
def test_minutes_are_heard_where_the_journal_says(tmp_path: Path) -> None:
    """The words begin at the journal's time: up to there the file is that of a run without them, then it is not."""
    said, plain, journal = tmp_path / "said.wav", tmp_path / "plain.wav", tmp_path / "said.jsonl"
    run("170", "--say-every", "1min", "--for", "70s", "--sound", f"file:{said}", "--journal", str(journal))
    run("170", "--for", "70s", "--sound", f"file:{plain}")
    cue = next(line for line in lines_of(journal) if line["what"] == "cue")
    spoken, silent = (soundfile.read(path, dtype="int16")[0] for path in (said, plain))
    first = np.flatnonzero(spoken != silent)[0]
    assert (cue["text"], cue["reason"]) == ("1 minute.", "time")
    assert cue["actual_s"] - 0.011 <= first / FS_HZ <= cue["actual_s"] + 0.02  # the click makes room 10 ms before


@pytest.mark.slow
@pytest.mark.skipif("MP3" not in soundfile.available_formats(), reason="this libsndfile writes no MP3")
def test_an_mp3_holds_the_run_and_its_name(tmp_path: Path) -> None:
    """Its length to within the encoder's padding."""
    sound = tmp_path / "easy.mp3"
    assert run("170", "--for", "10s", "--sound", f"file:{sound}") == 0
    with soundfile.SoundFile(sound) as file:
        assert file.frames / FS_HZ == pytest.approx(10.5, abs=1.2)
        assert (file.title, file.channels) == ("170 spm, 10 s", 1)


def test_with_a_sensor_the_cadence_is_in_the_record(tmp_path: Path) -> None:
    """And nobody is corrected."""
    journal = tmp_path / "a.jsonl"
    sound = ("--sound", f"file:{tmp_path / 'a.wav'}")
    assert run("170", "--feet", "sim:spm=150", "--for", "2min", "--journal", str(journal), *sound) == 0
    lines = lines_of(journal)
    assert sum(line["what"] == "estimate" for line in lines) > 100
    assert {line["reason"] for line in lines if line["what"] == "cue"} == {"session"}


def test_a_file_needs_an_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can press a key."""
    assert run("170", "--sound", f"file:{tmp_path / 'a.wav'}") == 2
    assert "--for 40min" in capsys.readouterr().err


@pytest.mark.slow
def test_live_without_sound_it_ends_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain lines without a terminal, and a journal like any session's."""
    journal = tmp_path / "a.jsonl"
    assert run("170", "--for", "1s", "--sound", "none", "--journal", str(journal)) == 0
    shown = capsys.readouterr().out
    assert "sound click" in shown
    assert "target 170" in shown
    assert [line["what"] for line in lines_of(journal)] == ["click", "stage", "tempo", "tempo", "cue", "end"]


def test_its_journal_can_be_replayed(tmp_path: Path) -> None:
    """The same settings on the same feet give the same lines."""
    first, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    words = ("--from", "150", "--to", "170", "--over", "30s", "--for", "1min", "--sound")
    assert run(*words, f"file:{tmp_path / 'a.wav'}", "--feet", "sim", "--journal", str(first)) == 0
    assert run(*words, f"file:{tmp_path / 'b.wav'}", "--feet", f"replay:{first}", "--journal", str(again)) == 0
    assert lines_of(first) == lines_of(again)


@pytest.mark.parametrize(
    ("words", "tempo", "title", "bpm"),
    [
        (("170", "--for", "2s"), "6 beats, 170 spm", "170 spm, 2 s", "170"),
        (
            ("--from", "160", "--to", "180", "--over", "1s", "--for", "2s"),
            "160 to 180 spm",
            "160 to 180 spm, 2 s",
            "180",
        ),
    ],
)
def test_its_end_and_its_file_say_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], tempo: str, title: str, bpm: str
) -> None:
    """On standard output, in one line; and to a player, in its tags."""
    sound = tmp_path / "easy.flac"
    assert run(*words, "--sound", f"file:{sound}") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{sound}: 00:02, ")
    assert line.endswith(tempo)
    tags = TinyTag.get(sound)
    assert (tags.title, tags.artist, tags.album, tags.other["bpm"]) == (title, "cadencecoach", "Metronome", [bpm])


def test_a_program_reads_the_end_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beats, tempos and where the sound went, beside the summary."""
    sound = tmp_path / "easy.wav"
    assert run("170", "--for", "2s", "--sound", f"file:{sound}", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["beats"] == {"number": 6, "from_spm": 170.0, "to_spm": 170.0}
    assert told["sound"] == str(sound)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("asked_to_end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_one_says_its_end(tmp_path: Path, asked_to_end: signal.Signals) -> None:
    """Ctrl-C, or the system: the line is there, with what was beaten until then."""
    places = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("DATA", "CONFIG", "CACHE")}
    words = [sys.executable, "-u", "-m", "cadencecoach", "metronome", "170", "--sound", "none"]
    program = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, **places},
    )  # fmt: skip
    assert program.stdout is not None
    assert "sound click" in program.stdout.readline()
    program.send_signal(asked_to_end)
    said, _ = program.communicate(timeout=50)
    assert program.returncode == 130
    assert re.search(r"^no sound: 00:0\d, \d+ beats?, 170 spm$", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("answers", "is_refused"), [({"pain": 5}, False), ({"pain": 6}, True), ({"soreness": 6}, True)]
)
def test_no_beat_for_an_athlete_who_may_not_run_today(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: dict[str, int],
    is_refused: bool,  # noqa: FBT001
) -> None:
    """What was said of the body holds for the beat alone; a guest has said nothing, a file is for another day."""
    Home(tmp_path).move_in(monkeypatch)
    day = date.fromisoformat(local_day())
    make_athlete(user_files(), Profile(athlete="r7", created=day))
    user_files().add_entries("r7", CheckIn(at=AT, day=day, moment=Moment.BEFORE, **answers))  # type: ignore[arg-type]
    short = ("170", "--for", "0.2s")
    assert (run(*short, "--athlete", "r7", "--sound", "none") != 0) is is_refused
    assert ("no run" in capsys.readouterr().err.casefold()) is is_refused
    assert run(*short, "--athlete", "R7", "--sound", "none") == 2
    assert "did you mean r7?" in capsys.readouterr().err
    assert run(*short, "--athlete", "r8", "--sound", "none") == 0
    assert run(*short, "--sound", "none") == 0
    assert run(*short, "--athlete", "r7", "--sound", f"file:{tmp_path / 'beat.wav'}") == 0


def begin_tiny(_home: Home, *, baseline_spm: float | None = 160.0) -> None:
    """An athlete on a programme that allows +7.5 % and 45 min."""
    day = date.fromisoformat(local_day())
    make_athlete(user_files(), Profile(athlete="r7", created=day))
    if baseline_spm is not None:
        user_files().add_entries("r7", BaselineTaken(at=AT, day=day, cadence_spm=baseline_spm))
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because="a test", at=AT, day=day),
    )


@pytest.mark.parametrize(
    ("words", "tempos_spm", "is_said"),
    [
        (("171",), (171.0, 171.0), False),
        (("172",), (172.0, 172.0), False),
        (("173",), (172.0, 172.0), True),
        (("--from", "165", "--to", "180", "--over", "0.1s"), (165.0, 172.0), True),
        (("--from", "180", "--to", "165", "--over", "0.1s"), (172.0, 165.0), True),
        (("--from", "180", "--to", "190", "--over", "0.1s"), (172.0, 172.0), True),
    ],
)
@pytest.mark.parametrize("sound", ["none", "file"])
def test_the_limit_of_the_programme_holds_for_the_beat_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    tempos_spm: tuple[float, float],
    is_said: bool,  # noqa: FBT001
    sound: str,
) -> None:
    """+7.5 % of 160 is 172: at both ends of a ramp, live and in a file, with a line that says why."""
    home = Home(tmp_path).move_in(monkeypatch)
    begin_tiny(home)
    journal = tmp_path / "beat.jsonl"
    to = "none" if sound == "none" else f"file:{tmp_path / 'beat.wav'}"
    assert run(*words, "--for", "0.2s", "--athlete", "r7", "--sound", to, "--journal", str(journal)) == 0
    orders = [line["spm"] for line in lines_of(journal) if line["what"] == "tempo" and line["spm"]]
    assert (orders[0], orders[-1]) == tempos_spm
    assert ("lowered to 172.0 spm, the limit of the programme" in capsys.readouterr().err) is is_said


@each_row(
    ("for_s", "most_s", "ends_s"),
    [(None, None, None), (None, 60.0, 60.0), (59.0, 60.0, 59.0), (60.0, 60.0, 60.0), (61.0, 60.0, 60.0)],
)
def test_the_beat_alone_lasts_no_longer_than_allowed(
    for_s: float | None, most_s: float | None, ends_s: float | None
) -> None:
    """A beat without an end gets one, and that is said; what is shorter is left as it is."""
    asked = MetronomeSettings(from_spm=170.0, to_spm=170.0, for_s=for_s)
    limits = BeatLimits(most_s=most_s)
    assert under_limits(asked, limits).for_s == ends_s
    assert len(beat_limit_lines(limits, 170.0, for_s, ENGLISH)) == (ends_s != for_s)


def test_without_a_programme_nothing_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor for a guest, nor where no baseline is known to count from."""
    home, day = Home(tmp_path).move_in(monkeypatch), date.fromisoformat(local_day())
    assert beat_limits(user_files(), None, day) == BeatLimits()
    begin_tiny(home, baseline_spm=None)
    assert beat_limits(user_files(), "r7", day).highest_spm is None
    assert beat_limits(user_files(), "r7", day).most_s == 45 * 60


def test_taps_without_a_yes_limit_the_beat_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No programme counts from them; without anything better they are what the limit counts from."""
    home, day = Home(tmp_path).move_in(monkeypatch), date.fromisoformat(local_day())
    begin_tiny(home, baseline_spm=None)
    taps = BaselineTaken(at=AT, day=day, cadence_spm=152.0, session="a", taken_by="taps", error_spm=3.0)
    user_files().add_entries("r7", taps)
    assert beat_limits(user_files(), "r7", day).highest_spm == pytest.approx(152.0 * 1.075)
    user_files().add_entries("r7", BaselineTaken(at=AT, day=day, cadence_spm=160.0))
    assert beat_limits(user_files(), "r7", day).highest_spm == pytest.approx(172.0)

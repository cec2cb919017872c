"""What version 0.1.0 kept is opened by every later one: `tests/data/kept-by-0.1.0/README.md` says what there is."""

import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cadencecoach.cli.main import main
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Decided,
    Flag,
    ItemDone,
    Moment,
    ProgrammeSet,
    SessionRun,
)
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import EndLine, EstimateLine
from cadencecoach.store.sensor_book import open_book
from cadencecoach.store.settings import find_settings
from cadencecoach.store.sound_book import open_sound_book
from cadencecoach.store.user_store import user_files, user_machine

KEPT = Path(__file__).parent / "data" / "kept-by-0.1.0"
GUIDED, AS_RUN, METRONOME = (f"2026-03-08T{hour}0000Z" for hour in ("08", "09", "10"))
FIRST_RUN, PAIN_RUN, KILLED = "2026-03-04T070000Z", "2026-03-07T070002Z", "2026-03-09T070001Z"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a variable says where data are kept")


def point_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the program find its data in a folder."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what was kept, where the program looks for it."""
    shutil.copytree(KEPT, tmp_path / "kept")
    return point_to(tmp_path / "kept", monkeypatch)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another machine, on which nothing is kept."""
    return point_to(tmp_path / "another", monkeypatch)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401  # whatever stands in the JSON
    """What a command prints as JSON; it succeeds."""
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def estimates_spm(journal: Path) -> list[tuple[float, float | None]]:
    """Time and cadence of each estimate in a journal."""
    lines = read_journal(journal_lines(journal)).lines
    return [(line.t, line.cadence_spm) for line in lines if isinstance(line, EstimateLine)]


@pytest.mark.usefixtures("kept")
def test_settings_are_loaded() -> None:
    """Every table of the settings file has the user's values; what the file leaves out has its default."""
    settings = find_settings(user_machine(), None)
    assert (settings.sound.device, settings.sound.click, settings.sound.latency_s) == ("Headphones", "wood", 0.2)
    assert (settings.voice.language, settings.voice.engine, settings.voice.rate_wpm) == ("de", "recorded", 175)
    assert settings.feet.unit == "strides"


@pytest.mark.usefixtures("kept")
def test_books_are_loaded() -> None:
    """Both sensors, the pod first, with what was known of it; the sound device and its delay."""
    pod, strap = open_book(user_machine().sensors_file).sensors
    assert (pod.name, pod.address, pod.kinds, pod.unit) == ("Pod 7", "C0:FF:EE:00:00:07", ("foot pod",), "strides")
    assert (strap.name, strap.kinds, strap.unit) == ("Strap 9", ("heart rate",), "")
    book = open_sound_book(user_machine().sounds_file)
    assert (book.device, book.delays_s) == ("Headphones", {"Headphones": 0.18})


@pytest.mark.usefixtures("kept")
def test_every_entry_of_a_log_is_read() -> None:
    """Each kind as often as it was written, and the numbers of each."""
    entries = user_files().log_of("r7").entries
    assert Counter(map(type, entries)) == {
        CheckIn: 5,
        BaselineTaken: 2,
        ProgrammeSet: 2,
        Decided: 2,
        SessionRun: 2,
        ItemDone: 1,
    }
    said = [(one.moment, one.pain, one.session) for one in entries if isinstance(one, CheckIn)]
    assert said == [
        (Moment.BEFORE, 2, ""),
        (Moment.AFTER, 3, FIRST_RUN),
        (Moment.MORNING, 1, FIRST_RUN),
        (Moment.DURING, 4, ""),
        (Moment.DURING, 3, PAIN_RUN),
    ]
    assert [one.cadence_spm for one in entries if isinstance(one, BaselineTaken)] == [164.0, 162.0]
    names = [one.name for one in entries if isinstance(one, ProgrammeSet)]
    assert names == ["Clinic, eight sessions", "Field, six weeks"]
    assert [(one.item, one.part) for one in entries if isinstance(one, ItemDone)] == [("Calf raises", 0.5)]


@pytest.mark.usefixtures("kept")
def test_signs_to_stop_are_read() -> None:
    """Pain 6 and both flags of r8."""
    (said,) = (one for one in user_files().log_of("r8").entries if isinstance(one, CheckIn))
    assert said.pain == 6
    assert set(said.flags) == {Flag.ACUTE_CALF, Flag.NIGHT}


@pytest.mark.usefixtures("kept")
def test_a_programme_under_way_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """r7 stands at the first session of the programme set last; r8 is stopped."""
    follows = told(capsys, "programme", "next", "--athlete", "r7", "--day", "2026-03-11")
    assert (follows["programme"]["name"], follows["item"], follows["levels"]) == ("Field, six weeks", 0, 19)
    assert follows["session"]["target_ratio"] == 0.05
    stopped = told(capsys, "programme", "next", "--athlete", "r8", "--day", "2026-03-11")
    assert (stopped["verdict"], stopped["session"]) == ("stop", None)


@pytest.mark.usefixtures("kept")
def test_status_and_log_of_a_programme_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Since when it is under way, and all fourteen entries."""
    status = told(capsys, "programme", "status", "--athlete", "r7", "--day", "2026-03-11")
    assert (status["started"], status["levels"], status["programme"]["works_on"]) == ("2026-03-10", 19, "cadence")
    assert [one["cadence_spm"] for one in status["baselines"]] == [164.0, 162.0]
    assert len(told(capsys, "programme", "log", "--athlete", "r7")["entries"]) == 14


@pytest.mark.usefixtures("kept")
def test_the_baseline_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """Two runs of 12 min: 163 spm at 2.778 m/s, complete, with what was seen."""
    in_force = told(capsys, "baseline", "--athlete", "r7")["in_force"]
    assert (in_force["cadence_spm"], in_force["speed_mps"], in_force["provisional"]) == (163.0, 2.778, False)
    assert in_force["seen"] == {"pelvic drop": "7 deg", "video": "left-01.mp4"}


@pytest.mark.parametrize("has_index", [True, False])
def test_sessions_are_listed(kept: Path, capsys: pytest.CaptureFixture[str], *, has_index: bool) -> None:
    """Six, whether the list made by 0.1.0 is there or is made anew; the one that was killed has broken off."""
    if not has_index:
        (kept / "data" / "cadencecoach" / "index.sqlite").unlink()
    listed = told(capsys, "history", "list")
    rows = {row["id"]: row for row in listed["sessions"]}
    assert list(rows) == [FIRST_RUN, PAIN_RUN, GUIDED, AS_RUN, METRONOME, KILLED]
    assert (listed["unreadable"], listed["broken_off"]) == ([], [KILLED])
    assert rows[GUIDED]["mean_cadence_spm"] == pytest.approx(166.94, abs=0.005)
    assert rows[AS_RUN]["mean_cadence_spm"] == pytest.approx(168.12, abs=0.005)
    assert (rows[AS_RUN]["in_band_s"], rows[AS_RUN]["n_corrections"], rows[AS_RUN]["baseline_spm"]) == (58.0, 1, 164.0)
    assert [one["origin"] for one in rows.values()] == ["", "", "simulation", "", "simulation", "simulation"]
    assert rows[PAIN_RUN]["highest_pain"] == 3


@pytest.mark.usefixtures("kept")
def test_a_session_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Its five stages and what they asked for."""
    shown = told(capsys, "history", "show", AS_RUN)
    assert (shown["plan"], shown["end"], len(shown["stages"])) == ("Demo", "finished", 5)
    targets_spm = [stage["target_spm"] for stage in shown["stages"]]
    assert targets_spm == [None, *(pytest.approx(spm) for spm in (168.1, 172.2, 172.2, 172.2))]


@pytest.mark.parametrize("session", [PAIN_RUN, AS_RUN, METRONOME, KILLED])
@pytest.mark.usefixtures("kept")
def test_a_session_has_a_page_and_goes_into_files(session: str, tmp_path: Path) -> None:
    """A report, and the tables of all formats that need no other library."""
    page = tmp_path / "page.html"
    assert main(["history", "report", session, "-o", str(page)]) == 0
    assert "</html>" in page.read_text(encoding="utf-8")
    for ending in ("fit", "tcx", "csv", "json"):
        exported = tmp_path / f"run.{ending}"
        assert main(["history", "export", session, "-o", str(exported)]) == 0
        assert exported.stat().st_size > 100


def test_a_session_that_was_killed_is_ended(kept: Path) -> None:
    """What was written until then stays, and an end is put behind it."""
    path = kept / "data" / "cadencecoach" / "sessions" / f"{KILLED}.jsonl"
    before = read_journal(journal_lines(path)).lines
    assert main(["history", "finish", KILLED]) == 0
    after = read_journal(journal_lines(path)).lines
    assert after[: len(before)] == before
    assert [type(line) for line in after[len(before) :]] == [EndLine]


def test_a_journal_is_played_again(kept: Path, tmp_path: Path) -> None:
    """The readings of the guided run lead to a run with the same cadence, second by second."""
    path, again = kept / "data" / "cadencecoach" / "sessions" / f"{GUIDED}.jsonl", tmp_path / "again.jsonl"
    words = ["rehearse", "demo", "--feet", f"replay:{path}", "--sound", "none", "--started", "2026-03-12T08:00:00Z"]
    assert main([*words, "--journal", str(again)]) == 0
    first_spm = estimates_spm(path)
    assert len(first_spm) == 90
    assert estimates_spm(again) == first_spm


@pytest.mark.usefixtures("kept")
def test_athletes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Both; r7 with shoes and language, programme and number of sessions."""
    listed = told(capsys, "athlete", "list")["athletes"]
    assert [one["athlete"] for one in listed] == ["r7", "r8"]
    shown = told(capsys, "athlete", "show", "r7")
    assert (shown["created"], shown["language"], shown["shoes"]) == ("2026-03-01", "en", ["Blue 1"])
    assert (shown["entries"], shown["baseline_spm"]) == (14, 163.0)
    assert shown["programme"]["set"] == "2026-03-10"


@pytest.mark.usefixtures("empty")
def test_a_package_is_taken_in(capsys: pytest.CaptureFixture[str]) -> None:
    """On a machine that knows nobody: the log, both texts of programmes, and the five journals of r7."""
    assert main(["athlete", "import", str(KEPT / "r7.athlete.zip")]) == 0
    assert len(told(capsys, "programme", "log", "--athlete", "r7")["entries"]) == 14
    assert len(told(capsys, "history", "list")["sessions"]) == 5
    follows = told(capsys, "programme", "next", "--athlete", "r7", "--day", "2026-03-11")
    assert follows["programme"]["name"] == "Field, six weeks"


def test_a_package_meets_what_it_was_made_of(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is new, nothing is doubled; and an entry that was written since is kept."""
    said = ["checkin", "--athlete", "r7", "--before", "--pain", "0", "--day", "2026-03-11"]
    assert main(said) == 0
    assert main(["athlete", "import", str(kept / "r7.athlete.zip")]) == 0
    entries = told(capsys, "programme", "log", "--athlete", "r7")["entries"]
    assert (len(entries), entries[-1]["day"]) == (15, "2026-03-11")


def test_a_package_of_old_data_travels_on(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed by this version, taken in by this version: every entry of the old log is there."""
    before = user_files().log_of("r7").entries
    assert main(["athlete", "export", "r7", "-o", str(kept / "new.zip")]) == 0
    point_to(tmp_path / "other", monkeypatch)
    assert main(["athlete", "import", str(kept / "new.zip")]) == 0
    assert user_files().log_of("r7").entries == before

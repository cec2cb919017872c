"""Findings: what a clinician measured or saw."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from athlete_home import DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.record.entries import Finding
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files

VALGUS = ("--what", "knee valgus", "--side", "left", "--unit", "deg", "--method", "2D video")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with an athlete."""
    machine = Home(tmp_path / "machine").move_in(monkeypatch)
    user_files().write_profile(Profile(athlete="r7", created=DAY))
    return machine


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `finding list` prints as JSON."""
    capsys.readouterr()
    assert main(["finding", "list", "r7", "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def add(*words: str) -> int:
    """The status of `finding add`."""
    return main(["finding", "add", "r7", *words])


@pytest.mark.usefixtures("home")
def test_first_and_latest_of_the_same_measure_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """By the day they speak about; another side, unit or method is another measure."""
    add(*VALGUS, "--value", "5", "--day", "2026-03-20")
    add(*VALGUS, "--value", "8", "--day", "2026-02-20")
    add("--what", "Knee  Valgus", *VALGUS[2:], "--value", "6.5", "--day", "2026-03-01")
    add("--what", "knee valgus", "--side", "right", *VALGUS[4:], "--value", "3", "--day", "2026-03-20")
    add(*VALGUS[:-1], "goniometer", "--value", "9", "--day", "2026-03-21")
    told = listed(capsys)
    assert [one["value"] for one in told["findings"]] == [8, 6.5, 5, 3, 9]
    (compared,) = told["compared"]
    assert (compared["first"]["value"], compared["latest"]["value"], compared["change"], compared["n"]) == (8, 5, -3, 3)
    main(["finding", "list", "r7"])
    assert "knee valgus, left: 8 deg (2026-02-20) -> 5 deg (2026-03-20), -3 deg; 2D video" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_another_unit_than_before_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The finding is written down; in the same unit, or of the other side, nothing is said."""
    add(*VALGUS, "--value", "8")
    add("--what", "knee valgus", "--side", "right", "--value", "2", "--unit", "cm")
    add(*VALGUS, "--value", "7", "--unit", "DEG")
    assert capsys.readouterr().err == ""
    assert add(*VALGUS, "--value", "5", "--unit", "cm") == 0
    told = capsys.readouterr().err
    assert "knee valgus was in deg, DEG before, and is in cm: they are not compared" in told
    assert "finding withdraw r7 " in told
    assert len(listed(capsys)["findings"]) == 4


@pytest.mark.usefixtures("home")
def test_a_finding_is_withdrawn_and_stays_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    """With its reason; without an id the newest are listed."""
    add(*VALGUS, "--value", "80")
    assert main(["finding", "withdraw", "r7"]) == 2
    assert "knee valgus, left: 80 deg" in capsys.readouterr().err
    assert main(["finding", "withdraw", "r7", "last", "--because", "typed 80 for 8"]) == 0
    assert listed(capsys)["findings"] == []
    assert any(isinstance(one, Finding) for one in user_files().log_of("r7").every)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--what", " ", "--value", "1"], "--what: name what was found"),
        (["--what", "x" * 61, "--value", "1"], "at most 60"),
        (["--what", "a\nb", "--value", "1"], "--what: one line"),
        (["--what", "x"], "say what was found"),
        (["--what", "x", "--unit", "deg", "--note", "y"], "--unit goes with"),
        (["--what", "x", "--value", "nan"], "--value: a number"),
        (["--what", "x", "--value", "1e6"], "--value: a number"),
        (["--what", "x", "--value", "1", "--link"], "--link goes with --file"),
        (["--what", "x", "--value", "1", "--day", "2036-01-01"], "in the future"),
        (["--what", "x", "--value", "1", "--file", "none.mp4"], "none.mp4"),
        (["--what", "x", "--value", "1", "--file", "run.exe"], "allowed are files that end in jpg"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_is_no_finding_is_one_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    assert add(*words) == 2
    assert told in capsys.readouterr().err
    assert user_files().log_of("r7").every == ()
    assert user_files().file_names("r7") == ()


def test_a_picture_is_copied_without_its_name_and_forgotten(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For its owner only, named by its content; a second copy of the same is the same file."""
    (tmp_path / "Jo Doe.MP4").write_bytes(b"moving")
    for _ in range(2):
        assert add(*VALGUS, "--value", "8", "--file", str(tmp_path / "Jo Doe.MP4")) == 0
    one, other = listed(capsys)["findings"]
    assert one["file"] == other["file"] == user_files().file_names("r7")[0]
    assert Path(one["place"]).read_bytes() == b"moving"
    assert one["file"].endswith("-knee-valgus.mp4")
    assert home.holding("Jo Doe") == []
    if os.name == "posix":
        assert Path(one["place"]).stat().st_mode & 0o77 == 0
    assert main(["athlete", "forget", "r7", "--yes"]) == 0
    assert home.holding("moving") == []


@pytest.mark.usefixtures("home")
def test_a_link_stays_on_this_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its path is neither in the log nor in a package; when the file is moved, it says so."""
    (tmp_path / "clip.mp4").write_bytes(b"moving")
    assert add(*VALGUS, "--value", "8", "--file", str(tmp_path / "clip.mp4"), "--link") == 0
    assert listed(capsys)["findings"][0]["place"] == str(tmp_path / "clip.mp4")
    assert str(tmp_path).encode() not in user_files().own_files("r7")["log.jsonl"]
    assert user_files().file_names("r7") == ()
    (tmp_path / "clip.mp4").rename(tmp_path / "moved.mp4")
    main(["finding", "list", "r7"])
    assert "its file is not on this machine" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_files_travel_if_wished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the option they stay, and that is told; with it they arrive, once."""
    (tmp_path / "a.png").write_bytes(b"a picture")
    add(*VALGUS, "--value", "8", "--file", str(tmp_path / "a.png"))
    assert main(["athlete", "export", "r7", "-o", str(tmp_path / "plain.zip")]) == 0
    assert "1 picture or video of findings left out; --with-files" in capsys.readouterr().out
    assert main(["athlete", "export", "r7", "-o", str(tmp_path / "full.zip"), "--with-files"]) == 0
    Home(tmp_path / "other").move_in(monkeypatch)
    assert main(["athlete", "import", str(tmp_path / "plain.zip")]) == 0
    assert listed(capsys)["findings"][0]["place"] is None
    for n_new in (1, 0):
        capsys.readouterr()
        assert main(["athlete", "import", str(tmp_path / "full.zip")]) == 0
        assert ("pictures and videos: 1 new" in capsys.readouterr().out) == bool(n_new)
    assert Path(listed(capsys)["findings"][0]["place"]).read_bytes() == b"a picture"

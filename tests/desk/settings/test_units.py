"""One session in four settings, from the command line: pages differ, files do not, and times are those of the place."""

import re
from itertools import product
from pathlib import Path

import pytest
from athlete_home import Home
from sessions_folder import keep_journal

from cadencecoach.cli.main import main

WAYS = tuple(product(("metric", "imperial"), ("speed", "pace")))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with nothing on it."""
    return Home(tmp_path / "home").move_in(monkeypatch)


@pytest.mark.usefixtures("home")
@pytest.mark.slow
def test_the_same_session_in_four_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Journal, table and FIT file are the same byte for byte; summary and page are each as asked for."""
    files: dict[str, list[bytes]] = {}
    told: list[str] = []
    for units, speed_as in WAYS:
        main(["settings", "set", "units", units])
        main(["settings", "set", "speed_as", speed_as])
        folder = tmp_path / f"{units}-{speed_as}"
        folder.mkdir()
        journal = folder / "run.jsonl"
        capsys.readouterr()
        started = "2026-03-29T08:30:00+02:00"
        words = ["rehearse", "demo", "--feet", "sim:speed=3", "--sound", "none", "--started", started]
        assert main([*words, "--journal", str(journal)]) == 0
        told.append(next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Distance")))
        for form in ("csv", "fit", "tcx"):
            main(["history", "export", str(journal), "--format", form, "-o", str(folder / f"run.{form}")])
        main(["history", "report", str(journal), "-o", str(folder / "run.html")])
        for path in folder.iterdir():
            files.setdefault(path.name, []).append(path.read_bytes())
    assert {name: len(set(kept)) for name, kept in files.items()} == {
        "run.jsonl": 1,
        "run.csv": 1,
        "run.fit": 1,
        "run.tcx": 1,
        "run.html": 4,
    }
    assert [re.findall(r"km/h|/km|mph|/mi", line) for line in told] == [["km/h"], ["/km"], ["mph"], ["/mi"]]
    assert all("29 Mar 2026, 08:30" in page.decode() for page in files["run.html"])


def test_a_list_tells_the_time_each_session_had(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One of New York and one of Berlin, each by the clocks there; over midnight the day is another."""
    keep_journal(home.sessions, "2026-03-02", utc_offset_s=-5 * 3600)
    keep_journal(home.sessions, "2026-07-02", utc_offset_s=2 * 3600)
    keep_journal(home.sessions, "2026-08-02", utc_offset_s=-9 * 3600)
    assert main(["history", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "began" in lines[0]
    assert [re.search(r"\d+ \w{3} \d\d:\d\d", line)[0] for line in lines[1:]] == [  # type: ignore[index]
        "2 Mar 03:00",
        "2 Jul 10:00",
        "1 Aug 23:00",
    ]

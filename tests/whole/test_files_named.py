"""Every file that a person names, in every way it can be wrong: one line each, at once, whatever the file is for."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from athlete_home import TINY, Home
from sessions_folder import journal_text

from cadencecoach.cli.main import main

PLAN = "plan: A\nstages:\n  - {name: Run, duration: 1 s, target: free}\n"
RUN = "t_s,cadence_spm\n" + "".join(f"{second},{170 + second % 2}\n" for second in range(60))
SILENT = ("--feet", "none", "--sound", "none")


def phrases(file: str) -> list[str]:
    """A session whose settings name the file."""
    Path("settings.toml").write_text(f'[voice]\nphrases = "{file}"\n', encoding="utf-8")
    return ["rehearse", "demo", *SILENT, "--config", "settings.toml"]


NAMED: dict[str, tuple[str, Callable[[str], list[str]]]] = {
    "plan": (".yaml", lambda file: ["plan", "show", file]),
    "plan rehearsed": (".yaml", lambda file: ["rehearse", file, *SILENT]),
    "programme": (".yaml", lambda file: ["programme", "show", file]),
    "settings": (".toml", lambda file: ["rehearse", "demo", *SILENT, "--config", file]),
    "phrases": (".yaml", phrases),
    "recording as feet": (".csv", lambda file: ["rehearse", "demo", "--feet", f"replay:{file}", "--sound", "none"]),
    "journal as feet": (".jsonl", lambda file: ["rehearse", "demo", "--feet", f"replay:{file}", "--sound", "none"]),
    "recording": (".csv", lambda file: ["history", "show", file]),
    "packed recording": (".csv.gz", lambda file: ["history", "show", file]),
    "journal": (".jsonl", lambda file: ["history", "show", file]),
    "journal exported": (".jsonl", lambda file: ["history", "export", file, "-o", "out.csv"]),
    "journal reported": (".jsonl", lambda file: ["history", "report", file, "-o", "out.html"]),
    "journal finished": (".jsonl", lambda file: ["history", "finish", file]),
    "workout": (".zwo", lambda file: ["plan", "import", file]),
    "athlete": (".athlete.zip", lambda file: ["athlete", "import", file]),
}
GOOD = {
    "plan": PLAN,
    "plan rehearsed": PLAN,
    "programme": TINY,
    "settings": "",
    "recording as feet": RUN,
    "recording": RUN,
    "journal": journal_text(athlete="r7", started="2026-03-02T08:00:00Z"),
}
BIG_BYTES = 100_000_001


def folder(path: Path) -> None:
    """Make a folder of that name."""
    path.mkdir()


def missing(path: Path) -> None:
    """Make nothing."""


def pipe(path: Path) -> None:
    """Make a pipe that nobody writes to."""
    if sys.platform == "win32":
        pytest.skip("pipes have no names in folders there")
    os.mkfifo(path)


def endless(path: Path) -> None:
    """Make a name for a device that never ends."""
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no /dev/zero")
    path.symlink_to("/dev/zero")


def unreadable(path: Path) -> None:
    """Make a file that nobody may read."""
    path.write_text(PLAN, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever is root may read everything")


def huge(path: Path) -> None:
    """Make a file of 100 MB without a line break, most of which takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"a" * 1000)
        file.truncate(BIG_BYTES)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder, in which we stand, on a machine with nobody's things."""
    Home(tmp_path / "machine").move_in(monkeypatch)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home)
    return home


@pytest.mark.parametrize("make", [folder, missing, pipe, endless, unreadable, huge])
@pytest.mark.parametrize("kind", NAMED)
def test_what_cannot_be_read_is_one_line(
    kind: str, make: Callable[[Path], None], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of the file and what is wrong with it; nothing is written."""
    ending, words_of = NAMED[kind]
    make(home / f"named{ending}")
    words = words_of(f"named{ending}")
    before = list(home.iterdir())
    assert main(words) in {1, 2}
    said = capsys.readouterr()
    assert (said.out, "named" in said.err) == ("", True)
    assert len(said.err.splitlines()) == 1, said.err
    assert list(home.iterdir()) == before


@pytest.mark.parametrize("kind", GOOD)
def test_a_tilde_is_the_users_own_folder(kind: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell leaves it alone within a word, and in quotes."""
    ending, words = NAMED[kind]
    (home / f"named{ending}").write_text(GOOD[kind], encoding="utf-8")
    assert main(words(f"~/named{ending}")) == 0, capsys.readouterr().err


@pytest.mark.parametrize("kind", NAMED)
def test_a_tilde_before_a_missing_file_is_told_in_one_line(
    kind: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As any other name."""
    ending, words_of = NAMED[kind]
    words = words_of(f"~/named{ending}")
    before = list(home.iterdir())
    assert main(words) in {1, 2}
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(home.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a name cannot hold these there")
@pytest.mark.parametrize("kind", NAMED)
def test_a_name_cannot_add_a_line_or_command_the_terminal(
    kind: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong with what is in it."""
    ending, words_of = NAMED[kind]
    if kind == "phrases":
        pytest.skip("TOML takes no such name as it stands")
    name = f"named\x1b[2J\u202e\nall is fine{ending}"
    (home / name).write_bytes(b"\x00[")
    assert main(words_of(name)) in {1, 2}
    said = capsys.readouterr()
    shown = said.err + said.out
    assert r"named\x1b[2J\u202e\nall is fine" in shown
    assert not any(line.startswith("all is fine") for line in shown.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["rehearse", "demo", "--feet=sim", "--sound=none", "--journal=~/out.jsonl"],
        ["rehearse", "demo", "--feet=sim", "--sound=file:~/out.wav"],
        ["history", "export", "~/run.csv", "--output=~/out.tcx"],
        ["history", "report", "~/run.csv", "-o", "~/out.html"],
        ["plan", "show", "demo", "--svg=~/out.svg"],
        ["plan", "export", "demo", "--baseline=160", "--output=~/out.fit"],
    ],
    ids=lambda words: words[-1],
)
def test_a_tilde_is_the_users_own_folder_for_what_is_written_too(words: list[str], home: Path) -> None:
    """After `=` and `:` as well, where no shell looks."""
    (home / "run.csv").write_text(RUN, encoding="utf-8")
    (home / "elsewhere").mkdir()
    os.chdir(home / "elsewhere")
    assert main(words) == 0
    assert [path.stem for path in home.iterdir() if path.stem == "out"] == ["out"]
    assert list((home / "elsewhere").iterdir()) == []


def test_what_is_played_is_not_written_over_by_another_name_of_it(home: Path) -> None:
    """`~/run.jsonl` and its whole path are one file."""
    good = GOOD["journal"]
    (home / "run.jsonl").write_text(good, encoding="utf-8")
    words = ["rehearse", "demo", "--feet=replay:~/run.jsonl", "--sound=none", "--force", "--journal"]
    assert main([*words, str(home / "run.jsonl")]) == 2
    assert (home / "run.jsonl").read_text(encoding="utf-8") == good

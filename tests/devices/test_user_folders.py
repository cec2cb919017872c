"""A machine on which nobody has a home."""

from pathlib import Path

import pytest

from cadencecoach.cli.main import main
from cadencecoach.devices import user_folders
from cadencecoach.devices.user_folders import data_folder
from cadencecoach.errors import NoHomeError

KINDS = ("data", "config", "cache")


@pytest.fixture(params=["the library refuses", "the library leaves the sign"])
def homeless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No home, in the way of newer libraries and of older ones; the folder we stand in."""

    def ask(name: str) -> Path:
        if request.param == "the library refuses":
            raise RuntimeError
        return Path("~") / name

    for kind in KINDS:
        monkeypatch.setattr(user_folders, f"user_{kind}_path", ask)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("homeless")
def test_no_home_is_one_line() -> None:
    """It says what would help."""
    with pytest.raises(NoHomeError, match=r"no home folder is known to keep .* in; set HOME or XDG_DATA_HOME"):
        data_folder()


@pytest.mark.parametrize("words", [["history", "list"], ["athlete", "list"], ["athlete", "new", "r7"], ["baseline"]])
def test_what_is_kept_at_home_cannot_be_had(
    homeless: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """In one line; and no folder called `~` is made where we stand."""
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("no home folder is known to keep sessions and athletes in")
    assert list(homeless.iterdir()) == []


def test_what_needs_no_home_works(homeless: Path) -> None:
    """A rehearsal into files, and what is made of its journal."""
    journal = ["--journal", "run.jsonl", "--started", "2026-03-01T08:00:00Z"]
    assert main(["rehearse", "demo", "--feet", "sim", "--sound", "none", *journal]) == 0
    assert main(["history", "show", "run.jsonl"]) == 0
    assert main(["history", "export", "run.jsonl", "-o", "run.csv"]) == 0
    assert sorted(path.name for path in homeless.iterdir()) == ["run.csv", "run.jsonl"]

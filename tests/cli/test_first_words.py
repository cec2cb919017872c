"""What somebody sees who types the program's name alone, or presses Tab after it."""

from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.cli.group import COMPLETE
from cadencecoach.cli.main import main
from cadencecoach.cli.table import COMMANDS
from cadencecoach.store.plan_files import packed_plans


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder that is empty."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "cadencecoach"


def completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, at: int) -> list[str]:
    """What bash is offered for the word at a place."""
    for name, value in ((COMPLETE, "bash_complete"), ("COMP_WORDS", words), ("COMP_CWORD", str(at))):
        monkeypatch.setenv(name, value)
    assert main([]) == 0
    return [line.partition(",")[2] for line in capsys.readouterr().out.splitlines()]


def test_the_name_alone_leads_to_the_first_questions_while_nothing_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal they are told what to do instead."""
    assert main([]) == 0
    assert "there is no terminal to ask them on" in capsys.readouterr().out


def test_with_something_kept_it_is_the_help(nothing_kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A session is enough, and so is an athlete."""
    keep_journal(nothing_kept / "sessions", "2026-03-01")
    main([])
    said = capsys.readouterr()
    assert "Usage: cadencecoach [OPTIONS] COMMAND" in said.out + said.err


def test_an_athlete_is_something_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is asked anew who has begun."""
    assert main(["athlete", "new", "r7"]) == 0
    main([])
    said = capsys.readouterr()
    assert "Usage: cadencecoach [OPTIONS] COMMAND" in said.out + said.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shell: str
) -> None:
    """The line of the README prints a script that asks the program."""
    monkeypatch.setattr(
        "click.shell_completion.BashComplete._check_version", lambda *_: None
    )  # of a bash that may be old
    monkeypatch.setenv(COMPLETE, f"{shell}_source")
    assert main([]) == 0
    said = capsys.readouterr().out
    assert f"{COMPLETE}={shell}_complete" in said
    assert COMPLETE in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_commands_options_and_plans_are_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each from the table or folder that it stands in."""
    assert completed(monkeypatch, capsys, "cadencecoach ", 1) == list(COMMANDS)
    assert completed(monkeypatch, capsys, "cadencecoach met", 1) == ["metronome"]
    assert "--baseline" in completed(monkeypatch, capsys, "cadencecoach run --b", 2)
    assert completed(monkeypatch, capsys, "cadencecoach run ", 2) == list(packed_plans())
    assert completed(monkeypatch, capsys, "cadencecoach rehearse own", 2) == ["own-cadence"]
    assert completed(monkeypatch, capsys, "cadencecoach history li", 2) == ["list"]

"""The README's transcript is what is printed."""

import re
from pathlib import Path

import pytest

from cadencecoach.cli.main import main

README = Path(__file__).parents[2] / "README.md"
GAP = "[...]"


def transcript() -> list[tuple[str, list[str]]]:
    """Commands and what follows them."""
    (block,) = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(first, rest) for first, *rest in (command.splitlines() for command in commands)]


@pytest.mark.slow
@pytest.mark.parametrize("sound", ["none", ""], ids=["silent", "heard"])
def test_three_commands_lead_to_a_heard_rehearsal_and_its_report(
    sound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run in an empty folder, each prints the lines that stand below it, in order, at 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    commands = transcript()
    assert len(commands) == 3
    for command, told in commands:
        program, *words = command.split()
        assert program == "cadencecoach"
        if sound and "--sound" in words:
            words[words.index("--sound") + 1] = sound
        assert main(words) == 0
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert_told(told, printed)
    assert sound or (tmp_path / "r7.flac").stat().st_size > 1_000_000
    assert (tmp_path / "r7.html").is_file()


def assert_told(told: list[str], printed: list[str]) -> None:
    """Lines follow one another as printed; a gap stands for any number of them."""
    at, may_skip = 0, False
    for line in told:
        if line == GAP:
            may_skip = True
            continue
        found = printed.index(line, at) if may_skip else at
        assert printed[found] == line
        at, may_skip = found + 1, False
    assert may_skip or at == len(printed)

"""A command that is printed is typed as it stands, however the program was started."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cadencecoach.devices.command_line import command_line, program, quote

HERE = Path(sys.executable).parent


def started(monkeypatch: pytest.MonkeyPatch, argv0: str, orig: list[str], **environment: str) -> str:
    """What is typed before a command, in a program that was started so."""
    monkeypatch.setattr(sys, "argv", [argv0])
    monkeypatch.setattr(sys, "orig_argv", orig)
    for name in ("UV", "UV_RUN_RECURSION_DEPTH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return program()


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The program as a file that can be run."""
    path = tmp_path / "bin" / "cadencecoach"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_tool_on_the_path_is_its_name(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `uv tool install .`."""
    orig = ["python", str(script)]
    assert started(monkeypatch, str(script), orig, PATH=str(script.parent)) == "cadencecoach"


def test_one_that_the_shell_does_not_find_is_its_path(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where another of the same name is found, and where uv put it on the path of this command alone."""
    orig = ["python", str(script)]
    assert started(monkeypatch, str(script), orig, PATH="/nowhere") == shlex.quote(str(script))
    other = script.parent.parent / "other" / "cadencecoach"
    other.parent.mkdir()
    shutil.copy(script, other)
    assert started(monkeypatch, str(script), orig, PATH=str(other.parent)) == shlex.quote(str(script))
    assert started(monkeypatch, str(script), orig, PATH=str(script.parent), UV="uv") == shlex.quote(str(script))


def test_uv_run_is_printed_where_it_would_start_the_same(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the project and below it; elsewhere the path of the program is what runs."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "below").mkdir()
    (tmp_path / ".venv").symlink_to(sys.prefix)
    by_uv = {"UV": "uv", "UV_RUN_RECURSION_DEPTH": "1", "PATH": str(script.parent)}
    for folder in (tmp_path, tmp_path / "below"):
        monkeypatch.chdir(folder)
        assert started(monkeypatch, str(script), ["python", str(script)], **by_uv) == "uv run cadencecoach"
        orig = ["python", "-m", "cadencecoach"]
        assert started(monkeypatch, "__main__.py", orig, **by_uv) == "uv run python -m cadencecoach"
    monkeypatch.chdir(tmp_path.parent)
    assert started(monkeypatch, str(script), ["python", str(script)], **by_uv) == shlex.quote(str(script))


def test_a_module_is_run_by_the_same_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was typed, quoted where the shell would part it."""
    assert started(monkeypatch, "__main__.py", ["python3", "-m", "cadencecoach"]) == "python3 -m cadencecoach"
    orig = ["/my python/python", "-m", "cadencecoach", "run"]
    assert started(monkeypatch, "__main__.py", orig) == f"{quote('/my python/python')} -m cadencecoach"


def test_inside_another_program_it_is_the_plain_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook or a test has no command line of ours."""
    assert started(monkeypatch, "/usr/bin/pytest", ["python", "/usr/bin/pytest"]) == "cadencecoach"
    assert started(monkeypatch, "", ["python", "-m", "pytest"]) == "cadencecoach"
    assert command_line("history list") == "cadencecoach history list"
    assert command_line() == "cadencecoach"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("words", [[sys.executable, "-m", "cadencecoach"], [str(HERE / "cadencecoach")]])
def test_the_hint_of_a_misspelt_command_runs(words: list[str], tmp_path: Path) -> None:
    """Printed by the real program, handed to a real shell."""
    wrong = subprocess.run([*words, "runn"], check=False, capture_output=True, text=True, cwd=tmp_path)
    (hint,) = (line for line in wrong.stderr.splitlines() if line.startswith("Try '"))
    typed = hint.removeprefix("Try '").removesuffix("' for help.")
    done = subprocess.run(typed, shell=True, check=True, capture_output=True, text=True, cwd=tmp_path)  # noqa: S602
    assert done.stdout.startswith("Usage: ")

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cadencecoach.cli.main import main
from cadencecoach.view.plan.picture import MIN_WIDTH

GOOD = "plan: Läufe\nabout: Für alle.\nstages:\n  - {name: Dauerlauf, duration: 5 min, target: 170 spm}\n"
BAD = "plan: A\nstages:\n  - {name: \U0001f3c3, duration: 10}\n"
DOUBTFUL = "plan: A\nbaseline: athlete\nstages:\n  - {name: A, duration: 5 min, target: +8 %}\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a good, a bad and a doubtful plan."""
    for name, text in {"good": GOOD, "bad": BAD, "doubtful": DOUBTFUL}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "empty.yaml").touch()
    return tmp_path


def test_a_good_plan_passes(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0 and one line."""
    assert main(["plan", "check", str(files / "good.yaml")]) == 0
    assert capsys.readouterr().out == "1 file: 0 errors, 0 warnings\n"


def test_findings_of_all_files_are_told_and_counted(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, each finding as file:line:column, and a closing line."""
    names = [str(files / f"{name}.yaml") for name in ("good", "bad", "doubtful", "empty")]
    assert main(["plan", "check", *names]) == 1
    out = capsys.readouterr().out
    assert f"{names[1]}:3:25: '10' has no unit" in out
    assert f"{names[2]}:4:40: warning: +8.0 % above the baseline" in out
    assert f"{names[3]}:1:1: there is nothing in the file" in out
    assert out.endswith("4 files: 2 errors, 1 warning, 2 advice\n")


def test_a_warning_is_no_error(files: Path) -> None:
    """Status 0 where there are only warnings."""
    assert main(["plan", "check", str(files / "doubtful.yaml")]) == 0


def test_what_cannot_be_read_is_one_line_and_the_rest_is_checked(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder and a missing file: status 2, a line each on the error stream, the bad plan told all the same."""
    names = [files, files / "nowhere.yaml", files / "bad.yaml"]
    assert main(["plan", "check", *map(str, names)]) == 2
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        f"{files} is a folder; name a plan file in it",
        f"{files / 'nowhere.yaml'} does not exist; check the name of the plan file",
    ]
    assert captured.out.endswith("3 files: 1 error, 0 warnings, 2 unread\n")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Something without an end is refused before it is read."""
    assert main(["plan", "check", "/dev/zero"]) == 2
    assert capsys.readouterr().err == "/dev/zero is a device; name a plan file\n"


@pytest.mark.parametrize("name", ["x" * 5000, "a\x1b[31m"])
def test_a_strange_file_name_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Names that cannot be, or that would command the terminal."""
    assert main(["plan", "show", name]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.isprintable()


def test_check_as_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same findings for machines, and the same status."""
    assert main(["plan", "check", "--json", str(files / "bad.yaml"), str(files / "good.yaml")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["errors"], told["warnings"], told["unread"]) == (2, 1, 0, 0)
    (finding,) = told["findings"]
    assert (finding["line"], finding["column"], finding["severity"]) == (3, 25, "error")


def test_show_draws_the_plan(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, purpose, length, table, picture."""
    assert main(["plan", "show", str(files / "good.yaml")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Läufe\nFür alle.\nTotal: 5 min\n")
    assert "Dauerlauf" in out
    assert "━━━━━" in out


def test_show_as_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan as it will be run."""
    assert main(["plan", "show", "--json", str(files / "good.yaml")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["name"] == "Läufe"
    assert told["stages"][0]["target"] == {"is": "fixed", "spm": 170.0}


def test_show_of_a_bad_plan_tells_its_mistakes(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, and what check would have said."""
    assert main(["plan", "show", str(files / "bad.yaml")]) == 1
    assert "'10' has no unit" in capsys.readouterr().err


def test_schema_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """The text is the committed file's."""
    assert main(["plan", "schema"]) == 0
    committed = Path(__file__).parents[4] / "config" / "plan.schema.json"
    assert capsys.readouterr().out == committed.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8"])
@pytest.mark.parametrize("words", [("check", "bad.yaml"), ("show", "good.yaml")], ids=" ".join)
def test_a_terminal_that_knows_few_characters_is_served(
    files: Path, words: tuple[str, str], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the encoding of the terminal, everything is printed in it, and the line of the picture is a line."""
    stdout = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stdout)
    assert main(["plan", words[0], str(files / words[1])]) == (1 if words[0] == "check" else 0)
    stdout.seek(0)
    out = stdout.read()
    assert ("=====" in out or "━━━━━" in out) if words[0] == "show" else "has no unit" in out


@pytest.mark.parametrize("columns", ["1", "20", "80", "200"])
def test_any_width_is_drawn(
    files: Path, columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Narrow and wide terminals get the stage; where it would only be a heap of signs there is no picture."""
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["plan", "show", str(files / "good.yaml")]) == 0
    out = capsys.readouterr().out
    assert "Dauerlauf" in out.replace("\n", "")
    assert ("━" in out) is (int(columns) >= MIN_WIDTH)


@pytest.mark.slow
def test_a_pipe_that_knows_only_latin_1_is_served(files: Path) -> None:
    """In a process of its own: the mistakes of a plan, without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "cadencecoach", "plan", "show", str(files / "bad.yaml")],
        capture_output=True,
        check=False,
        encoding="latin-1",
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "\\U0001f3c3" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_that_comes_with_the_program_is_checked_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """As it is run, rehearsed and shown; no name at all is a mistake."""
    assert main(["plan", "check", "demo"]) == 0
    assert capsys.readouterr().out == "1 file: 0 errors, 0 warnings\n"
    assert main(["plan", "check", "demo", ""]) == 2
    assert capsys.readouterr().err.startswith("no plan given; ")

from pathlib import Path

import pytest
from made_sessions import A_SESSION, HEADER

from cadencecoach.cli.commands.history.export import FORMATS, SURFACES
from cadencecoach.cli.main import main
from cadencecoach.desk.history import exporting
from cadencecoach.record.exports import formats
from cadencecoach.record.journal import encode


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own sessions: one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "cadencecoach" / "sessions"
    folder.mkdir(parents=True)
    text = "\n".join(encode(line) for line in (HEADER, *A_SESSION)) + "\n"
    (folder / "2026-03-01T235950Z.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_the_words_of_the_command_are_those_of_the_exporter() -> None:
    """They stand there too, so that help need not load it."""
    assert tuple(formats.FORMATS) == FORMATS
    assert exporting.SURFACES == SURFACES


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["last", "--format", "fit"], "2026-03-01T235950Z.fit"),
        (["2026-03-01T235950Z", "-o", "run.tcx"], "run.tcx"),
        (["data/cadencecoach/sessions/2026-03-01T235950Z.jsonl", "--format", "CSV", "-o", "run.txt"], "run.txt"),
        (["--all", "--format", "json", "-o", "out"], "out/2026-03-01T235950Z.json"),
    ],
)
def test_a_session_by_id_last_or_path_and_all_of_them(
    sessions: Path, capsys: pytest.CaptureFixture[str], words: list[str], file: str
) -> None:
    """Exit status 0, the file is there, and one line says so on standard error."""
    assert main(["history", "export", *words]) == 0
    assert Path(file).stat().st_size > 0
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert sessions.is_dir()


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "no session given; name one, `last`, or use --all"),
        (["last", "--all"], "SESSION and --all exclude each other"),
        (["--all", "--format", "fit"], "--all: name the folder for the files: -o FOLDER"),
        (["--all", "--format", "csv", "-o", "-"], "-o FOLDER"),
        (["last"], "no format given; use --format"),
        (["last", "-o", ""], "-o: no file given"),
        (["last", "-o", "a.pdf"], "no format given"),
        (["last", "--format", "fit", "-o", "a.csv"], "the name says csv"),
        (["yesterday", "--format", "fit"], "no such session"),
        (["last", "-o", "a\0.fit"], "cannot be written"),
        (["last", "-o", "nowhere/a.fit"], "nowhere/a.fit: its folder does not exist"),
    ],
)
def test_wrong_words_are_one_line_and_exit_status_2(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    """What is wrong and what is allowed; nothing is written."""
    assert main(["history", "export", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
    assert len(told.err.splitlines()) == 1


def test_one_broken_session_of_all_gives_exit_status_2(sessions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the others are written."""
    (sessions / "broken.jsonl").write_text("nothing", encoding="utf-8")
    assert main(["history", "export", "--all", "--format", "csv", "-o", "out"]) == 2
    assert [path.name for path in Path("out").iterdir()] == ["2026-03-01T235950Z.csv"]
    assert capsys.readouterr().err.splitlines()[-1] == "out: 1 written, 0 kept, 1 refused"

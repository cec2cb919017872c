"""`history report` and `history show` as a person calls them."""

from pathlib import Path

import pytest
from drawn_sessions import made_lines
from well_formed import texts

from cadencecoach.cli.main import main
from cadencecoach.record.journal import encode

HEADER = {
    "journal": 1,
    "app": "x",
    "started": "2026-03-01T09:30:00Z",
    "plan": {"name": "Made", "sha256": ""},
    "feet": "sim",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's sessions, two of them of one athlete; we stand in a folder of our own."""
    sessions = tmp_path / "data" / "sessions"
    sessions.mkdir(parents=True)
    for day in ("2026-03-01", "2026-03-03"):
        header = HEADER | {"started": f"{day}T09:30:00Z", "athlete": "maple"}
        lines = [header, *made_lines(20)]
        (sessions / f"{day}-093000.jsonl").write_text("".join(f"{encode(one)}\n" for one in lines), encoding="utf-8")
    monkeypatch.setattr("cadencecoach.devices.user_folders.user_data_path", lambda _name: tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_last_session_becomes_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`last` is found, the page is where it was asked for, the headline is printed."""
    assert main(["history", "report", "last", "-o", "a.html"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("On target ")
    assert "a.html: " in said
    told = texts((folder / "a.html").read_text(encoding="utf-8"))
    assert told.startswith("Made")
    assert "A simulation: the runner was simulated." in told


def test_without_a_name_the_page_goes_to_report_html(folder: Path) -> None:
    """And may be made again."""
    for _ in range(2):
        assert main(["history", "report", "2026-03-01-093000"]) == 0
    assert (folder / "report.html").is_file()


def test_an_athletes_sessions_become_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both sessions count, and only theirs."""
    assert main(["history", "report", "--athlete", "maple"]) == 0
    assert "2 sessions" in texts((folder / "progress.html").read_text(encoding="utf-8"))
    assert "No baseline yet" in capsys.readouterr().out


@pytest.mark.slow
def test_a_report_takes_the_texts_of_the_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the user's own phrasebook, in both reports and in the terminal."""
    book = folder / "ours.yaml"
    book.write_text("report: {stages: Parts}\nprogress: {progress: Weeks}\nscreen: {summary_running: ran}\n", "utf-8")
    config = folder / "config"
    config.mkdir()
    (config / "settings.toml").write_text(f"[voice]\nphrases = '{book}'\n", "utf-8")
    monkeypatch.setattr("cadencecoach.devices.user_folders.user_config_path", lambda _name: config)
    assert main(["history", "report", "last"]) == 0
    assert main(["history", "report", "--athlete", "maple"]) == 0
    assert "Parts" in texts((folder / "report.html").read_text(encoding="utf-8"))
    assert "Weeks" in texts((folder / "progress.html").read_text(encoding="utf-8"))
    capsys.readouterr()
    assert main(["history", "show", "last"]) == 0
    assert " ran " in capsys.readouterr().out


def test_a_page_goes_to_standard_output(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`-o -` prints the page and nothing else."""
    assert main(["history", "report", "last", "-o", "-"]) == 0
    assert capfd.readouterr().out.startswith("<!doctype html>")
    assert not list(folder.glob("*.html"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name one session"),
        (["last", "--athlete", "maple"], "name one session"),
        (["--athlete", "nobody"], "'nobody': no session"),
        (["nothing"], "nothing: no such session"),
        (["last", "-o", ""], "no file given"),
        (["last", "-o", "data"], "is a folder"),
        (
            ["last", "-o", "data/sessions/2026-03-01-093000.jsonl"],
            "this is the journal of a run, which is never replaced",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_words_get_one_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong, and the exit status of wrong usage."""
    assert main(["history", "report", *words]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_show_tells_the_same_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Headline, picture, stages, what stayed."""
    assert main(["history", "show", "last"]) == 0
    told = capsys.readouterr().out
    for words in ("A simulation", "On target ", "With help, and without", "Helped", "Cues given"):
        assert words in told

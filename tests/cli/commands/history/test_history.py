"""`cadencecoach history`: list, show, finish and rebuild, as a person and as a program use them."""

import json
import os
from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.cli.main import main
from cadencecoach.store.user_store import user_files

FEET = {"t": 1.0, "what": "feet", "state": "live"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, with two sessions and one that broke off."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = user_files().sessions_folder
    if tmp_path not in folder.parents:
        pytest.skip("this system keeps data elsewhere")
    keep_journal(folder, "2026-03-01", athlete="A7")
    keep_journal(folder, "2026-03-02", feet="sim", plan={"name": "A plan with a name that is far too long\x1b[31m"})
    keep_journal(folder, "2026-03-03", FEET)
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """Lines on standard output, and all of standard error."""
    both = capsys.readouterr()
    return both.out.splitlines(), both.err


def test_the_list_says_what_each_session_came_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, the newest last, cut to fit, and nothing a terminal would obey; what broke off is said."""
    assert main(["history", "list"]) == 0
    (heading, first, second, third), err = said(capsys)
    assert heading.split() == ["session", "began", "athlete", "plan", "time", "mean", "target", "in", "band", "ended"]
    name, _, month, _, *others = first.split()  # its day and time depend on where this is run
    assert (name, month) == ("2026-03-01T080000Z", "Mar")
    assert others == ["A7", "Plus", "5", "01:00", "165", "165", "100", "%"]
    assert second.endswith("simulation")
    assert "far too long" not in second
    assert "\x1b" not in second
    assert third.endswith("broke off")
    assert "session 2026-03-03T080000Z broke off; nothing recorded is lost: " in err
    assert "`cadencecoach history finish 2026-03-03T080000Z`" in err
    assert (folder.parent / "index.sqlite").is_file()


@pytest.mark.parametrize(
    ("words", "want"),
    [
        (["--athlete", "A7"], ["2026-03-01"]),
        (["--since", "2026-03-02"], ["2026-03-02", "2026-03-03"]),
        (["--limit", "1"], ["2026-03-03"]),
        (["--athlete", "nobody"], []),
    ],
)
@pytest.mark.usefixtures("folder")
def test_sessions_are_chosen(words: list[str], want: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """By athlete, by day, by number; the same as JSON."""
    assert main(["history", "list", *words]) == 0
    lines, err = said(capsys)
    assert [line[:10] for line in lines[1:]] == want
    assert ("no matching session" in err) is (want == [])
    assert main(["history", "list", "--json", *words]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["day"] for row in told["sessions"]] == want
    assert told["broken_off"] == ["2026-03-03T080000Z"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["list", "--since", "yesterday"], "--since yesterday: not a date; write it as 2026-03-01"),
        (["list", "--limit", "0"], "1"),
        (["show", "nobody"], "no such session; name an id, `last`, or a journal's path"),
        (["show"], "Missing argument 'SESSION'"),
        (["finish"], "name one session, or use --all"),
        (["finish", "last", "--all"], "name one session, or use --all"),
        (["finish", "2026-03-01T080000Z"], "nothing to finish"),
        (["shwo"], "did you mean 'show'?"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_words_are_2_and_one_clear_line(words: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong and what is allowed; nothing on standard output."""
    assert main(["history", *words]) == 2
    lines, err = said(capsys)
    assert lines == []
    assert hint in err
    assert "Traceback" not in err


def test_a_file_that_is_no_journal_is_listed_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the list, with the reason; the list itself is whole."""
    (folder / "letter\x1b.jsonl").write_text("Dear runner,\n")
    assert main(["history", "list"]) == 0
    lines, err = said(capsys)
    assert len(lines) == 4
    assert "cannot be read: letter\\x1b.jsonl: line 1: not a journal" in err


def test_a_session_is_shown_by_id_and_as_the_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for a person; for a program all numbers, and the row the index holds."""
    assert main(["history", "show", "2026-03-01T080000Z"]) == 0
    assert "Session finished" in capsys.readouterr().out
    assert main(["history", "show", "2026-03-01T080000Z", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["journal"] == str(folder / "2026-03-01T080000Z.jsonl")
    assert (told["session"]["helped"]["band_s"], told["row"]["helped_s"], told["row"]["athlete"]) == (60, 60, "A7")
    assert main(["history", "show", "last", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["end"] == "interrupted"
    assert "history finish 2026-03-03T080000Z" in err


def test_a_session_is_finished(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One by name, with its summary; then there is nothing left to finish."""
    assert main(["history", "finish", "last"]) == 0
    assert "Session interrupted" in capsys.readouterr().out
    assert main(["history", "finish", "--all"]) == 0
    assert capsys.readouterr().out == "no session broke off\n"
    assert main(["history", "list"]) == 0
    lines, err = said(capsys)
    assert (lines[-1].endswith("interrupted"), err) == (True, "")
    assert folder.joinpath("2026-03-03T080000Z.jsonl").read_text().endswith('"is_added":true}\n')


def test_all_sessions_are_finished(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each; the index knows at once."""
    keep_journal(folder, "2026-03-04", FEET)
    assert main(["history", "finish", "--all", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"broken_off": ["2026-03-03T080000Z", "2026-03-04T080000Z"], "n_failed": 0}
    assert err.splitlines() == [f"2026-03-0{n}T080000Z: interrupted after 00:00, 0 steps" for n in (3, 4)]
    assert main(["history", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["broken_off"] == []


def test_the_index_is_made_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By one command, in words and as JSON, from the journals alone."""
    (folder / "letter.jsonl").write_text("Dear runner,\n")
    assert main(["history", "list"]) == 0
    os.truncate(folder.parent / "index.sqlite", 4096)
    capsys.readouterr()
    assert main(["history", "rebuild"]) == 0
    assert capsys.readouterr().out == "4 journals read, 1 of them unreadable\n"
    assert main(["history", "rebuild", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"journals": 4, "unreadable": ["letter"]}


def test_no_session_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what makes one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["history", "list"]) == 0
    assert said(capsys) == ([], "no sessions yet; `cadencecoach begin` leads to a first one\n")
    assert main(["history", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sessions": [], "unreadable": [], "broken_off": []}

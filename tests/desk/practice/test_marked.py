"""Every place where a practice athlete is seen says so, and no place that counts people counts one."""

import csv
from pathlib import Path

import pytest
from athlete_home import AT, Home
from sessions_folder import journal_text

from cadencecoach.cli.main import main
from cadencecoach.record.entries import PracticeBegun, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.record.rows import PRACTICE
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.user_store import user_files

SHOWN = (  # commands that show quinn, and the words that mark her
    (("athlete", "list"), "practice"),
    (("athlete", "show", "quinn"), "practice"),
    (("history", "list"), "practice"),
    (("history", "show", "{session}"), "practice"),
    (("history", "report", "{session}", "-o", "{folder}/session.html"), "practice"),
    (("history", "report", "--athlete", "quinn", "-o", "{folder}/progress.html"), "made up"),
    (("caseload", "--practice"), "made up"),
    (("caseload", "--practice", "--html", "{folder}/caseload.html"), "made up"),
    (("playbook", "quinn"), "made up"),
    (("playbook", "quinn", "--html", "{folder}/playbook.html"), "made up"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a real athlete and a practice one, each with a session of today."""
    home = Home(tmp_path / "machine").move_in(monkeypatch)
    store, today = user_files(), today_here()
    home.sessions.mkdir(parents=True, exist_ok=True)
    for name in ("r7", "quinn"):
        store.write_profile(Profile(athlete=name, created=today))
        header = {PRACTICE: True} if name == "quinn" else {}
        text = journal_text(started=f"{today}T08:00:00Z", athlete=name, day=f"{today}", **header)
        (home.sessions / f"{today}T080000Z-{name}.jsonl").write_text(text, encoding="utf-8")
        begun = [PracticeBegun(at=AT, day=today, story="fine")] if name == "quinn" else []
        store.add_entries(name, *begun, SessionRun(at=AT, day=today, session=f"{today}T080000Z-{name}"))
    return tmp_path


def test_whoever_sees_one_sees_that_it_is_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In lists, in reports of a session and of weeks, on the caseload, in the playbook, in the log; on paper too."""
    session, unmarked = f"{today_here()}T080000Z-quinn", []
    for words, mark in SHOWN:
        typed = [one.format(session=session, folder=folder) for one in words]
        assert main(typed) == 0, (typed, capsys.readouterr().err)
        seen = capsys.readouterr().out
        files = [Path(one) for one in typed if one.endswith(".html")]
        seen = "".join(file.read_text(encoding="utf-8") for file in files) or seen
        if mark not in seen.casefold():
            unmarked.append(words)
    assert unmarked == []


@pytest.mark.slow  # the tables are built by processes of their own
@pytest.mark.timeout(300)
def test_whoever_counts_people_counts_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the caseload, nor any table of research, with names or without."""
    assert main(["caseload", "--json"]) == 0
    told = capsys.readouterr().out
    assert '"r7"' in told
    assert "quinn" not in told
    for what, more in (("complete", ()), ("research", ("--for", "research"))):
        assert main(["cohort", "build", str(folder / what), *more]) == 0, capsys.readouterr().err
        tables = sorted((folder / what).rglob("*.csv"))
        assert "people.csv" in [table.name for table in tables]
        assert [table for table in tables if "quinn" in table.read_text(encoding="utf-8")] == []
        for name in ("people", "sessions"):
            with (folder / what / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert len(list(csv.DictReader(file))) == 1, (what, name)

"""The clinician's commands as typed in a hurry: what can be meant is taken, else one line says what is allowed."""

from pathlib import Path

import pytest
from athlete_home import DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.record.entries import Finding, Side
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files

KNEE = ("finding", "add", "r7", "--what", "knee")
MEANT = (  # what is typed, and the side and the value that are kept
    (("--side", "L", "--value", "8"), Side.LEFT, 8.0),
    (("--side", "r", "--value", "8,5"), Side.RIGHT, 8.5),
    (("--side", "Left", "--value", "-1.25"), Side.LEFT, -1.25),
    (("--side", "BOTH", "--value", "1000"), Side.BOTH, 1000.0),
    (("--side", "b", "--value", "0,1234"), Side.BOTH, 0.1234),
    (("--value", "+3"), None, 3.0),
)
REFUSED = (  # what is typed, and what the last line says
    ((*KNEE, "--side", "links", "--value", "8"), "--side links: left, right or both is allowed, or L, R, B"),
    ((*KNEE, "--side", "", "--value", "8"), "--side : left, right or both is allowed, or L, R, B"),
    ((*KNEE, "--value", "8 deg"), "--value 8 deg: a number is allowed, such as 8 or 8.5; its unit goes with --unit"),
    ((*KNEE, "--value", "1,000"), "--value 1,000: a number is allowed"),
    ((*KNEE, "--value", "nan"), "--value: a number between -1000000 and 1000000 is allowed"),
    ((*KNEE, "--value", "8", "--day", "yesterday"), "--day yesterday: not a date; write it as 2026-03-01"),
    (("finding", "add", "r9", "--what", "knee", "--value", "8"), "r9: no athlete with that name; there is r7, r8"),
    (("finding", "show", "r7"), "no command 'show'; commands: add, list, withdraw"),
    (("finding", "lst", "r7"), "no command 'lst'; did you mean 'list'?"),
    (("finding", "list"), "name the athlete: r7 | r8"),
    (("store", "person", "lst"), "no command 'lst'; did you mean 'list'?"),
    (("message", "send", "r7", "hi"), "no command 'send'; "),
    (("message", "add", "r7", " "), "a message is text of 1 to 1000 characters"),
    (("message", "list"), "name the athlete: r7 | r8"),
    (("caseload", "r7"), "no command 'r7'; commands: close, own"),
    (("caseload", "own", "r9", "4f1a"), "r9: no athlete with that name; there is r7, r8"),
    (("caseload", "close", "r7", "4f1a", "--reason", "seen"), "r7 has no open alert '4f1a'; none of theirs is open"),
    (("caseload", "--html", "nowhere/x.html"), "--html nowhere/x.html: its folder does not exist"),
    (("playbook", "r7", "--html", "nowhere/x.html"), "--html nowhere/x.html: its folder does not exist"),
    (("athlete", "add-run", "r7", "run.fit"), "run.fit does not exist; check the name of the recorded run"),
    (("athlete", "practise", "p1", "--weeks", "0"), "'--weeks': 0 is not allowed; 1 to 26 is."),
    (("athlete", "practise", "p1", "--weeks", "six"), "'--weeks': 'six' is not a whole number."),
    (("athlete", "practise", "p1", "--story", "knee"), "there is no story called knee; did you mean knee-week-2?"),
    (("athlete", "practise", "p1", "--begins", "today"), "--begins today: not a date; write it as 2026-01-05"),
    (("athlete", "practise", "r7"), "an athlete called r7 already exists: choose another name"),
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Home(tmp_path / "machine").move_in(monkeypatch)
    monkeypatch.chdir(tmp_path)
    for name in ("r7", "r8"):
        user_files().write_profile(Profile(athlete=name, created=DAY))


def test_what_can_be_meant_is_taken() -> None:
    """A side by its first letter or in any case, and a number with a comma."""
    assert [main([*KNEE, *words]) for words, _, _ in MEANT] == [0] * len(MEANT)
    kept = [one for one in user_files().log_of("r7").entries if isinstance(one, Finding)]
    assert [(one.side, one.value) for one in kept] == [(side, value) for _, side, value in MEANT]


def test_all_else_is_refused_with_what_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, the reason on the last line, and nothing is written."""
    wrong = {}
    for words, said in REFUSED:
        status, last = main(list(words)), capsys.readouterr().err.rstrip("\n").rpartition("\n")[2]
        if status != 2 or said not in last:
            wrong[words] = (status, last)
    assert wrong == {}
    assert user_files().log_of("r7").entries == ()

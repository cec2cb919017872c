"""`cadencecoach programme` as a person in a hurry uses it."""

import json
from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.cli.main import main
from cadencecoach.devices.clock import local_day
from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, Flag, ItemDone, Moment, SessionRun, Site
from cadencecoach.store.log_file import append_entries
from cadencecoach.store.own_files import LOG_NAME
from cadencecoach.store.user_store import user_files

BAD = "programme: A\ndays:\n  - {session: S, plan: refresher, minutes: 10}\n  - {rest: 1}\n"
WARNED = "programme: A\nallow: {probe: x}\ndays:\n  - {session: S, plan: refresher}\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own, with a bad programme and a doubtful one."""
    monkeypatch.setattr("cadencecoach.devices.user_folders.user_data_path", lambda name: tmp_path / name)
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "warned.yaml").write_text(WARNED, encoding="utf-8")
    return tmp_path


def test_check_tells_errors_and_warnings_of_all_files(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, each as file:line:column, and a closing line."""
    assert main(["programme", "check", "clinic8", str(home / "bad.yaml"), str(home / "warned.yaml")]) == 1
    out = capsys.readouterr().out
    assert f"{home / 'bad.yaml'}:3:35: no stage of plan 'Refresher' takes minutes" in out
    assert f"{home / 'bad.yaml'}:4:12: '1' has no unit" in out
    assert f"{home / 'warned.yaml'}:1:1: warning: 15 min at a target in all" in out
    assert out.endswith("3 programmes: 2 errors, 2 warnings\n")


def test_check_as_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for a program; a missing file is status 2 and counted."""
    assert main(["programme", "check", "--json", str(home / "bad.yaml"), "nowhere"]) == 2
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert (told["files"], told["errors"], told["unread"]) == (2, 2, 1)
    assert told["findings"][-1]["line"] == 4
    assert "there is no programme called nowhere; name a programme file, or one of clinic8" in captured.err


def test_a_plan_is_no_programme(capsys: pytest.CaptureFixture[str]) -> None:
    """The commonest mix-up is named."""
    assert main(["programme", "show", "refresher"]) == 2
    assert "refresher is a plan, one session" in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["50", "80", "200"])
def test_show_fits_every_terminal(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a table or as lines, nothing is wider than the terminal and no session is left out."""
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["programme", "show", "clinic8"]) == 0
    out = capsys.readouterr().out
    assert all(len(line) <= int(columns) for line in out.splitlines())
    assert all(f"Session {number}" in out for number in range(1, 9))
    assert "help 75 %" in out or "75 %, probe" in out


def test_show_and_schema_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every session written out; the schema as it stands in config."""
    assert main(["programme", "show", "clinic8", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [len(told["sessions"]), told["sessions"][0]["plan"]["limits"]["target_ratio"]] == [9, 0.075]
    assert main(["programme", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "cadencecoach programme"


def test_next_says_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    """After `start`: the first session; after a flag: stop, the values that decided, and that it is no diagnosis."""
    assert main(["programme", "start", "clinic8", "--athlete", "r7"]) == 0
    assert capsys.readouterr().out.startswith("Today: Session 1 (1 of 9). Verdict: begin.\n  Session 1: 23 min, +7.5 %")
    (_, log) = started()
    flag = CheckIn(at=log.at, day=log.day, moment=Moment.DURING, flags=frozenset({Flag.ACUTE_CALF}))
    append_entries(user_files().athlete_folder("r7") / LOG_NAME, "r7", [flag])
    assert main(["programme", "next", "--athlete", "r7"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Stop: do not run any more of it")
    assert f"stop       flag: acute calf ({log.day}) was flagged: stop and ask the clinician" in out
    assert out.endswith("This is a rule of thumb, not a diagnosis; the clinician decides.\n")


def started() -> tuple[Path, BaselineTaken]:
    """The log's path, and an entry of its day."""
    from cadencecoach.store.log_file import read_log  # noqa: PLC0415  # only here

    path = user_files().athlete_folder("r7") / LOG_NAME
    first = read_log(path).entries[0]
    return path, BaselineTaken(at=first.at, day=first.day, cadence_spm=164.0, seen=(("pelvic drop", "7 deg"),))


@pytest.mark.slow
def test_status_and_log_say_what_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as JSON; what a runner wrote cannot command a terminal."""
    main(["programme", "start", "clinic8", "--athlete", "r7"])
    path, baseline = started()
    entries: list[Entry] = [
        baseline,
        SessionRun(at=baseline.at, day=baseline.day, session="gone", item=0),
        CheckIn(
            at=baseline.at,
            day=baseline.day,
            moment=Moment.AFTER,
            pain=2,
            site=Site.KNEE,
            soreness_h=12,
            note="fine\x1b[2J",
        ),
        ItemDone(at=baseline.at, day=baseline.day, item="Calf raises", part=0.5),
    ]
    append_entries(path, "r7", entries)
    capsys.readouterr()
    assert main(["programme", "log", "--athlete", "r7"]) == 0
    out = capsys.readouterr().out
    assert "baseline 164.0 spm, pelvic drop: 7 deg" in out
    assert "ran Session 1: its record is missing" in out
    assert "after: pain 2, knee, sore for 12 h, fine\\x1b[2J" in out
    assert "done: Calf raises, 50 %" in out
    assert main(["programme", "status", "--athlete", "r7"]) == 0
    out = capsys.readouterr().out
    assert "level 1 of 9: rest, then hold" in out
    assert "1 run; 1 of 4 allowed in the last seven days" in out
    for command in ("status", "log", "next"):
        assert main(["programme", command, "--athlete", "r7", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["athlete"] == "r7"


WRONG = (
    (["next", "--athlete", "nobody"], "--athlete nobody: no athlete with that name; there is r7"),
    (["next", "--athlete", "../x"], "a pseudonym has 1 to 40 letters"),
    (["next", "--athlete", "r7", "--day", "tomorrow"], "--day tomorrow: not a date"),
    (["rehearse", "clinic8", "--pain", "x"], "write 'session 3: knee 4'"),
    (["rehearse", "clinic8", "--begins", "x"], "--begins x: not a date"),
    (["rehearse", "clinic8", "--runner", "foo=1"], "unknown 'foo'"),
    (["rehearse", "clinic8", "--miss", "session 20: 3 days"], "session 20 is not in the programme; it has 9"),
    (["nxt"], "did you mean 'next'?"),
)


def test_wrong_words_get_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, on standard error, no traceback."""
    main(["programme", "start", "clinic8", "--athlete", "r7"])
    capsys.readouterr()
    for words, told in WRONG:
        assert main(["programme", *words]) == 2
        assert told in capsys.readouterr().err


@pytest.mark.slow
def test_a_rehearsal_in_lines_says_that_it_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Day by day, and a stop as a stop."""
    assert main(["programme", "rehearse", "clinic8", "--pain", "session 1: limp"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Clinic, eight sessions, run through by a simulated runner\nday 1, Mon 2026-01-05: begin\n")
    assert "    flag: limp (2026-01-05) was flagged: stop and ask the clinician\n" in out
    assert "The runner was simulated" in out


PRESSED = {"t": 3.0, "what": "note", "about": "pain", "text": "pain key pressed"}
TEN = {"t": 4.0, "what": "note", "about": "pain", "text": "pain 10 of 10", "level": 10}


@pytest.mark.parametrize("words", [["next"], ["status"], ["log"]])
def test_pain_of_a_killed_run_is_known_to_whoever_asks(
    words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not only to the next run: the programme is stopped for the clinician who looks at it too."""
    assert main(["athlete", "new", "r7"]) == 0
    assert main(["programme", "start", "clinic8", "--athlete", "r7"]) == 0
    keep_journal(home / "cadencecoach" / "sessions", local_day(), PRESSED, TEN, athlete="r7")
    capsys.readouterr()
    assert main(["programme", *words, "--athlete", "r7"]) == 0
    captured = capsys.readouterr()
    assert "pain reported in it was missing from the log and is now in it" in captured.err
    assert {"next": "severe pain", "status": "stop", "log": "pain 10"}[words[0]] in captured.out


def test_a_check_in_after_a_killed_run_is_one_after_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said of that run belongs to it, and not to one that is still to come."""
    assert main(["athlete", "new", "r7"]) == 0
    assert main(["programme", "start", "clinic8", "--athlete", "r7"]) == 0
    path = keep_journal(
        home / "cadencecoach" / "sessions", local_day(), athlete="r7", programme={"name": "Clinic", "item": 0}
    )
    capsys.readouterr()
    assert main(["checkin", "--athlete", "r7", "--pain", "1", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["moment"], entry["session"]) == ("after", path.stem)

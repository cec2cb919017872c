"""A slip put right: what was said first stays in the log, and does not count."""

import io
import json
from pathlib import Path

import pytest
from athlete_home import TINY, Home

from cadencecoach.cli.main import main
from cadencecoach.devices.clock import local_day
from cadencecoach.record.entries import CheckIn, Flag, ItemDone, Site, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.user_store import user_files

NAME = "r7"
WHY = ["--because", "typed 9 for 1"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An athlete on a programme."""
    home = Home(tmp_path).move_in(monkeypatch)
    main(["athlete", "new", NAME])
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    main(["programme", "start", str(path), "--athlete", NAME])
    return home


def said() -> list[CheckIn]:
    """The check-ins that count."""
    return [one for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]


def verdict() -> str:
    """What the programme says."""
    from datetime import date  # noqa: PLC0415  # here only

    return under_way(user_files(), NAME).decision(date.fromisoformat(local_day())).verdict.value


def test_a_slip_to_pain_9_stops_until_it_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    """The way back is told with the stop; corrected, the programme goes on, and says what ended."""
    main(["checkin", "--before", "--pain", "9", "--site", "knee", "--readiness", "7"])
    assert 'checkin --athlete r7 --correct last --because "typed by mistake"` asks again' in capsys.readouterr().out
    assert verdict() == "stop"
    assert main(["checkin", "--correct", "last", "--pain", "1", *WHY]) == 0
    told = capsys.readouterr().out
    assert "before: pain 9" in told
    assert "because: typed 9 for 1" in told
    assert "this lifts the stop" in told
    assert verdict() != "stop"
    (now,) = said()
    assert (now.pain, now.site, now.readiness) == (1, Site.KNEE, 7)
    gone = [one for one in user_files().log_of(NAME).every if isinstance(one, Withdrawn)]
    assert [one.because for one in gone] == ["typed 9 for 1"]
    assert len(user_files().log_of(NAME).every) == 4


@pytest.mark.parametrize(("pain", "stops"), [("5", False), ("6", True)])
def test_a_correction_can_stop_as_well(pain: str, *, stops: bool) -> None:
    """What takes the place is an answer like any other."""
    main(["checkin", "--before", "--pain", "1"])
    main(["checkin", "--correct", "last", "--pain", pain, *WHY])
    assert (verdict() == "stop") is stops


def test_to_and_fro_within_a_second_the_last_answer_counts() -> None:
    """Pain 9 said again is not the 9 that was taken back."""
    main(["checkin", "--before", "--pain", "9"])
    for pain in ("1", "9", "1", "9"):
        assert main(["checkin", "--correct", "last", "--pain", pain, *WHY]) == 0
        assert [one.pain for one in said()] == [int(pain)]
    assert verdict() == "stop"


def test_without_an_answer_all_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a flag that was named by mistake can go."""
    main(["checkin", "--before", "--pain", "2", "--site", "knee", "--flag", "acute-calf"])
    assert verdict() == "stop"
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nshin\n0\n8\n"))
    assert main(["checkin", "--correct", "last", *WHY]) == 0
    (now,) = said()
    assert (now.pain, now.site, now.soreness, now.readiness, now.flags) == (1, Site.SHIN, 0, 8, frozenset())
    assert verdict() != "stop"


def test_options_leave_a_flag_that_was_said() -> None:
    """Another number does not take a sign to stop away."""
    main(["checkin", "--before", "--pain", "9", "--flag", "limp"])
    main(["checkin", "--correct", "last", "--pain", "1", *WHY])
    (now,) = said()
    assert now.flags == {Flag.LIMP}
    assert verdict() == "stop"


def test_no_pain_has_no_place() -> None:
    """Corrected to 0, the knee goes with it."""
    main(["checkin", "--before", "--pain", "3", "--site", "knee"])
    main(["checkin", "--correct", "last", "--pain", "0", *WHY])
    assert [(one.pain, one.site) for one in said()] == [(0, None)]


def test_moment_session_and_day_can_be_put_right() -> None:
    """Not only numbers are mistyped."""
    main(["checkin", "--before", "--pain", "3"])
    words = ["--after", "--session", "s1", "--day", "2026-01-05", "--force", *WHY]
    assert main(["checkin", "--correct", "last", *words]) == 0
    (now,) = said()
    assert (now.moment.value, now.session, now.day.isoformat(), now.pain) == ("after", "s1", "2026-01-05", 3)


def test_an_older_one_is_named_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """Where none is named they are listed, and nothing is written."""
    main(["checkin", "--before", "--pain", "9"])
    (old,) = said()
    main(["checkin", "--morning", "--pain", "2"])
    capsys.readouterr()
    assert main(["checkin", "--correct", *WHY]) == 2
    assert f"{entry_id(old)}  {old.day}  before: pain 9" in capsys.readouterr().err
    assert main(["checkin", "--correct", entry_id(old), "--pain", "1", *WHY]) == 0
    assert sorted(one.pain or 0 for one in said()) == [1, 2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--correct", "last", "--pain", "1"], "give the reason: --because"),
        (["--correct", "last", "--pain", "9", *WHY], "those are the answers already recorded"),
        (["--correct", "last", *WHY], "no answers given, nothing changed"),
        (["--correct", "last", "--done", "Calf raises", *WHY], "--done cannot be combined"),
        (["--correct", "last", "--withdraw", "last", *WHY], "--withdraw takes none"),
        (["--withdraw", "last", "--pain", "1", *WHY], "--withdraw takes none"),
        (["--withdraw", "last"], "give the reason: --because"),
        (["--pain", "1", *WHY], "add --correct or --withdraw"),
        (["--correct", "last", "--day", "2036-01-01", *WHY], "is in the future"),
        (["--correct", "last", "--day", "1999-01-01", *WHY], "more than a year ago"),
        (["--correct", "last", "--note", "x" * 2001, *WHY], "at most 2000 characters"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what is wrong; the log is as it was."""
    main(["checkin", "--before", "--pain", "9"])
    before = user_files().log_of(NAME)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    capsys.readouterr()
    assert main(["checkin", *words]) == 2
    assert told in capsys.readouterr().err
    assert user_files().log_of(NAME) == before


def test_a_check_in_and_a_tick_are_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    """For what was said of somebody else; JSON names what was withdrawn."""
    main(["checkin", "--before", "--pain", "9"])
    assert main(["checkin", "--withdraw", "last", "--because", "that was b2"]) == 0
    assert said() == []
    main(["checkin", "--done", "Calf raises"])
    capsys.readouterr()
    assert main(["checkin", "--withdraw", "last", "--because", "not done", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["withdrawn"]["because"], told["ended_stop"]) == ([], "not done", False)
    assert not any(isinstance(one, ItemDone) for one in user_files().log_of(NAME).entries)

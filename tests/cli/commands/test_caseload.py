"""`cadencecoach caseload`: lines, JSON of a fixed shape, a page, and alerts owned and closed."""

import json
from pathlib import Path

import pytest
from athlete_home import AT, TINY, Home

from cadencecoach.cli.main import main
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.entries import AlertClosed, CheckIn, Moment, PracticeBegun, ProgrammeSet
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.user_store import user_files


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A real athlete with soreness 3, and a practice athlete."""
    Home(tmp_path).move_in(monkeypatch)
    kept = user_files()
    for name in ("r7", "vera"):
        kept.write_profile(Profile(athlete=name))
    kept.add_entries("r7", CheckIn(at=AT, day=today_here(), moment=Moment.BEFORE, soreness=3))
    kept.add_entries("vera", PracticeBegun(at=AT, day=today_here(), story="x"))
    return kept


def patients(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    """What JSON says."""
    capsys.readouterr()
    assert main(["caseload", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["patients"]
    return list(told["patients"])


@pytest.mark.usefixtures("store")
def test_json_has_athlete_section_reason_and_alerts(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else; nobody who is for practice."""
    (one,) = patients(capsys)
    assert list(one) == ["athlete", "section", "reason", "alerts"]
    assert (one["athlete"], one["section"]) == ("r7", "Ask today")
    (practice,) = patients(capsys, "--practice")
    assert practice["athlete"] == "vera"
    assert str(practice["reason"]).startswith("practice: ")


@pytest.mark.usefixtures("store")
def test_lines_fit_and_practice_is_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 80 columns; what was left out is told apart from the lines."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["caseload"]) == 0
    told = capsys.readouterr()
    assert max(map(len, told.out.splitlines())) <= 80
    assert "1 patient on" in told.out
    assert "vera" not in told.out
    assert "1 practice athlete is left out" in told.err


@pytest.mark.usefixtures("store")
def test_a_page_is_written_and_not_over_another_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Again over its own; a file of somebody else's needs --force."""
    page = tmp_path / "c.html"
    assert main(["caseload", "--html", str(page)]) == 0
    assert main(["caseload", "--html", str(page)]) == 0
    assert "Ask today (1)" in page.read_text(encoding="utf-8")
    page.write_text("mine", encoding="utf-8")
    assert main(["caseload", "--html", str(page)]) == 2
    assert page.read_text(encoding="utf-8") == "mine"
    capsys.readouterr()
    assert main(["caseload", "--html", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_close_names_the_act_that_ends_the_stop(store: FileStore, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a command that is there, and no file of the programme is needed."""
    sha256 = load_programme(TINY.encode(), "tiny", lambda name: name).sha256
    store.set_programme_text("r7", TINY.encode())
    set_up = ProgrammeSet(at=AT, day=today_here(), name="Tiny", sha256=sha256)
    store.add_entries("r7", set_up, CheckIn(at=AT, day=today_here(), moment=Moment.BEFORE, pain=7))
    alert = patients(capsys)[0]["alerts"][0]["id"]  # type: ignore[index]
    assert main(["caseload", "close", "r7", alert, "--reason", "called", "--by", "KM"]) == 0
    assert 'programme end-stop --athlete r7 --because "REASON"' in capsys.readouterr().err


def test_an_alert_is_owned_and_closed(store: FileStore, capsys: pytest.CaptureFixture[str]) -> None:
    """By name; a close without a reason writes nothing; afterwards nobody is to be asked."""
    (one,) = patients(capsys)
    alert = one["alerts"][0]["id"]  # type: ignore[index]
    assert main(["caseload", "own", "r7", alert, "--by", "KM"]) == 0
    assert patients(capsys)[0]["alerts"][0]["owner"] == "KM"  # type: ignore[index]
    assert main(["caseload", "close", "r7", alert]) == 2
    assert main(["caseload", "close", "r7", alert, "--reason", "called", "--by", "KM"]) == 0
    assert isinstance(store.log_of("r7").every[-1], AlertClosed)
    assert patients(capsys)[0]["alerts"] == []
    assert main(["caseload", "own", "r7", alert]) == 2
    assert "none of theirs is open" in capsys.readouterr().err
    assert main(["caseload", "own", "r9", alert]) == 2


def test_an_empty_caseload_says_how_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And JSON has no patients."""
    Home(tmp_path).move_in(monkeypatch)
    assert main(["caseload"]) == 0
    assert "no athletes yet" in capsys.readouterr().err
    assert patients(capsys) == []


def test_only_patients_of_one_owner_are_shown(store: FileStore, capsys: pytest.CaptureFixture[str]) -> None:
    """By name or as my own account; an owner of nobody has an empty list, and practice is not told beside it."""
    store.write_profile(Profile(athlete="r8"))
    store.add_entries("r8", CheckIn(at=AT, day=today_here(), moment=Moment.BEFORE, soreness=3))
    alert = patients(capsys)[0]["alerts"][0]["id"]  # type: ignore[index]
    assert patients(capsys, "--mine") == patients(capsys, "--owner", "KM") == []
    assert main(["caseload", "own", "r7", alert, "--by", "KM"]) == 0
    assert [one["athlete"] for one in patients(capsys, "--owner", "km")] == ["r7"]
    assert patients(capsys, "--mine") == []
    assert main(["caseload", "--mine"]) == 0
    assert "has taken on no open alert" in capsys.readouterr().err
    assert main(["caseload", "--mine", "--owner", "KM"]) == 2

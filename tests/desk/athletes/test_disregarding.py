"""A session that does not count: named, taken out, and not brought back."""

import json
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
ID = "2026-03-03T080000Z"
WHY = ["--because", "my brother ran it"]
NOTE = {"t": 59.5, "what": "note", "about": "pain", "text": "pain 8 of 10", "level": 8}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An athlete on a programme; a session of it was run by somebody else, and its program was killed."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    home.journal("2026-03-03", NAME, programme={"item": 0})
    return home


def session(*words: str) -> int:
    """The command."""
    return main(["session", "--athlete", NAME, *words])


def runs() -> list[str]:
    """Sessions that count."""
    return [one.session for one in user_files().log_of(NAME).entries if isinstance(one, SessionRun)]


def test_a_session_disregarded_is_out_of_programme_and_baselines(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its row too, and the baseline that was taken from it; the mending of the log does not bring it back."""
    assert home.athlete(NAME).is_dir()
    assert session() == 0
    assert runs() == [ID]
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=DAY, cadence_spm=190.0, session=ID))
    assert [row.id for row in under_way(user_files(), NAME).rows] == [ID]
    capsys.readouterr()
    assert session("--disregard", ID, *WHY) == 0
    told = capsys.readouterr()
    assert f"session {ID} no longer counts, because: my brother ran it" in told.err
    assert "the baseline taken from it is withdrawn too" in told.err
    assert "my brother ran it" in told.out
    assert runs() == []
    assert not any(isinstance(one, BaselineTaken) for one in user_files().log_of(NAME).entries)
    assert under_way(user_files(), NAME).rows == ()
    assert mend_log(user_files(), NAME) == ()
    assert runs() == []
    assert main(["baseline", "--athlete", NAME, "--session", ID]) == 2
    assert session("--disregard", ID, *WHY) == 2
    assert "is already excluded, because: my brother ran it" in capsys.readouterr().err


@pytest.mark.parametrize("named", [[], ["2026-03-09T080000Z"]])
def test_your_sessions_are_named(home: Home, capsys: pytest.CaptureFixture[str], named: list[str]) -> None:
    """When none or an unknown one is named nothing is written."""
    assert home.athlete(NAME).is_dir()
    assert session("--disregard", *named, *WHY) == 2
    assert f"{ID}  2026-03-03  session 1 of the programme" in capsys.readouterr().err
    assert runs() == [ID]


def test_a_reason_is_wanted_and_wants_a_session(home: Home) -> None:
    """Neither goes without the other."""
    assert home.athlete(NAME).is_dir()
    assert session("--disregard", "last") == 2
    assert session(*WHY) == 2
    assert runs() == [ID]


def test_pain_that_only_the_journal_knows_goes_into_the_log(home: Home) -> None:
    """The person's pain counts, whatever becomes of the session; once, and not where the log has it."""
    path = home.journal("2026-03-04", NAME, programme={"item": 0})
    *lines, end = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, json.dumps(NOTE), end, ""]), encoding="utf-8")
    assert session("--disregard", "2026-03-04T080000Z", *WHY) == 0
    (said,) = [one for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]
    assert (said.pain, said.moment, said.session) == (8, Moment.DURING, "2026-03-04T080000Z")
    assert under_way(user_files(), NAME).decision(DAY.replace(day=5)).verdict.value == "stop"
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.DURING, session=ID, pain=1))
    assert session("--disregard", ID, *WHY) == 0
    assert len([one for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]) == 2


def test_a_sign_to_stop_that_only_the_journal_knows_goes_into_the_log(home: Home) -> None:
    """Something was wrong, which is on no scale; the log has the run, and not a word of it."""
    path = home.journal("2026-03-04", NAME, programme={"item": 0})
    *lines, end = path.read_text(encoding="utf-8").splitlines()
    note = {"t": 59.5, "what": "note", "about": "pain", "text": "unwell", "answer": "unwell"}
    path.write_text("\n".join([*lines, json.dumps(note), end, ""]), encoding="utf-8")
    run = "2026-03-04T080000Z"
    user_files().add_entries(NAME, SessionRun(at=AT, day=DAY.replace(day=4), session=run, item=0))
    assert session("--disregard", run, *WHY) == 0
    (said,) = [one for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]
    assert (said.flags, said.day) == (frozenset({Flag.UNWELL}), DAY.replace(day=4))
    assert under_way(user_files(), NAME).decision(DAY.replace(day=5)).verdict.value == "stop"


def test_sessions_are_listed_with_what_became_of_them(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON too."""
    assert home.athlete(NAME).is_dir()
    session("--disregard", "last", *WHY)
    capsys.readouterr()
    assert session("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sessions"] == [{"session": ID, "day": "2026-03-03", "item": 0, "disregarded": "my brother ran it"}]


def test_two_machines_mend_a_log_by_the_same_entry(home: Home) -> None:
    """Else a session disregarded on one of them would come back with the other's entry."""
    assert home.athlete(NAME).is_dir()
    mend_log(user_files(), NAME)
    (run,) = [one for one in user_files().log_of(NAME).entries if isinstance(one, SessionRun)]
    assert run.at == "2026-03-03T08:00:00Z"

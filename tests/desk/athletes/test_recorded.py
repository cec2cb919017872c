"""Runs that another device recorded join an athlete."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import Home, opened
from made_recordings import tcx_text

from cadencecoach.cli.main import main
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment, PracticeBegun, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.record.rows import PRACTICE
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.user_store import user_files

DAY = date(2026, 3, 1)  # of the times in made recordings
TEXT = """programme: Watch
allow: {dose: a test}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 2}
plans:
  run:
    plan: Run
    baseline: athlete
    stages:
      - {name: Run, duration: 10 min, target: +5 %, takes: [target]}
days:
  - {session: One, plan: run, target: +5 %}
  - rest: 1 day
  - {session: Two, plan: run, target: +5 %}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with an athlete whose own cadence is 160 spm, on a programme since the day before."""
    machine = Home(tmp_path / "machine").move_in(monkeypatch)
    store = user_files()
    store.write_profile(Profile(athlete="r7", created=DAY))
    for hour in (7, 8):
        taken = BaselineTaken(at=f"2026-02-28T0{hour}:00:00Z", day=DAY - timedelta(1), cadence_spm=160, duration_s=720)
        store.add_entries("r7", taken)
    raw, programme = opened(TEXT)
    at = "2026-02-28T09:00:00Z"
    begin(
        store,
        ProgrammeOrder(
            athlete="r7", raw=raw, programme=programme, level=None, because=None, at=at, day=DAY - timedelta(1)
        ),
    )
    return machine


def recording(folder: Path, spm: float, *, minutes: float = 10, name: str = "run.csv") -> Path:
    """A table of a run at a steady cadence and 2.5 m/s, whose times count from 0."""
    rows = "".join(f"{second},{spm:g},2.5\n" for second in range(round(minutes * 60) + 1))
    (folder / name).write_text(f"t_s,cadence_spm,speed_mps\n{rows}", encoding="utf-8")
    return folder / name


def added(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> dict[str, object]:
    """What `add-run` prints as JSON; it succeeds."""
    capsys.readouterr()
    assert main(["athlete", "add-run", "r7", str(path), "--json", *words]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_a_run_added_to_a_practice_athlete_is_practice(
    home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its journal says so, as every journal of somebody made up; it still joins the programme."""
    assert home.athlete("r7").is_dir()
    user_files().add_entries("r7", PracticeBegun(at="2026-02-28T06:00:00Z", day=DAY - timedelta(1), story="x"))
    assert added(capsys, recording(tmp_path, 168), "--day", "2026-03-01")["as"] == "session"
    (row,) = user_files().rows_of("r7").rows
    assert row.origin == PRACTICE


def runs() -> Sequence[SessionRun]:
    """The runs in the log."""
    return [one for one in user_files().log_of("r7").entries if isinstance(one, SessionRun)]


def test_a_run_that_fits_is_the_session_of_its_day(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the target and as long as asked for; the programme then stands behind it and asks for its rest."""
    told = added(capsys, recording(tmp_path, 168), "--day", DAY.isoformat())
    assert (told["item"], told["as"], told["day"]) == (0, "session", "2026-03-01")
    (run,) = runs()
    assert (run.item, run.day, run.session) == (0, DAY, told["session"])
    assert (home.sessions / f"{run.session}.jsonl").is_file()
    decision = under_way(user_files(), "r7").decision(DAY + timedelta(1))
    assert (decision.verdict.value, decision.not_before) == ("rest", DAY + timedelta(2))


@pytest.mark.parametrize(
    ("spm", "minutes", "day", "told"),
    [
        (160, 10, DAY, "160.0 spm were run, 168.0 spm are asked for"),
        (174, 10, DAY, "174.0 spm were run"),
        (168, 5, DAY, "5 min were run, 10 min are asked for"),
        (168, 13, DAY, "13 min were run, 10 min are asked for"),
        (168, 10, DAY - timedelta(8), "the programme began later"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_run_that_does_not_fit_is_load(
    spm: float, minutes: float, day: date, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too slow, too quick, too short, too long, or from before the programme; it says why."""
    answer = added(capsys, recording(tmp_path, spm, minutes=minutes), "--day", day.isoformat())
    assert (answer["item"], answer["as"]) == (None, "load")
    assert told in str(answer["why"])


@pytest.mark.usefixtures("home")
def test_under_a_stop_a_run_is_load_and_the_stop_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A recorded run is no way around a sign to stop."""
    limp = CheckIn(at="2026-03-01T06:00:00Z", day=DAY, moment=Moment.BEFORE, flags=frozenset({Flag.LIMP}))
    user_files().add_entries("r7", limp)
    assert added(capsys, recording(tmp_path, 168), "--day", DAY.isoformat())["item"] is None
    assert under_way(user_files(), "r7").decision(DAY).verdict.value == "stop"


@pytest.mark.usefixtures("home")
def test_load_counts_for_rest_and_for_the_sessions_of_a_week(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No session on its day; two of two allowed in a week are used up, until the first is seven days ago."""
    added(capsys, recording(tmp_path, 150), "--day", DAY.isoformat())
    first = under_way(user_files(), "r7").decision(DAY)
    assert (first.verdict.value, first.not_before) == ("rest", DAY + timedelta(1))
    added(capsys, recording(tmp_path, 151, name="two.csv"), "--day", (DAY + timedelta(1)).isoformat())
    second = under_way(user_files(), "r7").decision(DAY + timedelta(2))
    assert (second.verdict.value, second.not_before) == ("rest", DAY + timedelta(7))
    assert "2 sessions a week are allowed" in second.reasons[-1].text


@pytest.mark.usefixtures("home")
def test_a_file_is_added_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it is called; nothing is written the second time."""
    session = added(capsys, recording(tmp_path, 168), "--day", DAY.isoformat())["session"]
    again = recording(tmp_path, 168, name="again.csv")
    assert main(["athlete", "add-run", "r7", str(again), "--day", "2026-03-05"]) == 2
    assert f"again.csv was added before, as session {session}" in capsys.readouterr().err
    assert len(runs()) == 1


@pytest.mark.usefixtures("home")
def test_the_same_run_in_another_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the time it was run at; the next run of the day is another one."""
    points = ["<Cadence>80</Cadence>"] * 400
    for name, text in (("a.tcx", tcx_text(points)), ("b.tcx", tcx_text(["<Cadence>81</Cadence>"] * 400))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = added(capsys, tmp_path / "a.tcx")
    assert (told["session"], told["day"]) == ("2026-03-01T080000Z", "2026-03-01")
    assert main(["athlete", "add-run", "r7", str(tmp_path / "b.tcx")]) == 2
    assert "session 2026-03-01T080000Z was run at the same time" in capsys.readouterr().err
    later = tcx_text(points, seconds=[3600 + second for second in range(400)])
    (tmp_path / "c.tcx").write_text(later, encoding="utf-8")
    assert added(capsys, tmp_path / "c.tcx")["session"] == "2026-03-01T090000Z"


@pytest.mark.slow
@pytest.mark.usefixtures("home")
def test_a_run_of_one_athlete_is_not_added_to_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Until it was taken back there; whoever took it back by mistake adds it again."""
    user_files().write_profile(Profile(athlete="r8", created=DAY))
    (tmp_path / "a.tcx").write_text(tcx_text(["<Cadence>80</Cadence>"] * 400), encoding="utf-8")
    session = added(capsys, tmp_path / "a.tcx")["session"]
    assert main(["athlete", "add-run", "r8", str(tmp_path / "a.tcx")]) == 2
    assert f"a.tcx was added to r7 before, as session {session}" in capsys.readouterr().err
    assert user_files().log_of("r8").every == ()
    assert main(["session", "--athlete", "r7", "--disregard", str(session), "--because", "a run of r8"]) == 0
    assert main(["athlete", "add-run", "r8", str(tmp_path / "a.tcx")]) == 0
    assert main(["session", "--athlete", "r8", "--disregard", f"{session}-2", "--because", "a run of r7"]) == 0
    assert added(capsys, tmp_path / "a.tcx")["session"] == f"{session}-3"


@pytest.mark.usefixtures("home")
def test_a_file_without_a_day_needs_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And it is none that is to come."""
    path = recording(tmp_path, 168)
    assert main(["athlete", "add-run", "r7", str(path)]) == 2
    assert "run.csv does not say when it was run; give the day: --day" in capsys.readouterr().err
    assert main(["athlete", "add-run", "r7", str(path), "--day", "2036-03-01"]) == 2
    assert "is in the future" in capsys.readouterr().err
    assert runs() == []


@pytest.mark.slow
@pytest.mark.usefixtures("home")
def test_an_added_run_is_listed_reported_and_keeps_the_file_s_name_to_itself(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file's name may say who ran; log and journal do not hold it."""
    session = str(added(capsys, recording(tmp_path, 168, name="Jo Doe.csv"), "--day", DAY.isoformat())["session"])
    assert main(["history", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["sessions"]
    assert (row["id"], row["origin"], row["athlete"]) == (session, "", "r7")
    assert row["distance_m"] == pytest.approx(1500, abs=20)
    assert main(["history", "report", session, "-o", str(tmp_path / "page.html")]) == 0
    assert home.holding("Jo Doe") == []
    assert main(["athlete", "forget", "r7", "--yes"]) == 0
    assert not (home.sessions / f"{session}.jsonl").exists()

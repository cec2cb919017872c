"""Practice athletes: lived by the real rules, marked everywhere, and never a real athlete."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from athlete_home import AT, Home
from quiet_host import QuietHost
from sessions_folder import keep_journal

from cadencecoach.cli.main import main
from cadencecoach.desk.caseload.looking import look_at_caseload
from cadencecoach.desk.practice.keeping import Practised, practise
from cadencecoach.desk.practice.living import Practice
from cadencecoach.desk.practice.reading import read_story
from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.packing import pack
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.devices.clock import local_day
from cadencecoach.errors import UsageError
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.entries import (
    AlertClosed,
    CheckIn,
    Decided,
    Entry,
    Moment,
    PracticeBegun,
    SessionRun,
    is_practice,
)
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

TODAY = date.fromisoformat(local_day())
TEXT = """programme: Brief
allow: {dose: seconds long, fade: the same, week: the same}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
plans:
  brief:
    plan: Brief
    baseline: athlete
    stages:
      - {name: Run, duration: 12 s, target: +5 %, takes: [target]}
days:
  - {session: One, plan: brief, target: +5 %}
  - rest: 1 day
  - {session: Two, plan: brief, target: +5 %}
  - rest: 1 day
  - {session: Three, plan: brief, target: +5 %}
  - rest: 1 day
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A machine of its own."""
    Home(tmp_path).move_in(monkeypatch)
    return user_files()


def live(store: FileStore, days: str = "", *, name: str = "vera", n_days: int = 14, ends: date = TODAY) -> Practised:
    """A story of these days, lived."""
    programme = load_programme(TEXT.encode(), "brief", lambda one: one)
    story = read_story(f"story: Made up\ndays:\n{days}".encode() if days else b"story: Made up", "s")
    begins = ends - timedelta(days=n_days - 1)
    practice = Practice(athlete=name, raw=TEXT.encode(), programme=programme, story=story, n_days=n_days, begins=begins)
    return practise(store, practice, QuietHost())


def of_kind(log: tuple[Entry, ...], kind: type[Entry]) -> list[Any]:
    """The entries of a kind."""
    return [entry for entry in log if isinstance(entry, kind)]


@pytest.mark.slow
def test_every_decision_of_a_life_is_that_of_the_store_on_its_day(store: FileStore) -> None:
    """What was decided before each run is what `programme next` says, asked on that day of what was known then."""
    done = live(store, "  - {day: 3, after: {pain: 4, site: knee}}\n  - {day: 8, before: {soreness: 4}}\n")
    now = under_way(store, "vera")
    decided = of_kind(now.log, Decided)
    assert len(decided) == len(done.life.rows) >= 4
    for entry in decided:
        until = tuple(now.log[: now.log.index(entry)])
        rows = tuple(row for row in now.rows if row.day < entry.day)
        decision = replace(now, log=until, rows=rows).decision(entry.day)
        assert (decision.verdict.value, decision.level) == (entry.verdict, entry.level)
    assert now.decision(TODAY) == done.decision


@pytest.mark.slow
def test_pain_and_soreness_of_a_story_hold_the_programme_up(store: FileStore) -> None:
    """Knee 4 after the second session: it comes again; sore 4 before a run: it does not take place that day."""
    done = live(store, "  - {day: 3, after: {pain: 4, site: knee}}\n  - {day: 5, before: {soreness: 6}}\n")
    runs = of_kind(done.life.log, SessionRun)
    assert [run.item for run in runs][:2] == [0, 1]
    assert done.life.log[0].day == TODAY - timedelta(days=15)
    assert TODAY - timedelta(days=9) not in [run.day for run in runs]


@pytest.mark.slow
def test_silent_days_leave_nothing_in_the_log(store: FileStore) -> None:
    """Neither a run nor an answer."""
    done = live(store, "  - {day: last 11, silent: yes}\n")
    assert max(entry.day for entry in done.life.log) < TODAY - timedelta(days=10)
    (one,) = look_at_caseload(store, TODAY).patients
    assert one.section.value == "Silent"


@pytest.mark.slow
def test_a_day_without_answers_has_runs_alone(store: FileStore) -> None:
    """And what a story says is said all the same."""
    done = live(store, "  - {day: every, answers: no}\n  - {day: 1, after: {effort: 7}}\n")
    assert [(one.moment, one.effort) for one in of_kind(done.life.log, CheckIn)] == [(Moment.AFTER, 7)]


@pytest.mark.slow
def test_a_stop_is_a_stop_until_the_clinician_sets_the_programme_again(store: FileStore) -> None:
    """Nothing is run after pain 7; after the act the runs go on, and the alert is closed."""
    stopped = live(store, "  - {day: 1, after: {pain: 7}}\n")
    assert (len(stopped.life.rows), stopped.decision.verdict) == (1, Verdict.STOP)
    acts = "[{act: close alerts, because: seen}, {act: set again, because: seen}]"
    again = live(store, f"  - {{day: 1, after: {{pain: 7}}}}\n  - {{day: 4, clinician: {acts}}}\n")
    assert len(again.life.rows) > 1
    assert again.was_replaced
    assert len(of_kind(again.life.log, AlertClosed)) == 1


@pytest.mark.slow
def test_an_own_run_is_run_where_no_session_is_due(store: FileStore) -> None:
    """As a run of their own; one that is longer than the clinician allows is refused."""
    done = live(store, "  - {day: 2, own-run: 10 s}\n", n_days=2)
    assert [run.item for run in of_kind(done.life.log, SessionRun)] == [0, None]
    with pytest.raises(UsageError, match="45 min at most"):
        live(store, "  - {day: 2, own-run: 46 min}\n", n_days=2)


@pytest.mark.slow
def test_the_same_story_is_lived_the_same_twice(store: FileStore) -> None:
    """Entry by entry, row by row."""
    assert live(store, n_days=5).life.log == live(store, n_days=5).life.log


@pytest.mark.slow
def test_everything_is_marked_as_practice(store: FileStore, capsys: pytest.CaptureFixture[str]) -> None:
    """The first entry, every journal, lists, the report of progress; and its sessions are nobody's runs."""
    done = live(store, n_days=3)
    assert isinstance(done.life.log[0], PracticeBegun)
    for row in store.rows_of("vera").rows:
        assert store.journal_header(row.id)["practice"] is True
        assert (row.origin, row.was_coached) == ("practice", False)
    capsys.readouterr()
    assert main(["athlete", "list"]) == 0
    assert "vera (practice)" in capsys.readouterr().out
    assert main(["athlete", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["athletes"][0]["practice"] is True
    assert main(["programme", "next", "--athlete", "vera"]) == 0
    told = capsys.readouterr()
    assert "vera is a practice athlete" in told.out + told.err
    assert main(["history", "list"]) == 0
    assert capsys.readouterr().out.count("practice") == len(done.life.rows)
    assert main(["history", "report", "--athlete", "vera", "-o", "-"]) == 0
    assert "Practice: this athlete is made up." in capsys.readouterr().out


def test_a_real_name_is_refused(store: FileStore) -> None:
    """Also one that differs in capitals, and one that only sessions bear."""
    make_athlete(store, Profile(athlete="r7"))
    for name in ("r7", "R7"):
        with pytest.raises(UsageError, match="an athlete called r7 already exists"):
            live(store, name=name)
    assert not is_practice(store.log_of("r7").every)
    keep_journal(store.sessions_folder, "2026-03-02", athlete="r9", athlete_is_label=True)
    with pytest.raises(UsageError, match="sessions of somebody called r9 are kept"):
        live(store, name="r9")


@pytest.mark.slow
def test_a_practice_athlete_never_becomes_a_real_one(store: FileStore, tmp_path: Path) -> None:
    """Not by an import in either direction, whatever is said about differences, nor by a new athlete of the name."""
    live(store, n_days=2)
    there = FileStore(tmp_path / "there")
    make_athlete(there, Profile(athlete="vera"))
    there.add_entries("vera", CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE, pain=0))

    real, practice = tmp_path / "real.athlete.zip", tmp_path / "practice.athlete.zip"
    pack(there, "vera", real, made=AT)
    pack(store, "vera", practice, made=AT)
    for one, path in ((store, real), (there, practice)):
        with open_file(one, path) as arrived, pytest.raises(UsageError, match="they are never joined"):
            compare(one, arrived)
    with pytest.raises(UsageError, match="already exists"):
        make_athlete(store, Profile(athlete="vera"))


def test_a_practice_athlete_travels_as_one(store: FileStore, tmp_path: Path) -> None:
    """To a machine where nobody has the name."""
    live(store, n_days=2)
    pack(store, "vera", tmp_path / "vera.athlete.zip", made=AT)
    there = FileStore(tmp_path / "there")
    there.athletes_folder.mkdir(parents=True)
    with open_file(there, tmp_path / "vera.athlete.zip") as arrived:
        take_in(there, arrived, compare(there, arrived), How.ASK)
    assert is_practice(there.log_of("vera").every)


class Interrupting(QuietHost):
    """Whoever presses Ctrl-C at the first session."""

    def stop(self) -> Any:  # noqa: ANN401  # as the host's
        """At once."""
        return nullcontext(SimpleNamespace(is_set=True))


def test_what_is_interrupted_leaves_nothing(store: FileStore) -> None:
    """No athlete, no journal."""
    programme = load_programme(TEXT.encode(), "brief", lambda one: one)
    story = read_story(b"story: x", "s")
    practice = Practice(
        athlete="vera", raw=TEXT.encode(), programme=programme, story=story, n_days=3, begins=TODAY - timedelta(days=2)
    )
    assert practise(store, practice, Interrupting()).life.is_interrupted
    assert (store.athlete_names(), store.session_ids()) == ((), ())


@pytest.mark.usefixtures("store")
@pytest.mark.slow
def test_the_command_lives_a_story_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A programme and a story by their paths, up to today; JSON says it is practice."""
    (tmp_path / "brief.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("story: Mine\ndays:\n  - {day: last 3, silent: yes}\n", encoding="utf-8")
    words = ["--programme", str(tmp_path / "brief.yaml"), "--story", str(tmp_path / "mine.yaml"), "--weeks", "1"]
    assert main(["athlete", "practise", "vera", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["practice"], told["last_day"], told["story"]) == (True, TODAY.isoformat(), "Mine")
    assert main(["athlete", "practise", "vera", *words, "--begins", TODAY.isoformat()]) == 2
    assert "would end after today" in capsys.readouterr().err


def test_the_stories_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """By name, with what happens; without a name nothing else is done."""
    assert main(["athlete", "practise", "--list", "--json"]) == 0
    names = [one["story"] for one in json.loads(capsys.readouterr().out)["stories"]]
    assert {"fine", "knee-week-2", "night-pain", "silent-ten-days", "finished-and-refresher"} <= set(names)
    assert main(["athlete", "practise"]) == 2
    assert "--list shows the stories" in capsys.readouterr().err

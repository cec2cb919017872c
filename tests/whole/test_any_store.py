"""What is done for an athlete comes to the same in every store, and touches no folder that it was not handed."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from memory_store import MemoryStore
from quiet_host import QuietHost
from sessions_folder import journal_text

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.baselines import Words as BaselineWords
from cadencecoach.desk.athletes.baselines import take_baseline
from cadencecoach.desk.athletes.disregarding import disregard
from cadencecoach.desk.athletes.forgetting import forget, traces_of
from cadencecoach.desk.athletes.showing import look_up_athlete
from cadencecoach.desk.checkin.taking import Words, check_in
from cadencecoach.desk.today.running import Conditions, Run, run_for
from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.packing import pack
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.live.opening.request import Request
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_address import address_in
from cadencecoach.store.sql_database import Database

NAME = "r7"
SESSION = "2026-03-02T070000Z"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with nobody on it."""
    return Home(tmp_path / "home").move_in(monkeypatch)


@pytest.fixture(params=["files", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A new one of each kind, outside the user's folders."""
    return FileStore(tmp_path / "data") if request.param == "files" else MemoryStore()


def live_a_week(store: Store, folder: Path) -> Sequence[str]:
    """An athlete is made, put on a programme, measured and asked, and runs a session; the lines that were told."""
    folder.mkdir()
    make_athlete(store, Profile(athlete=NAME, created=DAY, shoes=("Blue",)))
    raw, programme = opened(TINY)
    begin(store, ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY))
    host = QuietHost()
    words = BaselineWords(session=None, spm=160.0, speed=None, minutes=12.0, surface="", seen=(), force=True)
    take_baseline(store, NAME, words, host, at=AT, day=DAY)
    request = Request(plan_name="", feet_text="none", sound_text="none", athlete=NAME, started=AT, day=DAY.isoformat())
    journal = folder / f"{SESSION}.jsonl"
    run = Run(athlete=NAME, request=request, journal=journal, day=DAY, conditions=Conditions(shoes="Red"))
    run_for(store, run, host)
    with journal.open("rb") as content:
        store.add_journal(SESSION, content)
    said: dict[str, Any] = {"soreness": None, "soreness_h": None, "readiness": None, "effort": 6, "mood": None}
    check_in(
        store,
        None,
        Words(
            moment="after",
            pain=3,
            site="shin",
            flags=(),
            note="a note",
            session=SESSION,
            done=("calf raises",),
            part=100.0,
            day_text=DAY.isoformat(),
            force=True,
            **said,
        ),
        host,
    )
    return host.told


def known_of(store: Store) -> tuple[object, ...]:
    """What the store knows of the athlete, without times of writing and places."""
    now, one = under_way(store, NAME), look_up_athlete(store, NAME)
    entries = tuple(type(entry).__name__ for entry in now.log)
    decision = now.decision(DAY)
    return (entries, now.rows, decision.verdict, decision.reasons, one.profile, one.n_sessions, one.baseline)


def test_a_week_comes_to_the_same_in_both_stores(home: Home, tmp_path: Path) -> None:
    """The programme, the run, the check-in and what is decided on them do not depend on what they are kept in."""
    both: tuple[Store, Store] = (FileStore(tmp_path / "data"), MemoryStore())
    for number, one in enumerate(both):
        live_a_week(one, tmp_path / str(number))
    assert known_of(both[0]) == known_of(both[1])
    assert known_of(both[1])[0] == (
        "ProgrammeSet",
        "BaselineTaken",
        "Decided",
        "SessionRun",
        "CheckIn",
        "ItemDone",
    )
    assert not home.root.exists()


def test_an_athlete_travels_from_one_store_to_the_other(home: Home, store: Store, tmp_path: Path) -> None:
    """A file packed from one is taken in by the other, and holds the same when it is packed again."""
    other: Store = MemoryStore() if isinstance(store, FileStore) else FileStore(tmp_path / "other")
    live_a_week(store, tmp_path / "week")
    first = pack(store, NAME, tmp_path / "first.zip", made=AT)
    with open_file(other, first.path) as arrived:
        taken = take_in(other, arrived, compare(other, arrived), How.ASK)
    assert (taken.n_journals, taken.n_entries[0]) == (1, 0)
    assert known_of(other) == known_of(store)
    second = pack(other, NAME, tmp_path / "second.zip", made=AT)
    assert set(second.manifest.members) == set(first.manifest.members)
    assert not home.root.exists()


def test_a_session_is_disregarded_in_every_store(home: Home, store: Store, tmp_path: Path) -> None:
    """It does not count any more, and its journal stays."""
    live_a_week(store, tmp_path / "week")
    disregard(store, NAME, "last", "not my run", at="2026-03-03T07:00:00Z", day=DAY)
    assert under_way(store, NAME).rows == ()
    assert store.has_journal(SESSION)
    assert not home.root.exists()


def test_an_athlete_is_forgotten_in_every_store(home: Home, store: Store, tmp_path: Path) -> None:
    """Nothing is left, and nothing is found afterwards."""
    live_a_week(store, tmp_path / "week")
    assert not traces_of(store, NAME).is_nobody
    forget(store, NAME)
    assert traces_of(store, NAME).is_nobody
    assert not home.root.exists()


EVERY_HISTORY_COMMAND = (
    "list --json",
    "list --athlete r7",
    "show last --json",
    "report 2026-03-02T080000Z -o report.html",
    "report --athlete r7 -o progress.html",
    "export last -o last.csv",
    "export --all --format tcx -o all",
    "finish 2026-03-04T080000Z",
    "finish 2026-03-04T080000Z",
    "finish --all --json",
    "list",
    "rebuild --json",
)


@pytest.mark.slow
def test_every_history_command_says_the_same_of_every_store(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lists, figures, reports, exports and ends do not depend on what the sessions are kept in."""
    feet: dict[str, Any] = {"t": 1.0, "what": "feet", "state": "live"}
    files = FileStore(tmp_path / "local")
    tables = SpoolingStore(Database(address_in(f"sqlite:///{tmp_path}/clinic.sqlite")), files)
    every: tuple[Store, ...] = (FileStore(tmp_path / "data"), MemoryStore(), tables)
    said: list[list[Any]] = []
    for number, store in enumerate(every):
        folder = tmp_path / f"here-{number}"
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.setattr("cadencecoach.store.user_store.user_store", lambda store=store: store)
        make_athlete(store, Profile(athlete=NAME, created=DAY))
        for day, lines in (("2026-03-02", ()), ("2026-03-03", (feet,)), ("2026-03-04", (feet,))):
            text = journal_text(*lines, started=f"{day}T08:00:00Z", athlete=NAME)
            store.add_journal(f"{day}T080000Z", io.BytesIO(text.encode()))
        said.append([])
        for command in EVERY_HISTORY_COMMAND:
            status = main(("history", *command.split()))
            out, err = capsys.readouterr()
            said[-1].append((command, status, without_place(out, tmp_path), without_place(err, tmp_path)))
        said[-1].append({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")})
        statuses = [main(("history", *command.split())) for command in ("finish 2026-03-03T080000Z", "show nothing")]
        assert statuses == [2, 2]
        capsys.readouterr()
    assert said[0] == said[1] == said[2]
    assert [status for _, status, _, _ in said[0][:-1]] == [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]
    assert not home.root.exists()


def without_place(text: str, folder: Path) -> str:
    """What was said, but for where a store keeps its journals."""
    return text.replace(f"{folder / 'data' / 'sessions'}{os.sep}", "")

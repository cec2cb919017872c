"""What is done for an athlete comes to the same in every store, and touches no folder that it was not handed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from athlete_home import AT, DAY, TINY, Home
from memory_store import MemoryStore
from quiet_host import QuietHost

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
from cadencecoach.live.opening.setup import Request
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import Order, begin, under_way
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import make_athlete

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
    text = folder / "tiny.yaml"
    text.write_text(TINY, encoding="utf-8")
    raw, programme = open_programme(text)
    begin(store, Order(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY))
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

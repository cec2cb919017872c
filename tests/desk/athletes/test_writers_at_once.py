"""Threads of one process, and writers that decide on what they read, at the files of one athlete."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.packing import pack
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.record.entries import Entry, ItemDone, ProgrammeSet, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.roster import add_to_profile, make_athlete
from cadencecoach.store.sensor_book import Remembered, change_book, open_book
from cadencecoach.store.sound_book import change_sound_book, open_sound_book
from cadencecoach.store.user_store import user_files

NAME = "r7"
N_THREADS = 8


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with one athlete."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    return home


def at_once(*works: Callable[[], object]) -> list[CadencecoachError]:
    """Do all works in threads that begin at one instant; what was refused."""
    barrier, refused = threading.Barrier(len(works)), list[CadencecoachError]()

    def worked(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        except CadencecoachError as error:
            refused.append(error)

    threads = [threading.Thread(target=worked, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def done(name: str) -> ItemDone:
    """An entry that is like no other."""
    return ItemDone(at=AT, day=DAY, item=name)


def order(path: Path, text: str, because: str | None) -> ProgrammeOrder:
    """A programme to be set."""
    path.write_text(text, encoding="utf-8")
    raw, programme = open_programme(path)
    return ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=because, at=AT, day=DAY)


@pytest.mark.slow
def test_entries_of_threads_are_all_kept_under_one_header(home: Home) -> None:
    """The first ones too, which make the file."""

    def add_many(key: int) -> None:
        for number in range(20):
            user_files().add_entries(NAME, done(f"{key}-{number}"))

    assert at_once(*(partial(add_many, key) for key in range(N_THREADS))) == []
    log = user_files().log_of(NAME)
    assert log.notes == ()
    assert {one.item for one in log.entries if isinstance(one, ItemDone)} == {
        f"{key}-{n}" for key in range(N_THREADS) for n in range(20)
    }
    assert (home.athlete(NAME) / "log.jsonl").read_bytes().count(b'{"log"') == 1


def test_what_threads_put_into_profile_and_books_is_all_kept(tmp_path: Path, home: Home) -> None:
    """Shoes, sensors and delays: each is added to what is there by then, not to what was there at first."""
    assert home.athlete(NAME).is_dir()
    sensors, sound = tmp_path / "books" / "sensors.json", tmp_path / "books" / "sound.json"

    def remember(key: int) -> None:
        add_to_profile(user_files(), NAME, shoes=f"Shoes {key}")
        sensor = Remembered(name=f"Pod {key}", address=str(key))
        change_book(sensors, lambda book: book.with_sensor(sensor))
        change_sound_book(sound, lambda book: book.with_delay(f"Card {key}", key / 100))

    assert at_once(*(partial(remember, key) for key in range(N_THREADS))) == []
    assert sorted(user_files().read_profile(NAME).shoes) == [f"Shoes {key}" for key in range(N_THREADS)]
    assert sorted(one.address for one in open_book(sensors).sensors) == [str(key) for key in range(N_THREADS)]
    assert open_sound_book(sound).delays_s == {f"Card {key}": key / 100 for key in range(N_THREADS)}


def test_of_athletes_made_at_once_with_names_alike_one_is_made(home: Home) -> None:
    """The others are told that there is one."""
    names = ("Amy", "AMY", "amy", "aMy")
    refused = at_once(*(lambda name=name: make_athlete(user_files(), Profile(athlete=name)) for name in names))
    assert len(refused) == len(names) - 1
    assert len([name for name in names if (home.athlete(name) / "profile.json").exists()]) == 1


def test_of_programmes_begun_at_once_one_is_begun(tmp_path: Path, home: Home) -> None:
    """Text and log say the same, and the other is told to say why it takes its place."""
    orders = [order(tmp_path / f"{key}.yaml", TINY.replace("Tiny", f"Tiny {key}"), None) for key in range(4)]
    refused = at_once(*(lambda one=one: begin(user_files(), one) for one in orders))
    assert len(refused) == 3
    assert all("give the reason" in str(error) for error in refused)
    (was_set,) = user_files().log_of(NAME).entries
    assert isinstance(was_set, ProgrammeSet)
    assert under_way(user_files(), NAME).programme.name == was_set.name
    assert home.athlete(NAME).is_dir()


@pytest.mark.slow
def test_a_programme_that_is_being_exchanged_is_read_before_or_after(tmp_path: Path, home: Home) -> None:
    """Whoever asks meanwhile sees text and log of one moment, and is not told that they differ."""
    begin(user_files(), order(tmp_path / "a.yaml", TINY, None))
    orders = [order(tmp_path / f"{key}.yaml", TINY.replace("Tiny", f"Tiny {key}"), "a test") for key in range(6)]
    works = [
        lambda: [begin(user_files(), one) for one in orders],
        *[lambda: [under_way(user_files(), NAME) for _ in range(15)]] * 2,
    ]
    assert at_once(*works) == []
    assert under_way(user_files(), NAME).programme.name == "Tiny 5"
    assert home.athlete(NAME).is_dir()


def test_a_missed_session_is_put_into_the_log_once(tmp_path: Path, home: Home) -> None:
    """Two programs that mend at one instant do not both write it."""
    begin(user_files(), order(tmp_path / "a.yaml", TINY, None))
    home.journal("2026-03-02", NAME, programme={"name": "Tiny", "item": 0}, feet="ble")
    told: list[Sequence[str]] = []
    assert at_once(*[lambda: told.append(mend_log(user_files(), NAME))] * 4) == []
    assert sum(isinstance(one, SessionRun) for one in user_files().log_of(NAME).entries) == 1
    assert sum(map(len, told)) == 1


def package(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> Path:
    """The same athlete from another machine, with shoes of its own."""
    Home(tmp_path / "other").move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, shoes=("Red",)))
    user_files().add_entries(NAME, *entries)
    packed = pack(user_files(), NAME, tmp_path / "r7.zip", made=AT).path
    home.move_in(monkeypatch)
    return packed


def test_what_is_written_while_an_import_is_decided_is_kept(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge joins what is here when it writes, entries and shoes, not what was here when it compared."""
    file = package(tmp_path, home, monkeypatch, done("there"))
    with open_file(user_files(), file) as arrived:
        found = compare(user_files(), arrived)
        user_files().add_entries(NAME, done("here"))
        add_to_profile(user_files(), NAME, shoes="Blue")
        taken = take_in(user_files(), arrived, found, How.MERGE)
    assert {one.item for one in user_files().log_of(NAME).entries if isinstance(one, ItemDone)} == {"here", "there"}
    assert sorted(user_files().read_profile(NAME).shoes) == ["Blue", "Red"]
    assert taken.n_entries == (1, 2)


def test_an_import_that_no_longer_only_adds_is_told(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --merge or --replace nothing of the log is written when an entry has come here meanwhile."""
    file = package(tmp_path, home, monkeypatch, done("there"))
    with open_file(user_files(), file) as arrived:
        found = compare(user_files(), arrived)
        assert found.conflicts == ()
        user_files().add_entries(NAME, done("here"))
        with pytest.raises(UsageError, match=r"1 entry only here, 1 only in the file.*use --merge or --replace"):
            take_in(user_files(), arrived, found, How.ASK)
    assert user_files().log_of(NAME).entries == (done("here"),)


def test_a_log_with_two_headers_travels_and_merges(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header is no entry: neither here nor in a file is it compared, merged or counted."""
    path = home.athlete(NAME) / "log.jsonl"
    user_files().add_entries(NAME, done("one"), done("two"))
    header, one, two = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(header + one + header + two)
    file = package(tmp_path, home, monkeypatch, done("one"), done("two"), done("three"))
    with open_file(user_files(), file) as arrived:
        found = compare(user_files(), arrived)
        assert (found.log.only_here, len(found.log.only_there)) == ((), 1)
        take_in(user_files(), arrived, found, How.ASK)
    assert (user_files().log_of(NAME).notes, len(user_files().log_of(NAME).entries)) == ((), 3)


def test_a_package_is_of_one_moment(tmp_path: Path, home: Home) -> None:
    """Who packs waits for who writes, and the other way round."""
    user_files().add_entries(NAME, done("one"))
    packing = threading.Thread(target=pack, args=(user_files(), NAME, tmp_path / "r7.zip"), kwargs={"made": AT})
    with user_files().lock_athletes():
        packing.start()
        user_files().add_entries(NAME, done("two"))
    packing.join()
    with open_file(user_files(), tmp_path / "r7.zip") as arrived:
        assert b'"two"' in (arrived.folder / "log.jsonl").read_bytes()
    assert home.athlete(NAME).is_dir()

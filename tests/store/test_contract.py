"""What every store does, whatever it keeps athletes and sessions in."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from each_row import each_row
from memory_store import MemoryStore
from sessions_folder import journal_text
from sql_stores import clinic_store, new_database, sqlite_store

from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.entry_lines import entry_id, line_of_entry
from cadencecoach.record.journal import line_text
from cadencecoach.record.lines import EndLine
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import add_to_profile, make_athlete, the_athlete

DAY = date(2026, 3, 2)
SAID = CheckIn(at="2026-03-02T07:00:00Z", day=DAY, moment=Moment.BEFORE, pain=2)
LATER = replace(SAID, at="2026-03-02T09:00:00Z", moment=Moment.AFTER)
SESSION = "2026-03-02T080000Z"
TAKING_A_NAME: dict[str, Callable[[Store, str], object]] = {
    "hold_athlete": lambda store, name: store.hold_athlete(name).__enter__(),
    "is_kept": lambda store, name: store.is_kept(name),
    "place_of": lambda store, name: store.place_of(name),
    "read_profile": lambda store, name: store.read_profile(name),
    "write_profile": lambda store, name: store.write_profile(Profile(athlete=name)),
    "belongings": lambda store, name: store.belongings(name),
    "forget": lambda store, name: store.forget(name),
    "own_files": lambda store, name: store.own_files(name),
    "log_of": lambda store, name: store.log_of(name),
    "add_entries": lambda store, name: store.add_entries(name, SAID),
    "log_lines": lambda store, name: store.log_lines(name),
    "write_log": lambda store, name: store.write_log(name, ()),
    "programme_text": lambda store, name: store.programme_text(name),
    "set_programme_text": lambda store, name: store.set_programme_text(name, b"a"),
    "keep_programme_text": lambda store, name: store.keep_programme_text(name, b"a"),
    "programme_texts": lambda store, name: store.programme_texts(name),
}


KINDS = [
    *("files", "memory", "sqlite"),
    pytest.param("postgresql", marks=pytest.mark.slow),
    pytest.param("clinic", marks=pytest.mark.slow),
]


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new one of each kind."""
    if request.param == "files":
        yield FileStore(tmp_path / "data")
    elif request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        with sqlite_store(tmp_path) as made:
            yield made
    else:
        with new_database(request.getfixturevalue("postgresql")) as made:
            yield made if request.param == "postgresql" else clinic_store(made, tmp_path / "here")


def journal(*, athlete: str, started: str = "2026-03-02T08:00:00Z") -> io.BytesIO:
    """A session's journal."""
    return io.BytesIO(journal_text(athlete=athlete, started=started).encode())


def test_nobody_is_kept_at_first(store: Store) -> None:
    """A store that is new has no athletes and no sessions, and says so without complaint."""
    assert store.athlete_names() == ()
    assert not store.is_kept("r7")
    assert (store.log_of("r7").every, store.log_lines("r7"), store.programme_text("r7")) == ((), (), None)
    assert (store.rows_of("r7").rows, list(store.journals_of("r7"))) == ((), [])
    assert store.read_profile("r7") == Profile(athlete="r7")
    assert store.belongings("r7").place is None


def test_every_session_is_listed_the_newest_first(store: Store) -> None:
    """Those of athletes and of guests, with what they were; a file that is no journal is told."""
    assert store.listed_sessions().sessions == ()
    for hour, athlete in (("08", "r7"), ("10", ""), ("09", "r8")):
        store.add_journal(f"2026-03-02T{hour}0000Z", journal(athlete=athlete, started=f"2026-03-02T{hour}:00:00Z"))
    store.add_journal("2026-03-02T110000Z", io.BytesIO(b"no journal"))
    listing = store.listed_sessions()
    assert [one.athlete for one in listing.sessions] == ["", "r8", "r7"]
    assert {(one.kind, one.day, one.is_ended) for one in listing.sessions} == {("run", DAY, True)}
    assert all(one.spark and one.duration_s > 0 for one in listing.sessions)
    assert len(listing.notes) == 1
    assert listing.notes[0].startswith("2026-03-02T110000Z")
    assert store.n_unread_sessions() == 0


@each_row("method", TAKING_A_NAME)
def test_a_name_that_is_no_pseudonym_is_refused(store: Store, method: str) -> None:
    """Every method that takes a name refuses one that could be a path or a device."""
    for name in ("../r7", "", "a b", "con", "r7/..", "r\x007"):
        with pytest.raises(UsageError, match="a pseudonym has"):
            TAKING_A_NAME[method](store, name)


def test_a_profile_is_read_back(store: Store) -> None:
    """An athlete is kept once there is a profile, and listed by name."""
    for name in ("r9", "r7"):
        store.write_profile(Profile(athlete=name, created=DAY, language="de", shoes=("Blue",)))
    assert store.athlete_names() == ("r7", "r9")
    assert store.is_kept("r7")
    assert store.read_profile("r7") == Profile(athlete="r7", created=DAY, language="de", shoes=("Blue",))


def test_entries_are_added_in_order(store: Store) -> None:
    """What is added is read back after what was there, as entries and as lines."""
    store.write_profile(Profile(athlete="r7"))
    store.add_entries("r7", SAID)
    store.add_entries("r7", LATER)
    assert store.log_of("r7").entries == store.log_of("r7").every == (SAID, LATER)
    lines = store.log_lines("r7")
    assert [line["id"] for line in lines] == [entry_id(SAID), entry_id(LATER)]
    assert {line["author"] for line in lines} == {"runner"}
    assert len({line["device"] for line in lines}) == 1
    assert store.log_of("r7").athlete == "r7"


def test_nothing_is_added_for_an_athlete_who_is_not_kept(store: Store) -> None:
    """An entry written late does not make a forgotten athlete anew."""
    with pytest.raises(UsageError, match="the athlete r7 no longer exists: nothing was written"):
        store.add_entries("r7", SAID)
    assert not store.is_kept("r7")


def test_a_log_is_replaced_as_a_whole(store: Store) -> None:
    """An import may put other lines in, of later versions too; an athlete with a log, even an empty one, is kept."""
    store.write_log("r7", ())
    assert store.is_kept("r7")
    unknown = {"what": "of-a-later-version", "at": "2027-01-01T00:00:00Z", "day": "2027-01-01"}
    store.write_log("r7", (line_of_entry(LATER), unknown))
    assert store.log_lines("r7") == (line_of_entry(LATER), unknown)
    assert store.log_of("r7").entries == (LATER,)


def test_one_programme_text_is_in_force_and_others_are_kept(store: Store) -> None:
    """Setting a text replaces the one before; what is to be kept is kept under another name."""
    store.set_programme_text("r7", b"programme: One\n")
    where = store.keep_programme_text("r7", b"programme: One\n")
    store.set_programme_text("r7", b"programme: Two\n")
    text = store.programme_text("r7")
    assert text is not None
    assert (text.raw, text.source != where) == (b"programme: Two\n", True)
    assert set(store.programme_texts("r7")) == {b"programme: One\n", b"programme: Two\n"}
    store.keep_programme_text("r7", b"programme: One\n")
    assert len(store.programme_texts("r7")) == 2


def test_a_journal_is_put_in_once(store: Store) -> None:
    """A second one of the same id is refused, and the first stays byte for byte."""
    first = journal(athlete="r7", started="2026-03-02T08:00:00Z")
    assert not store.has_journal(SESSION)
    assert store.add_journal(SESSION, first)
    assert store.has_journal(SESSION)
    assert not store.add_journal(SESSION, journal(athlete="r9"))
    with store.open_journal(SESSION) as content:
        assert content.read() == first.getvalue()
    assert not store.is_running(SESSION)


def test_a_journal_is_exchanged_and_another_kept_beside_it(store: Store) -> None:
    """What is kept beside counts as no session, and goes with its athlete."""
    store.write_profile(Profile(athlete="r7"))
    store.add_journal(SESSION, journal(athlete="r7"))
    longer = journal(athlete="r7", started="2026-03-02T08:00:00Z")
    with store.open_journal(SESSION) as content:
        store.keep_journal(SESSION, content)
    assert store.replace_journal(SESSION, longer)
    with store.open_journal(SESSION) as content:
        assert content.read() == longer.getvalue()
    assert list(store.journals_of("r7")) == [SESSION]
    assert len(store.rows_of("r7").rows) == 1
    store.forget("r7")
    assert not store.has_journal(SESSION)


def test_sessions_are_found_by_athlete_and_by_id(store: Store) -> None:
    """Rows and ids are those of the athlete that the header names; a session is loaded by its id or as the last."""
    for day, name in (("2026-03-04", "r7"), ("2026-03-02", "r7"), ("2026-03-06", "r9")):
        store.add_journal(f"{day}T080000Z", journal(athlete=name, started=f"{day}T08:00:00Z"))
    ids = ["2026-03-02T080000Z", "2026-03-04T080000Z"]
    assert list(store.journals_of("r7")) == [row.id for row in store.rows_of("r7").rows] == ids
    assert store.journal_header(ids[0])["athlete"] == "r7"
    assert store.load_session(ids[1]).id == ids[1]
    assert store.load_session("last").id == "2026-03-06T080000Z"


def test_a_session_that_is_not_there_is_refused(store: Store) -> None:
    """An unknown id has no header and cannot be loaded or opened."""
    assert store.journal_header("nothing") == {}
    for read in (store.load_session, store.open_journal):
        with pytest.raises(UsageError, match=r"no such session|cannot be read"):
            read("nothing")


@each_row("session", ["../x", "", "a/b", "a\\b", "a\0", "..", "."])
def test_an_id_that_could_be_a_path_names_no_journal(store: Store, session: str) -> None:
    """Ids stand in logs and packages that others wrote."""
    assert not store.has_journal(session)
    assert not store.is_running(session)
    assert store.journal_header(session) == {}
    with pytest.raises(UsageError, match="cannot be"):
        store.open_journal(session)
    with pytest.raises(UsageError, match="cannot be"):
        store.add_journal(session, journal(athlete="r7"))
    with pytest.raises(UsageError, match="cannot be"):
        store.end_journal(session, "{}")


def test_a_person_finds_a_session_by_id_as_the_last_or_a_file(store: Store, tmp_path: Path) -> None:
    """What is kept here is an id, whatever else is called like it; any other file is its path."""
    for day in ("2026-03-04", "2026-03-02"):
        store.add_journal(f"{day}T080000Z", journal(athlete="r7", started=f"{day}T08:00:00Z"))
    assert store.session_ids() == ("2026-03-02T080000Z", "2026-03-04T080000Z")
    assert store.find_session("2026-03-02T080000Z") == "2026-03-02T080000Z"
    assert store.find_session("last") == "2026-03-04T080000Z"
    (tmp_path / "run.csv").write_text("t_s,cadence_spm\n", encoding="utf-8")
    assert store.find_session(str(tmp_path / "run.csv")) == tmp_path / "run.csv"
    for other in ("nothing", "", str(tmp_path / "nothing.csv")):
        with pytest.raises(UsageError, match="no such session"):
            store.find_session(other)


def test_the_newest_sessions_are_those_written_last(store: Store) -> None:
    """As many as are asked for; a session that was given its end is the newest."""
    assert store.newest_sessions(2) == ()
    for number, day in enumerate(("2026-03-04", "2026-03-02", "2026-03-03")):
        store.add_journal(f"{day}T080000Z", journal(athlete="r7", started=f"{day}T08:00:00Z"))
        let_time_pass(store, f"{day}T080000Z", 1_800_000_000 + number)
    assert store.newest_sessions(2) == ("2026-03-03T080000Z", "2026-03-02T080000Z")
    assert len(store.newest_sessions(9)) == 3
    store.end_journal("2026-03-04T080000Z", line_text(EndLine(60.0, "stopped", is_added=True)))
    let_time_pass(store, "2026-03-04T080000Z", 1_800_000_003)
    assert store.newest_sessions(1) == ("2026-03-04T080000Z",)


@pytest.mark.parametrize("torn", [b"", b'{"t": 61.0, "wh'])
def test_an_end_stands_behind_the_last_whole_line(store: Store, torn: bytes) -> None:
    """What a power cut left of a line is cut off, and nothing else is changed."""
    whole = b"".join(journal(athlete="r7").getvalue().splitlines(keepends=True)[:-1])
    store.add_journal(SESSION, io.BytesIO(whole + torn))
    end = line_text(EndLine(60.0, "interrupted", is_added=True))
    store.end_journal(SESSION, end)
    with store.open_journal(SESSION) as content:
        assert content.read() == whole + f"{end}\n".encode()
        content.seek(len(whole))
        assert content.readline() == f"{end}\n".encode()


def test_every_session_is_a_row_once_it_was_read(store: Store) -> None:
    """The newest last, chosen by athlete, day and number; broken ones and those without an end are told apart."""
    raw = journal(athlete="r9", started="2026-03-05T08:00:00Z").getvalue()
    contents = {
        "2026-03-04T080000Z": journal(athlete="r7", started="2026-03-04T08:00:00Z"),
        "2026-03-02T080000Z": journal(athlete="r7"),
        "2026-03-05T080000Z": io.BytesIO(b"".join(raw.splitlines(keepends=True)[:-1])),
        "broken": io.BytesIO(b"Dear runner,\n"),
    }
    told: list[tuple[int, int]] = []
    with store.sessions() as sessions:
        assert sessions.rows() == ()
        for session, content in contents.items():
            store.add_journal(session, content)
        assert sessions.refresh(lambda n_done, n_all: told.append((n_done, n_all))) >= 3
        assert told[0][0] == 0
        ids = [row.id for row in sessions.rows()]
        assert ids == ["2026-03-02T080000Z", "2026-03-04T080000Z", "2026-03-05T080000Z"]
        assert sessions.values(("id", "athlete")) == list(zip(ids, ("r7", "r7", "r9"), strict=True))
        assert [row.id for row in sessions.rows(athlete="r7", limit=1)] == ids[1:2]
        assert [row.id for row in sessions.rows(since=date(2026, 3, 4))] == ids[1:]
        assert sessions.rows(limit=0) == ()
        assert [one.id for one in sessions.unreadable()] == ["broken"]
        assert sessions.unreadable()[0].problem
        assert sessions.broken_off_ids() == tuple(ids[2:])
        assert sessions.rebuild() == 4
        assert [row.id for row in sessions.rows()] == ids
        assert sessions.notes == ()


def let_time_pass(store: Store, session: str, to_s: int) -> None:
    """Where a store goes by the times of files, give a journal another; two may be of one tick of a clock."""
    if isinstance(store, FileStore):
        os.utime(store.journal_path(session), (to_s, to_s))


def test_a_journal_anywhere_is_loaded_by_its_path(store: Store, tmp_path: Path) -> None:
    """A file of the user's needs no place in the store."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(journal(athlete="r7").getvalue())
    assert store.load_session(str(path)).journal.header["athlete"] == "r7"
    assert not store.is_among_sessions(path)


def test_an_athlete_who_is_held_is_not_forgotten(store: Store) -> None:
    """As long as a run or a check-in goes on, all of the athlete stays."""
    store.write_profile(Profile(athlete="r7"))
    with store.hold_athlete("r7") as hold:
        with pytest.raises(UsageError, match="finish that first"):
            store.forget("r7")
        assert not hold.is_lost
    store.forget("r7")
    assert not store.is_kept("r7")
    assert hold.is_lost


def test_nobody_holds_an_athlete_who_is_not_kept(store: Store) -> None:
    """A hold does not make an athlete."""
    with pytest.raises(UsageError, match="the athlete r7 no longer exists"), store.hold_athlete("r7"):
        pass


def test_all_of_an_athlete_is_forgotten_and_nothing_of_another(store: Store) -> None:
    """Profile, log, texts, journals and rows go; what is kept of others stays as it was."""
    for name, session in (("r7", "2026-03-02T080000Z"), ("r9", "2026-03-03T080000Z")):
        store.write_profile(Profile(athlete=name))
        store.add_entries(name, SAID)
        store.set_programme_text(name, b"programme: One\n")
        store.add_journal(session, journal(athlete=name, started=f"{session[:10]}T08:00:00Z"))
    before, rows = dict(store.own_files("r9")), store.rows_of("r9")
    assert store.rows_of("r7").rows
    kept = store.belongings("r7")
    assert (set(kept.files), kept.journals) == ({"profile.json", "log.jsonl", "programme.yaml"}, (SESSION,))
    store.forget("r7")
    assert store.athlete_names() == ("r9",)
    assert (store.own_files("r7"), store.rows_of("r7").rows, store.has_journal(SESSION)) == ({}, (), False)
    assert (store.own_files("r9"), store.rows_of("r9")) == (before, rows)


def test_own_files_are_the_same_from_every_store(tmp_path: Path) -> None:
    """What travels does not depend on what it was kept in."""
    both: tuple[Store, Store] = (FileStore(tmp_path), MemoryStore())
    for store in both:
        store.write_profile(Profile(athlete="r7", created=DAY, shoes=("Blå",)))
        store.add_entries("r7", SAID, LATER)
        store.set_programme_text("r7", b"programme: Two\n")
        store.keep_programme_text("r7", b"programme: One\n")
    for store in both:
        (line,) = store.log_lines("r7")[:1]
        store.write_log("r7", [{**one, "device": "d1"} for one in store.log_lines("r7")])
        assert line["device"] != "d1"  # drawn by chance, the only thing that differs
    assert both[0].own_files("r7") == both[1].own_files("r7")
    assert len(both[0].own_files("r7")) == 4


def test_a_staging_folder_is_gone_afterwards(store: Store) -> None:
    """What is unpacked there leaves no trace, and is no athlete meanwhile."""
    with store.staging_folder() as folder:
        (folder / "a").write_bytes(b"a")
        assert store.athlete_names() == ()
    assert not folder.exists()


def test_the_lock_is_for_one_thread_at_a_time(store: Store) -> None:
    """The thread that has the lock may take it again; another one waits for it."""
    store.write_profile(Profile(athlete="r7"))
    other = threading.Thread(target=store.add_entries, args=("r7", LATER))
    with store.lock_athletes(), store.lock_athletes():
        other.start()
        store.add_entries("r7", SAID)
        assert store.log_of("r7").entries == (SAID,)
    other.join()
    assert store.log_of("r7").entries == (SAID, LATER)


def test_a_new_athlete_differs_from_others_by_more_than_capitals(store: Store) -> None:
    """Some disks take the two for the same."""
    make_athlete(store, Profile(athlete="maple"))
    with pytest.raises(UsageError, match="an athlete called maple already exists"):
        make_athlete(store, Profile(athlete="Maple"))


def test_the_athlete_is_the_one_named_or_the_only_one(store: Store) -> None:
    """With several nobody is guessed, and a misspelt name gets a hint."""
    with pytest.raises(UsageError, match="no athletes yet"):
        the_athlete(store, None)
    make_athlete(store, Profile(athlete="maple"))
    assert the_athlete(store, None) == "maple"
    with pytest.raises(UsageError, match="did you mean maple"):
        the_athlete(store, "mapel")
    make_athlete(store, Profile(athlete="oak"))
    with pytest.raises(UsageError, match="name the athlete"):
        the_athlete(store, None)


def test_a_run_adds_shoes_and_sensors_to_the_profile_once(store: Store) -> None:
    """What was there stays, and what is new stands behind it."""
    make_athlete(store, Profile(athlete="r7", shoes=("Blue",)))
    for _ in range(2):
        add_to_profile(store, "r7", shoes="Red", sensors=("Pod",), day=DAY)
    profile = store.read_profile("r7")
    assert (profile.shoes, profile.sensors, profile.created) == (("Blue", "Red"), ("Pod",), DAY)


def test_a_mark_changes_with_everything_kept_of_an_athlete(store: Store) -> None:
    """Profile, log, programme, a journal; and with nothing that is another's."""
    store.write_profile(Profile(athlete="r7"))
    store.write_profile(Profile(athlete="r8"))
    marks = [store.athlete_marks()]
    store.add_entries("r7", SAID)
    marks.append(store.athlete_marks())
    store.write_profile(Profile(athlete="r7", language="de"))
    marks.append(store.athlete_marks())
    store.set_programme_text("r7", b"programme: x")
    marks.append(store.athlete_marks())
    store.add_journal(SESSION, journal(athlete="r7"))
    marks.append(store.athlete_marks())
    assert len({one["r7"] for one in marks}) == len(marks)
    assert len({one["r8"] for one in marks}) == 1
    assert store.athlete_marks() == marks[-1]


def test_a_fold_is_handed_out_for_its_mark_alone(store: Store) -> None:
    """Another mark is another athlete's, or of yesterday; whoever is taken out is gone."""
    with store.folds() as folds:
        folds.keep({"r7": ("mark", "fold"), "r8": ("other", "fold")})
    with store.folds() as folds:
        assert dict(folds.read({"r7": "mark", "r8": "mark"})) == {"r7": "fold"}
        folds.drop_others(["r8"])
        assert dict(folds.read({"r7": "mark", "r8": "other"})) == {"r8": "fold"}


def test_nothing_worked_out_of_a_forgotten_athlete_is_left(store: Store) -> None:
    """Forgetting takes the folds out too."""
    store.write_profile(Profile(athlete="r7"))
    with store.folds() as folds:
        folds.keep({"r7": ("mark", "fold")})
    store.forget("r7")
    with store.folds() as folds:
        assert dict(folds.read({"r7": "mark"})) == {}

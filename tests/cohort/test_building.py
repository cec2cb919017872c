"""The research tables of a store: who and what is in them, and what is never in those for research."""

import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from here import POOL
from memory_store import MemoryStore
from sessions_folder import journal_text

from cadencecoach.cohort.building import Built, build_cohort
from cadencecoach.cohort.writing import can_write_parquet
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Decided,
    Finding,
    Flag,
    Message,
    Moment,
    PracticeBegun,
    ProgrammeSet,
    SessionRun,
    Side,
    Site,
    To,
    Withdrawn,
)
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import Store

DAY, ONE = date(2026, 3, 2), timedelta(days=1)
AT = "2026-03-02T07:00:00Z"
NAME, WORD = "anna", "Zauberwort"  # of an athlete, and in every text that somebody could write
Rows = list[dict[str, str]]


@pytest.fixture(params=["files", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """One athlete, whose log and journal hold the word wherever a word may stand."""
    kept: Store = FileStore(tmp_path / "data") if request.param == "files" else MemoryStore()
    kept.write_profile(Profile(athlete=NAME))
    run = ran(kept, NAME, DAY + 2 * ONE, plan={"name": WORD, "sha256": WORD}, surface=WORD)
    kept.add_entries(
        NAME,
        BaselineTaken(
            at=AT, day=DAY, cadence_spm=164.0, surface=WORD, taken_by=WORD, accepted=WORD, seen=((WORD, WORD),)
        ),
        Finding(
            at=AT, day=DAY, measure=WORD, side=Side.LEFT, value=8.0, unit=WORD, method=WORD, note=WORD, file="f.jpg"
        ),
        ProgrammeSet(at=AT, day=DAY, name=WORD, sha256=WORD, because=WORD),
        Decided(at=AT, day=DAY + ONE, verdict=WORD, level=0, reasons=(f"pain: {WORD} on 2026-03-02", f"{WORD}: x")),
        SessionRun(at=AT, day=DAY + 2 * ONE, session=run, item=0, shoes="=1+1", surface=WORD),
        CheckIn(at=AT, day=DAY + 3 * ONE, moment=Moment.MORNING, session=run, pain=0, note=WORD),
        CheckIn(
            at=AT, day=DAY + 4 * ONE, moment=Moment.AFTER, session=WORD, pain=3, site=Site.KNEE, flags=frozenset(Flag)
        ),
        Message(at=AT, day=DAY, to=To.RUNNER, text=WORD),
    )
    return kept


def ran(store: Store, name: str, day: date, **header: object) -> str:
    """A minute of running on a day; the answer is its id."""
    session = f"{day}T080000Z-{name}"
    text = journal_text(started=f"{day}T08:00:00Z", day=f"{day}", athlete=name, **header)
    text = text.replace('"name":"Run"', f'"name":"{WORD}"')
    assert store.add_journal(session, io.BytesIO(text.encode()))
    return session


def build(store: Store, folder: Path, **more: Any) -> Built:  # noqa: ANN401  # arguments
    """The complete tables, where nothing else is said."""
    return build_cohort(store, folder, POOL, **{"for_research": False, **more})


def table(folder: Path, name: str) -> Rows:
    """A CSV by the standard library."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(rows: Rows, *names: str) -> list[tuple[str, ...]]:
    """Some of its columns."""
    return [tuple(row[name] for name in names) for row in rows]


def test_everything_that_counts_is_there(store: Store, tmp_path: Path) -> None:
    """With days, pseudonyms, people's words; a message is in no table."""
    built = build(store, tmp_path / "t")
    n_rows = {"people": 1, "sessions": 1, "checkins": 2, "baselines": 1, "decisions": 2, "findings": 1}
    assert {name: number for name, number in built.n_rows.items() if name != "series"} == n_rows
    (person,) = table(tmp_path / "t", "people")
    assert (person["athlete"], person["first_day"], person["n_days"]) == (NAME, "2026-03-02", "4")
    (session,) = table(tmp_path / "t", "sessions")
    assert (session["day"], session["day_offset"], session["mean_cadence_spm"]) == ("2026-03-04", "2", "165")
    assert columns(table(tmp_path / "t", "decisions"), "by", "verdict") == [("clinician", "set"), ("rules", WORD)]
    assert columns(table(tmp_path / "t", "findings"), "measure", "side", "value") == [(WORD, "left", "8")]


def test_what_a_person_decided_is_not_the_rules(tmp_path: Path) -> None:
    """A hold by hand, and a level set with a programme; a reason that begins as a rule does names none."""
    store = MemoryStore()
    store.write_profile(Profile(athlete=NAME))
    held = Decided(at=AT, day=DAY, verdict="hold", level=0, reasons=("pain: she told me",), by_hand=True)
    level = Decided(at=AT, day=DAY, verdict="hold", level=1, reasons=("set by hand to 'Run'",))
    store.add_entries(NAME, held, level, Decided(at=AT, day=DAY, verdict="hold", level=1, reasons=("pain: 4",)))
    build(store, tmp_path / "t")
    told = columns(table(tmp_path / "t", "decisions"), "by", "rules")
    assert told == [("clinician", ""), ("clinician", ""), ("rules", "pain")]


def test_no_word_name_or_day_is_in_the_tables_for_research(store: Store, tmp_path: Path) -> None:
    """Nowhere in any file, in whatever form; the numbers are there."""
    build(store, tmp_path / "t", for_research=True)
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "t").rglob("*.csv"))
    text += (tmp_path / "t" / "dictionary.md").read_text(encoding="utf-8")
    if can_write_parquet():
        from pyarrow import parquet  # noqa: PLC0415  # an extra

        text += "".join(f"{parquet.read_table(path).to_pydict()}" for path in (tmp_path / "t").rglob("*.parquet"))
    told = {word for word in (NAME, WORD, "2026", "f.jpg", "1+1", "desk", "runner\n") if word in text}
    assert told == set()
    (session,) = table(tmp_path / "t", "sessions")
    assert (session["athlete"], session["session"], session["day_offset"]) == ("P01", "S001", "2")
    assert (session["surface"], session["mean_cadence_spm"]) == ("other", "165")
    checks = table(tmp_path / "t", "checkins")
    assert columns(checks, "session", "day_offset", "pain", "site") == [("S001", "3", "0", ""), ("", "4", "3", "knee")]
    decided = table(tmp_path / "t", "decisions")
    assert columns(decided, "verdict", "rules") == [("set", ""), ("other", "pain")]


def test_what_is_not_known_is_empty_and_never_0(store: Store, tmp_path: Path) -> None:
    """Pain that was rated 0 is 0; what was not asked is nothing."""
    build(store, tmp_path / "t")
    assert columns(table(tmp_path / "t", "checkins"), "pain", "soreness", "effort")[0] == ("0", "", "")
    (session,) = table(tmp_path / "t", "sessions")
    assert (session["mean_speed_mps"], session["distance_m"], session["highest_pain"]) == ("", "", "")


def test_no_text_is_a_formula_for_a_spreadsheet(store: Store, tmp_path: Path) -> None:
    """It begins with an apostrophe."""
    build(store, tmp_path / "t")
    assert columns(table(tmp_path / "t", "sessions"), "shoes") == [("'=1+1",)]


def test_practice_guests_and_rehearsals_are_in_no_table(store: Store, tmp_path: Path) -> None:
    """Nor a journal marked as practice that names somebody real; practice athletes are counted."""
    store.write_profile(Profile(athlete="vera"))
    store.add_entries("vera", PracticeBegun(at=AT, day=DAY, story="x"), CheckIn(at=AT, day=DAY, moment=Moment.BEFORE))
    ran(store, "vera", DAY, practice=True)
    ran(store, "guest", DAY)
    ran(store, NAME, DAY, practice=True)
    ran(store, NAME, DAY + 5 * ONE, feet="sim")
    ran(store, NAME, DAY + 6 * ONE, rehearsal=True)
    built = build(store, tmp_path / "t")
    assert (built.n_practice, built.n_rows["people"], built.n_rows["sessions"], built.n_rows["checkins"]) == (
        1,
        1,
        1,
        2,
    )
    assert "1 practice athlete" in (tmp_path / "t" / "dictionary.md").read_text(encoding="utf-8")


def test_what_was_taken_back_does_not_stand_there(store: Store, tmp_path: Path) -> None:
    """A withdrawn check-in, and a session that was excluded with its series."""
    log = store.log_of(NAME).entries
    gone = [one for one in log if isinstance(one, SessionRun) or (isinstance(one, CheckIn) and one.pain == 3)]
    store.add_entries(NAME, *(Withdrawn(at=AT, day=DAY, entry=entry_id(one), because="x") for one in gone))
    built = build(store, tmp_path / "t")
    assert (built.n_rows["sessions"], built.n_rows["series"], built.n_rows["checkins"]) == (0, 0, 1)


def test_a_journal_that_cannot_be_read_is_told_and_holds_up_nothing(store: Store, tmp_path: Path) -> None:
    """By its id to whoever builds; as a number in the dictionary."""
    store.add_journal("2026-03-09T080000Z", io.BytesIO(b'{"journal": 1, "athlete": "anna"}\nno line\n{"t": 1}\n'))
    built = build(store, tmp_path / "t", for_research=True)
    assert len(built.problems) == 1
    assert "2026-03-09T080000Z" in built.problems[0]
    assert built.n_rows["sessions"] == 1
    text = (tmp_path / "t" / "dictionary.md").read_text(encoding="utf-8")
    assert "Left out: 1 session that cannot be read." in text
    assert "2026-03-09" not in text


def test_a_log_that_cannot_be_read_leaves_out_its_athlete_only(tmp_path: Path) -> None:
    """And is told by name."""
    kept = FileStore(tmp_path / "data")
    for name in ("r7", "r8"):
        kept.write_profile(Profile(athlete=name))
        kept.add_entries(name, CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=1))
    log = next((tmp_path / "data").rglob("r8/*.jsonl"))
    log.write_text(f"{json.dumps({'log': 2, 'athlete': 'r8'})}\nno line\n{{}}\n", encoding="utf-8")
    built = build(kept, tmp_path / "t")
    assert columns(table(tmp_path / "t", "people"), "athlete") == [("r7",)]
    assert len(built.problems) == 1
    assert built.problems[0].startswith("r8: ")


def test_names_for_research_are_drawn_anew(tmp_path: Path) -> None:
    """Neither order nor number of anybody follows from their names: of 12 athletes it is the same once in 10^8."""
    kept = MemoryStore()
    for n in range(12):
        kept.write_profile(Profile(athlete=f"r{n:02}"))
        kept.add_entries(f"r{n:02}", BaselineTaken(at=AT, day=DAY, cadence_spm=150.0 + n))
    orders = []
    for folder in ("a", "b"):
        build(kept, tmp_path / folder, for_research=True)
        orders.append(columns(table(tmp_path / folder, "baselines"), "athlete", "cadence_spm"))
    assert [name for name, _ in orders[0]] == [f"P{n:02}" for n in range(1, 13)]
    assert sorted(spm for _, spm in orders[0]) == sorted(spm for _, spm in orders[1])
    assert orders[0] != orders[1]


def stop_at(n_most: int) -> Callable[[int, int], None]:
    """A Ctrl-C as soon as so many sessions are done."""

    def tell(n_done: int, _all: int) -> None:
        if n_done >= n_most:
            raise KeyboardInterrupt

    return tell


@pytest.mark.parametrize("for_research", [False, True])
def test_broken_off_it_goes_on_and_what_was_there_stays(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, for_research: bool
) -> None:
    """Parts that were made are not made again; for research the names that were drawn stand until the end."""
    monkeypatch.setattr("cadencecoach.cohort.series.PART_SESSIONS", 2)
    for n in range(5):
        ran(store, NAME, DAY + (10 + n) * ONE)
    build(store, tmp_path / "t", parquet_alone=False)
    before = (tmp_path / "t" / "people.csv").read_bytes()
    ran(store, NAME, DAY + 30 * ONE)
    for stopped_at in (0, 3, 4):
        with pytest.raises(KeyboardInterrupt):
            build(store, tmp_path / "new", for_research=for_research, tell=stop_at(stopped_at))
        assert not (tmp_path / "new").exists()
    built = build(store, tmp_path / "new", for_research=for_research)
    assert built.n_new == 3
    assert built.n_rows["sessions"] == 7
    assert len(table(tmp_path / "new", "sessions")) == 7
    assert len(list((tmp_path / "new" / "series").glob("*.csv"))) == 4
    assert (tmp_path / "t" / "people.csv").read_bytes() == before
    assert not (tmp_path / ".new.building").exists()
    assert (tmp_path / "new" / "parts.json").exists() is not for_research


def test_only_what_is_new_or_changed_is_folded(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full parts stay; one with a session that went, and the one that is not full, are made anew."""
    monkeypatch.setattr("cadencecoach.cohort.series.PART_SESSIONS", 2)
    runs = [ran(store, NAME, DAY + (10 + n) * ONE) for n in range(4)]
    assert build(store, tmp_path / "t").n_new == 5
    assert build(store, tmp_path / "t").n_new == 0
    ran(store, NAME, DAY + 20 * ONE)
    assert build(store, tmp_path / "t").n_new == 2
    (run,) = store.add_entries(NAME, SessionRun(at=AT, day=DAY + 10 * ONE, session=runs[0], item=0))
    store.add_entries(NAME, Withdrawn(at=AT, day=DAY, entry=entry_id(run), because="x"))
    assert build(store, tmp_path / "t").n_new == 1
    build(store, tmp_path / "whole")
    told = {name: [table(tmp_path / folder, name) for folder in ("t", "whole")] for name in ("sessions", "people")}
    assert all(one == other for one, other in told.values())
    rows = [
        sorted(str(row) for path in (tmp_path / folder / "series").glob("*.csv") for row in rows_of(path))
        for folder in ("t", "whole")
    ]
    assert rows[0] == rows[1]


def rows_of(path: Path) -> Rows:
    """A CSV by its path."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_that_are_there_are_replaced_whole(store: Store, tmp_path: Path) -> None:
    """By those for research, too: nothing of the complete ones is left."""
    build(store, tmp_path / "t")
    build(store, tmp_path / "t", for_research=True)
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["t"]
    assert columns(table(tmp_path / "t", "people"), "athlete") == [("P01",)]


def a_link(folder: Path) -> None:
    """To a folder."""
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to(folder.parent / "elsewhere")


def a_foreign_file(folder: Path) -> None:
    """Among tables."""
    build(MemoryStore(), folder)
    (folder / "thesis.docx").write_text("mine", encoding="utf-8")


def a_foreign_part(folder: Path) -> None:
    """Among the parts of the series."""
    build(MemoryStore(), folder)
    (folder / "series" / "mine.csv").write_text("mine", encoding="utf-8")


def a_table_of_others(folder: Path) -> None:
    """Of the same name, without our dictionary."""
    folder.mkdir()
    (folder / "people.csv").write_text("mine", encoding="utf-8")


def a_folder_of_that_name(folder: Path) -> None:
    """Where a table should be."""
    build(MemoryStore(), folder)
    (folder / "people.csv").unlink()
    (folder / "people.csv").mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (a_link, "this is a link"),
        (lambda folder: folder.write_text("mine"), "this is a file"),
        (a_foreign_file, "holds thesis.docx, which is not of such tables"),
        (a_foreign_part, "holds series/mine.csv"),
        (a_table_of_others, "holds people.csv"),
        (a_folder_of_that_name, "holds people.csv"),
    ],
    ids=["link", "file", "foreign", "part", "others", "within"],
)
def test_nothing_of_others_is_written_over(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    """One line says what is in the way, and it stays."""
    make(tmp_path / "t")
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=words):
        build(MemoryStore(), tmp_path / "t")
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_an_empty_folder_is_taken_and_a_missing_one_above_it_is_a_mistake(tmp_path: Path) -> None:
    """As with every file that is asked for."""
    (tmp_path / "t").mkdir()
    assert build(MemoryStore(), tmp_path / "t").n_rows["people"] == 0
    with pytest.raises(UsageError, match="does not exist"):
        build(MemoryStore(), tmp_path / "no" / "t")


def test_without_pyarrow_there_is_csv_alone(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what was built says so."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not build(store, tmp_path / "t").has_parquet
    assert list((tmp_path / "t").rglob("*.parquet")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no modes")
def test_the_tables_are_for_their_owner_only(store: Store, tmp_path: Path) -> None:
    """On systems that know modes."""
    build(store, tmp_path / "t")
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "t", *(tmp_path / "t").rglob("*"))}
    assert modes == {0}

"""Everything of one athlete deleted, and nothing of another."""

from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.forgetting import forget, traces_of
from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.lock import set_mark
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import STAGING
from cadencecoach.store.roster import add_to_profile, make_athlete
from cadencecoach.store.sensor_book import Remembered, SensorBook, open_book
from cadencecoach.store.user_store import user_files, user_machine

GONE, STAYS = "zebra-41", "b2"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Two athletes with sessions, an index, sensors and spoken clips."""
    home = Home(tmp_path).move_in(monkeypatch)
    for name, sensors in ((GONE, ("Pod A", "Pod B")), (STAYS, ("Pod B",))):
        make_athlete(user_files(), Profile(athlete=name, created=DAY, sensors=sensors))
        user_files().add_entries(name, CheckIn(at=AT, day=DAY, moment=Moment.AFTER, pain=1, note=f"of {name}"))
    home.journal("2026-03-01", GONE)
    home.journal("2026-03-02", STAYS)
    home.journal("2026-03-03", GONE, rehearsal=True)
    (home.sessions / "odd.jsonl").write_text(f'{{"journal":1,"athlete":"{GONE}","started":"20', encoding="utf-8")
    (home.athlete(GONE) / "programme-12345678.yaml").write_text("programme: Old\n", encoding="utf-8")
    (home.athlete(GONE).parent / f"{STAGING}abc").mkdir()
    (home.athlete(GONE).parent / f"{STAGING}abc" / "log.jsonl").write_text(GONE, encoding="utf-8")
    book = tuple(Remembered(name=f"Pod {key}", address=key) for key in "AB")
    SensorBook(path=tmp_path / "config" / "cadencecoach" / "sensors.json", sensors=book).save()
    (tmp_path / "cache" / "cadencecoach" / "speech").mkdir(parents=True)
    (tmp_path / "cache" / "cadencecoach" / "speech" / "1.pcm").write_bytes(b"12")
    with user_files().sessions() as sessions:
        sessions.refresh()
    return home


def test_nothing_of_a_forgotten_athlete_is_left_anywhere(home: Home) -> None:
    """No file in data, settings or cache holds the name any more, the index's free pages included."""
    assert any("index.sqlite" in name for name in home.holding(GONE))
    assert main(["athlete", "forget", GONE, "--yes"]) == 0
    assert home.holding(GONE) == []
    assert [one.name for one in open_book(user_machine().sensors_file).sensors] == ["Pod B"]
    assert not list((home.root / "cache").rglob("*.pcm"))


def test_another_athlete_loses_nothing(home: Home) -> None:
    """Folder, journal and row of the other are as before."""
    log = (home.athlete(STAYS) / "log.jsonl").read_bytes()
    forget(user_files(), GONE)
    assert (home.athlete(STAYS) / "log.jsonl").read_bytes() == log
    with user_files().sessions() as sessions:
        assert [row.id for row in sessions.rows()] == ["2026-03-02T080000Z"]


def test_it_asks_first(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody can be asked nothing is deleted."""
    assert main(["athlete", "forget", GONE]) == 2
    assert "--yes" in capsys.readouterr().err
    assert home.athlete(GONE).is_dir()


def test_what_was_deleted_is_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Files, journals, sensors, clips; and what cannot be known."""
    assert home.athlete(GONE).is_dir()
    main(["athlete", "forget", GONE, "--yes"])
    said = capsys.readouterr().out
    for word in ("log.jsonl", "index: 3 (", "Pod A", "cache: 1 (", "written elsewhere"):
        assert word in said
    assert "Pod B" not in said


def test_a_running_session_is_not_deleted_under_its_writer(home: Home) -> None:
    """It is named, and everything stays."""
    header = f'{{"journal":1,"athlete":"{GONE}"}}'
    with (
        LiveJournalFile(home.sessions / "now.jsonl", header),
        pytest.raises(UsageError, match="session now of"),
    ):
        traces_of(user_files(), GONE)


def test_who_is_held_is_not_forgotten(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first question of a run to its last, wherever its journal lies; another athlete may go meanwhile."""
    with user_files().hold_athlete(GONE) as hold:
        assert main(["athlete", "forget", GONE, "--yes"]) == 2
        assert f"{GONE} has a run or a check-in in progress; finish that first" in capsys.readouterr().err
        with pytest.raises(UsageError, match="in progress"):
            forget(user_files(), GONE)
        assert main(["athlete", "forget", STAYS, "--yes"]) == 0
        assert not hold.is_lost
    assert main(["athlete", "forget", GONE, "--yes"]) == 0
    assert home.holding(GONE) == []


def test_what_is_written_late_does_not_make_a_forgotten_athlete_anew(home: Home) -> None:
    """Neither an entry nor a profile nor a hold: it is said, and no folder is there."""
    forget(user_files(), GONE)
    for late in (
        lambda: user_files().add_entries(GONE, CheckIn(at=AT, day=DAY, moment=Moment.AFTER, pain=1)),
        lambda: add_to_profile(user_files(), GONE, shoes="Red"),
        lambda: user_files().hold_athlete(GONE).__enter__(),
    ):
        with pytest.raises(UsageError, match=f"the athlete {GONE} no longer exists: nothing was written"):
            late()
    assert home.holding(GONE) == []


def test_the_folder_of_an_import_that_goes_on_is_no_leftover(home: Home) -> None:
    """Only what a killed import left behind is deleted with somebody."""
    going_on = home.athlete(GONE).parent / f"{STAGING}now"
    going_on.mkdir()
    with set_mark(going_on):
        forget(user_files(), GONE)
        assert going_on.is_dir()
    assert list(traces_of(user_files(), STAYS).kept.leftovers) == [going_on.name]


def test_somebody_unknown_is_no_success(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name must not look as if it had been forgotten."""
    assert main(["athlete", "forget", "zebra-14", "--yes"]) == 2
    assert "nothing about zebra-14" in capsys.readouterr().err
    assert home.holding(GONE)

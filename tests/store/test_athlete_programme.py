"""A programme begun, exchanged, stopped and asked about, on disk."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.errors import UsageError
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Flag, Moment, ProgrammeSet, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.log_file import append_entries, read_log
from cadencecoach.store.own_files import LOG_NAME, PROGRAMME_NAME
from cadencecoach.store.programme_files import find_programme, open_programme
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

DAY = date(2026, 3, 2)
AT = "2026-03-02T07:00:00Z"
SHORT = """programme: Short
allow: {dose: a test}
days:
- {session: One, plan: refresher}
- {session: Two, plan: refresher}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own."""
    monkeypatch.setattr("cadencecoach.devices.user_folders.user_data_path", lambda name: tmp_path / name)
    return tmp_path


def order(name: str, *, level: int | None = None, because: str | None = None, days: int = 0) -> ProgrammeOrder:
    """Begin a programme by its name or file."""
    raw, programme = open_programme(find_programme(name))
    day = DAY + timedelta(days=days)
    return ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=level, because=because, at=AT, day=day)


def test_a_programme_begins_with_its_text_and_an_entry() -> None:
    """The text holds every plan; the entry holds its hash."""
    begin(user_files(), order("clinic8"))
    now = under_way(user_files(), "r7")
    assert now.programme.name == "Clinic, eight sessions"
    (entry,) = now.log
    assert isinstance(entry, ProgrammeSet)
    assert (entry.sha256, entry.because) == (now.programme.sha256, "started")
    decision = now.decision(DAY)
    assert (decision.verdict, decision.item) == (Verdict.BEGIN, 0)


def test_another_takes_its_place_only_with_a_reason(home: Path) -> None:
    """The text before is kept beside it."""
    short = home / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")
    begin(user_files(), order("clinic8"))
    with pytest.raises(UsageError, match="--because REASON"):
        begin(user_files(), order(str(short)))
    (note,) = begin(user_files(), order(str(short), because="less time"))
    assert note.startswith("the text before is kept: ")
    assert under_way(user_files(), "r7").programme.name == "Short"
    assert len(list(user_files().athlete_folder("r7").glob("programme-*.yaml"))) == 1


def test_going_on_after_a_stop_is_told() -> None:
    """The reason is the clinician's, and what it sets aside is said."""
    begin(user_files(), order("clinic8"))
    ran = SessionRun(at=AT, day=DAY, session="x", item=0)
    flag = CheckIn(at=AT, day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.ACUTE_CALF}))
    append_entries(user_files().athlete_folder("r7") / LOG_NAME, "r7", [ran, flag])
    assert under_way(user_files(), "r7").decision(DAY + timedelta(days=9)).verdict is Verdict.STOP
    notes = begin(user_files(), order("clinic8", level=0, because="seen on Tuesday, cleared", days=3))
    assert "this lifts the stop (acute calf (2026-03-02)" in notes[0]
    assert notes[0].endswith("because: seen on Tuesday, cleared")
    decision = under_way(user_files(), "r7").decision(DAY + timedelta(days=3))
    assert (decision.verdict, decision.item) == (Verdict.BEGIN, 0)


def test_a_level_by_hand_begins_there() -> None:
    """Counted from 1 at the command line, refused where there is none."""
    begin(user_files(), order("clinic8", level=3))
    assert under_way(user_files(), "r7").decision(DAY).item == 3
    with pytest.raises(UsageError, match="--from 10: the programme has 9 sessions"):
        begin(user_files(), order("clinic8", level=9, because="x"))


def test_a_text_that_was_changed_behind_the_log_is_refused() -> None:
    """What is in force is what was set, and nothing else."""
    begin(user_files(), order("clinic8"))
    path = user_files().athlete_folder("r7") / PROGRAMME_NAME
    path.write_bytes(path.read_bytes().replace(b"+7.5 %", b"+7.4 %"))
    with pytest.raises(UsageError, match="is not the text set on 2026-03-02"):
        under_way(user_files(), "r7")


@pytest.mark.parametrize("name", ["", "..", "../x", "a b", "x/y", "-x", "é", "x" * 41])
def test_a_name_that_is_no_folder_is_refused(name: str) -> None:
    """No path leads out of the athletes' folder."""
    with pytest.raises(UsageError, match="a pseudonym has"):
        under_way(user_files(), name)


def test_nobody_is_on_no_programme() -> None:
    """One line says what to do."""
    with pytest.raises(UsageError, match="has no programme; start one, such as `cadencecoach programme start"):
        under_way(user_files(), "r8")
    assert read_log(user_files().athlete_folder("r8") / LOG_NAME).entries == ()


def ran(number: int, shoes: str) -> SessionRun:
    """A session on the nth day, in these shoes."""
    return SessionRun(at=AT, day=DAY + timedelta(days=number), session=f"s{number}", item=number, shoes=shoes)


@pytest.mark.parametrize(("known", "new"), [(("Blue",), True), (("Blue", "Red"), False)])
def test_shoes_of_the_profile_are_not_new(known: tuple[str, ...], new: bool) -> None:  # noqa: FBT001  # the outcome
    """Those in use when the athlete was made; a second pair beside one that only the profile knows is new."""
    make_athlete(user_files(), Profile(athlete="r7", shoes=known, shoes_before=known))
    begin(user_files(), order("clinic8"))
    append_entries(user_files().athlete_folder("r7") / LOG_NAME, "r7", [ran(0, "Red")])
    reasons = under_way(user_files(), "r7").decision(DAY + timedelta(days=2)).reasons
    assert ("new shoes" in {reason.rule for reason in reasons}) is new


def test_pain_by_key_that_the_log_answers_for_is_not_counted_twice(home: Path) -> None:
    """The journal holds a nine; the log says what it was."""
    begin(user_files(), order("clinic8"))
    note = {"t": 5.0, "what": "note", "about": "pain", "text": "", "level": 9}
    path = keep_journal(home / "cadencecoach" / "sessions", DAY.isoformat(), note, athlete="r7", feet="ble")
    log = user_files().athlete_folder("r7") / LOG_NAME
    append_entries(log, "r7", [SessionRun(at=AT, day=DAY, session=path.stem, item=0)])
    assert under_way(user_files(), "r7").decision(DAY).verdict is Verdict.STOP
    during = CheckIn(at=AT, day=DAY, moment=Moment.DURING, session=path.stem, pain=1)
    append_entries(log, "r7", [during])
    assert under_way(user_files(), "r7").decision(DAY).verdict is not Verdict.STOP

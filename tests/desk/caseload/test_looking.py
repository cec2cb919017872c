"""The caseload of a store: what is kept of it is never stale, and practice athletes never stand among real ones."""

import io
import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import TINY
from memory_store import MemoryStore
from sessions_folder import journal_text

from cadencecoach.clinic.caseload import Section
from cadencecoach.desk.caseload.acting import close_alert, own_alert
from cadencecoach.desk.caseload.keeping import DAYS_AHEAD, SIDE_BY_SIDE, keep_line
from cadencecoach.desk.caseload.lines import line_of_text, patient_json, text_of_days
from cadencecoach.desk.caseload.looking import look_at_caseload
from cadencecoach.errors import UsageError
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.entries import CheckIn, Flag, Moment, PracticeBegun, ProgrammeSet, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import Store

DAY, ONE = date(2026, 3, 2), timedelta(days=1)
AT = "2026-03-02T07:00:00Z"


@pytest.fixture(params=["files", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: object) -> Store:
    """Two athletes: r7 on a programme since yesterday, r8 without one."""
    kept: Store = FileStore(tmp_path / "data") if request.param == "files" else MemoryStore()  # type: ignore[operator]
    for name in ("r7", "r8"):
        kept.write_profile(Profile(athlete=name))
    sha256 = load_programme(TINY.encode(), "tiny", lambda name: name).sha256
    kept.set_programme_text("r7", TINY.encode())
    kept.add_entries("r7", ProgrammeSet(at=AT, day=DAY - ONE, name="Tiny", sha256=sha256))
    return kept


def sections(store: Store, day: date = DAY) -> dict[str, Section]:
    """Where everybody stands."""
    return {one.athlete: one.section for one in look_at_caseload(store, day).patients}


def said(**answers: object) -> CheckIn:
    """A check-in before a run."""
    return CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, **answers)  # type: ignore[arg-type]


def test_everybody_has_a_section(store: Store) -> None:
    """Whoever has no programme is due one."""
    assert sections(store) == {"r7": Section.FINE, "r8": Section.DUE}


def test_nothing_is_worked_out_twice(store: Store) -> None:
    """Only where something has changed; a day later too, since the next days were worked out with today."""
    days = (DAY, DAY, DAY + 7 * ONE, DAY + 8 * ONE)
    assert [n_worked_out(store, day) for day in days] == [2, 0, 0, 2]
    store.add_entries("r7", said(pain=0))
    assert n_worked_out(store, DAY + 8 * ONE) == 1


def test_whoever_was_quiet_for_weeks_is_worked_out_for_as_many_weeks_ahead(store: Store) -> None:
    """And each of those days is the same as one worked out then."""
    late = DAY + 30 * ONE
    assert [n_worked_out(store, late), n_worked_out(store, late + 30 * ONE)] == [2, 1]  # r8, without a log, for a week
    (ahead,) = [one for one in look_at_caseload(store, late + 30 * ONE).patients if one.athlete == "r7"]
    with store.folds() as folds:
        folds.drop_others(())
    assert ahead in look_at_caseload(store, late + 30 * ONE).patients


def test_what_ended_is_worked_out_at_once_for_whoever_it_was(store: Store) -> None:
    """A look at everybody then finds it there, with the new journal; one that comes later makes it anew."""
    n_worked_out(store, DAY)
    for number in (1, 2):
        text = journal_text(started=f"2026-03-02T08:0{number}:00Z", athlete="r7")
        store.add_journal(f"2026-03-02T080{number}00Z", io.BytesIO(text.encode()))
        store.add_entries("r7", said(pain=number))
        keep_line(store, "r7", DAY)
        assert n_worked_out(store, DAY) == 0
    keep_line(store, "nobody", DAY)
    text = journal_text(started="2026-03-02T09:00:00Z", athlete="r7")
    store.add_journal("2026-03-02T090000Z", io.BytesIO(text.encode()))
    assert n_worked_out(store, DAY) == 1


def n_worked_out(store: Store, day: date) -> int:
    """How many a look worked out anew."""
    told = [0]
    look_at_caseload(store, day, tell=lambda _, n_all: told.append(n_all))
    return told[-1]


def test_what_is_kept_is_never_stale(store: Store) -> None:
    """A new entry, a new journal, another text of the programme: each is seen at the next look."""
    sections(store)
    store.add_entries("r7", said(pain=7))
    assert sections(store)["r7"] is Section.STOPPED
    pain = [
        {"t": 1.0, "what": "note", "about": "pain", "text": "8", "level": 8},
        {"t": 2.0, "what": "end", "reason": "stopped"},
    ]
    text = journal_text(*pain, started="2026-03-02T08:00:00Z", athlete="r8")
    store.add_journal("2026-03-02T080000Z", io.BytesIO(text.encode()))
    assert sections(store)["r8"] is Section.ASK  # by its journal alone: no log tells of it
    store.set_programme_text("r7", TINY.replace("Tiny", "Other").encode())
    (one,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    assert (one.section, one.reason.startswith("cannot be read: ")) == (Section.ASK, True)


def test_a_sign_to_stop_that_only_a_journal_knows_stops(store: Store) -> None:
    """Something was wrong, by key, and then the program was killed: neither log nor figures tell of it."""
    note = {"t": 1.0, "what": "note", "about": "pain", "text": "unwell", "answer": "unwell"}
    text = journal_text(note, started="2026-03-02T08:00:00Z", athlete="r7", day="2026-03-02", programme={"item": 0})
    store.add_journal("2026-03-02T080000Z", io.BytesIO(text.encode()))
    assert sections(store)["r7"] is Section.STOPPED
    (alert,) = next(one.alerts for one in look_at_caseload(store, DAY).patients if one.athlete == "r7")
    closing = {"closed_by": "KM", "reason": "called", "at": AT, "day": DAY}
    assert close_alert(store, "r7", alert.id, **closing) == (alert, True)  # type: ignore[arg-type]


def test_a_next_day_that_was_worked_out_before_is_the_same_as_one_worked_out_then(store: Store) -> None:
    """Day by day, with what is kept and without."""
    store.add_entries("r7", said(pain=0, soreness=3), SessionRun(at=AT, day=DAY, session="s", item=0))
    look_at_caseload(store, DAY)
    for n in range(1, DAYS_AHEAD + 2):
        ahead = look_at_caseload(store, DAY + n * ONE)
        with store.folds() as folds:
            folds.drop_others(())
        assert look_at_caseload(store, DAY + n * ONE) == ahead
        with store.folds() as folds:
            folds.drop_others(())
        look_at_caseload(store, DAY)


def test_a_fold_that_is_not_ours_is_worked_out_anew() -> None:
    """Of another version, or broken."""
    broken = ("no JSON", "[]", "{}", '{"2026-03-02": "{}"}', '{"2026-03-02": 3}')
    assert [line_of_text(text, DAY) for text in broken] == [None] * len(broken)


def test_a_line_that_was_kept_is_the_same_line(store: Store) -> None:
    """With its alerts."""
    store.add_entries("r7", said(pain=7, note="ran home"))
    (line,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    assert line.alerts
    assert line_of_text(text_of_days({DAY: line}), DAY) == line
    assert line_of_text(text_of_days({DAY: line}), DAY + ONE) is None


def test_practice_athletes_stand_among_nobody_real(store: Store) -> None:
    """Left out and counted as left out; shown where they are asked for, each reason with the word."""
    store.write_profile(Profile(athlete="vera"))
    store.add_entries("vera", PracticeBegun(at=AT, day=DAY, story="x"))
    found = look_at_caseload(store, DAY)
    assert ([one.athlete for one in found.patients], found.n_practice) == (["r8", "r7"], 1)
    practice = look_at_caseload(store, DAY, practice=True)
    assert ([one.athlete for one in practice.patients], practice.is_practice) == (["vera"], True)
    assert str(patient_json(practice.patients[0])["reason"]).startswith("practice: ")


def test_practice_athletes_are_shown_where_nobody_real_is_kept() -> None:
    """As practice."""
    store = MemoryStore()
    store.write_profile(Profile(athlete="vera"))
    store.add_entries("vera", PracticeBegun(at=AT, day=DAY, story="x"))
    found = look_at_caseload(store, DAY)
    assert ([one.athlete for one in found.patients], found.is_practice) == (["vera"], True)


def test_an_alert_is_owned_and_closed_in_the_log(store: Store) -> None:
    """By the beginning of its id; after the close the stop is there all the same."""
    store.add_entries("r7", said(flags=frozenset({Flag.SHARP})))
    (one,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    alert = own_alert(store, "r7", one.alerts[0].id[:4], "KM", at=AT, day=DAY)
    owned = {one.athlete: one.owner for one in look_at_caseload(store, DAY).patients}
    assert owned["r7"] == "KM"
    closing = {"closed_by": "KM", "reason": "called", "at": AT, "day": DAY}
    closed, is_stopped = close_alert(store, "r7", alert.id, **closing)  # type: ignore[arg-type]
    assert (closed.id, is_stopped) == (alert.id, True)
    assert sections(store)["r7"] is Section.STOPPED
    with pytest.raises(UsageError, match="none of theirs is open"):
        close_alert(store, "r7", alert.id, **closing)  # type: ignore[arg-type]


def test_an_alert_is_not_closed_over_what_came_since_somebody_looked(store: Store) -> None:
    """It was shown with nothing more; then the runner says more, which nobody has seen."""
    store.add_entries("r7", said(soreness=3))
    (one,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    (alert,) = one.alerts
    store.add_entries("r7", said(soreness=5))
    closing = {"closed_by": "KM", "reason": "called", "at": AT, "day": DAY}
    with pytest.raises(UsageError, match=r"more has come since you looked: .* and 1 more"):
        close_alert(store, "r7", alert.id, seen=0, **closing)  # type: ignore[arg-type]
    assert close_alert(store, "r7", alert.id, seen=1, **closing)[0].n_more == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501, "called\u202ehim"])
def test_a_close_needs_a_reason(store: Store, reason: str) -> None:
    """Some words, and no book; nothing is written."""
    store.add_entries("r7", said(pain=7))
    (one,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    with pytest.raises(UsageError, match="--reason: write some words"):
        close_alert(store, "r7", one.alerts[0].id, closed_by="KM", reason=reason, at=AT, day=DAY)
    assert len(store.log_of("r7").every) == 2


def test_a_short_beginning_of_an_id_is_none(store: Store) -> None:
    """Three characters are too few; the message lists what is open."""
    store.add_entries("r7", said(pain=7))
    (one,) = [one for one in look_at_caseload(store, DAY).patients if one.athlete == "r7"]
    with pytest.raises(UsageError, match=f"open ones: {one.alerts[0].id}, "):
        own_alert(store, "r7", one.alerts[0].id[:3], "KM", at=AT, day=DAY)


@pytest.mark.slow
def test_many_are_worked_out_side_by_side_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By processes that can be handed the store."""
    kept = FileStore(tmp_path / "data")
    for number in range(SIDE_BY_SIDE):
        kept.write_profile(Profile(athlete=f"r{number}"))
        kept.add_entries(f"r{number}", said(pain=number % 8))
    assert pickle.loads(pickle.dumps(kept)).log_of("r7") == kept.log_of("r7")  # noqa: S301  # made here
    side_by_side = look_at_caseload(kept, DAY)
    monkeypatch.setattr("cadencecoach.desk.caseload.keeping.SIDE_BY_SIDE", SIDE_BY_SIDE + 1)
    with kept.folds() as folds:
        folds.drop_others(())
    assert look_at_caseload(kept, DAY) == side_by_side

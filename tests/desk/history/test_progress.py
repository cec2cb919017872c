"""The page of an athlete, from what is kept: log, runs, programme."""

from datetime import date, timedelta

import pytest
from memory_store import MemoryStore

from cadencecoach.desk.history.progress import athlete_progress, progress_sheet
from cadencecoach.record.entries import BaselineTaken, CheckIn, Finding, Flag, Moment, SessionRun, Side, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.programme_files import find_programme, open_programme
from cadencecoach.view.report.progress.story import headline

DAY = date(2026, 3, 2)
AT = "2026-03-02T07:00:00Z"


def day(n: int) -> date:
    """The nth day."""
    return DAY + timedelta(days=n)


def begun(store: MemoryStore, name: str = "clinic8", *, on: int = 0, because: str | None = None) -> None:
    """Somebody on a programme."""
    raw, programme = open_programme(find_programme(name))
    begin(
        store,
        ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=because, at=AT, day=day(on)),
    )


def ran(n: int, item: int) -> SessionRun:
    """A session of it."""
    return SessionRun(at=AT, day=day(n), session=f"s{n}", item=item)


@pytest.fixture
def store() -> MemoryStore:
    """Somebody who has begun and run once."""
    kept = MemoryStore()
    begun(kept)
    kept.add_entries("r7", ran(1, 0), CheckIn(at=AT, day=day(1), moment=Moment.AFTER, session="s1", pain=1))
    return kept


def test_the_next_session_comes_with_its_why(store: MemoryStore) -> None:
    """What is said, what it asks for, and a reason of each rule."""
    sheet = athlete_progress(store, "r7", day(3))
    assert sheet.next is not None
    assert sheet.next.says.startswith("Today: ")
    assert sheet.next.details
    assert sheet.next.why
    assert (sheet.stop, sheet.remarks) == ("", ())


def test_a_stop_of_the_programme_is_the_headline(store: MemoryStore) -> None:
    """With what stops it; nothing is due from then on, and the clinician's word ends it."""
    flags = frozenset({Flag.SWELLING})
    store.add_entries("r7", CheckIn(at=AT, day=day(2), moment=Moment.MORNING, flags=flags))
    sheet = athlete_progress(store, "r7", day(40))
    assert headline(sheet).startswith("Stopped: swelling (2026-03-04) was flagged")
    assert sheet.adherence is not None
    assert sheet.adherence.n_planned <= 2
    begun(store, on=41, because="looked at: nothing there")
    assert athlete_progress(store, "r7", day(42)).stop == ""


def test_a_stop_begins_with_what_stops_and_not_with_what_is_said_later() -> None:
    """Pain 8 after the first run and pain 1 a month later: one session was due."""
    kept = MemoryStore()
    begun(kept)
    kept.add_entries("r7", ran(1, 0), CheckIn(at=AT, day=day(1), moment=Moment.AFTER, session="s1", pain=8))
    kept.add_entries("r7", CheckIn(at=AT, day=day(31), moment=Moment.MORNING, pain=1))
    sheet = athlete_progress(kept, "r7", day(32))
    assert sheet.stop
    assert sheet.adherence is not None
    assert sheet.adherence.n_planned == 1


def test_a_day_on_which_nothing_is_to_be_run_says_so(store: MemoryStore) -> None:
    """Soreness above the limit is no stop, and no run either."""
    store.add_entries("r7", CheckIn(at=AT, day=day(3), moment=Moment.BEFORE, soreness=8))
    following = athlete_progress(store, "r7", day(3)).next
    assert following is not None
    assert following.says.startswith("No run today")
    assert "Soreness 8 of 10" in following.why[0]


@pytest.mark.slow
def test_sessions_are_named_by_the_text_in_force_on_their_day(store: MemoryStore) -> None:
    """One that was exchanged names its own, and the new one those after it."""
    first = athlete_progress(store, "r7", day(3)).names["s1"]
    begun(store, "field6wk", on=5, because="outside now")
    store.add_entries("r7", ran(6, 0))
    names = athlete_progress(store, "r7", day(7)).names
    assert names["s1"] == first
    assert names["s6"] == open_programme(find_programme("field6wk"))[1].sessions[0].name


def test_without_a_programme_there_is_a_page_all_the_same() -> None:
    """Nothing is planned, and a sign to stop is still the headline."""
    sign = CheckIn(at=AT, day=day(1), moment=Moment.AFTER, pain=7)
    sheet = progress_sheet("r7", [], [sign], today=day(3))
    assert (sheet.next, sheet.adherence) == (None, None)
    assert headline(sheet) == "Stopped: pain 7 of 10, reported on 3 Mar 2026"


def test_a_programme_that_cannot_be_read_is_a_remark(store: MemoryStore) -> None:
    """What was run and said is shown."""
    store.set_programme_text("r7", b"programme: [")
    sheet = athlete_progress(store, "r7", day(3))
    assert sheet.check_ins
    assert sheet.remarks[0].startswith("the programme cannot be read: ")


def test_what_was_taken_back_does_not_count() -> None:
    """Neither a stop nor a baseline typed by mistake; nor what is dated ahead."""
    sign = CheckIn(at=AT, day=day(1), moment=Moment.AFTER, pain=9)
    typed = BaselineTaken(at=AT, day=day(1), cadence_spm=260.0)
    gone = [Withdrawn(at=AT, day=day(2), entry=entry_id(one), because="typed by mistake") for one in (sign, typed)]
    ahead = BaselineTaken(at=AT, day=day(9), cadence_spm=165.0)
    row = SessionRow(id="s1", started=AT, day=day(1), running_s=900.0, mean_cadence_spm=165.0)
    sheet = progress_sheet("r7", [row], [sign, typed, *gone, ahead], today=day(3))
    assert headline(sheet) == "No baseline yet, so own cadence cannot be compared."


def test_a_rehearsal_says_nothing_of_the_runner() -> None:
    """Beside real runs it is left out, and that is said; alone it is shown as what it is."""
    given = {"started": AT, "day": day(1), "running_s": 900.0, "mean_cadence_spm": 165.0}
    real = SessionRow(id="s1", **given)  # type: ignore[arg-type]
    made = SessionRow(id="s2", origin="rehearsal", **given)  # type: ignore[arg-type]
    sheet = progress_sheet("r7", [real, made])
    assert [one.row.id for one in sheet.progress.sessions] == ["s1"]
    assert sheet.remarks == ("Simulations, replays and rehearsals are left out: 1.",)
    alone = progress_sheet("r7", [made])
    assert (len(alone.progress.sessions), alone.remarks) == (1, ())
    written = SessionRun(at=AT, day=day(1), session="s2", item=0)
    assert len(progress_sheet("r7", [real, made], [written]).progress.sessions) == 2


def test_findings_stand_first_and_latest() -> None:
    """The same measure, side, unit and method together; once is no comparison; what lies ahead does not count."""

    def valgus(n: int, value: float, side: Side | None = Side.LEFT, unit: str = "deg") -> Finding:
        return Finding(at=AT, day=day(n), measure="knee valgus", side=side, value=value, unit=unit, method="2D video")

    every = [valgus(9, 5.5), valgus(0, 8.0), valgus(4, 7.0), valgus(3, 2.0, side=None, unit=""), valgus(90, 1.0)]
    sheet = progress_sheet("r7", [], every, today=day(10))
    assert [tuple(one) for one in sheet.findings] == [
        ("knee valgus, left (2D video)", "8 deg", "5.5 deg"),
        ("knee valgus (2D video)", "2", ""),
    ]

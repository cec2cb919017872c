"""The page of an athlete."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from athlete_year import FIRST, LAYOFF_WEEKS, PLATEAU_WEEKS, rows_and_entries
from well_formed import loads_something, parsed, texts

from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Entry, ItemDone, Moment
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.record.row import SessionRow
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import flats

HOSTILE = "</svg><script>alert('1')</script>\u202e & \" x=\"<b>"


def page_of(rows: tuple[SessionRow, ...], entries: tuple[Entry, ...] = (), **fields: object) -> str:
    """A page of sessions and a log."""
    given: dict[str, object] = {"athlete": "maple", "progress": progress_of(rows, entries), "entries": entries}
    return progress_page(ProgressSheet(**(given | fields)))  # type: ignore[arg-type]


def plain_row(n: int, **fields: object) -> SessionRow:
    """A run every second day."""
    day = date(2026, 1, 5) + timedelta(days=2 * n)
    given: dict[str, object] = {"mean_cadence_spm": 165.0, "running_s": 1200.0, "duration_s": 1200.0}
    return SessionRow(id=f"{n}", started=f"{day}T07:00:00Z", day=day, **(given | fields))  # type: ignore[arg-type]


def test_a_year_tells_what_was_put_into_it() -> None:
    """The rise, the plateau, the layoff and the week of pain are each said in words, with their times."""
    rows, entries = rows_and_entries()
    told = texts(page_of(rows, entries))
    for words in (
        *("higher than at the start: more than chance", "A layoff of 37 days from 12 Jul 2025"),
        *(
            "Cadence stayed level for 15 weeks, from 28 Mar 2025 to 11 Jul 2025",
            "Pain of 4 or more out of 10 on 3 days between 20 Oct 2025 and 24 Oct",
        ),
    ):
        assert words in told


def test_a_year_shows_what_was_put_into_it() -> None:
    """The same in the picture: a bracket, a hatching through four panels, a label at the pain."""
    rows, entries = rows_and_entries()
    picture = next(node for node in parsed(page_of(rows, entries)).iter("svg") if node.get("class") == "form-w")
    labels = [node.text for node in picture.iter("text")]
    classes = [node.get("class") for node in picture.iter()]
    assert "15 weeks: no change" in labels
    assert "pain 6" in labels
    assert f"{7 * len(LAYOFF_WEEKS) + 2} days" in labels
    assert (classes.count("bracket"), classes.count("layoff")) == (2, 4)


def test_the_plateau_found_is_the_one_put_in() -> None:
    """The first level stretch begins within four weeks of the plateau's beginning and ends with the layoff."""
    first = flats(progress_of(*rows_and_entries()))[0]
    assert abs((first.first - (FIRST + timedelta(weeks=PLATEAU_WEEKS.start))).days) < 28
    assert first.last >= FIRST + timedelta(weeks=PLATEAU_WEEKS.stop, days=-4)


def test_a_year_is_small_and_loads_nothing() -> None:
    """150 sessions: well-formed, below 300 kB, nothing fetched."""
    rows, entries = rows_and_entries()
    page = page_of(rows, entries)
    assert len(page.encode()) < 300_000
    assert loads_something(page) == []


@pytest.mark.slow
def test_many_sessions_stay_small() -> None:
    """Five hundred sessions: the list is cut, and the page says so."""
    page = page_of(tuple(plain_row(n, plan_name=f"Plan {n}") for n in range(500)))
    assert len(page.encode()) < 300_000
    assert "300 older sessions are left out here" in texts(page)


def test_a_change_within_chance_is_not_called_progress() -> None:
    """Two spm from one run to another are within what runs differ by, and the page says how much that is."""
    told = texts(page_of((plain_row(0), plain_row(1, mean_cadence_spm=167.0))))
    assert "No clear change in cadence (+2.0 spm;" in told
    assert "chance explains up to 10.5 spm (6.4 %), from the usual spread of other runners" in told


@pytest.mark.parametrize(
    ("n_runs", "words"), [(0, "No session with any running yet."), (1, "One session so far: too few to compare.")]
)
def test_the_first_sessions_have_a_page(n_runs: int, words: str) -> None:
    """Nothing to compare is said, not drawn."""
    assert words in texts(page_of(tuple(plain_row(n) for n in range(n_runs))))


def test_simulations_are_said_first() -> None:
    """How many of the sessions nobody ran is the first thing on the page."""
    page = page_of((plain_row(0), plain_row(1, origin="replay")))
    main = parsed(page).find("body/main")
    assert main is not None
    assert "".join(main.itertext()).startswith(
        "1 of 2 sessions are simulations, replays or rehearsals; nobody was coached in them."
    )


def test_hostile_texts_stay_texts() -> None:
    """Nothing from a file or a log becomes markup."""
    day = date(2026, 1, 5)
    entries = (
        BaselineTaken(at="", day=day, cadence_spm=162.0, surface=HOSTILE, seen=((HOSTILE, HOSTILE),)),
        CheckIn(at="", day=day, moment=Moment.AFTER, session="0", pain=7, note=HOSTILE),
        Decided(at="", day=day, verdict=HOSTILE, level=1, reasons=(HOSTILE,)),
        ItemDone(at="", day=day, item=HOSTILE),
    )
    rows = (plain_row(0, plan_name=HOSTILE), plain_row(1))
    page = page_of(rows, entries, athlete=HOSTILE, next_words=(HOSTILE,), remarks=(HOSTILE,))
    assert loads_something(page) == []
    assert "\u202e" not in page


def test_a_baseline_run_that_was_accepted_is_listed_once() -> None:
    """The yes is the same run again, and no second one."""
    taps = BaselineTaken(at="", day=date(2026, 1, 5), cadence_spm=162.0, session="0", taken_by="taps", error_spm=3.0)
    page = texts(page_of((plain_row(0), plain_row(1)), (taps, replace(taps, at="later", accepted="by eye"))))
    assert page.count("162.0 spm, taps (±3)") == 1


def test_the_next_session_and_why_is_shown() -> None:
    """The lines a programme hands over stand under their heading; without them there is no heading."""
    rows = (plain_row(0), plain_row(1))
    assert "Next session, and why Thursday: 20 min." in texts(page_of(rows, next_words=("Thursday: 20 min.",)))
    assert "Next session" not in texts(page_of(rows))


def test_adherence_is_shown_where_somebody_planned() -> None:
    """Sessions done over sessions planned."""
    assert "50 % (2 of 4)" in texts(page_of((plain_row(0), plain_row(1)), n_planned=4))

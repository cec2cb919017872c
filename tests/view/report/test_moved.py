"""Oscillation, contact time and stride as a reader sees them."""

import io
from dataclasses import replace

from drawn_sessions import made_sheet
from each_row import each_row
from rich.console import Console
from well_formed import texts

from cadencecoach.gait.dynamics import Measured
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.dynamics import NOTHING_TOLD, Compared, DynamicsFigures
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.units import Measures
from cadencecoach.view.report.moved import amount, progress_lines
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.session.page import session_page
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.terminal.session import session_in_terminal

TOLD = DynamicsFigures(
    speed_mps=3.0,
    placement="hip or chest",
    by="signal",
    stride_by="speed",
    oscillation_mm=Measured(86.4, 13.0),
    stride_m=Measured(2.118, 0.106),
)
FELL = Compared(
    quantity="oscillation_mm",
    before=Measured(104.0, 13.0),
    after=Measured(76.0, 11.0),
    speed_mps=3.0,
    placement="hip or chest",
)
UNCLEAR = Compared(quantity="stride_m", before=Measured(2.2, 0.11), after=Measured(2.1, 0.105), speed_mps=3.0)


def sheet_of(words: Phrasebook = ENGLISH, *compared: Compared) -> SessionSheet:
    """A session in which a strap told something."""
    sheet = made_sheet(words=words)
    return replace(sheet, summary=replace(sheet.summary, dynamics=TOLD, dynamics_compared=compared))


def in_terminal(sheet: SessionSheet) -> str:
    """What is printed of it."""
    console = Console(file=io.StringIO(), width=200, height=40)
    console.print(session_in_terminal(sheet))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_each_number_stands_with_its_error_and_its_place() -> None:
    """On the page and in the terminal the same words; a stride has no place."""
    told = ("86 mm, may be off by 13 mm (sensor: hip or chest)", "2.12 m, may be off by 0.11 m")
    page, printed = texts(session_page(sheet_of())), in_terminal(sheet_of())
    for line in told:
        assert line in page.replace("\u00a0", " ")
        assert line in printed
    assert "Means over running at 10.8 km/h" in page.replace("\u00a0", " ")
    assert "ground contact time" not in page + printed


def test_what_is_not_known_is_not_there() -> None:
    """No heading over nothing, and no zero."""
    sheet = sheet_of()
    sheet = replace(sheet, summary=replace(sheet.summary, dynamics=NOTHING_TOLD))
    assert "Oscillation, contact, stride" not in texts(session_page(sheet)) + in_terminal(sheet)


def test_a_change_is_told_beyond_twice_the_error_and_not_below() -> None:
    """28 mm with an error of 13 is one; 10 cm of a stride with an error of 11 is none, and no number is told of it."""
    page = texts(session_page(sheet_of(ENGLISH, FELL, UNCLEAR))).replace("\u00a0", " ")
    assert "since the baseline stage 104 mm to 76 mm: \u221228 mm" in page
    assert "no clear change since the baseline stage; it would have to be over 0.22 m" in page
    assert "2.20 m" not in page


def test_progress_tells_what_changed_since_the_baseline() -> None:
    """Among what has changed, with speed, place and error; the words for it stand below."""
    progress = replace(progress_of([]), moved=(FELL, UNCLEAR))
    assert dict(progress_lines(progress.moved, ENGLISH)) == {
        "vertical oscillation (hip or chest)": (
            "104 mm to 76 mm at 10.8 km/h: \u221228 mm, more than twice the error of 13 mm"
        ),
        "stride length (two steps)": "no clear change at 10.8 km/h; it would have to be over 0.22 m",
    }


@each_row("language", ["de", "es", "fr"])
def test_other_languages_have_words_of_their_own(language: str) -> None:
    """No English, a decimal comma."""
    words = find_phrasebook(NO_MACHINE, VoiceTable(language=language))
    page = texts(session_page(sheet_of(words, FELL)))
    assert "may be off" not in page
    assert "2,12" in page
    assert ENGLISH.report.moved not in page


def test_a_stride_is_in_feet_for_whoever_measures_in_miles() -> None:
    """Millimetres and milliseconds stay."""
    words = replace(ENGLISH, measures=Measures(is_imperial=True))
    assert amount("stride_m", 2.118, words) == "6.95 ft"
    assert amount("oscillation_mm", 86.4, words) == "86 mm"
    assert amount("contact_ms", -12.0, words, has_sign=True) == "\u221212 ms"


def test_nothing_of_it_is_a_verdict_or_about_injuries() -> None:
    """It describes."""
    sheet = ProgressSheet(athlete="oak", progress=progress_of([]))
    page = texts(progress_page(sheet)) + texts(session_page(sheet_of(ENGLISH, FELL, UNCLEAR)))
    for word in ("injur", "better", "worse", "good", "too much", "risk"):
        assert word not in page.split("Oscillation, contact, stride")[-1].split("How to read")[0].lower()

"""The page of a session."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from drawn_sessions import Line, made_lines, made_sheet
from each_row import each_row
from rich.console import Console
from sampling import slow_but
from well_formed import loads_something, parsed, texts

from cadencecoach.coach.actions import CueReason
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.entries import CheckIn, Flag, Moment, Site
from cadencecoach.record.local_time import LocalTime
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.view.report.page import MARK
from cadencecoach.view.report.session.page import session_page
from cadencecoach.view.report.session.tables import reason_words
from cadencecoach.view.report.terminal.session import session_in_terminal
from cadencecoach.view.summary_table import summary_json

HOSTILE = "</svg><script>alert('1')</script>\u202e\x1b[31m\" onload=\"x\u0000 & <b>"
LIMIT_BYTES = 300_000


def test_hostile_texts_stay_texts() -> None:
    """Names, notes and remarks from files cannot put an element, an attribute or a direction into the page."""
    note: Line = {"t": 1199.0, "what": "note", "about": "pain", "text": HOSTILE, "level": 3}
    cue: Line = {"t": 1199.0, "what": "cue", "kind": "spoken", "text": HOSTILE, "reason": HOSTILE, "actual_s": None}
    unit: Line = {"t": 1199.0, "what": "unit", "unit": HOSTILE}
    lines = made_lines(name=HOSTILE)
    lines[-1:-1] = [note, cue, unit]
    said = CheckIn(at="", day=date(2026, 3, 1), moment=Moment.AFTER, note=HOSTILE)
    page = session_page(made_sheet(name=HOSTILE, athlete=HOSTILE, lines=lines, check_ins=(said,), remarks=(HOSTILE,)))
    assert loads_something(page) == []
    assert not {"\u202e", "\x1b", "\x00"} & set(page)
    assert "alert" in texts(page)


@pytest.mark.parametrize("n_minutes", slow_but([1, 20, 180], 1, 20))
def test_a_page_is_whole_small_and_loads_nothing(n_minutes: int) -> None:
    """Up to three hours: well-formed, below 300 kB, nothing fetched, nothing run, marked as ours."""
    page = session_page(made_sheet(n_minutes))
    assert len(page.encode()) < LIMIT_BYTES
    assert loads_something(page) == []
    assert page.startswith(MARK)


def test_how_long_was_run_is_told_once_in_one_way() -> None:
    """A minute as 60 s, as the sentence above it has it, and not rounded to 1 min beside it."""
    told = texts(session_page(made_sheet(1)))
    assert len(re.findall(r"\b60\s?s of running", told)) == 2
    assert not re.search(r"min of running", told)


def test_what_it_is_stands_first() -> None:
    """That the feet were simulated is the first thing on the page."""
    page = session_page(made_sheet(origin="A simulation: no person ran this."))
    main = parsed(page).find("body/main")
    assert main is not None
    assert "".join(main.itertext()).startswith("A simulation")


def test_every_part_is_there() -> None:
    """Stages with their names, what stayed, cues by reason, silences, definitions, and what the page is not."""
    said = CheckIn(
        at="", day=date(2026, 3, 1), moment=Moment.AFTER, pain=5, site=Site.SHIN, effort=6, flags=frozenset({Flag.LIMP})
    )
    told = texts(session_page(made_sheet(athlete="maple", check_ins=(said,))))
    for words in (
        *("maple", "Stages", "On your own (probe)", "With help, and without", "Cues by reason"),
        *("correction: slower than the band", "pain 5 of 10 (shin), effort 6 of 10, reported: limp"),
        *("sensor gaps 1, of", "How to read the numbers", "not a medical device"),
    ):
        assert words in told


def test_a_picture_is_there_for_both_widths_and_says_what_it_shows() -> None:
    """Each picture is drawn for a screen and for a phone, and carries its sentence for those who do not see it."""
    pictures = [node for node in parsed(session_page(made_sheet())).iter("svg") if node.get("role") == "img"]
    assert [node.get("class") for node in pictures] == ["form-w", "form-n"] * 2
    assert all(node.get("aria-label") for node in pictures)


def test_names_inside_the_pictures_do_not_clash() -> None:
    """No two elements of a page share an id, and every hatching that is asked for is there."""
    page = session_page(made_sheet())
    nodes = list(parsed(page).iter())
    ids = [node.get("id") for node in nodes if node.get("id")]
    used = {node.get("fill", "")[5:-1] for node in nodes if node.get("fill", "").startswith("url(#")}
    assert len(ids) == len(set(ids))
    assert used <= set(ids)


STAGE = {"index": 0, "name": "", "target_spm": 170.0, "low_spm": 165.0, "high_spm": 175.0}


@each_row(
    "lines",
    [
        [],
        [{"t": 0.0, "what": "end", "reason": "stopped"}],
        [{"t": 0.0, "what": "stage", "beat": "on", "feedback": "words", **STAGE}],
        [{"t": 9.0, "what": "feet", "state": "live"}, {"t": 9.0, "what": "estimate", "cadence_spm": 165.0}],
        [{"t": 0.0, "what": "from a later version"}, {"t": 1e9, "what": "end", "reason": "finished"}],
    ],
    ids=["nothing", "ended at once", "only a stage", "one estimate", "very long"],
)
def test_odd_journals_have_a_page(lines: list[Line]) -> None:
    """Sessions that broke off at once, or hold hardly anything, are shown all the same."""
    assert "not a medical device" in texts(session_page(made_sheet(lines=lines)))


TEN: list[Line] = [
    {"t": 100.0, "what": "note", "about": "pain", "text": "pain 1 of 10", "level": 1},
    {
        "t": 101.0,
        "what": "cue",
        "kind": "spoken",
        "text": "Slow.",
        "reason": "pain",
        "requested_s": 101.0,
        "actual_s": None,
    },
    {"t": 101.0, "what": "note", "about": "pain", "text": "pain 10 of 10, not 1", "level": 10, "answer": "corrected"},
]
BACK: Line = {"t": 103.0, "what": "note", "about": "pain", "text": "pain 10 of 10 taken back", "answer": "taken back"}


def test_pain_ten_is_ten_on_the_page_in_the_terminal_and_at_the_end() -> None:
    """With the stop it led to; taken back, only the notes tell of it."""
    for extra, is_told in ((TEN, True), ([*TEN, BACK], False)):
        lines = sorted([*made_lines(), *extra], key=lambda line: line["t"])
        sheet = made_sheet(lines=lines)
        page = session_page(sheet)
        assert ("Pain was reported, at most 10 of 10. The beat was stopped because of it at 01:41." in page) is is_told
        assert ('class="pain"' in page) is is_told
        assert summary_json(sheet.summary)["highest_pain"] == (10 if is_told else None)
        assert summary_json(sheet.summary)["stopped_for_pain_s"] == (101.0 if is_told else None)
        console = Console(width=100, record=True, file=io.StringIO())
        console.print(session_in_terminal(sheet))
        told = " ".join(console.export_text().split())
        assert ("Pain was reported, at most 10 of 10." in told) is is_told


WORDS = replace(
    ENGLISH,
    language="de",
    own_report=ReportTexts(
        on_target_both_stayed="Im Ziel: {helped} mit Hilfe, {alone} ohne ({stayed}).",
        stages="Abschnitte",
        cue_below="zu langsam",
        with_and_without="Mit Hilfe und ohne",
        cadence="Schrittfrequenz",
    ),
)


def test_a_report_is_in_the_readers_words() -> None:
    """Page and terminal; what the language lacks is in English."""
    sheet = replace(made_sheet(), words=WORDS)
    page, console = session_page(sheet), Console(file=io.StringIO(), width=100)
    console.print(session_in_terminal(sheet))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert '<html lang="de">' in page
    for words in ("Im Ziel: 100 % mit Hilfe", "Mit Hilfe und ohne", "Schrittfrequenz"):
        assert words in texts(page)
        assert words in shown
    assert "Abschnitte" in texts(page)
    assert "zu langsam" in texts(page)
    assert "How to read the numbers" in texts(page)


def test_a_page_in_english_says_so() -> None:
    """A language without texts of reports makes no German page of English sentences."""
    assert '<html lang="en">' in session_page(replace(made_sheet(), words=replace(ENGLISH, language="de")))


@each_row("reason", CueReason)
def test_every_reason_of_a_cue_has_words(reason: CueReason) -> None:
    """A name of the journal is for programs."""
    words = reason_words(reason, ReportTexts())
    assert words
    assert words != reason.value or " " in words


@each_row(("language", "day"), [("de", "1. Apr. 2026"), ("fr", "1 avr. 2026"), ("es", "1 abr 2026")])
def test_the_day_is_in_the_language_of_the_page(language: str, day: str) -> None:
    """Not the English months, whatever the language."""
    started = LocalTime(date(2026, 4, 1), 7 * 60)
    page = session_page(
        replace(made_sheet(), started=started, words=find_phrasebook(NO_MACHINE, VoiceTable(language=language)))
    )
    assert f"{day}, 07:00" in page

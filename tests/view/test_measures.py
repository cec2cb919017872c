"""One session in four settings: what people read changes, and nothing else does."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from drawn_sessions import made_sheet
from each_row import each_row
from rich.console import Console

from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.baselines import assessments_of
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.units import Measures
from cadencecoach.view.athlete.baselines import baseline_rows, change_lines
from cadencecoach.view.lessons import LESSONS, lesson_lines
from cadencecoach.view.report.session.page import session_page
from cadencecoach.view.summary_table import summary_json, summary_table

SHEET = made_sheet(4)  # at 2.9 m/s
SETTINGS = {
    "metric speed": (Measures(), "10.4 km/h", "speed, km/h", "0.7 km"),
    "metric pace": (Measures(is_pace=True), "5:45 /km", "pace, min/km", "0.7 km"),
    "imperial speed": (Measures(is_imperial=True), "6.5 mph", "speed, mph", "0.4 mi"),
    "imperial pace": (Measures(is_imperial=True, is_pace=True), "9:15 /mi", "pace, min/mi", "0.4 mi"),
}
FOUR = each_row(("measures", "speed", "heading", "distance"), SETTINGS.values(), ids=SETTINGS)


def words_in(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


@FOUR
def test_the_page_has_the_readers_units(measures: Measures, speed: str, heading: str, distance: str) -> None:
    """The column of speeds, the distance; m/s nowhere."""
    said = words_in(session_page(replace(SHEET, words=replace(ENGLISH, measures=measures))))
    assert heading in said
    assert speed.split(maxsplit=1)[0] in said
    assert distance in said.replace("\u00a0", " ")
    assert "m/s" not in said


@FOUR
def test_the_summary_has_the_readers_units(measures: Measures, speed: str, heading: str, distance: str) -> None:
    """Distance and speed in a line below the table; the numbers for programs stay in metres and seconds."""
    file = StringIO()
    Console(file=file, width=80, no_color=True).print(summary_table(SHEET.summary, measures=measures))
    assert f"Distance {distance}; {speed} while running." in file.getvalue()
    session = summary_json(SHEET.summary)["session"]
    assert isinstance(session, dict)
    assert session["mean_speed_mps"] == pytest.approx(2.9)
    assert heading


@FOUR
def test_baselines_have_the_readers_units(measures: Measures, speed: str, heading: str, distance: str) -> None:
    """Side by side, and where one was brought to the speed of the other."""
    runs = [
        BaselineTaken(at="2026-03-01T07:00:00Z", day=date(2026, 3, 1 + n), cadence_spm=164, speed_mps=mps)
        for n, mps in ((0, 2.9), (20, 3.2))
    ]
    every = assessments_of(runs)
    told = "\n".join((*(" ".join(row) for row in baseline_rows(every, measures)), *change_lines(every, measures)))
    slope = "2.9 spm/mph" if measures.is_imperial else "1.8 spm/(km/h)"
    assert f"Both at {speed}: the later one was adjusted to it by {slope}." in told
    assert f"speed {speed}" in told
    assert "m/s" not in told
    assert heading
    assert distance


@each_row("measures", [of[0] for of in SETTINGS.values()], ids=SETTINGS)
def test_reasons_and_lessons_have_the_readers_units(measures: Measures) -> None:
    """In each language: distances of a reason from the log, and what a quicker run does to the cadence."""
    reason = "32.5 km in seven days, at most 20.0 km in any of the 4 weeks before: +62 %, above +30 %"
    for language in ("en", "de", "fr", "es"):
        words = find_phrasebook(NO_MACHINE, VoiceTable(language=language))
        words = replace(words, measures=replace(measures, decimal=words.forms.decimal))
        told = words.of_log(reason)
        far = "20.2 mi" if measures.is_imperial else "32.5 km"
        assert far.replace(".", words.forms.decimal) in told
        assert ("km" in told) is not measures.is_imperial
        text = " ".join(lesson_lines(LESSONS["report"], words.lessons, measures=words.measures))
        assert re.search(r"1 mph\b.*\b3 " if measures.is_imperial else r"1 km/h\b.*\b2 ", text)


@each_row("text", ["5 km/h", "12 kmh", "km", "1 km/h to 2 km/h", "4 spm"])
def test_what_is_no_distance_stays(text: str) -> None:
    """A speed is told by another function."""
    assert Measures(is_imperial=True).sentence(text) == text

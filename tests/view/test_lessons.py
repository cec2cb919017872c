"""Six short texts: plain, with sources, on one screen each."""

import re

from each_row import each_row

from cadencecoach.devices.command_line import command_line
from cadencecoach.plan.lesson_texts import ENGLISH_LESSONS
from cadencecoach.view.lessons import COLUMNS, LESSONS, contents_lines, lesson_lines


def test_there_are_six() -> None:
    """What cadence does, sore or pain, six weeks, shoes and surfaces, when to stop, the report."""
    assert list(LESSONS) == ["cadence", "pain", "six-weeks", "shoes", "stop", "report"]


@each_row("name", LESSONS)
def test_each_is_short_and_names_its_sources(name: str) -> None:
    """Some 200 words, at most 40 lines of 76 columns; a source, or that it is advice and no study."""
    lines = list(lesson_lines(LESSONS[name], ENGLISH_LESSONS))
    at = lines.index("Sources:")
    assert max(map(len, lines)) <= COLUMNS
    assert len(lines) <= 40
    assert 80 <= len(" ".join(lines[:at]).split()) <= 260
    assert re.search(r"doi 10\.|PMID|PMC|NCT", " ".join(lines[at:]))


def test_the_contents_name_each_and_how_to_open_it() -> None:
    """By a command as it is typed."""
    text = "\n".join(contents_lines(ENGLISH_LESSONS, lambda name: command_line(f"learn {name}")))
    for name, lesson in LESSONS.items():
        assert name in text
        assert lesson.title(ENGLISH_LESSONS) in text
    assert text.endswith("cadencecoach learn cadence")

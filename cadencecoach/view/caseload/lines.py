"""The caseload in a terminal: one line a patient, the worst first, then the open alerts with their ids."""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.clinic.caseload import Section, Standing
from cadencecoach.view.caseload import words
from cadencecoach.view.glyphs import Glyphs

NAME, WEEK, LAST, PAIN, DONE, KEPT = 12, 5, 5, 14, 8, 14  # columns
WIDE = 120  # from so many columns on, what else is known stands in the line
NARROW = 60


def caseload_lines(
    day: date, patients: Sequence[Standing], glyphs: Glyphs, *, is_practice: bool, columns: int
) -> Iterator[str]:
    """The lines, none longer than the terminal is wide.

    Args:
        day: which
        patients: the worst first
        glyphs: the signs of the terminal
        is_practice: nobody of them is real
        columns: of the terminal
    """
    width = max(columns, NARROW)
    if is_practice:
        yield glyphs.fit(words.PRACTICE, width)
    yield glyphs.fit(words.heading(day, patients, is_practice=is_practice), width)
    for section in Section:
        there = [one for one in patients if one.section is section]
        if there:
            yield ""
            yield f"{section.value} ({len(there)})"
            yield from (_line(one, glyphs, width) for one in there)
    alerts = [(one, alert) for one in patients for alert in one.alerts]
    if alerts:
        yield ""
        yield f"Open alerts ({len(alerts)})"
    for one, alert in alerts:
        owner = words.owner_words(alert)
        name = _cell(one.athlete, NAME, glyphs)
        begin = f"  {alert.id}  {alert.grade.value:5}  {name}  "
        left = width - glyphs.width_of(begin)
        what = glyphs.fit(alert.words, max(1, left - len(owner) - 2))
        yield f"{begin}{glyphs.fit(f'{what}, {owner}', left)}"


def _line(one: Standing, glyphs: Glyphs, width: int) -> str:
    cells = [
        _cell(one.athlete, NAME, glyphs),
        _cell(words.week_words(one), WEEK, glyphs),
        f"{words.last_run_words(one):>{LAST}}",
        _cell(words.pain_blocks(one, glyphs), PAIN, glyphs),
    ]
    if width >= WIDE:
        cells += [_cell(words.done_words(one), DONE, glyphs), _cell(words.kept_words(one), KEPT, glyphs)]
    begin = "  " + " ".join(cells) + "  "
    return f"{begin}{glyphs.fit(one.reason, max(1, width - glyphs.width_of(begin)))}".rstrip()


def _cell(text: str, width: int, glyphs: Glyphs) -> str:
    fitted = glyphs.fit(text, width)
    return fitted + " " * (width - glyphs.width_of(fitted))

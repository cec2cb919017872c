"""A session in the terminal: the headline, a picture of characters, the stages, what stayed, cues, notes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from cadencecoach.plan.forms import decimal, fill
from cadencecoach.view.glyphs import Glyphs, glyphs_for
from cadencecoach.view.report.moved import moved_lines
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.session.stayed import rows_of
from cadencecoach.view.report.session.tables import check_in_words, moment_words, note_words
from cadencecoach.view.report.story import headline, lead, minutes
from cadencecoach.view.report.terminal.picture import ASCII, UNICODE, picture
from cadencecoach.view.summary_table import summary_table
from cadencecoach.view.words import clock, percent

LEAST_COLUMNS, MOST_COLUMNS = 40, 160
LONGEST = 400  # of a line of words, which is wrapped
REST_ROWS = 15  # what else a first screen should hold, so that the picture takes the other rows
LEAST_ROWS, MOST_ROWS = 7, 18


def session_in_terminal(sheet: SessionSheet) -> RenderableType:
    """The same as the page of a session tells, for a console of any size and encoding."""
    return _View(sheet)


@dataclass(frozen=True, slots=True)
class _View:
    sheet: SessionSheet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        sheet, glyphs = self.sheet, glyphs_for(options.encoding)
        signs = UNICODE if glyphs.encoding == "utf-8" else ASCII
        if sheet.origin:
            yield Text(glyphs.fit(sheet.origin, LONGEST), "bright_yellow")
        yield Text(glyphs.fit(headline(sheet.summary, sheet.words), LONGEST), "bold")
        told = lead(sheet.summary, sheet.trace, sheet.words, is_session=sheet.is_session)
        for line in told:
            yield Text(f"- {glyphs.fit(line, LONGEST)}")
        width = min(options.max_width, MOST_COLUMNS)
        if width >= LEAST_COLUMNS and sheet.trace.end_s > 0:
            n_rows = min(max(console.height - REST_ROWS, LEAST_ROWS), MOST_ROWS)
            yield from picture(sheet, signs, width, n_rows)
        yield Text("")
        yield summary_table(sheet.summary, sheet.words.screen, sheet.words.measures, already_said=told)
        yield from _help_rows(sheet, glyphs)
        yield from _moved_rows(sheet, glyphs)
        yield from _reported_rows(sheet, glyphs)


def _help_rows(sheet: SessionSheet, glyphs: Glyphs) -> Iterator[Text]:
    texts = sheet.words.report
    rows = rows_of(sheet.summary, texts)
    if not any(not row.is_helped for row in rows):
        return
    yield Text("")
    yield Text(texts.with_and_without, "bold")
    for row in rows:
        line = fill(
            texts.help_line if row.kept is None else texts.help_line_kept,
            name=row.words,
            mean=decimal(row.mean_spm, forms=texts.forms),
            target=decimal(row.target_spm, forms=texts.forms),
            in_band=percent(row.in_band_s / row.band_s),
            kept=percent(row.kept),
            time=minutes(row.band_s),
        )
        yield Text(glyphs.fit(line, LONGEST))


def _moved_rows(sheet: SessionSheet, glyphs: Glyphs) -> Iterator[Text]:
    lines = [f"{name}: {told}" for name, told in moved_lines(sheet.summary, sheet.words)]
    if lines:
        yield Text("")
        yield Text(sheet.words.report.moved, "bold")
    for line in lines:
        yield Text(glyphs.fit(line, LONGEST))


def _reported_rows(sheet: SessionSheet, glyphs: Glyphs) -> Iterator[Text]:
    texts = sheet.words.report
    for note in sheet.trace.notes:
        line = fill(texts.note_line, time=clock(note.time_s), note=note_words(note, texts))
        yield Text(glyphs.fit(line, LONGEST))
    for one in sheet.check_ins:
        moment = moment_words(one.moment, texts)
        line = fill(texts.check_in_line, moment=moment, answers=check_in_words(one, sheet.words))
        yield Text(glyphs.fit(line, LONGEST))

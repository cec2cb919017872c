"""The runner's screen: one moment of a session as lines of a terminal, readable from three metres.

The cadence in huge figures, beside it target and time left in the stage, and above them one band of colour with a sign
and a word, so that colour is never alone. What a small terminal has no room for is left out, the least important first
(`LEAST_FIRST`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice

from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from cadencecoach.coach.key_table import Mode
from cadencecoach.view import rows
from cadencecoach.view.forms import COLOURS, FORMS, SMALL_FORMS, Form, figures
from cadencecoach.view.glyphs import Glyphs, glyphs_for
from cadencecoach.view.model import ViewModel
from cadencecoach.view.words import Status, status_of

BASE = "bright_white on black"  # our own ground: bright figures are unreadable on a white one
MARGIN_FROM_COLUMNS = 50
TALL_BANNER_FROM_SPARE_ROWS = 6

Row = Callable[[ViewModel, int, Glyphs], Text]
Lines = list[Text]

# Left out where the terminal is small, first to last. The coach's words and details then share the line of messages.
LEAST_FIRST: tuple[Row, ...] = (
    *(rows.header, rows.coming, rows.body, rows.bar, rows.detail, rows.cue),
    *(rows.message, rows.stage, rows.keys),
)
N_BEFORE_FIGURES = LEAST_FIRST.index(rows.message)  # as many rows may go before the figures become small
# Groups of rows from top to bottom; banner and figures stand between the first and the rest.
ABOVE: tuple[Row, ...] = (rows.header,)
BELOW: tuple[tuple[Row, ...], ...] = (
    (rows.stage, rows.bar, rows.coming),
    (rows.cue, rows.second_cue),
    (rows.body, rows.detail),
    (rows.message, rows.second_message),
    (rows.keys,),
)


def render(model: ViewModel, width: int, height: int) -> "Screen":
    """A moment of a session for a terminal of this size: exactly `height` lines of `width` columns."""
    return Screen(model, width, height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A moment waiting to be drawn; the console it is drawn on says which characters and colours there are."""

    model: ViewModel
    width: int
    height: int

    def lines(self, console: Console) -> Lines:
        """What stands in each line of the terminal, between its margins."""
        raise NotImplementedError

    @property
    def margin(self) -> int:
        """Columns left free on either side."""
        return 1 if self.width >= MARGIN_FROM_COLUMNS else 0

    def segments(self, line: Text, console: Console, end: str = "") -> Iterator[Segment]:
        """A line as wide as the terminal: rich need not wrap it, which is a quarter of the cost."""
        yield from full(line, self.margin, self.width).render(console, end=end)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """All lines."""
        for line in self.lines(console):
            yield from self.segments(line, console, end="\n")


@dataclass(frozen=True, slots=True)
class Screen(Picture):
    """A moment of a guided session."""

    def lines(self, console: Console) -> Lines:
        """Rows as chosen for this size."""
        status = status_of(self.model)
        size = (self.width - 2 * self.margin, self.height)
        return _lines(self.model, status, banner_style_of(status, console), size, glyphs_for(console.encoding))


def banner_style_of(status: Status, console: Console) -> str:
    """The band of colour, on a terminal that has colours."""
    return "bold reverse" if console.no_color else f"bold black on {COLOURS[status.tone]}"


# Rows that may have a second line, as which two they are then drawn; the coach's words come first.
TWO_LINES: Mapping[Row, tuple[Row, Row]] = {
    rows.cue: (rows.first_cue, rows.second_cue),
    rows.message: (rows.first_message, rows.second_message),
}


def full(line: Text, margin: int, width: int) -> Text:
    """A line with its margins on the ground colour, neither wrapped nor longer than the terminal."""
    text = Text(" " * margin, BASE, no_wrap=True, overflow="crop")
    text.append_text(line)
    text.truncate(width, overflow="crop", pad=True)
    return text


def _lines(model: ViewModel, status: Status, banner_style: str, size: tuple[int, int], glyphs: Glyphs) -> Lines:
    """Choose the form and the rows, build them, and spread what height is left."""
    width, height = size
    banner = [Text(line, banner_style) for line in rows.banner(status, width, glyphs)]
    if model.shows_keys:
        return space_out([banner, key_lines(model, Mode.GUIDED, width, height - len(banner), glyphs)], height)
    form, left_out = _choose_form(width, height - len(banner), shows_detail=model.shows_detail)
    n_rows = len(banner) + form.n_rows + sum(_is_on(row, model) for row in LEAST_FIRST if row not in left_out)
    left_out = (*left_out, *_second_lines_left_out(height - n_rows, left_out))
    above, *below = (
        [_row(row, model, width, left_out, glyphs) for row in group if _has_place(row, model, left_out)]
        for group in (ABOVE, *BELOW)
    )
    middle = figures(model, status, form, width, glyphs)
    spare = height - len(middle) - len(banner) - sum(len(group) for group in (above, *below))
    tall = [Text(" " * width, banner_style)] if spare >= TALL_BANNER_FROM_SPARE_ROWS else []
    groups = [group for group in (above, [*tall, *banner, *tall], middle, *below) if group]
    return space_out(groups, height)


def key_lines(model: ViewModel, mode: Mode, width: int, height: int, glyphs: Glyphs) -> Lines:
    """What all keys do, and how to come back from it."""
    back = Text(glyphs.fit(model.texts.keys_back, width), "bold")
    return [*rows.key_list(mode, model.key_texts, width, max(0, height - 1), glyphs), back]


def _row(row: Row, model: ViewModel, width: int, left_out: Sequence[Row], glyphs: Glyphs) -> Text:
    """A row; that of messages, while there is none, shows what has no row of its own."""
    if row is rows.message and not model.notice:
        row = next((one for one in (rows.detail, rows.cue) if one in left_out and _is_on(one, model)), row)
    if row in TWO_LINES and TWO_LINES[row][1] not in left_out:
        row = TWO_LINES[row][0]
    elif row in (above := _message_and_above(model, width, left_out)):
        row = (rows.second_message, rows.first_message)[above.index(row)]
    return row(model, width, glyphs)


def _message_and_above(model: ViewModel, width: int, left_out: Sequence[Row]) -> Sequence[Row]:
    """The rows of a message that is too long for its own: what to do about it outranks the row above. Mostly none."""
    if rows.second_message not in left_out or not rows.is_long_message(model, width):
        return ()
    above = next((row for row in (rows.detail, rows.body) if _has_place(row, model, left_out)), None)
    return () if above is None else (rows.message, above)


def _second_lines_left_out(n_spare: int, left_out: Sequence[Row]) -> Iterator[Row]:
    """Of the second lines those that no row is left for."""
    for row, (_, second) in TWO_LINES.items():
        if n_spare <= 0 or row in left_out:
            yield second
        else:
            n_spare -= 1


def _has_place(row: Row, model: ViewModel, left_out: Sequence[Row]) -> bool:
    return row not in left_out and _is_on(row, model)


def _is_on(row: Row, model: ViewModel) -> bool:
    return row is not rows.detail or model.shows_detail


@lru_cache(maxsize=8)
def _choose_form(width: int, height: int, *, shows_detail: bool) -> tuple[Form, tuple[Row, ...]]:
    """The largest figures that fit beside as many rows as possible, and the rows that must go.

    It does not depend on what is said or shown at the moment, so that the figures stay where they are.
    """
    for n_left_out in range(len(LEAST_FIRST) + 1):
        n_rows = sum(row is not rows.detail or shows_detail for row in LEAST_FIRST[n_left_out:])
        forms = FORMS if n_left_out <= N_BEFORE_FIGURES else ()
        for form in (*forms, *(SMALL_FORMS if n_left_out >= N_BEFORE_FIGURES else ())):
            if form.n_columns <= width and form.n_rows + n_rows <= height:
                return form, LEAST_FIRST[:n_left_out]
    return SMALL_FORMS[-1], LEAST_FIRST


def space_out(groups: list[Lines], height: int) -> Lines:
    """The groups one below the other, spare lines shared out between them: around the middle first."""
    spare = max(0, height - sum(len(group) for group in groups))
    n_gaps = len(groups) - 1
    order = [*range(1, n_gaps), 0] if n_gaps > 1 else [0]
    gaps = [0] * len(groups)
    for place in islice(cycle(order), spare):
        gaps[place] += 1
    lines = [line for group, gap in zip(groups, gaps, strict=True) for line in (*group, *[Text("")] * gap)]
    return lines[:height]

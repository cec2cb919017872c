"""The runner's screen: one moment of a session as lines of a terminal, readable from two metres.

The cadence in huge figures beside the target, and above them one band of colour with a sign and a word, so that colour
is never alone. What a small terminal has no room for is left out, the least important first (`LEAST_FIRST`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

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

LEAST_FIRST: tuple[Row, ...] = (rows.cue, rows.header, rows.sensor, rows.coming, rows.keys, rows.bar)
N_FIXED_ROWS = 2  # the banner and the stage stay
# Groups of rows from top to bottom; banner and figures stand between the first and the rest.
ABOVE: tuple[Row, ...] = (rows.header,)
BELOW: tuple[tuple[Row, ...], ...] = (
    (rows.stage, rows.bar, rows.coming),
    (rows.cue, rows.sensor),
    (rows.message,),
    (rows.keys,),
)


def render(model: ViewModel, width: int, height: int) -> RenderableType:
    """A moment of a session for a terminal of this size: exactly `height` lines of `width` columns."""
    return Screen(model, width, height)


@dataclass(frozen=True, slots=True)
class Screen:
    """A moment waiting to be drawn; the console it is drawn on says which characters and colours there are."""

    model: ViewModel
    width: int
    height: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, each filled to the full width."""
        margin = 1 if self.width >= MARGIN_FROM_COLUMNS else 0
        glyphs = glyphs_for(options.encoding)
        status = status_of(self.model)
        banner_style = "bold reverse" if console.no_color else f"bold black on {COLOURS[status.tone]}"
        for line in _lines(self.model, status, banner_style, (self.width - 2 * margin, self.height), glyphs):
            yield full(line, margin, self.width)


def full(line: Text, margin: int, width: int) -> Text:
    """A line with its margins on the ground colour, neither wrapped nor longer than the terminal."""
    text = Text(" " * margin, BASE, no_wrap=True, overflow="crop")
    text.append_text(line)
    text.truncate(width, overflow="crop", pad=True)
    return text


def _lines(model: ViewModel, status: Status, banner_style: str, size: tuple[int, int], glyphs: Glyphs) -> Lines:
    """Choose the form and the rows, build them, and spread what height is left."""
    width, height = size
    form, left_out = _choose_form(model, width, height)
    above, *below = (
        [row(model, width, glyphs) for row in group if _has_place(row, model, left_out)] for group in (ABOVE, *BELOW)
    )
    middle = figures(model, status, form, width, glyphs)
    banner = Text(rows.banner(status, width, glyphs), banner_style)
    spare = height - len(middle) - 1 - sum(len(group) for group in (above, *below))
    tall = [Text(" " * width, banner_style)] if spare >= TALL_BANNER_FROM_SPARE_ROWS else []
    groups = [group for group in (above, [*tall, banner, *tall], middle, *below) if group]
    return space_out(groups, height)


def _has_place(row: Row, model: ViewModel, left_out: Sequence[Row]) -> bool:
    return row not in left_out and (row is not rows.message or bool(model.notice))


def _choose_form(model: ViewModel, width: int, height: int) -> tuple[Form, Sequence[Row]]:
    """The largest figures that fit beside as many rows as possible, and the rows that must go."""
    n_rows = N_FIXED_ROWS + len(LEAST_FIRST) + bool(model.notice)
    for n_left_out in range(len(LEAST_FIRST) + 1):
        for form in FORMS:
            if form.n_columns <= width and form.n_rows + n_rows - n_left_out <= height:
                return form, LEAST_FIRST[:n_left_out]
    room = height - (n_rows - len(LEAST_FIRST))
    fitting = (form for form in SMALL_FORMS if form.n_columns <= width and form.n_rows <= room)
    return next(fitting, SMALL_FORMS[-1]), LEAST_FIRST


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

"""The middle of the screen: the cadence, and beside it the time left in the stage and the target, in what size fits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.text import Text

from cadencecoach.view import digits
from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.model import ViewModel
from cadencecoach.view.rows import QUIET, spread_line
from cadencecoach.view.words import Status, Tone, band_range, band_words, spm

COLOURS = {
    Tone.GOOD: "bright_green",
    Tone.QUICKER: "bright_yellow",
    Tone.EASIER: "bright_cyan",
    Tone.CALM: "bright_white",
    Tone.TROUBLE: "bright_red",
}
LARGEST_SCALE = 8
LEAST_SCALE = 2  # half rows a pixel; smaller figures are no longer seen from three metres, so other rows go first
BETWEEN_COLUMNS = 2  # at least, from the cadence to what stands beside it
N_DIGITS = 3
MOST_SPM, MOST_MINUTES = 999, 999
CLOCK_COLUMNS, SHORT_CLOCK_COLUMNS = 25, 19  # of 04:29 and 4:29 at a column a pixel; the target's three digits take 17
PICTURE_APART = 3  # columns at a column a pixel, so that it is not read as a digit
SIDE_WORDS_ROWS = 3  # the two labels and the band
SIDE_RATIO = 2  # the time may be half as large as the cadence before the cadence gives way


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How large the figures are, and what stands beside the cadence.

    Attributes:
        scale: columns a pixel of the cadence; 0 is plain text
        height_scale: half rows a pixel of it
        side_scale: columns a pixel of what stands beside; 0 is nothing
        side_columns: how wide that is at a column a pixel
        is_stacked: the target stands beside too, over the time; else it stands in words below
    """

    scale: int
    height_scale: int
    side_scale: int = 0
    side_columns: int = 0
    is_stacked: bool = False

    @property
    def n_columns(self) -> int:
        """Least width."""
        return digits.n_columns(N_DIGITS, self.scale) + (BETWEEN_COLUMNS + self.side_width if self.side_scale else 0)

    @property
    def side_width(self) -> int:
        """Columns of what stands beside."""
        return self.side_columns * self.side_scale

    @property
    def n_rows(self) -> int:
        """Height, with the labels above or the line of words below."""
        side = SIDE_WORDS_ROWS + digits.n_rows(self.side_scale) + digits.n_rows(self.time_height_scale)
        return max(max(1, digits.n_rows(self.height_scale)) + 1, side if self.is_stacked else 0)

    @property
    def time_height_scale(self) -> int:
        """Half rows a pixel of the time: as high as the cadence in a row; over each other tall rather than small."""
        return max(LEAST_SCALE, self.side_scale) if self.is_stacked else self.height_scale


def _stack(side_columns: int) -> list[Form]:
    """Target over time beside the cadence: the best first, which is the one whose smallest figures are largest."""
    forms = [
        Form(scale=scale, height_scale=scale, side_scale=side, side_columns=side_columns, is_stacked=True)
        for scale in range(LARGEST_SCALE, LEAST_SCALE - 1, -1)
        for side in range(1, scale + 1)
    ]
    return sorted(forms, key=lambda form: (min(form.scale, SIDE_RATIO * form.side_scale), form.scale), reverse=True)


def _in_a_row(scale: int, height_scale: int) -> list[Form]:
    """Cadence and time side by side; figures as high as `height_scale` says may be narrow."""
    return [
        Form(scale=scale, height_scale=height_scale, side_scale=side, side_columns=columns)
        for side in range(scale, 0, -1)
        for columns in (CLOCK_COLUMNS, SHORT_CLOCK_COLUMNS)
    ]


# The best first.
FORMS: tuple[Form, ...] = (
    *_stack(CLOCK_COLUMNS),
    *_stack(SHORT_CLOCK_COLUMNS),
    *(form for scale in range(LARGEST_SCALE, LEAST_SCALE - 1, -1) for form in _in_a_row(scale, scale)),
    *_in_a_row(1, LEAST_SCALE),
    *(Form(scale=scale, height_scale=scale) for scale in range(LEAST_SCALE + 1, LEAST_SCALE - 1, -1)),
)
SMALL_FORMS = (*_in_a_row(1, 1), Form(scale=1, height_scale=1), Form(scale=0, height_scale=0))


def figures(model: ViewModel, status: Status, form: Form, width: int, glyphs: Glyphs) -> list[Text]:
    """The middle of the screen as `form.n_rows` lines."""
    if model.pain:
        lines = [*_large(list(model.pain), form, status, width, glyphs), _words(model.texts.pain_scale, width, glyphs)]
    elif form.is_stacked:
        lines = _both(form, width, _label(model, status, form, glyphs), _target_and_time(model, status, form, glyphs))
    elif form.side_scale:
        names, label = stage_time(model, form.side_columns)
        time = digits.draw(names, form.side_scale, cells=glyphs.cells, height_scale=form.time_height_scale)
        beside = [Text(line, "bold") for line in time]
        lines = _both(form, width, _large(_pictures(_shown_spm(model)), form, status, 0, glyphs), beside)
        lines.append(spread_line(band_words(model), label, width, glyphs))
    else:
        lines = _large(_pictures(_shown_spm(model)), form, status, width, glyphs)
        lines.append(_words(band_words(model), width, glyphs))
    return [*lines, *[Text("")] * (form.n_rows - len(lines))]


def stage_time(model: ViewModel, n_columns: int) -> tuple[list[str], str]:
    """The time left in the stage, or so far in one without an end, as names of pictures that fit; and its label.

    Where minutes and seconds do not fit, whole minutes do: nobody needs the seconds of a quarter of an hour.
    """
    texts, is_open = model.texts, model.stage_s is None
    time_s = math.floor(model.stage_done_s) if model.stage_s is None else math.ceil(model.stage_s - model.stage_done_s)
    minutes, seconds = divmod(max(0, time_s), 60)
    clock = [*str(minutes), ":", *f"{seconds:02}"]
    if digits.width_of(clock, 1) <= n_columns:
        return clock, texts.time_done_label if is_open else texts.time_left_label
    whole = minutes if is_open else minutes + bool(seconds)
    return list(str(min(whole, MOST_MINUTES))), texts.minutes_done_label if is_open else texts.minutes_left_label


def _both(form: Form, width: int, left: Sequence[Text], right: Sequence[Text]) -> list[Text]:
    """What stands on the left and on the right, the spare columns shared out."""
    spare = max(0, width - form.n_columns)
    indent, between = " " * (spare // 3), " " * (BETWEEN_COLUMNS + spare // 3)
    n_columns = digits.n_columns(N_DIGITS, form.scale)
    lines = []
    for one, other in zip_longest(left, right, fillvalue=Text("")):
        line = Text.assemble(indent, one)
        line.append(" " * (n_columns - one.cell_len) + between)
        lines.append(line.append_text(other))
    return lines


def _label(model: ViewModel, status: Status, form: Form, glyphs: Glyphs) -> list[Text]:
    """The cadence under its label; without a sensor the tempo of the beat, which is what there is to run by."""
    texts = model.texts
    beat = texts.no_beat_label if model.tempo_spm is None else texts.beat_label
    label = texts.cadence_label if model.has_sensor else beat
    width = digits.n_columns(N_DIGITS, form.scale)
    return [Text(glyphs.fit(label, width), QUIET), *_large(_pictures(_shown_spm(model)), form, status, 0, glyphs)]


def _target_and_time(model: ViewModel, status: Status, form: Form, glyphs: Glyphs) -> list[Text]:
    """The target with its band, and under it the time; beside the target the picture of the status, where it fits."""
    texts, scale, width = model.texts, form.side_scale, form.side_width
    has_target = model.target_spm is not None
    names, time_label = stage_time(model, form.side_columns)
    target = digits.draw(_pictures(model.target_spm) if has_target else [" "] * N_DIGITS, scale, cells=glyphs.cells)
    picture = digits.draw([status.sign], scale, cells=glyphs.cells)
    rows = [Text(line, "bold") for line in target]
    room = width - digits.n_columns(N_DIGITS, scale) - digits.n_columns(1, scale)
    if room >= scale * PICTURE_APART:
        rows = [
            Text.assemble(row, " " * room, (line, f"bold {COLOURS[status.tone]}"))
            for row, line in zip(rows, picture, strict=True)
        ]
    low_spm, high_spm = model.low_spm, model.high_spm
    band = "" if low_spm is None or high_spm is None else band_range(low_spm, high_spm, texts)
    lines = [
        Text(glyphs.fit(texts.target_label if has_target else texts.no_target_label, width), QUIET),
        *rows,
        Text(glyphs.fit(band, width)),
    ]
    time = [
        Text(glyphs.fit(time_label, width), QUIET),
        *(
            Text(line, "bold")
            for line in digits.draw(names, scale, cells=glyphs.cells, height_scale=form.time_height_scale)
        ),
    ]
    return [*lines, *[Text("")] * (form.n_rows - len(lines) - len(time)), *time]


def _large(names: list[str], form: Form, status: Status, width: int, glyphs: Glyphs) -> list[Text]:
    """Figures in the colour of the status, in the middle of so many columns; one line of text in the smallest form."""
    colour = f"bold {COLOURS[status.tone]}"
    if form.scale == 0:
        return [_centre(Text("".join(names).strip(), colour), width)]
    drawn = digits.draw(names, form.scale, cells=glyphs.cells, height_scale=form.height_scale)
    return [_centre(Text(line, colour), width) for line in drawn]


def _shown_spm(model: ViewModel) -> float | None:
    return model.cadence_spm if model.has_sensor else model.tempo_spm


def _pictures(cadence_spm: float | None) -> list[str]:
    """A step rate as the names of three pictures."""
    return list("---" if cadence_spm is None else spm(min(cadence_spm, MOST_SPM)).rjust(N_DIGITS))


def _words(text: str, width: int, glyphs: Glyphs) -> Text:
    return _centre(Text(glyphs.fit(text, width)), width)


def _centre(line: Text, width: int) -> Text:
    spare = max(0, width - line.cell_len)
    return Text.assemble(" " * (spare // 2), line)

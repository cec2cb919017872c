"""The middle of the screen: the cadence, and beside it the target and a picture of what to do, in what size fits."""

from dataclasses import dataclass

from rich.text import Text

from cadencecoach.view import digits
from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.model import ViewModel
from cadencecoach.view.rows import QUIET
from cadencecoach.view.words import Status, Tone, band_range, band_words, spm

COLOURS = {
    Tone.GOOD: "bright_green",
    Tone.QUICKER: "bright_yellow",
    Tone.EASIER: "bright_cyan",
    Tone.CALM: "bright_white",
    Tone.TROUBLE: "bright_red",
}
LARGEST_SCALE = 8
LEAST_SCALE = 2  # smaller figures are no longer seen from two metres; other rows give way before they do
BETWEEN_COLUMNS = 4  # at least, from the cadence to the target
N_DIGITS = 3
MOST_SPM = 999


@dataclass(frozen=True, slots=True)
class Form:
    """How large the figures are.

    Attributes:
        scale: of the cadence; 0 is plain text
        target_scale: of the target beside it; 0 puts the target into a line of words below
    """

    scale: int
    target_scale: int

    @property
    def n_columns(self) -> int:
        """Least width."""
        beside = BETWEEN_COLUMNS + digits.n_columns(N_DIGITS, self.target_scale) if self.target_scale else 0
        return digits.n_columns(N_DIGITS, self.scale) + beside

    @property
    def n_rows(self) -> int:
        """Height, with the line of labels above or the line of words below."""
        return max(1, digits.n_rows(self.scale)) + 1


# The best first: the target beside the cadence as long as both fit.
FORMS = (
    *(Form(scale, scale // 2) for scale in range(LARGEST_SCALE, LEAST_SCALE - 1, -1)),
    *(Form(scale, 0) for scale in range(LEAST_SCALE + 1, LEAST_SCALE - 1, -1)),
)
SMALL_FORMS = (Form(1, 0), Form(0, 0))


def figures(model: ViewModel, status: Status, form: Form, width: int, glyphs: Glyphs) -> list[Text]:
    """The middle of the screen as `form.n_rows` lines."""
    colour = f"bold {COLOURS[status.tone]}"
    cadence = list(model.pain) if model.pain else _pictures(model.cadence_spm)
    if form.scale == 0:
        lines = [Text("".join(cadence).strip().center(width), colour)]
    else:
        lines = [Text(line, colour) for line in digits.drawn(cadence, form.scale, cells=glyphs.cells)]
    if model.pain:
        scale = Text(glyphs.fitted(model.texts.pain_scale, width))
        lines = [*(_centre(line, width) for line in lines), _centre(scale, width)]
        return [*lines, *[Text("")] * (form.n_rows - len(lines))]
    if form.target_scale == 0:
        return [
            *(_centre(line, width) for line in lines),
            _centre(Text(glyphs.fitted(band_words(model), width)), width),
        ]
    beside = _beside(model, status, form, glyphs)
    spare = width - form.n_columns
    left = [Text(model.texts.cadence_label[: lines[0].cell_len].ljust(lines[0].cell_len), QUIET), *lines]
    between = " " * (BETWEEN_COLUMNS + spare // 3)
    return [
        Text.assemble(" " * (spare // 3), line, between, beside[n] if n < len(beside) else "")
        for n, line in enumerate(left)
    ]


def _beside(model: ViewModel, status: Status, form: Form, glyphs: Glyphs) -> list[Text]:
    """The target, its band, and the picture of the status where there is height for it."""
    target = _target(model, form, glyphs)
    scale = form.target_scale
    while scale and 1 + digits.n_rows(scale) > form.n_rows - len(target):
        scale -= 1
    if not scale:
        return target
    indent = " " * ((digits.n_columns(N_DIGITS, form.target_scale) - digits.n_columns(1, scale)) // 2)
    picture = digits.drawn([status.sign], scale, cells=glyphs.cells)
    return [*target, Text(""), *(Text(indent + line, f"bold {COLOURS[status.tone]}") for line in picture)]


def _target(model: ViewModel, form: Form, glyphs: Glyphs) -> list[Text]:
    width = digits.n_columns(N_DIGITS, form.target_scale)
    if model.target_spm is None:
        return [Text(model.texts.no_target_label.center(width), QUIET)]
    lines = digits.drawn(_pictures(model.target_spm), form.target_scale, cells=glyphs.cells)
    low_spm, high_spm, texts = model.low_spm, model.high_spm, model.texts
    band = "" if low_spm is None or high_spm is None else band_range(low_spm, high_spm, texts)
    return [Text(texts.target_label, QUIET), *(Text(line, "bold") for line in lines), Text(band[:width].center(width))]


def _pictures(cadence_spm: float | None) -> list[str]:
    """A step rate as the names of three pictures."""
    return list("---" if cadence_spm is None else spm(min(cadence_spm, MOST_SPM)).rjust(N_DIGITS))


def _centre(line: Text, width: int) -> Text:
    spare = max(0, width - line.cell_len)
    return Text.assemble(" " * (spare // 2), line)

"""The metronome's screen: the tempo in huge figures, and the runner's cadence beside it where a sensor is heard."""

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from cadencecoach.coach.key_table import Mode
from cadencecoach.coach.metronome import Metronome
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.record.fold.beats import Beats
from cadencecoach.view import digits, rows
from cadencecoach.view.forms import COLOURS
from cadencecoach.view.glyphs import Glyphs, glyphs_for
from cadencecoach.view.model import ViewModel
from cadencecoach.view.rows import QUIET
from cadencecoach.view.screen import Lines, Picture, banner_style_of, key_lines, space_out
from cadencecoach.view.words import Status, clean, click_words, clock, metronome_status, percent, spm

LARGEST_SCALE = 8
BETWEEN_COLUMNS = 4
N_DIGITS = 3
N_WORDS_ROWS = 1  # the line over the figures


def render_metronome(model: ViewModel, metronome: Metronome, width: int, height: int) -> "MetronomeScreen":
    """A moment of the metronome for a terminal of this size: exactly `height` lines of `width` columns."""
    return MetronomeScreen(model, width, height, metronome)


def metronome_line(model: ViewModel) -> str:
    """How it goes, in one line, where there is no terminal."""
    texts, cadence = model.texts, spm(model.cadence_spm)
    parts = [
        texts.beat_silent if model.tempo_spm is None else fill(texts.line_tempo, tempo=spm(model.tempo_spm)),
        ""
        if model.cadence_spm is None
        else fill(texts.line_cadence_against, cadence=cadence, difference=difference(model)),
        clean(model.message),
    ]
    return f"{clock(model.time_s)}  {'; '.join(part for part in parts if part)}"


def metronome_end(beats: Beats | None, time_s: float, texts: ScreenTexts, *, where: str, is_whole: bool = True) -> str:
    """What a metronome came to, in one line.

    Args:
        beats: how many, and their tempo; None where nothing beat
        time_s: how long it lasted, without pauses
        texts: of the screen
        where: the file or the device; empty where nothing was heard
        is_whole: all of it is there; False where a disk was full
    """
    place = where or texts.metronome_nowhere
    number = 0 if beats is None else beats.number
    before, after = ("-", "-") if beats is None else (tempo_text(beats.from_spm), tempo_text(beats.to_spm))
    return fill(
        texts.metronome_ended,
        where=place if is_whole else fill(texts.metronome_not_whole, file=place),
        time=clock(time_s),
        beats=texts.metronome_one_beat if number == 1 else fill(texts.metronome_beats, number=number),
        tempo=fill(texts.metronome_tempo, tempo=after)
        if before == after
        else fill(texts.metronome_tempos, before=before, after=after),
    )


def tempo_text(tempo_spm: float) -> str:
    """A tempo with the tenth it may have."""
    return f"{round(tempo_spm, 1):g}"


def difference(model: ViewModel) -> str:
    """The cadence against the tempo, in whole steps a minute: `+2`, `-3`, `0`; empty while one is unknown."""
    if model.cadence_spm is None or model.tempo_spm is None:
        return ""
    steps = round(model.cadence_spm) - round(model.tempo_spm)
    return f"{steps:+d}" if steps else "0"


@dataclass(frozen=True, slots=True)
class MetronomeScreen(Picture):
    """A moment of the metronome."""

    metronome: Metronome

    def lines(self, console: Console) -> Lines:
        """The tempo as large as it fits, and around it what there is room for."""
        status = metronome_status(self.model, is_heard=self.metronome.is_open)
        width = self.width - 2 * self.margin
        return self._lines(status, banner_style_of(status, console), width, glyphs_for(console.encoding))

    def _lines(self, status: Status, banner_style: str, width: int, glyphs: Glyphs) -> Lines:
        model = self.model
        if model.shows_keys:
            banner = [Text(line, banner_style) for line in rows.banner(status, width, glyphs)]
            n_rows = self.height - len(banner)
            return space_out([banner, key_lines(model, Mode.METRONOME, width, n_rows, glyphs)], self.height)
        around = [
            [rows.header(model, width, glyphs)],
            [Text(line, banner_style) for line in rows.banner(status, width, glyphs)],
        ]
        below = [
            [Text(glyphs.fit(_details(model, self.metronome), width), QUIET)],
            [rows.message(model, width, glyphs)] if model.notice else [],
            [rows.legend(Mode.METRONOME, model.key_texts, width, glyphs)],
        ]
        n_rows = sum(len(group) for group in (*around, *below))
        middle = _figures(model, status, width, max(1, self.height - n_rows), glyphs)
        groups = [group for group in (*around, middle, *below) if group]
        if n_rows + len(middle) > self.height:  # the figures and the banner are what matters
            groups = [around[1], middle]
        return space_out(groups, self.height)


def _figures(model: ViewModel, status: Status, width: int, height: int, glyphs: Glyphs) -> Lines:
    """Tempo, and cadence beside it, as large as both fit; in plain text where nothing does."""
    shown_spm = model.tempo_spm if model.tempo_spm is not None else model.target_spm
    if model.pain:
        return _pain(model, status, width, height, glyphs)
    pairs = [(model.texts.tempo_label, shown_spm, f"bold {COLOURS[status.tone]}")]
    if model.feet is not Feet.UNKNOWN:
        pairs.append((f"{model.texts.your_cadence_label} {difference(model)}".strip(), model.cadence_spm, "bold"))
    scale = next((s for s in range(LARGEST_SCALE, 0, -1) if _fits(s, len(pairs), width, height)), 0)
    if not scale:
        return [Text(glyphs.fit(", ".join(f"{label} {spm(value)}" for label, value, _ in pairs), width))]
    n_columns = digits.n_columns(N_DIGITS, scale)
    pictures = [digits.draw(list(_three(value)), scale, cells=glyphs.cells) for _, value, _ in pairs]
    indent = " " * ((width - len(pairs) * n_columns - (len(pairs) - 1) * BETWEEN_COLUMNS) // 2)
    between = " " * BETWEEN_COLUMNS
    labels = [(label[:n_columns].ljust(n_columns), QUIET) for label, _, _ in pairs]
    lines = [_line(indent, between, labels)]
    styles = [style for _, _, style in pairs]
    rest = (_line(indent, between, list(zip(parts, styles, strict=True))) for parts in zip(*pictures, strict=True))
    return [*lines, *rest]


def _pain(model: ViewModel, status: Status, width: int, height: int, glyphs: Glyphs) -> Lines:
    """The question about pain, or its answer, as large as it fits."""
    scale = next((s for s in range(LARGEST_SCALE, 0, -1) if _fits(s, 1, width, height)), 0)
    if not scale:
        return [Text(glyphs.fit(f"{model.pain}  {model.texts.pain_scale}", width))]
    picture = digits.draw(list(model.pain), scale, cells=glyphs.cells)
    indent = " " * ((width - digits.n_columns(len(model.pain), scale)) // 2)
    label = Text(glyphs.fit(model.texts.pain_scale, width).center(width), QUIET)
    return [label, *(_line(indent, "", [(line, f"bold {COLOURS[status.tone]}")]) for line in picture)]


def _fits(scale: int, n_numbers: int, width: int, height: int) -> bool:
    columns = n_numbers * digits.n_columns(N_DIGITS, scale) + (n_numbers - 1) * BETWEEN_COLUMNS
    return columns <= width and digits.n_rows(scale) + N_WORDS_ROWS <= height


def _line(indent: str, between: str, parts: list[tuple[str, str]]) -> Text:
    line = Text(indent)
    for n, (text, style) in enumerate(parts):
        line.append(between if n else "")
        line.append(text, style)
    return line


def _three(value_spm: float | None) -> str:
    return "---" if value_spm is None else spm(min(value_spm, 999.0)).rjust(N_DIGITS)


def _details(model: ViewModel, metronome: Metronome) -> str:
    texts = model.texts
    parts = [
        click_words(metronome.click, texts),
        fill(texts.on_the_way, tempo=spm(model.target_spm)) if _is_on_the_way(model) else "",
        texts.voice_off if metronome.is_voice_muted else "",
        rows.heart(model),
        *_for_engineers(model),
    ]
    return ", ".join(part for part in parts if part)


def _for_engineers(model: ViewModel) -> list[str]:
    """Signal and reading of the sensor, where they are wanted and there is one."""
    if not model.shows_detail or model.feet is Feet.UNKNOWN:
        return []
    return [fill(model.texts.signal, percent=percent(model.quality)), model.unit]


def _is_on_the_way(model: ViewModel) -> bool:
    if model.tempo_spm is None or model.target_spm is None:
        return False
    return spm(model.tempo_spm) != spm(model.target_spm)

"""The lines around the huge figures: what each says, and how it is cut to the width of the terminal."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.plan.forms import decimal
from cadencecoach.plan.key_texts import KeyTexts
from cadencecoach.plan.screen_texts import filled
from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.model import ViewModel
from cadencecoach.view.words import Status, clock, percent, remaining, spm

LEAST_NAME_COLUMNS = 8  # a name cut shorter than this says nothing; then what stands to its right goes
QUIET = "white"  # less bright than the rest
UNDONE = "bright_black"


def header(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The plan, and how far the session is."""
    time = clock(model.time_s)
    right = time if model.left_s is None else filled(model.texts.to_go, time=time, left=remaining(model.left_s))
    return spread(model.plan_name, right, width, glyphs)


def banner(status: Status, width: int, glyphs: Glyphs) -> str:
    """Sign and word in the middle of a full line, the sign on both sides."""
    sign = glyphs.signs[status.sign]
    return f"{sign}  {status.word}  {sign}"[:width].center(width)


def stage(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """Which stage this is, and how long it still lasts."""
    texts = model.texts
    if model.stage_s is None:
        right = filled(texts.until_key, time=clock(model.stage_done_s))
    else:
        right = filled(texts.left, left=remaining(model.stage_s - model.stage_done_s))
    left = filled(texts.stage, number=model.stage_number, n_stages=model.n_stages, name=model.stage_name)
    return spread(left, right, width, glyphs, "bold")


def bar(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """How much of the stage is done; a stage without an end has only its beginning."""
    ratio = 0.0 if not model.stage_s else min(1.0, max(0.0, model.stage_done_s / model.stage_s))
    n_done = int(ratio * width)
    return Text.assemble((glyphs.bar[0] * n_done, ""), (glyphs.bar[1] * (width - n_done), UNDONE))


def coming(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What comes next."""
    if model.next_name is None:
        return Text(model.texts.next_end[:width])
    return spread(filled(model.texts.next_stage, name=model.next_name), model.next_target or "", width, glyphs)


def cue(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The words last given."""
    words = filled(model.texts.last_cue, words=model.last_cue) if model.last_cue else ""
    return Text(glyphs.fitted(words, width), QUIET)


def sensor(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """Beat, signal, unit, heart rate: as many as there is room for."""
    texts = model.texts
    beat = filled(texts.beat, tempo=spm(model.tempo_spm)) if model.tempo_spm else texts.beat_silent
    parts = [
        texts.sound_off if model.is_muted else beat,
        filled(texts.signal, percent=percent(model.quality)),
        heart(model),
        model.unit,
        filled(texts.help, percent=percent(model.help_ratio)) if model.help_ratio < 1 else "",
        filled(texts.baseline, cadence=spm(model.baseline_spm)) if model.baseline_spm is not None else "",
        filled(texts.speed, speed=decimal(model.speed_mps, forms=texts.forms)) if model.speed_mps is not None else "",
    ]
    return Text(joined(enumerate(parts), width, glyphs, between=glyphs.between), QUIET)


def heart(model: ViewModel) -> str:
    """The heart rate; empty where it is not known."""
    return "" if model.hr_bpm is None else filled(model.texts.heart, rate=f"{model.hr_bpm:.0f}")


def message(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What the last key came to, or what needs attention."""
    return Text(glyphs.fitted(model.notice, width), "bold" if model.answer else "bold bright_red")


def keys(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What the keys of a guided session do."""
    return legend(Mode.GUIDED, model.key_texts, width, glyphs)


def legend(mode: Mode, texts: KeyTexts, width: int, glyphs: Glyphs) -> Text:
    """What the keys do, as many as there is room for."""
    signs = {"arrows": glyphs.arrows, "plus_minus": glyphs.plus_minus}
    parts = ((words.rank, filled(words.legend(texts), **signs)) for _, words in rows_of(mode))
    return Text(joined(parts, width, glyphs, between="  "), QUIET)


def spread(left: str, right: str, width: int, glyphs: Glyphs, style: str = "") -> Text:
    """Two texts at the two ends of a line; the left one is cut first, the right one goes when that is not enough."""
    right = glyphs.fitted(right, width)
    room = width - cell_len(right) - 2
    if not right or room < LEAST_NAME_COLUMNS:
        return Text(glyphs.fitted(left, width), style)
    left = glyphs.fitted(left, room)
    return Text(left + " " * (width - cell_len(left) - cell_len(right)) + right, style)


def joined(ranked: Iterable[tuple[int, str]], width: int, glyphs: Glyphs, *, between: str) -> str:
    """The parts that fit, lowest rank first, shown in their own order."""
    cleaned = [(rank, place, glyphs.fitted(text, width)) for place, (rank, text) in enumerate(ranked) if text]
    kept: list[tuple[int, str]] = []
    for _, place, text in sorted(cleaned):
        line = between.join(text for _, text in sorted([*kept, (place, text)]))
        if cell_len(line) <= width:
            kept.append((place, text))
    return between.join(text for _, text in sorted(kept))

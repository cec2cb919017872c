"""The lines around the huge figures: what each says, and how it is cut to the width of the terminal."""

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells
from rich.text import Text

from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.key_texts import KeyTexts
from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.keys import key_rows
from cadencecoach.view.model import ViewModel
from cadencecoach.view.paragraph import wrap
from cadencecoach.view.words import Status, clean, clock, percent, remaining, spm

BETWEEN_KEYS = 2
LEAST_NAME_COLUMNS = 8  # a name cut shorter than this says nothing; then what stands to its right goes
LEAST_HELP_COLUMNS = 24  # for what a key does; narrower it is chopped up
QUIET = "white"  # less bright than the rest
UNDONE = "bright_black"


def header(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The plan, and how far the session is."""
    time = clock(model.time_s)
    right = time if model.left_s is None else fill(model.texts.to_go, time=time, left=remaining(model.left_s))
    return spread_line(model.plan_name, right, width, glyphs)


def banner(status: Status, width: int, glyphs: Glyphs) -> list[str]:
    """Sign and word in the middle of full lines, the sign on both sides where it fits; the word is never cut.

    Where even the word alone is too long, it goes on in the next line.
    """
    sign = glyphs.signs[status.sign]
    word = clean(status.word)
    forms = (f"{sign}  {word}  {sign}", f"{sign} {word} {sign}", f"{sign} {word}", word)
    fitting = next((form for form in forms if cell_len(form) <= width), None)
    lines = wrap_lines(word, width) if fitting is None else [fitting]
    return [_centre(line.encode(glyphs.encoding, "replace").decode(glyphs.encoding), width) for line in lines]


def wrap_lines(text: str, width: int) -> list[str]:
    """Whole words line by line; a word longer than a line is broken."""
    lines = [""]
    for word in clean(text).split():
        joint = f"{lines[-1]} {word}".strip()
        if cell_len(joint) <= width:
            lines[-1] = joint
            continue
        pieces = chop_cells(word, max(1, width))
        lines = [*lines, *pieces] if lines[-1] else list(pieces)
    return lines


def _centre(text: str, width: int) -> str:
    spare = max(0, width - cell_len(text))
    return " " * (spare // 2) + text + " " * (spare - spare // 2)


def stage(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """Which stage this is, and how long it still lasts."""
    texts = model.texts
    if model.stage_s is None:
        right = fill(texts.until_key, time=clock(model.stage_done_s))
    else:
        right = fill(texts.left, left=remaining(model.stage_s - model.stage_done_s))
    left = fill(texts.stage, number=model.stage_number, n_stages=model.n_stages, name=model.stage_name)
    if cell_len(left) + 2 + cell_len(right) > width:  # the name matters more than the word for a stage
        left = f"{model.stage_number}/{model.n_stages} {model.stage_name}"
    return spread_line(left, right, width, glyphs, "bold")


def bar(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """How much of the stage is done; a stage without an end has only its beginning."""
    ratio = 0.0 if not model.stage_s else min(1.0, max(0.0, model.stage_done_s / model.stage_s))
    n_done = int(ratio * width)
    return Text.assemble((glyphs.bar[0] * n_done, ""), (glyphs.bar[1] * (width - n_done), UNDONE))


def coming(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What comes next."""
    if model.next_name is None:
        return Text(model.texts.next_end[:width])
    return spread_line(fill(model.texts.next_stage, name=model.next_name), model.next_target or "", width, glyphs)


def cue(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The words last given, or as much as one line holds of them."""
    return cue_lines(model, width, 1, glyphs)[0]


def first_cue(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The first of two lines of them."""
    return cue_lines(model, width, 2, glyphs)[0]


def second_cue(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What did not fit into the first."""
    return cue_lines(model, width, 2, glyphs)[1]


def cue_lines(model: ViewModel, width: int, n_lines: int, glyphs: Glyphs) -> list[Text]:
    """The words last given in so many lines; only what is too long for all of them is cut."""
    words = fill(model.texts.last_cue, words=clean(model.last_cue)) if model.last_cue else ""
    return [Text(line, "bold") for line in _in_lines(words, width, n_lines, glyphs)]


def _in_lines(words: str, width: int, n_lines: int, glyphs: Glyphs) -> list[str]:
    """Words in exactly so many lines; only what is too long for all of them is cut."""
    lines = wrap_lines(words, width)
    shown = [*lines[: n_lines - 1], " ".join(lines[n_lines - 1 :])]
    shown += [""] * (n_lines - len(shown))
    return [glyphs.fit(line, width) for line in shown]


def body(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """Beat, heart rate, speed: as many as there is room for."""
    texts = model.texts
    parts = [
        texts.sound_off if model.is_muted else _beat(model),
        heart(model),
        model.speed,
    ]
    return Text(join_ranked(enumerate(parts), width, glyphs, between=glyphs.between), QUIET)


def _beat(model: ViewModel) -> str:
    """The tempo that sounds; that a stage has none is said only where nothing else may keep it silent."""
    if model.tempo_spm:
        return fill(model.texts.beat, tempo=spm(model.tempo_spm))
    is_held = model.is_paused or model.is_stopped or model.feet in {Feet.WALKING, Feet.STILL}
    return model.texts.no_beat_now if is_held else model.texts.beat_silent


def detail(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What is of use when something is odd: signal, how the sensor is read, help, baseline."""
    texts = model.texts
    parts = [
        fill(texts.signal, percent=percent(model.quality)) if model.has_sensor else texts.summary_no_sensor,
        model.unit,
        fill(texts.help, percent=percent(model.help_ratio)) if model.help_ratio < 1 else "",
        fill(texts.baseline, cadence=spm(model.baseline_spm)) if model.baseline_spm is not None else "",
    ]
    return Text(join_ranked(enumerate(parts), width, glyphs, between=glyphs.between), QUIET)


def heart(model: ViewModel) -> str:
    """The heart rate; empty where it is not known."""
    return "" if model.hr_bpm is None else fill(model.texts.heart, rate=f"{model.hr_bpm:.0f}")


def message(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What the last key came to, or what needs attention."""
    return _message_lines(model, width, 1, glyphs)[0]


def first_message(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """The first of two lines of that."""
    return _message_lines(model, width, 2, glyphs)[0]


def second_message(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What did not fit into the first: mostly what to do about it."""
    return _message_lines(model, width, 2, glyphs)[1]


def is_long_message(model: ViewModel, width: int) -> bool:
    """Whether it needs the second line."""
    return len(wrap_lines(model.notice, width)) > 1


def _message_lines(model: ViewModel, width: int, n_lines: int, glyphs: Glyphs) -> list[Text]:
    style = "bold" if model.answer else "bold bright_red"
    return [Text(line, style) for line in _in_lines(model.notice, width, n_lines, glyphs)]


def keys(model: ViewModel, width: int, glyphs: Glyphs) -> Text:
    """What the keys of a guided session do."""
    return legend(Mode.GUIDED, model.key_texts, width, glyphs)


def legend(mode: Mode, texts: KeyTexts, width: int, glyphs: Glyphs) -> Text:
    """What the keys do, as many as there is room for."""
    signs = {"arrows": glyphs.arrows, "plus_minus": glyphs.plus_minus}
    parts = ((words.rank, fill(words.legend(texts), **signs)) for _, words in rows_of(mode))
    return Text(join_ranked(parts, width, glyphs, between="  "), QUIET)


def key_list(mode: Mode, texts: KeyTexts, width: int, height: int, glyphs: Glyphs) -> list[Text]:
    """What all keys do: in full where there is room, else a few words for each, in columns or one after the other.

    Where even that is too much, the least important keys are left out.
    """
    lines = _keys_in_full(mode, texts, width, glyphs)
    if lines is None or len(lines) > height:
        signs = {"arrows": glyphs.arrows, "plus_minus": glyphs.plus_minus}
        short = ((words.rank, fill(words.short(texts), **signs)) for _, words in rows_of(mode))
        ranked = [(rank, glyphs.fit(text, width)) for rank, text in short]
        lines = _columns([text for _, text in ranked], width)
        while len(lines) > height and ranked:
            lines = _pack([text for _, text in ranked], width)
            ranked.remove(max(ranked))
    return [Text(line) for line in lines]


def _keys_in_full(mode: Mode, texts: KeyTexts, width: int, glyphs: Glyphs) -> list[str] | None:
    """A line or more for each key; None where what they do would be chopped up."""
    pairs = [(glyphs.fit(names, width), help_text) for names, help_text in key_rows(mode, texts)]
    n_columns = max(cell_len(names) for names, _ in pairs) + BETWEEN_KEYS
    if width - n_columns < LEAST_HELP_COLUMNS:
        return None
    lines: list[str] = []
    for names, help_text in pairs:
        first, *more = (glyphs.fit(line, width) for line in wrap(help_text, width - n_columns))
        lines += [names + " " * (n_columns - cell_len(names)) + first, *(" " * n_columns + line for line in more)]
    return lines


def _columns(texts: list[str], width: int) -> list[str]:
    n_columns = max(map(cell_len, texts)) + BETWEEN_KEYS
    n_beside = max(1, (width + BETWEEN_KEYS) // n_columns)
    lines = (texts[at : at + n_beside] for at in range(0, len(texts), n_beside))
    return ["".join(one + " " * (n_columns - cell_len(one)) for one in line).rstrip() for line in lines]


def _pack(texts: list[str], width: int) -> list[str]:
    """As many beside each other as fit."""
    lines = [""]
    for text in texts:
        joint = f"{lines[-1]}{' ' * BETWEEN_KEYS}{text}" if lines[-1] else text
        lines[-1:] = [joint] if cell_len(joint) <= width else [lines[-1], text]
    return lines


def spread_line(left: str, right: str, width: int, glyphs: Glyphs, style: str = "") -> Text:
    """Two texts at the two ends of a line; the left one is cut first, the right one goes when that is not enough."""
    right = glyphs.fit(right, width)
    room = width - cell_len(right) - 2
    if not right or room < LEAST_NAME_COLUMNS:
        return Text(glyphs.fit(left, width), style)
    left = glyphs.fit(left, room)
    return Text(left + " " * (width - cell_len(left) - cell_len(right)) + right, style)


def join_ranked(ranked: Iterable[tuple[int, str]], width: int, glyphs: Glyphs, *, between: str) -> str:
    """The parts that fit, lowest rank first, shown in their own order."""
    cleaned = [(rank, place, glyphs.fit(text, width)) for place, (rank, text) in enumerate(ranked) if text]
    kept: list[tuple[int, str]] = []
    for _, place, text in sorted(cleaned):
        line = between.join(text for _, text in sorted([*kept, (place, text)]))
        if cell_len(line) <= width:
            kept.append((place, text))
    return between.join(text for _, text in sorted(kept))

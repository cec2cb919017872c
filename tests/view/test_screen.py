"""The runner's screen at the sizes of real terminals, and at every other size, with names nobody should trust."""

import io
from dataclasses import replace
from itertools import pairwise, product

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.key_texts import ENGLISH_KEYS
from cadencecoach.units import Measures
from cadencecoach.view import digits
from cadencecoach.view.model import ViewModel, look_of
from cadencecoach.view.screen import _choose_form, render
from cadencecoach.view.words import status_of

MOMENT = ViewModel(
    plan_name="Plus 5 percent in 10-minute stages",
    time_s=751.3,
    stage_name="First rung",
    stage_number=3,
    n_stages=8,
    stage_done_s=331.3,
    stage_s=600.0,
    left_s=1728.7,
    next_name="Second rung",
    next_target="176 spm",
    cadence_spm=168.4,
    age_s=0.4,
    quality=0.98,
    feet=Feet.LIVE,
    unit="pod sends strides, x2",
    target_spm=172.2,
    low_spm=167.1,
    high_spm=177.2,
    band=BandState.BELOW,
    tempo_spm=172.2,
    baseline_spm=164.0,
    help_ratio=1.0,
    is_paused=False,
    is_muted=False,
    hr_bpm=152.0,
    speed="10.4 km/h",
    last_cue="Quicker, lighter steps.",
    message="",
    is_over=False,
)
SIZES = each_row(("width", "height"), [(80, 24), (200, 50), (60, 20), (40, 12)])


def seen(model: ViewModel, width: int, height: int, *, encoding: str = "utf-8", no_color: bool = True) -> list[str]:
    """The lines a terminal of this size and encoding would show."""
    written = io.BytesIO()
    file = io.TextIOWrapper(written, encoding=encoding, newline="\n")
    console = Console(file=file, width=width, height=height, force_terminal=not no_color, no_color=no_color)
    console.print(render(model, width, height))
    file.flush()
    return written.getvalue().decode(encoding).split("\n")[:-1]


@SIZES
def test_the_screen_fills_the_terminal_and_no_more(width: int, height: int) -> None:
    """Exactly as many lines as there are, none wider."""
    lines = seen(MOMENT, width, height)
    assert (len(lines), {cell_len(line) for line in lines}) == (height, {width})


@SIZES
def test_what_matters_most_is_on_every_screen(width: int, height: int) -> None:
    """What to do, the target and its band, the stage and its time: whatever the size."""
    text = "\n".join(seen(MOMENT, width, height))
    for words in ("▲  QUICKER  ▲", "168 to 177", "Stage 3 of 8: First rung", "04:29 left", "q stop"):
        assert words in text


@each_row(("width", "height"), [(80, 24), (200, 50), (100, 30)])
def test_a_usual_terminal_shows_everything(width: int, height: int) -> None:
    """From 80 columns and 24 rows on, nothing is left out, an urgent message included."""
    text = "\n".join(seen(replace(MOMENT, message="No sound device: silent."), width, height))
    for words in (
        *("Plus 5 percent", "12:31, 28:49 to go", "Next: Second rung", "176 spm", "Coach: Quicker, lighter steps."),
        *("beat 172", "heart 152", "No sound device: silent."),
        *("space pause", "↑/↓ ±1", "n next", "m mute", "p pain", "w wrong", "? keys", "q stop"),
    ):
        assert words in text
    assert "signal" not in text
    assert "strides" not in text


def test_the_figures_grow_with_the_terminal() -> None:
    """Cadence and time: 11 and 7 rows of 24, 25 and 11 rows of 50; on a small screen still 7 and 7 of 12."""
    heights = [
        (digits.n_rows(form.height_scale), digits.n_rows(form.time_height_scale))
        for form, _ in (_choose_form(*size, shows_detail=False) for size in [(40, 11), (78, 23), (198, 49)])
    ]
    assert heights == [(7, 7), (11, 7), (25, 11)]


def drawn_in(lines: list[str], names: list[str], scale: int, height_scale: int) -> bool:
    """Whether these figures stand somewhere on the screen, row under row."""
    picture = digits.draw(names, scale, cells=digits.BLOCKS, height_scale=height_scale)
    return any(
        all(lines[row + k][at:].startswith(part) for k, part in enumerate(picture))
        for row in range(len(lines) - len(picture) + 1)
        for at in range(len(lines[0]) - len(picture[0]) + 1)
    )


@each_row(
    ("width", "height", "scale", "height_scale"), [(40, 12, 1, 2), (60, 20, 1, 2), (80, 24, 1, 2), (120, 40, 2, 2)]
)
@each_row(
    ("stage_s", "done_s", "narrow", "wide", "label"),
    [
        (600.0, 330.3, "4:30", "4:30", "TIME LEFT"),
        (600.0, 599.2, "0:01", "0:01", "TIME LEFT"),
        (600.0, 0.0, "10", "10:00", " LEFT"),
        (900.0, 0.5, "15", "15:00", " LEFT"),
        (599.0, 0.0, "9:59", "9:59", "TIME LEFT"),
        (6000.0, 0.0, "100", "100", "MINUTES LEFT"),
        (None, 65.9, "1:05", "1:05", "TIME SO FAR"),
        (None, 659.0, "10", "10:59", " SO FAR"),
    ],
)
def test_the_time_in_the_stage_is_seen_from_afar(  # noqa: PLR0913, PLR0917
    width: int,
    height: int,
    scale: int,
    height_scale: int,
    stage_s: float | None,
    done_s: float,
    narrow: str,
    wide: str,
    label: str,
) -> None:
    """Seven rows high beside the cadence; where ten minutes and more do not fit with seconds, whole minutes do."""
    lines = seen(replace(MOMENT, stage_s=stage_s, stage_done_s=done_s), width, height)
    assert drawn_in(lines, list(wide if width >= 80 else narrow), scale, height_scale)
    assert label in "\n".join(lines)


def test_what_is_said_moves_no_figures() -> None:
    """A message, an answer or new words change their own lines only, at every size."""
    for size in [(40, 12), (60, 20), (80, 24), (120, 40)]:
        plain = seen(replace(MOMENT, last_cue=""), *size)
        long = "A second phone is sending; only the first one counts. Close the app on the other one."
        changes = ({"answer": "sound off"}, {"message": "no sound"}, {"message": long})
        for change in (*changes, {"last_cue": "Quicker, lighter steps. " * 4}):
            lines = seen(replace(MOMENT, **{"last_cue": "", **change}), *size)  # type: ignore[arg-type]
            assert 1 <= sum(one != other for one, other in zip(plain, lines, strict=True)) <= 2


def test_long_words_of_the_coach_take_two_rows() -> None:
    """Whole words, cut only where two rows are too few; one row where there is no more room."""
    words = "First rung. 172. Quicker, lighter steps. Let the beat carry you, and keep your shoulders loose."
    lines = [line.strip() for line in seen(replace(MOMENT, last_cue=words), 60, 20)]
    at = next(n for n, line in enumerate(lines) if line.startswith("Coach:"))
    assert f"{lines[at]} {lines[at + 1]}" == f"Coach: {words}"
    small = seen(replace(MOMENT, last_cue=words), 40, 12)
    assert [line for line in small if line.startswith("Coach: First rung. 172.") and line.endswith("…")]


@each_row("height", [12, 24])
def test_details_are_there_when_asked_for(height: int) -> None:
    """Signal and sensor's unit; where there is no line to spare they take that of messages, and the figures stay."""
    width = {12: 40, 24: 80}[height]
    model = replace(MOMENT, shows_detail=True, help_ratio=0.5)
    text = "\n".join(seen(model, width, height))
    assert "signal 98 % · " in text
    assert "strides, x2" in text
    assert drawn_in(seen(model, width, height), list("4:29"), 1, 2)


@each_row(("width", "height"), [(40, 12), (60, 20), (80, 24), (200, 60)])
def test_the_list_of_keys_names_every_key(width: int, height: int) -> None:
    """In place of the figures, under the banner, which stays."""
    lines = seen(replace(MOMENT, shows_keys=True), width, height)
    text = "\n".join(lines)
    assert "QUICKER" in lines[0]
    assert "? goes back" in text
    assert "…" not in text
    for row, words in rows_of(Mode.GUIDED):
        short = fill(words.short(ENGLISH_KEYS), arrows="↑/↓", plus_minus="±")
        assert (short if width < 80 else words.help(ENGLISH_KEYS)) in text
        assert row.names_text(words, ENGLISH_KEYS) in text or width < 80


STATES: dict[str, dict[str, object]] = {
    "no sensor yet": {"feet": Feet.UNKNOWN, "cadence_spm": None, "band": None},
    "without sensor": {"has_sensor": False, "feet": Feet.UNKNOWN, "cadence_spm": None, "band": None},
    "lost": {"feet": Feet.LOST, "cadence_spm": None, "band": None},
    "silent": {"feet": Feet.STALE, "band": None},
    "paused": {"is_paused": True},
    "pain asked": {"pain": "?", "answer": "pain now? 0 none to 9, x is 10"},
    "pain answered": {"pain": "4"},
    "pain stop": {"is_stopped": True, "tempo_spm": None},
    "unwell": {"pain": "!", "is_stopped": True, "tempo_spm": None},
    "free stage": {"target_spm": None, "low_spm": None, "high_spm": None, "band": None, "tempo_spm": None},
    "ramp": {"band": None, "tempo_spm": 168.3},
    "baseline": {"target_spm": None, "low_spm": None, "high_spm": None, "band": None, "baseline_spm": None},
    "walk": {"feet": Feet.WALKING, "cadence_spm": 112.0, "band": None},
    "standing": {"feet": Feet.STILL, "cadence_spm": 0.0, "band": None},
    "below": {},
    "in": {"band": BandState.IN},
    "above": {"band": BandState.ABOVE},
    "over": {"is_over": True},
}


@each_row("name", STATES)
def test_no_size_crops_a_state(name: str) -> None:
    """The banner's word is whole at every size, on several lines if need be; keys and time from 40x12 on."""
    model = replace(MOMENT, **STATES[name])  # type: ignore[arg-type]  # a table of changes
    word = status_of(model).word
    for width, height in [*product((12, 21, 30, 39, 50, 120), (6, 24)), *product((40, 60, 80), (12, 19, 24))]:
        lines = seen(model, width, height)
        text = " ".join(" ".join(lines).split())
        assert word in text, (width, height)
        if width >= 40 and height >= 12:
            assert "space pause" in text
            assert "? keys" in text
            assert "Stage 3 of 8" in text
            assert "04:29" in text


def test_without_a_sensor_the_beat_is_what_to_run_by() -> None:
    """Its tempo takes the place of a cadence nobody can hear, and no banner waits for a sensor."""
    model = replace(MOMENT, **STATES["without sensor"])  # type: ignore[arg-type]
    lines = seen(model, 80, 24)
    text = "\n".join(lines)
    assert "RUN TO THE BEAT" in text
    assert "SENSOR" not in text
    assert drawn_in(lines, list("172"), 3, 3)
    assert "KEEP THE TEMPO" in "\n".join(seen(replace(model, tempo_spm=None), 80, 24))
    assert "KEEP THE TEMPO" in "\n".join(seen(replace(model, is_muted=True), 80, 24))


@each_row(
    ("changes", "words"),
    [
        ({}, "▲  QUICKER  ▲"),
        ({"band": BandState.IN}, "●  ON TARGET  ●"),
        ({"band": BandState.ABOVE}, "▼  EASIER  ▼"),
        ({"band": None}, "○  SETTLE IN  ○"),
        ({"band": None, "target_spm": None}, "○  RUN AS YOU LIKE  ○"),
        ({"feet": Feet.WALKING}, "○  WALKING  ○"),
        ({"feet": Feet.STILL}, "○  STANDING  ○"),
        ({"feet": Feet.UNKNOWN}, "✕  NO SENSOR YET  ✕"),
        ({"feet": Feet.STALE}, "✕  SENSOR SILENT  ✕"),
        ({"feet": Feet.LOST, "is_muted": True}, "✕  NO SENSOR  ✕"),
        ({"is_paused": True, "feet": Feet.LOST}, "‖  PAUSED  ‖"),
        ({"is_over": True, "is_paused": True}, "■  SESSION OVER  ■"),
    ],
)
def test_each_state_has_a_sign_and_a_word(changes: dict[str, object], words: str) -> None:
    """Colour is never alone: without it, sign and word say the same."""
    assert words in "\n".join(seen(replace(MOMENT, **changes), 80, 24))  # type: ignore[arg-type]  # a table of changes


def test_colours_are_there_when_wanted_and_gone_when_not() -> None:
    """NO_COLOR leaves bold and reverse, so that the band is still a band."""

    def codes(*, no_color: bool) -> str:
        file = io.StringIO()
        Console(file=file, width=80, force_terminal=True, color_system="standard", no_color=no_color).print(
            render(MOMENT, 80, 24)
        )
        return file.getvalue()

    assert "\x1b[1;30;103m" in codes(no_color=False)
    assert "\x1b[1;7m" in codes(no_color=True)
    assert "103" not in codes(no_color=True)


@SIZES
def test_a_terminal_without_unicode_gets_plain_characters(width: int, height: int) -> None:
    """Nothing that an ASCII terminal cannot show, names included."""
    lines = seen(replace(MOMENT, stage_name="Läufe 走る"), width, height, encoding="ascii")
    assert any("^  QUICKER  ^" in line for line in lines)
    assert any("Stage 3 of 8: L?ufe ??" in line for line in lines)
    assert any("####" in line for line in lines)


def test_names_from_plans_command_nothing() -> None:
    """Escapes, markup and line breaks in a name are shown as text or as nothing."""
    evil = replace(MOMENT, stage_name="[red]R\x1b[2J\x07un[/red]\nnow\u202e\x9b2J", last_cue="[link=x]a[/link]")
    lines = seen(evil, 80, 24)
    assert len(lines) == 24
    assert any("Stage 3 of 8: [red]R [2J un[/red] now 2J" in line for line in lines)
    assert any("Coach: [link=x]a[/link]" in line for line in lines)


def test_an_open_stage_says_how_it_ends() -> None:
    """No time left is shown where nobody knows it, and the last stage has no next."""
    model = replace(MOMENT, stage_s=None, left_s=None, next_name=None, next_target=None, cadence_spm=None)
    text = "\n".join(seen(model, 80, 24))
    assert "05:31, n ends it" in text
    assert "Next: end of session" in text
    assert "to go" not in text


numbers = st.none() | st.floats(0, 1e6)
words = st.text(max_size=200)
models = st.builds(
    ViewModel,
    plan_name=words,
    time_s=st.floats(0, 1e6),
    stage_name=words,
    stage_number=st.integers(1, 10_000),
    n_stages=st.integers(1, 10_000),
    stage_done_s=st.floats(0, 1e6),
    stage_s=numbers,
    left_s=numbers,
    next_name=st.none() | words,
    next_target=st.none() | words,
    cadence_spm=numbers,
    age_s=numbers,
    quality=st.floats(0, 1),
    feet=st.sampled_from(Feet),
    unit=words,
    target_spm=numbers,
    low_spm=numbers,
    high_spm=numbers,
    band=st.none() | st.sampled_from(BandState),
    tempo_spm=numbers,
    baseline_spm=numbers,
    help_ratio=st.floats(0, 1),
    is_paused=st.booleans(),
    is_muted=st.booleans(),
    hr_bpm=numbers,
    speed=words,
    last_cue=words,
    message=words,
    is_over=st.booleans(),
    has_sensor=st.booleans(),
    shows_detail=st.booleans(),
    shows_keys=st.booleans(),
)


@given(models, st.integers(1, 220), st.integers(1, 60), st.sampled_from(["utf-8", "ascii"]))
def test_any_moment_fits_any_terminal(model: ViewModel, width: int, height: int, encoding: str) -> None:
    """Whatever the names, numbers and sizes: all lines, none too wide, nothing a terminal would obey."""
    lines = seen(model, width, height, encoding=encoding)
    assert len(lines) == height
    assert all(cell_len(line) == width for line in lines)
    assert all(line.isprintable() for line in lines)


@given(st.floats(0, 2), st.floats(0, 1.2), st.floats(-1, 1), st.none() | st.just(600.0))
def test_moments_of_one_look_are_one_picture(at_s: float, later_s: float, more: float, stage_s: float | None) -> None:
    """What is not drawn again would have been the same, but for the bar, which may wait a second."""
    first, second = (_moved(MOMENT, time_s, part, stage_s) for time_s, part in ((at_s, 0.0), (at_s + later_s, more)))
    pictures = [[line for line in seen(model, 80, 24) if "░" not in line] for model in (first, second)]
    assert (look_of(first) != look_of(second)) or pictures[0] == pictures[1]


def test_a_look_lasts_a_second_and_shows_what_changes() -> None:
    """Four looks a second at a steady run come to one drawing; a new number, word or state is drawn at once."""
    looks = [look_of(_moved(MOMENT, k / 4, 0.0, 600.0)) for k in range(40)]
    assert sum(one != other for one, other in pairwise(looks)) <= 2 * 10
    for change in ({"cadence_spm": 171.0}, {"is_paused": True}, {"message": "the sound has stopped"}, {"band": None}):
        assert look_of(replace(MOMENT, **change)) != look_of(MOMENT)


def _moved(model: ViewModel, by_s: float, more: float, stage_s: float | None) -> ViewModel:
    """A moment later, with numbers a little off."""
    return replace(
        model,
        time_s=model.time_s + by_s,
        stage_done_s=model.stage_done_s + by_s,
        stage_s=stage_s,
        left_s=1728.7 - by_s,
        cadence_spm=168.4 + more,
        tempo_spm=172.2 + more,
        hr_bpm=152.0 + more,
        speed=Measures().speed(2.9 + more),
        quality=0.9 + more / 10,
        age_s=by_s,
    )


@each_row(("width", "height"), [(80, 24), (40, 12)])
@each_row(
    ("pain", "is_stopped", "words"),
    [
        ("?", False, "PAIN? 0 TO 9, X IS 10"),
        ("5", False, "PAIN 5 OF 10"),
        ("10", True, "SLOW TO A WALK, THEN STOP"),
        ("!", True, "SLOW TO A WALK, THEN STOP"),
        ("", True, "SLOW TO A WALK, THEN STOP"),
    ],
)
def test_pain_is_asked_and_answered_in_large(
    width: int, height: int, pain: str, *, is_stopped: bool, words: str
) -> None:
    """The question, its answer, and the stop in the banner; the answer takes the place of the cadence."""
    model = replace(MOMENT, pain=pain, is_stopped=is_stopped, answer="pain 5 of 10", message="no sound device")
    lines = seen(model, width, height)
    text = "\n".join(lines)
    assert words in text
    assert ("pain now, 0 none to 10 worst" in text) is bool(pain)
    assert "pain 5 of 10" in text
    assert "no sound device" not in text
    assert len(lines) == height


@each_row("name", ["paused", "pain stop", "walk", "standing"])
def test_a_beat_that_only_waits_is_not_said_to_be_missing_from_the_stage(name: str) -> None:
    """Nobody knows here whether the stage has one; with a runner on the way it would be heard."""
    model = replace(MOMENT, **{**STATES[name], "tempo_spm": None})  # type: ignore[arg-type]
    assert "no beat now" in "\n".join(seen(model, 80, 24))
    assert "no beat in this stage" in "\n".join(seen(replace(MOMENT, tempo_spm=None), 80, 24))

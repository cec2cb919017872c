"""The runner's screen at the sizes of real terminals, and at every other size, with names nobody should trust."""

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.coach.actions import BandState
from cadencecoach.gait.reading import Feet
from cadencecoach.units import Measures
from cadencecoach.view.model import ViewModel, look_of
from cadencecoach.view.screen import render

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
SIZES = pytest.mark.parametrize(("width", "height"), [(80, 24), (200, 50), (60, 20), (40, 12)])


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


@pytest.mark.parametrize(("width", "height"), [(80, 24), (200, 50), (100, 30)])
def test_a_usual_terminal_shows_everything(width: int, height: int) -> None:
    """From 80 columns and 24 rows on, nothing is left out, an urgent message included."""
    text = "\n".join(seen(replace(MOMENT, message="No sound device: silent."), width, height))
    for words in (
        *("Plus 5 percent", "12:31, 28:49 to go", "Next: Second rung", "176 spm", "Coach: Quicker, lighter steps."),
        *("beat 172", "signal 98 %", "heart 152", "pod sends strides, x2", "No sound device: silent."),
        *("space pause", "↑/↓ ±1", "n next", "m mute", "p pain", "w wrong", "u unit", "q stop and save"),
    ):
        assert words in text


def test_the_figures_grow_with_the_terminal() -> None:
    """The cadence takes 11 rows of 24, and 25 rows of 50; on a small screen still 7 of 12."""
    heights = [
        sum(
            "██" in line or "▀▀▀▀" in line for line in seen(replace(MOMENT, stage_done_s=0.0, cadence_spm=111.0), *size)
        )
        for size in [(40, 12), (80, 24), (200, 50)]
    ]
    assert heights == [7, 11, 25]


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
@pytest.mark.parametrize(
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

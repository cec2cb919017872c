"""Words that are 40 % longer than the English ones break no screen; what matters most is still on it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from each_row import each_row
from longer_words import LONGER, lengthen, longer_words
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.coach.actions import BandState, EndReason
from cadencecoach.coach.coaching import metronome_alone
from cadencecoach.coach.events import ClockReached
from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.coach.metronome import MetronomeSettings
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.thresholds import TrackerSettings
from cadencecoach.gait.tracker import Tracker
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.figures import Part, Summary, whole
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.view.glyphs import UNICODE
from cadencecoach.view.keys import key_rows
from cadencecoach.view.metronome_screen import render_metronome
from cadencecoach.view.model import ViewModel
from cadencecoach.view.moment import Surroundings, moment
from cadencecoach.view.rows import key_list
from cadencecoach.view.screen import render
from cadencecoach.view.summary_table import summary_table
from cadencecoach.view.words import status_of

BOOKS = {
    "longer": longer_words(),
    **{name: find_phrasebook(NO_MACHINE, VoiceTable(language=name)) for name in ("de", "es", "fr")},
}
EACH = each_row("words", BOOKS.values(), ids=BOOKS)
SIZES = each_row(("width", "height"), [(80, 24), (40, 12), (200, 50), (60, 20)])


def model_in(words: Phrasebook) -> ViewModel:
    """A moment of a run in some words."""
    return ViewModel(
        plan_name=words.of_plan("Plus 5 percent in 10-minute stages"),
        time_s=751.3,
        stage_name=words.of_plan("With help again"),
        stage_number=3,
        n_stages=8,
        stage_done_s=331.3,
        stage_s=600.0,
        left_s=1728.7,
        next_name=words.of_plan("Second rung"),
        next_target="176 spm",
        cadence_spm=168.4,
        age_s=0.4,
        quality=0.98,
        feet=Feet.LIVE,
        unit=words.screen.counts_strides,
        target_spm=172.2,
        low_spm=167.1,
        high_spm=177.2,
        band=BandState.BELOW,
        tempo_spm=172.2,
        baseline_spm=164.0,
        help_ratio=0.5,
        is_paused=False,
        is_muted=False,
        hr_bpm=152.0,
        speed="10,4 km/h",
        last_cue=words.below[0],
        message="",
        is_over=False,
        texts=words.screen,
        key_texts=words.keys,
    )


def moments_in(words: Phrasebook) -> Iterator[ViewModel]:
    """Every banner, the longest messages and answers."""
    model, texts = model_in(words), words.screen
    yield from (replace(model, band=band) for band in (*BandState, None))
    yield from (replace(model, feet=feet) for feet in Feet)
    yield replace(model, is_paused=True, answer=texts.ten_too_late)
    yield replace(model, is_stopped=True, answer=texts.wrong_answered)
    yield from (replace(model, pain=pain) for pain in ("?", "7", "!"))
    yield replace(model, message=texts.sensor_no_cadence, target_spm=None, low_spm=None, high_spm=None)
    yield replace(model, is_over=True, stage_s=None, next_name=None, next_target=None)


def printed(shown: object, width: int, height: int = 25) -> list[str]:
    """The lines on a terminal."""
    written = io.BytesIO()
    file = io.TextIOWrapper(written, encoding="utf-8", newline="\n")
    Console(file=file, width=width, height=height, no_color=True).print(shown)
    file.flush()
    return written.getvalue().decode().split("\n")[:-1]


def test_the_made_up_language_is_longer() -> None:
    """By 40 % in all, and in each row by as much as a row may be; else the tests below prove nothing."""
    for row in ("banner_below", "stage", "too_little_run"):
        english, made_up = getattr(ENGLISH.screen, row), getattr(BOOKS["longer"].screen, row)
        assert len(made_up) >= min(160, (1 + LONGER) * len(english))
    assert lengthen("a" * 100, 120) == "a" * 100 + lengthen("a" * 100, 140)[100:120]


@cache
def screens(book: str, width: int, height: int) -> list[tuple[ViewModel, list[str]]]:
    """Every moment and the lines it is shown as, drawn once for all claims about them."""
    shown = moments_in(BOOKS[book])
    return [(model, printed(render(model, width, height), width, height)) for model in shown]


@each_row("book", BOOKS)
@SIZES
def test_the_screen_fills_the_terminal_and_no_more(book: str, width: int, height: int) -> None:
    """Whatever is shown: as many lines as there are, none wider."""
    for _, lines in screens(book, width, height):
        assert (len(lines), {cell_len(line) for line in lines}) == (height, {width})


@each_row("book", BOOKS)
@SIZES
def test_what_to_do_is_on_every_screen(book: str, width: int, height: int) -> None:
    """The banner, whole; the band; the time left in the stage."""
    left = BOOKS[book].screen.left.partition("{")[0].strip()
    for model, lines in screens(book, width, height):
        text = "\n".join(lines)
        assert status_of(model).word in text
        assert left in text or model.stage_s is None
        assert "168" in text or model.target_spm is None or model.pain


@each_row("language", ["de", "es", "fr"])
def test_the_most_urgent_keys_are_on_the_smallest_screen(language: str) -> None:
    """To stop, to pause, to say that it hurts."""
    words = BOOKS[language]
    last = printed(render(model_in(words), 40, 12), 40, 12)[-1]
    assert all(key in last for key in (words.keys.pause_legend, words.keys.pain_legend, words.keys.stop_legend))


@each_row("language", ["de", "es", "fr"])
def test_nothing_of_ours_is_cut_on_the_smallest_screen(language: str) -> None:
    """Target and band beside the label of the time, whichever that is; the stage's name, which may be 24 letters."""
    words = BOOKS[language]
    for stage_s, done_s in ((600.0, 331.3), (6000.0, 10.0), (None, 331.3), (None, 6000.0)):
        model = replace(model_in(words), stage_s=stage_s, stage_done_s=done_s, next_name=None, next_target=None)
        lines = printed(render(model, 40, 12), 40, 12)
        seen = lines if stage_s is not None else [line for line in lines if "172" in line]  # else the key matters more
        assert [line for line in seen if "\u2026" in line] == []


@each_row("language", ["en", "de", "es", "fr"])
def test_what_to_do_on_the_phone_is_whole_on_a_usual_screen(language: str) -> None:
    """Of a phone that is silent, paused or makes no sense: a second row has what the first has no room for."""
    words = ENGLISH if language == "en" else BOOKS[language]
    texts = words.screen
    wanted = (texts.phone_lost, texts.phone_lost_logger, texts.phone_lost_remote, texts.phone_silent)
    for text in (*wanted, texts.phone_second, texts.phone_senseless, texts.phone_without_gravity, texts.phone_no_steps):
        lines = [line.strip() for line in printed(render(replace(model_in(words), message=text), 80, 24), 80, 24)]
        at = next(n for n, line in enumerate(lines) if line and text.startswith(line))
        assert f"{lines[at]} {lines[at + 1]}".startswith(text)


@EACH
@each_row("mode", Mode)
@each_row(("width", "height"), [(80, 24), (40, 12)])
def test_every_key_is_in_the_list_of_keys(words: Phrasebook, mode: Mode, width: int, height: int) -> None:
    """At a usual size with all that it does, at the smallest in a few words; none is cut off in a language of ours."""
    glyphs = UNICODE
    shown = [line.plain for line in key_list(mode, words.keys, width, height - 2, glyphs)]
    assert len(shown) <= height - 2
    assert max(map(cell_len, shown)) <= width
    if words is BOOKS["longer"]:
        return
    text = " ".join(" ".join(shown).split())
    if height == 24:
        wanted = [help_text for _, help_text in key_rows(mode, words.keys)]
    else:
        signs = {"arrows": glyphs.arrows, "plus_minus": glyphs.plus_minus}
        wanted = [fill(row.short(words.keys), **signs) for _, row in rows_of(mode)]
    assert [one for one in wanted if one not in text] == []
    assert cell_len(words.screen.keys_back) <= 40


@EACH
@each_row(("width", "height"), [(80, 24), (40, 12)])
def test_the_metronome_fills_the_terminal(words: Phrasebook, width: int, height: int) -> None:
    """The same of the screen of the metronome."""
    coaching = metronome_alone(MetronomeSettings(from_spm=165.0, to_spm=175.0, over_s=600.0, for_s=1200.0), words)
    state, _ = coaching.react(coaching.begun, ClockReached(0.0))
    tracker = Tracker.with_settings(TrackerSettings(walk_below_spm=140.0))
    assert state.metronome is not None
    model = moment(state, tracker, 60.0, Surroundings())
    lines = printed(render_metronome(model, state.metronome, width, height), width, height)
    assert (len(lines), {cell_len(line) for line in lines}) == (height, {width})


@EACH
@each_row("width", [80, 40])
def test_the_summary_fits(words: Phrasebook, width: int) -> None:
    """As a table, or as lines where that is too wide."""
    part = Part(
        name=words.of_plan("With help again"),
        target_spm=172.0,
        duration_s=36_000.0,
        running_s=36_000.0,
        mean_cadence_spm=168.0,
        band_s=3600.0,
        in_band_s=3500.0,
        steps=100_800.0,
        covered_s=36_000.0,
        n_cues={"stage": 1, "below": 22, "sensor unclear": 3},
    )
    whole_run = whole("Run", (part,))
    summary = Summary(
        session=whole_run, stages=(part,), baseline_spm=164.0, paused_s=31.0, end_reason=EndReason.FINISHED
    )
    lines = printed(summary_table(summary, words.screen), width)
    assert max(cell_len(line) for line in lines) <= width
    assert "168" in "".join(lines)

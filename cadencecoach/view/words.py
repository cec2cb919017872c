"""Words and numbers as a person reads them, shared by the screen, the plain lines and the tables."""

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cadencecoach.coach.actions import BandState, EndReason
from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.coach.key_table import TEN
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.record.figures import Part, Summary
from cadencecoach.view.model import ASKED, ViewModel

WALKED_S = 30.0  # less walking changes a mean by nothing that shows
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OFF_SPEED_S = 20.0  # fewer seconds off the known speeds say nothing


class Tone(Enum):
    """What a status means; the screen gives each a colour, and never a colour alone."""

    GOOD = "good"
    QUICKER = "quicker"
    EASIER = "easier"
    CALM = "calm"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Status:
    """The one thing a runner should see: a sign, a word, a tone.

    Attributes:
        sign: name of the picture in `view.digits`, also shown small
        word: in capitals
        tone: what it means
    """

    sign: str
    word: str
    tone: Tone


def over(texts: ScreenTexts) -> Status:
    """The end."""
    return Status("stop", texts.banner_over, Tone.CALM)


def status_of(model: ViewModel) -> Status:
    """What matters most at this moment: the end, pain, a pause, the sensor, then the cadence."""
    texts = model.texts
    if model.is_over:
        return over(texts)
    if (pain := _pain_status(model)) is not None:
        return pain
    if model.is_paused:
        return Status("pause", texts.banner_paused, Tone.CALM)
    return _feet_status(model) or _band_status(model)


def metronome_status(model: ViewModel, *, is_heard: bool) -> Status:
    """The same with the metronome alone, which judges nobody; `is_heard` is false while its beat is silent."""
    if model.is_over or model.pain or model.is_stopped or model.is_paused:
        return status_of(model)
    if is_heard:
        return Status("dot", model.texts.banner_beat, Tone.GOOD)
    return Status("free", model.texts.banner_silent_beat, Tone.QUICKER)


def _pain_status(model: ViewModel) -> Status | None:
    """The question about pain, then what it has stopped, then its answer; None where there is none of them."""
    texts = model.texts
    if model.pain == ASKED:
        return Status("ask", fill(texts.banner_pain_question, ten=TEN.upper()), Tone.CALM)
    if model.is_stopped:
        return Status("stop", texts.banner_stopped, Tone.TROUBLE)
    return Status("ask", fill(texts.banner_pain, level=model.pain), Tone.CALM) if model.pain else None


def _feet_status(model: ViewModel) -> Status | None:
    """What is the matter with sensor or feet; None for a runner who is heard."""
    texts = model.texts
    if not model.has_sensor:  # nobody waits for one: what to run by is what matters
        is_heard = model.tempo_spm is not None and not model.is_muted
        silent = texts.banner_free if model.target_spm is None else texts.banner_silent_beat
        return Status("free", texts.banner_to_beat if is_heard else silent, Tone.CALM)
    return {
        Feet.UNKNOWN: Status("cross", texts.banner_no_sensor_yet, Tone.TROUBLE),
        Feet.LOST: Status("cross", texts.banner_no_sensor, Tone.TROUBLE),
        Feet.STALE: Status("cross", texts.banner_sensor_silent, Tone.TROUBLE),
        Feet.WALKING: Status("free", texts.banner_walking, Tone.CALM),
        Feet.STILL: Status("free", texts.banner_standing, Tone.CALM),
    }.get(model.feet)


def _band_status(model: ViewModel) -> Status:
    """Where the cadence is against the band, if it is judged."""
    texts = model.texts
    match model.band:
        case BandState.BELOW:
            return Status("up", texts.banner_below, Tone.QUICKER)
        case BandState.IN:
            return Status("dot", texts.banner_on_target, Tone.GOOD)
        case BandState.ABOVE:
            return Status("down", texts.banner_above, Tone.EASIER)
        case None:
            words = texts.banner_free if model.target_spm is None else texts.banner_settling
            return Status("free", words, Tone.CALM)


def clean(text: str) -> str:
    """Text from a plan or a sensor with nothing in it that a terminal would obey, on one line.

    Controls, direction marks and other invisible characters become spaces, and runs of spaces one.
    """
    if not text.isprintable():  # nearly every text is; a look at each letter took a tenth of a long caseload
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def day_words(day: date, *, with_year: bool = True) -> str:
    """A day as a person writes it, the same in every locale."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def clock(time_s: float) -> str:
    """Minutes and seconds, `05:00`, with hours where there are any: `1:05:00`. Parts of a second are cut off."""
    minutes, seconds = divmod(max(0, math.floor(time_s)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def remaining(left_s: float) -> str:
    """A time to go: whole seconds, reaching 00:00 only at the end."""
    return clock(math.ceil(left_s))


def spm(cadence_spm: float | None) -> str:
    """A step rate in whole steps a minute; `-` when there is none."""
    return "-" if cadence_spm is None else f"{cadence_spm:.0f}"


def walking_included(part: Part, texts: ScreenTexts = ENGLISH_SCREEN) -> str:
    """The mean as other programs have it, where enough was walked to make a difference; else empty."""
    if part.moving_cadence_spm is None or part.moving_s - part.running_s < WALKED_S:
        return ""
    return fill(texts.walking_included, cadence=spm(part.moving_cadence_spm))


def off_speed(part: Part, texts: ScreenTexts = ENGLISH_SCREEN) -> str:
    """How much was run at speeds of which no baseline is known, where there was enough of it; else empty."""
    if part.off_speed_s < OFF_SPEED_S:
        return ""
    return fill(texts.off_speed, time=clock(part.off_speed_s))


def pain_words(summary: Summary, texts: ScreenTexts = ENGLISH_SCREEN) -> str:
    """What was said of pain by key, and what it stopped; empty where nothing was said."""
    counting = [one for one in summary.pains if not one.is_taken_back]
    if not counting:
        return ""
    worst = summary.highest_pain
    is_unwell = any(one.is_unwell for one in counting)
    parts = [
        texts.pain_without_number if worst is None and not is_unwell else "",
        "" if worst is None else fill(texts.pain_at_most, level=worst),
        texts.was_wrong if is_unwell else "",
        "" if summary.stopped_s is None else fill(texts.beat_was_stopped, time=clock(summary.stopped_s)),
    ]
    return " ".join(part for part in parts if part)


def band_range(low_spm: float, high_spm: float, texts: ScreenTexts) -> str:
    """The whole step rates that lie inside a band."""
    low, high = math.ceil(low_spm), math.floor(high_spm)
    if low < high:
        return fill(texts.range, low=low, high=high)
    return fill(texts.range, low=decimal(low_spm, forms=texts.forms), high=decimal(high_spm, forms=texts.forms))


def percent(ratio: float | None) -> str:
    """A part of the whole in percent; `-` when there is none."""
    return "-" if ratio is None else f"{100 * ratio:.0f} %"


def band_words(model: ViewModel) -> str:
    """Target and band in one line."""
    texts, target = model.texts, spm(model.target_spm)
    if model.target_spm is None:
        return texts.no_target
    if model.low_spm is None or model.high_spm is None:
        return fill(texts.target, target=target)
    return fill(texts.target_band, target=target, band=band_range(model.low_spm, model.high_spm, texts))


def cue_reason(reason: str, texts: ScreenTexts) -> str:
    """Why a cue was given, in a word or two; one of a later version as the journal has it."""
    name = f"cue_{reason.replace(' ', '_')}"
    return str(getattr(texts, name, reason))


def end_reason(reason: EndReason, texts: ScreenTexts) -> str:
    """Why a session ended, in a word."""
    return {
        EndReason.FINISHED: texts.end_finished,
        EndReason.STOPPED: texts.end_stopped,
        EndReason.INTERRUPTED: texts.end_interrupted,
    }[reason]


def count_words(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `2 entries`; the plural is made with an s where none is given."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def click_words(click: Click, texts: ScreenTexts) -> str:
    """How the beat clicks, in one line."""
    parts = [
        fill(texts.click_sound, name=click.sound),
        texts.every_stride if click.every is Every.STRIDE else "",
        fill(texts.accent, foot=_foot(click.accent, texts)) if click.accent is not Accent.NONE else "",
        texts.feet_apart if click.pan else "",
        fill(texts.left_out, percent=percent(click.silent_ratio)) if click.silent_ratio else "",
    ]
    return ", ".join(part for part in parts if part)


def _foot(accent: Accent, texts: ScreenTexts) -> str:
    return texts.foot_left if accent is Accent.LEFT else texts.foot_right

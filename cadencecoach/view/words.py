"""Words and numbers as a person reads them, shared by the screen, the plain lines and the tables."""

import math
from dataclasses import dataclass
from enum import Enum

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.beat.clicks import Accent, Click, Every
from cadencecoach.gait.reading import Feet
from cadencecoach.record.figures import Part, Summary
from cadencecoach.view.model import ASKED, ViewModel

WALKED_S = 30.0  # less walking changes a mean by nothing that shows
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


OVER = Status("stop", "SESSION OVER", Tone.CALM)
PAUSED = Status("pause", "PAUSED", Tone.CALM)
STOPPED = Status("stop", "SLOW TO A WALK, THEN STOP", Tone.TROUBLE)
PAIN_ASKED = Status("ask", "PAIN? 0 TO 9, X IS 10", Tone.CALM)
FREE = Status("free", "RUN AS YOU LIKE", Tone.CALM)
SETTLING = Status("free", "SETTLE IN", Tone.CALM)
OF_FEET = {
    Feet.UNKNOWN: Status("cross", "NO SENSOR YET", Tone.TROUBLE),
    Feet.LOST: Status("cross", "NO SENSOR", Tone.TROUBLE),
    Feet.STALE: Status("cross", "SENSOR SILENT", Tone.TROUBLE),
    Feet.WALKING: Status("free", "WALKING", Tone.CALM),
    Feet.STILL: Status("free", "STANDING", Tone.CALM),
}
OF_BAND = {
    BandState.BELOW: Status("up", "QUICKER", Tone.QUICKER),
    BandState.IN: Status("dot", "ON TARGET", Tone.GOOD),
    BandState.ABOVE: Status("down", "EASIER", Tone.EASIER),
}


def status_of(model: ViewModel) -> Status:
    """What matters most at this moment: the end, pain, a pause, the sensor, then the cadence."""
    first = OVER if model.is_over else _pain_status(model) or (PAUSED if model.is_paused else None)
    if first is not None:
        return first
    if model.feet in OF_FEET:
        return OF_FEET[model.feet]
    if model.band is not None:
        return OF_BAND[model.band]
    return FREE if model.target_spm is None else SETTLING


def _pain_status(model: ViewModel) -> Status | None:
    """The question about pain, then what it has stopped, then its answer; None where there is none of them."""
    if model.pain == ASKED:
        return PAIN_ASKED
    if model.is_stopped:
        return STOPPED
    return Status("ask", f"PAIN {model.pain} OF 10", Tone.CALM) if model.pain else None


def clean(text: str) -> str:
    """Text from a plan or a sensor with nothing in it that a terminal would obey, on one line.

    Controls, direction marks and other invisible characters become spaces, and runs of spaces one.
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


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


def walking_included(part: Part) -> str:
    """The mean as other programs have it, where enough was walked to make a difference; else empty."""
    if part.moving_cadence_spm is None or part.moving_s - part.running_s < WALKED_S:
        return ""
    return f"Walking included, the mean is {spm(part.moving_cadence_spm)} spm."


def off_speed(part: Part) -> str:
    """How much was run at speeds of which no baseline is known, where there was enough of it; else empty."""
    if part.off_speed_s < OFF_SPEED_S:
        return ""
    return f"{clock(part.off_speed_s)} too fast or too slow for the baseline: run, but not judged."


def pain_words(summary: Summary) -> str:
    """What was said of pain by key, and what it stopped; empty where nothing was said."""
    counting = [one for one in summary.pains if not one.is_taken_back]
    if not counting:
        return ""
    worst = summary.highest_pain
    parts = [
        "Pain was noted without a number" if worst is None and not any(one.is_unwell for one in counting) else "",
        "" if worst is None else f"Pain was noted, at most {worst} of 10",
        "Something was wrong" if any(one.is_unwell for one in counting) else "",
    ]
    stopped = "" if summary.stopped_s is None else f" The beat was stopped for it at {clock(summary.stopped_s)}."
    return f"{'. '.join(part for part in parts if part)}.{stopped}"


def band_range(low_spm: float, high_spm: float) -> str:
    """The whole step rates that lie inside a band."""
    low, high = math.ceil(low_spm), math.floor(high_spm)
    return f"{low} to {high}" if low < high else f"{low_spm:.1f} to {high_spm:.1f}"


def percent(ratio: float | None) -> str:
    """A part of the whole in percent; `-` when there is none."""
    return "-" if ratio is None else f"{100 * ratio:.0f} %"


def band_words(model: ViewModel) -> str:
    """Target and band in one line."""
    if model.target_spm is None:
        return "no target"
    if model.low_spm is None or model.high_spm is None:
        return f"target {spm(model.target_spm)}"
    return f"target {spm(model.target_spm)} ({band_range(model.low_spm, model.high_spm)})"


def click_words(click: Click) -> str:
    """How the beat clicks, in one line."""
    parts = [
        f"sound {click.sound}",
        "every stride" if click.every is Every.STRIDE else "",
        f"accent {click.accent.value}" if click.accent is not Accent.NONE else "",
        "feet left and right" if click.pan else "",
        f"{percent(click.silent_ratio)} left out" if click.silent_ratio else "",
    ]
    return ", ".join(part for part in parts if part)

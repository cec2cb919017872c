"""A session without a terminal: one line for each thing that matters, and now and then one on how it goes.

Every line begins with the session time and holds no character a log could not take from us; names come from plans.
"""

from collections.abc import Callable
from typing import Any

from cadencecoach.coach.actions import (
    AnswerKey,
    CueReason,
    EndSession,
    EnterStage,
    GiveCue,
    Pause,
    Resume,
    SetBaseline,
    SetClick,
    SetGate,
    SetMuted,
    SetVoice,
    WriteNote,
)
from cadencecoach.coach.events import FeetChanged
from cadencecoach.gait.reading import Feet
from cadencecoach.view.model import ViewModel
from cadencecoach.view.words import band_words, clean, click_words, clock, percent, remaining, spm, status_of

STATUS_EVERY_S = 30.0  # often enough to follow a run in a log, seldom enough to read it afterwards

OF_FEET = {
    Feet.LIVE: "running",
    Feet.WALKING: "walking",
    Feet.STILL: "standing",
    Feet.LOST: "sensor lost",
}


def plain_line(thing: object, model: ViewModel) -> str | None:
    """What to print for an action or an event; None for what is of no interest to somebody reading along.

    Args:
        thing: an action or event of the coach; other types are of no interest
        model: the session after it
    """
    words = _WORDS.get(type(thing))
    text = words(thing, model) if words is not None else None
    return None if text is None else f"{clock(getattr(thing, 'time_s', model.time_s))}  {clean(text)}"


def key_answer(thing: object, model: ViewModel) -> str:
    """What a key has come to, for a screen that does not show it elsewhere; empty for what is no answer to a key."""
    if isinstance(thing, AnswerKey):
        return clean(thing.text)
    is_limit = isinstance(thing, WriteNote) and thing.about == "limit"
    if not is_limit and not isinstance(thing, (SetMuted, SetVoice)):
        return ""
    return clean(_WORDS[type(thing)](thing, model) or "")


def status_line(model: ViewModel) -> str:
    """How the session goes at this moment, in one line."""
    parts = [
        f"{_cadence(model)}, {band_words(model)}, {status_of(model).word.lower()}",
        f"stage {model.stage_number} of {model.n_stages}{_left(model)}",
        f"signal {percent(model.quality)}",
        clean(model.message),
    ]
    return f"{clock(model.time_s)}  {'; '.join(part for part in parts if part)}"


def _cadence(model: ViewModel) -> str:
    return "no cadence" if model.cadence_spm is None else f"{spm(model.cadence_spm)} spm"


def _left(model: ViewModel) -> str:
    return "" if model.stage_s is None else f", {remaining(model.stage_s - model.stage_done_s)} left"


def _stage(action: EnterStage, model: ViewModel) -> str:
    if model.stage_number == action.index + 1 and model.stage_done_s > 0:
        return f"{band_words(model)} from now on"
    length = "until the next key" if model.stage_s is None else clock(model.stage_s)
    target = "" if action.band is None else f", target {spm(action.band.target_spm)}"
    return f"stage {action.index + 1} of {model.n_stages}: {action.name} ({length}{target})"


def _cue(cue: GiveCue, model: ViewModel) -> str | None:
    if cue.reason is CueReason.COUNTDOWN:
        return None
    edge = {CueReason.BELOW: model.low_spm, CueReason.ABOVE: model.high_spm}.get(cue.reason)
    why = cue.reason.value if edge is None else f"{cue.reason.value} {spm(edge)}"
    return f"cue: {cue.text} ({why})"


def _baseline(action: SetBaseline) -> str:
    ran = "" if action.running_s is None else f", {action.running_s:.0f} s of running"
    return f"baseline {spm(action.cadence_spm)} spm from {action.n_readings} readings{ran}"


# One row a type; what is not in the table is not printed.
_WORDS: dict[type, Callable[[Any, ViewModel], str | None]] = {
    EnterStage: _stage,
    GiveCue: _cue,
    FeetChanged: lambda event, _: OF_FEET.get(event.feet),
    SetBaseline: lambda action, _: _baseline(action),
    Pause: lambda _action, _: "paused",
    Resume: lambda _action, _: "resumed",
    SetMuted: lambda action, _: "sound off" if action.is_muted else "sound on",
    SetVoice: lambda action, _: "voice off" if action.is_muted else "voice on",
    SetClick: lambda action, _: click_words(action.click),
    SetGate: lambda action, _: "clicks on" if action.is_open else "clicks off: keep the tempo",
    WriteNote: lambda action, _: None if action.about == "pain" else f"note: {action.text}",  # its key is answered
    AnswerKey: lambda action, _: f"key: {action.text}",
    EndSession: lambda action, _: f"end: {action.reason.value}",
}

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
from cadencecoach.plan.forms import fill, joined_facts
from cadencecoach.view.model import ViewModel
from cadencecoach.view.words import (
    band_words,
    clean,
    click_words,
    clock,
    cue_reason,
    end_reason,
    percent,
    remaining,
    spm,
    status_of,
)

STATUS_EVERY_S = 30.0  # often enough to follow a run in a log, seldom enough to read it afterwards


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
    how = (_cadence(model), band_words(model), status_of(model).word.lower())
    parts = [
        ", ".join(part for part in how if part),
        _stage_now(model),
        fill(model.texts.signal, percent=percent(model.quality)) if model.has_sensor else "",
        clean(model.message),
    ]
    return f"{clock(model.time_s)}  {joined_facts(parts, model.texts.forms)}"


def detail_line(model: ViewModel) -> str:
    """What is of use when something is odd: the signal, and how the sensor is read."""
    signal = fill(model.texts.signal, percent=percent(model.quality))
    parts = [signal if model.has_sensor else model.texts.summary_no_sensor, clean(model.unit)]
    return f"{clock(model.time_s)}  {', '.join(part for part in parts if part)}"


def _cadence(model: ViewModel) -> str:
    if not model.has_sensor:
        return ""
    if model.cadence_spm is None:
        return model.texts.line_no_cadence
    return fill(model.texts.line_cadence, cadence=spm(model.cadence_spm))


def _stage_now(model: ViewModel) -> str:
    texts, number, n_stages = model.texts, model.stage_number, model.n_stages
    if model.stage_s is None:
        return fill(texts.line_how, number=number, n_stages=n_stages)
    left = remaining(model.stage_s - model.stage_done_s)
    return fill(texts.line_how_left, number=number, n_stages=n_stages, left=left)


def _feet(event: FeetChanged, model: ViewModel) -> str | None:
    texts = model.texts
    return {
        Feet.LIVE: texts.line_running,
        Feet.WALKING: texts.line_walking,
        Feet.STILL: texts.line_standing,
        Feet.LOST: texts.line_sensor_lost,
    }.get(event.feet)


def _stage(action: EnterStage, model: ViewModel) -> str:
    texts = model.texts
    if model.stage_number == action.index + 1 and model.stage_done_s > 0:
        return fill(texts.line_target, target=band_words(model))
    length = texts.line_until_key if model.stage_s is None else clock(model.stage_s)
    name = model.stage_name if model.stage_number == action.index + 1 else action.name
    values = {"number": action.index + 1, "n_stages": model.n_stages, "name": name, "length": length}
    if action.band is None:
        return fill(texts.line_stage, **values)
    return fill(texts.line_stage_target, target=spm(action.band.target_spm), **values)


def _cue(cue: GiveCue, model: ViewModel) -> str | None:
    if cue.reason is CueReason.COUNTDOWN:
        return None
    edge = {CueReason.BELOW: model.low_spm, CueReason.ABOVE: model.high_spm}.get(cue.reason)
    reason = cue_reason(cue.reason.value, model.texts)
    why = reason if edge is None else f"{reason} {spm(edge)}"
    return fill(model.texts.line_cue, words=cue.text, reason=why)


def _baseline(action: SetBaseline, model: ViewModel) -> str:
    texts, cadence, readings = model.texts, spm(action.cadence_spm), action.n_readings
    if action.running_s is None:
        return fill(texts.line_baseline, cadence=cadence, readings=readings)
    running = f"{action.running_s:.0f}"
    return fill(texts.line_baseline_run, cadence=cadence, readings=readings, running=running)


def _note(action: WriteNote, model: ViewModel) -> str | None:
    """A note; those about pain are told by the answer to their key."""
    return None if action.about == "pain" else fill(model.texts.line_note, words=action.text)


# One row a type; what is not in the table is not printed.
_WORDS: dict[type, Callable[[Any, ViewModel], str | None]] = {
    EnterStage: _stage,
    GiveCue: _cue,
    FeetChanged: _feet,
    SetBaseline: _baseline,
    Pause: lambda _, model: model.texts.line_paused,
    Resume: lambda _, model: model.texts.line_resumed,
    SetMuted: lambda action, model: model.texts.sound_off if action.is_muted else model.texts.sound_on,
    SetVoice: lambda action, model: model.texts.voice_off if action.is_muted else model.texts.voice_on,
    SetClick: lambda action, model: click_words(action.click, model.texts),
    SetGate: lambda action, model: model.texts.line_clicks_on if action.is_open else model.texts.line_clicks_off,
    WriteNote: _note,
    AnswerKey: lambda action, model: fill(model.texts.line_key, words=action.text),
    EndSession: lambda action, model: fill(model.texts.line_end, reason=end_reason(action.reason, model.texts)),
}

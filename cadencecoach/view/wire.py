"""What is shown of a session, as plain values for a program that draws it: a page, a wall display.

`docs/web.md` describes each field. Figures are rounded as a screen shows them; what is not known is None.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import Mode
from cadencecoach.coach.pain import STOPS_ABOVE, Answer
from cadencecoach.coach.skipping import is_undoable
from cadencecoach.coach.state import State
from cadencecoach.plan.model import Plan, Stage
from cadencecoach.units import STALE_AFTER_S
from cadencecoach.view.model import ASKED, UNWELL, ViewModel
from cadencecoach.view.words import clean, click_words, metronome_status, status_of

TRACE_S = 180  # so much of the past is sent to who comes later


def moment_message(
    model: ViewModel, state: State, *, sent_s: float, is_joining: bool, song: str = ""
) -> dict[str, Any]:
    """One moment.

    Args:
        model: the moment
        state: the coach's memory at it
        sent_s: when it is sent, on a clock of the session's machine that only goes on
        is_joining: a phone is still to be brought to it
        song: that is heard instead of the click; empty where none is
    """
    metronome, answer = state.metronome, state.pain.answer
    status = status_of(model) if metronome is None else metronome_status(model, is_heard=metronome.is_open)
    return {
        "what": "moment",
        "sent_s": round(sent_s, 3),
        "time_s": round(model.time_s, 2),
        "status": {"sign": status.sign, "word": status.word, "tone": status.tone.value, "far_spm": _far_spm(model)},
        "stage": _stage_message(model),
        "left_s": None if model.left_s is None else round(model.left_s, 2),
        "next": None if model.next_name is None else {"name": clean(model.next_name), "target": model.next_target},
        "cadence_spm": _whole(model.cadence_spm),
        "age_s": None if model.age_s is None else round(model.age_s, 1),
        "target_spm": _whole(model.target_spm),
        "low_spm": model.low_spm,
        "high_spm": model.high_spm,
        "tempo_spm": _whole(model.tempo_spm),
        "band": None if model.band is None else model.band.value,
        "feet": model.feet.value,
        "hr_bpm": _whole(model.hr_bpm),
        "speed": model.speed,
        "rates_age_s": round(model.rates_age_s, 1),
        "sensor": clean(model.unit),
        "last_words": clean(model.last_cue),
        "song": clean(song),
        "trouble": clean(model.message),
        "answer": clean(model.answer),
        "click": "" if metronome is None else click_words(metronome.click, model.texts),
        "is_paused": model.is_paused,
        "is_muted": model.is_muted if metronome is None else metronome.is_voice_muted,
        "pain": model.pain,
        "is_stopped": model.is_stopped,
        "stopped_by": _stop_mark(model, answer),
        "can_take_back": model.pain not in {"", ASKED} or is_undoable(state),
        "is_joining": is_joining,
        "is_over": model.is_over,
    }


def session_message(
    plan: Plan,
    mode: Mode,
    about: Mapping[str, str],
    trace: Sequence[Sequence[Any]],
    keys: Collection[Key],
    joining: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What does not change while it runs, and the last minutes for who comes later.

    Args:
        plan: what is run
        mode: guided, or the metronome alone
        about: of its place
        trace: points as of `trace_point`
        keys: what can be asked for in it
        joining: how a phone comes to it: the `code`, and what to do `before` and `after`; None where none does
    """
    return {
        "what": "session",
        "about": dict(about),
        "mode": mode.value,
        "plan": clean(plan.name),
        "stages": [
            {"name": clean(stage.name), "length_s": stage.duration_s, "kind": _kind(stage)} for stage in plan.stages
        ],
        "keys": sorted(key.value for key in keys),
        "pain_stops_above": STOPS_ABOVE,
        "trace": [list(point) for point in trace],
        "joining": joining,
    }


def trace_point(model: ViewModel, *, sent_s: float) -> tuple[Any, ...]:
    """When it was sent, cadence, lower and upper edge of the band, and whether nothing helps."""
    is_alone = model.target_spm is not None and model.tempo_spm is None and not model.is_paused
    is_known = not model.is_paused and model.age_s is not None and model.age_s <= STALE_AFTER_S
    cadence = None if model.cadence_spm is None or not is_known else round(model.cadence_spm, 1)
    return (round(sent_s, 1), cadence, model.low_spm, model.high_spm, is_alone)


def _stage_message(model: ViewModel) -> dict[str, Any]:
    """Which stage it is, and how much of it is done."""
    return {
        "name": clean(model.stage_name),
        "number": model.stage_number,
        "done_s": round(model.stage_done_s, 2),
        "length_s": model.stage_s,
    }


def _stop_mark(model: ViewModel, answer: Answer | None) -> str:
    """The pain that has stopped the beat, or `!`: something is wrong; empty where it goes on, or that is forgotten."""
    if not model.is_stopped or answer is None:
        return ""
    return UNWELL if answer.level is None else str(answer.level)


def _far_spm(model: ViewModel) -> int | None:
    """How many whole steps a minute to the band: above zero is quicker; None where nothing is to be corrected."""
    if model.cadence_spm is None or model.low_spm is None or model.high_spm is None:
        return None
    if model.band is BandState.BELOW:
        return max(1, math.ceil(model.low_spm) - round(model.cadence_spm))
    if model.band is BandState.ABOVE:
        return min(-1, math.floor(model.high_spm) - round(model.cadence_spm))
    return None


def _kind(stage: Stage) -> str:
    """How a stage is drawn: nothing is asked, something is asked and helped, or asked without help."""
    if not stage.is_asked:
        return "free"
    return "alone" if stage.is_probe else "helped"


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)

"""The metronome alone, as a coach that never corrects: `react(state, event) -> (state, actions)` over the same memory.

Pure like the guided one: no clock, no device, no chance. The feet are noted to be shown and judge nothing; the beat
does not rest when the runner walks, because nobody asked it to.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import assert_never

from cadencecoach.coach.actions import (
    CueReason,
    EndReason,
    Pause,
    Resume,
    SetClick,
    SetGate,
    SetVoice,
)
from cadencecoach.coach.clicks import Accent
from cadencecoach.coach.door import door_due_s, give_waiting, let_out
from cadencecoach.coach.events import (
    NEVER,
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    Key,
    KeyPressed,
    PainRated,
    SensorSenseless,
    SoundDelayed,
    StepsHeard,
    WentOn,
)
from cadencecoach.coach.key_table import NEEDS_RUNNING
from cadencecoach.coach.leaving import end_session
from cadencecoach.coach.metronome import Metronome, MetronomeSettings, metronome_plan
from cadencecoach.coach.metronome_tempo import memory_of, move_tempo, take_tempo, tap
from cadencecoach.coach.pain_keys import KEYS_OF_BOTH, act_on_digit
from cadencecoach.coach.phrases import minutes_run
from cadencecoach.coach.stage import InStage
from cadencecoach.coach.state import State, begin
from cadencecoach.coach.step import (
    Move,
    Step,
    answer_key,
    chain,
    do_all_due,
    next_due_s,
    speak,
)
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.timeline import Timeline

STEP_SPM, LEAP_SPM = 1.0, 5.0


def begin_metronome(settings: MetronomeSettings, words: Phrasebook) -> State:
    """A metronome before its first event."""
    memory = Metronome(settings=settings, click=settings.click)
    return replace(begin(metronome_plan(settings), words=words), metronome=memory)


def react_metronome(state: State, event: Event) -> Step:
    """What the metronome does about an event; see `coach.react.react`."""
    if state.is_over:
        return state, ()
    before, first = give_waiting(state, event)
    after, actions = let_out(before, *_answer(replace(before, now_s=max(state.now_s, event.time_s)), event), event)
    return after, first + actions


def _answer(state: State, event: Event) -> Step:  # noqa: PLR0911  # one answer for each kind of event
    match event:
        case ClockReached():
            return _reach_clock(state)
        case CadenceEstimated(estimate=estimate):
            return with_changes(state, cadence_spm=estimate.cadence_spm), ()
        case FeetChanged(feet=feet):
            return with_changes(state, feet=feet), ()
        case KeyPressed():
            return _act_on_key(state, event)
        case PainRated():
            return act_on_digit(state, event)
        case StepsHeard() | SoundDelayed() | SensorSenseless() | WentOn():
            return state, ()
        case Interrupted():
            return end_session(state, EndReason.INTERRUPTED)
        case _:
            assert_never(event)


def metronome_due_s(state: State) -> float:
    """When it wants `ClockReached` next."""
    return min(next_due_s(state, _timers), door_due_s(state))


def _act_on_key(state: State, event: KeyPressed) -> Step:
    """What a key does, or why it does nothing."""
    key = event.key
    if key in KEYS_OF_BOTH:
        return KEYS_OF_BOTH[key](state)
    if key not in KEYS:
        return answer_key(state, state.words.screen.no_stages)
    if state.stage is None:
        return answer_key(state, state.words.screen.not_begun)
    if state.pain.is_stopped and key in NEEDS_RUNNING:
        return answer_key(state, state.words.screen.stopped_key)
    return KEYS[key](state)


def _reach_clock(state: State) -> Step:
    return _start(state) if state.stage is None else do_all_due(state, _timers)


def _timers(state: State) -> Iterator[tuple[float, Move]]:
    """What happens by itself; at one moment the first in this list comes first."""
    memory = memory_of(state)
    yield state.stage_end_r, partial(end_session, reason=_reason(state))
    yield memory.gate_r, _gate
    marks_s = memory.settings.marks_s
    yield NEVER if marks_s is None else (memory.n_marks + 1) * marks_s, _mark
    each_s = memory.settings.each_s
    yield NEVER if each_s is None else (memory.n_turns + 1) * each_s, _turn


def _reason(state: State) -> EndReason:
    return EndReason.STOPPED if state.pain.is_stopped else EndReason.FINISHED


def _start(state: State) -> Step:
    settings = memory_of(state).settings
    tempo = Timeline(
        start_s=0.0, start_beat=0.0, from_spm=settings.from_spm, to_spm=settings.to_spm, ramp_s=settings.over_s
    )
    gate_r = NEVER if settings.off_s <= 0 else _clear_of_beats(tempo, settings.on_s)
    begun = with_changes(
        state,
        stage=InStage(index=0, start_r=0.0, tempo=tempo),
        metronome=replace(memory_of(state), gate_r=gate_r),
    )
    click = SetClick(time_s=begun.now_s, click=settings.click)
    return chain(begun, lambda s: (s, (click,)), partial(take_tempo, tempo=tempo))


def _turn(state: State) -> Step:
    memory = memory_of(state)
    return _take_next_sound(with_changes(state, metronome=replace(memory, n_turns=memory.n_turns + 1)))


def _take_next_sound(state: State) -> Step:
    memory = memory_of(state)
    sounds, sound = memory.settings.sounds, memory.click.sound
    place = sounds.index(sound) + 1 if sound in sounds else 0
    return _set_click(state, replace(memory, click=replace(memory.click, sound=sounds[place % len(sounds)])))


def _take_next_accent(state: State) -> Step:
    memory = memory_of(state)
    accents = tuple(Accent)
    accent = accents[(accents.index(memory.click.accent) + 1) % len(accents)]
    return _set_click(state, replace(memory, click=replace(memory.click, accent=accent)))


def _set_click(state: State, memory: Metronome) -> Step:
    return with_changes(state, metronome=memory), (SetClick(time_s=state.now_s, click=memory.click),)


def _mute_voice(state: State) -> Step:
    memory = memory_of(state)
    is_muted = not memory.is_voice_muted
    muted = with_changes(state, metronome=replace(memory, is_voice_muted=is_muted))
    return muted, (SetVoice(time_s=state.now_s, is_muted=is_muted),)


def _pause_or_resume(state: State) -> Step:
    if state.pause_began_s is None:
        paused = with_changes(state, pause_began_s=state.now_s)
        return chain(paused, lambda s: (s, (Pause(time_s=s.now_s),)), reconcile)
    paused_s = state.paused_s + state.now_s - state.pause_began_s
    resumed = with_changes(state, pause_began_s=None, paused_s=paused_s)
    return chain(resumed, lambda s: (s, (Resume(time_s=s.now_s),)), reconcile)


def _gate(state: State) -> Step:
    """Silent, or heard again; the next change stands clear of the beats, so that no click is cut."""
    memory, tempo = memory_of(state), state.current.tempo
    assert tempo is not None
    is_open = not memory.is_open
    length_s = memory.settings.on_s if is_open else memory.settings.off_s
    gate_r = _clear_of_beats(tempo, memory.gate_r + length_s)
    gated = with_changes(state, metronome=replace(memory, is_open=is_open, gate_r=gate_r))
    return gated, (SetGate(time_s=state.now_s, is_open=is_open),)


def _mark(state: State) -> Step:
    memory = memory_of(state)
    n_marks = memory.n_marks + 1
    words = minutes_run(state.words, n_marks * (memory.settings.marks_s or 0.0))
    said = with_changes(state, metronome=replace(memory, n_marks=n_marks))
    return said, (speak(said, words, CueReason.TIME),) if words else ()


def _clear_of_beats(tempo: Timeline, time_r: float) -> float:
    """The half-way point between two beats that is nearest to a running time."""
    return tempo.time_of(math.floor(tempo.beat_at(time_r)) + 0.5)


# What else than pain and the sensor's unit is asked for by key with the metronome alone.
KEYS: dict[Key, Callable[[State], Step]] = {
    Key.UP: partial(move_tempo, by_spm=STEP_SPM),
    Key.DOWN: partial(move_tempo, by_spm=-STEP_SPM),
    Key.FASTER: partial(move_tempo, by_spm=LEAP_SPM),
    Key.SLOWER: partial(move_tempo, by_spm=-LEAP_SPM),
    Key.TAP: tap,
    Key.SOUND: _take_next_sound,
    Key.ACCENT: _take_next_accent,
    Key.MUTE: _mute_voice,
    Key.PAUSE: _pause_or_resume,
    Key.STOP: partial(end_session, reason=EndReason.STOPPED),
}

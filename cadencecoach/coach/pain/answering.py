"""What follows from the pain key, from the digit behind it, from the key for something wrong, and from Backspace."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import CueKind, CueReason, GiveCue, SetTempo, WriteNote
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain.memory import SHOWN_S, WORST, Answer
from cadencecoach.coach.pain.withholding import returning
from cadencecoach.coach.policy.attention import Signal
from cadencecoach.coach.policy.judging import is_coachable, signalled, tallied
from cadencecoach.coach.state import NEVER, State
from cadencecoach.coach.step import Move, Step, answer_key, chain
from cadencecoach.plan.screen_texts import filled
from cadencecoach.plan.timeline import Timeline


def pain_asked(state: State, _: Timeline | None) -> Step:
    """Open the question; an answer given before it stands."""
    texts = state.words.screen
    note = WriteNote(time_s=state.now_s, about="pain", text=texts.pain_key)
    asked = replace(state, pain=replace(state.pain, asked_s=state.now_s, answer=None))
    question = filled(texts.pain_question, ten=TEN)
    return chain(asked, lambda s: (s, (note,)), partial(answer_key, text=question))


def digit_pressed(state: State, event: PainRated) -> Step:
    """A digit answers the open question, or makes a 10 of the 1 that is shown."""
    if state.pain.is_open(state.now_s):
        return _rated(state, event.level, event.beat)
    shown, last, texts = state.pain.shown(state.now_s), state.pain.answer, state.words.screen
    if event.level == 0 and shown is not None and shown.level == 1:
        return _made_ten(state, shown, event.beat)
    if event.level == 0 and last is not None and last.level == 1:
        return answer_key(state, filled(texts.ten_too_late, seconds=f"{SHOWN_S:g}"))
    key = TEN if event.level == WORST else str(event.level)
    return answer_key(state, filled(texts.no_question, key=key))


def _rated(state: State, level: int, beat: Timeline | None) -> Step:
    texts = state.words.screen
    text = filled(texts.pain_level, level=level)
    note = WriteNote(time_s=state.now_s, about="pain", text=text, level=level)
    answer = Answer(at_s=state.now_s, level=level, was_stopped=state.pain.is_stopped)
    answered = texts.pain_one_answered if level == 1 else texts.pain_answered
    return _answered(state, answer, note, filled(answered, answer=text), beat)


def _made_ten(state: State, one: Answer, beat: Timeline | None) -> Step:
    texts = state.words.screen
    corrected = filled(texts.pain_corrected, level=WORST)
    note = WriteNote(time_s=state.now_s, about="pain", text=corrected, level=WORST, answer="corrected")
    answer = replace(one, at_s=state.now_s, level=WORST)
    text = filled(texts.pain_answered, answer=filled(texts.pain_level, level=WORST))
    return _answered(state, answer, note, text, beat)


def unwell_said(state: State, beat: Timeline | None) -> Step:
    """Something is wrong that belongs to no scale: it stops the beat as pain above the limit does."""
    note = WriteNote(time_s=state.now_s, about="pain", text=state.words.screen.something_wrong, answer="unwell")
    answer = Answer(at_s=state.now_s, level=None, was_stopped=state.pain.is_stopped)
    return _answered(state, answer, note, state.words.screen.wrong_answered, beat)


def _answered(state: State, answer: Answer, note: WriteNote, text: str, beat: Timeline | None) -> Step:
    answered = replace(state, pain=replace(state.pain, asked_s=-NEVER, answer=answer))
    moves: list[Move] = [lambda s: (s, (note,)), partial(answer_key, text=text)]
    if answer.is_stop:
        moves.append(partial(_stopped, beat=beat))
    return chain(answered, *moves)


def _stopped(state: State, beat: Timeline | None) -> Step:
    """Stop the beat at this key and say what to do; the sum of the beat goes on in silence."""
    pain = state.pain
    before = tallied(state)
    stopped = replace(
        before,
        pain=replace(
            pain,
            is_stopped=True,
            is_withheld=True,
            beat=pain.beat if pain.is_withheld else beat,
            returns_s=NEVER,
        ),
    )
    orders = () if beat is None else (SetTempo(time_s=state.now_s, tempo_spm=None),)
    return chain(
        stopped,
        lambda s: (s, (*orders, _words(s, s.words.stop_for_pain))),
        partial(signalled, signal=Signal.GONE),
    )


def taken_back(state: State, _: Timeline | None) -> Step:
    """Take the answer that is shown back, or close the open question; what it alone had stopped goes on."""
    pain, shown, texts = state.pain, state.pain.shown(state.now_s), state.words.screen
    if pain.is_open(state.now_s):
        closed = replace(state, pain=replace(pain, asked_s=-NEVER))
        return _noted_as_taken_back(closed, texts.question_taken_back)
    if shown is None:
        late = filled(texts.back_too_late, seconds=f"{SHOWN_S:g}")
        return answer_key(state, texts.nothing_to_take_back if pain.answer is None else late)
    is_unwell = shown.level is None
    text = texts.wrong_taken_back if is_unwell else filled(texts.level_taken_back, level=shown.level)
    before = tallied(replace(state, pain=replace(pain, answer=None, is_stopped=shown.was_stopped)))
    moves: list[Move] = [partial(_noted_as_taken_back, text=text)]
    if pain.is_stopped and not shown.was_stopped:
        moves += [lambda s: (s, (_words(s, s.words.taken_back),)), returning, _coached_again]
    return chain(before, *moves)


def _noted_as_taken_back(state: State, text: str) -> Step:
    note = WriteNote(time_s=state.now_s, about="pain", text=text, answer="taken back")
    return chain(state, lambda s: (s, (note,)), partial(answer_key, text=text))


def _coached_again(state: State) -> Step:
    if state.stage is None or not is_coachable(state):
        return state, ()
    feedback = state.feedback
    return signalled(state, Signal.ARRIVED, min(feedback.dwell_s, feedback.settle_s))


def _words(state: State, text: str) -> GiveCue:
    """Words that wait for nothing and do not expire."""
    return GiveCue(time_s=state.now_s, kind=CueKind.SPOKEN, text=text, reason=CueReason.PAIN, expires_s=NEVER)


PAIN_KEYS: dict[Key, Callable[[State, Timeline | None], Step]] = {
    Key.PAIN: pain_asked,
    Key.UNWELL: unwell_said,
    Key.TAKE_BACK: taken_back,
}

"""The keys that both coaches have: pain, the digit behind it, something wrong, and Backspace; and how loud it is.

What is asked, what an answer stops, and how it is taken back. It is the first thing a coach asks about a key.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import CueKind, CueReason, GiveCue, SetTempo, SetVolume, WriteNote
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.door import bring_back
from cadencecoach.coach.events import NEVER, Key, PainRated
from cadencecoach.coach.judging import give_signal, is_coachable, tally_up
from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.coach.pain import SHOWN_S, WORST, Answer
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Move, Step, answer_key, chain
from cadencecoach.coach.volume import LEAST
from cadencecoach.frozen import with_changes
from cadencecoach.plan.forms import fill


def ask_pain(state: State) -> Step:
    """Open the question; an answer given before it stands."""
    texts = state.words.screen
    note = WriteNote(time_s=state.now_s, about="pain", text=texts.pain_key)
    asked = with_changes(state, pain=replace(state.pain, asked_s=state.now_s, answer=None))
    question = fill(texts.pain_question, ten=TEN)
    return chain(asked, lambda s: (s, (note,)), partial(answer_key, text=question))


def act_on_digit(state: State, event: PainRated) -> Step:
    """A digit answers the open question, or makes a 10 of the 1 that is shown."""
    if state.pain.is_open(state.now_s):
        return _rate(state, event.level)
    shown, last, texts = state.pain.answer_on_screen(state.now_s), state.pain.answer, state.words.screen
    if event.level == 0 and shown is not None and shown.level == 1:
        return _make_ten(state, shown)
    if event.level == 0 and last is not None and last.level == 1:
        return answer_key(state, fill(texts.ten_too_late, seconds=f"{SHOWN_S:g}"))
    key = TEN if event.level == WORST else str(event.level)
    return answer_key(state, fill(texts.no_question, key=key))


def _rate(state: State, level: int) -> Step:
    texts = state.words.screen
    text = fill(texts.pain_level, level=level)
    note = WriteNote(time_s=state.now_s, about="pain", text=text, level=level)
    answer = Answer(at_s=state.now_s, level=level, was_stopped=state.pain.is_stopped)
    answered = texts.pain_one_answered if level == 1 else texts.pain_answered
    return _answer(state, answer, note, fill(answered, answer=text))


def _make_ten(state: State, one: Answer) -> Step:
    texts = state.words.screen
    corrected = fill(texts.pain_corrected, level=WORST)
    note = WriteNote(time_s=state.now_s, about="pain", text=corrected, level=WORST, answer="corrected")
    answer = replace(one, at_s=state.now_s, level=WORST)
    text = fill(texts.pain_answered, answer=fill(texts.pain_level, level=WORST))
    return _answer(state, answer, note, text)


def act_on_unwell(state: State) -> Step:
    """Something is wrong that belongs to no scale: it stops the beat as pain above the limit does."""
    note = WriteNote(time_s=state.now_s, about="pain", text=state.words.screen.something_wrong, answer="unwell")
    answer = Answer(at_s=state.now_s, level=None, was_stopped=state.pain.is_stopped)
    return _answer(state, answer, note, state.words.screen.wrong_answered)


def _answer(state: State, answer: Answer, note: WriteNote, text: str) -> Step:
    answered = with_changes(state, pain=replace(state.pain, asked_s=-NEVER, answer=answer))
    moves: list[Move] = [lambda s: (s, (note,)), partial(answer_key, text=text)]
    if answer.is_stop:
        moves.append(_stop_beat)
    return chain(answered, *moves)


def _stop_beat(state: State) -> Step:
    """Stop the beat at this key and say what to do; `State.beat` goes on as if it still sounded."""
    is_silent = state.pain.is_withheld or state.beat.timeline is None
    orders = () if is_silent else (SetTempo(time_s=state.now_s, timeline=None),)
    stopped = replace(
        tally_up(state),
        pain=replace(state.pain, is_stopped=True, is_withheld=True, returns_s=NEVER),
        beat=OrderedBeat(timeline=state.beat.to_come, heard_s=state.beat.heard_s),
    )
    return chain(
        stopped,
        lambda s: (s, (*orders, _words(s, s.words.stop_for_pain))),
        partial(give_signal, signal=Signal.GONE),
    )


def take_back(state: State) -> Step:
    """Take the answer that is shown back, or close the open question; what it alone had stopped goes on."""
    pain, shown, texts = state.pain, state.pain.answer_on_screen(state.now_s), state.words.screen
    if pain.is_open(state.now_s):
        closed = with_changes(state, pain=replace(pain, asked_s=-NEVER))
        return _note_taken_back(closed, texts.question_taken_back)
    if shown is None:
        late = fill(texts.back_too_late, seconds=f"{SHOWN_S:g}")
        return answer_key(state, texts.nothing_to_take_back if pain.answer is None else late)
    is_unwell = shown.level is None
    text = texts.wrong_taken_back if is_unwell else fill(texts.level_taken_back, level=shown.level)
    before = tally_up(with_changes(state, pain=replace(pain, answer=None, is_stopped=shown.was_stopped)))
    moves: list[Move] = [partial(_note_taken_back, text=text)]
    if pain.is_stopped and not shown.was_stopped:
        moves += [lambda s: (s, (_words(s, s.words.taken_back),)), bring_back, _coach_again]
    return chain(before, *moves)


def _note_taken_back(state: State, text: str) -> Step:
    note = WriteNote(time_s=state.now_s, about="pain", text=text, answer="taken back")
    return chain(state, lambda s: (s, (note,)), partial(answer_key, text=text))


def _coach_again(state: State) -> Step:
    if state.stage is None or not is_coachable(state):
        return state, ()
    feedback = state.feedback
    return give_signal(state, Signal.ARRIVED, min(feedback.dwell_s, feedback.settle_s))


def _move_volume(state: State, beat: int = 0, words: int = 0) -> Step:
    """Louder or softer by a level, at any time; at the end of the scale it says so."""
    was, texts = state.volume, state.words.screen
    volume = replace(
        was,
        beat=max(LEAST, min(was.beat_most, was.beat + beat)),
        words=max(LEAST, min(was.words_most, was.words + words)),
    )
    level, most = (volume.beat, volume.beat_most) if beat else (volume.words, volume.words_most)
    text = fill(texts.beat_volume if beat else texts.words_volume, level=level, most=most)
    if state.is_muted:
        text = fill(texts.volume_muted, volume=text)
    if volume == was:
        ending = texts.volume_most if beat + words > 0 else texts.volume_least
        return answer_key(state, fill(ending, volume=text))
    action = SetVolume(time_s=state.now_s, beat_db=volume.beat_db, words_db=volume.words_db)
    return chain(with_changes(state, volume=volume), lambda s: (s, (action,)), partial(answer_key, text=text))


def _words(state: State, text: str) -> GiveCue:
    """Words that wait for nothing and do not expire."""
    return GiveCue(time_s=state.now_s, kind=CueKind.SPOKEN, text=text, reason=CueReason.PAIN, expires_s=NEVER)


KEYS_OF_BOTH: dict[Key, Callable[[State], Step]] = {
    Key.PAIN: ask_pain,
    Key.UNWELL: act_on_unwell,
    Key.TAKE_BACK: take_back,
    Key.BEAT_SOFTER: partial(_move_volume, beat=-1),
    Key.BEAT_LOUDER: partial(_move_volume, beat=1),
    Key.WORDS_SOFTER: partial(_move_volume, words=-1),
    Key.WORDS_LOUDER: partial(_move_volume, words=1),
    Key.UNIT: lambda s: (s, ()),  # the session's own: a matter of the sensor
}

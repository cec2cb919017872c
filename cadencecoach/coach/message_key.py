"""The key that has a clinician's message spoken: when it may be, and which one.

The coach knows messages by id and length. Their words go from the log to the voice, past journal and screens.
"""

from cadencecoach.coach.actions import SayMessage
from cadencecoach.coach.attention import OUT, Attention
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, answer_key
from cadencecoach.coach.timed_cues import author_due_r
from cadencecoach.frozen import with_changes

ROOM_S = 5.0  # so long before words of the plan nothing else begins
ABOUT_CADENCE = OUT | {Attention.RETURNING}


def say_message(state: State) -> Step:
    """Have the newest unread message spoken, with the next press the one before it, and so round.

    Words about the cadence, the sensor or pain that are due before its end come first: the key then says so. What
    comes due while it is spoken waits as for other words, but a stop for pain, which cuts it.
    """
    texts = state.words.screen
    if not state.messages:
        return answer_key(state, texts.no_message)
    if state.is_muted:
        return answer_key(state, texts.sound_off)
    message = state.messages[state.n_messages_said % len(state.messages)]
    if _other_words_due_r(state) <= state.now_r + message.length_s or _plan_words_due_r(state) <= state.now_r + ROOM_S:
        return answer_key(state, texts.message_waits)
    expires_s = state.now_s + state.feedback.word_expiry_s
    action = SayMessage(time_s=state.now_s, id=message.id, length_s=message.length_s, expires_s=expires_s)
    return with_changes(state, n_messages_said=state.n_messages_said + 1), (action,)


def _other_words_due_r(state: State) -> float:
    """When words that come first are due: now, while others sound or the question about pain is open."""
    if state.now_r < state.busy_r or state.pain.is_open(state.now_s):
        return state.now_r
    cadence_r = state.due_r if state.attention in ABOUT_CADENCE else NEVER
    return min(cadence_r, state.sensor_due_r)


def _plan_words_due_r(state: State) -> float:
    """When the plan speaks next: its author's words, or the end of the stage."""
    return min(author_due_r(state), state.stage_end_r)

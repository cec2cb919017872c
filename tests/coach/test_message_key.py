"""The key that has a clinician's message spoken: which one, and what comes before it."""

from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import AnswerKey, CueReason, GiveCue, SayMessage
from cadencecoach.coach.attention import Attention
from cadencecoach.coach.events import Key, KeyPressed, PainRated
from cadencecoach.coach.keys import act_on_key
from cadencecoach.coach.message_key import ROOM_S, say_message
from cadencecoach.coach.state import MessageToSay
from cadencecoach.plan.model import Stage
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN

NEW, OLD = MessageToSay(id="new", length_s=4.0), MessageToSay(id="old", length_s=6.0)


def rig_with(*messages: MessageToSay, stage: Stage = STAGE) -> CoachRig:
    """A runner on the way in a stage of 600 s where nothing is about to be said, with unread messages."""
    rig = CoachRig(stage)
    rig.state = replace(rig.state, messages=messages)
    return rig.runs((1, 60, 170.0))


def said(rig: CoachRig) -> list[str]:
    """The ids of what was spoken."""
    return [one.id for one in rig.all_of(SayMessage)]


def answers(rig: CoachRig) -> list[str]:
    """What keys came to."""
    return [one.text for one in rig.all_of(AnswerKey)]


def test_the_newest_is_spoken_then_the_one_before_and_so_round() -> None:
    """Once each has sounded to its end."""
    rig = rig_with(NEW, OLD).press(70.0, Key.MESSAGE).press(80.0, Key.MESSAGE).press(90.0, Key.MESSAGE)
    assert said(rig) == ["new", "old", "new"]


@each_row(("later_s", "n_said"), [(3.9, 1), (4.0, 2), (4.1, 2)])
def test_nothing_is_said_into_a_message(later_s: float, n_said: int) -> None:
    """Until its length is over another message waits, and the key says so."""
    rig = rig_with(NEW, NEW).press(70.0, Key.MESSAGE).press(70.0 + later_s, Key.MESSAGE)
    assert len(said(rig)) == n_said
    assert answers(rig) == [ENGLISH_SCREEN.message_waits] * (2 - n_said)


def test_without_a_message_the_key_says_so() -> None:
    """In one line, and nothing else comes of it."""
    rig = rig_with().press(70.0, Key.MESSAGE)
    assert (said(rig), answers(rig)) == ([], [ENGLISH_SCREEN.no_message])


def test_with_the_sound_off_the_key_says_so() -> None:
    """It is not lost: with the sound on again it is spoken."""
    rig = rig_with(NEW).press(70.0, Key.MUTE).press(71.0, Key.MESSAGE)
    assert (said(rig), answers(rig)) == ([], [ENGLISH_SCREEN.sound_off])
    assert said(rig.press(72.0, Key.MUTE).press(73.0, Key.MESSAGE)) == ["new"]


@each_row(
    ("key", "answer"),
    [
        (Key.PAUSE, ENGLISH_SCREEN.paused_key),
        (Key.UNWELL, ENGLISH_SCREEN.stopped_key),
        (Key.PAIN, ENGLISH_SCREEN.message_waits),
    ],
)
def test_a_pause_a_stop_and_the_question_about_pain_come_first(key: Key, answer: str) -> None:
    """Nothing is spoken into them."""
    rig = rig_with(NEW).press(70.0, key).press(75.0, Key.MESSAGE)
    assert (said(rig), answers(rig)[-1]) == ([], answer)


def test_before_the_session_has_begun_nothing_is_spoken() -> None:
    """No stage, no words."""
    state = replace(CoachRig(STAGE).state, messages=(NEW,))
    (answer,) = act_on_key(state, KeyPressed(0.0, Key.MESSAGE))[1]
    assert answer == AnswerKey(time_s=0.0, text=ENGLISH_SCREEN.not_begun)


@each_row(("due_s", "n_said"), [(3.9, 0), (4.0, 0), (4.1, 1)])
@each_row("attention", [Attention.DRIFTING, Attention.CORRECTED, Attention.RESTING, Attention.RETURNING])
def test_a_word_about_the_cadence_that_is_due_before_its_end_comes_first(
    attention: Attention, due_s: float, n_said: int
) -> None:
    """At its end, too."""
    state = rig_with(NEW, stage=AT_170).state
    actions = say_message(replace(state, attention=attention, due_r=state.now_r + due_s, busy_r=0.0))[1]
    assert sum(isinstance(one, SayMessage) for one in actions) == n_said


@each_row(("due_s", "n_said"), [(3.9, 0), (4.0, 0), (4.1, 1)])
def test_a_word_about_the_sensor_that_is_due_before_its_end_comes_first(due_s: float, n_said: int) -> None:
    """At its end, too."""
    state = rig_with(NEW).state
    actions = say_message(replace(state, sensor_due_r=state.now_r + due_s))[1]
    assert sum(isinstance(one, SayMessage) for one in actions) == n_said


@each_row(("left_s", "n_said"), [(ROOM_S - 0.1, 0), (ROOM_S, 0), (ROOM_S + 0.1, 1)])
def test_no_message_begins_right_before_the_end_of_a_stage(left_s: float, n_said: int) -> None:
    """Where 3-2-1 sounds, and the next stage says its name."""
    assert len(said(rig_with(NEW).until(580.0).press(600.0 - left_s, Key.MESSAGE))) == n_said


def test_a_correction_waits_for_the_end_of_a_message() -> None:
    """Of a runner who leaves the band while it is spoken: the word comes after it, not into it."""
    long = replace(NEW, length_s=60.0)
    rig = rig_with(long, stage=AT_170).press(60.0, Key.MESSAGE).run(61, 200, 150.0)
    assert said(rig) == ["new"]
    assert rig.times(CueReason.BELOW)[0] >= 120.0


def test_a_stop_for_pain_waits_for_no_message() -> None:
    """Its words are given at once."""
    rig = rig_with(replace(NEW, length_s=60.0)).press(70.0, Key.MESSAGE).press(71.0, Key.PAIN)
    rig.take(PainRated(72.0, 8))
    assert [one.time_s for one in rig.all_of(GiveCue) if one.reason is CueReason.PAIN] == [72.0]

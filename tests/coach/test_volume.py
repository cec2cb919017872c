"""Volumes by key: step by step between two ends, in both kinds of session, and at any time."""

from dataclasses import replace

from coach_rig import AT_170, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import AnswerKey, SetTempo, SetVolume
from cadencecoach.coach.coaching import Coaching, guided, metronome_alone
from cadencecoach.coach.events import ClockReached, Key, KeyPressed, PainRated
from cadencecoach.coach.metronome import MetronomeSettings
from cadencecoach.coach.volume import LEAST, MOST, USUAL, Volume, level_of, most_within

BOTH = each_row(
    "coaching",
    [guided(CoachRig(AT_170).state.plan), metronome_alone(MetronomeSettings(from_spm=170.0, to_spm=170.0))],
    ids=["guided", "metronome"],
)


def pressed(coaching: Coaching, *keys: Key, volume: Volume | None = None) -> tuple[list[SetVolume], list[str]]:
    """What some keys come to, and what is answered."""
    state = replace(coaching.begun, volume=volume or Volume())
    state, _ = coaching.react(state, ClockReached(0.0))
    orders: list[SetVolume] = []
    answers: list[str] = []
    for n, key in enumerate(keys):
        state, actions = coaching.react(state, KeyPressed(1.0 + n, key))
        orders += [action for action in actions if isinstance(action, SetVolume)]
        answers += [action.text for action in actions if isinstance(action, AnswerKey)]
    return orders, answers


@BOTH
def test_beat_and_words_are_moved_apart(coaching: Coaching) -> None:
    """3 dB a press, told in levels."""
    keys = (Key.BEAT_LOUDER, Key.WORDS_SOFTER, Key.WORDS_SOFTER, Key.BEAT_SOFTER, Key.WORDS_LOUDER)
    orders, answers = pressed(coaching, *keys)
    assert [(order.time_s, order.beat_db, order.words_db) for order in orders] == [
        (1.0, 3.0, 0.0),
        (2.0, 3.0, -3.0),
        (3.0, 3.0, -6.0),
        (4.0, 0.0, -6.0),
        (5.0, 0.0, -3.0),
    ]
    assert answers[0] == "beat volume 9 of 10"
    assert answers[-1] == "words volume 7 of 10"


@BOTH
def test_at_the_ends_nothing_moves_and_it_is_said(coaching: Coaching) -> None:
    """As often as it is pressed."""
    orders, answers = pressed(coaching, *[Key.BEAT_LOUDER] * 4, *[Key.WORDS_SOFTER] * 9)
    assert {order.beat_db for order in orders} == {3.0, 6.0}
    assert min(order.words_db for order in orders) == 3.0 * (LEAST - USUAL)
    assert answers[2:4] == ["beat volume 10 of 10: as loud as it goes"] * 2
    assert answers[-2:] == ["words volume 1 of 10: as soft as it goes"] * 2
    assert len(orders) == 2 + 7


@BOTH
def test_what_the_settings_allow_is_the_end_of_the_scale(coaching: Coaching) -> None:
    """A beat that the settings have as loud as can be becomes no louder."""
    orders, answers = pressed(coaching, Key.BEAT_LOUDER, Key.BEAT_SOFTER, volume=Volume(beat_most=USUAL))
    assert answers == ["beat volume 8 of 8: as loud as it goes", "beat volume 7 of 8"]
    assert [order.beat_db for order in orders] == [-3.0]


def test_while_the_sound_is_off_the_answer_says_so() -> None:
    """The level is moved all the same, and holds when the sound is on again."""
    orders, answers = pressed(guided(CoachRig(AT_170).state.plan), Key.MUTE, Key.BEAT_LOUDER)
    assert [order.beat_db for order in orders] == [3.0]
    assert answers == ["beat volume 9 of 10; the sound is off"]


def test_a_volume_brings_back_no_beat_that_pain_has_stopped() -> None:
    """Louder is no order to beat; nor does it end a pause."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.PAIN).take(PainRated(6.0, 8)).press(7.0, Key.BEAT_LOUDER)
    assert [order.time_s for order in rig.all_of(SetTempo) if order.timeline is not None] == [0.0]
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.PAUSE).press(6.0, Key.BEAT_LOUDER).until(50.0)
    assert rig.tempos()[-1][1] is None


@each_row(
    ("over_db", "most", "level"),
    [
        (0.0, MOST, 8),
        (4.4, MOST, 9),
        (4.6, MOST, 10),
        (99.0, MOST, 10),
        (99.0, USUAL, 8),
        (-21.0, MOST, 1),
        (-99.0, 8, 1),
    ],
)
def test_what_was_remembered_is_brought_within_the_scale(over_db: float, most: int, level: int) -> None:
    """Whatever a file says."""
    assert level_of(over_db, most) == level


@each_row(("room_db", "level"), [(12.0, 10), (6.0, 10), (5.9, 9), (3.0, 9), (2.9, 8), (0.0, 8), (-1.0, 8)])
def test_how_loud_it_may_become_follows_from_the_room_there_is(room_db: float, level: int) -> None:
    """Whole levels that stay within it; what the settings say is always allowed."""
    assert most_within(room_db) == level

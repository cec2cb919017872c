"""The feet began to do something else, or fell silent: the beat waits, the coach looks away, and is back again."""

from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.judging import give_signal, is_coachable, tally_up
from cadencecoach.coach.speeds import Speeds, in_run, in_walk, unheard
from cadencecoach.coach.state import WALKS, State
from cadencecoach.coach.step import Step, chain, is_ahead, speak
from cadencecoach.coach.tempo import reconcile, rests_from_r, silent_from_r
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet


def act_on_feet(state: State, feet: Feet) -> Step:
    """What a change of the feet means for the words, the beat, and the judging."""
    has_walked = state.feet in WALKS or state.is_resting  # a sensor lost in a walk says nothing of when it ended
    before = state.feet
    state = replace(tally_up(state), feet=feet)
    if state.pause_began_s is not None or state.stage is None:
        return state, ()
    return chain(
        state,
        partial(note_sensor, has_walked=has_walked),
        partial(_rest_or_go_on, before=before),
        partial(_away_or_back, has_walked=has_walked),
    )


def note_sensor(state: State, has_walked: bool) -> Step:  # noqa: FBT001  # what was, and not a mode
    """A loss is told when it has lasted, and not to somebody who walks or stands: pods fall silent then.

    A return is told at once, but not in one breath with the loss: then it has to last, too.
    """
    lost_after_s = state.feedback.lost_after_s
    if state.feet is Feet.LOST:
        is_news = not has_walked and not state.is_loss_open
        return with_changes(state, sensor_due_r=state.now_r + lost_after_s if is_news else NEVER), ()
    if state.feet is Feet.STALE or not state.is_loss_open:
        return with_changes(state, sensor_due_r=NEVER), ()
    if state.now_s >= state.lost_said_s + lost_after_s:
        return _tell_return(state)
    return with_changes(state, sensor_due_r=state.now_r + lost_after_s), ()


def tell_sensor(state: State) -> Step:
    """The time for a word about the sensor has come: what it says is true now, and heard now."""
    if is_ahead(state, state.busy_r):
        return with_changes(state, sensor_due_r=state.busy_r), ()
    if state.feet is Feet.LOST:
        return (with_changes(state, sensor_due_r=NEVER), ()) if state.is_loss_open else _tell_loss(state)
    return _tell_return(state) if state.is_loss_open else (with_changes(state, sensor_due_r=NEVER), ())


def _tell_return(state: State) -> Step:
    heard = with_changes(state, sensor_due_r=NEVER, is_loss_open=False)
    return heard, (speak(state, state.words.sensor_back, CueReason.SENSOR_BACK),)


def _tell_loss(state: State) -> Step:
    """Lost and back are said once each, and not every few seconds; that the beat goes on only where it does."""
    feedback = state.feedback
    state = with_changes(state, sensor_due_r=NEVER)
    doubled_s = feedback.lost_spacing_s * 2.0 ** min(max(0, state.n_losses_said - 1), 20)
    if state.now_s - state.lost_said_s < min(doubled_s, max(feedback.lost_limit_s, feedback.lost_spacing_s)):
        return state, ()
    words = state.words.sensor_lost_beat if _does_beat_go_on(state) else state.words.sensor_lost
    n_said = state.n_losses_said + 1
    said = with_changes(state, lost_said_s=state.now_s, n_losses_said=n_said, is_loss_open=True)
    return said, (speak(state, words, CueReason.SENSOR_LOST),)


def _does_beat_go_on(state: State) -> bool:
    """Whether a beat sounds, and goes on to the end of the stage, for more than seconds."""
    is_whole = rests_from_r(state) == NEVER
    return state.playing is not None and is_whole and silent_from_r(state) >= state.now_r + state.feedback.least_beat_s


def tell_senseless(state: State) -> Step:
    """A sensor that speaks and cannot be understood is told as that, no more often than a loss."""
    feedback = state.feedback
    is_soon = state.now_s - state.lost_said_s < feedback.lost_spacing_s
    if state.pause_began_s is not None or state.stage is None or is_soon:
        return state, ()
    said = with_changes(state, lost_said_s=state.now_s, is_loss_open=True)
    return said, (speak(state, state.words.sensor_unclear, CueReason.SENSOR_UNCLEAR),)


def _rest_or_go_on(state: State, before: Feet) -> Step:
    """The beat waits for a runner who walks or stands. A sensor that falls silent changes nothing.

    Of one who has stopped tapping nothing is known any more, so that the beat is there again.
    """
    if state.feet in (Feet.LIVE, Feet.UNKNOWN):
        return reconcile(with_changes(state, is_resting=False, rest_due_r=NEVER))
    if state.feet in WALKS and before not in WALKS and state.rest_due_r == NEVER:
        return rest(state)
    return state, ()


def end_set_off(state: State) -> Step:
    """The time to set off is over: the beat waits for who still walks. Of one who is not heard nothing is known."""
    return rest(state) if state.feet in WALKS else (with_changes(state, rest_due_r=NEVER), ())


def rest(state: State) -> Step:
    """The beat waits until the runner runs."""
    return reconcile(with_changes(state, is_resting=True, rest_due_r=NEVER, rescue_until_r=-NEVER))


def _away_or_back(state: State, has_walked: bool) -> Step:  # noqa: FBT001  # what was, and not a mode
    state = with_changes(state, speeds=speeds_now(state))
    if not is_coachable(state):
        return give_signal(state, Signal.GONE)
    feedback = state.prescribed.feedback
    settle_s = feedback.settle_s if has_walked else min(feedback.dwell_s, feedback.settle_s)
    return give_signal(state, Signal.ARRIVED, settle_s)


def speeds_now(state: State) -> Speeds:
    """What is still known of the speed, by what the feet do now."""
    if state.feet in WALKS:
        return in_walk(state.speeds)
    return in_run(state.speeds, state.now_r) if state.feet is Feet.LIVE else unheard(state.speeds)

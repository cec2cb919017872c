from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig, played
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.coach.actions import EndReason, EndSession, Pause, Resume, SetTempo
from cadencecoach.coach.events import CadenceEstimated, Event, FeetChanged, Interrupted, Key, KeyPressed
from cadencecoach.coach.react import due_s
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.model import Beat, Relative, Walk

FEET = st.sampled_from([feet for feet in Feet if feet is not Feet.UNKNOWN])

KEYS = st.sampled_from([Key.PAUSE, Key.UP, Key.DOWN, Key.NEXT, Key.MUTE, Key.PAIN])

HAPPENINGS = st.one_of(st.floats(60.0, 230.0), st.floats(155.0, 185.0), FEET, KEYS)

STAGES = (
    replace(AT_170, duration_s=120.0),
    replace(AT_170, duration_s=90.0, beat=Beat.RESCUE),
    replace(STAGE, target=Walk(), duration_s=30.0),
    replace(AT_170, help_ratio=0.5, duration_s=300.0),
    replace(STAGE, target=Relative(0.1), ramp_s=30.0, duration_s=200.0),
)


def events_of(happenings: Sequence[tuple[float, float | Feet | Key]]) -> list[Event]:
    """Gaps and values as events in order of time."""
    events: list[Event] = []
    time_s = 0.0
    for gap_s, what in happenings:
        time_s += gap_s
        if isinstance(what, float):
            estimate = Estimate(time_s=time_s, cadence_spm=what, age_s=0.0, quality=1.0, n_readings=3)
            events.append(CadenceEstimated(time_s, estimate))
        elif isinstance(what, Feet):
            events.append(FeetChanged(time_s, what))
        else:
            events.append(KeyPressed(time_s, what))
    return events


HISTORIES = st.lists(st.tuples(st.floats(0.0, 20.0), HAPPENINGS), min_size=5, max_size=80).map(events_of)


@each_row(
    ("event", "reason"),
    [(KeyPressed(50.0, Key.STOP), EndReason.STOPPED), (Interrupted(50.0), EndReason.INTERRUPTED)],
)
def test_stop_and_interruption_end_the_session_at_once(event: Event, reason: EndReason) -> None:
    """The beat stops, the reason is kept, nothing is due any more."""
    rig = CoachRig(AT_170).until(0.0).take(event)
    assert rig.tempos()[-1] == (50.0, None, 0.0)
    assert rig.all_of(EndSession) == [EndSession(time_s=50.0, reason=reason)]
    assert due_s(rig.state) == float("inf")


@given(HISTORIES)
def test_whatever_happens_the_promises_hold(events: list[Event]) -> None:
    """Time never goes back; corrections are spaced, and given only to a runner seen to run, not in a pause."""
    rig = played(events, STAGES)
    times = [action.time_s for action in rig.actions]
    assert times == sorted(times)
    corrections = rig.times(*CORRECTIONS)
    assert all(later - earlier >= 30.0 - 1e-6 for earlier, later in pairwise(corrections))
    for time_s in corrections:
        before = [e.feet for e in events if isinstance(e, FeetChanged) and e.time_s <= time_s]
        assert before[-1:] == [Feet.LIVE]
        pauses = [a for a in rig.actions if isinstance(a, (Pause, Resume)) and a.time_s <= time_s]
        assert not pauses or isinstance(pauses[-1], Resume)


@given(HISTORIES)
def test_the_same_events_give_the_same_actions(events: list[Event]) -> None:
    """The coach has no clock, no chance and no memory outside its state."""
    assert played(events, STAGES).actions == played(events, STAGES).actions


@given(HISTORIES)
def test_orders_to_the_beat_are_never_given_twice(events: list[Event]) -> None:
    """No stop while silent, no start without a tempo above zero, and silence at the end."""
    rig = played([*events, Interrupted(1e6)], STAGES)
    is_playing = False
    for tempo in rig.all_of(SetTempo):
        # A key just before a beat lets the tempo be ten times quicker or slower until that beat (decision 31).
        assert tempo.tempo_spm is None or 10.0 < tempo.tempo_spm < 2000.0
        assert is_playing or tempo.tempo_spm is not None
        is_playing = tempo.tempo_spm is not None
    assert not is_playing

"""What holds in every session, whatever happens in it: found by chance, not by choice."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig, played
from hypothesis import given, settings
from hypothesis import strategies as st
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import (
    BandState,
    CueReason,
    EnterStage,
    GiveCue,
    Pause,
    Resume,
    SetBand,
    SetHelp,
    SetTempo,
)
from cadencecoach.coach.events import CadenceEstimated, Event, FeetChanged, Key, KeyPressed, StepsHeard
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.model import Beat, CueAt, CueEvery, CueStyle, Fixed, Relative, Stage, Walk

EAGER = replace(
    FEEDBACK, dwell_s=1.0, spacing_s=4.0, settle_s=1.0, rest_s=4.0, praise_s=0.0, closing_s=0.0, growth_times=1.0
)
STALE_AFTER_S, LOST_AFTER_S = 3.0, 5.0
KINDS = (
    replace(AT_170, duration_s=30.0, feedback=EAGER),
    replace(AT_170, duration_s=22.0, beat=Beat.RESCUE, feedback=EAGER),
    replace(STAGE, target=Walk(), duration_s=20.0),
    replace(AT_170, help_ratio=0.5, duration_s=50.0, feedback=replace(EAGER, cycle_s=12.0), of_plan="P"),
    replace(AT_170, help_ratio=1.0, help_to_ratio=0.0, duration_s=50.0, feedback=replace(EAGER, cycle_s=10.0)),
    replace(STAGE, target=Relative(0.1), duration_s=37.0, feedback=EAGER),
    replace(STAGE, target=Relative(-0.05), ramp_s=5.0, duration_s=25.0, feedback=EAGER),
    replace(STAGE, target=Fixed(185.0), duration_s=25.0, feedback=replace(EAGER, style=CueStyle.TONES)),
    replace(AT_170, duration_s=25.0, feedback=replace(EAGER, style=CueStyle.GRADED)),
    replace(AT_170, duration_s=25.0, cues=(CueAt(0.0, "Stand tall."), CueEvery(11.0, "Light.")), feedback=EAGER),
    replace(AT_170, duration_s=25.0, beat=Beat.GATED, gate_on_s=10.0, gate_off_s=5.0, feedback=EAGER),
    replace(AT_170, duration_s=40.0, feedback=replace(EAGER, hold_phase_ratio=0.014)),
)
PLANS = st.lists(st.sampled_from(KINDS), min_size=2, max_size=6)
CADENCES = st.one_of(st.floats(60.0, 230.0), st.floats(155.0, 185.0), st.sampled_from([160.0, 170.0, 180.0]))
KEYS = st.sampled_from([Key.PAUSE, Key.UP, Key.DOWN, Key.NEXT, Key.MUTE])
GAITS = st.sampled_from([Feet.WALKING, Feet.STILL])
# A stretch of running at one cadence and speed, a change of gait, or a key; and the seconds until then.
HAPPENINGS = st.tuples(
    st.sampled_from([0.2, 1.0, 2.0, 4.0, 10.0]),
    st.one_of(st.tuples(st.integers(5, 60), CADENCES, st.none() | st.floats(1.5, 4.5)), GAITS, KEYS),
)


def events_of(happenings: Sequence[tuple[float, tuple[int, float, float | None] | Feet | Key]]) -> list[Event]:
    """A session as the feet room would tell it: stale after 3 s without a reading, lost after 5, live with the next."""
    events: list[Event] = []
    time_s, heard_s, feet = 0.0, 0.0, Feet.UNKNOWN

    def pass_until(to_s: float) -> None:
        nonlocal feet
        for after_s, what in ((STALE_AFTER_S, Feet.STALE), (LOST_AFTER_S, Feet.LOST)):
            if feet in (Feet.LIVE, Feet.STALE) and feet is not what and heard_s + after_s <= to_s:
                feet = what
                events.append(FeetChanged(heard_s + after_s, what))

    for gap_s, what in happenings:
        time_s += gap_s
        pass_until(time_s)
        if isinstance(what, Feet):
            feet = what
            events.append(FeetChanged(time_s, what))
        elif isinstance(what, Key):
            events.append(KeyPressed(time_s, what))
        else:
            n_readings, cadence_spm, speed_mps = what
            for n in range(n_readings):
                time_s += 1.0 if n else 0.0
                heard_s = time_s
                if feet is not Feet.LIVE:
                    feet = Feet.LIVE
                    events.append(FeetChanged(time_s, feet))
                estimate = Estimate(time_s=time_s, cadence_spm=cadence_spm, age_s=0.0, quality=1.0, n_readings=5)
                events.append(CadenceEstimated(time_s, estimate, speed_mps, cadence_spm))
                if n_readings % 2:  # a strap
                    steps_s = tuple(time_s - 1.2 - 60 / cadence_spm * back for back in reversed(range(8)))
                    events.append(StepsHeard(time_s, steps_s))
    return events


HISTORIES = st.lists(HAPPENINGS, min_size=4, max_size=30).map(events_of)


def latest(rig: CoachRig, kinds: type | tuple[type, ...], time_s: float) -> object:
    """The newest action of a kind up to a time."""
    found = [a for a in rig.actions if isinstance(a, kinds) and a.time_s <= time_s]
    return found[-1] if found else None


@given(PLANS, HISTORIES)
def test_never_two_corrections_within_the_spacing(stages: list[Stage], events: list[Event]) -> None:
    """Also across stages, returns, walks and lost sensors; a pause does not count."""
    rig = played(events, stages)
    paused_s = 0.0
    running: list[float] = []
    began_s = 0.0
    for action in rig.actions:
        if isinstance(action, Pause):
            began_s = action.time_s
        elif isinstance(action, Resume):
            paused_s += action.time_s - began_s
        elif isinstance(action, GiveCue) and action.reason in CORRECTIONS:
            running.append(action.time_s - paused_s)
    assert all(later - earlier >= EAGER.spacing_s - 1e-6 for earlier, later in pairwise(running))


@given(PLANS, HISTORIES)
def test_never_a_correction_on_stale_data(stages: list[Stage], events: list[Event]) -> None:
    """The newest reading is under 3 s old, the feet run, nothing is paused, and the runner is where the cue says."""
    rig = played(events, stages)
    for cue in rig.cues(*CORRECTIONS, CueReason.BACK):
        heard = [e.time_s for e in events if isinstance(e, CadenceEstimated) and e.time_s <= cue.time_s]
        feet = [e.feet for e in events if isinstance(e, FeetChanged) and e.time_s <= cue.time_s]
        assert cue.time_s - heard[-1] < STALE_AFTER_S
        assert feet[-1] is Feet.LIVE
        assert not isinstance(latest(rig, (Pause, Resume), cue.time_s), Pause)
        band = latest(rig, SetBand, cue.time_s)
        assert isinstance(band, SetBand)
        assert band.state.value == (BandState.IN.value if cue.reason is CueReason.BACK else cue.reason.value)


@given(PLANS, HISTORIES)
def test_a_beat_that_sounds_never_steps_by_more_than_three_percent(stages: list[Stage], events: list[Event]) -> None:
    """From stage to stage, by key, with the speed: what is more than 3 % takes a ramp."""
    rig = played(events, stages)
    for before, order in pairwise(rig.asked):
        if before.timeline is not None and order.timeline is not None:
            step = abs(order.timeline.to_spm / before.timeline.tempo_at(order.time_s) - 1)
            assert step <= 0.03 + 1e-9 or order.timeline.ramp_s > 0


@given(st.sampled_from([kind for kind in KINDS if not isinstance(kind.target, Walk)]), HISTORIES)
def test_without_help_the_coach_is_silent(stage: Stage, events: list[Event]) -> None:
    """Help 0 %: no beat, no correction, no praise, no verdict at the end, whatever the plan says beside it."""
    rig = played(events, [replace(stage, help_ratio=0.0, help_to_ratio=None)])
    assert [order for order in rig.all_of(SetTempo) if order.tempo_spm is not None] == []
    assert rig.cues(*CORRECTIONS, CueReason.BACK, CueReason.SUMMARY, CueReason.SPEED) == []


@given(PLANS, HISTORIES)
def test_a_silent_stretch_is_silent(stages: list[Stage], events: list[Event]) -> None:
    """Between two lines of the journal that say so, nothing is corrected or praised, and no beat begins."""
    rig = played(events, stages)
    is_on = True
    # What happens in the very moment in which a stretch ends belongs to the next one.
    for action in sorted(rig.actions, key=lambda a: (a.time_s, not isinstance(a, EnterStage | SetHelp))):
        if isinstance(action, EnterStage):
            is_on = True
        elif isinstance(action, SetHelp):
            is_on = action.is_on
        elif isinstance(action, SetTempo):
            assert is_on or action.tempo_spm is None
        elif isinstance(action, GiveCue) and action.reason in (*CORRECTIONS, CueReason.BACK):
            assert is_on


@given(st.lists(st.tuples(PLANS, HISTORIES), min_size=2, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=8)  # each plays up to three sessions twice
def test_sessions_do_not_know_each_other(sessions: list[tuple[list[Stage], list[Event]]], random: st.DrawFn) -> None:
    """Several sessions whose events come mixed in one process give the very actions they give alone."""
    alone = [played(events, stages).actions for stages, events in sessions]
    rigs = [CoachRig(*stages) for stages, _ in sessions]
    turns = [n for n, (_, events) in enumerate(sessions) for _ in events]
    random.shuffle(turns)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    waiting = [iter(events) for _, events in sessions]
    for n in turns:
        rigs[n].take(next(waiting[n]))
    assert [rig.actions for rig in rigs] == alone


@given(PLANS, HISTORIES)
@settings(max_examples=10)
def test_a_state_made_quickly_is_the_state_made_by_the_book(stages: list[Stage], events: list[Event]) -> None:
    """`with_changes` and `dataclasses.replace` give the same, whatever the state."""
    state = played(events, stages).state
    changes = {"now_s": 1.5, "cadence_spm": 171.0}
    assert with_changes(state, **changes) == replace(state, **changes)  # type: ignore[arg-type]  # two of its fields

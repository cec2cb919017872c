"""What a runner hears who leaves the band, stays out for minutes and comes back: played through the coach itself."""

from collections.abc import Iterator

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue, SetTempo
from cadencecoach.coach.events import CadenceEstimated, ClockReached, Event, FeetChanged
from cadencecoach.coach.react import due_s, react
from cadencecoach.coach.state import begin
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.model import Beat, Fixed, FixedBaseline, Plan, Stage

TARGET_SPM, SLOW_SPM = 170.0, 160.0
OUT_S, BACK_S, END_S = 60, 540, 700
HEARD = (CueReason.BELOW, CueReason.TONE, CueReason.BACK)


def heard(beat: Beat) -> Iterator[tuple[float, str]]:
    """Seconds since the runner left the band, and what is heard then."""
    state = begin(_plan(beat))
    for event in _events():
        while due_s(state) < event.time_s:
            state, actions = react(state, ClockReached(due_s(state)))
            yield from _told(actions)
        state, actions = react(state, event)
        yield from _told(actions)


def _told(actions: tuple[Action, ...]) -> Iterator[tuple[float, str]]:
    for action in actions:
        match action:
            case GiveCue(reason=reason) if reason in HEARD:
                what = f'"{action.text}"' if action.kind is CueKind.SPOKEN else "a high tone"
                yield action.time_s - OUT_S, what
            case SetTempo() if action.time_s > OUT_S:
                yield action.time_s - OUT_S, "the beat begins" if action.tempo_spm else "the beat ends"
            case _:
                pass


def _events() -> Iterator[Event]:
    """On target, 6 % too slow from `OUT_S` on, on target again from `BACK_S` on; an estimate a second."""
    yield FeetChanged(0.0, Feet.LIVE)
    for second in range(1, END_S):
        spm = SLOW_SPM if OUT_S <= second < BACK_S else TARGET_SPM
        estimate = Estimate(time_s=float(second), cadence_spm=spm, age_s=0.0, quality=1.0, n_readings=5)
        yield CadenceEstimated(float(second), estimate)


def _plan(beat: Beat) -> Plan:
    stage = Stage(
        name="Run",
        duration_s=float(END_S),
        target=Fixed(TARGET_SPM),
        tolerance=TOLERANCE,
        ramp_s=0.0,
        beat=beat,
        feedback=FULL_FEEDBACK,
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    return Plan(name="", about="", sha256="", baseline=FixedBaseline(TARGET_SPM), stages=(stage,))

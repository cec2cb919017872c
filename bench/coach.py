"""How fast the coach folds an hour of events, and whether sessions in one process know each other.

    uv run python bench/coach.py

An hour at 1 Hz with speed, walk breaks and a runner who wanders out of the band: processor time, best of five, and
beside it what a plain loop takes, so that a busy machine shows. Then 100 such sessions, shorter and different, event
by event in turn, against each of them alone.
"""

import random
import time
from dataclasses import replace

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import CadenceEstimated, ClockReached, Event, FeetChanged, StepsHeard
from cadencecoach.coach.react import due_s, react
from cadencecoach.coach.state import State, begin
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.model import Beat, Fixed, FixedBaseline, Plan, Stage
from cadencecoach.units import SECONDS_PER_MINUTE

HOUR_S, SHORT_S = 3600, 300
ALLOWED_S = 0.2
N_SESSIONS = 100
N_RUNS = 5


def main() -> None:
    """Print the figures; a difference between sessions alone and together is a failure."""
    plan, events = plan_of(HOUR_S), events_of(1, HOUR_S)
    fold_s = min(timed(plan, events) for _ in range(N_RUNS))
    loop_s = min(turned(1_000_000) for _ in range(N_RUNS))
    each_us = fold_s / len(events) * 1e6
    print(f"60 min, {len(events)} events: {fold_s:.3f} s (allowed {ALLOWED_S} s), {each_us:.0f} us each")
    for name, strapped in (("begun in step", plan), ("held in step", held(plan))):
        steps = with_steps(events)
        steps_s = min(timed(strapped, steps) for _ in range(N_RUNS))
        print(f"the same with a strap, {len(steps)} events, {name}: {steps_s:.3f} s")
    print(f"a million turns of a plain loop: {loop_s:.3f} s; the fold is {fold_s / loop_s:.1f} of those")
    print(f"{N_SESSIONS} sessions mixed in one process: {interleaved()}")


def plan_of(duration_s: float) -> Plan:
    """Four stages of one plan: beat, rescue beat, half of the help, tones."""
    stage = Stage(
        name="Run",
        duration_s=duration_s / 4,
        target=Fixed(170.0),
        tolerance=TOLERANCE,
        ramp_s=0.0,
        beat=Beat.ON,
        feedback=FULL_FEEDBACK,
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    stages = (stage, replace(stage, beat=Beat.RESCUE), replace(stage, help_ratio=0.5), replace(stage, name="Last"))
    return Plan(name="Bench", about="", sha256="", baseline=FixedBaseline(160.0), stages=stages)


def events_of(seed: int, duration_s: int) -> list[Event]:
    """A run at 1 Hz with a walk every five minutes."""
    chance = random.Random(seed)  # noqa: S311  # a simulation, not a secret
    events: list[Event] = [FeetChanged(0.0, Feet.LIVE)]
    cadence_spm = 168.0
    for second in range(1, duration_s):
        time_s = float(second)
        if second % 300 in {200, 220}:
            events.append(FeetChanged(time_s, Feet.WALKING if second % 300 == 200 else Feet.LIVE))
        cadence_spm += 0.1 * (168.0 - cadence_spm) + chance.gauss(0.0, 1.5)
        estimate = Estimate(time_s=time_s, cadence_spm=cadence_spm, age_s=0.0, quality=1.0, n_readings=5)
        events.append(CadenceEstimated(time_s, estimate, 3.0 + chance.gauss(0.0, 0.1), cadence_spm))
    return events


def held(plan: Plan) -> Plan:
    """The same with a beat that gives way to the feet."""
    feedback = replace(FULL_FEEDBACK, hold_phase_ratio=0.01)
    return replace(plan, stages=tuple(replace(stage, feedback=feedback) for stage in plan.stages))


def with_steps(events: list[Event]) -> list[Event]:
    """Beside every estimate the sixteen newest footfalls of a strap, told a second late."""
    mixed: list[Event] = []
    for event in events:
        mixed.append(event)
        if isinstance(event, CadenceEstimated):
            interval_s = SECONDS_PER_MINUTE / event.estimate.cadence_spm
            last_s = event.time_s - 1.0
            mixed.append(StepsHeard(event.time_s, tuple(last_s - interval_s * (15 - n) for n in range(16))))
    return mixed


def taken(state: State, event: Event) -> tuple[State, tuple[Action, ...]]:
    """One event, and what was due before it."""
    actions: tuple[Action, ...] = ()
    while (at_s := due_s(state)) < event.time_s:
        state, more = react(state, ClockReached(at_s))
        actions += more
    state, more = react(state, event)
    return state, actions + more


def alone(plan: Plan, events: list[Event]) -> list[Action]:
    """Every action of a session."""
    state, actions = begin(plan), list[Action]()
    for event in events:
        state, more = taken(state, event)
        actions += more
    return actions


def timed(plan: Plan, events: list[Event]) -> float:
    """Seconds a session takes."""
    started_s = time.process_time()
    alone(plan, events)
    return time.process_time() - started_s


def turned(n: int) -> float:
    """Seconds a loop takes that does nothing."""
    started_s = time.process_time()
    for _ in range(n):
        pass
    return time.process_time() - started_s


def interleaved() -> str:
    """Sessions in turn, one event each, and each alone."""
    plan = plan_of(SHORT_S)
    histories = [events_of(seed, SHORT_S) for seed in range(N_SESSIONS)]
    states, together = [begin(plan)] * N_SESSIONS, [list[Action]() for _ in histories]
    for turn in range(max(map(len, histories))):
        for n, events in enumerate(histories):
            if turn < len(events):
                states[n], more = taken(states[n], events[turn])
                together[n] += more
    is_same = together == [alone(plan, events) for events in histories]
    if not is_same:
        raise SystemExit("a session gives other actions among others than alone")
    return f"the very actions they give alone, {sum(map(len, together))} in all"


if __name__ == "__main__":
    main()

"""How long a correction waits: for the dwell, the spacing from the last one, for help, and for the beat to work."""

from cadencecoach.coach.policy.fading import helped_from_s, is_helped, next_helped_s
from cadencecoach.coach.policy.ladder import spacing_s
from cadencecoach.coach.state import NEVER, State
from cadencecoach.plan.model import Beat, Stage

MOST_STRETCHES = 200  # looked at in a stage without an end: where none of them is long enough, none will be


def correction_due_r(state: State) -> float:
    """After the dwell, spaced from the last correction, in a helped stretch and after a dwell of it, before the end."""
    stage = state.prescribed
    if not stage.is_corrected:
        return NEVER
    feedback = stage.feedback
    due_r = max(
        state.now_r + feedback.dwell_s,
        state.told.at_r + spacing_s(feedback, state.told),
        state.told.praised_r + feedback.after_praise_s,
    )
    return in_time_r(state, helped_r(state, due_r))


def in_time_r(state: State, at_r: float) -> float:
    """The moment itself, or never: the end of a stage is its countdown's."""
    return at_r if at_r <= state.stage_end_r - state.feedback.closing_s else NEVER


def helped_r(state: State, at_r: float) -> float:
    """The first moment from `at_r` on in a stretch that has been helped for a dwell; infinite where there is none."""
    start_r = state.current.start_r
    return start_r + _helped_s(state.prescribed, at_r - start_r)


def _helped_s(stage: Stage, since_s: float) -> float:
    """What comes back first is the beat, and it gets time to work. Where no beat comes back, nothing is waited for."""
    wait_s = 0.0 if stage.beat is Beat.OFF else stage.feedback.dwell_s
    for _ in range(MOST_STRETCHES):
        helped_s = next_helped_s(stage, since_s)
        if helped_s > (stage.duration_s or NEVER) or helped_s == NEVER:
            break
        from_s = helped_from_s(stage, helped_s)
        since_s = max(helped_s, from_s + wait_s) if from_s > 0 else helped_s
        if is_helped(stage, since_s):
            return since_s
    return NEVER

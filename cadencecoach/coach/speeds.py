"""How fast the runner is, as far as that is known: smoothed, and held against the speeds the baseline was taken at."""

from dataclasses import dataclass, replace

from cadencecoach.coach.events import NEVER
from cadencecoach.gait.gaits import SPEED_LATE_S, is_of_run
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Between, Feedback, Fixed, Relative, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """What is remembered of the runner's speed.

    Attributes:
        heard: (running time, m/s) of the last seconds
        mean_mps: their mean; None before the first
        known_mps: the slowest and fastest speed the baseline says something about; None: that is not known
        held_mps: what the runner ran when the target was set; None: not known
        off_r: since when it has been outside the known speeds by more than the plan's range; infinite while it is not
        is_off: that has lasted for a dwell: nothing is judged
        is_far_slower: and by twice the range on the slow side: the target's tempo is no help to such a jog
        is_off_said: it has been said, which is enough for a session
        moved_r: when the target last followed the speed
        late_until_r: until then the speed told is still that of a stop; infinite while the runner walks or stands
    """

    heard: tuple[tuple[float, float], ...] = ()
    mean_mps: float | None = None
    known_mps: tuple[float, float] | None = None
    held_mps: float | None = None
    off_r: float = NEVER
    is_off: bool = False
    is_far_slower: bool = False
    is_off_said: bool = False
    moved_r: float = -NEVER
    late_until_r: float = -NEVER


def believed_mps(speeds: Speeds, now_r: float, *, speed_mps: float | None, cadence_spm: float) -> float | None:
    """A runner's speed as told, where it can be theirs now; None where it is late, or none was told."""
    if speed_mps is None or now_r < speeds.late_until_r or not is_of_run(speed_mps, cadence_spm):
        return None
    return speed_mps


def with_speed(speeds: Speeds, feedback: Feedback, now_r: float, speed_mps: float) -> Speeds:
    """The speeds after one more was heard."""
    since_r = now_r - feedback.speed_window_s
    heard = [one for one in speeds.heard if one[0] > since_r]
    heard.append((now_r, speed_mps))
    return Speeds(  # written out: it is made anew every second, and `replace` takes three times as long
        heard=tuple(heard),
        mean_mps=sum([v for _, v in heard]) / len(heard),
        known_mps=speeds.known_mps,
        held_mps=speeds.held_mps,
        off_r=speeds.off_r,
        is_off=speeds.is_off,
        is_far_slower=speeds.is_far_slower,
        is_off_said=speeds.is_off_said,
        moved_r=speeds.moved_r,
        late_until_r=speeds.late_until_r,
    )


def is_outside(speeds: Speeds, feedback: Feedback) -> bool:
    """Whether the runner is so fast or slow that the baseline says nothing about it."""
    if speeds.known_mps is None or speeds.mean_mps is None:
        return False
    low, high = speeds.known_mps
    return not low - feedback.speed_range_mps <= speeds.mean_mps <= high + feedback.speed_range_mps


def own_spm(curve: SpeedCurve, speeds: Speeds, feedback: Feedback) -> float | None:
    """The runner's own cadence at the speed now, or at the nearest the curve says something about; None: no speed."""
    if speeds.mean_mps is None:
        return None
    return curve.cadence_near_spm(speeds.mean_mps, feedback.speed_range_mps)


def is_sprinting(speeds: Speeds, feedback: Feedback) -> bool:
    """Whether the runner has become much faster since the target was set."""
    if speeds.held_mps is None or speeds.mean_mps is None:
        return False
    return speeds.mean_mps > speeds.held_mps * (1 + feedback.sprint_ratio)


def has_slowed(speeds: Speeds, feedback: Feedback) -> bool:
    """Whether the runner has let the speed drop since the target was set."""
    if speeds.held_mps is None or speeds.mean_mps is None:
        return False
    return speeds.mean_mps < speeds.held_mps * (1 - feedback.slowed_ratio)


def at_stage(speeds: Speeds, stage: Stage, now_r: float, *, is_running: bool) -> Speeds:
    """The speeds as a stage begins: what is run now is to be held; only a change from the baseline can be off it."""
    held_mps = speeds.mean_mps if is_running else None
    begun = replace(judge_anew(speeds), held_mps=held_mps, moved_r=now_r)
    if isinstance(stage.target, Fixed | Between):
        return come_inside(begun)
    if held_mps is None or not isinstance(stage.target, Relative):
        return begun
    return (
        go_off(replace(begun, off_r=now_r), stage.feedback)
        if is_outside(speeds, stage.feedback)
        else come_inside(begun)
    )


def go_off(speeds: Speeds, feedback: Feedback) -> Speeds:
    """Nothing is judged; who has been far slower is so until back among the known speeds."""
    known, mean_mps = speeds.known_mps, speeds.mean_mps
    far_mps = feedback.rest_slower_times * feedback.speed_range_mps
    is_far = known is not None and mean_mps is not None and mean_mps < known[0] - far_mps
    return replace(speeds, is_off=True, is_far_slower=speeds.is_far_slower or is_far)


def come_inside(speeds: Speeds) -> Speeds:
    """Among the known speeds."""
    return replace(speeds, off_r=NEVER, is_off=False, is_far_slower=False)


def judge_anew(speeds: Speeds) -> Speeds:
    """Not known to be off; but who jogged far slower has to be seen at a known speed before the beat is back."""
    return replace(speeds, off_r=NEVER, is_off=False)


def in_walk(speeds: Speeds) -> Speeds:
    """While the runner walks or stands: what was run before says nothing about what will be run after it.

    Only that it was far slower is kept: a beat that begins with each jog and is found out of place a dwell later would
    be a nag.
    """
    return replace(judge_anew(speeds), heard=(), mean_mps=None, held_mps=None, late_until_r=NEVER)


def in_run(speeds: Speeds, now_r: float) -> Speeds:
    """As the runner runs: after a walk the speed takes a while to tell so."""
    return replace(speeds, late_until_r=now_r + SPEED_LATE_S) if speeds.late_until_r == NEVER else speeds


def unheard(speeds: Speeds) -> Speeds:
    """While no sensor is heard: how long the runner has been off the known speeds is not known any more."""
    return speeds if speeds.is_off else replace(speeds, off_r=NEVER)


def forget_speeds(speeds: Speeds) -> Speeds:
    """Nobody tells a speed any more: none is known, and none is off."""
    return replace(come_inside(speeds), heard=(), mean_mps=None, held_mps=None)


def is_too_old(speeds: Speeds, feedback: Feedback, now_r: float) -> bool:
    """Whether what is remembered of the speed is older than its window."""
    if not speeds.heard:
        return speeds.is_off or speeds.is_far_slower
    return now_r - speeds.heard[-1][0] > feedback.speed_window_s

"""What the coach makes of the runner's cadence, as a table: (attention, signal) -> attention and what to do.

All judging of the runner goes through this table; nothing else in the house decides that a correction is due. The
timers behind SETTLED, DUE and UNHEEDED are set in `judging` from the plan's numbers.

    IDLE        nothing is asked for: a free stage, a walk, a drill, or a target that waits for its baseline
    SETTLING    a new target, or a runner who is back: time to find it, nothing is said
    WATCHING    the runner is in the band, or not yet judged since settling
    DRIFTING    out of the band, not long enough to be told
    CORRECTED   out of the band, and told
    RESTING     out of the band, told as often as it may help; left alone for a while
    RETURNING   in the band again after a correction, not yet for long enough to be told so
    AWAY        walking, standing, paused, no fresh reading, or a speed the baseline says nothing about: not coached
"""

from dataclasses import dataclass
from enum import Enum


class Attention(Enum):
    """The coach's state of mind about the cadence."""

    IDLE = "idle"
    SETTLING = "settling"
    WATCHING = "watching"
    DRIFTING = "drifting"
    CORRECTED = "corrected"
    RESTING = "resting"
    RETURNING = "returning"
    AWAY = "away"


class Signal(Enum):
    """What can change it."""

    TARGET = "a target is set"
    NO_TARGET = "no target"
    SETTLED = "settling time is over"
    INSIDE = "back in the band"
    OUTSIDE = "out of the band, or out on the other side"
    DUE = "its time is over (dwell and spacing, the rest, or part of a dwell back in the band)"
    UNHEEDED = "a tone has not helped"
    SPENT = "as many corrections as the plan's patience"
    GONE = "walking, standing, paused, stale, lost, or off the known speeds"
    ARRIVED = "running at a known speed, and readings are fresh"


class Act(Enum):
    """What to do on a transition; `judging` turns it into actions."""

    CORRECT = "give a correction: the next rung of the ladder"
    RESCUE = "start the rescue beat"
    CONFIRM = "say that the runner is back, let the rescue beat end"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    then: Attention
    acts: tuple[Act, ...] = ()


_OUT_AND_TOLD = {
    Signal.TARGET: Row(Attention.SETTLING),
    Signal.NO_TARGET: Row(Attention.IDLE),
    Signal.INSIDE: Row(Attention.RETURNING),
    Signal.OUTSIDE: Row(Attention.DRIFTING),
    Signal.DUE: Row(Attention.CORRECTED, (Act.CORRECT,)),
    Signal.GONE: Row(Attention.AWAY),
}

TABLE: dict[tuple[Attention, Signal], Row] = {
    (Attention.IDLE, Signal.TARGET): Row(Attention.SETTLING),
    (Attention.SETTLING, Signal.TARGET): Row(Attention.SETTLING),
    (Attention.SETTLING, Signal.NO_TARGET): Row(Attention.IDLE),
    (Attention.SETTLING, Signal.SETTLED): Row(Attention.WATCHING),
    (Attention.SETTLING, Signal.GONE): Row(Attention.AWAY),
    (Attention.WATCHING, Signal.TARGET): Row(Attention.SETTLING),
    (Attention.WATCHING, Signal.NO_TARGET): Row(Attention.IDLE),
    (Attention.WATCHING, Signal.OUTSIDE): Row(Attention.DRIFTING),
    (Attention.WATCHING, Signal.GONE): Row(Attention.AWAY),
    (Attention.DRIFTING, Signal.TARGET): Row(Attention.SETTLING),
    (Attention.DRIFTING, Signal.NO_TARGET): Row(Attention.IDLE),
    (Attention.DRIFTING, Signal.INSIDE): Row(Attention.WATCHING),
    (Attention.DRIFTING, Signal.OUTSIDE): Row(Attention.DRIFTING),
    (Attention.DRIFTING, Signal.DUE): Row(Attention.CORRECTED, (Act.CORRECT,)),
    (Attention.DRIFTING, Signal.GONE): Row(Attention.AWAY),
    **{(Attention.CORRECTED, signal): row for signal, row in _OUT_AND_TOLD.items()},
    (Attention.CORRECTED, Signal.UNHEEDED): Row(Attention.CORRECTED, (Act.RESCUE,)),
    (Attention.CORRECTED, Signal.SPENT): Row(Attention.RESTING),
    **{(Attention.RESTING, signal): row for signal, row in _OUT_AND_TOLD.items()},
    (Attention.RESTING, Signal.UNHEEDED): Row(Attention.RESTING, (Act.RESCUE,)),
    (Attention.RETURNING, Signal.TARGET): Row(Attention.SETTLING),
    (Attention.RETURNING, Signal.NO_TARGET): Row(Attention.IDLE),
    (Attention.RETURNING, Signal.OUTSIDE): Row(Attention.DRIFTING),
    (Attention.RETURNING, Signal.DUE): Row(Attention.WATCHING, (Act.CONFIRM,)),
    (Attention.RETURNING, Signal.GONE): Row(Attention.AWAY),
    (Attention.AWAY, Signal.TARGET): Row(Attention.AWAY),
    (Attention.AWAY, Signal.NO_TARGET): Row(Attention.IDLE),
    (Attention.AWAY, Signal.ARRIVED): Row(Attention.SETTLING),
}

# Corrections come only from these, and the word for being back only from the last.
OUT = frozenset({Attention.DRIFTING, Attention.CORRECTED, Attention.RESTING})
JUDGING = OUT | {Attention.WATCHING, Attention.RETURNING}


def after(attention: Attention, signal: Signal) -> Row:
    """The row for a signal; one that is not in the table changes nothing."""
    return TABLE.get((attention, signal), Row(attention))

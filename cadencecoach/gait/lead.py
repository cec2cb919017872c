"""Two sensors that both know the steps: one of them leads, and only the leader is coached on.

Mixed readings of two sensors would jump whenever they differ by a step or two. So the better one leads as long as it
speaks of steps; when it falls silent another takes over before the feet are stale, and gives the lead back when the
better one has been heard for a while.
"""

from dataclasses import dataclass, replace

YIELDS_AFTER_S = 2.5  # before the feet are stale at 3 s, after two missed notifications of a 1 Hz pod
STEADY_S = 5.0  # a better sensor that comes and goes does not lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One sensor as far as it speaks of steps.

    Attributes:
        rank: 0 is the best kind
        since_s: since when it has spoken without a gap
        newest_s: when it spoke last
    """

    rank: int
    since_s: float
    newest_s: float

    def after(self, time_s: float) -> float:
        """Since when it has spoken without a gap, if it speaks at `time_s`."""
        return time_s if time_s - self.newest_s > YIELDS_AFTER_S else self.since_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads.

    Attributes:
        leader: name of the sensor; None before anybody spoke of steps
        heard: name and standing of each sensor heard so far
    """

    leader: str | None = None
    heard: tuple[tuple[str, Heard], ...] = ()

    def with_steps(self, name: str, *, rank: int, time_s: float) -> "Lead":
        """The lead after a sensor has spoken of steps: a step rate above zero."""
        if self.leader == name and len(self.heard) == 1:  # nobody to compare with: by far the most frequent case
            since_s = self.heard[0][1].after(time_s)
            return Lead(leader=name, heard=((name, Heard(rank=rank, since_s=since_s, newest_s=time_s)),))
        heard = dict(self.heard)
        before = heard.get(name)
        since_s = time_s if before is None else before.after(time_s)
        heard[name] = Heard(rank=rank, since_s=since_s, newest_s=time_s)
        after = replace(self, heard=tuple(heard.items()))
        return replace(after, leader=name) if after.takes_over(name, time_s) else after

    def takes_over(self, name: str, time_s: float) -> bool:
        """Whether a sensor that has just spoken leads from now on."""
        if self.leader is None or self.leader == name:
            return True
        heard = dict(self.heard)
        leader, other = heard[self.leader], heard[name]
        is_leader_silent = time_s - leader.newest_s > YIELDS_AFTER_S
        is_better = other.rank < leader.rank and time_s - other.since_s >= STEADY_S
        return is_leader_silent or is_better

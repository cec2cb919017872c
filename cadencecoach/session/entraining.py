"""Steps and the beats they met, counted while a session runs and written down when a stage or the session ends."""

from collections import deque
from typing import TYPE_CHECKING

from cadencecoach.coach.actions import Action, EndSession, EnterStage, Pause, SetMuted, SetTempo
from cadencecoach.record.entrainment import entrainment_of
from cadencecoach.record.lines import EntrainmentLine
from cadencecoach.units import step_interval_s

if TYPE_CHECKING:
    from cadencecoach.plan.timeline import Timeline

N_ORDERS_KEPT = 16  # a footfall is told two seconds late, and the beat it met may have been another one


class Entraining:
    """The steps of one session, stage by stage.

    Args:
        first_stage: that is counted for
    """

    def __init__(self, first_stage: int = 0) -> None:
        """Nothing is counted yet."""
        self._stage = first_stage
        self._orders: deque[tuple[float, Timeline | None]] = deque(maxlen=N_ORDERS_KEPT)
        self._beat: Timeline | None = None
        self._is_muted = False
        self._delay_s = 0.0
        self._upto_s = float("-inf")
        self._asynchronies_s: list[float] = []
        self._intervals_s: list[float] = []

    def note(self, action: Action) -> EntrainmentLine | None:
        """Take note of what was asked for; the numbers of a stage that is over, where there are any."""
        match action:
            case SetTempo(timeline=timeline):
                self._beat = timeline
                self._order(action.time_s)
            case SetMuted(is_muted=is_muted):
                self._is_muted = is_muted
                self._order(action.time_s)
            case Pause():
                self._beat = None
                self._order(action.time_s)
            case EnterStage(index=index) if index != self._stage:
                line = self._line(action.time_s)
                self._stage = index
                return line
            case EndSession():
                return self._line(action.time_s)
            case _:
                pass
        return None

    def set_delay(self, delay_s: float) -> None:
        """How much later than its session time a beat reaches the ear."""
        self._delay_s = delay_s

    def take_steps(self, footfalls_s: tuple[float, ...]) -> None:
        """Footfalls, session times, rising; those that were counted before are left out."""
        for footfall_s in footfalls_s:
            if footfall_s <= self._upto_s:
                continue
            self._upto_s = footfall_s
            heard_s = footfall_s - self._delay_s
            beat = next((timeline for since_s, timeline in reversed(self._orders) if since_s <= heard_s), None)
            if beat is not None:
                self._asynchronies_s.append(heard_s - beat.time_of(round(beat.beat_at(heard_s))))
                self._intervals_s.append(step_interval_s(beat.tempo_at(heard_s)))

    def _order(self, time_s: float) -> None:
        self._orders.append((time_s, None if self._is_muted else self._beat))

    def _line(self, time_s: float) -> EntrainmentLine | None:
        """What has been counted, and from here on anew."""
        n_steps = len(self._intervals_s)
        found = entrainment_of(self._asynchronies_s, sum(self._intervals_s) / n_steps) if n_steps else None
        self._asynchronies_s, self._intervals_s = [], []
        if found is None:
            return None
        return EntrainmentLine(
            time_s,
            index=self._stage,
            n_steps=found.n_steps,
            mean_ms=round(found.mean_ms, 1),
            sd_ms=round(found.sd_ms, 1),
            near_ratio=round(found.near_ratio, 3),
        )

"""What is counted while a simulated runner runs: by what the legs do, which a simulation knows, not by a pod."""

from dataclasses import dataclass, field, fields

from cadencecoach.coach.actions import Action, BandState, CueReason, EnterStage, GiveCue, SetTempo
from cadencecoach.cohort.population.learner import Lived
from cadencecoach.cohort.population.policies import FIRST_PROBE, LAST_PROBE, PROBES, WORK
from cadencecoach.plan.targets import Band

CORRECTIONS = (CueReason.BELOW, CueReason.ABOVE)
# Announcements every policy makes alike; all other cues are feedback.
ANNOUNCEMENTS = frozenset(
    {
        CueReason.STAGE,
        CueReason.COUNTDOWN,
        CueReason.PLAN,
        CueReason.SENSOR_LOST,
        CueReason.SENSOR_BACK,
        CueReason.SENSOR_UNCLEAR,
        CueReason.BASELINE,
        CueReason.SUMMARY,
        CueReason.SESSION,
        CueReason.TIME,
    }
)
REACHED_S = 10  # in the band for so long is reached
LEFT_ALONE_S = 60  # out of the band for so long, without beat or cue in that time, is deserted
SWING_S = 60  # from out on one side to out on the other within this is a swing


@dataclass(slots=True)
class Sums:
    """Seconds and counts, of one session or of many; all of running time with a band, the ramp left out.

    Attributes:
        work_s, work_in_s: the work stage; those of its seconds in the band
        first_s, first_in_s: the silent stage before the work
        last_s, last_in_s: the silent stage after it
        beat_s: seconds of work with a beat
        n_beats: how often it began
        n_corrections: below and above
        n_feedback: all cues but announcements
        n_false: corrections while the legs were in the band
        n_standing: feedback while the runner stood
        n_reached: sessions in which the band was reached
        reach_s: time to it, from the end of the ramp; the whole stage where it was not
        n_sessions: how many
        deserted_s: out of the band for a minute and more without any help
        n_swings: from one side to the other
        first_ratio_s: change of cadence against the baseline in the first silent stage, times its seconds
    """

    work_s: float = 0.0
    work_in_s: float = 0.0
    first_s: float = 0.0
    first_in_s: float = 0.0
    last_s: float = 0.0
    last_in_s: float = 0.0
    beat_s: float = 0.0
    n_beats: int = 0
    n_corrections: int = 0
    n_feedback: int = 0
    n_false: int = 0
    n_standing: int = 0
    n_reached: int = 0
    reach_s: float = 0.0
    n_sessions: int = 0
    deserted_s: float = 0.0
    n_swings: int = 0
    first_ratio_s: float = 0.0

    def add(self, other: "Sums") -> None:
        """Take in another's."""
        for name in NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))


NAMES = tuple(one.name for one in fields(Sums))


@dataclass(slots=True)
class Tally:
    """The count of one session as it runs."""

    baseline_spm: float
    sums: Sums = field(default_factory=lambda: Sums(n_sessions=1))
    stage: str = ""
    band: Band | None = None
    judged_from_s: float = 0.0
    has_beat: bool = False
    place: BandState | None = None
    in_row_s: int = 0
    is_reached: bool = False
    out_since_s: float = 0.0
    helped_s: float = 0.0
    out_on: tuple[float, BandState] | None = None

    def note_action(self, action: Action) -> None:
        """The coach did something."""
        match action:
            case EnterStage():
                self._close_work()
                self.stage, self.band = action.name, action.band
                self.judged_from_s = action.time_s + action.ramp_s
                self.in_row_s, self.is_reached, self.out_on = 0, False, None
                self.out_since_s = self.helped_s = self.judged_from_s
            case SetTempo():
                has_beat = action.timeline is not None
                self.sums.n_beats += has_beat and not self.has_beat and self.stage == WORK
                self.has_beat = has_beat
            case GiveCue(reason=reason) if reason not in ANNOUNCEMENTS:
                self._cue(action.time_s, reason)
            case _:
                pass

    def note_second(self, time_s: float, second: Lived) -> None:
        """The runner lived a second."""
        self.place = self._place(second.cadence_spm)
        if self.place is None or time_s <= self.judged_from_s:
            return
        is_in = self.place is BandState.IN
        sums = self.sums
        if self.stage == WORK:
            sums.work_s += 1
            sums.work_in_s += is_in
            sums.beat_s += self.has_beat
            self._reaching(is_in)
            self._count_unaided(time_s, is_in)
            self._swinging(time_s)
        elif self.stage == FIRST_PROBE:
            sums.first_s += 1
            sums.first_in_s += is_in
            sums.first_ratio_s += second.cadence_spm / self.baseline_spm - 1.0
        elif self.stage == LAST_PROBE:
            sums.last_s += 1
            sums.last_in_s += is_in

    def _place(self, cadence_spm: float) -> BandState | None:
        if self.band is None or cadence_spm <= 0:
            return None
        if cadence_spm < self.band.low_spm:
            return BandState.BELOW
        return BandState.ABOVE if cadence_spm > self.band.high_spm else BandState.IN

    def _cue(self, time_s: float, reason: CueReason) -> None:
        assert self.stage not in PROBES, "feedback in a silent stage"
        self.sums.n_feedback += 1
        self.sums.n_standing += self.place is None
        self.helped_s = time_s
        if reason in CORRECTIONS:
            self.sums.n_corrections += 1
            self.sums.n_false += self.place is BandState.IN

    def _reaching(self, is_in: bool) -> None:  # noqa: FBT001  # a fact, not a mode
        if self.is_reached:
            return
        self.in_row_s = self.in_row_s + 1 if is_in else 0
        self.sums.reach_s += 1
        if self.in_row_s >= REACHED_S:
            self.is_reached = True
            self.sums.n_reached += 1
            self.sums.reach_s -= REACHED_S

    def _count_unaided(self, time_s: float, is_in: bool) -> None:  # noqa: FBT001
        if is_in:
            self.out_since_s = time_s
        if self.has_beat:
            self.helped_s = time_s
        if time_s - max(self.out_since_s, self.helped_s) >= LEFT_ALONE_S:
            self.sums.deserted_s += 1

    def _swinging(self, time_s: float) -> None:
        if self.place in (BandState.BELOW, BandState.ABOVE):
            if self.out_on is not None and self.out_on[1] is not self.place and time_s - self.out_on[0] <= SWING_S:
                self.sums.n_swings += 1
            self.out_on = (time_s, self.place)

    def _close_work(self) -> None:
        """Nothing is carried from one stage into the next."""
        self.place = None

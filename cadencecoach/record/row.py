"""One session as the index, the progress page and the rules of a programme see it: a row of numbers."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.gait.taps import TAPS

NO_DAY = date.min  # of a journal that names none, nor a start


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session in one row. docs/metrics.md defines the numbers; None is "not known", never zero.

    Attributes:
        id: name of its journal without the ending
        started: wall time, ISO 8601 in UTC, ending in Z: a label
        utc_offset_s: how far the clocks of the place were ahead of UTC then; None where an old journal does not say
        day: by the calendar of the machine it ran on; in UTC where an old journal does not say
        athlete: pseudonym; empty for none
        plan_name, plan_sha256: what was prescribed
        end: `finished`, `stopped`, `interrupted`
        origin: what it was if nobody was coached in it: `simulation`, `replay`, `rehearsal`; else empty
        is_ended: the journal says how it ended; else it broke off, or is being written now
        duration_s, running_s: pauses left out; running with a fresh estimate
        mean_cadence_spm, sd_spm: over running seconds
        mean_speed_mps, distance_m: where the sensor told speed
        baseline_spm: the one in force at the end
        baseline_speed_mps: median speed of the stage it was measured in
        target_spm: mean target over the running seconds that had one
        band_s, in_band_s: running seconds with a band, and those in it
        helped_s, silent_s: running seconds with a band, with and without beat or corrections on offer
        probe_s, probe_in_band_s: running seconds in probes, and those in the band; seconds off the speeds of the
            baseline are in neither
        probe_below_s, probe_above_s: those below and above the band, ramps to it left out
        probe_above_spm: mean cadence over those above
        probe_cadence_spm, probe_target_spm, probe_own_spm: means over them; own: what a change is counted from
        retention_s, retention_cadence_spm, retention_target_spm, retention_own_spm: the same of probes before any help
            of the session
        n_corrections, n_cues: how many were given
        steps: both feet
        coverage_ratio: part of the duration in which the sensor told us something
        oscillation_mm, contact_ms, stride_m: means over running at about `dynamics_speed_mps`, each with its error
        dynamics_placement, dynamics_by, stride_by: where the sensor sat that told the first two, and who told what
        highest_pain: rated by key during the session, 0 to 10
        steps_from: the source that its steps came from, of several the coarsest; empty where that is not known
        in_step_steps: how many steps met a beat; how far from it on the mean, their spread, and the part within 50 ms
    """

    id: str
    started: str
    day: date
    athlete: str = ""
    plan_name: str = ""
    plan_sha256: str = ""
    end: str = "finished"
    origin: str = ""
    is_ended: bool = True
    duration_s: float = 0.0
    running_s: float = 0.0
    mean_cadence_spm: float | None = None
    sd_spm: float | None = None
    mean_speed_mps: float | None = None
    distance_m: float | None = None
    baseline_spm: float | None = None
    baseline_speed_mps: float | None = None
    target_spm: float | None = None
    band_s: float | None = None
    in_band_s: float | None = None
    helped_s: float = 0.0
    silent_s: float = 0.0
    probe_s: float = 0.0
    probe_in_band_s: float = 0.0
    probe_below_s: float = 0.0
    probe_above_s: float = 0.0
    probe_above_spm: float | None = None
    probe_cadence_spm: float | None = None
    probe_target_spm: float | None = None
    probe_own_spm: float | None = None
    retention_s: float = 0.0
    retention_cadence_spm: float | None = None
    retention_target_spm: float | None = None
    retention_own_spm: float | None = None
    n_corrections: int = 0
    n_cues: int = 0
    steps: float = 0.0
    coverage_ratio: float | None = None
    highest_pain: int | None = None
    utc_offset_s: int | None = None
    dynamics_speed_mps: float | None = None
    dynamics_placement: str = ""
    dynamics_by: str = ""
    stride_by: str = ""
    oscillation_mm: float | None = None
    oscillation_error_mm: float | None = None
    contact_ms: float | None = None
    contact_error_ms: float | None = None
    stride_m: float | None = None
    stride_error_m: float | None = None
    steps_from: str = ""
    in_step_steps: int | None = None
    in_step_mean_ms: float | None = None
    in_step_sd_ms: float | None = None
    in_step_near_ratio: float | None = None

    @property
    def is_tapped(self) -> bool:
        """Whether the runner tapped the steps: now and then, and to a rhythm that is remembered."""
        return self.steps_from == TAPS

    @property
    def was_coached(self) -> bool:
        """A person ran it and heard the beat: no simulation, replay or rehearsal."""
        return not self.origin

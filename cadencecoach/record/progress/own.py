"""Own cadence over the weeks: at the baseline, without help now, and when it was measured again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cadencecoach.gait.sources import error_of
from cadencecoach.record.baselines import Assessment, assessments_of, baseline_counted_from
from cadencecoach.record.entries import BaselineTaken, Entry, ProgrammeSet
from cadencecoach.record.progress.measures import at_speed
from cadencecoach.record.progress.noise import ROUNDING, Change, Noise, Run, change_between, error_between, own_noise
from cadencecoach.record.progress.reassessment import change_of
from cadencecoach.record.row import SessionRow

COMPARED_RUNS = 4  # on each side of a change, where there are as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Unaided:
    """What was measured without help in one session.

    Attributes:
        day: of the session
        session: its id
        cadence_spm: in probes before any help, else in all probes; at the common speed where that is known
        source: what told it
    """

    day: date
    session: str
    cadence_spm: float
    source: str = ""

    @property
    def run(self) -> Run:
        """The same as a run to compare; what was asked for does not matter, since nothing helped."""
        return Run(cadence_spm=self.cadence_spm, source=self.source, error_spm=error_of(self.source))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCadence:
    """Own cadence from the baseline until now.

    Attributes:
        baseline: what all is compared with; None where none was measured
        unaided: every session with a probe, oldest first
        noise: from one of them to the next
        now: from the baseline to the last of them; without a baseline, from the first of them to the last
        reassessed: the newest baseline after that one; None where there is none
        measured_again: from the baseline to it
    """

    baseline: Assessment | None = None
    unaided: tuple[Unaided, ...] = ()
    noise: Noise
    now: Change | None = None
    reassessed: Assessment | None = None
    measured_again: Change | None = None

    @property
    def told(self) -> Change | None:
        """The change from the baseline that is told first: the newer of the two; None without a baseline."""
        if self.baseline is None:
            return None
        if self.reassessed is not None and (self.now is None or self.unaided[-1].day <= self.reassessed.last_day):
            return self.measured_again
        return self.now


def baseline_of_progress(entries: Sequence[Entry], today: date) -> Assessment | None:
    """The baseline that progress is counted from.

    With a programme it is what the programme counts from; else the first complete one, or the first of all.
    """
    if any(isinstance(entry, ProgrammeSet) for entry in entries):
        return baseline_counted_from(entries, today=today)
    every = assessments_of(entry for entry in entries if entry.day <= today)
    complete = (one for one in every if not one.is_provisional)
    measured = (one for one in every if one.starts_programmes)
    return next(iter((*complete, *measured, *every)), None)


def own_cadence_of(
    rows: Iterable[SessionRow], entries: Sequence[Entry], *, today: date, speed_mps: float | None
) -> OwnCadence:
    """Own cadence of an athlete.

    Args:
        rows: sessions, oldest first
        entries: the athlete's log
        today: entries of later days do not count
        speed_mps: the common speed that all are brought to; None leaves all as measured
    """
    baseline = baseline_of_progress(entries, today)
    unaided = tuple(one for row in rows if (one := _take_unaided(row, speed_mps)) is not None)
    noise = own_noise([one.run for one in unaided])
    reassessed = None if baseline is None else _find_reassessment(entries, baseline, today)
    return OwnCadence(
        baseline=baseline,
        unaided=unaided,
        noise=noise,
        now=_change_until_now(baseline, unaided, noise, speed_mps),
        reassessed=reassessed,
        measured_again=None if baseline is None or reassessed is None else change_of(baseline, reassessed, noise),
    )


def unaided_spm(row: SessionRow) -> float | None:
    """Cadence in probes before any help, else in all probes; some taps, to a remembered rhythm, do not show it."""
    if row.is_tapped:
        return None
    return row.probe_cadence_spm if row.retention_cadence_spm is None else row.retention_cadence_spm


def shown_spm(
    row: SessionRow, cadence_spm: float | None, own_spm: float | None, baseline: Assessment | BaselineTaken | None
) -> float | None:
    """A cadence without help, where it is known to be another than own cadence: by more than both sources may be off.

    Args:
        row: the session; tapped, it shows nothing
        cadence_spm: without help in it
        own_spm: what it is compared with
        baseline: where that comes from; None where the session measured it by its own source
    """
    if row.is_tapped or cadence_spm is None or own_spm is None:
        return None
    run = Unaided(day=row.day, session=row.id, cadence_spm=cadence_spm, source=row.steps_from).run
    own = replace(run, cadence_spm=own_spm)
    if baseline is not None:
        off_by_spm = baseline.error_spm if isinstance(baseline, Assessment) else baseline.off_by_spm
        own = replace(own, source=baseline.taken_by, error_spm=off_by_spm)
    error_spm = error_between((own,), (run,))
    return cadence_spm if not error_spm or abs(cadence_spm - own_spm) > error_spm + ROUNDING else None


def _take_unaided(row: SessionRow, speed_mps: float | None) -> Unaided | None:
    spm = unaided_spm(row)
    if spm is None:
        return None
    if speed_mps is not None and row.mean_speed_mps is not None:
        spm = at_speed(spm, speed_mps=row.mean_speed_mps, wanted_mps=speed_mps)
    return Unaided(day=row.day, session=row.id, cadence_spm=spm, source=row.steps_from)


def _change_until_now(
    baseline: Assessment | None, unaided: Sequence[Unaided], noise: Noise, speed_mps: float | None
) -> Change | None:
    if baseline is None:
        n_runs = min(COMPARED_RUNS, len(unaided) // 2)
        first, last = unaided[:n_runs], unaided[len(unaided) - n_runs :]
        return change_between((one.run for one in first), (one.run for one in last), noise)
    taken_in = {run.session for run in baseline.runs}
    since = [one for one in unaided if one.day >= baseline.day and one.session not in taken_in]
    before = (_run_of(run, speed_mps) for run in baseline.counted)
    return change_between(before, (one.run for one in since[-COMPARED_RUNS:]), noise)


def _run_of(run: BaselineTaken, speed_mps: float | None) -> Run:
    spm = run.cadence_spm
    if speed_mps is not None and run.speed_mps is not None:
        spm = at_speed(spm, speed_mps=run.speed_mps, wanted_mps=speed_mps)
    return Run(cadence_spm=spm, source=run.taken_by, error_spm=run.off_by_spm)


def _find_reassessment(entries: Sequence[Entry], baseline: Assessment, today: date) -> Assessment | None:
    """The newest later one: on the same surface rather than another, measured rather than marked."""
    every = assessments_of(entry for entry in entries if entry.day <= today)
    later = [one for one in every if one.day > baseline.last_day]
    same = [one for one in later if one.surface.casefold() == baseline.surface.casefold()] or later
    measured = [one for one in same if one.starts_programmes] or same
    return measured[-1] if measured else None

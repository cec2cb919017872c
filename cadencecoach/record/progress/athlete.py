"""An athlete's sessions together: what stayed, what carried over, how much was done, how it felt."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cadencecoach.record.baselines import Assessment, baseline_counted_from
from cadencecoach.record.dynamics import Compared, compare, figures_of_row, mean_of
from cadencecoach.record.entrainment import Entrainment, in_step_of_row, join
from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, Moment, entries_by_day
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.progress.measures import (
    Dose,
    at_speed,
    carry_over_ratio,
    change_ratio,
    dose_of,
    in_field_ratio,
    layoffs,
    session_load,
)
from cadencecoach.record.progress.own import (
    COMPARED_RUNS,
    OwnCadence,
    baseline_of_progress,
    own_cadence_of,
    shown_spm,
)
from cadencecoach.record.progress.weeks import Week, weeks_of
from cadencecoach.record.row import SessionRow

LEAST_RUN_S = 60.0  # less running is no run to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session among the others.

    Attributes:
        row: its numbers
        cadence_spm: mean, brought to the speed of the progress where speeds are known
        retention_ratio: part of the change asked for that was there before any help of the session
        carry_over_ratio: the same over all probes of the session
        speed_change_ratio: mean speed against that of the baseline
        pain: the highest rated during the session or in a check-in of it, 0 to 10
        effort: of the whole session, 0 to 10
        load: session-RPE times minutes
    """

    row: SessionRow
    cadence_spm: float
    retention_ratio: float | None = None
    carry_over_ratio: float | None = None
    speed_change_ratio: float | None = None
    pain: int | None = None
    effort: int | None = None
    load: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An athlete's sessions together.

    Attributes:
        sessions: with a minute of running or more, oldest first
        weeks: by calendar
        dose: of all of them
        speed_mps: the speed their cadences were brought to; None where speeds are not known: they stand as measured
        own: cadence without help, from the baseline until now
        in_field_ratio: part of the sessions with a target whose mean came to it, less 3 %
        moved: oscillation, contact time and stride, from the baseline's runs to the last ones, where they compare
        in_step: how steps kept to the beat, in the first sessions that tell it and in the last ones
        layoffs: first and last day of stretches of 14 days or more without a session
    """

    sessions: tuple[Session, ...]
    weeks: tuple[Week, ...]
    dose: Dose
    speed_mps: float | None
    own: OwnCadence
    in_field_ratio: float | None
    layoffs: tuple[tuple[date, date], ...]
    moved: tuple[Compared, ...] = ()
    in_step: tuple[Entrainment, ...] = ()


def progress_of(
    rows: Iterable[SessionRow],
    entries: Sequence[Entry] = (),
    *,
    answered: Collection[str] = (),
    today: date | None = None,
) -> Progress:
    """What the sessions of one athlete come to.

    Args:
        rows: in any order
        entries: the athlete's log: baselines, check-ins
        answered: ids of sessions whose pain the log holds, also where it was taken back (`sessions_answered`)
        today: entries of later days do not count; None is the last day there is
    """
    answered = {*answered, *sessions_answered(entries)}
    run = [row for row in rows if row.running_s >= LEAST_RUN_S and row.mean_cadence_spm is not None]
    run.sort(key=lambda row: (row.day, row.started, row.id))  # a recorded run may tell its day, and no start
    today = today or max((*(row.day for row in run), *(entry.day for entry in entries)), default=date.min)
    wanted_mps = _common_speed(run, baseline_of_progress(entries, today))
    sessions = tuple(_session(row, entries, wanted_mps, answered) for row in run)
    return Progress(
        sessions=sessions,
        weeks=weeks_of(run),
        dose=dose_of(run),
        speed_mps=wanted_mps,
        own=own_cadence_of(run, entries, today=today, speed_mps=wanted_mps),
        in_field_ratio=in_field_ratio(run),
        layoffs=layoffs(row.day for row in run),
        moved=_compare_with_last(run, entries),
        in_step=_in_step(run),
    )


def _session(row: SessionRow, entries: Sequence[Entry], wanted_mps: float | None, answered: Collection[str]) -> Session:
    baseline = _baseline_on(row.day, entries)
    baseline_spm = _first_known(row.baseline_spm, baseline.cadence_spm if baseline else None)
    baseline_mps = row.baseline_speed_mps or (baseline.speed_mps if baseline else None)
    of_it = [entry for entry in entries if isinstance(entry, CheckIn) and entry.session == row.id]
    # What the log holds of a session counts, where slips are put right; the keys only where it holds none of them.
    keyed = None if row.id in answered else row.highest_pain
    effort = _highest(entry.effort for entry in of_it if entry.moment is Moment.AFTER)
    before_spm = _first_known(row.retention_own_spm, baseline_spm)
    own_spm = _first_known(row.probe_own_spm, baseline_spm)
    return Session(
        row=row,
        cadence_spm=_bring_to_speed(row.mean_cadence_spm or 0.0, row.mean_speed_mps, wanted_mps),
        retention_ratio=carry_over_ratio(
            shown_spm(row, row.retention_cadence_spm, before_spm, baseline),
            before_spm,
            row.retention_target_spm,
        ),
        carry_over_ratio=carry_over_ratio(
            shown_spm(row, row.probe_cadence_spm, own_spm, baseline),
            own_spm,
            row.probe_target_spm,
        ),
        speed_change_ratio=change_ratio(row.mean_speed_mps, baseline_mps),
        pain=_highest([keyed, *(entry.pain for entry in of_it)]),
        effort=effort,
        load=session_load(effort, row.duration_s),
    )


def _common_speed(rows: Sequence[SessionRow], baseline: Assessment | None) -> float | None:
    """One speed for all: that of the baseline, else the sessions' own baseline or the median; None unless all tell it.

    A baseline whose speed is not known leaves all as measured: only like can be compared with like.
    """
    told = sorted(row.mean_speed_mps for row in rows if row.mean_speed_mps is not None)
    if not told or len(told) < len(rows):
        return None
    if baseline is not None:
        return baseline.speed_mps
    in_sessions = (row.baseline_speed_mps for row in rows)
    return next((mps for mps in in_sessions if mps), told[len(told) // 2])


def _bring_to_speed(cadence_spm: float, speed_mps: float | None, wanted_mps: float | None) -> float:
    if speed_mps is None or wanted_mps is None:
        return cadence_spm
    return at_speed(cadence_spm, speed_mps=speed_mps, wanted_mps=wanted_mps)


def _compare_with_last(rows: Sequence[SessionRow], entries: Sequence[Entry]) -> tuple[Compared, ...]:
    """The baseline's runs against the last ones that can be compared with them.

    Where the baseline's runs told nothing, the first session that told something stands for them.
    """
    told = [(row.id, figures) for row in rows if (figures := figures_of_row(row)).known]
    counted = baseline_counted_from(entries, today=rows[-1].day) if rows else None
    taken = {one.session for one in counted.runs} if counted is not None else set()
    places = [place for place, (id, _) in enumerate(told) if id in taken] or [0]  # noqa: A001  # the row's word
    reference = mean_of(figures for place, (_, figures) in enumerate(told) if place in places)
    later = [figures for _, figures in told[places[-1] + 1 :] if compare(reference, figures)]
    return compare(reference, mean_of(later[-COMPARED_RUNS:]))


def _in_step(rows: Sequence[SessionRow]) -> tuple[Entrainment, ...]:
    """Of the first sessions and of the last ones; where there are too few for both, of all."""
    told = [one for row in rows if (one := in_step_of_row(row)) is not None]
    parts = (told[:COMPARED_RUNS], told[-COMPARED_RUNS:]) if len(told) > COMPARED_RUNS else (told,)
    return tuple(one for part in parts if (one := join(part)) is not None)


def _baseline_on(day: date, entries: Sequence[Entry]) -> BaselineTaken | None:
    """The last baseline that was known on a day; a part of a change is nothing beside one that is as far off as it."""
    taken = (entry for entry in entries_by_day(entries, day) if isinstance(entry, BaselineTaken))
    known = [entry for entry in taken if entry.starts_programmes]
    return known[-1] if known else None


def _first_known(one: float | None, other: float | None) -> float | None:
    return other if one is None else one


def _highest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)

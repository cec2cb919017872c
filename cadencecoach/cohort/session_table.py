"""The tables of athletes and of their sessions."""

from collections.abc import Callable
from datetime import date

from cadencecoach.coach.actions import EndReason
from cadencecoach.cohort.column import Cell, Column, Risk, Table
from cadencecoach.cohort.subject import PersonRow, SessionFacts
from cadencecoach.fit.profile import SUB_SPORTS
from cadencecoach.gait.sources import SOURCES
from cadencecoach.record.row import NO_DAY
from cadencecoach.record.rows import REHEARSAL, REPLAY, SIMULATION

SURFACES = frozenset(SUB_SPORTS)
STEP_SOURCES = frozenset(SOURCES)
ENDS = frozenset(reason.value for reason in EndReason)
ORIGINS = frozenset({SIMULATION, REPLAY, REHEARSAL})
JOURNAL, LOG, MADE = "journal", "log", "made for this folder"
ATHLETE_IS = "the athlete: the pseudonym kept here; for research a number drawn by chance for this folder"
SESSION_IS = "the session: its id here; for research its number among those of the athlete"
OFFSET_IS = "days since the athlete's first day in these tables, which is 0"


def _count(name: str) -> Callable[[PersonRow], Cell]:
    return lambda one: one.n_rows[name]


def _of_row(name: str) -> Callable[[SessionFacts], Cell]:
    def value(one: SessionFacts) -> Cell:
        found: Cell = getattr(one.row, name)
        return found

    return value


def _of_figures(name: str) -> Callable[[SessionFacts], Cell]:
    def value(one: SessionFacts) -> Cell:
        found: Cell = getattr(one.figures, name)
        return found

    return value


def _of_run(name: str) -> Callable[[SessionFacts], Cell]:
    """What the log's entry says of it; nothing where there is none."""

    def value(one: SessionFacts) -> Cell:
        found: Cell = getattr(one.run, name, None)
        return found

    return value


PEOPLE: Table[PersonRow] = Table(
    name="people",
    about="an athlete",
    columns=(
        Column("athlete", str, "", ATHLETE_IS, MADE, lambda one: one.subject.key, Risk.HINT),
        Column(
            "first_day", date, "", "the first day in these tables", LOG, lambda one: one.subject.first_day, Risk.DAY
        ),
        Column("last_day", date, "", "the last day in these tables", LOG, lambda one: one.subject.last_day, Risk.DAY),
        Column(
            "n_days",
            int,
            "days",
            "from the first day to the last one",
            LOG,
            lambda one: None if one.subject.last_day is None else one.subject.offset(one.subject.last_day),
            Risk.HINT,
        ),
        *(
            Column(f"n_{name}", int, "", f"rows of theirs in {name}", MADE, _count(name))
            for name in ("sessions", "checkins", "baselines", "decisions", "findings")
        ),
    ),
)

# Name, unit and meaning of what a session's row tells under the same name.
_OF_ROW = (
    ("duration_s", "s", "pauses left out"),
    ("running_s", "s", "running with a fresh estimate"),
    ("mean_cadence_spm", "steps/min", "over running seconds"),
    ("sd_spm", "steps/min", "standard deviation of the estimate over running seconds"),
    ("mean_speed_mps", "m/s", "over running seconds with a known speed"),
    ("distance_m", "m", "where a speed was told, walking included"),
    ("steps", "steps", "both feet, walking included"),
    ("coverage_ratio", "0 to 1", "part of the duration in which the sensor told something"),
    ("baseline_spm", "steps/min", "the one in force at the end"),
    ("baseline_speed_mps", "m/s", "median speed of the stage it was measured in"),
    ("target_spm", "steps/min", "mean target over the running seconds that had one"),
    ("band_s", "s", "running seconds with a band, ramps and unknown speeds left out"),
    ("in_band_s", "s", "those of them in the band"),
    ("helped_s", "s", "those with beat or corrections on offer"),
    ("silent_s", "s", "those without"),
    ("probe_s", "s", "running seconds in probes with a target"),
    ("probe_in_band_s", "s", "seconds of probes in the band"),
    ("probe_below_s", "s", "seconds of probes below the band"),
    ("probe_above_s", "s", "seconds of probes above the band"),
    ("probe_above_spm", "steps/min", "mean cadence over those"),
    ("probe_cadence_spm", "steps/min", "mean over probes; empty below 20 s of them"),
    ("probe_target_spm", "steps/min", "mean target of them"),
    ("probe_own_spm", "steps/min", "mean of the runner's own cadence in them"),
    ("retention_s", "s", "running seconds in probes before any help of the session"),
    ("retention_cadence_spm", "steps/min", "mean over those; empty below 20 s of them"),
    ("retention_target_spm", "steps/min", "mean target of them"),
    ("retention_own_spm", "steps/min", "mean of the runner's own cadence in them"),
    ("oscillation_mm", "mm", "vertical oscillation of the trunk in a step"),
    ("oscillation_error_mm", "mm", "how far off that may be"),
    ("contact_ms", "ms", "how long a foot is on the ground"),
    ("contact_error_ms", "ms", "how far off that may be"),
    ("stride_m", "m", "length of a stride, two steps"),
    ("stride_error_m", "m", "how far off that may be"),
    ("dynamics_speed_mps", "m/s", "the speed the last six are told at"),
    ("in_step_steps", "steps", "that met a beat, where a sensor told footfalls"),
    ("in_step_mean_ms", "ms", "footfall minus beat at the ear; negative is early"),
    ("in_step_sd_ms", "ms", "circular standard deviation of that"),
    ("in_step_near_ratio", "0 to 1", "part of those steps within 50 ms of the beat"),
)

SESSIONS: Table[SessionFacts] = Table(
    name="sessions",
    about="a session that counts",
    columns=(
        Column("athlete", str, "", ATHLETE_IS, MADE, lambda one: one.subject.key, Risk.HINT),
        Column("session", str, "", SESSION_IS, MADE, lambda one: one.subject.session_key(one.row.id), Risk.HINT),
        Column("day_offset", int, "days", OFFSET_IS, JOURNAL, lambda one: one.subject.offset(one.row.day), Risk.HINT),
        Column(
            "day",
            date,
            "",
            "by the calendar there",
            JOURNAL,
            lambda one: None if one.row.day == NO_DAY else one.row.day,
            Risk.DAY,
        ),
        Column("started", str, "", "wall time in UTC, ISO 8601", JOURNAL, _of_row("started"), Risk.DAY),
        Column("plan_name", str, "", "title of the plan", JOURNAL, _of_row("plan_name"), Risk.TEXT),
        Column("plan_sha256", str, "", "of the text of the plan", JOURNAL, _of_row("plan_sha256"), Risk.NAME),
        Column("plan_number", int, "", "the same plan has the same number", MADE, lambda one: one.plan_number),
        Column(
            "item",
            int,
            "",
            "which session of the programme, from 0; empty for a run of one's own",
            LOG,
            _of_run("item"),
        ),
        Column(
            "surface",
            str,
            "",
            "treadmill, road, track, trail; for research any other is `other`",
            LOG,
            _of_run("surface"),
            known=SURFACES,
        ),
        Column(
            "incline_percent",
            float,
            "%",
            "of the belt or the road",
            LOG,
            _of_run("incline_percent"),
        ),
        Column(
            "shoes",
            str,
            "",
            "as the runner calls them",
            LOG,
            _of_run("shoes"),
            Risk.TEXT,
        ),
        Column(
            "origin",
            str,
            "",
            "empty: a person ran it; else simulation, replay or rehearsal, which the log counts",
            JOURNAL,
            _of_row("origin"),
            known=ORIGINS,
        ),
        Column("steps_from", str, "", "kind of sensor", JOURNAL, _of_row("steps_from"), known=STEP_SOURCES),
        Column("end", str, "", "finished, stopped, interrupted", JOURNAL, _of_row("end"), known=ENDS),
        Column("is_ended", int, "", "1: the journal says so; 0: it breaks off", JOURNAL, _of_row("is_ended")),
        *(Column(name, float, unit, meaning, JOURNAL, _of_row(name)) for name, unit, meaning in _OF_ROW),
        Column("paused_s", float, "s", "in pauses", JOURNAL, _of_figures("paused_s")),
        Column("n_gaps", int, "", "breaks after which it went on", JOURNAL, _of_figures("n_gaps")),
        Column(
            "longest_streak_s",
            float,
            "s",
            "longest time in the band without a break",
            JOURNAL,
            _of_figures("longest_streak_s"),
        ),
        Column(
            "drift_spm_per_10min",
            float,
            "steps/min per 10 min",
            "slope of the cadence over running time; empty below 5 min",
            JOURNAL,
            _of_figures("drift_spm_per_10min"),
        ),
        Column(
            "is_drift_after_speed",
            int,
            "",
            "1: the share of the speed is taken out of the slope",
            JOURNAL,
            _of_figures("is_drift_after_speed"),
        ),
        Column("n_cues", int, "", "cues of all kinds", JOURNAL, _of_row("n_cues")),
        Column("n_corrections", int, "", "cues that judged the cadence", JOURNAL, _of_row("n_corrections")),
        Column("highest_pain", int, "0 to 10", "rated by key in it", JOURNAL, _of_row("highest_pain"), Risk.HINT),
        Column(
            "is_unwell",
            int,
            "",
            "1: the runner said by key that something is wrong",
            JOURNAL,
            _of_figures("is_unwell"),
            Risk.HINT,
        ),
        Column(
            "stopped_for_pain_s",
            float,
            "s",
            "session time at which pain stopped the beat",
            JOURNAL,
            _of_figures("stopped_s"),
            Risk.HINT,
        ),
    ),
)

"""Questions that are asked often, as rows: what is measured, over which table, and by which groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from cadencecoach.errors import UsageError
from cadencecoach.gait.taps import MARKED_SPM, TAPS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number over many rows.

    Attributes:
        name: as it is typed, with its unit where it has one
        unit: empty for a count or a ratio
        meaning: what it says, and what it is weighted by
        table: whose rows it is taken over
        value: in SQL, over those rows; NULL where nothing is known
        known: in SQL: the rows that have a say; empty is all
    """

    name: str
    unit: str
    meaning: str
    table: str
    value: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What rows are put together by.

    Attributes:
        name: as it is typed
        meaning: what a group is
        value: in SQL
        tables: those that have it
    """

    name: str
    meaning: str
    value: str
    tables: frozenset[str]


def _weigh(value: str, weight: str, known: str = "") -> tuple[str, str]:
    """A mean, and the rows that have a say in it."""
    has_say = f"{value} IS NOT NULL AND {weight} IS NOT NULL{known and f' AND {known}'}"
    return f"sum({value} * {weight}) / nullif(sum({weight}), 0)", has_say


# Taps follow the rhythm that is remembered, and show no change without help; a coarse baseline waits for a yes.
_MEASURED = f"steps_from IS DISTINCT FROM '{TAPS}'"
_COUNTS = f"(error_spm IS NULL OR error_spm < {MARKED_SPM:g} OR is_accepted = 1)"


MEASURES = (
    Measure("sessions", "", "how many sessions count", "sessions", "count(*)"),
    Measure("athletes", "", "how many athletes ran one", "sessions", "count(DISTINCT athlete)"),
    Measure("running_h", "h", "running with a fresh estimate", "sessions", "sum(running_s) / 3600"),
    Measure("distance_km", "km", "where a speed was told", "sessions", "sum(distance_m) / 1000"),
    Measure(
        "cadence_spm",
        "steps/min",
        "mean cadence, weighted by running seconds",
        "sessions",
        *_weigh("mean_cadence_spm", "running_s"),
    ),
    Measure("sd_spm", "steps/min", "mean SD of a session's cadence", "sessions", *_weigh("sd_spm", "running_s")),
    Measure(
        "speed_mps",
        "m/s",
        "mean speed, weighted by running seconds",
        "sessions",
        *_weigh("mean_speed_mps", "running_s"),
    ),
    Measure(
        "in_band_ratio",
        "",
        "share of the running seconds with a band",
        "sessions",
        "sum(in_band_s) / nullif(sum(band_s), 0)",
    ),
    Measure(
        "helped_ratio",
        "",
        "share of those seconds with beat or corrections on offer",
        "sessions",
        "sum(helped_s) / nullif(sum(band_s), 0)",
    ),
    Measure(
        "probe_gain_ratio",
        "",
        "in probes that were not tapped, cadence over the own one less 1, weighted by their seconds",
        "sessions",
        *_weigh("(probe_cadence_spm / nullif(probe_own_spm, 0) - 1)", "probe_s", _MEASURED),
    ),
    Measure(
        "retention_ratio",
        "",
        "before any help, not tapped, cadence over the own one less 1, weighted by those seconds",
        "sessions",
        *_weigh("(retention_cadence_spm / nullif(retention_own_spm, 0) - 1)", "retention_s", _MEASURED),
    ),
    Measure(
        "corrections_per_min",
        "1/min",
        "cues that judged the cadence, a minute of running",
        "sessions",
        "sum(n_corrections) / nullif(sum(running_s) / 60, 0)",
        "n_corrections IS NOT NULL AND running_s IS NOT NULL",
    ),
    Measure(
        "own_cadence_spm",
        "steps/min",
        "mean of the baseline runs, of taps and microphones only those that were accepted",
        "baselines",
        "avg(cadence_spm)",
        _COUNTS,
    ),
    Measure("pain", "0 to 10", "mean of the answers", "checkins", "avg(pain)", "pain IS NOT NULL"),
    Measure(
        "pain_over_2_ratio",
        "",
        "share of the answers above 2",
        "checkins",
        "avg(CAST(pain > 2 AS INT))",
        "pain IS NOT NULL",
    ),
    Measure("soreness", "0 to 10", "mean of the answers", "checkins", "avg(soreness)", "soreness IS NOT NULL"),
    Measure("readiness", "0 to 10", "mean of the answers", "checkins", "avg(readiness)", "readiness IS NOT NULL"),
    Measure(
        "advance_ratio",
        "",
        "share of the rules' decisions that go on",
        "decisions",
        "avg(CAST(verdict = 'advance' AS INT))",
        "\"by\" = 'rules'",
    ),
)
_ALL = frozenset({"sessions", "baselines", "checkins", "decisions"})
GROUPS = (
    Group("athlete", "one of them", "athlete", _ALL),
    Group("week", "weeks from the athlete's first day, from 1", "CAST(floor(day_offset / 7) AS INT) + 1", _ALL),
    Group("plan", "the same plan has the same number", "plan_number", frozenset({"sessions"})),
    Group("item", "which session of the programme, from 0", "item", frozenset({"sessions"})),
    Group("surface", "what was run on", "surface", frozenset({"sessions", "baselines"})),
    Group("sensor", "what told the steps", "steps_from", frozenset({"sessions"})),
    Group("moment", "when it was asked", "moment", frozenset({"checkins"})),
)
MOST_GROUPS = 2


def measure_of(name: str) -> Measure:
    """A measure by its name.

    Raises:
        UsageError: there is none of it
    """
    return _look_up(name, {one.name: one for one in MEASURES}, "measure")


def question_of(measure: str, groups: Sequence[str]) -> str:
    """The SQL of a question: the groups, the measure, and over how many rows.

    Raises:
        UsageError: there is no such measure or group, or the measure's table has no such group
    """
    what = measure_of(measure)
    chosen = [_look_up(name, {one.name: one for one in GROUPS}, "group") for name in dict.fromkeys(groups)]
    if len(chosen) > MOST_GROUPS:
        raise UsageError(f"--by: {len(chosen)} groups; at most {MOST_GROUPS}")
    for group in chosen:
        if what.table not in group.tables:
            there = ", ".join(one.name for one in GROUPS if what.table in one.tables)
            raise UsageError(f"--by {group.name}: {what.name} is taken over {what.table}; by {there}")
    columns = [f'{group.value} AS "{group.name}"' for group in chosen]
    columns += [f'{what.value} AS "{what.name}"', "count(*) AS n_rows"]
    order = ", ".join(str(n) for n in range(1, len(chosen) + 1))
    return "".join(
        (
            f"SELECT {', '.join(columns)} FROM {what.table}",  # noqa: S608  # names of ours alone
            f" WHERE {what.known}" if what.known else "",
            f" GROUP BY {order} ORDER BY {order}" if chosen else "",
        )
    )


def question_lines() -> Iterator[str]:
    """What can be asked, a line each, for the help."""
    for one in MEASURES:
        by = ", ".join(group.name for group in GROUPS if one.table in group.tables)
        unit = f" ({one.unit})" if one.unit else ""
        yield f"{one.name}{unit}: {one.meaning}; by {by}"


def _look_up(name: str, known: dict[str, T], word: str) -> T:
    try:
        return known[name]
    except KeyError:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"{name}: no such {word}; {hint}") from None

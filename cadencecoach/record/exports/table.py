"""A session as a table, one row a second, pauses included: what CSV, JSON and Parquet share."""

from collections.abc import Iterator
from typing import NamedTuple

from cadencecoach.record.exports.activity import Activity

Cell = float | int | str | bool | None


class Column(NamedTuple):
    """A column: its name, which tells the unit, and what it means."""

    name: str
    kind: type
    unit: str
    meaning: str


# The first four are those of a recorded run: `--feet replay:` reads the table as it is.
COLUMNS = (
    Column("t_s", int, "s", "session time at the beginning of the second"),
    Column("cadence_spm", float, "steps/min", "what the sensor said, both feet"),
    Column("speed_mps", float, "m/s", "what the sensor said"),
    Column("hr", float, "beats/min", "what the sensor said"),
    Column("estimate_spm", float, "steps/min", "what was coached on"),
    Column("target_spm", float, "steps/min", "what was asked for"),
    Column("low_spm", float, "steps/min", "lower edge of the band"),
    Column("high_spm", float, "steps/min", "upper edge of the band"),
    Column("distance_m", float, "m", "from the start, pauses left out"),
    Column("oscillation_mm", float, "mm", "vertical oscillation of the trunk in a step, while running"),
    Column("oscillation_error_mm", float, "mm", "how far off that may be"),
    Column("contact_ms", float, "ms", "how long a foot is on the ground, while running"),
    Column("contact_error_ms", float, "ms", "how far off that may be"),
    Column("stride_m", float, "m", "length of a stride, two steps, while running"),
    Column("stride_error_m", float, "m", "how far off that may be"),
    Column("stage", int, "", "number of the stage, from 1; 0 before the first"),
    Column("stage_name", str, "", "name of the stage"),
    Column("feet", str, "", "live, walking, still, stale, lost; empty while nothing is known"),
    Column("paused", int, "", "1 in a pause, else 0"),
    Column("cue_reason", str, "", "why the cues of this second were given"),
    Column("cue", str, "", "the cues themselves"),
)


DYNAMICS = tuple(column.name for column in COLUMNS if column.name.startswith(("oscillation_", "contact_", "stride_")))


def rows_of(activity: Activity) -> Iterator[tuple[Cell, ...]]:
    """One row a second, in the order of `COLUMNS`; a missing number is None, missing words are empty."""
    names = [stretch.name for stretch in activity.series.stretches]
    for second in activity.series.seconds:
        yield (
            second.time_s,
            second.cadence_spm,
            second.speed_mps,
            second.hr_bpm,
            second.estimate_spm,
            second.target_spm,
            second.low_spm,
            second.high_spm,
            second.distance_m,
            *map(second.dynamics_value, DYNAMICS),
            second.stage,
            names[second.stage],
            second.feet,
            int(second.is_paused),
            " / ".join(cue.reason for cue in second.cues),
            " / ".join(cue.text for cue in second.cues),
        )

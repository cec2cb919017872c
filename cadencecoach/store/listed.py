"""Sessions as lists show them: what is seen of each in a line, from the index and from no journal."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from cadencecoach.record.row import NO_DAY
from cadencecoach.store.columns import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One session; the numbers are those of a `SessionRow`.

    Attributes:
        id, started, utc_offset_s, day, athlete, plan_name, end, is_ended: as there
        duration_s, mean_cadence_spm, target_spm, in_band_s, band_s, highest_pain: likewise
        kind: a `SessionKind`
        spark: as `record.fold.spark` writes it
    """

    id: str
    started: str
    utc_offset_s: int | None
    day: date
    athlete: str
    plan_name: str
    end: str
    is_ended: bool
    duration_s: float
    mean_cadence_spm: float | None
    target_spm: float | None
    in_band_s: float | None
    band_s: float | None
    highest_pain: int | None
    kind: str
    spark: str


LISTED = tuple(field.name for field in fields(Listed))
_DAY, _ENDED = LISTED.index("day"), LISTED.index("is_ended")


def read_listed(values: Sequence[Value]) -> Listed:
    """A session; `values` are those of `LISTED`, in that order."""
    words: dict[str, object] = dict(zip(LISTED, values, strict=True))
    try:
        day = date.fromisoformat(str(values[_DAY]))
    except ValueError:  # a table that was damaged
        day = NO_DAY
    return Listed(**{**words, "day": day, "is_ended": bool(values[_ENDED])})  # type: ignore[arg-type]

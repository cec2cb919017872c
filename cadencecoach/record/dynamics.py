"""What was told of a run beyond cadence, as means; and what may be said of a change.

Errors are mostly the same for all steps of a run, so a mean has the error of one value. Two means are compared only
where one sensor told both in one place at one speed, and a change is called one only where it is over twice the error.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from cadencecoach.gait.dynamics import Measured
from cadencecoach.record.lines import DynamicsLine
from cadencecoach.record.row import SessionRow

SAME_SPEED_RATIO = 0.05
LEAST_TOLD = 6  # half a minute; fewer say too little
BEYOND_ERRORS = 2.0  # the error is under half of a change that is told
OSCILLATION, CONTACT, STRIDE = QUANTITIES = ("oscillation_mm", "contact_ms", "stride_m")


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicsFigures:
    """Means over some running at one speed; None is not known.

    Attributes:
        speed_mps: the middle speed; None where speeds are not known: over all of the running then
        placement: where the sensor sat that told oscillation and contact time; empty where that is not known
        by: who told those two, and by which sensor; empty where nobody did
        stride_by: the same of the stride
        oscillation_mm, contact_ms, stride_m: means with their errors
    """

    speed_mps: float | None = None
    placement: str = ""
    by: str = ""
    stride_by: str = ""
    oscillation_mm: Measured | None = None
    contact_ms: Measured | None = None
    stride_m: Measured | None = None

    @property
    def known(self) -> dict[str, Measured]:
        """Those that are known, by their names."""
        told = ((name, getattr(self, name)) for name in QUANTITIES)
        return {name: one for name, one in told if one is not None}

    def teller_of(self, quantity: str) -> tuple[str, ...]:
        """Who told a quantity; what two tellers say is not compared."""
        return (self.stride_by,) if quantity == STRIDE else (self.placement, self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A quantity before and after, told by one sensor in one place at one speed.

    Attributes:
        quantity: name of its field
        before, after: means with their errors
        speed_mps: of the first
        placement: of the sensor; empty for a stride
    """

    quantity: str
    before: Measured
    after: Measured
    speed_mps: float
    placement: str = ""

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after.value - self.before.value

    @property
    def error(self) -> float:
        """The larger of the two."""
        return max(self.before.error, self.after.error)

    @property
    def is_beyond_error(self) -> bool:
        """Whether the error is under half of the change."""
        return BEYOND_ERRORS * self.error < abs(self.change)


NOTHING_TOLD = DynamicsFigures()


def are_same_speed(one_mps: float | None, other_mps: float | None) -> bool:
    """Whether two speeds are known and within 5 % of each other."""
    if not one_mps or not other_mps:
        return False
    return abs(one_mps - other_mps) <= SAME_SPEED_RATIO * min(one_mps, other_mps)


def figures_of(lines: Sequence[DynamicsLine], *, at_mps: float | None = None) -> DynamicsFigures:
    """Means of lines that were told of running at one speed.

    Args:
        lines: of running
        at_mps: the speed; None is the middle one of the lines
    """
    speeds_mps = [line.speed_mps for line in lines if line.speed_mps is not None]
    speed_mps = at_mps or (median(speeds_mps) if speeds_mps else None)
    chosen = [line for line in lines if speed_mps is None or are_same_speed(line.speed_mps, speed_mps)]
    moved = _choose_main_source([(_teller(line), line) for line in chosen if line.told_by is not None])
    strode = _choose_main_source([(_stride_teller(line), line) for line in chosen if line.stride_by is not None])
    oscillation_mm, contact_ms = _mean(moved[1], OSCILLATION), _mean(moved[1], CONTACT)
    stride_m = _mean(strode[1], STRIDE)
    has_moved = oscillation_mm is not None or contact_ms is not None
    return DynamicsFigures(
        speed_mps=speed_mps if has_moved or stride_m is not None else None,
        placement=moved[0][0] if has_moved else "",
        by=moved[0][1] if has_moved else "",
        stride_by=strode[0][1] if stride_m is not None else "",
        oscillation_mm=oscillation_mm,
        contact_ms=contact_ms,
        stride_m=stride_m,
    )


def _teller(line: DynamicsLine) -> tuple[str, str]:
    return line.placement or "", " ".join(filter(None, (line.told_by, line.sensor)))


def _stride_teller(line: DynamicsLine) -> tuple[str, str]:
    return "", " ".join(filter(None, (line.stride_by, line.sensor)))


def _choose_main_source(
    told: Sequence[tuple[tuple[str, str], DynamicsLine]],
) -> tuple[tuple[str, str], list[DynamicsLine]]:
    """Who told most of them, and those lines."""
    if not told:
        return ("", ""), []
    ((teller, _),) = Counter(teller for teller, _ in told).most_common(1)
    return teller, [line for one, line in told if one == teller]


def _mean(lines: Sequence[DynamicsLine], quantity: str) -> Measured | None:
    name, _, unit = quantity.rpartition("_")
    pairs = [(getattr(line, quantity), getattr(line, f"{name}_error_{unit}")) for line in lines]
    known = [(value, error) for value, error in pairs if value is not None and error is not None]
    if len(known) < LEAST_TOLD:
        return None
    return Measured(fmean(value for value, _ in known), fmean(error for _, error in known))


def compare(before: DynamicsFigures, after: DynamicsFigures) -> tuple[Compared, ...]:
    """What may be compared of two: of one sensor in one place that is known, at one speed."""
    if not are_same_speed(before.speed_mps, after.speed_mps):
        return ()
    return tuple(
        Compared(
            quantity=quantity,
            before=one,
            after=after.known[quantity],
            speed_mps=before.speed_mps or 0.0,
            placement="" if quantity == STRIDE else before.placement,
        )
        for quantity, one in before.known.items()
        if quantity in after.known and _is_same_teller(before, after, quantity)
    )


def _is_same_teller(before: DynamicsFigures, after: DynamicsFigures, quantity: str) -> bool:
    return all(before.teller_of(quantity)) and before.teller_of(quantity) == after.teller_of(quantity)


def columns_of(figures: DynamicsFigures) -> dict[str, float | str | None]:
    """The figures as fields of a session's row."""
    told: dict[str, float | str | None] = {
        "dynamics_speed_mps": figures.speed_mps,
        "dynamics_placement": figures.placement,
        "dynamics_by": figures.by,
        "stride_by": figures.stride_by,
    }
    for quantity, one in figures.known.items():
        name, _, unit = quantity.rpartition("_")
        told |= {quantity: one.value, f"{name}_error_{unit}": one.error}
    return told


def figures_of_row(row: SessionRow) -> DynamicsFigures:
    """The figures in a session's row."""

    def of(value: float | None, error: float | None) -> Measured | None:
        return None if value is None or error is None else Measured(value, error)

    return DynamicsFigures(
        speed_mps=row.dynamics_speed_mps,
        placement=row.dynamics_placement,
        by=row.dynamics_by,
        stride_by=row.stride_by,
        oscillation_mm=of(row.oscillation_mm, row.oscillation_error_mm),
        contact_ms=of(row.contact_ms, row.contact_error_ms),
        stride_m=of(row.stride_m, row.stride_error_m),
    )


def mean_of(several: Iterable[DynamicsFigures]) -> DynamicsFigures:
    """Means over sessions that may be compared with the first of them; nothing where there are none."""
    known = tuple(several)
    if not known:
        return NOTHING_TOLD
    first = known[0]
    alike = [one for one in known if are_same_speed(first.speed_mps, one.speed_mps)]
    return replace(
        first,
        oscillation_mm=_mean_alike(first, alike, OSCILLATION),
        contact_ms=_mean_alike(first, alike, CONTACT),
        stride_m=_mean_alike(first, alike, STRIDE),
    )


def _mean_alike(first: DynamicsFigures, alike: Iterable[DynamicsFigures], quantity: str) -> Measured | None:
    told = [one.known[quantity] for one in alike if quantity in one.known and _is_same_teller(first, one, quantity)]
    return Measured(fmean(one.value for one in told), fmean(one.error for one in told)) if told else None

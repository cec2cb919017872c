"""What the targets of a session count from when it begins, and whether that is good enough."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cadencecoach.errors import UsageError
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.gait.taps import MARKED_SPM, TAPS, TappedCadence
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.opening.request import Request, day_of
from cadencecoach.live.opening.sources import check_baseline, counts_from_baseline
from cadencecoach.plan.model import AthleteBaseline, Baseline, FixedBaseline, MeasuredBaseline, Plan, SpeedsBaseline
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import counted_baseline, curve_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingBaseline:
    """What targets count from at the start of a session.

    Attributes:
        cadence_spm: None where it is measured in the session, or nothing counts from it
        curve: the same over speed; None where it is one cadence for all
        source: for the header, where it is from and its error, if that may be off
        tapped: where it was tapped just now
    """

    cadence_spm: float | None
    curve: SpeedCurve | None = None
    source: Mapping[str, object] = field(default_factory=dict)
    tapped: TappedCadence | None = None


def find_baseline(
    store: Store,
    request: Request,
    plan: Plan,
    opened: OpenedFeet,
    *,
    is_of_programme: bool,
    tap: Callable[[], TappedCadence | None],
) -> StartingBaseline:
    """Find what targets count from, in this order: given, kept, tapped now, the plan's own.

    Args:
        store: where athletes are kept
        request: the words
        plan: what is run
        opened: the source of steps
        is_of_programme: such a session takes no taps, and nothing that a coarse source measures in it
        tap: asks the runner to tap
    Raises:
        UsageError: the plan counts from one, and there is none or none that is good enough
    """
    found = _given_or_kept(store, request, plan, opened)
    if found.cadence_spm is None and not is_of_programme and _may_be_tapped(plan, opened):
        found = _from_taps(tap()) or found
    check_baseline(plan, found.cadence_spm, has_readings=opened.has_readings)
    if found.cadence_spm is not None:
        return found
    if is_of_programme:
        check_error(plan, opened, instead="give the baseline, for example --baseline 164")
    return _of_plan(plan.baseline)


def _from_taps(tapped: TappedCadence | None) -> StartingBaseline | None:
    if tapped is None:
        return None
    source = {"baseline_from": TAPS, "baseline_error_spm": tapped.error_spm}
    return StartingBaseline(cadence_spm=tapped.cadence_spm, source=source, tapped=tapped)


def _given_or_kept(store: Store, request: Request, plan: Plan, opened: OpenedFeet) -> StartingBaseline:
    """What the flag says, else what a session that is played again had, else what the athlete has."""
    if request.baseline_spm is not None or not isinstance(plan.baseline, AthleteBaseline):
        return StartingBaseline(cadence_spm=request.baseline_spm)
    if opened.baseline_spm is not None:
        return StartingBaseline(cadence_spm=opened.baseline_spm, curve=opened.curve)
    stored = counted_baseline(store, request.athlete, request.surface, today=day_of(request))
    if stored is None:
        return StartingBaseline(cadence_spm=None)
    source = {"baseline_from": stored.taken_by, "baseline_error_spm": stored.error_spm} if stored.error_spm else {}
    return StartingBaseline(cadence_spm=round(stored.cadence_spm, 2), curve=curve_of(stored), source=source)


def _may_be_tapped(plan: Plan, opened: OpenedFeet) -> bool:
    """Whether a session waits for a baseline that nothing will measure."""
    is_unmeasured = isinstance(plan.baseline, MeasuredBaseline) and not opened.has_readings
    is_unstored = isinstance(plan.baseline, AthleteBaseline) and (opened.takes_taps or not opened.has_readings)
    return (is_unmeasured or is_unstored) and counts_from_baseline(plan)


def check_error(plan: Plan, opened: OpenedFeet, *, instead: str) -> None:
    """Refuse targets of a programme that would count from what a coarse source measures just now.

    Args:
        plan: of the programme; its baseline is not known yet
        opened: the source
        instead: what else than a better source there is, as an imperative
    Raises:
        UsageError: they would
    """
    is_measured = isinstance(plan.baseline, MeasuredBaseline) and counts_from_baseline(plan)
    if is_measured and opened.error_spm >= MARKED_SPM:
        raise UsageError(
            f"this session of the programme counts from a baseline that it measures, and --feet {opened.label} can be "
            f"{opened.error_spm:g} steps a minute off: use a foot pod, or {instead}"
        )


def _of_plan(baseline: Baseline) -> StartingBaseline:
    """What a plan itself brings, as the coach begins with it."""
    match baseline:
        case FixedBaseline(spm=spm):
            return StartingBaseline(cadence_spm=spm)
        case SpeedsBaseline(points=points, surface=surface):
            curve = SpeedCurve.fit(points, surface=surface)
            return StartingBaseline(cadence_spm=curve.c0_spm, curve=curve)
        case _:
            return StartingBaseline(cadence_spm=None)

"""What the clinician's limits make of a plan, and of a beat that follows none; and which of them were lowered."""

from dataclasses import replace
from datetime import date

from cadencecoach.coach.metronome import BeatLimits
from cadencecoach.desk.checkin.meaning import is_on_programme
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.model import Limits, MeasuredBaseline, Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.load import AS_PRINTED_SPM, most_over_first_spm
from cadencecoach.record.baselines import Assessment
from cadencecoach.store.athlete_log import entries_of
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import counted_baseline, first_baseline, stored_baseline

SAME = 1e-9  # two numbers that were written alike differ by less


def limit_plan(store: Store, plan: Plan, athlete: str | None, today: date, *, baseline_spm: float | None) -> Plan:
    """The plan under the limits on targets of the programme an athlete is on; as it is where there is none.

    For what is heard and not run today: neither a stop nor the day keeps anybody from it.

    Args:
        store: where athletes are kept
        plan: as it is written
        athlete: pseudonym; None for nobody
        today: by the runner's calendar
        baseline_spm: given by flag; None is not
    Raises:
        UsageError, JournalError, PlanError: the programme or the log cannot be read
    """
    if athlete is None or not is_on_programme(entries_of(store, athlete)):
        return plan
    return limit_own_plan(store, plan, under_way(store, athlete), today, surface="", baseline_spm=baseline_spm)


def limit_own_plan(  # whose, which, when
    store: Store, plan: Plan, now: UnderWay, today: date, *, surface: str, baseline_spm: float | None
) -> Plan:
    """A plan beside the programme under the stricter of its own and the programme's highest target."""
    stored = counted_baseline(store, now.athlete, surface, today=today)
    measures = isinstance(plan.baseline, MeasuredBaseline) and baseline_spm is None
    if stored is None and not measures:
        stored = stored_baseline(store, now.athlete, surface, today=today)  # no target counts from it, a limit does
    return under_limits(plan, now, limits_of(store, now, stored, surface, today))


def lowered_limit(  # whose, which, when; and the words of whoever reads it
    store: Store,
    plan: Plan,
    athlete: str,
    today: date,
    *,
    surface: str,
    baseline_spm: float | None,
    words: Phrasebook = ENGLISH,
) -> str:
    """Which limit of the clinician's is lower today than it was in a plan that was begun; empty where none is.

    Args:
        store: where athletes are kept
        plan: as it was begun, with the limits of then in it
        athlete: pseudonym, kept here
        today: by the runner's calendar
        surface: of the session; may be empty
        baseline_spm: of the session
        words: of whoever reads it
    Raises:
        UsageError, JournalError, PlanError: the programme or the log cannot be read, so nobody knows its limits
    """
    if not is_on_programme(store.log_of(athlete).entries):
        return ""
    now, texts = under_way(store, athlete), words.screen
    most_s = now.programme.limits.session_s
    if most_s is not None and (plan.duration_s is None or plan.duration_s > most_s + SAME):
        return fill(texts.break_minutes, limit=decimal(most_s / 60, ".4g", words.forms))
    stored = counted_baseline(store, athlete, surface, today=today)
    held = under_limits(plan, now, limits_of(store, now, stored, surface, today)).limits
    if held.target_ratio is not None and (
        plan.limits.target_ratio is None or held.target_ratio < plan.limits.target_ratio - SAME
    ):
        return fill(texts.break_limit, limit=f"{decimal(held.target_ratio * 100, '+.4g', words.forms)} %")
    now_spm, then_spm = held.ceiling_spm(baseline_spm), plan.limits.ceiling_spm(baseline_spm)
    if now_spm is not None and (then_spm is None or now_spm < then_spm - AS_PRINTED_SPM):
        return fill(texts.break_limit, limit=f"{decimal(now_spm, forms=words.forms)} spm")
    return ""


def beat_limits(store: Store, athlete: str | None, today: date) -> BeatLimits:
    """What the programme of an athlete allows of a beat alone; nothing is limited for a guest, or without a programme.

    Raises:
        UsageError, JournalError, PlanError: the programme or the log cannot be read, so nobody knows its limits
    """
    if athlete is None or not is_on_programme(entries_of(store, athlete)):
        return BeatLimits()
    now = under_way(store, athlete)
    stored = counted_baseline(store, athlete, today=today) or stored_baseline(store, athlete, today=today)
    counted_spm, most_spm = limits_of(store, now, stored, "", today)
    allowed = now.programme.limits
    targets = Limits(target_ratio=allowed.target_ratio, baseline_spm=counted_spm, most_spm=most_spm)
    return BeatLimits(targets=targets, most_s=allowed.session_s)


def beat_limit_lines(
    limits: BeatLimits, highest_spm: float, length_s: float | None, words: Phrasebook
) -> tuple[str, ...]:
    """What the limits change in a beat that was asked for.

    Args:
        limits: of `beat_limits`
        highest_spm: of the tempos that were asked for
        length_s: None lasts until a key
        words: of whoever reads it
    """
    lines = lowered_line(highest_spm, limits.targets, None, words)
    if limits.most_s is None or (length_s is not None and length_s <= limits.most_s):
        return lines
    return (*lines, fill(words.programme.beat_ends, limit=decimal(limits.most_s / 60, ".4g", words.forms)))


def limits_of(
    store: Store, now: UnderWay, counted: Assessment | None, surface: str, today: date
) -> tuple[float | None, float | None]:
    """The baseline that limits count from, and the highest target over the first one; both in steps a minute."""
    first = first_baseline(store, now.athlete, surface, today=today)
    counted_spm = None if counted is None else counted.cadence_spm
    first_spm = None if first is None else first.cadence_spm
    return counted_spm, most_over_first_spm(now.programme, first_spm=first_spm, counted_spm=counted_spm)


def under_limits(plan: Plan, now: UnderWay, known: tuple[float | None, float | None]) -> Plan:
    """The plan with the stricter of its own and the programme's highest target."""
    both = (plan.limits.target_ratio, now.programme.limits.target_ratio)
    ratios = [ratio for ratio in both if ratio is not None]
    counted_spm, most_spm = known
    held = replace(plan.limits, target_ratio=min(ratios, default=None), baseline_spm=counted_spm, most_spm=most_spm)
    return replace(plan, limits=held)


def lowered_line(highest_spm: float, limits: Limits, baseline_spm: float | None, words: Phrasebook) -> tuple[str, ...]:
    """That the highest target is over the limit, and which limit it is; nothing where it is not."""
    ceiling_spm, texts, forms = limits.ceiling_spm(baseline_spm), words.programme, words.forms
    if ceiling_spm is None or highest_spm <= ceiling_spm + AS_PRINTED_SPM:
        return ()
    is_over_first = ceiling_spm == limits.most_spm or limits.target_ratio is None
    percent = decimal((limits.target_ratio or 0) * 100, "+.4g", forms)
    of_first = fill(texts.of_first, allow="allow: {sum: the reason}")
    of = of_first if is_over_first else fill(texts.of_stored, percent=percent)
    target, limit = decimal(highest_spm, forms=forms), decimal(ceiling_spm, forms=forms)
    return (fill(texts.target_lowered, target=target, limit=limit, of=of),)

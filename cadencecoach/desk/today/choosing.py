"""What an athlete runs today: the session that the programme decides on, or a plan of their own under its limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cadencecoach.desk.athletes.baselines import standing_words
from cadencecoach.desk.checkin.meaning import ask_again_command, is_on_programme, no_run_since
from cadencecoach.errors import PlanError
from cadencecoach.live.opening.metronome import BeatLimits
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.model import AthleteBaseline, Limits, Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.targets import band_of
from cadencecoach.programme.header import programme_header
from cadencecoach.programme.load import AS_PRINTED_SPM, most_over_first_spm
from cadencecoach.programme.rules.deciding import Decision, plan_to_run
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import Assessment
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_log import entries_of
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import counted_baseline, first_baseline
from cadencecoach.view.programme.decisions import decision_lines

SAME = 1e-9  # two numbers that were written alike differ by less


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A session that may be run.

    Attributes:
        plan: what is run, the clinician's limits in it
        decision: of the programme; None where a plan of one's own is run
        header: further keys of the journal's header
        lines: what a person should know before the start
    """

    plan: Plan
    decision: Decision | None = None
    header: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


class NotTodayError(PlanError):
    """The programme has no run for today, or has stopped; the message says why, rule by rule."""


def session_of_today(
    store: Store, athlete: str, today: date, *, surface: str, baseline_spm: float | None, words: Phrasebook = ENGLISH
) -> Chosen:
    """What the programme of an athlete asks for today.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        today: by the runner's calendar
        surface: for the baseline; may be empty
        baseline_spm: given by flag; None takes the stored one
        words: of the runner's language
    Raises:
        NotTodayError: rest, a stop, the end, or what was said today keeps from running
        UsageError, JournalError, PlanError: there is no programme, or it cannot be read
    """
    now = under_way(store, athlete)
    decision = now.decision(today)
    said = tuple(decision_lines(decision, now.programme, today, words))
    if decision.session is None or decision.verdict is Verdict.REST:
        raise NotTodayError("\n".join(said))
    check_said(store, athlete, today, words)
    stored = counted_baseline(store, athlete, surface, today=today)
    plan = plan_to_run(decision.session, *_limits_of(store, now, stored, surface, today))
    return Chosen(
        plan=plan,
        decision=decision,
        header={"programme": programme_header(now.programme, decision.item)},
        lines=(*now.notes, *said, *_baseline_lines(plan, stored, baseline_spm, today, words)),
    )


def own_plan(  # whose, which, when; and the words of the run
    store: Store,
    athlete: str,
    name: str,
    today: date,
    *,
    surface: str,
    baseline_spm: float | None,
    words: Phrasebook = ENGLISH,
) -> Chosen:
    """A plan that an athlete runs beside the programme; the clinician's limits on target and minutes hold all the same.

    What was said today of the body holds for the day, with a programme or without one.

    Raises:
        NotTodayError: the programme has stopped, what was said today keeps from running, or the plan is longer than the
            clinician allows
        UsageError, PlanError: there is no such plan, or it has mistakes
    """
    plan = open_plan(find_plan(store.machine, name))
    stored = counted_baseline(store, athlete, surface, today=today)
    entries = store.log_of(athlete).entries
    if not is_on_programme(entries):
        check_said(store, athlete, today, words)
        return Chosen(plan=plan, lines=_baseline_lines(plan, stored, baseline_spm, today, words))
    now = under_way(store, athlete)
    plan = _limit_to_day(plan, now, today, _limits_of(store, now, stored, surface, today), words)
    check_said(store, athlete, today, words)
    says = next(decision_lines(now.decision(today), now.programme, today, words))
    line = fill(words.programme.own_run, programme=repr(words.of_plan(now.programme.name)), says=says)
    return Chosen(plan=plan, lines=(line, *_baseline_lines(plan, stored, baseline_spm, today, words)))


def check_may_run(store: Store, athlete: str, today: date, words: Phrasebook) -> None:
    """Refuse what keeps an athlete from every run: a stop of the programme, or an answer of today.

    Raises:
        NotTodayError: there is one
        UsageError, JournalError, PlanError: the programme or the log cannot be read, so nobody knows
    """
    if is_on_programme(store.log_of(athlete).entries):
        now = under_way(store, athlete)
        decision = now.decision(today)
        if decision.verdict is Verdict.STOP:
            raise NotTodayError("\n".join(decision_lines(decision, now.programme, today, words)))
    check_said(store, athlete, today, words)


def check_said(store: Store, athlete: str, today: date, words: Phrasebook) -> None:
    """Refuse what an answer of today keeps from, with a programme or without one, and say how a slip is corrected.

    Raises:
        NotTodayError: there is such an answer
    """
    found = no_run_since(store.log_of(athlete).entries, today, words)
    if found is not None:
        entry, why = found
        slip = fill(words.checkin.slip, command=f"`{ask_again_command(athlete, entry_id(entry))}`")
        raise NotTodayError("\n".join((why, fill(words.programme.not_today, athlete=athlete), slip)))


def limit_plan(store: Store, plan: Plan, athlete: str | None, today: date) -> Plan:
    """The plan under the limits on targets of the programme an athlete is on; as it is where there is none.

    For what is heard and not run today: neither a stop nor the day keeps anybody from it.

    Raises:
        UsageError, JournalError, PlanError: the programme or the log cannot be read
    """
    if athlete is None or not is_on_programme(entries_of(store, athlete)):
        return plan
    now = under_way(store, athlete)
    stored = counted_baseline(store, athlete, today=today)
    return _under_limits(plan, now, _limits_of(store, now, stored, "", today))


def beat_limits(store: Store, athlete: str | None, today: date) -> BeatLimits:
    """What the programme of an athlete allows of a beat alone; nothing is limited for a guest, or without a programme.

    Raises:
        UsageError, JournalError, PlanError: the programme or the log cannot be read, so nobody knows its limits
    """
    if athlete is None or not is_on_programme(entries_of(store, athlete)):
        return BeatLimits()
    now = under_way(store, athlete)
    counted_spm, most_spm = _limits_of(store, now, counted_baseline(store, athlete, today=today), "", today)
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
    lines = _lowered_line(highest_spm, limits.targets, None, words)
    if limits.most_s is None or (length_s is not None and length_s <= limits.most_s):
        return lines
    return (*lines, fill(words.programme.beat_ends, limit=decimal(limits.most_s / 60, ".4g", words.forms)))


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
    held = _under_limits(plan, now, _limits_of(store, now, stored, surface, today)).limits
    if held.target_ratio is not None and (
        plan.limits.target_ratio is None or held.target_ratio < plan.limits.target_ratio - SAME
    ):
        return fill(texts.break_limit, limit=f"{decimal(held.target_ratio * 100, '+.4g', words.forms)} %")
    now_spm, then_spm = held.ceiling_spm(baseline_spm), plan.limits.ceiling_spm(baseline_spm)
    if now_spm is not None and (then_spm is None or now_spm < then_spm - AS_PRINTED_SPM):
        return fill(texts.break_limit, limit=f"{decimal(now_spm, forms=words.forms)} spm")
    return ""


def _limits_of(
    store: Store, now: UnderWay, counted: Assessment | None, surface: str, today: date
) -> tuple[float | None, float | None]:
    """The baseline that limits count from, and the highest target over the first one; both in steps a minute."""
    first = first_baseline(store, now.athlete, surface, today=today)
    counted_spm = None if counted is None else counted.cadence_spm
    first_spm = None if first is None else first.cadence_spm
    return counted_spm, most_over_first_spm(now.programme, first_spm=first_spm, counted_spm=counted_spm)


def _limit_to_day(
    plan: Plan, now: UnderWay, today: date, known: tuple[float | None, float | None], words: Phrasebook
) -> Plan:
    decision, limits, texts = now.decision(today), now.programme.limits, words.programme
    if decision.verdict is Verdict.STOP:
        raise NotTodayError("\n".join(decision_lines(decision, now.programme, today, words)))
    if limits.session_s is not None and (plan.duration_s is None or plan.duration_s > limits.session_s):
        values = {"plan": repr(words.of_plan(plan.name)), "limit": f"{limits.session_s / 60:.0f}"}
        if plan.duration_s is None:
            raise NotTodayError(fill(texts.no_length, **values))
        raise NotTodayError(fill(texts.too_long, length=f"{plan.duration_s / 60:.0f}", **values))
    return _under_limits(plan, now, known)


def _under_limits(plan: Plan, now: UnderWay, known: tuple[float | None, float | None]) -> Plan:
    """The plan with the stricter of its own and the programme's highest target."""
    both = (plan.limits.target_ratio, now.programme.limits.target_ratio)
    ratios = [ratio for ratio in both if ratio is not None]
    counted_spm, most_spm = known
    held = replace(plan.limits, target_ratio=min(ratios, default=None), baseline_spm=counted_spm, most_spm=most_spm)
    return replace(plan, limits=held)


def _baseline_lines(
    plan: Plan, stored: Assessment | None, given_spm: float | None, today: date, words: Phrasebook
) -> tuple[str, ...]:
    """Which baseline counts, and what the clinician's limit makes of one given by flag."""
    lines = []
    texts, forms = words.programme, words.forms
    if given_spm is not None and stored is not None:
        given, standing = decimal(given_spm, "g", forms), standing_words(stored, today, words)
        lines.append(fill(texts.baseline_given, cadence=given, stored=standing))
    elif stored is not None and isinstance(plan.baseline, AthleteBaseline):
        lines.append(standing_words(stored, today, words))
    baseline_spm = given_spm if given_spm is not None or stored is None else stored.cadence_spm
    asked = [band_of(stage.target, stage.tolerance, baseline_spm) for stage in plan.stages]
    highest_spm = max((band.target_spm for band in asked if band is not None), default=0.0)
    return (*lines, *_lowered_line(highest_spm, plan.limits, baseline_spm, words))


def _lowered_line(highest_spm: float, limits: Limits, baseline_spm: float | None, words: Phrasebook) -> tuple[str, ...]:
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

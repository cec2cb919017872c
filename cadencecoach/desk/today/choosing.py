"""What an athlete runs today: the session that the programme decides on, or a plan of their own under its limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cadencecoach.desk.checkin.meaning import ask_again_command, is_on_programme, no_run_since
from cadencecoach.desk.today.limiting import limit_own_plan, limits_of, lowered_line
from cadencecoach.errors import PlanError
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.model import AthleteBaseline, Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.targets import band_of
from cadencecoach.programme.header import programme_header
from cadencecoach.programme.rules.deciding import Decision, plan_to_run
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import Assessment
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import counted_baseline
from cadencecoach.view.athlete.baselines import standing_words
from cadencecoach.view.programme.decisions import decision_lines


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
    plan = plan_to_run(decision.session, *limits_of(store, now, stored, surface, today))
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
    _check_day(plan, now, today, words)
    plan = limit_own_plan(store, plan, now, today, surface=surface, baseline_spm=baseline_spm)
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


def check_asked(store: Store, athlete: str, today: date, words: Phrasebook, session: str = "") -> tuple[str, ...]:
    """What to know where the store does not answer; refuse a run then before pain and signs to stop were asked for it.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        today: by the runner's calendar
        words: of the runner's language
        session: that goes on, whose own beginning is no other run; empty for a new one
    Raises:
        NotTodayError: no answer about pain was given today since the last run
    """
    behind = store.behind()
    if behind is None or not store.is_kept(athlete):
        return ()
    age = fill(words.programme.view_age, athlete=athlete, seen=behind.words)
    if not _is_asked(store.log_of(athlete).entries, today, session):
        raise NotTodayError(f"{age} {words.programme.ask_first}")
    return (age,)


def _is_asked(entries: Sequence[Entry], today: date, session: str) -> bool:
    """Whether pain was answered today after every other run.

    Of what one computer wrote the order of the log tells, whatever its clock did meanwhile; what came from another may
    have been written before it came, and its clock has to say so too. A run of a day to come is a clock that was wrong.
    """
    runs = [(n, one) for n, one in enumerate(entries) if isinstance(one, SessionRun) and one.session != session]

    def is_after(place: int, said: CheckIn) -> bool:
        others = (run for _, run in runs if run.device != said.device and run.day <= today)
        return all(n < place for n, _ in runs) and all(said.at >= run.at for run in others)

    answers = ((n, one) for n, one in enumerate(entries) if isinstance(one, CheckIn) and one.moment is Moment.BEFORE)
    return any(one.pain is not None and one.day == today and is_after(n, one) for n, one in answers)


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


def _check_day(plan: Plan, now: UnderWay, today: date, words: Phrasebook) -> None:
    """Refuse what is no run of this day: after a stop, or longer than the clinician allows."""
    decision, limits, texts = now.decision(today), now.programme.limits, words.programme
    if decision.verdict is Verdict.STOP:
        raise NotTodayError("\n".join(decision_lines(decision, now.programme, today, words)))
    if limits.session_s is not None and (plan.duration_s is None or plan.duration_s > limits.session_s):
        values = {"plan": repr(words.of_plan(plan.name)), "limit": f"{limits.session_s / 60:.0f}"}
        if plan.duration_s is None:
            raise NotTodayError(fill(texts.no_length, **values))
        raise NotTodayError(fill(texts.too_long, length=f"{plan.duration_s / 60:.0f}", **values))


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
    return (*lines, *lowered_line(highest_spm, plan.limits, baseline_spm, words))

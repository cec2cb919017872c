"""What a check-in means at once: whether to stop, and what the programme makes of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from cadencecoach.devices.clock import day_of_label
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.checkin_texts import CheckInTexts
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.gates import MOST_PAIN
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Entry, Flag, Moment, ProgrammeSet
from cadencecoach.store.protocol import Store
from cadencecoach.view.programme.decisions import decision_lines


def stop_words(said: CheckIn, words: Phrasebook = ENGLISH) -> str | None:
    """Why to stop now, and what to do; None where nothing said asks for it. Not a diagnosis, and says so."""
    texts = words.checkin
    named = ", ".join(words.of_log(name) for name in sorted(flag.value for flag in said.flags))
    if named:
        help_words = f"{texts.get_help} " if Flag.UNWELL in said.flags else ""
        return f"{named[0].upper()}{named[1:]}. {help_words}{texts.stop} {texts.no_diagnosis}"
    if said.pain is not None and said.pain > MOST_PAIN:
        much = fill(texts.much_pain, level=said.pain, limit=MOST_PAIN)
        return f"{much} {texts.stop} {texts.no_diagnosis}"
    return None


def no_run_words(said: CheckIn, words: Phrasebook = ENGLISH) -> str | None:
    """Why not to run now, after an answer: what stops, or soreness above the limit; None where it may be run."""
    if said.soreness is not None and said.soreness > MOST_PAIN:
        much = fill(words.checkin.much_soreness, level=said.soreness, limit=MOST_PAIN)
        return stop_words(said, words) or much
    return stop_words(said, words)


def no_run_since(
    entries: Iterable[Entry], since: date, words: Phrasebook = ENGLISH, *, session: str = ""
) -> tuple[CheckIn, str] | None:
    """The last answer of a day or later that keeps from running, and why; None where there is none.

    A milder answer after it takes nothing back: whoever typed by mistake corrects it. What was said in or after a run
    that went past midnight is of the day on which the run began, and holds on the day on which it was said too.

    Args:
        entries: of a log, those that count
        since: the day
        words: of whoever reads why
        session: whose answers hold on whichever day they were given
    """
    for entry in reversed(tuple(entries)):
        if isinstance(entry, CheckIn) and (_holds_from(entry, since) or (session and entry.session == session)):
            said = no_run_words(entry, words)
            if said is not None:
                return entry, said
    return None


def shown_decision(
    decision: Decision, log: Iterable[Entry], today: date, words: Phrasebook = ENGLISH
) -> tuple[Decision, str]:
    """A decision as it is shown on a day on which something said keeps from every run, and why; else empty words.

    Its session is then for the next day at the earliest: nobody is told of one for today and of none in one breath.
    """
    found = None if decision.verdict is Verdict.STOP else no_run_since(log, today, words)
    if found is None:
        return decision, ""
    if decision.session is None or decision.not_before is None or decision.not_before > today:
        return decision, found[1]
    return replace(decision, verdict=Verdict.REST, not_before=today + timedelta(days=1)), found[1]


def _holds_from(entry: CheckIn, since: date) -> bool:
    """Whether an answer is of a day or later, or was said then of a run that began the day before."""
    if entry.day >= since:
        return True
    is_of_run = bool(entry.session) and entry.moment in {Moment.DURING, Moment.AFTER}
    said_on = day_of_label(entry.at)
    return is_of_run and entry.day == since - timedelta(days=1) and said_on is not None and said_on >= since


def ask_again_command(athlete: str, entry: str = "last") -> str:
    """The command that asks anew what was typed by mistake.

    Args:
        athlete: pseudonym
        entry: id of the answer
    """
    return command_line(f'checkin --athlete {athlete} --correct {entry} --because "typed by mistake"')


def is_empty(said: CheckIn) -> bool:
    """Whether nothing was said at all."""
    values = (said.pain, said.soreness, said.soreness_h, said.readiness, said.effort, said.mood, said.site)
    return all(value is None for value in values) and not said.flags and not said.note


def is_on_programme(entries: Iterable[Entry]) -> bool:
    """Whether a programme was ever begun."""
    return any(isinstance(entry, ProgrammeSet) for entry in entries)


def what_follows(store: Store, athlete: str, today: date, words: Phrasebook = ENGLISH) -> str | None:
    """What the programme makes of it, in a line; None without a programme."""
    if not is_on_programme(store.log_of(athlete).entries):
        return None
    from cadencecoach.store.athlete_programme import under_way  # noqa: PLC0415  # reads the plans; not everybody has one

    try:
        now = under_way(store, athlete)
    except CadencecoachError as error:  # what was said is written down all the same
        return f"the programme cannot be read: {error}"
    decision = now.decision(today)
    if decision.verdict is not Verdict.STOP and no_run_since(now.log, today, words) is not None:
        return fill(words.programme.not_today, athlete=athlete)
    return next(decision_lines(decision, now.programme, today, words))


def is_stopped(store: Store, athlete: str, today: date) -> bool:
    """Whether the programme is stopped; not without one, nor where it cannot be read."""
    if not is_on_programme(store.log_of(athlete).entries):
        return False
    from cadencecoach.store.athlete_programme import under_way  # noqa: PLC0415  # as above

    try:
        return under_way(store, athlete).decision(today).verdict is Verdict.STOP
    except CadencecoachError:
        return False


def moment_words(moment: Moment, texts: CheckInTexts) -> str:
    """A moment as a heading."""
    return {
        Moment.BEFORE: texts.before_the_run,
        Moment.DURING: texts.in_the_run,
        Moment.AFTER: texts.after_the_run,
        Moment.MORNING: texts.the_morning_after,
    }[moment]

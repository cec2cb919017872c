"""What an athlete is offered today: the session of the programme with its why, or the reason why there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.checkin.meaning import is_on_programme, no_run_since
from cadencecoach.desk.checkin.taking import due_moment
from cadencecoach.desk.today.choosing import NotTodayError, session_of_today
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.model import Kind
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import Moment
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.protocol import Store
from cadencecoach.view.programme.decisions import decision_lines


class Day(Enum):
    """What kind of day it is for an athlete."""

    FREE = "free"  # no programme: any plan
    RUN = "run"
    REST = "rest"
    OVER = "over"  # the programme is at its end
    STOP = "stop"  # nobody runs: of the programme, or for what was said today
    UNREADABLE = "unreadable"  # log or programme; nobody knows the limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One athlete's day.

    Attributes:
        day: what kind it is
        plan: to be run today, with the day's values; None where there is no run
        headline: the most important; empty on a free day
        lines: what is to be done, and alongside
        why: the reasons, rule by rule
        notes: what to know before the start
        due: the check-in that is to be asked for now; None where none is
        slip: id of the check-in of today that asks for a stop, which may have been a slip; empty where there is none
    """

    day: Day
    plan: Plan | None = None
    headline: str = ""
    lines: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    due: Moment | None = None
    slip: str = ""

    @property
    def may_run(self) -> bool:
        """Whether anything may be run: on a day of rest a plan of one's own may."""
        return self.day not in {Day.STOP, Day.UNREADABLE}


def offer_today(store: Store, athlete: str, today: date, words: Phrasebook = ENGLISH) -> Offer:
    """What an athlete is offered. What the log has missed of a session is put into it, as before a run.

    Args:
        store: where athletes are kept
        athlete: pseudonym, kept here
        today: by the runner's calendar
        words: of whoever reads it
    """
    try:
        mend_log(store, athlete, words.programme)
        entries = store.log_of(athlete).entries
        due = due_moment(entries, today)
        if is_on_programme(entries):
            return _offer_of_programme(store, athlete, today, words, due)
    except CadencecoachError as error:
        return Offer(day=Day.UNREADABLE, headline=str(error))
    found = no_run_since(entries, today, words)
    if found is not None:
        return Offer(day=Day.STOP, headline=found[1], slip=entry_id(found[0]))
    return Offer(day=Day.FREE, due=due)


def _offer_of_programme(store: Store, athlete: str, today: date, words: Phrasebook, due: Moment | None) -> Offer:
    now = under_way(store, athlete)
    decision = now.decision(today)
    headline, *rest = decision_lines(decision, now.programme, today, words)
    at = rest.index(words.programme.why)
    lines, why = (*due_lines(decision, today, words), *_lines(rest[:at])), _lines(rest[at + 1 :])
    found = no_run_since(now.log, today, words)
    slip = "" if found is None else entry_id(found[0])
    if decision.verdict is Verdict.STOP:
        return Offer(day=Day.STOP, headline=headline, lines=lines, why=why, notes=now.notes, slip=slip)
    if found is not None:  # the programme would go on, or rest; what was said today keeps from every run all the same
        return Offer(day=Day.STOP, headline=found[1], notes=now.notes, slip=slip)
    try:
        chosen = session_of_today(store, athlete, today, surface="", baseline_spm=None, words=words)
    except NotTodayError:
        day = Day.OVER if decision.verdict is Verdict.FINISHED else Day.REST
        is_due = due is not None and due is not Moment.BEFORE  # nobody is about to run
        return Offer(day=day, headline=headline, lines=lines, why=why, notes=now.notes, due=due if is_due else None)
    said = {headline, *rest}
    notes = tuple(line for line in chosen.lines if line not in said)
    return Offer(day=Day.RUN, plan=chosen.plan, headline=headline, lines=lines, why=why, notes=notes, due=due)


def due_sessions(decision: Decision, today: date) -> Iterator[str]:
    """What is due today that is no step of the ladder: `reassessment`, `refresher`."""
    if decision.session is None or decision.not_before is None or decision.not_before > today:
        return
    if decision.move is Verdict.REFRESHER:
        yield "refresher"
    elif decision.session.kind is Kind.REASSESSMENT:
        yield "reassessment"


def due_lines(decision: Decision, today: date, words: Phrasebook) -> tuple[str, ...]:
    """The same for the runner, in words."""
    texts = {"refresher": words.programme.due_refresher, "reassessment": words.programme.due_reassessment}
    return tuple(texts[one] for one in due_sessions(decision, today))


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Without what sets them apart at a terminal."""
    return tuple(" ".join(line.split()) for line in lines)

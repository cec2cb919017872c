"""What a clinician does to a programme under way: hold, step back, take that back, from a session, end the stop.

Each needs a reason, and is an entry of the log. What it will do is told first, worked out by the same rules that decide
about the next session. Only one act ends a stop, and nothing else ends it on the way.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.athletes.withdrawing import make_new, reason_given, withdrawal_of
from cadencecoach.desk.checkin.meaning import shown_decision
from cadencecoach.errors import UsageError
from cadencecoach.programme.facts import HOLD, STEP_BACK, facts_of
from cadencecoach.programme.model import Kind
from cadencecoach.programme.rules.deciding import Decision, decide
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from, baseline_in_force
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import Decided, Entry, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_programme import (
    ProgrammeOrder,
    UnderWay,
    begin,
    entries_of_order,
    text_in_force,
    under_way,
)
from cadencecoach.store.protocol import Store
from cadencecoach.view.athlete.baselines import standing_words
from cadencecoach.view.programme.decisions import decision_lines

MARK_DIGITS = 16


class Act(StrEnum):
    """What is done."""

    HOLD = "hold"
    STEP_BACK = "step-back"
    TAKE_BACK = "take-back"
    FROM = "from"
    END_STOP = "end-stop"
    COUNT_FROM_NEW = "count-from-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActAsked:
    """An act that is asked for.

    Attributes:
        athlete: pseudonym
        act: which
        because: the reason, in the clinician's words; empty while it is only asked what would follow
        number: of the session, from 1; for `from` alone
        at, day: now, as labels
    """

    athlete: str
    act: Act
    because: str
    at: str
    day: date
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What an act would do.

    Attributes:
        lines: in words
        mark: of all it was worked out of; another one, and something else would follow
    """

    lines: tuple[str, ...]
    mark: str


def foresee_act(store: Store, asked: ActAsked) -> Foreseen:
    """What an act would do, without doing it.

    Raises:
        UsageError: there is no programme, or the act does not fit where the athlete stands
        PlanError, JournalError: log or programme cannot be read
    """
    mend_log(store, asked.athlete)
    now = under_way(store, asked.athlete)
    return Foreseen(lines=tuple(_lines(now, asked, _entries(store, now, asked))), mark=foreseen_mark(now, asked.day))


def act_on_programme(store: Store, asked: ActAsked, *, seen: str | None = None) -> tuple[str, ...]:
    """Do it, and write it down with its reason; lines a person should read.

    Args:
        store: where athletes are kept
        asked: what
        seen: mark of what the person was told would follow; None where nobody was told
    Raises:
        UsageError: no reason is given, something was written since the person looked, or as `foresee_act`
        PlanError, JournalError: log or programme cannot be read or written
    """
    asked = replace(asked, because=one_line_reason(asked.because))
    notes = mend_log(store, asked.athlete)
    with store.lock_athletes():
        now = under_way(store, asked.athlete)
        if seen is not None and seen != foreseen_mark(now, asked.day):
            raise UsageError(changed_since(asked.athlete))
        entries = _entries(store, now, asked)
        if asked.act in _BY_HAND or asked.act is Act.TAKE_BACK:
            log = store.log_of(asked.athlete)
            store.add_entries(asked.athlete, *(make_new(one, log) for one in entries))
            return notes
        return (*notes, *begin(store, _order(store, now, asked)))


def changed_since(athlete: str) -> str:
    """What is said where something else would follow than a person was told."""
    return f"what is known of {athlete}, or what you ask for, has changed since you looked: look again, then decide"


def one_line_reason(because: str) -> str:
    """A reason as it is kept.

    Raises:
        UsageError: there is none, or it holds control characters
    """
    reason = " ".join(reason_given(because).split())
    if not reason.isprintable():
        raise UsageError("the reason is text without control characters")
    return reason


NOT_SAID_YET = "not said yet"  # while it is only asked what would follow: without a reason it would begin anew
_BY_HAND = {Act.HOLD: HOLD, Act.STEP_BACK: STEP_BACK}


def _entries(store: Store, now: UnderWay, asked: ActAsked) -> Sequence[Entry]:
    """What is written down.

    Raises:
        UsageError: it does not fit where the athlete stands
    """
    decision = now.decision(asked.day)
    is_stopped = decision.verdict is Verdict.STOP
    if asked.act is Act.END_STOP and not is_stopped:
        raise UsageError(f"the programme of {asked.athlete} is not stopped")
    if asked.act is Act.FROM and is_stopped:
        raise UsageError(f"the programme of {asked.athlete} is stopped: end the stop first, with a reason of its own")
    if (asked.number is None) is (asked.act is Act.FROM):
        raise UsageError("name the session to go on from, counted from 1")
    if (verdict := _BY_HAND.get(asked.act)) is not None:
        reasons = (asked.because,) if asked.because else ()
        level = min(decision.level, len(now.programme.sessions) - 1)
        return [Decided(at=asked.at, day=asked.day, verdict=verdict, level=level, reasons=reasons, by_hand=True)]
    if asked.act is Act.TAKE_BACK:
        said = find_acts_by_hand(now, asked.day)
        if not said:
            raise UsageError(f"nobody holds or steps back {asked.athlete} by hand")
        return [withdrawal_of(one, asked.because, at=asked.at, day=asked.day) for one in said]
    if asked.act is Act.COUNT_FROM_NEW:
        _check_newer(now, asked.day)
    return entries_of_order(_order(store, now, asked), now.log)


def find_acts_by_hand(now: UnderWay, today: date) -> tuple[Decided, ...]:
    """The holds and steps back by hand that still decide."""
    facts = facts_of(now.programme, now.rows, now.log, today, now.aside)
    return (*facts.held, *facts.stepped_back)


def _check_newer(now: UnderWay, today: date) -> None:
    counted, newest = baseline_counted_from(now.log, today=today), baseline_in_force(now.log, today=today)
    if counted is not None and newest is not None and not newest.is_provisional and counted.runs == newest.runs:
        raise UsageError(f"the programme of {now.athlete} counts from its newest complete baseline already")


def _order(store: Store, now: UnderWay, asked: ActAsked) -> ProgrammeOrder:
    raw, programme = text_in_force(store, now.athlete)
    return ProgrammeOrder(
        athlete=now.athlete,
        raw=raw,
        programme=programme,
        level=None if asked.number is None else asked.number - 1,
        because=asked.because or NOT_SAID_YET,
        at=asked.at,
        day=asked.day,
        counts_from_new=asked.act is Act.COUNT_FROM_NEW,
    )


def foreseen_mark(now: UnderWay, day: date) -> str:
    """A digest of all that decides."""
    known = [day.isoformat(), now.programme.sha256, *map(entry_id, now.every)]
    known += [f"{row.id} {row.highest_pain}" for row in now.rows]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:MARK_DIGITS]


def _lines(now: UnderWay, asked: ActAsked, entries: Sequence[Entry]) -> Iterator[str]:
    """What follows, in words: what it means, how it stands now, and how it stands then."""
    today = asked.day
    before = now.decision(today)
    after = decide(now.programme, now.rows, entries_that_count((*now.every, *entries)), today, now.aside)
    yield from _meaning(now, asked, before)
    yield from taken_back_lines(now, entries)
    yield f"Now: {_headline(now, shown_decision(before, now.log, today)[0], today)}"
    shown, no_run = shown_decision(after, now.log, today)
    yield f"Then: {_headline(now, shown, today)}"
    if asked.act is Act.STEP_BACK and after.verdict is not Verdict.STOP and _rank(now, after) >= _rank(now, before):
        yield "That is no lower: it is the first session already, or the rules step back as far."
    if asked.act is Act.FROM and _rank(now, after) > _rank(now, before):
        n_levels = _rank(now, after) - _rank(now, before)
        how_far = "one level" if n_levels == 1 else f"{n_levels} levels"
        yield f"That is {how_far} further than the rules would go."
    if no_run:
        yield f"No run today all the same, for what was said: {no_run}"


def taken_back_lines(now: UnderWay, entries: Sequence[Entry]) -> Iterator[str]:
    """What somebody said by hand, perhaps another clinician, that would end with entries."""
    gone = {entry.entry for entry in entries if isinstance(entry, Withdrawn)}
    for one in now.log:
        if isinstance(one, Decided) and entry_id(one) in gone:
            yield f"Takes back: {one.verdict} by hand on {one.day}, because: {'; '.join(one.reasons)}"


def _meaning(now: UnderWay, asked: ActAsked, before: Decision) -> Iterator[str]:
    match asked.act:
        case Act.HOLD:
            yield "The level is repeated until you take the hold back; setting a session by hand takes it back too."
            yield "Rules that step back or stop still do."
            yield "The runner reads your reason beside the next session."
        case Act.STEP_BACK:
            yield "The next session is one level below the last one that was run; then the rules go on from there."
            yield "The runner reads your reason beside the next session."
        case Act.TAKE_BACK:
            pass  # what is taken back is told of every act
        case Act.FROM:
            yield "What was run and said before does not decide any more. The limits of the programme hold."
        case Act.END_STOP:
            stops = [reason.text for reason in before.reasons if reason.verdict is Verdict.STOP]
            yield f"This ends the stop: {'; '.join(stops)}."
            yield "What is said from now on stops the programme again."
        case Act.COUNT_FROM_NEW:
            yield from _counting(now, asked.day, is_stopped=before.verdict is Verdict.STOP)


def _counting(now: UnderWay, today: date, *, is_stopped: bool) -> Iterator[str]:
    counted, newest = baseline_counted_from(now.log, today=today), baseline_in_force(now.log, today=today)
    if counted is not None:
        yield f"Targets count from: {standing_words(counted, today)}."
    if newest is not None:
        yield f"They will count from: {standing_words(newest, today)}."
    yield "They stay within +10 % of the first baseline, unless the programme says why not."
    if is_stopped:
        yield "The programme stays stopped."


def _headline(now: UnderWay, decision: Decision, today: date) -> str:
    return next(iter(decision_lines(decision, now.programme, today)))


def _rank(now: UnderWay, decision: Decision) -> int:
    """How far somebody has come, in levels."""
    return sum(one.kind is Kind.SESSION for one in now.programme.sessions[: decision.level])

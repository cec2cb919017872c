"""What raises alerts: answers, pain from session to session, holds, silence. Thresholds stand here, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice, pairwise, takewhile

from cadencecoach.programme.done import Done
from cadencecoach.programme.facts import Facts, most_pain
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Entry,
    ItemDone,
    Message,
    Moment,
    ProgrammeSet,
    SessionRun,
    To,
)
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.messages import unread_messages
from cadencecoach.record.row import SessionRow

RISES = 3  # so many sessions running, each with more pain than the one before
HOLDS = 3  # so many times running at one level
SILENT_DAYS = 7
SORE_FROM = 3  # of 10
DAY = timedelta(days=1)
BY_ATHLETE = (CheckIn, ItemDone, SessionRun, BaselineTaken)
LONGEST_NOTE = 80  # characters of it are shown


class Kind(StrEnum):
    """What an alert is about."""

    SIGN = "sign to stop"
    PAIN = "pain above the limit"
    RISING = "pain rising"
    HELD = "held"
    SORE = "soreness"
    SILENT = "silent"
    NOTE = "note"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that raises an alert, or is counted to one that is open.

    Attributes:
        kind: of the alert
        group: events of one kind and group belong to one alert while it is open
        source: id of what it follows from: an entry, a session, a day
        place: index of the entry it follows from, in the log
        day: when
        raised_by: what it was, for a person
        what: in a sentence
    """

    kind: Kind
    group: str
    source: str
    place: int
    day: date
    raised_by: str
    what: str


def lasting_events(entries: Sequence[Entry], rows: Sequence[SessionRow], facts: Facts | None) -> Iterator[Event]:
    """The events that follow from what was run and said, whatever day it is; in no order.

    Args:
        entries: of the log, those that count and are not of a later day, in the order they were made
        rows: of the athlete, with pain by key that no answer speaks of
        facts: of the programme in force; None without one
    """
    programme = None if facts is None else facts.programme
    places = places_of(entries)
    for place, entry in enumerate(entries):
        if isinstance(entry, CheckIn):
            yield from _of_answer(entry, place, programme)
    for row in rows:
        if row.highest_pain is not None:
            place = places.get(row.id, len(entries))
            yield from _of_pain(row.highest_pain, "", row.day, row.id, row.id, place, "key p in a run", programme)
    yield from _unread(entries)
    if facts is not None:
        yield from _rises(facts, entries, places)
        yield from _holds(facts, places, len(entries))
    else:
        yield from _rises_by_day(entries)


def events_of_day(
    facts: Facts | None,
    decision: Decision | None,
    today: date,
    *,
    silent: date | None,
    places: Mapping[str, int],
    end: int,
) -> Iterator[Event]:
    """The events that follow from the day, too: the last run, if held today, and silence.

    Args:
        facts: of the programme in force; None without one
        decision: of the day
        today: the day
        silent: since when nothing was heard; None where that is no matter
        places: where in the log the sessions were run
        end: of the log
    """
    if facts is not None and decision is not None and decision.move is Verdict.HOLD:
        yield from _find_repeated_run(facts, places, end)
    if silent is not None:
        yield Event(
            kind=Kind.SILENT,
            group="",
            source=silent.isoformat(),
            place=end,
            day=silent + SILENT_DAYS * DAY,
            raised_by="silence",
            what=silence_words(silent, today),
        )


def places_of(entries: Sequence[Entry]) -> Mapping[str, int]:
    """Where in the log the sessions were run."""
    return {entry.session: place for place, entry in enumerate(entries) if isinstance(entry, SessionRun)}


def last_heard(entries: Sequence[Entry], rows: Sequence[SessionRow]) -> date | None:
    """The day on which something was run, said, written or ticked last; that of the programme's start before any."""
    heard = [one.day for one in entries if isinstance(one, BY_ATHLETE)]
    heard += [one.day for one in entries if isinstance(one, Message) and one.to is To.CLINICIAN]
    heard += [row.day for row in rows]
    begun = (one.day for one in entries if isinstance(one, ProgrammeSet))
    return max([*heard, *islice(begun, 1)], default=None)


def silent_since(facts: Facts | None, decision: Decision | None, today: date, last: date | None) -> date | None:
    """Since when nothing was heard of somebody who was to run, where that is seven days or more; else None.

    Not of somebody who is stopped, at rest by the programme, or at its end. `last` is from `last_heard`.
    """
    if facts is None or decision is None or decision.verdict is Verdict.STOP:
        return None
    is_over = decision.level >= len(facts.programme.sessions)
    if is_over or (decision.not_before is not None and decision.not_before > today):
        return None
    return last if last is not None and (today - last).days >= SILENT_DAYS else None


def silence_words(since: date, today: date) -> str:
    """How long nothing was heard."""
    return f"nothing heard for {(today - since).days} days, since {since}"


def _of_answer(said: CheckIn, place: int, programme: Programme | None) -> Iterator[Event]:
    is_sore = said.soreness is not None and said.soreness >= SORE_FROM
    hurts = said.pain is not None and said.pain > most_pain(programme)
    if not (said.flags or is_sore or hurts or said.note):  # as most answers: no id is worked out for them
        return
    source, group = entry_id(said), said.session or said.day.isoformat()
    by = f"answer, {said.moment.value}"
    if said.flags:
        what = f"{', '.join(sorted(flag.value for flag in said.flags))} on {said.day}"
        yield Event(kind=Kind.SIGN, group=group, source=source, place=place, day=said.day, raised_by=by, what=what)
    site = "" if said.site is None else said.site.value
    if said.pain is not None:
        yield from _of_pain(said.pain, site, said.day, group, source, place, by, programme)
    if is_sore:
        what = f"soreness {said.soreness} of 10 on {said.day}"
        yield Event(kind=Kind.SORE, group="", source=source, place=place, day=said.day, raised_by=by, what=what)
    if said.note and said.moment is not Moment.DURING:  # what is noted there, the program has written
        what = f"wrote on {said.day}: {_shorten(said.note)}"
        yield Event(kind=Kind.NOTE, group=source, source=source, place=place, day=said.day, raised_by=by, what=what)


def _unread(entries: Sequence[Entry]) -> Iterator[Event]:
    """What the runner wrote and nobody has read; to read it is to answer it, so it ends by itself."""
    unread = unread_messages(entries, To.CLINICIAN)
    for place, one in enumerate(entries):
        if isinstance(one, Message) and one in unread:
            what = f"wrote on {one.day}: {_shorten(one.text)}"
            source = entry_id(one)
            yield Event(
                kind=Kind.MESSAGE, group="", source=source, place=place, day=one.day, raised_by="message", what=what
            )


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 3]}..."


def _of_pain(  # what was said, where, when, around what, by what, and what is treated
    pain: int,
    site: str,
    day: date,
    group: str,
    source: str,
    place: int,
    raised_by: str,
    programme: Programme | None,
) -> Iterator[Event]:
    most = most_pain(programme)
    if pain > most:
        what = f"{site or 'pain'} {pain} of 10 on {day}, above {most}"
        yield Event(kind=Kind.PAIN, group=group, source=source, place=place, day=day, raised_by=raised_by, what=what)


def _rises(facts: Facts, entries: Sequence[Entry], places: Mapping[str, int]) -> Iterator[Event]:
    """Three sessions running, each with more pain than the one before; every further one is an event too."""
    known = [(one.session, one.day, one.pain.pain) for one in facts.done]
    said: dict[str | date, int] = {}  # the last answer about pain in or after a session, by the session or the day
    for place, one in enumerate(entries):
        if isinstance(one, CheckIn) and one.pain is not None and one.moment in {Moment.DURING, Moment.AFTER}:
            said[one.session or one.day] = place
    for first in range(len(known) - RISES + 1):
        some = known[first : first + RISES]
        pains = [pain for _, _, pain in some if pain is not None]
        if len(pains) == RISES and _is_rising(pains):
            session, day, _ = some[-1]
            # what was told in the evening was not known at its end
            place = max(places.get(session, len(entries)), said.get(session, 0), said.get(day, 0))
            yield _rise(pains, session, place, day, "run")


def _rises_by_day(entries: Sequence[Entry]) -> Iterator[Event]:
    """The same by days, for somebody without a programme."""
    worst: dict[date, tuple[int, int]] = {}
    for place, said in enumerate(entries):
        if isinstance(said, CheckIn) and said.pain is not None:
            worst[said.day] = (max(said.pain, worst.get(said.day, (0, 0))[0]), place)
    days = sorted(worst)
    for first in range(len(days) - RISES + 1):
        some = days[first : first + RISES]
        pains = [worst[day][0] for day in some]
        if _is_rising(pains):
            yield _rise(pains, some[-1].isoformat(), worst[some[-1]][1], some[-1], "answers")


def _is_rising(pains: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(pains))


def _rise(pains: Sequence[int], source: str, place: int, day: date, raised_by: str) -> Event:
    what = f"pain rises: {', '.join(map(str, pains))} of 10, the last on {day}"
    return Event(kind=Kind.RISING, group="", source=source, place=place, day=day, raised_by=raised_by, what=what)


def _holds(facts: Facts, places: Mapping[str, int], end: int) -> Iterator[Event]:
    """The same session run again and again, all but the last run: whether that is held differs from day to day."""
    n_runs = 0
    for before, one, after in zip((None, *facts.done), facts.done, facts.done[1:], strict=False):
        n_runs = n_runs + 1 if before is not None and before.item == one.item else 1
        if n_runs >= HOLDS and after.item == one.item:
            yield _hold(facts, one, n_runs, places.get(one.session, end))


def _find_repeated_run(facts: Facts, places: Mapping[str, int], end: int) -> Iterator[Event]:
    """The last run of a session that was run again and again, where the programme holds."""
    last = facts.last
    n_runs = sum(1 for _ in takewhile(lambda one: last is not None and one.item == last.item, reversed(facts.done)))
    if last is not None and n_runs >= HOLDS:
        yield _hold(facts, last, n_runs, places.get(last.session, end))


def _hold(facts: Facts, last: Done, n_runs: int, place: int) -> Event:
    what = f"held {n_runs} times at {facts.programme.sessions[last.item].name!r}"
    return Event(kind=Kind.HELD, group="", source=last.session, place=place, day=last.day, raised_by="rules", what=what)

"""Sessions that were run and never written into the log: the program was killed, or the disk was full.

Their journals are there and say what they were of, so the log is mended before anything is decided. Of the programme's
sessions the run is put in, and of every session, however short, what was said of pain; of one that went on at two
places, what was said at either.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.programme_texts import ProgrammeTexts
from cadencecoach.record.counting import sessions_run
from cadencecoach.record.entries import CheckIn, Entry, Flag, Moment, ProgrammeSet, SessionRun
from cadencecoach.record.figures import Summary
from cadencecoach.record.pain import PainSaid, sessions_answered
from cadencecoach.record.rows import day_of, origin_of
from cadencecoach.store.loading import Recorded
from cadencecoach.store.protocol import Store
from cadencecoach.view.words import clock

_PAIN_NOTE = re.compile(rb'"about"\s*:\s*"pain"')
LEAST_S = 60.0  # of a session that was begun; one that was given up at once was not run


def mend_log(store: Store, athlete: str, texts: ProgrammeTexts = ENGLISH.programme) -> tuple[str, ...]:
    """Write what was missed into the log; a line for each.

    Args:
        store: where athletes are kept
        athlete: whose log
        texts: of the lines

    Raises:
        JournalError: the log cannot be read or written
    """
    log = store.log_of(athlete)
    since = next((entry.day for entry in log.entries if isinstance(entry, ProgrammeSet)), None)
    missed = _find_missed(store, athlete, log.every, since)  # of every entry: a disregarded session does not come back
    if missed:
        with store.lock_athletes():  # another program may have mended it meanwhile
            missed = _find_missed(store, athlete, store.log_of(athlete).every, since)
            store.add_entries(athlete, *missed)
    return tuple(dict.fromkeys(_entry_words(entry, texts) for entry in missed))


def pains_in(summary: Summary, session: str, day: date, *, at: str) -> tuple[CheckIn, ...]:
    """What was said of pain by key during a session: an entry for each; one that was taken back is a note alone."""
    begun = CheckIn(at=at, day=day, moment=Moment.DURING, session=session)
    said = (_entry(one, begun) for one in summary.pains)
    return tuple(entry for entry in said if entry is not None)


def missing_pains(summary: Summary, session: str, day: date, *, at: str, every: Sequence[Entry]) -> tuple[CheckIn, ...]:
    """Those of `pains_in` that a log does not hold yet.

    Args:
        summary: of the session
        session: its id
        day: when it was run
        at: label of the entries
        every: entry of the log
    """
    said = {_without_label(entry) for entry in every if isinstance(entry, CheckIn)}
    return tuple(one for one in pains_in(summary, session, day, at=at) if _without_label(one) not in said)


def _find_missed(store: Store, athlete: str, every: Sequence[Entry], since: date | None) -> list[Entry]:
    runs = sessions_run(every)
    answered = sessions_answered(every)
    missed: list[Entry] = []
    for recorded in _read_unlogged(store, athlete, runs):
        ran = None if since is None else _run(recorded, since)
        day = day_of(recorded.journal.header, id=recorded.id)
        missed += [] if ran is None else [ran]
        if recorded.id not in answered:
            missed += missing_pains(recorded.summary, recorded.id, day, at=_at(recorded), every=every)
    return [*missed, *_pains_beside(store, athlete, (*every, *missed))]


def _pains_beside(store: Store, athlete: str, every: Sequence[Entry]) -> Iterator[CheckIn]:
    """Pain in a journal beside the one that counts, where a session went on at two places: it was felt all the same."""
    for session, recorded in store.journals_beside():
        header = recorded.journal.header
        if header.get("athlete") != athlete or origin_of(header):
            continue
        counted: tuple[PainSaid, ...] = ()
        with suppress(CadencecoachError):
            counted = store.load_session(session).summary.pains
        others = tuple(pain for pain in recorded.summary.pains if pain not in counted)
        summary = replace(recorded.summary, pains=others)
        yield from missing_pains(summary, session, day_of(header, id=session), at=_at(recorded), every=every)


def _entry_words(entry: Entry, texts: ProgrammeTexts) -> str:
    if isinstance(entry, SessionRun):
        return fill(texts.mended_run, session=entry.session)
    assert isinstance(entry, CheckIn)
    return fill(texts.mended_pain, session=entry.session)


def _read_unlogged(store: Store, athlete: str, known: frozenset[str]) -> Iterator[Recorded]:
    """The sessions of an athlete, each read whole, of which the log knows no run; none that nobody was coached in."""
    for session in _sessions_of(store, athlete):
        if session in known or store.is_running(session):
            continue
        header = store.journal_header(session)
        with suppress(CadencecoachError):
            if not origin_of(header) and (item_of(header) is not None or _tells_of_pain(store, session)):
                yield store.load_session(session)


def _sessions_of(store: Store, athlete: str) -> Sequence[str]:
    """The ids of an athlete's sessions, by the table: to open every journal of a clinic takes seconds.

    One that cannot be read stands there without a name, so its header is asked.
    """
    with store.sessions() as table:
        table.refresh()
        found = [str(session) for (session,) in table.values(("id",), athlete=athlete)]
        broken = [one.id for one in table.unreadable()]
    return sorted([*found, *(one for one in broken if store.journal_header(one).get("athlete") == athlete)])


def _tells_of_pain(store: Store, session: str) -> bool:
    """Whether a journal may hold an answer about pain; to see that none does is a hundredth of reading it whole."""
    with store.open_journal(session) as content:
        return _PAIN_NOTE.search(content.read()) is not None


def _run(recorded: Recorded, since: date) -> SessionRun | None:
    """A recorded session as one of the programme; None where it is none, or is older than the first programme set."""
    header, item = recorded.journal.header, item_of(recorded.journal.header)
    day = day_of(header, id=recorded.id)
    if item is None or day < since or recorded.summary.session.duration_s < LEAST_S:
        return None
    return SessionRun(
        at=_at(recorded),
        day=day,
        session=recorded.id,
        item=item,
        shoes=_word(header.get("shoes")),
        surface=_word(header.get("surface")),
    )


def item_of(header: Mapping[str, Any]) -> int | None:
    """Which session of the programme a journal is of; None for a refresher too, which the rules know by its plan."""
    told = header.get("programme")
    item = told.get("item") if isinstance(told, dict) else None
    return item if type(item) is int and item >= 0 else None


def _at(recorded: Recorded) -> str:
    """The label of what is put in: the start of the session, so that two machines write the same entry."""
    return _word(recorded.journal.header.get("started")) or wall_time_utc()


def _without_label(entry: CheckIn) -> CheckIn:
    """What an entry says, whenever it was written down."""
    return replace(entry, at="")


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _entry(one: PainSaid, begun: CheckIn) -> CheckIn | None:
    """One thing said as an entry; None for a question that was closed again."""
    when = f"{clock(one.time_s)} into the run"
    if one.is_taken_back:
        what = "something is wrong:" if one.is_unwell else None if one.level is None else f"pain {one.level} of 10"
        return None if what is None else replace(begun, note=f"{what} taken back, {when}")
    if one.is_unwell:
        return replace(begun, flags=frozenset({Flag.UNWELL}), note=f"something is wrong, {when}")
    return replace(begun, pain=one.level, note=when if one.level is not None else f"pain, not rated, {when}")

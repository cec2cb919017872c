"""An athlete's programme: begun, exchanged, read back with all that decides about tomorrow.

The text in force is one text with every plan in it; a text that was exchanged is kept under the first digits of its
hash. What the log says was set and the text in force must be the same.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.gait.sources import kind_of
from cadencecoach.programme.facts import (
    NOTHING_ASIDE,
    Aside,
    find_held,
    find_open_answers,
    find_stepped_back,
    is_stopping,
)
from cadencecoach.programme.load import AS_PRINTED_SPM, most_over_first_spm
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import Decision, decide
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.baselines import baseline_counted_from, baseline_in_force, first_counted_from
from cadencecoach.record.counting import entries_that_count, runs_that_count
from cadencecoach.record.entries import (
    SET_BY_HAND,
    STARTED,
    Decided,
    Entry,
    ProgrammeSet,
    SessionRun,
    Withdrawn,
    is_practice,
)
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.progress.reassessment import change_of, is_within_error
from cadencecoach.record.row import SessionRow
from cadencecoach.store.log_file import Log
from cadencecoach.store.own_files import SHA_DIGITS
from cadencecoach.store.protocol import Behind, ProgrammeText, Rows, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A programme that an athlete is on.

    Attributes:
        athlete: pseudonym
        programme: in force
        log: every entry that counts
        rows: the athlete's runs that count
        every: all entries, with those withdrawn and their withdrawals
        aside: what stands in neither and decides too
        notes: what a person should know about the files
    """

    athlete: str
    programme: Programme
    log: tuple[Entry, ...]
    rows: tuple[SessionRow, ...]
    every: tuple[Entry, ...] = ()
    aside: Aside = NOTHING_ASIDE
    notes: tuple[str, ...] = ()

    def decision(self, today: date) -> Decision:
        """What comes next, asked on a day."""
        return decide(self.programme, self.rows, self.log, today, self.aside)


def under_way(store: Store, athlete: str, found: Rows | None = None, log: Log | None = None) -> UnderWay:
    """The programme an athlete is on, and all that decides about tomorrow.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        found: the athlete's sessions, where they were read already
        log: the athlete's, likewise

    Raises:
        UsageError: there is none, or the text in force is not what was set
        PlanError: its text has mistakes
        JournalError: the log cannot be read
    """
    behind = store.behind()
    log, text = _read_in_force(store, athlete, log)
    return _as_known(store, athlete, _programme_in(text), found, log, behind)


def as_if_under_way(
    store: Store, athlete: str, programme: Programme, found: Rows | None = None, log: Log | None = None
) -> UnderWay:
    """All that decides about tomorrow, if an athlete were on a programme.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        programme: that one
        found: the athlete's sessions, where they were read already
        log: the athlete's, likewise
    Raises:
        JournalError: the log cannot be read
    """
    behind = store.behind()
    return _as_known(store, athlete, programme, found, store.log_of(athlete) if log is None else log, behind)


def _as_known(  # what is known, and of when
    store: Store, athlete: str, programme: Programme, found: Rows | None, log: Log, behind: Behind | None
) -> UnderWay:
    """The same of a log that was read after `behind` was asked."""
    rows, notes = _rows(store.rows_of(athlete) if found is None else found, log.every)
    behind = behind or store.behind()  # it may have stopped answering meanwhile
    log = log if behind is None else _as_seen(log, behind)
    made_up = f"{athlete} is a practice athlete: made up, and run by a simulated runner"
    practice = (made_up,) if is_practice(log.every) else ()
    return UnderWay(
        athlete=athlete,
        programme=programme,
        log=log.entries,
        rows=rows,
        every=log.every,
        aside=Aside(
            shoes_before=_shoes_before(store, athlete, log.entries),
            answered=sessions_answered(log.every),
            seen="" if behind is None else behind.words,
        ),
        notes=tuple(dict.fromkeys((*practice, *log.notes, *notes))),
    )


def _as_seen(log: Log, behind: Behind) -> Log:
    """The log without what was taken back or corrected here since: that is no way out of a stop either."""

    def as_seen(entry: Entry) -> Entry | None:
        if entry_id(entry) not in behind.waiting:
            return entry
        if isinstance(entry, Withdrawn | ProgrammeSet):
            return None
        return replace(entry, supersedes=()) if entry.supersedes else entry

    every = tuple(entry for entry in map(as_seen, log.every) if entry is not None)
    return replace(log, entries=entries_that_count(every), every=every)


def _programme_in(text: ProgrammeText) -> Programme:
    """What a text says; the same bytes are read once."""
    found = _sound_programme(text.raw)
    return load_programme(text.raw, text.source, _in_the_text) if found is None else found


@lru_cache(maxsize=64)  # as many as a clinic has in use
def _sound_programme(raw: bytes) -> Programme | None:
    """The programme in a text; None where it has mistakes, which are told with the name of its file."""
    try:
        return load_programme(raw, "", _in_the_text)
    except PlanError:
        return None


def _read_in_force(store: Store, athlete: str, log: Log | None = None) -> tuple[Log, ProgrammeText]:
    """The log, and the text in force, which is the one last set in the log."""
    log, was_set, text = _set_and_text(store, athlete, log)
    if _sha256(text) != was_set.sha256:
        with store.lock_athletes():  # it may be exchanged at this moment: the text is there, and not yet the log
            log, was_set, text = _set_and_text(store, athlete)
    if _sha256(text) != was_set.sha256:
        raise UsageError(
            f"{text.source} is not the text set on {was_set.day} ({was_set.sha256[:SHA_DIGITS]}); "
            f"set it again, such as `{starting(athlete, because='set again')}`"
        )
    return log, text


def _set_and_text(store: Store, athlete: str, log: Log | None = None) -> tuple[Log, ProgrammeSet, ProgrammeText]:
    """The log, the programme last set in it, and the text in force."""
    log = store.log_of(athlete) if log is None else log
    was_set = _last_set(log.entries)
    if was_set is None:
        raise UsageError(f"{athlete} has no programme; start one, such as `{starting(athlete)}`")
    text = store.programme_text(athlete)
    if text is None:
        raise UsageError(
            f"the programme of {athlete} is missing in {store.place_of(athlete)}; "
            f"set it again, such as `{starting(athlete, because='set again')}`"
        )
    return log, was_set, text


def starting(athlete: str, because: str = "") -> str:
    """The command that sets a programme, with one that comes with the program as an example."""
    reason = f' --because "{because}"' if because else ""
    return command_line(f"programme start field6wk --athlete {athlete}{reason}")


def _sha256(text: ProgrammeText) -> str:
    return hashlib.sha256(text.raw).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOrder:
    """A programme to be begun, or put in the place of another.

    Attributes:
        athlete: pseudonym
        raw: its text, every plan in it
        programme: what the text says
        level: where to begin, set by hand; None goes on where the athlete stands
        because: why it is exchanged; None for the first
        counts_from_new: targets count from the newest complete baseline, no longer from the one of the start
        at, day: now, as labels
    """

    athlete: str
    raw: bytes
    programme: Programme
    level: int | None
    because: str | None
    at: str
    day: date
    counts_from_new: bool = False


def begin(store: Store, order: ProgrammeOrder) -> tuple[str, ...]:
    """Begin a programme, or exchange it; lines a person should read.

    Raises:
        UsageError: one is under way and nobody said why it is exchanged, or the level is none of its sessions
        JournalError: it cannot be written
    """
    with store.lock_athletes():
        return _begin(store, order)


def _begin(store: Store, order: ProgrammeOrder) -> tuple[str, ...]:
    """Text and log together, under the lock."""
    log = store.log_of(order.athlete)
    before = _last_set(log.entries)
    entries = entries_of_order(order, log.entries)
    notes = _keep_old(store, order) + (
        _stops_set_aside(store, order) if before is not None and not order.counts_from_new else ()
    )
    store.set_programme_text(order.athlete, order.raw)
    if not store.is_kept(order.athlete):  # a programme may be begun for a new name
        store.write_log(order.athlete, ())
    store.add_entries(order.athlete, *entries)
    sums = _sums(store, order) if order.counts_from_new else ()
    return (*log.notes, *notes, *sums)


def text_in_force(store: Store, athlete: str) -> tuple[bytes, Programme]:
    """The text of the programme an athlete is on, and what it says.

    Raises:
        UsageError, PlanError, JournalError: as `under_way` does
    """
    _, text = _read_in_force(store, athlete)
    return text.raw, _programme_in(text)


def _check_order(order: ProgrammeOrder, before: ProgrammeSet | None) -> None:
    n_sessions = len(order.programme.sessions)
    if order.level is not None and not 0 <= order.level < n_sessions:
        raise UsageError(f"--from {order.level + 1}: the programme has {n_sessions} sessions, counted from 1")
    if before is not None and (order.because or STARTED) == STARTED:  # that one is the log's word for a first programme
        raise UsageError(
            f"{order.athlete} has been on {before.name!r} since {before.day}; to replace it give the reason: "
            "--because REASON (and --from 1 to begin at its first session)"
        )


def _check_counting(order: ProgrammeOrder, log: Sequence[Entry]) -> None:
    """Only a complete baseline may be counted from anew."""
    if not order.counts_from_new:
        return
    baseline = baseline_in_force(log, today=order.day)
    if baseline is None or baseline.is_provisional:
        what = "there is none" if baseline is None else f"{baseline.cadence_spm:.1f} spm is provisional"
        raise UsageError(f"--count-from-new needs a complete baseline, two runs of 12 min or more; {what}")
    counted = baseline_counted_from(log, today=order.day)
    if counted is not None and not counted.is_provisional and is_within_error(counted, baseline):
        off_by_spm = change_of(counted, baseline).error_spm
        raise UsageError(
            f"--count-from-new: {baseline.cadence_spm:.1f} spm ({kind_of(baseline.taken_by)}) is no change from "
            f"{counted.cadence_spm:.1f} spm: two sources, together up to {off_by_spm:g} spm off"
        )


def _sums(store: Store, order: ProgrammeOrder) -> tuple[str, ...]:
    """What the highest target comes to over the baseline that was counted from first."""
    entries = store.log_of(order.athlete).entries
    new = baseline_counted_from(entries, today=order.day)
    first = first_counted_from(entries, today=order.day)
    ratio = max((one.target_ratio for one in order.programme.sessions if one.target_ratio is not None), default=None)
    if new is None or first is None or ratio is None:
        return ()
    asked_spm, first_spm = new.cadence_spm * (1 + ratio), first.cadence_spm
    over = f"{(asked_spm / first_spm - 1) * 100:+.1f} % over the first baseline of {first_spm:.1f}"
    said = f"targets count from {new.cadence_spm:.1f} spm now: {ratio * 100:+.4g} % is {asked_spm:.1f} spm, {over}"
    most_spm = most_over_first_spm(order.programme, first_spm=first_spm, counted_spm=new.cadence_spm)
    if most_spm is None or asked_spm <= most_spm + AS_PRINTED_SPM:
        return (said,)
    held = (
        f"limited to {most_spm:.1f} spm, +10 % over the first; 'allow: {{sum: the reason}}' in the programme raises it"
    )
    return (said, held)


def _stops_set_aside(store: Store, order: ProgrammeOrder) -> tuple[str, ...]:
    """A stop ends when the programme is set again: that is the clinician's word, and it is told."""
    try:
        decision = under_way(store, order.athlete).decision(order.day)
    except UsageError:
        return ()
    if decision.verdict is not Verdict.STOP:
        return ()
    return (f"this lifts the stop ({decision.reasons[0].text}), because: {order.because}",)


def entries_of_order(order: ProgrammeOrder, log: Sequence[Entry]) -> Sequence[Entry]:
    """What an order adds to a log.

    Args:
        order: a programme to be begun, or put in the place of another
        log: entries that count
    Raises:
        UsageError: one is under way and nobody said why it is exchanged, the level is none of its sessions, or there is
            no complete baseline to count from anew
    """
    before = _last_set(log)
    _check_order(order, before)
    _check_counting(order, log)
    because, is_first = order.because or STARTED, before is None
    entries: list[Entry] = [] if order.level is None else list(_withdrawals(order, log, because))
    entries.append(
        ProgrammeSet(
            at=order.at,
            day=order.day,
            name=order.programme.name,
            sha256=order.programme.sha256,
            because=because,
            counts_from_new=order.counts_from_new,
            ends=None if order.counts_from_new else _find_ended(order, log),
        )
    )
    if order.level is not None:
        session = order.programme.sessions[order.level]
        reason = f"{SET_BY_HAND} {session.name!r}" + ("" if is_first else f": {because}")
        entries.append(
            Decided(at=order.at, day=order.day, verdict=Verdict.HOLD.value, level=order.level, reasons=(reason,))
        )
    return entries


def _withdrawals(order: ProgrammeOrder, log: Sequence[Entry], because: str) -> Iterator[Withdrawn]:
    """A session set by hand takes back what was held and stepped back by hand, each by its name.

    So a set on another machine, whose clinician knew of no hold, ends none in a merge.
    """
    for one in (*find_held(log), *find_stepped_back(log, order.programme)):
        yield Withdrawn(at=order.at, day=order.day, entry=entry_id(one), because=because)


def _find_ended(order: ProgrammeOrder, log: Sequence[Entry]) -> tuple[str, ...]:
    """The answers that stop, which a person ends by this."""
    known = [entry for entry in log if entry.day <= order.day]
    return tuple(
        entry_id(one) for one in find_open_answers(known, order.programme) if is_stopping(one, order.programme)
    )


def _keep_old(store: Store, order: ProgrammeOrder) -> tuple[str, ...]:
    old = store.programme_text(order.athlete)
    if old is None or old.raw == order.raw:
        return ()
    return (f"the text before is kept: {store.keep_programme_text(order.athlete, old.raw)}",)


def _shoes_before(store: Store, athlete: str, log: Sequence[Entry]) -> tuple[str, ...]:
    """Shoes that were in use before any run named some."""
    runs = sorted((entry for entry in log if isinstance(entry, SessionRun) and entry.shoes), key=lambda run: run.day)
    return store.read_profile(athlete).shoes_in_use_before(tuple(dict.fromkeys(run.shoes for run in runs)))


def _rows(found: Rows, every: Sequence[Entry]) -> tuple[tuple[SessionRow, ...], tuple[str, ...]]:
    """The athlete's runs; not those disregarded, nor rehearsals, but for those the log itself calls sessions."""
    return runs_that_count(found.rows, every), found.notes


def _last_set(log: Sequence[Entry]) -> ProgrammeSet | None:
    return next((entry for entry in reversed(log) if isinstance(entry, ProgrammeSet)), None)


def _in_the_text(name: str) -> str:
    return f"plan {name!r} is not in the text; a programme that was begun has every plan below 'plans:'"

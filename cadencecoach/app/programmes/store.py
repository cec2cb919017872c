"""An athlete's programme on disk: begun, exchanged, read back with all that decides about tomorrow.

The text in force is `programme.yaml`, one file with every plan in it; a text that was exchanged is kept beside it
under the first digits of its hash. What the log says was set and what lies there must be the same text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cadencecoach.app.athletes.folder import LOG_NAME, PROGRAMME_NAME, athlete_folder
from cadencecoach.app.athletes.log_file import append_entries, read_log
from cadencecoach.app.athletes.profile_file import read_profile
from cadencecoach.app.history.finding import sessions_folder
from cadencecoach.app.history.indexing import Sessions
from cadencecoach.app.programmes.files import read_programme_file
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import UsageError
from cadencecoach.programme.deciding import Decision, decide
from cadencecoach.programme.facts import NOTHING_ASIDE, Aside, sessions_answered
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.entries import Decided, Entry, ProgrammeSet, SessionRun
from cadencecoach.record.row import SessionRow

SHA_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A programme that an athlete is on.

    Attributes:
        athlete: pseudonym
        programme: in force
        log: every entry
        rows: the athlete's runs
        aside: what stands in neither and decides too
        notes: what a person should know about the files
    """

    athlete: str
    programme: Programme
    log: tuple[Entry, ...]
    rows: tuple[SessionRow, ...]
    aside: Aside = NOTHING_ASIDE
    notes: tuple[str, ...] = ()

    def decision(self, today: date) -> Decision:
        """What comes next, asked on a day."""
        return decide(self.programme, self.rows, self.log, today, self.aside)


def under_way(athlete: str) -> UnderWay:
    """The programme an athlete is on, and all that decides about tomorrow.

    Raises:
        UsageError: there is none, or what lies there is not what was set
        PlanError: its text has mistakes
        JournalError: the log cannot be read
    """
    folder = athlete_folder(athlete)
    log = read_log(folder / LOG_NAME)
    was_set = _last_set(log.entries)
    if was_set is None:
        raise UsageError(f"{athlete} is on no programme; cadencecoach programme start FILE --athlete {athlete}")
    path = folder / PROGRAMME_NAME
    raw = read_programme_file(path)
    if hashlib.sha256(raw).hexdigest() != was_set.sha256:
        raise UsageError(
            f"{path} is not the text that was set on {was_set.day} ({was_set.sha256[:SHA_DIGITS]}); "
            "set it with: programme start FILE --because REASON"
        )
    rows, notes = _rows(athlete, log.entries)
    programme = load_programme(raw, str(path), _in_the_text)
    return UnderWay(
        athlete=athlete,
        programme=programme,
        log=log.entries,
        rows=rows,
        aside=Aside(shoes_before=_shoes_before(athlete, log.entries), answered=sessions_answered(log.entries)),
        notes=(*log.notes, *notes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A programme to be begun, or put in the place of another.

    Attributes:
        athlete: pseudonym
        raw: its text, every plan in it
        programme: what the text says
        level: where to begin, set by hand; None goes on where the athlete stands
        because: why it is exchanged; None for the first
        at, day: now, as labels
    """

    athlete: str
    raw: bytes
    programme: Programme
    level: int | None
    because: str | None
    at: str
    day: date


def begin(order: Order) -> tuple[str, ...]:
    """Begin a programme, or exchange it; lines a person should read.

    Raises:
        UsageError: one is under way and nobody said why it is exchanged, or the level is none of its sessions
        JournalError: it cannot be written
    """
    folder = athlete_folder(order.athlete)
    log = read_log(folder / LOG_NAME)
    before = _last_set(log.entries)
    _check_order(order, before)
    notes = _keep_old(folder, order.raw) + (_stops_set_aside(order) if before is not None else ())
    try:
        write_private(folder / PROGRAMME_NAME, order.raw)
    except OSError as error:
        raise UsageError(f"{folder / PROGRAMME_NAME} cannot be written: {error.strerror or error}") from error
    append_entries(folder / LOG_NAME, order.athlete, _entries(order, is_first=before is None))
    return (*log.notes, *notes)


def _check_order(order: Order, before: ProgrammeSet | None) -> None:
    n_sessions = len(order.programme.sessions)
    if order.level is not None and not 0 <= order.level < n_sessions:
        raise UsageError(f"--from {order.level + 1}: the programme has {n_sessions} sessions, counted from 1")
    if before is not None and order.because is None:
        raise UsageError(
            f"{order.athlete} is on {before.name!r} since {before.day}; to put this one in its place say why: "
            "--because REASON (and --from 1 to begin at its first session)"
        )


def _stops_set_aside(order: Order) -> tuple[str, ...]:
    """A stop ends when the programme is set again: that is the clinician's word, and it is told."""
    try:
        decision = under_way(order.athlete).decision(order.day)
    except UsageError:
        return ()
    if decision.verdict is not Verdict.STOP:
        return ()
    return (f"this ends a stop ({decision.reasons[0].text}), because: {order.because}",)


def _entries(order: Order, *, is_first: bool) -> Sequence[Entry]:
    because = order.because or "started"
    entries: list[Entry] = [
        ProgrammeSet(
            at=order.at, day=order.day, name=order.programme.name, sha256=order.programme.sha256, because=because
        )
    ]
    if order.level is not None:
        session = order.programme.sessions[order.level]
        reason = f"set by hand to {session.name!r}" + ("" if is_first else f": {because}")
        entries.append(
            Decided(at=order.at, day=order.day, verdict=Verdict.HOLD.value, level=order.level, reasons=(reason,))
        )
    return entries


def _keep_old(folder: Path, raw: bytes) -> tuple[str, ...]:
    path = folder / PROGRAMME_NAME
    if not path.is_file():
        return ()
    old = read_programme_file(path)
    if old == raw:
        return ()
    kept = path.with_stem(f"{path.stem}-{hashlib.sha256(old).hexdigest()[:SHA_DIGITS]}")
    write_private(kept, old)
    return (f"the text before is kept: {kept}",)


def _shoes_before(athlete: str, log: Sequence[Entry]) -> tuple[str, ...]:
    """Shoes that were in use before any run named some."""
    runs = sorted((entry for entry in log if isinstance(entry, SessionRun) and entry.shoes), key=lambda run: run.day)
    return read_profile(athlete).shoes_in_use_before(tuple(dict.fromkeys(run.shoes for run in runs)))


def _rows(athlete: str, log: Sequence[Entry]) -> tuple[tuple[SessionRow, ...], tuple[str, ...]]:
    """The athlete's runs; rehearsals do not count, but for those the log itself calls sessions."""
    if not sessions_folder().is_dir():
        return (), ()
    ran = {entry.session for entry in log if isinstance(entry, SessionRun)}
    with Sessions() as sessions:
        sessions.refresh()
        rows = tuple(row for row in sessions.rows(athlete=athlete) if not row.is_simulated or row.id in ran)
        return rows, sessions.notes


def _last_set(log: Sequence[Entry]) -> ProgrammeSet | None:
    return next((entry for entry in reversed(log) if isinstance(entry, ProgrammeSet)), None)


def _in_the_text(name: str) -> str:
    return f"plan {name!r} is not in the text; a programme that was begun has every plan below 'plans:'"

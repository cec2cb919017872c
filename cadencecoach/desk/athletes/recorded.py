"""A run that another device recorded joins an athlete: as a session of the programme where it fits, else as load.

It becomes a journal of what the feet did; nothing was asked or decided in it. So lists, reports, the rules of a
programme, packages and backups meet it as they meet any run.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

from cadencecoach.desk.history.recorded_run import load_recording
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import file_bytes
from cadencecoach.devices.recordings.read import MAX_BYTES, is_export_of_ours
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.programme.done import part_run
from cadencecoach.programme.load import target_spm_of
from cadencecoach.programme.model import Kind
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from, first_counted_from
from cadencecoach.record.counting import sessions_disregarded
from cadencecoach.record.entries import ProgrammeSet, SessionRun, is_practice
from cadencecoach.record.journal import encode, line_text
from cadencecoach.record.lines import EndLine
from cadencecoach.record.moments import SECONDS_PER_DAY, start_of
from cadencecoach.record.row import SessionRow
from cadencecoach.record.rows import EXPORTED, PRACTICE, row_from
from cadencecoach.store.athlete_log import check_day, day_asked
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.loading import Recorded
from cadencecoach.store.protocol import Store

PLAN_NAME = "Recorded run"  # the name of the file may say who ran
LONGER_RATIO = 1.2  # a run longer than that was not the session that was asked for
CADENCE_RATIO = 0.03  # as far as a plan's tolerance usually goes
SAME_S = 60.0  # two runs of one person that overlap by more are one run
MOST_NUMBERED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A run that was added.

    Attributes:
        athlete: pseudonym
        row: its numbers
        item: which session of the programme it is, from 0; None for load
        why: in words, what it counts as
        notes: what a person should know about the file
    """

    athlete: str
    row: SessionRow
    item: int | None
    why: str
    notes: tuple[str, ...]


def add_run(store: Store, athlete: str, path: Path, *, day_text: str | None = None, shoes: str = "") -> Joined:
    """Add a recorded run to an athlete's log and sessions.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        path: a .fit, .tcx, .gpx or .csv file, packed with gzip or not
        day_text: the day it was run; None is as the file says
        shoes: as the runner calls them; empty when not said
    Raises:
        RecordingError: the file cannot be read
        UsageError: it was added before, it is the same run as one that is here, or its day is not known
        JournalError: the log cannot be read or written
    """
    recorded = load_recording(path)
    sha256 = hashlib.sha256(file_bytes(path, what="recorded run", limit_bytes=MAX_BYTES)).hexdigest()
    day = _day(recorded, day_text)
    with store.lock_athletes():  # nobody adds the same run at the same time
        _check_new(store, athlete, recorded, sha256)
        _check_whose(store, athlete, recorded, day)
        session = _free_id(store, recorded, day)
        header = _header(recorded, athlete, day)
        if is_export_of_ours(path):
            header[EXPORTED] = True
        if is_practice(store.log_of(athlete).every):
            header[PRACTICE] = True
        row = row_from(header, recorded.summary, id=session)
        item, why = _fit(store, athlete, row, day)
        store.add_journal(session, io.BytesIO(_journal_bytes(header, recorded)))
        ran = SessionRun(at=wall_time_utc(), day=day, session=session, item=item, shoes=shoes, recorded=sha256)
        store.add_entries(athlete, ran)
    return Joined(athlete=athlete, row=row, item=item, why=why, notes=recorded.journal.notes)


def joined_lines(joined: Joined) -> Iterator[str]:
    """What was added, in words."""
    row = joined.row
    way = "" if row.distance_m is None else f", {row.distance_m / 1000:.1f} km"
    cadence = "" if row.mean_cadence_spm is None else f", {row.mean_cadence_spm:.1f} spm"
    yield f"{row.id}: {row.day}, {row.running_s / 60:.0f} min of running{way}{cadence}"
    yield joined.why


def joined_json(joined: Joined) -> dict[str, object]:
    """The same for a program."""
    return {
        "athlete": joined.athlete,
        "session": joined.row.id,
        "day": joined.row.day.isoformat(),
        "item": joined.item,
        "as": "load" if joined.item is None else "session",
        "why": joined.why,
        "running_s": joined.row.running_s,
        "duration_s": joined.row.duration_s,
        "distance_m": joined.row.distance_m,
        "mean_cadence_spm": joined.row.mean_cadence_spm,
        "notes": list(joined.notes),
    }


def _day(recorded: Recorded, day_text: str | None) -> date:
    """The day by the calendar here, unless somebody says which it was.

    Raises:
        UsageError: it is not known, or is to come
    """
    if day_text is not None:
        return day_asked(day_text)
    began = recorded.began
    if began is None:
        raise UsageError(f"{recorded.path.name} does not say when it was run; give the day: --day 2026-11-20")
    day = began.day
    check_day(day, f"{recorded.path.name}, dated {day},")
    return day


def _check_new(store: Store, athlete: str, recorded: Recorded, sha256: str) -> None:
    """Refuse a file that was added before, and a run that is here already in another form.

    Raises:
        UsageError: it is
    """
    log = store.log_of(athlete)
    for entry in log.entries:
        if isinstance(entry, SessionRun) and entry.recorded == sha256:
            raise UsageError(f"{recorded.path.name} was added before, as session {entry.session}")
    start_s = _second(recorded.journal.header.get("started"))
    if start_s is None:
        return
    end_s = start_s + recorded.journal.lines[-1].t
    gone = sessions_disregarded(log.every)
    for row in store.rows_of(athlete).rows:
        began_s = _second(row.started)
        if not row.was_coached or began_s is None or row.id in gone:
            continue
        shared_s = min(end_s, began_s + row.duration_s) - max(start_s, began_s)
        if shared_s > SAME_S:
            raise UsageError(f"session {row.id} was run at the same time, so {recorded.path.name} is the same run")


def _check_whose(store: Store, athlete: str, recorded: Recorded, day: date) -> None:
    """Refuse a file that is another athlete's run: two are easily mixed up, and one of them would be judged by it.

    Raises:
        UsageError: it is, and counts there
    """
    _, _, lines = _journal_bytes({}, recorded).partition(b"\n")
    for session in takewhile(store.has_journal, _names(recorded, day)):
        other = store.journal_header(session).get("athlete")
        if not isinstance(other, str) or other in {"", athlete} or not store.is_kept(other):
            continue
        with store.open_journal(session) as content:
            is_same = content.read().partition(b"\n")[2] == lines
        if is_same and session not in sessions_disregarded(store.log_of(other).every):
            away = command_line(f'session --athlete {other} --disregard {session} --because "it is a run of {athlete}"')
            raise UsageError(
                f"{recorded.path.name} was added to {other} before, as session {session}; if it is {athlete}'s, first "
                f"take it back there: `{away}`"
            )


def _second(label: object) -> float | None:
    """A label of wall time as seconds that can be compared; None where it is none."""
    try:
        start = start_of(label) if isinstance(label, str) and label else None
    except JournalError:
        return None
    return None if start is None else float(start.day.toordinal() * SECONDS_PER_DAY + start.second)


def _free_id(store: Store, recorded: Recorded, day: date) -> str:
    """A name for the journal that no other has, in the form of those that are written while somebody runs."""
    found = next((name for name in _names(recorded, day) if not store.has_journal(name)), None)
    if found is None:
        first = next(_names(recorded, day))
        raise UsageError(f"there are {MOST_NUMBERED - 1} sessions of {first} already")
    return found


def _names(recorded: Recorded, day: date) -> Iterator[str]:
    """What its journal may be called, the first that is free is taken."""
    started = recorded.journal.header.get("started")
    stem = started.replace(":", "") if isinstance(started, str) and started else f"{day}-recorded"
    return (stem if number == 1 else f"{stem}-{number}" for number in range(1, MOST_NUMBERED))


def _header(recorded: Recorded, athlete: str, day: date) -> dict[str, object]:
    return {
        **recorded.journal.header,
        "plan": {"name": PLAN_NAME},
        "feet": "replay:recorded",
        "athlete": athlete,
        "day": day.isoformat(),
    }


def _journal_bytes(header: dict[str, object], recorded: Recorded) -> bytes:
    lines = [line for line in recorded.journal.lines if not isinstance(line, EndLine)]
    return "".join(f"{text}\n" for text in (encode(header), *map(line_text, lines))).encode()


def _fit(store: Store, athlete: str, row: SessionRow, day: date) -> tuple[int | None, str]:
    """Which session of the programme a run is, and why; None for load."""
    load = "it counts as a run of your own: for rest, the week, and layoffs"
    try:
        now = under_way(store, athlete)
    except UsageError:
        return None, f"{load} (no programme is under way)"
    why_not = _why_no_session(now, row, day)
    if why_not:
        return None, f"{load} ({why_not})"
    item = now.decision(day).item
    assert item is not None
    return item, f"it counts as {now.programme.sessions[item].name!r}, session {item + 1} of the programme"


def _why_no_session(now: UnderWay, row: SessionRow, day: date) -> str:  # noqa: PLR0911  # one for each reason
    """Why a run is not the session that the programme asked for on its day; empty where it is."""
    ran = [entry.day for entry in now.log if isinstance(entry, SessionRun) and entry.item is not None]
    if any(one >= day for one in ran):
        return "a session of the programme was run that day or since"
    if not any(isinstance(entry, ProgrammeSet) and entry.day <= day for entry in now.log):
        return "the programme began later"
    decision = now.decision(day)
    session, item = decision.session, decision.item
    if session is None or item is None or decision.verdict is Verdict.REST:
        return f"the programme said {decision.verdict.value} for that day"
    if session.kind is not Kind.SESSION:
        return "the programme asked for a reassessment, which measures under its own conditions"
    part = part_run(row, session)
    if part is None or part.least < now.programme.rules.adherence_ratio:
        return f"{row.running_s / 60:.0f} min were run, {session.run_s / 60:.0f} min are asked for"
    if session.run_s and row.running_s > LONGER_RATIO * session.run_s:
        return f"{row.running_s / 60:.0f} min were run, {session.run_s / 60:.0f} min are asked for"
    if session.target_ratio is None:
        return ""
    counted, first = baseline_counted_from(now.log, today=day), first_counted_from(now.log, today=day)
    target = target_spm_of(
        session,
        now.programme,
        counted_spm=None if counted is None else counted.cadence_spm,
        first_spm=None if first is None else first.cadence_spm,
    )
    if target is None or row.mean_cadence_spm is None:
        return "its target counts from a baseline, and there is none"
    held_spm = target[1]
    if abs(row.mean_cadence_spm / held_spm - 1) > CADENCE_RATIO:
        return f"{row.mean_cadence_spm:.1f} spm were run, {held_spm:.1f} spm are asked for"
    return ""

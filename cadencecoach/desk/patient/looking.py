"""Everything of one patient on a day, ready to be shown. What cannot be read says so, and the rest is there."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from cadencecoach.clinic.caseload import standing_of, unreadable
from cadencecoach.desk.athletes.baselines import counting_lines
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.caseload.knowing import known_of
from cadencecoach.desk.checkin.meaning import is_on_programme, shown_decision
from cadencecoach.desk.history.progress import progress_sheet, session_names
from cadencecoach.desk.programmes.acting import Act, find_acts_by_hand
from cadencecoach.desk.programmes.giving import GIVE, programmes_to_give
from cadencecoach.errors import CadencecoachError
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from, baseline_in_force, first_counted_from
from cadencecoach.record.counting import sessions_disregarded
from cadencecoach.record.entries import (
    AlertClosed,
    AlertOwned,
    CheckIn,
    Decided,
    Entry,
    Finding,
    ItemDone,
    ProgrammeSet,
    Withdrawn,
    is_practice,
)
from cadencecoach.record.entry_lines import DESK, RUNNER, entry_id
from cadencecoach.record.findings import change_words, finding_words, findings_compared, findings_of
from cadencecoach.record.messages import days_read, messages_of
from cadencecoach.record.profile import Profile
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_programme import UnderWay, starting, under_way
from cadencecoach.store.file_kinds import Shown, kind_of_file
from cadencecoach.store.log_file import Log
from cadencecoach.store.protocol import Rows, Store
from cadencecoach.view.athlete.baselines import standing_words
from cadencecoach.view.patient.sheet import Found, Patient, Prescribed, Run, Written
from cadencecoach.view.programme.course import row_words
from cadencecoach.view.programme.decisions import decision_lines, verdict_words
from cadencecoach.view.programme.standing import check_in_words, item_words, log_lines
from cadencecoach.view.programme.words import limits_words
from cadencecoach.view.report.progress.sheet import ProgressSheet

MOST_LISTED = 30


def look_at_patient(store: Store, athlete: str, today: date) -> Patient:
    """Everything of a patient.

    Args:
        store: where athletes are kept
        athlete: pseudonym, kept there
        today: by the calendar of this machine
    """
    with suppress(CadencecoachError):  # what can be read is shown, though nothing can be written
        mend_log(store, athlete)
    try:
        log = store.log_of(athlete)
        profile = store.read_profile(athlete)
    except CadencecoachError as error:
        why = _first_line(error)
        return Patient(athlete=athlete, day=today, standing=unreadable(athlete, why), problem=why)
    found, made_up = store.rows_of(athlete), is_practice(log.every)
    now, problem = _under_way(store, athlete, found, log)
    decision = None if now is None else now.decision(today)
    try:
        known = known_of(store, athlete, found, log, now)
        rows, standing = known.rows, standing_of(known, today)
    except CadencecoachError as error:
        rows, standing = _counting(found.rows, log.every), unreadable(athlete, _first_line(error), is_practice=made_up)
    entries = [entry for entry in log.entries if entry.day <= today]
    compared = findings_compared(findings_of(entries))
    return Patient(
        athlete=athlete,
        day=today,
        standing=standing,
        problem=problem,
        is_practice=made_up,
        who=tuple(_who(profile, entries, now)),
        baselines=tuple(_baselines(athlete, entries, today)),
        prescribed=None if now is None or decision is None else _look_at_prescription(now, decision, today),
        progress=_progress(athlete, rows, log.every, today),
        runs=tuple(_runs(rows, {} if now is None else session_names(store, now))),
        check_ins=_list_said(entries, CheckIn),
        exercises=_list_said(entries, ItemDone),
        findings=tuple(_show_finding(store, athlete, one) for one in reversed(findings_of(entries))),
        compared=tuple(
            (change_words(one), (_show_finding(store, athlete, one.first), _show_finding(store, athlete, one.latest)))
            for one in compared
        ),
        messages=tuple(_list_written(entries)),
        start="" if is_on_programme(entries) else starting(athlete),
        gives=tuple(programmes_to_give().items()),
    )


def _show_finding(store: Store, athlete: str, one: Finding) -> Found:
    place = store.place_of_file(athlete, one.file) if one.file else ""
    kind = None
    with suppress(OSError):
        kind = kind_of_file(Path(place)) if place else None
    return Found(
        day=one.day,
        words=finding_words(one),
        file=one.file if place else "",
        shown="" if not place else Shown.FILE.value if kind is None else kind.shown.value,
        is_elsewhere=bool(one.file) and not place,
    )


def _first_line(error: CadencecoachError) -> str:
    return str(error).partition("\n")[0]


def _under_way(store: Store, athlete: str, found: Rows, log: Log) -> tuple[UnderWay | None, str]:
    """The programme, and what is wrong with it."""
    if not is_on_programme(log.entries):
        return None, ""
    try:
        return under_way(store, athlete, found, log), ""
    except CadencecoachError as error:
        return None, _first_line(error)


def _who(profile: Profile, entries: Sequence[Entry], now: UnderWay | None) -> Iterator[tuple[str, str]]:
    if now is not None:
        programme = now.programme
        if programme.treats is not None:
            yield "Treated", programme.treats.value
        if programme.works_on:
            yield "Works on", programme.works_on
        yield "Limits in force", limits_words(programme)
    owners = [one.owner for one in entries if isinstance(one, AlertOwned)]
    authors = dict.fromkeys(one.author for one in entries if one.author not in {"", RUNNER, DESK})
    written = tuple(dict.fromkeys((*authors, *owners)))
    yield "Clinicians", ", ".join(written) or "nobody has given a name"
    yield "Shoes", ", ".join(profile.shoes) or "none named"
    if profile.language:
        yield "Language", profile.language
    if profile.created is not None:
        yield "Kept since", profile.created.isoformat()


def _baselines(athlete: str, entries: Sequence[Entry], today: date) -> Iterator[tuple[str, str]]:
    """What the programme counts from and its day; the first and the newest, where they are others."""
    counted, first = baseline_counted_from(entries, today=today), first_counted_from(entries, today=today)
    newest = baseline_in_force(entries, today=today)
    if counted is None:
        yield "Counts from", next(iter(counting_lines(athlete, entries, today)))
    else:
        yield "Counts from", f"{counted.last_day}: {standing_words(counted, today)}"
    if newest is not None and (counted is None or newest.runs != counted.runs):
        yield "Measured last", f"{newest.last_day}: {standing_words(newest, today)}"
    if first is not None and counted is not None and first.runs != counted.runs:
        yield "Counted from first", f"{first.last_day}: {first.cadence_spm:.1f} spm"


def _look_at_prescription(now: UnderWay, decision: Decision, today: date) -> Prescribed:
    shown, no_run = shown_decision(decision, now.log, today)
    headline, *others = decision_lines(shown, now.programme, today)
    details = tuple(line.strip() for line in others[: others.index("Why:")])
    stopped = decision.verdict is Verdict.STOP
    by_people = [
        entry
        for entry in now.every
        if isinstance(entry, ProgrammeSet | AlertOwned | AlertClosed | Withdrawn)
        or (isinstance(entry, Decided) and entry.by_hand)
    ]
    takes_back = {Act.TAKE_BACK} if find_acts_by_hand(now, today) else set()
    acts = takes_back | {Act.HOLD, Act.STEP_BACK, Act.COUNT_FROM_NEW, Act.END_STOP if stopped else Act.FROM}
    names = {one.value for one in acts} | (set() if stopped else {GIVE})
    return Prescribed(
        name=now.programme.name,
        headline=headline,
        details=details,
        why=tuple(f"{one.text} ({one.rule})" for one in decision.reasons) or (verdict_words(decision),),
        not_today=no_run,
        sessions=tuple(one.name for one in now.programme.sessions),
        level=min(decision.level, len(now.programme.sessions) - 1),
        acts=frozenset(names),
        decided=tuple(reversed(list(log_lines(now.programme, now.rows, by_people))))[:MOST_LISTED],
    )


def _progress(athlete: str, rows: Sequence[SessionRow], every: Sequence[Entry], today: date) -> ProgressSheet | None:
    """All that the picture is drawn from; None where nothing was run."""
    sheet = progress_sheet(athlete, rows, every, today=today) if rows else None
    return sheet if sheet is not None and sheet.progress.sessions else None


def _counting(rows: Sequence[SessionRow], every: Sequence[Entry]) -> tuple[SessionRow, ...]:
    """The runs that were not disregarded."""
    gone = sessions_disregarded(every)
    return tuple(row for row in rows if row.id not in gone)


def _runs(rows: Sequence[SessionRow], names: Mapping[str, str]) -> Iterator[Run]:
    newest = sorted(rows, key=lambda row: (row.day, row.started), reverse=True)
    for row in newest[:MOST_LISTED]:
        name = names.get(row.id) or row.plan_name or row.id
        pain = "" if row.highest_pain is None else str(row.highest_pain)
        yield Run(day=row.day, name=name, words=row_words(row), pain=pain, report=row.id)


def _list_written(entries: Sequence[Entry]) -> Iterator[Written]:
    """Messages and notes, the newest first."""
    read = days_read(entries)
    for one in reversed(messages_of(entries)):
        id_ = entry_id(one)
        read_on = read[id_].isoformat() if id_ in read else ""
        yield Written(id=id_, day=one.day.isoformat(), author=one.author, text=one.text, to=one.to, read_on=read_on)


def _list_said(entries: Sequence[Entry], kind: type[CheckIn | ItemDone]) -> tuple[tuple[date, str], ...]:
    """What the runner said of one kind, the newest first."""
    those = [one for one in entries if isinstance(one, kind)]
    newest = sorted(enumerate(those), key=lambda pair: (pair[1].day, pair[0]), reverse=True)[:MOST_LISTED]
    return tuple((one.day, check_in_words(one) if isinstance(one, CheckIn) else item_words(one)) for _, one in newest)

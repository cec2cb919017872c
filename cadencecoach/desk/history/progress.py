"""From an athlete's runs, log and programme to the page of the weeks."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cadencecoach.desk.checkin.meaning import is_on_programme, shown_decision
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import decimal, fill, heading
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.adherence import adherence_of
from cadencecoach.programme.facts import facts_of, most_pain
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.programme.text.reading import load_programme
from cadencecoach.record.counting import entries_that_count, runs_that_count, sessions_disregarded
from cadencecoach.record.entries import Entry, ProgrammeSet, SessionRun
from cadencecoach.record.entries import Finding as FindingMade
from cadencecoach.record.findings import findings_by_measure
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.record.progress.felt import open_sign
from cadencecoach.record.progress.noise import Noise
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_log import every_entry_of
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.own_files import SHA_DIGITS
from cadencecoach.store.protocol import Store
from cadencecoach.view.programme.decisions import decision_lines
from cadencecoach.view.report.progress.sheet import Finding, NextSession, ProgressSheet
from cadencecoach.view.report.progress.story import sign_words


def athlete_progress(store: Store, athlete: str, today: date, words: Phrasebook = ENGLISH) -> ProgressSheet:
    """All that the page of an athlete shows: of the runs, the log, and the programme where there is one.

    Args:
        store: where athletes are kept
        athlete: pseudonym, or a label that runs carry
        today: what comes next is asked for this day
        words: of the reader's language
    """
    found, every = store.rows_of(athlete), every_entry_of(store, athlete)
    sheet = progress_sheet(athlete, found.rows, every, today=today, words=words)
    if not is_on_programme(sheet.entries):
        return sheet
    try:
        now = under_way(store, athlete)
    except CadencecoachError as error:  # what was run and said is shown all the same
        return replace(sheet, remarks=(*sheet.remarks, f"the programme cannot be read: {error}"))
    return _with_programme(store, sheet, now, today)


def own_noise_of(store: Store, athlete: str, today: date) -> Noise:
    """What chance does to an athlete's cadence from run to run, as the progress page has it.

    Raises:
        JournalError: the log cannot be read
    """
    rows, every = store.rows_of(athlete).rows, store.log_of(athlete).every
    return progress_sheet(athlete, rows, every, today=today).progress.own.noise


def progress_sheet(
    athlete: str,
    rows: Sequence[SessionRow],
    every: Sequence[Entry] = (),
    *,
    today: date | None = None,
    words: Phrasebook = ENGLISH,
) -> ProgressSheet:
    """An athlete as the page wants it, whether or not there is a programme.

    Args:
        athlete: pseudonym
        rows: the athlete's sessions; those that are disregarded do not count, nor rehearsals beside real runs
        every: entry of the athlete's log, also those that were taken back
        today: later entries do not count; None is the last day there is
        words: of the reader's language
    """
    entries = entries_that_count(every)
    counting, n_left_out = _counting(rows, every)
    progress = progress_of(counting, entries, answered=sessions_answered(every), today=today)
    days = [*(one.row.day for one in progress.sessions), *(entry.day for entry in entries)]
    asked_on = today or max(days, default=date.min)
    sign = open_sign(entries, progress.sessions, asked_on)
    return ProgressSheet(
        athlete=athlete,
        progress=progress,
        entries=tuple(sorted((entry for entry in entries if entry.day <= asked_on), key=lambda entry: entry.day)),
        stop="" if sign is None else sign_words(sign, words),
        remarks=(fill(words.progress.uncoached_left_out, number=n_left_out),) if n_left_out else (),
        findings=tuple(_findings([entry for entry in entries if entry.day <= asked_on], words)),
        words=words,
    )


def _findings(entries: Sequence[Entry], words: Phrasebook) -> Iterator[Finding]:
    """What was measured, first and latest; empty is where it was measured once."""
    for group in findings_by_measure(entries):
        one, texts = group[0], [_measured_words(each, words) for each in group]
        side = "" if one.side is None else f", {words.of_log(one.side.value)}"
        method = f" ({one.method})" if one.method else ""
        yield Finding(f"{one.measure}{side}{method}", texts[0], texts[-1] if len(texts) > 1 else "")


def _measured_words(one: FindingMade, words: Phrasebook) -> str:
    value = "" if one.value is None else decimal(one.value, "g", words.forms)
    return f"{value} {one.unit}".rstrip()


def _counting(rows: Sequence[SessionRow], every: Sequence[Entry]) -> tuple[tuple[SessionRow, ...], int]:
    """The runs that say something of the runner, and how many rehearsals and the like are left out beside them.

    Where nobody ran at all, all of them are shown: the page says of itself that nobody was coached.
    """
    gone, real = sessions_disregarded(every), runs_that_count(rows, every)
    known = tuple(row for row in rows if row.id not in gone)
    return (real, len(known) - len(real)) if real else (known, 0)


def _with_programme(store: Store, sheet: ProgressSheet, now: UnderWay, today: date) -> ProgressSheet:
    """The same with what comes next and why, and the names of sessions; a stop of the programme is the headline."""
    words = sheet.words
    decision = now.decision(today)
    facts = facts_of(now.programme, now.rows, now.log, today, now.aside)
    stopped = _stopped_words(decision, words)
    reds = [red.day for red in facts.flags]
    reds += [red.day for red in facts.pains if (red.pain or 0) > most_pain(now.programme)]
    until = min(reds, default=None) if stopped else None
    return replace(
        sheet,
        stop=stopped or sheet.stop,
        next=_next(now, decision, today, words),
        adherence=adherence_of(facts, decision.level, until),
        names=session_names(store, now),
        remarks=(*sheet.remarks, *now.notes),
    )


def _stopped_words(decision: Decision, words: Phrasebook) -> str:
    if decision.verdict is not Verdict.STOP:
        return ""
    stops = (reason.text for reason in decision.reasons if reason.verdict is Verdict.STOP)
    return " ".join(words.of_log(text) for text in stops)


def _next(now: UnderWay, decision: Decision, today: date, words: Phrasebook) -> NextSession:
    shown, no_run = shown_decision(decision, now.log, today, words)
    lines = [line.strip() for line in decision_lines(shown, now.programme, today, words)]
    why = lines.index(words.programme.why)
    reasons = tuple(
        f"{heading(words.of_log(one.verdict.value), words.forms)} {words.of_log(one.text)}" for one in decision.reasons
    )
    says, details = lines[0], tuple(lines[1:why])
    if no_run:
        says, details = fill(words.programme.not_today, athlete=now.athlete), (lines[0],)
        reasons = (no_run, *reasons)
    return NextSession(says=says, details=details, why=reasons)


def session_names(store: Store, now: UnderWay) -> Mapping[str, str]:
    """What the programme calls the sessions that were run by it, each by the text that was in force on its day."""
    in_force, ran = "", []
    for entry in now.log:
        if isinstance(entry, ProgrammeSet):
            in_force = entry.sha256
        elif isinstance(entry, SessionRun) and entry.item is not None:
            ran.append((entry.session, entry.item, in_force))
    texts = _texts(store, now, {sha256 for _, _, sha256 in ran})
    named = {
        session: texts[sha256].sessions[item].name
        for session, item, sha256 in ran
        if sha256 in texts and item < len(texts[sha256].sessions)
    }
    refresher = now.programme.refresher
    if refresher is not None:
        named |= {row.id: refresher.name for row in now.rows if row.plan_name == refresher.plan.name}
    return named


def _texts(store: Store, now: UnderWay, wanted: set[str]) -> Mapping[str, Programme]:
    """The programme in force and those before it that runs were made by; one that cannot be read names nothing."""
    found = {now.programme.sha256: now.programme}
    if wanted <= found.keys():
        return found
    for raw in store.programme_texts(now.athlete):
        sha256 = hashlib.sha256(raw).hexdigest()
        if sha256 in wanted and sha256 not in found:
            with contextlib.suppress(CadencecoachError):
                found[sha256] = load_programme(raw, sha256[:SHA_DIGITS], _in_the_text)
    return found


def _in_the_text(name: str) -> str:
    return f"plan {name!r} is not in the text"

"""Where an athlete stands in a programme, and what was written down of it, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from cadencecoach.gait.taps import MARKED_SPM
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.facts import facts_of
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.work import exercises_done, part_done
from cadencecoach.record.baselines import assessments_of
from cadencecoach.record.counting import entries_that_count, find_contested
from cadencecoach.record.entries import (
    STARTED,
    AlertClosed,
    AlertOwned,
    BaselineTaken,
    CheckIn,
    Decided,
    Entry,
    Finding,
    ItemDone,
    Message,
    MessageRead,
    PracticeBegun,
    ProfileEdited,
    ProgrammeSet,
    SessionRun,
    To,
    Withdrawn,
    entries_by_day,
)
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.findings import finding_words
from cadencecoach.record.row import SessionRow
from cadencecoach.view.athlete.baselines import source_words
from cadencecoach.view.programme.course import row_words
from cadencecoach.view.programme.decisions import verdict_words
from cadencecoach.view.programme.words import day_words, limits_words
from cadencecoach.view.words import percent


def status_json(
    programme: Programme, rows: Sequence[SessionRow], log: Sequence[Entry], decision: Decision, today: date
) -> dict[str, object]:
    """Where the athlete stands, for a program; `status_lines` says the same in words."""
    facts = facts_of(programme, rows, log, today)
    levels = {one.item for one in facts.counted}
    runs = (run for one in assessments_of(entries_by_day(log, today)) for run in one.runs)
    baselines = sorted(runs, key=lambda run: run.day)
    return {
        "today": today.isoformat(),
        "programme": {"name": programme.name, "sha256": programme.sha256, "works_on": programme.works_on},
        "started": None if facts.started is None else facts.started.isoformat(),
        "verdict": decision.verdict.value,
        "level": decision.level,
        "levels": len(programme.sessions),
        "levels_done": len(levels),
        "runs": len(facts.counted),
        "runs_this_week": sum((today - day).days < 7 for day in facts.runs),  # noqa: PLR2004  # days of a week
        "runs_a_week": programme.limits.sessions_a_week,
        "last_run_ratio": part_done(facts),
        "exercises_ratio": exercises_done(facts),
        "baselines": [
            {
                "day": one.day.isoformat(),
                "cadence_spm": one.cadence_spm,
                "taken_by": one.taken_by or None,
                "error_spm": one.off_by_spm,
                "starts_programmes": one.starts_programmes,
            }
            for one in baselines
        ],
    }


def status_lines(status: Mapping[str, object], programme: Programme, decision: Decision) -> Iterator[str]:
    """The same in words."""
    level = min(decision.level + 1, len(programme.sessions))
    yield f"{programme.name}, since {status['started']}"
    yield f"level {level} of {status['levels']}: {verdict_words(decision)}"
    word = "run" if status["runs"] == 1 else "runs"
    of_week = f"{status['runs_this_week']} of {status['runs_a_week']} allowed in the last seven days"
    yield f"{status['runs']} {word}; {of_week}"
    yield f"limits: {limits_words(programme)}"
    for name, words in (
        ("last_run_ratio", "of the last session was run"),
        ("exercises_ratio", "of the exercises done"),
    ):
        ratio = status[name]
        if isinstance(ratio, float):
            yield f"{ratio * 100:.0f} % {words}"
    baselines = status["baselines"]
    if isinstance(baselines, list) and baselines:
        yield "baselines: " + ", ".join(map(_baseline_words, baselines))


def _baseline_words(one: Mapping[str, Any]) -> str:
    mark = f", {source_words(one['taken_by'])} ±{one['error_spm']:g}" if one["error_spm"] >= MARKED_SPM else ""
    return f"{one['cadence_spm']:.0f} spm ({one['day']}{mark}{'' if one['starts_programmes'] else ', not counted'})"


def log_lines(programme: Programme, rows: Sequence[SessionRow], every: Sequence[Entry]) -> Iterator[str]:
    """Every entry by day, a line each; those withdrawn are marked with the id that their withdrawal names."""
    by_id = {row.id: row for row in rows}
    counting, beaten = set(entries_that_count(every)), {loser for loser, _ in find_contested(every)}
    for entry in sorted(every, key=lambda one: one.day):
        is_gone = entry not in counting and not isinstance(entry, Withdrawn)
        word = "another correction counts" if entry in beaten else "withdrawn"
        mark = f"{word}, {entry_id(entry)}: " if is_gone else ""
        yield f"{day_words(entry.day)}  {mark}{_entry_words(entry, programme, by_id)}"


def _entry_words(  # noqa: PLR0911, C901  # one for each kind
    entry: Entry, programme: Programme, rows: Mapping[str, SessionRow]
) -> str:
    match entry:
        case CheckIn():
            return check_in_words(entry)
        case BaselineTaken():
            seen = "".join(f", {name}: {what}" for name, what in entry.seen)
            mark = f", {source_words(entry.taken_by)} (±{entry.off_by_spm:g})" if entry.is_marked else ""
            yes = f", accepted because: {entry.accepted}" if entry.accepted else ""
            return f"baseline {entry.cadence_spm:.1f} spm{mark}{yes}{seen}"
        case Finding() | Message() | MessageRead() | AlertOwned() | AlertClosed():
            return _noted_words(entry)
        case ItemDone():
            return item_words(entry)
        case SessionRun():
            row = rows.get(entry.session)
            return f"ran {_session_name(entry, programme, row)}: {_numbers(row)}"
        case ProgrammeSet():
            why = entry.because if entry.because == STARTED else f"because: {entry.because}"
            anew = ", counts from the newest complete baseline" if entry.counts_from_new else ""
            ended = ", ends a stop" if entry.ends else ""
            return f"programme {entry.name!r} ({entry.sha256[:8]}){anew}{ended}, {why}"
        case Decided():
            said = "; ".join(entry.reasons)
            return f"{entry.verdict} by hand, because: {said}" if entry.by_hand else f"{entry.verdict}: {said}"
        case ProfileEdited():
            return "profile changed: " + ", ".join(
                f"{name} {what or 'as in the settings'}" for name, what in entry.changes
            )
        case PracticeBegun():
            return f"practice: {entry.story!r}, lived by a simulated runner"
        case Withdrawn():
            return f"withdrew {entry.entry}, because: {entry.because}"
        case _:
            assert_never(entry)


def _noted_words(entry: Finding | Message | MessageRead | AlertOwned | AlertClosed) -> str:
    match entry:
        case Finding():
            return finding_words(entry)
        case Message():
            return f"note: {entry.text}" if entry.to is To.NOTES else f"message to the {entry.to.value}: {entry.text}"
        case MessageRead():
            return f"read message {entry.message}"
        case AlertOwned():
            return f"alert {entry.alert}: {entry.owner} owns it"
        case AlertClosed():
            return f"alert {entry.alert}: closed by {entry.closed_by}, because: {entry.because}"


def check_in_words(entry: CheckIn, words: Phrasebook = ENGLISH) -> str:
    """What was said, in one line; red flags in capitals."""
    texts = words.checkin
    numbers = (
        (texts.pain, entry.pain),
        (texts.soreness, entry.soreness),
        (texts.readiness, entry.readiness),
        (texts.effort, entry.effort),
        (texts.mood, entry.mood),
    )
    told = [fill(text, level=value) for text, value in numbers if value is not None]
    where = [] if entry.site is None else [words.of_log(entry.site.value)]
    sore_h = entry.soreness_h
    hours = [] if sore_h is None else [fill(texts.sore_for, hours=decimal(sore_h, "g", words.forms))]
    flags = [words.of_log(name).upper() for name in sorted(flag.value for flag in entry.flags)]
    answers = ", ".join([*flags, *told, *where, *hours, entry.note]).strip(", ") or texts.nothing_said
    return fill(texts.said, moment=words.of_log(entry.moment.value), answers=answers)


def item_words(entry: ItemDone, words: Phrasebook = ENGLISH) -> str:
    """An exercise that was ticked off."""
    texts, name = words.checkin, words.of_plan(entry.item)
    if entry.part >= 1:
        return fill(texts.exercise_done, name=name)
    return fill(texts.exercise_done_partly, name=name, percent=percent(entry.part))


def _session_name(entry: SessionRun, programme: Programme, row: SessionRow | None) -> str:
    if entry.item is None:
        refresher = programme.refresher  # known by its plan, as the rules know it
        is_refresher = row is not None and refresher is not None and row.plan_name == refresher.plan.name
        return "a refresher" if is_refresher else "a run of their own"
    return programme.sessions[entry.item].name if entry.item < len(programme.sessions) else f"session {entry.item + 1}"


def _numbers(row: SessionRow | None) -> str:
    return "its record is missing" if row is None else row_words(row)

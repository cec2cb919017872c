"""Baselines taken and taken back: from a session's journal or typed in, with what the clinician saw beside it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from cadencecoach.desk.athletes.doubts import baseline_doubts, day_doubts, rows_of, settle_doubts
from cadencecoach.desk.athletes.withdrawing import make_new, pick_entry, reason_given, withdrawal_of
from cadencecoach.desk.history.reporting import load_found
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.recordings import is_export_of_ours, is_recording
from cadencecoach.errors import UsageError
from cadencecoach.gait.sources import error_of
from cadencecoach.live.opening.sources import BASELINE_SPM
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.baselines import (
    LEAST_RUN_S,
    assessments_of,
    baseline_counted_from,
    baseline_in_force,
)
from cadencecoach.record.counting import sessions_disregarded
from cadencecoach.record.entries import BaselineTaken, Entry, SessionRun
from cadencecoach.record.fold.steady import steady_part
from cadencecoach.record.progress.reassessment import is_within_error
from cadencecoach.record.row import NO_DAY
from cadencecoach.record.rows import EXPORTED, REHEARSAL, REPLAY, day_of, origin_of
from cadencecoach.session.host import Person
from cadencecoach.store.athlete_log import check_day, today_here
from cadencecoach.store.loading import Recorded
from cadencecoach.store.protocol import Store
from cadencecoach.units import M_PER_KM, M_PER_MILE, METRIC, S_PER_H, SECONDS_PER_MINUTE, Measures
from cadencecoach.view.athlete.baselines import source_words, standing_words

LONGEST_SEEN = 2000
LEAST_S = 60.0  # less tells nothing
LEAST_PART = 1 / 3  # of what the baseline is taken from has to be running (design)

SLOWEST_MPS, FASTEST_MPS = 0.5, 10.0
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m/s|km/h|mph)")
_PACE = re.compile(r"(\d{1,2}):([0-5]\d)\s*(?:min\s*)?/\s*(km|mi)")
_MPS_OF = {"m/s": 1.0, "km/h": M_PER_KM / S_PER_H, "mph": M_PER_MILE / S_PER_H}
_METRES_OF = {"km": M_PER_KM, "mi": M_PER_MILE}
FORMS = "10 km/h, 6.2 mph, 5:30 /km or 8:50 /mi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The options of `baseline`, as given.

    Attributes:
        session: of which the steady part is taken
        spm, speed, minutes: typed in, in the place of a session's
        surface: as the runner calls it
        seen: `name=what`, each
        force: odd values are right
        measures: how the person wants speeds written
    """

    session: str | None
    spm: float | None
    speed: str | None
    minutes: float | None
    surface: str
    seen: tuple[str, ...]
    force: bool = False
    measures: Measures = METRIC

    @property
    def is_question(self) -> bool:
        """Nothing is to be written down."""
        return self.session is None and self.spm is None and not self.seen


def take_baseline(store: Store, athlete: str, words: Words, person: Person, *, at: str, day: date) -> tuple[str, ...]:
    """Write a baseline run down; lines a person should read.

    Raises:
        UsageError: the words do not fit together, the session tells nothing, or values are odd and nobody can be asked
        JournalError: the session's journal or the log cannot be read or written
    """
    notes: tuple[str, ...] = ()
    if words.session is not None:
        entry, notes = _of_session(store, athlete, words, at, day)
    elif words.spm is not None:
        entry = _read_typed(words, at, day)
    else:
        entry = _add_observation(store, athlete, words, at)
    entry = replace(entry, seen=tuple(map(_parse_observation, words.seen)))
    log = store.log_of(athlete)
    if words.spm is not None or words.session is not None:
        others = [one for one in log.entries if isinstance(one, BaselineTaken)]
        odd = [
            *day_doubts(entry.day, today_here()),
            *baseline_doubts(entry, others, rows_of(store, athlete), words.measures),
        ]
        settle_doubts(odd, person, is_forced=words.force)
    store.add_entries(athlete, make_new(entry, log))
    return notes


def accept_baseline(store: Store, athlete: str, name: str, because: str | None, *, at: str) -> tuple[str, ...]:
    """Let a programme count from a baseline run of a coarse source; lines a person should read.

    The clinician's yes is that run written down again with the reason, so that withdrawing the run takes both back.

    Raises:
        UsageError: it is not clear which, none waits for a yes, or no reason is given
        JournalError: the log cannot be read or written
    """
    log = store.log_of(athlete)
    runs = [run for one in assessments_of(log.entries) for run in one.runs]
    meant = pick_entry(
        name,
        [run for run in runs if not run.starts_programmes],
        what="baseline runs that wait to be accepted",
        words=_run_words,
    )
    reason = reason_given(because)
    store.add_entries(athlete, make_new(replace(meant, at=at, accepted=reason), log))
    return (f"accepted: {meant.day}, {_run_words(meant)}, because: {reason}",)


def withdraw_baseline(
    store: Store, athlete: str, name: str, because: str | None, *, at: str, day: date, measures: Measures = METRIC
) -> tuple[str, ...]:
    """Take a baseline run back; lines a person should read. Of a session all that was taken goes, as it is one run.

    Raises:
        UsageError: it is not clear which, or no reason is given
        JournalError: the log cannot be read or written
    """
    taken = [one for one in store.log_of(athlete).entries if isinstance(one, BaselineTaken)]
    words_of = partial(_run_words, measures=measures)
    meant = pick_entry(name, taken, what="baseline runs", words=words_of)
    reason = reason_given(because)
    same = [one for one in taken if one == meant or (meant.session and one.session == meant.session)]
    store.add_entries(athlete, *(withdrawal_of(one, reason, at=at, day=day) for one in same))
    return tuple(f"withdrawn: {one.day}, {words_of(one)}, because: {reason}" for one in same)


def _run_words(one: BaselineTaken, measures: Measures = METRIC) -> str:
    speed = "" if one.speed_mps is None else f" at {measures.speed(one.speed_mps)}"
    seen = "".join(f", {name}: {what}" for name, what in one.seen)
    how = f" {source_words(one.taken_by)}" if one.is_marked else ""
    return f"{one.cadence_spm:g} spm{how}{speed}{f', session {one.session}' if one.session else ''}{seen}"


def measuring_commands(athlete: str) -> tuple[str, str]:
    """How a baseline is measured: the run, and what takes it for a baseline."""
    run = f"run own-cadence --feet ble --athlete {athlete}"
    return command_line(run), command_line(f"baseline --athlete {athlete} --session last")


def counting_lines(athlete: str, entries: Sequence[Entry], today: date, words: Phrasebook = ENGLISH) -> tuple[str, ...]:
    """What the targets of a programme count from, in words; that they are provisional until a baseline is complete."""
    counted, in_force = baseline_counted_from(entries, today=today), baseline_in_force(entries, today=today)
    texts = words.programme
    if counted is None or in_force is None:
        run, take = measuring_commands(athlete)
        if in_force is None:
            return (fill(texts.no_baseline, run=run, command=take),)
        rough = standing_words(in_force, today, words)
        return (fill(texts.no_baseline_but_rough, stored=rough, run=run, command=take),)
    stored = standing_words(counted, today, words)
    if counted.is_provisional:
        return (fill(texts.targets_provisional, stored=stored),)
    lines = [fill(texts.targets_count, stored=stored)]
    if in_force.runs != counted.runs and not is_within_error(counted, in_force):
        cadence = decimal(in_force.cadence_spm, forms=words.forms)
        from_new = f'programme start --athlete {athlete} --count-from-new --because "a new baseline"'
        lines.append(fill(texts.measured_since, cadence=cadence, command=f"`{command_line(from_new)}`"))
    return tuple(lines)


def _of_session(store: Store, athlete: str, words: Words, at: str, day: date) -> tuple[BaselineTaken, tuple[str, ...]]:
    if words.spm is not None or words.speed is not None or words.minutes is not None:
        raise UsageError(
            "--session takes the values from the session; --spm, --speed and --minutes are for a typed-in run"
        )
    recorded = load_found(store, store.find_session(words.session or ""))
    _check_says_something(recorded, athlete)
    steady = steady_part(recorded.journal.lines)
    if steady is None or steady.duration_s < LEAST_S:
        raise UsageError(
            f"session {recorded.id} has no minute of running without help after the first five; a baseline needs 12"
        )
    if steady.duration_s < LEAST_PART * steady.length_s:
        raise UsageError(
            f"session {recorded.id}: {_minutes(steady.duration_s)} of running in {_minutes(steady.length_s)} without "
            "help after the first five; a baseline needs at least a third"
        )
    _check_spm(steady.cadence_spm, "session")
    told = day_of(recorded.journal.header, id=recorded.id)
    check_day(told, f"session {recorded.id}, dated {told},")
    reason = sessions_disregarded(store.log_of(athlete).every).get(recorded.id)
    if reason is not None:
        raise UsageError(f"session {recorded.id} is disregarded, because: {reason}")
    entry = BaselineTaken(
        at=at,
        day=day if told == NO_DAY else told,
        cadence_spm=round(steady.cadence_spm, 2),
        speed_mps=None if steady.speed_mps is None else round(steady.speed_mps, 3),
        duration_s=round(steady.duration_s, 1),
        surface=words.surface or _surface_of(store, athlete, recorded),
        session=recorded.id,
        taken_by=steady.source,
        error_spm=error_of(steady.source),
    )
    of_day = f"{recorded.id} has no date: recorded under {day}; --day changes that"
    rough = f", {source_words(entry.taken_by)} (±{entry.error_spm:g} spm)" if entry.is_marked else ""
    short = f", less than the {_minutes(LEAST_RUN_S)} a baseline needs" if steady.duration_s < LEAST_RUN_S else ""
    found = f"session {recorded.id}: {entry.cadence_spm:.1f} spm over {_minutes(steady.duration_s)} of running"
    return entry, (f"{found}{rough}{short}", *([of_day] if told == NO_DAY else []))


def _check_says_something(recorded: Recorded, athlete: str) -> None:
    """Refuse a session that says nothing of the athlete, or not what its steps came from.

    Raises:
        UsageError: it does not
    """
    header = recorded.journal.header
    whose = header.get("athlete")
    if whose is not None and whose != athlete:
        raise UsageError(f"session {recorded.id} belongs to {whose!a}, not to {athlete}")
    origin = REHEARSAL if header.get("rehearsal") is True else origin_of(header)
    if origin == REPLAY:  # it does not say what the recording's steps came from
        raise UsageError(
            f"session {recorded.id} played a recording again: take the baseline from the recording, --session FILE"
        )
    if origin:
        raise UsageError(f"session {recorded.id} is a {origin}; it says nothing about {athlete}")
    is_export = header.get(EXPORTED) is True or (is_recording(recorded.path) and is_export_of_ours(recorded.path))
    if is_export:  # it does not say what its steps came from
        raise UsageError(
            f"{recorded.path.name} was exported from a session: take the baseline from that session, or from its "
            "journal (.jsonl), which says what its steps came from"
        )


def _minutes(seconds: float) -> str:
    """A length as it is printed, never rounded up: what is short of twelve minutes does not read as twelve."""
    return f"{math.floor(seconds / SECONDS_PER_MINUTE * 10) / 10:g} min"


def _surface_of(store: Store, athlete: str, recorded: Recorded) -> str:
    """What was noted with the run."""
    told = recorded.journal.header.get("surface")
    if isinstance(told, str) and told:
        return told
    runs = (one for one in store.log_of(athlete).entries if isinstance(one, SessionRun) and one.session == recorded.id)
    return next((one.surface for one in runs), "")


def _read_typed(words: Words, at: str, day: date) -> BaselineTaken:
    spm = words.spm
    assert spm is not None
    _check_spm(spm, "--spm")
    return BaselineTaken(
        at=at,
        day=day,
        cadence_spm=spm,
        speed_mps=None if words.speed is None else round(speed_mps(words.speed, words.measures), 3),
        duration_s=None if words.minutes is None else words.minutes * SECONDS_PER_MINUTE,
        surface=words.surface,
    )


def _add_observation(store: Store, athlete: str, words: Words, at: str) -> BaselineTaken:
    """What was seen of the newest run: that run again, with more to it."""
    every = assessments_of(store.log_of(athlete).entries)
    last = every[-1].runs[-1] if every else None
    if words.speed is not None or words.minutes is not None or last is None or not last.session:
        raise UsageError("--seen goes with a measured cadence: add --session ID or --spm CADENCE")
    return replace(last, at=at, id="", seen=())


def _check_spm(spm: float, option: str) -> None:
    low, high = BASELINE_SPM
    if not low <= spm <= high:
        raise UsageError(f"{option} {spm:g}: allowed {low:g} to {high:g} steps a minute")


def _parse_observation(text: str) -> tuple[str, str]:
    name, equals, what = (part.strip() for part in text.partition("="))
    if not equals or not name or not what or len(text) > LONGEST_SEEN:
        raise UsageError(f'--seen {text[:60]!a}: write what was seen as name=what, such as "pelvic drop=7 deg"')
    return name, what


def speed_mps(text: str, measures: Measures = METRIC) -> float:
    """Metres a second, from a speed or a pace with its unit.

    Args:
        text: as a person typed it
        measures: how the person wants speeds written, for the message
    Raises:
        UsageError: it is none, has no unit, or nobody runs at it
    """
    told = text.strip().lower()
    if (number := _NUMBER.fullmatch(told)) is not None:
        mps = float(number[1].replace(",", ".")) * _MPS_OF[number[2]]
    elif (pace := _PACE.fullmatch(told)) is not None and (seconds := int(pace[1]) * 60 + int(pace[2])):
        mps = _METRES_OF[pace[3]] / seconds
    else:
        raise UsageError(f"--speed {text!a}: not a speed with a unit; write for example {FORMS}")
    if not SLOWEST_MPS <= mps <= FASTEST_MPS:
        told, slowest, fastest = (measures.speed(one_mps) for one_mps in (mps, SLOWEST_MPS, FASTEST_MPS))
        raise UsageError(f"--speed {text}: that is {told}; allowed {slowest} to {fastest}")
    return mps

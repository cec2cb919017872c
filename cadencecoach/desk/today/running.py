"""A run of an athlete from the door to the log: said before, chosen, run, written down, said after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cadencecoach.desk.athletes.messages import mark_spoken, messages_to_speak, show_messages, write_back_lines
from cadencecoach.desk.athletes.missed import LEAST_S, mend_log, missing_pains, pains_in
from cadencecoach.desk.caseload.keeping import keep_line
from cadencecoach.desk.checkin.asking import RespondingHost
from cadencecoach.desk.checkin.meaning import no_run_words, stop_words, what_follows
from cadencecoach.desk.today.around import offer_check_in, offer_message, sensors_in
from cadencecoach.desk.today.choosing import Chosen, NotTodayError, check_asked, own_plan, session_of_today
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.gait.taps import TAPS, TappedCadence
from cadencecoach.live.live_session import SOUNDS, run_prepared
from cadencecoach.live.opening.outputs import check_outputs, check_sound
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare_plan, session_words
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import MeasuredBaseline
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.programme.rules.deciding import entry_of
from cadencecoach.record.entries import BaselineTaken, Entry, Moment, SessionRun
from cadencecoach.record.rows import origin_of
from cadencecoach.store.protocol import Hold, Store
from cadencecoach.store.roster import add_to_profile

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under what an athlete runs.

    Attributes:
        shoes, surface: as the runner calls them; empty when not said
        incline_percent: of the belt or the road; None when not said
    """

    shoes: str = ""
    surface: str = ""
    incline_percent: float | None = None

    def header(self) -> dict[str, object]:
        """As the journal's header holds them; what was not said is left out."""
        told = {"shoes": self.shoes, "surface": self.surface, "incline_percent": self.incline_percent}
        return {name: value for name, value in told.items() if value not in {"", None}}

    @classmethod
    def of_header(cls, header: Mapping[str, Any]) -> Self:
        """Those that a journal's header holds."""
        incline = header.get("incline_percent")
        return cls(
            shoes=str(header.get("shoes") or ""),
            surface=str(header.get("surface") or ""),
            incline_percent=incline if isinstance(incline, int | float) else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that is to be done.

    Attributes:
        athlete: pseudonym, kept here
        request: the words; its plan name is empty for the session of the programme
        journal: where it is written down
        day: today
        conditions: shoes and the like
    """

    athlete: str
    request: Request
    journal: Path
    day: date
    conditions: Conditions

    @property
    def origin(self) -> str:
        """What runs, if it is nobody's feet of today: a simulation, a replay; else empty."""
        return origin_of({"feet": self.request.feet_text})

    def entry(self, session: str, item: int | None, *, at: str) -> SessionRun:
        """It as an entry of the log.

        Args:
            session: its id
            item: which session of the programme it was; None for another run
            at: label
        """
        return SessionRun(
            at=at,
            day=self.day,
            session=session,
            item=item,
            shoes=self.conditions.shoes,
            surface=self.conditions.surface,
            incline_percent=self.conditions.incline_percent,
        )


def run_for(store: Store, run: Run, host: RespondingHost, audio: "LiveAudio | None" = None) -> Outcome:
    """Run it.

    Args:
        store: where athletes are kept
        run: what and under what
        host: what it runs in
        audio: a process that is warm already, if there is to be sound
    Raises:
        NotTodayError: the programme has no run for today, or what was said before it stops it
        CadencecoachError: whatever is wrong with the words or the files they name; nothing was begun
    """
    with store.hold_athlete(run.athlete) as hold:
        return _run_held(store, run, host, audio, hold)


def _run_held(store: Store, run: Run, host: RespondingHost, audio: "LiveAudio | None", hold: Hold) -> Outcome:
    check_sound(store.machine, run.request, allowed=SOUNDS)
    check_outputs(store.machine, run.request, run.journal)
    words = session_words(store, run.request)
    texts = words.programme
    shoes = store.read_profile(run.athlete).shoes_called(run.conditions.shoes)
    run = replace(run, conditions=replace(run.conditions, shoes=shoes))
    host.tell(*mend_log(store, run.athlete, texts))
    _choose(store, run, words)  # what is wrong with the words is said before anybody is asked
    spoken = {} if run.origin else messages_to_speak(store, run.athlete)
    if not run.origin:
        show_messages(store, run.athlete, host, words)
        said = offer_check_in(store, host, run.athlete, Moment.BEFORE, run.journal.stem, run.day, words)
        if said is not None and no_run_words(said) is not None:
            raise NotTodayError(fill(texts.not_today, athlete=run.athlete))
        host.tell(*check_asked(store, run.athlete, run.day, words))
    chosen = _choose(store, run, words)
    host.tell(*chosen.lines)
    request = replace(run.request, plan_name="")
    prepared = prepare_plan(store, chosen.plan, request, {**chosen.header, **run.conditions.header()}, host, spoken)
    outcome = run_prepared(prepared, request, host, journal=run.journal, audio=audio)
    if run.origin:
        return with_notes(outcome, fill(texts.not_counted, origin=words.of_log(run.origin), athlete=run.athlete))
    with store.lock_athletes():
        if hold.is_lost:
            return with_notes(outcome, fill(texts.deleted, athlete=run.athlete))
        mark_spoken(store, run.athlete, outcome.messages_heard)
        return _write_down(store, run, chosen, outcome, words, prepared.tapped)


def ask_after(store: Store, run: Run, outcome: Outcome, host: RespondingHost) -> None:
    """Offer the check-in after, and say what comes next."""
    if run.origin or not store.is_kept(run.athlete) or not (counts_as_run(outcome) or outcome.summary.pains):
        return
    words = session_words(store, run.request)
    if counts_as_run(outcome):
        with store.hold_athlete(run.athlete):
            offer_check_in(store, host, run.athlete, Moment.AFTER, _id(run, outcome), run.day, words)
            offer_message(store, host, run.athlete, words)
    follows = what_follows(store, run.athlete, run.day, words)
    host.tell(*(() if follows is None else (fill(words.programme.next, says=follows),)))
    host.tell(*write_back_lines(store, run.athlete, words))
    keep_line(store, run.athlete, run.day)
    if counts_as_run(outcome) and isinstance(outcome.plan.baseline, MeasuredBaseline):
        take = command_line(f"baseline --athlete {run.athlete} --session {_id(run, outcome)}")
        host.tell(fill(words.programme.take_baseline, command=take))


def with_notes(outcome: Outcome, *notes: str) -> Outcome:
    """The outcome with more for a person to read."""
    return replace(outcome, notes=(*outcome.notes, *notes))


def _choose(store: Store, run: Run, words: Phrasebook) -> Chosen:
    spm, surface = run.request.baseline_spm, run.conditions.surface
    name = run.request.plan_name
    if not name:
        return session_of_today(store, run.athlete, run.day, surface=surface, baseline_spm=spm, words=words)
    return own_plan(store, run.athlete, name, run.day, surface=surface, baseline_spm=spm, words=words)


def _write_down(  # one for each thing that is remembered
    store: Store, run: Run, chosen: Chosen, outcome: Outcome, words: Phrasebook, tapped: TappedCadence | None
) -> Outcome:
    """What is to be remembered of it goes into the log and the profile."""
    session, at, every = _id(run, outcome), wall_time_utc(), store.log_of(run.athlete).every
    said = pains_in(outcome.summary, session, run.day, at=at)
    pains = missing_pains(outcome.summary, session, run.day, at=at, every=every)  # others may have mended the log since
    texts = words.programme
    outcome = with_notes(outcome, *dict.fromkeys(filter(None, (stop_words(pain, words) for pain in said))))
    if not counts_as_run(outcome):
        if pains:
            store.add_entries(run.athlete, *pains)
        return with_notes(outcome, texts.too_short_pain if said else texts.too_short)
    conditions = run.conditions
    ran = run.entry(session, None if chosen.decision is None else chosen.decision.item, at=at)
    entries: list[Entry] = [] if chosen.decision is None else [entry_of(chosen.decision, at=at, day=run.day)]
    if tapped is not None:
        entries.append(
            BaselineTaken(
                at=at,
                day=run.day,
                cadence_spm=tapped.cadence_spm,
                surface=conditions.surface,
                session=session,
                taken_by=TAPS,
                error_spm=tapped.error_spm,
            )
        )
    is_in_log = any(isinstance(entry, SessionRun) and entry.session == session for entry in every)
    store.add_entries(run.athlete, *entries, *([] if is_in_log else [ran]), *pains)
    add_to_profile(store, run.athlete, shoes=conditions.shoes, sensors=sensors_in(outcome), day=run.day)
    is_elsewhere = chosen.decision is not None and not store.is_among_sessions(run.journal)
    return with_notes(outcome, texts.elsewhere) if is_elsewhere else outcome


def counts_as_run(outcome: Outcome) -> bool:
    """Whether it was run for long enough to be remembered: a minute, or half of a plan that is shorter than two."""
    planned_s = outcome.plan.duration_s
    least_s = LEAST_S if planned_s is None else min(LEAST_S, planned_s / 2)
    return outcome.summary.session.duration_s >= least_s


def _id(run: Run, outcome: Outcome) -> str:
    return (outcome.journal or run.journal).stem

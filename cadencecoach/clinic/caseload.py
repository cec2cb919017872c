"""One athlete among the others: in which section, for which one reason, with which alerts. Worst first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from cadencecoach.clinic.alerts import Act, Alert, Grade, acts_in, alerts_of
from cadencecoach.clinic.due import Asked, asked_of, count_done, find_due, week_of
from cadencecoach.clinic.events import (
    Event,
    Kind,
    events_of_day,
    last_heard,
    lasting_events,
    places_of,
    silence_words,
    silent_since,
)
from cadencecoach.programme.facts import NOTHING_ASIDE, Aside, Facts, facts_of
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import Decision, decide_by
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from
from cadencecoach.record.entries import CheckIn, Entry, Site
from cadencecoach.record.progress.own import shown_spm
from cadencecoach.record.row import SessionRow

PAIN_DAYS = 14
DAY = timedelta(days=1)


class Section(StrEnum):
    """Where on the caseload somebody stands, the worst first."""

    STOPPED = "Stopped"
    ASK = "Ask today"
    HELD = "Held"
    SILENT = "Silent"
    DUE = "Due"
    FINE = "Fine"


ASKS = frozenset({Kind.SIGN, Kind.PAIN, Kind.RISING, Kind.SORE})  # the others have sections of their own, or none
# Held for what the body said, somebody who is silent stays among those held; held for anything else they are silent.
OF_THE_BODY = frozenset(
    {
        *("morning", "sore in the run", "sore before", "rising pain", "long soreness", "hurts before", "not ready"),
        *("pain", "not settled", "sore after"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of an athlete.

    Attributes:
        athlete: pseudonym
        entries: of the log, those that count, in the order they were made
        rows: runs that count
        programme: in force; None without one
        aside: what stands in neither and decides too
        is_practice: nobody real
    """

    athlete: str
    entries: tuple[Entry, ...] = ()
    rows: tuple[SessionRow, ...] = ()
    programme: Programme | None = None
    aside: Aside = NOTHING_ASIDE
    is_practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One line of the caseload.

    Attributes:
        athlete: pseudonym
        section: where it stands
        reason: the one reason, in a sentence
        alerts: those that are open, the worst first
        is_practice: nobody real
        programme: its name; empty without one
        week: of the programme, and how many there are; None without one
        last_run_days: days since the last run; None for none
        verdict: of the programme, behind a rest what became of the level; empty without one
        pains: the worst of each of the last 14 days, the oldest first; None where nothing was said
        pain_site: of the worst of them; empty where nobody said
        kept_spm: change kept without help, and the change asked for, at the last probe; None where none was run,
            or where the change is no larger than the sources may be off
        sessions: how many were done in the last four weeks, and for how many there was room; None without a programme
        due: what is due, in words
    """

    athlete: str
    section: Section
    reason: str
    alerts: tuple[Alert, ...] = ()
    is_practice: bool = False
    programme: str = ""
    week: tuple[int, int] | None = None
    last_run_days: int | None = None
    verdict: str = ""
    pains: tuple[int | None, ...] = ()
    pain_site: str = ""
    kept_spm: tuple[float, float] | None = None
    sessions: tuple[int, int] | None = None
    due: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """Who has taken on the worst alert; empty for nobody."""
        return self.alerts[0].owner if self.alerts else ""


def standing_of(known: Known, today: date) -> Standing:
    """Where an athlete stands on a day; entries and runs of later days do not count yet."""
    return next(iter(standings_of(known, today, 1).values()))


def standings_of(known: Known, today: date, n_days: int) -> Mapping[date, Standing]:
    """Where an athlete stands on a day and on those after it, should nothing be written down until then."""
    if any(one.day > today for one in (*known.entries, *known.rows)):  # what is known differs from day to day
        return {day: _standing(known, _up_to(known, day), day) for day in _days(today, n_days)}
    past = _up_to(known, today)
    return {day: _standing(known, past, day) for day in _days(today, n_days)}


_Felt = tuple[date, int, Site | None]  # day, pain, where


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What is known up to a day, and what follows from it whatever day comes: worked out once for all of them.

    Attributes:
        n_entries: of the log
        facts: of the programme; None without one
        events: that last
        acts: about alerts
        asked: what decides over what is due
        places: where in the log the sessions were run
        heard: when something was heard last; None for never
        last_run: day of the last run; None before any
        felt: every pain that was told
        kept_spm: as in `Standing`
    """

    n_entries: int
    facts: Facts | None
    events: Sequence[Event]
    acts: Sequence[tuple[int, Act]]
    asked: Asked
    places: Mapping[str, int]
    heard: date | None
    last_run: date | None
    felt: Sequence[_Felt]
    kept_spm: tuple[float, float] | None


def _up_to(known: Known, today: date) -> _Past:
    entries = [entry for entry in known.entries if entry.day <= today]
    answered = set(known.aside.answered)
    rows = [replace(row, highest_pain=None) if row.id in answered else row for row in known.rows if row.day <= today]
    facts = None if known.programme is None else facts_of(known.programme, rows, entries, today, known.aside)
    runs = [row.day for row in rows] + ([] if facts is None else list(facts.runs))
    return _Past(
        n_entries=len(entries),
        facts=facts,
        events=tuple(lasting_events(entries, rows, facts)),
        acts=acts_in(entries),
        asked=asked_of(entries, today),
        places=places_of(entries),
        heard=last_heard(entries, rows),
        last_run=max(runs, default=None),
        felt=_felt(entries, rows),
        kept_spm=_kept_spm(rows, entries),
    )


def _days(first: date, number: int) -> Iterator[date]:
    return (first + n * DAY for n in range(number))


def _standing(known: Known, past: _Past, today: date) -> Standing:
    facts = None if past.facts is None else replace(past.facts, today=today)
    decision = None if facts is None else decide_by(facts)
    silent = silent_since(facts, decision, today, past.heard)
    of_day = events_of_day(facts, decision, today, silent=silent, places=past.places, end=past.n_entries)
    alerts = tuple(sorted((one for one in alerts_of(past.acts, (*past.events, *of_day)) if one.is_open), key=_urgency))
    due = tuple(find_due(past.asked, decision, today))
    section, reason = _place(alerts, decision, None if silent is None else silence_words(silent, today), due)
    pains, site = _pains(past.felt, today)
    return Standing(
        athlete=known.athlete,
        section=section,
        reason=reason,
        alerts=alerts,
        is_practice=known.is_practice,
        programme="" if known.programme is None else known.programme.name,
        week=None
        if known.programme is None or decision is None
        else week_of(known.programme, min(decision.level, len(known.programme.sessions) - 1)),
        last_run_days=None if past.last_run is None else (today - past.last_run).days,
        verdict="" if decision is None else _verdict(decision),
        pains=pains,
        pain_site=site,
        kept_spm=past.kept_spm,
        sessions=None
        if facts is None or decision is None
        else count_done(facts, is_stopped=decision.verdict is Verdict.STOP),
        due=due,
    )


def _verdict(decision: Decision) -> str:
    move = decision.move.value
    return move if decision.verdict is decision.move else f"{decision.verdict.value}, then {move}"


def unreadable(athlete: str, why: str, *, is_practice: bool = False) -> Standing:
    """The line of somebody whose log or programme cannot be read: nobody knows, so somebody has to look."""
    return Standing(athlete=athlete, section=Section.ASK, reason=f"cannot be read: {why}", is_practice=is_practice)


def worst_first(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """The caseload in order: by section, then unread ones, then by the worst alert and whether somebody owns it."""
    sections = list(Section)

    def rank(one: Standing) -> tuple[int, bool, int, bool, int, str]:
        grade = list(Grade).index(one.alerts[0].grade) if one.alerts else len(Grade)
        is_readable = not one.reason.startswith("cannot be read")
        newest = max((alert.last_day.toordinal() for alert in one.alerts[:1]), default=0)
        return sections.index(one.section), is_readable, grade, bool(one.owner), -newest, one.athlete.casefold()

    return tuple(sorted(standings, key=rank))


def select_owned(standings: Sequence[Standing], owner: str) -> tuple[Standing, ...]:
    """Those of whom somebody has taken on an alert, in the same order; capitals do not matter."""
    who = owner.casefold()
    return tuple(one for one in standings if any(alert.owner.casefold() == who for alert in one.alerts))


def owners_of(standings: Sequence[Standing]) -> Mapping[str, int]:
    """Who has taken on alerts, each with of how many patients."""
    owners = sorted({alert.owner for one in standings for alert in one.alerts if alert.owner}, key=str.casefold)
    return {owner: len(select_owned(standings, owner)) for owner in owners}


def _urgency(alert: Alert) -> tuple[int, bool, int]:
    return list(Grade).index(alert.grade), bool(alert.owner), -alert.last_day.toordinal()


def _place(  # noqa: PLR0911  # one for each section, and two that are held or fine for another reason
    alerts: Sequence[Alert], decision: Decision | None, silence: str | None, due: Sequence[str]
) -> tuple[Section, str]:
    """Section and reason: the first that holds, from the worst to the best."""
    reasons = () if decision is None else decision.reasons
    first, rule = (reasons[0].text, reasons[0].rule) if reasons else ("", "")
    if decision is not None and decision.verdict is Verdict.STOP:
        return Section.STOPPED, first
    asking = next((one for one in alerts if one.kind in ASKS), None)
    if asking is not None:
        return Section.ASK, asking.words
    is_held = decision is not None and decision.move in {Verdict.HOLD, Verdict.STEP_BACK}
    if is_held and (silence is None or rule in OF_THE_BODY):
        return Section.HELD, first
    if silence is not None:
        return Section.SILENT, silence
    held = next((one for one in alerts if one.kind is Kind.HELD), None)
    if held is not None:
        return Section.HELD, held.words
    if due:
        return Section.DUE, f"due: {', '.join(due)}"
    if decision is not None and decision.verdict is Verdict.FINISHED:
        return Section.FINE, "the programme is finished"
    return Section.FINE, first


def _felt(entries: Sequence[Entry], rows: Sequence[SessionRow]) -> Sequence[_Felt]:
    """Every pain that was told: in an answer, or by key in a run."""
    said: list[_Felt] = [
        (one.day, one.pain, one.site) for one in entries if isinstance(one, CheckIn) and one.pain is not None
    ]
    return said + [(row.day, row.highest_pain, None) for row in rows if row.highest_pain is not None]


def _pains(felt: Sequence[_Felt], today: date) -> tuple[tuple[int | None, ...], str]:
    """The worst pain of each of the last days, the oldest first, and where the worst of them was felt."""
    first = today - (PAIN_DAYS - 1) * DAY
    recent = [one for one in felt if one[0] >= first]
    by_day: dict[date, int] = {}
    for day, pain, _ in recent:
        by_day[day] = max(pain, by_day.get(day, 0))
    worst = max(
        ((pain, site is not None, day, site) for day, pain, site in recent), key=lambda one: one[:3], default=None
    )
    site = None if worst is None or not worst[0] else worst[3]
    return tuple(by_day.get(first + n * DAY) for n in range(PAIN_DAYS)), "" if site is None else site.value


def _kept_spm(rows: Sequence[SessionRow], entries: Sequence[Entry]) -> tuple[float, float] | None:
    """The change that was there without help, and the one asked for, at the newest probe; before any help if known."""
    for row in sorted(rows, key=lambda one: (one.day, one.started), reverse=True):
        for cadence, target, own in (
            (row.retention_cadence_spm, row.retention_target_spm, row.retention_own_spm),
            (row.probe_cadence_spm, row.probe_target_spm, row.probe_own_spm),
        ):
            if cadence is None or target is None or own is None or row.is_tapped:
                continue
            is_shown = shown_spm(row, cadence, own, baseline_counted_from(entries, today=row.day)) is not None
            return (round(cadence - own, 1), round(target - own, 1)) if is_shown else None
    return None

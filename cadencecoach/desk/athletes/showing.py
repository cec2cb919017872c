"""Who is kept here, as a table and one by one."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.record.baselines import Assessment, baseline_in_force
from cadencecoach.record.entries import CheckIn, Entry, ProgrammeSet, entries_by_day, is_practice
from cadencecoach.record.profile import Profile
from cadencecoach.record.rows import PRACTICE
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An athlete at a glance.

    Attributes:
        profile: what was chosen
        today: by this machine's calendar; entries of later days do not count yet
        entries: those of the log that count
        is_practice: nobody real; a simulated runner lived a story
        n_sessions: journals that name the athlete, simulations, replays and rehearsals left out
        last_day: of the last of them; None without one
        notes: what a person should know about the files
        place: where profile, log and programme are kept
    """

    profile: Profile
    today: date
    entries: tuple[Entry, ...]
    is_practice: bool
    n_sessions: int
    last_day: date | None
    notes: tuple[str, ...]
    place: str

    @property
    def baseline(self) -> Assessment | None:
        """The baseline in force."""
        return baseline_in_force(self.entries, today=self.today)

    @property
    def programme(self) -> ProgrammeSet | None:
        """The programme set last."""
        return next((entry for entry in self._newest_first if isinstance(entry, ProgrammeSet)), None)

    @property
    def last_check_in(self) -> CheckIn | None:
        """The check-in of the newest day."""
        return next((entry for entry in self._newest_first if isinstance(entry, CheckIn)), None)

    @property
    def _newest_first(self) -> tuple[Entry, ...]:
        return entries_by_day(self.entries, self.today)[::-1]


def look_up_athlete(store: Store, athlete: str) -> Kept:
    """An athlete of this machine.

    Raises:
        UsageError, JournalError: profile or log cannot be read
    """
    log = store.log_of(athlete)
    days = _session_days(store, athlete, with_practice=is_practice(log.every))
    return Kept(
        profile=store.read_profile(athlete),
        today=today_here(),
        entries=log.entries,
        is_practice=is_practice(log.every),
        n_sessions=len(days),
        last_day=max(days, default=None),
        notes=log.notes,
        place=store.place_of(athlete),
    )


def athlete_row(one: Kept) -> tuple[str, ...]:
    """A row of the list."""
    baseline, programme = one.baseline, one.programme
    spm = (
        ""
        if baseline is None
        else f"{baseline.cadence_spm:.0f} spm{' (provisional)' if baseline.is_provisional else ''}"
    )
    return (
        f"{one.profile.athlete} (practice)" if one.is_practice else one.profile.athlete,
        "" if one.profile.created is None else one.profile.created.isoformat(),
        str(one.n_sessions),
        "" if one.last_day is None else one.last_day.isoformat(),
        spm,
        "" if programme is None else programme.name,
    )


HEADING = ("athlete", "since", "sessions", "last", "baseline", "programme")


def athlete_json(one: Kept) -> dict[str, object]:
    """The same for a program."""
    baseline, programme = one.baseline, one.programme
    return {
        "athlete": one.profile.athlete,
        "practice": one.is_practice,
        "created": None if one.profile.created is None else one.profile.created.isoformat(),
        "language": one.profile.language,
        "voice": one.profile.voice,
        "words": one.profile.words,
        "shoes": list(one.profile.shoes),
        "sensors": list(one.profile.sensors),
        "folder": one.place,
        "sessions": one.n_sessions,
        "last": None if one.last_day is None else one.last_day.isoformat(),
        "entries": len(one.entries),
        "baseline_spm": None if baseline is None else baseline.cadence_spm,
        "baseline_day": None if baseline is None else baseline.last_day.isoformat(),
        "baseline_old": None if baseline is None else baseline.is_old(one.today),
        "baseline_provisional": None if baseline is None else baseline.is_provisional,
        "speed_points": [] if baseline is None else [{"speed_mps": v, "cadence_spm": c} for v, c in baseline.points],
        "programme": None
        if programme is None
        else {"name": programme.name, "sha256": programme.sha256, "set": programme.day.isoformat()},
    }


def _session_days(store: Store, athlete: str, *, with_practice: bool) -> list[date]:
    rows = store.rows_of(athlete).rows
    return [row.day for row in rows if row.was_coached or (with_practice and row.origin == PRACTICE)]

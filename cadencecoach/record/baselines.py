"""From single baseline runs to baselines: two runs of twelve minutes make one, and one alone is provisional.

Cadence-type measures need 11 to 17 minutes of running to be stable, and differ by 2.2 to 2.5 % from day to day at one
speed; the mean of two tests is an adequate value (Craib et al. 1994, doi:10.1055/s-2007-1021024).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

from cadencecoach.record.entries import BaselineTaken, Entry, ProgrammeSet, SessionRun, entries_by_day

LEAST_RUN_S = 12 * 60.0
ENOUGH_RUNS = 2
TOGETHER = timedelta(days=14)  # runs farther apart are two assessments (design)
OLD = timedelta(weeks=12)  # as long as a whole programme: by then fitness, shoes and weight may differ (design)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Baseline runs that belong together: nothing was trained between them.

    Attributes:
        runs: in the order they were taken, at least one
    """

    runs: tuple[BaselineTaken, ...]

    @property
    def day(self) -> date:
        """Of the first run."""
        return self.runs[0].day

    @property
    def last_day(self) -> date:
        """Day of the last run that counts: the age of the baseline is counted from it."""
        return max(run.day for run in self.counted)

    def is_old(self, today: date) -> bool:
        """Whether it should be measured again."""
        return today - self.last_day >= OLD

    @property
    def surface(self) -> str:
        """Where they were run, as the runner calls it; may be empty."""
        return self.runs[0].surface

    @property
    def counted(self) -> tuple[BaselineTaken, ...]:
        """The runs that are long enough; all of them where none is, or where nobody said how long.

        One from a coarse source counts beside no other, unless the clinician has accepted it.
        """
        return self._long or tuple(run for run in self.runs if run.starts_programmes) or self.runs

    @property
    def is_marked(self) -> bool:
        """Whether what counts comes from a source that may be far off."""
        return any(run.is_marked for run in self.counted)

    @property
    def starts_programmes(self) -> bool:
        """Whether a programme may count from it."""
        return all(run.starts_programmes for run in self.counted)

    @property
    def error_spm(self) -> float:
        """How far it may be off beyond what differs from run to run: as far as the coarsest of what counts."""
        return max(run.off_by_spm for run in self.counted)

    @property
    def taken_by(self) -> str:
        """The source of that run; empty where it is not known."""
        return max(self.counted, key=lambda run: run.off_by_spm).taken_by

    @property
    def accepted(self) -> str:
        """Why the clinician accepted what comes from a coarse source; empty where nobody has."""
        return "; ".join(dict.fromkeys(run.accepted for run in self.counted if run.accepted))

    @property
    def is_provisional(self) -> bool:
        """Whether it takes another run of twelve minutes."""
        return len(self._long) < ENOUGH_RUNS

    @property
    def cadence_spm(self) -> float:
        """Mean of the runs that count."""
        return fmean(run.cadence_spm for run in self.counted)

    @property
    def speed_mps(self) -> float | None:
        """Mean speed of the same; None where one of them does not tell it."""
        speeds = [run.speed_mps for run in self.counted if run.speed_mps is not None]
        return fmean(speeds) if len(speeds) == len(self.counted) else None

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """(speed in m/s, cadence in spm) of the runs that count and told their speed; for a speed curve."""
        return tuple((run.speed_mps, run.cadence_spm) for run in self.counted if run.speed_mps is not None)

    @property
    def seen(self) -> dict[str, str]:
        """What the clinician saw; of the same thing the last."""
        return {name: what for run in self.runs for name, what in run.seen}

    @property
    def _long(self) -> tuple[BaselineTaken, ...]:
        measured = (run for run in self.runs if run.starts_programmes)
        return tuple(run for run in measured if run.duration_s is not None and run.duration_s >= LEAST_RUN_S)


def assessments_of(entries: Iterable[Entry]) -> tuple[Assessment, ...]:
    """The baselines of a log, oldest first.

    Runs on one surface belong together while no session of the programme was run between them and the last is at most
    14 days after the first that counts. A session taken twice is one run: the later entry holds, with what was seen in
    both.

    Args:
        entries: in the order they were made; one that is dated back goes to its day
    """
    found: list[list[BaselineTaken]] = []
    trained: set[str] = set()  # surfaces whose assessment is over
    for entry in sorted(entries, key=lambda one: one.day):
        if _is_session(entry):
            trained = {_same(runs[0]) for runs in found}
            continue
        if not isinstance(entry, BaselineTaken):
            continue
        open_ones = [runs for runs in found if _same(runs[0]) == _same(entry)]
        again = _find_before(entry, open_ones)
        if again is not None:
            runs, index = again
            runs[index] = _unite(runs[index], entry)
        elif open_ones and _same(entry) not in trained and entry.day - _first_day(open_ones[-1]) <= TOGETHER:
            open_ones[-1].append(entry)
        else:
            found.append([entry])
            trained.discard(_same(entry))
    return tuple(Assessment(runs=tuple(runs)) for runs in found)


def baseline_in_force(entries: Iterable[Entry], surface: str = "", *, today: date) -> Assessment | None:
    """The newest baseline on a surface; the newest of all where there is none on it, or none is named.

    Of two the newer one holds only when it is complete: one run alone does not push two aside, and what no programme
    may count from (taps, a microphone) pushes no run aside. A run of a day after today does not count until its day.
    """
    return _newest_of(assessments_of(entries_by_day(entries, today)), surface)


def baseline_counted_from(entries: Sequence[Entry], surface: str = "", *, today: date) -> Assessment | None:
    """The baseline that targets and limits count from: what was prescribed does not move with a reassessment.

    Without a programme it is the one in force today. With one it is the complete baseline in force when the programme
    was set; where there was none, the first complete one after it. Until then it is the provisional one in force. What
    comes from a coarse source starts no programme before the clinician has accepted it.
    Exchanging a programme's text keeps it; only a programme that was set to count from new takes a newer one. A surface
    counts from a complete baseline of its own that was measured before the first session of the programme; measured
    later it is a reassessment like any other.

    Args:
        entries: of the log, in the order they were written
        surface: as the runner calls it; empty for any
        today: entries of later days do not count yet
    """
    known = [entry for entry in entries if entry.day <= today]
    set_at = _counting_begins(known)
    if set_at is None:
        return baseline_in_force(known, surface, today=today)
    complete = next(_complete_since(known, set_at, surface), None)
    starting = [one for one in assessments_of(entries_by_day(known, today)) if one.starts_programmes]
    return complete or _newest_of(starting, surface)


def _newest_of(every: Sequence[Assessment], surface: str) -> Assessment | None:
    """The newest on a surface, of all where there is none on it; a complete one before others, coarse ones last."""
    there = [one for one in every if surface and one.surface.casefold() == surface.casefold()]
    ranked = there or every
    whole = [one for one in ranked if not one.is_provisional]
    measured = [one for one in ranked if one.starts_programmes]
    return (whole or measured or ranked)[-1] if ranked else None


def first_counted_from(entries: Sequence[Entry], surface: str = "", *, today: date) -> Assessment | None:
    """The baseline that an athlete's programmes counted from first, before any was counted from new."""
    known = [entry for entry in entries if entry.day <= today]
    first = next((index for index, entry in enumerate(known) if isinstance(entry, ProgrammeSet)), None)
    return None if first is None else next(_complete_since(known, first, surface), None)


def _counting_begins(entries: Sequence[Entry]) -> int | None:
    """Where in the log the programme was set that counts from the baseline of its day; None without a programme."""
    sets = [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, ProgrammeSet)]
    anew = [index for index, entry in sets if entry.counts_from_new]
    return anew[-1] if anew else sets[0][0] if sets else None


def _complete_since(entries: Sequence[Entry], set_at: int, surface: str) -> Iterator[Assessment]:
    """The complete baselines in force from an entry on, oldest first.

    Those on the surface go before all others, as long as no session of the programme was run before they were complete.
    """
    set_on = entries[set_at].day
    later = [index + 1 for index in range(set_at, len(entries)) if isinstance(entries[index], BaselineTaken)]
    until = [(set_at, set_on), *((end, max(set_on, entries[end - 1].day)) for end in later)]
    trained = (index for index in range(set_at, len(entries)) if _is_session(entries[index]))
    until_trained = next(trained, len(entries))
    places = [(end, place, day) for end, day in until for place in dict.fromkeys((surface, ""))]
    in_force = [(end, baseline_in_force(entries[:end], place, today=day)) for end, place, day in places]
    complete = [(end, one) for end, one in in_force if one is not None and not one.is_provisional]
    there = (one for end, one in complete if one.surface.casefold() == surface.casefold() and end <= until_trained)
    yield from there if surface else ()
    yield from (one for _, one in complete)


def _is_session(entry: Entry) -> bool:
    return isinstance(entry, SessionRun) and entry.item is not None


def _first_day(runs: Sequence[BaselineTaken]) -> date:
    """The day that the fortnight is counted from: one from a coarse source shortens it for no better one."""
    return next((run for run in runs if run.starts_programmes), runs[0]).day


def _same(run: BaselineTaken) -> str:
    return run.surface.casefold()


def _find_before(entry: BaselineTaken, found: Sequence[list[BaselineTaken]]) -> tuple[list[BaselineTaken], int] | None:
    for runs in found:
        for index, run in enumerate(runs):
            if entry.session and run.session == entry.session:
                return runs, index
    return None


def _unite(before: BaselineTaken, after: BaselineTaken) -> BaselineTaken:
    """A run taken again: what was seen in both; a yes of before holds for the same figure, and for no other."""
    is_same = (before.cadence_spm, before.taken_by) == (after.cadence_spm, after.taken_by)
    seen = tuple((dict(before.seen) | dict(after.seen)).items())
    return replace(after, seen=seen, accepted=after.accepted or (before.accepted if is_same else ""))

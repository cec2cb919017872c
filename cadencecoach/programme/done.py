"""The sessions of a programme that were run, each with its numbers and with what the runner said around it.

None is "not known" and never zero.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cadencecoach.programme.model import Programme, Session
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun, Site
from cadencecoach.record.row import SessionRow

MORNING_REACHES_DAYS = 3  # a morning check-in later than this says nothing about the session any more
LEAST_PART = 1 / 3  # of a session; whoever ran less of it has not done it (design)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said at one moment around a session; of several check-ins the worst.

    Attributes:
        pain: 0 to 10
        site: of the worst pain
        soreness: 0 to 10
        soreness_h: how long the last soreness stayed
        readiness: 0 to 10; of several the lowest
    """

    pain: int | None = None
    site: Site | None = None
    soreness: int | None = None
    soreness_h: float | None = None
    readiness: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How much of a session was run, 0 to 1.

    Attributes:
        least: what is known to have been run
        most: the same, if all was run while the sensor was silent
    """

    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A session of the programme that was run, or at least begun.

    Attributes:
        item: which one
        day: when
        session: id
        row: its numbers; None where its record is missing
        part: how much of it was run; None where that is not known
        said: by moment
    """

    item: int
    day: date
    session: str = ""
    row: SessionRow | None = None
    part: Part | None = None
    said: Mapping[Moment, Said] = field(default_factory=dict)

    def at(self, moment: Moment) -> Said:
        """What was said at a moment; nothing, where nothing was."""
        return self.said.get(moment, Said())

    @property
    def counts(self) -> bool:
        """Whether it counts as done: unless less than a third of it can have been run."""
        return self.part is None or self.part.most >= LEAST_PART

    @property
    def pain(self) -> Said:
        """The worst pain while running and after."""
        keyed = Said(pain=None if self.row is None else self.row.highest_pain)
        return _worst_pain([self.at(Moment.DURING), self.at(Moment.AFTER), keyed])


def done_of(
    programme: Programme, runs: Sequence[SessionRun], rows: Sequence[SessionRow], entries: Sequence[Entry]
) -> tuple[tuple[Done, ...], tuple[tuple[date, Said], ...]]:
    """The sessions run, and by day what was said before a run that then did not take place.

    Args:
        programme: in force
        runs: by the log, oldest first; those of no session of the programme are left out
        rows: numbers of the runs
        entries: of the log, oldest first, among them the check-ins
    """
    by_id = {row.id: row for row in rows}
    last = len(programme.sessions) - 1
    own = [(run, min(run.item, last)) for run in runs if run.item is not None]
    said: list[dict[Moment, Said]] = [{} for _ in own]
    days, places = [run.day for run, _ in own], {run.session: index for index, (run, _) in enumerate(own)}
    pending: list[tuple[date, Said]] = []
    for entry in entries:
        if not isinstance(entry, CheckIn):
            continue
        index = _index_for(entry, days, places)
        one = Said(
            pain=entry.pain,
            site=None if entry.pain is None else entry.site,
            soreness=entry.soreness,
            soreness_h=entry.soreness_h,
            readiness=entry.readiness,
        )
        if index is not None:
            before = said[index].get(entry.moment)
            said[index][entry.moment] = one if before is None else _worst(before, one)
        elif entry.moment is Moment.BEFORE and (not own or entry.day >= own[-1][0].day):
            pending.append((entry.day, one))
    done = (
        Done(
            item=item,
            day=run.day,
            session=run.session,
            row=(row := by_id.get(run.session)),
            part=None if row is None else part_run(row, programme.sessions[item]),
            said=told,
        )
        for (run, item), told in zip(own, said, strict=True)
    )
    return tuple(done), tuple(pending)


def part_run(row: SessionRow, session: Session) -> Part | None:
    """How much of a session a run of it came to; by the time that passed where no sensor knew. None: not known."""
    if row.coverage_ratio and session.run_s and not row.is_tapped:  # who taps now and then runs in between, too
        silent_s = row.duration_s * (1 - row.coverage_ratio)
        return Part(
            least=min(1.0, row.running_s / session.run_s), most=min(1.0, (row.running_s + silent_s) / session.run_s)
        )
    planned_s = session.plan.duration_s or session.run_s
    if not planned_s:
        return None
    part = min(1.0, row.duration_s / planned_s)
    return Part(least=part, most=part)


def _index_for(entry: CheckIn, days: Sequence[date], places: Mapping[str, int]) -> int | None:
    """The session a check-in speaks of: the one it names, else by its day.

    A session that does not count is none of them: what was said there holds for its day.

    Args:
        entry: the check-in
        days: of the sessions, oldest first
        places: the last session of each id
    """
    if entry.session and entry.session in places:
        return places[entry.session]
    if entry.moment is Moment.MORNING:
        index = bisect_left(days, entry.day) - 1
        return index if index >= 0 and (entry.day - days[index]).days <= MORNING_REACHES_DAYS else None
    index = bisect_right(days, entry.day) - 1
    return index if index >= 0 and days[index] == entry.day else None


def _worst(one: Said, other: Said) -> Said:
    soreness = [said.soreness for said in (one, other) if said.soreness is not None]
    stayed_h = [said.soreness_h for said in (one, other) if said.soreness_h is not None]
    readiness = [said.readiness for said in (one, other) if said.readiness is not None]
    return replace(
        _worst_pain([one, other]),
        soreness=max(soreness, default=None),
        soreness_h=max(stayed_h, default=None),
        readiness=min(readiness, default=None),
    )


def _worst_pain(said: Sequence[Said]) -> Said:
    known = [(one.pain, one.site is not None, one) for one in said if one.pain is not None]
    if not known:
        return Said()
    worst = max(known, key=lambda one: one[:2])[2]
    return Said(pain=worst.pain, site=worst.site)

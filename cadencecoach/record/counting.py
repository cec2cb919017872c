"""Which entries of a log count: none that was withdrawn or corrected, and of two corrections of one entry the safer.

It does not matter in which order the entries stand, so that two machines that merged the same logs agree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, PracticeBegun, SessionRun, Withdrawn
from cadencecoach.record.entry_lines import entry_id, id_by_content
from cadencecoach.record.row import SessionRow

_Name = tuple[type[Entry], str]  # an entry takes the place of its own kind only: no tick hides a sign to stop


def entries_that_count(every: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a log without those withdrawn or corrected, and without the withdrawals."""
    entries = _without_doubles(tuple(every))
    alive = _alive(entries)
    beaten = {id(loser) for loser, _ in _contests(entries, alive)}
    return tuple(entry for entry in alive if id(entry) not in beaten)


def find_contested(every: Iterable[Entry]) -> tuple[tuple[Entry, Entry], ...]:
    """Corrections that do not count because another correction of the same entry is safer; each with that one."""
    entries = _without_doubles(tuple(every))
    return tuple(_contests(entries, _alive(entries)))


def contest_notes(every: Iterable[Entry]) -> tuple[str, ...]:
    """What a person should know of corrections that compete."""
    return tuple(
        f"entry {entry_id(loser)} of {loser.day} does not count: {entry_id(winner)} corrects the same entry and is the "
        "safer of the two; both are kept"
        for loser, winner in find_contested(every)
    )


def sessions_disregarded(every: Iterable[Entry]) -> dict[str, str]:
    """The ids of sessions that were run and do not count any more, each with the reason."""
    entries = tuple(every)
    reasons = {entry.entry: entry.because for entry in entries if isinstance(entry, Withdrawn)}
    if not reasons:
        return {}
    runs = [(run, _names_of(run) & reasons.keys()) for run in entries if isinstance(run, SessionRun)]
    counting = {run.session for run, names in runs if not names}
    return {run.session: reasons[min(names)] for run, names in runs if run.session not in counting}


def sessions_run(every: Iterable[Entry]) -> frozenset[str]:
    """The ids of sessions that a log says were run."""
    return frozenset(entry.session for entry in every if isinstance(entry, SessionRun))


def runs_that_count(rows: Iterable[SessionRow], every: Iterable[Entry]) -> tuple[SessionRow, ...]:
    """The sessions that say something of the athlete: none that is disregarded, nor a rehearsal, but what the log ran.

    Args:
        rows: of the athlete
        every: entry of the log, also those that were taken back
    """
    entries = tuple(every)
    gone, ran = sessions_disregarded(entries), sessions_run(entries)
    return tuple(row for row in rows if row.id not in gone and (row.was_coached or row.id in ran))


def _without_doubles(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Each entry once that two machines wrote down alike, as when both found a run whose end was missing.

    Two alike of one machine are two entries: an exercise may be done twice.
    """
    first: dict[tuple[type[Entry], str], str] = {}  # who wrote first at a moment; most moments know one machine only
    at_once = {key for one in entries if first.setdefault(key := (type(one), one.at), one.device) != one.device}
    if not at_once:
        return entries
    wrote: dict[tuple[type[Entry], str, str], str] = {}
    return tuple(
        one
        for one in entries
        if (type(one), one.at) not in at_once
        or wrote.setdefault((type(one), one.at, entry_id(one)), one.device) == one.device
    )


def _alive(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that nothing takes back or takes the place of."""
    gone = {entry.entry for entry in entries if isinstance(entry, Withdrawn)}
    replaced = _names_superseded(entries)
    if not gone and not replaced:
        return tuple(entries)
    by_content = gone - {entry.id for entry in entries}  # named by a program that stored no ids
    return tuple(
        entry
        for entry in entries
        if isinstance(entry, PracticeBegun)  # who is made up stays so, whatever a line of the file says
        or (
            not isinstance(entry, Withdrawn)
            and entry_id(entry) not in gone
            and not (by_content and id_by_content(entry) in by_content)
            and (type(entry), entry_id(entry)) not in replaced
        )
    )


def _names_superseded(entries: Sequence[Entry]) -> frozenset[_Name]:
    """The names of what was corrected; an entry does not take the place of itself."""
    found = ((entry, name) for entry in entries for name in entry.supersedes)
    return frozenset((type(entry), name) for entry, name in found if name != entry_id(entry))


def _names_of(entry: Entry) -> set[str]:
    """The ids that a withdrawal may name an entry by: its own, and the one that follows from its content."""
    return {entry_id(entry), id_by_content(entry)}


def _contests(entries: Sequence[Entry], alive: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Entries that another correction of the same entry beats, each with that one."""
    parents = _parents(entries)
    rivals: dict[_Name, list[Entry]] = {}
    for entry in alive:
        for name in _ancestors(entry, parents):
            rivals.setdefault(name, []).append(entry)
    told: set[int] = set()
    for group in rivals.values():
        for one in group:
            winner = next((other for other in group if other is not one and _beats(other, one)), None)
            if winner is not None and id(one) not in told:
                told.add(id(one))
                yield one, winner


def _parents(entries: Sequence[Entry]) -> Mapping[_Name, tuple[str, ...]]:
    return {(type(entry), entry_id(entry)): entry.supersedes for entry in entries if entry.supersedes}


def _ancestors(entry: Entry, parents: Mapping[_Name, tuple[str, ...]]) -> set[_Name]:
    """The names of all that an entry takes the place of, directly or through others."""
    found: set[_Name] = set()
    left = list(entry.supersedes)
    while left:
        name = (type(entry), left.pop())
        if name not in found:
            found.add(name)
            left += parents.get(name, ())
    return found


def _beats(one: Entry, other: Entry) -> bool:
    """Whether the first of two corrections counts and the second does not.

    A check-in counts beside another that has any worse answer: the rules take the worst of both.
    """
    if isinstance(one, CheckIn) and isinstance(other, CheckIn):
        alike, reverse = _is_as_bad(one, other), _is_as_bad(other, one)
        return alike and (not reverse or _is_later(one, other))
    if isinstance(one, BaselineTaken) and isinstance(other, BaselineTaken) and one.cadence_spm != other.cadence_spm:
        return one.cadence_spm < other.cadence_spm  # targets count from it
    return _is_later(one, other)


def _is_as_bad(one: CheckIn, other: CheckIn) -> bool:
    """Whether no answer of the second is worse than the same answer of the first."""
    rising = (
        (one.pain, other.pain),
        (one.soreness, other.soreness),
        (one.soreness_h, other.soreness_h),
        (one.effort, other.effort),
    )
    falling = ((one.readiness, other.readiness), (one.mood, other.mood))
    return (
        (one.moment, one.day, one.session) == (other.moment, other.day, other.session)
        and one.flags >= other.flags
        and all(theirs is None or (mine is not None and mine >= theirs) for mine, theirs in rising)
        and all(theirs is None or (mine is not None and mine <= theirs) for mine, theirs in falling)
    )


def _is_later(one: Entry, other: Entry) -> bool:
    return (one.at, entry_id(one), one.device) > (other.at, entry_id(other), other.device)

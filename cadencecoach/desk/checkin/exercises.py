"""Exercises ticked off: by the name they have in the programme."""

import difflib
from collections.abc import Iterable, Sequence
from datetime import date

from cadencecoach.desk.checkin.meaning import is_on_programme
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import ItemDone
from cadencecoach.store.protocol import Store


def items_done(
    store: Store, athlete: str, names: Sequence[str], *, part: float, at: str, day: date
) -> tuple[ItemDone, ...]:
    """Entries for exercises that were done.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        names: as the runner calls them; capitals do not matter
        part: of the sets asked for, 0 to 1
        at: wall time, a label
        day: today
    Raises:
        UsageError: the programme has no such exercise; the message lists those it has
    """
    known = _programme_exercises(store, athlete) if names else ()
    return tuple(ItemDone(at=at, day=day, item=_find_name(name, known), part=part) for name in names)


def _programme_exercises(store: Store, athlete: str) -> tuple[str, ...]:
    if not is_on_programme(store.log_of(athlete).entries):
        return ()
    from cadencecoach.store.athlete_programme import under_way  # noqa: PLC0415  # reads the plans

    programme = under_way(store, athlete).programme
    each = [*programme.lead_exercises, *(one for session in programme.sessions for one in session.exercises)]
    return tuple(dict.fromkeys(exercise.name for exercise in each))


def _find_name(name: str, known: Iterable[str]) -> str:
    """The name as the programme writes it; any name where there is no programme."""
    by_fold = {one.casefold(): one for one in known}
    if not by_fold and name.strip():
        return name.strip()
    found = by_fold.get(name.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(name.strip().casefold(), by_fold, n=1)
        hint = f"did you mean {by_fold[near[0]]!r}?" if near else f"there is {', '.join(by_fold.values()) or 'none'}"
        raise UsageError(f"--done {name!a}: not an exercise of the programme; {hint}")
    return found

"""What waits on this computer handed over to the database: once, however often it is tried."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from cadencecoach.errors import CadencecoachError, ForbiddenError, JournalError
from cadencecoach.record.profile import Profile
from cadencecoach.store.forgotten_names import hash_of_name
from cadencecoach.store.profile_file import profile_in
from cadencecoach.store.sql_store import SqlStore
from cadencecoach.store.waiting_queue import Queue, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping


class HandOver:
    """From the queue of this computer to the tables.

    Attributes:
        refused: why what waits could not be handed over, by its file

    Args:
        queue: of this computer
        shared: the tables
    """

    def __init__(self, queue: Queue, shared: SqlStore) -> None:
        """Nothing is asked of the database yet."""
        self._queue, self._shared = queue, shared
        self.refused: dict[str, CadencecoachError] = {}

    def give(self, given: set[str] | None = None) -> None:
        """Everything that waits, the oldest first. What this person may not write any more goes on waiting.

        So does what a log in the database that is broken cannot take; nothing else waits for it.

        Args:
            given: names of files that were given in a transaction that is open, which go when it has ended; those
                given now are put to them. None where each is written, and goes, by itself
        Raises:
            UnreachableError: the database does not answer
        """
        for item in self._queue.waiting():
            if given is not None and item.name in given:
                continue
            try:
                is_given = self._give(item)
            except (ForbiddenError, JournalError) as error:
                self.refused[item.name] = error
                continue
            self.refused.pop(item.name, None)
            if not is_given:
                continue
            if given is None:
                self._queue.drop(item.name)
            else:
                given.add(item.name)

    def drop(self, athlete: str) -> None:
        """Delete what waits of somebody who was forgotten."""
        for item in self._queue.waiting():
            if item.athlete == athlete:
                self._queue.drop(item.name)

    def _give(self, item: Waiting) -> bool:
        """Hand over one thing; False where it goes on waiting. What is of somebody who was forgotten goes."""
        with self._shared.database.write(), self._shared.database.retreat():  # what is refused ends no transaction
            forgotten_at = self._shared.forgotten_names().get(hash_of_name(item.athlete), "")
            is_kept = self._shared.is_kept(item.athlete)
            if forgotten_at > item.at or (forgotten_at and not is_kept):
                return True
            if not is_kept:
                return False
            if item.lines:
                self._shared.add_lines(item.athlete, item.lines)
            if item.profile:
                mine, before = (profile_in(raw, item.name) for raw in (item.profile, item.profile_before))
                there = self._shared.read_profile(item.athlete)
                joined = joined_profile(mine, before, there)
                if joined != there:
                    self._shared.write_profile(joined)
        return True


def joined_profile(mine: Profile, before: Profile, there: Profile) -> Profile:
    """What was changed here, put into what is there by then; of what both changed, names are joined and mine holds."""
    names = (one.name for one in fields(Profile) if one.name != "athlete")
    values: Mapping[str, Any] = {
        name: _join(getattr(mine, name), getattr(before, name), getattr(there, name)) for name in names
    }
    return replace(there, **values)


def _join(mine: object, before: object, there: object) -> object:
    if mine == before:
        return there
    if there != before and isinstance(mine, tuple) and isinstance(there, tuple):
        return tuple(dict.fromkeys((*there, *mine)))
    return mine

"""An athlete held while something of theirs lasts: a run from its first question on, or a check-in that is being asked.

Who is held is not forgotten meanwhile. Should the folder go all the same (deleted by hand, or on a disk that knows no
locks), what was run is not written to another athlete of the same name.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.devices.lock import is_marked, marked
from cadencecoach.errors import UsageError
from cadencecoach.store.athlete_folder import athlete_folder, lock_athletes
from cadencecoach.store.roster import check_kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold on an athlete.

    Attributes:
        athlete: pseudonym
        mark: file in the athlete's folder, with a name that no other folder has
    """

    athlete: str
    mark: Path

    @property
    def is_lost(self) -> bool:
        """Whether the athlete was deleted meanwhile, and perhaps made anew."""
        return not self.mark.exists()


@contextlib.contextmanager
def hold_athlete(athlete: str) -> Iterator[Hold]:
    """Hold an athlete.

    Raises:
        UsageError: there is none of this name any more, or the folder cannot be written
    """
    folder = athlete_folder(athlete)
    with contextlib.ExitStack() as stack:
        with lock_athletes():
            check_kept(athlete)
            try:
                mark = stack.enter_context(marked(folder))
            except OSError as error:
                raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from error
        yield Hold(athlete=athlete, mark=mark)


def check_not_held(athlete: str) -> None:
    """Make sure that nobody holds an athlete; asked under the lock.

    Raises:
        UsageError: somebody does
    """
    if is_marked(athlete_folder(athlete)):
        raise UsageError(f"{athlete} has a run or a check-in in progress; finish that first")

"""Everything of one athlete deleted, really: the folder, the journals, their rows, the sensors, what was spoken.

What was deleted is found by looking, not by remembering: every journal in the sessions' folder is opened to see whose
it is, so that one of a program that was killed goes too.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.devices.lock import is_held, is_marked
from cadencecoach.devices.user_folders import cache_folder
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.store.athlete_folder import athlete_folder, athletes_folder, lock_athletes
from cadencecoach.store.athlete_journals import journals_of
from cadencecoach.store.finding import sessions_folder
from cadencecoach.store.holding import check_not_held
from cadencecoach.store.indexing import Sessions, index_path
from cadencecoach.store.profile_file import read_profile
from cadencecoach.store.roster import athlete_names
from cadencecoach.store.sensor_book import Remembered, change_book, open_book

STAGING = ".import-"  # begins the name of a folder that an import is unpacked in


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What there is of one athlete on this machine.

    Attributes:
        athlete: pseudonym
        folder: with profile, log and programme; None where there is none
        files: in the folder
        journals: of sessions
        sensors: remembered ones that only this athlete used
        spoken: clips in the cache: whose words they are nobody can tell any more, so all of them
        leftovers: folders of imports that were killed
    """

    athlete: str
    folder: Path | None
    files: tuple[Path, ...]
    journals: tuple[Path, ...]
    sensors: tuple[Remembered, ...]
    spoken: tuple[Path, ...]
    leftovers: tuple[Path, ...] = ()

    @property
    def is_nobody(self) -> bool:
        """Nothing is known of such an athlete."""
        return self.folder is None and not self.journals


def traces_of(athlete: str) -> Traces:
    """Look for everything of one athlete.

    Raises:
        UsageError: the name is none, or a session of this athlete is running, or a check-in is being asked
    """
    folder = athlete_folder(athlete)
    is_there = folder.is_dir() or folder.is_symlink()
    journals = tuple(journals_of(athlete))
    running = [path.stem for path in journals if is_held(path)]
    if running:
        raise UsageError(f"session {running[0]} of {athlete} is running; end it first")
    check_not_held(athlete)
    speech = cache_folder() / "speech"
    return Traces(
        athlete=athlete,
        folder=folder if is_there else None,
        files=tuple(sorted(path for path in folder.rglob("*") if path.is_file())) if is_there else (),
        journals=journals,
        sensors=_own_sensors(athlete),
        spoken=tuple(sorted(speech.iterdir())) if speech.is_dir() else (),
        leftovers=tuple(path for path in athletes_folder().glob(f"{STAGING}*") if not is_marked(path)),
    )


def forget(athlete: str) -> Traces:
    """Delete everything of one athlete as it is now, and return what that was.

    The folder goes last, so that one that was interrupted can be done again by name. Nobody writes meanwhile.

    Raises:
        UsageError: something cannot be deleted, and what is left stays findable; or a session has begun
    """
    with lock_athletes():
        traces = traces_of(athlete)
        _delete(traces)
    return traces


def _delete(traces: Traces) -> None:
    try:
        for path in (*traces.journals, *traces.spoken):
            path.unlink(missing_ok=True)
        if index_path(sessions_folder()).is_file():
            with Sessions() as sessions:
                sessions.rebuild()
        if traces.sensors:
            change_book(lambda book: book.without(_own_sensors(traces.athlete)))
        for folder in (*traces.leftovers, *filter(None, [traces.folder])):
            _remove(folder)
    except OSError as error:
        raise UsageError(f"{error.filename or ''} cannot be deleted: {error.strerror or error}; try again") from error


def _own_sensors(athlete: str) -> tuple[Remembered, ...]:
    """The remembered sensors that were heard in this athlete's sessions, and in no other's."""
    own = set(_sensors_of(athlete))
    others = {name for other in athlete_names() if other != athlete for name in _sensors_of(other)}
    return tuple(one for one in open_book().sensors if one.name in own - others)


def _sensors_of(athlete: str) -> tuple[str, ...]:
    try:
        return read_profile(athlete).sensors
    except CadencecoachError:  # a broken profile must not keep anybody from being forgotten
        return ()


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)

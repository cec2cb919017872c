"""Everything of one athlete deleted, really: the folder, the journals, their rows, the sensors, what was spoken.

What is deleted is found by looking, not by remembering: the store looks at every journal to see whose it is.
"""

from dataclasses import dataclass
from pathlib import Path

from cadencecoach.devices.reach.paired import paired_rows
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.store.protocol import Belongings, Store
from cadencecoach.store.sensor_book import Remembered, change_book, open_book


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What there is of one athlete on this machine.

    Attributes:
        athlete: pseudonym
        kept: in the store
        sensors: remembered ones that only this athlete used
        spoken: clips in the cache: whose words they are nobody can tell any more, so all of them
        n_devices: tablets and phones that the page has let in for this athlete
    """

    athlete: str
    kept: Belongings
    sensors: tuple[Remembered, ...]
    spoken: tuple[Path, ...]
    n_devices: int

    @property
    def is_nobody(self) -> bool:
        """Nothing is known of such an athlete."""
        return self.kept.place is None and not self.kept.journals


def traces_of(store: Store, athlete: str) -> Traces:
    """Look for everything of one athlete.

    Raises:
        UsageError: the name is none, or a session of this athlete is running, or a check-in is being asked
    """
    kept = store.belongings(athlete)
    speech = store.machine.speech_folder
    return Traces(
        athlete=athlete,
        kept=kept,
        sensors=_own_sensors(store, athlete),
        spoken=tuple(sorted(speech.iterdir())) if speech is not None and speech.is_dir() else (),
        n_devices=_n_devices(store.machine.paired_file, athlete),
    )


def forget(store: Store, athlete: str) -> Traces:
    """Delete everything of one athlete as it is now, and return what that was.

    The store's own goes last, so that one that was interrupted can be done again by name. Nobody writes meanwhile.

    Raises:
        UsageError: something cannot be deleted, and what is left stays findable; or a session has begun
    """
    with store.lock_athletes():
        traces = traces_of(store, athlete)
        try:
            for path in traces.spoken:
                path.unlink(missing_ok=True)
        except OSError as error:
            words = f"{error.filename or ''} cannot be deleted: {error.strerror or error}; try again"
            raise UsageError(words) from error
        if traces.sensors:
            change_book(store.machine.sensors_file, lambda book: book.without(_own_sensors(store, athlete)))
        store.forget(athlete)
    return traces


def _n_devices(path: Path | None, athlete: str) -> int:
    return 0 if path is None else sum(row.get("athlete") == athlete for row in paired_rows(path))


def _own_sensors(store: Store, athlete: str) -> tuple[Remembered, ...]:
    """The remembered sensors that were heard in this athlete's sessions, and in no other's."""
    own = set(_sensors_of(store, athlete))
    others = {name for other in store.athlete_names() if other != athlete for name in _sensors_of(store, other)}
    return tuple(one for one in open_book(store.machine.sensors_file).sensors if one.name in own - others)


def _sensors_of(store: Store, athlete: str) -> tuple[str, ...]:
    try:
        return store.read_profile(athlete).sensors
    except CadencecoachError:  # a broken profile must not keep anybody from being forgotten
        return ()

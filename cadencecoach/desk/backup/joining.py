"""Settings, sensors and sound devices that are both here and in a backup, joined: what is said here holds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cadencecoach.desk.backup.manifest import OF_SETTINGS
from cadencecoach.store.secrets import LEFT_OUT, without_secrets
from cadencecoach.store.sensor_book import SensorBook, change_book, open_book
from cadencecoach.store.settings import load_settings, setting_keys, value_of
from cadencecoach.store.settings_file import set_value
from cadencecoach.store.sound_book import SoundBook, change_sound_book, open_sound_book


def join_settings(here: Path, there: Path) -> Iterator[str]:
    """Add the settings that only the backup sets; the answer tells those that differ.

    Raises:
        UsageError: one of the two cannot be used
    """
    mine, theirs = load_settings(here), load_settings(there)
    set_here, set_there = mine.model_dump(exclude_unset=True), theirs.model_dump(exclude_unset=True)
    for key in setting_keys():
        table, _, name = key.partition(".")
        if name not in set_there.get(table, {}):
            continue
        value = value_of(theirs, key)
        if name not in set_here.get(table, {}):
            if LEFT_OUT not in str(value):
                set_value(here, key, value)
        elif value != value_of(mine, key):
            yield f"{key} stays {without_secrets(str(value_of(mine, key)))!a}; the backup has {value!a}"


def join_sensors(here: Path, there: Path) -> tuple[str, ...]:
    """Add the sensors that only the backup knows, behind those that are known here.

    Raises:
        UsageError: one of the two cannot be used
    """
    theirs = open_book(there).sensors

    def join(book: SensorBook) -> SensorBook:
        known = {(one.address, one.platform) for one in book.sensors}
        new = tuple(one for one in theirs if (one.address, one.platform) not in known)
        return replace(book, sensors=(*book.sensors, *new))

    change_book(here, join)
    return ()


def join_sounds(here: Path, there: Path) -> tuple[str, ...]:
    """Add the delays and volumes of sound devices that only the backup knows, and the device used last where none is.

    The buffer stays that of this computer.

    Raises:
        UsageError: one of the two cannot be used
    """
    theirs = open_sound_book(there)

    def join(book: SoundBook) -> SoundBook:
        return replace(
            book,
            device=book.device or theirs.device,
            delays_s={**theirs.delays_s, **book.delays_s},
            volumes_db={**theirs.volumes_db, **book.volumes_db},
        )

    change_sound_book(here, join)
    return ()


JOINS: dict[str, Callable[[Path, Path], Iterable[str]]] = {
    f"{OF_SETTINGS}settings.toml": join_settings,
    f"{OF_SETTINGS}sensors.json": join_sensors,
    f"{OF_SETTINGS}sound.json": join_sounds,
}

"""What is remembered about sound devices between sessions: the one chosen, and how late each is heard."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.devices.lock import hold_lock
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.devices.slip import LONGEST_LATENCY_S
from cadencecoach.errors import UsageError

SYSTEMS_OWN = "default"
MAX_BOOK_BYTES = 1_000_000  # a device takes 50
LARGEST_DB = 100.0  # far beyond any level; a number at all
MAX_DELAY_S = 10.0  # no ear is later


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundBook:
    """The memory.

    Attributes:
        device: part of the name of the device chosen last; None is the system's own
        latency_s: buffer for the next session where the last one slipped; 0 leaves it to the settings
        volumes_db: by device name, how loud beat and words were last, over the settings
        delays_s: by device name, from the moment the card says a sound is heard to the ear, as measured by taps
    """

    device: str | None = None
    latency_s: float = 0.0
    delays_s: dict[str, float] = field(default_factory=dict)
    volumes_db: dict[str, tuple[float, float]] = field(default_factory=dict)

    def with_delay(self, device: str, delay_s: float) -> "SoundBook":
        """The same, with a device's delay."""
        return replace(self, delays_s={**self.delays_s, device: delay_s})

    def with_volume(self, device: str, beat_db: float, words_db: float) -> "SoundBook":
        """The same, with how loud it was on a device."""
        return replace(self, volumes_db={**self.volumes_db, device: (beat_db, words_db)})


def chosen_device(asked: str, in_settings: str, book: SoundBook) -> str | None:
    """The device that is to play; None is the system's own.

    Args:
        asked: on the command line: a part of a name, or `default`, which leaves the choice to the memory
        in_settings: the same, of the settings file, where nothing is remembered
        book: the memory
    """
    if asked != SYSTEMS_OWN:
        return asked
    remembered = book.device if book.device is not None else in_settings
    return None if remembered == SYSTEMS_OWN else remembered


def open_sound_book(path: Path) -> SoundBook:
    """The memory; empty where nothing was remembered yet.

    Raises:
        UsageError: the file cannot be read, or is not ours
    """
    if not path.exists():
        return SoundBook()
    raw = file_bytes(path, what="list of sound devices", limit_bytes=MAX_BOOK_BYTES)
    refusal = UsageError(f"{clean_name(path)}: not a list of sound devices with their delays; delete it to start over")
    try:
        found = json.loads(raw)
        delays_s = {str(name): float(delay_s) for name, delay_s in found.get("delays_s", {}).items()}
        volumes_db = {str(name): _volume_db(*both) for name, both in found.get("volumes_db", {}).items()}
        device = found.get("device")
        latency_s = min(max(float(found.get("latency_s", 0.0)), 0.0), LONGEST_LATENCY_S)
    except (ValueError, AttributeError, TypeError, OverflowError, RecursionError):
        raise refusal from None
    if not all(-MAX_DELAY_S <= delay_s <= MAX_DELAY_S for delay_s in delays_s.values()):
        raise refusal
    device = device if isinstance(device, str) else None
    return SoundBook(device=device, latency_s=latency_s, delays_s=delays_s, volumes_db=volumes_db)


def _volume_db(beat_db: object, words_db: object) -> tuple[float, float]:
    """Two levels; a session brings them within what it allows."""
    both = float(beat_db), float(words_db)  # type: ignore[arg-type]  # TypeError is caught
    if not all(abs(level_db) <= LARGEST_DB for level_db in both):
        raise ValueError
    return both


def keep_sound_book(path: Path, book: SoundBook) -> None:
    """Write the memory, whole or not at all.

    Raises:
        UsageError: the folder cannot be written
    """
    try:
        text = json.dumps(
            {
                "device": book.device,
                "latency_s": book.latency_s,
                "delays_s": book.delays_s,
                "volumes_db": book.volumes_db,
            },
            ensure_ascii=False,
            indent=2,
        )
        write_private(path, f"{text}\n".encode())
    except OSError as error:
        raise UsageError(not_written(path, error)) from error


def change_sound_book(path: Path, change: Callable[[SoundBook], SoundBook]) -> None:
    """Change the memory as it stands now, whoever wrote it meanwhile.

    Raises:
        UsageError: the file cannot be read, is not ours, or cannot be written
    """
    with hold_lock(path.parent):
        keep_sound_book(path, change(open_sound_book(path)))

"""Remembered sensors: a small file in the user's own folder, newest first.

On another kind of system an address means nothing (macOS gives a number of its own to each sensor), so each entry says
where it was made.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.devices.lock import hold_lock
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.gait.sources import STEP_SOURCES
from cadencecoach.gait.unit import Unit
from cadencecoach.plan.syntax.findings import clip, visible

MAX_SHOWN_CHARS = 100  # of what the system says of a file that is no such list
MAX_BOOK_BYTES = 1_000_000  # a sensor takes 150
STEP_KINDS = tuple(one.kind for one in STEP_SOURCES)  # the better first


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One sensor.

    Attributes:
        name: as it called itself
        address: as this kind of system knows it
        platform: `linux`, `darwin`, `win32`
        kinds: what it is
        unit: `steps`, `strides` or `doubled`, once that is known; empty before
        is_unit_given: the user said what it counts; readings alone do not change that while they are possible
    """

    name: str
    address: str
    platform: str = sys.platform
    kinds: tuple[str, ...] = ()
    unit: str = ""
    is_unit_given: bool = False

    def is_called(self, text: str) -> bool:
        """Whether a person means this one: its address, or a part of its name."""
        return self.address.casefold() == text.casefold() or text.casefold() in self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorBook:
    """All of them, the one used last first; `path` says where they are kept, or why they are not.

    Attributes:
        chosen: what the user went by where no sensor was around, as `--feet` names it; empty for nothing yet
    """

    path: Path | NoHomeError
    sensors: tuple[Remembered, ...] = ()
    chosen: str = ""

    def here(self) -> tuple[Remembered, ...]:
        """Those that mean something on this kind of system."""
        return tuple(one for one in self.sensors if one.platform == sys.platform)

    def by_address(self, address: str) -> Remembered | None:
        """The entry of a sensor."""
        return next((one for one in self.here() if one.address == address), None)

    def find_known(self, address: str, name: str) -> Remembered | None:
        """The entry of a sensor: by its address, else by its name, where it has one."""
        by_name = (one for one in self.here() if one.name == name != address)
        return self.by_address(address) or next(by_name, None)

    def of_kinds(self, *kinds: str) -> tuple[Remembered, ...]:
        """Those of some kinds: of an earlier kind before those of a later one, the one used last first."""
        return tuple(dict.fromkeys(one for kind in kinds for one in self.here() if kind in one.kinds))

    def with_address(self, sensor: Remembered, address: str) -> "SensorBook":
        """The book with a sensor at another address than before; in its place, with all that is known of it."""
        others = tuple(one for one in self.sensors if one.address != address or one.platform != sensor.platform)
        moved = replace(sensor, address=address)
        return replace(self, sensors=tuple(moved if one == sensor else one for one in others))

    def with_sensor(self, sensor: Remembered) -> "SensorBook":
        """The book with a sensor in front; what was known of it and is not known now stays."""
        before = self.by_address(sensor.address)
        if before is not None:
            known = sensor if sensor.unit else before
            sensor = replace(
                sensor,
                unit=known.unit,
                is_unit_given=known.is_unit_given,
                kinds=sensor.kinds or before.kinds,
            )
        return replace(self, sensors=(sensor, *(one for one in self.sensors if one != before)))

    def with_chosen(self, feet_text: str) -> "SensorBook":
        """The book with what the user goes by where no sensor is around."""
        return replace(self, chosen=feet_text)

    def without(self, forgotten: Iterable[Remembered]) -> "SensorBook":
        """The book without some."""
        gone = tuple(forgotten)
        return replace(self, sensors=tuple(one for one in self.sensors if one not in gone))

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            UsageError: it cannot be written
        """
        path = _place(self.path)
        kept: dict[str, object] = {"sensors": [asdict(one) for one in self.sensors]}
        text = json.dumps(kept | ({"chosen": self.chosen} if self.chosen else {}), ensure_ascii=False, indent=2)
        try:
            write_private(path, f"{text}\n".encode())
        except OSError as error:
            raise UsageError(not_written(path, error)) from error


def open_book(path: Path | NoHomeError) -> SensorBook:
    """The remembered sensors in a file; none where there is no file yet, and no home for one.

    Raises:
        UsageError: the file is there and makes no sense
    """
    if isinstance(path, NoHomeError) or not path.exists():
        return SensorBook(path=path)
    raw = file_bytes(path, what="list of sensors", limit_bytes=MAX_BOOK_BYTES)
    try:
        kept = json.loads(raw)
        sensors = tuple(_entry(entry) for entry in kept["sensors"])
        return SensorBook(path=path, sensors=sensors, chosen=_read_chosen(kept))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        why = clip(visible(str(error)), MAX_SHOWN_CHARS)
        raise UsageError(
            f"{clean_name(path)}: not a list of sensors ({why}); fix it, or delete it to start over"
        ) from error


def change_book(path: Path | NoHomeError, change: Callable[[SensorBook], SensorBook]) -> SensorBook:
    """Change the remembered sensors in a file as they stand now, whoever wrote them meanwhile; the book after it.

    Raises:
        UsageError: the file makes no sense, cannot be written, or there is no home for it
    """
    path = _place(path)
    with hold_lock(path.parent):
        before = open_book(path)
        after = change(before)
        if after != before:
            after.save()
    return after


def keep_chosen(path: Path | NoHomeError, feet_text: str) -> tuple[str, ...]:
    """Keep what the user goes by where no sensor is around; what a person should know where it cannot be kept."""
    try:
        change_book(path, lambda book: book.with_chosen(feet_text))
    except UsageError as error:
        return (str(error),)
    return ()


def _place(path: Path | NoHomeError) -> Path:
    if isinstance(path, NoHomeError):
        raise path.again()
    return path


def _read_chosen(kept: dict[str, object]) -> str:
    chosen = kept.get("chosen", "")
    if not isinstance(chosen, str):
        raise TypeError("what was chosen is no text")
    return chosen


def _entry(entry: dict[str, object]) -> Remembered:
    words = {name: entry[name] for name in ("name", "address", "platform", "unit")}
    kinds = entry.get("kinds", [])
    if not all(isinstance(word, str) for word in words.values()) or not isinstance(kinds, list):
        raise TypeError("an entry is not of texts")
    if words["unit"] and str(words["unit"]).upper() not in Unit.__members__:
        raise ValueError(f"unit {words['unit']!r}")
    return Remembered(
        name=str(words["name"]),
        address=str(words["address"]),
        platform=str(words["platform"]),
        kinds=tuple(str(kind) for kind in kinds),
        unit=str(words["unit"]),
        is_unit_given=entry.get("is_unit_given") is True,
    )

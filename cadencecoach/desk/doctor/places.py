"""`doctor`, the part about files: where everything is kept, and whether it can be written."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.user_folders import NoHomeError, cache_folder, data_folder, settings_folder
from cadencecoach.store.settings import settings_file

PLACES: tuple[tuple[str, Callable[[], Path]], ...] = (
    ("sessions and athletes", data_folder),
    ("settings file", settings_file),
    ("remembered devices", settings_folder),
    ("spoken sentences", cache_folder),
)


def places() -> Iterator[Finding]:
    """Where things are kept; one that cannot be written, or has no home, needs attention."""
    for about, ask in PLACES:
        try:
            path = ask()
        except NoHomeError as error:
            what, _, todo = str(error).partition("; ")
            yield Finding(about=about, is_well=False, text=what, todo=todo)
            continue
        there = "" if path.exists() else " (not there yet)"
        if _can_write(path):
            yield Finding(about=about, is_well=True, text=f"{clean_name(path)}{there}")
        else:
            todo = "check its permissions: nothing can be kept there"
            yield Finding(about=about, is_well=False, text=f"{clean_name(path)} cannot be written", todo=todo)


def _can_write(path: Path) -> bool:
    """Whether it can be written, or made in the nearest folder that is there."""
    there = next((place for place in (path, *path.parents) if place.exists()), None)
    return there is not None and (there == path or there.is_dir()) and os.access(there, os.W_OK)

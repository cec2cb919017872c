"""`doctor`, the part about files: where everything is kept, and whether it can be written."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.input_file import clean_name
from cadencecoach.errors import NoHomeError

Places = Mapping[str, Path | NoHomeError | str]  # what is kept, and where; or why it is not


def places(folders: Places) -> Iterator[Finding]:
    """Where things are kept; one that cannot be written, or has no home, needs attention."""
    for about, path in folders.items():
        if isinstance(path, NoHomeError):
            what, _, todo = str(path).partition("; ")
            yield Finding(about=about, is_well=False, text=what, todo=todo)
            continue
        if isinstance(path, str):  # of a database, which `store check` looks at
            yield Finding(about=about, is_well=True, text=path)
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

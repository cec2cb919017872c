"""`doctor`, the part about files: where everything is kept, and whether it can be written."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.input_file import clean_name
from cadencecoach.errors import NoHomeError
from cadencecoach.plan.doctor_texts import DoctorTexts
from cadencecoach.plan.forms import fill

Places = Mapping[str, Path | NoHomeError | str]  # what is kept, and where; or why it is not


def places(folders: Places, texts: DoctorTexts) -> Iterator[Finding]:
    """Where things are kept; one that cannot be written, or has no home, needs attention."""
    for name, path in folders.items():
        about = _names(texts)[name]
        if isinstance(path, NoHomeError):
            todo = fill(texts.no_home_todo, variable=path.variable)
            yield Finding(about=about, is_well=False, text=texts.no_home, todo=todo)
            continue
        if isinstance(path, str):  # of a database, which `store check` looks at
            yield Finding(about=about, is_well=True, text=path)
            continue
        shown = clean_name(path)
        if _can_write(path):
            text = shown if path.exists() else fill(texts.not_there_yet, path=shown)
            yield Finding(about=about, is_well=True, text=text)
        else:
            text = fill(texts.not_writable, path=shown)
            yield Finding(about=about, is_well=False, text=text, todo=texts.not_writable_todo)


def _names(texts: DoctorTexts) -> Mapping[str, str]:
    """What is kept, by its name in a store."""
    return {
        "sessions and athletes": texts.sessions_and_athletes,
        "settings file": texts.settings_file,
        "remembered devices": texts.remembered_devices,
        "spoken sentences": texts.spoken_sentences,
        "beats of songs": texts.beats_of_songs,
        "copy of the database": texts.copy_of_database,
    }


def _can_write(path: Path) -> bool:
    """Whether it can be written, or made in the nearest folder that is there."""
    there = next((place for place in (path, *path.parents) if place.exists()), None)
    return there is not None and (there == path or there.is_dir()) and os.access(there, os.W_OK)

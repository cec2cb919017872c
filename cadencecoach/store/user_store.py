"""The store and the machine of whoever runs the program: the one module that asks where the user's folders are."""

from collections.abc import Callable
from pathlib import Path

from cadencecoach.devices.reach.paired import NAME as PAIRED_NAME
from cadencecoach.devices.user_folders import data_folder, runtime_folder, settings_folder, speech_folder
from cadencecoach.errors import NoHomeError
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import Machine


def user_store() -> FileStore:
    """The store of whoever runs the program; where there is no home, nothing can be kept in it."""
    machine = Machine(
        settings=_find(settings_folder),
        speech=_find(speech_folder),
        plans=_find(lambda: data_folder() / "plans"),
        work=_find(lambda: speech_folder().with_name("work")),
        paired_file=runtime_folder() / PAIRED_NAME,
        songs=_find(lambda: speech_folder().with_name("songs")),
    )
    return FileStore(_find(data_folder), machine)


def user_machine() -> Machine:
    """What this computer keeps for whoever runs the program, beside the athletes."""
    return user_store().machine


def _find(ask: Callable[[], Path]) -> Path | NoHomeError:
    try:
        return ask()
    except NoHomeError as error:
        return error

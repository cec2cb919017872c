"""The store and the machine of whoever runs the program: the one module that asks where the user's folders are."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from cadencecoach.devices.reach.paired import NAME as PAIRED_NAME
from cadencecoach.devices.user_folders import data_folder, runtime_folder, settings_folder, speech_folder
from cadencecoach.errors import NoHomeError
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import STORE_VARIABLE, Machine
from cadencecoach.store.protocol import Behind, UserStore

_opened: list[UserStore] = []  # of databases: whoever ends the program says whether the last answered, and closes all
_NAMED = b"[store"  # in a settings file that says something of the store: nearly none does, and to read them takes time


def user_store(*, for_research: bool = False) -> UserStore:
    """The store of whoever runs the program; where there is no home, nothing can be kept in it.

    Args:
        for_research: only tables without what names anybody are made of it
    Raises:
        UsageError: the settings name a store that cannot be used, or a researcher asks for more
    """
    files = user_files()
    if not _is_store_named(files.machine):
        return files
    from cadencecoach.store.settings import find_settings  # noqa: PLC0415  # only where there may be a database

    named = find_settings(files.machine, None).store
    if not named.url:
        return files
    from cadencecoach.store.opening import open_store  # noqa: PLC0415  # as above

    store = open_store(
        named.url, files, password_file=named.password_file, person=named.person, for_research=for_research
    )
    _opened.append(store)
    return store


def behind_of_opened() -> Behind | None:
    """Why what was shown may lack what others have written; None where no database was opened, or it answers."""
    return _opened[-1].behind() if _opened else None


def close_opened() -> None:
    """Let go of every connection to a database: the server is told, and does not have to find out."""
    while _opened:
        tables = _opened.pop().tables()
        if tables is not None:
            tables.close()


def user_files() -> FileStore:
    """The store of files on this computer, whatever the settings name."""
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
    return user_files().machine


def _is_store_named(machine: Machine, environ: Mapping[str, str] = os.environ) -> bool:
    if environ.get(STORE_VARIABLE):
        return True
    try:
        return _NAMED in machine.settings_file.read_bytes().replace(b" ", b"")
    except (OSError, NoHomeError):
        return False


def _find(ask: Callable[[], Path]) -> Path | NoHomeError:
    try:
        return ask()
    except NoHomeError as error:
        return error

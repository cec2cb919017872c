"""One store copied into another, both as a person names them."""

from cadencecoach.errors import UsageError
from cadencecoach.store.copying import Copied, copy_store
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.opening import open_any
from cadencecoach.store.protocol import UserStore
from cadencecoach.store.settings import find_settings


def copy_named(files: FileStore, source: str, target: str, *, password_file: str = "", person: str = "") -> Copied:
    """Copy everything.

    Args:
        files: of this computer
        source: `files`, a folder, or an address of a database
        target: likewise
        password_file: a private file; empty for the one of the settings, else for what libpq finds
        person: who one is to the database; empty for whoever the settings name
    Raises:
        UsageError: the two are one, one of them is not there, or does not answer
    """
    if source == target:
        raise UsageError(f"{source} cannot be copied into itself")
    named = find_settings(files.machine, None).store
    password_file, person = password_file or named.password_file, person or named.person
    one = open_any(source, files, password_file=password_file, person=person)
    if isinstance(one, FileStore) and not one.folder.is_dir():
        raise UsageError(f"{source}: there is no such folder, so there is nothing to copy")
    other = open_any(target, files, password_file=password_file, person=person)
    try:
        for store in (one, other):
            check_answers(store)
        return copy_store(one, other)
    finally:
        for store in (one, other):
            if (tables := store.tables()) is not None:
                tables.close()


def check_answers(store: UserStore) -> None:
    """Refuse a database that does not answer.

    Raises:
        UsageError: says why it does not
    """
    behind = store.behind()
    if behind is not None:
        raise UsageError(f"{behind.why}; nothing was done")

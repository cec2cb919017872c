"""The store at an address: files, one file of tables, or the database of a clinic."""

from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import user_path
from cadencecoach.errors import UnreachableError, UsageError
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import UserStore

if TYPE_CHECKING:
    from cadencecoach.store.sql_database import Database

MISSING = "a store of tables needs more libraries; in the folder of the program: uv tool install '.[clinic]'"


def open_store(
    url: str, files: FileStore, *, password_file: str = "", person: str = "", for_research: bool = False
) -> UserStore:
    """The store at an address, with what this computer keeps beside it.

    Args:
        url: of a database
        files: the files on this computer: its machine, and a place for journals that are being written
        password_file: a private file; empty for what libpq finds
        person: who is served
        for_research: only tables without what names anybody are made of it
    Raises:
        UsageError: it is no address that we use, the libraries are not here, or a researcher asks for more
    """
    try:
        from cadencecoach.store.clinic_store import ClinicStore  # noqa: PLC0415  # only who has a database needs it
        from cadencecoach.store.spooling import SpoolingStore  # noqa: PLC0415
        from cadencecoach.store.sql_address import address_in  # noqa: PLC0415
        from cadencecoach.store.sql_database import Database  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(MISSING) from error
    database = Database(address_in(url, password_file), person)
    local = FileStore(local_folder(files, database), files.machine)
    shared = SpoolingStore(database, local)
    if not database.is_postgresql:
        return shared
    if _is_researcher(database):
        if not for_research:
            command = command_line("cohort build FOLDER --for research")
            raise UsageError(f"a researcher makes research tables and nothing else: {command}")
        return shared  # nothing of it is kept on this computer
    return ClinicStore(shared, local)


def _is_researcher(database: "Database") -> bool:
    """Whether a researcher is served; while the database does not answer, nothing of it was ever copied for one."""
    from cadencecoach.store.people import RESEARCHER, People  # noqa: PLC0415

    try:
        return People(database).role() == RESEARCHER
    except UnreachableError:
        return False


def local_folder(files: FileStore, database: "Database") -> Path:
    """Where journals that are being written, what waits and the copy of a database are kept on this computer.

    One place for each address and person: what is of another database is never handed over to this one.
    """
    from cadencecoach.store.clinic_store import folder_name  # noqa: PLC0415  # as above

    return files.folder / "clinic" / folder_name(database)


def open_any(text: str, files: FileStore, *, password_file: str = "", person: str = "") -> UserStore:
    """A store that a person named: `files` for the files of this computer, a folder, or an address of a database.

    Raises:
        UsageError: as in `open_store`
    """
    if text == "files":
        return files
    if "://" in text:
        return open_store(text, files, password_file=password_file, person=person)
    return FileStore(user_path(text).absolute(), files.machine)

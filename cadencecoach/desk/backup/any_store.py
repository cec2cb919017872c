"""Backup and restore of any store: what is in tables goes through files, so that there is one kind of backup."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cadencecoach.desk.backup.packing import BackedUp, back_up
from cadencecoach.desk.backup.restoring import Differences, Restored, Unpacked, look_at, open_backup, restore
from cadencecoach.desk.travel.taking import How
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.store.copying import copy_store
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import UserStore


def back_up_store(store: UserStore, path: Path, *, made: str, may_replace: bool = False) -> BackedUp:
    """Write everything that is kept into a file: see `back_up`.

    Raises:
        UsageError: as there; or the database does not answer, so that not all of it could be packed
    """
    if isinstance(store, FileStore):
        return back_up(store, path, made=made, may_replace=may_replace)
    _check_answers(store)
    with store.staging_folder() as folder:
        files = _as_files(store, folder)
        return back_up(files, path, made=made, may_replace=may_replace)


@contextlib.contextmanager
def open_backup_for(store: UserStore, path: Path) -> Iterator["Restoring"]:
    """A backup, unpacked and compared with a store, for as long as it is looked at. Raises: as `open_backup`."""
    with contextlib.ExitStack() as stack:
        if isinstance(store, FileStore):
            unpacked = stack.enter_context(open_backup(store, path))
        else:
            _check_answers(store)
            stack.enter_context(store.lock_athletes())  # nobody writes between the copy out and the copy in
            folder = stack.enter_context(store.staging_folder())
            unpacked = stack.enter_context(open_backup(_as_files(store, folder), path))
        yield Restoring(store, unpacked)


class Restoring:
    """A backup that may be put back into a store.

    Attributes:
        unpacked: the backup
        found: what differs
    """

    def __init__(self, store: UserStore, unpacked: Unpacked) -> None:
        """Compare; nothing is written."""
        self._store, self.unpacked = store, unpacked
        self.found: Differences = look_at(unpacked)

    def put_back(self, how: How) -> Restored:
        """Put it back: all of it or nothing where it goes into tables. Raises: as `restore`."""
        done = restore(self.unpacked, self.found, how)
        if self.unpacked.store is not self._store:
            copy_store(self.unpacked.store, self._store, replaces=True)
        return done


def _check_answers(store: UserStore) -> None:
    behind = store.behind()
    if behind is not None:
        raise UsageError(f"{behind.why}; nothing was done")


def _as_files(store: UserStore, folder: Path) -> FileStore:
    """The store as files in a folder, with the machine's plans beside them."""
    files = FileStore(folder / "files", store.machine)
    copy_store(store, files)
    plans = store.machine.plans
    if not isinstance(plans, NoHomeError) and plans.is_dir():
        with contextlib.suppress(OSError):
            (files.folder / "plans").symlink_to(plans)
    return files

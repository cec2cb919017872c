"""The store as files: a folder for each athlete, beside the folder of journals."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.devices.lock import hold_lock, is_held, is_marked, set_mark
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.devices.reach.paired import unpair
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import sign_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store import attached_files
from cadencecoach.store.athlete_names import NAME, check_name, forgotten_error
from cadencecoach.store.author_and_device import author_named, device_name
from cadencecoach.store.finding import ENDING
from cadencecoach.store.forgotten_names import (
    FORGOTTEN_FILE,
    forgotten_names_bytes,
    forgotten_names_in,
    hash_of_name,
    joined_forgotten_names,
)
from cadencecoach.store.journal_files import FileJournals
from cadencecoach.store.log_file import Log, append_entries, lines_in, log_text, read_log
from cadencecoach.store.machine import NO_MACHINE, Machine
from cadencecoach.store.own_files import (
    LOG_NAME,
    PROFILE_NAME,
    PROGRAMME_NAME,
    check_own_names,
    kept_programme_name,
)
from cadencecoach.store.profile_file import MAX_PROFILE_BYTES, profile_bytes, profile_in
from cadencecoach.store.protocol import Belongings, Hold, ProgrammeText

if TYPE_CHECKING:
    from cadencecoach.store.folds import FileFolds

STAGING = ".import-"  # begins the name of a folder that an import is unpacked in


class FileStore(FileJournals):
    """A `Store` of files.

    Args:
        folder: everything is in it; or why there is none, which is said to whoever wants to keep something
        machine: what is kept beside it
        author: who writes into logs; empty for whoever the settings name
    """

    def __init__(self, folder: Path | NoHomeError, machine: Machine = NO_MACHINE, author: str = "") -> None:
        """Nothing is opened or made yet."""
        super().__init__(folder)
        self._author = author
        athletes = None if isinstance(folder, NoHomeError) else folder / "athletes"
        self.machine = replace(machine, athletes_folder=athletes)

    def with_author(self, author: str) -> "FileStore":
        """The same store, for somebody else who writes into logs."""
        return FileStore(self._folder, self.machine, author)

    def beside(self, name: str) -> "FileStore":
        """Another store, in a folder of this name beside that of this one."""
        return FileStore(self.folder.with_name(name), self.machine)

    def places(self) -> Mapping[str, Path | NoHomeError | str]:
        """What is kept where, by what it is; or why it is not kept."""
        settings, machine = self.machine.settings, self.machine
        return {
            "sessions and athletes": self._folder,
            "settings file": settings if isinstance(settings, NoHomeError) else machine.settings_file,
            "remembered devices": settings,
            "spoken sentences": machine.speech,
            "beats of songs": machine.songs,
        }

    @property
    def athletes_folder(self) -> Path:
        """Has a folder for each athlete, by pseudonym."""
        return self._there() / "athletes"

    def athlete_folder(self, athlete: str) -> Path:
        """The folder of one athlete, whether it is there or not."""
        return self.athletes_folder / check_name(athlete)

    def is_in_files(self) -> bool:
        """They are all there is."""
        return True

    def behind(self) -> None:
        """Never: these files are all there is."""

    def tables(self) -> None:
        """It is in files."""

    def look(self) -> Iterator[tuple[str, bool, str]]:
        """Who may see it."""
        yield "who sees it", True, "whoever can open these files sees everybody in them"

    def settle(self) -> int:
        """Nothing waits."""
        return 0

    def lock_athletes(self) -> contextlib.AbstractContextManager[None]:
        """One lock for all: it outlives a folder that is deleted, and sees names that differ in capitals only."""
        return hold_lock(self.athletes_folder)

    @contextlib.contextmanager
    def hold_athlete(self, athlete: str) -> Iterator[Hold]:
        """A mark in the athlete's folder, with a name that no other folder has.

        Should the folder go all the same (deleted by hand, or on a disk that knows no locks), the mark is gone too.
        """
        folder = self.athlete_folder(athlete)
        with contextlib.ExitStack() as stack:
            with self.lock_athletes():
                self._check_kept(athlete)
                try:
                    mark = stack.enter_context(set_mark(folder))
                except OSError as error:
                    raise UsageError(not_written(folder, error)) from error
            yield Hold(athlete=athlete, is_there=mark.exists)

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here: no athlete, and no session; False where that cannot be known."""
        try:
            return not self.athlete_names() and next(self.sessions_folder.glob(f"*{ENDING}"), None) is None
        except (OSError, NoHomeError):
            return False

    def athlete_names(self) -> tuple[str, ...]:
        """The names of the folders."""
        with contextlib.suppress(OSError), os.scandir(self.athletes_folder) as entries:
            return tuple(sorted(entry.name for entry in entries if NAME.fullmatch(entry.name) and entry.is_dir()))
        return ()

    def is_kept(self, name: str) -> bool:
        """Whether there is a profile or a log."""
        folder = self.athlete_folder(name)
        return any((folder / file).is_file() for file in (PROFILE_NAME, LOG_NAME))

    def place_of(self, athlete: str) -> str:
        """The folder."""
        return str(self.athlete_folder(athlete))

    def read_profile(self, athlete: str) -> Profile:
        """The profile; an empty one where there is no file, as when a programme was begun for a new name."""
        path = self.athlete_folder(athlete) / PROFILE_NAME
        if not path.exists():
            return Profile(athlete=athlete)
        profile = profile_in(file_bytes(path, what="profile", limit_bytes=MAX_PROFILE_BYTES + 1), clean_name(path))
        return replace(profile, athlete=athlete)

    def write_profile(self, profile: Profile) -> None:
        """Whole or not at all."""
        _write(self.athlete_folder(profile.athlete) / PROFILE_NAME, profile_bytes(profile))

    def belongings(self, athlete: str) -> Belongings:
        """Every journal is opened to see whose it is, so that one of a program that was killed is found too."""
        folder = self.athlete_folder(athlete)
        is_there = folder.is_dir() or folder.is_symlink()
        journals = tuple(self._journals_with_drafts(athlete))
        running = [path.stem for path in journals if is_held(path)]
        if running:
            raise UsageError(f"session {running[0]} of {athlete} is running; end it first")
        if is_marked(folder):
            raise UsageError(f"{athlete} has a run or a check-in in progress; finish that first")
        files = sorted(path for path in folder.rglob("*") if path.is_file()) if is_there else []
        return Belongings(
            place=str(folder) if is_there else None,
            files=tuple(path.name for path in files),
            journals=tuple(path.stem for path in journals),
            leftovers=tuple(path.name for path in self._leftovers()),
        )

    def forget(self, athlete: str) -> None:
        """Delete everything, and remember that it was."""
        with self.lock_athletes():
            if self.belongings(athlete).place is not None:  # first: whoever is half gone is not brought back either
                self.add_forgotten_names({hash_of_name(athlete): wall_time_utc()})
            self.drop(athlete)

    def drop(self, athlete: str, *, but: Collection[str] = ()) -> None:
        """Delete everything but these sessions; the folder last, so that this can be done again by name."""
        with self.lock_athletes():
            self.belongings(athlete)
            try:
                if self.machine.paired_file is not None:
                    unpair(self.machine.paired_file, athlete)
                for path in self._journals_with_drafts(athlete):
                    if path.stem not in but:
                        path.unlink(missing_ok=True)
                self._forget_rows()
                self._forget_folds()
                for folder in (*self._leftovers(), self.athlete_folder(athlete)):
                    _remove(folder)
            except OSError as error:
                words = f"{error.filename or ''} cannot be deleted: {error.strerror or error}; try again"
                raise UsageError(words) from error

    def forgotten_names(self) -> Mapping[str, str]:
        """A file beside the athletes."""
        return forgotten_names_in(self.folder / FORGOTTEN_FILE)

    def add_forgotten_names(self, names: Mapping[str, str]) -> None:
        """Into that file."""
        with self.lock_athletes():
            before = self.forgotten_names()
            after = joined_forgotten_names(before, names)
            if after != before:
                _write(self.folder / FORGOTTEN_FILE, forgotten_names_bytes(after))

    def note(self, about: str, what: str) -> None:
        """Files keep no audit: whoever opens them leaves no trace."""

    def own_files(self, athlete: str) -> Mapping[str, bytes]:
        """The files as they are."""
        folder = self.athlete_folder(athlete)
        texts = sorted(folder.glob("programme-*.yaml"))
        paths = (folder / PROFILE_NAME, folder / LOG_NAME, folder / PROGRAMME_NAME, *texts)
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def put_own_files(self, athlete: str, files: Mapping[str, bytes]) -> None:
        """Each file, whole or not at all."""
        folder = self.athlete_folder(athlete)
        check_own_names(files)
        with self.lock_athletes():
            for name, raw in files.items():
                _write(folder / name, raw)

    @contextlib.contextmanager
    def staging_folder(self) -> Iterator[Path]:
        """A marked folder among the athletes: on their disk, and with their lock."""
        import tempfile  # noqa: PLC0415  # only an import needs it

        with contextlib.ExitStack() as stack:
            try:
                with self.lock_athletes():  # it is marked before anybody takes it for the leftover of a killed one
                    folder = Path(tempfile.mkdtemp(dir=self.athletes_folder, prefix=STAGING))  # mode 0700
                    stack.callback(shutil.rmtree, folder, ignore_errors=True)
                    stack.enter_context(set_mark(folder))
            except OSError as error:
                raise UsageError(not_written(self.athletes_folder, error)) from error
            yield folder

    def athlete_marks(self) -> Mapping[str, str]:
        """By times and sizes of the files, as the index goes by those of journals; it is brought up to date first."""
        journals: Mapping[str, bytes] = {}
        if self._has_sessions():
            with self.sessions() as sessions:
                sessions.refresh()
                journals = sessions.marks()
        names = filter(self.is_kept, self.athlete_names())
        return {name: _mark_of(self.athlete_folder(name), journals.get(name, b"")) for name in names}

    def athlete_mark(self, athlete: str) -> str | None:
        """Likewise; where the index knows an older journal, it is the mark of before."""
        if not self.is_kept(athlete):
            return None
        journals = b""
        if self._has_sessions():
            with self.sessions() as sessions:
                journals = sessions.marks(athlete).get(athlete, b"")
        return _mark_of(self.athlete_folder(athlete), journals)

    def folds(self) -> "FileFolds":
        """The file beside the index, to be closed by the caller."""
        from cadencecoach.store.folds import FOLDS_NAME, FileFolds  # noqa: PLC0415  # as the index

        return FileFolds(self.folder / FOLDS_NAME)

    def log_of(self, athlete: str) -> Log:
        """The log; an empty one where there is no file."""
        return read_log(self.athlete_folder(athlete) / LOG_NAME)

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """At the end of the file, and on the disk before this returns."""
        path = self.athlete_folder(athlete) / LOG_NAME
        author = self._author or author_named(self.machine)
        with self.lock_athletes():
            self._check_kept(athlete)
            device = device_name(self.athletes_folder)
            signed = tuple(sign_entry(entry, author=author, device=device) for entry in entries)
            append_entries(path, athlete, signed)
        return signed

    def log_lines(self, athlete: str) -> tuple[Mapping[str, Any], ...]:
        """The lines of the file."""
        return lines_in(self.athlete_folder(athlete) / LOG_NAME)

    def write_log(self, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """A new file in the place of the old one."""
        _write(self.athlete_folder(athlete) / LOG_NAME, log_text(athlete, lines))

    def add_file(self, athlete: str, content: IO[bytes], tail: str) -> str:
        """In a folder beside the log."""
        return attached_files.copy_file(self.athlete_folder(athlete), content, tail)

    def add_link(self, athlete: str, path: Path, tail: str) -> str:
        """In the same folder: no package takes it along."""
        return attached_files.link_file(self.athlete_folder(athlete), path, tail)

    def links(self, athlete: str) -> Mapping[str, Path]:
        """The files that say where."""
        return attached_files.links(self.athlete_folder(athlete))

    def file_names(self, athlete: str) -> tuple[str, ...]:
        """In that folder."""
        return attached_files.file_names(self.athlete_folder(athlete))

    def open_file(self, athlete: str, name: str) -> IO[bytes]:
        """From that folder."""
        try:
            return (self.athlete_folder(athlete) / attached_files.FOLDER / name).open("rb")
        except OSError as error:
            raise UsageError(f"file {name} of {athlete} cannot be read: {error.strerror or error}") from error

    def place_of_file(self, athlete: str, name: str) -> str:
        """A path."""
        found = attached_files.place_of_file(self.athlete_folder(athlete), name)
        return "" if found is None else str(found)

    def programme_text(self, athlete: str) -> ProgrammeText | None:
        """The file in force."""
        path = self.athlete_folder(athlete) / PROGRAMME_NAME
        return ProgrammeText(raw=_text_in(path), source=str(path)) if path.is_file() else None

    def set_programme_text(self, athlete: str, raw: bytes) -> None:
        """The file in force, replaced."""
        _write(self.athlete_folder(athlete) / PROGRAMME_NAME, raw)

    def keep_programme_text(self, athlete: str, raw: bytes) -> str:
        """A file beside it, named by the first digits of the hash."""
        path = self.athlete_folder(athlete) / kept_programme_name(raw)
        if not path.exists():
            _write(path, raw)
        return str(path)

    def programme_texts(self, athlete: str) -> tuple[bytes, ...]:
        """The file in force and those beside it."""
        paths = sorted(self.athlete_folder(athlete).glob("programme*.yaml"))
        return tuple(_text_in(path) for path in paths if path.is_file())

    def _check_kept(self, athlete: str) -> None:
        """Nothing written late makes a forgotten athlete anew."""
        if not self.is_kept(athlete):
            raise forgotten_error(athlete)

    def _leftovers(self) -> list[Path]:
        return [path for path in self.athletes_folder.glob(f"{STAGING}*") if not is_marked(path)]

    def _forget_folds(self) -> None:
        from cadencecoach.store.folds import FOLDS_NAME  # noqa: PLC0415  # as the index

        if (self.folder / FOLDS_NAME).is_file():
            with self.folds() as folds:
                folds.drop_others(())


def _mark_of(folder: Path, journals: bytes) -> str:
    """What changes with the files of an athlete, and with what stands for the journals."""
    mark = hashlib.blake2b(journals)
    for name in (PROFILE_NAME, LOG_NAME, PROGRAMME_NAME):
        with contextlib.suppress(FileNotFoundError):
            about = (folder / name).stat()
            mark.update(f"{name} {about.st_mtime_ns} {about.st_size}\n".encode())
    return mark.hexdigest()


def _text_in(path: Path) -> bytes:
    """A programme's text, one byte more than it may have at most."""
    return file_bytes(path, what="programme file", limit_bytes=MAX_PLAN_BYTES + 1)


def _write(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except OSError as error:
        raise UsageError(not_written(path, error)) from error


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)

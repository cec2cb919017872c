"""Journals as files: a folder of them, an index beside it that can be made again."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cadencecoach.devices.input_file import user_path
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder, not_written, write_private
from cadencecoach.errors import CadencecoachError, NoHomeError, UsageError
from cadencecoach.store.athlete_journals import athlete_in, header_in
from cadencecoach.store.finding import ENDING, find_session, id_at, is_id, newest_journals
from cadencecoach.store.listed import LISTED, read_listed
from cadencecoach.store.loading import Recorded, end_file, load_session
from cadencecoach.store.own_files import SHA_DIGITS
from cadencecoach.store.protocol import Listing, Rows

if TYPE_CHECKING:
    from cadencecoach.store.indexing import FileSessions

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class FileJournals:
    """The part of a `Store` of files that is about sessions.

    Args:
        folder: everything is in it; or why there is none, which is said to whoever wants to keep something
    """

    def __init__(self, folder: Path | NoHomeError) -> None:
        """Nothing is opened or made yet."""
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Everything is in it."""
        return self._there()

    @property
    def sessions_folder(self) -> Path:
        """Of the journals, where nobody names another place."""
        return self._there() / "sessions"

    def _there(self) -> Path:
        if isinstance(self._folder, NoHomeError):
            raise self._folder.again()
        return self._folder

    def new_journal(self, started: str) -> Path:
        """By its start."""
        return self.journal_path(id_at(started))

    def journal_path(self, session: str) -> Path:
        """Where the journal of a session is, or belongs; refused for what could be a path."""
        if not is_id(session):
            raise UsageError(f"{session!a} cannot be the id of a session")
        return self.sessions_folder / f"{session}{ENDING}"

    def sessions(self) -> "FileSessions":
        """The index of all sessions, to be closed by the caller."""
        from cadencecoach.store.indexing import FileSessions  # noqa: PLC0415  # the database takes time to load

        return FileSessions(self.sessions_folder)

    def session_ids(self) -> tuple[str, ...]:
        """The names of the files."""
        return tuple(sorted(path.stem for path in self.sessions_folder.glob(f"*{ENDING}")))

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """By the times of the files."""
        return tuple(path.stem for path in newest_journals(self.sessions_folder, most))

    def journals_of(self, athlete: str) -> Iterator[str]:
        """By the first line of each file, whatever an index may say."""
        paths = self._journals_with_drafts(athlete)
        return (path.stem for path in paths if path.name.endswith(ENDING) and not path.name.startswith("."))

    def has_journal(self, session: str) -> bool:
        """Whether anything has this name."""
        return is_id(session) and os.path.lexists(self.journal_path(session))

    def is_running(self, session: str) -> bool:
        """Whether a program holds the file."""
        return is_id(session) and is_held(self.journal_path(session))

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """The first line."""
        return header_in(self.journal_path(session)) if is_id(session) else {}

    def find_session(self, text: str) -> str | Path:
        """By id, `last`, or the path of any file; one outside needs no home."""
        if isinstance(self._folder, NoHomeError) and user_path(text).is_file():
            return user_path(text)
        path = find_session(text, self.sessions_folder)
        return path.stem if path.suffix == ENDING and self.is_among_sessions(path) else path

    def load_session(self, session: str) -> Recorded:
        """The whole file."""
        found = self.find_session(session)
        return load_session(self.journal_path(found) if isinstance(found, str) else found)

    def open_journal(self, session: str) -> IO[bytes]:
        """The file."""
        try:
            return self.journal_path(session).open("rb")
        except OSError as error:
            raise UsageError(f"session {session} cannot be read: {error.strerror or error}") from error

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """A new file, unless something is there."""
        target = self.journal_path(session)
        try:
            make_private_folder(target.parent)
            fd = os.open(target, _CREATE, FILE_MODE)
            with os.fdopen(fd, "wb") as file:
                shutil.copyfileobj(content, file)
        except FileExistsError:
            return False
        except OSError as error:
            raise UsageError(not_written(target, error)) from error
        return True

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """A file exchanged whole."""
        return not self.is_running(session) and self._write_journal(self.journal_path(session), content.read())

    def keep_journal(self, session: str, content: IO[bytes]) -> None:
        """A file whose name ends in some of its hash, so that it is kept once."""
        target, raw = self.journal_path(session), content.read()
        self._write_journal(target.with_name(f"{target.name}.{hashlib.sha256(raw).hexdigest()[:SHA_DIGITS]}"), raw)

    def journals_beside(self) -> Iterator[tuple[str, Recorded]]:
        """By the names of the files."""
        for path in self._beside():
            with contextlib.suppress(CadencecoachError):
                yield path.name.partition(ENDING)[0], load_session(path)

    def kept_journals(self) -> Iterator[tuple[str, bytes]]:
        """The same files."""
        for path in self._beside():
            with contextlib.suppress(FileNotFoundError):
                yield path.name.partition(ENDING)[0], path.read_bytes()

    def end_journal(self, session: str, line: str) -> None:
        """In the file."""
        end_file(self.journal_path(session), line)

    def is_among_sessions(self, journal: Path) -> bool:
        """By its folder."""
        return journal.parent.resolve() == self.sessions_folder.resolve()

    def rows_of(self, athlete: str) -> Rows:
        """From the index, which is brought up to date first."""
        if not self.sessions_folder.is_dir():
            return Rows()
        with self.sessions() as sessions:
            sessions.refresh()
            return Rows(rows=sessions.rows(athlete=athlete), notes=sessions.notes)

    def n_unread_sessions(self) -> int:
        """By the index: journals that are new, or have changed."""
        if not self._has_sessions():
            return 0
        with self.sessions() as sessions:
            return sessions.n_unread()

    def listed_sessions(self) -> Listing:
        """From the index, which is brought up to date first."""
        if not self._has_sessions():
            return Listing()
        with self.sessions() as sessions:
            sessions.refresh()
            found = tuple(map(read_listed, reversed(sessions.values(LISTED))))
            broken = (f"{one.id}{ENDING}: {one.problem}" for one in sessions.unreadable())
            return Listing(sessions=found, notes=(*sessions.notes, *broken))

    def _has_sessions(self) -> bool:
        return not isinstance(self._folder, NoHomeError) and self.sessions_folder.is_dir()

    def _beside(self) -> list[Path]:
        return sorted(path for path in self.sessions_folder.glob(f"*{ENDING}.*") if not path.name.startswith("."))

    def _write_journal(self, target: Path, raw: bytes) -> bool:
        try:
            write_private(target, raw)
        except OSError as error:
            raise UsageError(not_written(target, error)) from error
        return True

    def _journals_with_drafts(self, athlete: str) -> Iterator[Path]:
        """The journals that name an athlete, those of a program killed at its very beginning too."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.sessions_folder) as entries:
            paths = sorted(Path(entry.path) for entry in entries if ENDING in entry.name and entry.is_file())
            yield from (path for path in paths if athlete_in(path) == athlete)

    def _forget_rows(self) -> None:
        from cadencecoach.store.indexing import index_path  # noqa: PLC0415  # as above

        if index_path(self.sessions_folder).is_file():
            with self.sessions() as sessions:
                sessions.rebuild()

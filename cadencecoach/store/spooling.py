"""A store of tables whose sessions run on this computer: a journal is a file while it is written, and a row after."""

import contextlib
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.lock import is_held
from cadencecoach.errors import ForbiddenError, NoHomeError, UsageError
from cadencecoach.record.entries import Entry
from cadencecoach.record.rows import LABEL
from cadencecoach.store.athlete_journals import athlete_of_line, header_of_line
from cadencecoach.store.author_and_device import device_name
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.finding import ENDING, is_id
from cadencecoach.store.forgotten_names import hash_of_name
from cadencecoach.store.loading import Recorded
from cadencecoach.store.protocol import Belongings, Listing, Rows
from cadencecoach.store.session_table import SqlSessions
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_store import SqlStore

KEPT_S: Final = 13 * 3600.0  # an hour more than a session that broke off is offered to go on, in its file here
_END: Final = b'"what":"end"'
_FINISHED: Final = b'"reason":"finished"'
_TAIL_BYTES: Final = 4_096


class SpoolingStore(SqlStore):
    """The tables, and the journals of this computer that are not among them yet.

    Args:
        database: open
        local: files on this computer
        author: who writes into logs; empty for whoever the settings name
    """

    def __init__(self, database: Database, local: FileStore, author: str = "") -> None:
        """Nothing is opened or made yet."""
        super().__init__(database, local.machine, author)
        self.local = local
        self.not_taken = frozenset[str]()  # the sessions here that this person may not put into the table
        self._taken: dict[str, tuple[int, int]] = {}  # those that are in it, by size and time of their files

    def with_author(self, author: str) -> "SpoolingStore":
        """The same store, for somebody else who writes into logs."""
        return SpoolingStore(self.database, self.local.with_author(author), author)

    @property
    def sessions_folder(self) -> Path:
        """Of the journals that are being written."""
        return self.local.sessions_folder

    def new_journal(self, started: str) -> Path:
        """In that folder."""
        return self.local.new_journal(started)

    def journal_path(self, session: str) -> Path:
        """In that folder."""
        return self.local.journal_path(session)

    def places(self) -> Mapping[str, Path | NoHomeError | str]:
        """The address, and what this computer keeps."""
        return {**self.local.places(), "sessions and athletes": str(self.database.address)}

    def tables(self) -> Database:
        """The database."""
        return self.database

    def look(self) -> Iterator[tuple[str, bool, str]]:
        """The version of the tables, each journal by its hash, who may see it, and what is here yet."""
        version = self.database.version()
        yield "tables", True, "none yet; the first entry makes them" if version is None else f"version {version}"
        wrong = self.changed_journals()
        told = "; ".join(f"{one} is not as it was put in" for one in wrong)
        yield "hashes", not wrong, told or "every journal is whole"
        if self.database.address.is_sqlite:
            yield "who sees it", True, "whoever can open this file sees everybody in it"
        here = self.local.session_ids()
        yield "on this computer", True, f"{len(here)} journals that run, or may go on" if here else "nothing waits"

    def settle(self) -> int:
        """Take in what was run here."""
        with contextlib.suppress(UsageError):
            self.take_in()
        return self.n_not_in

    @property
    def n_not_in(self) -> int:
        """How many journals are here that nobody is writing, and that are not known to be in the table."""
        paths = [path for path in self.sessions_folder.glob(f"*{ENDING}") if not is_held(path)]
        return sum(self._taken.get(path.stem) != _as_it_is(path.stat()) for path in paths)

    def take_in(self) -> int:
        """Put the journals that nobody is writing into the table; the answer is how many went from here.

        One that broke off or was stopped goes in too, and stays here for as long as it may go on. What this person may
        not put in stays, and nothing else waits for it. Of whoever was forgotten since, nothing goes in.
        """
        n_gone, here = 0, set[str]()
        for path in sorted(self.sessions_folder.glob(f"*{ENDING}")):
            if is_held(path):
                continue
            with contextlib.suppress(FileNotFoundError):
                told = path.stat()
                as_it_is = _as_it_is(told)
                raw = path.read_bytes()
                try:
                    is_over = self._taken.get(path.stem) != as_it_is and not self._take(path.stem, raw)
                except ForbiddenError:
                    here.add(path.stem)
                    continue
                self._taken[path.stem] = as_it_is
                is_over |= _is_finished(raw) or wall_time_s() - told.st_mtime > KEPT_S
                if is_over and path.stat().st_size == len(raw) and not is_held(path):
                    path.unlink()
                    n_gone += 1
        self.not_taken = frozenset(here)
        return n_gone

    def _take(self, session: str, raw: bytes) -> bool:
        """One journal: the longer one of two that begin alike; another session of the same name under another name.

        The answer is whether it is to be kept: of whoever was forgotten it is not.
        """
        with self.database.write():
            if self._was_forgotten(raw):
                return False
            self._put_in(session, raw)
        return True

    def _was_forgotten(self, raw: bytes) -> bool:
        """Whether the athlete of a journal was forgotten after it began; a mere label is nobody."""
        header = header_of_line(raw.partition(b"\n")[0])
        athlete = athlete_of_line(raw.partition(b"\n")[0])
        at = self.forgotten_names().get(hash_of_name(athlete), "") if athlete and header.get(LABEL) is not True else ""
        return bool(at) and (at > str(header.get("started", "")) or not self.is_kept(str(athlete)))

    def _put_in(self, session: str, raw: bytes) -> None:
        name, number = session, 1
        with self.database.write():
            while not super().add_journal(name, io.BytesIO(raw)):
                there = self._journal(name)
                if there is not None and raw.startswith(there):
                    if raw != there:
                        super().replace_journal(name, io.BytesIO(raw))
                    return
                if there is not None and there.startswith(raw):
                    return
                if there is not None and there.partition(b"\n")[0] == raw.partition(b"\n")[0]:  # went on in two places
                    self.keep_journal(name, io.BytesIO(raw))
                    return
                number += 1  # another session of that second, perhaps of somebody who is not seen here
                name = f"{session}-{number}"

    def _is_here(self, session: str) -> bool:
        return is_id(session) and self.local.has_journal(session)

    # What is asked of sessions: those that are written here now are found by name, all others are in the tables.

    def sessions(self) -> SqlSessions:
        """The table, with what was run here."""
        self.take_in()
        return super().sessions()

    def session_ids(self) -> tuple[str, ...]:
        """Both."""
        return tuple(sorted({*self.local.session_ids(), *super().session_ids()}))

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """Those of this computer first, which alone may go on here."""
        return tuple(dict.fromkeys((*self.local.newest_sessions(most), *super().newest_sessions(most))))[:most]

    def find_session(self, text: str) -> str | Path:
        """Of both."""
        if self._is_here(text):
            return text
        self.take_in()
        return super().find_session(text)

    def rows_of(self, athlete: str) -> Rows:
        """From the table, with what was run here."""
        self.take_in()
        return super().rows_of(athlete)

    def listed_sessions(self) -> Listing:
        """From the table, with what was run here."""
        self.take_in()
        return super().listed_sessions()

    def n_unread_sessions(self) -> int:
        """Likewise."""
        self.take_in()
        return super().n_unread_sessions()

    def athlete_marks(self) -> Mapping[str, str]:
        """Likewise."""
        self.take_in()
        return super().athlete_marks()

    def journals_of(self, athlete: str) -> Iterator[str]:
        """Of both."""
        return iter(sorted({*self.local.journals_of(athlete), *super().journals_of(athlete)}))

    def has_journal(self, session: str) -> bool:
        """Of both."""
        return self._is_here(session) or super().has_journal(session)

    def is_running(self, session: str) -> bool:
        """Whether a program on this computer writes it."""
        return self.local.is_running(session)

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """Of both."""
        return self.local.journal_header(session) if self._is_here(session) else super().journal_header(session)

    def load_session(self, session: str) -> Recorded:
        """Of both."""
        return self.local.load_session(session) if self._is_here(session) else super().load_session(session)

    def open_journal(self, session: str) -> IO[bytes]:
        """Of both."""
        return self.local.open_journal(session) if self._is_here(session) else super().open_journal(session)

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """Into the table, unless one of this name is written here."""
        return not self._is_here(session) and super().add_journal(session, content)

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """The file where there is one, and the row."""
        if not self._is_here(session):
            return super().replace_journal(session, content)
        raw = content.read()
        if not self.local.replace_journal(session, io.BytesIO(raw)):
            return False
        return super().replace_journal(session, io.BytesIO(raw))

    def end_journal(self, session: str, line: str) -> None:
        """In the file where there is one."""
        if self._is_here(session):
            self.local.end_journal(session, line)
            self.take_in()
        else:
            super().end_journal(session, line)

    def is_among_sessions(self, journal: Path) -> bool:
        """Those written here come into the table."""
        return self.local.is_among_sessions(journal)

    def belongings(self, athlete: str) -> Belongings:
        """Of both; refused while a session of theirs runs here."""
        here = self.local.belongings(athlete)
        there = super().belongings(athlete)
        names = tuple(sorted({*here.journals, *there.journals}))
        return Belongings(place=there.place, files=there.files, journals=names, leftovers=here.leftovers)

    def forget(self, athlete: str) -> None:
        """In both: here last, so that what was interrupted can be done again."""
        self.local.belongings(athlete)
        super().forget(athlete)
        self.local.forget(athlete)

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """With the name of this computer."""
        with self.local.lock_athletes():
            self._device = device_name(self.local.athletes_folder)
        return super().add_entries(athlete, *entries)


def _as_it_is(told: os.stat_result) -> tuple[int, int]:
    """What tells whether a file was written to since."""
    return told.st_size, told.st_mtime_ns


def _is_finished(raw: bytes) -> bool:
    """Whether a session came to the end of its plan; one that was stopped early may go on."""
    return any(_END in line and _FINISHED in line for line in raw[-_TAIL_BYTES:].splitlines())

"""The store of a clinic as one computer has it: it writes here first, and reads what it saw last where it must."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from cadencecoach.errors import NoHomeError, UnreachableError, UsageError
from cadencecoach.record.profile import Profile
from cadencecoach.store.author_and_device import device_name, kept_device
from cadencecoach.store.copied_sessions import CopiedSessions, EitherSessions
from cadencecoach.store.finding import id_at
from cadencecoach.store.folds import FileFolds
from cadencecoach.store.forgotten_names import joined_forgotten_names
from cadencecoach.store.listed import LISTED, read_listed
from cadencecoach.store.loading import Recorded, load_session
from cadencecoach.store.log_file import Log, entry_in
from cadencecoach.store.people import People, Standing
from cadencecoach.store.protocol import Behind, Belongings, Listing, ProgrammeText, Rows, SessionTable
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_store import SqlStore
from cadencecoach.store.writing_here import WritingHere

N_OF_DEVICE = 6  # letters of this computer's name in the id of a session


class ClinicStore(WritingHere):
    """A `UserStore` of a database that may not answer."""

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: it opens the database by itself."""
        return ClinicStore, (self.shared, self.local, self._author)

    # People

    def for_person(self, person: str) -> "ClinicStore":
        """The same database for another person, who writes under their own name, with a copy of their own here."""
        database = self.shared.database.for_person(person)
        local = self.local.beside(folder_name(database))
        return ClinicStore(SpoolingStore(database, local), local, person)

    def standing(self) -> Standing | None:
        """What the person who is served may do; None while the database does not answer."""

        def ask() -> Standing:
            found = People(self.shared.database).standing()
            return replace(found, names=frozenset(self.shared.athlete_names()))

        return self._read(ask, lambda: None)

    def sign_in(self, name: str, password: str) -> Standing | None:
        """What somebody may do whose password this is; None where it is nobody's of that name.

        Raises:
            UnreachableError: the database does not answer
            UsageError: this computer's login to the database is another person's own
        """
        if not People(self.shared.database).may_sign_in(name, password):
            return None
        people = People(self.shared.database.for_person(name))
        if (served := people.read_served()) != name:
            raise UsageError(f"this computer's login to the database is that of {served}: nobody else can sign in here")
        return people.standing()

    def note(self, about: str, what: str) -> None:
        """In the database; while it does not answer, nobody else's data is read from it either."""
        self._read(lambda: self.shared.note(about, what), lambda: None)

    def with_author(self, author: str) -> "ClinicStore":
        """The same store, for somebody else who writes into logs."""
        return ClinicStore(
            self.shared.with_author(author), self.local.with_author(author), author, self.link, self._opened
        )

    @property
    def sessions_folder(self) -> Path:
        """Of the journals that are being written."""
        return self.local.sessions_folder

    def new_journal(self, started: str) -> Path:
        """In that folder; two computers may begin in one second, and what a log says of a session is of one only."""
        device = kept_device(self.local.athletes_folder)
        if not device:  # else nobody waits: whoever has the lock may be waiting for the database
            with self.local.lock_athletes():
                device = device_name(self.local.athletes_folder)
        return self.local.journal_path(f"{id_at(started)}-{device[:N_OF_DEVICE]}")

    def journal_path(self, session: str) -> Path:
        """In that folder."""
        return self.local.journal_path(session)

    def places(self) -> Mapping[str, Path | NoHomeError | str]:
        """The address, and what this computer keeps."""
        return {**self.shared.places(), "copy of the database": self.local.folder}

    def is_empty(self) -> bool:
        """Whether nothing was seen."""
        return self._read(self.shared.is_empty, lambda: False)

    # Athletes and profiles

    def athlete_names(self) -> tuple[str, ...]:
        """Those that are seen, or were."""
        return self._read(self.shared.athlete_names, self.local.athlete_names)

    def is_kept(self, name: str) -> bool:
        """There, or in the copy."""
        return self._read(lambda: self.shared.is_kept(name), lambda: self.local.is_kept(name))

    def place_of(self, athlete: str) -> str:
        """In the database."""
        return self.shared.place_of(athlete)

    def read_profile(self, athlete: str) -> Profile:
        """There, or in the copy."""
        return self._read(lambda: self.shared.read_profile(athlete), lambda: self.local.read_profile(athlete))

    def belongings(self, athlete: str) -> Belongings:
        """Of the database and of this computer; nothing is said to be gone while the database does not answer."""
        return self._only_there(lambda: self.shared.belongings(athlete))

    def forget(self, athlete: str) -> None:
        """In the database; then in the copy and in what waits, which a kill in between leaves to the next program."""
        self.local.belongings(athlete)
        self._direct(lambda: SqlStore.forget(self.shared, athlete), then=lambda: self._forget_here(athlete))

    def _forget_here(self, athlete: str) -> None:
        self.local.forget(athlete)
        self.hand_over.drop(athlete)
        self.copy.let_go(athlete)

    def forgotten_names(self) -> Mapping[str, str]:
        """Of both: a database that was lost knows no more of them than its backup."""
        here = self.local.forgotten_names()
        return joined_forgotten_names(here, self._read(self.shared.forgotten_names, lambda: here))

    def add_forgotten_names(self, names: Mapping[str, str]) -> None:
        """To both."""
        self._direct(lambda: self.shared.add_forgotten_names(names), then=lambda: self.local.add_forgotten_names(names))

    def own_files(self, athlete: str) -> Mapping[str, bytes]:
        """There, or in the copy."""
        return self._read(lambda: self._export(athlete), lambda: self.local.own_files(athlete))

    def _export(self, athlete: str) -> Mapping[str, bytes]:
        files = self.shared.own_files(athlete)  # first: it looks at the name
        self.shared.note(athlete, "export")
        return files

    def put_own_files(self, athlete: str, files: Mapping[str, bytes]) -> None:
        """There."""
        self._direct(lambda: self.shared.put_own_files(athlete, files), athlete)

    def staging_folder(self) -> contextlib.AbstractContextManager[Path]:
        """On this computer."""
        return self.local.staging_folder()

    def athlete_marks(self) -> Mapping[str, str]:
        """Of the database; those of the copy say so, so that what was worked out of one is not taken for the other."""
        return self._read(self.shared.athlete_marks, self._copied_marks)

    def _copied_marks(self) -> Mapping[str, str]:
        return {name: f"copy {mark}" for name, mark in self.local.athlete_marks().items()}

    def athlete_mark(self, athlete: str) -> str | None:
        """Likewise."""
        return self.athlete_marks().get(athlete)

    def folds(self) -> FileFolds:
        """On this computer: they can be made again."""
        return self.local.folds()

    # Logs

    def log_of(self, athlete: str) -> Log:
        """There, or in the copy."""
        return self._read(lambda: self._noted_log(athlete), lambda: self.local.log_of(athlete))

    def _noted_log(self, athlete: str) -> Log:
        self.note_once(athlete)
        return self.shared.log_of(athlete)

    def log_lines(self, athlete: str) -> tuple[Mapping[str, Any], ...]:
        """There, or in the copy."""
        return self._read(lambda: self.shared.log_lines(athlete), lambda: self.local.log_lines(athlete))

    def write_log(self, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """There."""
        self._direct(lambda: self.shared.write_log(athlete, lines), athlete)

    # Pictures and videos of findings

    def add_file(self, athlete: str, content: IO[bytes], tail: str) -> str:
        """There."""
        return self._direct(lambda: self.shared.add_file(athlete, content, tail))

    def add_link(self, athlete: str, path: Path, tail: str) -> str:
        """There."""
        return self._direct(lambda: self.shared.add_link(athlete, path, tail))

    def links(self, athlete: str) -> Mapping[str, Path]:
        """There."""
        return self._read(lambda: self.shared.links(athlete), lambda: self.local.links(athlete))

    def file_names(self, athlete: str) -> tuple[str, ...]:
        """There."""
        return self._read(lambda: self.shared.file_names(athlete), lambda: self.local.file_names(athlete))

    def open_file(self, athlete: str, name: str) -> IO[bytes]:
        """There."""
        return self._only_there(lambda: self.shared.open_file(athlete, name))

    def place_of_file(self, athlete: str, name: str) -> str:
        """There."""
        return self._read(lambda: self.shared.place_of_file(athlete, name), lambda: "")

    # Programme texts

    def programme_text(self, athlete: str) -> ProgrammeText | None:
        """There, or in the copy."""
        return self._read(lambda: self.shared.programme_text(athlete), lambda: self.local.programme_text(athlete))

    def set_programme_text(self, athlete: str, raw: bytes) -> None:
        """There: nobody is given a programme that others do not see."""
        self._direct(lambda: self.shared.set_programme_text(athlete, raw), athlete)

    def keep_programme_text(self, athlete: str, raw: bytes) -> str:
        """There."""
        return self._direct(lambda: self.shared.keep_programme_text(athlete, raw), athlete)

    def programme_texts(self, athlete: str) -> tuple[bytes, ...]:
        """There, or in the copy."""
        return self._read(lambda: self.shared.programme_texts(athlete), lambda: self.local.programme_texts(athlete))

    # Sessions

    def sessions(self) -> contextlib.AbstractContextManager[SessionTable]:
        """There; else those that were seen. Each question is asked anew: the database may go down between two."""
        return EitherSessions(self.shared.database, self.copy, self.link, self._read)

    def session_ids(self) -> tuple[str, ...]:
        """Of the database and of this computer."""
        return self._read(self.shared.session_ids, self.local.session_ids)

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """Those of this computer first."""
        return self._read(lambda: self.shared.newest_sessions(most), lambda: self.local.newest_sessions(most))

    def find_session(self, text: str) -> str | Path:
        """Of both. Raises: UnreachableError: it was seen, and its journal is in the database."""
        if self.local.has_journal(text):
            return text
        return self._read(lambda: self.shared.find_session(text), lambda: self._find_here(text))

    def _find_here(self, text: str) -> str | Path:
        """One of this computer; the newest of all that were seen, and not another instead."""
        seen = [str(one["id"]) for one in self.copy.summaries()]
        name = seen[-1] if text == "last" and seen else text
        if name in seen and not self.local.has_journal(name):
            raise UnreachableError(f"session {name} is in the database: {self.link.why}")
        try:
            return self.local.find_session(name)
        except UsageError as error:
            raise UsageError(f"{error}; {self.link.why}") from error

    def rows_of(self, athlete: str) -> Rows:
        """There; else those that were seen."""
        instead = CopiedSessions(self.copy)
        return self._read(
            lambda: self.shared.rows_of(athlete),
            lambda: Rows(rows=instead.rows(athlete=athlete), notes=(self.link.why,)),
        )

    def n_unread_sessions(self) -> int:
        """There."""
        return self._read(self.shared.n_unread_sessions, lambda: 0)

    def listed_sessions(self) -> Listing:
        """There; else those that were seen."""
        return self._read(self.shared.listed_sessions, self._seen_sessions)

    def _seen_sessions(self) -> Listing:
        values = CopiedSessions(self.copy).values(LISTED)
        return Listing(sessions=tuple(map(read_listed, reversed(values))), notes=(self.link.why,))

    def journals_of(self, athlete: str) -> Iterator[str]:
        """Of both."""
        return self._read(lambda: self.shared.journals_of(athlete), lambda: self.local.journals_of(athlete))

    def has_journal(self, session: str) -> bool:
        """Of both."""
        if self.local.has_journal(session):
            return True
        return self._read(lambda: self.shared.has_journal(session), lambda: False)

    def is_running(self, session: str) -> bool:
        """Whether a program on this computer writes it."""
        return self.local.is_running(session)

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """Of both."""
        if self.local.has_journal(session):
            return self.local.journal_header(session)
        return self._read(lambda: self.shared.journal_header(session), lambda: self.local.journal_header(session))

    def load_session(self, session: str) -> Recorded:
        """Of both."""
        if self.local.has_journal(session):
            return self.local.load_session(session)
        return self._read(lambda: self.shared.load_session(session), lambda: self._load_here(session))

    def _load_here(self, session: str) -> Recorded:
        found = self._find_here(session)
        return self.local.load_session(found) if isinstance(found, str) else load_session(found)

    def open_journal(self, session: str) -> IO[bytes]:
        """Of both."""
        if self.local.has_journal(session):
            return self.local.open_journal(session)
        return self._only_there(lambda: self.shared.open_journal(session))

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """On this computer, from where it is handed over."""
        if self.has_journal(session):
            return False
        is_new = self.local.add_journal(session, content)
        self.settle()
        return is_new

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """There, and here where it is."""
        return self._direct(lambda: self.shared.replace_journal(session, content))

    def keep_journal(self, session: str, content: IO[bytes]) -> None:
        """There."""
        self._direct(lambda: self.shared.keep_journal(session, content))

    def journals_beside(self) -> Iterator[tuple[str, Recorded]]:
        """There."""
        there = self._read(lambda: tuple(self.shared.journals_beside()), lambda: tuple(self.local.journals_beside()))
        return iter(there)

    def kept_journals(self) -> Iterator[tuple[str, bytes]]:
        """There."""
        return self._only_there(self.shared.kept_journals)

    def end_journal(self, session: str, line: str) -> None:
        """Where it is."""
        if self.local.has_journal(session):
            self.local.end_journal(session, line)
            self.settle()
        else:
            self._direct(lambda: self.shared.end_journal(session, line))

    def is_among_sessions(self, journal: Path) -> bool:
        """Those written here are handed over."""
        return self.local.is_among_sessions(journal)

    def tables(self) -> Database:
        """The database, whether it answers or not."""
        return self.shared.database

    def look(self) -> Iterator[tuple[str, bool, str]]:
        """As of the tables while they answer; and what waits."""
        yield from self._read(lambda: tuple(self.shared.look()), tuple[tuple[str, bool, str]])
        n_waiting = len(self.queue)
        things = "1 thing" if n_waiting == 1 else f"{n_waiting} things"
        yield "waiting to be handed over", not n_waiting, things if n_waiting else "nothing"
        if broken := self.queue.list_broken():
            yield "set aside, since it cannot be read", False, ", ".join(map(str, broken))

    def is_in_files(self) -> bool:
        """A database is beside them."""
        return False

    def behind(self) -> Behind | None:
        """None where the database answers now, and takes in what is written."""
        return self._read(self.shared.database.check_answers, self._behind)

    def _behind(self) -> Behind:
        waiting = frozenset(entry_in(line) for item in self.queue.waiting() for line in item.lines)
        return Behind(seen=self.copy.seen, why=self.link.why, waiting=waiting)


def folder_name(database: Database) -> str:
    """Of the files that this computer keeps beside a database: one for each address and person."""
    return hashlib.sha256(f"{database.address} {database.person}".encode()).hexdigest()[:12]

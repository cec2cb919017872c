"""What a store of athletes and their sessions can do, whatever it keeps them in.

Everything above `store/` is handed a `Store` and names no folder. `FileStore` keeps files; a database would be another.
`tests/store/test_contract.py` says what each of them has to do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from cadencecoach.errors import NoHomeError
from cadencecoach.record.entries import Entry
from cadencecoach.record.profile import Profile
from cadencecoach.record.row import SessionRow
from cadencecoach.store.columns import Value
from cadencecoach.store.listed import Listed
from cadencecoach.store.loading import Recorded
from cadencecoach.store.log_file import Log
from cadencecoach.store.machine import Machine

if TYPE_CHECKING:
    from cadencecoach.store.sql_database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An athlete who is not forgotten as long as something of theirs goes on: a run, or a check-in being asked.

    Attributes:
        athlete: pseudonym
        is_there: whether the hold still stands
    """

    athlete: str
    is_there: Callable[[], bool]

    @property
    def is_lost(self) -> bool:
        """Whether the athlete was deleted meanwhile, and perhaps made anew."""
        return not self.is_there()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeText:
    """The text of a programme.

    Attributes:
        raw: its bytes
        source: where it is kept, for messages
    """

    raw: bytes
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Sessions as rows.

    Attributes:
        rows: the oldest first
        notes: what a person should know about how they are kept
    """

    rows: tuple[SessionRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Sessions for a list.

    Attributes:
        sessions: the newest first
        notes: what a person should know: files that cannot be read, or how they are kept
    """

    sessions: tuple[Listed, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What is read is not what all computers have written: a database does not answer, and a copy stands in for it.

    Attributes:
        seen: when the copy was made, a label; empty where there is none
        why: in words
        waiting: ids of the entries that were written here and are not in the database yet
    """

    seen: str
    why: str
    waiting: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """When the copy was made, for people to read."""
        return f"{self.seen[:10]}, {self.seen[11:16]} UTC" if self.seen else "no day yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """All that is kept of one athlete.

    Attributes:
        place: where profile, log and programme are kept; None where there are none
        files: their names
        journals: ids of sessions, and what a killed program left of one
        leftovers: what imports left that were killed
    """

    place: str | None
    files: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()


TellProgress = Callable[[int, int], None]  # how many of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A journal that is none, or broken.

    Attributes:
        id: of the session
        problem: what is wrong with it
    """

    id: str
    problem: str


class SessionTable(Protocol):
    """Every session as a row, as far as the journals have been read."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the rows are kept."""

    def refresh(self, tell: TellProgress = ...) -> int:
        """Read the journals that are new or have changed; the answer is how many those were."""

    def rebuild(self, tell: TellProgress = ...) -> int:
        """Forget every row and read all journals; the answer is how many there are."""

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """Some values of every session that can be read, the newest last; below 0, `limit` is all of them."""

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """The same as rows."""

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Journals that are none, or broken ones."""

    def broken_off_ids(self) -> tuple[str, ...]:
        """The ids of the sessions that have no end and do not run now."""


class Folds(Protocol):
    """What was worked out of each athlete, as texts; a cache that is handed out for the same mark only."""

    def read(self, marks: Mapping[str, str]) -> Mapping[str, str]:
        """The folds of athletes whose mark is still the same."""

    def keep(self, folds: Mapping[str, tuple[str, str]]) -> None:
        """Put folds in, each with its mark."""

    def drop_others(self, athletes: Iterable[str]) -> None:
        """Take out whoever is not among these."""


class Store(Protocol):
    """Athletes and their sessions. Every `athlete` is a pseudonym; every method that takes one refuses other names.

    Errors are `UsageError` for names and for what cannot be written, `JournalError` for what is kept and broken.
    """

    @property
    def machine(self) -> Machine:
        """What this computer keeps beside them: settings, sensors, sound devices."""

    def is_in_files(self) -> bool:
        """Whether it is files of this computer alone, which processes may read side by side."""

    def behind(self) -> Behind | None:
        """Why what is read may lack what others have written; None where all of it is read."""

    # One lock for all athletes; one hold for each.

    def lock_athletes(self) -> AbstractContextManager[None]:
        """Keep other processes and threads from writing while something is read, decided and written."""

    def hold_athlete(self, athlete: str) -> AbstractContextManager[Hold]:
        """Keep an athlete from being forgotten; refused where there is none of this name."""

    # Athletes and profiles

    def athlete_names(self) -> tuple[str, ...]:
        """All athletes, sorted by name."""

    def is_kept(self, name: str) -> bool:
        """Whether there is an athlete of this name: a profile or a log."""

    def place_of(self, athlete: str) -> str:
        """Where an athlete is kept, for people to read."""

    def read_profile(self, athlete: str) -> Profile:
        """The profile; an empty one where there is none."""

    def write_profile(self, profile: Profile) -> None:
        """Write a profile, whole or not at all; this makes an athlete who was not there."""

    def belongings(self, athlete: str) -> Belongings:
        """All that is kept of an athlete; refused while a session is running or the athlete is held."""

    def forget(self, athlete: str) -> None:
        """Delete all of it, for good, and let their devices of the page go; refused as `belongings` is."""

    def forgotten_names(self) -> Mapping[str, str]:
        """When whom was forgotten, by the hashes of their names (`forgotten_names.hash_of_name`)."""

    def add_forgotten_names(self, names: Mapping[str, str]) -> None:
        """Remember those too; of one who was forgotten twice the last time."""

    def note(self, about: str, what: str) -> None:
        """Keep for the audit that something was done, with an athlete or a list; where there is an audit."""

    def own_files(self, athlete: str) -> Mapping[str, bytes]:
        """Profile, log and programme texts as the files they are, or would be, by name: for the file that travels."""

    def put_own_files(self, athlete: str, files: Mapping[str, bytes]) -> None:
        """Put such files in the place of those of the same name, byte for byte: what comes from another store."""

    def staging_folder(self) -> AbstractContextManager[Path]:
        """A private folder for what has arrived and is not trusted yet; gone afterwards."""

    # What was worked out of them

    def athlete_marks(self) -> Mapping[str, str]:
        """For each athlete a text that changes with everything kept of them: log, profile, programme, journals."""

    def athlete_mark(self, athlete: str) -> str | None:
        """The mark of one, by the sessions as they were read last; None where there is no such athlete."""

    def folds(self) -> AbstractContextManager[Folds]:
        """The folds that are kept; whoever is forgotten is taken out of them."""

    # Logs

    def log_of(self, athlete: str) -> Log:
        """The log; an empty one where there is none."""

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """Put entries at the end of the log, all or none; refused where there is no such athlete.

        The answer is the entries as they were written: with id, author and device.
        """

    def log_lines(self, athlete: str) -> tuple[Mapping[str, Any], ...]:
        """The entries as written, kinds of a later version too; without headers and a torn last line."""

    def write_log(self, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """Put other entries in the place of the whole log: for imports only."""

    # Pictures and videos of findings

    def add_file(self, athlete: str, content: IO[bytes], tail: str) -> str:
        """Copy a file in, whole or not at all; the answer is its name, which ends in `tail`."""

    def add_link(self, athlete: str, path: Path, tail: str) -> str:
        """Remember where a file is on this machine; the answer is the name it is known by."""

    def links(self, athlete: str) -> Mapping[str, Path]:
        """Where the linked files are, by the names they are known by."""

    def file_names(self, athlete: str) -> tuple[str, ...]:
        """The names of the files that were copied in, sorted."""

    def open_file(self, athlete: str, name: str) -> IO[bytes]:
        """The bytes of one of them."""

    def place_of_file(self, athlete: str, name: str) -> str:
        """Where a file is, copied or linked, for people to read; empty where it is not on this machine."""

    # Programme texts

    def programme_text(self, athlete: str) -> ProgrammeText | None:
        """The text in force; None where there is none."""

    def set_programme_text(self, athlete: str, raw: bytes) -> None:
        """Put a text in force, in the place of the one there is."""

    def keep_programme_text(self, athlete: str, raw: bytes) -> str:
        """Keep a text that is not in force any more; the answer says where."""

    def programme_texts(self, athlete: str) -> tuple[bytes, ...]:
        """Every text there is: the one in force and those that are kept."""

    # Sessions: rows and journals. An id is the name of a journal without its ending.

    def sessions(self) -> AbstractContextManager[SessionTable]:
        """All sessions as rows; they are as they were read last, until they are refreshed."""

    def session_ids(self) -> tuple[str, ...]:
        """The ids of all journals, sorted."""

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """The ids of a few journals, the one last written first; found quickly, since every start asks."""

    def find_session(self, text: str) -> str | Path:
        """Which session a person means: the id of one that is kept here, or the path of another file of theirs.

        `last` is the newest one here. Refused where there is no such session.
        """

    def rows_of(self, athlete: str) -> Rows:
        """The sessions whose journal names this athlete."""

    def n_unread_sessions(self) -> int:
        """How many sessions would have to be read before they can be listed; mostly none."""

    def listed_sessions(self) -> Listing:
        """Every session, of athletes and of guests, as lists show them."""

    def journals_of(self, athlete: str) -> Iterator[str]:
        """The ids of the journals whose header names this athlete, sorted."""

    def has_journal(self, session: str) -> bool:
        """Whether there is a journal of this id."""

    def is_running(self, session: str) -> bool:
        """Whether a journal is being written now."""

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """The header of a journal; empty where it cannot be read."""

    def load_session(self, session: str) -> Recorded:
        """A session by its id, `last` for the newest, or by the path of a journal of the user's."""

    def open_journal(self, session: str) -> IO[bytes]:
        """The bytes of a journal, to be read a piece at a time and from any place."""

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """Put a journal in; False where there is one of this id, which is never written over."""

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """Put a journal in the place of the one of this id; False where that is being written."""

    def keep_journal(self, session: str, content: IO[bytes]) -> None:
        """Keep another journal of an id beside the one that counts, until the athlete is forgotten."""

    def journals_beside(self) -> Iterator[tuple[str, Recorded]]:
        """Every journal that is kept beside the one that counts, with the id of its session; mostly there are none.

        One that cannot be read is left out.
        """

    def kept_journals(self) -> Iterator[tuple[str, bytes]]:
        """The same as bytes, those that cannot be read too."""

    def end_journal(self, session: str, line: str) -> None:
        """Cut off what is torn at the end of a journal that nobody is writing, and add a line."""

    def is_among_sessions(self, journal: Path) -> bool:
        """Whether a file is one of the journals that `rows_of` looks at."""


class UserStore(Store, Protocol):
    """The store of whoever runs the program on this computer, where sessions are written into files while they run."""

    def with_author(self, author: str) -> "UserStore":
        """The same store, for somebody else who writes into logs."""

    @property
    def sessions_folder(self) -> Path:
        """Of the journals that are being written on this computer."""

    def new_journal(self, started: str) -> Path:
        """Where a session that begins is written down: by its start, and in a clinic by its computer too."""

    def journal_path(self, session: str) -> Path:
        """Where the journal of a session is while it runs here; refused for what could be a path."""

    def places(self) -> Mapping[str, Path | NoHomeError | str]:
        """What is kept where, by what it is; or why it is not kept."""

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here; False where that cannot be known."""

    def tables(self) -> "Database | None":
        """The database it is in; None where it is in files."""

    def look(self) -> Iterator[tuple[str, bool, str]]:
        """What a person should know of how it is kept: about what, whether it is well, in words."""

    def settle(self) -> int:
        """Hand over what waits on this computer, if there is anything and it can be; how many things wait on.

        Never raises for a database.
        """

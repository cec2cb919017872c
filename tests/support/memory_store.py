"""A store that keeps everything in memory: for tests, and as a second reading of the protocol."""

import contextlib
import hashlib
import io
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import entry_of_line, line_of_entry, sign_entry
from cadencecoach.record.fold.spark import spark_of
from cadencecoach.record.fold.summary import row_of
from cadencecoach.record.journal import read_journal
from cadencecoach.record.profile import Profile
from cadencecoach.record.row import SessionRow
from cadencecoach.record.rows import kind_of
from cadencecoach.store.athlete_names import check_name, forgotten_error
from cadencecoach.store.columns import Value, values_of
from cadencecoach.store.finding import is_id
from cadencecoach.store.forgotten_names import hash_of_name, joined_forgotten_names
from cadencecoach.store.listed import LISTED, Listed, read_listed
from cadencecoach.store.loading import Recorded, load_session, summarise_journal
from cadencecoach.store.log_file import Log, entry_lines, log_text
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME, PROGRAMME_NAME, check_own_names, kept_programme_name
from cadencecoach.store.profile_file import profile_bytes, profile_in
from cadencecoach.store.protocol import Belongings, Hold, Listing, ProgrammeText, Rows, TellProgress, Unreadable


class MemoryFolds:
    """`Folds` in a dictionary."""

    def __init__(self, kept: dict[str, tuple[str, str]]) -> None:
        """What was kept before."""
        self._kept = kept

    def read(self, marks: Mapping[str, str]) -> Mapping[str, str]:
        """Those of the same mark."""
        return {name: fold for name, (mark, fold) in self._kept.items() if marks.get(name) == mark}

    def keep(self, folds: Mapping[str, tuple[str, str]]) -> None:
        """Into the dictionary."""
        self._kept.update(folds)

    def drop_others(self, athletes: Iterable[str]) -> None:
        """Out of it."""
        for name in self._kept.keys() - set(athletes):
            del self._kept[name]


class MemorySessions:
    """A `SessionTable` of the journals of a `MemoryStore`: what was read of them when they were read last."""

    def __init__(self, read: Callable[[], tuple[list[SessionRow], list[Unreadable], list[str]]]) -> None:
        """Nothing is read yet."""
        self.notes: tuple[str, ...] = ()
        self._read = read
        self._rows: list[SessionRow] = []
        self._unreadable: list[Unreadable] = []
        self._open_ended: list[str] = []

    def refresh(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """All of them each time; told as they were."""
        known = {row.id: row for row in self._rows}
        self._rows, self._unreadable, self._open_ended = self._read()
        n_changed = sum(known.get(row.id) != row for row in self._rows)
        if n_changed:
            tell(0, n_changed)
        return n_changed

    def rebuild(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Read them again."""
        self._rows = []
        self.refresh(tell)
        return len(self._rows) + len(self._unreadable)

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """Of the rows."""
        rows = [values_of(row) for row in self.rows(athlete=athlete, since=since, limit=limit)]
        return [tuple(row[name] for name in names) for row in rows]

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """Those that fit."""
        found = [
            row
            for row in self._rows
            if (athlete is None or row.athlete == athlete) and (since is None or row.day >= since)
        ]
        return tuple(found if limit < 0 else found[len(found) - min(limit, len(found)) :])

    def unreadable(self) -> tuple[Unreadable, ...]:
        """What could not be read."""
        return tuple(self._unreadable)

    def broken_off_ids(self) -> tuple[str, ...]:
        """Those without an end."""
        return tuple(self._open_ended)


class MemoryStore:
    """A `Store` of dictionaries, by pseudonym or by the id of a session."""

    machine = NO_MACHINE

    def __init__(self) -> None:
        """Nobody is kept yet."""
        self._lock = threading.RLock()
        self._profiles: dict[str, Profile] = {}
        self._logs: dict[str, list[Mapping[str, Any]]] = {}
        self._files: dict[str, dict[str, bytes]] = {}
        self._links: dict[str, dict[str, Path]] = {}
        self._texts: dict[str, bytes] = {}
        self._kept_texts: dict[str, dict[str, bytes]] = {}
        self._journals: dict[str, bytes] = {}
        self._table = MemorySessions(self._read_all)
        self._folds: dict[str, tuple[str, str]] = {}
        self.kept_beside: list[tuple[str, bytes]] = []
        self._holds: list[Hold] = []
        self._forgotten: dict[str, str] = {}

    def is_in_files(self) -> bool:
        """It is in memory."""
        return False

    def behind(self) -> None:
        """Never."""

    def lock_athletes(self) -> AbstractContextManager[Any]:
        """One lock that its thread may take again."""
        return self._lock

    @contextlib.contextmanager
    def hold_athlete(self, athlete: str) -> Iterator[Hold]:
        """An entry in a list."""
        with self._lock:
            self._check_kept(athlete)
            hold = Hold(athlete=athlete, is_there=lambda: any(one is hold for one in self._holds))
            self._holds.append(hold)
        try:
            yield hold
        finally:
            self._holds.remove(hold)

    def athlete_marks(self) -> Mapping[str, str]:
        """A hash of all there is."""
        self._table.refresh()
        return {
            name: hashlib.sha256(
                repr(
                    (self._profiles.get(name), self._logs.get(name), self._texts.get(name), self._journals_of(name))
                ).encode()
            ).hexdigest()
            for name in filter(self.is_kept, self.athlete_names())
        }

    def athlete_mark(self, athlete: str) -> str | None:
        """Likewise."""
        return self.athlete_marks().get(athlete)

    def _journals_of(self, athlete: str) -> list[tuple[str, bytes]]:
        """Those that name an athlete."""
        named = (one for one in self._journals if self.journal_header(one).get("athlete") == athlete)
        return [(one, self._journals[one]) for one in sorted(named)]

    @contextlib.contextmanager
    def folds(self) -> Iterator[MemoryFolds]:
        """The same each time."""
        yield MemoryFolds(self._folds)

    def athlete_names(self) -> tuple[str, ...]:
        """Whoever has anything."""
        return tuple(sorted({*self._profiles, *self._logs, *self._texts}))

    def is_kept(self, name: str) -> bool:
        """Whether there is a profile or a log."""
        return check_name(name) in self._profiles or name in self._logs

    def place_of(self, athlete: str) -> str:
        """A name for messages."""
        return f"memory:{check_name(athlete)}"

    def read_profile(self, athlete: str) -> Profile:
        """The value."""
        return self._profiles.get(check_name(athlete), Profile(athlete=athlete))

    def write_profile(self, profile: Profile) -> None:
        """The value."""
        self._profiles[check_name(profile.athlete)] = replace(profile)

    def belongings(self, athlete: str) -> Belongings:
        """Names of all that is kept."""
        if any(hold.athlete == check_name(athlete) for hold in self._holds):
            raise UsageError(f"{athlete} has a run or a check-in in progress; finish that first")
        files = tuple(sorted(self.own_files(athlete)))
        place = self.place_of(athlete) if files else None
        return Belongings(place=place, files=files, journals=tuple(self.journals_of(athlete)))

    def forget(self, athlete: str) -> None:
        """Delete all of it."""
        with self._lock:
            if self.belongings(athlete).place is not None:
                self.add_forgotten_names({hash_of_name(athlete): wall_time_utc()})
            for session in self.belongings(athlete).journals:
                del self._journals[session]
            for values in (self._profiles, self._logs, self._texts, self._kept_texts, self._files, self._links):
                values.pop(athlete, None)
            self._folds.clear()

    def forgotten_names(self) -> Mapping[str, str]:
        """A dictionary."""
        return dict(self._forgotten)

    def add_forgotten_names(self, names: Mapping[str, str]) -> None:
        """Into that dictionary."""
        self._forgotten = joined_forgotten_names(self._forgotten, names)

    def note(self, about: str, what: str) -> None:
        """Nobody asks."""

    def own_files(self, athlete: str) -> Mapping[str, bytes]:
        """As a store of files would have them."""
        files = dict(self._kept_texts.get(check_name(athlete), {}))
        if athlete in self._profiles:
            files[PROFILE_NAME] = profile_bytes(self._profiles[athlete])
        if athlete in self._logs:
            files[LOG_NAME] = log_text(athlete, self._logs[athlete])
        if athlete in self._texts:
            files[PROGRAMME_NAME] = self._texts[athlete]
        return files

    def put_own_files(self, athlete: str, files: Mapping[str, bytes]) -> None:
        """Read, each into its dictionary."""
        check_own_names(files)
        with self._lock:
            for name, raw in files.items():
                if name == PROFILE_NAME:
                    self.write_profile(profile_in(raw, name))
                elif name == LOG_NAME:
                    self.write_log(athlete, entry_lines(raw.splitlines()))
                elif name == PROGRAMME_NAME:
                    self.set_programme_text(athlete, raw)
                else:
                    self._kept_texts.setdefault(check_name(athlete), {})[name] = raw

    @contextlib.contextmanager
    def staging_folder(self) -> Iterator[Path]:
        """A folder of the system's."""
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)

    def log_of(self, athlete: str) -> Log:
        """Made from the lines."""
        lines = self._logs.get(check_name(athlete))
        if lines is None:
            return Log()
        every = tuple(entry for entry in map(entry_of_line, lines) if entry is not None)
        return Log(athlete=athlete, entries=entries_that_count(every), every=every)

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """At the end of the list."""
        with self._lock:
            self._check_kept(athlete)
            signed = tuple(sign_entry(entry, author="", device="memory") for entry in entries)
            self._logs.setdefault(athlete, []).extend(map(line_of_entry, signed))
        return signed

    def add_file(self, athlete: str, content: IO[bytes], tail: str) -> str:
        """In a dictionary."""
        raw = content.read()
        name = f"{hashlib.sha256(raw).hexdigest()[:12]}-{tail}"
        self._files.setdefault(check_name(athlete), {})[name] = raw
        return name

    def add_link(self, athlete: str, path: Path, tail: str) -> str:
        """In another one."""
        name = f"{hashlib.sha256(str(path).encode()).hexdigest()[:12]}-{tail}"
        self._links.setdefault(check_name(athlete), {})[name] = path
        return name

    def links(self, athlete: str) -> Mapping[str, Path]:
        """A dictionary."""
        return dict(self._links.get(check_name(athlete), {}))

    def file_names(self, athlete: str) -> tuple[str, ...]:
        """The keys."""
        return tuple(sorted(self._files.get(check_name(athlete), ())))

    def open_file(self, athlete: str, name: str) -> IO[bytes]:
        """From the dictionary."""
        files = self._files.get(check_name(athlete), {})
        if name not in files:
            raise UsageError(f"there is no file {name}")
        return io.BytesIO(files[name])

    def place_of_file(self, athlete: str, name: str) -> str:
        """Its name."""
        if name in self.file_names(athlete):
            return name
        path = self._links.get(athlete, {}).get(name)
        return "" if path is None or not path.is_file() else str(path)

    def log_lines(self, athlete: str) -> tuple[Mapping[str, Any], ...]:
        """The list."""
        return tuple(self._logs.get(check_name(athlete), ()))

    def write_log(self, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """A new list."""
        self._logs[check_name(athlete)] = list(lines)

    def programme_text(self, athlete: str) -> ProgrammeText | None:
        """The text in force."""
        raw = self._texts.get(check_name(athlete))
        return None if raw is None else ProgrammeText(raw=raw, source=f"{self.place_of(athlete)}/programme")

    def set_programme_text(self, athlete: str, raw: bytes) -> None:
        """The text in force."""
        self._texts[check_name(athlete)] = raw

    def keep_programme_text(self, athlete: str, raw: bytes) -> str:
        """By its name as a file."""
        name = kept_programme_name(raw)
        self._kept_texts.setdefault(check_name(athlete), {})[name] = raw
        return f"{self.place_of(athlete)}/{name}"

    def programme_texts(self, athlete: str) -> tuple[bytes, ...]:
        """The one in force, and the others by name."""
        now = [self._texts[check_name(athlete)]] if athlete in self._texts else []
        kept = self._kept_texts.get(check_name(athlete), {})
        return (*now, *(raw for _, raw in sorted(kept.items())))

    @contextlib.contextmanager
    def sessions(self) -> Iterator[MemorySessions]:
        """The same each time."""
        yield self._table

    def session_ids(self) -> tuple[str, ...]:
        """The keys."""
        return tuple(sorted(self._journals))

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """The last ones that were put in or changed."""
        return tuple(list(reversed(self._journals))[:most])

    def find_session(self, text: str) -> str | Path:
        """Of the journals here; else a file of the user's."""
        found = max(self._journals, default="") if text == "last" else text
        if found in self._journals:
            return found
        if text and Path(text).exists():
            return Path(text)
        raise UsageError(f"{text}: no such session")

    def rows_of(self, athlete: str) -> Rows:
        """Made from the journals each time."""
        rows, _, _ = self._read_all()
        return Rows(rows=tuple(row for row in rows if row.athlete == athlete))

    def _read_all(self) -> tuple[list[SessionRow], list[Unreadable], list[str]]:
        """Rows, what cannot be read, and the ids of those without an end."""
        rows, unreadable, open_ended = [], [], []
        for session, raw in sorted(self._journals.items()):
            try:
                journal = read_journal(raw.splitlines(keepends=True))
            except CadencecoachError as error:
                unreadable.append(Unreadable(id=session, problem=str(error)))
                continue
            rows.append(row_of(journal.header, journal.lines, id=session))
            if not rows[-1].is_ended:
                open_ended.append(session)
        return sorted(rows, key=lambda row: (row.day, row.started)), unreadable, open_ended

    def n_unread_sessions(self) -> int:
        """They are read each time, and soon."""
        return 0

    def listed_sessions(self) -> Listing:
        """Made from the journals each time."""
        every, notes = list[Listed](), list[str]()
        for session, raw in self._journals.items():
            try:
                journal = read_journal(raw.splitlines(keepends=True))
            except CadencecoachError as error:
                notes.append(f"{session}: {error}")
                continue
            row = row_of(journal.header, journal.lines, id=session)
            values = values_of(row, kind=kind_of(journal.header).value, spark=spark_of(journal.lines))
            every.append(read_listed([values[name] for name in LISTED]))
        return Listing(sessions=tuple(sorted(every, key=lambda one: one.started, reverse=True)), notes=tuple(notes))

    def journals_of(self, athlete: str) -> Iterator[str]:
        """By their headers."""
        return (one for one in sorted(self._journals) if self.journal_header(one).get("athlete") == athlete)

    def has_journal(self, session: str) -> bool:
        """By its id."""
        return session in self._journals

    def is_running(self, session: str) -> bool:  # noqa: ARG002  # of the protocol
        """Nothing is ever written in here while it is run."""
        return False

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """The first line."""
        with contextlib.suppress(CadencecoachError):
            return read_journal(self._journals.get(session, b"").splitlines(keepends=True)[:1]).header
        return {}

    def load_session(self, session: str) -> Recorded:
        """Of the journals here; else a file of the user's."""
        found = self.find_session(session)
        if isinstance(found, Path):
            return load_session(found)
        journal = read_journal(self._journals[found].splitlines(keepends=True))
        return Recorded(path=Path(f"{found}.jsonl"), journal=journal, summary=summarise_journal(journal))

    def open_journal(self, session: str) -> IO[bytes]:
        """Its bytes."""
        if not is_id(session):
            raise UsageError(f"{session!a} cannot be the id of a session")
        if session not in self._journals:
            raise UsageError(f"session {session} cannot be read: it is not there")
        return io.BytesIO(self._journals[session])

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """Its bytes, unless there are some."""
        if not is_id(session):
            raise UsageError(f"{session!a} cannot be the id of a session")
        if session in self._journals:
            return False
        self._journals[session] = content.read()
        return True

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """Its bytes."""
        self._journals[session] = content.read()
        return True

    def keep_journal(self, session: str, content: IO[bytes]) -> None:
        """Among those that nobody reads."""
        self.kept_beside.append((session, content.read()))

    def journals_beside(self) -> Iterator[tuple[str, Recorded]]:
        """Of those that nobody reads else."""
        for session, raw in self.kept_beside:
            journal = read_journal(raw.splitlines(keepends=True))
            yield session, Recorded(path=Path(f"{session}.jsonl"), journal=journal, summary=summarise_journal(journal))

    def kept_journals(self) -> Iterator[tuple[str, bytes]]:
        """The list."""
        return iter(self.kept_beside)

    def end_journal(self, session: str, line: str) -> None:
        """Without the torn last line; it is the newest now."""
        with self.open_journal(session):
            raw = self._journals.pop(session)
        lines = raw.splitlines(keepends=True)
        is_torn = len(read_journal(lines).lines) + 1 < len(lines)
        whole = b"".join(lines[:-1] if is_torn else lines)
        self._journals[session] = whole.rstrip(b"\n") + f"\n{line}\n".encode()

    def is_among_sessions(self, journal: Path) -> bool:  # noqa: ARG002  # of the protocol
        """No file is."""
        return False

    def _check_kept(self, athlete: str) -> None:
        if not self.is_kept(athlete):
            raise forgotten_error(athlete)

"""Profiles, logs and programme texts in tables, as the bytes that files would hold."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.exc import ProgrammingError

from cadencecoach.devices.journal.reading import name_in_errors
from cadencecoach.errors import ForbiddenError, UsageError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import entry_id, header_line, line_of_entry, log_bytes, sign_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_names import check_name, forgotten_error
from cadencecoach.store.author_and_device import author_named
from cadencecoach.store.log_file import (
    Log,
    entry_in,
    entry_lines,
    is_current_header,
    log_in,
    log_text,
    log_with,
)
from cadencecoach.store.machine import NO_MACHINE, Machine
from cadencecoach.store.own_files import (
    LOG_NAME,
    PROFILE_NAME,
    PROGRAMME_NAME,
    check_own_names,
    kept_programme_name,
)
from cadencecoach.store.profile_file import profile_bytes, profile_in
from cadencecoach.store.protocol import ProgrammeText
from cadencecoach.store.sql_database import Database, insert_once, note, take_number
from cadencecoach.store.sql_schema import athletes, log_lines, texts


class SqlAthletes:
    """The part of a `Store` that is about athletes.

    Args:
        database: open
        machine: what this computer keeps beside it
        author: who writes into logs; empty for whoever the settings name
        device: the name of this computer in entries
    """

    def __init__(self, database: Database, machine: Machine = NO_MACHINE, author: str = "", device: str = "") -> None:
        """Nothing is asked of the database yet."""
        self.database, self.machine = database, machine
        self._author, self._device = author, device

    def athlete_names(self) -> tuple[str, ...]:
        """Of the table, in the order of Python: databases sort in the way of a country."""
        with self.database.read() as connection:
            return tuple(sorted(connection.execute(select(athletes.c.name)).scalars()))

    def is_kept(self, name: str) -> bool:
        """Whether there is a profile or a log."""
        check_name(name)
        with self.database.read() as connection:
            return bool(connection.execute(select(athletes.c.is_kept).where(athletes.c.name == name)).scalar())

    def place_of(self, athlete: str) -> str:
        """The address of the database, and the name."""
        return f"{self.database.address}: {check_name(athlete)}"

    def read_profile(self, athlete: str) -> Profile:
        """The profile; an empty one where there is none."""
        raw = self._value(athlete, athletes.c.profile)
        return Profile(athlete=athlete) if raw is None else replace(profile_in(raw, athlete), athlete=athlete)

    def write_profile(self, profile: Profile) -> None:
        """Its bytes."""
        check_name(profile.athlete)
        with self.database.write() as connection:
            self._set(connection, profile.athlete, profile=profile_bytes(profile), is_kept=True)

    def log_of(self, athlete: str) -> Log:
        """Read from the lines."""
        lines = self._lines(athlete)
        with name_in_errors(f"the log of {athlete}"):
            return log_in(lines) if lines else Log()

    def log_lines(self, athlete: str) -> tuple[Mapping[str, Any], ...]:
        """Those that are no header and are whole."""
        lines = self._lines(athlete)
        with name_in_errors(f"the log of {athlete}"):
            return entry_lines(lines) if lines and log_in(lines) else ()

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """Behind the last line; all or none."""
        check_name(athlete)
        author = self._author or author_named(self.machine)
        signed = tuple(sign_entry(entry, author=author, device=self._device) for entry in entries)
        self.put_entries(athlete, signed)
        return signed

    def put_entries(self, athlete: str, signed: Sequence[Entry]) -> None:
        """Put entries that have been signed behind the last line; refused where there is no such athlete."""
        with self.database.write() as connection:
            self._check_kept(athlete)
            if not self._append(connection, athlete, signed):
                with name_in_errors(f"the log of {athlete}"):
                    self._write_lines(connection, athlete, log_with(b"".join(self._lines(athlete)), athlete, signed))
            self._set(connection, athlete, is_kept=True)

    def check_may_write(self) -> None:
        """Refuse whoever may only read.

        Raises:
            ForbiddenError: this person changes nothing
        """
        if not self.database.is_postgresql:
            return
        with self.database.read() as connection:
            if not connection.execute(select(func.cadencecoach_writes())).scalar():
                who = self.database.person or "this role"
                raise ForbiddenError(f"{self.database.address}: {who} may not do this: nothing was written")

    def add_lines(self, athlete: str, lines: Sequence[bytes]) -> int:
        """Put lines behind the last one whose entries are not there yet; the answer is how many those were."""
        with self.database.write() as connection:
            self._check_kept(athlete)
            known = set(connection.execute(select(log_lines.c.entry).where(log_lines.c.athlete == athlete)).scalars())
            new = [line for line in lines if entry_in(line) not in {"", *known}]
            if new:
                raw = log_with(b"".join(self._lines(athlete)), athlete, ())
                self._write_lines(connection, athlete, raw + b"".join(new))
                self._set(connection, athlete, is_kept=True)
            return len(new)

    def write_log(self, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """In the place of all lines."""
        check_name(athlete)
        with self.database.write() as connection:
            self._set(connection, athlete, is_kept=True)
            self._write_lines(connection, athlete, log_text(athlete, lines))

    def programme_text(self, athlete: str) -> ProgrammeText | None:
        """The text in force."""
        raw = self._value(athlete, athletes.c.programme)
        return None if raw is None else ProgrammeText(raw=raw, source=f"{self.place_of(athlete)}/{PROGRAMME_NAME}")

    def set_programme_text(self, athlete: str, raw: bytes) -> None:
        """In the place of the one there is."""
        check_name(athlete)
        with self.database.write() as connection:
            self._set(connection, athlete, programme=raw)

    def keep_programme_text(self, athlete: str, raw: bytes) -> str:
        """By its name as a file."""
        check_name(athlete)
        with self.database.write() as connection:
            self._set(connection, athlete)
            self._keep_text(connection, athlete, kept_programme_name(raw), raw)
        return f"{self.place_of(athlete)}/{kept_programme_name(raw)}"

    def programme_texts(self, athlete: str) -> tuple[bytes, ...]:
        """The one in force, and the others by name."""
        now = self._value(athlete, athletes.c.programme)
        return (*([] if now is None else [now]), *self._kept_texts(athlete).values())

    def own_files(self, athlete: str) -> Mapping[str, bytes]:
        """The bytes of the files that were put in, or would be written."""
        check_name(athlete)
        with self.database.read():
            found = {
                PROFILE_NAME: self._value(athlete, athletes.c.profile),
                LOG_NAME: b"".join(self._lines(athlete)) or None,
                PROGRAMME_NAME: self._value(athlete, athletes.c.programme),
                **self._kept_texts(athlete),
            }
        return {name: raw for name, raw in found.items() if raw is not None}

    def put_own_files(self, athlete: str, files: Mapping[str, bytes]) -> None:
        """Each in its column."""
        check_name(athlete)
        check_own_names(files)
        with self.database.write() as connection:
            is_kept = {"is_kept": True} if files.keys() & {PROFILE_NAME, LOG_NAME} else {}
            columns = {"profile": files.get(PROFILE_NAME), "programme": files.get(PROGRAMME_NAME)}
            self._set(connection, athlete, **is_kept, **{name: raw for name, raw in columns.items() if raw is not None})
            if LOG_NAME in files:
                self._write_lines(connection, athlete, files[LOG_NAME])
            for name in files.keys() - {PROFILE_NAME, LOG_NAME, PROGRAMME_NAME}:
                self._keep_text(connection, athlete, name, files[name])

    def _kept_texts(self, athlete: str) -> dict[str, bytes]:
        with self.database.read() as connection:
            found = connection.execute(select(texts.c.name, texts.c.raw).where(texts.c.athlete == athlete))
            return {name: bytes(raw) for name, raw in sorted(found)}

    @staticmethod
    def _keep_text(connection: Connection, athlete: str, name: str, raw: bytes) -> None:
        insert_once(connection, texts, {"athlete": athlete, "name": name, "raw": raw})

    def _value(self, athlete: str, column: ColumnElement[bytes]) -> bytes | None:
        check_name(athlete)
        with self.database.read() as connection:
            raw = connection.execute(select(column).where(athletes.c.name == athlete)).scalar()
        return None if raw is None else bytes(raw)

    def _lines(self, athlete: str) -> list[bytes]:
        check_name(athlete)
        wanted = select(log_lines.c.raw).where(log_lines.c.athlete == athlete).order_by(log_lines.c.place)
        with self.database.read() as connection:
            return [bytes(raw) for raw in connection.execute(wanted).scalars()]

    def _append(self, connection: Connection, athlete: str, entries: Sequence[Entry]) -> bool:
        """Put lines behind the last one of a log whose head and end are as they ought to be; False for others."""
        its = log_lines.c.athlete == athlete
        places = select(func.min(log_lines.c.place), func.max(log_lines.c.place))
        first, last = connection.execute(places.where(its)).one()
        if last is None:
            rows = [_row(athlete, 0, "", log_bytes(header_line(athlete)))]
        else:
            heads = connection.execute(select(log_lines.c.place, log_lines.c.raw).where(its, log_lines.c.entry == ""))
            found = [(place, bytes(raw)) for place, raw in heads]
            end = connection.execute(select(log_lines.c.raw).where(its, log_lines.c.place == last)).scalar_one()
            is_usual = len(found) == 1 and found[0][0] == first and is_current_header(found[0][1])
            if not is_usual or not bytes(end).endswith(b"\n"):
                return False
            rows = []
        begin = 0 if last is None else int(last)
        lines = ((entry_id(one), log_bytes(line_of_entry(one))) for one in entries)
        rows += [_row(athlete, begin + n, key, raw) for n, (key, raw) in enumerate(lines, start=1)]
        if rows:
            connection.execute(insert(log_lines), rows)
        return True

    def _write_lines(self, connection: Connection, athlete: str, raw: bytes) -> None:
        connection.execute(delete(log_lines).where(log_lines.c.athlete == athlete))
        lines = io.BytesIO(raw).readlines()
        if lines:
            rows = [_row(athlete, n, entry_in(line), line) for n, line in enumerate(lines)]
            connection.execute(insert(log_lines), rows)

    def _set(self, connection: Connection, athlete: str, **values: object) -> None:
        """Change an athlete's row, and that there is a change; make one who is not there."""
        number = take_number(connection)
        made = {"name": athlete, "is_kept": False, "made": number, "n_changes": number, **values}
        changed = update(athletes).where(athletes.c.name == athlete).values(n_changes=number, **values)
        if not connection.execute(changed).rowcount:
            _make_row(connection, athlete, made)
        note(connection, self.database.person, "change", athlete)

    def _check_kept(self, athlete: str) -> None:
        """Nothing written late makes a forgotten athlete anew."""
        if not self.is_kept(athlete):
            raise forgotten_error(athlete)


def _make_row(connection: Connection, athlete: str, made: Mapping[str, object]) -> None:
    """Make an athlete; one who is not seen here, or differs in capitals only, is refused in words of ours."""
    is_taken = f"the name {athlete} is taken; choose another pseudonym"
    try:
        with connection.begin_nested():
            is_new = insert_once(connection, athletes, made)
    except ProgrammingError as error:
        may_write = connection.dialect.name == "postgresql" and connection.execute(select(func.cadencecoach_writes()))
        if may_write and may_write.scalar():
            raise UsageError(is_taken) from error
        raise
    if not is_new:
        raise UsageError(is_taken)


def _row(athlete: str, place: int, entry: str, raw: bytes) -> dict[str, object]:
    return {"athlete": athlete, "place": place, "entry": entry, "raw": raw}

"""Pictures and videos of findings in tables: in pieces, since a video is larger than what goes through in one."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from sqlalchemy import delete, insert, select, update

from cadencecoach.errors import UsageError
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.athlete_tables import SqlAthletes
from cadencecoach.store.attached_files import FILE_NAME, MAX_FILE_BYTES, SHA_DIGITS
from cadencecoach.store.sql_database import insert_once
from cadencecoach.store.sql_schema import files, links

PIECE_BYTES: Final = 1 << 20
IN_MEMORY_BYTES: Final = 8 << 20


class SqlFindings(SqlAthletes):
    """The part of a `Store` that is about files of findings."""

    def add_file(self, athlete: str, content: IO[bytes], tail: str) -> str:
        """In pieces under a name of its own, until its hash is known."""
        check_name(athlete)
        draft, digest, n_bytes = f".draft-{os.urandom(8).hex()}", hashlib.sha256(), 0
        with self.database.write() as connection:
            self._set(connection, athlete)
            for part, piece in enumerate(iter(lambda: content.read(PIECE_BYTES), b"")):
                n_bytes += len(piece)
                if n_bytes > MAX_FILE_BYTES:
                    raise UsageError(f"more than {MAX_FILE_BYTES // 1_000_000} MB; cut the video, or use --link")
                digest.update(piece)
                connection.execute(insert(files).values(athlete=athlete, name=draft, part=part, raw=piece))
            name = f"{digest.hexdigest()[:SHA_DIGITS]}-{tail}"
            if not n_bytes:
                connection.execute(insert(files).values(athlete=athlete, name=draft, part=0, raw=b""))
            connection.execute(delete(files).where(files.c.athlete == athlete, files.c.name == name))
            connection.execute(update(files).where(files.c.athlete == athlete, files.c.name == draft).values(name=name))
        return name

    def add_link(self, athlete: str, path: Path, tail: str) -> str:
        """A path; on other computers nothing is there."""
        check_name(athlete)
        where = os.fsencode(path.absolute())
        name = f"{hashlib.sha256(where).hexdigest()[:SHA_DIGITS]}-{tail}"
        with self.database.write() as connection:
            self._set(connection, athlete)
            insert_once(connection, links, {"athlete": athlete, "name": name, "place": os.fsdecode(where)})
        return name

    def links(self, athlete: str) -> Mapping[str, Path]:
        """Of the table."""
        check_name(athlete)
        with self.database.read() as connection:
            found = connection.execute(select(links.c.name, links.c.place).where(links.c.athlete == athlete))
            return {name: Path(place) for name, place in sorted(found)}

    def file_names(self, athlete: str) -> tuple[str, ...]:
        """Of the first pieces."""
        check_name(athlete)
        with self.database.read() as connection:
            wanted = select(files.c.name).where(files.c.athlete == athlete, files.c.part == 0)
            return tuple(sorted(connection.execute(wanted).scalars()))

    def open_file(self, athlete: str, name: str) -> IO[bytes]:
        """The pieces one after the other; a large one goes through a file without a name."""
        if name not in self.file_names(athlete):
            raise UsageError(f"file {name} of {athlete} cannot be read: it is not there")
        wanted = select(files.c.raw).where(files.c.athlete == athlete, files.c.name == name)
        whole = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  # the caller closes it
        with self.database.read() as connection:
            for part in range(MAX_FILE_BYTES // PIECE_BYTES + 2):
                piece = connection.execute(wanted.where(files.c.part == part)).scalar()
                if piece is None:
                    break
                whole.write(piece)
        whole.seek(0)
        return whole

    def place_of_file(self, athlete: str, name: str) -> str:
        """The name of what was copied in; the path of what is linked and is on this computer."""
        if not FILE_NAME.fullmatch(name):
            return ""
        if name in self.file_names(athlete):
            return f"{self.place_of(athlete)}/{name}"
        path = self.links(athlete).get(name)
        return "" if path is None or not path.is_file() else str(path)

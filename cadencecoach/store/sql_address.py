"""The address of a database, and the password that goes with it, which stands in a private file and nowhere else."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from cadencecoach.devices.input_file import clean_name, file_bytes, user_path
from cadencecoach.errors import UsageError
from cadencecoach.store.secrets import without_secrets

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS: Final = f"allowed are {SQLITE}:///FILE and {POSTGRESQL}://USER@COMPUTER/DATABASE"
MAX_PASSWORD_BYTES = 1_000
NEVER_IN_IT: Final = (
    "a password does not stand in an address: write it into ~/.pgpass, or into a private file that "
    "store.password_file names"
)
_SECRET_KEYS: Final = {"password", "passwd", "pwd", "sslpassword"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a database is.

    Attributes:
        url: without a password
        password_file: a private file that holds the password alone; None for what libpq finds in pgpass
    """

    url: URL
    password_file: Path | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file on this computer."""
        return self.url.drivername.startswith(SQLITE)

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        return Path(self.url.database or "")

    def password(self) -> str | None:
        """The password of the private file; None where none is named.

        Raises:
            UsageError: the file is not there, or others than its owner may read it
        """
        return None if self.password_file is None else password_in(self.password_file)

    def __str__(self) -> str:
        return without_secrets(self.url.render_as_string(hide_password=True)).replace(
            f"{POSTGRESQL}+psycopg", POSTGRESQL
        )


def address_in(text: str, password_file: str = "") -> Address:
    """The address in a text.

    Raises:
        UsageError: it is none of a database that we use, or holds a password
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"the store {without_secrets(text)!a} is no address of a database; {KINDS}") from error
    if url.password is not None or _SECRET_KEYS & {key.lower() for key in url.query}:
        raise UsageError(NEVER_IN_IT)
    secret = user_path(password_file) if password_file else None
    if url.drivername == SQLITE:
        if not url.database or url.database == ":memory:" or url.host:
            raise UsageError(f"the store {text!a} names no file; write {SQLITE}:///FILE")
        return Address(url=url.set(database=str(user_path(url.database).absolute())))
    if url.drivername not in {POSTGRESQL, f"{POSTGRESQL}+psycopg"}:
        raise UsageError(f"the store {text!a} is of a kind that is not known; {KINDS}")
    if not url.database:
        raise UsageError(f"the store {text!a} names no database; {KINDS}")
    return Address(url=url.set(drivername=f"{POSTGRESQL}+psycopg"), password_file=secret)


def password_in(path: Path) -> str:
    """The password in a private file: its first line.

    Raises:
        UsageError: it cannot be read, is empty, or others than its owner may read it
    """
    raw = file_bytes(path, what="password file", limit_bytes=MAX_PASSWORD_BYTES)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"{clean_name(path)}: others may read this password file; run `chmod 600` on it")
    text = raw.decode("utf-8", "replace").partition("\n")[0].strip("\r")
    if not text:
        raise UsageError(f"{clean_name(path)}: the password file is empty")
    return text

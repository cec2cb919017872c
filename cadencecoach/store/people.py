"""Who may see whom in the database of a clinic; kept by a lead."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import scrypt, sha256
from typing import Final

from sqlalchemy import delete, func, select, update

from cadencecoach.errors import UsageError
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.sql_database import Database, insert_once, note
from cadencecoach.store.sql_schema import audit, caseload, people

LEAD, CLINICIAN, RESEARCHER, READER = "lead", "clinician", "researcher", "reader"
ROLES: Final = {
    LEAD: "sees and changes everybody, and adds people",
    CLINICIAN: "sees and changes whoever is in their caseload",
    READER: "sees whoever is in their caseload, and changes nothing",
    RESEARCHER: "makes research tables without what names anybody, and nothing else",
}
LEAST_CHARS: Final = 10
MARK_DIGITS: Final = 16
COST: Final = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}  # some 100 ms and 32 MB a try


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works with the store.

    Attributes:
        name: as they sign in
        role: one of `ROLES`
        is_active: whether they may come in
        sees: pseudonyms in their caseload
    """

    name: str
    role: str
    is_active: bool
    sees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody who is served may do now.

    Attributes:
        role: one of `ROLES`; empty for nobody
        mark: of the password that is kept; another password has another one
        names: the athletes they see
    """

    role: str
    mark: str
    names: frozenset[str] = frozenset()


class People:
    """The people of a database.

    Args:
        database: as a lead
    """

    def __init__(self, database: Database) -> None:
        """Nothing is asked yet."""
        self._database = database

    def everybody(self) -> Sequence[Person]:
        """All of them by name, as far as they are seen."""
        columns = (people.c.name, people.c.role, people.c.is_active)
        with self._database.read() as connection:
            found = connection.execute(select(*columns).order_by(people.c.name)).all()
            pairs = connection.execute(select(caseload.c.person, caseload.c.athlete)).all()
        return [
            Person(
                name=one.name,
                role=one.role,
                is_active=one.is_active,
                sees=tuple(sorted(pair.athlete for pair in pairs if pair.person == one.name)),
            )
            for one in found
        ]

    def role(self) -> str:
        """Of whoever is served; empty where the database keeps nobody apart."""
        if not self._database.is_postgresql:
            return ""
        with self._database.read() as connection:
            return str(connection.execute(select(func.cadencecoach_role())).scalar() or "")

    def standing(self) -> Standing:
        """Of whoever is served, without the athletes."""
        with self._database.read() as connection:
            asked = select(func.cadencecoach_role(), func.cadencecoach_password(func.cadencecoach_person()))
            role, kept = connection.execute(asked).one()
            return Standing(role=str(role or ""), mark=sha256(str(kept or "").encode()).hexdigest()[:MARK_DIGITS])

    def read_served(self) -> str:
        """The name of whoever is served: by a login of their own, else as it was set."""
        with self._database.read() as connection:
            return str(connection.execute(select(func.cadencecoach_person())).scalar() or "")

    def put(self, name: str, role: str, *, is_active: bool = True) -> None:
        """Add somebody, or change what they may do.

        Raises:
            UsageError: there is no such role, or who asks is no lead
        """
        check_name(name)
        if role not in ROLES:
            raise UsageError(f"{role!a} is no role; allowed are {', '.join(ROLES)}")
        self._check_lead()
        with self._database.write() as connection:
            made = {"name": name, "role": role, "password": "", "is_active": is_active}
            if not insert_once(connection, people, made):
                changed = update(people).where(people.c.name == name)
                connection.execute(changed.values(role=role, is_active=is_active))
            note(connection, self._database.person, "person", name)

    def set_password(self, name: str, password: str) -> None:
        """Keep what cannot be turned back into the password.

        Raises:
            UsageError: it is too short, there is nobody of this name, or who asks is no lead
        """
        if len(password) < LEAST_CHARS:
            raise UsageError(f"a password has at least {LEAST_CHARS} characters")
        self._check_lead()
        with self._database.write() as connection:
            changed = update(people).where(people.c.name == name).values(password=password_hash(password))
            if not connection.execute(changed).rowcount:
                raise UsageError(f"there is nobody called {name}")
            note(connection, self._database.person, "person", name)

    def may_sign_in(self, name: str, password: str) -> bool:
        """Whether a password is that of somebody who may come in; it takes as long where there is nobody."""
        with self._database.read() as connection:
            if self._database.is_postgresql:
                kept = connection.execute(select(func.cadencecoach_password(name))).scalar()
            else:
                wanted = select(people.c.password).where(people.c.name == name, people.c.is_active)
                kept = connection.execute(wanted).scalar()
        return is_password(password, str(kept or "")) and bool(kept)

    def let_see(self, name: str, athletes: Sequence[str], *, may: bool = True) -> None:
        """Put athletes into somebody's caseload, or take them out.

        Raises:
            UsageError: there is nobody of this name, or who asks is no lead
        """
        self._check_lead()
        with self._database.write() as connection:
            if connection.execute(select(people.c.name).where(people.c.name == name)).scalar() is None:
                raise UsageError(f"there is nobody called {name}")
            for athlete in map(check_name, athletes):
                if may:
                    insert_once(connection, caseload, {"person": name, "athlete": athlete})
                else:
                    gone = delete(caseload).where(caseload.c.person == name, caseload.c.athlete == athlete)
                    connection.execute(gone)
                note(connection, self._database.person, "caseload", athlete)

    def audit(self, limit: int = 1000) -> Sequence[tuple[str, str, str, str]]:
        """When, who, what, about whom; the newest first. A lead sees it."""
        self._check_lead()
        columns = (audit.c.at, audit.c.person, audit.c.what, audit.c.about)
        with self._database.read() as connection:
            wanted = select(*columns).order_by(audit.c.number.desc()).limit(limit)
            return [(row.at, row.person, row.what, row.about) for row in connection.execute(wanted)]

    def _check_lead(self) -> None:
        if self._database.is_postgresql and self.role() != LEAD:
            raise UsageError("only a lead may do this")


def password_hash(password: str) -> str:
    """What is kept of a password."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_hash(password, salt).hex()}"


def is_password(password: str, kept: str) -> bool:
    """Whether a password is the one of which this is kept; False takes as long as True."""
    _, _, rest = kept.partition("$")
    salt, _, wanted = rest.partition("$")
    found = _hash(password, bytes.fromhex(salt) if salt else b"0" * 16)
    return hmac.compare_digest(found.hex(), wanted or "0")


def _hash(password: str, salt: bytes) -> bytes:
    return scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **COST)

"""Everything of one store put into another, counted; what is there already is left, so that it can be done again."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cadencecoach.errors import UsageError
from cadencecoach.store.attached_files import SHA_DIGITS
from cadencecoach.store.forgotten_names import hash_of_name
from cadencecoach.store.log_file import entry_in
from cadencecoach.store.own_files import LOG_NAME
from cadencecoach.store.protocol import Store

TellName = Callable[[str], None]
_KINDS: Final = ("athletes", "entries", "texts", "files", "links", "sessions", "kept_beside")


@dataclass(slots=True, kw_only=True)
class Copied:
    """What was copied.

    Attributes:
        new: how many were put in, by kind
        same: how many were there already, by kind
        differing: what is there and differs, and stays as it is there
        left: who was not copied, and why
    """

    new: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    same: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    differing: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def count(self, kind: str, *, is_new: bool, number: int = 1) -> None:
        """Count some of a kind."""
        told = self.new if is_new else self.same
        told[kind] += number


def copy_store(source: Store, target: Store, *, replaces: bool = False, tell: TellName = lambda _name: None) -> Copied:
    """Copy athletes and sessions, byte for byte where bytes are kept and entry for entry where both have a log.

    Args:
        source: left as it is
        target: what is there and not in the source stays
        replaces: what differs is as in the source afterwards; else it stays as it is there, and is told
        tell: called with the name of each athlete and session that is begun with
    Raises:
        UsageError: something cannot be written, or two names are too alike; what was copied until then stays
        JournalError: a log cannot be read
    """
    done = Copied()
    target.add_forgotten_names(source.forgotten_names())
    forgotten = target.forgotten_names()
    gone = {name for name in source.athlete_names() if hash_of_name(name) in forgotten and not target.is_kept(name)}
    # made anew since
    gone -= {name for name in source.athlete_names() if hash_of_name(name) in source.forgotten_names()}
    _check_names(source, target)
    for athlete in source.athlete_names():
        tell(athlete)
        if athlete in gone:
            done.left.append(f"{athlete} was forgotten there, and is not copied")
            continue
        _copy_athlete(source, target, athlete, done, replaces=replaces)
    for session in source.session_ids():
        tell(session)
        if source.is_running(session):
            done.left.append(f"session {session} is running; copy again when it has ended")
        elif str(source.journal_header(session).get("athlete") or "") in gone:
            done.left.append(f"session {session} is of an athlete who was forgotten there")
        else:
            _copy_journal(source, target, session, done, replaces=replaces)
    kept = {(session, hashlib.sha256(raw).digest()) for session, raw in target.kept_journals()}
    for session, raw in source.kept_journals():
        is_new = (session, hashlib.sha256(raw).digest()) not in kept
        if is_new:
            target.keep_journal(session, io.BytesIO(raw))
        done.count("kept_beside", is_new=is_new)
    with target.sessions() as table:
        table.refresh()
    return done


def _check_names(source: Store, target: Store) -> None:
    there = {name.casefold(): name for name in target.athlete_names()}
    for name in source.athlete_names():
        alike = there.get(name.casefold(), name)
        if alike != name:
            raise UsageError(f"{name} is to be copied, and {alike} is there: the names are too alike to keep both")


def _copy_athlete(source: Store, target: Store, athlete: str, done: Copied, *, replaces: bool) -> None:
    with target.lock_athletes():
        mine, theirs = source.own_files(athlete), target.own_files(athlete)
        done.count("athletes", is_new=not theirs)
        put: dict[str, bytes] = {}
        for name, raw in mine.items():
            if name == LOG_NAME:
                put.update(_log_to_put(raw, theirs.get(name, b""), done, replaces=replaces))
            elif name not in theirs or (replaces and theirs[name] != raw):
                put[name] = raw
                done.count("texts", is_new=True)
            elif theirs[name] == raw:
                done.count("texts", is_new=False)
            else:
                done.differing.append(f"{athlete}/{name}")
        if put:
            target.put_own_files(athlete, put)
        _copy_files(source, target, athlete, done)


def _log_to_put(mine: bytes, theirs: bytes, done: Copied, *, replaces: bool) -> Mapping[str, bytes]:
    """The log as it is to be there: byte for byte where theirs is its beginning, else theirs with what it lacks."""
    lines, there = io.BytesIO(mine).readlines(), io.BytesIO(theirs).readlines()
    known = {entry_in(line) for line in there}
    new = [line for line in lines if entry_in(line) not in known]
    n_entries = sum(1 for line in lines if entry_in(line))
    n_new = sum(1 for line in new if entry_in(line)) if theirs else n_entries
    done.count("entries", is_new=True, number=n_new)
    done.count("entries", is_new=False, number=n_entries - n_new)
    if not theirs or replaces or mine.startswith(theirs):
        return {} if mine == theirs else {LOG_NAME: mine}
    end = b"" if theirs.endswith(b"\n") else b"\n"
    added = b"".join(line for line in new if entry_in(line))
    return {LOG_NAME: theirs + end + added} if added else {}


def _copy_files(source: Store, target: Store, athlete: str, done: Copied) -> None:
    there = set(target.file_names(athlete))
    for name in source.file_names(athlete):
        if name not in there:
            with source.open_file(athlete, name) as content:
                target.add_file(athlete, content, name[SHA_DIGITS + 1 :])
        done.count("files", is_new=name not in there)
    linked = target.links(athlete)
    for name, path in source.links(athlete).items():
        if name not in linked:
            target.add_link(athlete, path, name[SHA_DIGITS + 1 :])
        done.count("links", is_new=name not in linked)


def _copy_journal(source: Store, target: Store, session: str, done: Copied, *, replaces: bool) -> None:
    with source.open_journal(session) as content:
        raw = content.read()
    if target.add_journal(session, io.BytesIO(raw)):
        done.count("sessions", is_new=True)
        return
    with target.open_journal(session) as content:
        there = content.read()
    if there == raw:
        done.count("sessions", is_new=False)
    elif replaces or raw.startswith(there):
        target.replace_journal(session, io.BytesIO(raw))
        done.count("sessions", is_new=True)
    elif there.startswith(raw):
        done.count("sessions", is_new=False)
    else:
        done.differing.append(f"session {session}")

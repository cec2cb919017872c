"""What has arrived beside what is here: entry by entry, text by text, journal by journal. Nothing is written."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cadencecoach.desk.travel.archive import Member, chunks
from cadencecoach.desk.travel.manifest import JOURNALS
from cadencecoach.desk.travel.opening import Arrived
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import ProgrammeSet
from cadencecoach.record.entry_lines import entries_that_count, entry_of_line
from cadencecoach.record.joined import Parted, part
from cadencecoach.record.profile import Profile
from cadencecoach.store.log_file import lines_in
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME
from cadencecoach.store.profile_file import profile_in
from cadencecoach.store.protocol import Store
from cadencecoach.view.words import count_words

CHOSEN = ("language", "voice", "words")  # of a profile: one of two has to hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How they differ.

    Attributes:
        is_new: nobody of that name is kept here
        log: entries of one side only
        profiles: here and there; None where there is none
        new, same, other: journals by id: not here, the same here, and different ones of the same name, which stay
        programmes: sha256 of the text in force here and there; empty for none
    """

    is_new: bool
    log: Parted
    profiles: tuple[Profile | None, Profile | None]
    new: tuple[Member, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]
    programmes: tuple[str, str]

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What cannot be decided without being told which side holds, in words."""
        found = []
        if not self.log.is_forward and not self.log.is_behind:
            n_here, n_there = len(self.log.only_here), len(self.log.only_there)
            found.append(f"log: {count_words(n_here, 'entry', 'entries')} only here, {n_there} only in the file")
        if all(self.programmes) and self.programmes[0] != self.programmes[1] and found:
            here, there = (sha256[:8] for sha256 in self.programmes)
            found.append(f"programme: {here} here, {there} in the file")
        here_profile, there_profile = self.profiles
        if here_profile is not None and there_profile is not None:
            for name in CHOSEN:
                here, there = getattr(here_profile, name), getattr(there_profile, name)
                if here and there and here != there:
                    found.append(f"{name}: {here!a} here, {there!a} in the file")
        return tuple(found)


def compare(store: Store, arrived: Arrived) -> Compared:
    """Compare a file with what is here.

    Raises:
        UsageError, JournalError: what is here cannot be read, or a name differs from one here by capitals only
    """
    journals = tuple(_sort_out(store, arrived.journals))
    return _compare(
        store,
        arrived,
        new=tuple(member for member, how in journals if how == "new"),
        same=tuple(session_of(member) for member, how in journals if how == "same"),
        other=tuple(session_of(member) for member, how in journals if how == "other"),
    )


def compare_again(store: Store, arrived: Arrived, before: Compared) -> Compared:
    """Compare log, profile and programme with what is here now; journals, which nobody writes over, as they were.

    Raises:
        UsageError, JournalError: as `compare` does
    """
    return _compare(store, arrived, new=before.new, same=before.same, other=before.other)


def _compare(
    store: Store, arrived: Arrived, *, new: tuple[Member, ...], same: tuple[str, ...], other: tuple[str, ...]
) -> Compared:
    athlete = arrived.manifest.athlete
    alike = next(
        (one for one in store.athlete_names() if one.casefold() == athlete.casefold() and one != athlete), None
    )
    if alike is not None:
        raise UsageError(f"the file is about {athlete}, and {alike} is here: the names are too alike to keep both")
    here, there = store.log_lines(athlete), lines_in(arrived.folder / LOG_NAME)
    own = store.own_files(athlete)
    profile = arrived.folder / PROFILE_NAME
    return Compared(
        is_new=not store.is_kept(athlete),
        log=part(here, there),
        profiles=(
            store.read_profile(athlete) if PROFILE_NAME in own else None,
            profile_in(profile.read_bytes(), PROFILE_NAME) if profile.is_file() else None,
        ),
        new=new,
        same=same,
        other=other,
        programmes=(programme_set(here), programme_set(there)),
    )


def programme_set(lines: Sequence[Mapping[str, Any]]) -> str:
    """The hash of the text in force, as the entries of a log that count say; empty for none."""
    read = (entry_of_line(line) for line in lines)
    counting = entries_that_count(entry for entry in read if entry is not None)
    return next((entry.sha256 for entry in reversed(counting) if isinstance(entry, ProgrammeSet)), "")


def session_of(member: Member) -> str:
    """The id of a journal."""
    return Path(member.name.removeprefix(JOURNALS)).stem


def sha256_of(file: IO[bytes]) -> str:
    """The hash of what is left to read of a file, which is closed."""
    digest = hashlib.sha256()
    with file:
        for chunk in chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def _sort_out(store: Store, members: Sequence[Member]) -> Iterator[tuple[Member, str]]:
    for member in members:
        session = session_of(member)
        if not store.has_journal(session):
            yield member, "new"
        else:
            yield member, "same" if _sha256_here(store, session) == member.sha256 else "other"


def _sha256_here(store: Store, session: str) -> str:
    """The hash of a journal; empty where it cannot be read, such as a folder of that name."""
    try:
        return sha256_of(store.open_journal(session))
    except UsageError:
        return ""

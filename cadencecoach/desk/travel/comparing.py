"""What has arrived beside what is here: entry by entry, text by text, journal by journal. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cadencecoach.desk.travel.archive import Member
from cadencecoach.desk.travel.journals import Further, compare_journals
from cadencecoach.desk.travel.manifest import JOURNALS
from cadencecoach.desk.travel.opening import Arrived
from cadencecoach.errors import UsageError
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import ProgrammeSet
from cadencecoach.record.entry_lines import entry_of_line
from cadencecoach.record.joined import Parted, part
from cadencecoach.record.profile import Profile
from cadencecoach.record.rows import PRACTICE
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
        journals: of the file, by where their sessions went on further; None for those that are not here
        programmes: sha256 of the text in force here and there; empty for none
    """

    is_new: bool
    log: Parted
    profiles: tuple[Profile | None, Profile | None]
    journals: Mapping[Further | None, tuple[Member, ...]]
    programmes: tuple[str, str]

    @property
    def new(self) -> tuple[Member, ...]:
        """Journals that are not here."""
        return self.journals[None]

    @property
    def same(self) -> tuple[str, ...]:
        """Ids of the journals that are here, as they are in the file or longer."""
        return tuple(map(session_of, (*self.journals[Further.SAME], *self.journals[Further.HERE])))

    @property
    def other(self) -> tuple[str, ...]:
        """Ids of the journals here that are of another session; they stay."""
        return tuple(map(session_of, self.journals[Further.ANOTHER]))

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
        parted = map(session_of, self.journals[Further.PARTED])
        found += [f"session {session}: went on here and in the file" for session in parted]
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
    found: dict[Further | None, list[Member]] = {}
    for member in arrived.journals:
        found.setdefault(_further(store, arrived, member), []).append(member)
    of = {how: tuple(found.get(how, ())) for how in (None, *Further)}
    return _compare(store, arrived, of)


def compare_again(store: Store, arrived: Arrived, before: Compared) -> Compared:
    """Compare log, profile and programme with what is here now; journals, which nobody writes over, as they were.

    Raises:
        UsageError, JournalError: as `compare` does
    """
    return _compare(store, arrived, before.journals)


def _compare(store: Store, arrived: Arrived, journals: Mapping[Further | None, tuple[Member, ...]]) -> Compared:
    athlete = arrived.manifest.athlete
    alike = next(
        (one for one in store.athlete_names() if one.casefold() == athlete.casefold() and one != athlete), None
    )
    if alike is not None:
        raise UsageError(f"the file is about {athlete}, and {alike} is here: the names are too alike to keep both")
    here, there = store.log_lines(athlete), lines_in(arrived.folder / LOG_NAME)
    own = store.own_files(athlete)
    if store.is_kept(athlete):
        _check_practice(athlete, here, there)
    profile = arrived.folder / PROFILE_NAME
    return Compared(
        is_new=not store.is_kept(athlete),
        log=part(here, there),
        profiles=(
            store.read_profile(athlete) if PROFILE_NAME in own else None,
            profile_in(profile.read_bytes(), PROFILE_NAME) if profile.is_file() else None,
        ),
        journals=journals,
        programmes=(programme_set(here), programme_set(there)),
    )


def _check_practice(athlete: str, here: Sequence[Mapping[str, Any]], there: Sequence[Mapping[str, Any]]) -> None:
    """Refuse to join a practice athlete and a real one, whatever was said about differences."""
    is_here, is_there = (any(line.get("what") == PRACTICE for line in lines) for lines in (here, there))
    if is_here != is_there:
        which = "here is for practice and the one in the file is not"
        if is_there:
            which = "in the file is for practice and the one here is not"
        raise UsageError(f"the {athlete} {which}: they are never joined")


def programme_set(lines: Sequence[Mapping[str, Any]]) -> str:
    """The hash of the text in force, as the entries of a log that count say; empty for none."""
    read = (entry_of_line(line) for line in lines)
    counting = entries_that_count(entry for entry in read if entry is not None)
    return next((entry.sha256 for entry in reversed(counting) if isinstance(entry, ProgrammeSet)), "")


def session_of(member: Member) -> str:
    """The id of a journal."""
    return Path(member.name.removeprefix(JOURNALS)).stem


def _further(store: Store, arrived: Arrived, member: Member) -> Further | None:
    """Where the session of a journal went on further; None where it is not here at all."""
    session = session_of(member)
    if not store.has_journal(session):
        return None
    try:
        here = store.open_journal(session)
    except UsageError:  # such as a folder of that name
        return Further.ANOTHER
    return compare_journals(here, (arrived.folder / member.name).open("rb"))

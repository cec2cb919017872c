"""What has arrived taken in: journals first, then the programme's texts, the log, the profile.

A journal that is here is exchanged only for one of the same session that went on further, and where both went on the
other one is kept beside it. What is interrupted can be done again: the same file gives the same end.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import Any

from cadencecoach.desk.caseload.keeping import keep_line
from cadencecoach.desk.travel.archive import Member
from cadencecoach.desk.travel.comparing import Compared, compare_again, programme_set, session_of
from cadencecoach.desk.travel.journals import Further, take_longer
from cadencecoach.desk.travel.manifest import FILES
from cadencecoach.desk.travel.opening import Arrived
from cadencecoach.errors import UsageError
from cadencecoach.record.counting import contest_notes
from cadencecoach.record.joined import join
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.attached_files import SHA_DIGITS as SHA_DIGITS_OF_FILE
from cadencecoach.store.log_file import lines_in
from cadencecoach.store.own_files import LOG_NAME, SHA_DIGITS
from cadencecoach.store.protocol import Store


class How(Enum):
    """What to do where both sides have what the other has not."""

    ASK = "ask"  # nothing: it is told, and nothing is written
    MERGE = "merge"  # every entry of both; the programme set last holds
    REPLACE = "replace"  # the file's log, profile and programme


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What was written.

    Attributes:
        n_entries: in the log before and after
        lost: entries that were here and are not any more, after a replacement
        programme: sha256 of the text in force; empty for none
        notes: what a person should know
        n_journals: that were not here
        n_longer: that were here, and have gone on in the file
        n_files: pictures and videos that were not here
    """

    n_entries: tuple[int, int]
    lost: int
    programme: str
    notes: tuple[str, ...]
    n_journals: int = 0
    n_longer: int = 0
    n_files: int = 0


def take_in(store: Store, arrived: Arrived, found: Compared, how: How) -> TakenIn:
    """Write what has arrived.

    Raises:
        UsageError: it cannot be written, or both sides differ and nobody said what holds
    """
    _check_conflicts(found, how)
    n_journals = sum(_add_journal(store, arrived, member) for member in found.new)
    n_longer = sum(_exchange_journals(store, arrived, found))
    n_files = sum(_add_file(store, arrived, member) for member in arrived.files)
    with store.lock_athletes():
        now = compare_again(store, arrived, found)  # somebody may have written meanwhile
        _check_conflicts(now, how)
        taken = _texts_taken_in(store, arrived, now, how)
    keep_line(store, arrived.manifest.athlete, today_here())
    return replace(taken, n_journals=n_journals, n_longer=n_longer, n_files=n_files)


def _check_conflicts(found: Compared, how: How) -> None:
    if found.conflicts and how is How.ASK:
        raise UsageError(f"not imported ({'; '.join(found.conflicts)}): use --merge or --replace")


def _texts_taken_in(store: Store, arrived: Arrived, found: Compared, how: How) -> TakenIn:
    """Log, profile and programme, under the lock; `found` says how they differ now."""
    athlete = arrived.manifest.athlete
    here, there = store.log_lines(athlete), lines_in(arrived.folder / LOG_NAME)
    lines = there if how is How.REPLACE else join(here, there)
    notes = _programme(store, arrived, lines)
    if lines != here:
        store.write_log(athlete, lines)
        notes += contest_notes(store.log_of(athlete).every)
    store.write_profile(replace(_profile(athlete, found, how), athlete=athlete))
    return TakenIn(
        n_entries=(len(here), len(lines)),
        lost=len(found.log.only_here) if how is How.REPLACE else 0,
        programme=programme_set(lines),
        notes=notes,
    )


def _add_journal(store: Store, arrived: Arrived, member: Member) -> bool:
    """Put a journal where it belongs, unless there has come to be one of this name."""
    with (arrived.folder / member.name).open("rb") as content:
        return store.add_journal(session_of(member), content)


def _add_file(store: Store, arrived: Arrived, member: Member) -> bool:
    """Put a picture or video where it belongs, unless it is here: its name is its hash."""
    athlete, name = arrived.manifest.athlete, member.name.removeprefix(FILES)
    if name in store.file_names(athlete):
        return False
    with (arrived.folder / member.name).open("rb") as content:
        store.add_file(athlete, content, name[SHA_DIGITS_OF_FILE + 1 :])
    return True


def _exchange_journals(store: Store, arrived: Arrived, found: Compared) -> Iterator[bool]:
    """Let the longer journal of each session count that went on elsewhere; whether it is the file's."""
    for member in found.journals[Further.THERE]:
        with (arrived.folder / member.name).open("rb") as content:
            yield store.replace_journal(session_of(member), content)
    for member in found.journals[Further.PARTED]:
        yield take_longer(store, session_of(member), arrived.folder / member.name)


def _programme(store: Store, arrived: Arrived, lines: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Put the text in force that the log says is; every other text of both sides is kept."""
    athlete = arrived.manifest.athlete
    raws = (*((arrived.folder / member.name).read_bytes() for member in arrived.texts), *store.programme_texts(athlete))
    texts = {hashlib.sha256(raw).hexdigest(): raw for raw in raws}
    wanted = programme_set(lines)
    for sha256, raw in texts.items():
        if sha256 != wanted:
            store.keep_programme_text(athlete, raw)
    if wanted in texts:
        now = store.programme_text(athlete)
        if now is None or now.raw != texts[wanted]:
            store.set_programme_text(athlete, texts[wanted])
        return ()
    return (
        (f"the text of the programme in force ({wanted[:SHA_DIGITS]}) is neither here nor in the file",)
        if wanted
        else ()
    )


def _profile(athlete: str, found: Compared, how: How) -> Profile:
    here, there = found.profiles
    if here is None or there is None or how is How.REPLACE:
        return there or here or Profile(athlete=athlete)
    before = [one.shoes_before for one in (here, there) if one.shoes_before is not None]
    days = [day for day in (here.created, there.created) if day is not None]
    return Profile(
        athlete=athlete,
        created=min(days, default=None),
        language=here.language or there.language,
        voice=here.voice or there.voice,
        words=here.words or there.words,
        shoes=tuple(dict.fromkeys((*here.shoes, *there.shoes))),
        shoes_before=tuple(dict.fromkeys(chain.from_iterable(before))) if before else None,
        sensors=tuple(dict.fromkeys((*here.sensors, *there.sensors))),
    )

"""Written on this computer first, handed over when the database answers: once, however often it is tried."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cadencecoach.errors import CadencecoachError, ForbiddenError, JournalError, UnreachableError, UsageError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import line_of_entry, sign_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_names import check_name, forgotten_error
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.forgets import hash_of_name
from cadencecoach.store.link import Link
from cadencecoach.store.local_copy import LocalCopy
from cadencecoach.store.profile_file import profile_bytes, profile_in
from cadencecoach.store.protocol import Hold
from cadencecoach.store.signing import author_named, device_name
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.waiting_queue import Queue, Waiting

T = TypeVar("T")


@dataclass(slots=True)
class _Open:
    """A transaction that is open: what was handed over in it, and whether more was written.

    Attributes:
        given: files of the queue
        has_more: what cannot wait was written too
        put: files that were put into the queue, by athlete
        before: the copy of whoever was given a programme, as it was: text and log are written together or not at all
    """

    given: set[str] = field(default_factory=set)
    has_more: bool = False
    put: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, Mapping[str, bytes]] = field(default_factory=dict)


class HandingOver:
    """The part of a `ClinicStore` that writes.

    Args:
        shared: the tables, and the journals of this computer
        local: files on this computer: those journals, the copy, and what waits
        author: who writes into logs; empty for whoever the settings name
        link: whether the database answered last
    """

    def __init__(self, shared: SpoolingStore, local: FileStore, author: str = "", link: Link | None = None) -> None:
        """Nothing is asked of the database yet."""
        self.shared, self.local, self._author = shared, local, author
        self.machine = local.machine
        self.queue, self.copy = Queue(local.folder / "queue"), LocalCopy(local)
        self.link = link or Link()
        self._noted = set[str]()
        self._refused: dict[str, CadencecoachError] = {}  # why what waits could not be handed over, by its file
        self._open: ContextVar[_Open | None] = ContextVar("open", default=None)

    def settle(self) -> None:
        """Hand over what waits here, if the database answers."""
        self._read(lambda: None, lambda: None)

    @contextlib.contextmanager
    def lock_athletes(self) -> Iterator[None]:
        """The lock of this computer; and that of the database, while it answers.

        What is read within is of one moment, and what is written within is there at its end. Entries that could not be
        handed over then wait here.
        """
        with self.local.lock_athletes():
            transaction = None if self._open.get() is not None else self._begin()
            if transaction is None:
                yield
                return
            opened = _Open()
            token = self._open.set(opened)
            try:
                try:
                    yield
                    self._hand_over()
                except BaseException:
                    transaction.__exit__(*sys.exc_info())
                    raise
                transaction.__exit__(None, None, None)
                opened.before.clear()
            except UnreachableError as error:
                self.link.fail(error)
                if opened.has_more:
                    raise
                return
            finally:
                self._open.reset(token)
                self._undo(opened)
            for name in opened.given:
                self.queue.drop(name)

    def _undo(self, opened: _Open) -> None:
        """Where a programme was not given after all, let nothing wait that says it was: it might end a stop."""
        for athlete, files in opened.before.items():
            for name in opened.put.get(athlete, ()):
                self.queue.drop(name)
            self.local.put_own_files(athlete, files)

    def _begin(self) -> contextlib.AbstractContextManager[None] | None:
        """The lock of the database, taken; None where it does not answer."""
        if not self.link.may_ask:
            return None
        self._settle()
        transaction = self.shared.lock_athletes()
        try:
            transaction.__enter__()
        except UnreachableError as error:
            self.link.fail(error)
            return None
        return transaction

    @contextlib.contextmanager
    def hold_athlete(self, athlete: str) -> Iterator[Hold]:
        """Here, and there while the database answers."""
        check_name(athlete)
        self._make_sure_of(athlete)
        with contextlib.ExitStack() as stack:
            here = stack.enter_context(self.local.hold_athlete(athlete))
            there: Hold | None = None
            if self.link.may_ask:
                try:
                    there = stack.enter_context(self.shared.hold_athlete(athlete))
                except UnreachableError as error:
                    self.link.fail(error)
            yield Hold(athlete=athlete, is_there=lambda: here.is_there() and (there is None or there.is_there()))

    def add_entries(self, athlete: str, *entries: Entry) -> tuple[Entry, ...]:
        """On the disk of this computer; then handed over, if the database answers.

        Raises:
            ForbiddenError: this person may not write; then it is nowhere
            JournalError: the log in the database cannot be read; then it waits here
        """
        check_name(athlete)
        self._make_sure_of(athlete)
        self._read(self.shared.check_may_write, lambda: None)
        author = self._author or author_named(self.machine)
        with self.local.lock_athletes():
            if not self.local.is_kept(athlete):
                raise forgotten_error(athlete)
            device = device_name(self.local.athletes_folder)
            signed = tuple(sign_entry(entry, author=author, device=device) for entry in entries)
            name = self.queue.put(athlete, lines=list(map(line_of_entry, signed)))
            opened = self._open.get()
            if opened is not None:
                opened.put.setdefault(athlete, []).append(name)
            self.local.written_by(author).add_entries(athlete, *entries)
        self.settle()
        if name in self._refused:
            raise self._refused[name]
        return signed

    def write_profile(self, profile: Profile) -> None:
        """There; of an athlete of the copy it may wait: what a run adds is joined with what is there by then."""
        check_name(profile.athlete)
        try:
            self._direct(lambda: self.shared.write_profile(profile), profile.athlete)
        except UnreachableError:
            with self.local.lock_athletes():
                if not self.local.is_kept(profile.athlete):
                    raise
                self.queue.put(profile.athlete, profile=profile_bytes(profile))
                self.local.write_profile(profile)

    def note_once(self, athlete: str) -> None:
        """Keep for the audit that somebody was read, once for each program."""
        if athlete not in self._noted and self.shared.is_kept(athlete):
            self._noted.add(athlete)
            self.shared.note(athlete, "read")

    def drop_waiting(self, athlete: str) -> None:
        """Delete what waits of somebody who was forgotten."""
        for item in self.queue.waiting():
            if item.athlete == athlete:
                self.queue.drop(item.name)

    # How the database is asked

    def _read(self, ask: Callable[[], T], instead: Callable[[], T]) -> T:
        """What the database says; what this computer knows where it does not answer."""
        if self.link.may_ask:
            try:
                self._settle()
                answer = ask()
            except UnreachableError as error:
                self.link.fail(error)
            else:
                self.link.note_answer()
                return answer
        return instead()

    def _give_text(self, athlete: str, raw: bytes) -> None:
        """Set the text of a programme there."""
        opened = self._open.get()
        if opened is not None and self.local.is_kept(athlete):
            opened.before.setdefault(athlete, self.local.own_files(athlete))
        self._direct(lambda: self.shared.set_programme_text(athlete, raw), athlete)

    def _direct(self, do: Callable[[], T], athlete: str = "") -> T:
        """Something that cannot wait: done in the database, and then in the copy; refused where it does not answer."""
        if not self.link.may_ask:
            raise UnreachableError(f"{self.link.why}; nothing was written")
        try:
            self._settle()
            opened = self._open.get()
            if opened is not None:
                opened.has_more = True
            done = do()
            if athlete:
                self.local.put_own_files(athlete, self.shared.own_files(athlete))
        except UnreachableError as error:
            self.link.fail(error)
            raise UnreachableError(f"{error}; nothing was written") from error
        self.link.note_answer()
        self.link.forget_copy()
        return done

    def _settle(self) -> None:
        """Hand over what waits, take in what was run, and bring the copy up to date. Raises: UnreachableError."""
        self._hand_over()
        if self._open.get() is not None:
            return
        self.shared.take_in()
        if self.link.is_copy_due:
            with contextlib.suppress(UsageError) if not self.link.why else contextlib.nullcontext():
                self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        with self.local.lock_athletes():
            waiting: dict[str, list[bytes]] = {}
            for item in self.queue.waiting():
                waiting.setdefault(item.athlete, []).extend(item.lines)
            self.copy.bring_up_to_date(self.shared, waiting)
            self.link.note_copy()

    def _hand_over(self) -> None:
        """Everything that waits, the oldest first. What this person may not write any more goes on waiting.

        So does what a log in the database that is broken cannot take; nothing else waits for it.
        """
        opened = self._open.get()
        for item in self.queue.waiting():
            if opened is not None and item.name in opened.given:
                continue
            try:
                is_given = self._give(item)
            except (ForbiddenError, JournalError) as error:
                self._refused[item.name] = error
                continue
            self._refused.pop(item.name, None)
            if not is_given:
                continue
            if opened is None:
                self.queue.drop(item.name)
            else:
                opened.given.add(item.name)

    def _give(self, item: Waiting) -> bool:
        """Hand over one thing; False where it goes on waiting. What is of somebody who was forgotten goes."""
        with self.shared.database.write(), self.shared.database.retreat():  # what is refused ends no transaction
            forgotten_at = self.shared.forgets().get(hash_of_name(item.athlete), "")
            if forgotten_at > item.at or (forgotten_at and not self.shared.is_kept(item.athlete)):
                return True
            if not self.shared.is_kept(item.athlete):
                return False
            if item.lines:
                self.shared.add_lines(item.athlete, item.lines)
            if item.profile:
                self._join_profile(item)
        return True

    def _join_profile(self, item: Waiting) -> None:
        """Shoes and sensors of a run behind those that are there; of all else what is there holds."""
        with contextlib.suppress(CadencecoachError):
            mine, theirs = profile_in(item.profile, item.name), self.shared.read_profile(item.athlete)
            joined = replace(
                theirs,
                created=theirs.created or mine.created,
                shoes=tuple(dict.fromkeys((*theirs.shoes, *mine.shoes))),
                sensors=tuple(dict.fromkeys((*theirs.sensors, *mine.sensors))),
            )
            if joined != theirs:
                self.shared.write_profile(joined)

    def _make_sure_of(self, athlete: str) -> None:
        """Have an athlete in the copy who may have come to be seen since it was made."""
        if not self.local.is_kept(athlete):
            self.link.forget_copy()
            self.settle()

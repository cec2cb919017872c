"""Written on this computer first; what cannot wait, in the database or not at all."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from cadencecoach.errors import JournalError, UnreachableError, UsageError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import line_of_entry, sign_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_names import check_name, forgotten_error
from cadencecoach.store.author_and_device import author_named, device_name
from cadencecoach.store.database_link import DatabaseLink
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.local_copy import LocalCopy
from cadencecoach.store.profile_file import profile_bytes
from cadencecoach.store.protocol import Hold
from cadencecoach.store.queue_hand_over import HandOver
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.waiting_queue import Queue

T = TypeVar("T")


@dataclass(slots=True)
class Opened:
    """The lock of all athletes, while somebody has it.

    Attributes:
        is_there: the database has a transaction open for it; else it is not asked before the lock ends
        is_whole: what cannot wait was written, so all that follows is written with it or not at all, and waits nowhere
        given: files of the queue that were handed over in the transaction
        changed: athletes whose copy is to be as the database is
        after: what is done on this computer when the database has it all
    """

    is_there: bool
    is_whole: bool = False
    given: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    after: list[Callable[[], None]] = field(default_factory=list)


class WritingHere:
    """The part of a `ClinicStore` that writes.

    Args:
        shared: the tables, and the journals of this computer
        local: files on this computer: those journals, the copy, and what waits
        author: who writes into logs; empty for whoever the settings name
        link: whether the database answered last
        opened: the lock, where somebody has it
    """

    def __init__(
        self,
        shared: SpoolingStore,
        local: FileStore,
        author: str = "",
        link: DatabaseLink | None = None,
        opened: ContextVar[Opened | None] | None = None,
    ) -> None:
        """Nothing is asked of the database yet."""
        self.shared, self.local, self._author = shared, local, author
        self.machine = local.machine
        self.queue, self.copy = Queue(local.folder / "queue"), LocalCopy(local)
        self.hand_over = HandOver(self.queue, shared)
        self.link = link or DatabaseLink()
        self._noted = set[str]()
        self._opened = opened or ContextVar[Opened | None]("opened", default=None)

    def settle(self) -> int:
        """Hand over what waits here, if the database answers; how many things wait on."""
        self._read(lambda: None, lambda: None)
        return len(self.queue) + self.shared.n_not_in

    @contextlib.contextmanager
    def lock_athletes(self) -> Iterator[None]:
        """The lock of this computer; and that of the database, if it answers now.

        What is read within is of one moment, and what is written within is there at its end. Entries that could not be
        handed over then wait here. After something that cannot wait, such as the text of a programme, nothing waits:
        all of it is in the database at the end, or none is anywhere, whenever a program or the database is killed.
        """
        with self.local.lock_athletes():
            if self._opened.get() is not None:
                yield
                return
            transaction = self._begin()
            opened = Opened(is_there=transaction is not None)
            token = self._opened.set(opened)
            try:
                yield
                is_written = transaction is not None and self._end(transaction, opened)
            except BaseException:
                if transaction is not None:
                    transaction.__exit__(*sys.exc_info())
                raise
            finally:
                self._opened.reset(token)
            if is_written:
                for name in opened.given:
                    self.queue.drop(name)
                for do in opened.after:
                    do()

    def _begin(self) -> contextlib.ExitStack | None:
        """The lock of the database, taken; None where it does not answer."""
        if not self.link.may_ask:
            return None
        try:
            self._settle()
            with contextlib.ExitStack() as stack:
                stack.enter_context(self.shared.lock_athletes())
                return stack.pop_all()
        except UnreachableError as error:
            self.link.fail(error)
            return None

    def _end(self, transaction: contextlib.ExitStack, opened: Opened) -> bool:
        """Whether the database has what was written; where it does not answer, that waits here.

        Raises:
            UnreachableError: what cannot wait was written too
        """
        files: dict[str, Mapping[str, bytes]] = {}
        try:
            self._make_sure_it_answers(opened)
            self.hand_over.give(opened.given)
            files |= {athlete: self.shared.own_files(athlete) for athlete in opened.changed}
        except UnreachableError as error:
            with contextlib.suppress(UnreachableError):
                transaction.__exit__(type(error), error, None)
            return self._note_failure(error, opened)
        try:
            transaction.close()
        except UnreachableError as error:
            unknown = f"{error}; whether the database has it is not known: look again when it answers"
            return self._note_failure(UnreachableError(unknown) if opened.is_whole else error, opened)
        opened.after.insert(0, lambda: self._copy_what_changed(files))
        return True

    def _make_sure_it_answers(self, opened: Opened | None) -> None:
        if opened is None or not opened.is_there:
            raise UnreachableError(f"{self.link.why}; nothing was written")

    def _copy_what_changed(self, files: Mapping[str, Mapping[str, bytes]]) -> None:
        waiting = self._waiting()
        for athlete, new in files.items():
            self.copy.put(athlete, new, waiting.get(athlete, ()))

    def _note_failure(self, error: UnreachableError, opened: Opened) -> bool:
        self.link.fail(error)
        if opened.is_whole:
            raise error
        return False

    @contextlib.contextmanager
    def hold_athlete(self, athlete: str) -> Iterator[Hold]:
        """Here, and there while the database answers."""
        check_name(athlete)
        self._make_sure_of(athlete)
        with contextlib.ExitStack() as stack:
            here = stack.enter_context(self.local.hold_athlete(athlete))
            there: Hold | None = None
            if self._may_ask():
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
        self._check_may_write(athlete)
        author = self._author or author_named(self.machine)
        with self.local.lock_athletes():
            device = device_name(self.local.athletes_folder)
            signed = tuple(sign_entry(entry, author=author, device=device) for entry in entries)
            if self._is_whole():
                self._direct(lambda: self.shared.put_entries(athlete, signed), athlete)
                return signed
            if not self.local.is_kept(athlete):
                raise forgotten_error(athlete)
            name = self.queue.put(athlete, lines=list(map(line_of_entry, signed)))
            self.local.with_author(author).add_entries(athlete, *entries)
        self._hand_over_now(name)
        return signed

    def write_profile(self, profile: Profile) -> None:
        """As an entry: what it changes is put into what is there by then. Of somebody new it cannot wait.

        Raises:
            UnreachableError: the athlete is new, and the database does not answer
            ForbiddenError, JournalError: as `add_entries`
        """
        athlete = profile.athlete
        self._check_may_write(athlete)
        with self.local.lock_athletes():
            before = None if self._is_whole() or not self.local.is_kept(athlete) else self._profile_before(athlete)
            if before is None:
                self._direct(lambda: self.shared.write_profile(profile), athlete)
                return
            name = self.queue.put(athlete, profile=profile_bytes(profile), profile_before=profile_bytes(before))
            self.local.write_profile(profile)
        self._hand_over_now(name)

    def _profile_before(self, athlete: str) -> Profile | None:
        """As whoever changes it has read it; None where it cannot be read, so that a change of it is none."""
        try:
            return self._read(lambda: self.shared.read_profile(athlete), lambda: self.local.read_profile(athlete))
        except JournalError:
            return None

    def _check_may_write(self, athlete: str) -> None:
        check_name(athlete)
        self._make_sure_of(athlete)
        self._read(self.shared.check_may_write, lambda: None)

    def _is_whole(self) -> bool:
        opened = self._opened.get()
        return opened is not None and opened.is_whole

    def _hand_over_now(self, name: str) -> None:
        """Try to hand over what was just put into the queue, and say why it cannot be."""
        self.settle()
        if name in self.hand_over.refused:
            raise self.hand_over.refused[name]

    def note_once(self, athlete: str) -> None:
        """Keep for the audit that somebody was read, once for each program."""
        if athlete not in self._noted and self.shared.is_kept(athlete):
            self.shared.note(athlete, "read")
            self._noted.add(athlete)  # only now: one that the database has not taken is tried again

    # How the database is asked

    def _may_ask(self) -> bool:
        """Whether it is worth asking now; under the lock it was found out when that was taken."""
        opened = self._opened.get()
        return self.link.may_ask if opened is None else opened.is_there

    def _read(self, ask: Callable[[], T], instead: Callable[[], T]) -> T:
        """What the database says; what this computer knows where it does not answer."""
        if self._may_ask():
            try:
                self._settle()
                answer = ask()
            except UnreachableError as error:
                self._fail(error)
            else:
                self.link.note_answer()
                return answer
        return instead()

    def _only_there(self, ask: Callable[[], T]) -> T:
        """What the database says, where nothing here can stand in for it. Raises: UnreachableError."""

        def refuse() -> T:
            raise UnreachableError(self.link.why)

        return self._read(ask, refuse)

    def _direct(self, do: Callable[[], T], athlete: str = "", then: Callable[[], None] | None = None) -> T:
        """Something that cannot wait: done in the database; refused where it does not answer.

        Args:
            do: what
            athlete: whose copy changes with it
            then: what is done on this computer when the database has it
        """
        with self.lock_athletes():
            opened = self._opened.get()
            self._make_sure_it_answers(opened)
            assert opened is not None
            try:
                self._settle()
                opened.is_whole = True
                done = do()
            except UnreachableError as error:
                self._fail(error)
                raise UnreachableError(f"{error}; nothing was written") from error
            opened.changed |= {athlete} - {""}
            opened.after += [] if then is None else [then]
            self.link.note_answer()
            self.link.forget_copy()
            return done

    def _fail(self, error: UnreachableError) -> None:
        """The database did not answer: a transaction that was open is gone with all that was written in it."""
        self.link.fail(error)
        opened = self._opened.get()
        if opened is not None:
            opened.is_there = False

    def _settle(self) -> None:
        """Hand over what waits, take in what was run, and bring the copy up to date. Raises: UnreachableError."""
        opened = self._opened.get()
        self.hand_over.give(None if opened is None else opened.given)
        if opened is not None:
            return
        self.shared.take_in()
        if self.link.is_copy_due:
            with contextlib.suppress(UsageError) if not self.link.why else contextlib.nullcontext():
                self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        with self.local.lock_athletes():
            gone = self.copy.bring_up_to_date(self.shared, self._waiting(), self.shared.not_taken)
            for athlete, lines in gone.items():
                self.queue.put(athlete, raw_lines=lines)
            self.link.note_copy()

    def _waiting(self) -> Mapping[str, Sequence[bytes]]:
        """Lines of logs that wait, by athlete."""
        waiting: dict[str, list[bytes]] = {}
        for item in self.queue.waiting():
            waiting.setdefault(item.athlete, []).extend(item.lines)
        return waiting

    def _make_sure_of(self, athlete: str) -> None:
        """Have an athlete in the copy who may have come to be seen since it was made."""
        if not self.local.is_kept(athlete):
            self.link.forget_copy()
            self.settle()

"""A file that somebody asked for: never over another one in silence, never half of one, for its owner only.

What is written goes into a draft beside the file and takes its name when it is whole, so that a full disk, a fault or a
kill leaves what was there before. A link, a folder, a device or a pipe is never replaced, whatever was said: what they
lead to belongs to somebody else.
"""

import os
import stat
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cadencecoach.devices.private_file import FILE_MODE
from cadencecoach.errors import UsageError

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_DRAFT_NAME_CHARS = 40  # of the file's own name in that of its draft, which must not become too long


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """Where a file goes, and what may be lost for it.

    Attributes:
        path: as it was asked for
        name: as a person is told of it, such as `--sound run.wav`
        may_replace: somebody said that a file that is there may be lost
        can_force: they can say it: the command has `--force`
        is_ours: whether a plain file is one that this program wrote, told by a mark in it, and may be made anew; None
            where the format has no mark
        sources: what is read meanwhile, which is never written over
        why_kept: why nothing may be written there, whatever was said; empty for an ordinary place
    """

    path: Path
    name: str
    may_replace: bool = False
    can_force: bool = True
    is_ours: Callable[[Path], bool] | None = None
    sources: tuple[Path, ...] = ()
    why_kept: Callable[[Path], str] = lambda _: ""

    def check(self) -> None:
        """Refuse a place where nothing may be written; to be asked before any work is done.

        Raises:
            UsageError: it is what is read or kept, a link, a folder, a device, a pipe, a file that must not be lost,
                in a folder that is not there, or may not be written
        """
        with self._refusing():
            mode = self._mode()
            if mode is None:
                self.check_kept()
                self._check_folder()
                return
            if not stat.S_ISREG(mode):
                raise UsageError(f"{self.name}: this is {_kind_words(mode)}; name a file of its own")
            self.check_kept()
            if any(source.exists() and self.path.samefile(source) for source in self.sources):
                raise UsageError(f"{self.name}: this is the input file; choose another name")
            if not self.may_replace and self._holds_something_else():
                hint = ", or add --force to replace it" if self.can_force else ": what it holds is something else"
                raise UsageError(f"{self.name} already exists; choose another name{hint}")
            self._check_folder()

    def check_kept(self) -> None:
        """Refuse a place that is kept, also in a folder that is not there yet.

        Raises:
            UsageError: it is
        """
        with self._refusing():
            why = self.why_kept(self.path)
        if why:
            raise UsageError(f"{self.name}: {why}; choose another name")

    def open(self, *, at_once: bool = False) -> "OpenedOutput":
        """Begin to write it.

        Args:
            at_once: a free name is taken now, so that what was written stands there after a kill too; a file that is
                there stays until the new one is whole all the same
        Raises:
            UsageError: as `check`, or it cannot be made
        """
        self.check()
        with self._refusing():
            if at_once and self._mode() is None:
                return OpenedOutput(self, os.open(self.path, _NEW, FILE_MODE), self.path)
            prefix = f".{self.path.name[:_DRAFT_NAME_CHARS]}."
            fd, draft = tempfile.mkstemp(dir=self.path.parent, prefix=prefix)  # mode 0600
            return OpenedOutput(self, fd, Path(draft))

    def write(self, content: bytes) -> None:
        """Write it, whole or not at all.

        Raises:
            UsageError: as `check`, or it cannot be written
        """
        opened = self.open()
        with opened, self._refusing(), os.fdopen(opened.fd, "wb") as file:
            file.write(content)

    def refusal(self, error: Exception) -> UsageError:
        """What a person is told of a file that cannot be written."""
        return UsageError(f"{self.name}: cannot be written: {getattr(error, 'strerror', None) or error}")

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise self.refusal(error) from error

    def _mode(self) -> int | None:
        """What stands under the name itself; None for nothing."""
        try:
            return self.path.lstat().st_mode
        except FileNotFoundError:
            return None

    def _holds_something_else(self) -> bool:
        """An empty file holds nothing that could be lost."""
        return self.path.stat().st_size > 0 and (self.is_ours is None or not self.is_ours(self.path))

    def _check_folder(self) -> None:
        """Refuse a folder that is not there: a misspelt one is a mistake, and not to be made."""
        folder = self.path.parent
        if not folder.is_dir():
            raise UsageError(f"{self.name}: its folder does not exist; create it, or choose another")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError(f"{self.name}: cannot be written: its folder is not writable; check its permissions")


class OpenedOutput:
    """A file being written, which takes its name when it is whole.

    As a context it is kept where the block ends well, and dropped otherwise.

    Attributes:
        fd: open for reading and writing; whoever takes it closes it
        path: where its bytes are now: the draft, then the file itself
    """

    def __init__(self, output: OutputFile, fd: int, path: Path) -> None:
        """Begin with nothing in it; a draft that nobody keeps goes when this object does."""
        self.fd, self.path = fd, path
        self._output = output
        self._drop = weakref.finalize(self, path.unlink, missing_ok=True) if path != output.path else None

    @property
    def is_draft(self) -> bool:
        """What is under the name is still something else, or nothing."""
        return self._drop is not None and self._drop.alive

    def keep(self) -> None:
        """Give it its name; its bytes are all written and `fd` is closed.

        Raises:
            UsageError: what has come to stand there meanwhile must not be lost, or the disk does not take it
        """
        if self._drop is None or not self._drop.alive:
            return
        try:
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            self._output.check()
            self.path.replace(self._output.path)
        except OSError as error:
            self.drop()
            raise self._output.refusal(error) from error
        except UsageError:
            self.drop()
            raise
        self._drop.detach()
        self.path = self._output.path

    def drop(self) -> None:
        """Give a draft up; what was there before stays. What has its name already keeps it."""
        if self._drop is not None:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        if kind is None:
            self.keep()
        else:
            self.drop()


def _kind_words(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link, and what it leads to is never replaced"
    return "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"

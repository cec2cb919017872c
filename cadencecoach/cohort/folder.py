"""The folder that the tables stand in: whole or not at all, and never over anything that is not its own."""

import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import clean_name, user_path
from cadencecoach.devices.lock import MARK as MARK_OF_LOCK
from cadencecoach.devices.lock import is_marked, set_mark
from cadencecoach.devices.private_file import make_private_folder, read_private
from cadencecoach.errors import UsageError
from cadencecoach.store.machine import Machine
from cadencecoach.store.placing import output_file, why_not

DICTIONARY = "dictionary.md"
MARK = b"# Research tables of cadencecoach: data dictionary\n"
SERIES_FOLDER = "series"
STATE = "parts.jsonl"  # which sessions are in which part, so that the next build adds what is new; a line a part
_PART = re.compile(r"part-\d{4,}\.(csv|parquet)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesFolder:
    """Where the tables go.

    Attributes:
        path: of the folder
        name: as a person is told of it
        tables: the names of the tables there are
    """

    path: Path
    name: str
    tables: frozenset[str]

    def check(self) -> None:
        """Refuse a place that may not be written.

        Raises:
            UsageError: it is a link or a file, or a folder with anything in it that is not of such tables
        """
        with self._refusing():
            try:
                mode = self.path.lstat().st_mode
            except FileNotFoundError:
                if not self.path.parent.is_dir():
                    raise UsageError(
                        f"{self.name}: the folder it is to stand in does not exist; create it, or choose another"
                    ) from None
                return
            if stat.S_ISLNK(mode):
                raise UsageError(f"{self.name}: this is a link, and what it leads to is never replaced; name a folder")
            if not stat.S_ISDIR(mode):
                raise UsageError(f"{self.name}: this is a file; name a folder for the tables")
            foreign = self._foreign()
            if foreign is not None:
                raise UsageError(
                    f"{self.name}: holds {clean_name(Path(foreign))}, which is not of such tables; "
                    "name a new folder, or one with nothing but such tables"
                )

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A private folder beside it, which takes its name where the block ends well.

        Otherwise it stays, and is the draft of the next build: what was made is not made again.

        Raises:
            UsageError: as `check`, or it cannot be written, or another build is at it
        """
        self.check()
        with self._refusing():
            draft = self.path.parent / f".{self.path.name[:40]}.building"
            if draft.is_symlink():
                raise UsageError(f"{clean_name(draft)}: this is a link; delete it")
            make_private_folder(draft)
            if is_marked(draft):
                raise UsageError(f"{self.name}: another build is at it; wait for its end")
            for left in draft.glob(f"{MARK_OF_LOCK}*"):  # of a program that was killed
                left.unlink(missing_ok=True)
            with set_mark(draft) as mark:
                yield draft
                self.check()
            mark.unlink(missing_ok=True)
            self._take_name(draft)

    def _take_name(self, draft: Path) -> None:
        if not self.path.exists():
            draft.replace(self.path)
            return
        aside = Path(tempfile.mkdtemp(prefix=f".{self.path.name[:40]}.", dir=self.path.parent))
        try:
            self.path.rename(aside / "old")
            try:
                draft.rename(self.path)
            except OSError:
                (aside / "old").rename(self.path)
                raise
        finally:
            with suppress(OSError):
                shutil.rmtree(aside)

    def _foreign(self) -> str | None:
        """What is in the folder and was not made by us; None where there is nothing of the kind."""
        known = {DICTIONARY, STATE, *(f"{table}.{ending}" for table in self.tables for ending in ("csv", "parquet"))}
        found = sorted(self.path.iterdir())
        for one in found:
            if one.name == SERIES_FOLDER and stat.S_ISDIR(one.lstat().st_mode):
                parts = sorted(one.iterdir())
                other = next((part for part in parts if not (_PART.fullmatch(part.name) and _is_plain(part))), None)
                if other is not None:
                    return f"{SERIES_FOLDER}/{other.name}"
            elif not (one.name in known and _is_plain(one)):
                return one.name
        has_mark = read_private(self.path / DICTIONARY, len(MARK)) == MARK
        return None if not found or has_mark else found[0].name

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.name}: cannot be written: {why_not(error)}") from error


def _is_plain(path: Path) -> bool:
    """Whether it is a file, and neither a link nor a pipe to one."""
    return stat.S_ISREG(path.lstat().st_mode)


def tables_folder(machine: Machine, path: Path, tables: frozenset[str]) -> TablesFolder:
    """The folder a person named.

    Raises:
        UsageError: it is among what is kept of athletes
    """
    file = output_file(machine, path, "", may_replace=True)
    file.check_kept()
    return TablesFolder(path=file.path, name=file.name, tables=tables)


def check_tables(path: Path) -> Path:
    """The folder of research tables that a person named, as it is to be read.

    Raises:
        UsageError: it is no folder of such tables
    """
    path = user_path(path)
    if read_private(path / DICTIONARY, len(MARK)) != MARK:
        raise UsageError(f"{clean_name(path)}: no research tables; {command_line('cohort build FOLDER')} makes some")
    return path.resolve()

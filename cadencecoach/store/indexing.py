"""The user's sessions, through an index that follows the journals."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.index_file import IndexFile, Stamp
from cadencecoach.devices.lock import is_held
from cadencecoach.record.row import SessionRow
from cadencecoach.store.columns import COLUMNS, FORM, NAMES, Value, row_from_values
from cadencecoach.store.finding import ENDING, believed_start_s
from cadencecoach.store.protocol import TellProgress, Unreadable

INDEX_NAME = "index.sqlite"
MANY_BYTES = 6_000_000  # of journals; one process has read less before others have started
AT_ONCE = 50  # journals read between two writes: what was read is kept when the program is stopped
_DRAFT = re.compile(rf"\..*{re.escape(ENDING)}\.\d+")


class FileSessions:
    """A `SessionTable` of the journals in a folder, as far as its index knows them.

    Args:
        folder: where the journals are
    """

    def __init__(self, folder: Path) -> None:
        """Open the index; it is not brought up to date yet."""
        self.folder = folder
        self._index = IndexFile(index_path(self.folder), COLUMNS, form=FORM, group="athlete")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the index."""
        was_broken = "the index of sessions was damaged: rebuilding it from the journals"
        return tuple(filter(None, (was_broken if self._index.was_broken else "", self._index.trouble)))

    def refresh(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Read the journals that are new or have changed; the answer is how many those were.

        Args:
            tell: called with how many of how many have been read
        """
        found, known, changed = self._compare()
        if gone := known.keys() - found.keys():
            self._index.drop(gone)
        if not changed:
            return 0
        read = _reader(sum(found[key][1] for key in changed))
        rows = read([self.folder / f"{key}{ENDING}" for key in changed])
        for n_done, some in _gulps(changed):
            tell(n_done, len(changed))
            self._index.put((found[key], values) for key, values in zip(some, rows, strict=False))
        return len(changed)

    def n_unread(self) -> int:
        """How many journals are new or have changed since the last time."""
        return len(self._compare()[2])

    def rebuild(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Forget everything and read all journals; the answer is how many there are."""
        self._index.drop(self._index.stamps())
        return self.refresh(tell)

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """Some values of every session that can be read, the newest last.

        Args:
            names: of a row's fields
            athlete: only this pseudonym's
            since: only from this day on
            limit: so many of the newest; below 0 is all
        """
        equal: dict[str, Value] = {"problem": "", **({} if athlete is None else {"athlete": athlete})}
        from_day = None if since is None else ("day", since.isoformat())
        began_s = partial(believed_start_s, now_s=wall_time_s())
        return self._index.rows(tuple(names), equal=equal, since=from_day, limit=limit, began_s=began_s)

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """The same as rows."""
        return tuple(map(row_from_values, self.values(NAMES, athlete=athlete, since=since, limit=limit)))

    def marks(self, athlete: str | None = None) -> dict[str, bytes]:
        """For each athlete that a journal names, or for one, what changes with every journal of theirs."""
        return {
            name: hashlib.blake2b("\n".join(f"{key} {stamp}" for key, stamp in stamps).encode()).digest()
            for name, stamps in self._index.stamps_by_group(athlete).items()
        }

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Files that are no journals, or broken ones."""
        everything = self._index.rows(("id", "problem"), equal={"started": ""}, since=None)
        return tuple(Unreadable(id=str(key), problem=str(problem)) for key, problem in everything if problem)

    def broken_off_ids(self) -> tuple[str, ...]:
        """Those without an end whose journal nobody is writing now."""
        open_ended = self._index.rows(("id",), equal={"is_ended": 0, "problem": ""}, since=None)
        return tuple(str(key) for (key,) in open_ended if not is_held(self.folder / f"{key}{ENDING}"))

    def _compare(self) -> tuple[dict[str, Stamp], dict[str, Stamp], list[str]]:
        """The journals that are there, those the index knows, and which of the first are not as it knows them."""
        found, known = _journals(self.folder), self._index.stamps()
        return found, known, [key for key, stamp in found.items() if known.get(key) != stamp]

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def index_path(folder: Path) -> Path:
    """Where the index of a folder of journals is kept: beside it."""
    return folder.parent / INDEX_NAME


def _journals(folder: Path) -> dict[str, Stamp]:
    """The journals that are there, by id. What a process left that was killed at its very beginning is removed."""
    found: dict[str, Stamp] = {}
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.endswith(ENDING) and entry.is_file():
                try:
                    about = entry.stat()
                except OSError:  # gone since
                    continue
                found[name[: -len(ENDING)]] = (about.st_mtime_ns, about.st_size)
            elif name[0] == "." and _DRAFT.fullmatch(name) and not is_held(Path(entry.path)):
                Path(entry.path).unlink(missing_ok=True)
    return found


def _reader(n_bytes: int) -> Callable[[Sequence[Path]], Iterator[Mapping[str, Value]]]:
    """What reads so many bytes of journals; not needed while none has changed, which is nearly always."""
    from cadencecoach.store.rows_read import read_in_turn, read_side_by_side  # noqa: PLC0415

    return read_in_turn if n_bytes < MANY_BYTES else read_side_by_side


def _gulps(keys: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Some at a time, and how many went before."""
    rest = iter(keys)
    n_done = 0
    while some := list(islice(rest, AT_ONCE)):
        yield n_done, some
        n_done += len(some)

"""What was worked out of each athlete, kept beside the index: a cache, and as little precious as that.

A fold is kept with the mark of all it was worked out of. It is handed out only for the very same mark, so what is stale
is never seen; a file that is lost or broken costs time.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cadencecoach.devices.index_file import IndexFile

FOLDS_NAME: Final = ".caseload.sqlite"  # the dot keeps it out of backups
FORM: Final = 1
_COLUMNS: Final = ("id", "started", "mark", "fold")


class FileFolds:
    """The folds in a file, by athlete."""

    def __init__(self, path: Path) -> None:
        """Open it, empty where it is not there or broken."""
        self._file = IndexFile(path, _COLUMNS, form=FORM)

    def read(self, marks: Mapping[str, str]) -> dict[str, str]:
        """The folds of athletes whose mark is still the same."""
        found = self._file.rows(("id", "mark", "fold"), equal={}, since=None)
        return {str(key): str(fold) for key, mark, fold in found if marks.get(str(key)) == mark}

    def keep(self, folds: Mapping[str, tuple[str, str]]) -> None:
        """Put folds in, each with its mark."""
        values = ({"id": key, "started": "", "mark": mark, "fold": fold} for key, (mark, fold) in folds.items())
        self._file.put(((0, 0), one) for one in values)

    def drop_others(self, athletes: Iterable[str]) -> None:
        """Take out whoever is not among these."""
        if gone := self._file.stamps().keys() - set(athletes):
            self._file.drop(gone)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

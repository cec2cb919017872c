"""A journal that broke off: what is torn is cut away, and its last line written."""

import os
from pathlib import Path

from cadencecoach.devices.journal.file import line_bytes
from cadencecoach.devices.journal.place import cut_torn, reopen, sync
from cadencecoach.errors import JournalError


def end_broken(path: Path, *, n_whole_bytes: int, line: str) -> None:
    """Give a journal that broke off its last line; what is torn after its whole lines is cut off.

    Args:
        path: the journal
        n_whole_bytes: length of its whole lines
        line: the last one, without its line break
    Raises:
        JournalError: it may not be written, or is being written now
    """
    try:
        with reopen(path) as fd:
            cut_torn(fd, n_whole_bytes)
            os.write(fd, line_bytes(line))
            sync(fd)
    except OSError as error:
        raise JournalError(f"{path} cannot be finished: {error.strerror or error}") from error

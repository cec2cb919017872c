"""Two journals of one session, of two machines: the session may have gone on in one of them, or in both.

Journals only grow, so the one that went on begins with all whole lines of the other. Where both went on the longer
session counts, and the other journal is kept beside it. Of that one only pain counts: the log is mended by it.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import IO

from cadencecoach.errors import CadencecoachError
from cadencecoach.store.loading import Recorded, load_session
from cadencecoach.store.protocol import Store


class Further(Enum):
    """Where a session went on further."""

    SAME = "same"  # in neither
    HERE = "here"
    THERE = "there"
    PARTED = "parted"  # in both, each in its own way
    ANOTHER = "another"  # these are two sessions


def compare_journals(here: IO[bytes], there: IO[bytes]) -> Further:
    """Compare two journals line by line; a torn last line counts for nothing. Both are closed."""
    with here, there:
        for number, (one, other) in enumerate(zip_longest(_whole_lines(here), _whole_lines(there))):
            if one == other:
                continue
            if number == 0:
                return Further.THERE if one is None and _begin_alike(here, there) else Further.ANOTHER
            return Further.THERE if one is None else Further.HERE if other is None else Further.PARTED
    return Further.SAME


def take_longer(store: Store, session: str, there: Path) -> bool:
    """Let the longer of two journals that have parted count, and keep the other beside it; whether it is the one there.

    Raises:
        UsageError: neither may be written
    """
    with there.open("rb") as content:
        here_s, there_s = _length_s(lambda: store.load_session(session)), _length_s(lambda: load_session(there))
        if here_s >= there_s:
            store.keep_journal(session, content)
            return False
        with store.open_journal(session) as here:
            store.keep_journal(session, here)
        return store.replace_journal(session, content)


def _begin_alike(torn: IO[bytes], whole: IO[bytes]) -> bool:
    """Whether all there is of one file, which has no whole line, is the beginning of another."""
    torn.seek(0)
    whole.seek(0)
    begun = torn.read()
    return whole.read(len(begun)) == begun


def _whole_lines(file: IO[bytes]) -> Iterator[bytes]:
    return (line for line in file if line.endswith(b"\n"))


def _length_s(load: Callable[[], Recorded]) -> float:
    """How long was run in a session; less than nothing where its journal cannot be read."""
    try:
        return load().summary.session.duration_s
    except CadencecoachError:
        return -1.0

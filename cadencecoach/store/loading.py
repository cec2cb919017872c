"""A session read from disk: its header, its lines, and what they add up to."""

from dataclasses import dataclass
from pathlib import Path

from cadencecoach.devices.clock import offset_here_s
from cadencecoach.devices.input_file import check_file, clean_name
from cadencecoach.devices.journal.broken import end_broken
from cadencecoach.devices.journal.place import Whole
from cadencecoach.devices.journal.reading import journal_lines, name_in_errors
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.summary import summary_of
from cadencecoach.record.journal import Journal, read_journal
from cadencecoach.record.local_time import LocalTime, local_time, offset_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A session as it was recorded.

    Attributes:
        path: of its journal; in a store that keeps no files, the name that it would have
        journal: as read
        summary: what it adds up to
    """

    path: Path
    journal: Journal
    summary: Summary

    @property
    def id(self) -> str:
        """What a person calls it."""
        return self.path.stem

    @property
    def began(self) -> LocalTime | None:
        """When, by the clocks there; by those here where a journal or recording tells UTC alone. None: it does not."""
        started, offset_s = self.journal.header.get("started"), offset_in(self.journal.header.get("utc_offset_s"))
        label = started if isinstance(started, str) else ""
        return local_time(label, offset_here_s(label) if offset_s is None else offset_s)


def load_session(path: Path) -> Recorded:
    """A session and its numbers.

    Raises:
        UsageError: there is no such file
        JournalError: it is not a journal, or broken before its last line; names the file and the line
    """
    check_file(path, what="journal")
    with name_in_errors(clean_name(path)):
        journal = read_journal(journal_lines(path))
    return Recorded(path=path, journal=journal, summary=summarise_journal(journal))


def summarise_journal(journal: Journal) -> Summary:
    """What a journal adds up to, under the name of its plan."""
    return summary_of(journal.header, journal.lines)


def whole_lines_of(path: Path) -> Whole:
    """How much of a journal is whole lines: a last one that is torn is not.

    Raises:
        JournalError: as in `load_session`
    """
    return whole_of(list(journal_lines(path)))


def whole_of(raw: list[bytes]) -> Whole:
    """The same of its lines."""
    n_bytes = sum(map(len, raw))
    while raw and not raw[-1].strip():
        raw.pop()
    n_lines = sum(1 for line in raw if line.strip())
    is_torn = len(read_journal(raw).lines) + 1 < n_lines
    return Whole(n_bytes=n_bytes, n_whole_bytes=sum(map(len, raw[:-1] if is_torn else raw)))


def end_file(path: Path, line: str) -> None:
    """Cut off what is torn at the end of a journal, and add a line.

    Raises:
        JournalError: as in `load_session`; or it is being written now, or may not be written
    """
    end_broken(path, n_whole_bytes=whole_lines_of(path).n_whole_bytes, line=line)

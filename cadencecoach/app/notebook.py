"""Where a session's lines go: into the journal, if one is kept, and into the summary at once."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from cadencecoach import __version__
from cadencecoach.devices.journal_file import JournalFile, JournalWriter, journal_lines
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.plan.model import Plan
from cadencecoach.record.figures import Summary
from cadencecoach.record.journal import Header, encode, read_journal
from cadencecoach.record.summary import Summariser

APP = f"cadencecoach {__version__}"


class Notebook:
    """Takes every line of one session.

    Args:
        journal: None when no journal is kept
        plan: for the name over the summary
        baseline_spm: given before the start, for the summary
    """

    def __init__(self, journal: JournalWriter | None, plan: Plan, baseline_spm: float | None) -> None:
        """Begin with nothing written."""
        self._journal = journal
        self._plan = plan
        self._summariser = Summariser(baseline_spm=baseline_spm)

    def begin(self, header: Header) -> None:
        """Write the first line."""
        if self._journal is not None:
            self._journal.write(encode(header.to_dict()))

    def write(self, line: Mapping[str, object]) -> None:
        """Write one line, and count it."""
        if self._journal is not None:
            self._journal.write(encode(line))
        self._summariser.add(line)

    def summary(self) -> Summary:
        """What the session came to so far."""
        return self._summariser.summary(name=self._plan.name)


def check_replaceable(path: Path, *, feet_text: str) -> None:
    """A rehearsal's journal may replace that of another rehearsal and nothing else.

    Raises:
        UsageError: the file that is there must not be lost
    """
    try:
        size_bytes = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise UsageError(f"--journal {path}: cannot be written: {error.strerror or error}") from error
    if size_bytes is None:
        return
    if feet_text.startswith("replay:") and path.resolve() == Path(feet_text.removeprefix("replay:")).resolve():
        raise UsageError(f"--journal {path}: this is the file being replayed; choose another name")
    try:
        is_ours = size_bytes == 0 or read_journal(islice(journal_lines(path), 1)).header.get("rehearsal") is True
    except JournalError:
        is_ours = False
    if not is_ours:
        raise UsageError(f"--journal {path}: there is a file that is not a rehearsal's journal; choose another name")


def replaced(path: Path) -> JournalFile:
    """A new journal in place of the one that may be replaced.

    Raises:
        JournalError: it cannot be created
    """
    if path.is_file():
        path.unlink()
    return JournalFile(path)

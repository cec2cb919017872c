"""The files a session writes: that they are not its own input, not one another, and nothing that must be kept."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.devices.sound_file import check_sound_file
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.record.journal import read_journal


def check_outputs(*, sound_text: str, journal: Path | None, feet_text: str) -> None:
    """Refuse outputs that would destroy each other, or the run that is being replayed.

    Raises:
        UsageError: two of the files are one
    """
    files = {"--sound": _file_of(sound_text, "file:"), "--journal": journal}
    played = _file_of(feet_text, "replay:")
    for option, path in files.items():
        if path is not None and played is not None and _is_same(path, played):
            raise UsageError(f"{option} {path}: this is the file being replayed; choose another name")
    sound = files["--sound"]
    if sound is not None and journal is not None and _is_same(sound, journal):
        raise UsageError(f"--journal {journal}: the sound goes there; choose another name for one of them")


def check_sound(sound_text: str, *, allowed: Mapping[str, str]) -> None:
    """Refuse words that name no sound, and a file that cannot be written, before a journal is made that stays empty.

    Args:
        sound_text: of `--sound`
        allowed: the form of each kind of sound, as it is shown to a person
    Raises:
        UsageError: words of another form, another ending, or a place that cannot be written
    """
    kind, _, rest = sound_text.partition(":")
    if kind not in allowed or bool(rest) != (":" in allowed[kind]):
        raise UsageError(f"--sound {sound_text}: allowed: {', '.join(allowed.values())}")
    if kind == "file":
        check_sound_file(Path(rest))


def check_replaceable(path: Path) -> None:
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
    try:
        is_ours = size_bytes == 0 or read_journal(islice(journal_lines(path), 1)).header.get("rehearsal") is True
    except JournalError:
        is_ours = False
    if not is_ours:
        raise UsageError(f"--journal {path}: there is a file that is not a rehearsal's journal; choose another name")


def replaced(path: Path, first: str) -> JournalFile:
    """A new journal in place of the one that may be replaced; `first` is its first line.

    Raises:
        JournalError: it cannot be created
    """
    if path.is_file():
        path.unlink()
    return JournalFile(path, first)


def _file_of(text: str, form: str) -> Path | None:
    return Path(text.removeprefix(form)) if text.startswith(form) else None


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names mean one file, which need not be there; devices may be named twice."""
    try:
        return one.resolve() == other.resolve() and (one.is_file() or not one.exists())
    except OSError:
        return False

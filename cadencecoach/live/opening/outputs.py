"""The files a session writes: that they are not its own input, not one another, and nothing that must be kept."""

import stat
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.input_file import clean_name, real_path, user_path
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import SoundForm, check_sound_file, is_sound_of_ours
from cadencecoach.devices.sound_tags import ARTIST, SoundTags
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import Prepared
from cadencecoach.plan.model import Plan
from cadencecoach.record.journal import read_journal
from cadencecoach.store.machine import Machine
from cadencecoach.store.placing import OF_ATHLETES, is_among_athletes, output_file

if TYPE_CHECKING:
    from cadencecoach.live.audio.file_output import FileOutput

IN_FILE = "file:"  # how `--sound` names a file


def check_outputs(machine: Machine, request: Request, journal: Path | None) -> None:
    """Refuse outputs that would destroy each other, or what is read: the run being replayed, the plan, the settings.

    Raises:
        UsageError: two of the files are one, or one would lie among what is kept of athletes
    """
    files = {"--sound": _file_of(request.sound_text, IN_FILE), "--journal": journal}
    played = _file_of(request.feet_text, "replay:")
    config = None if request.config is None else user_path(request.config)
    is_read = {"the file being replayed": played, "the plan": user_path(request.plan_name), "the settings file": config}
    for option, path in files.items():
        if path is not None and _is_among_athletes(machine, path):
            raise UsageError(f"{option} {clean_name(path)}: {OF_ATHLETES}; choose another name")
        for what, source in is_read.items():
            if path is not None and source is not None and _is_there(source) and _is_same(path, source):
                raise UsageError(f"{option} {clean_name(path)}: this is {what}; choose another name")
    sound = files["--sound"]
    if sound is not None and journal is not None and _is_same(sound, journal):
        raise UsageError(f"--journal {clean_name(journal)}: the sound goes there; choose another name for one of them")


def sound_output(machine: Machine, path: Path, *, may_replace: bool, sources: tuple[Path, ...] = ()) -> OutputFile:
    """Where a sound file goes; an older one of ours is replaced by it. The arguments are those of `output_file`."""
    return output_file(machine, path, "--sound", may_replace=may_replace, is_ours=is_sound_of_ours, sources=sources)


def open_sound_file(request: Request, prepared: Prepared) -> "FileOutput":
    """The audio output that writes the file `--sound` names."""
    from cadencecoach.live.audio.file_output import FileOutput  # noqa: PLC0415  # numpy only where there is sound

    form = SoundForm(n_channels=prepared.score.n_channels, tags=prepared.tags or _tags_of(prepared.plan))
    file = sound_output(prepared.machine, Path(request.sound_text.removeprefix(IN_FILE)), may_replace=request.force)
    return FileOutput(
        file,
        prepared.settings,
        book=prepared.score.words,
        speech_folder=prepared.machine.speech_folder,
        form=form,
        music=prepared.score.music,
        messages=prepared.score.messages,
    )


def _tags_of(plan: Plan) -> SoundTags:
    """What a session's file tells a player."""
    return SoundTags(title=plan.name, album=ARTIST, comment=plan.about)


def check_sound(machine: Machine, request: Request, *, allowed: Mapping[str, str]) -> None:
    """Refuse words that name no sound, and a file that cannot be written, before a journal is made that stays empty.

    Args:
        machine: whose athletes are kept from being written over
        request: whose `--sound` is looked at
        allowed: the form of each kind of sound, as it is shown to a person
    Raises:
        UsageError: words of another form, another ending, a place that cannot be written, or no such device
    """
    kind, _, rest = request.sound_text.partition(":")
    if kind not in allowed or bool(rest) != (":" in allowed[kind]):
        raise UsageError(f"--sound {request.sound_text}: not an audio output; allowed: {', '.join(allowed.values())}")
    if kind == "file":
        check_sound_file(sound_output(machine, Path(rest), may_replace=request.force))
    elif kind == "device":
        from cadencecoach.live.audio.choosing import check_device_name  # noqa: PLC0415  # only where a device is named

        check_device_name(rest)


def check_replaceable(machine: Machine, path: Path, *, may_replace: bool = False) -> None:
    """Refuse a place for a rehearsal's journal: it may replace that of another rehearsal, and another file if told so.

    The journal of a run is never replaced: it cannot be had again.

    Raises:
        UsageError: the file that is there must not be lost, or nothing can be written there
    """
    if _is_stream(path):
        return
    output = _journal_output(machine, path, may_replace=may_replace)
    try:
        is_there = path.is_file() or path.is_symlink()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise output.refusal(error) from error
    if is_there or path.parent.is_dir():
        output.check()
    else:  # a journal's folder is made
        output.check_kept()


def replace_journal(machine: Machine, path: Path, first: str, *, may_replace: bool = False) -> JournalFile:
    """A new journal, in place of the one that may be replaced once it is whole; `first` is its first line.

    Raises:
        UsageError: the file that is there must not be lost
        JournalError: it cannot be created
    """
    is_new = _is_stream(path) or not (path.is_file() or path.is_symlink())
    return JournalFile(path, first, None if is_new else _journal_output(machine, path, may_replace=may_replace).open())


def _journal_output(machine: Machine, path: Path, *, may_replace: bool) -> OutputFile:
    return output_file(machine, path, "--journal", may_replace=may_replace, is_ours=_is_rehearsals_journal)


def _is_rehearsals_journal(path: Path) -> bool:
    header = _header_in(path)
    return header is not None and header.get("rehearsal") is True


def _header_in(path: Path) -> Mapping[str, object] | None:
    try:
        return read_journal(islice(journal_lines(path), 1)).header
    except JournalError:
        return None


def _is_stream(path: Path) -> bool:
    """A device or a pipe takes what is written and replaces nothing; a disk is no stream."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _file_of(text: str, form: str) -> Path | None:
    return user_path(text.removeprefix(form)) if text.startswith(form) else None


def _is_among_athletes(machine: Machine, path: Path) -> bool:
    try:
        return is_among_athletes(machine, path)
    except (OSError, ValueError):  # a NUL in the name: told by whoever opens it
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except ValueError:  # a NUL in the name
        return False


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names mean one file, which need not be there; devices may be named twice."""
    try:
        if one.is_file() and other.is_file():
            return one.samefile(other)
        return real_path(one) == real_path(other) and (one.is_file() or not one.exists())
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False

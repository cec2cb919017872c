"""Where a file goes that somebody asked for, in the words of the option it was asked for with."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cadencecoach.devices.input_file import clean_name, user_path
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.store.athlete_journals import header_in
from cadencecoach.store.machine import Machine

OF_ATHLETES = "this folder is for athletes' records only"


def output_file(
    machine: Machine,
    path: Path,
    option: str,
    *,
    may_replace: bool,
    can_force: bool = True,
    is_ours: Callable[[Path], bool] | None = None,
    sources: tuple[Path, ...] = (),
) -> OutputFile:
    """The file a person named.

    Args:
        machine: whose athletes are kept from being written over
        path: as it was asked for
        option: by which; empty for an argument
        may_replace: `--force` was given
        can_force: there is such an option
        is_ours: tells a file of this kind that the program wrote; None where the format has no mark
        sources: what is read meanwhile
    """
    path = user_path(path)
    name = f"{option} {clean_name(path)}".lstrip()
    return OutputFile(
        path=path,
        name=name,
        may_replace=may_replace,
        can_force=can_force,
        is_ours=is_ours,
        sources=sources,
        why_kept=partial(_why_kept, machine),
    )


def is_among_athletes(machine: Machine, path: Path) -> bool:
    """Whether a place is in the folder of what is kept of athletes, through links too."""
    if machine.athletes_folder is None:
        return False
    real = Path(os.path.realpath(path))  # links in a circle too, where `resolve` gives up
    return Path(os.path.realpath(machine.athletes_folder)) in real.parents


def _why_kept(machine: Machine, path: Path) -> str:
    """Why nothing is ever written to a place: what was run and what was said cannot be had again."""
    if is_among_athletes(machine, path):
        return OF_ATHLETES
    header = header_in(path)
    if type(header.get("log")) is int and "athlete" in header:
        return "this is the log of an athlete, which is never replaced"
    if type(header.get("journal")) is int and header.get("rehearsal") is not True:
        return "this is the journal of a run, which is never replaced"
    return ""


def starts_with(mark: bytes) -> Callable[[Path], bool]:
    """Whether a file begins as those of the program do."""

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark

    return is_ours


def why_not(error: OSError | ValueError) -> str:
    """What the system says of a place that cannot be written."""
    return str(getattr(error, "strerror", None) or error)

"""Programmes by path or name, and the plans they name.

What reads programmes is loaded where one is read: a name may be that of a plan.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.plan.words import nearest
from cadencecoach.store.plan_files import find_among, known_plans, packed_plans, read_plan_file

if TYPE_CHECKING:
    from cadencecoach.programme.model import Programme
    from cadencecoach.programme.text.plans import Find, PlanFile
    from cadencecoach.programme.text.reading import CheckedProgramme
    from cadencecoach.store.machine import Machine

MAX_PATH_CHARS = 200  # of a plan's file, from the programme's folder
ENDING = ".yaml"


def packed_programmes() -> dict[str, Path]:
    """The programmes that come with the program, by name."""
    return {path.stem: path for path in sorted(asset("sessions", "programmes").glob(f"*{ENDING}"))}


def find_programme(name: str) -> Path:
    """A programme by its path, or by the name of one that comes with the program.

    Raises:
        UsageError: there is no such programme, and the name is that of no file; the message lists the names there are
    """
    is_instead = "a plan, one session" if name in packed_plans() else ""
    return find_among(packed_programmes(), name, what="programme", is_instead=is_instead)


def read_programme_file(path: Path) -> bytes:
    """The bytes of a programme file, one more than it may have at most.

    Raises:
        UsageError: it is not there, not a file, or may not be read
    """
    return file_bytes(path, what="programme file", limit_bytes=MAX_PLAN_BYTES + 1)


def finder(folder: Path | None, machine: "Machine | None" = None) -> "Find":
    """Where a programme in this folder finds its plans: beside it, by path, or by name among those that are known.

    Args:
        folder: of the programme; None where it is a text of somebody else's, which opens no file of this computer
        machine: whose kept plans have a name too; None for those of the program alone
    """
    from cadencecoach.programme.text.plans import PlanFile  # noqa: PLC0415

    def find(name: str) -> "PlanFile | str":
        named = packed_plans() if machine is None else known_plans(machine)
        beside = () if folder is None else (folder / name, folder / f"{name}{ENDING}")
        is_name = len(name) <= MAX_PATH_CHARS and "\0" not in name
        path = next((one for one in beside if is_name and one.is_file()), named.get(name))
        if path is None:
            meant = nearest(name, tuple(named))
            hint = f"did you mean '{meant}'?" if meant else f"there are {', '.join(named)}"
            where = "in this file" if folder is None else "in this file or beside it"
            return f"there is no plan '{clean_name(Path(name))}' {where}; {hint}"
        try:
            return PlanFile(raw=read_plan_file(path), source=str(path) if folder is not None else path.name)
        except UsageError as error:
            return str(error)

    return find


def check_programme_file(path: Path, machine: "Machine | None" = None) -> "tuple[bytes, CheckedProgramme]":
    """A programme file's bytes, and what is wrong with it.

    Raises:
        UsageError: it cannot be read
    """
    from cadencecoach.programme.text.reading import check_programme  # noqa: PLC0415

    raw = read_programme_file(path)
    return raw, check_programme(raw, str(path), finder(path.parent, machine))


def open_programme(path: Path, machine: "Machine | None" = None) -> "tuple[bytes, Programme]":
    """A programme as one text with the plans it names in it, and what it says.

    Raises:
        UsageError: it cannot be read
        PlanError: it has mistakes; the message lists them all
    """
    return whole_programme(*check_programme_file(path, machine))


def check_programme_text(raw: bytes, source: str, machine: "Machine") -> "CheckedProgramme":
    """What is wrong with a text that came without a folder: its plans stand in it, or are known here by name."""
    from cadencecoach.programme.text.reading import check_programme  # noqa: PLC0415

    return check_programme(raw, source, finder(None, machine))


def whole_programme(raw: bytes, checked: "CheckedProgramme") -> "tuple[bytes, Programme]":
    """A programme that was checked as one text with the plans it names in it, and what it says.

    Raises:
        PlanError: it has mistakes; the message lists them all
    """
    from cadencecoach.programme.text.whole import self_contained  # noqa: PLC0415

    if checked.programme is None:
        raise PlanError(checked.text())
    return self_contained(raw, checked.source, checked)

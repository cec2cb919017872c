"""Plans by path or name: the file, its bytes, the plan, or one line that says why not; those a person keeps here."""

import re
from collections.abc import Mapping
from pathlib import Path

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name, file_bytes, user_path
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.plan.words import nearest
from cadencecoach.store.machine import Machine

MAX_NAME_CHARS = 60  # of a name that may have been meant for one of ours
KEPT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ENDING = ".yaml"
_PROGRAMME = re.compile(rb"^(?:\xef\xbb\xbf)?programme[ \t]*:", re.MULTILINE)


def packed_plans() -> dict[str, Path]:
    """The plans that come with the program, by name."""
    return dict(sorted((path.stem, path) for path in asset("sessions").glob("*.yaml")))


def kept_plans(machine: Machine) -> dict[str, Path]:
    """The plans that a person keeps here, by name."""
    folder = machine.plans
    paths = [] if isinstance(folder, NoHomeError) else sorted(folder.glob(f"*{ENDING}"))
    return {path.stem: path for path in paths if KEPT_NAME.fullmatch(path.stem)}


def known_plans(machine: Machine) -> dict[str, Path]:
    """All that have a name: of one name that a person's own is meant, also where a later program brings another."""
    return packed_plans() | kept_plans(machine)


def keep_plan(machine: Machine, name: str, raw: bytes) -> Plan:
    """Keep a plan under a name, in the place of the one kept under it before.

    Args:
        machine: whose plans they are
        name: a few small letters, digits and hyphens
        raw: its text
    Raises:
        UsageError: the name cannot be used, or is that of a plan that comes with the program; or nothing can be written
        PlanError: the text has mistakes; nothing is changed
    """
    if not KEPT_NAME.fullmatch(name):
        raise UsageError(f"{clean_name(Path(name))}: name it with small letters, digits and hyphens, 40 at most")
    if name in packed_plans() and name not in kept_plans(machine):
        raise UsageError(f"{name} is the name of a plan that comes with the program; choose another")
    plan = load_plan(raw, f"{name}{ENDING}")
    if isinstance(machine.plans, NoHomeError):
        raise machine.plans.again()
    path = machine.plans / f"{name}{ENDING}"
    try:
        write_private(path, raw)
    except OSError as error:
        raise UsageError(not_written(path, error)) from error
    return plan


def remove_plan(machine: Machine, name: str) -> None:
    """Delete a plan that is kept here. Sessions that were run by it hold its text themselves.

    Raises:
        UsageError: there is none of this name, or it cannot be deleted
    """
    path = kept_plans(machine).get(name)
    if path is None:
        raise UsageError(f"there is no plan {clean_name(Path(name))} kept here")
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(not_written(path, error)) from error


def find_plan(machine: Machine, name: str) -> Path:
    """A plan by its path, or by the name of one that comes with the program or is kept here.

    Raises:
        UsageError: there is no such plan, and the name is that of no file; the message lists the names there are
    """
    return find_among(known_plans(machine), name, what="plan")


def find_among(packed: Mapping[str, Path], name: str, *, what: str, is_instead: str = "") -> Path:
    """A file by its path, or by the name of one that comes with the program.

    Args:
        packed: those that have a name: they come with the program, or are kept here
        name: as given
        what: the kind of file, for the message: "plan"
        is_instead: what the name stands for if it is none of them, where that is known
    Raises:
        UsageError: the name is that of no file; the message lists the names there are
    """
    ways = f"name a {what} file, or one of {', '.join(packed)}"
    if not name:
        raise UsageError(f"no {what} given; {ways}")
    path = user_path(name)
    is_bare = len(name) <= MAX_NAME_CHARS and "\0" not in name and name == path.stem
    if not is_bare or path.exists() or path.is_symlink():
        return path
    if name not in packed:
        if is_instead:
            raise UsageError(f"{clean_name(path)} is {is_instead}; {ways}")
        meant = nearest(name, tuple(packed)) or next(
            (one for one in packed if _letters(one).startswith(_letters(name))), ""
        )
        hint = f"did you mean {meant}? Otherwise {ways}" if meant else ways
        raise UsageError(f"there is no {what} called {clean_name(path)}; {hint}")
    return packed[name]


def _letters(name: str) -> str:
    """A name without what people leave out of it."""
    return name.casefold().replace("-", "")


def open_plan(path: Path) -> Plan:
    """The plan in a file.

    Raises:
        UsageError: it cannot be read
        PlanError: it has mistakes; the message lists them all
    """
    return load_plan(read_plan_file(path), str(path))


def read_plan_file(path: Path) -> bytes:
    """The bytes of a plan file, one more than a plan may have at most.

    Raises:
        UsageError: it is not there, not a file, or may not be read
    """
    return file_bytes(path, what="plan file", limit_bytes=MAX_PLAN_BYTES + 1)


def is_programme(raw: bytes) -> bool:
    """Whether a file says of itself that it is a programme: weeks, and no single session."""
    return _PROGRAMME.search(raw) is not None

"""Plans by path or name: the file, its bytes, the plan, or one line that says why not."""

import re
from collections.abc import Mapping
from pathlib import Path

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name, file_bytes, user_path
from cadencecoach.errors import UsageError
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.plan.words import nearest

MAX_NAME_CHARS = 60  # of a name that may have been meant for one of ours
_PROGRAMME = re.compile(rb"^(?:\xef\xbb\xbf)?programme[ \t]*:", re.MULTILINE)


def packed_plans() -> dict[str, Path]:
    """The plans that come with the program, by name."""
    return dict(sorted((path.stem, path) for path in asset("sessions").glob("*.yaml")))


def find_plan(name: str) -> Path:
    """A plan by its path, or by the name of one that comes with the program.

    Raises:
        UsageError: there is no such plan, and the name is that of no file; the message lists the names there are
    """
    return find_among(packed_plans(), name, what="plan")


def find_among(packed: Mapping[str, Path], name: str, *, what: str, is_instead: str = "") -> Path:
    """A file by its path, or by the name of one that comes with the program.

    Args:
        packed: those that come with the program, by name
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

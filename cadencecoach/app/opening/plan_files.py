"""Plans by path or name: the file, its bytes, the plan, or one line that says why not."""

import stat
from pathlib import Path

from cadencecoach.devices.assets import asset
from cadencecoach.errors import UsageError
from cadencecoach.plan.model import Plan
from cadencecoach.plan.reading import load_plan
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES


def find_plan(name: str) -> Path:
    """A plan by its path, or by the name of one that comes with the program."""
    packed = {path.stem: path for path in asset("sessions").glob("*.yaml")}
    return packed[name] if name in packed and not Path(name).exists() else Path(name)


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
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{_shown(path)} is a folder; name a plan file in it")
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            raise UsageError(f"{_shown(path)} is a device; name a plan file")
        with path.open("rb") as file:
            return file.read(MAX_PLAN_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"{_shown(path)} is not there; check the name of the plan file") from None
    except PermissionError:
        raise UsageError(f"{_shown(path)} may not be read; check who may read it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "not a file name"
        raise UsageError(f"{_shown(path)} cannot be read ({reason}); name a plan file") from None


def _shown(path: Path) -> str:
    """The name without anything a terminal would obey."""
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)

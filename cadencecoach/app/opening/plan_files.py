"""A plan's bytes from its file, or one line that says why not."""

import stat
from pathlib import Path

from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES


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

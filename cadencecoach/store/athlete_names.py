"""The names athletes may have."""

import re

from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.findings import clip

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_-])?")
ALLOWED = (
    "1 to 40 letters a-z, digits, '-', '_' or '.', the first a letter or digit, the last no '.', "
    "and is no device of Windows (con, nul, ...)"
)
# Windows gives these to devices, whatever stands behind a dot.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def forgotten_error(athlete: str) -> UsageError:
    """Why nothing is written of an athlete who was forgotten meanwhile: what comes late makes nobody anew."""
    return UsageError(f"the athlete {athlete} no longer exists: nothing was written")


def check_name(name: str) -> str:
    """A pseudonym that is a safe name of a folder on every system.

    Raises:
        UsageError: it is none; the message says what is allowed
    """
    if not NAME.fullmatch(name) or name.partition(".")[0].casefold() in RESERVED:
        given = clip(ascii(name), 60)
        raise UsageError(f"--athlete {given}: a pseudonym has {ALLOWED}; not a person's name, please")
    return name

"""The names of an athlete's own files: in a folder, and in the file that travels."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from cadencecoach.errors import UsageError

LOG_NAME: Final = "log.jsonl"
PROFILE_NAME: Final = "profile.json"
PROGRAMME_NAME: Final = "programme.yaml"
SHA_DIGITS: Final = 8
_KEPT: Final = re.compile(r"programme-[A-Za-z0-9_.-]{1,60}\.yaml")


def kept_programme_name(raw: bytes) -> str:
    """The name of a programme's text that is not in force any more."""
    return f"programme-{hashlib.sha256(raw).hexdigest()[:SHA_DIGITS]}.yaml"


def check_own_names(names: Iterable[str]) -> None:
    """Refuse what is no name of an athlete's own file.

    Raises:
        UsageError: one is none
    """
    for name in names:
        if name not in {LOG_NAME, PROFILE_NAME, PROGRAMME_NAME} and not _KEPT.fullmatch(name):
            raise UsageError(f"{name!a} is no file of an athlete")

"""Where an athlete's things lie on this machine."""

import re
from pathlib import Path

from platformdirs import user_data_path

from cadencecoach.errors import UsageError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
LOG_NAME = "log.jsonl"
PROGRAMME_NAME = "programme.yaml"


def athletes_folder() -> Path:
    """The folder of all athletes; each has one in it by the pseudonym."""
    return user_data_path("cadencecoach") / "athletes"


def athlete_folder(name: str) -> Path:
    """The folder of one athlete, whether it is there or not.

    Raises:
        UsageError: the name cannot be that of a folder
    """
    if not NAME.fullmatch(name):
        raise UsageError(
            f"--athlete {name!a}: a pseudonym has 1 to 40 letters, digits, '-', '_' or '.'; no names, please"
        )
    return athletes_folder() / name

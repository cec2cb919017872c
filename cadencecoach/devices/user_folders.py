"""The user's own folders on this machine: the only place that knows where they are.

A service or a container may have no home; then nothing is kept, and whatever keeps nothing works all the same.
"""

from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path

from cadencecoach.errors import UsageError

APP = "cadencecoach"


class NoHomeError(UsageError):
    """There is no folder of the user's own."""

    def __init__(self, what: str, variable: str) -> None:
        super().__init__(f"no home folder is known to keep {what} in; set HOME or {variable}")


def data_folder() -> Path:
    """Where sessions and athletes are kept.

    Raises:
        NoHomeError: there is no such place
    """
    return _find(user_data_path, "sessions and athletes", "XDG_DATA_HOME")


def settings_folder() -> Path:
    """Where settings are, and what is remembered about sensors and sound devices.

    Raises:
        NoHomeError: there is no such place
    """
    return _find(user_config_path, "settings and sensors", "XDG_CONFIG_HOME")


def cache_folder() -> Path:
    """Where things lie that can be made again: spoken sentences.

    Raises:
        NoHomeError: there is no such place
    """
    return _find(user_cache_path, "spoken sentences", "XDG_CACHE_HOME")


def speech_folder() -> Path | None:
    """Where spoken sentences are kept; None where there is no such place, and each is spoken anew."""
    try:
        return cache_folder() / "speech"
    except NoHomeError:
        return None


def _find(ask: Callable[[str], Path], what: str, variable: str) -> Path:
    """The folder; a `~` that stands for nobody's home would be a folder where we stand, and older libraries make it."""
    try:
        folder = ask(APP)
    except RuntimeError as error:
        raise NoHomeError(what, variable) from error
    if folder.parts[:1] == ("~",):
        raise NoHomeError(what, variable)
    return folder

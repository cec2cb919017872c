"""The user's own folders on this machine: the only place that knows where they are.

A service or a container may have no home; then nothing is kept, and whatever keeps nothing works all the same.
"""

import warnings
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_runtime_path

from cadencecoach.errors import NoHomeError

APP = "cadencecoach"


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


def speech_folder() -> Path:
    """Where spoken sentences are kept, which can be made again.

    Raises:
        NoHomeError: there is no such place
    """
    return _find(user_cache_path, "spoken sentences", "XDG_CACHE_HOME") / "speech"


def runtime_folder() -> Path:
    """Where running sessions can be found; whether it is private is for the caller to check.

    Without XDG_RUNTIME_DIR it is a folder that anybody may have made.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return user_runtime_path(APP)


def _find(ask: Callable[[str], Path], what: str, variable: str) -> Path:
    """The folder; a `~` that stands for nobody's home would be a folder where we stand, and older libraries make it."""
    try:
        folder = ask(APP)
    except RuntimeError as error:
        raise NoHomeError(what, variable) from error
    if folder.parts[:1] == ("~",):
        raise NoHomeError(what, variable)
    return folder

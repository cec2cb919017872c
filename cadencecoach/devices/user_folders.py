"""The user's own folders on this machine: the only place that knows where they are."""

from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path

APP = "cadencecoach"


def data_folder() -> Path:
    """Where sessions and athletes are kept."""
    return user_data_path(APP)


def settings_folder() -> Path:
    """Where settings are, and what is remembered about sensors and sound devices."""
    return user_config_path(APP)


def cache_folder() -> Path:
    """Where things lie that can be made again: spoken sentences."""
    return user_cache_path(APP)

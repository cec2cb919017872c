"""A setting looked at, set, or given back to its default."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cadencecoach.devices.input_file import check_file, user_path
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.metronome import click_sounds
from cadencecoach.store.machine import Machine
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.secrets import without_secrets
from cadencecoach.store.settings import (
    Origin,
    Settings,
    setting_keys,
    settings_in_force,
    settings_with,
    value_of,
    variable_of,
)
from cadencecoach.store.settings_file import check_value, key_called, reset_file, set_value, unset_value
from cadencecoach.store.sound_book import change_sound_book, open_sound_book

DEVICE, CLICK, PHRASES, LANGUAGE = "sound.device", "sound.click", "voice.phrases", "voice.language"
STORE = "store.url"
OF_FILES = {PHRASES: "phrasebook", "voice.piper": "voice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One setting as a person may see it.

    Attributes:
        key: such as `sound.device`
        value: what holds; without passwords
        default: what would hold without anything said
        origin: where the value comes from
    """

    key: str
    value: str | int | float
    default: str | int | float
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All settings.

    Attributes:
        path: of the person's own file
        is_there: whether it is
        shown: every setting, in the order of the file
        notes: what else decides
    """

    path: Path
    is_there: bool
    shown: tuple[Shown, ...]
    notes: tuple[str, ...]


def overview(machine: Machine, config: str | None) -> Overview:
    """Every setting with its value, and where that comes from.

    Args:
        machine: whose settings
        config: a file named instead of the person's own
    Raises:
        UsageError: a file or a variable says what is not allowed
    """
    found, path, default = settings_in_force(machine, config), machine.settings_file, Settings()
    return Overview(
        path=path,
        is_there=path.is_file(),
        shown=tuple(
            Shown(
                key=key,
                value=_shown_value(value_of(found.settings, key)),
                default=value_of(default, key),
                origin=found.origins[key],
            )
            for key in setting_keys()
        ),
        notes=tuple(_list_remembered(machine)),
    )


def set_setting(machine: Machine, text: str, value_text: str) -> tuple[str, ...]:
    """Set one setting; what was done, in lines.

    Args:
        machine: whose settings
        text: the key, as a person writes it
        value_text: the value
    Raises:
        UsageError: no such key, or a value that is not allowed; nothing was changed
    """
    key = key_called(text)
    if key in OF_FILES and value_text:
        path = user_path(value_text).absolute()  # a session may be started in another folder
        check_file(path, what=OF_FILES[key], may_be_pipe=False)
        value_text = str(path)
    value = value_of(check_value(key, value_text), key)
    now = settings_in_force(machine, None)
    _check_names(machine, key, settings_with(now.settings, {key: value}))
    set_value(machine.settings_file, key, value)
    lines = [f"{key} = {_quote(value)}"]
    if now.origins[key] is Origin.ENVIRONMENT:
        lines.append(f"{variable_of(key)} is set in the environment and wins over the file")
    if key == DEVICE and open_sound_book(machine.sounds_file).device is not None:
        change_sound_book(machine.sounds_file, lambda book: replace(book, device=None))
        lines.append("the device used last is forgotten, so that this one is used")
    return tuple(lines)


def unset_setting(machine: Machine, text: str) -> tuple[str, ...]:
    """Give one setting back to its default; what was done, in lines.

    Raises:
        UsageError: no such key, or the file cannot be changed
    """
    key = key_called(text)
    was_set = unset_value(machine.settings_file, key)
    now = settings_in_force(machine, None)
    words = f"{key} = {_quote(value_of(now.settings, key))} ({now.origins[key].value})"
    return (words if was_set else f"{key} was not set in your file; {words}",)


def reset_settings(machine: Machine) -> tuple[str, ...]:
    """Give all settings back to their defaults; what was done, in lines.

    Raises:
        UsageError: the file cannot be moved
    """
    aside = reset_file(machine.settings_file)
    return ("nothing was set" if aside is None else f"every default holds again; your file is kept as {aside}",)


def _check_names(machine: Machine, key: str, settings: Settings) -> None:
    """Refuse a name that the next session would refuse."""
    if key in {LANGUAGE, PHRASES}:
        find_phrasebook(machine, settings.voice)
    if key == STORE and without_secrets(settings.store.url) != settings.store.url:
        raise UsageError(
            f"{key}: a password does not stand in an address: write it into ~/.pgpass, or into a private file that "
            "store.password_file names; nothing was changed"
        )
    if key == CLICK and settings.sound.click not in (sounds := click_sounds()):
        raise UsageError(f"{key}: no such sound; choose from {', '.join(sounds)}; nothing was changed")


def _list_remembered(machine: Machine) -> Iterator[str]:
    book = open_sound_book(machine.sounds_file)
    if book.device is not None:
        yield f"{DEVICE}: a session plays on {book.device}, which was used last; --sound device:default forgets it"
    if book.latency_s:
        yield f"sound.latency_s: the next session takes {book.latency_s:g} s, since the last one lost sound"


def _shown_value(value: str | float) -> str | int | float:
    return without_secrets(value) if isinstance(value, str) else value


def _quote(value: str | float) -> str:
    return f'"{_shown_value(value)}"' if isinstance(value, str) else f"{value}"

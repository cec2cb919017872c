"""The person's own settings file, changed one value at a time: comments, order and all other lines stay."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.lock import hold_lock
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.findings import clip, visible
from cadencecoach.store.settings import (
    MAX_KEY_CHARS,
    MAX_SETTINGS_BYTES,
    Settings,
    choices_of,
    fault_words,
    load_settings,
    setting_keys,
    settings_with,
)

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

N_NEAR = 3
MAX_OLD_FILES = 1000


def key_called(text: str) -> str:
    """The key a person means: whole (`sound.device`), or its last word where that is one key's alone (`device`).

    Raises:
        UsageError: there is no such key; names those that are near
    """
    wanted = text.strip().casefold().replace("-", "_")
    keys = setting_keys()
    found = [key for key in keys if wanted in {key, key.partition(".")[2]}]
    if len(found) == 1:
        return found[0]
    name = visible(clip(text, MAX_KEY_CHARS))
    if found:
        raise UsageError(f"{name}: this could be {' or '.join(found)}; write the whole name")
    near = [f"{key} {wanted}" for key in keys if wanted in choices_of(key)] or _near(wanted, keys)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(keys)}"
    raise UsageError(f"{name}: no such setting; {hint}")


def check_value(key: str, text: str) -> Settings:
    """The program's own settings with a value for one key, as the reader of a file checks it; words in any case.

    Raises:
        UsageError: the value is not allowed
    """
    word = text.strip().casefold()
    try:
        return settings_with(Settings(), {key: word if word in choices_of(key) else text})
    except ValidationError as error:
        words = "; ".join(fault_words(fault["loc"], fault) for fault in error.errors())
        raise UsageError(f"{words}; nothing was changed") from error


def set_value(path: Path, key: str, value: str | float) -> None:
    """Write a value into the file, which is made if it is not there.

    Raises:
        UsageError: the file cannot be used as it is, or cannot be written
    """
    table, _, name = key.partition(".")
    with hold_lock(path.parent):
        document = _document(path)
        before = load_settings(path) if path.is_file() else Settings()
        if table not in document:
            import tomlkit  # noqa: PLC0415  # only a change needs it

            document[table] = tomlkit.table()
        entries: Any = document[table]
        entries[name] = value
        _write(path, document, settings_with(before, {key: value}))


def unset_value(path: Path, key: str) -> bool:
    """Take a value out of the file, so that the default holds; False where the file does not say it.

    Raises:
        UsageError: the file cannot be used as it is, or cannot be written
    """
    table, _, name = key.partition(".")
    with hold_lock(path.parent):
        tables = load_settings(path).model_dump(exclude_unset=True) if path.is_file() else {}
        if name not in tables.get(table, {}):
            return False
        document = _document(path)
        entries: Any = document[table]
        del entries[name]
        del tables[table][name]
        _write(path, document, Settings.model_validate(tables))
    return True


def reset_file(path: Path) -> Path | None:
    """Put the file aside, so that every default holds; where it is now, or None where there was none.

    Raises:
        UsageError: it cannot be moved
    """
    with hold_lock(path.parent):
        if not path.is_file():
            return None
        names = (path.with_name(f"{path.stem}.old{f'-{n}' if n > 1 else ''}.toml") for n in range(1, MAX_OLD_FILES))
        aside = next(name for name in names if not name.exists())
        try:
            return path.rename(aside)
        except OSError as error:
            raise UsageError(f"{clean_name(path)} cannot be moved: {error.strerror or error}") from error


def _near(wanted: str, keys: tuple[str, ...]) -> list[str]:
    last = wanted.rpartition(".")[2]
    by_word = {key.partition(".")[2]: key for key in keys}
    near = [*difflib.get_close_matches(wanted, keys, n=N_NEAR), *difflib.get_close_matches(last, by_word, n=N_NEAR)]
    return list(dict.fromkeys(by_word.get(one, one) for one in near))[:N_NEAR]


def _document(path: Path) -> "TOMLDocument":
    import tomlkit  # noqa: PLC0415  # as above

    if not path.is_file():
        return tomlkit.document()
    load_settings(path)  # what the reader refuses is mended by hand first, and not written over
    return tomlkit.parse(path.read_bytes().decode())


def _write(path: Path, document: "TOMLDocument", wanted: Settings) -> None:
    """Write the file, if it says what it should; a link to it stays a link."""
    import tomllib  # noqa: PLC0415  # as above

    raw = document.as_string().encode()
    says = Settings.model_validate(tomllib.loads(raw.decode()))
    if says.model_dump() != wanted.model_dump():
        raise UsageError(f"{clean_name(path)} is written in a way that cannot be changed here; change it in an editor")
    if len(raw) > MAX_SETTINGS_BYTES:
        raise UsageError(f"{clean_name(path)}: more than {MAX_SETTINGS_BYTES // 1000} kB; shorten it")
    try:
        write_private(path.resolve(), raw)
    except OSError as error:
        raise UsageError(not_written(path, error)) from error

"""Phrasebooks as files: YAML text in, a `Phrasebook` out. A clinic's own file may leave out what it does not change."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from typing import TYPE_CHECKING

import yaml

from cadencecoach.errors import UsageError
from cadencecoach.plan.phrasebook import ENGLISH, OF_NO_FILE, OUTSIDE_SESSIONS, READ, Phrasebook, field_of
from cadencecoach.plan.screen_texts import PhraseFault
from cadencecoach.plan.syntax.findings import clipped, visible

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MAX_SHOWN_CHARS = 200
MAX_BRACKETS = 500  # a book of ours has fewer; one inside another costs the square of their number
MAX_BYTES = 100_000  # a book of ours has 2 kB
LISTS = ("walk_words", "below", "above")


def read_phrasebook(raw: bytes, source: str, *, base: Phrasebook | None) -> Phrasebook:
    """The phrasebook in a file's bytes.

    Args:
        raw: the file
        source: its name, for messages
        base: where phrases come from that the file leaves out; None: all must be there
    Raises:
        UsageError: not YAML, an unknown or missing phrase, or one that cannot be said
    """
    written = _mapping(raw, source)
    names = {field.name.removeprefix("own_") for field in fields(Phrasebook)} - OF_NO_FILE
    given = _named(written)
    unknown = sorted(given.keys() - names)
    # What later versions have added has English words, so that a book from before is still read.
    needed = {field.name for field in fields(Phrasebook) if field.default is MISSING}
    missing = [] if base is not None else sorted(needed - given.keys())
    if unknown or missing:
        wrong = f"unknown: {_keys_shown(unknown)}" if unknown else f"missing: {', '.join(missing)}"
        raise UsageError(f"{source}: {wrong}; a phrasebook holds {', '.join(sorted(names))}")
    try:
        values = {name: _value(name, value) for name, value in given.items() if name not in READ}
        own = {name: _texts(name, given[name], getattr(base or ENGLISH, name)) for name in READ if name in given}
        values |= {field_of(name): None if _is_default(name, texts) else texts for name, texts in own.items()}
        return replace(base, **values) if base is not None else Phrasebook(**values)  # type: ignore[arg-type]
    except PhraseFault as fault:
        raise UsageError(f"{source}: {fault}") from fault


def language_of(raw: bytes, source: str) -> str:
    """The language a file says it is in; English where it says nothing."""
    return str(_mapping(raw, source).get("language", ENGLISH.language))


def _mapping(raw: bytes, source: str) -> Mapping[object, object]:
    if len(raw) > MAX_BYTES:
        raise UsageError(f"{source}: larger than {MAX_BYTES} bytes; this is not a phrasebook")
    if raw.count(b"[") + raw.count(b"{") > MAX_BRACKETS:
        raise UsageError(f"{source}: more than {MAX_BRACKETS} brackets; this is not a phrasebook")
    try:
        value = yaml.safe_load(raw.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        first = visible(str(error).partition("\n")[0])
        raise UsageError(f"{source}: cannot be read as YAML: {first}") from error
    if not isinstance(value, dict):
        raise UsageError(f"{source}: not a phrasebook; begin with 'language: en'")
    return value


def _named(written: Mapping[object, object]) -> dict[str, object]:
    return {str(key).replace("-", "_"): value for key, value in written.items()}


def _keys_shown(keys: Iterable[str]) -> str:
    """Keys of somebody's file in a message: in one line, and nothing that a terminal would obey."""
    return clipped(", ".join(map(visible, keys)), MAX_SHOWN_CHARS)


def _is_default(table: str, texts: object) -> bool:
    """Whether texts read outside sessions are the English ones, which a phrasebook need not hold."""
    return table in OUTSIDE_SESSIONS and texts == getattr(ENGLISH, table)


def _texts(table: str, value: object, base: "DataclassInstance") -> object:
    """One table of texts that are read, those that are left out as they are in the base."""
    rows = [field.name for field in fields(base)]
    if not isinstance(value, dict):
        raise PhraseFault(f"{table}: write each as '{rows[0].replace('_', '-')}: ...'")
    given = _named(value)
    unknown = sorted(given.keys() - set(rows))
    if unknown:
        raise PhraseFault(f"{table}: unknown: {_keys_shown(unknown)}")
    wrong = next((name for name, text in given.items() if not isinstance(text, str)), None)
    if wrong is not None:
        raise PhraseFault(f"{wrong}: write a text; put it in quotes")
    return replace(base, **given)


def _value(name: str, value: object) -> object:
    """A field's value from what YAML made of it."""
    if name == "signs":
        if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
            raise PhraseFault("signs: write each as 'percent: percent'")
        return tuple((str(sign), word) for sign, word in value.items())
    if name in LISTS:
        if not isinstance(value, list) or not value or not all(isinstance(text, str) for text in value):
            raise PhraseFault(f"{name}: write a list of texts, at least one")
        return tuple(value)
    if not isinstance(value, str):
        raise PhraseFault(f"{name}: write a text; put it in quotes")
    return value

"""Phrasebooks as files: YAML text in, a `Phrasebook` out. A clinic's own file may leave out what it does not change."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace

import yaml

from cadencecoach.errors import UsageError
from cadencecoach.plan.forms import FormTexts, PhraseFault, TextTable, rows_of
from cadencecoach.plan.phrasebook import ENGLISH, LATE, OF_FILES, OF_NO_FILE, READ, Phrasebook, field_of
from cadencecoach.plan.syntax.findings import clip, visible

MAX_SHOWN_CHARS = 200
MAX_BRACKETS = 2000  # a book of ours has half as many; one inside another costs the square of their number
MAX_BYTES = 200_000  # a book of ours has 45 kB
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C takes a tenth of the time before a first beat
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
    names = {field.name.removeprefix("own_") for field in fields(Phrasebook)} - {*OF_NO_FILE}
    given = _by_python_name(written)
    unknown = sorted(given.keys() - names)
    # What later versions have added has English words, so that a book from before is still read.
    needed = {field.name for field in fields(Phrasebook) if field.default is MISSING}
    missing = [] if base is not None else sorted(needed - given.keys())
    if unknown or missing:
        wrong = f"unknown: {_keys_shown(unknown)}" if unknown else f"missing: {', '.join(missing)}"
        raise UsageError(f"{source}: {wrong}; a phrasebook holds {', '.join(sorted(names))}")
    try:
        forms = _forms(given.pop("forms"), (base or ENGLISH).forms) if "forms" in given else (base or ENGLISH).forms
        values: dict[str, object] = {"forms": forms}
        values |= {name: _value(name, value, base) for name, value in given.items() if name not in READ}
        own = {name: _texts(name, given.get(name, {}), getattr(base or ENGLISH, name), forms) for name in READ}
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
        value = yaml.load(raw.decode("utf-8-sig"), Loader=_LOADER)  # noqa: S506  # both are safe loaders
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        first = visible(str(error).partition("\n")[0])
        raise UsageError(f"{source}: cannot be read as YAML: {first}") from error
    if not isinstance(value, dict):
        raise UsageError(f"{source}: not a phrasebook; begin with 'language: en'")
    return value


def _by_python_name(written: Mapping[object, object]) -> dict[str, object]:
    return {str(key).replace("-", "_"): value for key, value in written.items()}


def _keys_shown(keys: Iterable[str]) -> str:
    """Keys of somebody's file in a message: in one line, and nothing that a terminal would obey."""
    return clip(", ".join(map(visible, keys)), MAX_SHOWN_CHARS)


def _is_default(table: str, texts: object) -> bool:
    """Whether texts that are loaded late are the English ones, which a phrasebook need not hold."""
    return table in LATE and texts == getattr(ENGLISH, table)


def _forms(value: object, base: FormTexts) -> FormTexts:
    """How numbers and days are written; what is left out as in the base."""
    names = [field.name for field in fields(FormTexts)]
    given = _by_python_name(value) if isinstance(value, dict) else {}
    if not given or not given.keys() <= set(names) or not all(isinstance(text, str) for text in given.values()):
        raise PhraseFault(f"forms: write some of {', '.join(names)}, each with a text in quotes")
    return replace(base, **given)  # type: ignore[arg-type]  # all are texts


def _texts(table: str, value: object, base: TextTable, forms: FormTexts) -> TextTable:
    """One table of texts that are read, those that are left out as they are in the base."""
    rows = [row.name for row in rows_of(base)]
    if not isinstance(value, dict):
        raise PhraseFault(f"{table}: write each as '{rows[0].replace('_', '-')}: ...'")
    given = _by_python_name(value)
    unknown = sorted(given.keys() - set(rows))
    if unknown:
        raise PhraseFault(f"{table}: unknown: {_keys_shown(unknown)}")
    wrong = next((name for name, text in given.items() if not isinstance(text, str)), None)
    if wrong is not None:
        raise PhraseFault(f"{wrong}: write a text; put it in quotes")
    return replace(base, forms=forms, **given)


def _value(name: str, value: object, base: Phrasebook | None) -> object:
    """A field's value from what YAML made of it."""
    if name in OF_FILES:
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise PhraseFault(f"{name.replace('_', '-')}: write each as 'Warm-up: ...', with a text in quotes")
        known = dict(getattr(base, name)) if base is not None else {}
        return tuple((known | {str(english): text for english, text in value.items()}).items())
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

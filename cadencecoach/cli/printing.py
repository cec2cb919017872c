"""Values and texts as a pipe or a terminal takes them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum


def printable(text: str, stream: object, glyphs: Mapping[int, str] | None = None) -> str:
    """Text as the terminal or pipe can take it: what it has no character for becomes plain, or an escape."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(dict(glyphs or {})).encode(encoding, "backslashreplace").decode(encoding)
    return text


def plain(value: object) -> object:
    """Dataclasses as JSON knows them. What a value is (a target, a cue) stands beside its fields."""
    match value:
        case Enum():
            return value.value
        case tuple() | list():
            return [plain(item) for item in value]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
            return {"is": type(value).__name__.lower(), **named}
        case _:
            return value

"""The one way out to the terminal: texts that cannot command it, in characters it has, and JSON."""

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

import click

from cadencecoach.plan.syntax.findings import visible
from cadencecoach.store.secrets import without_secrets


def show_text(text: str, *, nl: bool = True) -> None:
    """Print text on standard output. Lines stay lines; what else does not print is written as an escape."""
    click.echo(printable(_visible_lines(text), sys.stdout), nl=nl)


def tell(*texts: str, nl: bool = True) -> None:
    """Print text on standard error, apart from what a program may read on standard output; without passwords."""
    for text in texts:
        click.echo(printable(_visible_lines(without_secrets(text)), sys.stderr), nl=nl, err=True)


def show_drawn(text: str, glyphs: Mapping[int, str] | None = None) -> None:
    """Print what was drawn for a terminal, colours and all; the texts in it are made visible where they are put in."""
    click.echo(printable(text, sys.stdout, glyphs), nl=False)


def show_as_json(value: object) -> None:
    """Print a value as JSON, in ASCII, so that every terminal and every pipe takes it."""
    text = json.dumps(value, ensure_ascii=False)
    whole = text.encode("utf-8", "replace")  # half a character, which a name may hold, is no JSON
    click.echo(json.dumps(json.loads(whole), indent=2))


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


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

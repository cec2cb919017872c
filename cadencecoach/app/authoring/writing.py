"""Files for a person to go on with: a plan or a programme, the schema beside it, pictures."""

import json
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.app.opening.files import shown
from cadencecoach.app.placing import why_not
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import UsageError
from cadencecoach.plan.schema import plan_schema
from cadencecoach.programme.drafting.answers import Answers
from cadencecoach.programme.drafting.session import session_text
from cadencecoach.programme.drafting.weeks import programme_text
from cadencecoach.programme.text.schema import programme_schema

PICTURE_START = b"<svg "


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written.

    Attributes:
        path: the plan or programme
        schema: beside it, for editors
        notes: what a person should know
    """

    path: Path
    schema: Path
    notes: tuple[str, ...] = ()


def write_draft(answers: Answers, path: Path | None, *, replace: str) -> Written:
    """Write a plan, or a programme for one week or more, and the schema beside it.

    The schema is named by the file's first line as its neighbour, not by where it is installed: a text must be the
    same on every machine, since its hash goes into every record.

    Args:
        answers: to the five questions
        path: where to; None is the runner's name
        replace: what a person writes to replace a file that is there; empty when they have
    Raises:
        UsageError: there is a file, or it cannot be written
    """
    path = path or Path(f"{answers.who.replace(' ', '-')}.yaml")
    kind = "programme" if answers.weeks else "plan"
    if path.is_dir():
        raise UsageError(f"{shown(path)} is a folder; name a file in it")
    _check_folder(path)
    if replace and (path.exists() or path.is_symlink()):
        raise UsageError(f"{shown(path)} is there already; name another file, or add {replace}")
    schema = path.with_name(f"{kind}.schema.json")
    text = programme_text if answers.weeks else session_text
    first_line = f"yaml-language-server: $schema={schema.name}"
    _write(path, text(answers, first_line=first_line, file=path.name))
    return Written(path=path, schema=schema, notes=_write_schema(kind, schema))


def write_picture(path: Path, text: str) -> None:
    """Write a picture; an older picture is replaced, anything else is left alone.

    Raises:
        UsageError: there is another file, or it cannot be written
    """
    if path.is_dir():
        raise UsageError(f"--svg {shown(path)}: that is a folder; name a file in it")
    if path.is_file() and not _starts_with(path, PICTURE_START):
        raise UsageError(f"--svg {shown(path)}: there is a file that is no picture of ours; choose another name")
    _check_folder(path)
    _write(path, text)


def _check_folder(path: Path) -> None:
    """A misspelt folder is a mistake, and not to be made."""
    if not path.parent.is_dir():
        raise UsageError(f"{shown(path.parent)} is no folder; make it first, or name another")


def _write_schema(kind: str, path: Path) -> tuple[str, ...]:
    """Write the schema beside the file; one of ours is brought up to date, another file of that name is left alone."""
    schema = plan_schema() if kind == "plan" else programme_schema()
    text = json.dumps(schema, indent=2) + "\n"
    if path.exists() and not _is_ours(path, str(schema["title"])):
        return (f"{shown(path)} is another file and was left alone; the editor will not know the language",)
    _write(path, text)
    return ()


def _is_ours(path: Path, title: str) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("title") == title


def _starts_with(path: Path, start: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(start)) in {b"", start}


def _write(path: Path, text: str) -> None:
    try:
        write_private(path, text.encode())
    except (OSError, ValueError) as error:
        raise UsageError(f"{shown(path)} cannot be written: {why_not(error)}") from None

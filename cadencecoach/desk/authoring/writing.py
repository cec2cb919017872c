"""Files for a person to go on with: a plan or a programme, the schema beside it, pictures."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError
from cadencecoach.plan.schema import plan_schema
from cadencecoach.programme.drafting.answers import Answers
from cadencecoach.programme.drafting.session import session_text
from cadencecoach.programme.drafting.weeks import programme_text
from cadencecoach.programme.text.schema import programme_schema
from cadencecoach.store.machine import Machine
from cadencecoach.store.placing import output_file, starts_with
from cadencecoach.view.plan.svg import MARK


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


def write_draft(machine: Machine, answers: Answers, path: Path | None, *, may_replace: bool) -> Written:
    """Write a plan, or a programme for one week or more, and the schema beside it.

    The schema is named by the file's first line as its neighbour, not by where it is installed: a text must be the
    same on every machine, since its hash goes into every record.

    Args:
        machine: whose athletes are kept from being written over
        answers: to the five questions
        path: where to; None is the runner's name
        may_replace: a file that is there may be lost
    Raises:
        UsageError: there is a file, or it cannot be written
    """
    path = path or Path(f"{answers.who.replace(' ', '-')}.yaml")
    output = output_file(machine, path, "", may_replace=may_replace)
    output.check()
    kind = "programme" if answers.weeks else "plan"
    schema = path.with_name(f"{kind}.schema.json")
    text = programme_text if answers.weeks else session_text
    first_line = f"yaml-language-server: $schema={schema.name}"
    output.write(text(answers, first_line=first_line, file=path.name).encode())
    return Written(path=path, schema=schema, notes=_write_schema(machine, kind, schema))


def picture_file(machine: Machine, path: Path, *, may_replace: bool, sources: tuple[Path, ...]) -> OutputFile:
    """Where a picture goes; an older picture of ours is replaced by it. The arguments are those of `output_file`."""
    is_ours = starts_with(MARK.encode())
    return output_file(machine, path, "--svg", may_replace=may_replace, is_ours=is_ours, sources=sources)


def _write_schema(machine: Machine, kind: str, path: Path) -> tuple[str, ...]:
    """Write the schema beside the file; one of ours is brought up to date, another file of that name is left alone."""
    schema = plan_schema() if kind == "plan" else programme_schema()
    is_ours = partial(_is_schema, title=str(schema["title"]))
    target = output_file(machine, path, "", may_replace=False, is_ours=is_ours)
    try:
        target.check()
    except UsageError:
        return (f"{clean_name(path)} is another file and was left alone; your editor will not check the plan",)
    target.write((json.dumps(schema, indent=2) + "\n").encode())
    return ()


def _is_schema(path: Path, title: str) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("title") == title

"""A programme and the plans it names as one text, so that what was prescribed is one file with one hash.

A plan file may change after a programme was prescribed, and a bundled one with the next version of the program. So a
programme that begins is written down with every plan it names below `plans:`; what its author wrote stays as it is.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from cadencecoach.errors import PlanError
from cadencecoach.plan.syntax.nodes import MapNode
from cadencecoach.plan.syntax.parser import parse
from cadencecoach.plan.syntax.text import decode
from cadencecoach.programme.model import Programme
from cadencecoach.programme.text.plans import PlanFile
from cadencecoach.programme.text.reading import CheckedProgramme, check_programme

PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
NOT_CARRIED = re.compile(r"---|\.\.\.|# yaml-language-server:")
INDENT = "  "


def self_contained(raw: bytes, source: str, checked: CheckedProgramme) -> tuple[bytes, Programme]:
    """The text of a programme with the plans of other files in it, and what that text says.

    Args:
        raw: the programme's bytes
        source: its name, for messages
        checked: what came of its check, with a programme
    Raises:
        PlanError: the plans cannot be put into this text
    """
    before = checked.programme
    assert before is not None
    if not checked.named:
        return raw, before
    text = decode(raw)
    root = parse(text).root
    assert isinstance(root, MapNode)
    lines = list(text.lines)
    owner = root.get("plans")
    if owner is None:
        whole = [*_without_blank_end(lines), "", "# The plans as they were when the programme began.", "plans:"]
        whole += _entries(checked.named, INDENT)
    elif isinstance(owner, MapNode) and owner.pairs and owner.line > _line_of(root, "plans"):
        at = owner.pairs[0][0].line - 1
        whole = [*lines[:at], *_entries(checked.named, " " * (owner.pairs[0][0].column - 1)), *lines[at:]]
    else:
        raise PlanError(f"{source}: write each plan below 'plans:' on lines of its own, or leave 'plans' out")
    made = ("\n".join(whole) + "\n").encode()
    return made, _same(made, source, before)


def _entries(named: Mapping[str, PlanFile], indent: str) -> list[str]:
    lines = []
    for name, file in named.items():
        key = name if PLAIN_NAME.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        lines.append(f"{indent}{key}:")
        body = [line for line in decode(file.raw).lines if not NOT_CARRIED.match(line)]
        lines += [f"{indent}{INDENT}{line}" if line.strip() else "" for line in _without_blank_end(body)]
    return lines


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _line_of(root: MapNode, key: str) -> int:
    node = root.key(key)
    return node.line if node is not None else 0


@lru_cache(maxsize=16)  # what may be given is looked at before it is given, and often for one athlete after another
def _read_contained(made: bytes, source: str) -> Programme | None:
    """What a text says that names no other file; None where it is none."""
    return check_programme(made, source, lambda name: f"'{name}' is not in the text").programme


def _same(made: bytes, source: str, before: Programme) -> Programme:
    """What the text says; a text that would prescribe anything else than the files did is refused."""
    again = _read_contained(made, source)
    if again is None or [one.plan.stages for one in again.sessions] != [one.plan.stages for one in before.sessions]:
        raise PlanError(f"{source}: its plans cannot be put into one text; write them below 'plans:' yourself")
    return again

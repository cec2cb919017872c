"""Lines of the journal from and to objects of JSON, by the table of kinds.

A damaged line is told in words. Kinds and fields that the table does not know belong to a later version: they pass,
and are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cadencecoach.errors import JournalError
from cadencecoach.record.fields import FLAT, FORMS, LARGEST
from cadencecoach.record.kinds import DIGIT, KINDS, Kind
from cadencecoach.record.lines import Line, UnknownLine

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A kind as reading and writing want it.

    Attributes:
        record: its type
        what: its name in the line
        always: fields without which there is no such line, `t` and `what` apart
        needed: the same with `t`
        where_known: fields that may be missing
    """

    record: type[Line]
    what: str
    always: tuple[str, ...]
    needed: frozenset[str]
    where_known: frozenset[str]


def _shape(kind: Kind) -> _Shape:
    needed = frozenset(("t", *kind.always))
    return _Shape(kind.record, kind.what, kind.always, needed, frozenset(kind.where_known))


_SHAPES = {kind.name: _shape(kind) for kind in KINDS}
_SHAPE_OF = {shape.record: shape for shape in _SHAPES.values()}
ABSENT = object()  # a line that was read has only what stood in it
_TYPES = {name: form.types for name, form in FORMS.items()}


def json_of_line(line: Line) -> dict[str, Any]:
    """A line as it is written: time, kind, then the fields in the order of the table; what is not known is left out."""
    if isinstance(line, UnknownLine):
        return dict(vars(line))
    shape = _SHAPE_OF[type(line)]
    written = {"t": line.t, "what": shape.what, **vars(line)}
    if None in written.values():
        for name in shape.where_known:
            if written.get(name, ABSENT) is None:
                del written[name]
    return written


def line_of_json(fields: JsonObject) -> Line:
    """The line in an object.

    Raises:
        JournalError: what is wrong with its fields
    """
    problem = complaint(fields)
    if problem is not None:
        raise JournalError(problem)
    shape = _SHAPES.get(_name_of(fields))
    return _make(UnknownLine if shape is None else shape.record, dict(fields))


def complaint(fields: JsonObject) -> str | None:
    """What is wrong with a line's fields, in words; None when nothing is."""
    if not FORMS["t"].fits(fields.get("t")):
        return "'t' must be a number of seconds"
    if not isinstance(fields.get("what"), str):
        return "'what' must name the kind of line"
    shape = _SHAPES.get(_name_of(fields))
    if shape is None:
        return None
    for name, value in fields.items():
        form = FORMS.get(name)
        if form is not None and not form.fits(value):
            return f"'{name}' must be {form.wanted}"
    for name in shape.always:
        if name not in fields:
            return f"a line of kind '{shape.what}' must have '{name}'"
    return None


def plain_line(fields: JsonObject) -> Line | None:
    """The line in an object of a known kind with nothing nested in it and nothing wrong, after a quick look.

    None says no more than that it takes a closer look. Nearly all lines are plain, and there are thousands.
    """
    what = fields.get("what") if type(fields) is dict else None
    shape = _SHAPES.get(_name_of(fields) if what == "key" else what) if type(what) is str else None
    if shape is None or not shape.needed <= fields.keys():
        return None
    for name, value in fields.items():
        its = type(value)
        if (its is float or its is int) and not -LARGEST < value < LARGEST:
            return None
        if its not in _TYPES.get(name, FLAT) and (its not in FLAT or not FORMS[name].fits(value)):
            return None
    return _make(shape.record, fields)


def _make(record: type[Line], fields: JsonObject) -> Line:
    """The record with these attributes, those of a later version among them; as an object is brought back by pickle."""
    line = object.__new__(record)
    object.__setattr__(line, "__dict__", fields)
    return line


def _name_of(fields: JsonObject) -> str:
    what = str(fields["what"])
    return DIGIT if what == "key" and fields.get("key") == "digit" else what

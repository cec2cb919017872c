"""Lines of a journal written by hand, as objects of JSON: what a test does not care about is filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from cadencecoach.record.fields import FORMS
from cadencecoach.record.kinds import KINDS
from cadencecoach.record.line_json import line_of_json
from cadencecoach.record.lines import Line

ALWAYS = {kind.name: kind.always for kind in KINDS}
BLANKS = (None, "", 0, False)


def records(objects: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines in some objects; a field that must be there and is not holds as little as it can."""
    return [record(one) for one in objects]


def record(fields: Mapping[str, Any]) -> Line:
    """The same of one."""
    blank = {name: _blank(name) for name in ALWAYS.get(fields["what"], ())}
    return line_of_json({**blank, **fields})


def _blank(name: str) -> object:
    return next(value for value in BLANKS if FORMS[name].fits(value))

"""Lines of the journal from and to objects of JSON."""

import math
from typing import Any

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import JournalError
from cadencecoach.record.kinds import DIGIT, KINDS
from cadencecoach.record.line_json import complaint, json_of_line, line_of_json, plain_line
from cadencecoach.record.lines import KeyLine, ReadingLine, UnknownLine

REQUIRED = {kind.name: kind.always for kind in KINDS}


def test_a_line_becomes_the_record_of_its_kind() -> None:
    """With None for what is missing."""
    line = line_of_json({"t": 1.0, "what": "reading", "cadence_spm": None, "hr_bpm": 150.0})
    assert line == ReadingLine(1.0, None, hr_bpm=150.0)
    assert line_of_json({"t": 1, "what": "key", "key": "up"}) == KeyLine(1, "up")


@each_row(
    "fields",
    [
        {"t": 1.0, "what": "unheard of", "deep": {"moon": [1, None]}, "key": "digit"},
        {"t": 1.0, "what": "reading", "cadence_spm": None, "moon": {"phase": None}, "sun": 7},
        {"t": 1.0, "what": "end", "reason": "finished", "is_added": "who knows"},
        {"t": 1.0, "what": "key", "key": "digit", "level": 3, "sun": None},
    ],
)
def test_what_is_unknown_passes_and_is_kept(fields: dict[str, Any]) -> None:
    """Kinds, fields, and what is in them; written again it is the same."""
    line = line_of_json(fields)
    assert isinstance(line, UnknownLine) is (fields["what"] == "unheard of")
    assert json_of_line(line) == fields
    assert list(json_of_line(line)) == list(fields)


def test_a_record_is_frozen_and_its_own() -> None:
    """Nobody changes it, nor the object it was read from through it."""
    fields = {"t": 1.0, "what": "reading", "cadence_spm": 165.0}
    line = line_of_json(fields)
    fields["cadence_spm"] = 1.0
    assert line == ReadingLine(1.0, 165.0)
    with pytest.raises(AttributeError):
        line.t = 2.0  # type: ignore[misc]  # that is the point


def test_what_is_wrong_is_told() -> None:
    """In the words of the complaint."""
    with pytest.raises(JournalError, match="'cadence_spm' must be a number or null"):
        line_of_json({"t": 1.0, "what": "reading", "cadence_spm": "fast"})


@each_row(("kind", "name"), [(kind, name) for kind in REQUIRED for name in REQUIRED[kind]])
def test_a_line_without_a_field_it_must_have_is_told(kind: str, name: str) -> None:
    """Also where all other fields are there."""
    whole = {"key": "digit", "level": 3} if kind == DIGIT else {field: _fitting(field) for field in REQUIRED[kind]}
    line = {"t": 1.0, "what": kind.split(maxsplit=1)[0], **whole}
    assert complaint(line) is None
    del line[name]
    assert complaint(line) == f"a line of kind '{line['what']}' must have '{name}'"


def _fitting(field: str) -> object:
    """Any value that a field may hold."""
    values: tuple[object, ...] = (1, "00", True, {})
    return next(value for value in values if complaint({"t": 1.0, "what": "pause", field: value}) is None)


names = st.sampled_from(["t", "what", "cadence_spm", "hex", "n_readings", "text", "is_on", "ramp_s", "level", "moon"])
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.just("0a"),
    st.just([1]),
    st.just({"a": math.inf}),
)


@given(st.sampled_from(sorted(REQUIRED)), st.dictionaries(names, anything))
def test_what_passes_the_quick_look_passes_the_close_one(kind: str, fields: dict[str, object]) -> None:
    """Nothing is let through by it that the checks would complain of, nothing nested and no number without bounds."""
    line = {"t": 1.0, "what": kind.split(maxsplit=1)[0], **dict.fromkeys(REQUIRED[kind], "00"), **fields}
    plain = plain_line(line)
    if plain is not None:
        assert complaint(line) is None
        assert plain == line_of_json(line)
        numbers = [value for value in line.values() if type(value) in {int, float}]
        assert all(abs(number) < 1e15 for number in numbers)  # type: ignore[arg-type]
        assert not [value for value in line.values() if isinstance(value, list | dict)]


@each_row("kind", ["payload", "reading", "estimate"])
def test_the_lines_of_each_second_pass_the_quick_look(kind: str) -> None:
    """They are nearly all of a journal: were they looked at closely, reading would take twice as long."""
    line = {"t": 1.0, "what": kind, "source": "rsc", "hex": "07e6", "cadence_spm": None, "age_s": 0, "quality": 0.5}
    assert plain_line(line | {"n_readings": 3}) is not None

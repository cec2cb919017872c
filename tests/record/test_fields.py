"""Which fields a line must have, held to the documented table."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.fields import DIGIT, KINDS, REQUIRED, complaint, is_plain

ROW = re.compile(r"\| (`[^|]*) \| ([^|]*)\| ([^|]*)\| [^|]* \|")
WORD = re.compile("`([a-z_]+)`")


def documented() -> dict[str, tuple[str, ...]]:
    """What docs/journal.md says each kind always has."""
    text = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")
    table = text.split("## The lines")[1].split("Reasons of a cue")[0]
    always = {}
    for kinds, names, _ in ROW.findall(table):
        for kind in kinds.split(","):
            always[" ".join(WORD.findall(kind))] = tuple(WORD.findall(names))
    return {kind: names for kind, names in always.items() if kind != "what"}


def test_the_documented_table_is_the_one_that_is_checked() -> None:
    """Kind by kind, field by field."""
    assert documented() == REQUIRED


def test_every_kind_says_what_it_must_have() -> None:
    """A kind added and forgotten here is found by this test."""
    assert REQUIRED.keys() - {DIGIT} == KINDS


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in REQUIRED for name in REQUIRED[kind]])
def test_a_line_without_a_field_it_must_have_is_told(kind: str, name: str) -> None:
    """Also where all other fields are there."""
    whole = {"key": "digit", "level": 3} if kind == DIGIT else {field: _fitting(field) for field in REQUIRED[kind]}
    line = {"t": 1.0, "what": kind.split(maxsplit=1)[0], **whole}
    assert complaint(line) is None
    del line[name]
    assert complaint(line) == f"a line of kind '{line['what']}' must have '{name}'"


def _fitting(field: str) -> object:
    """Any value that a field may hold."""
    return next(value for value in (1, "00", True) if complaint({"t": 1.0, "what": "pause", field: value}) is None)


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


@given(st.sampled_from(sorted(KINDS)), st.dictionaries(names, anything))
def test_what_passes_the_quick_look_passes_the_close_one(kind: str, fields: dict[str, object]) -> None:
    """Nothing is let through by it that the checks would complain of, nothing nested and no number without bounds."""
    line = {"t": 1.0, "what": kind, **dict.fromkeys(REQUIRED[kind], "00"), **fields}
    if is_plain(line):
        assert complaint(line) is None
        numbers = [value for value in line.values() if type(value) in {int, float}]
        assert all(abs(number) < 1e15 for number in numbers)  # type: ignore[arg-type]
        assert not [value for value in line.values() if isinstance(value, list | dict)]


@pytest.mark.parametrize("kind", ["payload", "reading", "estimate"])
def test_the_lines_of_each_second_pass_the_quick_look(kind: str) -> None:
    """They are nearly all of a journal: were they looked at closely, reading would take twice as long."""
    line = {"t": 1.0, "what": kind, "source": "rsc", "hex": "07e6", "cadence_spm": None, "age_s": 0, "quality": 0.5}
    assert is_plain(line | {"n_readings": 3})

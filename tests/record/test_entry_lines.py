"""Entries to lines and back."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import JournalError
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Decided,
    Entry,
    Flag,
    ItemDone,
    Moment,
    ProgrammeSet,
    SessionRun,
    Site,
)
from cadencecoach.record.entry_lines import entry_of_line, line_of_entry
from cadencecoach.record.journal import encode

AT = {"at": "2026-11-23T07:00:00Z", "day": "2026-11-23"}
TEXT = st.text(max_size=20)
RATING = st.none() | st.integers(0, 10)
NUMBER = st.none() | st.floats(-1e6, 1e6)
COMMON = {"at": TEXT, "day": st.dates()}
ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    st.builds(
        CheckIn,
        **COMMON,
        moment=st.sampled_from(Moment),
        session=TEXT,
        pain=RATING,
        site=st.none() | st.sampled_from(Site),
        soreness=RATING,
        soreness_h=NUMBER,
        readiness=RATING,
        effort=RATING,
        mood=RATING,
        flags=st.frozensets(st.sampled_from(Flag)),
        note=TEXT,
    ),
    st.builds(
        BaselineTaken,
        **COMMON,
        cadence_spm=st.floats(100, 240),
        speed_mps=NUMBER,
        duration_s=NUMBER,
        seen=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    ),
    st.builds(ItemDone, **COMMON, item=TEXT, part=st.floats(0, 1)),
    st.builds(SessionRun, **COMMON, session=TEXT, item=st.none() | st.integers(0, 99), incline_percent=NUMBER),
    st.builds(ProgrammeSet, **COMMON, name=TEXT, sha256=TEXT, because=TEXT),
    st.builds(Decided, **COMMON, verdict=TEXT, level=st.integers(0, 99), reasons=st.lists(TEXT, max_size=3).map(tuple)),
)


@given(ENTRIES)
def test_an_entry_survives_its_line(entry: Entry) -> None:
    """Written as JSON and read again, every kind of entry is the same."""
    assert entry_of_line(json.loads(encode(line_of_entry(entry)))) == entry


def test_what_was_not_said_is_not_written() -> None:
    """A check-in of one number is a short line."""
    entry = CheckIn(at=AT["at"], day=date(2026, 11, 23), moment=Moment.BEFORE, pain=0)
    assert line_of_entry(entry) == {"what": "check-in", **AT, "moment": "before", "pain": 0}


def test_kinds_and_fields_of_a_later_version_are_passed_over() -> None:
    """An older program reads a newer log as far as it goes."""
    assert entry_of_line({"what": "photo", **AT}) is None
    known = entry_of_line({"what": "item", **AT, "item": "Calf raises", "load_kg": 10})
    assert known == ItemDone(at=AT["at"], day=date(2026, 11, 23), item="Calf raises")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"what": 3}, "'what' must name"),
        ({**AT}, "'what' must name"),
        ({"what": "item", "at": "x", "item": "y"}, "must have 'day'"),
        ({"what": "item", **AT}, "must have 'item'"),
        ({"what": "item", **AT, "item": 3}, "'item' must be a text"),
        ({"what": "item", **AT, "day": "tomorrow", "item": "x"}, "'day' must be a day like"),
        ({"what": "item", **AT, "item": "x", "part": 2}, "'part' must be a number from 0 to 1"),
        ({"what": "session", **AT, "session": "s", "item": "x"}, "'item' must be a whole number"),
        ({"what": "session", **AT, "session": "s", "item": True}, "'item' must be a whole number"),
        ({"what": "check-in", **AT, "moment": "noon"}, "'moment' must be one of: before"),
        ({"what": "check-in", **AT, "moment": "after", "pain": 11}, "'pain' must be a whole number from 0 to 10"),
        ({"what": "check-in", **AT, "moment": "after", "pain": 2.5}, "'pain' must be a whole number from 0 to 10"),
        ({"what": "check-in", **AT, "moment": "after", "site": "elbow"}, "'site' must be null or one of: shin"),
        ({"what": "check-in", **AT, "moment": "after", "flags": "limp"}, "'flags' must be a list of"),
        ({"what": "check-in", **AT, "moment": "after", "flags": ["limb"]}, "'flags' must be a list of"),
        ({"what": "check-in", **AT, "moment": "after", "soreness_h": float("nan")}, "'soreness_h' must be a number"),
        ({"what": "baseline", **AT, "cadence_spm": None}, "'cadence_spm' must be a number"),
        ({"what": "baseline", **AT, "cadence_spm": 164, "seen": [["a"]]}, "'seen' must be a list of pairs"),
        ({"what": "decided", **AT, "verdict": "hold", "level": -1}, "'level' must be a whole number"),
    ],
)
def test_what_cannot_be_read_is_an_error(line: dict[str, Any], told: str) -> None:
    """Nothing is guessed: a flag that is misspelt must not count as none."""
    with pytest.raises(JournalError, match=told):
        entry_of_line(line)

"""Entries to lines and back."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import JournalError
from cadencecoach.record.entries import (
    AlertClosed,
    AlertOwned,
    BaselineTaken,
    CheckIn,
    Decided,
    Entry,
    Finding,
    Flag,
    ItemDone,
    Message,
    MessageRead,
    Moment,
    PracticeBegun,
    ProgrammeSet,
    SessionRun,
    Side,
    Site,
    To,
    Withdrawn,
)
from cadencecoach.record.entry_lines import LOG_VERSION, entry_id, entry_of_line, line_of_entry, sign_entry
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
    st.builds(Withdrawn, **COMMON, entry=TEXT, because=TEXT),
    st.builds(PracticeBegun, **COMMON, story=TEXT),
    st.builds(AlertOwned, **COMMON, alert=TEXT, owner=TEXT),
    st.builds(AlertClosed, **COMMON, alert=TEXT, closed_by=TEXT, because=TEXT),
    st.builds(
        Finding, **COMMON, measure=TEXT, side=st.none() | st.sampled_from(Side), value=NUMBER, unit=TEXT, file=TEXT
    ),
    st.builds(Message, **COMMON, to=st.sampled_from(To), text=TEXT),
    st.builds(MessageRead, **COMMON, message=TEXT),
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


@each_row(
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
        ({"what": "withdrawn", **AT, "because": "x"}, "must have 'entry'"),
        ({"what": "withdrawn", **AT, "entry": "x"}, "must have 'because'"),
        ({"what": "withdrawn", **AT, "entry": 3, "because": "x"}, "'entry' must be a text"),
        ({"what": "decided", **AT, "verdict": "hold", "level": -1}, "'level' must be a whole number"),
    ],
)
def test_what_cannot_be_read_is_an_error(line: dict[str, Any], told: str) -> None:
    """Nothing is guessed: a flag that is misspelt must not count as none."""
    with pytest.raises(JournalError, match=told):
        entry_of_line(line)


DAY = date(2026, 11, 23)
NINE = CheckIn(at=AT["at"], day=DAY, moment=Moment.BEFORE, pain=9)
ONE = CheckIn(at=AT["at"], day=DAY, moment=Moment.BEFORE, pain=1)


def test_the_version_and_the_form_of_an_id_are_pinned() -> None:
    """Other programs reckon ids too: the first 12 hex digits of the SHA-256 of the line as the log writes it."""
    assert LOG_VERSION == 2
    line = b'{"what":"check-in","at":"2026-11-23T07:00:00Z","day":"2026-11-23","moment":"before","pain":9}'
    assert encode(line_of_entry(NINE)).encode() == line
    assert entry_id(NINE) == hashlib.sha256(line).hexdigest()[:12] == "53f7e5f5fdb1"


@given(ENTRIES)
def test_an_id_stays_when_the_entry_is_read_again(entry: Entry) -> None:
    """It follows from what the entry says, not from where it stands."""
    again = entry_of_line(json.loads(encode(line_of_entry(entry))))
    assert again is not None
    assert entry_id(again) == entry_id(entry)


def test_an_entry_is_signed_with_its_id_who_wrote_it_and_where() -> None:
    """The id is the one that follows from its content, so that programs that store none name it alike."""
    signed = sign_entry(replace(NINE, id="old", supersedes=("53f7e5f5fdb0",)), author="", device="d1")
    assert line_of_entry(signed) == {
        **line_of_entry(NINE),
        "id": entry_id(NINE),
        "author": "runner",
        "device": "d1",
        "supersedes": ["53f7e5f5fdb0"],
    }
    assert entry_of_line(line_of_entry(signed)) == NINE
    assert sign_entry(NINE, author="MK", device="d1").author == "MK"
    gone = Withdrawn(at=AT["at"], day=DAY, entry="x", because="y")
    assert sign_entry(gone, author="", device="d1").author == "desk"


@given(ENTRIES)
def test_identity_is_read_back(entry: Entry) -> None:
    """All four of its fields, of every kind of entry."""
    signed = replace(sign_entry(entry, author="MK", device="d1"), supersedes=("a", "b"))
    again = entry_of_line(json.loads(encode(line_of_entry(signed))))
    assert again is not None
    told = (again.id, again.author, again.device, again.supersedes)
    assert told == (entry_id(entry), "MK", "d1", ("a", "b"))


def test_what_programs_without_ids_do_not_know_of_a_kind_is_not_in_its_id() -> None:
    """A recorded run is named as they name it, so that a withdrawal of theirs holds."""
    run = SessionRun(at=AT["at"], day=DAY, session="s1")
    assert entry_id(replace(run, recorded="ab" * 32)) == entry_id(run)

"""What happens in a rehearsal, as it is written at the command line."""

import pytest
from each_row import each_row

from cadencecoach.desk.programmes.script import Complaint, complaint_in, miss_in
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Flag, Moment, Site


@each_row(
    ("text", "complaint"),
    [
        ("session 3: knee 4", Complaint(session=3, moment=Moment.DURING, site=Site.KNEE, pain=4)),
        ("Session 3 :  Knee 10 morning", Complaint(session=3, moment=Moment.MORNING, site=Site.KNEE, pain=10)),
        ("session 1: sore 5 before", Complaint(session=1, moment=Moment.BEFORE, soreness=5)),
        ("session 5: acute calf", Complaint(session=5, moment=Moment.DURING, flag=Flag.ACUTE_CALF)),
        ("session 5: night pain", Complaint(session=5, moment=Moment.DURING, flag=Flag.NIGHT)),
    ],
)
def test_complaints(text: str, complaint: Complaint) -> None:
    """A place and a number, soreness, or a flag."""
    assert complaint_in(text) == complaint


@each_row(
    ("text", "told"),
    [
        ("knee 4", "write 'session 3: knee 4'"),
        ("session 3: elbow 4", "'elbow' is not a place"),
        ("session 3: knee 11", "11 is too high"),
        ("session 3: calf", "'calf' is not a flag"),
        ("session 0: knee 4", "counted from 1"),
        ("session 3: knee 4 noon", "write 'session 3: knee 4'"),
        ("", "write 'session 3: knee 4'"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(text: str, told: str) -> None:
    """With the places and flags there are."""
    with pytest.raises(UsageError, match=told):
        complaint_in(text)


def test_missed_days() -> None:
    """Before which session, and how many."""
    assert miss_in("session 4: 9 days") == (4, 9)
    with pytest.raises(UsageError, match="write 'session 4: 9 days'"):
        miss_in("session 4: a week")

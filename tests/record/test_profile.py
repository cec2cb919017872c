"""A profile there and back; what makes no sense is named."""

from datetime import date

import pytest
from each_row import each_row

from cadencecoach.errors import JournalError
from cadencecoach.record.profile import Profile, json_of_profile, profile_of_json

WHOLE = Profile(
    athlete="r7",
    created=date(2026, 3, 2),
    language="de",
    voice="espeak",
    shoes=("Blue", "Red"),
    shoes_before=("Blue",),
    sensors=("Pod A",),
)


@each_row("profile", [WHOLE, Profile(athlete="r7")])
def test_a_profile_comes_back_as_it_was(profile: Profile) -> None:
    """Every field, and keys of a later version passed over."""
    assert profile_of_json({**json_of_profile(profile), "later": 1}) == profile


@each_row(
    ("change", "named"),
    [
        ({"profile": 2}, "'profile'"),
        ({"profile": True}, "'profile'"),
        ({"athlete": 7}, "'athlete'"),
        ({"created": "soon"}, "'created'"),
        ({"shoes": "Blue"}, "'shoes'"),
        ({"shoes": [1]}, "'shoes'"),
        ({"shoes_before": "Blue"}, "'shoes_before'"),
        ({"sensors": ["x"] * 201}, "'sensors'"),
        ({"language": "x" * 201}, "'language'"),
    ],
)
def test_a_broken_profile_names_the_key(change: dict[str, object], named: str) -> None:
    """And what is allowed."""
    with pytest.raises(JournalError, match=named):
        profile_of_json({**json_of_profile(WHOLE), **change})


def test_shoes_are_known_whatever_the_capitals() -> None:
    """So that a slip of the finger makes no new shoes."""
    assert (WHOLE.shoes_called("BLUE"), WHOLE.shoes_called("Green")) == ("Blue", "Green")


@each_row(
    ("shoes", "named", "before"),
    [
        (("A", "B"), (), ("A", "B")),
        (("A", "B"), ("B",), ("A",)),
        (("A", "B"), ("A",), ("A", "B")),
        (("A", "B"), ("B", "A"), ("A",)),
        (("A", "B"), ("A", "B"), ()),
        ((), ("A",), ()),
    ],
)
def test_a_profile_that_does_not_say_so_tells_by_its_order_which_shoes_were_there_before(
    shoes: tuple[str, ...], named: tuple[str, ...], before: tuple[str, ...]
) -> None:
    """Runs add theirs at the end, in their order; what may be either is taken for brought by the runs."""
    assert Profile(athlete="r7", shoes=shoes).shoes_in_use_before(named) == before


def test_a_profile_that_says_which_shoes_were_there_before_is_believed() -> None:
    """Also of shoes that the first runs named in the same order."""
    assert WHOLE.shoes_in_use_before(("Blue", "Red")) == ("Blue",)

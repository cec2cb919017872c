"""A profile there and back; what makes no sense is named."""

from datetime import date

import pytest

from cadencecoach.errors import JournalError
from cadencecoach.record.profile import Profile, json_of_profile, profile_of_json

WHOLE = Profile(
    athlete="r7", created=date(2026, 3, 2), language="de", voice="espeak", shoes=("Blue", "Red"), sensors=("Pod A",)
)


@pytest.mark.parametrize("profile", [WHOLE, Profile(athlete="r7")])
def test_a_profile_comes_back_as_it_was(profile: Profile) -> None:
    """Every field, and keys of a later version passed over."""
    assert profile_of_json({**json_of_profile(profile), "later": 1}) == profile


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"profile": 2}, "'profile'"),
        ({"profile": True}, "'profile'"),
        ({"athlete": 7}, "'athlete'"),
        ({"created": "soon"}, "'created'"),
        ({"shoes": "Blue"}, "'shoes'"),
        ({"shoes": [1]}, "'shoes'"),
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

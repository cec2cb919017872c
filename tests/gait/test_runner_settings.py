import contextlib
import math
from dataclasses import astuple, fields
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import UsageError
from cadencecoach.gait.runner_settings import RunnerSettings, parse_settings

FEET_PAGE = Path(__file__).parents[2] / "docs" / "feet.md"


def test_what_is_named_is_set_and_the_rest_stays() -> None:
    """Only the named parameters leave their defaults; spaces and empty parts do no harm."""
    assert parse_settings(" spm = 160 ,noise=2,,lost_per_hour=6") == RunnerSettings(
        own_spm=160.0, noise_spm=2.0, lost_per_hour=6.0
    )


def test_nothing_named_is_the_default() -> None:
    """`sim` and `sim:` are the same runner."""
    assert parse_settings("") == RunnerSettings()


@each_row(
    ("text", "says"),
    [
        ("nose=2", "unknown 'nose'; did you mean 'noise'"),
        ("zzz=2", "; allowed: spm, speed"),
        ("=2", "unknown ''"),
        ("spm", "write spm=164"),
        ("spm=fast", "'fast' is not a number; allowed 100 to 220"),
        ("spm=1640", "spm is 1640; allowed 100 to 220"),
        ("spm=nan", "spm is nan; allowed"),
        ("noise=-1", "noise is -1; allowed 0 to 40"),
        ("spm=160,spm=170", "spm is given twice"),
    ],
)
def test_a_mistake_is_told_with_what_is_allowed(text: str, says: str) -> None:
    """Unknown names, missing values, no numbers, values out of range and doubles are the user's to mend."""
    with pytest.raises(UsageError) as caught:
        parse_settings(text)
    assert says in str(caught.value)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_=,.-0123456789 ", max_size=40))
def test_any_text_gives_settings_or_a_usage_error(text: str) -> None:
    """No text at the command line gives any other error, and settings come out with finite values only."""
    with contextlib.suppress(UsageError):
        assert all(math.isfinite(value) for value in astuple(parse_settings(text)))


@each_row("one", fields(RunnerSettings), ids=lambda one: one.name)
def test_defaults_are_allowed_and_documented(one: object) -> None:
    """Every default can be written at the command line, and every parameter stands in docs/feet.md as it is."""
    default, about = one.default, one.metadata  # type: ignore[attr-defined]  # a dataclass field
    assert parse_settings(f"{about['key']}={default}") == RunnerSettings()
    row = f"| `{about['key']}` | {default:g} | {about['low']:g} to {about['high']:g} | {about['why']} |"
    assert row in FEET_PAGE.read_text(encoding="utf-8")

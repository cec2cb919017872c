"""Workouts as Garmin Connect holds them: texts in them are texts."""

from each_row import each_row

from cadencecoach.workouts.model import UntilElse
from cadencecoach.workouts.reading.garmin import length_of


@each_row("ending", ["{value:>1900000000}", "{value.__class__}", "{}", "{0}", "{x", "%(value)s"])
@each_row("value", [None, 3.0])
def test_an_ending_nobody_knows_is_told_in_its_own_words(ending: str, value: float | None) -> None:
    """It is never a format string, which could take gigabytes or read what nobody may read."""
    assert length_of(ending, value) == UntilElse(f"by {ending.replace('.', ' ')}")


@each_row(
    ("ending", "value", "words"),
    [
        ("calories", 50.0, "after 50 kcal"),
        ("heart.rate", 150.0, "at a heart rate of 150 bpm"),
        ("power", 200.5, "at a power of 200.5 W"),
        ("reps", 3.0, "after 3 repetitions"),
        ("fixed.repetition", None, "after ? repetitions"),
    ],
)
def test_an_ending_that_is_known_has_its_unit(ending: str, value: float | None, words: str) -> None:
    """With a question mark where the number is missing."""
    assert length_of(ending, value) == UntilElse(words)

from each_row import each_row

from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.values import moment_s


@each_row(
    ("seconds", "words"),
    [
        (0.0, "0 s"),
        (0.5, "0.5 s"),
        (1.0, "1 s"),
        (90.0, "1 min 30 s"),
        (300.0, "5 min"),
        (3600.0, "1 h"),
        (3660.0, "1 h 1 min"),
    ],
)
def test_a_length_is_told_as_a_plan_would_write_it(seconds: float, words: str) -> None:
    """And is read back as what it was."""
    assert length_words(seconds) == words
    assert moment_s(words) == seconds

"""A process that gives no sign of life is told from a time in which nobody looked."""

from each_row import each_row

from cadencecoach.live.room.silence import Silences


@each_row(
    ("looks_s", "signs", "expected_s"),
    [
        ([0, 1, 2, 3], [1, 1, 1, 1], 3.0),  # nothing new
        ([0, 1, 2, 3], [1, 2, 3, 4], 0.0),
        ([0, 1, 2, 3], [1, 1, 2, 2], 1.0),
        ([0, 1, 2, 3], [None, None, None, None], 3.0),  # none at all
        ([0, 1, 3600, 3601], [1, 1, 1, 1], 3.0),  # we stood still ourselves, or the computer slept
    ],
)
def test_a_silence_lasts_as_long_as_it_was_listened_to(
    looks_s: list[float], signs: list[int | None], expected_s: float
) -> None:
    """From the newest sign; of a pause of our own one second counts."""
    silences, silent_s = Silences(), 0.0
    for now_s, sign in zip(looks_s, signs, strict=True):
        silences.look(now_s, ["a"])
        silent_s = silences.silent_s("a", sign)
    assert silent_s == expected_s


def test_a_process_that_went_leaves_nothing_to_the_next_of_its_name() -> None:
    """Its silence begins anew."""
    silences = Silences()
    for now_s, names in enumerate((["a"], ["a"], [], ["a"])):
        silences.look(now_s, names)
        silent_s = silences.silent_s("a", 0) if names else -1.0
    assert silent_s == 0.0

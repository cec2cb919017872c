import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.cohort.population.draws import Bell, Draw, Even, Same, Times, draw_value, draw_words

DRAWS: tuple[Draw, ...] = (Same(3.0), Even(2.0, 4.0), Bell(3.0, 1.0, 2.0, 5.0), Times(3.0, 2.0))


@pytest.mark.parametrize("draw", DRAWS)
@given(seed=st.integers(0, 10_000))
def test_every_draw_takes_one_random_value(draw: Draw, seed: int) -> None:
    """So that a changed assumption leaves all other draws as they were."""
    one, other = random.Random(seed), random.Random(seed)  # noqa: S311  # no secret
    draw_value(draw, one)
    other.random()
    assert one.random() == other.random()


def test_draws_lie_where_their_words_say() -> None:
    """Edges are kept, and the middle is the middle."""
    source = random.Random(1)  # noqa: S311  # no secret
    bell = [draw_value(Bell(3.0, 1.0, 2.0, 5.0), source) for _ in range(2_000)]
    times = [draw_value(Times(60.0, 2.0), source) for _ in range(2_000)]
    even = [draw_value(Even(2.0, 4.0), source) for _ in range(2_000)]
    assert min(bell) == 2.0
    assert max(bell) <= 5.0
    assert statistics.median(bell) == pytest.approx(3.0, abs=0.1)
    assert statistics.median(times) == pytest.approx(60.0, rel=0.1)
    assert sum(30.0 < value < 120.0 for value in times) / len(times) == pytest.approx(0.68, abs=0.04)
    assert 2.0 <= min(even) < 2.01
    assert 3.99 < max(even) <= 4.0


def test_words_give_the_numbers() -> None:
    """The table of assumptions is readable without the code."""
    words = [draw_words(draw) for draw in DRAWS]
    assert words == ["3", "2 to 4", "3 ± 1, within 2 to 5", "3, times or by 2"]

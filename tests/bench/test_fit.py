"""What the simulated learning is fitted to, in short; `python -m bench.fit` has the long form."""

import pytest

from bench.fit import FOLLOWERS, HELP, LEAST, MOST, mean_kept

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("percents", HELP.values(), ids=HELP)
def test_followers_keep_most_of_a_course(percents: tuple[int, ...]) -> None:
    """Two runners who follow keep a little less than the studies' 93 % and more, after eight sessions."""
    assert LEAST <= mean_kept(FOLLOWERS[:2], percents) <= MOST

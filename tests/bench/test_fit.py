"""What the simulated learning is fitted to, in short; `python -m bench.fit` has the long form."""

import pytest

from bench.fit import FOLLOWERS, HELP, LEAST, MOST, mean_kept

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("percents", HELP.values(), ids=HELP)
def test_followers_keep_most_of_a_course(percents: tuple[int, ...]) -> None:
    """A runner who follows keeps a little less than the studies' 93 % and more, after eight sessions.

    In short one of the six who follow, the second; the first keeps more than their mean may be.
    """
    assert LEAST <= mean_kept(FOLLOWERS[1:2], percents) <= MOST

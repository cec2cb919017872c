"""A sensor's clock on session time: what frames took on their way, above the least, changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.arrival import KEPT_S, Arrivals

FRAME_S = 0.36


@given(st.lists(st.floats(0.0, 2.0), min_size=1, max_size=150), st.floats(-1e6, 1e6))
def test_the_frame_that_took_least_gives_the_map(late_s: list[float], origin_s: float) -> None:
    """Radio delays of any size and order: the map is as late as the least of the last minute, and no later."""
    arrivals = Arrivals()
    for index, one_s in enumerate(late_s):
        arrivals.took(index * FRAME_S, origin_s + index * FRAME_S + one_s)
        kept = late_s[max(0, index - int(KEPT_S / FRAME_S)) : index + 1]
        assert abs(arrivals.session_s(100.0) - (origin_s + 100.0 + min(kept))) < 1e-6


def test_a_crystal_that_is_off_is_followed() -> None:
    """200 parts per million over an hour are 720 ms; the map is never off by more than a minute's worth, 12 ms."""
    arrivals = Arrivals()
    for ratio in (1 - 2e-4, 1 + 2e-4):
        arrivals = Arrivals()
        for index in range(10_000):
            arrivals.took(index * FRAME_S, index * FRAME_S * ratio)
        last_s = 9_999 * FRAME_S
        assert abs(arrivals.session_s(last_s) - last_s * ratio) <= KEPT_S * 2e-4 + 1e-6

from cadencecoach.web.limits import A_SECOND, AT_ONCE, MAX_ASKERS, RateLimits


def n_answered(limits: RateLimits, asker: str, now_s: float, n_asked: int = 200) -> int:
    """How many of so many requests at one moment are answered."""
    return sum(limits.take(asker, now_s) for _ in range(n_asked))


def test_so_many_are_answered_at_once_and_then_so_many_a_second() -> None:
    """Each who asks has its own; what is not used does not add up for ever."""
    limits = RateLimits()
    assert n_answered(limits, "a", 0.0) == AT_ONCE
    assert n_answered(limits, "b", 0.0) == AT_ONCE
    assert n_answered(limits, "a", 1.0) == A_SECOND
    assert n_answered(limits, "a", 1.02) == 0
    assert n_answered(limits, "a", 1000.0) == AT_ONCE


def test_nobody_fills_the_memory() -> None:
    """Those who have not asked for longest are forgotten."""
    limits = RateLimits()
    for number in range(2 * MAX_ASKERS):
        limits.take(str(number), 0.0)
    assert len(limits._left) == MAX_ASKERS

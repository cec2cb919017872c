"""One address cannot take all the places, nor all the time."""

from each_row import each_row

from cadencecoach.devices.phone.limits import A_SECOND, AT_ONCE, MOST_CONNECTIONS, MOST_OF_ONE, ConnectionLimits


def test_one_address_has_so_many_places() -> None:
    """The next one is turned away until one is given back; another address has its own."""
    limits = ConnectionLimits()
    assert all(limits.take("a", 0.0) for _ in range(MOST_OF_ONE))
    assert not limits.take("a", 0.0)
    assert limits.take("b", 0.0)
    limits.give_back("a")
    assert limits.take("a", 0.0)


def test_all_together_have_so_many_places() -> None:
    """However many addresses there are."""
    limits = ConnectionLimits()
    assert all(limits.take(str(number), 0.0) for number in range(MOST_CONNECTIONS))
    assert not limits.take("one more", 0.0)


@each_row(("after_s", "n"), [(0.0, 0), (0.9 / A_SECOND, 0), (1.1 / A_SECOND, 1), (0.5, 10), (60.0, 40)])
def test_an_address_connects_so_often_a_second(after_s: float, n: int) -> None:
    """A few at once, and then at an even pace."""
    limits = ConnectionLimits()
    for _ in range(int(AT_ONCE)):
        assert limits.take("a", 0.0)
        limits.give_back("a")
    kept = 0
    while limits.take("a", after_s):
        limits.give_back("a")
        kept += 1
    assert kept == n


def test_many_addresses_fill_no_memory() -> None:
    """The oldest is forgotten, and begins anew."""
    limits = ConnectionLimits()
    for number in range(1000):
        assert limits.take(str(number), 0.0)
        limits.give_back(str(number))
    assert limits.take("0", 0.0)

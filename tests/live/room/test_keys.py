"""A clinician's keys: a number is shown for a second before anything happens."""

from each_row import each_row

from cadencecoach.live.room.keys import LEFT_S, SHOWN_S, Asked, Deed


@each_row("keys", ["x3", "3x"])
def test_a_key_and_a_number_are_due_after_a_second(keys: str) -> None:
    """In either order; just before it they are not."""
    asked = Asked()
    for n, key in enumerate(keys):
        asked = asked.press(key, float(n))
    assert (asked.deed, asked.lane) == (Deed.STOP, 3)
    assert not asked.due(1.0 + SHOWN_S - 0.001)
    assert asked.due(1.0 + SHOWN_S)
    assert asked.text == "Stop and save: lane 3"


@each_row("key", ["backspace", "9", "0", "y", "space"])
def test_any_other_key_calls_it_off(key: str) -> None:
    """Also a number that is no lane."""
    assert Asked().press("p", 0.0).press("8", 0.1).press(key, 0.2) == Asked()


def test_another_number_begins_the_second_anew() -> None:
    """A slip is mended by the right number."""
    asked = Asked().press("p", 0.0).press("1", 0.0).press("2", 0.5)
    assert not asked.due(1.0)
    assert (asked.due(0.5 + SHOWN_S), asked.lane) == (True, 2)


def test_half_an_order_is_forgotten_and_a_whole_one_is_not() -> None:
    """A key that was leant on does not wait for the next number for ever."""
    half = Asked().press("x", 0.0)
    assert not half.due(100.0)
    assert half.settle(LEFT_S - 0.1) == half
    assert half.settle(LEFT_S) == Asked()
    whole = half.press("1", 0.0)
    assert whole.settle(LEFT_S) == whole

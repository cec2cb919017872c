"""Six digits: what they let in, and how often they may be tried."""

from cadencecoach.web.pairing import OPEN_S, TRIES, Code, Pairing, Refused
from cadencecoach.web.rows import Role


def wrong_digits(code: Code) -> list[str]:
    """As many as there are tries, all different, none of them right."""
    return [f"{(int(code.digits) + 1 + n) % 10**6:06}" for n in range(TRIES)]


def opened(pairing: Pairing, id_: str = "a", now_s: float = 0.0) -> Code:
    """A code for r7."""
    return pairing.open(Role.RUNNER, "r7", id_=id_, now_s=now_s)


def test_digits_let_one_device_in_as_what_they_were_made_for() -> None:
    """Once."""
    pairing = Pairing()
    code = opened(pairing)
    assert len(code.digits) == 6
    assert pairing.take(code.digits, 1.0) == code
    assert (code.role, code.athlete) == (Role.RUNNER, "r7")
    assert pairing.take(code.digits, 1.0) is Refused.CLOSED


def test_digits_are_good_for_two_minutes() -> None:
    """At their end no more."""
    for at_s, is_good in ((OPEN_S - 0.1, True), (OPEN_S, False)):
        pairing = Pairing()
        code = opened(pairing)
        assert (pairing.take(code.digits, at_s) == code) is is_good


def test_the_fifth_wrong_try_locks_and_the_right_digits_are_none_from_then_on() -> None:
    """After four they still are good."""
    for n_wrong, is_good in ((TRIES - 1, True), (TRIES, False)):
        pairing = Pairing()
        code = opened(pairing)
        came = [pairing.take(digits, 1.0) for digits in wrong_digits(code)[:n_wrong]]
        assert came[: TRIES - 1] == [Refused.WRONG] * (TRIES - 1)
        assert came[TRIES - 1 :] == [Refused.LOCKED] * (n_wrong == TRIES)
        assert pairing.take(code.digits, 1.0) == (code if is_good else Refused.LOCKED)


def test_a_wrong_try_that_is_sent_again_counts_once() -> None:
    """A bad network locks nobody out, and who repeats himself learns nothing."""
    pairing = Pairing()
    code = opened(pairing)
    for _ in range(20):
        assert pairing.take(wrong_digits(code)[0], 1.0) is Refused.WRONG
    assert pairing.n_left(1.0) == TRIES - 1


def test_new_digits_take_the_place_of_those_before_and_have_tries_of_their_own() -> None:
    """A request for them that is repeated is answered with the same ones, as long as they are good."""
    pairing = Pairing()
    first = opened(pairing)
    assert opened(pairing) == first
    for digits in wrong_digits(first):
        pairing.take(digits, 1.0)
    second = opened(pairing)
    assert second is not first
    assert pairing.n_left(1.0) == TRIES
    third = opened(pairing, "b", 2.0)
    if third.digits != second.digits:
        assert pairing.take(second.digits, 3.0) is Refused.WRONG
    assert pairing.take(third.digits, 3.0) == third


def test_an_answer_that_was_lost_is_given_again_to_the_same_request_only() -> None:
    """Its id and its digits; while the code would have been open."""
    pairing = Pairing()
    code = opened(pairing)
    assert pairing.again("tap", code.digits, 0.0) is None
    assert pairing.take(code.digits, 1.0) == code
    pairing.note("tap", code, "device")
    assert pairing.again("tap", code.digits, 2.0) == "device"
    assert pairing.again("other", code.digits, 2.0) is None
    assert pairing.again("tap", wrong_digits(code)[0], 2.0) is None
    assert pairing.again("tap", code.digits, OPEN_S) is None

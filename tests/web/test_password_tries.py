"""Tests for wrong passwords, counted by name and by address."""

from cadencecoach.web.password_tries import AT_ONE, FOR_NAME, FROM_ADDRESS, LOCKED_S, MAX_KEPT, Tries


def n_begun(tries: Tries, asked: list[tuple[str, str]], now_s: float = 0.0) -> int:
    """How many of these are looked at."""
    return sum(tries.begin(name, address, now_s) for name, address in asked)


def test_five_for_a_name_then_two_minutes() -> None:
    """Others, and the same name elsewhere, go on; after the lock there are five again."""
    tries = Tries()
    assert n_begun(tries, [("anna", "here")] * 9) == AT_ONE
    assert tries.begin("anna", "there", 1.0)
    assert tries.begin("ben", "here", 1.0)
    assert not tries.begin("anna", "here", LOCKED_S - 0.1)
    assert n_begun(tries, [("anna", "here")] * 9, LOCKED_S) == AT_ONE


def test_many_names_from_one_address_and_many_addresses_for_one_name_are_counted_too() -> None:
    """Whoever goes round the first bound meets the next."""
    tries = Tries()
    assert n_begun(tries, [(f"name {n}", "here") for n in range(100)]) == FROM_ADDRESS
    assert n_begun(tries, [("anna", f"address {n}") for n in range(100)]) == FOR_NAME


def test_a_right_password_ends_the_count_for_its_name_alone() -> None:
    """Who has one cannot try those of others for ever: each right one takes back itself."""
    tries = Tries()
    for _ in range(20):
        assert n_begun(tries, [("anna", "here")] * 2) == 2
        tries.note_right("anna", "here")
        tries.note_right("anna", "here")
    tries = Tries()
    n_wrong = 0
    for number in range(100):
        n_wrong += tries.begin(f"name {number}", "here", 0.0)
        if tries.begin("own", "here", 0.0):
            tries.note_right("own", "here")
    assert n_wrong <= FROM_ADDRESS


def test_what_is_remembered_has_a_bound() -> None:
    """A million names fill no memory."""
    tries = Tries()
    n_begun(tries, [(f"name {n}", f"address {n}") for n in range(3 * MAX_KEPT)])
    assert len(tries._tried) <= MAX_KEPT  # the bound itself

from cadencecoach.web.passes import KEY_S, MAX_KEYS, Passes

PASSES = Passes(b"secret", "token")


def test_a_key_is_good_for_some_minutes() -> None:
    """At the end of them it is not."""
    assert PASSES.use_key(PASSES.new_key(100.0), 100.0 + KEY_S - 1)
    assert not PASSES.use_key(PASSES.new_key(100.0), 100.0 + KEY_S)


def test_who_asks_for_many_keys_loses_the_oldest() -> None:
    """Nobody fills the memory with them."""
    keys = [PASSES.new_key(0.0) for _ in range(MAX_KEYS + 1)]
    assert not PASSES.use_key(keys[0], 1.0)
    assert PASSES.use_key(keys[1], 1.0)
    assert PASSES.use_key(keys[-1], 1.0)


def test_a_key_is_no_cookie_and_no_token() -> None:
    """Each opens one door."""
    key, cookie = PASSES.new_key(0.0), PASSES.new_cookie(0.0)
    assert not PASSES.is_cookie(key, 1.0)
    assert not PASSES.is_token(key)
    assert not PASSES.use_key(cookie, 1.0)
    assert PASSES.is_cookie(cookie, 1.0)
    assert PASSES.device_of(cookie, 1.0) is None
    assert PASSES.is_token("token")


def test_a_device_shows_a_cookie_of_its_own() -> None:
    """It names the device, ends with it, and opens nothing of this computer; one of another kind names none."""
    cookie = PASSES.device_cookie("abc", 100.0)
    assert PASSES.device_of(cookie, 99.0) == "abc"
    assert PASSES.device_of(cookie, 100.0) is None
    assert not PASSES.is_cookie(cookie, 1.0)
    assert Passes(b"other", "token").device_of(cookie, 1.0) is None
    told = f"{2**40}.abc"  # as an older version signed it
    assert PASSES.device_of(f"{told}.{PASSES._signature(told)}", 1.0) is None
    assert not PASSES.is_cookie(f"{told}.{PASSES._signature(told)}", 1.0)
